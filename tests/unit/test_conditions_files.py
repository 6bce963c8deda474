"""The shipped conditions, departments, complaints and routing: complete, consistent, and usable together."""

from __future__ import annotations

import math

import pytest

from kiosk import paths
from kiosk.domain.knowledge import Applies, Condition, KnowledgeBase, Level
from kiosk.domain.patient import Sex

DANGEROUS = {
    "myocardial_infarction",
    "pulmonary_embolism",
    "ischemic_stroke",
    "aortic_dissection",
    "subarachnoid_hemorrhage",
    "meningitis",
    "sepsis",
    "anaphylaxis",
    "ectopic_pregnancy",
    "testicular_torsion",
    "acute_glaucoma",
    "epiglottitis",
    "cauda_equina",
    "diabetic_ketoacidosis",
    "preeclampsia",
    "intussusception",
    "neonatal_sepsis",
    "pneumothorax",
    "stevens_johnson",
    "carbon_monoxide_poisoning",
}

FIRST_PAGE = ["chest", "breathing", "head", "belly", "joints", "fever", "skin", "injury"]


def _can_apply(applies: Applies, other: Applies) -> bool:
    """True when somebody exists to whom both apply."""
    if applies.sex and other.sex and applies.sex is not other.sex:
        return False
    youngest = max(applies.age_min or 0, other.age_min or 0)
    oldest = min(applies.age_max or 130, other.age_max or 130)
    return youngest <= oldest


def test_there_are_enough_of_everything(shipped: KnowledgeBase) -> None:
    assert len(shipped.departments) >= 33
    assert len(shipped.conditions) >= 90
    assert len(shipped.complaints) == 16


def test_priors_are_shares_of_visits(shipped: KnowledgeBase) -> None:
    assert all(0 < condition.prior <= 0.1 for condition in shipped.conditions.values())
    assert 0.7 < sum(condition.prior for condition in shipped.conditions.values()) <= 1.1


def test_a_cold_is_commoner_than_a_heart_attack(shipped: KnowledgeBase) -> None:
    assert shipped.conditions["common_cold"].prior > 10 * shipped.conditions["myocardial_infarction"].prior


def test_likelihoods_are_probabilities_that_tell_something(shipped: KnowledgeBase) -> None:
    for condition in shipped.conditions.values():
        assert len(condition.likelihood) >= 4, condition.code
        assert all(0 < p < 1 for p in condition.likelihood.values()), condition.code
        telling = [code for code, p in condition.likelihood.items() if p >= 3 * shipped.symptoms[code].background]
        assert len(telling) >= 2, condition.code


def test_what_a_finding_implies_is_at_least_as_likely(shipped: KnowledgeBase) -> None:
    for condition in shipped.conditions.values():
        for code, p in condition.likelihood.items():
            for parent in shipped.symptoms[code].implies:
                assert condition.likelihood[parent] >= p, (condition.code, code, parent)


def test_every_listed_finding_can_occur_in_the_condition(shipped: KnowledgeBase) -> None:
    for condition in shipped.conditions.values():
        for code in condition.likelihood:
            assert _can_apply(condition.applies, shipped.symptoms[code].applies), (condition.code, code)


def test_departments_of_a_condition_can_take_its_patients(shipped: KnowledgeBase) -> None:
    for condition in shipped.conditions.values():
        assert math.isclose(sum(condition.departments.values()), 1), condition.code
        for code in condition.departments:
            assert _can_apply(condition.applies, shipped.departments[code].applies), (condition.code, code)


def test_life_threatening_conditions_are_there_and_urgent(shipped: KnowledgeBase) -> None:
    assert shipped.conditions.keys() >= DANGEROUS
    for code in DANGEROUS:
        assert shipped.conditions[code].level is Level.I, code


def test_level_one_leads_to_a_door_that_is_always_open(shipped: KnowledgeBase) -> None:
    for condition in shipped.conditions.values():
        if condition.level is Level.I:
            open_doors = condition.departments.get("emergency", 0) + condition.departments.get("obstetrics", 0)
            assert open_doors >= 0.5, condition.code


def test_every_department_is_reachable(shipped: KnowledgeBase) -> None:
    by_condition = {code for condition in shipped.conditions.values() for code in condition.departments}
    by_rule = set(shipped.routing.symptom_department.values())
    assert set(shipped.departments) == by_condition | by_rule


def test_number_prefixes_are_single_and_unique(shipped: KnowledgeBase) -> None:
    prefixes = [department.prefix for department in shipped.departments.values()]
    assert all(len(prefix) == 1 and "\u4e00" <= prefix <= "\u9fff" for prefix in prefixes)
    assert len(set(prefixes)) == len(prefixes)


def test_sensitive_prefixes_do_not_name_the_illness(shipped: KnowledgeBase) -> None:
    assert shipped.departments["psychiatry"].prefix not in "精神心理"
    assert shipped.departments["oncology"].prefix not in "肿瘤癌"
    for code in ("psychiatry", "oncology", "gynaecology", "urology", "infectious", "obstetrics"):
        assert shipped.departments[code].sensitive, code


def test_every_icon_is_drawn(shipped: KnowledgeBase) -> None:
    drawn = {file.stem for file in (paths.assets() / "icons").glob("*.svg")}
    assert {department.icon for department in shipped.departments.values()} <= drawn
    assert {complaint.icon for complaint in shipped.complaints} <= drawn


def test_complaint_tiles(shipped: KnowledgeBase) -> None:
    assert [complaint.code for complaint in shipped.complaints][:8] == FIRST_PAGE
    for complaint in shipped.complaints:
        assert 5 <= len(complaint.findings) <= 8, complaint.code
        assert len(set(complaint.findings)) == len(complaint.findings), complaint.code


def test_every_tile_finding_leads_to_a_department(shipped: KnowledgeBase) -> None:
    known = set(shipped.routing.symptom_department) | {
        code for c in shipped.conditions.values() for code in c.likelihood
    }
    for complaint in shipped.complaints:
        assert set(complaint.findings) <= known, complaint.code


def test_men_are_never_sent_to_gynaecology(shipped: KnowledgeBase) -> None:
    female_only = {code for code, d in shipped.departments.items() if d.applies.sex is Sex.FEMALE}
    assert female_only == set(shipped.routing.replace_for_male)
    assert not female_only & set(shipped.routing.replace_for_male.values())


def test_routing_numbers(shipped: KnowledgeBase) -> None:
    assert shipped.routing.paediatric_age_max == 14
    assert shipped.routing.fever_clinic_celsius == 37.3
    assert shipped.routing.geriatric_age_min == 65
    assert shipped.routing.symptom_department["animal_bite"] == "animal_bite"
    assert shipped.routing.symptom_department["diarrhoea"] == "enteric_clinic"


def _odds(condition: Condition, shipped: KnowledgeBase, present: set[str]) -> float:
    """Log odds of a condition from present findings alone."""
    score = math.log(condition.prior)
    for code in present:
        p = condition.likelihood.get(code, shipped.symptoms[code].background)
        score += math.log(p / shipped.symptoms[code].background)
    return score


PICTURES = [
    ({"chest_pressure", "chest_pain_long", "chest_pain_radiating", "sweating"}, "myocardial_infarction", "emergency"),
    ({"right_lower_abdominal_pain", "loss_of_appetite", "nausea", "fever"}, "appendicitis", "general_surgery"),
    ({"runny_nose", "sore_throat", "sneezing", "cough"}, "common_cold", "fever_clinic"),
    ({"vertigo", "tinnitus", "hearing_loss"}, "menieres_disease", "ent"),
    ({"frequent_urination", "painful_urination"}, "cystitis", "urology"),
    ({"thirst", "frequent_urination", "high_blood_sugar"}, "diabetes_type2", "endocrinology"),
    ({"knee_pain", "trouble_moving_daily", "morning_stiffness"}, "knee_osteoarthritis", "orthopaedics"),
    ({"low_mood", "loss_of_interest", "insomnia"}, "depression", "psychiatry"),
    ({"toothache", "broken_tooth"}, "dental_caries", "stomatology"),
    ({"eye_pain", "halos", "nausea", "red_eye"}, "acute_glaucoma", "ophthalmology"),
    ({"animal_bite", "bite_bleeding"}, "animal_bite_injury", "animal_bite"),
]


@pytest.mark.parametrize(("present", "expected", "department"), PICTURES)
def test_textbook_pictures_lead_where_they_should(
    shipped: KnowledgeBase, present: set[str], expected: str, department: str
) -> None:
    ranked = sorted(shipped.conditions.values(), key=lambda condition: _odds(condition, shipped, present), reverse=True)
    best = ranked[0]
    assert department in best.departments, best.code
    assert expected in {condition.code for condition in ranked[:3]}
