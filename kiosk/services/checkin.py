"""Check-in: visit, booking, slip and what must be delivered become one transaction, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk import logs
from kiosk.domain.appointments import Appointment
from kiosk.domain.audit import AuditAction, AuditEvent
from kiosk.domain.booking import is_of_his
from kiosk.domain.encounter import NO_NUMBER, Encounter, Given, Slip, VisitDraft
from kiosk.domain.knowledge import Department
from kiosk.domain.language import Language, Words
from kiosk.domain.outbox import Lane, OutboxMessage
from kiosk.domain.scanned import visit_code
from kiosk.domain.visit import CheckedInVisit
from kiosk.services import portable_bitmap
from kiosk.services.ports import Clock, GivenMarks, SlipRenderer, Store, TokenSigner

facts = logs.get(__name__)

SLIP_LIFETIME = timedelta(minutes=3)
"""A slip that did not come out by then would fall before the next patient."""
TOKEN_LIFETIME = timedelta(hours=24)
"""Counted from the appointment, or from check-in without one."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where a department is and how to get there; `way_back` leads from it to the entrance."""

    room: str
    way: Words
    way_back: Words


@dataclass(frozen=True, slots=True)
class Site:
    """This hospital as the slip shows it. A department without a door of its own is sent to the information desk."""

    hospital: Words
    kiosk: str
    departments: Mapping[str, Department]
    doors: Mapping[str, Door]
    information: Door
    series: str = ""
    """What tells this kiosk's numbers from those of others, which count for themselves, online or not."""

    def door(self, department: str) -> Door:
        return self.doors.get(department, self.information)


def slip_key(visit_id: str) -> str:
    """The outbox key of a visit's slip."""
    return f"{visit_id}-slip"


def his_key(visit_id: str) -> str:
    """The outbox key of a visit's message to the hospital system."""
    return f"{visit_id}-his"


def _without_insurance(encounter: Encounter) -> Encounter:
    """The insurer's reference is for the hospital system: it stands in the message to it and nowhere else."""
    patient = replace(encounter.draft.patient, insurance=None)
    return replace(encounter, draft=replace(encounter.draft, patient=patient))


def on_screen(slip: Slip) -> CheckedInVisit:
    """What the screen shows of a slip."""
    return CheckedInVisit(
        number=slip.number,
        room=slip.room,
        starts_at=slip.starts_at,
        wait_minutes=slip.wait_minutes,
        token=slip.token,
        to_be_confirmed=slip.to_be_confirmed,
    )


class CheckIn:
    """`build_his_payload` is None on a machine without a hospital system: its own books are then the truth.

    `wait_minutes` estimates the wait of a department or returns None; `his_up` tells whether the hospital system
    answers now. `render` runs inside the transaction, because the slip shows the number given there. With `marks`,
    no number is given twice after an older copy of the database was put back.
    """

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        site: Site,
        signer: TokenSigner,
        render: SlipRenderer,
        build_his_payload: Callable[[Encounter], bytes] | None,
        his_up: Callable[[], bool],
        wait_minutes: Callable[[str], int | None],
        marks: GivenMarks | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._site = site
        self._signer = signer
        self._render = render
        self._build_his_payload = build_his_payload
        self._his_up = his_up
        self._wait_minutes = wait_minutes
        self._marks = marks

    def check_in(self, draft: VisitDraft, booked: bool | None = None) -> CheckedInVisit:
        """Store the visit and queue its slip and its message; a repeated call changes nothing and answers the same.

        `booked` is what the hospital system said of the time; None when it was not asked. Raises SlotTaken, StoreFull
        or StoreBusy; nothing was written then.
        """
        given = None
        with self._store.transaction():
            slip = self._store.slip(draft.visit_id)
            if slip is None:
                slip, given = self._write(draft, booked)
        if given is not None and self._marks is not None:
            self._marks.keep(given, self._clock.now())
        return on_screen(slip)

    def number_for(self, department: str) -> str:
        """The number of somebody who comes with an appointment of the hospital system.

        Empty for a department that this hospital has not: nobody would call it. Raises StoreFull or StoreBusy.
        """
        if department not in self._site.departments:
            return ""
        now = self._clock.now()
        day = now.date().isoformat()
        with self._store.transaction():
            count = self._next_number(department, f"{department}-{day}", now)
        if self._marks is not None:
            self._marks.keep(Given("", department, day, count, None), now)
        return self._shown_number(department, count)

    def arrived(self, visit_id: str, appointment: Appointment, language: Language, tag: str) -> CheckedInVisit:
        """Queue the slip of an appointment of the hospital system that has a number and a department of ours.

        Its visit is in the hospital's books and not in this machine's, so its slip opens nothing here: it has no digits
        to type. Raises StoreFull or StoreBusy; nothing was written then.
        """
        now, start = self._clock.now(), appointment.start
        door = self._site.door(appointment.department)
        expires_at = (start or now) + TOKEN_LIFETIME
        slip = Slip(
            hospital=self._site.hospital,
            number=appointment.number,
            department=self._site.departments[appointment.department].name,
            practitioner=appointment.practitioner,
            room=appointment.room or door.room,
            starts_at=start,
            wait_minutes=None,
            way=door.way,
            way_back=door.way_back,
            printed_at=now,
            kiosk=self._site.kiosk,
            token=self._signer.sign(appointment.number, appointment.department, visit_id, expires_at),
            emergency=False,
            to_be_confirmed=False,
            language=language,
            tag=tag,
        )
        with self._store.transaction():
            self._store.add_message(self._printer_message(visit_id, slip, now))
        return on_screen(slip)

    def booking_payload(self, draft: VisitDraft) -> bytes | None:
        """What a visit will be delivered as, still without a number, to book its time first; None without a HIS."""
        if self._build_his_payload is None:
            return None
        now = self._clock.now()
        return self._build_his_payload(
            Encounter(draft.visit_id, NO_NUMBER, self._site.kiosk, now, draft, confirmed=False)
        )

    def _write(self, draft: VisitDraft, booked: bool | None) -> tuple[Slip, Given]:
        now = self._clock.now()
        day = now.date().isoformat()
        if draft.slot is not None:
            self._store.book_slot(draft.slot, draft.visit_id)
        self._store.release_holds(draft.visit_id)
        count = self._next_number(draft.department, his_key(draft.visit_id), now)
        encounter = Encounter(
            visit_id=draft.visit_id,
            number=self._shown_number(draft.department, count),
            kiosk=self._site.kiosk,
            arrived_at=now,
            draft=draft,
            confirmed=self._build_his_payload is None,
        )
        slip = self._slip(encounter, booked)
        self._store.add_encounter(_without_insurance(encounter), slip)
        self._store.add_message(self._printer_message(draft.visit_id, slip, now))
        if self._build_his_payload is not None:
            self._store.add_message(self._his_message(draft.visit_id, self._build_his_payload(encounter), now))
        # A time that the hospital system keeps is busy there, whatever is put back here.
        own = None if draft.slot is None or is_of_his(draft.slot.code) else draft.slot
        return slip, Given(draft.visit_id, draft.department, day, count, own)

    def moved(self, encounter: Encounter, change: int) -> tuple[Encounter, Slip]:
        """The stored visit at another time, with its new slip queued as its `change`-th; call it in a transaction."""
        now = self._clock.now()
        encounter = replace(encounter, confirmed=self._build_his_payload is None)
        # A time that the hospital system keeps is ours when it says so, which it does later.
        booked = False if encounter.draft.slot and is_of_his(encounter.draft.slot.code) else None
        slip = replace(self._slip(encounter, booked), printed_at=now)
        key = f"{slip_key(encounter.visit_id)}-{change}"
        self._store.add_message(replace(self._printer_message(encounter.visit_id, slip, now), key=key))
        return encounter, slip

    def _shown_number(self, department: str, count: int) -> str:
        return f"{self._site.departments[department].prefix} {self._site.series}{count:03d}"

    def _next_number(self, department: str, audit_key: str, now: datetime) -> int:
        day = now.date().isoformat()
        count = self._store.next_number(department, day)
        mark = self._marks.last_number(department, day) if self._marks is not None else 0
        if count > mark:
            return count
        skipped = mark - count + 1
        facts.warning("numbers_skipped", count=skipped, kind=department)
        kiosk, lane = self._site.kiosk, Lane.HIS.value
        behind = AuditEvent(now, kiosk, AuditAction.NUMBERS_SKIPPED, audit_key, lane, f"{skipped} behind", 0)
        self._store.add_audit_event(behind)
        return self._store.next_number(department, day, after=mark)

    def _slip(self, encounter: Encounter, booked: bool | None) -> Slip:
        draft, slot = encounter.draft, encounter.draft.slot
        door = self._site.door(draft.department)
        waits = slot is None and not draft.emergency
        expires_at = (slot.end if slot else encounter.arrived_at) + TOKEN_LIFETIME
        return Slip(
            hospital=self._site.hospital,
            number=encounter.number,
            department=self._site.departments[draft.department].name,
            practitioner=slot.practitioner.name if slot else None,
            room=(slot.practitioner.room if slot else "") or door.room,
            starts_at=slot.start if slot else None,
            wait_minutes=self._wait_minutes(draft.department) if waits else None,
            way=door.way,
            way_back=door.way_back,
            printed_at=encounter.arrived_at,
            kiosk=encounter.kiosk,
            token=self._signer.sign(encounter.number, draft.department, draft.visit_id, expires_at),
            emergency=draft.emergency,
            to_be_confirmed=self._build_his_payload is not None and not (self._his_up() if booked is None else booked),
            language=draft.language,
            tag=draft.tag,
            code=visit_code(draft.visit_id),
        )

    def _printer_message(self, visit_id: str, slip: Slip, now: datetime) -> OutboxMessage:
        return OutboxMessage(
            key=slip_key(visit_id),
            lane=Lane.PRINTER,
            visit_id=visit_id,
            payload=portable_bitmap.encode(self._render(slip)),
            created_at=now,
            due_at=now,
            expires_at=now + SLIP_LIFETIME,
        )

    def _his_message(self, visit_id: str, payload: bytes, now: datetime) -> OutboxMessage:
        return OutboxMessage(
            key=his_key(visit_id), lane=Lane.HIS, visit_id=visit_id, payload=payload, created_at=now, due_at=now
        )
