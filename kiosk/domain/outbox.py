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


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """`key` is unique and stable over retries; `expires_at` bounds messages that are wrong when late (a slip)."""

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

    def retried(self, at: datetime, jitter: float, problem: str, no_sooner_s: float | None = None) -> OutboxMessage:
        """Due again after an exponential back-off; `jitter` in 0..1 spreads kiosks apart."""
        delay = min(FIRST_RETRY * 2**self.attempts, LONGEST_RETRY) if self.attempts < 16 else LONGEST_RETRY
        delay *= 0.75 + 0.5 * jitter
        if no_sooner_s is not None:
            delay = max(delay, timedelta(seconds=no_sooner_s))
        return replace(self, attempts=self.attempts + 1, due_at=at + delay, problem=problem)

    def sent(self) -> OutboxMessage:
        return replace(self, attempts=self.attempts + 1, state=DeliveryState.SENT, payload=b"", problem="")

    def dead(self, problem: str) -> OutboxMessage:
        return replace(self, attempts=self.attempts + 1, state=DeliveryState.DEAD, problem=problem)
