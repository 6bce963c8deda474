"""What the screens list, in the order in which they list it: who says "the second one" means what is second there."""

from __future__ import annotations

from kiosk.domain import dangers
from kiosk.domain.assessment import DepartmentScore
from kiosk.domain.booking import Slot, practitioners_in_order
from kiosk.domain.knowledge import Complaint, Danger
from kiosk.domain.known import can_apply
from kiosk.domain.visit import Screen, State

MOST_DEPARTMENTS = 3
TIMES_PER_DOCTOR = 4


def picks(state: State) -> tuple[str, ...]:
    """PICK: the findings of the tile or the danger that can apply to this patient."""
    if state.screen is not Screen.PICK:
        return ()
    knowledge = state.clinic.knowledge
    groups: list[Danger | Complaint] = [*knowledge.dangers, *knowledge.complaints]
    found = next((group.findings for group in groups if group.code == state.picking), ())
    symptoms = knowledge.symptoms
    return tuple(code for code in found if code in symptoms and can_apply(symptoms[code].applies, state.patient))


def danger_codes(state: State) -> tuple[str, ...]:
    """DANGERS: the pictures that can apply to this patient."""
    return tuple(danger.code for danger in dangers.offered(state.clinic.knowledge, state.patient))


def departments(state: State) -> tuple[DepartmentScore, ...]:
    """RESULT: the three best departments this hospital has; general practice when triage names none."""
    known = state.clinic.knowledge.departments
    scores = [score for score in state.assessment.departments if score.code in known] if state.assessment else []
    general = state.clinic.knowledge.routing.general
    if not scores and state.assessment is not None and general in known:
        scores = [DepartmentScore(general, 0.0, ())]
    return tuple(scores[:MOST_DEPARTMENTS])


def doctors(state: State) -> tuple[str, ...]:
    """BOOKING: codes of those with a free time, soon free and in their field what the patient has first."""
    symptoms = state.clinic.knowledge.symptoms
    complaints = [symptoms[code].name for code in state.findings.present() if code in symptoms]
    return practitioners_in_order(state.offer.slots, complaints) if state.offer else ()


def times(state: State, doctor: str) -> tuple[Slot, ...]:
    """Four times of a doctor in order: the chosen one, the earliest free ones, and taken ones only where there is room
    left."""
    own = [slot for slot in state.offer.slots if slot.practitioner.code == doctor] if state.offer else []
    chosen = state.slot.code if state.slot else ""
    wanted = sorted(own, key=lambda slot: (slot.code != chosen, not slot.free, slot.start))[:TIMES_PER_DOCTOR]
    return tuple(sorted(wanted, key=lambda slot: slot.start))


def earliest(state: State) -> Slot | None:
    """The first free time; of several doctors with the same, that of the one who stands first."""
    free = [slot for slot in state.offer.slots if slot.free] if state.offer else []
    place = {code: at for at, code in enumerate(doctors(state))}
    return min(free, key=lambda slot: (slot.start, place[slot.practitioner.code]), default=None)
