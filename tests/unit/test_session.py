"""The whole dialogue as lists of events, without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.booking import Offer, Practitioner, Slot
from kiosk.domain.dialogue import effects as fx
from kiosk.domain.dialogue import events as ev
from kiosk.domain.dialogue.effects import Effect
from kiosk.domain.dialogue.events import Event
from kiosk.domain.errors import PrinterProblem
from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.language import Language, Locale, Words
from kiosk.domain.patient import IdentitySource, Sex
from kiosk.domain.session import advance, fresh
from kiosk.domain.visit import CheckedInVisit, Delivery, DeskReason, Screen, Speech, State
from tests.unit.dialogue_clinic import CLINIC

WALL = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
DOCTOR = Practitioner("zhou", Words("周岚", "Zhou Lan"), Words("", ""), Words("", ""), "orthopaedics", "206")
SLOT = Slot("zhou-0910", DOCTOR, WALL + timedelta(minutes=10), WALL + timedelta(minutes=20))
OFFER = Offer("orthopaedics", (SLOT,), 3, None)
VISIT = CheckedInVisit("o 001", "206", SLOT.start, None, "token", False)


def play(state: State, *events: Event) -> tuple[State, list[Effect]]:
    """Play events; returns the last state and every effect on the way."""
    done: list[Effect] = []
    for event in events:
        state, effects = advance(state, event)
        done += effects
    return state, done


def start(at: float = 0) -> State:
    return replace(fresh(State(clinic=CLINIC)), speech=Speech.READY, last_touch=at)


TO_COMPLAINT = (
    ev.Started(at=1, visit_id="v1", today=TODAY),
    ev.ConsentGiven(at=2, wall=WALL),
    ev.WithoutName(at=3),
    ev.Keyed(at=4, digit="4"),
    ev.Keyed(at=4, digit="2"),
    ev.Next(at=5),
    ev.SexChosen(at=6, sex=Sex.FEMALE),
)
SAY_KNEE = (ev.TalkPressed(at=7), ev.TalkReleased(at=8), ev.Heard(at=9, text="knee_pain", final=True))
TO_RESULT = (
    ev.Confirmed(at=10),
    ev.Answered(at=11, code="fever", status=Status.ABSENT),
    ev.Answered(at=12, code="swelling", status=Status.UNSURE),
    ev.Next(at=13),
)
TO_BOOKING = (ev.DepartmentChosen(at=14, code="orthopaedics"), ev.OfferArrived(at=15, offer=OFFER, his_up=True))


def test_a_visit_from_the_first_touch_to_the_wiped_screen() -> None:
    state, effects = play(start(), *TO_COMPLAINT, *SAY_KNEE)
    assert state.screen is Screen.CONFIRM
    assert state.findings.status("knee_pain") is Status.PRESENT
    assert fx.Listen(Language.ZH) in effects
    assert fx.AskModel("v1", "knee_pain", Language.ZH) in effects

    state, effects = play(state, *TO_RESULT)
    assert state.screen is Screen.RESULT
    assert state.asked == ("fever", "swelling")

    state, effects = play(state, *TO_BOOKING, ev.SlotChosen(at=16, slot=SLOT))
    assert effects == [fx.FindSlots("orthopaedics"), fx.HoldSlot("v1", SLOT)]

    state, effects = play(state, ev.BookingAccepted(at=17, walk_in=False, wall=WALL))
    (check_in,) = effects
    assert isinstance(check_in, fx.CheckIn)
    assert check_in.draft.slot == SLOT
    assert check_in.draft.complaint == "knee_pain"
    assert check_in.draft.patient.age == 42

    state, _ = play(state, ev.CheckedIn(at=18, visit=VISIT), ev.SlipPrinted(at=19))
    assert (state.screen, state.delivery) == (Screen.SLIP, Delivery.PRINTED)

    state, effects = play(state, ev.SlipTaken(at=20, taken=True))
    assert state.screen is Screen.FAREWELL
    assert fx.Forget("v1") in effects
    assert (state.findings, state.heard, state.visit_id, state.patient) == (
        start().findings, "", "", start().patient,
    )  # fmt: skip
    state, _ = play(state, ev.Tick(at=40))
    assert state == replace(start(), last_touch=20)


def test_identity_with_phone_and_birth_date_is_self_reported() -> None:
    events = [ev.Started(at=1, visit_id="v1", today=TODAY), ev.ConsentGiven(at=2, wall=WALL), ev.WithPhone(at=3)]
    events += [ev.Keyed(at=4, digit=digit) for digit in "13800138000"]
    events += [ev.Next(at=5)] + [ev.Keyed(at=6, digit=digit) for digit in "19840303"] + [ev.Next(at=7)]
    state, _ = play(start(), *events)
    assert state.screen is Screen.SEX
    assert state.patient.phone == "13800138000"
    assert state.patient.age == 41
    assert state.patient.identity is IdentitySource.SELF_REPORTED


@pytest.mark.parametrize(
    ("screen", "digits", "problem"),
    [(Screen.PHONE, "12", "phone"), (Screen.BIRTH, "20260231", "birth"), (Screen.BIRTH, "20990101", "birth"),
     (Screen.AGE, "131", "age"), (Screen.AGE, "", "age")],
)  # fmt: skip
def test_impossible_entries_stay_on_the_screen_and_name_the_field(screen: Screen, digits: str, problem: str) -> None:
    state = replace(start(), screen=screen, visit_id="v1", today=TODAY)
    state, _ = play(state, *(ev.Keyed(at=1, digit=digit) for digit in digits), ev.Next(at=2))
    assert (state.screen, state.input_problem) == (screen, problem)


def test_refused_consent_leads_to_the_staffed_desk_and_collects_nothing() -> None:
    state, effects = play(start(), TO_COMPLAINT[0], ev.ConsentRefused(at=2))
    assert (state.screen, state.desk_reason, effects) == (Screen.DESK, DeskReason.CONSENT_REFUSED, [])


def test_words_of_danger_call_the_desk_before_anything_is_confirmed() -> None:
    state, _ = play(start(), *TO_COMPLAINT, ev.TalkPressed(at=7), ev.TalkReleased(at=8))
    state, effects = advance(state, ev.Heard(at=9, text="chest_pain", final=True))
    assert state.screen is Screen.EMERGENCY
    alert = next(e for e in effects if isinstance(e, fx.AlertDesk))
    check_in = next(e for e in effects if isinstance(e, fx.CheckIn))
    assert alert == fx.AlertDesk("v1", 2, ("r01_chest_pain",))
    assert effects.index(alert) < effects.index(check_in)
    assert check_in.draft.emergency
    assert check_in.draft.department == "emergency"


def test_a_tapped_danger_is_caught_without_speech() -> None:
    mute, _ = play(start(), ev.SpeechChanged(at=0, available=False), *TO_COMPLAINT)
    assert mute.speech is Speech.OFF
    state, effects = play(mute, ev.TypingOpened(at=7), ev.Typed(at=8, text="chest_pain"))
    assert state.screen is Screen.EMERGENCY
    assert any(isinstance(effect, fx.AlertDesk) for effect in effects)


def test_the_alarm_rings_once_and_the_screen_cannot_be_left_backwards() -> None:
    state, _ = play(start(), *TO_COMPLAINT, ev.TypingOpened(at=7), ev.Typed(at=8, text="chest_pain"))
    state, effects = play(state, ev.Back(at=9), ev.CheckedIn(at=9, visit=VISIT), ev.Tick(at=60), ev.Touched(at=61))
    assert state.screen is Screen.EMERGENCY
    assert effects == []
    state, effects = play(state, ev.NurseArrived(at=62))
    assert state.screen is Screen.ATTRACT
    assert fx.Forget("v1") in effects


def test_a_patient_who_must_not_be_left_alone_is_told_to_staff_once_and_goes_on() -> None:
    state, _ = play(start(), *TO_COMPLAINT, ev.TypingOpened(at=7))
    state, effects = play(state, ev.Typed(at=8, text="despair"))
    assert state.screen is Screen.CONFIRM
    assert fx.AlertDesk("v1", 4, ("r33_despair",)) in effects
    state, effects = play(state, ev.Confirmed(at=9), ev.Answered(at=10, code="fever", status=Status.ABSENT))
    assert state.nurse_called
    assert not any(isinstance(effect, fx.AlertDesk) for effect in effects)


def test_back_keeps_answers_and_shows_them_again() -> None:
    state, _ = play(start(), *TO_COMPLAINT, *SAY_KNEE, *TO_RESULT[:2])
    assert state.question == "swelling"
    state, _ = play(state, ev.Back(at=12))
    assert (state.screen, state.question) == (Screen.QUESTION, "fever")
    assert state.findings.status("fever") is Status.ABSENT
    state, _ = play(state, ev.Back(at=13), ev.Back(at=14))
    assert (state.screen, state.heard) == (Screen.COMPLAINT, "knee_pain")


def test_back_from_the_summary_returns_to_the_last_question() -> None:
    state, _ = play(start(), *TO_COMPLAINT, *SAY_KNEE, *TO_RESULT[:3], ev.Back(at=14))
    assert (state.screen, state.question) == (Screen.QUESTION, "swelling")


def test_saying_it_again_replaces_the_words_but_not_the_answers() -> None:
    state, _ = play(
        start(), *TO_COMPLAINT, *SAY_KNEE, *TO_RESULT[:2], ev.Back(at=12), ev.Back(at=13), ev.SayAgain(at=14)
    )
    assert state.screen is Screen.COMPLAINT
    state, _ = play(state, ev.TalkPressed(at=15), ev.TalkReleased(at=16), ev.Heard(at=17, text="swelling", final=True))
    assert state.findings.status("knee_pain") is None
    assert state.findings.status("swelling") is Status.PRESENT
    assert state.findings.status("fever") is Status.ABSENT


def test_silence_is_counted_and_never_becomes_a_complaint() -> None:
    state, _ = play(start(), *TO_COMPLAINT, *SAY_KNEE[:2], ev.Heard(at=9, text="  ", final=True))
    assert (state.screen, state.misheard, state.input_problem) == (Screen.COMPLAINT, 1, "not_heard")


def test_words_without_a_symptom_lead_back_to_the_tiles() -> None:
    state, _ = play(
        start(), *TO_COMPLAINT, *SAY_KNEE[:2], ev.Heard(at=9, text="hello", final=True), ev.Confirmed(at=10)
    )
    assert (state.screen, state.input_problem) == (Screen.COMPLAINT, "not_understood")


@pytest.mark.parametrize(
    ("language", "said", "status"),
    [
        (Language.ZH, "没有", Status.ABSENT),
        (Language.ZH, "不清楚", Status.UNSURE),
        (Language.EN, "Yes", Status.PRESENT),
    ],
)
def test_a_question_can_be_answered_by_voice(language: Language, said: str, status: Status) -> None:
    state, _ = play(start(), ev.LanguageChosen(at=0, language=language), *TO_COMPLAINT, *SAY_KNEE, ev.Confirmed(at=10))
    state, effects = play(state, ev.TalkPressed(at=11))
    (listen,) = effects
    assert isinstance(listen, fx.Listen)
    assert listen.phrases
    state, _ = play(state, ev.TalkReleased(at=12), ev.Heard(at=13, text=said, final=True))
    assert state.findings.status("fever") is status
    assert state.question == "swelling"


def test_a_late_transcript_changes_nothing_after_the_screen_was_left() -> None:
    state, effects = play(start(), *TO_COMPLAINT, ev.TalkPressed(at=7), ev.Back(at=8))
    assert effects[-1] == fx.StopListening(wanted=False)
    after, effects = advance(state, ev.Heard(at=9, text="knee_pain", final=True))
    assert (after, effects) == (replace(state, last_touch=9), [])


def test_a_lost_slot_offers_the_others() -> None:
    state, _ = play(start(), *TO_COMPLAINT, *SAY_KNEE, *TO_RESULT, *TO_BOOKING, ev.SlotChosen(at=16, slot=SLOT))
    rest = Offer("orthopaedics", (), 4, None)
    state, _ = play(state, ev.SlotLost(at=17, slot=SLOT, offer=rest))
    assert (state.slot, state.lost_slot, state.offer, state.booking) == (None, SLOT, rest, False)


def test_a_full_disk_sends_the_patient_to_the_desk() -> None:
    state, _ = play(start(), *TO_COMPLAINT, *SAY_KNEE, *TO_RESULT, *TO_BOOKING)
    state, effects = play(state, ev.BookingAccepted(at=16, walk_in=True, wall=WALL))
    assert isinstance(effects[-1], fx.CheckIn)
    state, _ = play(state, ev.CheckInFailed(at=17, reason=DeskReason.STORE_FULL))
    assert (state.screen, state.desk_reason) == (Screen.DESK, DeskReason.STORE_FULL)


def test_a_second_tap_on_book_checks_in_once() -> None:
    state, _ = play(start(), *TO_COMPLAINT, *SAY_KNEE, *TO_RESULT, *TO_BOOKING)
    tap = ev.BookingAccepted(at=16, walk_in=True, wall=WALL)
    _, effects = play(state, tap, tap)
    assert sum(isinstance(effect, fx.CheckIn) for effect in effects) == 1


def test_paper_out_shows_the_code_on_screen() -> None:
    state, _ = play(start(), *TO_COMPLAINT, *SAY_KNEE, *TO_RESULT, *TO_BOOKING)
    state, _ = play(state, ev.BookingAccepted(at=16, walk_in=True, wall=WALL), ev.CheckedIn(at=17, visit=VISIT))
    state, _ = play(state, ev.SlipFailed(at=18, problem=PrinterProblem.PAPER_OUT))
    assert (state.screen, state.delivery, state.print_problem) == (
        Screen.SLIP, Delivery.FAILED, PrinterProblem.PAPER_OUT,
    )  # fmt: skip


def test_idle_warns_then_wipes_and_any_touch_extends() -> None:
    state, _ = play(start(), *TO_COMPLAINT, ev.Tick(at=50))
    assert state.warned_at is None
    state, _ = play(state, ev.Tick(at=51.1))
    assert state.warned_at == 51.1
    extended, _ = play(state, ev.StillHere(at=60), ev.Tick(at=72))
    assert (extended.screen, extended.warned_at) == (Screen.COMPLAINT, None)
    wiped, effects = play(state, ev.Tick(at=71.2))
    assert wiped.screen is Screen.ATTRACT
    assert fx.Forget("v1") in effects


def test_a_language_left_behind_returns_to_the_house_language() -> None:
    state, effects = play(start(), ev.LanguageChosen(at=1, language=Language.EN), ev.Tick(at=100))
    assert state.language is Language.ZH
    assert effects == [fx.ChangeLanguage(Language.EN), fx.Forget(""), fx.ChangeLanguage(Language.ZH)]


ARABIC = Locale("ar", "العربية", Language.EN, is_understood=False, right_to_left=True)


def with_arabic() -> State:
    return replace(start(), clinic=replace(CLINIC, locales=(*CLINIC.locales, ARABIC)))


def test_a_further_language_is_chosen_from_the_list_and_forgotten_with_the_visit() -> None:
    chosen = ev.LanguageChosen(at=2, language=Language.EN, tag="ar")
    state, effects = play(with_arabic(), ev.LanguagesOpened(at=1), chosen)
    assert (state.screen, state.locale) == (Screen.ATTRACT, ARABIC)
    assert effects == [fx.ChangeLanguage(Language.EN, "ar")]
    state, effects = play(state, *TO_COMPLAINT, ev.Ended(at=9))
    assert (state.screen, state.locale) == (Screen.FAREWELL, ARABIC)
    state, effects = play(state, ev.Tick(at=100))
    assert (state.screen, state.tag) == (Screen.ATTRACT, "")
    assert fx.ChangeLanguage(Language.ZH) in effects


def test_whoever_is_not_understood_is_not_listened_to_and_types_nothing() -> None:
    speaking = replace(with_arabic(), language=Language.EN, tag="ar", speech=Speech.READY)
    state, _ = play(speaking, *TO_COMPLAINT, ev.TalkPressed(at=6), ev.TypingOpened(at=7))
    assert (state.screen, state.speech, state.can_hear) == (Screen.COMPLAINT, Speech.READY, False)


def test_an_unknown_language_changes_nothing() -> None:
    before = with_arabic()
    state, effects = play(before, ev.LanguageChosen(at=1, language=Language.EN, tag="tlh"))
    assert (state.language, state.tag, effects) == (before.language, "", [])


def test_a_list_of_languages_left_open_closes() -> None:
    state, _ = play(with_arabic(), ev.LanguagesOpened(at=1), ev.Tick(at=100))
    assert state.screen is Screen.ATTRACT


def test_calling_a_nurse_keeps_the_place() -> None:
    state, effects = play(start(), *TO_COMPLAINT, ev.NurseCalled(at=7))
    assert state.screen is Screen.NURSE
    assert fx.AlertDesk("v1", 0, ("nurse_called",)) in effects
    state, _ = play(state, ev.NurseArrived(at=9))
    assert state.screen is Screen.COMPLAINT


EVENTS = st.one_of(
    st.sampled_from(
        [
            *TO_COMPLAINT,
            *SAY_KNEE,
            *TO_RESULT,
            *TO_BOOKING,
            ev.Back(at=20),
            ev.Ended(at=20),
            ev.NurseCalled(at=20),
            ev.SayAgain(at=20),
            ev.TypingOpened(at=20),
            ev.WithPhone(at=20),
            ev.SlotChosen(at=20, slot=SLOT),
            ev.BookingAccepted(at=20, walk_in=True, wall=WALL),
            ev.CheckedIn(at=20, visit=VISIT),
            ev.SlipPrinted(at=20),
            ev.SlipTaken(at=20, taken=True),
            ev.NurseArrived(at=20),
            ev.ComplaintPicked(at=20, code="joints"),
            ev.FindingTapped(at=20, code="knee_pain"),
            ev.Typed(at=20, text="chest_pain"),
            ev.Tick(at=500),
        ]
    ),
    st.builds(ev.Typed, at=st.just(20.0), text=st.text(max_size=40)),
    st.builds(ev.Keyed, at=st.just(20.0), digit=st.text(max_size=2)),
)


@given(st.lists(EVENTS, max_size=60))
def test_any_order_of_events_is_answered_and_forgetting_leaves_nothing(events: list[Event]) -> None:
    state, effects = play(start(), *events)
    if state.screen in (Screen.ATTRACT, Screen.FAREWELL):
        assert (state.findings, state.heard, state.phone, state.visit_id) == (start().findings, "", "", "")
    alarmed = [effect for effect in effects if isinstance(effect, fx.AlertDesk) and effect.level]
    assert bool(alarmed) or state.screen is not Screen.EMERGENCY


def test_what_a_model_proposes_must_stand_in_what_was_said() -> None:
    told, _ = play(start(), *TO_COMPLAINT, *SAY_KNEE)
    assert told.heard == "knee_pain"
    quoted = Finding("swelling", Status.UNSURE, Source.STAFF, "knee", (0, 4), severity=9)
    invented = Finding("fever", Status.PRESENT, Source.MODEL, "fever", (0, 5))
    unknown = Finding("no_such_code", Status.PRESENT, Source.MODEL, "knee", (0, 4))
    answer = ev.ModelAnswered(at=10, visit_id="v1", findings=(quoted, invented, unknown))
    after, _ = advance(told, answer)
    assert after.proposed == (replace(quoted, source=Source.MODEL, severity=None),)
    assert after.findings == told.findings
    other, _ = advance(told, replace(answer, visit_id="another"))
    assert other == told


def test_a_model_that_comes_or_goes_changes_nothing_of_a_visit() -> None:
    told, _ = play(start(), *TO_COMPLAINT, *SAY_KNEE)
    gone, effects = play(told, ev.ModelChanged(at=50, up=False))
    assert (gone, effects) == (replace(told, model_up=False), [])
    assert not fresh(gone).model_up
