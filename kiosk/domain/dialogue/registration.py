"""From the three departments to a booked time, a stored visit and a slip; and the short way of an emergency."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kiosk.domain.appointments import Appointment, Change
from kiosk.domain.booking import Slot
from kiosk.domain.dialogue.appointments import has_come
from kiosk.domain.dialogue.effects import (
    AlertDesk,
    ChangeAppointment,
    CheckIn,
    Effect,
    FindSlots,
    HoldSlot,
    ReleaseSlots,
)
from kiosk.domain.dialogue.events import (
    BookingAccepted,
    CheckedIn,
    CheckInFailed,
    DepartmentChosen,
    OfferArrived,
    SlipFailed,
    SlipPrinted,
    SlotChosen,
    SlotLost,
)
from kiosk.domain.dialogue.step import Step, go
from kiosk.domain.encounter import VisitDraft
from kiosk.domain.knowledge import Level
from kiosk.domain.visit import Delivery, Screen, State


def department_chosen(state: State, event: DepartmentChosen) -> Step:
    if state.screen is not Screen.RESULT or event.code not in state.clinic.knowledge.departments:
        return state, []
    chosen = replace(state, department=event.code, offer=None, slot=None, lost_slot=None)
    return go(chosen, Screen.BOOKING), [FindSlots(event.code)]


def offer_arrived(state: State, event: OfferArrived) -> Step:
    if state.screen is not Screen.BOOKING or event.offer.department != state.department:
        return state, []
    return replace(state, offer=event.offer, his_up=event.his_up), []


def slot_chosen(state: State, event: SlotChosen) -> Step:
    if state.screen is not Screen.BOOKING or state.booking or not event.slot.free:
        return state, []
    return replace(state, slot=event.slot, lost_slot=None), [HoldSlot(state.visit_id, event.slot)]


def slot_lost(state: State, event: SlotLost) -> Step:
    if state.screen is not Screen.BOOKING and not _asks_meanwhile(state):
        return state, []
    return replace(state, slot=None, lost_slot=event.slot, offer=event.offer, booking=False), []


def booking_accepted(state: State, event: BookingAccepted) -> Step:
    if state.screen is not Screen.BOOKING or state.booking or (state.slot is None and not event.walk_in):
        return state, []
    if state.appointment is not None:
        return _move_accepted(state, state.appointment) if not event.walk_in else (state, [])
    slot = None if event.walk_in else state.slot
    draft = draft_of(state, state.department, slot, event.wall, emergency=False)
    effects: list[Effect] = [ReleaseSlots(state.visit_id)] if event.walk_in and state.slot else []
    return replace(state, booking=True, slot=slot), [*effects, CheckIn(draft)]


def _move_accepted(state: State, appointment: Appointment) -> Step:
    """Only a held time takes the place of one that is booked; the old one is let go with the new one's booking."""
    moved = ChangeAppointment(state.visit_id, appointment, Change.MOVED, state.slot)
    return replace(state, booking=True), [moved]


def checked_in(state: State, event: CheckedIn) -> Step:
    if state.screen is Screen.EMERGENCY:
        return replace(state, checked_in=event.visit), []
    if _asks_meanwhile(state):
        done = replace(state, checked_in=event.visit, delivery=Delivery.WAITING, booking=False)
        return replace(done, trail=(Screen.SLIP,)), []
    if state.screen is not Screen.BOOKING and not (state.screen is Screen.APPOINTMENT and _has_come(state)):
        return state, []
    arrived = replace(state, checked_in=event.visit, delivery=Delivery.WAITING, booking=False, trail=())
    return replace(arrived, screen=Screen.SLIP), []


def _asks_meanwhile(state: State) -> bool:
    """A nurse was called while the hospital system was asked; the patient comes back to what it said."""
    return state.screen is Screen.NURSE and (state.booking or _has_come(state))


def _has_come(state: State) -> bool:
    return state.appointment is not None and has_come(state.appointment)


def check_in_failed(state: State, event: CheckInFailed) -> Step:
    if state.screen is not Screen.BOOKING and not _asks_meanwhile(state):
        return state, []
    return replace(state, screen=Screen.DESK, desk_reason=event.reason, booking=False, trail=()), []


def slip_printed(state: State, event: SlipPrinted) -> Step:
    if state.checked_in is None:
        return state, []
    return replace(state, delivery=Delivery.PRINTED, print_problem=None), []


def slip_failed(state: State, event: SlipFailed) -> Step:
    if state.checked_in is None:
        return state, []
    return replace(state, delivery=Delivery.FAILED, print_problem=event.problem), []


def emergency(state: State) -> Step:
    """Nothing more to fill in: the desk is told first, then the visit is registered for the emergency department."""
    assessment = state.assessment
    if assessment is None or assessment.level > Level.II:
        return state, []
    rules = tuple(fired.rule for fired in assessment.red_flags)
    alarm = AlertDesk(state.visit_id, int(assessment.level), rules)
    waiting = replace(state, screen=Screen.EMERGENCY, trail=(), alerted_rules=rules, warned_at=None, live_words="")
    effects: list[Effect] = [alarm]
    if state.checked_in is None and state.consented_at is not None:
        door = _emergency_door(state)
        effects.append(CheckIn(draft_of(waiting, door, None, state.consented_at, emergency=True)))
        waiting = replace(waiting, department=door)
    return waiting, effects


def tell_staff(state: State) -> Step:
    """Somebody comes to a patient who must not be left alone, although the visit goes on; once per rule."""
    fired = state.assessment.red_flags if state.assessment else ()
    new = tuple(rule.rule for rule in fired if rule.tell_staff and rule.rule not in state.alerted_rules)
    if not new or state.assessment is None:
        return state, []
    told = replace(state, alerted_rules=(*state.alerted_rules, *new), nurse_called=True)
    return told, [AlertDesk(state.visit_id, int(state.assessment.level), new)]


def _emergency_door(state: State) -> str:
    departments = state.clinic.knowledge.departments
    assessment = state.assessment
    for fired in assessment.red_flags if assessment else ():
        if fired.department and departments[fired.department].emergency:
            return fired.department
    return state.clinic.knowledge.routing.emergency


def draft_of(state: State, department: str, slot: Slot | None, wall: datetime, *, emergency: bool) -> VisitDraft:
    """Everything check-in stores, from what the session collected."""
    assessment = state.assessment or state.clinic.assess(state.patient, state.findings, state.asked, state.proposed)
    return VisitDraft(
        visit_id=state.visit_id,
        language=state.language,
        patient=state.patient,
        consented_at=state.consented_at or wall,
        complaint=state.complaint or state.heard,
        findings=tuple(state.findings.values()),
        level=assessment.level,
        red_flags=assessment.red_flags,
        staff_check=assessment.staff_check,
        departments=assessment.departments,
        department=department,
        slot=slot,
        emergency=emergency,
        tag=state.tag,
        match=state.match,
    )
