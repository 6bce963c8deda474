"""The sound worker before a real sound server that crashes, is absent, and comes back; and the worker killed itself."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.config import VoiceSettings
from kiosk.domain.language import Language
from kiosk.ui.microphone import Microphone
from kiosk.ui.reading.outputs import Hearing
from kiosk.ui.reading.player import Player
from kiosk.ui.reading.script import Utterance
from kiosk.ui.reading.voice import Voice
from kiosk.ui.worker_process import WorkerProcess
from kiosk.wire.worker_messages import Start
from tests.sound_server import MISSING, SoundServer
from tests.speech_client import pcm_saying, wav_saying

LONG_MS = 40_000
LOUD = 1000
NIGHT = "it started last night"

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]


class Ears:
    """The window's two objects before one worker, and everything they said."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.worker = WorkerProcess("sound")
        self.microphone = Microphone(self.worker)
        self.player = Player(self.worker)
        self.news: list[str] = []
        self.sound = b""
        self.downs: list[str] = []
        self.microphone.problem.connect(self.news.append)
        self.microphone.stopped.connect(lambda: self.news.append("stopped"))
        self.microphone.frames.connect(self._hear)
        self.player.finished.connect(lambda: self.news.append("finished"))
        self.worker.down.connect(self.downs.append)

    def _hear(self, pcm: bytes) -> None:
        self.sound += pcm

    def until(self, arrived: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(arrived, timeout=LONG_MS)

    @property
    def outputs(self) -> set[str]:
        return {one.name for one in self.player.outputs()[1]}

    def begin(self) -> None:
        self.microphone.look()
        self.player.look()
        self.worker.start()

    def finished(self, voice: Voice) -> AbstractContextManager[object]:
        return self._qtbot.waitSignal(voice.finished, timeout=LONG_MS)

    def hears(self) -> bool:
        """Listens until there is some sound."""
        self.until(lambda: self.microphone.available)
        self.sound = b""
        self.news.clear()
        self.microphone.start()
        self.until(lambda: bool(self.sound))
        self.microphone.stop()
        self.until(lambda: bool(self.news))
        return self.news == ["stopped"]

    def plays(self) -> bool:
        self.until(lambda: "lobby" in self.outputs)
        self.news.clear()
        self.player.play(pcm_saying(Language.EN, "not sure"), 16_000, "lobby", 6)
        self.until(lambda: bool(self.news))
        return self.news == ["finished"]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    server = SoundServer(tmp_path)
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    yield server
    server.close()


@pytest.fixture
def ears(server: SoundServer, qtbot: QtBot) -> Iterator[Ears]:
    ears = Ears(qtbot)
    yield ears
    ears.worker.shutdown()


def test_the_end_of_what_was_said_is_not_cut_and_nothing_follows(server: SoundServer, ears: Ears) -> None:
    desk = server.plug("desk")
    ears.begin()
    assert ears.hears()
    ears.sound = b""
    ears.microphone.start()
    ears.until(lambda: bool(ears.sound))
    desk.speak(wav_saying(Language.EN, NIGHT)).wait()
    ears.news.clear()
    ears.microphone.stop()
    ears.until(lambda: ears.news == ["stopped"])
    heard = len(ears.sound)
    assert heard >= len(pcm_saying(Language.EN, NIGHT))
    # The worker has answered something else meanwhile.
    assert ears.plays()
    assert len(ears.sound) == heard


def test_the_server_crashes_while_nobody_speaks_and_comes_back(server: SoundServer, ears: Ears) -> None:
    server.plug("desk")
    ears.begin()
    assert ears.hears()
    assert ears.plays()
    server.kill()
    ears.until(lambda: not ears.microphone.available and not ears.outputs)
    ears.news.clear()
    ears.microphone.start()
    assert ears.news == ["no_device"]
    server.start()
    server.plug("another")
    assert ears.hears()
    assert ears.plays()
    assert ears.downs == ["asked to be started again"]


def test_the_server_crashes_while_somebody_speaks_and_something_is_played(server: SoundServer, ears: Ears) -> None:
    server.plug("desk")
    ears.begin()
    assert ears.hears()
    ears.until(lambda: "lobby" in ears.outputs)
    ears.news.clear()
    ears.sound = b""
    ears.microphone.start()
    ears.player.play(8 * pcm_saying(Language.EN, NIGHT), 16_000, "lobby", 6)
    ears.until(lambda: bool(ears.sound))
    server.kill()
    ears.until(lambda: sorted(ears.news) == ["device_lost", "finished"])
    ears.until(lambda: ears.downs == ["asked to be started again"])
    server.start()
    server.plug("desk")
    assert ears.hears()
    assert ears.plays()


def test_the_worker_is_killed_while_somebody_speaks_and_something_is_played(server: SoundServer, ears: Ears) -> None:
    server.plug("desk")
    ears.begin()
    assert ears.hears()
    ears.until(lambda: "lobby" in ears.outputs)
    ears.news.clear()
    ears.sound = b""
    ears.microphone.start()
    ears.player.play(8 * pcm_saying(Language.EN, NIGHT), 16_000, "lobby", 6)
    ears.until(lambda: bool(ears.sound))
    os.kill(ears.worker.pid, signal.SIGKILL)
    ears.until(lambda: sorted(ears.news) == ["device_lost", "finished"])
    assert not ears.microphone.available
    assert ears.hears()
    assert ears.plays()


def test_without_a_server_one_worker_waits_until_there_is_one(server: SoundServer, ears: Ears) -> None:
    server.kill()
    answers: list[object] = []
    ears.worker.message.connect(answers.append)
    ears.begin()
    # It has looked without a server, too: there might have been another kind of sound.
    ears.until(lambda: bool(answers))
    assert not ears.microphone.available
    assert ears.downs == []
    server.start()
    server.plug("late")
    assert ears.hears()
    assert ears.plays()
    assert ears.downs == ["asked to be started again"]


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="not installed: espeak-ng")
def test_what_is_read_aloud_is_heard_again_after_the_server_has_crashed(server: SoundServer, ears: Ears) -> None:
    worker = WorkerProcess("voice", greeting=[Start({"voice": asdict(VoiceSettings())})])
    # What the loudspeaker says there is said into the microphone.
    voice = Voice(worker, ears.player, loudspeaker="desk_in")

    def is_heard() -> bool:
        """The list of outputs may still be an older one: some tries."""
        for _ in range(10):
            ears.until(lambda: voice.hearing is Hearing.LOBBY and ears.microphone.available)
            ears.sound = b""
            ears.microphone.start()
            ears.until(lambda: bool(ears.sound))
            with ears.finished(voice):
                voice.say([Utterance("Please sit down.", Language.EN, personal=False)])
            ears.news.clear()
            ears.microphone.stop()
            ears.until(lambda: bool(ears.news))
            if max(memoryview(ears.sound).cast("h"), default=0) > LOUD:
                return True
        return False

    try:
        server.plug("desk")
        ears.begin()
        worker.start()
        assert is_heard()
        server.kill()
        ears.until(lambda: voice.hearing is Hearing.NOBODY)
        server.start()
        server.plug("desk")
        assert is_heard()
    finally:
        worker.shutdown()


def test_silence_does_not_wait_for_the_rest_of_a_long_sentence(server: SoundServer, ears: Ears) -> None:
    ears.begin()
    ears.until(lambda: "lobby" in ears.outputs)
    ears.player.play(60 * 48_000 * b"\1\0", 48_000, "lobby", 1)
    ears.player.stop()
    assert ears.plays()
