"""What the speech worker needs from an engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kiosk.domain.errors import KioskError

SAMPLE_RATE = 16_000
BYTES_PER_SECOND = SAMPLE_RATE * 2


class EngineFailed(KioskError):
    """The engine refused a model, a grammar or a piece of audio; the process can go on."""


class Utterance(Protocol):
    """One stretch of speech. Audio is 16 kHz mono signed 16-bit little-endian."""

    missing: int
    """Phrases that cannot be heard because the model does not know their words."""

    def accept(self, pcm: bytes) -> str:
        """Take more audio and return all words heard so far; raises EngineFailed."""

    def finish(self) -> str:
        """All words, once; raises EngineFailed."""


class SpeechModel(Protocol):
    def utterance(self, phrases: Sequence[str]) -> Utterance:
        """Begin to listen for these phrases alone, or for anything when there are none; raises EngineFailed."""
