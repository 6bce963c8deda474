"""One lane of the outbox in a thread of its own: a hospital system that hangs never keeps a slip waiting."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from kiosk import logs
from kiosk.domain.errors import (
    HisLockedOut,
    HisRejected,
    HisUnavailable,
    PrinterError,
    PrinterProblem,
    StoreBusy,
    StoreFull,
)
from kiosk.domain.outbox import Lane
from kiosk.services.delivery import EXPIRED, Attempt, Confirm, DeliveryReport, Outcome, Send, believed, deliver_due
from kiosk.services.ports import Clock, Store
from kiosk.wire.worker_messages import Delivered, DeliveryFailed, LaneState, Message

facts = logs.get(__name__)

IDLE_S = 2.0
"""How often a lane looks for due messages that nobody woke it for: retries."""
FIRST_PAUSE_S = 2.0
LONGEST_PAUSE_S = 30.0
"""A destination that does not answer is asked at most this rarely, whatever the number of waiting messages."""
LONGEST_BATCH_S = 1.0
"""What is sent and not yet written down is sent again after a crash, so it may not become much."""
FIRST_LOCKED_OUT_S = 30.0
LONGEST_LOCKED_OUT_S = 900.0
"""One that lets nobody in is asked more rarely still: it may count the tries and lock the account."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a lane leads. `check` raises like `send` and runs every `check_s` seconds while there is nothing to do.

    At most `batch` messages are delivered before their results are told; `confirm` as in deliver_due().
    """

    lane: Lane
    send: Send
    check: Callable[[], None]
    check_s: float
    batch: int
    confirm: Confirm = believed


class LaneThread(threading.Thread):
    """Delivers until stopped. `open_store` is called in the thread, because a connection belongs to one.

    `tell` gets Delivered, DeliveryFailed and LaneState; `crashed` is called after an error that nobody foresaw.
    """

    def __init__(
        self,
        destination: Destination,
        open_store: Callable[[], AbstractContextManager[Store]],
        tell: Callable[[Message], None],
        clock: Clock,
        crashed: Callable[[], None],
        idle_s: float = IDLE_S,
    ) -> None:
        super().__init__(name=destination.lane.value, daemon=True)
        self._destination = destination
        self._open_store = open_store
        self._tell = tell
        self._clock = clock
        self._crashed = crashed
        self._idle_s = idle_s
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._failures = 0
        self._state: LaneState | None = None
        self._checked_at = float("-inf")
        self._batch = 1

    def wake(self) -> None:
        """There is something new; ignored while the destination is being left alone."""
        self._woken.set()

    def stop(self) -> None:
        """End after the message in hand."""
        self._stopping.set()
        self._woken.set()

    def run(self) -> None:
        try:
            with self._open_store() as store:
                while not self._stopping.is_set():
                    self._rest(self._turn(store))
        except Exception as error:
            # The message of an error may quote what it failed on.
            facts.error("lane_bug", lane=self.name, kind=type(error).__name__, where=logs.where(error.__traceback__))
            self._crashed()

    def _rest(self, pause_s: float) -> None:
        if pause_s > 0:
            self._stopping.wait(pause_s)
        else:
            self._woken.wait(self._idle_s)
            self._woken.clear()

    def _turn(self, store: Store) -> float:
        """Deliver what is due and return the seconds to leave the destination alone."""
        where, batch, began = self._destination, self._batch, time.monotonic()
        try:
            report = deliver_due(store, where.lane, where.send, self._clock, random.random, batch, where.confirm)
        except (StoreBusy, StoreFull) as error:
            facts.warning("outbox_not_written", lane=where.lane, kind=type(error).__name__)
            return self._longer_pause(locked_out=False)
        self._batch = self._next_batch(report, time.monotonic() - began)
        for attempt in report.attempts:
            self._tell_attempt(attempt)
        if report.paused:
            self._changed(up=False, locked_out=report.locked_out)
            return max(self._longer_pause(locked_out=report.locked_out), report.no_sooner_s or 0.0)
        if report.attempts or not (self._state and self._state.locked_out):
            self._failures = 0
        if len(report.attempts) == batch:
            # There may be more; what a check would tell, the next delivery tells too.
            self._woken.set()
        elif time.monotonic() - self._checked_at >= where.check_s:
            return self._check()
        return 0.0

    def _next_batch(self, report: DeliveryReport, seconds: float) -> int:
        """More at once while all goes well and fast; after trouble one, so that what gets through is not sent again."""
        if report.paused:
            return 1
        if seconds > LONGEST_BATCH_S:
            return max(1, self._batch // 2)
        return min(2 * self._batch, self._destination.batch) if len(report.attempts) == self._batch else self._batch

    def _longer_pause(self, *, locked_out: bool) -> float:
        first, longest = (FIRST_LOCKED_OUT_S, LONGEST_LOCKED_OUT_S) if locked_out else (FIRST_PAUSE_S, LONGEST_PAUSE_S)
        pause = min(first * 2.0**self._failures, longest)
        self._failures = min(self._failures + 1, 10)
        return pause * (0.75 + 0.5 * random.random())  # noqa: S311 - spreads kiosks, no secret

    def _tell_attempt(self, attempt: Attempt) -> None:
        lane = self._destination.lane
        facts.info(f"delivery_{attempt.outcome}", lane=lane, key=attempt.key, kind=attempt.problem or "none")
        if attempt.outcome is Outcome.DELIVERED:
            self._changed(up=True)
            self._tell(Delivered(lane, attempt.key))
        elif attempt.outcome is Outcome.DEAD:
            self._checked_at = float("-inf")
            # The screen knows printer problems only; that a slip came too late is none it could explain.
            late_slip = lane is Lane.PRINTER and attempt.problem == EXPIRED
            self._tell(DeliveryFailed(lane, attempt.key, PrinterProblem.UNKNOWN if late_slip else attempt.problem))

    def _check(self) -> float:
        """Look whether the destination is there; returns the seconds to leave it alone."""
        self._checked_at = time.monotonic()
        try:
            self._destination.check()
        except HisLockedOut:
            self._changed(up=False, locked_out=True)
            return self._longer_pause(locked_out=True)
        except (HisUnavailable, HisRejected, PrinterError):
            self._changed(up=False)
        else:
            self._failures = 0
            self._changed(up=True)
        return 0.0

    def _changed(self, *, up: bool, locked_out: bool = False) -> None:
        state = LaneState(self._destination.lane, up, locked_out)
        if state != self._state:
            # Another trouble is no continuation of the one before.
            self._failures = 0
            self._state = state
            facts.info("lane_state", lane=state.lane, state="up" if up else "locked_out" if locked_out else "down")
            self._tell(state)
