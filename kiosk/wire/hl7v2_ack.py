"""What a system answers to a message: MSA and ERR, and what that means for us (HL7 2.5.1, chapters 2.9 and 2.15)."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from kiosk.wire.hl7v2 import Encoding, Segment, read_message

ERROR_NAMES = {
    "100": "segment sequence error",
    "101": "required field missing",
    "102": "data type error",
    "103": "table value not found",
    "104": "value too long",
    "200": "unsupported message type",
    "201": "unsupported event code",
    "202": "unsupported processing id",
    "203": "unsupported version id",
    "204": "unknown key identifier",
    "205": "duplicate key identifier",
    "206": "application record locked",
    "207": "application internal error",
}
"""Table 0357."""

_SEGMENT = re.compile(r"[A-Z][A-Z0-9]{2}")
_NUMBER = re.compile(r"[0-9]{1,3}")
_OWN_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,19}|[0-9]{1,6}")


class AckCode(StrEnum):
    """Table 0008: processed or not (original mode), stored or not (enhanced mode)."""

    ACCEPT = "AA"
    ERROR = "AE"
    REJECT = "AR"
    COMMIT_ACCEPT = "CA"
    COMMIT_ERROR = "CE"
    COMMIT_REJECT = "CR"


_TAKEN = frozenset({AckCode.ACCEPT, AckCode.COMMIT_ACCEPT})


class Verdict(StrEnum):
    TAKEN = "taken"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class AckError:
    """One thing that is wrong. `location` is like `PID-3.1`, empty when it is the message as a whole.

    `own_code` is the system's own (ERR-5). `prose` is its text, which may quote the message and so the patient.
    """

    code: str
    location: str = ""
    own_code: str = ""
    prose: str = ""

    def __str__(self) -> str:
        named = f"{self.code} {ERROR_NAMES.get(self.code, '')}".strip()
        own = f"({self.own_code})" if self.own_code else ""
        return " ".join(part for part in (named, self.location and f"in {self.location}", own) if part)


@dataclass(frozen=True, slots=True)
class Ack:
    """`control_id` is the MSH-10 of the message it answers. `prose` may quote the message, see AckError."""

    code: AckCode
    control_id: str
    prose: str
    errors: tuple[AckError, ...]

    def verdict(self, retry_codes: Collection[str], done_codes: Collection[str]) -> Verdict:
        """What to do with the message, under a site's rules for error codes (wire/hl7v2_site.CodeMap).

        A refusal is only put off, or taken for done, when all its errors are of the kind.
        """
        if self.code in _TAKEN:
            return Verdict.TAKEN
        if self.errors and all({error.code, error.own_code} & set(done_codes) for error in self.errors):
            return Verdict.TAKEN
        if self.errors and all({error.code, error.own_code} & set(retry_codes) for error in self.errors):
            return Verdict.LATER
        return Verdict.REFUSED

    def reasons(self) -> str:
        """Codes and places of what is wrong, and never prose."""
        return "; ".join((self.code, *filter(None, map(str, self.errors))))[:300]

    def words(self) -> str:
        """The reasons with the system's own text, for a message that was about nobody."""
        texts = (self.prose, *(error.prose for error in self.errors))
        return "; ".join((self.reasons(), *dict.fromkeys(filter(None, texts))))[:500]


def read_ack(content: bytes, encoding: Encoding = Encoding.UTF_8) -> Ack:
    """ValueError when it is no acknowledgement. Everything else about it may be as the other side likes."""
    message = read_message(content, encoding)
    found = message.named("MSA")
    if not found:
        raise ValueError("an answer without MSA")
    msa = found[0]
    code = msa.value(1).strip().upper()
    if code not in list(AckCode):
        raise ValueError("an MSA without a code of table 0008")
    errors = [error for segment in message.named("ERR") for error in _errors(segment)]
    if not errors and msa.value(6):
        errors = [AckError(_known(msa.value(6)), prose=msa.value(6, 2))]
    return Ack(AckCode(code), msa.value(2).strip(), msa.value(3), tuple(errors))


def _errors(err: Segment) -> list[AckError]:
    """ERR as 2.5 has it, or with everything in ERR-1 as before."""
    if err.value(3):
        prose = "; ".join(filter(None, (err.value(3, 2), err.value(8), err.value(7))))
        severe = err.value(4).strip().upper() not in {"I", "W"}
        location = _location(*(err.value(2, part) for part in (1, 3, 5)))
        return [AckError(_known(err.value(3)), location, _own(err.value(5)), prose)] if severe else []
    return [
        AckError(
            _known(err.value(1, 4, repetition)),
            _location(err.value(1, 1, repetition), err.value(1, 3, repetition), ""),
            prose=err.value(1, 4, repetition, 2),
        )
        for repetition in range(1, err.repetitions(1) + 1)
    ]


def _location(segment: str, field: str, component: str) -> str:
    """Empty or half when it is not written as HL7 does: it could be anything."""
    if not _SEGMENT.fullmatch(segment):
        return ""
    if not _NUMBER.fullmatch(field):
        return segment
    return f"{segment}-{field}.{component}" if _NUMBER.fullmatch(component) else f"{segment}-{field}"


def _known(code: str) -> str:
    return code.strip() if _NUMBER.fullmatch(code.strip()) else "?"


def _own(code: str) -> str:
    return code.strip() if _OWN_CODE.fullmatch(code.strip()) else ""
