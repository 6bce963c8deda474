"""Free times and the walk-in queue of a department, from the hospital system or else from this machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from math import ceil
from statistics import median

from kiosk.domain.booking import Offer, Slot
from kiosk.domain.errors import HisUnavailable
from kiosk.services.ports import Clock, Schedules, Store

HOLD = timedelta(minutes=2)
"""How long a slot stays kept for a patient who is still choosing."""
FEWEST_WAITS = 3
RECENT_WAITS = 5
RECENT = timedelta(hours=2)
_ROUNDED_TO = 5


class Scheduling:
    """`local` is the schedule kept here, for when `his` does not answer or is None.

    With `his` None, `his_up` tells whether the hospital system can be reached to confirm what is booked.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        his: Schedules | None,
        local: Schedules,
        his_up: Callable[[], bool] = lambda: True,
    ) -> None:
        self._store = store
        self._clock = clock
        self._his = his
        self._local = local
        self._his_up = his_up

    def offer(self, department: str, visit_id: str) -> tuple[Offer, bool]:
        """What can be booked now, and whether the hospital system said so (False: to be confirmed)."""
        slots, his_up = self._slots(department)
        now = self._clock.now()
        open_slots = [slot for slot in slots if slot.free and slot.start > now]
        taken = self._store.taken_slots([slot.code for slot in open_slots], visit_id, now)
        offer = Offer(
            department=department,
            slots=tuple(sorted((slot for slot in open_slots if slot.code not in taken), key=lambda slot: slot.start)),
            waiting=self._store.waiting(department, now.date().isoformat()),
            wait_minutes=self.wait_minutes(department),
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

    def _slots(self, department: str) -> tuple[Sequence[Slot], bool]:
        now = self._clock.now()
        if self._his is None:
            return self._local.slots(department, now), self._his_up()
        try:
            return self._his.slots(department, now), True
        except HisUnavailable:
            return self._local.slots(department, now), False


def typical_wait(waits: Sequence[float]) -> int | None:
    """The median of measured waits in minutes, rounded up to five; None below three measurements."""
    measured = [wait for wait in waits if wait >= 0]
    if len(measured) < FEWEST_WAITS:
        return None
    return ceil(median(measured) / _ROUNDED_TO) * _ROUNDED_TO
