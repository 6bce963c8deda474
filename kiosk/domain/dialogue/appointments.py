"""A visit that exists already: by its code to what was found, then check in, another time, or cancel."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.appointments import (
    Appointment,
    AppointmentProblem,
    AppointmentStatus,
    Change,
    CheckInRules,
    Moment,
    moment,
)
from kiosk.domain.dialogue.effects import ChangeAppointment, Effect, FindAppointment, FindSlots, GiveSlip
from kiosk.domain.dialogue.events import (
    AppointmentFound,
    AppointmentMissed,
    ArrivalTapped,
    CancelTapped,
    CodeScanned,
    KeepTapped,
    MoveTapped,
)
from kiosk.domain.dialogue.step import Step, go
from kiosk.domain.scanned import Code, CodeKind, recognised, typed
from kiosk.domain.visit import DeskReason, Screen, State

CODE_DIGITS = 20
MISSES_BEFORE_DESK = 5
"""Whoever tries this often needs a person, or guesses."""
MISS_FORGIVEN_S = 60.0
"""A visit begins with the misses of those before it, less one for every so many seconds: going back to the first
screen makes nobody another."""
_IN_HIS_BOOKS = frozenset({CodeKind.APPOINTMENT, CodeKind.RECORD})


def is_of_his_books(effect: FindAppointment | ChangeAppointment) -> bool:
    """Whether only the hospital system can answer it."""
    if isinstance(effect, FindAppointment):
        return effect.code.kind in _IN_HIS_BOOKS
    return not effect.appointment.ours


def opened(state: State, visit_id: str, at: float) -> State:
    """`at` is the event's time."""
    forgiven = int(max(at - state.missed_at, 0.0) / MISS_FORGIVEN_S)
    misses = max(state.misses - forgiven, 0)
    return go(replace(state, visit_id=visit_id, code_digits="", misses=misses), Screen.CODE)


def code_scanned(state: State, event: CodeScanned) -> Step:
    """On the first screen a code is enough; in the middle of a visit it changes nothing."""
    if state.clinic.check_in is None or state.screen not in (Screen.ATTRACT, Screen.CODE):
        return state, []
    if state.screen is Screen.ATTRACT:
        state = opened(state, event.visit_id, event.at)
    code = recognised(event.text, state.clinic.codes)
    return _looked_up(replace(state, code_digits=""), code, event.at)


def code_given(state: State, at: float) -> Step:
    if not state.code_digits:
        return replace(state, appointment_problem=AppointmentProblem.NO_CODE), []
    return _looked_up(state, typed(state.code_digits, state.clinic.codes), at)


def _looked_up(state: State, code: Code, at: float) -> Step:
    if state.looking:
        return state, []
    if code.kind is CodeKind.INSURANCE:
        # Nobody guesses with it: it is the right code too early.
        return replace(state, appointment_problem=AppointmentProblem.INSURANCE), []
    if code.kind is CodeKind.UNKNOWN:
        return _missed(state, AppointmentProblem.NO_CODE, at), []
    if state.misses >= MISSES_BEFORE_DESK and code.kind is not CodeKind.SLIP:
        # A slip is signed: nobody guesses one.
        return _missed(state, AppointmentProblem.NOT_FOUND, state.missed_at), []
    return replace(state, looking=True, appointment_problem=None), [FindAppointment(state.visit_id, code)]


def _missed(state: State, problem: AppointmentProblem, at: float) -> State:
    missed = replace(state, looking=False, appointment_problem=problem)
    if problem is AppointmentProblem.HIS_DOWN:
        # Nobody has looked, so it says nothing of the code.
        return missed
    missed = replace(missed, misses=min(state.misses + 1, MISSES_BEFORE_DESK), missed_at=at)
    if missed.misses < MISSES_BEFORE_DESK:
        return missed
    return replace(missed, screen=Screen.DESK, desk_reason=DeskReason.NO_APPOINTMENT, trail=(), code_digits="")


def appointment_found(state: State, event: AppointmentFound) -> Step:
    """Of our own books the visit goes on under its own id: what is held, printed and sent is its.

    Who was just checked in at the hospital system gets a slip, as everybody who is checked in here.
    """
    if event.visit_id != state.visit_id or not state.looking:
        return state, []
    # A nurse may be called meanwhile: the patient comes back to what was answered.
    asked_on = state.trail[-1] if state.screen is Screen.NURSE and state.trail else state.screen
    if state.screen is Screen.NURSE and asked_on is Screen.CODE:
        return replace(state, looking=False), []
    if asked_on not in (Screen.CODE, Screen.APPOINTMENT):
        return state, []
    found = event.appointment
    shown = replace(
        state,
        visit_id=found.reference if found.ours else state.visit_id,
        appointment=found,
        department=found.department,
        looking=False,
        cancelling=False,
        appointment_problem=None,
        code_digits="",
    )
    effects: list[Effect] = []
    if state.appointment is not None and not has_come(state.appointment) and _can_be_called(state, found):
        effects.append(GiveSlip(state.visit_id, found, state.language, state.tag))
    return (go(shown, Screen.APPOINTMENT) if state.screen is Screen.CODE else shown), effects


def _can_be_called(state: State, appointment: Appointment) -> bool:
    known = appointment.department in state.clinic.knowledge.departments
    return has_come(appointment) and known and bool(appointment.number)


def has_come(appointment: Appointment) -> bool:
    """Whether somebody with an appointment of the hospital system is checked in."""
    return not appointment.ours and appointment.status is AppointmentStatus.ARRIVED


def appointment_missed(state: State, event: AppointmentMissed) -> Step:
    if event.visit_id != state.visit_id:
        return state, []
    if state.screen is Screen.NURSE and state.looking:
        return replace(state, looking=False, appointment_problem=event.problem), []
    if state.screen is Screen.CODE and state.looking:
        return _missed(state, event.problem, event.at), []
    if state.screen is Screen.APPOINTMENT and state.looking:
        return replace(state, looking=False, cancelling=False, appointment_problem=event.problem), []
    if state.screen is Screen.BOOKING and state.appointment is not None:
        back = replace(state, screen=Screen.APPOINTMENT, trail=state.trail[:-1], booking=False, slot=None, offer=None)
        return replace(back, appointment_problem=event.problem), []
    return state, []


def arrival_tapped(state: State, event: ArrivalTapped) -> Step:
    here = state.appointment
    if here is None or here.status is not AppointmentStatus.BOOKED:
        return state, []
    if moment(here, event.wall, state.clinic.check_in or CheckInRules()) is not Moment.NOW:
        return state, []
    return _changed(state, Change.ARRIVED)


def move_tapped(state: State, event: MoveTapped) -> Step:
    if not can_move(state):
        return state, []
    chosen = replace(state, offer=None, slot=None, lost_slot=None, booking=False, appointment_problem=None)
    return go(chosen, Screen.BOOKING), [FindSlots(state.department)]


def cancel_tapped(state: State, event: CancelTapped) -> Step:
    if not can_cancel(state):
        return state, []
    if not state.cancelling:
        return replace(state, cancelling=True, appointment_problem=None), []
    return _changed(state, Change.CANCELLED)


def keep_tapped(state: State, event: KeepTapped) -> Step:
    if state.screen is not Screen.APPOINTMENT or state.appointment is None:
        return state, []
    if state.appointment.status is AppointmentStatus.CANCELLED:
        return _changed(state, Change.RESTORED) if state.appointment.ours else (state, [])
    return replace(state, cancelling=False), []


def can_move(state: State) -> bool:
    """To another time of the same department; what has no time is a number in a queue.

    Not what the hospital's own people booked: they may have a reason for the time, and other things with it.
    """
    here = state.appointment
    return (
        state.screen is Screen.APPOINTMENT
        and not state.looking
        and here is not None
        and here.ours
        and here.status is AppointmentStatus.BOOKED
        and here.start is not None
        and here.department in state.clinic.knowledge.departments
    )


def can_cancel(state: State) -> bool:
    here = state.appointment
    return (
        state.screen is Screen.APPOINTMENT
        and not state.looking
        and here is not None
        and here.status in (AppointmentStatus.BOOKED, AppointmentStatus.ARRIVED)
    )


def _changed(state: State, change: Change) -> Step:
    if state.screen is not Screen.APPOINTMENT or state.looking or state.appointment is None:
        return state, []
    effects: list[Effect] = [ChangeAppointment(state.visit_id, state.appointment, change)]
    return replace(state, looking=True, appointment_problem=None), effects


def back_from(state: State, after: State) -> State:
    """To the code again, which forgets what was found; the question whether to cancel is only taken back."""
    if state.screen is not Screen.APPOINTMENT:
        return after
    if state.cancelling:
        return replace(state, cancelling=False)
    return replace(after, appointment=None, appointment_problem=None, looking=False, department="")
