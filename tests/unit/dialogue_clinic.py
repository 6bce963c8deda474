"""A clinic of four symptoms, so that the dialogue can be tested without content files."""

from __future__ import annotations

from kiosk.domain.assessment import Assessment, DepartmentScore, Disposition, FiredRule, NextQuestion
from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.knowledge import (
    Complaint,
    KnowledgeBase,
    Level,
    RoutingRules,
)
from kiosk.domain.language import Language, Words
from kiosk.domain.patient import Patient
from kiosk.domain.visit import Clinic
from tests.unit.triage_clinic import department, symptom

QUESTIONS = ("fever", "swelling")


KNOWLEDGE = KnowledgeBase(
    symptoms={code: symptom(code) for code in ("knee_pain", "chest_pain", "despair", *QUESTIONS)},
    conditions={},
    departments={"orthopaedics": department("orthopaedics"), "emergency": department("emergency", emergency=True)},
    red_flags=(),
    complaints=(Complaint("joints", Words("关节", "Joints"), "bone", ("knee_pain",)),),
    cues={},
    routing=RoutingRules(14, 37.3, 65, "fever", "emergency", "paediatrics", "obstetrics", "general", {}, {}),
)


def understand(text: str, language: Language) -> tuple[Finding, ...]:
    """The words are the codes."""
    return tuple(
        Finding(word, Status.PRESENT, Source.WORDS, word) for word in text.split() if word in KNOWLEDGE.symptoms
    )


def assess(
    patient: Patient, findings: Findings, asked: tuple[str, ...], proposed: tuple[Finding, ...] = ()
) -> Assessment:
    """Chest pain is an emergency; otherwise proposals, then the two questions are asked in their order."""
    danger = findings.status("chest_pain") is Status.PRESENT
    fired = (FiredRule("r01_chest_pain", 1, Level.II, Words("胸痛", "chest pain"), ("chest_pain",), "emergency"),)
    despair = findings.status("despair") is Status.PRESENT
    if despair:
        fired = (
            FiredRule("r33_despair", 33, Level.III, Words("绝望", "despair"), ("despair",), None, tell_staff=True),
        )
    open_questions = [
        code
        for code in (*(f.code for f in proposed), *QUESTIONS)
        if findings.status(code) is None and code not in asked
    ]
    return Assessment(
        level=Level.II if danger else Level.IV,
        disposition=Disposition.EMERGENCY if danger else Disposition.DOCTOR,
        red_flags=fired if danger or despair else (),
        staff_check=False,
        conditions=(),
        departments=(DepartmentScore("orthopaedics", 1.0, ("knee_pain",)),),
        next_question=NextQuestion(open_questions[0], 1.0) if open_questions and not danger else None,
    )


CLINIC = Clinic(KNOWLEDGE, understand, assess)
