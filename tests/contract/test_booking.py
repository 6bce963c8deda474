"""Booking a time where the hospital system is the truth: one kiosk gets it, once, whatever gets lost on the way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.adapters.clock import SystemClock
from kiosk.adapters.his import make_his, make_schedules
from kiosk.adapters.his.fhir import FhirHis
from kiosk.adapters.his.fhir_booking import FhirBookings
from kiosk.adapters.store import SqliteStore, open_store
from kiosk.config import HisKind, HisSettings
from kiosk.domain.booking import BookingOutcome, Slot
from kiosk.domain.encounter import Encounter
from kiosk.domain.errors import HisRejected, HisUnavailable, SlotTaken
from kiosk.wire.delivery_messages import FROM_DELIVERY
from kiosk.wire.fhir import encode, visit_bundles
from kiosk.wire.worker_messages import (
    BookSlot,
    ReadSchedule,
    ScheduleRead,
    SlotAnswered,
    Start,
)
from tests import whole_visits as whole
from tests.fhir_clinics import MAPPING, Clinics, every
from tests.peer_fixtures import FhirPeer
from tests.worker_client import WorkerClient

pytestmark = pytest.mark.peer


def visit(number: int, slot: str, kiosk: str = "K03") -> Encounter:
    booked = replace(whole.SLOT, code=slot, practitioner=replace(whole.DOCTOR, code="Practitioner/1"))
    return replace(whole.encounter(replace(whole.draft(number), slot=booked)), kiosk=kiosk)


def payload(number: int, slot: str) -> bytes:
    return encode(visit_bundles(visit(number, slot)))


def settings_of(peer: FhirPeer, folder: Path | None = None, **more: object) -> HisSettings:
    given: dict[str, object] = {"kind": HisKind.FHIR, "url": peer.url, "schedules": True, "timeout_s": 5.0}
    if folder is not None:
        (folder / "mapping.toml").write_text(MAPPING, encoding="utf-8")
        given["mapping"] = str(folder / "mapping.toml")
    return HisSettings(**(given | more))  # type: ignore[arg-type]


@pytest.fixture
def slot(fhir_peer: FhirPeer) -> str:
    """One free time in the hospital system."""
    clinics = Clinics(fhir_peer)
    schedule = clinics.calendar(whole.DOCTOR, "D1024", clinics.service("0405", "骨科门诊"))
    (made,) = clinics.times(schedule, [whole.SLOT.start], comment="不要改 Do not change")
    return made


@pytest.fixture
def bookings(fhir_peer: FhirPeer) -> Iterator[FhirBookings]:
    schedules, bookings = make_schedules(settings_of(fhir_peer))
    yield bookings
    schedules.close()
    bookings.close()


@pytest.fixture
def his(fhir_peer: FhirPeer) -> Iterator[FhirHis]:
    his = make_his(settings_of(fhir_peer))
    assert isinstance(his, FhirHis)
    yield his
    his.close()


class TestBooking:
    def test_the_slot_is_busy_and_the_appointment_is_booked(
        self, bookings: FhirBookings, fhir_peer: FhirPeer, slot: str
    ) -> None:
        bookings.book("v1-his", payload(1, slot))
        taken = fhir_peer.get(slot)
        assert (taken["status"], taken["comment"]) == ("busy", "不要改 Do not change")
        (appointment,) = fhir_peer.search("Appointment")
        assert appointment["status"] == "booked"
        assert appointment["slot"] == [{"reference": slot, "type": "Slot"}]
        assert {one["status"] for one in appointment["participant"]} == {"accepted"}

    def test_the_same_key_repeated_is_one_booking(self, bookings: FhirBookings, fhir_peer: FhirPeer, slot: str) -> None:
        for _ in range(3):
            bookings.book("v1-his", payload(1, slot))
        assert (fhir_peer.counts()["Appointment"], fhir_peer.counts()["Patient"]) == (1, 1)

    def test_somebody_elses_time_is_told_and_stays_theirs(
        self, bookings: FhirBookings, fhir_peer: FhirPeer, slot: str
    ) -> None:
        bookings.book("v1-his", payload(1, slot))
        before = fhir_peer.get(slot)
        with pytest.raises(SlotTaken):
            bookings.book("v2-his", payload(2, slot))
        assert fhir_peer.get(slot) == before
        assert fhir_peer.counts()["Appointment"] == 1

    @pytest.mark.parametrize("status", ["busy", "busy-unavailable", "entered-in-error"])
    def test_what_the_counter_gave_away_is_taken(
        self, bookings: FhirBookings, fhir_peer: FhirPeer, slot: str, status: str
    ) -> None:
        fhir_peer.put(fhir_peer.get(slot) | {"status": status})
        with pytest.raises(SlotTaken):
            bookings.book("v1-his", payload(1, slot))

    def test_a_time_that_is_not_there_any_more_is_taken(self, bookings: FhirBookings, slot: str) -> None:
        with pytest.raises(SlotTaken):
            bookings.book("v1-his", payload(1, "Slot/00000000-0000-4000-8000-000000000000"))

    def test_a_time_that_was_given_back_can_be_booked_by_the_next(
        self, bookings: FhirBookings, fhir_peer: FhirPeer, slot: str
    ) -> None:
        bookings.book("v1-his", payload(1, slot))
        fhir_peer.put(fhir_peer.get(slot) | {"status": "free"})
        bookings.book("v2-his", payload(2, slot))
        with pytest.raises(SlotTaken):
            bookings.book("v1-his", payload(1, slot))

    def test_many_at_once_and_one_gets_it(self, fhir_peer: FhirPeer, slot: str) -> None:
        told: list[str] = []
        together = threading.Barrier(8)

        def race(number: int) -> None:
            schedules, mine = make_schedules(settings_of(fhir_peer))
            together.wait()
            try:
                mine.book(f"v{number}-his", payload(number, slot))
                told.append("booked")
            except SlotTaken:
                told.append("taken")
            finally:
                schedules.close()
                mine.close()

        threads = [threading.Thread(target=race, args=(number,)) for number in range(1, 9)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(told) == ["booked"] + ["taken"] * 7
        assert fhir_peer.counts()["Appointment"] == 1

    @pytest.mark.parametrize("fault", ["unavailable", "drop", "conflict", "database_down", "web_page"])
    def test_an_answer_that_says_nothing_is_unsure_and_mended_by_another_try(
        self, bookings: FhirBookings, fhir_peer: FhirPeer, slot: str, fault: str
    ) -> None:
        fhir_peer.fail(fault)
        with pytest.raises(HisUnavailable):
            bookings.book("v1-his", payload(1, slot))
        fhir_peer.recover()
        bookings.book("v1-his", payload(1, slot))
        assert fhir_peer.counts()["Appointment"] == 1

    def test_lost_answers_do_no_harm(self, bookings: FhirBookings, fhir_peer: FhirPeer, slot: str) -> None:
        fhir_peer.fail("lose_write")
        for _ in range(2):  # The Slot first, then the Appointment.
            with pytest.raises(HisUnavailable):
                bookings.book("v1-his", payload(1, slot))
        fhir_peer.recover()
        bookings.book("v1-his", payload(1, slot))
        assert fhir_peer.counts()["Appointment"] == 1
        assert fhir_peer.get(slot)["status"] == "busy"


class TestDelivery:
    def test_it_finds_the_booking_and_makes_no_second(
        self, bookings: FhirBookings, his: FhirHis, fhir_peer: FhirPeer, slot: str
    ) -> None:
        bookings.book("v1-his", payload(1, slot))
        his.deliver("v1-his", payload(1, slot))
        (appointment,) = fhir_peer.search("Appointment")
        (encounter,) = fhir_peer.search("Encounter")
        assert encounter["appointment"] == [{"reference": f"Appointment/{appointment['id']}"}]
        assert fhir_peer.counts()["Patient"] == 1

    def test_it_books_what_could_not_be_booked_before(self, his: FhirHis, fhir_peer: FhirPeer, slot: str) -> None:
        for _ in range(2):
            his.deliver("v1-his", payload(1, slot))
        (appointment,) = fhir_peer.search("Appointment")
        assert (appointment["status"], fhir_peer.get(slot)["status"]) == ("booked", "busy")

    def test_a_conflict_found_later_is_for_a_person_and_the_visit_is_there(
        self, bookings: FhirBookings, his: FhirHis, fhir_peer: FhirPeer, slot: str
    ) -> None:
        bookings.book("v1-his", payload(1, slot))
        with pytest.raises(HisRejected, match="somebody else"):
            his.deliver("v2-his", payload(2, slot))
        assert fhir_peer.counts()["Encounter"] == 1
        assert sorted(one["status"] for one in fhir_peer.search("Appointment")) == ["booked", "pending"]

    def test_a_visit_with_a_time_of_the_kiosks_own_asks_for_no_slot(self, his: FhirHis, fhir_peer: FhirPeer) -> None:
        his.deliver("v1-his", encode(visit_bundles(whole.encounter())))
        (appointment,) = fhir_peer.search("Appointment")
        assert appointment["status"] == "pending"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    (tmp_path / "state").mkdir()
    store = open_store(tmp_path / "state")
    yield store
    store.close()


@pytest.fixture
def worker(fhir_peer: FhirPeer, store: SqliteStore, tmp_path: Path) -> Iterator[WorkerClient]:
    """The delivery worker in its process; tomorrow's clinic of orthopaedics is in the hospital system."""
    clinics = Clinics(fhir_peer)
    schedule = clinics.calendar(whole.DOCTOR, "D1024", clinics.service("0405", "骨科门诊"))
    clinics.times(schedule, every(10, tomorrow(), 3))
    worker = WorkerClient("delivery", FROM_DELIVERY)
    worker.send(start(fhir_peer, tmp_path))
    yield worker
    worker.end()


def tomorrow() -> datetime:
    return SystemClock().now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)


def start(peer: FhirPeer, folder: Path) -> Start:
    (folder / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    his = {"kind": "fhir", "url": peer.url, "mapping": str(folder / "mapping.toml"), "schedules": True}
    zone = {"timezone": "Asia/Shanghai"}
    return Start({"state": str(folder / "state"), "kiosk": zone, "his": his, "departments": ["ent", "pain"]})


def read(worker: WorkerClient) -> ScheduleRead:
    worker.send(ReadSchedule("orthopaedics"))
    return worker.until(ScheduleRead)


class TestWorker:
    def test_a_schedule_is_read_into_the_store(self, worker: WorkerClient, store: SqliteStore) -> None:
        assert read(worker) == ScheduleRead("orthopaedics", fresh=True)
        copy = store.schedule("orthopaedics")
        assert copy is not None
        assert [slot.start for slot in copy.slots] == every(10, tomorrow(), 3)
        assert copy.slots[0].practitioner.code == "zhou_lan"
        assert copy.read_at.utcoffset() == timedelta(hours=8)

    def test_without_an_answer_the_copy_stays(
        self, worker: WorkerClient, store: SqliteStore, fhir_peer: FhirPeer
    ) -> None:
        read(worker)
        before = store.schedule("orthopaedics")
        fhir_peer.fail("unavailable")
        assert read(worker) == ScheduleRead("orthopaedics", fresh=False)
        assert store.schedule("orthopaedics") == before

    def test_a_booking_a_lost_one_and_one_that_stays_unsure(
        self, worker: WorkerClient, store: SqliteStore, fhir_peer: FhirPeer
    ) -> None:
        read(worker)
        free = self._free(store)
        for number, outcome in ((1, BookingOutcome.BOOKED), (2, BookingOutcome.TAKEN)):
            worker.send(self._wish(number, free[0]))
            assert worker.until(SlotAnswered) == SlotAnswered(whole.visit_id(number), outcome)
        assert [slot.code for slot in self._free(store)] == [slot.code for slot in free[1:]]
        fhir_peer.fail("unavailable")
        worker.send(self._wish(2, free[1]))
        assert worker.until(SlotAnswered) == SlotAnswered(whole.visit_id(2), BookingOutcome.UNSURE)

    def test_the_round_fills_the_store_by_itself(self, worker: WorkerClient, store: SqliteStore) -> None:
        while store.schedule("pain") is None:
            read(worker)
        assert store.schedule("ent") is None

    def _free(self, store: SqliteStore) -> tuple[Slot, ...]:
        copy = store.schedule("orthopaedics")
        assert copy is not None
        return copy.slots

    def _wish(self, number: int, slot: Slot) -> BookSlot:
        draft = replace(whole.draft(number), slot=slot)
        made = encode(visit_bundles(whole.encounter(draft)))
        return BookSlot(draft.visit_id, draft.department, made.decode())
