"""How people spell a syllable of pinyin: exactly, as their accent has it, or with a finger beside the key.

Costs are -10 ln(how often that happens), so that the exact spelling costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

ACCENT = 28
BOTH_ACCENTS = 48
"""Beginning and end at once: shenme for senme, lin for ning."""
SLIP = 62
LONGEST = 7
"""Letters: zhuang, and one typed twice."""

_BEGINNINGS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("h", "f"), ("l", "r"))
_ENDINGS = (("ang", "an"), ("eng", "en"), ("ing", "in"))
_ALSO = {"lve": "lue", "nve": "nue", "lv": "lu", "nv": "nu", "er": "r"}
_ALSO_COST = {"lve": 0, "nve": 0, "lv": 15, "nv": 15, "er": 30}
_VOWELS = frozenset("aeiouv")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE_BELOW = (-1, 0)
"""A key touches the one below it to the left and the one straight below."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One syllable that letters may stand for; `slip` when a letter is wrong, missing or doubled."""

    syllable: str
    cost: int
    slip: bool


def readings(syllables: Iterable[str]) -> Mapping[str, tuple[Reading, ...]]:
    """Every spelling that is understood, with the syllables it may mean, cheapest first."""
    known = frozenset(syllables)
    best: dict[tuple[str, str], Reading] = {}
    for syllable in sorted(known):
        if _VOWELS.isdisjoint(syllable):
            # A letter of CT or of B超: anything near it would be every other letter.
            _keep(best, syllable, Reading(syllable, 0, False))
            continue
        for spelling, cost in _accents(syllable):
            _keep(best, spelling, Reading(syllable, cost, False))
        for spelling in _slips(syllable):
            _keep(best, spelling, Reading(syllable, SLIP, True))
    grouped: dict[str, list[Reading]] = {}
    for (spelling, _), reading in best.items():
        grouped.setdefault(spelling, []).append(reading)
    return {spelling: tuple(sorted(found, key=lambda r: (r.cost, r.syllable))) for spelling, found in grouped.items()}


def _keep(best: dict[tuple[str, str], Reading], spelling: str, reading: Reading) -> None:
    held = best.get((spelling, reading.syllable))
    if held is None or reading.cost < held.cost:
        best[spelling, reading.syllable] = reading


def _accents(syllable: str) -> Iterator[tuple[str, int]]:
    yield syllable, 0
    if syllable in _ALSO:
        yield _ALSO[syllable], _ALSO_COST[syllable]
    for spelled in _other_endings(syllable):
        yield spelled, ACCENT
    for beginning in _other_beginnings(syllable):
        yield beginning, ACCENT
        for spelled in _other_endings(beginning):
            yield spelled, BOTH_ACCENTS


def _other_beginnings(syllable: str) -> Iterator[str]:
    for first, second in _BEGINNINGS:
        if syllable.startswith(first):
            yield second + syllable[len(first) :]
        elif syllable.startswith(second):
            yield first + syllable[len(second) :]


def _other_endings(syllable: str) -> Iterator[str]:
    for longer, shorter in _ENDINGS:
        if syllable.endswith(longer):
            yield syllable[: -len(longer)] + shorter
        elif syllable.endswith(shorter):
            yield syllable[: -len(shorter)] + longer


def _slips(syllable: str) -> Iterator[str]:
    """A letter missing, doubled, exchanged with the next one, or its neighbour on the keyboard."""
    for place, letter in enumerate(syllable):
        before, after = syllable[:place], syllable[place + 1 :]
        if len(syllable) > 1:
            yield before + after
        yield before + letter * 2 + after
        if after and after[0] != letter:
            yield before + after[0] + letter + after[1:]
        for beside in NEIGHBOURS[letter]:
            yield before + beside + after


def _neighbours() -> Mapping[str, str]:
    beside: dict[str, set[str]] = {letter: set() for row in _ROWS for letter in row}
    for height, row in enumerate(_ROWS):
        below = _ROWS[height + 1] if height + 1 < len(_ROWS) else ""
        for place, letter in enumerate(row):
            near = set(row[max(0, place - 1) : place + 2])
            near |= {below[place + step] for step in _BESIDE_BELOW if 0 <= place + step < len(below)}
            for other in near - {letter}:
                beside[letter].add(other)
                beside[other].add(letter)
    return {letter: "".join(sorted(others)) for letter, others in beside.items()}


NEIGHBOURS: Mapping[str, str] = _neighbours()
"""The keys that touch a key on a QWERTY keyboard."""
