"""What the window and the speech worker say to each other: sound out, words back."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.domain.language import Language
from kiosk.domain.spoken_phrases import MOST_PHRASES
from kiosk.wire.checked_fields import CheckedFields, MessageError
from kiosk.wire.worker_messages import FROM_ANY, LARGEST_COUNT, LONGEST_TEXT, TO_ANY, Kinds, Message
from kiosk.wire.worker_pipe import Frame, encode_frame

USUAL_PCM = 6400
"""Bytes of a usual Audio message, a fifth of a second: words still come while they are said, and messages cost little.
"""
MOST_WORDS = 1000
LONGEST_MS = 600_000
MOST_MEMORY_MB = 1_000_000


class SpeechProblem(StrEnum):
    MODEL_MISSING = "model_missing"
    MODEL_BROKEN = "model_broken"
    MEMORY = "memory"
    NOT_LOADED = "not_loaded"
    NOT_BEGUN = "not_begun"
    BAD_AUDIO = "bad_audio"
    ENGINE = "engine"


@dataclass(frozen=True, slots=True)
class HeardWord:
    """One word with its place in the utterance; `confidence` is the engine's own figure, 0 to 1, and means little."""

    text: str
    start_s: float
    end_s: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Load(Message):
    """Load the model of a language from its folder; answered by Ready or Failed. Other languages work meanwhile.

    `memory_mb` is the most that the worker may take; 0 leaves a fifth of what is free to others.
    """

    kind = "load"
    language: Language
    path: str
    memory_mb: int = 0

    @classmethod
    def from_json(cls, given: CheckedFields) -> Load:
        return cls(
            given.choice("language", Language),
            given.text("path", 4096),
            given.integer("memory_mb", 0, MOST_MEMORY_MB) if given.has("memory_mb") else 0,
        )


@dataclass(frozen=True, slots=True)
class Begin(Message):
    """A new utterance; `phrases` limits what can be heard, empty is free speech. Ends an utterance still open.

    With `gated` the recogniser hears only what a voice says, and nothing of a noise. `pause_ms` over 0 ends the
    utterance after so long a silence, as EndByPause does. With `timed` the final Transcript tells when each word was
    said.
    """

    kind = "begin"
    utterance: int
    language: Language
    phrases: tuple[str, ...] = field(default=(), repr=False)
    gated: bool = True
    pause_ms: int = 0
    timed: bool = False

    @classmethod
    def from_json(cls, given: CheckedFields) -> Begin:
        return cls(
            _utterance(given),
            given.choice("language", Language),
            given.texts("phrases", MOST_PHRASES, longest=200),
            given.flag("gated") if given.has("gated") else True,
            _pause(given) if given.has("pause_ms") else 0,
            given.flag("timed") if given.has("timed") else False,
        )


@dataclass(frozen=True, slots=True)
class Audio(Message):
    """16 kHz mono signed 16-bit little-endian samples, a frame on the wire: as text they would cost a third more."""

    kind = "audio"
    is_framed = True
    utterance: int
    pcm: bytes = field(repr=False)

    def encode(self) -> bytes:
        return encode_frame(self.utterance, self.pcm)

    @classmethod
    def from_frame(cls, frame: Frame) -> Audio:
        if frame.number > LARGEST_COUNT:
            raise MessageError(cls.kind, "utterance", "out of range")
        if not frame.whole:
            raise MessageError(cls.kind, "pcm", "too long", frame.number)
        if len(frame.payload) % 2:
            raise MessageError(cls.kind, "pcm", "half a sample", frame.number)
        return cls(frame.number, frame.payload)


@dataclass(frozen=True, slots=True)
class EndByPause(Message):
    """Nobody holds the button: the utterance ends when its speaker has been silent for `pause_ms`."""

    kind = "end_by_pause"
    utterance: int
    pause_ms: int

    @classmethod
    def from_json(cls, given: CheckedFields) -> EndByPause:
        return cls(_utterance(given), _pause(given))


@dataclass(frozen=True, slots=True)
class End(Message):
    """No more audio; answered by a final Transcript."""

    kind = "end"
    utterance: int

    @classmethod
    def from_json(cls, given: CheckedFields) -> End:
        return cls(_utterance(given))


@dataclass(frozen=True, slots=True)
class Cancel(Message):
    """Throw the utterance away; nothing more comes for it."""

    kind = "cancel"
    utterance: int

    @classmethod
    def from_json(cls, given: CheckedFields) -> Cancel:
        return cls(_utterance(given))


@dataclass(frozen=True, slots=True)
class Ready(Message):
    """The languages that can be heard now; `gate` False means that noise cannot be told from a voice here."""

    kind = "ready"
    languages: tuple[Language, ...]
    gate: bool = True

    @classmethod
    def from_json(cls, given: CheckedFields) -> Ready:
        return cls(given.choices("languages", Language), given.flag("gate") if given.has("gate") else True)


@dataclass(frozen=True, slots=True)
class Begun(Message):
    """`missing` phrases hold words that the model does not know and cannot be heard."""

    kind = "begun"
    utterance: int
    missing: int

    @classmethod
    def from_json(cls, given: CheckedFields) -> Begun:
        return cls(_utterance(given), given.integer("missing", 0, MOST_PHRASES))


@dataclass(frozen=True, slots=True)
class Failed(Message):
    """A language cannot be heard, or, with `utterance`, one utterance was lost and the language still works."""

    kind = "failed"
    language: Language | None
    problem: SpeechProblem
    utterance: int | None = None

    @classmethod
    def from_json(cls, given: CheckedFields) -> Failed:
        return cls(
            given.choice("language", Language) if given.has("language") else None,
            given.choice("problem", SpeechProblem),
            _utterance(given) if given.has("utterance") else None,
        )


@dataclass(frozen=True, slots=True)
class Transcript(Message):
    """Words heard so far; exactly one with `final` True ends an utterance, empty when nothing was understood.

    The final one tells for how many milliseconds a voice was heard, None where nobody listened for one; and, where
    that was asked for, when each of `words` was said, as far as the engine knows. `early`: somebody spoke already when
    the sound began.
    """

    kind = "transcript"
    utterance: int
    text: str = field(repr=False)
    final: bool
    words: tuple[HeardWord, ...] = field(default=(), repr=False)
    voiced_ms: int | None = None
    early: bool = False

    @classmethod
    def from_json(cls, given: CheckedFields) -> Transcript:
        return cls(
            _utterance(given),
            given.text("text", LONGEST_TEXT, may_be_empty=True),
            given.flag("final"),
            tuple(_word(one) for one in given.objects("words", MOST_WORDS)) if given.has("words") else (),
            given.integer("voiced_ms", 0, LONGEST_MS) if given.has("voiced_ms") else None,
            given.flag("early") if given.has("early") else False,
        )


TO_SPEECH: Kinds = (*TO_ANY, Load, Begin, Audio, EndByPause, End, Cancel)
FROM_SPEECH: Kinds = (*FROM_ANY, Ready, Begun, Failed, Transcript)


def _utterance(given: CheckedFields) -> int:
    return given.integer("utterance", 0, LARGEST_COUNT)


def _pause(given: CheckedFields) -> int:
    return given.integer("pause_ms", 0, LONGEST_MS)


def _word(given: CheckedFields) -> HeardWord:
    return HeardWord(
        given.text("text", 200),
        given.number("start_s", 0, LONGEST_MS / 1000),
        given.number("end_s", 0, LONGEST_MS / 1000),
        given.number("confidence", 0, 1),
    )
