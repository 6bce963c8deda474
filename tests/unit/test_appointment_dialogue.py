"""From a code to check in, another time, cancel; late answers, wrong codes and stolen taps change nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.appointments import Appointment, AppointmentProblem, AppointmentStatus, Change, CheckInRules
from kiosk.domain.dialogue import effects as fx
from kiosk.domain.dialogue import events as ev
from kiosk.domain.dialogue.appointments import is_of_his_books
from kiosk.domain.language import Words
from kiosk.domain.scanned import Code, CodeKind, CodePatterns
from kiosk.domain.session import advance
from kiosk.domain.visit import CheckedInVisit, Delivery, DeskReason, InsuranceNotice, Screen, Service, State
from kiosk.gallery import clinic

NEW, OURS = "5b3a3a4e-8f8c-4a38-9e55-7d8ab2f1c001", "5b3a3a4e-8f8c-4a38-9e55-7d8ab2f1c002"
CLINIC = replace(clinic.CLINIC, check_in=CheckInRules(), codes=CodePatterns(insurance=r"E\d{20}"))
START = clinic.TIMES[0].start
FOUND = Appointment(
    reference=OURS,
    ours=True,
    status=AppointmentStatus.BOOKED,
    department="orthopaedics",
    department_name=Words("骨科", "Orthopaedics"),
    practitioner=Words("周岚", "Zhou Lan"),
    number="骨 A027",
    room="206",
    start=START,
)


def after(state: State, *events: ev.Event) -> tuple[State, list[fx.Effect]]:
    effects: list[fx.Effect] = []
    for event in events:
        state, more = advance(state, event)
        effects += more
    return state, effects


def resting() -> State:
    return State(clinic=CLINIC, last_touch=1.0)


def opened() -> State:
    return after(resting(), ev.ServiceChosen(at=1.0, service=Service.APPOINTMENT, visit_id=NEW))[0]


def found(appointment: Appointment = FOUND) -> State:
    state, _ = after(resting(), ev.CodeScanned(at=1.0, text="DZ1:ABC", visit_id=NEW))
    return after(state, ev.AppointmentFound(at=1.0, visit_id=NEW, appointment=appointment))[0]


def test_the_entry_is_there_when_the_hospital_wants_it() -> None:
    assert Service.APPOINTMENT in CLINIC.services
    closed = State(clinic=replace(CLINIC, check_in=None), last_touch=1.0)
    assert (
        after(closed, ev.ServiceChosen(at=1.0, service=Service.APPOINTMENT, visit_id=NEW))[0].screen is Screen.ATTRACT
    )
    assert after(closed, ev.CodeScanned(at=1.0, text="DZ1:ABC", visit_id=NEW)) == (closed, [])


def test_a_slip_held_before_the_first_screen_is_enough() -> None:
    state, effects = after(resting(), ev.CodeScanned(at=1.0, text="DZ1:ABC", visit_id=NEW))
    assert (state.screen, state.looking) == (Screen.CODE, True)
    assert effects == [fx.FindAppointment(NEW, Code(CodeKind.SLIP, "DZ1:ABC"))]
    state, _ = after(state, ev.AppointmentFound(at=1.0, visit_id=NEW, appointment=FOUND))
    assert (state.screen, state.visit_id, state.department) == (Screen.APPOINTMENT, OURS, "orthopaedics")


def test_the_number_of_a_slip_can_be_typed() -> None:
    digits = [ev.Keyed(at=1.0, digit=digit) for digit in "4827193045"]
    state, effects = after(opened(), *digits, ev.Keyed(at=1.0, digit=""), ev.Next(at=1.0))
    assert effects == [fx.FindAppointment(NEW, Code(CodeKind.VISIT, "482719304"))]
    assert state.looking


def test_nothing_typed_and_strange_codes_say_so() -> None:
    assert after(opened(), ev.Next(at=1.0))[0].appointment_problem is AppointmentProblem.NO_CODE
    state, effects = after(resting(), ev.CodeScanned(at=1.0, text="http://203.0.113.1/", visit_id=NEW))
    assert (state.screen, state.appointment_problem, effects) == (Screen.CODE, AppointmentProblem.NO_CODE, [])


def test_an_insurance_code_is_too_early_here_and_says_what_to_do() -> None:
    insurance = ev.CodeScanned(at=1.0, text="E" + "1" * 20, visit_id=NEW)
    for state in (resting(), opened()):
        told, effects = after(state, *[insurance] * 9)
        assert (told.screen, told.appointment_problem, effects) == (Screen.CODE, AppointmentProblem.INSURANCE, [])
        assert (told.patient.insurance, told.code_digits) == (None, "")


def test_an_insurance_code_shown_before_the_yes_is_told_to_wait() -> None:
    state = clinic.at(Screen.CONSENT, clinic=CLINIC, consented_at=None, last_touch=1.0)
    told, effects = after(state, ev.CodeScanned(at=1.0, text="E" + "1" * 20, visit_id=NEW))
    assert (told.screen, told.patient.insurance, effects) == (Screen.CONSENT, None, [])
    assert told.insurance_notice is InsuranceNotice.TOO_EARLY


def test_an_insurance_code_after_consent_belongs_to_the_visit() -> None:
    state = clinic.at(Screen.WHO, clinic=CLINIC, last_touch=1.0)
    told, effects = after(state, ev.CodeScanned(at=1.0, text="E" + "1" * 20, visit_id=NEW))
    assert (told.screen, told.visit_id, told.patient.insurance) == (Screen.WHO, state.visit_id, "E" + "1" * 20)
    assert effects == []


def test_whoever_tries_five_times_is_sent_to_the_desk() -> None:
    state = opened()
    for number in range(5):
        assert state.screen is Screen.CODE
        state, _ = after(state, *[ev.Keyed(at=1.0, digit=digit) for digit in f"48271930{number}"], ev.Next(at=1.0))
        missed = ev.AppointmentMissed(at=1.0, visit_id=NEW, problem=AppointmentProblem.NOT_FOUND)
        state, _ = after(state, missed, *[ev.Keyed(at=1.0, digit="")] * 9)
    assert (state.screen, state.desk_reason) == (Screen.DESK, DeskReason.NO_APPOINTMENT)


def test_an_answer_that_comes_late_is_not_shown_to_the_next_patient() -> None:
    state, _ = after(resting(), ev.CodeScanned(at=1.0, text="DZ1:ABC", visit_id=NEW), ev.Back(at=1.0))
    state, _ = after(state, ev.ServiceChosen(at=2.0, service=Service.APPOINTMENT, visit_id=OURS))
    state, _ = after(state, ev.CodeScanned(at=2.0, text="DZ1:DEF", visit_id="another"))
    late, _ = after(state, ev.AppointmentFound(at=2.0, visit_id=NEW, appointment=FOUND))
    assert late == state
    missed = ev.AppointmentMissed(at=2.0, visit_id=NEW, problem=AppointmentProblem.NOT_FOUND)
    assert after(state, missed)[0] == state


def test_a_code_in_the_middle_of_a_visit_changes_nothing() -> None:
    for screen in (Screen.CONSENT, Screen.PHONE, Screen.TYPING, Screen.QUESTION, Screen.BOOKING, Screen.EMERGENCY):
        state = clinic.at(screen, clinic=CLINIC, last_touch=1.0)
        assert after(state, ev.CodeScanned(at=1.0, text="DZ1:ABC", visit_id=NEW)) == (state, [])
        assert after(state, ev.CodeScanned(at=1.0, text="E" + "1" * 20, visit_id=NEW))[0].screen is screen


def test_checking_in_happens_once_and_only_on_time() -> None:
    state = found()
    for wall in (START - timedelta(hours=3), START + timedelta(minutes=16)):
        assert after(state, ev.ArrivalTapped(at=1.0, wall=wall)) == (state, [])
    on_time = ev.ArrivalTapped(at=1.0, wall=START - timedelta(minutes=20))
    state, effects = after(state, on_time, on_time)
    assert effects == [fx.ChangeAppointment(OURS, FOUND, Change.ARRIVED)]
    there = replace(FOUND, status=AppointmentStatus.ARRIVED)
    state, _ = after(state, ev.AppointmentFound(at=1.0, visit_id=OURS, appointment=there))
    assert state.appointment == there
    assert after(state, on_time)[1] == []


def test_cancelling_asks_once_and_can_be_taken_back_until_leaving() -> None:
    state, effects = after(found(), ev.CancelTapped(at=1.0))
    assert (state.cancelling, effects) == (True, [])
    assert after(state, ev.Back(at=1.0))[0] == after(state, ev.KeepTapped(at=1.0))[0] == found()
    state, effects = after(state, ev.CancelTapped(at=1.0))
    assert effects == [fx.ChangeAppointment(OURS, FOUND, Change.CANCELLED)]
    gone = replace(FOUND, status=AppointmentStatus.CANCELLED)
    state, _ = after(state, ev.AppointmentFound(at=1.0, visit_id=OURS, appointment=gone))
    assert after(state, ev.CancelTapped(at=1.0))[1] == []
    _, effects = after(state, ev.KeepTapped(at=1.0))
    assert effects == [fx.ChangeAppointment(OURS, gone, Change.RESTORED)]
    _, effects = after(state, ev.Ended(at=1.0))
    assert fx.ReleaseSlots(OURS) in effects


def test_another_time_keeps_the_old_one_until_the_new_one_is_booked() -> None:
    state, effects = after(found(), ev.MoveTapped(at=1.0))
    assert (state.screen, effects) == (Screen.BOOKING, [fx.FindSlots("orthopaedics")])
    state, _ = after(state, ev.OfferArrived(at=1.0, offer=clinic.OFFER, his_up=True))
    walk_in = ev.BookingAccepted(at=1.0, walk_in=True, wall=clinic.WALL)
    assert after(state, walk_in) == (state, [])
    slot = clinic.TIMES[2]
    chosen, _ = after(state, ev.SlotChosen(at=1.0, slot=slot))
    assert after(chosen, walk_in) == (chosen, [])
    accepted = ev.BookingAccepted(at=1.0, walk_in=False, wall=clinic.WALL)
    booking, effects = after(state, ev.SlotChosen(at=1.0, slot=slot), accepted)
    assert effects == [fx.HoldSlot(OURS, slot), fx.ChangeAppointment(OURS, FOUND, Change.MOVED, slot)]
    missed = ev.AppointmentMissed(at=1.0, visit_id=OURS, problem=AppointmentProblem.SLOT_GONE)
    back, _ = after(booking, missed)
    assert (back.screen, back.appointment, back.booking) == (Screen.APPOINTMENT, FOUND, False)
    assert after(state, ev.Back(at=1.0))[0].screen is Screen.APPOINTMENT


def test_a_number_in_a_queue_has_no_other_time() -> None:
    queued = replace(FOUND, start=None, status=AppointmentStatus.ARRIVED)
    state = found(queued)
    assert after(state, ev.MoveTapped(at=1.0)) == (state, [])
    assert after(state, ev.CancelTapped(at=1.0))[0].cancelling


def test_what_the_hospital_made_is_checked_in_or_cancelled_there_and_no_more() -> None:
    theirs = replace(FOUND, reference="Appointment/12", ours=False, number="")
    state = found(theirs)
    assert (state.screen, state.visit_id, state.department) == (Screen.APPOINTMENT, NEW, "orthopaedics")
    assert after(state, ev.MoveTapped(at=1.0)) == (state, [])
    _, effects = after(state, ev.ArrivalTapped(at=1.0, wall=START))
    assert effects == [fx.ChangeAppointment(NEW, theirs, Change.ARRIVED)]
    asking, effects = after(state, ev.CancelTapped(at=1.0), ev.CancelTapped(at=1.0))
    assert effects == [fx.ChangeAppointment(NEW, theirs, Change.CANCELLED)]
    gone = replace(theirs, status=AppointmentStatus.CANCELLED)
    state, _ = after(asking, ev.AppointmentFound(at=1.0, visit_id=NEW, appointment=gone))
    assert after(state, ev.KeepTapped(at=1.0)) == (state, [])


@pytest.mark.parametrize(
    ("code", "his"),
    [
        (Code(CodeKind.SLIP, "DZ1:ABC"), False),
        (Code(CodeKind.VISIT, "482719304"), False),
        (Code(CodeKind.APPOINTMENT, "AP1"), True),
        (Code(CodeKind.RECORD, "MR1"), True),
    ],
)
def test_which_books_a_code_is_in(code: Code, his: bool) -> None:
    assert is_of_his_books(fx.FindAppointment(NEW, code)) is his
    appointment = replace(FOUND, ours=not his)
    assert is_of_his_books(fx.ChangeAppointment(NEW, appointment, Change.ARRIVED)) is his


def test_back_forgets_what_was_found_and_idle_wipes_it() -> None:
    state, _ = after(found(), ev.Back(at=1.0))
    assert (state.screen, state.appointment, state.department) == (Screen.CODE, None, "")
    state, effects = after(state, ev.Back(at=1.0))
    assert state.screen is Screen.ATTRACT
    assert any(isinstance(effect, fx.Forget) for effect in effects)
    idle, _ = after(found(), ev.Tick(at=47.0), ev.Tick(at=68.0))
    assert (idle.screen, idle.appointment, idle.visit_id) == (Screen.ATTRACT, None, "")


@pytest.mark.parametrize(
    "event", [ev.ArrivalTapped(at=1.0, wall=START), ev.MoveTapped(at=1.0), ev.CancelTapped(at=1.0)]
)
def test_nothing_can_be_done_on_another_screen(event: ev.Event) -> None:
    state = replace(resting(), appointment=FOUND)
    assert after(state, event) == (state, [])


GUESS = [*(ev.Keyed(at=9.0, digit=digit) for digit in "482719304"), ev.Next(at=9.0)]
NOT_FOUND = ev.AppointmentMissed(at=9.0, visit_id=NEW, problem=AppointmentProblem.NOT_FOUND)


def again(state: State, at: float) -> State:
    return after(state, ev.ServiceChosen(at=at, service=Service.APPOINTMENT, visit_id=NEW))[0]


@pytest.mark.parametrize("leaving", [ev.Back(at=9.0), ev.Ended(at=9.0)])
def test_who_goes_back_to_the_first_screen_goes_on_counting(leaving: ev.Event) -> None:
    state = resting()
    for _ in range(4):
        state, _ = after(again(state, 9.0), *GUESS, NOT_FOUND, leaving, ev.Tick(at=9.0))
        state = replace(state, screen=Screen.ATTRACT)
    state, _ = after(again(state, 9.0), *GUESS, NOT_FOUND)
    assert (state.screen, state.desk_reason) == (Screen.DESK, DeskReason.NO_APPOINTMENT)
    state, effects = after(again(after(state, ev.Ended(at=9.0))[0], 9.0), *GUESS)
    assert (state.screen, effects) == (Screen.DESK, [])


def test_a_code_of_ones_own_in_between_forgives_nothing() -> None:
    state = opened()
    for _ in range(4):
        state, _ = after(state, *GUESS, NOT_FOUND, *[ev.Keyed(at=9.0, digit="")] * 9)
        state, _ = after(state, ev.CodeScanned(at=9.0, text="DZ1:ABC", visit_id=NEW))
        state, _ = after(state, ev.AppointmentFound(at=9.0, visit_id=NEW, appointment=FOUND), ev.Back(at=9.0))
        state = replace(state, visit_id=NEW)
    assert after(state, *GUESS, NOT_FOUND)[0].screen is Screen.DESK


def test_time_forgives_and_a_slip_is_never_a_guess() -> None:
    guessed = replace(resting(), misses=5, missed_at=9.0)
    assert again(guessed, 9.0 + 59.0).misses == 5
    assert again(guessed, 9.0 + 60.0).misses == 4
    assert again(guessed, 9.0 + 3600.0).misses == 0
    state, effects = after(guessed, ev.CodeScanned(at=10.0, text="DZ1:ABC", visit_id=NEW))
    assert (state.screen, effects) == (Screen.CODE, [fx.FindAppointment(NEW, Code(CodeKind.SLIP, "DZ1:ABC"))])


def test_no_answer_of_the_hospital_system_tells_a_guesser_nothing() -> None:
    down = ev.AppointmentMissed(at=9.0, visit_id=NEW, problem=AppointmentProblem.HIS_DOWN)
    state, _ = after(opened(), *GUESS, down)
    assert (state.screen, state.appointment_problem, state.misses) == (Screen.CODE, AppointmentProblem.HIS_DOWN, 0)


THEIRS = replace(FOUND, reference="Appointment/12", ours=False, number="")
COME = replace(THEIRS, status=AppointmentStatus.ARRIVED, number="骨 A017")
SLIP = CheckedInVisit("骨 A017", "206", START, None, "DZ1:ABC", to_be_confirmed=False)


def arriving() -> State:
    return after(found(THEIRS), ev.ArrivalTapped(at=1.0, wall=START))[0]


def test_who_is_checked_in_at_the_hospital_system_gets_a_slip() -> None:
    state, effects = after(arriving(), ev.AppointmentFound(at=1.0, visit_id=NEW, appointment=COME))
    assert effects == [fx.GiveSlip(NEW, COME, state.language, state.tag)]
    assert (state.screen, state.appointment) == (Screen.APPOINTMENT, COME)
    state, _ = after(state, ev.CheckedIn(at=1.0, visit=SLIP))
    assert (state.screen, state.checked_in, state.delivery) == (Screen.SLIP, SLIP, Delivery.WAITING)
    assert after(state, ev.SlipPrinted(at=1.0))[0].delivery is Delivery.PRINTED


def test_a_nurse_who_is_called_meanwhile_costs_no_slip() -> None:
    called, _ = after(arriving(), ev.NurseCalled(at=1.0))
    state, effects = after(called, ev.AppointmentFound(at=1.0, visit_id=NEW, appointment=COME))
    assert effects == [fx.GiveSlip(NEW, COME, state.language, state.tag)]
    state, _ = after(state, ev.CheckedIn(at=1.0, visit=SLIP))
    assert state.screen is Screen.NURSE
    assert after(state, ev.NurseArrived(at=1.0))[0].screen is Screen.SLIP


def test_a_nurse_who_is_called_during_a_question_leaves_no_question_open() -> None:
    asking, _ = after(opened(), *GUESS, ev.NurseCalled(at=9.0))
    found_it = ev.AppointmentFound(at=9.0, visit_id=NEW, appointment=THEIRS)
    for answer in (found_it, NOT_FOUND):
        state, effects = after(asking, answer)
        assert (state.screen, state.looking, effects) == (Screen.NURSE, False, [])
        assert after(state, ev.NurseArrived(at=9.0))[0].screen is Screen.CODE


@pytest.mark.parametrize(
    "there",
    [
        replace(COME, number=""),
        replace(COME, department=""),
        replace(COME, ours=True),
        replace(COME, status=AppointmentStatus.CANCELLED),
    ],
)
def test_no_slip_for_whom_nobody_can_call(there: Appointment) -> None:
    state, effects = after(arriving(), ev.AppointmentFound(at=1.0, visit_id=NEW, appointment=there))
    assert (state.screen, effects) == (Screen.APPOINTMENT, [])


def test_one_that_was_checked_in_before_is_shown_with_its_number_and_prints_nothing() -> None:
    state, _ = after(resting(), ev.CodeScanned(at=1.0, text="DZ1:ABC", visit_id=NEW))
    state, effects = after(state, ev.AppointmentFound(at=1.0, visit_id=NEW, appointment=COME))
    assert (state.screen, state.appointment, effects) == (Screen.APPOINTMENT, COME, [])
