"""Times that a visit holds for a moment or has booked, and copies of the hospital system's schedules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from kiosk.adapters.store.database import stamp
from kiosk.adapters.store.documents import from_text, to_text
from kiosk.domain.booking import ScheduleCopy
from kiosk.domain.errors import SlotTaken

# A hold made "later" than now was made before the clock was set back, and would last for hours: it counts as over.
_STILL_HELD = "held_at <= :now AND until > :now"


def hold(database: Database, slot: str, visit_id: str, until: datetime, now: datetime) -> bool:
    booked = _booked_by(database, slot)
    if booked is not None:
        return booked == visit_id
    # The named visit keeps its hold, an ended hold passes on.
    database.execute(
        "INSERT INTO slot_holds (slot, visit_id, held_at, until) VALUES (:slot, :visit, :now, :until)"
        " ON CONFLICT (slot) DO UPDATE SET visit_id = :visit, held_at = :now, until = :until"
        " WHERE visit_id = :visit OR NOT (held_at <= :now AND until > :now)",
        {"slot": slot, "visit": visit_id, "now": stamp(now), "until": stamp(until)},
    )
    row = database.execute("SELECT visit_id FROM slot_holds WHERE slot = ?", (slot,)).fetchone()
    return bool(row[0] == visit_id)


def book(database: Database, slot: str, visit_id: str) -> None:
    booked = _booked_by(database, slot)
    if booked is None:
        database.execute("INSERT INTO slot_bookings (slot, visit_id) VALUES (?, ?)", (slot, visit_id))
        database.execute("DELETE FROM slot_holds WHERE slot = ?", (slot,))
    elif booked != visit_id:
        raise SlotTaken(slot)


def release_holds(database: Database, visit_id: str) -> None:
    database.execute("DELETE FROM slot_holds WHERE visit_id = ?", (visit_id,))


def unbook(database: Database, visit_id: str) -> None:
    database.execute("DELETE FROM slot_bookings WHERE visit_id = ?", (visit_id,))


def taken(database: Database, codes: Sequence[str], visit_id: str, now: datetime) -> set[str]:
    rows = database.execute(
        "SELECT slot FROM slot_bookings UNION"  # noqa: S608 - a constant
        f" SELECT slot FROM slot_holds WHERE visit_id <> :visit AND {_STILL_HELD}",
        {"visit": visit_id, "now": stamp(now)},
    ).fetchall()
    return {row[0] for row in rows} & set(codes)


def keep_schedule(database: Database, copy: ScheduleCopy) -> None:
    row = {"department": copy.department, "schedule": to_text(copy)}
    database.table("schedules").upsert(row, pk="department")


def schedule(database: Database, department: str) -> ScheduleCopy | None:
    row = database.execute("SELECT schedule FROM schedules WHERE department = ?", (department,)).fetchone()
    return from_text(ScheduleCopy, row[0]) if row else None


def _booked_by(database: Database, slot: str) -> str | None:
    row = database.execute("SELECT visit_id FROM slot_bookings WHERE slot = ?", (slot,)).fetchone()
    return str(row[0]) if row else None
