"""A hand-made hospital in which every rule of routing holds, and what its tests ask of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from kiosk.domain.assessment import DepartmentScore
from kiosk.domain.doors import OpenDoors
from kiosk.domain.findings import Findings, Source, Vitals
from kiosk.domain.knowledge import Applies, KnowledgeBase
from kiosk.domain.known import known
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.routing import doors_for
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


NIGHT = OpenDoors(
    open_now=frozenset(("paediatrics",)),
    next_opening={code: datetime(2026, 11, 24, 8, 0) for code in ALL},  # noqa: DTZ001 (a wall clock)
    today=date(2026, 11, 23),
)
