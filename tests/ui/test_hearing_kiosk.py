"""The whole kiosk in front of a real sound server: words through a microphone, and microphones that come and go."""

from __future__ import annotations

import json
import subprocess
import sys
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.language import Language
from tests.sound_server import MISSING, PATIENCE_S, SoundServer
from tests.speech_client import pcm_saying, wav_saying

ROOT = Path(__file__).resolve().parents[2]
HEADACHE = "i have a headache for three days no fever"

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]


class Kiosk:
    """The kiosk as a process that is told, step by step, what its patient does."""

    def __init__(self, server: SoundServer) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "hearing_peer.py")],
            cwd=ROOT,
            env={**server.environment, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, step: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(step + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"the kiosk ended at {step}"
        seen: dict[str, Any] = json.loads(line)
        return seen

    def close(self) -> int:
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
        assert self._process.stdin is not None
        self._process.stdin.close()
        code = self._process.wait(PATIENCE_S)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return code


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SoundServer]:
    server = SoundServer(tmp_path)
    yield server
    server.close()


def long_story(folder: Path) -> Path:
    """The sentence six times."""
    story = folder / "story.wav"
    with wave.open(str(story), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(pcm_saying(Language.EN, HEADACHE) * 6)
    return story


def test_a_patient_speaks_into_a_microphone_and_loses_it(server: SoundServer, tmp_path: Path) -> None:
    voice = wav_saying(Language.EN, HEADACHE)
    first = server.plug("first", "rate=44100 channels=2 format=s24le")
    kiosk = Kiosk(server)
    try:
        kiosk.do("to_complaint")
        # On a busy machine the model may be loaded later than this patient comes to its page.
        assert kiosk.do("can_hear")["can_hear"]

        kiosk.do("tap_talk")
        first.speak(voice).wait(PATIENCE_S)
        seen = kiosk.do("words")
        assert (seen["screen"], seen["heard"], seen["problem"]) == ("confirm", HEADACHE, "")

        kiosk.do("say_again")
        kiosk.do("tap_talk")
        speaking = first.speak(long_story(tmp_path))
        kiosk.do("live_words")
        first.pull()
        speaking.wait(PATIENCE_S)
        seen = kiosk.do("words")
        assert (seen["screen"], seen["problem"]) == ("confirm", "cut_off"), seen
        assert 0 < len(seen["heard"].split()) < 6 * len(HEADACHE.split())

        kiosk.do("say_again")
        assert not kiosk.do("cannot_hear")["can_hear"]
        assert kiosk.do("tap_tile")["screen"] == "pick"
        kiosk.do("back")

        second = server.plug("second", "rate=48000 channels=1 format=float32le")
        assert kiosk.do("can_hear")["can_hear"]
        kiosk.do("tap_talk")
        second.speak(voice).wait(PATIENCE_S)
        seen = kiosk.do("words")
        assert (seen["screen"], seen["heard"]) == ("confirm", HEADACHE)
    finally:
        assert kiosk.close() == 0


def crash_the_server(kiosk: Kiosk, server: SoundServer) -> None:
    server.kill()


def crash_the_worker(kiosk: Kiosk, server: SoundServer) -> None:
    kiosk.do("kill_sound")


@pytest.mark.parametrize("crash", [crash_the_server, crash_the_worker])
def test_sound_breaks_off_in_mid_sentence_and_comes_back_within_the_visit(
    server: SoundServer, tmp_path: Path, crash: Callable[[Kiosk, SoundServer], None]
) -> None:
    microphone = server.plug("first")
    kiosk = Kiosk(server)
    try:
        kiosk.do("to_complaint")
        assert kiosk.do("can_hear")["can_hear"]
        kiosk.do("tap_talk")
        speaking = microphone.speak(long_story(tmp_path))
        kiosk.do("live_words")
        crash(kiosk, server)
        seen = kiosk.do("words")
        assert (seen["screen"], seen["problem"]) == ("confirm", "cut_off"), seen
        assert seen["heard"]
        speaking.kill()
        speaking.wait(PATIENCE_S)
        if crash is crash_the_server:
            kiosk.do("say_again")
            assert not kiosk.do("cannot_hear")["can_hear"]
            assert kiosk.do("tap_tile")["screen"] == "pick"
            kiosk.do("back")
            server.start()
            microphone = server.plug("second")
        else:
            kiosk.do("say_again")
        assert kiosk.do("can_hear")["can_hear"]
        kiosk.do("tap_talk")
        microphone.speak(wav_saying(Language.EN, HEADACHE)).wait(PATIENCE_S)
        seen = kiosk.do("words")
        assert (seen["screen"], seen["heard"], seen["problem"]) == ("confirm", HEADACHE, "")
    finally:
        assert kiosk.close() == 0


def test_the_server_crashes_while_nobody_speaks(server: SoundServer) -> None:
    server.plug("first")
    kiosk = Kiosk(server)
    try:
        kiosk.do("to_complaint")
        assert kiosk.do("can_hear")["can_hear"]
        server.kill()
        assert not kiosk.do("cannot_hear")["can_hear"]
        assert kiosk.do("tap_tile")["screen"] == "pick"
        kiosk.do("back")
        server.start()
        second = server.plug("second")
        assert kiosk.do("can_hear")["can_hear"]
        kiosk.do("tap_talk")
        second.speak(wav_saying(Language.EN, HEADACHE)).wait(PATIENCE_S)
        assert kiosk.do("words")["heard"] == HEADACHE
    finally:
        assert kiosk.close() == 0


def test_nobody_may_listen_and_the_visit_goes_on_by_touch(tmp_path: Path) -> None:
    server = SoundServer(tmp_path, forbidden=True)
    kiosk = Kiosk(server)
    try:
        seen = kiosk.do("to_complaint")
        assert (seen["can_hear"], seen["speech"]) == (False, "off")
        assert kiosk.do("tap_tile")["screen"] == "pick"
    finally:
        assert kiosk.close() == 0
        server.close()
