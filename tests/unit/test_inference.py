"""Bayes over conditions and the choice of the next question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.inference import next_question, posterior, posterior_of
from kiosk.domain.knowledge import SymptomKind
from kiosk.domain.known import known
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.prepared import prepare, prepared
from tests.unit.triage_clinic import KNOWLEDGE, present, with_status

WOMAN = Patient(sex=Sex.FEMALE, age=40)
MAN = Patient(sex=Sex.MALE, age=40)


def as_is(weights: Mapping[str, float]) -> Mapping[str, float]:
    return weights


def ranked(patient: Patient, findings: Findings) -> list[str]:
    return [entry.code for entry in posterior(KNOWLEDGE, patient, findings)]


def asked_next(patient: Patient, findings: Findings, asked: tuple[str, ...] = ()) -> str | None:
    facts = known(KNOWLEDGE, patient, findings)
    question = next_question(facts, posterior_of(facts), asked, as_is)
    return question.code if question else None


def test_probabilities_sum_to_one() -> None:
    total = sum(entry.probability for entry in posterior(KNOWLEDGE, WOMAN, present("headache")))
    assert total == pytest.approx(1)


@pytest.mark.parametrize(
    ("findings", "first"),
    [
        (present("rash", "itching"), "eczema"),
        (present("runny_nose", "sneezing"), "common_cold"),
        (present("fever", "cough", "headache"), "influenza"),
        (present("headache", source=Source.WORDS), "tension_headache"),
        (present("chest_pressure"), "angina"),
        (present("chest_pain", source=Source.WORDS), "angina"),
        (present("fever", "headache", "neck_stiffness"), "meningitis"),
    ],
)
def test_the_likeliest_condition(findings: Findings, first: str) -> None:
    assert ranked(WOMAN, findings)[0] == first


def test_a_denied_finding_speaks_against() -> None:
    coughing = present("cough")
    denied = with_status(coughing, Status.ABSENT, "fever")
    with_fever = {e.code: e.probability for e in posterior(KNOWLEDGE, WOMAN, coughing)}
    without = {e.code: e.probability for e in posterior(KNOWLEDGE, WOMAN, denied)}
    assert without["influenza"] < with_fever["influenza"] / 5


def test_not_sure_says_nothing() -> None:
    unsure = with_status(present("cough"), Status.UNSURE, "fever")
    assert posterior(KNOWLEDGE, WOMAN, unsure) == posterior(KNOWLEDGE, WOMAN, present("cough"))


def test_an_implied_finding_is_counted_once() -> None:
    both = present("chest_pressure", "chest_pain")
    assert posterior(KNOWLEDGE, WOMAN, both) == posterior(KNOWLEDGE, WOMAN, present("chest_pressure"))


def test_a_condition_that_cannot_apply_is_left_out() -> None:
    assert "pelvic_inflammation" not in ranked(MAN, present("lower_abdominal_pain"))
    assert ranked(WOMAN, present("lower_abdominal_pain"))[0] == "pelvic_inflammation"


def test_age_factors_count() -> None:
    everybody = {e.code: e.probability for e in posterior(KNOWLEDGE, Patient(), present("cough"))}
    assert sum(everybody.values()) == pytest.approx(1)


def test_what_a_patient_brings_up_needs_an_explanation() -> None:
    volunteered = {e.code: e.probability for e in posterior(KNOWLEDGE, WOMAN, present("rash", source=Source.WORDS))}
    answered = {e.code: e.probability for e in posterior(KNOWLEDGE, WOMAN, present("rash"))}
    assert volunteered["common_cold"] < answered["common_cold"]


def test_likelihoods_reach_special_cases_and_general_forms() -> None:
    tables = prepared(KNOWLEDGE)
    angina = KNOWLEDGE.conditions["angina"]
    assert tables.chance("chest_pressure", angina) == 0.8
    assert tables.chance("chest_pain", angina) == 0.8
    tension = KNOWLEDGE.conditions["tension_headache"]
    assert KNOWLEDGE.symptoms["thunderclap_headache"].background < tables.chance("thunderclap_headache", tension) < 0.5
    assert not tables.explains(angina, "rash")


def test_the_tables_are_made_once() -> None:
    assert prepared(KNOWLEDGE) is prepared(KNOWLEDGE)


def test_what_was_prepared_is_what_the_first_judgement_would_make() -> None:
    afresh, ahead = replace(KNOWLEDGE), replace(KNOWLEDGE)
    prepare(ahead)
    assert prepared(ahead)._by_condition
    assert prepared(ahead).explained_by("angina") == prepared(afresh).explained_by("angina")
    assert prepared(ahead).explained_by("angina")["chest_pressure"] == 0.8


def test_the_question_tells_level_or_department_apart() -> None:
    assert asked_next(WOMAN, present("cough", source=Source.WORDS)) in {"fever", "runny_nose", "sneezing"}


def test_nothing_is_asked_twice_or_when_known() -> None:
    findings = present("cough", source=Source.WORDS)
    asked: list[str] = []
    while (code := asked_next(WOMAN, findings, tuple(asked))) is not None:
        assert code not in asked
        assert code not in findings
        asked.append(code)
        findings = findings.merged([Finding(code, Status.UNSURE, Source.ANSWER)])
    assert asked


def test_what_follows_from_an_answer_is_not_asked() -> None:
    findings = with_status(present("fever"), Status.ABSENT, "headache")
    facts = known(KNOWLEDGE, WOMAN, findings)
    assert not facts.is_open("thunderclap_headache")
    assert not known(KNOWLEDGE, WOMAN, present("chest_pressure")).is_open("chest_pain")


def test_a_man_is_not_asked_about_pregnancy() -> None:
    facts = known(KNOWLEDGE, MAN, present("fever"))
    for symptom in KNOWLEDGE.symptoms.values():
        if symptom.applies.sex is Sex.FEMALE:
            assert not facts.is_open(symptom.code)
    assert KNOWLEDGE.symptoms["pregnant"].kind is SymptomKind.CONTEXT


def test_a_settled_case_has_no_question() -> None:
    assert asked_next(WOMAN, present("rash", "itching", source=Source.WORDS)) is None
