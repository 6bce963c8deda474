"""Working stand-ins for the ports; the contract suites hold them to the same promises as the real adapters."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from kiosk.domain.appointments import AppointmentStatus
from kiosk.domain.audit import AuditEvent
from kiosk.domain.booking import ScheduleCopy, Slot
from kiosk.domain.encounter import Encounter, Slip, VisitDraft
from kiosk.domain.errors import HisRejected, HisUnavailable, KioskError, SlotTaken, StoreBusy, StoreFull
from kiosk.domain.outbox import DeliveryState, Lane, OutboxMessage
from kiosk.domain.patient import Patient
from kiosk.domain.scanned import visit_code
from kiosk.services.ports import Raster, Receipt

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class FakeClock:
    """A wall clock that stands still until it is set."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, **span: float) -> None:
        """`advance(minutes=-5)` sets the clock back."""
        self.at += timedelta(**span)


@dataclass
class _Tables:
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    holds: dict[str, tuple[str, datetime, datetime]] = field(default_factory=dict)
    bookings: dict[str, str] = field(default_factory=dict)
    schedules: dict[str, ScheduleCopy] = field(default_factory=dict)
    encounters: dict[str, Encounter] = field(default_factory=dict)
    slips: dict[str, Slip] = field(default_factory=dict)
    called: dict[str, datetime] = field(default_factory=dict)
    alerts: dict[tuple[str, str], tuple[int, datetime]] = field(default_factory=dict)
    outbox: dict[str, OutboxMessage] = field(default_factory=dict)
    audit_events: list[AuditEvent] = field(default_factory=list)
    statuses: dict[str, tuple[AppointmentStatus, int]] = field(default_factory=dict)


class FakeStore:
    """Set `full` or `busy` to make transactions fail as a full disk or another writer does."""

    def __init__(self) -> None:
        self.tables = _Tables()
        self.full = False
        self.busy = False
        self._writing = False

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        if self._writing:
            raise RuntimeError("a transaction is already open")
        if self.busy:
            raise StoreBusy("fake")
        before = _copied(self.tables)
        self._writing = True
        try:
            yield
            if self.full:
                raise StoreFull("fake")
        except BaseException:
            self.tables = before
            raise
        finally:
            self._writing = False

    def next_number(self, department: str, day: str, after: int = 0) -> int:
        numbers = self._write().numbers
        numbers[department, day] = max(numbers.get((department, day), 0), after) + 1
        return numbers[department, day]

    def hold_slot(self, slot: Slot, visit_id: str, until: datetime, now: datetime) -> bool:
        tables = self._write()
        if slot.code in tables.bookings:
            return tables.bookings[slot.code] == visit_id
        if self._held_by_other(slot.code, visit_id, now):
            return False
        tables.holds[slot.code] = (visit_id, now, until)
        return True

    def book_slot(self, slot: Slot, visit_id: str) -> None:
        tables = self._write()
        if tables.bookings.get(slot.code, visit_id) != visit_id:
            raise SlotTaken(slot.code)
        tables.bookings[slot.code] = visit_id
        tables.holds.pop(slot.code, None)

    def unbook_slots(self, visit_id: str) -> None:
        tables = self._write()
        tables.bookings = {code: visit for code, visit in tables.bookings.items() if visit != visit_id}

    def release_holds(self, visit_id: str) -> None:
        tables = self._write()
        tables.holds = {code: hold for code, hold in tables.holds.items() if hold[0] != visit_id}

    def taken_slots(self, codes: Sequence[str], visit_id: str, now: datetime) -> set[str]:
        return {code for code in codes if code in self.tables.bookings or self._held_by_other(code, visit_id, now)}

    def _held_by_other(self, code: str, visit_id: str, now: datetime) -> bool:
        holder, held_at, until = self.tables.holds.get(code, (visit_id, now, now))
        return holder != visit_id and held_at <= now < until

    def keep_schedule(self, copy: ScheduleCopy) -> None:
        self._write().schedules[copy.department] = copy

    def schedule(self, department: str) -> ScheduleCopy | None:
        return self.tables.schedules.get(department)

    def waiting(self, department: str, day: str) -> int:
        return sum(
            encounter.draft.department == department
            and encounter.arrived_at.date().isoformat() == day
            and visit_id not in self.tables.called
            and self.tables.statuses[visit_id][0] is not AppointmentStatus.CANCELLED
            for visit_id, encounter in self.tables.encounters.items()
        )

    def waits(self, department: str, since: datetime, limit: int) -> list[float]:
        calls = sorted(((at, visit_id) for visit_id, at in self.tables.called.items() if at > since), reverse=True)
        encounters = [(at, self.tables.encounters[visit_id]) for at, visit_id in calls]
        return [
            (at - encounter.arrived_at).total_seconds() / 60
            for at, encounter in encounters
            if encounter.draft.department == department
        ][:limit]

    def add_encounter(self, encounter: Encounter, slip: Slip) -> None:
        tables = self._write()
        if encounter.visit_id in tables.encounters:
            raise ValueError("a visit is added once")
        tables.encounters[encounter.visit_id] = encounter
        tables.slips[encounter.visit_id] = slip
        status = AppointmentStatus.ARRIVED if encounter.draft.slot is None else AppointmentStatus.BOOKED
        tables.statuses[encounter.visit_id] = (status, 0)

    def visits_with_code(self, code: str) -> list[str]:
        return [visit_id for visit_id in self.tables.encounters if visit_code(visit_id) == code]

    def visit_status(self, visit_id: str) -> tuple[AppointmentStatus, int] | None:
        found = self.tables.statuses.get(visit_id)
        if found is None or visit_id not in self.tables.called or found[0] is AppointmentStatus.CANCELLED:
            return found
        return AppointmentStatus.FULFILLED, found[1]

    def set_visit_status(self, visit_id: str, status: AppointmentStatus) -> None:
        tables = self._write()
        tables.statuses[visit_id] = (status, tables.statuses[visit_id][1] + 1)

    def move_encounter(self, encounter: Encounter, slip: Slip) -> None:
        tables = self._write()
        tables.encounters[encounter.visit_id] = encounter
        tables.slips[encounter.visit_id] = slip
        tables.statuses[encounter.visit_id] = (
            AppointmentStatus.BOOKED,
            tables.statuses[encounter.visit_id][1] + 1,
        )

    def visits_of(self, patient: Patient) -> list[VisitDraft]:
        def is_theirs(other: Patient) -> bool:
            if patient.document is not None:
                return other.document == patient.document
            known = bool(patient.phone) and patient.birth_date is not None
            return known and (other.phone, other.birth_date) == (patient.phone, patient.birth_date)

        found = [one for one in self.tables.encounters.values() if is_theirs(one.draft.patient)]
        return [one.draft for one in sorted(found, key=lambda one: one.arrived_at, reverse=True)][:20]

    def encounter_number(self, visit_id: str) -> str | None:
        encounter = self.tables.encounters.get(visit_id)
        return encounter.number if encounter else None

    def encounter(self, visit_id: str) -> Encounter | None:
        return self.tables.encounters.get(visit_id)

    def slip(self, visit_id: str) -> Slip | None:
        return self.tables.slips.get(visit_id)

    def confirm_encounter(self, visit_id: str) -> None:
        encounters = self._write().encounters
        if visit_id in encounters:
            encounters[visit_id] = replace(encounters[visit_id], confirmed=True)

    def call_encounter(self, visit_id: str, at: datetime) -> None:
        tables = self._write()
        if visit_id in tables.encounters:
            tables.called.setdefault(visit_id, at)

    def add_alert(self, visit_id: str, level: int, rules: Sequence[str], at: datetime) -> None:
        alerts = self._write().alerts
        for rule in rules:
            alerts.setdefault((visit_id, rule), (level, at))

    def alerted(self, visit_id: str) -> set[str]:
        return {rule for visit, rule in self.tables.alerts if visit == visit_id}

    def add_message(self, message: OutboxMessage) -> None:
        self._write().outbox.setdefault(message.key, message)

    def update_message(self, message: OutboxMessage) -> None:
        outbox = self._write().outbox
        if message.key not in outbox:
            raise KeyError(message.key)
        outbox[message.key] = message

    def remove_message(self, key: str) -> None:
        self._write().outbox.pop(key, None)

    def add_audit_event(self, event: AuditEvent) -> None:
        self._write().audit_events.append(event)

    def audit_events(self, key: str) -> list[AuditEvent]:
        return [event for event in self.tables.audit_events if event.key == key]

    def message(self, key: str) -> OutboxMessage | None:
        return self.tables.outbox.get(key)

    def due_messages(self, lane: Lane, now: datetime, limit: int) -> list[OutboxMessage]:
        unsent = [m for m in self.tables.outbox.values() if m.lane is lane and m.state is not DeliveryState.SENT]
        first = {message.visit_id: message for message in reversed(unsent)}
        due = [message for message in unsent if message.is_due(now) and first[message.visit_id] is message]
        return sorted(due, key=lambda message: message.due_at)[:limit]

    def undelivered_messages(self, lane: Lane, limit: int) -> list[OutboxMessage]:
        left = [m for m in self.tables.outbox.values() if m.lane is lane and m.state is not DeliveryState.SENT]
        return sorted(left, key=lambda message: message.created_at)[:limit]

    def forget_before(self, at: datetime) -> tuple[int, int]:
        tables = self._write()
        undelivered = {
            message.visit_id
            for message in tables.outbox.values()
            if message.lane is Lane.HIS and message.state is not DeliveryState.SENT
        }
        old = {visit_id for visit_id, encounter in tables.encounters.items() if encounter.arrived_at < at}
        for visit_id in old - undelivered:
            del tables.encounters[visit_id], tables.slips[visit_id], tables.statuses[visit_id]
            tables.called.pop(visit_id, None)
        known = tables.encounters
        tables.bookings = {code: visit for code, visit in tables.bookings.items() if visit in known}
        tables.alerts = {key: alert for key, alert in tables.alerts.items() if key[0] in known or alert[1] >= at}
        tables.outbox = {
            key: message
            for key, message in tables.outbox.items()
            if message.visit_id in known or message.created_at >= at or message.state is DeliveryState.WAITING
        }
        tables.holds = {code: hold for code, hold in tables.holds.items() if hold[2] >= at}
        tables.numbers = {key: last for key, last in tables.numbers.items() if key[1] >= at.date().isoformat()}
        return len(old - undelivered), len(old & undelivered)

    def scrub(self) -> None:
        if self._writing:
            raise RuntimeError("scrub() inside a transaction")

    def close(self) -> None:
        pass

    def _write(self) -> _Tables:
        if not self._writing:
            raise RuntimeError("a write outside of transaction()")
        return self.tables


def _copied(tables: _Tables) -> _Tables:
    return _Tables(**{name: copy.copy(rows) for name, rows in vars(tables).items()})


class FakePrinter:
    """`problem` is raised by the next calls; `printed` holds key and picture of what came out."""

    def __init__(self) -> None:
        self.printed: list[tuple[str, Raster]] = []
        self.problem: KioskError | None = None

    def check(self) -> None:
        if self.problem is not None:
            raise self.problem

    def print_slip(self, key: str, raster: Raster) -> None:
        self.check()
        self.printed.append((key, raster))


class FakeHis:
    """Knows every message again by its key, as a hospital system must; `received` counts what came over the wire.

    It breaks down over what is in `indigestible`.
    """

    def __init__(self) -> None:
        self.visits: dict[str, bytes] = {}
        self.received: list[str] = []
        self.problem: KioskError | None = None
        self.loses_answer = False
        self.indigestible: set[str] = set()

    def check(self) -> None:
        if self.problem is not None:
            raise self.problem

    def deliver(self, key: str, payload: bytes) -> None:
        self.check()
        if key in self.indigestible:
            raise HisUnavailable("500")
        self.received.append(key)
        self.visits.setdefault(key, payload)
        if self.loses_answer:
            raise HisUnavailable("the answer got lost")


class FakeConfirmingHis(FakeHis):
    """Looks again for what it sent: what is in `forgotten` is not there, what is in `doubled` is there twice.

    `asked` counts what each question was about; `unanswered` is raised by the next ones.
    """

    def __init__(self) -> None:
        super().__init__()
        self.forgotten: set[str] = set()
        self.doubled: set[str] = set()
        self.asked: list[int] = []
        self.unanswered: HisUnavailable | None = None

    def deliver(self, key: str, payload: bytes) -> None:
        for problem in self.confirm([self.send(key, payload)]):
            if problem is not None:
                raise problem

    def send(self, key: str, payload: bytes) -> Receipt:
        super().deliver(key, payload)
        return (key,)

    def confirm(self, receipts: Sequence[Receipt]) -> list[HisUnavailable | HisRejected | None]:
        self.asked.append(len(receipts))
        said: list[HisUnavailable | HisRejected | None] = []
        for (key,) in receipts:
            if self.unanswered is not None or key in self.forgotten:
                return [*said, self.unanswered or HisUnavailable("not found")]
            said.append(HisRejected("more than once") if key in self.doubled else None)
        return said


class FakeSchedules:
    """Gives the same slots for every department, or raises `problem`."""

    def __init__(self, slots: Sequence[Slot] = ()) -> None:
        self.given = list(slots)
        self.problem: KioskError | None = None

    def slots(self, department: str, now: datetime) -> Sequence[Slot]:
        if self.problem is not None:
            raise self.problem
        return [slot for slot in self.given if slot.practitioner.department == department]
