"""A hand-made knowledge base for reasoning tests: two dozen findings, seven conditions, a handful of rules."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.knowledge import (
    AllOf,
    AnyOf,
    Applies,
    AtLeast,
    Condition,
    Department,
    KnowledgeBase,
    Level,
    Not,
    PatientIs,
    Present,
    RedFlag,
    Review,
    ReviewState,
    RoutingRules,
    Rule,
    Symptom,
    SymptomKind,
    VitalIs,
)
from kiosk.domain.language import Language, Words
from kiosk.domain.patient import Sex

REVIEW = Review("test", ReviewState.DRAFT)
EVERYBODY = Applies()
FERTILE = Applies(Sex.FEMALE, 10, 55)


def symptom(
    code: str,
    *,
    implies: tuple[str, ...] = (),
    applies: Applies = EVERYBODY,
    kind: SymptomKind = SymptomKind.SYMPTOM,
    background: float = 0.02,
) -> Symptom:
    words = Words(code, code)
    forms = MappingProxyType({Language.ZH: (code,), Language.EN: (code,)})
    return Symptom(code, kind, words, forms, words, words, "question", implies, applies, 0.9, background, REVIEW)


def condition(
    code: str,
    likelihood: Mapping[str, float],
    departments: Mapping[str, float],
    *,
    level: Level = Level.IV,
    prior: float = 0.01,
    self_limiting: bool = False,
    applies: Applies = EVERYBODY,
) -> Condition:
    words = Words(code, code)
    return Condition(
        code,
        "Z99",
        words,
        prior,
        likelihood,
        departments,
        level,
        applies,
        ((0, 2, 0.5),),
        {},
        1.0,
        REVIEW,
        self_limiting=self_limiting,
    )


def department(code: str, *, emergency: bool = False, applies: Applies = EVERYBODY) -> Department:
    return Department(code, "01", Words(code, code), code[0], "bone", False, emergency, applies, REVIEW)


def flag(code: str, when: Rule, level: Level, *, row: int = 1, to: str | None = None) -> RedFlag:
    return RedFlag(code, row, when, level, to, Words(code, code), REVIEW)


_SYMPTOMS = (
    symptom("fever"),
    symptom("cough"),
    symptom("runny_nose", background=0.03),
    symptom("sneezing", background=0.03),
    symptom("sore_throat"),
    symptom("headache"),
    symptom("thunderclap_headache", implies=("headache",), background=0.001),
    symptom("neck_stiffness", background=0.003),
    symptom("chest_pain"),
    symptom("chest_pressure", implies=("chest_pain",), background=0.005),
    symptom("cold_sweat", background=0.005),
    symptom("cyanosis", background=0.001, kind=SymptomKind.SIGN),
    symptom("abdominal_pain", background=0.03),
    symptom("lower_abdominal_pain", implies=("abdominal_pain",)),
    symptom("vaginal_bleeding", applies=Applies(Sex.FEMALE, 10)),
    symptom("pregnant", applies=FERTILE, kind=SymptomKind.CONTEXT),
    symptom("pregnancy_over_20w", applies=FERTILE, kind=SymptomKind.CONTEXT, implies=("pregnant",)),
    symptom("rash"),
    symptom("itching"),
    symptom("diabetes_history", kind=SymptomKind.HISTORY),
    symptom("testicular_pain", applies=Applies(Sex.MALE)),
)

_CONDITIONS = (
    condition(
        "common_cold",
        {"runny_nose": 0.85, "sneezing": 0.7, "sore_throat": 0.6, "cough": 0.6, "fever": 0.2, "headache": 0.3},
        {"ent": 0.6, "respiratory": 0.4},
        prior=0.05,
        self_limiting=True,
    ),
    condition(
        "influenza",
        {"fever": 0.95, "cough": 0.8, "headache": 0.6, "sore_throat": 0.5},
        {"fever_clinic": 0.9, "respiratory": 0.1},
        level=Level.III,
    ),
    condition("tension_headache", {"headache": 0.97}, {"neurology": 1}, prior=0.02, self_limiting=True),
    condition(
        "meningitis",
        {"fever": 0.9, "headache": 0.9, "neck_stiffness": 0.8},
        {"emergency": 1},
        level=Level.I,
        prior=0.0002,
    ),
    condition(
        "angina",
        {"chest_pressure": 0.8, "cold_sweat": 0.4},
        {"cardiology": 1},
        level=Level.II,
        prior=0.004,
    ),
    condition("eczema", {"rash": 0.95, "itching": 0.9}, {"dermatology": 1}, prior=0.02, self_limiting=True),
    condition(
        "pelvic_inflammation",
        {"lower_abdominal_pain": 0.9, "fever": 0.3, "vaginal_bleeding": 0.3},
        {"gynaecology": 1},
        level=Level.III,
        applies=Applies(Sex.FEMALE),
    ),
)

_DEPARTMENTS = (
    department("emergency", emergency=True),
    department("general_practice"),
    department("respiratory"),
    department("ent"),
    department("neurology"),
    department("cardiology"),
    department("dermatology"),
    department("urology"),
    department("gynaecology", applies=Applies(Sex.FEMALE)),
    department("obstetrics", applies=Applies(Sex.FEMALE)),
    department("paediatrics", applies=Applies(age_max=17)),
    department("fever_clinic"),
    department("geriatrics", applies=Applies(age_min=60)),
)

RED_FLAGS = (
    flag("blue", Present("cyanosis"), Level.I, row=0, to="emergency"),
    flag("thunderclap", Present("thunderclap_headache"), Level.II, row=3),
    flag("stiff_neck", AllOf((Present("fever"), Present("neck_stiffness"))), Level.II, row=41),
    flag("heart", AllOf((Present("chest_pain"), Present("cold_sweat"))), Level.II, row=1),
    flag("strong_chest_pain", Present("chest_pain", severity_min=7), Level.II, row=1),
    flag("new_chest_pain", AllOf((Present("chest_pain", hours_max=24), PatientIs(age_min=35))), Level.II),
    flag("hot", Present("fever", value_min=41), Level.II, row=6),
    flag("old_belly", AllOf((Present("abdominal_pain"), PatientIs(age_min=65))), Level.III, row=4),
    flag("ectopic", AllOf((Present("abdominal_pain"), PatientIs(sex=Sex.FEMALE, pregnant=True))), Level.II),
    flag("baby", AllOf((Present("fever"), PatientIs(days_max=90))), Level.II, row=8, to="paediatrics"),
    flag("air", AllOf((VitalIs("spo2", below=90), Not(Present("diabetes_history")))), Level.II, row=2),
    flag("two_of", AtLeast(2, (Present("headache"), Present("rash"), Present("neck_stiffness"))), Level.III),
    flag("any_of", AllOf((Present("rash"), AnyOf((Present("fever"), Present("cold_sweat"))))), Level.III),
)

KNOWLEDGE = KnowledgeBase(
    symptoms={entry.code: entry for entry in _SYMPTOMS},
    conditions={entry.code: entry for entry in _CONDITIONS},
    departments={entry.code: entry for entry in _DEPARTMENTS},
    red_flags=RED_FLAGS,
    complaints=(),
    cues={},
    routing=RoutingRules(
        paediatric_age_max=14,
        fever_clinic_celsius=37.3,
        geriatric_age_min=65,
        fever_clinic="fever_clinic",
        emergency="emergency",
        paediatrics="paediatrics",
        obstetrics="obstetrics",
        general="general_practice",
        replace_for_male={"gynaecology": "urology", "obstetrics": "urology"},
        symptom_department={
            "headache": "neurology",
            "chest_pain": "cardiology",
            "rash": "dermatology",
            "vaginal_bleeding": "gynaecology",
            "lower_abdominal_pain": "gynaecology",
            "testicular_pain": "urology",
            "runny_nose": "ent",
        },
    ),
)


def present(*codes: str, source: Source = Source.ANSWER, **details: float) -> Findings:
    return Findings().merged(Finding(code, Status.PRESENT, source, **details) for code in codes)  # type: ignore[arg-type]


def with_status(findings: Findings, status: Status, *codes: str, source: Source = Source.ANSWER) -> Findings:
    return findings.merged(Finding(code, status, source) for code in codes)
