"""What the window and the voice worker say to each other: sentences out, sound and the list of outputs back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kiosk.domain.errors import SpeakerProblem
from kiosk.wire.checked_fields import CheckedFields, MessageError
from kiosk.wire.worker_messages import FROM_ANY, LARGEST_COUNT, LONGEST_PCM, TO_ANY, Kinds, Message, Start

LONGEST_SENTENCE = 600
MOST_OUTPUTS = 64


@dataclass(frozen=True, slots=True)
class Say(Message):
    """Turn one sentence into sound; throws away a sentence still being made. `language` is ISO 639: zh, en, es..."""

    kind = "say"
    utterance: int
    language: str
    text: str = field(repr=False)

    @classmethod
    def from_json(cls, given: CheckedFields) -> Say:
        return cls(_utterance(given), _language(given), given.text("text", LONGEST_SENTENCE))


@dataclass(frozen=True, slots=True)
class Hush(Message):
    """Throw away the sentence being made; nothing more comes for it."""

    kind = "hush"


@dataclass(frozen=True, slots=True)
class Spoken(Message):
    """Mono signed 16-bit little-endian samples of one sentence, in pieces; `last` is True for the final piece."""

    kind = "spoken"
    utterance: int
    rate: int
    pcm: bytes = field(repr=False)
    last: bool

    @classmethod
    def from_json(cls, given: CheckedFields) -> Spoken:
        return cls(
            _utterance(given),
            given.integer("rate", 8000, 48_000),
            given.binary("pcm", LONGEST_PCM),
            given.flag("last"),
        )


@dataclass(frozen=True, slots=True)
class Unspoken(Message):
    """One sentence is lost; the next may work."""

    kind = "unspoken"
    utterance: int
    problem: SpeakerProblem

    @classmethod
    def from_json(cls, given: CheckedFields) -> Unspoken:
        return cls(_utterance(given), given.choice("problem", SpeakerProblem))


@dataclass(frozen=True, slots=True)
class Output:
    """One place where sound can go. `port` is the socket in use; `plugged` None means that the system cannot tell."""

    name: str
    description: str
    port: str = ""
    form: str = ""
    plugged: bool | None = None


@dataclass(frozen=True, slots=True)
class Outputs(Message):
    """Every place where sound can go now; `default` is the name of the system's choice."""

    kind = "outputs"
    default: str
    outputs: tuple[Output, ...]

    def to_json(self) -> dict[str, Any]:
        rows = [
            {"name": one.name, "description": one.description, "port": one.port, "form": one.form}
            | ({} if one.plugged is None else {"plugged": one.plugged})
            for one in self.outputs
        ]
        return {"type": self.kind, "default": self.default, "outputs": rows}

    @classmethod
    def from_json(cls, given: CheckedFields) -> Outputs:
        return cls(
            given.text("default", 300, may_be_empty=True),
            tuple(_output(one) for one in given.objects("outputs", MOST_OUTPUTS)),
        )


TO_VOICE: Kinds = (*TO_ANY, Start, Say, Hush)
FROM_VOICE: Kinds = (*FROM_ANY, Spoken, Unspoken, Outputs)


def _utterance(given: CheckedFields) -> int:
    return given.integer("utterance", 0, LARGEST_COUNT)


def _language(given: CheckedFields) -> str:
    code = given.identifier("language")
    if not 2 <= len(code) <= 3:
        raise MessageError(Say.kind, "language", "not a language")
    return code


def _output(given: CheckedFields) -> Output:
    return Output(
        given.text("name", 300),
        given.text("description", 300, may_be_empty=True),
        given.text("port", 300, may_be_empty=True),
        given.text("form", 80, may_be_empty=True),
        given.flag("plugged") if given.has("plugged") else None,
    )
