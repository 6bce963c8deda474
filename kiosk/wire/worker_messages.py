"""What the window and its workers say to each other: one JSON object per message, and sound in frames.

A worker runs native code on what a patient said, so its messages are untrusted: `decode` checks every field and
raises MessageError, which names the field and never quotes its content.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Self

from kiosk.domain.booking import BookingOutcome
from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.generation import ModelProblem
from kiosk.domain.language import Language
from kiosk.domain.outbox import Lane
from kiosk.wire.checked_fields import CheckedFields, MessageError
from kiosk.wire.jsonlines import encode_line
from kiosk.wire.worker_pipe import LONGEST_FRAME, Frame

LONGEST_TEXT = 4000
"""Characters of one utterance or complaint; a minute of fast speech is about 400."""
LONGEST_PCM = LONGEST_FRAME
"""Bytes of sound in one message."""
LARGEST_PAYLOAD = 1_000_000
"""Characters of a visit on its way to the hospital system."""
MOST_FINDINGS = 64
LARGEST_COUNT = 2**53
EXIT_AGAIN = 75
"""Exit code of a worker that asks to be started again (EX_TEMPFAIL of sysexits.h): what it works with has changed."""


class Message:
    """Base of all messages; `kind` is the `type` field on the wire. One with `is_framed` is a frame."""

    __slots__ = ()
    kind: ClassVar[str]
    is_framed: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as it goes into the pipe."""
        return encode_line(self.to_json())

    def to_json(self) -> dict[str, Any]:
        kind: Any = type(self)
        return {"type": self.kind} | {name: _plain(getattr(self, name)) for name in _names(kind)}

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        """Read the fields; messages without fields need no override."""
        return cls()

    @classmethod
    def from_frame(cls, frame: Frame) -> Self:
        """Read a frame; only messages with `is_framed` can."""
        raise NotImplementedError


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


@dataclass(frozen=True, slots=True)
class ReadSchedule(Message):
    """To the delivery worker: read the free times of a department now; answered by ScheduleRead."""

    kind = "read_schedule"
    department: str

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(given.text("department", 80))


@dataclass(frozen=True, slots=True)
class ScheduleRead(Message):
    """`fresh` tells that the copy in the store is new; else the hospital system has not answered."""

    kind = "schedule_read"
    department: str
    fresh: bool

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(given.text("department", 80), given.flag("fresh"))


@dataclass(frozen=True, slots=True)
class BookSlot(Message):
    """To the delivery worker: book the time of this visit in the hospital system; `payload` as in the outbox."""

    kind = "book_slot"
    visit_id: str
    department: str
    payload: str = field(repr=False)

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(given.text("visit_id", 64), given.text("department", 80), given.text("payload", LARGEST_PAYLOAD))


@dataclass(frozen=True, slots=True)
class SlotAnswered(Message):
    """What the hospital system said to a BookSlot."""

    kind = "slot_answered"
    visit_id: str
    outcome: BookingOutcome

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(given.text("visit_id", 64), given.choice("outcome", BookingOutcome))


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
TO_LLM: Kinds = (*TO_ANY, Start, Ask, ForgetVisit)
FROM_LLM: Kinds = (*FROM_ANY, Proposal, NoModel, ModelState, ModelNamed)


def decode(untrusted: Mapping[str, Any], accepted: Kinds) -> Message:
    """The message in one JSON object; raises MessageError when it is not one of the accepted kinds or not sound."""
    untrusted_kind = untrusted.get("type")
    for message_type in accepted:
        if message_type.kind == untrusted_kind and not message_type.is_framed:
            return message_type.from_json(CheckedFields(message_type.kind, untrusted))
    raise MessageError("message", "type", "unknown")


def decode_frame(untrusted: Frame, accepted: Kinds) -> Message:
    """The message in one frame; raises MessageError where none is accepted, and when it is not sound."""
    for message_type in accepted:
        if message_type.is_framed:
            return message_type.from_frame(untrusted)
    raise MessageError("message", "frame", "unknown")


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


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def _plain(value: Any) -> Any:
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(getattr(value, name)) for name in _names(value.__class__)}
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value


_PLAIN = frozenset({str, int, float, bool})
