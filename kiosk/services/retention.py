"""Forgetting old visits, so that this machine holds no more than it needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kiosk.services.ports import Clock, Store


@dataclass(frozen=True, slots=True)
class RetentionReport:
    """`kept` visits are older than allowed but the hospital system does not have them yet: a person must look."""

    deleted: int
    kept: int


def forget_old_visits(store: Store, clock: Clock, days: int) -> RetentionReport:
    """Delete delivered visits older than `days` from the tables and from the files' free space."""
    with store.transaction():
        deleted, kept = store.forget_before(clock.now() - timedelta(days=days))
    store.scrub()
    return RetentionReport(deleted, kept)
