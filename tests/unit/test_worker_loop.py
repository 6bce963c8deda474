from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from kiosk.wire.checked_fields import MessageError
from kiosk.wire.worker_messages import TO_LLM, Ask, Message, NoModel
from kiosk.workers.loop import EXIT_BUG, Send, serve

ASK = b'{"type":"ask","visit_id":"v1","text":"canary","language":"en"}\n'
PING = b'{"type":"ping","sequence":7}\n'
STOP = b'{"type":"stop"}\n'


class Recording:
    """Remembers what it was asked and answers Ask."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.handled: list[Message] = []
        self.closed = 0

    def handle(self, message: Message) -> None:
        self.handled.append(message)
        assert isinstance(message, Ask)
        self.send(NoModel(message.visit_id))

    def close(self) -> None:
        self.closed += 1


class Picky(Recording):
    def __init__(self, send: Send) -> None:
        super().__init__(send)
        self.refused: list[MessageError] = []

    def refuse(self, error: MessageError) -> None:
        self.refused.append(error)


def served(*data: bytes, worker_type: type[Recording] = Recording) -> tuple[Recording, list[dict[str, object]]]:
    """What a worker and its window saw after these reads."""
    made: list[Recording] = []

    def start(send: Send) -> Recording:
        made.append(worker_type(send))
        return made[0]

    reads: Iterator[bytes] = iter([*data, b""])
    read_end, write_end = os.pipe()
    try:
        serve(lambda: next(reads), write_end, TO_LLM, start)
    finally:
        os.close(write_end)
        with os.fdopen(read_end, "rb") as answers:
            lines = [json.loads(line) for line in answers]
    return made[0], lines


def test_messages_are_handled_in_order_and_pings_answered() -> None:
    worker, answers = served(PING + ASK[:10], ASK[10:] + PING)
    assert [type(message) for message in worker.handled] == [Ask]
    assert [answer["type"] for answer in answers] == ["pong", "no_model", "pong"]
    assert worker.closed == 1


def test_nothing_is_handled_after_stop() -> None:
    worker, answers = served(STOP + ASK, PING)
    assert (worker.handled, answers, worker.closed) == ([], [], 1)


def test_unreadable_lines_and_foreign_messages_are_refused() -> None:
    _, answers = served(b"{\n" + b'{"type":"wake"}\n' + PING)
    assert [answer["type"] for answer in answers] == ["refused", "refused", "pong"]


def test_a_worker_may_take_refusals_itself() -> None:
    worker, answers = served(b'{"type":"ask"}\n', worker_type=Picky)
    assert isinstance(worker, Picky)
    assert [str(error) for error in worker.refused] == ["ask: visit_id: not text"]
    assert answers == []


def test_a_window_that_is_gone_does_not_disturb_the_last_work() -> None:
    worker = None

    def start(send: Send) -> Recording:
        nonlocal worker
        worker = Recording(send)
        return worker

    read_end, write_end = os.pipe()
    os.close(read_end)
    reads = iter([ASK, ASK, b""])
    serve(lambda: next(reads), write_end, TO_LLM, start)
    os.close(write_end)
    assert worker is not None
    assert len(worker.handled) == 2


PROGRAM = """
import os, subprocess, sys, threading
from kiosk.wire.worker_messages import TO_LLM, NoModel
from kiosk.workers import loop

class Worker:
    def __init__(self, send):
        self.send = send
    def handle(self, message):
        print("stray print")
        os.write(1, b"stray write of a native library\\n")
        subprocess.run([sys.executable, "-c", "import sys; assert not sys.stdin.read()"], check=True)
        if message.visit_id == "bug":
            raise RuntimeError(message.text)
        thread = threading.Thread(target=self.fail, args=(message.text,))
        thread.start()
        thread.join()
        self.send(NoModel(message.visit_id))
    def fail(self, text):
        raise RuntimeError(text)
    def close(self):
        pass

sys.exit(loop.run(TO_LLM, Worker))
"""


def run_program(given: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", PROGRAM], input=given, capture_output=True, check=False, timeout=60)


def test_stray_output_never_reaches_the_window_and_children_cannot_eat_messages() -> None:
    done = run_program(ASK + PING)
    assert done.stdout.splitlines() == [
        b'{"type":"no_model","visit_id":"v1","problem":"off","request":0}',
        b'{"type":"pong","sequence":7}',
    ]
    assert b"stray write" in done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize("visit", [b"bug", b"thread"])
def test_a_bug_is_reported_without_what_the_patient_said(visit: bytes) -> None:
    done = run_program(ASK.replace(b"v1", visit))
    assert b"worker_bug" in done.stderr
    assert b"RuntimeError" in done.stderr
    assert b"canary" not in done.stderr
    assert done.returncode == (EXIT_BUG if visit == b"bug" else 0)
