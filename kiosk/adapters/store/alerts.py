"""Red-flag alarms for the desk: one row per visit and rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from kiosk.adapters.store.database import stamp


def add(database: Database, visit_id: str, level: int, rules: Sequence[str], at: datetime) -> None:
    for rule in rules:
        database.execute(
            "INSERT INTO alerts (visit_id, rule, level, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (visit_id, rule, level, stamp(at)),
        )


def alerted(database: Database, visit_id: str) -> set[str]:
    rows = database.execute("SELECT rule FROM alerts WHERE visit_id = ?", (visit_id,)).fetchall()
    return {row[0] for row in rows}
