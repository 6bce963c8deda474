"""WorkerProcess with real child processes: the real workers, and programs that misbehave on purpose."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from kiosk import paths
from kiosk.domain.language import Language
from kiosk.ui.restart_policy import RestartPolicy
from kiosk.ui.worker_process import Pace, WorkerProcess, explain_exit, worker_command
from kiosk.wire.speech_messages import Begin, End, Load, Ready, Transcript
from kiosk.wire.worker_messages import Ask, NoModel

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stops processes by signal")

LONG_MS = 30_000
"""A bound against hanging for ever, far above what anything here takes."""
QUICK = Pace(ping_s=0.1, silence_s=1.0, start_s=20.0, grace_s=0.3)

Make = Callable[..., WorkerProcess]


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Make]:
    made: list[WorkerProcess] = []

    def make_worker(name: str = "llm", **arguments: Any) -> WorkerProcess:
        made.append(WorkerProcess(name, **({"pace": QUICK} | arguments)))
        return made[-1]

    yield make_worker
    for worker in made:
        worker.shutdown()


def start(qtbot: QtBot, worker: WorkerProcess) -> None:
    with qtbot.waitSignal(worker.up, timeout=LONG_MS):
        worker.start()


def answers(qtbot: QtBot, worker: WorkerProcess) -> bool:
    with qtbot.waitSignal(worker.message, timeout=LONG_MS) as received:
        worker.send(Ask("v1", "fever", Language.EN))
    return received.args == [NoModel("v1")]


def program(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_worker_comes_up_and_answers(qtbot: QtBot, make: Make) -> None:
    worker = make()
    assert not worker.is_up
    start(qtbot, worker)
    assert worker.is_up
    assert answers(qtbot, worker)


def test_a_killed_worker_is_started_again_greeted_again_and_works(qtbot: QtBot, make: Make) -> None:
    worker = make(greeting=[Ask("greeting", "x", Language.EN)])
    received: list[object] = []
    worker.message.connect(received.append)
    with qtbot.waitSignal(worker.message, timeout=LONG_MS):
        worker.start()
    pid = worker.pid
    downs: list[str] = []
    worker.down.connect(downs.append)
    with qtbot.waitSignals([worker.down, worker.up], timeout=LONG_MS, order="strict"):
        os.kill(pid, signal.SIGKILL)
    assert downs == ["stopped by signal SIGKILL"]
    assert worker.pid != pid
    qtbot.waitUntil(lambda: received == [NoModel("greeting")] * 2, timeout=LONG_MS)
    assert answers(qtbot, worker)
    assert not worker.is_degraded


def test_speech_survives_a_crash_in_the_middle_of_a_sentence(qtbot: QtBot, make: Make) -> None:
    load = Load(Language.EN, str(paths.models() / "speech" / "en"))
    worker = make("speech", greeting=[load])

    def ready(message: object) -> bool:
        return message == Ready((Language.EN,))

    with qtbot.waitSignal(worker.message, timeout=LONG_MS, check_params_cb=ready):
        worker.start()
    worker.send(Begin(1, Language.EN))
    with qtbot.waitSignal(worker.message, timeout=LONG_MS, check_params_cb=ready):
        os.kill(worker.pid, signal.SIGSEGV)
    with qtbot.waitSignal(
        worker.message,
        timeout=LONG_MS,
        check_params_cb=lambda message: message == Transcript(2, "", final=True, voiced_ms=0),
    ):
        worker.send(Begin(2, Language.EN))
        worker.send(End(2))


def test_a_hung_worker_is_killed_and_replaced(qtbot: QtBot, make: Make) -> None:
    worker = make()
    start(qtbot, worker)
    pid = worker.pid
    downs: list[str] = []
    worker.down.connect(downs.append)
    with qtbot.waitSignals([worker.down, worker.up], timeout=LONG_MS, order="strict"):
        os.kill(pid, signal.SIGSTOP)
    assert downs == ["did not answer in time"]
    assert gone(pid)
    assert answers(qtbot, worker)


def test_a_worker_that_says_it_is_busy_is_left_alone(qtbot: QtBot, make: Make) -> None:
    # It answers the first ping, announces a long step, says nothing for three times the allowed silence, and goes on.
    code = """
import sys, time
from kiosk.wire.jsonlines import encode_line
from kiosk.wire.worker_messages import Busy, NoModel, Pong
def say(message):
    sys.stdout.buffer.write(encode_line(message.to_json())); sys.stdout.flush()
sys.stdin.readline(); say(Pong(1)); say(Busy(60)); time.sleep(3); say(NoModel("done")); sys.stdin.read()
"""
    worker = make(command=program(code))
    downs: list[str] = []
    worker.down.connect(downs.append)
    with qtbot.waitSignal(worker.message, timeout=LONG_MS) as received:
        worker.start()
    assert received.args == [NoModel("done")]
    assert downs == []


def test_a_worker_that_never_answers_never_comes_up(qtbot: QtBot, make: Make) -> None:
    pace = Pace(ping_s=0.1, silence_s=1.0, start_s=0.5, grace_s=0.3)
    worker = make(command=program("import sys; sys.stdin.read()"), pace=pace)
    ups: list[bool] = []
    worker.up.connect(lambda: ups.append(True))
    with qtbot.waitSignal(worker.down, timeout=LONG_MS) as seen:
        worker.start()
    assert seen.args == ["did not answer in time"]
    assert ups == []


def test_answers_to_pings_that_were_never_sent_do_not_count(qtbot: QtBot, make: Make) -> None:
    code = """
import sys, time
for number in range(1000, 1400):
    print('{"type":"pong","sequence":%d}' % number, flush=True); time.sleep(0.01)
sys.stdin.read()
"""
    pace = Pace(ping_s=0.1, silence_s=1.0, start_s=0.5, grace_s=0.3)
    worker = make(command=program(code), pace=pace)
    with qtbot.waitSignal(worker.down, timeout=LONG_MS) as seen:
        worker.start()
    assert seen.args == ["did not answer in time"]


def test_repeated_crashes_degrade_and_it_is_still_tried_again(qtbot: QtBot, make: Make, tmp_path: Path) -> None:
    # Crashes until the file appears, then is the real worker.
    mended = tmp_path / "mended"
    code = f"""
import pathlib, sys
if not pathlib.Path({str(mended)!r}).exists():
    sys.exit(3)
from kiosk.workers.llm import main
sys.exit(main())
"""
    restarts = RestartPolicy(first_s=0.01, degraded_s=0.05)
    worker = make(command=program(code), restarts=restarts)
    downs: list[str] = []
    degraded: list[bool] = []
    worker.down.connect(downs.append)
    worker.degraded.connect(lambda: degraded.append(True))
    with qtbot.waitSignal(worker.degraded, timeout=LONG_MS):
        worker.start()
    assert downs == ["ended with code 3"] * 3
    assert worker.is_degraded
    qtbot.waitUntil(lambda: len(downs) >= 5, timeout=LONG_MS)
    assert degraded == [True]
    with qtbot.waitSignal(worker.up, timeout=LONG_MS):
        mended.touch()
    assert answers(qtbot, worker)


def test_a_program_that_is_not_there_is_tried_again(qtbot: QtBot, make: Make) -> None:
    worker = make(command=["/nonexistent/worker"], restarts=RestartPolicy(first_s=0.01, degraded_s=0.05))
    downs: list[str] = []
    worker.down.connect(downs.append)
    with qtbot.waitSignal(worker.degraded, timeout=LONG_MS):
        worker.start()
    assert set(downs) == {"could not be started"}


def test_unreadable_and_foreign_lines_are_dropped(qtbot: QtBot, make: Make) -> None:
    code = """
import sys
sys.stdin.readline()
print('{"type":"pong","sequence":1}')
print("segmentation fault (just a stray print)")
print('{"type":"transcript","utterance":1,"text":"not from here","final":true}')
print('{"type":"no_model"}')
print('{"type":"no_model","visit_id":"v9"}', flush=True)
sys.stdin.read()
"""
    worker = make(command=program(code))
    received: list[object] = []
    worker.message.connect(received.append)
    with qtbot.waitSignal(worker.message, timeout=LONG_MS):
        worker.start()
    assert received == [NoModel("v9")]


def test_stop_ends_the_worker_and_does_not_start_it_again(qtbot: QtBot, make: Make) -> None:
    worker = make()
    start(qtbot, worker)
    pid = worker.pid
    with qtbot.waitSignal(worker.down, timeout=LONG_MS) as seen:
        worker.stop()
    assert seen.args == ["stopped"]
    assert (worker.pid, worker.is_up, gone(pid)) == (0, False, True)
    start(qtbot, worker)
    assert answers(qtbot, worker)


def test_a_worker_that_does_not_stop_when_asked_is_killed(qtbot: QtBot, make: Make) -> None:
    worker = make()
    start(qtbot, worker)
    pid = worker.pid
    os.kill(pid, signal.SIGSTOP)
    with qtbot.waitSignal(worker.down, timeout=LONG_MS):
        worker.stop()
    assert gone(pid)


def test_shutdown_leaves_no_process_behind(qtbot: QtBot, make: Make) -> None:
    willing, stubborn, starting = make(), make(), make()
    start(qtbot, willing)
    start(qtbot, stubborn)
    starting.start()
    pids = [willing.pid, stubborn.pid, starting.pid]
    os.kill(stubborn.pid, signal.SIGSTOP)
    for worker in (willing, stubborn, starting):
        worker.shutdown()
    assert all(gone(pid) for pid in pids)


def test_messages_to_a_worker_that_is_down_are_dropped(qtbot: QtBot, make: Make) -> None:
    worker = make()
    received: list[object] = []
    worker.message.connect(received.append)
    worker.send(Ask("early", "x", Language.EN))
    worker.start()
    worker.send(Ask("too early", "x", Language.EN))
    qtbot.waitSignal(worker.up, timeout=LONG_MS).wait()
    assert answers(qtbot, worker)
    assert received == [NoModel("v1")]


@pytest.mark.parametrize(
    ("status", "code", "killed_for", "words"),
    [
        (QProcess.ExitStatus.NormalExit, 0, "", "ended with code 0"),
        (QProcess.ExitStatus.NormalExit, 70, "", "ended with code 70"),
        (QProcess.ExitStatus.CrashExit, 11, "", "stopped by signal SIGSEGV"),
        (QProcess.ExitStatus.CrashExit, 62097, "", "crashed with code 62097"),
        (QProcess.ExitStatus.CrashExit, 9, "did not answer in time", "did not answer in time"),
    ],
)
def test_exits_are_explained(status: QProcess.ExitStatus, code: int, killed_for: str, words: str) -> None:
    assert explain_exit(status, code, killed_for) == words


def test_a_frozen_build_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert worker_command("speech") == [sys.executable, "-m", "kiosk.workers", "speech"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command("speech") == [sys.executable, "worker", "speech"]
