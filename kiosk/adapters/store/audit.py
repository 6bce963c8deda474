"""What was done to visits by hand."""

from __future__ import annotations

from sqlite_utils import Database

from kiosk.adapters.store.database import moment, stamp
from kiosk.domain.audit import AuditAction, AuditEvent

_COLUMNS = "recorded, agent, action, key, lane, state, attempts"


def add(database: Database, event: AuditEvent) -> None:
    database.execute(
        f"INSERT INTO audit_events ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (
            stamp(event.recorded),
            event.agent,
            event.action.value,
            event.key,
            event.lane,
            event.state,
            event.attempts,
        ),
    )


def of(database: Database, key: str) -> list[AuditEvent]:
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM audit_events WHERE key = ? ORDER BY recorded, rowid",  # noqa: S608
        (key,),
    ).fetchall()
    return [AuditEvent(moment(row[0]), row[1], AuditAction(row[2]), *row[3:]) for row in rows]
