""" "Is one of these happening now?": the pictures of dangers, which no understanding of words comes before."""

from __future__ import annotations

from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.knowledge import Danger, KnowledgeBase
from kiosk.domain.known import can_apply
from kiosk.domain.patient import Patient


def offered(knowledge: KnowledgeBase, patient: Patient) -> tuple[Danger, ...]:
    """The pictures for this patient, in the content's order."""
    return tuple(danger for danger in knowledge.dangers if can_apply(danger.applies, patient))


def choices(knowledge: KnowledgeBase, danger: Danger, patient: Patient) -> tuple[str, ...]:
    """What the patient can choose from under a picture."""
    symptoms = knowledge.symptoms
    return tuple(code for code in danger.findings if can_apply(symptoms[code].applies, patient))


def in_doubt(knowledge: KnowledgeBase, danger: Danger, patient: Patient, findings: Findings) -> Findings:
    """Who tapped a picture and found nothing under it that fits has said: something of the kind, not sure what."""
    unknown = (code for code in choices(knowledge, danger, patient) if code not in findings)
    return findings.merged(Finding(code, Status.UNSURE, Source.TAP) for code in unknown)
