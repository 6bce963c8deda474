"""What a scanned or typed code is: a slip of a kiosk, a booking or record number of the hospital, an insurance code.

Whatever somebody holds before a scanner is untrusted: an address, markup, control characters, ten thousand letters.
It is looked at as text of a known form or not at all; nothing of it is ever shown, opened or run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

SLIP_PREFIX = "DZ1:"
"""How the signed content of a slip's code begins (adapters/tokens.py)."""
LONGEST_SLIP = 400
LONGEST_CODE = 128
"""Characters; more than any number or insurance code of a hospital has."""
VISIT_DIGITS = 9
"""Digits of the number printed on a slip, which opens a visit of this machine without a scanner."""

_SLIP = re.compile(r"[0-9A-Z $%*+\-./:]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class CodeKind(StrEnum):
    SLIP = "slip"
    VISIT = "visit"
    APPOINTMENT = "appointment"
    RECORD = "record"
    INSURANCE = "insurance"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Code:
    """`text` is as it was read; empty when it is UNKNOWN. It may be a number of a person: it is never logged."""

    kind: CodeKind
    text: str = field(default="", repr=False)


UNKNOWN = Code(CodeKind.UNKNOWN)


@dataclass(frozen=True, slots=True)
class CodePatterns:
    """Regular expressions of the hospital's own codes (settings `appointments.*`); an empty one knows no code."""

    appointment: str = ""
    record: str = ""
    insurance: str = ""


def recognised(untrusted_text: str, patterns: CodePatterns) -> Code:
    """What a scanner read. A slip is only known by its form here; services verify its signature."""
    if len(untrusted_text) > LONGEST_SLIP + 2:
        return UNKNOWN
    text = untrusted_text.strip("\r\n\t")
    if _CONTROL.search(text):
        return UNKNOWN
    if text.startswith(SLIP_PREFIX):
        # The last letter of a slip's code may be a space.
        return Code(CodeKind.SLIP, text) if len(text) <= LONGEST_SLIP and _SLIP.fullmatch(text) else UNKNOWN
    text = text.strip()
    if not 0 < len(text) <= LONGEST_CODE:
        return UNKNOWN
    for kind, pattern in (
        (CodeKind.APPOINTMENT, patterns.appointment),
        (CodeKind.RECORD, patterns.record),
        (CodeKind.INSURANCE, patterns.insurance),
    ):
        if pattern and re.fullmatch(pattern, text):
            return Code(kind, text)
    return Code(CodeKind.VISIT, text) if _is_visit_code(text) else UNKNOWN


def typed(digits: str, patterns: CodePatterns) -> Code:
    """What was typed on the pad.

    A record number is not taken: it stands on cards and letters, and whoever has seen it could look into a visit.
    """
    if _is_visit_code(digits):
        return Code(CodeKind.VISIT, digits)
    if patterns.appointment and re.fullmatch(patterns.appointment, digits):
        return Code(CodeKind.APPOINTMENT, digits)
    return UNKNOWN


def visit_code(visit_id: str) -> str:
    """The nine digits on the slip of a visit, from its random UUID; nobody guesses another visit's in a few tries."""
    return f"{int(visit_id.replace('-', ''), 16) % 10**VISIT_DIGITS:0{VISIT_DIGITS}d}"


def grouped(code: str) -> str:
    """`482 719 304`, as it stands on the slip and on the screen."""
    return " ".join(code[start : start + 3] for start in range(0, len(code), 3))


def _is_visit_code(text: str) -> bool:
    return len(text) == VISIT_DIGITS and text.isascii() and text.isdigit()
