"""How strong the pain is: when it is asked, what an answer tells, and that it only ever adds danger."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.dialogue import effects as fx
from kiosk.domain.dialogue import events as ev
from kiosk.domain.dialogue import pain_scale
from kiosk.domain.findings import Finding, Findings, Source, Status, Vitals
from kiosk.domain.knowledge import Level
from kiosk.domain.language import Language
from kiosk.domain.pain import SEVERE_PAIN, pains, scored, wants_strength
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.redflags import fired
from kiosk.domain.session import advance
from kiosk.domain.triage import assess, clinic_assess
from kiosk.domain.visit import Clinic, Screen, Speech, State
from tests.unit.shipped_clinic import content

WALL = datetime(2026, 11, 23, 9, tzinfo=UTC)
WOMAN = Patient(sex=Sex.FEMALE, age=40)
MILD = 3
"""Up to here known.py reads a pain as not severe, which only inference weighs, as it does any "no"."""
CODES = sorted(content().symptoms)
PAINS = sorted(set(pains(content(), Findings().merged(Finding(c, Status.PRESENT, Source.TAP) for c in CODES))))


def told(*codes: str, **changes: object) -> Findings:
    return Findings().merged(Finding(code, Status.PRESENT, Source.TAP, **changes) for code in codes)


def asking(findings: Findings, **changes: object) -> State:
    """A visit whose tiles are tapped, one touch before the questions."""
    base = content()
    clinic = Clinic(base, lambda text, language: (), clinic_assess(base))
    picked = State(clinic=clinic, screen=Screen.PICK, trail=(Screen.ATTRACT,), visit_id="v", patient=WOMAN)
    picked = replace(picked, dangers_answered=True, consented_at=WALL)
    return replace(picked, findings=findings, picked=tuple(findings), speech=Speech.READY, **changes)


def after(state: State, *events: ev.Event) -> State:
    for event in events:
        state, _ = advance(state, event)
    return state


@pytest.mark.parametrize(
    ("findings", "asked", "wanted"),
    [
        (told("knee_pain"), (), True),
        (told("toothache"), (), True),
        (told("calf_pain"), (), True),
        (told("cough"), (), False),
        (told("knee_pain", severity=3), (), False),
        (told("knee_pain"), (SEVERE_PAIN,), False),
        (told("knee_pain", SEVERE_PAIN), (), False),
        # The pain in the chest is known, and breathing only says when it comes.
        (told("chest_pain", severity=4).merged(told("chest_pain_breathing").values()), (), False),
        (told("chest_pain", severity=4).merged(told("knee_pain").values()), (), True),
        (Findings().merged([Finding("knee_pain", Status.ABSENT, Source.TAP)]), (), False),
    ],
)
def test_strength_is_asked_while_a_pain_has_none(findings: Findings, asked: tuple[str, ...], wanted: bool) -> None:
    assert wants_strength(content(), findings, asked) is wanted


@pytest.mark.parametrize(
    ("score", "severe"),
    [(0, None), (6, None), (7, Status.PRESENT), (10, Status.PRESENT), (None, Status.UNSURE)],
)
def test_an_answer_sets_the_strength_of_every_pain_without_one(score: int | None, severe: Status | None) -> None:
    before = told("knee_pain").merged(told("back_pain", severity=3).values())
    findings, codes = scored(content(), before, score)
    assert codes == ("knee_pain",)
    assert findings["knee_pain"] == replace(before["knee_pain"], severity=score)
    assert findings["back_pain"].severity == 3
    assert findings.status(SEVERE_PAIN) is severe


def test_a_severe_pain_that_was_spoken_of_is_not_taken_back() -> None:
    findings, _ = scored(content(), told("knee_pain", SEVERE_PAIN), 1)
    assert findings.status(SEVERE_PAIN) is Status.PRESENT


def test_an_answer_can_be_corrected() -> None:
    findings, codes = scored(content(), told("knee_pain"), 9)
    findings, codes = scored(content(), findings, 2, codes)
    assert (findings["knee_pain"].severity, findings.status(SEVERE_PAIN)) == (2, None)
    assert codes == ("knee_pain",)


@pytest.mark.parametrize(
    ("code", "score", "level"),
    [
        ("abdominal_pain", 3, Level.IV),
        ("abdominal_pain", 4, Level.III),
        ("abdominal_pain", 7, Level.II),
        ("headache", 7, Level.II),
        ("knee_pain", 7, Level.III),
        ("knee_pain", 6, Level.IV),
    ],
)
def test_the_content_s_rules_follow_the_answer(code: str, score: int, level: Level) -> None:
    findings, _ = scored(content(), told(code), score)
    flags = fired(content(), WOMAN, findings, Vitals())
    assert min((flag.level for flag in flags), default=Level.IV) is level


@settings(max_examples=150, deadline=None)
@given(
    present=st.lists(st.sampled_from(CODES), max_size=3),
    hurting=st.lists(st.sampled_from(PAINS), min_size=1, max_size=3),
    score=st.none() | st.integers(0, 10),
    age=st.none() | st.integers(0, 99),
)
def test_an_answer_takes_no_rule_and_no_level_back(
    present: list[str], hurting: list[str], score: int | None, age: int | None
) -> None:
    patient = Patient(age=age)
    before = told(*present, *hurting)
    after, _ = scored(content(), before, score)
    fired_before = {flag.rule for flag in fired(content(), patient, before, Vitals())}
    fired_after = {flag.rule for flag in fired(content(), patient, after, Vitals())}
    assert fired_before <= fired_after
    was, now = assess(content(), patient, before, ()), assess(content(), patient, after, (SEVERE_PAIN,))
    if score is None or score > MILD:
        assert now.level <= was.level


def test_strength_is_the_first_question_and_counts_as_one() -> None:
    state = after(asking(told("knee_pain")), ev.Next(at=1))
    assert (state.screen, state.question, state.asked) == (Screen.QUESTION, SEVERE_PAIN, (SEVERE_PAIN,))
    assert pain_scale.is_shown(state)
    on = after(state, ev.PainScored(at=2, score=5))
    assert on.findings["knee_pain"].severity == 5
    assert (on.pain_score, on.asked[0], len(on.asked)) == (5, SEVERE_PAIN, 2)
    assert not pain_scale.is_shown(on)


def test_the_answer_can_be_changed_by_going_back() -> None:
    state = after(asking(told("knee_pain")), ev.Next(at=1), ev.PainScored(at=2, score=8), ev.Back(at=3))
    assert (state.question, state.pain_score) == (SEVERE_PAIN, 8)
    state = after(state, ev.PainScored(at=4, score=2))
    assert (state.findings["knee_pain"].severity, state.findings.status(SEVERE_PAIN)) == (2, None)


def test_severe_pain_of_the_belly_is_an_emergency_at_once() -> None:
    state = after(asking(told("abdominal_pain")), ev.Next(at=1))
    state, effects = advance(state, ev.PainScored(at=2, score=9))
    assert state.screen is Screen.EMERGENCY
    assert any(isinstance(effect, fx.AlertDesk) for effect in effects)


def test_an_emergency_is_not_asked_how_much_it_hurts() -> None:
    state = after(asking(told("chest_pain", "cold_sweat")), ev.Next(at=1))
    assert state.screen is Screen.EMERGENCY


def test_a_pain_that_an_answer_brings_up_is_asked_about_next() -> None:
    asked = asking(told("cough"), question="chest_pain", asked=("chest_pain",))
    state = after(
        replace(asked, screen=Screen.QUESTION, patient=Patient(age=20)),
        ev.Answered(at=1, code="chest_pain", status=Status.PRESENT),
    )
    assert state.question == SEVERE_PAIN or state.screen is Screen.EMERGENCY


@pytest.mark.parametrize("score", [-1, 11])
def test_a_score_beyond_the_scale_changes_nothing(score: int) -> None:
    state = after(asking(told("knee_pain")), ev.Next(at=1))
    assert replace(after(state, ev.PainScored(at=1, score=score)), last_touch=state.last_touch) == state


def test_a_score_outside_the_question_changes_nothing() -> None:
    state = asking(told("knee_pain"))
    assert after(state, ev.PainScored(at=0, score=5)) == state


@pytest.mark.parametrize(
    ("language", "words", "score"),
    [(Language.ZH, "七分", 7), (Language.ZH, "不知道", None), (Language.EN, "Ten", 10), (Language.EN, "no pain", 0)],
)
def test_the_number_can_be_said(language: Language, words: str, score: int | None) -> None:
    state = after(asking(told("knee_pain"), language=language), ev.Next(at=1))
    state, (listen,) = advance(state, ev.TalkPressed(at=2))
    assert words.lower() in listen.phrases
    state = after(state, ev.TalkReleased(at=3), ev.Heard(at=4, text=words, final=True))
    assert state.findings["knee_pain"].severity == score
    assert state.question != SEVERE_PAIN


def test_other_words_are_read_and_the_number_is_asked_again() -> None:
    state = after(asking(told("knee_pain")), ev.Next(at=1), ev.TalkPressed(at=2), ev.TalkReleased(at=3))
    state = after(state, ev.Heard(at=4, text="很疼", final=True))
    assert (state.question, state.input_problem) == (SEVERE_PAIN, "not_heard")
