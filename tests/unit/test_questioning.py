"""What is asked next: dangers, what a nurse asks first, and nothing that could not change where the patient goes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.inference import next_question, posterior_of
from kiosk.domain.knowledge import Applies, FirstQuestions, KnowledgeBase
from kiosk.domain.known import known
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.selfcare import home_conditions
from kiosk.domain.triage import assess
from tests.unit.triage_clinic import KNOWLEDGE, REVIEW

WOMAN, MAN, GIRL = (Patient(sex=sex, age=age) for sex, age in ((Sex.FEMALE, 30), (Sex.MALE, 30), (Sex.FEMALE, 6)))
EVERYBODY = Applies()


def clinic(*lists: tuple[str, tuple[str, ...], Applies]) -> KnowledgeBase:
    """The reasoning clinic where a nurse asks these lists first."""
    first = (FirstQuestions(f"{about}_{at}", about, ask, who, REVIEW) for at, (about, ask, who) in enumerate(lists))
    return replace(KNOWLEDGE, first_questions=tuple(first))


def said(**statuses: Status) -> Findings:
    return Findings().merged(Finding(code, status, Source.WORDS) for code, status in statuses.items())


def asked_of(patient: Patient, base: KnowledgeBase, findings: Findings, most: int = 8) -> list[str]:
    """All questions in turn, each answered with no."""
    asked: list[str] = []
    while (question := assess(base, patient, findings, asked, max_questions=most).next_question) is not None:
        asked.append(question.code)
        findings = findings.merged([Finding(question.code, Status.ABSENT, Source.ANSWER)])
    return asked


RASH = clinic(("rash", ("cyanosis", "fever", "itching"), EVERYBODY))


def test_a_complaint_brings_up_its_questions_in_the_nurses_order() -> None:
    assert asked_of(WOMAN, RASH, said(rash=Status.PRESENT))[:3] == ["cyanosis", "fever", "itching"]


def test_what_was_said_or_denied_is_not_asked_again() -> None:
    findings = said(rash=Status.PRESENT, fever=Status.ABSENT, itching=Status.PRESENT)
    assert asked_of(WOMAN, RASH, findings)[:1] == ["cyanosis"]
    assert not {"fever", "itching"} & set(asked_of(WOMAN, RASH, findings))


def test_what_cannot_apply_is_not_asked() -> None:
    base = clinic(("rash", ("pregnant", "testicular_pain"), EVERYBODY))
    assert asked_of(MAN, base, said(rash=Status.PRESENT))[:1] == ["testicular_pain"]
    assert asked_of(WOMAN, base, said(rash=Status.PRESENT))[:1] == ["pregnant"]


def test_the_first_list_that_fits_the_patient_is_used() -> None:
    base = clinic(("rash", ("sneezing",), Applies(age_max=13)), ("rash", ("itching",), EVERYBODY))
    assert asked_of(GIRL, base, said(rash=Status.PRESENT))[0] == "sneezing"
    assert asked_of(WOMAN, base, said(rash=Status.PRESENT))[0] == "itching"


def test_a_special_case_of_a_complaint_has_the_questions_of_the_general_one() -> None:
    base = clinic(("abdominal_pain", ("fever",), EVERYBODY))
    assert asked_of(MAN, base, said(lower_abdominal_pain=Status.PRESENT))[0] == "fever"


def test_with_two_complaints_the_first_of_each_comes_before_the_second_of_any() -> None:
    base = clinic(("rash", ("cyanosis", "itching"), EVERYBODY), ("cough", ("fever", "sore_throat"), EVERYBODY))
    findings = said(cough=Status.PRESENT, rash=Status.PRESENT)
    assert asked_of(WOMAN, base, findings)[:4] == ["fever", "cyanosis", "sore_throat", "itching"]


def test_no_more_first_questions_than_a_patient_bears() -> None:
    many = ("cyanosis", "fever", "itching", "sneezing", "runny_nose", "sore_throat", "headache")
    base = clinic(("rash", many, EVERYBODY))
    assert asked_of(WOMAN, base, said(rash=Status.PRESENT))[:5] == list(many[:5])
    assert not set(many[5:]) & set(asked_of(WOMAN, base, said(rash=Status.PRESENT)))


def test_a_doubt_about_an_emergency_comes_before_the_nurses_list() -> None:
    base = clinic(("fever", ("rash",), EVERYBODY))
    findings = said(fever=Status.PRESENT, neck_stiffness=Status.UNSURE)
    assert asked_of(WOMAN, base, findings)[0] == "neck_stiffness"


def test_an_emergency_is_asked_nothing_even_from_the_nurses_list() -> None:
    base = clinic(("cyanosis", ("fever",), EVERYBODY))
    assert asked_of(WOMAN, base, said(cyanosis=Status.PRESENT)) == []


@pytest.mark.parametrize("code", ["rash", "sneezing"])
def test_nothing_is_asked_that_leaves_the_department_as_it_is(code: str) -> None:
    """Eczema and a cold go to other doors; among illnesses of one door no answer matters."""
    conditions = {
        name: replace(condition, departments={"dermatology": 1.0}) for name, condition in KNOWLEDGE.conditions.items()
    }
    one_door = replace(KNOWLEDGE, conditions={name: conditions[name] for name in ("eczema", "common_cold")})
    facts = known(one_door, WOMAN, said(**{code: Status.PRESENT}))
    assert next_question(facts, posterior_of(facts), (), dict) is None


def test_what_decides_between_two_doors_is_asked() -> None:
    names = ("common_cold", "tension_headache")
    two_doors = replace(KNOWLEDGE, conditions={name: KNOWLEDGE.conditions[name] for name in names})
    facts = known(two_doors, WOMAN, said(headache=Status.PRESENT))
    question = next_question(facts, posterior_of(facts), (), dict)
    assert question is not None
    assert question.code in KNOWLEDGE.conditions["common_cold"].likelihood


def test_what_decides_between_home_and_a_doctor_behind_one_door_is_asked() -> None:
    """Eczema is treated at home, measles is not: where both lead to one door, itching still tells them apart."""
    eczema = replace(KNOWLEDGE.conditions["eczema"], likelihood={"rash": 0.95, "itching": 0.95})
    measles = replace(eczema, code="measles", likelihood={"rash": 0.95, "itching": 0.02}, self_limiting=False)
    base = replace(KNOWLEDGE, conditions={"eczema": eczema, "measles": measles})
    facts = known(base, WOMAN, said(rash=Status.PRESENT))
    beliefs = posterior_of(facts)
    assert next_question(facts, beliefs, (), dict) is None
    question = next_question(facts, beliefs, (), dict, home_conditions(facts))
    assert question is not None
    assert question.code == "itching"


@pytest.mark.parametrize("findings", [said(rash=Status.PRESENT, diabetes_history=Status.PRESENT), said()])
def test_nothing_is_treated_at_home_by_somebody_at_risk_or_without_a_complaint(findings: Findings) -> None:
    assert home_conditions(known(KNOWLEDGE, WOMAN, findings)) == frozenset()
