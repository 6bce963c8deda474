"""What a model reads is a question, and nothing else before its answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.assessment import Disposition
from kiosk.domain.dialogue import events as ev
from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.guard_rails import MOST_PROPOSED, sound_findings
from kiosk.domain.knowledge import Level
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.proposals import MOST_ASKED, answered
from kiosk.domain.session import advance, fresh
from kiosk.domain.triage import assess
from kiosk.domain.visit import Screen, Speech, State
from tests.unit.dialogue_clinic import CLINIC
from tests.unit.shipped_clinic import content

WOMAN = Patient(sex=Sex.FEMALE, age=30)
COUGH = Finding("cough", Status.PRESENT, Source.WORDS, "咳嗽", (0, 2))


def proposed(code: str, start: int = 10, status: Status = Status.UNSURE) -> Finding:
    return Finding(code, status, Source.MODEL, "几个字", (start, start + 3), duration_hours=48.0)


def questions(findings: Findings, proposals: tuple[Finding, ...], answer: Status = Status.ABSENT) -> list[str]:
    """What is asked in turn."""
    asked: list[str] = []
    while (question := assess(content(), WOMAN, findings, asked, proposed=proposals).next_question) is not None:
        asked.append(question.code)
        findings = findings.merged([answered(question.code, answer, proposals)])
    return asked


def test_proposals_are_asked_in_the_order_of_the_words_and_not_too_many() -> None:
    said = Findings().merged([COUGH])
    many = (proposed("poor_appetite", 30), proposed("insomnia", 10), proposed("itching", 20), proposed("hiccups", 40))
    asked = questions(said, many)
    assert asked[:MOST_ASKED] == ["insomnia", "itching"]
    assert not {"poor_appetite", "hiccups"} & set(asked)


@pytest.mark.parametrize(
    "finding",
    [
        proposed("no_such_code"),
        proposed("insomnia", status=Status.ABSENT),
        proposed("insomnia", start=1),
        replace(proposed("insomnia"), span=None),
        proposed("cough"),
        proposed("testicular_pain"),
    ],
    ids=["unknown", "denied", "in words the lexicon knows", "without words", "known already", "not of a woman"],
)
def test_what_is_not_worth_a_question(finding: Finding) -> None:
    said = Findings().merged([COUGH])
    assert questions(said, (finding,)) == questions(said, ())


def test_a_proposal_alone_is_asked_and_a_yes_keeps_its_words_and_length() -> None:
    only = (proposed("insomnia"),)
    assert questions(Findings(), only) == ["insomnia"]
    assert questions(Findings(), ()) == []
    yes = answered("insomnia", Status.PRESENT, only)
    assert (yes.source, yes.text, yes.span, yes.duration_hours) == (Source.ANSWER, "几个字", (10, 13), 48.0)
    assert yes.read_by_model
    no = Finding("insomnia", Status.ABSENT, Source.ANSWER, read_by_model=True)
    assert answered("insomnia", Status.ABSENT, only) == no
    assert answered("itching", Status.PRESENT, only) == Finding("itching", Status.PRESENT, Source.ANSWER)


CODES = sorted(content().symptoms)
STATUSES = st.sampled_from(list(Status))


@settings(max_examples=60, deadline=None)
@given(
    said=st.dictionaries(st.sampled_from(CODES), STATUSES, max_size=4),
    read=st.dictionaries(st.sampled_from(CODES), STATUSES, max_size=6),
)
def test_a_proposal_changes_nothing_but_the_next_question(said: dict[str, Status], read: dict[str, Status]) -> None:
    findings = Findings().merged(Finding(code, status, Source.WORDS) for code, status in said.items())
    proposals = tuple(proposed(code, 10 * at, status) for at, (code, status) in enumerate(read.items()))
    alone = assess(content(), WOMAN, findings, ())
    beside = assess(content(), WOMAN, findings, (), proposed=proposals)
    assert replace(beside, next_question=alone.next_question) == alone
    if alone.level <= Level.II:
        assert beside.next_question is None


def told(text: str) -> State:
    state = replace(fresh(State(clinic=CLINIC)), speech=Speech.READY)
    events = (
        ev.Started(at=1, visit_id="v1", today=date(2026, 3, 2)),
        ev.TypingOpened(at=2),
    )
    state, _ = advance(state, events[0])
    state = replace(state, screen=Screen.TYPING)
    state, _ = advance(state, ev.Typed(at=3, text=text))
    assert state.screen is Screen.CONFIRM
    return state


def read(code: str, words: str, text: str) -> ev.ModelAnswered:
    start = text.index(words)
    finding = Finding(code, Status.UNSURE, Source.MODEL, words, (start, start + len(words)))
    return ev.ModelAnswered(at=4, visit_id="v1", findings=(finding,))


PUFFY = "it went all puffy"


@pytest.mark.parametrize("status", [Status.PRESENT, Status.ABSENT])
def test_words_that_only_a_model_understands_lead_to_its_question(status: Status) -> None:
    state, _ = advance(told(PUFFY), read("swelling", "puffy", PUFFY))
    assert not state.findings
    state, _ = advance(state, ev.Confirmed(at=5))
    assert (state.screen, state.question) == (Screen.QUESTION, "swelling")
    state, _ = advance(state, ev.Answered(at=6, code="swelling", status=status))
    assert (state.question, state.findings["swelling"].status) == ("fever", status)
    state, _ = advance(state, ev.Answered(at=7, code="fever", status=Status.ABSENT))
    assert state.screen is (Screen.SUMMARY if status is Status.PRESENT else Screen.COMPLAINT)
    assert state.input_problem == ("" if status is Status.PRESENT else "not_understood")


def test_other_words_take_the_proposals_of_the_first_ones_away() -> None:
    state, _ = advance(told(PUFFY), read("swelling", "puffy", PUFFY))
    state, _ = advance(replace(state, screen=Screen.TYPING), ev.Typed(at=5, text="knee_pain"))
    assert state.proposed == ()


def test_words_that_only_a_model_read_send_nobody_home() -> None:
    cold = Findings().merged(
        Finding(code, Status.PRESENT, Source.WORDS, duration_hours=24.0) for code in ("runny_nose", "sneezing")
    )
    assert assess(content(), WOMAN, cold, ()).disposition is Disposition.SELF_CARE
    for read_by_model, advice in ((False, Disposition.SELF_CARE), (True, Disposition.DOCTOR)):
        blocked = Finding("blocked_nose", Status.PRESENT, Source.ANSWER, read_by_model=read_by_model)
        assert assess(content(), WOMAN, cold.merged([blocked]), ("blocked_nose",)).disposition is advice


TEXT = "it feels as if an elephant sits on me, I am 36 and live at number 12"


def spoken(words: str, **changes: object) -> Finding:
    start = TEXT.index(words)
    finding = Finding("chest_pain", Status.UNSURE, Source.MODEL, words, (start, start + len(words)))
    return replace(finding, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "finding",
    [
        spoken("elephant", code="no_such_code"),
        spoken("elephant", text="a lion"),
        spoken("elephant", span=None),
        spoken("elephant", span=(18 - len(TEXT), 26 - len(TEXT))),
        spoken("elephant", span=(18, 5000)),
        spoken("elephant", span=(26, 18)),
        spoken("elephant", span=(18, 18), text=""),
        spoken("I"),
        spoken(", "),
        spoken("as if an"),
    ],
    ids=["code", "words", "nowhere", "from the end", "too far", "backwards", "empty", "I", "a comma", "plain words"],
)
def test_a_hostile_reading_proposes_nothing(finding: Finding) -> None:
    assert sound_findings([finding], TEXT, content().symptoms) == ()


def test_a_yes_takes_over_no_number_that_the_question_does_not_show() -> None:
    """36 years are no temperature, and number 12 is no dozen of years."""
    hostile = spoken("elephant", severity=1, value=36.0, duration_hours=12 * 365 * 24.0)
    (finding,) = sound_findings([hostile], TEXT, content().symptoms)
    yes = answered("chest_pain", Status.PRESENT, (finding,))
    assert (yes.severity, yes.value, yes.duration_hours) == (None, None, None)
    (told,) = sound_findings([replace(hostile, duration_hours=48.0)], TEXT + ", for 2 days", content().symptoms)
    assert told.duration_hours == 48


def test_ten_thousand_findings_become_two_questions() -> None:
    codes = (CODES[place % len(CODES)] for place in range(10_000))
    sound = sound_findings((spoken("elephant", code=code) for code in codes), TEXT, content().symptoms)
    assert len(sound) == MOST_PROPOSED
    asked = questions(Findings(), sound, Status.UNSURE)
    assert sum(code in {finding.code for finding in sound} for code in asked) <= MOST_ASKED


def test_a_model_puts_no_illness_into_the_patients_mouth() -> None:
    """The question of an illness by its name begins with "You said"."""
    named = [code for code, symptom in content().symptoms.items() if symptom.ease == 0]
    assert len(named) > 300
    for code in named[::20]:
        assert questions(Findings(), (proposed(code),)) == []


@pytest.mark.parametrize("code", ["suicidal_thoughts", "seizing_now", "chest_pain", "choking_now"])
def test_the_code_of_an_emergency_is_a_question_and_no_alarm(code: str) -> None:
    said = Findings().merged([COUGH])
    alone, beside = assess(content(), WOMAN, said, ()), assess(content(), WOMAN, said, (), proposed=(proposed(code),))
    assert (beside.level, beside.red_flags) == (alone.level, alone.red_flags)
    assert beside.next_question is not None
    assert beside.next_question.code == code
