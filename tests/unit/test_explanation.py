"""What made a condition likely, fact by fact."""

from __future__ import annotations

from kiosk.domain.explanation import pushes
from kiosk.domain.findings import Status
from kiosk.domain.inference import posterior_of
from kiosk.domain.known import known
from kiosk.domain.patient import Patient, Sex
from tests.unit.triage_clinic import KNOWLEDGE, present, with_status

WOMAN = Patient(sex=Sex.FEMALE, age=40)


def bits(condition: str, *, absent: str | None = None) -> dict[str | None, float]:
    findings = present("fever", "headache", "neck_stiffness")
    if absent is not None:
        findings = with_status(findings, Status.ABSENT, absent)
    facts = known(KNOWLEDGE, WOMAN, findings)
    return {push.code: push.bits for push in pushes(facts, posterior_of(facts), condition)}


def test_a_typical_finding_pushes_up() -> None:
    assert bits("meningitis")["neck_stiffness"] > 1


def test_a_finding_that_the_condition_does_not_explain_pushes_down() -> None:
    assert bits("influenza")["neck_stiffness"] < -1


def test_a_denied_finding_pushes_against() -> None:
    assert bits("influenza", absent="cough")["cough"] < 0


def test_the_strongest_comes_first() -> None:
    facts = known(KNOWLEDGE, WOMAN, present("fever", "headache", "neck_stiffness"))
    found = pushes(facts, posterior_of(facts), "meningitis")
    assert [abs(push.bits) for push in found] == sorted((abs(push.bits) for push in found), reverse=True)


def test_nothing_known_pushes_nothing_but_the_patient() -> None:
    facts = known(KNOWLEDGE, WOMAN, present())
    assert {push.code for push in pushes(facts, posterior_of(facts), "influenza")} <= {None}
