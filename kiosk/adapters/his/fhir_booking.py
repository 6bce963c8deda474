"""Taking a Slot of a FHIR R4 server for a visit: exactly one kiosk gets it, however often each of them asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kiosk.domain.errors import HisRejected, HisUnavailable, SlotTaken
from kiosk.wire.fhir_answers import matches
from kiosk.wire.fhir_booking import (
    booking_transaction,
    claimed,
    given_back,
    is_free,
    is_ours,
    mark_of,
    slot_of,
    with_booked,
)
from kiosk.wire.fhir_keys import Json

if TYPE_CHECKING:
    from kiosk.adapters.his.fhir import FhirHis

SLOT_TAKEN = "Slot: the booked time is somebody else's; the visit is there without it"
_TRIES = 4
"""Each costs one reading and one writing; somebody else changed the Slot in between."""


class FhirBookings:
    """services.ports.Bookings over a connection of its own."""

    def __init__(self, his: FhirHis) -> None:
        self._his = his

    def close(self) -> None:
        self._his.close()

    def book(self, key: str, payload: bytes) -> None:
        """As services.ports.Bookings."""
        bundles, is_taken = with_slot_claimed(self._his, self._his.with_patient(self._his.translated(payload)))
        if is_taken:
            raise SlotTaken(key)
        if slot_of(bundles) is None:
            raise HisRejected("the visit books no time of the hospital system")
        self._his.transact(booking_transaction(bundles))
        self._verify(mark_of(bundles))

    def _verify(self, mark: Json) -> None:
        search = urlencode({"_tag": f"{mark['system']}|{mark['code']}", "_count": 2})
        count = matches(self._his.fetch("GET", f"/Appointment?{search}"))
        if count is None or count == 0:
            raise HisUnavailable("Appointment is not found after it was sent")
        if count > 1:
            raise HisRejected("Appointment is there more than once")


def with_slot_claimed(his: FhirHis, bundles: Sequence[Json]) -> tuple[tuple[Json, ...], bool]:
    """A visit's transactions after its Slot was claimed, and whether somebody else has it.

    Then the Appointment stays pending; a visit without a Slot of the hospital system stays as it is. Safe to repeat.
    """
    slot = slot_of(bundles)
    if slot is None:
        return tuple(bundles), False
    return (with_booked(bundles), False) if _claim(his, slot, mark_of(bundles)) else (tuple(bundles), True)


def give_back(his: FhirHis, reference: str, mark: Json) -> None:
    """Free a Slot that is ours; any other is left alone. Safe to repeat."""
    for _ in range(_TRIES):
        slot = his.read(reference)
        if slot is None or not is_ours(slot, mark) or his.write(slot, given_back(slot, mark)):
            return
    raise HisUnavailable("the Slot keeps changing")


def _claim(his: FhirHis, reference: str, mark: Json) -> bool:
    """Whether the Slot is ours now. It is read again after it was written: not every server keeps its conditions."""
    for _ in range(_TRIES):
        slot = his.read(reference)
        if slot is None:
            return False
        if is_ours(slot, mark):
            return True
        if not is_free(slot):
            return False
        his.write(slot, claimed(slot, mark))
    raise HisUnavailable("the Slot keeps changing")
