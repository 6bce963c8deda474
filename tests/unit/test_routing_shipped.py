"""The departments and routing rules that ship: each reached by somebody, and each with its own patients."""

from __future__ import annotations

import pytest

from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.knowledge import Applies, Condition, KnowledgeBase, RoutingRules
from kiosk.domain.known import can_apply
from kiosk.domain.patient import Patient, Sex
from tests.unit.routing_clinic import BOY, CHILD, MAN, MOTHER, OLD, WOMAN, departments, said


@pytest.fixture(scope="module")
def routing(shipped: KnowledgeBase) -> RoutingRules:
    return shipped.routing


def patients_of(condition: Condition) -> list[Patient]:
    """People of both sexes and every age group who can have it."""
    ages = ((0, 10), (0, 100), (5, None), (10, None), (25, None), (45, None), (75, None))
    people = [Patient(sex=sex, age=age, age_days=days, pregnant=False) for sex in Sex for age, days in ages]
    return [person for person in people if can_apply(condition.applies, person)]


def test_every_shipped_department_is_shown_to_somebody(shipped: KnowledgeBase) -> None:
    unseen = set(shipped.departments)
    for finding, usual in shipped.routing.symptom_department.items():
        for patient in (WOMAN, MAN, CHILD, OLD) if usual in unseen else ():
            unseen -= {entry.code for entry in departments(patient, said(finding), base=shipped)}
    for condition in shipped.conditions.values():
        if not unseen & condition.departments.keys():
            continue
        picture = sorted(condition.likelihood, key=lambda code: -condition.likelihood[code])[:4]
        for patient in patients_of(condition):
            unseen -= {entry.code for entry in departments(patient, said(*picture), base=shipped)}
    assert not unseen


def test_every_shipped_department_has_somebody_to_do_its_work(shipped: KnowledgeBase, routing: RoutingRules) -> None:
    assert set(shipped.departments) - set(routing.missing) == {routing.emergency}


def test_shipped_rules_fit_each_other(shipped: KnowledgeBase, routing: RoutingRules) -> None:
    oldest_child = routing.paediatric_age_max
    for code in {routing.paediatrics, *routing.replace_for_child.values()}:
        assert can_apply(shipped.departments[code].applies, Patient(age=oldest_child)), code
        assert not can_apply(shipped.departments[code].applies, WOMAN), code
    for code in routing.all_ages:
        assert shipped.departments[code].applies == Applies(), code
    assert {"emergency", "fever_clinic", "animal_bite", "obstetrics"} <= routing.always_open
    assert routing.enteric_months == (5, 10)


@pytest.mark.parametrize(
    ("patient", "findings", "first"),
    [
        (Patient(age=0, age_days=5), ("jaundice",), "neonatology"),
        (CHILD, ("groin_lump",), "paediatric_surgery"),
        (CHILD, ("growth_concern",), "child_health"),
        (WOMAN, ("burn",), "burns"),
        (MAN, ("cough", "tb_contact", "night_sweats"), "tuberculosis"),
        (Patient(sex=Sex.FEMALE, age=32, pregnant=False), ("trying_to_conceive",), "reproductive_medicine"),
        (WOMAN, ("overweight",), "nutrition"),
        (BOY, ("testicular_swelling",), "paediatric_surgery"),
        (MAN, ("testicular_swelling",), "urology"),
        (WOMAN, ("vaccine_request",), "preventive_care"),
        (CHILD, ("vaccine_request",), "child_health"),
    ],
)
def test_shipped_departments_of_their_own_patients(
    shipped: KnowledgeBase, patient: Patient, findings: tuple[str, ...], first: str
) -> None:
    shown = [entry.code for entry in departments(patient, said(*findings), base=shipped) if entry.code != "emergency"]
    assert shown[0] == first


def shown_to(shipped: KnowledgeBase, patient: Patient, *codes: str) -> list[str]:
    return [entry.code for entry in departments(patient, said(*codes), base=shipped)]


def named(code: str, *, asked_about: bool) -> Finding:
    return Finding(code, Status.PRESENT, Source.WORDS, span=(0, 2), asked_about=asked_about)


def test_an_illness_that_is_asked_about_outweighs_a_complaint_beside_it(shipped: KnowledgeBase) -> None:
    for illness, door in (("hepatitis_b_known", "hepatology"), ("hypertension_history", "cardiology")):
        findings = said("knee_pain").merged([named(illness, asked_about=True)])
        assert departments(MAN, findings, base=shipped)[0].code == door


def test_an_illness_told_by_the_way_is_behind_the_complaint(shipped: KnowledgeBase) -> None:
    for illness, door in (("hepatitis_b_known", "hepatology"), ("hypertension_history", "cardiology")):
        findings = said("knee_pain").merged([named(illness, asked_about=False)])
        shown = [entry.code for entry in departments(MAN, findings, base=shipped)]
        assert shown[0] == "orthopaedics"
        assert door in shown


def test_what_a_patient_asks_for_leads(shipped: KnowledgeBase) -> None:
    assert shown_to(shipped, MAN, "asks_for_nutrition", "snoring", "back_pain")[0] == "nutrition"
    assert shown_to(shipped, CHILD, "asks_for_cardiology", "cough")[0] == "paediatrics"


def test_what_happened_says_little_beside_what_it_did(shipped: KnowledgeBase) -> None:
    assert shown_to(shipped, MAN, "fall", "broken_tooth")[0] == "stomatology"
    assert shown_to(shipped, MAN, "fall")[0] == "orthopaedics"


def test_what_is_only_wondered_about_shows_the_way_when_nothing_else_does(shipped: KnowledgeBase) -> None:
    wondering = Findings().merged([Finding("low_mood", Status.UNSURE, Source.WORDS)])
    assert departments(MAN, wondering, base=shipped)[0].code == "psychiatry"


def test_a_rule_that_can_wait_leaves_the_lead_to_a_strong_picture(shipped: KnowledgeBase) -> None:
    lately = Finding("unprotected_sex", Status.PRESENT, Source.WORDS, duration_hours=72.0, own_duration=True)
    assert departments(MAN, Findings().merged([lately]), base=shipped)[0].code == "infectious"
    thyroid = ("palpitations", "dizziness", "tremor", "heat_intolerance", "weight_loss")
    shown = shown_to(shipped, WOMAN, *thyroid)
    assert shown[0] == "endocrinology"
    assert "cardiology" in shown


def test_an_illness_only_wondered_about_is_among_the_choices(shipped: KnowledgeBase) -> None:
    wondering = said("loss_of_appetite").merged([Finding("hepatitis_b_known", Status.UNSURE, Source.WORDS)])
    plain = [entry.code for entry in departments(MAN, said("loss_of_appetite"), base=shipped)]
    assert "hepatology" not in plain
    assert "hepatology" in [entry.code for entry in departments(MAN, wondering, base=shipped)]


def test_a_childs_named_illness_keeps_its_specialty_behind_paediatrics(shipped: KnowledgeBase) -> None:
    assert shown_to(shipped, CHILD, "epilepsy_history")[:2] == ["paediatrics", "neurology"]


def test_pregnant_with_another_illness(shipped: KnowledgeBase) -> None:
    assert shown_to(shipped, MOTHER, "pregnant", "hepatitis_b_known")[:2] == ["hepatology", "obstetrics"]
    assert shown_to(shipped, MOTHER, "pregnant", "hepatitis_b_known", "vaginal_discharge")[0] == "obstetrics"


def test_a_cold_without_fever_is_not_sent_to_the_fever_clinic(shipped: KnowledgeBase) -> None:
    assert "fever_clinic" not in shown_to(shipped, MAN, "cold_symptoms", "cough")
    assert shown_to(shipped, MAN, "cold_symptoms", "cough", "fever")[0] == "fever_clinic"
