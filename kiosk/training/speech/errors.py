"""Counting what was misheard."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """`errors` of `words` (inserted, left out or other words), and utterances heard exactly."""

    utterances: int
    exact: int
    words: int
    errors: int

    @property
    def rate(self) -> float:
        return self.errors / max(1, self.words)


def figures_of(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> Figures:
    """Of (said, heard) words."""
    return Figures(
        len(pairs),
        sum(list(said) == list(heard) for said, heard in pairs),
        sum(len(said) for said, _ in pairs),
        sum(distance(said, heard) for said, heard in pairs),
    )


def distance(said: Sequence[str], heard: Sequence[str]) -> int:
    """Words to insert, take out or change to come from one to the other."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(said, 1):
        corner, row[0] = row[0], number
        for place, other in enumerate(heard, 1):
            corner, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, corner + (word != other))
    return row[-1]


def report(figures: dict[str, Figures]) -> str:
    return json.dumps(
        {name: asdict(f) | {"rate": round(f.rate, 4)} for name, f in figures.items()}, indent=1, ensure_ascii=False
    )
