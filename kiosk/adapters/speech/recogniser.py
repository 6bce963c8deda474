"""What the speech worker needs from an engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.errors import KioskError
from kiosk.wire.speech_messages import HeardWord

SAMPLE_RATE = 16_000
BYTES_PER_SECOND = SAMPLE_RATE * 2


class EngineFailed(KioskError):
    """The engine refused a model, a grammar or a piece of audio; the process can go on."""


class NoRoom(EngineFailed):
    """A model needs more memory than it may take."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The text of an utterance, readable; where asked for its words as the engine gives them, with their places in its
    audio."""

    text: str
    words: tuple[HeardWord, ...] = ()


class Utterance(Protocol):
    """One stretch of speech. Audio is 16 kHz mono signed 16-bit little-endian."""

    missing: int
    """Phrases that cannot be heard because the model does not know their words."""

    def accept(self, pcm: bytes) -> str:
        """Take more audio and return all words heard so far; raises EngineFailed."""

    def finish(self) -> Heard:
        """All words, once; raises EngineFailed."""


class SpeechModel(Protocol):
    def utterance(self, phrases: Sequence[str], *, timed: bool = False) -> Utterance:
        """Begin to listen for these phrases alone, or for anything when there are none; raises EngineFailed.

        With `timed` the words come with their places.
        """


class VoiceDetector(Protocol):
    frame_bytes: int

    def reset(self) -> None:
        """Forget what was heard before."""

    def voice(self, frame: bytes) -> float:
        """How sure it is that somebody speaks in these `frame_bytes`, 0 to 1."""
