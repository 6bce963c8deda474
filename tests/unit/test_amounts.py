"""Follow-up questions about strength and time: known without asking once the patient has said how much."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.knowledge import KnowledgeBase, Present
from kiosk.domain.known import Known, known
from kiosk.domain.patient import Patient
from tests.unit.triage_clinic import KNOWLEDGE, symptom

HIGH = replace(symptom("fever_over_39", implies=("fever",)), amount=Present("fever", value_min=39))
LONG = replace(symptom("fever_5_days", implies=("fever",)), amount=Present("fever", hours_min=120))
BASE: KnowledgeBase = replace(
    KNOWLEDGE,
    symptoms={**KNOWLEDGE.symptoms, HIGH.code: HIGH, LONG.code: LONG},
    implied={**KNOWLEDGE.implied, HIGH.code: frozenset(["fever"]), LONG.code: frozenset(["fever"])},
)
FEVER = Finding("fever", Status.PRESENT, Source.WORDS)


def facts(*findings: Finding) -> Known:
    return known(BASE, Patient(age=40), Findings().merged(findings))


@pytest.mark.parametrize(("celsius", "status"), [(39.0, Status.PRESENT), (40.2, Status.PRESENT), (38.9, Status.ABSENT)])
def test_a_temperature_that_was_said_decides(celsius: float, status: Status) -> None:
    assert facts(replace(FEVER, value=celsius)).status("fever_over_39") is status


def test_a_time_that_was_said_decides() -> None:
    assert facts(replace(FEVER, duration_hours=24 * 6)).status("fever_5_days") is Status.PRESENT
    assert facts(replace(FEVER, duration_hours=24)).status("fever_5_days") is Status.ABSENT


def test_without_an_amount_it_may_be_asked() -> None:
    assert facts(FEVER).is_open("fever_over_39")


def test_a_denied_fever_has_no_amount() -> None:
    assert facts(replace(FEVER, status=Status.ABSENT)).status("fever_over_39") is Status.ABSENT


def test_a_yes_tells_the_amount_and_no_more() -> None:
    answered = facts(FEVER, Finding("fever_over_39", Status.PRESENT, Source.ANSWER))
    assert answered.findings["fever"].value == 39


def test_an_answer_does_not_change_a_number_that_was_said() -> None:
    answered = facts(replace(FEVER, value=38.2), Finding("fever_over_39", Status.PRESENT, Source.ANSWER))
    assert answered.findings["fever"].value == 38.2
