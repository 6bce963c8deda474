"""Run as a program with PULSE_SERVER set: the real voice before two sinks of a real sound server, `lobby` and `ear`.

`ear` is a headset that is pulled in the middle of a personal sentence. Prints one JSON object with what was measured.
A sentence that ends only because the player's patience is over is waited for in vain.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest

from kiosk.config import VoiceSettings
from kiosk.domain.language import Language
from kiosk.ui.reading.outputs import Hearing
from kiosk.ui.reading.player import Player
from kiosk.ui.reading.script import Utterance
from kiosk.ui.reading.voice import Voice
from kiosk.ui.worker_process import WorkerProcess
from kiosk.wire.worker_messages import Start

PATIENCE_S = 20
SOUND_WORKER = """
import sys
from kiosk.adapters.sound import player
from kiosk.workers import sound
player.SPARE_MS = 3_600_000
sys.exit(sound.main())
"""
AFTERWARDS_S = 0.7
SECRET = "My right knee has hurt for two weeks and it is worse on stairs and when I get up in the morning. " * 3
SILENCE = 200
"""Largest sample that is still silence."""


def until(arrived: Callable[[], bool]) -> float:
    """Seconds until it happened."""
    began = time.monotonic()
    while not arrived():
        if time.monotonic() - began > PATIENCE_S:
            raise SystemExit("waited too long")
        QTest.qWait(1)
    return time.monotonic() - began


def loudest(file: Path, start: int = 0) -> int:
    data = file.read_bytes()[start:]
    samples = memoryview(data[: len(data) - len(data) % 2]).cast("h")
    return max(map(abs, samples), default=0)


def loud_ms(file: Path) -> float:
    """How long there was anything to be heard."""
    data = file.read_bytes()
    samples = memoryview(data[: len(data) - len(data) % 2]).cast("h")
    loud = [place for place, sample in enumerate(samples) if abs(sample) > SILENCE]
    return (loud[-1] - loud[0] + 1) / 16 if loud else 0.0


def record(sink: str, file: Path) -> subprocess.Popen[bytes]:
    sound = file.open("wb")
    command = ["parec", "-d", f"{sink}.monitor", "--raw", "--rate=16000", "--channels=1", "--format=s16le"]
    return subprocess.Popen([*command, "--latency-msec=20"], stdout=sound)


def main() -> None:
    module = sys.argv[1]
    application = QCoreApplication([])
    worker = WorkerProcess("voice", greeting=[Start({"voice": asdict(VoiceSettings())})])
    sound = WorkerProcess("sound", command=[sys.executable, "-c", SOUND_WORKER])
    player = Player(sound)
    voice = Voice(worker, player)
    player.look()
    worker.start()
    sound.start()
    until(lambda: worker.is_up and voice.hearing is Hearing.PRIVATE)
    with tempfile.TemporaryDirectory() as folder:
        lobby, ear = Path(folder) / "lobby", Path(folder) / "ear"
        recorders = [record("lobby", lobby), record("ear", ear)]
        until(lambda: lobby.stat().st_size > 0 and ear.stat().st_size > 0)
        began = time.monotonic()
        voice.say([Utterance(SECRET, Language.EN, personal=True)])
        until(lambda: loudest(ear) > SILENCE)
        first_sound = time.monotonic() - began
        subprocess.run(["pactl", "unload-module", module], check=True)
        silent = until(lambda: voice.hearing is Hearing.LOBBY)
        after = time.monotonic()
        until(lambda: time.monotonic() - after > AFTERWARDS_S)
        leaked = loud_ms(lobby)
        mark = lobby.stat().st_size
        voice.say([Utterance("Give a phone number and birth date?", Language.EN, personal=False)])
        over: list[bool] = []
        voice.finished.connect(lambda: over.append(True))
        until(lambda: loudest(lobby, mark - mark % 2) > SILENCE)
        until(lambda: bool(over))
        for recorder in recorders:
            recorder.kill()
            recorder.wait()
    worker.shutdown()
    sound.shutdown()
    del application
    measured = {"first_sound_s": first_sound, "silent_after_s": silent, "leaked_ms": leaked}
    sys.stdout.write(json.dumps(measured) + "\n")


if __name__ == "__main__":
    main()
