"""The words behind the pinyin keyboard, sorted by sound, with what they cost and what follows them.

A sound is a string with one character per syllable, numbered in the order of the alphabet: all words that go on from a
sound, or from a syllable's first letters, stand in one stretch of a sorted list and are found by bisection. Lines stay
text until somebody types them, which keeps loading quick and memory small.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from pathlib import Path
from typing import NamedTuple

from kiosk.domain.errors import AssetError

START, FINISH = "^", "$"
"""What stands in pairs.txt for the beginning and the end of a text."""
END = "\uffff"
"""After every sound that begins alike."""
_FIRST = 0x100
_ABBREVIATED = 4
"""Words kept for each run of initials."""
_COMMON = 112
"""Dearest word of general Chinese that initials alone may mean."""


class Word(NamedTuple):
    """`context` is the word whose followers are expected after this one: a phrase's own last word."""

    text: str
    cost: int
    context: str


@dataclass(frozen=True, slots=True)
class Spelled:
    """A word or phrase with its syllables (no tones, v for u-umlaut); `context` is the last of several words."""

    text: str
    syllables: tuple[str, ...]
    cost: int
    context: str = ""


class Followers(NamedTuple):
    """What comes after a word: dearer by `unseen` unless it is named."""

    unseen: int
    named: Mapping[str, int]


class Dictionary:
    def __init__(self, general: Iterable[str] = (), pairs: Iterable[str] = (), own: Iterable[Spelled] = ()) -> None:
        """`general` and `pairs` are the lines of general.txt and pairs.txt; `own` words come on top of them."""
        own = tuple(own)
        by_sound = dict(line.split("\t") for line in general if line and not line.startswith("#"))
        known = set(" ".join(by_sound).split(" ")) - {""}
        self.syllables = tuple(sorted(known.union(*(spelled.syllables for spelled in own))))
        self._code = {syllable: chr(_FIRST + number) for number, syllable in enumerate(self.syllables)}
        told: dict[str, str | list[Word]] = {self.key(sound.split(" ")): line for sound, line in by_sound.items()}
        for spelled in own:
            self._add(told, spelled)
        self.keys = sorted(told)
        self._told = [_settled(told[key]) for key in self.keys]
        self._cheapest = array("H", map(_first_cost, self._told))
        self._pairs = dict(_followers_line(line) for line in pairs if not line.startswith("#"))
        self._initials = self._by_initials()
        self._read_words: dict[int, tuple[Word, ...]] = {}
        self._read_followers: dict[str, Followers] = {}

    def forget(self) -> None:
        """Drop what was read for the letters of the last patient."""
        self._read_words.clear()
        self._read_followers.clear()

    def key(self, syllables: Iterable[str]) -> str:
        return "".join(map(self._code.__getitem__, syllables))

    def words(self, place: int) -> tuple[Word, ...]:
        """The words of one sound, cheapest first."""
        told = self._told[place]
        if not isinstance(told, str):
            return told
        words = self._read_words.get(place)
        if words is None:
            words = self._read_words[place] = _parsed(told)
        return words

    def cheapest(self, low: int, high: int, count: int) -> list[Word]:
        """The cheapest words whose sounds stand there."""
        if high - low <= count:
            places: Sequence[int] = range(low, high)
        else:
            places = nsmallest(count, range(low, high), key=self._cheapest.__getitem__)
        return sorted((word for place in places for word in self.words(place)), key=lambda word: word.cost)[:count]

    def followers(self, word: str) -> Followers:
        known = self._read_followers.get(word)
        if known is None:
            unseen, line = self._pairs.get(word, (0, ""))
            parts = line.split(" ") if line else []
            known = Followers(unseen, dict(zip(parts[::2], map(int, parts[1::2]), strict=True)))
            self._read_followers[word] = known
        return known

    def abbreviated(self, initials: str) -> tuple[Word, ...]:
        """The most usual words of several syllables with these first letters."""
        return tuple(self.words(place)[0] for place in self._initials.get(initials, ()))

    def syllables_beginning(self, letters: str) -> tuple[str, str] | None:
        """The first and the last character of the syllables that go on from `letters`."""
        first = bisect_left(self.syllables, letters)
        last = bisect_left(self.syllables, letters + "{") - 1
        return (chr(_FIRST + first), chr(_FIRST + last)) if first <= last else None

    def code(self, syllable: str) -> str:
        return self._code[syllable]

    def _add(self, told: dict[str, str | list[Word]], spelled: Spelled) -> None:
        key = self.key(spelled.syllables)
        held = told.get(key, [])
        words = list(_parsed(held)) if isinstance(held, str) else held
        added = Word(spelled.text, spelled.cost, spelled.context or spelled.text)
        known = next((word for word in words if word.text == spelled.text), None)
        if known is None or known.cost > added.cost:
            words = [word for word in words if word is not known]
            words.append(added)
        told[key] = words

    def _by_initials(self) -> dict[str, tuple[int, ...]]:
        letters = {chr(_FIRST + number): syllable[0] for number, syllable in enumerate(self.syllables)}
        first_letters = str.maketrans(letters)
        places: dict[str, list[int]] = {}
        cheapest = self._cheapest
        for place, key in enumerate(self.keys):
            if len(key) > 1 and cheapest[place] <= _COMMON:
                places.setdefault(key.translate(first_letters), []).append(place)
        return {
            initials: tuple(nsmallest(_ABBREVIATED, found, key=cheapest.__getitem__))
            for initials, found in places.items()
        }


def _parsed(line: str) -> tuple[Word, ...]:
    parts = line.split(" ")
    return tuple(Word(text, int(cost), text) for text, cost in zip(parts[::2], parts[1::2], strict=True))


def _followers_line(line: str) -> tuple[str, tuple[int, str]]:
    head, followers = line.split("\t")
    word, unseen = head.split(" ")
    return word, (int(unseen), followers)


def _settled(told: str | list[Word]) -> str | tuple[Word, ...]:
    return told if isinstance(told, str) else tuple(sorted(told, key=lambda word: (word.cost, word.text)))


def _first_cost(told: str | tuple[Word, ...]) -> int:
    return int(told.split(" ", 2)[1]) if isinstance(told, str) else told[0].cost


def read_lines(path: Path) -> list[str]:
    """Lines of a list made by packaging/keyboard_words.py; raises AssetError when it is not one."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if not line.startswith("#") and line.count("\t") != 1:
            raise AssetError(path.name, f"line {number}", "line", "needs one tab")
    return lines
