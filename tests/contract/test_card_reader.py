"""The card reader over a real pseudo terminal: cards, faults of the line, and what is never kept."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.adapters.identity.sam_reader import SamReader
from kiosk.domain.card_reading import CardState, ReaderError, ReaderProblem
from kiosk.wire.sam_v import CardText
from tests.card_reader_peer import ADDRESS, NAME, NUMBER, TODAY, Card, CardReaderPeer, link

WAIT_S = 20.0


@pytest.fixture
def peer() -> Iterator[CardReaderPeer]:
    peer = CardReaderPeer()
    yield peer
    peer.unplug()


class Reading:
    """One wish for a card, in a thread as the worker has it."""

    def __init__(self, device: str) -> None:
        self._told: queue.Queue[CardState] = queue.Queue()
        self.stop = threading.Event()
        self.found: CardText | None = None
        self._reader = SamReader(device, answer_s=0.3, poll_s=0.01, again_s=0.02)
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        self.found = self._reader.read_card(self.stop, self._told.put, TODAY)

    def until(self, state: CardState) -> None:
        while self._told.get(timeout=WAIT_S) is not state:
            pass

    def result(self) -> CardText | None:
        self._thread.join(WAIT_S)
        assert not self._thread.is_alive()
        return self.found

    def end(self) -> None:
        self.stop.set()
        self._thread.join(WAIT_S)
        self._reader.close()


@pytest.fixture
def reading(peer: CardReaderPeer, tmp_path: Path) -> Iterator[Reading]:
    reading = Reading(str(link(peer, tmp_path / "reader")))
    yield reading
    reading.end()


def test_a_card_that_is_put_there_is_read(peer: CardReaderPeer, reading: Reading) -> None:
    reading.until(CardState.WAITING)
    peer.put(Card())
    reading.until(CardState.READING)
    found = reading.result()
    assert found is not None
    assert (found.name, found.document.number) == (NAME, NUMBER)
    assert peer.asked[-3:] == ["find", "select", "read"]


@pytest.mark.parametrize("fails", ["select", "read"])
def test_a_card_that_fails_is_tried_again_when_it_is_put_back(
    peer: CardReaderPeer, reading: Reading, fails: str
) -> None:
    peer.put(Card(fails=fails))
    reading.until(CardState.FAILED)
    peer.put(Card())
    assert reading.result() is not None


def test_a_card_whose_text_does_not_hold_together_is_not_taken(peer: CardReaderPeer, reading: Reading) -> None:
    peer.put(Card(number="110105194912310021"))
    reading.until(CardState.FAILED)
    reading.end()
    assert reading.found is None


@pytest.mark.parametrize("cut", [0, 3, 9, 200, 1294])
def test_a_frame_that_ends_too_early_is_asked_for_again(peer: CardReaderPeer, reading: Reading, cut: int) -> None:
    peer.send = lambda answer: answer[:cut]
    peer.put(Card())
    reading.until(CardState.NO_READER)
    peer.send = lambda answer: answer
    peer.put(Card())
    assert reading.result() is not None


def test_a_garbled_frame_is_asked_for_again(peer: CardReaderPeer, reading: Reading) -> None:
    peer.send = lambda answer: answer[:-1] + bytes((answer[-1] ^ 1,))
    reading.until(CardState.NO_READER)
    peer.send = lambda answer: b"\xff\xaa\xaa" + answer
    peer.put(Card())
    assert reading.result() is not None


def test_a_reader_that_hangs_costs_a_time_limit(peer: CardReaderPeer, reading: Reading) -> None:
    reading.until(CardState.WAITING)
    peer.hang_up_quietly()
    reading.until(CardState.NO_READER)
    reading.end()
    assert reading.found is None


def test_unplugged_and_plugged_in_again(tmp_path: Path) -> None:
    first = CardReaderPeer()
    path = link(first, tmp_path / "reader")
    reading = Reading(str(path))
    reading.until(CardState.WAITING)
    path.unlink()
    first.unplug()
    reading.until(CardState.NO_READER)
    second = CardReaderPeer()
    try:
        link(second, path)
        reading.until(CardState.WAITING)
        second.put(Card())
        assert reading.result() is not None
    finally:
        reading.end()
        second.unplug()


def test_check_says_what_is_wrong(peer: CardReaderPeer, tmp_path: Path) -> None:
    for device, problem in ((tmp_path / "none", ReaderProblem.ABSENT), (tmp_path, ReaderProblem.ABSENT)):
        with pytest.raises(ReaderError) as failed:
            SamReader(str(device)).check()
        assert failed.value.problem is problem
    holder = SamReader(peer.device)
    holder.check()
    with pytest.raises(ReaderError) as failed:
        SamReader(peer.device).check()
    assert failed.value.problem is ReaderProblem.BUSY
    holder.close()
    peer.hang_up_quietly()
    with pytest.raises(ReaderError) as failed:
        SamReader(peer.device, answer_s=0.1).check()
    assert failed.value.problem is ReaderProblem.SILENT


def test_a_file_is_no_reader(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(ReaderError):
        SamReader(str(file)).check()
    assert file.read_text() == ""


def test_a_closed_reader_leaves_nothing_open(peer: CardReaderPeer) -> None:
    before = set(Path("/proc/self/fd").iterdir())
    reader = SamReader(peer.device)
    reader.check()
    reader.close()
    assert set(Path("/proc/self/fd").iterdir()) == before


def test_only_what_a_visit_needs_leaves_the_reader(peer: CardReaderPeer, reading: Reading) -> None:
    peer.put(replace(Card(), until="20300101"))
    found = reading.result()
    assert found is not None
    kept = "".join(str(getattr(found, name)) for name in found.__dataclass_fields__)
    assert NAME in kept
    assert ADDRESS not in kept
    assert "公安局" not in kept
