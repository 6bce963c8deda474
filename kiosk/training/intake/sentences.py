"""The sentence patterns of sentences-*.txt, read into parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.domain.language import Language

_HERE = Path(__file__).parent
_PART = re.compile(r"\{([+\-?~])([a-z]*|L|!)\}|\{([Dd])\}|\{(\*|site\*|site)\}|<([a-z]+)>")
_BEFORE_PUNCTUATION = re.compile(r"\s+(?=[,.?;!]|'s\b)")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a finding: `sign` is + there, - not there, ? in doubt, ~ of no account."""

    sign: str
    shapes: str
    is_list: bool = False
    is_denial: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """A place for a length of time; `attached` when it tells how long the findings of the clause have been there."""

    attached: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the body; `unknown` when the words around it complain of it without a finding of their own."""

    unknown: bool


@dataclass(frozen=True, slots=True)
class Fill:
    """One line of another heading."""

    heading: str


Part = str | Slot | Length | Place | Fill
Pattern = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Sentences:
    """Patterns by heading."""

    language: Language
    patterns: Mapping[str, tuple[Pattern, ...]]

    def __getitem__(self, heading: str) -> tuple[Pattern, ...]:
        return self.patterns[heading]


def parse(line: str) -> Pattern:
    """One line in parts; blanks before punctuation are dropped."""
    parts: list[Part] = []
    at = 0
    line = _BEFORE_PUNCTUATION.sub("", line)
    for found in _PART.finditer(line):
        if found.start() > at:
            parts.append(line[at : found.start()])
        at = found.end()
        sign, shapes, length, place, heading = found.groups()
        if sign:
            parts.append(Slot(sign, "" if shapes in ("L", "!") else shapes, shapes == "L", shapes == "!"))
        elif length:
            parts.append(Length(length == "D"))
        elif place:
            parts.append(Place(place != "site"))
        else:
            parts.append(Fill(heading))
    if at < len(line):
        parts.append(line[at:])
    return tuple(parts)


def read_sentences(language: Language) -> Sentences:
    """All patterns of a language. Raises ValueError for a word that has no heading."""
    by_heading: dict[str, list[Pattern]] = {}
    heading = ""
    for line in (_HERE / f"sentences-{language.value}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:].strip()
        elif line.strip() and not line.startswith("#"):
            by_heading.setdefault(heading, []).append(parse(line.strip()))
    for patterns in by_heading.values():
        for pattern in patterns:
            for part in pattern:
                if isinstance(part, Fill) and part.heading not in by_heading and part.heading != "w":
                    raise ValueError(f"sentences-{language.value}.txt: no heading {part.heading!r}")
    return Sentences(language, {name: tuple(patterns) for name, patterns in by_heading.items()})
