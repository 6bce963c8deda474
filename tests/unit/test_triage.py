"""The level and what becomes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.assessment import Assessment, Disposition
from kiosk.domain.findings import Finding, Findings, Source, Status, Vitals
from kiosk.domain.knowledge import Level
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.triage import assess, clinic_assess
from tests.unit.triage_clinic import KNOWLEDGE, present, with_status

WOMAN = Patient(sex=Sex.FEMALE, age=40, pregnant=False)


def said(*codes: str, **details: float) -> Findings:
    return present(*codes, source=Source.WORDS, **details)


def assessed(patient: Patient, findings: Findings, vitals: Vitals | None = None) -> Assessment:
    return assess(KNOWLEDGE, patient, findings, (), vitals or Vitals())


@pytest.mark.parametrize(
    ("patient", "findings", "vitals", "level", "disposition"),
    [
        (WOMAN, said("cyanosis"), Vitals(), Level.I, Disposition.EMERGENCY),
        (WOMAN, said("chest_pain", "cold_sweat"), Vitals(), Level.II, Disposition.EMERGENCY),
        (Patient(age=70), said("abdominal_pain"), Vitals(), Level.III, Disposition.DOCTOR),
        (WOMAN, said("runny_nose"), Vitals(spo2=85), Level.II, Disposition.EMERGENCY),
        (WOMAN, said("runny_nose"), Vitals(spo2=93), Level.III, Disposition.DOCTOR),
        (WOMAN, said("runny_nose", "sneezing"), Vitals(), Level.IV, Disposition.SELF_CARE),
        (Patient(sex=Sex.FEMALE, age=74), said("runny_nose", "sneezing"), Vitals(), Level.IV, Disposition.SELF_CARE),
        (Patient(sex=Sex.FEMALE, age=75), said("runny_nose", "sneezing"), Vitals(), Level.IV, Disposition.DOCTOR),
        (WOMAN, said("headache", "abdominal_pain"), Vitals(), Level.IV, Disposition.DOCTOR),
        (WOMAN, Findings(), Vitals(), Level.IV, Disposition.DOCTOR),
        (Patient(), Findings(), Vitals(pain=8), Level.II, Disposition.EMERGENCY),
    ],
)
def test_level_and_disposition(
    patient: Patient, findings: Findings, vitals: Vitals, level: Level, disposition: Disposition
) -> None:
    result = assessed(patient, findings, vitals)
    assert (result.level, result.disposition) == (level, disposition)


def test_inference_alone_raises_to_three_and_no_further() -> None:
    result = assessed(WOMAN, said("fever", "cough", "headache"))
    assert (result.level, result.red_flags) == (Level.III, ())
    heart = assessed(WOMAN, said("chest_pressure"))
    assert heart.conditions[0].code == "angina"
    assert heart.level is Level.III


@pytest.mark.parametrize(
    ("patient", "findings"),
    [
        (Patient(sex=Sex.FEMALE, age=0), said("runny_nose", "sneezing")),
        (Patient(sex=Sex.FEMALE, age=80), said("runny_nose", "sneezing")),
        (Patient(sex=Sex.FEMALE), said("runny_nose", "sneezing")),
        (Patient(sex=Sex.FEMALE, age=30, pregnant=True), said("runny_nose", "sneezing")),
        (WOMAN, said("runny_nose", "sneezing", duration_hours=24 * 30)),
        (WOMAN, said("runny_nose", "cough", severity=7)),
        (WOMAN, with_status(said("runny_nose", "sneezing"), Status.UNSURE, "cyanosis", source=Source.WORDS)),
        (WOMAN, said("vaginal_bleeding", "runny_nose")),
    ],
)
def test_self_care_is_never_advised_in_doubt(patient: Patient, findings: Findings) -> None:
    assert assessed(patient, findings).disposition is not Disposition.SELF_CARE


def test_not_sure_about_a_red_flag_calls_staff() -> None:
    result = assessed(WOMAN, with_status(said("chest_pain"), Status.UNSURE, "cold_sweat"))
    assert result.staff_check
    assert result.level is Level.III
    assert result.disposition is Disposition.DOCTOR


def test_not_sure_about_something_milder_than_the_level_does_not() -> None:
    emergency = with_status(said("cyanosis", "chest_pain"), Status.UNSURE, "cold_sweat")
    assert not assessed(WOMAN, emergency).staff_check
    assert not assessed(WOMAN, said("headache")).staff_check


def test_the_danger_of_the_complaint_is_asked_first() -> None:
    question = assessed(WOMAN, said("chest_pain")).next_question
    assert question is not None
    assert question.code == "cold_sweat"


def test_a_danger_said_in_doubt_is_asked_before_all_others() -> None:
    findings = with_status(said("headache", "fever"), Status.UNSURE, "neck_stiffness", source=Source.WORDS)
    question = assessed(WOMAN, findings).next_question
    assert question is not None
    assert question.code == "neck_stiffness"


def test_an_emergency_asks_nothing_more() -> None:
    assert assessed(WOMAN, said("chest_pain", "cold_sweat")).next_question is None


def test_no_more_questions_than_allowed() -> None:
    asked = ("cough", "rash", "itching")
    assert assess(KNOWLEDGE, WOMAN, said("headache"), asked, max_questions=3).next_question is None
    assert assess(KNOWLEDGE, WOMAN, said("headache"), (), max_questions=3).next_question is not None


def test_the_clinic_asks_until_it_knows() -> None:
    step = clinic_assess(KNOWLEDGE, max_questions=8)
    findings, asked = said("headache"), ()
    result = step(WOMAN, findings, asked)
    while result.next_question is not None:
        code = result.next_question.code
        assert code not in asked
        asked = (*asked, code)
        findings = findings.merged([Finding(code, Status.ABSENT, Source.ANSWER)])
        result = step(WOMAN, findings, asked)
    assert 1 <= len(asked) <= 8
    assert result.departments[0].code == "neurology"


def test_conditions_are_shown_only_for_a_complaint() -> None:
    assert assessed(WOMAN, Findings()).conditions == ()
    assert len(assessed(WOMAN, said("headache")).conditions) <= 10


CODES = sorted(KNOWLEDGE.symptoms)
PATIENTS = st.builds(
    Patient,
    sex=st.sampled_from([None, *Sex]),
    age=st.sampled_from([None, 0, 5, 30, 70]),
    pregnant=st.sampled_from([None, False]),
)


@settings(deadline=None)
@given(PATIENTS, st.dictionaries(st.sampled_from(CODES), st.sampled_from(Status), max_size=6), st.sampled_from(CODES))
def test_a_present_red_flag_finding_never_makes_it_less_urgent(
    patient: Patient, statuses: dict[str, Status], extra: str
) -> None:
    findings = Findings()
    for code, status in statuses.items():
        findings = with_status(findings, status, code)
    flags = {rule.rule for rule in assessed(patient, findings).red_flags}
    more = assessed(patient, findings.merged(present(extra).values()))
    before = min((rule.level for rule in KNOWLEDGE.red_flags if rule.code in flags), default=Level.IV)
    assert more.level <= before


def test_the_general_finding_is_asked_before_its_special_case() -> None:
    findings, asked = said("cold_sweat"), list[str]()
    while (question := assess(KNOWLEDGE, WOMAN, findings, asked).next_question) is not None:
        asked.append(question.code)
        findings = with_status(findings, Status.UNSURE, question.code)
    assert asked[0] == "chest_pain"


def test_an_unsure_answer_about_an_unlikely_danger_leaves_home_advice_in_a_low_risk_complaint() -> None:
    cold = said("runny_nose", "sneezing")
    answered = assessed(WOMAN, with_status(cold, Status.UNSURE, "thunderclap_headache"))
    assert (answered.disposition, answered.staff_check) == (Disposition.SELF_CARE, False)
    brought_up = assessed(WOMAN, with_status(cold, Status.UNSURE, "thunderclap_headache", source=Source.WORDS))
    assert (brought_up.disposition, brought_up.staff_check) == (Disposition.DOCTOR, True)


COLD_WITH_RASH = said("runny_nose", "sneezing", "sore_throat", "rash")


def test_two_small_troubles_that_have_nothing_to_do_with_each_other_stay_at_home() -> None:
    """A cold, and a rash besides: no illness that needs a doctor brings both."""
    assert assessed(WOMAN, COLD_WITH_RASH).disposition is Disposition.SELF_CARE


def test_two_troubles_that_an_illness_often_brings_together_do_not() -> None:
    """A runny nose with a rash may be measles, however harmless each is alone."""
    measles = replace(
        KNOWLEDGE.conditions["eczema"],
        code="measles",
        likelihood={"runny_nose": 0.5, "rash": 0.5},
        prior=0.0001,
        self_limiting=False,
    )
    base = replace(KNOWLEDGE, conditions={**KNOWLEDGE.conditions, "measles": measles})
    assert assess(base, WOMAN, COLD_WITH_RASH, ()).disposition is Disposition.DOCTOR
