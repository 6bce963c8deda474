from __future__ import annotations

import subprocess
import sys
import wave
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.adapters.sound.microphone import Microphone
from kiosk.ui.microphone import CHUNK_BYTES, WavMicrophone, read_wav

VOICE = Path(__file__).parent.parent / "data" / "speech" / "en" / "15.wav"
LONG_MS = 30_000


def write_wav(path: Path, pcm: bytes, rate: int = 16_000, channels: int = 1, width: int = 2) -> Path:
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(width)
        sound.setframerate(rate)
        sound.writeframes(pcm)
    return path


def test_the_multimedia_part_of_qt_is_not_loaded_before_it_is_needed() -> None:
    check = "import sys, kiosk.workers.sound; sys.exit('PySide6.QtMultimedia' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


# Qt's multimedia part warns of every sound library that a machine does not have.
@pytest.mark.qt_log_level_fail("CRITICAL")
def test_a_device_that_is_not_there_is_not_available(qtbot: QtBot) -> None:
    microphone = Microphone(device="no such microphone")
    frames: list[bytes] = []
    microphone.frames.connect(frames.append)
    assert not microphone.available
    assert microphone.look() is False
    with qtbot.waitSignal(microphone.problem, timeout=LONG_MS) as seen:
        microphone.start()
    assert seen.args == ["no_device"]
    microphone.stop()
    assert frames == []


def test_a_wav_file_is_given_whole_in_pieces_of_a_tenth_of_a_second(qtbot: QtBot) -> None:
    microphone = WavMicrophone(VOICE, real_time=False)
    frames: list[bytes] = []
    microphone.frames.connect(frames.append)
    assert microphone.available
    for _ in range(2):
        frames.clear()
        with qtbot.waitSignal(microphone.finished, timeout=LONG_MS):
            microphone.start()
        assert b"".join(frames) == read_wav(VOICE)
        assert {len(frame) for frame in frames[:-1]} == {CHUNK_BYTES}


def test_a_stopped_file_says_nothing_more(qtbot: QtBot) -> None:
    microphone = WavMicrophone(VOICE, real_time=False)
    frames: list[bytes] = []
    microphone.frames.connect(frames.append)
    microphone.frames.connect(lambda _: microphone.stop())
    with qtbot.waitSignal(microphone.frames, timeout=LONG_MS):
        microphone.start()
    with qtbot.assertNotEmitted(microphone.finished, wait=50):
        pass
    assert len(frames) == 1


def test_real_time_is_not_faster_than_speech(qtbot: QtBot, tmp_path: Path) -> None:
    microphone = WavMicrophone(write_wav(tmp_path / "short.wav", bytes(2 * CHUNK_BYTES)), real_time=True)
    frames: list[bytes] = []
    microphone.frames.connect(frames.append)
    microphone.start()
    assert frames == []
    qtbot.waitSignal(microphone.finished, timeout=LONG_MS).wait()
    assert len(frames) == 2


def test_other_rates_and_stereo_are_converted(tmp_path: Path) -> None:
    frame = (1000).to_bytes(2, "little") + (3000).to_bytes(2, "little")
    pcm = read_wav(write_wav(tmp_path / "stereo.wav", frame * 4800, rate=48_000, channels=2))
    assert abs(len(pcm) // 2 - 1600) <= 2
    assert set(memoryview(pcm).cast("h")) == {2000}


@pytest.mark.parametrize("content", [b"", b"RIFF", b"not a sound file at all, but long enough to look at"])
def test_a_file_that_is_no_wav_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "noise.wav"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"noise\.wav: not a WAV file"):
        read_wav(path)
