"""Messages that must still be delivered: one lane per destination, a key that is ours, at least once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class Lane(StrEnum):
    PRINTER = "printer"
    HIS = "his"


class DeliveryState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


FIRST_RETRY = timedelta(seconds=2)
LONGEST_RETRY = timedelta(minutes=5)
CLOCK_TOLERANCE = timedelta(seconds=5)
"""A clock set back by less than this is being corrected; by more, times written before it mean nothing."""


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """`key` is unique and stable over retries; `expires_at` bounds messages that are wrong when late (a slip).

    `tried_at` is when delivery was last tried, by the same wall clock as the other times.
    """

    key: str
    lane: Lane
    visit_id: str
    payload: bytes
    created_at: datetime
    due_at: datetime
    attempts: int = 0
    state: DeliveryState = DeliveryState.WAITING
    problem: str = ""
    expires_at: datetime | None = None
    tried_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Waiting and its time has come.

        A message last touched later than `now` was written before the clock was set back. Its due time could lie
        hours ahead of the real one, so it counts as due at once: a try too early is harmless, a stuck one is not.
        """
        return self.state is DeliveryState.WAITING and (self.due_at <= now or (self.tried_at or self.created_at) > now)

    def is_expired(self, now: datetime) -> bool:
        """Too late to be delivered, or nobody can tell because the clock was set back since it was written."""
        return self.expires_at is not None and (now >= self.expires_at or self.created_at > now + CLOCK_TOLERANCE)

    def retried(self, at: datetime, jitter: float, problem: str, no_sooner_s: float | None = None) -> OutboxMessage:
        """Due again after an exponential back-off; `jitter` in 0..1 spreads kiosks apart."""
        delay = min(FIRST_RETRY * 2**self.attempts, LONGEST_RETRY) if self.attempts < 16 else LONGEST_RETRY
        delay *= 0.75 + 0.5 * jitter
        if no_sooner_s is not None:
            delay = max(delay, timedelta(seconds=no_sooner_s))
        return replace(self, attempts=self.attempts + 1, due_at=at + delay, tried_at=at, problem=problem)

    def revived(self, at: datetime) -> OutboxMessage:
        """Due again, as if it were new: somebody has mended what it was refused for."""
        return replace(self, attempts=0, state=DeliveryState.WAITING, due_at=at, tried_at=None, problem="")

    def sent(self) -> OutboxMessage:
        return replace(self, attempts=self.attempts + 1, state=DeliveryState.SENT, payload=b"", problem="")

    def dead(self, problem: str) -> OutboxMessage:
        return replace(self, attempts=self.attempts + 1, state=DeliveryState.DEAD, problem=problem)
