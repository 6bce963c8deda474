"""Visits that come again: every change is one transaction with its message, and can be repeated or taken back."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.adapters.store import SqliteStore, open_store
from kiosk.domain.appointments import AppointmentError, AppointmentProblem, AppointmentStatus, Change, CheckInRules
from kiosk.domain.booking import Slot
from kiosk.domain.encounter import Encounter
from kiosk.domain.errors import StoreFull
from kiosk.domain.outbox import Lane
from kiosk.domain.scanned import Code, CodeKind, visit_code
from kiosk.services.appointments import UNDO, LocalAppointments, change_key
from kiosk.services.checkin import CheckIn
from tests import visits
from tests.fakes import NOON, FakeClock, FakeStore
from tests.unit.test_checkin import PICTURE, SITE, PlainSigner

SLOT = visits.slot()
LATER = visits.slot("d1-1000", NOON + timedelta(hours=2))


class PlainVerifier:
    def visit_of(self, untrusted_token: str, now: datetime) -> str:
        if untrusted_token == "forged":  # noqa: S105 - no password
            raise AppointmentError(AppointmentProblem.NOT_SIGNED)
        return untrusted_token


class Desk:
    """Check-in and what comes after it, over a store."""

    def __init__(self, store: FakeStore | SqliteStore, *, with_his: bool = True, series: str = "") -> None:
        self.store, self.clock = store, FakeClock()
        check_in = CheckIn(
            store=store,
            clock=self.clock,
            site=replace(SITE, series=series),
            signer=PlainSigner(),
            render=lambda slip: PICTURE,
            build_his_payload=(lambda encounter: b"visit") if with_his else None,
            his_up=lambda: True,
            wait_minutes=lambda department: None,
        )
        self.check_in = check_in.check_in
        self.books = LocalAppointments(
            store=store,
            clock=self.clock,
            verifier=PlainVerifier(),
            check_in=check_in,
            rules=CheckInRules(),
            kiosk="K01",
            build_change=self._payload if with_his else None,
            his_up=lambda: True,
        )

    @staticmethod
    def _payload(encounter: Encounter, change: Change) -> bytes:
        slot = encounter.draft.slot
        return f"{change} {slot.code if slot else ''}".encode()

    def visit(self, number: int = 1, slot: Slot | None = SLOT) -> str:
        self.check_in(visits.draft(number, slot=slot))
        return visits.visit_id(number)

    def messages(self) -> list[str]:
        return [message.payload.decode() for message in self.store.undelivered_messages(Lane.HIS, 20)]


@pytest.fixture(params=["fake", "real"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    store = FakeStore() if request.param == "fake" else open_store(tmp_path)
    yield Desk(store)
    store.close()


def problem_of(error: pytest.ExceptionInfo[AppointmentError]) -> AppointmentProblem:
    return error.value.problem


def test_a_visit_is_found_by_its_slip_and_by_its_digits(desk: Desk) -> None:
    visit = desk.visit()
    by_slip = desk.books.find(Code(CodeKind.SLIP, visit))
    assert by_slip == desk.books.find(Code(CodeKind.VISIT, visit_code(visit)))
    assert (by_slip.status, by_slip.number, by_slip.room, by_slip.start) == (
        AppointmentStatus.BOOKED,
        "骨 001",
        "203",
        SLOT.start,
    )
    told = repr(by_slip)
    assert visits.CANARY not in told
    assert visits.PHONE not in told


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (Code(CodeKind.SLIP, "forged"), AppointmentProblem.NOT_SIGNED),
        (Code(CodeKind.SLIP, visits.visit_id(9)), AppointmentProblem.NOT_FOUND),
        (Code(CodeKind.VISIT, "000000000"), AppointmentProblem.NOT_FOUND),
        (Code(CodeKind.RECORD, "MR1"), AppointmentProblem.HIS_DOWN),
    ],
)
def test_what_is_not_here_says_so(desk: Desk, code: Code, problem: AppointmentProblem) -> None:
    desk.visit()
    with pytest.raises(AppointmentError) as error:
        desk.books.find(code)
    assert problem_of(error) is problem


def test_a_slip_is_over_a_day_after_its_time(desk: Desk) -> None:
    visit = desk.visit()
    desk.clock.at = SLOT.end + timedelta(hours=24)
    with pytest.raises(AppointmentError) as error:
        desk.books.find(Code(CodeKind.VISIT, visit_code(visit)))
    assert problem_of(error) is AppointmentProblem.EXPIRED


def test_checking_in_twice_tells_the_hospital_once(desk: Desk) -> None:
    visit = desk.visit()
    for _ in range(2):
        assert desk.books.change(visit, Change.ARRIVED).status is AppointmentStatus.ARRIVED
    assert desk.messages() == ["visit", "arrived d1-0900"]
    assert [event.agent for event in desk.store.audit_events(change_key(visit, Change.ARRIVED, 1))] == ["K01"]


def test_too_early_and_too_late_change_nothing(desk: Desk) -> None:
    visit = desk.visit()
    for at in (SLOT.start - timedelta(minutes=91), SLOT.start + timedelta(minutes=16)):
        desk.clock.at = at
        with pytest.raises(AppointmentError):
            desk.books.change(visit, Change.ARRIVED)
    assert desk.messages() == ["visit"]


def test_a_cancelled_time_is_free_after_leaving_and_the_queue_is_shorter(desk: Desk) -> None:
    visit, other = desk.visit(), visits.visit_id(2)
    assert desk.books.change(visit, Change.CANCELLED).status is AppointmentStatus.CANCELLED
    now = desk.clock.now()
    assert desk.store.taken_slots([SLOT.code], other, now) == {SLOT.code}
    with desk.store.transaction():
        desk.store.release_holds(visit)
    assert desk.store.taken_slots([SLOT.code], other, now) == set()
    assert desk.store.waiting("orthopaedics", now.date().isoformat()) == 0


def test_cancelling_is_told_after_the_time_to_take_it_back(desk: Desk) -> None:
    visit = desk.visit()
    desk.books.change(visit, Change.CANCELLED)
    first = desk.store.message(f"{visit}-his")
    assert first is not None
    with desk.store.transaction():
        desk.store.update_message(first.sent())
    assert desk.store.due_messages(Lane.HIS, desk.clock.now(), 9) == []
    due = desk.store.due_messages(Lane.HIS, desk.clock.now() + UNDO, 9)
    assert [message.payload for message in due] == [b"cancelled d1-0900"]


@pytest.mark.parametrize("checked_in", [False, True])
def test_what_was_taken_back_was_never_told(desk: Desk, checked_in: bool) -> None:
    visit = desk.visit()
    if checked_in:
        desk.books.change(visit, Change.ARRIVED)
    before = desk.books.find(Code(CodeKind.SLIP, visit)), desk.messages()
    desk.books.change(visit, Change.CANCELLED)
    after = desk.books.change(visit, Change.RESTORED), desk.messages()
    assert after == before
    assert desk.store.taken_slots([SLOT.code], visits.visit_id(2), desk.clock.now()) == {SLOT.code}


def test_too_late_to_take_it_back(desk: Desk) -> None:
    visit = desk.visit()
    desk.books.change(visit, Change.CANCELLED)
    desk.clock.at += UNDO
    with pytest.raises(AppointmentError) as error:
        desk.books.change(visit, Change.RESTORED)
    assert problem_of(error) is AppointmentProblem.ALREADY_SENT


def test_another_time_prints_another_slip_and_frees_the_old_one(desk: Desk) -> None:
    visit = desk.visit()
    slip = desk.books.move(visit, LATER)
    assert (slip.number, slip.starts_at) == ("骨 001", LATER.start)
    taken = desk.store.taken_slots([SLOT.code, LATER.code], visits.visit_id(2), desk.clock.now())
    assert taken == {LATER.code}
    printed = [message.key for message in desk.store.undelivered_messages(Lane.PRINTER, 9)]
    assert printed == [f"{visit}-slip", f"{visit}-slip-1"]
    assert desk.messages() == ["visit", "moved d1-1000"]
    assert desk.books.find(Code(CodeKind.SLIP, visit)).start == LATER.start


def test_a_time_that_was_taken_meanwhile_leaves_the_old_one(desk: Desk) -> None:
    visit = desk.visit()
    desk.visit(2, LATER)
    with pytest.raises(AppointmentError) as error:
        desk.books.move(visit, LATER)
    assert problem_of(error) is AppointmentProblem.SLOT_GONE
    assert desk.books.find(Code(CodeKind.SLIP, visit)).start == SLOT.start
    assert desk.store.taken_slots([SLOT.code], visits.visit_id(3), desk.clock.now()) == {SLOT.code}


def test_a_number_that_was_called_is_over(desk: Desk) -> None:
    visit = desk.visit(slot=None)
    assert desk.books.find(Code(CodeKind.SLIP, visit)).status is AppointmentStatus.ARRIVED
    with desk.store.transaction():
        desk.store.call_encounter(visit, desk.clock.now())
    assert desk.books.find(Code(CodeKind.SLIP, visit)).status is AppointmentStatus.FULFILLED
    with pytest.raises(AppointmentError):
        desk.books.change(visit, Change.CANCELLED)


def test_a_change_waits_for_the_visit_it_is_about(desk: Desk) -> None:
    visit = desk.visit()
    desk.visit(2, None)
    desk.books.change(visit, Change.ARRIVED)
    first = desk.store.message(f"{visit}-his")
    assert first is not None
    with desk.store.transaction():
        desk.store.update_message(first.dead("rejected"))
    due = [message.payload for message in desk.store.due_messages(Lane.HIS, desk.clock.now(), 9)]
    assert due == [b"visit"]
    with desk.store.transaction():
        desk.store.update_message(first.sent())
    due = [message.payload for message in desk.store.due_messages(Lane.HIS, desk.clock.now(), 9)]
    assert sorted(due) == [b"arrived d1-0900", b"visit"]


def test_a_full_disk_changes_nothing() -> None:
    store = FakeStore()
    desk = Desk(store)
    visit = desk.visit()
    store.full = True
    with pytest.raises(StoreFull):
        desk.books.change(visit, Change.CANCELLED)
    assert desk.books.find(Code(CodeKind.SLIP, visit)).status is AppointmentStatus.BOOKED


def test_without_a_hospital_system_the_books_alone_change() -> None:
    desk = Desk(FakeStore(), with_his=False)
    visit = desk.visit()
    assert not desk.books.change(visit, Change.ARRIVED).to_be_confirmed
    assert desk.messages() == []


def test_two_visits_with_the_same_digits_are_shown_to_nobody() -> None:
    store = FakeStore()
    desk = Desk(store)
    desk.visit()
    twin = str(int(visits.visit_id(1).replace("-", ""), 16))
    other = f"{int(twin) + 10**9:032x}"
    encounter = visits.encounter(2)
    with store.transaction():
        store.add_encounter(replace(encounter, visit_id=other), visits.slip(2))
    with pytest.raises(AppointmentError):
        desk.books.find(Code(CodeKind.VISIT, visit_code(visits.visit_id(1))))


def test_two_kiosks_that_know_nothing_of_each_other_never_give_the_same_number(tmp_path: Path) -> None:
    given: list[str] = []
    for series in ("A", "B"):
        with contextlib.closing(open_store(tmp_path / series)) as store:
            desk = Desk(store, series=series)
            for number in range(2):
                for department in ("orthopaedics", "ent"):
                    draft = visits.draft(10 * len(given) + number, department=department)
                    given.append(desk.check_in(draft).number)
    assert given == ["骨 A001", "耳 A001", "骨 A002", "耳 A002", "骨 B001", "耳 B001", "骨 B002", "耳 B002"]
