"""The pictures of dangers: who sees them, what a tap on them does, and that nothing of words comes before them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.dangers import choices, offered
from kiosk.domain.dialogue import effects as fx
from kiosk.domain.dialogue import events as ev
from kiosk.domain.dialogue.events import Event
from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.knowledge import Applies, Danger, Level, Review, ReviewState
from kiosk.domain.language import Words
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.session import advance
from kiosk.domain.triage import assess
from kiosk.domain.visit import Screen, Speech, State
from tests.unit.dialogue_clinic import CLINIC, KNOWLEDGE
from tests.unit.shipped_clinic import content

_REVIEW = Review("test", ReviewState.DRAFT)


def danger(code: str, *findings: str, applies: Applies | None = None) -> Danger:
    return Danger(code, Words(code, code), "heart", findings, applies or Applies(), _REVIEW)


DANGERS = (danger("chest", "chest_pain", "swelling"), danger("mind", "despair", applies=Applies(age_min=8)))
WITH_DANGERS = replace(CLINIC, knowledge=replace(KNOWLEDGE, dangers=DANGERS))


def told(text: str, patient: Patient | None = None) -> State:
    """A visit at the confirmation of what was typed."""
    begun = State(
        clinic=WITH_DANGERS,
        screen=Screen.TYPING,
        trail=(Screen.ATTRACT, Screen.CONSENT, Screen.COMPLAINT),
        visit_id="v1",
        patient=patient or Patient(age=42),
        speech=Speech.READY,
    )
    return advance(begun, ev.Typed(at=1, text=text))[0]


def play(state: State, *events: Event) -> State:
    for event in events:
        state, _ = advance(state, event)
    return state


CONFIRM = ev.Confirmed(at=2)
NONE = ev.NoDanger(at=3)
CHEST = ev.DangerPicked(at=3, code="chest")
NEXT = ev.Next(at=5)


def test_the_pictures_come_before_the_questions_and_once_a_visit() -> None:
    state = play(told("knee_pain"), CONFIRM)
    assert state.screen is Screen.DANGERS
    state = play(state, NONE)
    assert (state.screen, state.question) == (Screen.QUESTION, "fever")
    again = play(state, ev.Back(at=4), ev.Back(at=5), CONFIRM)
    assert again.screen is Screen.QUESTION


def test_tiles_and_the_body_lead_to_the_pictures_too() -> None:
    picking = replace(told("knee_pain"), screen=Screen.PICK, picking="joints", picked=("knee_pain",))
    assert play(picking, NEXT).screen is Screen.DANGERS


def test_words_that_nobody_understood_are_followed_by_the_pictures_and_then_by_another_try() -> None:
    state = play(told("mumble"), CONFIRM)
    assert state.screen is Screen.DANGERS
    state = play(state, NONE)
    assert (state.screen, state.input_problem, state.misheard) == (Screen.COMPLAINT, "not_understood", 1)
    once_more = advance(replace(state, screen=Screen.TYPING), ev.Typed(at=6, text="mumble"))[0]
    assert play(once_more, CONFIRM).screen is Screen.COMPLAINT


def test_a_danger_chosen_under_a_picture_is_an_emergency_at_once() -> None:
    state = play(told("mumble"), CONFIRM, CHEST)
    assert (state.screen, state.picking) == (Screen.PICK, "chest")
    state, effects = advance(state, ev.FindingTapped(at=4, code="chest_pain"))
    assert state.screen is Screen.EMERGENCY
    assert any(isinstance(effect, fx.AlertDesk) and effect.level == Level.II for effect in effects)


def test_a_harmless_choice_goes_on_with_the_questions() -> None:
    state = play(told("knee_pain"), CONFIRM, CHEST, ev.FindingTapped(at=4, code="swelling"), NEXT)
    assert (state.screen, state.question) == (Screen.QUESTION, "fever")
    assert state.findings.status("swelling") is Status.PRESENT


def test_a_picture_with_nothing_chosen_under_it_is_a_doubt_and_never_a_no() -> None:
    state = play(told("knee_pain"), CONFIRM, CHEST, NEXT)
    assert state.screen is Screen.QUESTION
    assert {code: state.findings.status(code) for code in DANGERS[0].findings} == {
        "chest_pain": Status.UNSURE,
        "swelling": Status.UNSURE,
    }


def test_a_choice_of_what_was_told_keeps_the_words_and_taken_back_leaves_them() -> None:
    under = play(told("swelling"), CONFIRM, CHEST)
    words = under.findings["swelling"]
    chosen = play(under, ev.FindingTapped(at=4, code="swelling"))
    assert chosen.findings["swelling"] == replace(words, source=Source.TAP)
    assert play(chosen, ev.FindingTapped(at=5, code="swelling")).findings["swelling"] == words


def test_none_of_these_denies_nothing() -> None:
    state = play(told("knee_pain"), CONFIRM, NONE)
    assert set(state.findings) == {"knee_pain"}


def test_back_from_a_picture_returns_to_the_pictures_and_from_them_to_the_words() -> None:
    state = play(told("knee_pain"), CONFIRM, CHEST, ev.Back(at=4))
    assert state.screen is Screen.DANGERS
    assert play(state, ev.Back(at=5)).screen is Screen.CONFIRM


@pytest.mark.parametrize("screen", [screen for screen in Screen if screen is not Screen.DANGERS])
def test_late_taps_on_a_picture_change_nothing_elsewhere(screen: Screen) -> None:
    state = replace(told("knee_pain"), screen=screen)
    assert play(state, CHEST).screen is screen
    assert play(state, NONE).screen is screen


def test_a_picture_for_others_cannot_be_tapped() -> None:
    state = play(told("knee_pain", Patient(age=3)), CONFIRM)
    assert play(state, ev.DangerPicked(at=3, code="mind")).screen is Screen.DANGERS


PATIENTS = [Patient(age=age, sex=sex) for age in (0, 3, 7, 8, 14, 30, 56, 80, None) for sex in (*Sex, None)]


@pytest.mark.parametrize("patient", PATIENTS, ids=str)
def test_shipped_pictures_fit_every_patient_on_one_screen(patient: Patient) -> None:
    pictures = offered(content(), patient)
    assert 8 <= len(pictures) <= (11 if patient.age is None else 10)
    assert all(2 <= len(choices(content(), picture, patient)) <= 8 for picture in pictures)


def test_under_every_shipped_picture_something_makes_an_emergency() -> None:
    for picture in content().dangers:
        patient = Patient(age=picture.applies.age_max or 40, sex=picture.applies.sex)
        levels = [
            assess(content(), patient, Findings().merged([Finding(code, Status.PRESENT, Source.TAP)]), ()).level
            for code in choices(content(), picture, patient)
        ]
        assert min(levels) <= Level.II, picture.code
