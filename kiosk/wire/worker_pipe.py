"""What goes into a worker's pipe: messages as JSON lines, and between two of them sound as it is, in frames.

A frame is a zero byte, which begins no line, then an unsigned number of eight bytes and the length of what follows in
four, both little-endian. Any split of the bytes gives the same messages.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from kiosk.wire.jsonlines import LONGEST_LINE, JsonLinesDecoder, Line

LONGEST_FRAME = 256 * 1024
"""Bytes in one frame: eight seconds of 16 kHz mono 16-bit sound."""
_MARK = 0
_HEAD = struct.Struct("<BQI")


@dataclass(frozen=True, slots=True)
class Frame:
    """Bytes that belong to what `number` names; `whole` False when there were more than a frame may have."""

    number: int
    payload: bytes = field(repr=False)
    whole: bool = True


def encode_frame(number: int, payload: bytes) -> bytes:
    return _HEAD.pack(_MARK, number, len(payload)) + payload


class PipeDecoder:
    """Collects bytes until a line or a frame is whole; holds at most one of them."""

    def __init__(self, longest: int = LONGEST_LINE) -> None:
        self._lines = JsonLinesDecoder(longest)
        self._frame = b""
        self._in_line = False

    def feed(self, data: bytes) -> list[Line | Frame]:
        """The lines and frames that `data` completes, in order."""
        found: list[Line | Frame] = []
        if self._frame:
            self._frame, data = b"", self._frame + data
        start = 0
        while start < len(data):
            if not self._in_line and data[start] == _MARK:
                end = self._frame_in(data, start, found)
            else:
                end = data.find(b"\n", start) + 1
                self._in_line = not end
                found.extend(self._lines.feed(data[start : end or len(data)]))
            if not end:
                break
            start = end
        return found

    def _frame_in(self, data: bytes, start: int, found: list[Line | Frame]) -> int:
        """Where the frame that begins at `start` ends; 0 when that is not known yet."""
        body = start + _HEAD.size
        if len(data) >= body:
            _, number, length = _HEAD.unpack_from(data, start)
            if length > LONGEST_FRAME:
                # Where such a frame ends nobody knows; the next line is a new beginning.
                found.append(Frame(number, b"", whole=False))
                self._lines.skip()
                self._in_line = True
                return body
            if len(data) >= body + length:
                found.append(Frame(number, data[body : body + length]))
                return int(body + length)
        self._frame = data[start:]
        return 0
