"""Visits of this machine that come again: found by slip or number, checked in, moved, cancelled and taken back.

Every change is one transaction of the visit's state, its times, what must be sent and who did it. A cancelled time is
held for the visit until the patient leaves, so that it can be taken back; the hospital system hears of it after that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from kiosk.domain.appointments import (
    Appointment,
    AppointmentError,
    AppointmentProblem,
    AppointmentStatus,
    Change,
    CheckInRules,
    Moment,
    moment,
)
from kiosk.domain.audit import AuditAction, AuditEvent
from kiosk.domain.booking import Slot
from kiosk.domain.encounter import Encounter, Slip
from kiosk.domain.errors import SlotTaken
from kiosk.domain.outbox import DeliveryState, Lane, OutboxMessage
from kiosk.domain.scanned import Code, CodeKind
from kiosk.domain.visit import CheckedInVisit
from kiosk.services.checkin import TOKEN_LIFETIME, CheckIn, on_screen
from kiosk.services.ports import Clock, SlipVerifier, Store

UNDO = timedelta(minutes=2)
"""How long a cancelled time is held, and the message about it kept back; idle patients are gone before."""


def change_key(visit_id: str, change: Change, count: int) -> str:
    """The outbox key of the `count`-th change of a visit."""
    return f"{visit_id}-{change}-{count}"


class LocalAppointments:
    """`build_change` makes the message to the hospital system; None without one. Raises AppointmentError, StoreFull or
    StoreBusy; nothing was changed then.
    """

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        verifier: SlipVerifier,
        check_in: CheckIn,
        rules: CheckInRules,
        kiosk: str,
        build_change: Callable[[Encounter, Change], bytes] | None,
        his_up: Callable[[], bool],
    ) -> None:
        self._store = store
        self._clock = clock
        self._verifier = verifier
        self._check_in = check_in
        self._rules = rules
        self._kiosk = kiosk
        self._build_change = build_change
        self._his_up = his_up

    def find(self, code: Code) -> Appointment:
        """The visit that a slip or its digits belong to."""
        return self._shown(self._visit_of(code))

    def change(self, reference: str, change: Change) -> Appointment:
        """Check in, cancel, or take the cancelling back; what stands so already stays as it is."""
        with self._store.transaction():
            match change:
                case Change.ARRIVED:
                    self._arrive(reference)
                case Change.CANCELLED:
                    self._cancel(reference)
                case Change.RESTORED:
                    self._restore(reference)
                case Change.MOVED:
                    raise ValueError("a move needs its new time: move()")
        return self._shown(reference)

    def move(self, reference: str, slot: Slot) -> CheckedInVisit:
        """Book the new time, let the old one go, print a new slip. The number stays."""
        try:
            with self._store.transaction():
                slip = self._move(reference, slot)
        except SlotTaken as error:
            raise AppointmentError(AppointmentProblem.SLOT_GONE) from error
        return on_screen(slip)

    def _visit_of(self, code: Code) -> str:
        if code.kind is CodeKind.SLIP:
            visit_id = self._verifier.visit_of(code.text, self._clock.now())
            if self._store.encounter_number(visit_id) is None:
                raise AppointmentError(AppointmentProblem.NOT_FOUND)
            return visit_id
        if code.kind is not CodeKind.VISIT:
            # The hospital's own numbers are in its own books; only the desk looks into them so far.
            raise AppointmentError(AppointmentProblem.HIS_DOWN)
        found = self._store.visits_with_code(code.text)
        if len(found) != 1:
            # Two visits with the same digits: neither may be shown to the other's patient.
            raise AppointmentError(AppointmentProblem.NOT_FOUND)
        return found[0]

    def _shown(self, visit_id: str) -> Appointment:
        stored = self._store.slip(visit_id), self._store.visit_status(visit_id), self._store.encounter(visit_id)
        slip, standing, encounter = stored
        if slip is None or standing is None or encounter is None:
            raise AppointmentError(AppointmentProblem.NOT_FOUND)
        last = encounter.draft.slot.end if encounter.draft.slot else encounter.arrived_at
        if last + TOKEN_LIFETIME <= self._clock.now():
            raise AppointmentError(AppointmentProblem.EXPIRED)
        return Appointment(
            reference=visit_id,
            ours=True,
            status=standing[0],
            department=encounter.draft.department,
            department_name=slip.department,
            practitioner=slip.practitioner,
            number=slip.number,
            room=slip.room,
            start=slip.starts_at,
            to_be_confirmed=self._build_change is not None and not self._his_up(),
        )

    def _arrive(self, visit_id: str) -> None:
        here = self._shown(visit_id)
        if here.status is AppointmentStatus.ARRIVED:
            return
        if (
            here.status is not AppointmentStatus.BOOKED
            or moment(here, self._clock.now(), self._rules) is not Moment.NOW
        ):
            raise AppointmentError(AppointmentProblem.NOT_NOW)
        self._store.set_visit_status(visit_id, AppointmentStatus.ARRIVED)
        self._tell(visit_id, Change.ARRIVED)

    def _cancel(self, visit_id: str) -> None:
        status = self._shown(visit_id).status
        if status is AppointmentStatus.CANCELLED:
            return
        if status is AppointmentStatus.FULFILLED:
            raise AppointmentError(AppointmentProblem.NOT_NOW)
        now = self._clock.now()
        slot = self._encounter(visit_id).draft.slot
        self._store.unbook_slots(visit_id)
        if slot is not None:
            self._store.hold_slot(slot, visit_id, now + UNDO, now)
        self._store.set_visit_status(visit_id, AppointmentStatus.CANCELLED)
        self._tell(visit_id, Change.CANCELLED, after=UNDO)

    def _restore(self, visit_id: str) -> None:
        standing = self._store.visit_status(visit_id)
        if standing is None or standing[0] is not AppointmentStatus.CANCELLED:
            return
        key, now = change_key(visit_id, Change.CANCELLED, standing[1]), self._clock.now()
        message = self._store.message(key)
        if message is not None and (message.state is not DeliveryState.WAITING or message.due_at <= now):
            raise AppointmentError(AppointmentProblem.ALREADY_SENT)
        slot = self._encounter(visit_id).draft.slot
        if slot is not None:
            if not self._store.hold_slot(slot, visit_id, now + UNDO, now):
                raise AppointmentError(AppointmentProblem.SLOT_GONE)
            self._store.book_slot(slot, visit_id)
        self._store.remove_message(key)
        checked_in = self._store.audit_events(change_key(visit_id, Change.ARRIVED, standing[1] - 1))
        before = AppointmentStatus.ARRIVED if slot is None or checked_in else AppointmentStatus.BOOKED
        self._store.set_visit_status(visit_id, before)
        self._write_down(Change.RESTORED, key, before)

    def _move(self, visit_id: str, slot: Slot) -> Slip:
        standing, encounter = self._store.visit_status(visit_id), self._encounter(visit_id)
        if standing is None or standing[0] is not AppointmentStatus.BOOKED or encounter.draft.slot is None:
            raise AppointmentError(AppointmentProblem.NOT_NOW)
        self._store.unbook_slots(visit_id)
        self._store.book_slot(slot, visit_id)
        self._store.release_holds(visit_id)
        there = replace(encounter, draft=replace(encounter.draft, slot=slot))
        encounter, slip = self._check_in.moved(there, standing[1] + 1)
        self._store.move_encounter(encounter, slip)
        self._tell(visit_id, Change.MOVED)
        return slip

    def _encounter(self, visit_id: str) -> Encounter:
        encounter = self._store.encounter(visit_id)
        if encounter is None:
            raise AppointmentError(AppointmentProblem.NOT_FOUND)
        return encounter

    def _tell(self, visit_id: str, change: Change, after: timedelta = timedelta(0)) -> None:
        standing, now = self._store.visit_status(visit_id), self._clock.now()
        status, count = standing or (AppointmentStatus.BOOKED, 0)
        key = change_key(visit_id, change, count)
        if self._build_change is not None:
            payload = self._build_change(self._encounter(visit_id), change)
            self._store.add_message(OutboxMessage(key, Lane.HIS, visit_id, payload, now, now + after))
        self._write_down(change, key, status)

    def _write_down(self, change: Change, key: str, status: AppointmentStatus) -> None:
        self._store.add_audit_event(
            AuditEvent(self._clock.now(), self._kiosk, AuditAction(change.value), key, Lane.HIS.value, status.value, 0)
        )
