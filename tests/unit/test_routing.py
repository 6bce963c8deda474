"""Which departments, and why: every rule of a hospital where it holds and where it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from kiosk.domain.assessment import DepartmentScore
from kiosk.domain.doors import OpenDoors
from kiosk.domain.findings import Finding, Findings, Source, Status, Vitals
from kiosk.domain.knowledge import Applies, Condition, KnowledgeBase, RoutingRules
from kiosk.domain.known import can_apply, known
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.routing import SHOWN, doors_for
from kiosk.domain.triage import assess
from tests.unit import triage_clinic
from tests.unit.triage_clinic import department, present, symptom

WOMAN = Patient(sex=Sex.FEMALE, age=40, pregnant=False)
MAN = Patient(sex=Sex.MALE, age=40)
CHILD = Patient(sex=Sex.FEMALE, age=6)
BOY = Patient(sex=Sex.MALE, age=14)
YOUTH = Patient(sex=Sex.MALE, age=15)
NEWBORN = Patient(age=0, age_days=20)
BABY = Patient(age=0, age_days=29)
BABY_OF_UNKNOWN_DAYS = Patient(age=0)
MOTHER = Patient(sex=Sex.FEMALE, age=30, pregnant=True)
OLD = Patient(age=80)

_MORE_DEPARTMENTS = (
    department("neonatology", applies=Applies(age_max=0)),
    department("paediatric_surgery", applies=Applies(age_max=17)),
    department("general_surgery"),
    department("gastroenterology"),
    department("enteric_clinic"),
    department("animal_bite"),
)
_MORE_SYMPTOMS = (symptom("diarrhoea"), symptom("animal_bite"), symptom("antenatal_visit", implies=("pregnant",)))
RULES = replace(
    triage_clinic.KNOWLEDGE.routing,
    symptom_department={
        **triage_clinic.KNOWLEDGE.routing.symptom_department,
        "diarrhoea": "enteric_clinic",
        "animal_bite": "animal_bite",
    },
    symptom_department_child={"headache": "dermatology"},
    neonatology="neonatology",
    geriatrics="geriatrics",
    all_ages=frozenset(("dermatology", "animal_bite")),
    replace_for_child={"general_surgery": "paediatric_surgery"},
    replace_in_pregnancy=frozenset(("gynaecology",)),
    early_pregnancy="gynaecology",
    enteric_clinic="enteric_clinic",
    enteric_months=(5, 10),
    enteric_findings=("diarrhoea",),
    bite_clinic="animal_bite",
    bite_findings=("animal_bite",),
    missing={
        "paediatrics": ("general_practice",),
        "neonatology": ("paediatrics",),
        "paediatric_surgery": ("general_surgery", "paediatrics"),
        "fever_clinic": ("respiratory",),
        "enteric_clinic": ("gastroenterology",),
        "animal_bite": ("emergency",),
        "gynaecology": ("obstetrics",),
        "obstetrics": ("gynaecology",),
    },
    always_open=frozenset(("emergency", "fever_clinic")),
)


def knowledge(**changed: object) -> KnowledgeBase:
    """The hand-made knowledge base in a hospital with every rule, some of them changed."""
    base = triage_clinic.KNOWLEDGE
    return replace(
        base,
        symptoms={**base.symptoms, **{entry.code: entry for entry in _MORE_SYMPTOMS}},
        implied={**base.implied, "antenatal_visit": frozenset(("pregnant",))},
        departments={**base.departments, **{entry.code: entry for entry in _MORE_DEPARTMENTS}},
        routing=replace(RULES, **changed),  # type: ignore[arg-type]
    )


HOSPITAL = knowledge()
ALL = frozenset(HOSPITAL.departments)


def without(*codes: str) -> OpenDoors:
    return OpenDoors(departments=ALL - set(codes))


def in_month(month: int) -> OpenDoors:
    return OpenDoors(today=date(2026, month, 15))


def said(*codes: str, **details: float) -> Findings:
    return present(*codes, source=Source.WORDS, **details)


def departments(
    patient: Patient,
    findings: Findings,
    hospital: OpenDoors | None = None,
    vitals: Vitals | None = None,
    base: KnowledgeBase = HOSPITAL,
) -> tuple[DepartmentScore, ...]:
    return assess(base, patient, findings, (), vitals or Vitals(), hospital=hospital or OpenDoors()).departments


def doors(patient: Patient, code: str, hospital: OpenDoors | None = None) -> dict[str, float]:
    facts = known(HOSPITAL, patient, Findings(), month=hospital.month if hospital else None)
    return dict(doors_for(facts, hospital or OpenDoors())({code: 0.5}))


def reason(entries: tuple[DepartmentScore, ...], code: str) -> str:
    """The English reason of a department; empty when it has none."""
    words = {entry.code: entry.reason for entry in entries}[code]
    return words.en if words else ""


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


NIGHT = OpenDoors(
    open_now=frozenset(("paediatrics",)),
    next_opening={code: datetime(2026, 11, 24, 8, 0) for code in ALL},  # noqa: DTZ001 (a wall clock)
    today=date(2026, 11, 23),
)


@pytest.mark.parametrize(
    ("patient", "findings", "order"),
    [
        (WOMAN, said("headache"), ["emergency", "neurology"]),
        (WOMAN, said("fever", "cough"), ["fever_clinic"]),
        (CHILD, said("headache"), ["paediatrics"]),
        (CHILD, said("rash", "itching"), ["paediatrics", "dermatology"]),
        (WOMAN, said("chest_pain", "cold_sweat"), ["emergency", "cardiology"]),
        (WOMAN, Findings(), ["emergency", "general_practice"]),
    ],
)
def test_at_night_what_is_open_comes_first(patient: Patient, findings: Findings, order: list[str]) -> None:
    assert [entry.code for entry in departments(patient, findings, NIGHT)][: len(order)] == order


def test_at_night_the_patient_learns_when_the_clinic_opens() -> None:
    shown = departments(WOMAN, said("headache"), NIGHT)
    assert reason(shown, "emergency") == "the clinic opens tomorrow at 08:00; emergency is open now"
    assert reason(shown, "neurology") == "opens tomorrow at 08:00"
    words = shown[0].reason
    assert words is not None
    assert words.zh == "门诊明天 08:00开，现在请到急诊"


@pytest.mark.parametrize(
    ("today", "when"),
    [
        (date(2026, 11, 24), "today at 08:00"),
        (date(2026, 11, 20), "on Tuesday at 08:00"),
        (None, "on Tuesday at 08:00"),
    ],
)
def test_the_next_opening_is_said_from_today(today: date | None, when: str) -> None:
    holiday = replace(NIGHT, open_now=frozenset(), today=today)
    assert reason(departments(WOMAN, said("headache"), holiday), "neurology") == f"opens {when}"


def test_a_closed_hospital_of_unknown_hours_promises_nothing() -> None:
    shown = departments(WOMAN, said("headache"), OpenDoors(open_now=frozenset()))
    assert reason(shown, "emergency") == "the clinic is closed now; emergency is open"
    assert reason(shown, "neurology") == ""


def test_by_day_nothing_is_said_about_hours() -> None:
    shown = departments(WOMAN, said("headache"), OpenDoors(open_now=ALL))
    assert shown == departments(WOMAN, said("headache"))
    assert shown[0].code == "neurology"


def test_hours_never_change_the_level() -> None:
    for code in HOSPITAL.symptoms:
        by_day = assess(HOSPITAL, WOMAN, said(code), ())
        at_night = assess(HOSPITAL, WOMAN, said(code), (), hospital=replace(NIGHT, today=None))
        assert at_night.level == by_day.level, code
        assert at_night.disposition == by_day.disposition, code


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


def test_an_illness_brought_up_by_name_outweighs_a_complaint_beside_it(shipped: KnowledgeBase) -> None:
    assert shown_to(shipped, MAN, "hepatitis_b_known", "headache")[0] == "hepatology"
    answered = said("headache").merged([Finding("hepatitis_b_known", Status.PRESENT, Source.ANSWER)])
    assert departments(MAN, answered, base=shipped)[0].code == "neurology"


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
