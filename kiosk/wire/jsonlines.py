"""JSON lines: one JSON object per line in UTF-8. Any split of the bytes gives the same messages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

LONGEST_LINE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Malformed:
    """A line that is no JSON object. `problem` names what is wrong and never quotes the line."""

    problem: str


Line = dict[str, Any] | Malformed


class JsonLinesDecoder:
    """Collects bytes until a line is whole; holds at most `longest` bytes (and the terminator) of one line."""

    def __init__(self, longest: int = LONGEST_LINE) -> None:
        self._longest = longest
        self._pending = bytearray()
        self._skipping = False

    def feed(self, data: bytes) -> list[Line]:
        """The lines that `data` completes, in order. Blank lines are skipped, an over-long one is reported once."""
        lines: list[Line] = []
        *whole, rest = data.split(b"\n")
        for piece in whole:
            lines.extend(self._take(piece))
            if not self._skipping:
                lines.extend(_decode(bytes(self._pending)))
            self._skipping = False
            self._pending.clear()
        lines.extend(self._take(rest))
        return lines

    def close(self) -> list[Line]:
        """At the end of the stream: the bytes of an unfinished line are a problem too."""
        unfinished = bool(self._pending.strip())
        self._pending.clear()
        self._skipping = False
        return [Malformed("unfinished line")] if unfinished else []

    def skip(self) -> None:
        """Take no notice of what comes before the next newline."""
        self._pending.clear()
        self._skipping = True

    def _take(self, piece: bytes) -> list[Line]:
        if self._skipping:
            return []
        if len(self._pending) + len(piece) <= self._longest:
            self._pending += piece
            return []
        self._pending.clear()
        self._skipping = True
        return [Malformed(f"line longer than {self._longest} bytes")]


def encode_line(fields: Mapping[str, Any]) -> bytes:
    """One line with its newline; raises ValueError for numbers that JSON does not have (NaN, infinity)."""
    return _ENCODER.encode(fields).encode() + b"\n"


def _decode(line: bytes) -> list[Line]:
    if not line.strip():
        return []
    try:
        value = _DECODER.decode(line.decode("utf-8"))
    except UnicodeDecodeError:
        return [Malformed("not UTF-8")]
    except json.JSONDecodeError as error:
        return [Malformed(f"not JSON at character {error.pos}")]
    except ValueError:
        return [Malformed("a number out of range")]
    except RecursionError:
        return [Malformed("nested too deeply")]
    return [value] if isinstance(value, dict) else [Malformed("not an object")]


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


# Made once: json.dumps and json.loads make a new one for every line.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
