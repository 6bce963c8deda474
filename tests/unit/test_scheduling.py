"""Offers, holds and honest waiting times."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.booking import Slot
from kiosk.domain.errors import HisUnavailable, StoreBusy
from kiosk.services.scheduling import HOLD, Scheduling, typical_wait
from tests import visits
from tests.fakes import NOON, FakeClock, FakeSchedules, FakeStore


def at(minutes: int, code: str = "") -> Slot:
    return visits.slot(code or f"s{minutes}", NOON + timedelta(minutes=minutes))


class Room:
    def __init__(self, slots: list[Slot], local: list[Slot] | None = None) -> None:
        self.store, self.clock = FakeStore(), FakeClock()
        self.his, self.local = FakeSchedules(slots), FakeSchedules(local or [])
        self.scheduling = Scheduling(self.store, self.clock, self.his, self.local)

    def offered(self, visit: str) -> list[str]:
        return [slot.code for slot in self.scheduling.offer("orthopaedics", visit)[0].slots]

    def visit(self, number: int, called_after: float | None = None) -> None:
        encounter = visits.encounter(number)
        with self.store.transaction():
            self.store.add_encounter(encounter, visits.slip(number))
            if called_after is not None:
                self.store.call_encounter(encounter.visit_id, NOON + timedelta(minutes=called_after))


def test_free_times_to_come_earliest_first() -> None:
    room = Room([at(30), at(10), at(-5), replace(at(20), free=False)])
    assert room.offered("a") == ["s10", "s30"]


def test_a_booked_slot_is_not_offered_again_even_when_the_his_says_it_is_free() -> None:
    room = Room([at(10), at(30)])
    with room.store.transaction():
        room.store.book_slot(at(10), "a")
    assert room.offered("b") == ["s30"]


def test_a_held_slot_is_offered_to_its_holder_alone_and_for_two_minutes() -> None:
    room = Room([at(10), at(30)])
    assert room.scheduling.hold("a", at(10))
    assert not room.scheduling.hold("b", at(10))
    assert room.offered("a") == ["s10", "s30"]
    assert room.offered("b") == ["s30"]
    room.clock.at += HOLD
    assert room.scheduling.hold("b", at(10))


def test_a_visit_holds_one_slot_at_a_time() -> None:
    room = Room([at(10), at(30)])
    assert room.scheduling.hold("a", at(10))
    assert room.scheduling.hold("a", at(30))
    assert room.offered("b") == ["s10"]


def test_released_slots_are_offered_again() -> None:
    room = Room([at(10)])
    room.scheduling.hold("a", at(10))
    room.scheduling.release("a")
    assert room.offered("b") == ["s10"]


def test_without_the_his_the_own_schedule_is_offered_and_said_to_be_so() -> None:
    room = Room([at(10)], local=[at(40)])
    room.his.problem = HisUnavailable("down")
    offer, his_up = room.scheduling.offer("orthopaedics", "a")
    assert not his_up
    assert [slot.code for slot in offer.slots] == ["s40"]
    room.his.problem = None
    assert room.scheduling.offer("orthopaedics", "a")[1]


def test_a_machine_without_a_his_has_nothing_to_confirm() -> None:
    scheduling = Scheduling(FakeStore(), FakeClock(), None, FakeSchedules([at(10)]))
    offer, his_up = scheduling.offer("orthopaedics", "a")
    assert his_up
    assert [slot.code for slot in offer.slots] == ["s10"]


def test_the_own_schedule_is_as_sure_as_the_way_to_the_his() -> None:
    up = [True, False]
    scheduling = Scheduling(FakeStore(), FakeClock(), None, FakeSchedules([at(10)]), his_up=up.pop)
    assert [scheduling.offer("orthopaedics", "a")[1] for _ in range(2)] == [False, True]


def test_a_busy_store_is_said_to_the_caller() -> None:
    room = Room([at(10)])
    room.store.busy = True
    with pytest.raises(StoreBusy):
        room.scheduling.hold("a", at(10))


def test_an_offer_tells_how_many_wait_and_promises_nothing_unmeasured() -> None:
    room = Room([])
    room.visit(1, called_after=10)
    room.visit(2, called_after=20)
    room.visit(3)
    room.clock.advance(minutes=30)
    offer, _ = room.scheduling.offer("orthopaedics", "a")
    assert (offer.waiting, offer.wait_minutes) == (1, None)
    room.visit(4, called_after=22)
    assert room.scheduling.wait_minutes("orthopaedics") == 20
    assert room.scheduling.wait_minutes("ent") is None
    room.clock.advance(hours=3)
    assert room.scheduling.wait_minutes("orthopaedics") is None


@pytest.mark.parametrize(
    ("waits", "minutes"),
    [([], None), ([5, 5], None), ([1, 1, 1], 5), ([0, 0, 0], 0), ([10, 11, 90], 15), ([-60, 10, 10], None)],
)
def test_the_typical_wait_is_the_median_rounded_up(waits: list[float], minutes: int | None) -> None:
    assert typical_wait(waits) == minutes
