"""What the window and its workers say to each other, one JSON object per message.

A worker runs native code on what a patient said, so its messages are untrusted: `decode` checks every field and
raises MessageError, which names the field and never quotes its content.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Self

from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.generation import ModelProblem
from kiosk.domain.language import Language
from kiosk.domain.outbox import Lane
from kiosk.wire.checked_fields import CheckedFields, MessageError

LONGEST_TEXT = 4000
"""Characters of one utterance or complaint; a minute of fast speech is about 400."""
LONGEST_PCM = 256 * 1024
"""Bytes of one Audio message: eight seconds of 16 kHz mono 16-bit sound."""
MOST_FINDINGS = 64
LARGEST_COUNT = 2**53


class Message:
    """Base of all messages; `kind` is the `type` field on the wire."""

    __slots__ = ()
    kind: ClassVar[str]

    def to_json(self) -> dict[str, Any]:
        return {"type": self.kind} | {f.name: _plain(getattr(self, f.name)) for f in fields(self)}  # type: ignore[arg-type]

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        """Read the fields; messages without fields need no override."""
        return cls()


# Both ways, for every worker


@dataclass(frozen=True, slots=True)
class Ping(Message):
    kind = "ping"
    sequence: int

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(given.integer("sequence", 0, LARGEST_COUNT))


@dataclass(frozen=True, slots=True)
class Pong(Message):
    """The answer to Ping, given between two pieces of work: it proves that work is still being done."""

    kind = "pong"
    sequence: int

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(given.integer("sequence", 0, LARGEST_COUNT))


@dataclass(frozen=True, slots=True)
class Busy(Message):
    """From a worker before one long step (loading a model): do not take the silence for a hang."""

    kind = "busy"
    seconds: int

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(given.integer("seconds", 0, 600))


@dataclass(frozen=True, slots=True)
class Refused(Message):
    """From a worker: it got a line or a message it cannot read, and went on."""

    kind = "refused"
    problem: str

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(given.text("problem", 300))


@dataclass(frozen=True, slots=True)
class Stop(Message):
    """To a worker: finish and exit."""

    kind = "stop"


# Delivery


@dataclass(frozen=True, slots=True)
class Start(Message):
    """Start the lanes with their settings (printer, HIS, store), as the delivery worker documents them."""

    kind = "start"
    config: Mapping[str, Any] = field(repr=False)

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(given.mapping("config"))


@dataclass(frozen=True, slots=True)
class Wake(Message):
    """Something new lies in the outbox."""

    kind = "wake"


@dataclass(frozen=True, slots=True)
class Delivered(Message):
    kind = "delivered"
    lane: Lane
    key: str

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(given.choice("lane", Lane), given.text("key", 200))


@dataclass(frozen=True, slots=True)
class DeliveryFailed(Message):
    """`problem` is a PrinterProblem value on the printer lane, an identifier such as `rejected` elsewhere."""

    kind = "delivery_failed"
    lane: Lane
    key: str
    problem: str

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(given.choice("lane", Lane), given.text("key", 200), given.identifier("problem"))


@dataclass(frozen=True, slots=True)
class LaneState(Message):
    """`locked_out` tells that the destination stays down until somebody acts."""

    kind = "lane_state"
    lane: Lane
    up: bool
    locked_out: bool = False

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(given.choice("lane", Lane), given.flag("up"), given.has("locked_out") and given.flag("locked_out"))


# Language model


@dataclass(frozen=True, slots=True)
class Ask(Message):
    """Read what a patient said; answered by Proposal or NoModel with the same visit and `request`.

    A later Ask or ForgetVisit takes an unanswered one back; it may still be answered, and is told by its numbers.
    """

    kind = "ask"
    visit_id: str
    text: str = field(repr=False)
    language: Language
    request: int = 0

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(
            given.text("visit_id", 64),
            given.text("text", LONGEST_TEXT),
            given.choice("language", Language),
            _request(given),
        )


@dataclass(frozen=True, slots=True)
class ForgetVisit(Message):
    """The visit is over: give up its question and keep nothing of it."""

    kind = "forget_visit"
    visit_id: str

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(given.text("visit_id", 64))


@dataclass(frozen=True, slots=True)
class Proposal(Message):
    """Findings a model reads in the text; their codes are still to be checked against the knowledge base."""

    kind = "proposal"
    visit_id: str
    findings: tuple[Finding, ...] = field(repr=False)
    request: int = 0

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(
            given.text("visit_id", 64),
            tuple(_finding(one) for one in given.objects("findings", MOST_FINDINGS)),
            _request(given),
        )


@dataclass(frozen=True, slots=True)
class NoModel(Message):
    """No answer from a language model; the lexicon alone has read the text."""

    kind = "no_model"
    visit_id: str
    problem: ModelProblem = ModelProblem.OFF
    request: int = 0

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        problem = given.choice("problem", ModelProblem) if given.has("problem") else ModelProblem.OFF
        return cls(given.text("visit_id", 64), problem, _request(given))


@dataclass(frozen=True, slots=True)
class ModelState(Message):
    """How the language model is: NONE works, LOADING comes with `percent`, anything else is why there is none."""

    kind = "model_state"
    problem: ModelProblem
    percent: int = 0

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(given.choice("problem", ModelProblem), given.integer("percent", 0, 100))


@dataclass(frozen=True, slots=True)
class ModelNamed(Message):
    """Which model reads from now on; `sha256` is of its file, in hex, and empty where a server runs it."""

    kind = "model_named"
    name: str
    sha256: str = ""

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(given.text("name", 200, may_be_empty=True), given.text("sha256", 64, may_be_empty=True))


Kinds = tuple[type[Message], ...]

TO_ANY: Kinds = (Ping, Stop)
FROM_ANY: Kinds = (Pong, Busy, Refused)
TO_DELIVERY: Kinds = (*TO_ANY, Start, Wake)
FROM_DELIVERY: Kinds = (*FROM_ANY, Delivered, DeliveryFailed, LaneState)
TO_LLM: Kinds = (*TO_ANY, Start, Ask, ForgetVisit)
FROM_LLM: Kinds = (*FROM_ANY, Proposal, NoModel, ModelState, ModelNamed)


def decode(untrusted: Mapping[str, Any], accepted: Kinds) -> Message:
    """The message in one JSON object; raises MessageError when it is not one of the accepted kinds or not sound."""
    untrusted_kind = untrusted.get("type")
    for message_type in accepted:
        if message_type.kind == untrusted_kind:
            return message_type.from_json(CheckedFields(message_type.kind, untrusted))
    raise MessageError("message", "type", "unknown")


def _request(given: CheckedFields) -> int:
    return given.integer("request", 0, LARGEST_COUNT) if given.has("request") else 0


def _finding(given: CheckedFields) -> Finding:
    """The source is always MODEL, whatever the worker claims."""
    return Finding(
        code=given.identifier("code"),
        status=given.choice("status", Status),
        source=Source.MODEL,
        text=given.text("text", LONGEST_TEXT, may_be_empty=True),
        span=given.span("span") if given.has("span") else None,
        severity=given.integer("severity", 0, 10) if given.has("severity") else None,
        duration_hours=given.number("duration_hours", 0, 24 * 365 * 120) if given.has("duration_hours") else None,
        value=given.number("value", -1000, 1000) if given.has("value") else None,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value
