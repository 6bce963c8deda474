"""Offers, holds and honest waiting times."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.booking import ScheduleCopy, Slot
from kiosk.domain.errors import StoreBusy
from kiosk.services.scheduling import FRESH, HOLD, Scheduling, typical_wait
from tests import visits
from tests.fakes import NOON, FakeClock, FakeSchedules, FakeStore

STALE = timedelta(hours=4)


def at(minutes: int, code: str = "") -> Slot:
    return visits.slot(code or f"s{minutes}", NOON + timedelta(minutes=minutes))


class Room:
    """The times are the hospital system's, of which the store has a copy made now; `own` times are this kiosk's."""

    def __init__(self, slots: list[Slot], own: list[Slot] | None = None) -> None:
        self.store, self.clock, self.his_up = FakeStore(), FakeClock(), True
        stale_after = STALE if own is None else None
        self.scheduling = Scheduling(self.store, self.clock, FakeSchedules(own or []), lambda: self.his_up, stale_after)
        self.keep(slots)

    def keep(self, slots: list[Slot]) -> None:
        with self.store.transaction():
            self.store.keep_schedule(ScheduleCopy("orthopaedics", tuple(slots), self.clock.now()))

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


def test_a_young_copy_needs_no_word_about_its_age_and_an_old_one_does() -> None:
    room = Room([at(90)])
    assert room.scheduling.offer("orthopaedics", "a")[0].as_of is None
    room.clock.at += FRESH + timedelta(seconds=1)
    assert room.scheduling.offer("orthopaedics", "a")[0].as_of == NOON


def test_without_the_his_even_a_young_copy_says_its_age() -> None:
    room = Room([at(90)])
    room.his_up = False
    offer, his_up = room.scheduling.offer("orthopaedics", "a")
    assert (offer.as_of, his_up) == (NOON, False)
    assert [slot.code for slot in offer.slots] == ["s90"]


@pytest.mark.parametrize("moved", [STALE + timedelta(seconds=1), timedelta(seconds=-1)])
def test_a_copy_that_is_too_old_or_of_the_future_is_not_shown(moved: timedelta) -> None:
    room = Room([at(600)])
    room.clock.at += moved
    offer, _ = room.scheduling.offer("orthopaedics", "a")
    assert (offer.slots, offer.as_of) == ((), None)


def test_a_new_copy_takes_the_place_of_the_old_one() -> None:
    room = Room([at(10), at(30)])
    room.keep([at(30)])
    assert room.offered("a") == ["s30"]


def test_one_day_is_offered_and_the_next_when_nothing_is_left_of_it() -> None:
    tomorrow = 24 * 60
    room = Room([at(10), at(30), at(tomorrow)])
    assert room.offered("a") == ["s10", "s30"]
    room.clock.advance(minutes=45)
    assert room.offered("a") == [f"s{tomorrow}"]


def test_what_the_his_gave_to_somebody_else_is_not_offered_again() -> None:
    room = Room([at(10), at(30)])
    assert room.scheduling.hold("a", at(10))
    room.scheduling.lose(at(10), "a")
    assert room.offered("a") == ["s30"]
    assert not room.scheduling.hold("b", at(10))


def test_times_are_shown_in_the_zone_of_this_clock() -> None:
    room = Room([at(90)])
    room.clock.at = NOON.astimezone(ZoneInfo("Asia/Shanghai")) + timedelta(minutes=5)
    offer, _ = room.scheduling.offer("orthopaedics", "a")
    assert (f"{offer.as_of:%H:%M}", f"{offer.slots[0].start:%H:%M}") == ("20:00", "21:30")


def test_a_practitioner_is_shown_as_the_hospital_file_has_them() -> None:
    store, clock = FakeStore(), FakeClock()
    with store.transaction():
        store.keep_schedule(ScheduleCopy("orthopaedics", (at(10),), NOON))
    named = lambda person: replace(person, room="999")  # noqa: E731
    scheduling = Scheduling(store, clock, FakeSchedules(), stale_after=STALE, known=named)
    (slot,) = scheduling.offer("orthopaedics", "a")[0].slots
    assert slot.practitioner.room == "999"


def test_a_machine_without_a_his_has_nothing_to_confirm() -> None:
    room = Room([], own=[at(10)])
    offer, his_up = room.scheduling.offer("orthopaedics", "a")
    assert his_up
    assert offer.as_of is None
    assert [slot.code for slot in offer.slots] == ["s10"]


def test_the_own_schedule_is_as_sure_as_the_way_to_the_his() -> None:
    room = Room([], own=[at(10)])
    room.his_up = False
    assert not room.scheduling.offer("orthopaedics", "a")[1]


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
