"""Visits, their numbers and slips."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from kiosk.adapters.store.database import moment, stamp
from kiosk.adapters.store.documents import from_text, to_text
from kiosk.domain.appointments import AppointmentStatus
from kiosk.domain.encounter import Encounter, Slip, VisitDraft
from kiosk.domain.patient import Patient
from kiosk.domain.scanned import visit_code


def next_number(database: Database, department: str, day: str, after: int) -> int:
    row = database.execute(
        "INSERT INTO numbers (department, day, last) VALUES (:department, :day, :after + 1)"
        " ON CONFLICT (department, day) DO UPDATE SET last = max(last, :after) + 1 RETURNING last",
        {"department": department, "day": day, "after": after},
    ).fetchall()
    return int(row[0][0])


def add(database: Database, encounter: Encounter, slip: Slip) -> None:
    draft = encounter.draft
    database.table("encounters").insert(
        {
            "visit_id": encounter.visit_id,
            "number": encounter.number,
            "department": draft.department,
            "day": encounter.arrived_at.date().isoformat(),
            "kiosk": encounter.kiosk,
            "level": int(draft.level),
            "arrived_at": stamp(encounter.arrived_at),
            "arrived_local": encounter.arrived_at.isoformat(),
            "called_at": None,
            "confirmed": int(encounter.confirmed),
            "draft": to_text(draft),
            "code": visit_code(encounter.visit_id),
            "status": AppointmentStatus.ARRIVED if draft.slot is None else AppointmentStatus.BOOKED,
        }
    )
    database.table("slips").insert({"visit_id": encounter.visit_id, "slip": to_text(slip)})


def number(database: Database, visit_id: str) -> str | None:
    row = database.execute("SELECT number FROM encounters WHERE visit_id = ?", (visit_id,)).fetchone()
    return str(row[0]) if row else None


def encounter(database: Database, visit_id: str) -> Encounter | None:
    row = database.execute(
        "SELECT number, kiosk, arrived_local, draft, confirmed FROM encounters WHERE visit_id = ?", (visit_id,)
    ).fetchone()
    if row is None:
        return None
    return Encounter(
        visit_id=visit_id,
        number=row[0],
        kiosk=row[1],
        arrived_at=datetime.fromisoformat(row[2]),
        draft=from_text(VisitDraft, row[3]),
        confirmed=bool(row[4]),
    )


def visits_of(database: Database, patient: Patient, limit: int) -> list[VisitDraft]:
    """As services.ports.EarlierVisits. Few enough visits stay on a machine to look through all of them."""
    if patient.document is not None:
        wanted = {"document.kind": patient.document.kind.value, "document.number": patient.document.number}
    elif patient.phone and patient.birth_date is not None:
        wanted = {"phone": patient.phone, "birth_date": patient.birth_date.isoformat()}
    else:
        return []
    alike = " AND ".join(f"json_extract(draft, '$.patient.{name}') = ?" for name in wanted)
    rows = database.execute(
        f"SELECT draft FROM encounters WHERE {alike} ORDER BY arrived_at DESC LIMIT ?",  # noqa: S608 - names are ours
        (*wanted.values(), limit),
    ).fetchall()
    return [from_text(VisitDraft, row[0]) for row in rows]


def slip(database: Database, visit_id: str) -> Slip | None:
    row = database.execute("SELECT slip FROM slips WHERE visit_id = ?", (visit_id,)).fetchone()
    return from_text(Slip, row[0]) if row else None


def with_code(database: Database, code: str) -> list[str]:
    return [row[0] for row in database.execute("SELECT visit_id FROM encounters WHERE code = ?", (code,)).fetchall()]


def status(database: Database, visit_id: str) -> tuple[AppointmentStatus, int] | None:
    row = database.execute(
        "SELECT status, changes, called_at FROM encounters WHERE visit_id = ?", (visit_id,)
    ).fetchone()
    if row is None:
        return None
    # A number that was called is used up, whatever was changed before.
    over = row[2] is not None and row[0] != AppointmentStatus.CANCELLED
    return AppointmentStatus.FULFILLED if over else AppointmentStatus(row[0]), int(row[1])


def set_status(database: Database, visit_id: str, status: AppointmentStatus) -> None:
    database.execute(
        "UPDATE encounters SET status = ?, changes = changes + 1 WHERE visit_id = ?", (status.value, visit_id)
    )


def move(database: Database, encounter: Encounter, slip: Slip) -> None:
    database.execute(
        "UPDATE encounters SET draft = ?, status = ?, changes = changes + 1, confirmed = ? WHERE visit_id = ?",
        (to_text(encounter.draft), AppointmentStatus.BOOKED.value, int(encounter.confirmed), encounter.visit_id),
    )
    database.execute("UPDATE slips SET slip = ? WHERE visit_id = ?", (to_text(slip), encounter.visit_id))


def confirm(database: Database, visit_id: str) -> None:
    database.execute("UPDATE encounters SET confirmed = 1 WHERE visit_id = ?", (visit_id,))


def call(database: Database, visit_id: str, at: datetime) -> None:
    database.execute(
        "UPDATE encounters SET called_at = ? WHERE visit_id = ? AND called_at IS NULL", (stamp(at), visit_id)
    )


def waiting(database: Database, department: str, day: str) -> int:
    row = database.execute(
        "SELECT count(*) FROM encounters WHERE department = ? AND day = ? AND called_at IS NULL"
        " AND status <> 'cancelled'",
        (department, day),
    ).fetchone()
    return int(row[0])


def waits(database: Database, department: str, since: datetime, limit: int) -> list[float]:
    rows = database.execute(
        "SELECT arrived_at, called_at FROM encounters WHERE department = ? AND called_at > ?"
        " ORDER BY called_at DESC LIMIT ?",
        (department, stamp(since), limit),
    ).fetchall()
    return [(moment(called) - moment(arrived)).total_seconds() / 60 for arrived, called in rows]


def forget_before(database: Database, at: datetime) -> tuple[int, int]:
    """Delete delivered visits from before `at` with all that belongs to them; returns how many went, how many stay."""
    undelivered = "SELECT visit_id FROM outbox WHERE lane = 'his' AND state <> 'sent'"
    old = (stamp(at),)
    gone = database.execute(
        f"DELETE FROM encounters WHERE arrived_at < ? AND visit_id NOT IN ({undelivered})",  # noqa: S608
        old,
    ).rowcount
    kept = database.execute("SELECT count(*) FROM encounters WHERE arrived_at < ?", old).fetchone()[0]
    without_visit = "visit_id NOT IN (SELECT visit_id FROM encounters)"
    database.execute(f"DELETE FROM slot_bookings WHERE {without_visit}")  # noqa: S608
    database.execute(f"DELETE FROM outbox WHERE created_at < ? AND {without_visit} AND state <> 'waiting'", old)  # noqa: S608
    database.execute(f"DELETE FROM alerts WHERE at < ? AND {without_visit}", old)  # noqa: S608
    database.execute("DELETE FROM slot_holds WHERE until < ?", old)
    database.execute("DELETE FROM numbers WHERE day < ?", (at.date().isoformat(),))
    return int(gone), int(kept)
