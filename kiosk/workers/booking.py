"""The hospital system's schedules, bookings and appointments, in a thread of their own: no slip and no visit waits.

What a patient waits for comes first: a booking or an appointment, then the times of the department on the screen, then
the round of all departments that keeps the copies in the store young for the hour in which the hospital system does
not answer.
"""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from kiosk import logs
from kiosk.domain.appointments import AppointmentError, AppointmentProblem
from kiosk.domain.booking import BookingOutcome, ScheduleCopy
from kiosk.domain.errors import HisRejected, HisUnavailable, SlotTaken, StoreBusy, StoreFull
from kiosk.services.checkin import his_key
from kiosk.services.his_appointments import HospitalAppointments
from kiosk.services.ports import Bookings, Clock, Schedules, Store
from kiosk.wire.delivery_messages import ChangeHisAppointment, FindHisAppointment, HisAppointment
from kiosk.wire.worker_messages import BookSlot, Message, ReadSchedule, ScheduleRead, SlotAnswered

facts = logs.get(__name__)

_PATIENT, _ON_SCREEN, _ROUND, _END = 0, 1, 2, -1

Question = ReadSchedule | BookSlot | FindHisAppointment | ChangeHisAppointment
"""What the window asks."""


@dataclass(frozen=True, slots=True)
class BookingDesk:
    """Where to read and book. All `departments` are read every `round_s` seconds; `clock` has the hospital's zone.

    `close` gives connections back. Who asks for one of the `appointments`, where there are any, waits `patience_s`
    seconds for the answer.
    """

    schedules: Schedules
    bookings: Bookings
    departments: Sequence[str]
    clock: Clock
    round_s: float
    close: Callable[[], None]
    appointments: HospitalAppointments | None = None
    patience_s: float = 4.0


class BookingThread(threading.Thread):
    """Works until stopped. `open_store` is called in the thread; `tell` gets the answers to what was asked.

    `crashed` is called after an error that nobody foresaw.
    """

    def __init__(
        self,
        desk: BookingDesk,
        open_store: Callable[[], AbstractContextManager[Store]],
        tell: Callable[[Message], None],
        crashed: Callable[[], None],
    ) -> None:
        super().__init__(name="booking", daemon=True)
        self._desk = desk
        self._open_store = open_store
        self._tell = tell
        self._crashed = crashed
        self._wishes: queue.PriorityQueue[tuple[int, int, float, Message | None]] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._up: bool | None = None

    def ask(self, message: Question) -> None:
        self._put(_ON_SCREEN if isinstance(message, ReadSchedule) else _PATIENT, message)

    def stop(self) -> None:
        """End after the wish in hand."""
        self._put(_END, None)

    def run(self) -> None:
        try:
            with self._open_store() as store:
                self._work(store)
        except Exception as error:
            facts.error("booking_bug", kind=type(error).__name__, where=logs.where(error.__traceback__))
            self._crashed()
        finally:
            self._desk.close()

    def _put(self, priority: int, message: Message | None) -> None:
        self._wishes.put((priority, next(self._numbers), time.monotonic(), message))

    def _work(self, store: Store) -> None:
        next_round = time.monotonic()
        while True:
            if time.monotonic() >= next_round:
                next_round = time.monotonic() + self._desk.round_s
                for department in self._desk.departments:
                    self._put(_ROUND, ReadSchedule(department))
            try:
                priority, _, asked_at, wish = self._wishes.get(timeout=max(next_round - time.monotonic(), 0.0))
            except queue.Empty:
                continue
            match wish:
                case None:
                    return
                case BookSlot():
                    self._tell(SlotAnswered(wish.visit_id, self._booked(store, wish)))
                case FindHisAppointment() | ChangeHisAppointment():
                    self._tell(self._appointment(wish, time.monotonic() - asked_at))
                case ReadSchedule(department) if priority == _ON_SCREEN:
                    self._tell(ScheduleRead(department, self._read(store, department)))
                case ReadSchedule(department) if not self._read(store, department):
                    self._leave_the_round()

    def _leave_the_round(self) -> None:
        """What does not answer for one department is not asked for all the others."""
        kept = []
        while not self._wishes.empty():
            kept.append(self._wishes.get_nowait())
        for wish in kept:
            if wish[0] != _ROUND:
                self._wishes.put(wish)

    def _booked(self, store: Store, wish: BookSlot) -> BookingOutcome:
        try:
            self._desk.bookings.book(his_key(wish.visit_id), wish.payload.encode())
        except SlotTaken:
            # The patient is offered another at once, and it should be one that is there.
            self._read(store, wish.department)
            outcome = BookingOutcome.TAKEN
        except (HisUnavailable, HisRejected) as error:
            facts.warning("booking_unsure", kind=type(error).__name__, encounter=wish.visit_id)
            outcome = BookingOutcome.UNSURE
        else:
            outcome = BookingOutcome.BOOKED
        facts.info(f"slot_{outcome}", encounter=wish.visit_id)
        return outcome

    def _appointment(self, wish: FindHisAppointment | ChangeHisAppointment, waited_s: float) -> HisAppointment:
        """Who has been told meanwhile that nobody answers must not be checked in, or lose a time, after that."""
        books, found = self._desk.appointments, None
        if books is None or waited_s > self._desk.patience_s:
            return HisAppointment(wish.request, AppointmentProblem.HIS_DOWN)
        try:
            match wish:
                case FindHisAppointment(code=code):
                    found = books.find(code)
                case ChangeHisAppointment(reference=reference, start=start, change=change, number=number):
                    return HisAppointment(wish.request, number=books.change(reference, start, change, number))
        except AppointmentError as error:
            return HisAppointment(wish.request, error.problem)
        return HisAppointment(wish.request, appointment=found)

    def _read(self, store: Store, department: str) -> bool:
        """Whether the hospital system has said what is free, and the store knows it."""
        now = self._desk.clock.now()
        try:
            copy = ScheduleCopy(department, tuple(self._desk.schedules.slots(department, now)), now)
            # Departments that never have times need no copy that says so.
            if copy.slots or store.schedule(department) is not None:
                with store.transaction():
                    store.keep_schedule(copy)
        except (HisUnavailable, HisRejected, StoreBusy, StoreFull) as error:
            if self._up is not False:
                facts.warning("schedules", state="down", kind=type(error).__name__)
            self._up = False
            return False
        if self._up is not True:
            facts.info("schedules", state="up")
        self._up = True
        return True
