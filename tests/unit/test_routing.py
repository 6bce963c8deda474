"""Which departments, and why."""

from __future__ import annotations

import pytest

from kiosk.domain.assessment import DepartmentScore
from kiosk.domain.findings import Findings, Source, Vitals
from kiosk.domain.known import known
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.routing import doors_for
from kiosk.domain.triage import assess
from tests.unit.triage_clinic import KNOWLEDGE, present

WOMAN = Patient(sex=Sex.FEMALE, age=40, pregnant=False)
MAN = Patient(sex=Sex.MALE, age=40)
CHILD = Patient(sex=Sex.FEMALE, age=6)
MOTHER = Patient(sex=Sex.FEMALE, age=30, pregnant=True)


def said(*codes: str, **details: float) -> Findings:
    return present(*codes, source=Source.WORDS, **details)


def departments(patient: Patient, findings: Findings, vitals: Vitals | None = None) -> tuple[DepartmentScore, ...]:
    return assess(KNOWLEDGE, patient, findings, (), vitals or Vitals()).departments


@pytest.mark.parametrize(
    ("patient", "findings", "first"),
    [
        (WOMAN, said("rash", "itching"), "dermatology"),
        (WOMAN, said("headache"), "neurology"),
        (WOMAN, said("runny_nose", "sneezing"), "ent"),
        (WOMAN, said("vaginal_bleeding"), "gynaecology"),
        (WOMAN, said("fever", "cough"), "fever_clinic"),
        (WOMAN, said("chest_pain", "cold_sweat"), "emergency"),
        (CHILD, said("fever", "cough"), "paediatrics"),
        (CHILD, said("headache"), "paediatrics"),
        (CHILD, said("rash", "itching"), "dermatology"),
        (MAN, said("testicular_pain"), "urology"),
        (MOTHER, said("vaginal_bleeding"), "obstetrics"),
        (WOMAN, Findings(), "general_practice"),
        (CHILD, Findings(), "paediatrics"),
    ],
)
def test_the_first_department(patient: Patient, findings: Findings, first: str) -> None:
    assert departments(patient, findings)[0].code == first


@pytest.mark.parametrize(
    ("patient", "department", "doors"),
    [
        (MAN, "gynaecology", {"urology": 1.0}),
        (MAN, "obstetrics", {"urology": 1.0}),
        (MOTHER, "gynaecology", {"obstetrics": 1.0}),
        (WOMAN, "gynaecology", {"gynaecology": 1.0}),
        (CHILD, "cardiology", {"paediatrics": 1.0}),
        (CHILD, "emergency", {"emergency": 1.0}),
        (WOMAN, "paediatrics", {"general_practice": 1.0}),
        (WOMAN, "closed", {"general_practice": 1.0}),
        (Patient(), "gynaecology", {"gynaecology": 1.0}),
    ],
)
def test_doors(patient: Patient, department: str, doors: dict[str, float]) -> None:
    assert doors_for(known(KNOWLEDGE, patient, Findings()))({department: 0.5}) == doors


def test_a_man_never_sees_a_womens_department() -> None:
    for code in KNOWLEDGE.symptoms:
        shown = {entry.code for entry in departments(MAN, said(code))}
        assert not shown & {"gynaecology", "obstetrics"}, code


@pytest.mark.parametrize(("celsius", "is_rule"), [(37.3, True), (38.5, True), (37.2, False)])
def test_the_fever_clinic_starts_at_its_threshold(celsius: float, is_rule: bool) -> None:
    findings = said("cough").merged(said("fever", value=celsius).values())
    reasons = {entry.code: entry.reason for entry in departments(WOMAN, findings)}
    assert (reasons["fever_clinic"] is not None) == is_rule


def test_a_measured_fever_counts() -> None:
    assert departments(WOMAN, said("cough"), Vitals(temperature=38.4))[0].code == "fever_clinic"


def test_house_rules_give_their_reason_and_red_flags_keep_theirs_for_staff() -> None:
    reasons = {entry.code: entry.reason for entry in departments(WOMAN, said("fever", "neck_stiffness"))}
    assert reasons["emergency"] is not None
    assert reasons["emergency"].en == "needs to be seen at once"
    fever = departments(WOMAN, said("fever", "cough"))[0]
    assert fever.reason is not None
    assert "发热门诊" in fever.reason.zh


def test_the_findings_that_speak_for_a_department_are_named() -> None:
    first = departments(WOMAN, said("rash", "itching", "cough"))[0]
    assert set(first.findings) == {"rash", "itching"}


def test_a_rules_own_department_stands_beside_emergency() -> None:
    baby = Patient(age=0, age_days=20)
    codes = [entry.code for entry in departments(baby, said("fever"))]
    assert codes[:2] == ["emergency", "paediatrics"]


def test_an_emergency_department_needs_a_rule() -> None:
    shown = {entry.code for entry in departments(WOMAN, said("fever", "headache"))}
    assert "emergency" not in shown


def test_the_old_may_choose_geriatrics() -> None:
    codes = [entry.code for entry in departments(Patient(age=80), said("headache"))]
    assert codes[0] == "neurology"
    assert "geriatrics" in codes
    assert "geriatrics" not in {entry.code for entry in departments(WOMAN, said("headache"))}


def test_at_most_three_departments_whose_scores_fall_and_sum_to_at_most_one() -> None:
    for code in KNOWLEDGE.symptoms:
        shown = departments(WOMAN, said(code))
        scores = [entry.score for entry in shown]
        assert 1 <= len(shown) <= 3
        assert scores == sorted(scores, reverse=True)
        assert sum(scores) <= 1.0001
