"""How a language model is asked for findings, and how its answer is read.

The answer is `none`, or one line a finding: `code`, `+` there, `-` not there or `?` in doubt, perhaps how long, `=`,
and the words it was read from, as in `fever+2d=发烧`. The form is the model's: a model trained for another one comes
with another module like this.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.generation import Prompt
from kiosk.domain.language import Language
from kiosk.wire import gbnf

MOST_LINES = 16
LONGEST_PIECE = 80
"""Characters read at once; more at a time is read worse."""

STATUS = {"+": Status.PRESENT, "-": Status.ABSENT, "?": Status.UNSURE}
HOURS = {"h": 1, "d": 24, "w": 7 * 24, "m": 30 * 24, "y": 365 * 24}
_LINE = re.compile(r"([a-z][a-z0-9_]{0,79})([+?-])(?:(\d{1,3})([hdwmy]))?=(.{1,200})")
_ENDS = re.compile(r"[。！？；!?;\n]+|[.,，、](?!\d)")
# Models read these as control tokens, <|im_end|> for example. One letter becomes one letter: places stay the same.
_CONTROL = str.maketrans("<>|[]", "‹›¦()")
_FORM = r"""
line ::= code status duration? "=" words "\n"
status ::= [+?-]
duration ::= [1-9] [0-9]? [hdwmy]
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of what was said that is read at once, and where it begins."""

    text: str
    start: int


def pieces_of(text: str) -> Iterator[Piece]:
    """The text in parts that end where a sentence or a clause does."""
    start = 0
    while start < len(text):
        end = _end(text, start)
        if any(letter.isprintable() and not letter.isspace() for letter in text[start:end]):
            yield Piece(text[start:end].translate(_CONTROL), start)
        start = end


class IntakeTask:
    """Reads complaints with a model that knows these codes."""

    prefix = ""
    suffix = "<ans>"

    def __init__(self, codes: Collection[str]) -> None:
        self._codes = frozenset(codes)
        self._rules = f"{_FORM.strip()}\ncode ::= {gbnf.one_of(self._codes)}"

    def pieces(self, text: str) -> Iterator[Piece]:
        return pieces_of(text)

    def prompt(self, piece: Piece, language: Language) -> Prompt:
        return Prompt(self.prefix, piece.text, self.suffix)

    def grammar(self, piece: Piece) -> str:
        """Known codes, and as evidence only what the piece holds: an invented word cannot be written."""
        lines = f"line{{1,{MOST_LINES}}}"
        return "\n".join([f'root ::= "none" | {lines}', self._rules, *gbnf.part_of(piece.text, "words")])

    def parse(self, untrusted_answer: str, piece: Piece, text: str) -> tuple[Finding, ...]:
        """Findings with their place in the whole text; a line that is not sound is left out."""
        found: dict[str, Finding] = {}
        for line in untrusted_answer.split("\n")[:MOST_LINES]:
            finding = self._finding(line, piece)
            if finding is not None and finding.code not in found and finding.span is not None:
                start, end = finding.span
                found[finding.code] = replace(finding, text=text[start:end])
        return tuple(found.values())

    def _finding(self, line: str, piece: Piece) -> Finding | None:
        match = _LINE.fullmatch(line)
        if match is None or match[1] not in self._codes:
            return None
        words = match[5].strip()
        place = piece.text.find(words) if words else -1
        if place < 0:
            return None
        start = piece.start + place
        return Finding(
            code=match[1],
            status=STATUS[match[2]],
            source=Source.MODEL,
            span=(start, start + len(words)),
            duration_hours=float(int(match[3]) * HOURS[match[4]]) if match[3] else None,
        )


def _end(text: str, start: int) -> int:
    """Where the piece that begins at `start` ends: behind the last clause that still fits."""
    if len(text) - start <= LONGEST_PIECE:
        return len(text)
    ends = [match.end() for match in _ENDS.finditer(text, start, start + LONGEST_PIECE)]
    if ends:
        return ends[-1]
    blank = text.rfind(" ", start + 1, start + LONGEST_PIECE)
    return blank + 1 if blank > 0 else start + LONGEST_PIECE
