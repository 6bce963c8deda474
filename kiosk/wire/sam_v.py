"""The protocol of readers for Chinese identity cards (SAM_V module, serial line, 115200 8N1), without a line.

Command: preamble, length (2 bytes, of what follows it), command, parameter, checksum. Answer: preamble, length, two
reserved bytes, status, data, checksum. The checksum is the exclusive or of everything after the preamble. A card is
found, selected and read, in this order, before every reading (GA 450; checked against published drivers).

The text of a card is 256 bytes of UTF-16LE in fields of fixed widths, and the field before the last tells whose card it
is. Only what a visit needs is taken from it: name, number, birth date, sex and validity. Nation, address and authority
are not, and the picture that a reader sends along is dropped byte by byte, before it was ever together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from functools import reduce
from operator import xor

from kiosk.domain.identity_numbers import NumberRefused, PaperForm, read_number
from kiosk.domain.patient import DocumentKind, IdentityDocument, Sex

PREAMBLE = bytes.fromhex("AAAAAA9669")
TEXT_BYTES = 256
LONGEST_FRAME = 4096
"""Bytes after the length; text, picture and two fingerprints together have 2,315."""
_HEADER = len(PREAMBLE) + 2
_STATUS = 3
_LENGTHS = 4
"""Bytes with the lengths of text and picture, between the status and the text."""


class SamError(ValueError):
    """The reader said something that is no answer, or a card has no such text; never quotes what it said."""


class Status(IntEnum):
    """The last of the three bytes after the length of an answer."""

    DONE = 0x90
    FOUND = 0x9F
    NO_CARD = 0x80
    NOT_SELECTED = 0x81
    NOT_READ = 0x41


def command(first: int, second: int) -> bytes:
    """The bytes of one command without data."""
    body = bytes((0, 3, first, second))
    return PREAMBLE + body + bytes((reduce(xor, body, 0),))


MODULE_STATUS = command(0x11, 0xFF)
FIND = command(0x20, 0x01)
SELECT = command(0x20, 0x02)
READ = command(0x30, 0x01)
"""Text and picture: there is no command for the text alone. Fingerprints come with another one only."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` is the text of a card, nothing else is kept of an answer."""

    status: int
    data: bytes = field(default=b"", repr=False)


class AnswerDecoder:
    """Bytes of the line to answers, whatever pieces they come in.

    Noise before a preamble is skipped. A frame with a wrong checksum or length raises SamError; what came in the same
    piece after it is lost, and the decoder can be fed on.
    """

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget what has come so far: the next answer begins with the next preamble."""
        self._begun = b""
        self._kept = bytearray()
        self._left = 0
        self._sum = 0

    def feed(self, data: bytes) -> Iterator[Answer]:
        for byte in data:
            answer = self._take(byte)
            if answer is not None:
                yield answer

    def _take(self, byte: int) -> Answer | None:
        if len(self._begun) < _HEADER:
            self._begin(byte)
            return None
        self._left -= 1
        self._sum ^= byte
        if self._left:
            if len(self._kept) < _STATUS + _LENGTHS + TEXT_BYTES:
                self._kept.append(byte)
            return None
        return self._ended()

    def _begin(self, byte: int) -> None:
        self._begun += bytes((byte,))
        while self._begun[: len(PREAMBLE)] != PREAMBLE[: len(self._begun)]:
            self._begun = self._begun[1:]
        if len(self._begun) == _HEADER:
            self._left = int.from_bytes(self._begun[5:], "big")
            self._sum = self._begun[5] ^ self._begun[6]
            if not _STATUS + 1 <= self._left <= LONGEST_FRAME:
                self.clear()
                raise SamError("an answer of impossible length")

    def _ended(self) -> Answer:
        kept, total = bytes(self._kept), self._sum
        self.clear()
        if total:
            raise SamError("an answer with a wrong checksum")
        return Answer(kept[_STATUS - 1], _text_of(kept))


def _text_of(kept: bytes) -> bytes:
    """The card's text in an answer to READ, empty in any other."""
    lengths = kept[_STATUS : _STATUS + _LENGTHS]
    if int.from_bytes(lengths[:2], "big") != TEXT_BYTES:
        return b""
    return kept[_STATUS + _LENGTHS :][:TEXT_BYTES]


class Progress(StrEnum):
    """How far the reading of a card has come. After NO_CARD, FAILED and READ it begins again with the search."""

    NO_CARD = "no_card"
    FOUND = "found"
    SELECTED = "selected"
    READ = "read"
    FAILED = "failed"


class Cycle:
    """Find, select, read. `command` is what the reader is to be told now."""

    def __init__(self) -> None:
        self.command = FIND

    def take(self, answer: Answer) -> Progress:
        """The answer to `command`, which becomes the next one."""
        asked, self.command = self.command, FIND
        match asked, answer.status:
            case (found, Status.FOUND) if found == FIND:
                self.command = SELECT
                return Progress.FOUND
            case (found, _) if found == FIND:
                return Progress.NO_CARD
            case (selected, Status.DONE) if selected == SELECT:
                self.command = READ
                return Progress.SELECTED
            case (_, Status.DONE) if answer.data:
                return Progress.READ
            case _:
                return Progress.FAILED


class CardForm(StrEnum):
    """The mark in the text: none on a resident's card, J, I, Y on the others."""

    RESIDENT = ""
    RESIDENCE_PERMIT = "J"
    FOREIGNER_2017 = "I"
    FOREIGNER_2023 = "Y"


@dataclass(frozen=True, slots=True)
class CardText:
    """Who a card says its holder is. `valid_until` is None on a card that is valid for ever."""

    name: str = field(repr=False)
    document: IdentityDocument
    birth_date: date = field(repr=False)
    sex: Sex | None
    valid_until: date | None

    def is_valid(self, today: date) -> bool:
        return self.valid_until is None or today <= self.valid_until


_LIKE_A_RESIDENT: Mapping[str, tuple[int, int]] = {
    "name": (0, 30),
    "sex": (30, 32),
    "birth": (36, 52),
    "number": (122, 158),
    "until": (204, 220),
}
"""First byte and the one after the last."""
_LAYOUTS: Mapping[CardForm, Mapping[str, tuple[int, int]]] = {
    CardForm.RESIDENT: _LIKE_A_RESIDENT,
    CardForm.RESIDENCE_PERMIT: _LIKE_A_RESIDENT,
    CardForm.FOREIGNER_2017: {
        "latin": (0, 120),
        "sex": (120, 122),
        "number": (122, 152),
        "name": (158, 188),
        "until": (204, 220),
        "birth": (220, 236),
    },
    CardForm.FOREIGNER_2023: {**_LIKE_A_RESIDENT, "latin": (52, 122)},
}
_MARK = (248, 250)
_SEXES = {"1": Sex.MALE, "2": Sex.FEMALE}
"""GB/T 2261.1; 0 is unknown, 9 unspecified."""
_FOR_EVER = "长期"
_KINDS = {
    CardForm.RESIDENT: DocumentKind.RESIDENT_ID,
    CardForm.RESIDENCE_PERMIT: DocumentKind.RESIDENCE_PERMIT,
    CardForm.FOREIGNER_2017: DocumentKind.PERMANENT_RESIDENCE,
    CardForm.FOREIGNER_2023: DocumentKind.PERMANENT_RESIDENCE,
}


def read_text(text: bytes, today: date) -> CardText:
    """The text of a card; raises SamError for one that is none, or whose number does not fit the rest of it."""
    if len(text) != TEXT_BYTES:
        raise SamError("a card without a text")
    form = _form(_field(text, _MARK))
    fields = {name: _field(text, place) for name, place in _LAYOUTS[form].items()}
    try:
        number = read_number(PaperForm.CARD, fields["number"], today)
    except NumberRefused as refused:
        raise SamError(f"a card whose number is refused: {refused.problem}") from None
    born = _day(fields["birth"])
    sex = _SEXES.get(fields["sex"])
    if number.document.kind is not _KINDS[form] or (number.birth_date or born) != born:
        raise SamError("a card whose number is not of its kind or birth date")
    # A foreigner's card has both, in this order as wire/person_names.py expects them.
    name = f"{fields['name']} {fields.get('latin', '')}".strip()
    if not name:
        raise SamError("a card without a name")
    until = None if fields["until"] in ("", _FOR_EVER) else _day(fields["until"])
    return CardText(name, number.document, born, sex, until)


def _form(mark: str) -> CardForm:
    try:
        return CardForm(mark)
    except ValueError:
        raise SamError("a card of a kind that is not known") from None


def _field(text: bytes, place: tuple[int, int]) -> str:
    try:
        found = text[place[0] : place[1]].decode("utf-16-le")
    except UnicodeDecodeError:
        raise SamError("a card's text that is not UTF-16") from None
    words = found.strip(" \0\u3000")
    if not words.isprintable():
        raise SamError("a card's text with control characters")
    return words


def _day(digits: str) -> date:
    try:
        return datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise SamError("a card's date that is none") from None
