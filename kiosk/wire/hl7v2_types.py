"""HL7 2.5.1 data types (chapter 2A) filled from our values, and the keys that are made for them."""

from __future__ import annotations

import base64
import hashlib
from datetime import date, datetime

from kiosk.wire.hl7v2 import Component, Value, escape
from kiosk.wire.person_names import names

CONTROL_ID_LENGTH = 20
"""MSH-10 of 2.5.1."""
CODE_LENGTH = 20
"""IS: a code of a table of the site."""
TEXT_LENGTH = 199
"""ST."""


def digest(text: str, length: int) -> str:
    """Letters and digits that stand for the text, 5 bits each, the same for the same text.

    That two of 10^9 texts have the same 20 characters (100 bits) has a chance of 4 in 10^13; that two of 10^7 have the
    same 15 (75 bits), of 1 in 10^9.
    """
    return base64.b32encode(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()).decode()[:length]


def control_id(key: str, kind: str) -> str:
    """MSH-10 of one message of an outbox message: sent again, it is the same."""
    return digest(f"{key}\0{kind}", CONTROL_ID_LENGTH)


def shortened(code: str, length: int) -> str:
    """The code, or its digest where it is too long: cut off, it could be somebody else's."""
    return code if len(code) <= length else digest(code, length)


def one_line(text: str) -> str:
    """For values that have no line breaks."""
    return " ".join(text.split())


def fitting(text: str) -> str:
    """As much of the text, in one line, as ST holds with its escapes."""
    short = one_line(text)[:TEXT_LENGTH]
    while len(escape(short)) > TEXT_LENGTH:
        short = short[:-1]
    return short


def ts(moment: datetime) -> str:
    """A time stamp with its zone; ValueError without one."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.strftime("%Y%m%d%H%M%S%z")


def dt(day: date) -> str:
    return day.strftime("%Y%m%d")


def nm(number: float) -> str:
    """As short as it can be written, never in powers of ten."""
    return f"{number:.6f}".rstrip("0").rstrip(".") if number % 1 else f"{number:.0f}"


def cx(identifier: str, authority: str, kind: str) -> Value:
    """An identifier with who gave it; `kind` is of table 0203."""
    return (identifier, "", "", authority, kind)


def ce(code: str, text: str, system: str) -> Value:
    return (code, text, system)


def ei(identifier: str, authority: str) -> Value:
    return (identifier, authority)


def xpn(name: str) -> list[Value]:
    """A legal name, once in each script it is written in; see `names`."""
    return [(family, given, "", "", "", "", "L", script) for script, family, given in names(name)]


def xcn(identifier: str, name: str) -> list[Value]:
    """A person on the staff with an id, once in each script of the name."""
    return [
        (identifier, family, given, "", "", "", "", "", "", "L", "", "", "", "", script)
        for script, family, given in names(name)
    ] or [(identifier,)]


def pl(point_of_care: str, room: str, facility: str) -> Value:
    """A place: ward or clinic, room, and the hospital it belongs to."""
    parts: tuple[Component, ...] = (point_of_care, room, "", facility)
    return parts


def xtn_mobile(number: str) -> Value:
    """A mobile telephone; its number stands in component 1 as older systems want it and in 12 as 2.5.1 does."""
    return (number, "PRN", "CP", "", "", "", "", "", "", "", "", number)
