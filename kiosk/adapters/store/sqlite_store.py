"""services.ports.Store over the encrypted database."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from kiosk.adapters.store import alerts, audit, encounters, outbox, slots
from kiosk.adapters.store.database import DATABASE_NAME, open_database, translated, write
from kiosk.adapters.store.migrations import migrations
from kiosk.domain.appointments import AppointmentStatus
from kiosk.domain.audit import AuditEvent
from kiosk.domain.booking import ScheduleCopy, Slot
from kiosk.domain.encounter import Encounter, Slip, VisitDraft
from kiosk.domain.outbox import Lane, OutboxMessage
from kiosk.domain.patient import Patient

EARLIER_VISITS = 20
"""Most that are looked at to tell who somebody is."""


def open_store(folder: Path, busy_s: float = 2.0) -> SqliteStore:
    """Open or make the database of this machine. The connection belongs to the calling thread.

    Raises ConfigError (key), StoreBusy or StoreFull. `busy_s` is how long a write waits for another process.
    """
    database = open_database(folder, busy_s)
    store = SqliteStore(database, folder / DATABASE_NAME)
    try:
        store.migrate()
    except BaseException:
        store.close()
        raise
    return store


class SqliteStore:
    def __init__(self, database: Database, path: Path) -> None:
        self._database = database
        self._path = path

    def migrate(self) -> None:
        """Bring the tables up to date; several processes may do so at once."""
        with translated(self._path):
            pending = migrations.pending(self._database)
        if pending:
            # Whoever gets the write lock first does it all; the others then find nothing to do.
            with self.transaction():
                migrations.apply(self._database)

    def close(self) -> None:
        self._database.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        with write(self._database, self._path):
            yield

    def next_number(self, department: str, day: str, after: int = 0) -> int:
        return encounters.next_number(self._writing(), department, day, after)

    def hold_slot(self, slot: Slot, visit_id: str, until: datetime, now: datetime) -> bool:
        return slots.hold(self._writing(), slot.code, visit_id, until, now)

    def book_slot(self, slot: Slot, visit_id: str) -> None:
        slots.book(self._writing(), slot.code, visit_id)

    def unbook_slots(self, visit_id: str) -> None:
        slots.unbook(self._writing(), visit_id)

    def release_holds(self, visit_id: str) -> None:
        slots.release_holds(self._writing(), visit_id)

    def taken_slots(self, codes: Sequence[str], visit_id: str, now: datetime) -> set[str]:
        with translated(self._path):
            return slots.taken(self._database, codes, visit_id, now)

    def keep_schedule(self, copy: ScheduleCopy) -> None:
        slots.keep_schedule(self._writing(), copy)

    def schedule(self, department: str) -> ScheduleCopy | None:
        with translated(self._path):
            return slots.schedule(self._database, department)

    def waiting(self, department: str, day: str) -> int:
        with translated(self._path):
            return encounters.waiting(self._database, department, day)

    def waits(self, department: str, since: datetime, limit: int) -> list[float]:
        with translated(self._path):
            return encounters.waits(self._database, department, since, limit)

    def add_encounter(self, encounter: Encounter, slip: Slip) -> None:
        encounters.add(self._writing(), encounter, slip)

    def encounter_number(self, visit_id: str) -> str | None:
        with translated(self._path):
            return encounters.number(self._database, visit_id)

    def encounter(self, visit_id: str) -> Encounter | None:
        with translated(self._path):
            return encounters.encounter(self._database, visit_id)

    def visits_of(self, patient: Patient) -> list[VisitDraft]:
        """As services.ports.EarlierVisits."""
        with translated(self._path):
            return encounters.visits_of(self._database, patient, EARLIER_VISITS)

    def slip(self, visit_id: str) -> Slip | None:
        with translated(self._path):
            return encounters.slip(self._database, visit_id)

    def visits_with_code(self, code: str) -> list[str]:
        with translated(self._path):
            return encounters.with_code(self._database, code)

    def visit_status(self, visit_id: str) -> tuple[AppointmentStatus, int] | None:
        with translated(self._path):
            return encounters.status(self._database, visit_id)

    def set_visit_status(self, visit_id: str, status: AppointmentStatus) -> None:
        encounters.set_status(self._writing(), visit_id, status)

    def move_encounter(self, encounter: Encounter, slip: Slip) -> None:
        encounters.move(self._writing(), encounter, slip)

    def confirm_encounter(self, visit_id: str) -> None:
        encounters.confirm(self._writing(), visit_id)

    def call_encounter(self, visit_id: str, at: datetime) -> None:
        encounters.call(self._writing(), visit_id, at)

    def add_alert(self, visit_id: str, level: int, rules: Sequence[str], at: datetime) -> None:
        alerts.add(self._writing(), visit_id, level, rules, at)

    def alerted(self, visit_id: str) -> set[str]:
        with translated(self._path):
            return alerts.alerted(self._database, visit_id)

    def add_message(self, message: OutboxMessage) -> None:
        outbox.add(self._writing(), message)

    def update_message(self, message: OutboxMessage) -> None:
        outbox.update(self._writing(), message)

    def remove_message(self, key: str) -> None:
        outbox.remove(self._writing(), key)

    def add_audit_event(self, event: AuditEvent) -> None:
        audit.add(self._writing(), event)

    def audit_events(self, key: str) -> list[AuditEvent]:
        with translated(self._path):
            return audit.of(self._database, key)

    def message(self, key: str) -> OutboxMessage | None:
        with translated(self._path):
            return outbox.get(self._database, key)

    def due_messages(self, lane: Lane, now: datetime, limit: int) -> list[OutboxMessage]:
        with translated(self._path):
            return outbox.due(self._database, lane, now, limit)

    def undelivered_messages(self, lane: Lane, limit: int) -> list[OutboxMessage]:
        with translated(self._path):
            return outbox.undelivered(self._database, lane, limit)

    def forget_before(self, at: datetime) -> tuple[int, int]:
        return encounters.forget_before(self._writing(), at)

    def scrub(self) -> None:
        # The journal still holds the pages as they were before the deletion.
        with translated(self._path):
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _writing(self) -> Database:
        if not self._database.conn.in_transaction:
            raise RuntimeError("a write outside of transaction()")
        return self._database
