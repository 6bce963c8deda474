"""Records what the sound server plays somewhere, and knows whether it is silent now."""

from __future__ import annotations

import subprocess
import threading
import time
import wave
from array import array
from collections.abc import Sequence
from pathlib import Path

RATE = 16_000
_CHUNK = RATE // 10
_LOUD = 100
"""Samples above this (of 32768) are sound."""


class Tape:
    """Everything that `source` gives from now on, 16 kHz mono; `close` ends it."""

    def __init__(self, source: str) -> None:
        form = ["--raw", "--format=s16le", f"--rate={RATE}", "--channels=1", "--latency-msec=50"]
        self._process = subprocess.Popen(["parec", f"--device={source}", *form], stdout=subprocess.PIPE)
        self.samples = array("h")
        self._loud_at = time.monotonic()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    @property
    def silent_s(self) -> float:
        return time.monotonic() - self._loud_at

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._thread.join(10)

    def _read(self) -> None:
        assert self._process.stdout is not None
        while len(piece := self._process.stdout.read(2 * _CHUNK)) >= 2:
            heard = array("h", piece[: len(piece) // 2 * 2])
            self.samples.extend(heard)
            if max(heard) > _LOUD or min(heard) < -_LOUD:
                self._loud_at = time.monotonic()


def write_tracks(file: Path, tracks: Sequence[array[int]]) -> None:
    """One WAV with a channel for each; what began together lies together."""
    length = max(len(track) for track in tracks)
    mixed = array("h", bytes(2 * length * len(tracks)))
    for number, track in enumerate(tracks):
        mixed[number : len(track) * len(tracks) : len(tracks)] = track
    with wave.open(str(file), "wb") as wav:
        wav.setnchannels(len(tracks))
        wav.setsampwidth(2)
        wav.setframerate(RATE)
        wav.writeframes(mixed.tobytes())


def read_tracks(file: Path) -> list[array[int]]:
    with wave.open(str(file)) as wav:
        mixed = array("h", wav.readframes(wav.getnframes()))
        return [mixed[number :: wav.getnchannels()] for number in range(wav.getnchannels())]
