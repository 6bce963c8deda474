"""Delivering what lies in the outbox, one lane at a time.

The HIS lane delivers at least once: a message is marked only after the destination took it, and the destination knows
it again by its key. Where the destination is asked again for what it took, one question and one write settle all that
was sent in a turn; a crash before them means that all of it is sent again. The printer lane prints at most once and
never silently: a try is written down before the paper moves, every failure is told at once and never tried again,
because a late slip falls before somebody else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.domain.errors import HisLockedOut, HisRejected, HisUnavailable, PrinterError, PrinterProblem
from kiosk.domain.outbox import DeliveryState, Lane, OutboxMessage
from kiosk.services.ports import Clock, Receipt, Store

Send = Callable[[OutboxMessage], Receipt | None]
"""Raises HisUnavailable, HisRejected or PrinterError. With a receipt the message still has to be confirmed."""
Confirm = Callable[[Sequence[Receipt]], Sequence[HisUnavailable | HisRejected | None]]
"""As services.ports.ConfirmingHis has it."""

EXPIRED = "expired"
REJECTED = "rejected"
UNAVAILABLE = "unavailable"
LOCKED_OUT = "locked_out"
_LONGEST_REASON = 400


def believed(receipts: Sequence[Receipt]) -> list[HisUnavailable | HisRejected | None]:
    """A Confirm that asks nobody."""
    return [None] * len(receipts)


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
    """`paused` tells that the destination does not answer: the messages behind the one that failed were left alone.

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
    send: Send,
    clock: Clock,
    random: Callable[[], float],
    limit: int = 20,
    confirm: Confirm = believed,
) -> DeliveryReport:
    """Deliver up to `limit` messages of a lane whose time has come; `random` gives 0..1.

    Raises StoreFull or StoreBusy when a result cannot be written: on the HIS lane the message is then sent again, on
    the printer lane it is not.

    A wall clock that jumps does no harm. What was sent or given up is never looked at again whatever the time is. A
    waiting message last touched "later" than now is due at once (OutboxMessage.is_due), so nothing waits for hours
    that will come twice; a slip from "later" than now is as good as expired (OutboxMessage.is_expired).
    """
    attempts: list[Attempt] = []
    sent: list[tuple[OutboxMessage, Receipt]] = []
    troubles: list[tuple[OutboxMessage, HisUnavailable]] = []
    for message in store.due_messages(lane, clock.now(), limit):
        try:
            done = _deliver(store, message, send, clock)
        except HisUnavailable as error:
            troubles.append((message, error))
            break
        if isinstance(done, Attempt):
            attempts.append(done)
        else:
            sent.append((message, done))
    if sent:
        confirmed, unknown = _confirmed(store, sent, confirm)
        attempts += confirmed
        troubles[:0] = unknown
    for message, trouble in troubles:
        later = message.retried(clock.now(), random(), _problem(trouble), trouble.retry_after_s)
        attempts += _settle(store, [later], Outcome.RETRY)
    pauses = [trouble.retry_after_s for _, trouble in troubles if trouble.retry_after_s is not None]
    locked_out = any(isinstance(trouble, HisLockedOut) for _, trouble in troubles)
    return DeliveryReport(tuple(attempts), bool(troubles), max(pauses, default=None), locked_out)


def _problem(error: HisUnavailable) -> str:
    return LOCKED_OUT if isinstance(error, HisLockedOut) else UNAVAILABLE


def _confirmed(
    store: Store, sent: Sequence[tuple[OutboxMessage, Receipt]], confirm: Confirm
) -> tuple[list[Attempt], list[tuple[OutboxMessage, HisUnavailable]]]:
    """What became of the messages that were sent, and those of which nobody knows."""
    attempts: list[Attempt] = []
    taken: list[OutboxMessage] = []
    unknown: list[tuple[OutboxMessage, HisUnavailable]] = []
    for (message, _), problem in zip(sent, confirm([receipt for _, receipt in sent]), strict=False):
        if problem is None:
            taken.append(message.sent())
        elif isinstance(problem, HisRejected):
            attempts.append(_give_up(store, message, REJECTED, str(problem)))
        else:
            unknown.append((message, problem))
    return attempts + _settle(store, taken, Outcome.DELIVERED), unknown


def _deliver(store: Store, message: OutboxMessage, send: Send, clock: Clock) -> Attempt | Receipt:
    if message.is_expired(clock.now()):
        return _give_up(store, message, EXPIRED)
    if message.lane is Lane.PRINTER and not _claimed(store, message, clock):
        # Somebody died while printing it; whether paper came out, nobody knows.
        return _give_up(store, message, PrinterProblem.UNKNOWN)
    try:
        receipt = send(message)
    except PrinterError as error:
        return _give_up(store, message, error.kind)
    except HisRejected as error:
        # What an adapter says of a refusal holds statuses, codes and paths, and nothing of the patient.
        return _give_up(store, message, REJECTED, str(error))
    if receipt is not None:
        return receipt
    (delivered,) = _settle(store, [message.sent()], Outcome.DELIVERED)
    return delivered


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
    (settled,) = _settle(store, [replace(dead, payload=b"") if message.lane is Lane.PRINTER else dead], Outcome.DEAD)
    return replace(settled, problem=str(problem))


def _settle(store: Store, messages: Sequence[OutboxMessage], outcome: Outcome) -> list[Attempt]:
    """Write the same result of all these down at once, unless another process did so meanwhile."""
    if not messages:
        return []
    with store.transaction():
        for message in messages:
            stored = store.message(message.key)
            if stored is None or stored.state is not DeliveryState.WAITING:
                continue
            store.update_message(message)
            if message.lane is Lane.HIS and outcome is Outcome.DELIVERED:
                store.confirm_encounter(message.visit_id)
    return [Attempt(message.key, outcome, message.problem) for message in messages]
