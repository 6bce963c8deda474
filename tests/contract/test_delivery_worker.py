"""The delivery worker: its lanes in this process with fakes, and as a process of its own with files."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.adapters.clock import SystemClock
from kiosk.adapters.store import SqliteStore, open_store
from kiosk.domain.errors import HisLockedOut, HisUnavailable, PrinterError, PrinterProblem
from kiosk.domain.outbox import DeliveryState, Lane
from kiosk.services import portable_bitmap
from kiosk.services.ports import Raster
from kiosk.wire import fhir
from kiosk.wire.jsonlines import encode_line
from kiosk.wire.worker_messages import (
    Delivered,
    DeliveryFailed,
    LaneState,
    Message,
    Ping,
    Pong,
    Refused,
    Start,
    Stop,
    Wake,
)
from kiosk.workers.delivery import DeliveryWorker, connected
from kiosk.workers.destinations import to_his, to_printer
from kiosk.workers.lane import FIRST_LOCKED_OUT_S, FIRST_PAUSE_S, LONGEST_LOCKED_OUT_S, Destination, LaneThread
from tests import visits
from tests.fakes import FakeConfirmingHis, FakeHis, FakePrinter, FakeStore

ROOT = Path(__file__).parents[2]
WAIT_S = 20.0
PICTURE = Raster(8, 2, b"\xaa\x55")


class Window:
    """What the worker told, in order; `next` waits for the next message and fails the test when none comes."""

    def __init__(self) -> None:
        self._told: queue.Queue[Message] = queue.Queue()
        self.tell = self._told.put
        self.crashed = threading.Event()

    def next(self) -> Message:
        return self._told.get(timeout=WAIT_S)

    def until(self, wanted: Message) -> None:
        while self.next() != wanted:
            pass


class HangingHis(FakeHis):
    """Takes no answer until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.entered = threading.Event()
        self.released = threading.Event()

    def deliver(self, key: str, payload: bytes) -> None:
        self.entered.set()
        assert self.released.wait(WAIT_S)
        super().deliver(key, payload)


def connect_to(printer: FakePrinter, his: FakeHis) -> Callable[[Mapping[str, Any]], Sequence[Destination]]:
    return lambda config: (to_printer(printer), to_his(his))


@contextmanager
def running(folder: Path, printer: FakePrinter, his: FakeHis) -> Iterator[tuple[DeliveryWorker, Window]]:
    window = Window()
    worker = DeliveryWorker(window.tell, window.crashed.set, connect_to(printer, his))
    worker.handle(Start({"state": str(folder)}))
    try:
        yield worker, window
    finally:
        worker.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = open_store(tmp_path / "state")
    yield store
    store.close()


def queue_visit(store: SqliteStore, number: int = 1) -> tuple[str, str]:
    """A slip and a visit in the outbox, as check-in writes them; their keys."""
    now = datetime.now(UTC)
    payload = fhir.encode(fhir.visit_bundles(visits.encounter(number), "urn:test:hospital"))
    slip = visits.message(
        number, Lane.PRINTER, now, payload=portable_bitmap.encode(PICTURE), expires_at=now + timedelta(minutes=3)
    )
    visit = visits.message(number, Lane.HIS, now, payload=payload)
    with store.transaction():
        store.add_message(slip)
        store.add_message(visit)
    return slip.key, visit.key


def test_both_lanes_deliver_what_they_are_woken_for(store: SqliteStore, tmp_path: Path) -> None:
    printer, his = FakePrinter(), FakeHis()
    with running(tmp_path / "state", printer, his) as (worker, window):
        assert {window.next(), window.next()} == {LaneState(Lane.PRINTER, up=True), LaneState(Lane.HIS, up=True)}
        slip, visit = queue_visit(store)
        worker.handle(Wake())
        assert {window.next(), window.next()} == {Delivered(Lane.PRINTER, slip), Delivered(Lane.HIS, visit)}
    assert printer.printed == [(slip, PICTURE)]
    assert list(his.visits) == [visit]


def test_a_hospital_system_that_hangs_keeps_no_slip_waiting(store: SqliteStore, tmp_path: Path) -> None:
    printer, his = FakePrinter(), HangingHis()
    slip, visit = queue_visit(store)
    with running(tmp_path / "state", printer, his) as (_, window):
        assert his.entered.wait(WAIT_S)
        window.until(Delivered(Lane.PRINTER, slip))
        his.released.set()
        window.until(Delivered(Lane.HIS, visit))


def test_a_printer_problem_is_told_with_its_kind_and_the_lane_goes_down(store: SqliteStore, tmp_path: Path) -> None:
    printer = FakePrinter()
    printer.problem = PrinterError(PrinterProblem.PAPER_OUT)
    with running(tmp_path / "state", printer, FakeHis()) as (worker, window):
        window.until(LaneState(Lane.PRINTER, up=False))
        slip, _ = queue_visit(store)
        worker.handle(Wake())
        window.until(DeliveryFailed(Lane.PRINTER, slip, "paper_out"))
        printer.problem = None
        second, _ = queue_visit(store, 2)
        worker.handle(Wake())
        window.until(LaneState(Lane.PRINTER, up=True))
        window.until(Delivered(Lane.PRINTER, second))
    assert [key for key, _ in printer.printed] == [second]


def test_an_expired_slip_is_told_as_a_problem_the_screen_knows(store: SqliteStore, tmp_path: Path) -> None:
    long_ago = datetime.now(UTC) - timedelta(minutes=9)
    slip = visits.message(1, Lane.PRINTER, long_ago, expires_at=long_ago + timedelta(minutes=3))
    with store.transaction():
        store.add_message(slip)
    with running(tmp_path / "state", FakePrinter(), FakeHis()) as (_, window):
        window.until(DeliveryFailed(Lane.PRINTER, slip.key, "unknown"))
    stored = store.message(slip.key)
    assert stored is not None
    assert (stored.state, stored.problem) == (DeliveryState.DEAD, "expired")


def test_a_damaged_picture_is_a_printer_problem(store: SqliteStore, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    slip = visits.message(1, Lane.PRINTER, now, expires_at=now + timedelta(minutes=3))
    with store.transaction():
        store.add_message(slip)
    with running(tmp_path / "state", FakePrinter(), FakeHis()) as (_, window):
        window.until(DeliveryFailed(Lane.PRINTER, slip.key, "unknown"))


def test_an_unavailable_his_is_told_once_and_heals(store: SqliteStore, tmp_path: Path) -> None:
    his = FakeHis()
    his.problem = HisUnavailable("down")
    _, visit = queue_visit(store)
    with running(tmp_path / "state", FakePrinter(), his) as (_, window):
        window.until(LaneState(Lane.HIS, up=False))
        his.problem = None
        window.until(LaneState(Lane.HIS, up=True))
        window.until(Delivered(Lane.HIS, visit))


class GuardedHis(FakeHis):
    """Lets nobody in and counts who knocks."""

    def __init__(self) -> None:
        super().__init__()
        self.problem = HisLockedOut("401")
        self.knocks = 0

    def check(self) -> None:
        self.knocks += 1
        super().check()


def test_a_lane_that_is_locked_out_says_so_and_does_not_knock_again_soon(store: SqliteStore, tmp_path: Path) -> None:
    his, window = GuardedHis(), Window()
    queue_visit(store)
    lane = LaneThread(
        to_his(his),
        lambda: contextlib.closing(open_store(tmp_path / "state")),
        window.tell,
        SystemClock(),
        window.crashed.set,
    )
    lane.start()
    try:
        assert window.next() == LaneState(Lane.HIS, up=False, locked_out=True)
        for number in range(2, 12):
            queue_visit(store, number)
            lane.wake()
    finally:
        lane.stop()
        lane.join(WAIT_S)
    assert not lane.is_alive()
    assert his.knocks == 1
    assert len(store.due_messages(Lane.HIS, datetime.now(UTC) + timedelta(hours=1), 20)) == 11


@pytest.mark.parametrize("failures", range(8))
def test_the_pause_after_a_lock_out_grows_to_a_quarter_of_an_hour(failures: int, tmp_path: Path) -> None:
    his = GuardedHis()
    lane = LaneThread(
        to_his(his),
        lambda: contextlib.closing(open_store(tmp_path / "state")),
        Window().tell,
        SystemClock(),
        threading.Event().set,
    )
    with contextlib.closing(open_store(tmp_path / "state")) as store:
        for _ in range(failures):
            lane._checked_at = float("-inf")
            lane._turn(store)
        lane._checked_at = float("-inf")
        pause = lane._turn(store)
    wanted = min(FIRST_LOCKED_OUT_S * 2**failures, LONGEST_LOCKED_OUT_S)
    assert 0.75 * wanted <= pause <= 1.25 * wanted


def test_a_lane_empties_itself_and_looks_again_after_a_failure_without_waiting(
    store: SqliteStore, tmp_path: Path
) -> None:
    """With an hour of idling and between checks, only the lane's own hurry can pass this test."""
    printer, window = FakePrinter(), Window()
    lane = LaneThread(
        replace(to_printer(printer), check_s=3600),
        lambda: contextlib.closing(open_store(tmp_path / "state")),
        window.tell,
        SystemClock(),
        window.crashed.set,
        idle_s=3600,
    )
    lane.start()
    try:
        assert window.next() == LaneState(Lane.PRINTER, up=True)
        keys = [queue_visit(store, number)[0] for number in (1, 2, 3)]
        lane.wake()
        assert [window.next() for _ in keys] == [Delivered(Lane.PRINTER, key) for key in keys]
        printer.problem = PrinterError(PrinterProblem.COVER_OPEN)
        key, _ = queue_visit(store, 4)
        lane.wake()
        assert window.next() == DeliveryFailed(Lane.PRINTER, key, "cover_open")
        assert window.next() == LaneState(Lane.PRINTER, up=False)
    finally:
        lane.stop()
        lane.join(WAIT_S)
    assert not lane.is_alive()


def test_more_is_sent_at_once_while_all_goes_well_and_one_after_trouble(store: SqliteStore, tmp_path: Path) -> None:
    his, window = FakeConfirmingHis(), Window()
    keys = [queue_visit(store, number)[1] for number in range(1, 60)]
    lane = LaneThread(
        to_his(his),
        lambda: contextlib.closing(open_store(tmp_path / "state")),
        window.tell,
        SystemClock(),
        window.crashed.set,
    )
    for _ in range(4):
        lane._turn(store)
    assert his.asked == [1, 2, 4, 8]
    his.indigestible = {keys[20]}
    lane._turn(store)
    his.indigestible.clear()
    for _ in range(6):
        lane._turn(store)
    # 16 were to be sent, five were; then the rest but the one that waits.
    assert his.asked[4:] == [5, 1, 2, 4, 8, 16, 7]
    assert sorted(his.received) == sorted(set(keys) - {keys[20]})


def test_a_lane_whose_results_cannot_be_written_waits_and_sends_again(tmp_path: Path) -> None:
    his, window, store = FakeConfirmingHis(), Window(), FakeStore()
    with store.transaction():
        store.add_message(visits.message(1, at=datetime.now(UTC)))
    lane = LaneThread(
        to_his(his), lambda: contextlib.nullcontext(store), window.tell, SystemClock(), window.crashed.set
    )
    store.full = True
    first, second = lane._turn(store), lane._turn(store)
    assert 0.75 * FIRST_PAUSE_S <= first <= 1.25 * FIRST_PAUSE_S
    assert 1.5 * FIRST_PAUSE_S <= second <= 2.5 * FIRST_PAUSE_S
    store.full = False
    assert lane._turn(store) == 0
    assert window.next() == LaneState(Lane.HIS, up=True)
    assert window.next() == Delivered(Lane.HIS, visits.message(1).key)
    assert (len(his.received), len(his.visits)) == (3, 1)


def test_a_slow_hospital_system_is_asked_for_less_at_once(
    store: SqliteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    his, window = FakeConfirmingHis(), Window()
    for number in range(1, 30):
        queue_visit(store, number)
    monkeypatch.setattr("kiosk.workers.lane.LONGEST_BATCH_S", 0.0)
    lane = LaneThread(
        to_his(his), lambda: contextlib.nullcontext(store), window.tell, SystemClock(), window.crashed.set
    )
    lane._batch = 8
    for _ in range(5):
        lane._turn(store)
    assert his.asked == [8, 4, 2, 1, 1]


def test_a_lane_that_dies_of_a_bug_says_so(store: SqliteStore, tmp_path: Path) -> None:
    his = FakeHis()
    his.problem = ValueError("a bug")  # type: ignore[assignment]
    with running(tmp_path / "state", FakePrinter(), his) as (_, window):
        assert window.crashed.wait(WAIT_S)


@pytest.mark.parametrize(
    ("config", "key"),
    [
        ({}, "state"),
        ({"state": ""}, "state"),
        ({"state": 3}, "state"),
        ({"state": "x", "his": {"kind": "fax"}}, "his.kind"),
        ({"state": "x", "printer": {"kind": "file"}}, "printer.folder"),
    ],
)
def test_a_start_with_wrong_settings_is_refused_by_the_name_of_the_key(config: dict[str, Any], key: str) -> None:
    window = Window()
    worker = DeliveryWorker(window.tell, window.crashed.set, connected)
    worker.handle(Start(config))
    worker.handle(Wake())
    worker.close()
    assert window.next() == Refused(f"start: {key}")


class Process:
    """The worker as its window runs it; killed when a test waits in vain."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kiosk.workers", "delivery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._watchdog = threading.Timer(3 * WAIT_S, self._process.kill)
        self._watchdog.start()
        self.send(Start(config))

    def send(self, message: Message) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(encode_line(message.to_json()))
        self._process.stdin.flush()

    def until(self, *wanted: Message) -> None:
        """Read until all of these were told, in any order."""
        assert self._process.stdout is not None
        missing = [message.to_json() for message in wanted]
        for line in self._process.stdout:
            told = json.loads(line)
            missing = [message for message in missing if message != told]
            if not missing:
                return
        pytest.fail(f"the worker ended before {missing}")

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()
        self._watchdog.cancel()

    def end(self) -> tuple[int, str]:
        """Exit code and what it logged."""
        self.send(Stop())
        _, log = self._process.communicate(timeout=WAIT_S)
        self._watchdog.cancel()
        return self._process.returncode, log.decode()


def test_the_process_delivers_into_folders_and_logs_no_word_of_the_visit(store: SqliteStore, tmp_path: Path) -> None:
    config = {
        "state": str(tmp_path / "state"),
        "printer": {"kind": "file", "folder": str(tmp_path / "paper")},
        "his": {"kind": "file", "folder": str(tmp_path / "his")},
    }
    slip, visit = queue_visit(store)
    process = Process(config)
    process.until(Delivered(Lane.PRINTER, slip), Delivered(Lane.HIS, visit))
    second_slip, second_visit = queue_visit(store, 2)
    process.send(Wake())
    process.send(Ping(7))
    process.until(Delivered(Lane.PRINTER, second_slip), Delivered(Lane.HIS, second_visit), Pong(7))
    code, log = process.end()
    assert code == 0
    assert {file.stem for file in (tmp_path / "his").glob("*.json")} == {visit, second_visit}
    assert (tmp_path / "paper" / f"{slip}.pbm").read_bytes() == portable_bitmap.encode(PICTURE)
    assert f"key={slip}" in log
    assert visits.CANARY not in log
    assert visits.PHONE not in log


def test_the_process_without_printer_and_his_says_so_and_keeps_what_waits(store: SqliteStore, tmp_path: Path) -> None:
    slip, visit = queue_visit(store)
    process = Process({"state": str(tmp_path / "state")})
    process.until(LaneState(Lane.HIS, up=True), DeliveryFailed(Lane.PRINTER, slip, "offline"))
    assert process.end()[0] == 0
    stored = store.message(visit)
    assert stored is not None
    assert stored.state is DeliveryState.WAITING


def test_the_process_killed_at_any_moment_loses_no_visit(store: SqliteStore, tmp_path: Path) -> None:
    keys = [queue_visit(store, number)[1] for number in range(1, 31)]
    config = {"state": str(tmp_path / "state"), "his": {"kind": "file", "folder": str(tmp_path / "his")}}
    first = Process(config)
    first.until(Delivered(Lane.HIS, keys[0]))
    first.kill()
    waiting = [message.key for message in store.due_messages(Lane.HIS, datetime.now(UTC), 100)]
    second = Process(config)
    second.until(*(Delivered(Lane.HIS, key) for key in waiting), LaneState(Lane.HIS, up=True))
    second.end()
    assert {file.stem for file in (tmp_path / "his").glob("*.json")} == set(keys)
    assert store.due_messages(Lane.HIS, datetime.now(UTC), 100) == []
