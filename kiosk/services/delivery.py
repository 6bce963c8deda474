"""Delivering what lies in the outbox, one lane at a time.

The HIS lane delivers at least once: a message is marked only after the destination took it, and the destination knows
it again by its key. The printer lane prints at most once and never silently: a try is written down before the paper
moves, every failure is told at once and never tried again, because a late slip falls before somebody else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.domain.errors import HisLockedOut, HisRejected, HisUnavailable, PrinterError, PrinterProblem
from kiosk.domain.outbox import DeliveryState, Lane, OutboxMessage
from kiosk.services.ports import Clock, Store

EXPIRED = "expired"
REJECTED = "rejected"
UNAVAILABLE = "unavailable"
LOCKED_OUT = "locked_out"
_LONGEST_REASON = 400


class Outcome(StrEnum):
    DELIVERED = "delivered"
    RETRY = "retry"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of one message; `problem` is "", a PrinterProblem value or one of the words above."""

    key: str
    outcome: Outcome
    problem: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """`paused` tells that the destination does not answer: the messages behind the last attempt were left alone.

    `no_sooner_s` is how long it asked to be left alone, if it said so. `locked_out` tells that it will not answer until
    somebody acts (domain/errors.HisLockedOut).
    """

    attempts: tuple[Attempt, ...] = ()
    paused: bool = False
    no_sooner_s: float | None = None
    locked_out: bool = False


def deliver_due(
    store: Store,
    lane: Lane,
    send: Callable[[OutboxMessage], None],
    clock: Clock,
    random: Callable[[], float],
    limit: int = 20,
) -> DeliveryReport:
    """Deliver up to `limit` messages of a lane whose time has come; `random` gives 0..1.

    `send` raises HisUnavailable, HisRejected or PrinterError. Raises StoreFull or StoreBusy when a result cannot be
    written: on the HIS lane the message is then sent again, on the printer lane it is not.

    A wall clock that jumps does no harm. What was sent or given up is never looked at again whatever the time is. A
    waiting message last touched "later" than now is due at once (OutboxMessage.is_due), so nothing waits for hours
    that will come twice; a slip from "later" than now is as good as expired (OutboxMessage.is_expired).
    """
    attempts: list[Attempt] = []
    for message in store.due_messages(lane, clock.now(), limit):
        try:
            attempts.append(_deliver(store, message, send, clock))
        except HisUnavailable as error:
            problem = LOCKED_OUT if isinstance(error, HisLockedOut) else UNAVAILABLE
            later = message.retried(clock.now(), random(), problem, error.retry_after_s)
            attempts.append(_settle(store, later, Outcome.RETRY))
            return DeliveryReport(
                tuple(attempts),
                paused=True,
                no_sooner_s=error.retry_after_s,
                locked_out=isinstance(error, HisLockedOut),
            )
    return DeliveryReport(tuple(attempts))


def _deliver(store: Store, message: OutboxMessage, send: Callable[[OutboxMessage], None], clock: Clock) -> Attempt:
    if message.is_expired(clock.now()):
        return _give_up(store, message, EXPIRED)
    if message.lane is Lane.PRINTER and not _claimed(store, message, clock):
        # Somebody died while printing it; whether paper came out, nobody knows.
        return _give_up(store, message, PrinterProblem.UNKNOWN)
    try:
        send(message)
    except PrinterError as error:
        return _give_up(store, message, error.kind)
    except HisRejected as error:
        # What an adapter says of a refusal holds statuses, codes and paths, and nothing of the patient.
        return _give_up(store, message, REJECTED, str(error))
    return _settle(store, message.sent(), Outcome.DELIVERED)


def _claimed(store: Store, message: OutboxMessage, clock: Clock) -> bool:
    """Write down that printing begins; False when somebody began before."""
    with store.transaction():
        stored = store.message(message.key)
        if stored is None or stored.attempts > 0 or stored.state is not DeliveryState.WAITING:
            return False
        store.update_message(replace(stored, attempts=1, tried_at=clock.now()))
    return True


def _give_up(store: Store, message: OutboxMessage, problem: str, reason: str = "") -> Attempt:
    """`reason` is kept with the message for the person who looks at it."""
    dead = message.dead(f"{problem}: {reason}"[:_LONGEST_REASON] if reason else str(problem))
    # A slip is drawn anew from the stored visit; what the HIS refused must be seen by a person.
    settled = _settle(store, replace(dead, payload=b"") if message.lane is Lane.PRINTER else dead, Outcome.DEAD)
    return replace(settled, problem=str(problem))


def _settle(store: Store, message: OutboxMessage, outcome: Outcome) -> Attempt:
    """Write the result down, unless another process did so meanwhile."""
    with store.transaction():
        stored = store.message(message.key)
        if stored is None or stored.state is not DeliveryState.WAITING:
            return Attempt(message.key, outcome, message.problem)
        store.update_message(message)
        if message.lane is Lane.HIS and outcome is Outcome.DELIVERED:
            store.confirm_encounter(message.visit_id)
    return Attempt(message.key, outcome, message.problem)
