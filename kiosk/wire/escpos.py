"""ESC/POS, the language of receipt printers, as far as a slip needs it: one picture, feed, cut, and status.

Commands after Epson's public reference: ESC @, GS v 0, ESC d, GS V, DLE EOT. Text mode is left alone: printers differ
in their Chinese fonts and print "?" without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Protocol

BAND_ROWS = 256
"""Rows of one GS v 0: small printers hold no more in their buffer."""

_INIT = b"\x1b@"
_RASTER = b"\x1dv0\x00"
_FEED = b"\x1bd"
_CUT = b"\x1dVB"
_STATUS = b"\x10\x04"
_FEED_LINES = 3


class Picture(Protocol):
    """A 1-bit picture: packed rows, most significant bit first, 1 is black (services.ports.Raster)."""

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...

    @property
    def rows(self) -> bytes: ...


class Query(IntEnum):
    """The n of DLE EOT n."""

    PRINTER = 1
    OFFLINE_CAUSE = 2
    ERROR_CAUSE = 3
    PAPER = 4


class Condition(StrEnum):
    """What a status answer can say; none of these is a printer that is well."""

    OFFLINE = "offline"
    COVER_OPEN = "cover_open"
    FEED_BUTTON = "feed_button"
    PAPER_END_STOP = "paper_end_stop"
    ERROR = "error"
    CUTTER = "cutter"
    UNRECOVERABLE = "unrecoverable"
    RECOVERABLE = "recoverable"
    PAPER_NEAR_END = "paper_near_end"
    PAPER_OUT = "paper_out"


class StatusUnclearError(ValueError):
    """An answer that no printer gives to this query."""


@dataclass(frozen=True, slots=True)
class Initialise:
    pass


@dataclass(frozen=True, slots=True)
class Image:
    """One band; a Picture by itself. `width` is a multiple of eight."""

    width: int
    height: int
    rows: bytes


@dataclass(frozen=True, slots=True)
class Feed:
    lines: int


@dataclass(frozen=True, slots=True)
class Cut:
    """Feed to the knife and `dots` further, then cut all but a small bridge."""

    dots: int


@dataclass(frozen=True, slots=True)
class StatusQuery:
    query: Query


Command = Initialise | Image | Feed | Cut | StatusQuery


class UnknownBytesError(ValueError):
    """Bytes that are none of our commands; `offset` counts from the first byte of the stream."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"unknown bytes at offset {offset}")
        self.offset = offset


def encode(picture: Picture) -> bytes:
    """The job that prints a picture and cuts. ValueError when its rows do not fit its size."""
    per_row = picture.width // 8
    if picture.width < 8 or picture.width % 8 or len(picture.rows) != per_row * picture.height:
        raise ValueError(f"{len(picture.rows)} bytes are no picture of {picture.width} x {picture.height}")
    parts = [_INIT]
    for top in range(0, picture.height, BAND_ROWS):
        band = picture.rows[top * per_row : (top + BAND_ROWS) * per_row]
        parts.append(_RASTER + per_row.to_bytes(2, "little") + (len(band) // per_row).to_bytes(2, "little") + band)
    parts.append(_FEED + bytes([_FEED_LINES]) + _CUT + b"\x00")
    return b"".join(parts)


def query(about: Query) -> bytes:
    """A status question; the printer answers at once with one byte, even while it prints or is offline."""
    return _STATUS + bytes([about])


_MEANINGS: dict[Query, tuple[tuple[int, Condition], ...]] = {
    Query.PRINTER: ((0x08, Condition.OFFLINE),),
    Query.OFFLINE_CAUSE: (
        (0x04, Condition.COVER_OPEN),
        (0x08, Condition.FEED_BUTTON),
        (0x20, Condition.PAPER_END_STOP),
        (0x40, Condition.ERROR),
    ),
    Query.ERROR_CAUSE: (
        (0x08, Condition.CUTTER),
        (0x20, Condition.UNRECOVERABLE),
        (0x40, Condition.RECOVERABLE),
    ),
    # Two sensors' bits each; one of them is enough to worry.
    Query.PAPER: ((0x0C, Condition.PAPER_NEAR_END), (0x60, Condition.PAPER_OUT)),
}


def read_status(about: Query, untrusted_answer: bytes) -> frozenset[Condition]:
    """What one answer says; empty when all is well.

    StatusUnclearError unless it is one byte with the bits that every answer has (0xx1xx10): a late byte of something
    else must not pass for good news.
    """
    if len(untrusted_answer) != 1 or untrusted_answer[0] & 0x93 != 0x12:
        raise StatusUnclearError(f"{untrusted_answer[:4].hex() or 'nothing'} is no status")
    return frozenset(condition for bits, condition in _MEANINGS[about] if untrusted_answer[0] & bits)


class Decoder:
    """Turns a stream of bytes back into commands, however it is cut into pieces."""

    def __init__(self) -> None:
        self._waiting = b""
        self._offset = 0

    def feed(self, data: bytes) -> list[Command]:
        """The commands that are complete now; raises UnknownBytesError."""
        self._waiting += data
        found: list[Command] = []
        while self._waiting:
            step = _read(self._waiting, self._offset)
            if step is None:
                break
            command, used = step
            self._waiting = self._waiting[used:]
            self._offset += used
            found.append(command)
        return found

    def finish(self) -> None:
        """UnknownBytesError when the stream ended inside a command."""
        if self._waiting:
            raise UnknownBytesError(self._offset)


def decode(data: bytes) -> list[Command]:
    """All commands of a whole stream; raises UnknownBytesError."""
    decoder = Decoder()
    commands = decoder.feed(data)
    decoder.finish()
    return commands


def picture(commands: Iterable[Command]) -> Image:
    """The bands of a job joined. ValueError when there are none or they differ in width."""
    bands = [command for command in commands if isinstance(command, Image)]
    if len({band.width for band in bands}) != 1:
        raise ValueError("no picture of one width")
    return Image(bands[0].width, sum(band.height for band in bands), b"".join(band.rows for band in bands))


_SHORT = re.compile(rb"(?P<init>\x1b@)|\x1bd(?P<feed>.)|\x1dVB(?P<cut>.)|\x10\x04(?P<status>[\x01-\x04])", re.DOTALL)
_BEGINNINGS = (_INIT, _RASTER, _FEED, _CUT, _STATUS)


def _read(data: bytes, offset: int) -> tuple[Command, int] | None:
    """The first command and its length; None when more bytes are needed."""
    if data.startswith(_RASTER):
        return _read_image(data, offset)
    short = _SHORT.match(data)
    if short is None:
        head = max(map(len, _BEGINNINGS))
        known = any(start.startswith(data[:head]) or data == start for start in _BEGINNINGS)
        if known:
            return None
        raise UnknownBytesError(offset)
    if short["feed"]:
        return Feed(short["feed"][0]), short.end()
    if short["cut"]:
        return Cut(short["cut"][0]), short.end()
    if short["status"]:
        return StatusQuery(Query(short["status"][0])), short.end()
    return Initialise(), short.end()


def _read_image(data: bytes, offset: int) -> tuple[Image, int] | None:
    head = len(_RASTER) + 4
    if len(data) < head:
        return None
    per_row = int.from_bytes(data[4:6], "little")
    height = int.from_bytes(data[6:8], "little")
    if not per_row or not height:
        raise UnknownBytesError(offset)
    end = head + per_row * height
    return (Image(per_row * 8, height, data[head:end]), end) if len(data) >= end else None
