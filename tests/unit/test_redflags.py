"""Kleene rules: what fires, what stays open, what a "not sure" leaves undecided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.findings import Findings, Source, Status, Vitals
from kiosk.domain.knowledge import AllOf, AnyOf, AtLeast, Level, Not, PatientIs, Present, RedFlag, Rule, Truth, VitalIs
from kiosk.domain.known import known
from kiosk.domain.language import Words
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.redflags import fired, is_alarming, possible_alarms, truth, undecided
from tests.unit.triage_clinic import KNOWLEDGE, RED_FLAGS, REVIEW, present, with_status

ADULT = Patient(sex=Sex.FEMALE, age=40, pregnant=False)
NONE = Vitals()
YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN

COUGH, RASH, ITCH = Present("cough"), Present("rash"), Present("itching")
SAID = with_status(with_status(present("cough"), Status.ABSENT, "rash"), Status.UNSURE, "itching")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (COUGH, YES),
        (RASH, NO),
        (ITCH, UNKNOWN),
        (Present("sneezing"), UNKNOWN),
        (Not(COUGH), NO),
        (Not(RASH), YES),
        (Not(ITCH), UNKNOWN),
        (AllOf((COUGH, COUGH)), YES),
        (AllOf((COUGH, RASH)), NO),
        (AllOf((COUGH, ITCH)), UNKNOWN),
        (AllOf((ITCH, RASH)), NO),
        (AnyOf((RASH, COUGH)), YES),
        (AnyOf((RASH, RASH)), NO),
        (AnyOf((RASH, ITCH)), UNKNOWN),
        (AtLeast(2, (COUGH, COUGH, RASH)), YES),
        (AtLeast(2, (COUGH, RASH, ITCH)), UNKNOWN),
        (AtLeast(2, (COUGH, RASH, RASH)), NO),
        (AtLeast(3, (COUGH, ITCH, RASH)), NO),
        (PatientIs(sex=Sex.FEMALE), YES),
        (PatientIs(sex=Sex.MALE), NO),
        (PatientIs(age_min=40, age_max=40), YES),
        (PatientIs(age_min=41), NO),
        (PatientIs(days_max=90), NO),
        (PatientIs(pregnant=True), NO),
        (PatientIs(sex=Sex.FEMALE, age_min=60), NO),
        (VitalIs("spo2", below=90), UNKNOWN),
        (VitalIs("heart_rate", above=100), YES),
        (VitalIs("heart_rate", above=120), NO),
        (VitalIs("heart_rate", above=200, below=130), YES),
    ],
)
def test_truth(rule: Rule, expected: Truth) -> None:
    facts = known(KNOWLEDGE, ADULT, SAID, Vitals(heart_rate=120))
    assert truth(rule, facts) is expected


@pytest.mark.parametrize(
    "rule", [PatientIs(sex=Sex.MALE), PatientIs(age_min=5), PatientIs(days_max=30), PatientIs(pregnant=True)]
)
def test_an_unknown_patient_is_neither_yes_nor_no(rule: PatientIs) -> None:
    assert truth(rule, known(KNOWLEDGE, Patient(), Findings(), NONE)) is UNKNOWN


@pytest.mark.parametrize(
    ("patient", "expected"),
    [(Patient(age=0), UNKNOWN), (Patient(age_days=90), YES), (Patient(age_days=91), NO), (Patient(age=1), NO)],
)
def test_age_in_days(patient: Patient, expected: Truth) -> None:
    assert truth(PatientIs(days_max=90), known(KNOWLEDGE, patient, Findings(), NONE)) is expected


@pytest.mark.parametrize(
    ("details", "expected"),
    [({}, UNKNOWN), ({"severity": 6}, NO), ({"severity": 7}, YES)],
)
def test_severity_limits(details: dict[str, float], expected: Truth) -> None:
    facts = known(KNOWLEDGE, ADULT, present("chest_pain", **details), NONE)
    assert truth(Present("chest_pain", severity_min=7), facts) is expected


@pytest.mark.parametrize(("hours", "expected"), [(2.0, YES), (24.0, YES), (25.0, NO)])
def test_duration_limits(hours: float, expected: Truth) -> None:
    facts = known(KNOWLEDGE, ADULT, present("chest_pain", duration_hours=hours), NONE)
    assert truth(Present("chest_pain", hours_max=24), facts) is expected


def test_a_special_case_carries_the_general_finding_with_its_strength() -> None:
    rules = fired(KNOWLEDGE, ADULT, present("chest_pressure", severity=8), NONE)
    assert [rule.rule for rule in rules] == ["strong_chest_pain"]
    assert rules[0].findings == ("chest_pain",)


def test_denying_the_general_finding_denies_its_special_cases() -> None:
    facts = known(KNOWLEDGE, ADULT, with_status(Findings(), Status.ABSENT, "headache"), NONE)
    assert truth(Present("thunderclap_headache"), facts) is NO


def test_a_present_special_case_outweighs_a_denied_general_finding() -> None:
    said = with_status(present("thunderclap_headache"), Status.ABSENT, "headache")
    assert known(KNOWLEDGE, ADULT, said, NONE).status("headache") is Status.PRESENT


def test_what_cannot_apply_is_absent() -> None:
    facts = known(KNOWLEDGE, Patient(sex=Sex.MALE, age=40), Findings(), NONE)
    assert facts.status("vaginal_bleeding") is Status.ABSENT
    assert facts.status("testicular_pain") is None


def test_the_most_urgent_rule_comes_first_with_its_reason() -> None:
    rules = fired(KNOWLEDGE, Patient(age=70), present("abdominal_pain", "cyanosis"), NONE)
    assert [(rule.rule, rule.level, rule.findings) for rule in rules] == [
        ("blue", Level.I, ("cyanosis",)),
        ("old_belly", Level.III, ("abdominal_pain",)),
    ]
    assert rules[0].because.en == "blue"
    assert rules[0].department == "emergency"


def test_pregnancy_counts_from_the_patient_or_from_a_finding() -> None:
    woman = Patient(sex=Sex.FEMALE, age=30)
    assert fired(KNOWLEDGE, woman, present("abdominal_pain", "pregnant"), NONE)[0].rule == "ectopic"
    assert fired(KNOWLEDGE, replace(woman, pregnant=True), present("abdominal_pain"), NONE)[0].rule == "ectopic"
    assert not fired(KNOWLEDGE, replace(woman, sex=Sex.MALE), present("abdominal_pain", "pregnant"), NONE)


def test_a_measured_temperature_is_a_fever() -> None:
    rules = fired(KNOWLEDGE, ADULT, Findings(), Vitals(temperature=41.2))
    assert [rule.rule for rule in rules] == ["hot"]


def test_a_not_over_an_unanswered_question_does_not_fire() -> None:
    low = Vitals(spo2=85)
    assert not fired(KNOWLEDGE, ADULT, Findings(), low)
    denied = with_status(Findings(), Status.ABSENT, "diabetes_history")
    assert [rule.rule for rule in fired(KNOWLEDGE, ADULT, denied, low)] == ["air"]


def test_not_sure_leaves_the_rule_undecided() -> None:
    said = with_status(present("chest_pain"), Status.UNSURE, "cold_sweat")
    assert [rule.code for rule in undecided(KNOWLEDGE, ADULT, said, NONE)] == ["heart"]


def test_a_rule_that_lacks_more_than_the_doubtful_answer_is_not_undecided() -> None:
    said = with_status(Findings(), Status.UNSURE, "cold_sweat")
    assert not undecided(KNOWLEDGE, ADULT, said, NONE)


def test_a_doubtful_special_case_is_undecided() -> None:
    said = with_status(Findings(), Status.UNSURE, "thunderclap_headache")
    assert [rule.code for rule in undecided(KNOWLEDGE, ADULT, said, NONE)] == ["thunderclap"]


def alarming(findings: Findings, listed: Iterable[str] = (), asked: tuple[str, ...] = ()) -> set[str]:
    facts = known(KNOWLEDGE, ADULT, findings, NONE)
    possible = possible_alarms(facts, listed, asked)
    return {code for code, flags in possible.items() if is_alarming(code, flags, facts)}


def test_an_alarming_answer_alone_would_fire_a_rule_about_what_is_present() -> None:
    assert alarming(present("chest_pain")) == {"cold_sweat"}


def test_the_general_complaint_opens_its_dangerous_special_case() -> None:
    assert "thunderclap_headache" in alarming(present("headache"))
    assert "cyanosis" not in alarming(present("headache"))


def test_two_missing_findings_are_no_single_answer() -> None:
    assert "neck_stiffness" not in alarming(present("headache"))
    assert "neck_stiffness" in alarming(present("headache", "fever"))


def test_what_was_asked_or_answered_is_not_open() -> None:
    assert not alarming(present("chest_pain"), asked=("cold_sweat",))
    assert not alarming(with_status(present("chest_pain"), Status.UNSURE, "cold_sweat"))


def test_a_doubt_in_words_may_be_asked() -> None:
    said = with_status(present("chest_pain"), Status.UNSURE, "cold_sweat", source=Source.WORDS)
    assert alarming(said) == {"cold_sweat"}


def test_listed_findings_that_alone_make_an_emergency() -> None:
    pain = present("chest_pain")
    assert alarming(pain, KNOWLEDGE.symptoms) == {"cyanosis", "thunderclap_headache", "cold_sweat"}
    assert alarming(pain, ["cough", "rash"]) == {"cold_sweat"}
    assert alarming(pain, KNOWLEDGE.symptoms, asked=("cyanosis",)) == {"thunderclap_headache", "cold_sweat"}


CODES = sorted(KNOWLEDGE.symptoms)
STATUSES = st.dictionaries(st.sampled_from(CODES), st.sampled_from(Status), max_size=8)


@given(STATUSES, st.sampled_from(CODES), st.sampled_from([None, 0, 5, 40, 80]), st.sampled_from([None, *Sex]))
def test_one_more_present_finding_never_silences_a_rule(
    statuses: dict[str, Status], extra: str, age: int | None, sex: Sex | None
) -> None:
    patient = Patient(sex=sex, age=age)
    said = Findings()
    for code, status in statuses.items():
        said = with_status(said, status, code)
    # A rule with a Not may fall silent: it says so by asking for something to be absent.
    positive = {rule.code for rule in RED_FLAGS} - {"air"}
    before = {rule.rule for rule in fired(KNOWLEDGE, patient, said, NONE)} & positive
    after = {rule.rule for rule in fired(KNOWLEDGE, patient, said.merged(present(extra).values()), NONE)}
    assert before <= after


@given(st.permutations([code for code, symptom in KNOWLEDGE.symptoms.items() if symptom.applies.sex is None]))
def test_rules_of_one_level_fire_in_the_contents_order(codes: list[str]) -> None:
    rules = tuple(
        RedFlag(code, 1, Present(code), Level.III, None, Words(code, code), RED_FLAGS[0].review) for code in codes
    )
    facts = fired(replace(KNOWLEDGE, red_flags=rules), ADULT, present(*sorted(codes)), NONE)
    assert [rule.rule for rule in facts] == codes


def test_a_suspicion_in_the_patients_words_is_enough_for_some() -> None:
    flag = RedFlag("battery", 24, Present("itching", suspected=True), Level.I, None, Words("", ""), REVIEW)
    knowledge = replace(KNOWLEDGE, red_flags=(flag,))
    answered = with_status(present("cough"), Status.UNSURE, "itching")
    said = Findings().merged(replace(f, source=Source.WORDS) for f in answered.values())
    assert [rule.rule for rule in fired(knowledge, ADULT, said, NONE)] == ["battery"]
    assert not fired(knowledge, ADULT, answered, NONE)
    assert [rule.code for rule in undecided(knowledge, ADULT, answered, NONE)] == ["battery"]
