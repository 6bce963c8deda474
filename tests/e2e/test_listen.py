"""`kiosk listen` as installers use it: recordings, closed questions, devices, and what is wrong in plain words."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from kiosk.domain.language import Language
from tests.noises import noise
from tests.sound_server import MISSING, SoundServer
from tests.speech_client import wav_saying

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 90


def listen(*arguments: str, environment: dict[str, str] | None = None) -> tuple[int, str]:
    """Exit code and what the terminal shows."""
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "listen", *arguments],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), **(environment or {})},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    return done.returncode, done.stdout


def test_a_recording_shows_words_as_they_come_and_when_they_were_said() -> None:
    code, shown = listen("--wav", str(wav_saying(Language.EN, "it started last night")), "--language", "en")
    assert code == 0
    assert "  it started…" in shown
    assert re.search(r"^= it started last night   \[words, a voice for 1\.\d s, \d+ ms after", shown, re.MULTILINE)
    assert re.search(r"^ +\d\.\d\d +\d\.\d\d  night$", shown, re.MULTILINE)


def test_phrases_limit_what_is_heard() -> None:
    recording = str(wav_saying(Language.EN, "not sure"))
    assert "= not sure " in listen("--wav", recording, "--language", "en", "--grammar", "answers")[1]
    assert "= not sure " not in listen("--wav", recording, "--language", "en", "--grammar", "yes, no")[1]


def test_a_noise_is_no_word_and_says_so(tmp_path: Path) -> None:
    recording = tmp_path / "tone.wav"
    with wave.open(str(recording), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(noise("a tone of 1 kHz"))
    code, shown = listen("--wav", str(recording), "--language", "en")
    assert (code, "= -   [noise" in shown) == (1, True)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    settings = tmp_path / "kiosk.toml"
    settings.write_text('[speech]\nen = "/no/such/model"\n', encoding="utf-8")
    recording = str(wav_saying(Language.EN, "not sure"))
    code, shown = listen("--wav", recording, "--language", "en", "--config", str(settings))
    assert (code, "speech.en" in shown) == (1, True)
    text = tmp_path / "text.wav"
    text.write_text("no sound", encoding="utf-8")
    assert listen("--wav", str(text)) == (1, "text.wav: not a WAV file\n")


@pytest.mark.peer
@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
def test_a_sound_server_that_crashes_ends_listening_in_plain_words(tmp_path: Path) -> None:
    server = SoundServer(tmp_path)
    try:
        desk = server.plug("desk")
        command = [sys.executable, "-m", "kiosk", "listen", "--language", "en"]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), **server.environment}
        with (
            desk.speaking(wav_saying(Language.EN, "it started last night")),
            subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process,
        ):
            assert process.stdout is not None
            shown = ""
            for line in process.stdout:
                shown += line
                # A word: the microphone is open.
                if line.endswith("…\n"):
                    server.kill()
            assert process.wait(PATIENCE_S) == 1
        assert shown.endswith("the microphone has gone\n")
    finally:
        server.close()


@pytest.mark.peer
@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
def test_a_microphone_is_listed_chosen_and_heard(tmp_path: Path) -> None:
    server = SoundServer(tmp_path)
    try:
        chosen = server.plug("chosen")
        server.plug("other")
        code, shown = listen("--devices", environment=server.environment)
        assert code == 0
        assert [line.split()[0] for line in shown.splitlines()] == ["chosen", "*"]
        arguments = ("--language", "en", "--device", "chosen", "--grammar", "it started last night", "--times", "1")
        with chosen.speaking(wav_saying(Language.EN, "it started last night")):
            code, shown = listen(*arguments, environment=server.environment)
        assert code == 0
        assert "chosen: the room has" in shown
        assert "it started last night" in shown
    finally:
        server.close()
