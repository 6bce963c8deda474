"""A small clinic and states of its visits, made by hand, so that screens can be shown without playing a visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType

from kiosk.domain.assessment import Assessment, DepartmentScore, Disposition, NextQuestion
from kiosk.domain.booking import Practitioner, Slot
from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.knowledge import (
    Applies,
    Complaint,
    Department,
    KnowledgeBase,
    Level,
    Review,
    ReviewState,
    RoutingRules,
    Symptom,
    SymptomKind,
)
from kiosk.domain.language import OWN_LOCALE, Language, Words
from kiosk.domain.patient import Patient
from kiosk.domain.visit import CheckedInVisit, Clinic, Screen, Speech, State
from kiosk.i18n import Catalogue
from kiosk.ui.viewmodels.view_model import Inputs, Translate

HOSPITAL = Words("清河医院导诊", "Qinghe Hospital")
WALL = datetime(2026, 11, 23, 9, 42, tzinfo=timezone(timedelta(hours=8)))
WAYS: Mapping[str, Words] = MappingProxyType(
    {
        "orthopaedics": Words(
            "直走到服务台左转，坐 2 号电梯到 2 楼，出电梯左手第 3 个门",
            "Straight on to the desk, turn left, lift 2 to floor 2, third door on the left",
        )
    }
)
_REVIEW = Review("test", ReviewState.DRAFT)
_ALL = Applies()


def _symptom(code: str, zh: str, en: str, question: Words) -> Symptom:
    forms = MappingProxyType({Language.ZH: (zh,), Language.EN: (en.lower(),)})
    hint = Words("不清楚也没关系", "Not sure is fine too")
    return Symptom(
        code, SymptomKind.SYMPTOM, Words(zh, en), forms, question, hint, "bone", (), _ALL, 1.0, 0.02, _REVIEW
    )


def _department(code: str, zh: str, en: str, prefix: str) -> Department:
    return Department(code, "04", Words(zh, en), prefix, "bone", False, code == "emergency", _ALL, _REVIEW)


_STIFF = Words("早上起床时，膝盖会发僵吗？", "Is your knee stiff when you get up?")
KNOWLEDGE = KnowledgeBase(
    symptoms={
        "knee_pain": _symptom("knee_pain", "膝盖疼", "Knee pain", Words("膝盖疼吗？", "Does your knee hurt?")),
        "morning_stiffness": _symptom("morning_stiffness", "早上发僵", "Morning stiffness", _STIFF),
    },
    conditions={},
    departments={
        "orthopaedics": _department("orthopaedics", "骨科", "Orthopaedics", "骨"),
        "rheumatology": _department("rheumatology", "风湿免疫科", "Rheumatology", "风"),
        "emergency": _department("emergency", "急诊科", "Emergency", "急"),
    },
    red_flags=(),
    complaints=(Complaint("joints", Words("关节骨头", "Joints"), "bone", ("knee_pain",)),),
    cues={},
    routing=RoutingRules(14, 37.3, 65, "fever", "emergency", "paediatrics", "obstetrics", "general", {}, {}),
)


def _understand(text: str, language: Language) -> tuple[Finding, ...]:
    return ()


def _assess(
    patient: Patient, findings: Findings, asked: tuple[str, ...], proposed: tuple[Finding, ...] = ()
) -> Assessment:
    return ASSESSMENT


ASSESSMENT = Assessment(
    level=Level.IV,
    disposition=Disposition.DOCTOR,
    red_flags=(),
    staff_check=False,
    conditions=(),
    departments=(
        DepartmentScore("orthopaedics", 0.7, ("knee_pain",)),
        DepartmentScore("rheumatology", 0.2, ("morning_stiffness",)),
    ),
    next_question=NextQuestion("morning_stiffness", 0.5),
)
CLINIC = Clinic(KNOWLEDGE, _understand, _assess)
DOCTOR = Practitioner(
    code="zhou",
    name=Words("周岚", "Zhou Lan"),
    title=Words("副主任医师", "Associate chief"),
    about=Words("膝和髋", "Knee"),
    department="orthopaedics",
    room="206",
)
START = datetime(2026, 11, 23, 2, 20, tzinfo=UTC).astimezone(WALL.tzinfo)
SLOT = Slot("s1", DOCTOR, START, START + timedelta(minutes=10))
VISIT = CheckedInVisit("骨 027", "206", START, 25, "DZ1.027.ortho.Qk3x0v8PpZ6m2Yc7", to_be_confirmed=False)
BEGUN = State(
    clinic=CLINIC,
    visit_id="b6f1",
    today=date(2026, 11, 23),
    speech=Speech.READY,
    trail=(Screen.ATTRACT, Screen.CONSENT),
    screen=Screen.WHO,
)
HEARD = replace(
    BEGUN,
    heard="我右边膝盖疼，有两个星期了，上下楼更疼",
    complaint="我右边膝盖疼，有两个星期了，上下楼更疼",
    findings=Findings().merged([Finding("knee_pain", Status.PRESENT, Source.WORDS, "膝盖疼", (3, 6))]),
    assessment=ASSESSMENT,
)
ASKED = replace(
    HEARD, screen=Screen.QUESTION, question="morning_stiffness", asked=("morning_stiffness",), questions_expected=2
)
DONE = replace(HEARD, screen=Screen.SLIP, department="orthopaedics", slot=SLOT, checked_in=VISIT, trail=())


def at(screen: Screen, **changes: object) -> State:
    """A state on `screen` of a visit that has just begun, or the first screen."""
    if screen is Screen.ATTRACT:
        return replace(State(clinic=CLINIC, speech=Speech.READY), **changes)
    return replace(BEGUN, screen=screen, **changes)


def untranslated(language: Language) -> Translate:
    """The program's texts in English, those of the content in the language."""
    return Catalogue(OWN_LOCALE[language]).tr


def inputs(state: State, tr: Translate | None = None, now: float = 100.0, **changes: object) -> Inputs:
    return replace(Inputs(state, tr or untranslated(state.language), now, WALL, HOSPITAL, WAYS), **changes)
