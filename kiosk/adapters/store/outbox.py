"""What must still be delivered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from kiosk.adapters.store.database import moment, stamp
from kiosk.domain.outbox import DeliveryState, Lane, OutboxMessage

_COLUMNS = "key, lane, visit_id, payload, created_at, due_at, tried_at, expires_at, attempts, state, problem"


def add(database: Database, message: OutboxMessage) -> None:
    database.execute(
        f"INSERT INTO outbox ({_COLUMNS}) VALUES (:key, :lane, :visit_id, :payload, :created_at, :due_at, :tried_at,"  # noqa: S608
        " :expires_at, :attempts, :state, :problem) ON CONFLICT (key) DO NOTHING",
        _row(message),
    )


def update(database: Database, message: OutboxMessage) -> None:
    """KeyError when there is no such message: somebody deleted what was being delivered."""
    changed = database.execute(
        "UPDATE outbox SET payload = :payload, due_at = :due_at, tried_at = :tried_at, attempts = :attempts,"
        " state = :state, problem = :problem WHERE key = :key",
        _row(message),
    ).rowcount
    if changed != 1:
        raise KeyError(message.key)


def remove(database: Database, key: str) -> None:
    database.execute("DELETE FROM outbox WHERE key = ?", (key,))


def get(database: Database, key: str) -> OutboxMessage | None:
    row = database.execute(f"SELECT {_COLUMNS} FROM outbox WHERE key = ?", (key,)).fetchone()  # noqa: S608
    return _message(row) if row else None


def due(database: Database, lane: Lane, now: datetime, limit: int) -> list[OutboxMessage]:
    """The SQL form of OutboxMessage.is_due."""
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM outbox WHERE lane = :lane AND state = 'waiting'"  # noqa: S608
        " AND (due_at <= :now OR coalesce(tried_at, created_at) > :now)"
        # What was changed about a visit is told after the visit itself.
        " AND NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE earlier.visit_id = outbox.visit_id"
        " AND earlier.lane = outbox.lane AND earlier.state <> 'sent' AND earlier.rowid < outbox.rowid)"
        " ORDER BY due_at, rowid LIMIT :limit",
        {"lane": lane.value, "now": stamp(now), "limit": limit},
    ).fetchall()
    return [_message(row) for row in rows]


def undelivered(database: Database, lane: Lane, limit: int) -> list[OutboxMessage]:
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM outbox WHERE lane = ? AND state <> 'sent' ORDER BY created_at, rowid LIMIT ?",  # noqa: S608
        (lane.value, limit),
    ).fetchall()
    return [_message(row) for row in rows]


def _row(message: OutboxMessage) -> dict[str, Any]:
    return {
        "key": message.key,
        "lane": message.lane.value,
        "visit_id": message.visit_id,
        "payload": message.payload,
        "created_at": stamp(message.created_at),
        "due_at": stamp(message.due_at),
        "tried_at": stamp(message.tried_at) if message.tried_at else None,
        "expires_at": stamp(message.expires_at) if message.expires_at else None,
        "attempts": message.attempts,
        "state": message.state.value,
        "problem": message.problem,
    }


def _message(row: tuple[Any, ...]) -> OutboxMessage:
    key, lane, visit_id, payload, created_at, due_at, tried_at, expires_at, attempts, state, problem = row
    return OutboxMessage(
        key=key,
        lane=Lane(lane),
        visit_id=visit_id,
        payload=payload,
        created_at=moment(created_at),
        due_at=moment(due_at),
        tried_at=moment(tried_at) if tried_at else None,
        expires_at=moment(expires_at) if expires_at else None,
        attempts=attempts,
        state=DeliveryState(state),
        problem=problem,
    )
