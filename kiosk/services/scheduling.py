"""Free times and the walk-in queue of a department, from the hospital system or else from this machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil
from statistics import median

from kiosk.domain.booking import Offer, Practitioner, Slot, first_day
from kiosk.domain.language import Words
from kiosk.services.ports import Clock, GivenMarks, Schedules, Store

HOLD = timedelta(minutes=2)
"""How long a slot stays kept for a patient who is still choosing."""
FRESH = timedelta(seconds=60)
"""A copy of a schedule that young needs no word about its age."""
FEWEST_WAITS = 3
RECENT_WAITS = 5
RECENT = timedelta(hours=2)
_ROUNDED_TO = 5
_ELSEWHERE = "elsewhere"
"""Stands for the visit of another kiosk or of a counter."""


class Scheduling:
    """`local` is the schedule kept here, `his_up` whether the hospital system can be reached to confirm what is booked.

    With `stale_after` the times are the hospital system's: copies of its schedules lie in the store and are shown until
    they are that old. `known` gives a practitioner as the hospital file describes them.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        local: Schedules,
        his_up: Callable[[], bool] = lambda: True,
        stale_after: timedelta | None = None,
        known: Callable[[Practitioner], Practitioner] = lambda practitioner: practitioner,
    ) -> None:
        self._store = store
        self._clock = clock
        self._local = local
        self._his_up = his_up
        self._stale_after = stale_after
        self._known = known

    def offer(self, department: str, visit_id: str) -> tuple[Offer, bool]:
        """What can be booked now, and whether the hospital system can confirm it (False: to be confirmed)."""
        now, his_up = self._clock.now(), self._his_up()
        slots, read_at = self._slots(department, now)
        open_slots = [slot for slot in slots if slot.free and slot.start > now]
        taken = self._store.taken_slots([slot.code for slot in open_slots], visit_id, now)
        is_sure = read_at is None or (his_up and now - read_at <= FRESH)
        offer = Offer(
            department=department,
            slots=first_day(slot for slot in open_slots if slot.code not in taken),
            waiting=self._store.waiting(department, now.date().isoformat()),
            wait_minutes=self.wait_minutes(department),
            as_of=None if is_sure else read_at,
        )
        return offer, his_up

    def hold(self, visit_id: str, slot: Slot) -> bool:
        """Keep one slot for this visit and let its others go; False when somebody else has it.

        Check-in turns the hold into a booking. Raises StoreFull or StoreBusy.
        """
        now = self._clock.now()
        with self._store.transaction():
            self._store.release_holds(visit_id)
            return self._store.hold_slot(slot, visit_id, now + HOLD, now)

    def release(self, visit_id: str) -> None:
        """Let go what the visit held; raises StoreFull or StoreBusy, and the holds then end by themselves."""
        with self._store.transaction():
            self._store.release_holds(visit_id)

    def wait_minutes(self, department: str) -> int | None:
        """How long those called lately had waited; None when too few were called to say anything."""
        since = self._clock.now() - RECENT
        return typical_wait(self._store.waits(department, since, RECENT_WAITS))

    def lose(self, slot: Slot, visit_id: str) -> None:
        """The hospital system gave the slot to somebody else: it is not offered again, whatever a copy says.

        Raises StoreFull or StoreBusy.
        """
        now = self._clock.now()
        with self._store.transaction():
            self._store.release_holds(visit_id)
            self._store.hold_slot(slot, _ELSEWHERE, max(slot.start, now + HOLD), now)

    def _slots(self, department: str, now: datetime) -> tuple[Sequence[Slot], datetime | None]:
        """The times, and when the hospital system said so; None when they are our own or there are none."""
        if self._stale_after is None:
            return self._local.slots(department, now), None
        copy = self._store.schedule(department)
        # A copy from "later" than now was made before the clock was set back: its age is not known.
        if copy is None or not timedelta(0) <= now - copy.read_at <= self._stale_after:
            return (), None
        return [self._shown(slot, now) for slot in copy.slots], copy.read_at.astimezone(now.tzinfo)

    def _shown(self, slot: Slot, now: datetime) -> Slot:
        """As people here know the doctor, and in the hospital's zone."""
        start, end = slot.start.astimezone(now.tzinfo), slot.end.astimezone(now.tzinfo)
        return replace(slot, practitioner=self._known(slot.practitioner), start=start, end=end)


def hold_lost_times(store: Store, clock: Clock, marks: GivenMarks) -> int:
    """After an older copy of the database was put back: times of visits that it does not know are nobody else's.

    Returns how many there are. Raises StoreFull or StoreBusy.
    """
    now = clock.now()
    nobody = Practitioner("", Words("", ""), Words("", ""), Words("", ""), "", "")
    lost = [
        (Slot(code, nobody, now, end), visit_id)
        for code, (visit_id, end) in marks.times(now).items()
        if store.encounter_number(visit_id) is None
    ]
    if lost:
        with store.transaction():
            for slot, visit_id in lost:
                store.hold_slot(slot, visit_id, slot.end, now)
    return len(lost)


def typical_wait(waits: Sequence[float]) -> int | None:
    """The median of measured waits in minutes, rounded up to five; None below three measurements."""
    measured = [wait for wait in waits if wait >= 0]
    if len(measured) < FEWEST_WAITS:
        return None
    return ceil(median(measured) / _ROUNDED_TO) * _ROUNDED_TO
