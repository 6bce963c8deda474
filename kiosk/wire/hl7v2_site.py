"""What differs between hospitals that take HL7 v2: addresses, codes, and what their answers mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from kiosk.domain.errors import ConfigError
from kiosk.domain.knowledge import Level
from kiosk.wire.hl7v2 import Encoding
from kiosk.wire.site_fields import checked_levels, checked_table, checked_text, checked_texts


class MessageKind(StrEnum):
    """Message type and trigger event, as in MSH-9."""

    REGISTER = "ADT^A04"
    UPDATE = "ADT^A08"
    GIVE_UP = "ADT^A11"
    MERGE = "ADT^A40"
    BOOK = "SIU^S12"
    CHANGE = "SIU^S14"
    CANCEL = "SIU^S15"
    FINDINGS = "ORU^R01"
    NOTE = "MDM^T02"
    PROBE = "NMQ^N01"


STRUCTURES: Mapping[MessageKind, str] = {
    MessageKind.REGISTER: "ADT_A01",
    MessageKind.UPDATE: "ADT_A01",
    MessageKind.GIVE_UP: "ADT_A09",
    MessageKind.MERGE: "ADT_A39",
    MessageKind.BOOK: "SIU_S12",
    MessageKind.CHANGE: "SIU_S12",
    MessageKind.CANCEL: "SIU_S12",
    MessageKind.FINDINGS: "ORU_R01",
    MessageKind.NOTE: "MDM_T02",
    MessageKind.PROBE: "NMQ_N01",
}


class AckMode(StrEnum):
    """What is asked for: an answer once the message was processed, or once it was stored (chapter 2.9)."""

    ORIGINAL = "original"
    ENHANCED = "enhanced"


@dataclass(frozen=True, slots=True)
class Addresses:
    """MSH-3 to MSH-6, and how to write and to answer."""

    sending_application: str = "DAOZHEN"
    sending_facility: str = ""
    receiving_application: str = ""
    receiving_facility: str = ""
    encoding: Encoding = Encoding.UTF_8
    acknowledgement: AckMode = AckMode.ORIGINAL


@dataclass(frozen=True, slots=True)
class CodeMap:
    """A site's codes for ours; a code without one stands for itself.

    `messages` are those the system takes, in the order in which they are sent. `identifier_length` is the most that it
    keeps of an identifier, 15 by the standard; a longer one is sent as a digest, since cut off it could be another's.
    `retry_codes` and `done_codes` are error codes (ERR-3, table 0357, or ERR-5) after which a message is sent again, or
    counts as taken: 205, a key that is there already, says of some systems that an earlier try arrived. `probe` is
    whether a check may ask NMQ^N01, which few systems know and most refuse politely.
    """

    messages: tuple[MessageKind, ...] = (
        MessageKind.REGISTER,
        MessageKind.BOOK,
        MessageKind.FINDINGS,
        MessageKind.NOTE,
    )
    departments: Mapping[str, str] = field(default_factory=dict)
    practitioners: Mapping[str, str] = field(default_factory=dict)
    rooms: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)
    coding_system: str = "99DZ"
    authority: str = "DAOZHEN"
    identifier_length: int = 15
    visit_class: str = "O"
    emergency_class: str = "E"
    levels: Mapping[Level, str] = field(default_factory=lambda: {level: level.name for level in Level})
    priorities: Mapping[Level, str] = field(
        default_factory=lambda: {Level.I: "1", Level.II: "1", Level.III: "2", Level.IV: "3"}
    )
    document_authority: str = "CHN"
    unnamed: str = ""
    document_type: str = "HP"
    document_status: str = "DO"
    insurance_plan: str = "INSURANCE"
    insurance_company: str = "INSURANCE"
    processing: str = "P"
    country: str = "CHN"
    retry_codes: frozenset[str] = frozenset({"206", "207"})
    done_codes: frozenset[str] = frozenset()
    probe: bool = True


@dataclass(frozen=True, slots=True)
class Site:
    addresses: Addresses = Addresses()
    codes: CodeMap = CodeMap()


SENT: tuple[MessageKind, ...] = CodeMap().messages
"""What a kiosk can send of a visit by itself."""
_TEXTS = (
    "coding_system",
    "authority",
    "visit_class",
    "emergency_class",
    "document_authority",
    "unnamed",
    "document_type",
    "document_status",
    "insurance_plan",
    "insurance_company",
    "processing",
    "country",
)
_LISTS = ("messages", "retry_codes", "done_codes")
_OTHERS = ("identifier_length", "probe", "findings", "priorities")
_IDENTIFIER_LENGTHS = range(8, 200)


def parse_code_map(untrusted: object) -> CodeMap:
    """The table [hl7v2] of a mapping over what is usual; ConfigError names the key that is wrong."""
    table = checked_table(untrusted, "hl7v2", (*_LISTS, *_OTHERS, *_TEXTS))
    usual = CodeMap()
    made: dict[str, Any] = {name: checked_text(table[name], f"hl7v2.{name}") for name in _TEXTS if name in table}
    if "messages" in table:
        made["messages"] = _messages(_list(table["messages"], "hl7v2.messages"))
    for name in ("retry_codes", "done_codes"):
        if name in table:
            made[name] = frozenset(_list(table[name], f"hl7v2.{name}"))
    if "identifier_length" in table:
        made["identifier_length"] = _length(table["identifier_length"])
    if "probe" in table:
        made["probe"] = _yes_or_no(table["probe"])
    if "findings" in table:
        made["findings"] = checked_texts(table["findings"], "hl7v2.findings")
    if "priorities" in table:
        made["priorities"] = {**usual.priorities, **checked_levels(table["priorities"], "hl7v2.priorities")}
    return replace(usual, **made)


def _messages(names: list[str]) -> tuple[MessageKind, ...]:
    """In the order in which they are written."""
    allowed = f"allowed: {', '.join(SENT)}"
    for name in names:
        if name not in list(SENT):
            raise ConfigError("hl7v2.messages", f"{name!r} is no message of a visit; {allowed}")
    if not names or len(set(names)) < len(names):
        raise ConfigError("hl7v2.messages", f"must name one or more, each once; {allowed}")
    return tuple(MessageKind(name) for name in names)


def _list(untrusted: object, key: str) -> list[str]:
    if not isinstance(untrusted, list):
        raise ConfigError(key, "must be a list of texts in quotes, written [...]")
    return [checked_text(one, key) for one in untrusted]


def _length(untrusted: object) -> int:
    if type(untrusted) is not int or untrusted not in _IDENTIFIER_LENGTHS:
        least, most = _IDENTIFIER_LENGTHS[0], _IDENTIFIER_LENGTHS[-1]
        raise ConfigError("hl7v2.identifier_length", f"must be a number from {least} to {most}")
    return untrusted


def _yes_or_no(untrusted: object) -> bool:
    if not isinstance(untrusted, bool):
        raise ConfigError("hl7v2.probe", "must be true or false")
    return untrusted
