"""Which departments, and why: every rule of a hospital where it holds and where it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.doors import OpenDoors
from kiosk.domain.findings import Finding, Findings, Source, Status, Vitals
from kiosk.domain.known import known
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.routing import SHOWN, doors_for
from tests.unit.routing_clinic import (
    ALL,
    BABY,
    BABY_OF_UNKNOWN_DAYS,
    BOY,
    CHILD,
    HOSPITAL,
    MAN,
    MOTHER,
    NEWBORN,
    NIGHT,
    OLD,
    WOMAN,
    YOUTH,
    departments,
    doors,
    in_month,
    knowledge,
    reason,
    said,
    without,
)


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
        (NEWBORN, said("cough"), "neonatology"),
        (WOMAN, said("animal_bite"), "animal_bite"),
        (WOMAN, said("diarrhoea"), "enteric_clinic"),
        (WOMAN, Findings(), "general_practice"),
        (CHILD, Findings(), "paediatrics"),
        (NEWBORN, Findings(), "neonatology"),
    ],
)
def test_the_first_department(patient: Patient, findings: Findings, first: str) -> None:
    assert departments(patient, findings)[0].code == first


@pytest.mark.parametrize(
    ("patient", "code", "expected"),
    [
        (MAN, "gynaecology", {"urology": 1.0}),
        (MAN, "obstetrics", {"urology": 1.0}),
        (WOMAN, "gynaecology", {"gynaecology": 1.0}),
        (Patient(), "gynaecology", {"gynaecology": 1.0}),
        (MOTHER, "gynaecology", {"obstetrics": 1.0}),
        (MOTHER, "neurology", {"neurology": 1.0}),
        (CHILD, "cardiology", {"paediatrics": 1.0}),
        (CHILD, "general_surgery", {"paediatric_surgery": 1.0}),
        (CHILD, "dermatology", {"dermatology": 0.65, "paediatrics": 0.35}),
        (CHILD, "emergency", {"emergency": 1.0}),
        (BOY, "cardiology", {"paediatrics": 1.0}),
        (YOUTH, "cardiology", {"cardiology": 1.0}),
        (NEWBORN, "cardiology", {"neonatology": 1.0}),
        (NEWBORN, "paediatrics", {"neonatology": 1.0}),
        (NEWBORN, "general_surgery", {"paediatric_surgery": 1.0}),
        (BABY, "paediatrics", {"paediatrics": 1.0}),
        (BABY, "neonatology", {"paediatrics": 1.0}),
        (BABY_OF_UNKNOWN_DAYS, "neonatology", {"neonatology": 1.0}),
        (BABY_OF_UNKNOWN_DAYS, "paediatrics", {"paediatrics": 1.0}),
        (CHILD, "neonatology", {"paediatrics": 1.0}),
        (WOMAN, "paediatrics", {"general_practice": 1.0}),
        (WOMAN, "geriatrics", {"general_practice": 1.0}),
        (OLD, "geriatrics", {"geriatrics": 1.0}),
        (WOMAN, "closed", {"general_practice": 1.0}),
    ],
)
def test_doors(patient: Patient, code: str, expected: dict[str, float]) -> None:
    assert doors(patient, code) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("patient", "expected"),
    [
        (WOMAN, {"general_surgery": 1.0}),
        (CHILD, {"paediatric_surgery": 1.0}),
        (YOUTH, {"general_surgery": 1.0}),
        (Patient(), {"general_surgery": 0.8, "paediatric_surgery": 0.2}),
    ],
)
def test_a_department_that_does_not_take_the_patient_leaves_its_weight_to_the_others(
    patient: Patient, expected: dict[str, float]
) -> None:
    opened = doors_for(known(HOSPITAL, patient, Findings()))({"general_surgery": 0.8, "paediatric_surgery": 0.2})
    assert opened == pytest.approx(expected)


@pytest.mark.parametrize(
    ("patient", "code", "lacking", "instead"),
    [
        (CHILD, "cardiology", ("paediatrics",), "general_practice"),
        (CHILD, "general_surgery", ("paediatric_surgery",), "general_surgery"),
        (CHILD, "general_surgery", ("paediatric_surgery", "general_surgery"), "paediatrics"),
        (NEWBORN, "paediatrics", ("neonatology",), "paediatrics"),
        (NEWBORN, "neonatology", ("neonatology", "paediatrics"), "general_practice"),
        (WOMAN, "fever_clinic", ("fever_clinic",), "respiratory"),
        (WOMAN, "fever_clinic", ("fever_clinic", "respiratory"), "general_practice"),
        (WOMAN, "animal_bite", ("animal_bite",), "emergency"),
        (MOTHER, "gynaecology", ("obstetrics",), "gynaecology"),
        (WOMAN, "neurology", ("neurology",), "general_practice"),
        (WOMAN, "neurology", ("neurology", "general_practice"), "emergency"),
        (WOMAN, "neurology", ("cardiology",), "neurology"),
    ],
)
def test_a_hospital_without_a_department(patient: Patient, code: str, lacking: tuple[str, ...], instead: str) -> None:
    assert doors(patient, code, without(*lacking)) == {instead: 1.0}


def test_no_department_is_shown_that_the_hospital_lacks() -> None:
    for lacking in sorted(ALL - {"emergency", "general_practice"}):
        for patient in (WOMAN, MAN, CHILD, NEWBORN, MOTHER, OLD):
            for code in ("fever", "animal_bite", "diarrhoea", "headache", "rash", "vaginal_bleeding"):
                shown = {entry.code for entry in departments(patient, said(code), without(lacking))}
                assert lacking not in shown, (lacking, patient, code)


def test_a_hospital_without_a_fever_clinic_says_where_fever_is_seen() -> None:
    shown = departments(WOMAN, said("fever", "cough"), without("fever_clinic"))
    assert shown[0].code == "respiratory"
    assert reason(shown, "respiratory") == "in this hospital this is seen here"


def test_a_child_with_fever_goes_to_the_fever_clinic_only_where_there_is_no_paediatrics() -> None:
    assert departments(CHILD, said("fever"), without("paediatrics"))[0].code == "fever_clinic"
    assert "fever_clinic" not in {entry.code for entry in departments(CHILD, said("fever"))}


def test_a_complaint_of_children_may_have_its_own_department() -> None:
    assert "dermatology" in {entry.code for entry in departments(CHILD, said("headache"))}
    assert "dermatology" not in {entry.code for entry in departments(WOMAN, said("headache"))}


def test_a_man_never_sees_a_womens_department() -> None:
    for code in HOSPITAL.symptoms:
        shown = {entry.code for entry in departments(MAN, said(code))}
        assert not shown & {"gynaecology", "obstetrics"}, code


@pytest.mark.parametrize(("celsius", "is_rule"), [(37.3, True), (38.5, True), (37.2, False)])
def test_the_fever_clinic_starts_at_its_threshold(celsius: float, is_rule: bool) -> None:
    findings = said("cough").merged(said("fever", value=celsius).values())
    reasons = {entry.code: entry.reason for entry in departments(WOMAN, findings)}
    assert (reasons["fever_clinic"] is not None) == is_rule


def test_a_measured_fever_counts() -> None:
    assert departments(WOMAN, said("cough"), vitals=Vitals(temperature=38.4))[0].code == "fever_clinic"


@pytest.mark.parametrize(("also", "first"), [(("cough",), "fever_clinic"), ((), "ent")])
def test_cough_without_fever_goes_to_the_fever_clinic_only_where_the_hospital_says_so(
    also: tuple[str, ...], first: str
) -> None:
    shown = departments(WOMAN, said("cough", "sneezing"), base=knowledge(fever_clinic_also=also))
    assert shown[0].code == first
    assert ("this is seen in the fever clinic first" in {reason(shown, entry.code) for entry in shown}) == bool(also)


@pytest.mark.parametrize(
    ("month", "first", "because"),
    [
        (4, "gastroenterology", ""),
        (5, "enteric_clinic", "diarrhoea is seen in the enteric clinic first"),
        (10, "enteric_clinic", "diarrhoea is seen in the enteric clinic first"),
        (11, "gastroenterology", ""),
    ],
)
def test_the_enteric_clinic_has_its_season(month: int, first: str, because: str) -> None:
    shown = departments(WOMAN, said("diarrhoea"), in_month(month))
    assert shown[0].code == first
    assert reason(shown, first) == because


def test_a_season_may_run_over_the_new_year() -> None:
    winter = knowledge(enteric_months=(11, 2))
    first = {m: departments(WOMAN, said("diarrhoea"), in_month(m), base=winter)[0].code for m in (1, 6, 12)}
    assert first == {1: "enteric_clinic", 6: "gastroenterology", 12: "enteric_clinic"}


def test_an_unknown_month_is_in_season() -> None:
    assert departments(WOMAN, said("diarrhoea"))[0].code == "enteric_clinic"


def test_a_child_with_diarrhoea_goes_to_paediatrics() -> None:
    shown = departments(CHILD, said("diarrhoea"), in_month(7))
    assert shown[0].code == "paediatrics"
    assert "enteric_clinic" not in {entry.code for entry in shown}


def pregnant_for(weeks: float | None, *codes: str) -> Findings:
    return Findings().merged(
        [
            Finding("pregnant", Status.PRESENT, Source.WORDS, value=weeks),
            *(Finding(code, Status.PRESENT, Source.WORDS) for code in codes),
        ]
    )


@pytest.mark.parametrize(
    ("from_week", "findings", "first", "because"),
    [
        (8, pregnant_for(6), "gynaecology", "before week 8 of pregnancy you are seen here"),
        (8, pregnant_for(8), "obstetrics", "complaints in pregnancy are seen in obstetrics"),
        (8, pregnant_for(None), "obstetrics", "complaints in pregnancy are seen in obstetrics"),
        (8, pregnant_for(6, "antenatal_visit"), "obstetrics", "complaints in pregnancy are seen in obstetrics"),
        (8, pregnant_for(6, "pregnancy_over_20w"), "obstetrics", "complaints in pregnancy are seen in obstetrics"),
        (0, pregnant_for(6), "obstetrics", "complaints in pregnancy are seen in obstetrics"),
    ],
)
def test_early_pregnancy(from_week: int, findings: Findings, first: str, because: str) -> None:
    woman = replace(MOTHER, pregnant=None)
    shown = departments(woman, findings, base=knowledge(obstetrics_from_week=from_week))
    assert (shown[0].code, reason(shown, first)) == (first, because)


def test_a_pregnant_girl_is_seen_in_obstetrics() -> None:
    girl = Patient(sex=Sex.FEMALE, age=14, pregnant=True)
    assert departments(girl, said("vaginal_bleeding"))[0].code == "obstetrics"


def test_house_rules_give_their_reason_and_red_flags_keep_theirs_for_staff() -> None:
    urgent = departments(WOMAN, said("fever", "neck_stiffness"))
    assert reason(urgent, "emergency") == "needs to be seen at once"
    fever = departments(WOMAN, said("fever", "cough"))[0]
    assert fever.reason is not None
    assert "发热门诊" in fever.reason.zh


@pytest.mark.parametrize(
    ("patient", "findings", "code", "because"),
    [
        (CHILD, said("headache"), "paediatrics", "children up to 14 are seen in paediatrics"),
        (NEWBORN, said("cough"), "neonatology", "babies up to 28 days old go to the newborn clinic"),
        (WOMAN, said("animal_bite"), "animal_bite", "bites and scratches are treated here first"),
        (YOUTH, said("headache"), "neurology", ""),
    ],
)
def test_reasons_of_rules(patient: Patient, findings: Findings, code: str, because: str) -> None:
    assert reason(departments(patient, findings), code) == because


def test_the_findings_that_speak_for_a_department_are_named() -> None:
    first = departments(WOMAN, said("rash", "itching", "cough"))[0]
    assert set(first.findings) == {"rash", "itching"}


def test_a_rules_own_department_stands_beside_emergency() -> None:
    codes = [entry.code for entry in departments(BABY, said("fever"))]
    assert codes[:2] == ["emergency", "paediatrics"]


def test_an_emergency_department_needs_a_rule() -> None:
    shown = {entry.code for entry in departments(WOMAN, said("fever", "headache"))}
    assert "emergency" not in shown


@pytest.mark.parametrize(("age", "is_offered"), [(80, True), (65, True), (64, False), (40, False)])
def test_the_old_may_choose_geriatrics(age: int, is_offered: bool) -> None:
    codes = [entry.code for entry in departments(Patient(age=age), said("headache"))]
    assert codes[0] == "neurology"
    assert ("geriatrics" in codes) == is_offered


def test_at_most_three_departments_whose_scores_fall_and_sum_to_at_most_one() -> None:
    for hospital in (OpenDoors(), NIGHT):
        for code in HOSPITAL.symptoms:
            shown = departments(WOMAN, said(code), hospital)
            scores = [entry.score for entry in shown]
            assert 1 <= len(shown) <= SHOWN
            assert scores == sorted(scores, reverse=True)
            assert sum(scores) <= 1.0001
