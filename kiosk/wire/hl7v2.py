"""HL7 version 2 messages as text: writing and reading segments, fields and their escapes (HL7 2.5.1, chapter 2).

A value is text, or a tuple of components, each text or a tuple of subcomponents; a list holds repetitions. Reading is
lenient, as other systems are: whatever starts with a sound MSH is a message, and what is not understood stays as it
came.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Component = str | tuple[str, ...]
Value = str | tuple[Component, ...]
Field = Value | list[Value]

MOST_SEGMENTS = 10_000


class Encoding(StrEnum):
    """The names are Python's codecs. Every character has a place in both; GBK is a part of GB 18030."""

    UTF_8 = "utf-8"
    GB18030 = "gb18030"


CHARACTER_SETS = {Encoding.UTF_8: "UNICODE UTF-8", Encoding.GB18030: "GB 18030-2000"}
"""Table 0211, for MSH-18."""


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The five characters that MSH begins with; an empty one is not in use."""

    field: str = "|"
    component: str = "^"
    repetition: str = "~"
    escape: str = "\\"
    subcomponent: str = "&"


STANDARD = Delimiters()

_WRITTEN = {"\\": "\\E\\", "|": "\\F\\", "^": "\\S\\", "~": "\\R\\", "&": "\\T\\", "\n": "\\.br\\"}
_LINE_BREAK = re.compile("\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_HALF_SURROGATE = re.compile("[\ud800-\udfff]")
_TO_WRITE = re.compile(r"[\\|^~&\n\x00-\x1f\x7f]")
_PLAIN = re.compile(r"[^\\|^~&\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff\"]*")
_LETTERS = {"F": "field", "S": "component", "R": "repetition", "E": "escape", "T": "subcomponent"}
_NULL = '""'
"""As a whole value it would tell the other side to delete what it knows."""


def escape(text: str) -> str:
    """Text that can stand in any value. Line breaks become `\\.br\\`, half surrogates U+FFFD."""
    if _PLAIN.fullmatch(text):
        return text
    if text == _NULL:
        return '\\X22\\"'
    plain = _LINE_BREAK.sub("\n", _HALF_SURROGATE.sub("\ufffd", text))
    return _TO_WRITE.sub(lambda found: _WRITTEN.get(found[0]) or f"\\X{ord(found[0]):02X}\\", plain)


def unescape(text: str, delimiters: Delimiters = STANDARD, encoding: Encoding = Encoding.UTF_8) -> str:
    """The text a value stands for; an escape that is not known stays as it is."""
    mark = re.escape(delimiters.escape)
    if not mark:
        return text

    def meaning(found: re.Match[str]) -> str:
        code = found[1]
        if code in _LETTERS:
            return str(getattr(delimiters, _LETTERS[code]))
        if code.startswith("."):
            return "\n"
        try:
            return bytes.fromhex(code[1:]).decode(encoding)
        except ValueError:
            return found[0]

    return re.sub(rf"{mark}([FSRET]|\.br|\.sp|X[0-9A-Fa-f]+){mark}", meaning, text)


def write_segment(name: str, fields: Mapping[int, Field]) -> str:
    """One segment without its end, from HL7's field numbers; those of MSH begin with 3, after the delimiters."""
    first = 3 if name == "MSH" else 1
    written = [""] * (max(fields, default=0) + 1 - first)
    for number, field in fields.items():
        written[number - first] = _field(field)
    while written and not written[-1]:
        written.pop()
    return "|".join(["MSH", "^~\\&", *written] if name == "MSH" else [name, *written])


def write_message(segments: Sequence[str], encoding: Encoding) -> bytes:
    return "".join(f"{segment}\r" for segment in segments).encode(encoding)


@dataclass(frozen=True, slots=True)
class Segment:
    """One line as it came. Values are read with HL7's numbers; what is not there is empty."""

    text: str
    delimiters: Delimiters
    encoding: Encoding = Encoding.UTF_8

    @property
    def name(self) -> str:
        return self.text[:3]

    def value(self, field: int, component: int = 1, repetition: int = 1, subcomponent: int = 1) -> str:
        """What the value stands for, its escapes resolved."""
        marks = self.delimiters
        # MSH-1 is the delimiter itself, so nothing lies between it and MSH-2.
        place = field - 1 if self.name == "MSH" else field
        raw = _part(self.text, marks.field, place + 1)
        raw = _part(raw, marks.repetition, repetition)
        raw = _part(_part(raw, marks.component, component), marks.subcomponent, subcomponent)
        return unescape(raw, marks, self.encoding)

    def repetitions(self, field: int) -> int:
        """How often a field is there; 0 when it is empty."""
        raw = _part(self.text, self.delimiters.field, field + 1)
        if not raw:
            return 0
        return raw.count(self.delimiters.repetition) + 1 if self.delimiters.repetition else 1


@dataclass(frozen=True, slots=True)
class Message:
    segments: tuple[Segment, ...]

    @property
    def header(self) -> Segment:
        return self.segments[0]

    def named(self, name: str) -> tuple[Segment, ...]:
        return tuple(segment for segment in self.segments if segment.name == name)


def read_message(content: bytes, encoding: Encoding = Encoding.UTF_8) -> Message:
    """ValueError when it does not begin with an MSH that tells its delimiters, or has too many segments.

    Segments end with CR; LF is taken too. Bytes that the encoding does not have become `\\xNN`.
    """
    text = content.decode(encoding, "backslashreplace").removeprefix("\ufeff")
    lines = [line for line in re.split("[\r\n]", text) if line]
    if not lines:
        raise ValueError("an empty message")
    if len(lines) > MOST_SEGMENTS:
        raise ValueError(f"more than {MOST_SEGMENTS} segments")
    delimiters = _delimiters(lines[0])
    return Message(tuple(Segment(line, delimiters, encoding) for line in lines))


def _delimiters(header: str) -> Delimiters:
    if not header.startswith("MSH") or len(header) < 5:
        raise ValueError("a message that does not begin with MSH")
    separator = header[3]
    others = header[4:].split(separator, 1)[0]
    marks = [separator, *others[:4]]
    if len(set(marks)) != len(marks) or any(mark.isalnum() or mark.isspace() for mark in marks):
        raise ValueError("an MSH without sound delimiters")
    marks += [""] * (5 - len(marks))
    return Delimiters(*marks)


def _part(text: str, separator: str, number: int) -> str:
    """The part with a number counted from 1; empty beyond the last."""
    parts = text.split(separator) if separator else [text]
    return parts[number - 1] if 1 <= number <= len(parts) else ""


def _field(field: Field) -> str:
    return "~".join(map(_value, field)) if isinstance(field, list) else _value(field)


def _value(value: Value) -> str:
    return escape(value) if isinstance(value, str) else _joined("^", [_component(part) for part in value])


def _component(component: Component) -> str:
    if not component:
        return ""
    return escape(component) if isinstance(component, str) else _joined("&", [escape(part) for part in component])


def _joined(separator: str, parts: list[str]) -> str:
    while parts and not parts[-1]:
        parts.pop()
    return separator.join(parts)
