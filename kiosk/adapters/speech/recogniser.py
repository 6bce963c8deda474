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
class Reading:
    """One way to read the sound of an utterance: its text, readable, and where asked for its words as the engine gives
    them, with their places. `cost` is by how much it is less likely than the likeliest, in natural logarithms.
    """

    text: str
    words: tuple[HeardWord, ...] = ()
    cost: float = 0.0


class Utterance(Protocol):
    """One stretch of speech. Audio is 16 kHz mono signed 16-bit little-endian."""

    missing: int
    """Phrases that cannot be heard because the model does not know their words."""
    awaited: frozenset[str]
    """The phrases that can be heard, readable; empty where anything can."""

    def accept(self, pcm: bytes) -> str:
        """Take more audio and return all words heard so far; raises EngineFailed."""

    def finish(self) -> tuple[Reading, ...]:
        """Ways to read the whole, the likeliest first and one at least; raises EngineFailed. To be called once.

        Where phrases are awaited there can be more than one, always with words, those that are no part of a phrase as
        `phrases.UNKNOWN` among them.
        """


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
