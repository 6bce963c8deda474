"""Is the sound any good? What is measured while somebody speaks, and what it means for the one who speaks."""

from __future__ import annotations

import math
from array import array
from collections import deque
from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.hearing import Hearing
from kiosk.wire.pcm import FULL_SCALE

LONGEST_UTTERANCE_S = 60
"""What is said after it is not heard any more."""
QUIETEST_DB = -90.0
LOUD_ROOM_DB = -35.0
"""A room so loud that words drown in it."""
SAMPLE_RATE = 16_000

_CLIP = FULL_SCALE - 64
_CLIPPED_SHARE = 0.002
_ABOVE_ROOM_DB = 9.0
_FAINT_DB = -50.0
_RECENT_S = 1.0
_FLOOR_SHARE = 0.1
_MOST_PIECES = 1200
_FIRST_FLOOR_DB = -60.0


class Advice(StrEnum):
    """What somebody who speaks should do."""

    NONE = ""
    FINE = "fine"
    CLOSER = "closer"
    """Nearer to the microphone, or louder."""
    SOFTER = "softer"
    """The microphone is overdriven."""
    LOUD_ROOM = "loud_room"
    MUTE = "mute"


@dataclass(frozen=True, slots=True)
class Piece:
    """What one piece of sound is like; `decibels` below full scale."""

    samples: int
    decibels: float
    clipped: int

    @property
    def level(self) -> float:
        """0 (-60 dB and below) to 1 (full scale), even in decibels as ears are."""
        return min(1.0, max(0.0, 1 + self.decibels / 60))


def measured(pcm: bytes) -> Piece:
    """Of 16-bit little-endian mono samples."""
    samples = array("h")
    samples.frombytes(pcm[: len(pcm) // 2 * 2])
    if not samples:
        return Piece(0, QUIETEST_DB, 0)
    mean_square = sum(sample * sample for sample in samples) / len(samples)
    if mean_square == 0:
        return Piece(len(samples), -math.inf, 0)
    decibels = max(QUIETEST_DB, 10 * math.log10(mean_square / FULL_SCALE**2))
    clipped = 0
    if max(samples) >= _CLIP or min(samples) <= -_CLIP:
        clipped = sum(abs(sample) >= _CLIP for sample in samples)
    return Piece(len(samples), decibels, clipped)


class SoundCheck:
    """Follows one utterance. `floor_db` is the loudness of the room when nobody speaks, as far as it is known."""

    def __init__(self, floor_db: float = _FIRST_FLOOR_DB) -> None:
        self.floor_db = floor_db
        self._pieces: deque[Piece] = deque(maxlen=_MOST_PIECES)
        self._samples = 0
        self._clipped = 0

    @property
    def seconds(self) -> float:
        return self._samples / SAMPLE_RATE

    @property
    def is_mute(self) -> bool:
        """Not one sample differs from zero: no real microphone is so quiet."""
        return bool(self._pieces) and all(piece.decibels == -math.inf for piece in self._pieces)

    @property
    def is_clipped(self) -> bool:
        return self._samples > 0 and self._clipped / self._samples > _CLIPPED_SHARE

    @property
    def loudest_db(self) -> float:
        return max((piece.decibels for piece in self._pieces), default=QUIETEST_DB)

    @property
    def quietest_db(self) -> float:
        """What is not exceeded in the quietest tenth of the time."""
        ordered = sorted(piece.decibels for piece in self._pieces)
        return max(QUIETEST_DB, ordered[int(_FLOOR_SHARE * len(ordered))]) if ordered else QUIETEST_DB

    def feed(self, pcm: bytes) -> Piece:
        piece = measured(pcm)
        if piece.samples:
            self._pieces.append(piece)
            self._samples += piece.samples
            self._clipped += piece.clipped
        return piece

    def advice(self) -> Advice:
        """About the last second; NONE until there is as much."""
        recent = self._recent()
        if not recent:
            return Advice.NONE
        if all(piece.decibels == -math.inf for piece in recent):
            return Advice.MUTE
        samples, clipped = sum(piece.samples for piece in recent), sum(piece.clipped for piece in recent)
        if clipped / samples > _CLIPPED_SHARE:
            return Advice.SOFTER
        loudest, quietest = max(piece.decibels for piece in recent), min(piece.decibels for piece in recent)
        if max(quietest, self.floor_db) > LOUD_ROOM_DB and loudest - quietest < _ABOVE_ROOM_DB:
            return Advice.LOUD_ROOM
        if loudest < max(_FAINT_DB, self.floor_db + _ABOVE_ROOM_DB):
            return Advice.CLOSER
        return Advice.FINE

    def _recent(self) -> list[Piece]:
        samples, recent = 0, []
        for piece in reversed(self._pieces):
            recent.append(piece)
            samples += piece.samples
            if samples >= _RECENT_S * SAMPLE_RATE:
                return recent
        return []

    def judged(self, text: str, voiced_ms: int | None) -> Hearing:
        """What became of the whole utterance; `voiced_ms` is None where nobody listened for a voice."""
        if text:
            return Hearing.TOO_LONG if self.seconds >= LONGEST_UTTERANCE_S else Hearing.WORDS
        if self.is_mute:
            return Hearing.MUTE
        if self.is_clipped:
            return Hearing.TOO_LOUD
        heard_voice = bool(voiced_ms) or (voiced_ms is None and self.loudest_db - self.quietest_db > _ABOVE_ROOM_DB)
        if heard_voice:
            return Hearing.FAINT if self.loudest_db < self.floor_db + _ABOVE_ROOM_DB else Hearing.UNCLEAR
        return Hearing.NOISE if self.loudest_db > LOUD_ROOM_DB else Hearing.SILENCE
