"""Every row of the red-flag table through the shipped content: what must be an emergency, and what must not."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.findings import Finding, Findings, Source, Status, Vitals
from kiosk.domain.knowledge import Level
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.redflags import fired
from kiosk.domain.triage import assess
from tests.unit.red_flag_examples import BABY, DANGERS, INFANT, NEWBORN
from tests.unit.red_flag_lookalikes import MILD
from tests.unit.shipped_clinic import content

_ONE = re.compile(r"(?P<code>\w+)(?:@(?P<hours>\d+)|!(?P<severity>\d+)|=(?P<value>[\d.]+))*")


@pytest.fixture(scope="module", autouse=True)
def _readable() -> None:
    """Content that cannot be read fails here once, not in every example."""
    content()


def found(text: str) -> Findings:
    return Findings().merged(_finding(part) for part in text.split())


def _finding(part: str) -> Finding:
    match = _ONE.fullmatch(part)
    assert match is not None, part
    assert match["code"] in content().symptoms, part
    hours, severity, value = match["hours"], match["severity"], match["value"]
    return Finding(
        match["code"],
        Status.PRESENT,
        Source.WORDS,
        severity=int(severity) if severity else None,
        duration_hours=float(hours) if hours else None,
        value=float(value) if value else None,
    )


def level_of(patient: Patient, findings: Findings) -> Level:
    return assess(content(), patient, findings, (), max_questions=0).level


@pytest.mark.parametrize(("row", "patient", "text", "least"), DANGERS)
def test_a_danger_is_at_least_as_urgent_as_its_row(row: int, patient: Patient, text: str, least: Level) -> None:
    rules = fired(content(), patient, found(text), Vitals())
    assert min((rule.level for rule in rules), default=Level.IV) <= least, row
    assert level_of(patient, found(text)) <= least


@pytest.mark.parametrize(("row", "patient", "text"), MILD)
def test_what_only_looks_like_it_is_no_emergency(row: int, patient: Patient, text: str) -> None:
    alarms = [rule.rule for rule in fired(content(), patient, found(text), Vitals()) if rule.level <= Level.II]
    assert not alarms, row
    assert level_of(patient, found(text)) > Level.II


def test_every_row_has_two_dangers_and_a_look_alike() -> None:
    for row in range(51):
        assert sum(example[0] == row for example in DANGERS) >= 2, row
        assert any(example[0] == row for example in MILD), row


@pytest.mark.parametrize(("row", "patient", "text", "least"), DANGERS)
def test_a_doubtful_danger_calls_staff(row: int, patient: Patient, text: str, least: Level) -> None:
    """Whatever finding the level hangs on: a patient who brings it up and is not sure gets a nurse."""
    whole = level_of(patient, found(text))
    for part in text.split():
        rest = found(" ".join(other for other in text.split() if other != part))
        if part in content().symptoms and level_of(patient, rest) > whole:
            doubtful = rest.merged([Finding(part, Status.UNSURE, Source.WORDS)])
            result = assess(content(), patient, doubtful, (), max_questions=0)
            assert result.staff_check or result.level <= whole, (row, part, least)


@given(st.data())
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_one_more_present_finding_never_makes_it_less_urgent(data: st.DataObject) -> None:
    codes = sorted(content().symptoms)
    patient = data.draw(PATIENTS)
    statuses = data.draw(st.dictionaries(st.sampled_from(codes), st.sampled_from(Status), max_size=7))
    extra = data.draw(st.sampled_from([code for code in codes if code not in statuses]))
    before = Findings().merged(Finding(code, status, Source.ANSWER) for code, status in statuses.items())
    after = before.merged([Finding(extra, Status.PRESENT, Source.ANSWER)])
    assert _urgency(patient, after) <= _urgency(patient, before)


@given(st.data())
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_not_known_to_be_there_fires_nothing(data: st.DataObject) -> None:
    patient = data.draw(PATIENTS)
    statuses = data.draw(
        st.dictionaries(
            st.sampled_from(sorted(content().symptoms)),
            st.sampled_from([Status.UNSURE, Status.ABSENT]),
            max_size=25,
        )
    )
    doubtful = Findings().merged(Finding(code, status, Source.ANSWER) for code, status in statuses.items())
    nothing = {rule.rule for rule in fired(content(), patient, Findings(), Vitals())}
    assert {rule.rule for rule in fired(content(), patient, doubtful, Vitals())} == nothing


PATIENTS = st.builds(
    Patient,
    sex=st.sampled_from([None, *Sex]),
    age=st.sampled_from([None, 1, 3, 10, 16, 30, 50, 62, 80]),
    pregnant=st.sampled_from([None, False, True]),
) | st.sampled_from([NEWBORN, BABY, INFANT])


def _urgency(patient: Patient, findings: Findings) -> Level:
    rules = fired(content(), patient, findings, Vitals())
    return min((rule.level for rule in rules), default=Level.IV)
