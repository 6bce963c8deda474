"""What the screens from "who" to "booking" show, derived by table and without a window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import visit_states as vs

from kiosk.domain.appointments import Appointment, AppointmentStatus
from kiosk.domain.assessment import DepartmentScore
from kiosk.domain.booking import Offer
from kiosk.domain.dialogue.events import BookingAccepted, Event, SlotChosen
from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.hearing import Hearing
from kiosk.domain.knowledge import Applies, Level
from kiosk.domain.known import can_apply
from kiosk.domain.language import Language, Words
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.visit import Screen, Speech
from kiosk.ui.viewmodels import (
    appointment,
    attract,
    booking,
    complaint,
    confirm,
    identity,
    phrasing,
    question,
    result,
)
from kiosk.ui.viewmodels.view_model import Inputs
from kiosk.wire.sound_check import Advice

Derive = Callable[[Inputs], Any]
WITH_WORDS = {Hearing.WORDS, Hearing.EARLY, Hearing.CUT_OFF, Hearing.TOO_LONG}

ROMAN = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", " I", " II", " III", " IV", "%")


def present(code: str, source: Source = Source.WORDS, text: str = "", **more: float) -> Finding:
    return Finding(code, Status.PRESENT, source, text, **more)


@pytest.mark.parametrize(
    ("screen", "changes", "digits", "can_go_on"),
    [
        (Screen.PHONE, {"phone": ""}, "", False),
        (Screen.PHONE, {"phone": "13800138000"}, "138 0013 8000", True),
        (Screen.PHONE, {"phone": "1380"}, "138 0", False),
        (Screen.BIRTH, {"birth_digits": "19620"}, "1962 / 0_ / __", False),
        (Screen.BIRTH, {"birth_digits": "19620315"}, "1962 / 03 / 15", True),
        (Screen.AGE, {"age_digits": "0"}, "0", True),
        (Screen.AGE, {"age_digits": ""}, "", False),
    ],
)
def test_pad(screen: Screen, changes: dict[str, str], digits: str, can_go_on: bool) -> None:
    props = identity.derive_pad(vs.inputs(vs.at(screen, **changes)))
    assert (props.digits, props.can_go_on) == (digits, can_go_on)
    assert props.title and props.problem == ""


@pytest.mark.parametrize(("screen", "code"), [(Screen.PHONE, "phone"), (Screen.BIRTH, "birth"), (Screen.AGE, "age")])
def test_pad_says_what_to_do(screen: Screen, code: str) -> None:
    problem = identity.derive_pad(vs.inputs(vs.at(screen, input_problem=code))).problem
    assert problem.startswith(("Please", "The number"))


def test_only_the_phone_can_be_skipped() -> None:
    skips = {s: identity.derive_pad(vs.inputs(vs.at(s))).can_skip for s in (Screen.PHONE, Screen.BIRTH, Screen.AGE)}
    assert skips == {Screen.PHONE: True, Screen.BIRTH: False, Screen.AGE: False}


@pytest.mark.parametrize(("sex", "chosen"), [(None, ""), (Sex.MALE, "male"), (Sex.FEMALE, "female")])
def test_sex(sex: Sex | None, chosen: str) -> None:
    assert identity.derive_sex(vs.inputs(vs.at(Screen.SEX, patient=Patient(sex=sex)))).chosen == chosen


@pytest.mark.parametrize(
    ("speech", "has_speech", "listening", "recognising"),
    [
        (Speech.OFF, False, False, False),
        (Speech.READY, True, False, False),
        (Speech.LISTENING, True, True, False),
        (Speech.RECOGNISING, True, False, True),
    ],
)
def test_complaint_speech(speech: Speech, has_speech: bool, listening: bool, recognising: bool) -> None:
    props = complaint.derive_complaint(vs.inputs(vs.at(Screen.COMPLAINT, speech=speech), levels=(0.5,) * 40))
    assert (props.has_speech, props.listening, props.recognising) == (has_speech, listening, recognising)
    assert len(props.levels) == complaint.METER_BARS
    assert (max(props.levels) > 0) is listening


def test_nobody_is_asked_to_speak_into_a_microphone_that_does_not_work() -> None:
    ready = vs.at(Screen.COMPLAINT, speech=Speech.READY)
    assert complaint.derive_complaint(vs.inputs(ready)).status
    for problem in (Hearing.MUTE, Hearing.NO_MICROPHONE):
        assert complaint.derive_complaint(vs.inputs(replace(ready, input_problem=problem))).status == ""


@pytest.mark.parametrize("advice", list(Advice))
def test_advice_is_for_whoever_speaks(advice: Advice) -> None:
    speaking = vs.at(Screen.COMPLAINT, speech=Speech.LISTENING)
    said = complaint.derive_complaint(vs.inputs(speaking, advice=advice)).advice
    assert bool(said) is (advice is not Advice.NONE)
    silent = vs.at(Screen.COMPLAINT, speech=Speech.READY)
    assert complaint.derive_complaint(vs.inputs(silent, advice=advice)).advice == ""


@pytest.mark.parametrize("hearing", [one for one in Hearing if one not in WITH_WORDS])
@pytest.mark.parametrize("derive", [complaint.derive_complaint, question.derive])
def test_who_was_not_heard_is_told_why_and_that_touch_works(derive: Derive, hearing: Hearing) -> None:
    screen = Screen.QUESTION if derive is question.derive else Screen.COMPLAINT
    failed = vs.at(screen, Language.EN, input_problem=hearing.value, misheard=1)
    assert "tap" in derive(vs.inputs(failed)).problem.lower()
    assert "Nurse" not in derive(vs.inputs(failed)).problem
    often = replace(failed, misheard=3)
    assert "Nurse" in derive(vs.inputs(often)).problem


@pytest.mark.parametrize("hearing", Hearing)
def test_words_that_may_not_be_all_are_shown_with_a_note(hearing: Hearing) -> None:
    state = vs.at(Screen.CONFIRM, Language.EN, heard="my knee", input_problem=hearing.value)
    assert bool(confirm.derive(vs.inputs(state)).note) is (hearing in {Hearing.CUT_OFF, Hearing.TOO_LONG})


@pytest.mark.parametrize(("misheard", "touch_first"), [(0, False), (1, False), (2, True)])
def test_touch_comes_forward_after_two_failures(misheard: int, touch_first: bool) -> None:
    props = complaint.derive_complaint(vs.inputs(vs.at(Screen.COMPLAINT, misheard=misheard)))
    assert props.touch_first is touch_first


def test_pick_marks_what_was_chosen_and_leaves_out_what_cannot_be() -> None:
    props = complaint.derive_pick(vs.inputs(vs.at(Screen.PICK, picked=("knee_pain",))))
    assert {row.code for row in props.rows if row.chosen} == {"knee_pain"}
    assert "prostate" not in {row.code for row in props.rows}
    man = vs.at(Screen.PICK, patient=Patient(sex=Sex.MALE, age=62))
    assert "prostate" in {row.code for row in complaint.derive_pick(vs.inputs(man)).rows}


@pytest.mark.parametrize(
    ("applies", "patient", "expected"),
    [
        (Applies(), Patient(), True),
        (Applies(sex=Sex.MALE), Patient(), True),
        (Applies(sex=Sex.MALE), Patient(sex=Sex.FEMALE), False),
        (Applies(age_max=14), Patient(age=14), True),
        (Applies(age_max=14), Patient(age=15), False),
        (Applies(age_min=12, age_max=55), Patient(age=11), False),
        (Applies(age_min=12), Patient(), True),
    ],
)
def test_can_apply(applies: Applies, patient: Patient, expected: bool) -> None:
    assert can_apply(applies, patient) is expected


def test_confirm_shows_findings_in_the_order_they_were_said_with_their_facts() -> None:
    props = confirm.derive(vs.inputs(vs.at(Screen.CONFIRM, Language.EN)))
    assert [(chip.kind, chip.text) for chip in props.chips] == [
        ("present", "Knee pain"),
        ("fact", "2 weeks"),
        ("present", "Worse on stairs"),
        ("absent", "No fall"),
        ("unsure", "Joint swelling: not sure"),
    ]
    assert all(chip.code for chip in props.chips if chip.kind != "fact")


def test_confirm_shows_the_same_fact_once_and_a_temperature() -> None:
    both = [present("knee_pain", duration_hours=72), present("fever", duration_hours=72, value=38.5)]
    props = confirm.derive(vs.inputs(vs.at(Screen.CONFIRM, findings=Findings().merged(both))))
    assert [chip.text for chip in props.chips if chip.kind == "fact"] == ["3 days", "38.5 °C"]


def test_a_long_quote_is_shortened() -> None:
    quote = confirm.derive(vs.inputs(vs.at(Screen.CONFIRM, heard="疼" * 500))).quote
    assert quote.endswith("…")
    assert phrasing.width(quote) <= confirm.LONGEST_QUOTE


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0.2, "1 hour"),
        (5, "5 hours"),
        (24, "1 day"),
        (72, "3 days"),
        (13 * 24, "13 days"),
        (14 * 24, "2 weeks"),
        (90 * 24, "3 months"),
        (3 * 365 * 24, "3 years"),
    ],
)
def test_durations(hours: float, said: str) -> None:
    assert phrasing.duration_said(hours, vs.english) == said


@pytest.mark.parametrize(("source", "chosen"), [(Source.ANSWER, "unsure"), (Source.WORDS, ""), (Source.MODEL, "")])
def test_only_an_answer_is_shown_as_chosen(source: Source, chosen: str) -> None:
    findings = Findings().merged([Finding("stiffness", Status.UNSURE, source)])
    assert question.derive(vs.inputs(vs.at(Screen.QUESTION, findings=findings))).chosen == chosen


def test_a_question_that_a_model_raised_shows_the_words_it_comes_from() -> None:
    proposed = (Finding("stiffness", Status.UNSURE, Source.MODEL, "rusty in the morning", (20, 40)),)
    props = question.derive(vs.inputs(vs.at(Screen.QUESTION, Language.EN, proposed=proposed)))
    assert props.said == 'You said "rusty in the morning"'
    other = question.derive(vs.inputs(vs.at(Screen.QUESTION, Language.EN, proposed=proposed, question="swelling")))
    assert "rusty" not in other.hint


def test_summary_says_back_what_is_there_and_what_is_not() -> None:
    lines = result.derive_summary(vs.inputs(vs.at(Screen.SUMMARY, Language.EN))).lines
    assert [(line.kind, line.text) for line in lines] == [
        ("present", "Knee pain, worse on stairs"),
        ("fact", "2 weeks"),
        ("absent", "Fall"),
        ("unsure", "Joint swelling"),
    ]


def test_different_durations_say_what_they_belong_to() -> None:
    lasting = [present("knee_pain", duration_hours=48), present("fever", duration_hours=5)]
    lines = result.derive_summary(
        vs.inputs(vs.at(Screen.SUMMARY, Language.EN, findings=Findings().merged(lasting)))
    ).lines
    assert [line.text for line in lines if line.kind == "fact"] == ["Knee pain: 2 days, Fever: 5 hours"]


@pytest.mark.parametrize(
    ("findings", "codes", "reason"),
    [
        ([present("knee_pain", text="knee hurts")], ("knee_pain",), 'You said "knee hurts"'),
        ([present("knee_pain", Source.TAP)], ("knee_pain",), 'You chose "Knee pain"'),
        ([present("knee_pain", Source.ANSWER)], ("knee_pain",), 'You told us "Knee pain"'),
        ([Finding("knee_pain", Status.ABSENT, Source.WORDS, "no knee pain")], ("knee_pain",), ""),
        ([], ("knee_pain",), ""),
        (
            [present("knee_pain", text="knee"), present("fever", text="fever")],
            ("knee_pain", "fever"),
            'You said "knee, fever"',
        ),
        (
            [present("knee_pain", text="knee hurts a lot"), present("fever", text="very high fever")],
            ("knee_pain", "fever"),
            'You said "knee hurts a lot"',
        ),
    ],
)
def test_reasons_quote_the_patient(findings: list[Finding], codes: tuple[str, ...], reason: str) -> None:
    state = vs.at(Screen.RESULT, Language.EN, findings=Findings().merged(findings))
    assert phrasing.reason_said(state, codes, vs.english) == reason


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("language", list(Language))
def test_a_patient_reads_no_numeral_no_percentage_and_no_condition(level: Level, language: Language) -> None:
    state = vs.at(Screen.RESULT, language, assessment=replace(vs.ASSESSMENT, level=level))
    props = result.derive_result(vs.inputs(state))
    shown = [props.title, props.level_text, props.level_hint, props.choose_text]
    shown += [text for door in props.doors for text in (door.name, door.reason, door.place, door.wait)]
    assert props.level_text and props.glyph
    assert not [text for text in shown if any(sign in text for sign in ROMAN)]


@pytest.mark.parametrize(("door", "waits"), [("emergency", True), ("orthopaedics", False)])
def test_at_night_nothing_urgent_is_told_that_it_can_wait(door: str, waits: bool) -> None:
    """Emergency stands first only because no clinic is open, so "today is soon enough" would contradict it."""
    doors = (DepartmentScore(door, 0.9, ()),)
    state = vs.at(Screen.RESULT, Language.EN, assessment=replace(vs.ASSESSMENT, level=Level.IV, departments=doors))
    assert ("wait for the clinic" in result.derive_result(vs.inputs(state)).level_text) is waits


def test_three_departments_with_the_best_first() -> None:
    props = result.derive_result(vs.inputs(vs.at(Screen.RESULT, Language.EN)))
    assert [(door.code, door.best) for door in props.doors] == [
        ("orthopaedics", True),
        ("rheumatology", False),
        ("rehabilitation", False),
    ]
    assert props.doors[0].place == "Floor 2, west side, room 206"
    assert props.title == "We suggest Orthopaedics"


def test_the_way_is_the_place_where_the_hospital_names_no_floor_and_it_is_one_line() -> None:
    unnamed = replace(vs.at(Screen.RESULT, Language.EN), clinic=replace(vs.CLINIC, directory=()))
    inputs = vs.inputs(unnamed)
    assert result.derive_result(inputs).doors[0].place == "Floor 2, east"
    steps = replace(inputs, ways={"orthopaedics": Words("左转\n坐电梯", "Turn left\nTake the lift")})
    assert result.derive_result(steps).doors[0].place == ""


def test_a_sensitive_department_is_not_named_in_the_title_or_the_button() -> None:
    assessment = replace(vs.ASSESSMENT, departments=(DepartmentScore("psychiatry", 0.5, ()),))
    props = result.derive_result(vs.inputs(vs.at(Screen.RESULT, Language.EN, assessment=assessment)))
    assert "Psychiatry" not in props.title + props.choose_text
    assert props.doors[0].name == "Psychiatry"


def test_a_routing_reason_stands_before_words() -> None:
    scores = (DepartmentScore("orthopaedics", 0.5, ("knee_pain",), Words("14 岁以下看儿科", "Children are seen here")),)
    state = vs.at(Screen.RESULT, Language.EN, assessment=replace(vs.ASSESSMENT, departments=scores))
    assert result.derive_result(vs.inputs(state)).doors[0].reason == "Children are seen here"


def test_without_a_department_general_practice_is_offered() -> None:
    state = vs.at(Screen.RESULT, assessment=replace(vs.ASSESSMENT, departments=()))
    assert [door.code for door in result.derive_result(vs.inputs(state)).doors] == ["general_practice"]


def test_doctors_stand_in_the_order_of_their_earliest_free_time() -> None:
    props = booking.derive(vs.inputs(vs.at(Screen.BOOKING, Language.EN, slot=vs.TIMES[1])))
    assert [doctor.name for doctor in props.doctors] == ["Zhou Lan", "He Jianguo", "Li Ming"]
    assert [(time.text, time.look) for time in props.doctors[0].times] == [
        ("10:10", "rest"),
        ("10:20", "selected"),
        ("10:40", "rest"),
        ("11:00", "rest"),
    ]
    assert props.doctors[1].times[0].look == "full"
    assert (props.held, props.book_text) == ("10:20 is held for you", "Book Zhou Lan, 10:20")


def test_the_chosen_time_is_always_shown() -> None:
    props = booking.derive(vs.inputs(vs.at(Screen.BOOKING, slot=vs.TIMES[4])))
    assert [time.text for time in props.doctors[0].times] == ["10:10", "10:20", "10:40", "11:20"]


def test_without_a_choice_the_button_names_the_earliest_time() -> None:
    assert booking.derive(vs.inputs(vs.at(Screen.BOOKING, Language.EN))).book_text == "Earliest: Zhou Lan, 10:10"


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_doctors_at_the_same_time_the_button_names_the_one_on_top(turned: bool) -> None:
    one = vs.TIMES[0]
    other = next(time for time in vs.TIMES if time.practitioner != one.practitioner and time.free)
    slots = (one, replace(other, start=one.start, end=one.end))
    offer = replace(vs.OFFER, slots=slots[::-1] if turned else slots)
    props = booking.derive(vs.inputs(vs.at(Screen.BOOKING, Language.EN, offer=offer)))
    assert props.book_text == f"Earliest: {props.doctors[0].name}, 10:10"


@pytest.mark.parametrize(
    ("slots", "lost"),
    [
        (vs.TIMES[2:], "10:20 has just gone. 10:40 is free."),
        (vs.TIMES[6:], "10:20 has just gone. 10:50 is free."),
        ((), "10:20 has just gone. A number is still free."),
    ],
)
def test_a_lost_time_offers_the_next(slots: tuple[object, ...], lost: str) -> None:
    state = vs.at(Screen.BOOKING, lost_slot=vs.TIMES[1], offer=replace(vs.OFFER, slots=slots))
    assert booking.derive(vs.inputs(state)).lost == lost


@pytest.mark.parametrize(
    ("waiting", "minutes", "hint"),
    [
        (0, 0, "Nobody is before you"),
        (1, 5, "1 person before you, about 5 min"),
        (6, 25, "6 people before you, about 25 min"),
        (6, None, "Wait there until you are called"),
    ],
)
def test_walk_in_hint(waiting: int, minutes: int | None, hint: str) -> None:
    offer = Offer("orthopaedics", (), waiting, minutes)
    assert booking.derive(vs.inputs(vs.at(Screen.BOOKING, offer=offer))).walk_in_hint == hint


def test_searching_and_his_down() -> None:
    props = booking.derive(vs.inputs(vs.at(Screen.BOOKING, offer=None, his_up=False)))
    assert (props.searching, props.his_down, props.doctors, props.book_text) == (True, True, (), "")


def test_booking_without_a_choice_holds_the_earliest_time_first() -> None:
    sent: list[Event] = []
    vm = booking.BookingViewModel(sent.append, lambda: 7.0, lambda: vs.WALL)
    vm.show(vs.inputs(vs.at(Screen.BOOKING)))
    vm.book()
    assert sent == [
        SlotChosen(at=7.0, slot=vs.TIMES[0]),
        BookingAccepted(at=7.0, walk_in=False, wall=vs.WALL),
    ]


def test_staff_read_on_the_first_screen_what_only_they_can_mend() -> None:
    state = vs.at(Screen.ATTRACT, Language.EN, his_up=False, his_locked_out=True, model_up=False)
    notes = attract.derive(vs.inputs(state)).staff_note.splitlines()
    assert notes == ["For staff: the hospital system does not let this kiosk in", "For staff: language model off"]
    assert attract.derive(vs.inputs(vs.at(Screen.ATTRACT, his_up=False))).staff_note == ""


@pytest.mark.parametrize(
    ("status", "minutes", "ours", "hint", "actions"),
    [
        (AppointmentStatus.BOOKED, 10, True, "Check in, then wait", ["arrive", "move", "cancel"]),
        (AppointmentStatus.BOOKED, 10, False, "Check in, then wait", ["arrive", "cancel"]),
        (AppointmentStatus.BOOKED, -20, True, "Please go to the desk, or choose", ["finish", "move", "cancel"]),
        (AppointmentStatus.BOOKED, -20, False, "Please go to the desk", ["finish", "cancel"]),
        (AppointmentStatus.CANCELLED, 10, True, "You can take it back", ["finish", "keep"]),
        (AppointmentStatus.CANCELLED, 10, False, "Start a new visit, or ask the desk.", ["finish"]),
        (AppointmentStatus.ARRIVED, 10, False, "Please wait there", ["finish", "cancel"]),
    ],
)
def test_what_the_hospital_made_has_no_other_time_and_no_way_back(
    status: AppointmentStatus, minutes: int, ours: bool, hint: str, actions: list[str]
) -> None:
    start = vs.WALL + timedelta(minutes=minutes)
    here = Appointment("1", ours, status, "orthopaedics", Words("骨科", "Bones"), None, "", "206", start)
    props = appointment.derive(vs.inputs(vs.at(Screen.APPOINTMENT, appointment=here)))
    assert props.hint.startswith(hint)
    assert ("choose another" in props.hint) == (ours and minutes < 0)
    assert [one.code for one in props.actions] == actions
