"""Hundreds of patterns over one text, of which only those are tried that could be there.

A pattern that cannot match still costs a look at every place of the text. So for each the texts are worked out of which
one must stand in whatever it matches (of `not a (?:trace|sign) of` that is "not a "); looking for these is ten times
as fast. RE2 calls this a prefilter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, Generic, TypeVar

_Meaning = TypeVar("_Meaning")
_BEGINS = 2
"""Letters by which a text that must stand is found: most of thousands are never looked for."""
_COMMON = frozenset(
    (*"没不了得一就有的是也都还", "and", "with", "n't", "not", "can", "on", "the", "is", "are", "my", "no", "i")
)
_MOST = 40
"""More alternatives than this are no filter."""

try:
    from re import _parser  # type: ignore[attr-defined]
except ImportError:  # a Python without it tries every pattern
    _parser = None


class PhraseBook(Generic[_Meaning]):
    """`phrases` are patterns, each with what it means, in order.

    Compiling them all takes most of a second, and a text needs few: a pattern is looked at when the first text comes,
    and compiled when it may match.
    """

    def __init__(self, phrases: Iterable[tuple[str, _Meaning]]) -> None:
        self.phrases = tuple(phrases)

    def found(self, text: str) -> Iterator[tuple[re.Match[str], _Meaning]]:
        """Every match, pattern by pattern."""
        always, needing, needs_too = self._filter
        possible = set(always)
        for begins in {text[at : at + _BEGINS] for at in range(len(text))} | set(text):
            for needs, numbers in needing.get(begins, ()):
                if needs in text:
                    possible.update(numbers)
        for number in sorted(possible):
            if not all(any(one in text for one in texts) for texts in needs_too[number]):
                continue
            pattern = self._compiled[number]
            if pattern is None:
                pattern = self._compiled[number] = re.compile(self.phrases[number][0])
            for match in pattern.finditer(text):
                yield match, self.phrases[number][1]

    def prepare(self) -> None:
        """What the first texts would wait for."""
        for number in range(len(self._filter[2])):
            self._compiled[number] = self._compiled[number] or re.compile(self.phrases[number][0])

    @cached_property
    def _compiled(self) -> list[re.Pattern[str] | None]:
        return [None] * len(self.phrases)

    @cached_property
    def _filter(self) -> tuple[list[int], dict[str, list[tuple[str, list[int]]]], list[list[frozenset[str]]]]:
        """The patterns that are always tried; by its first letters each text with those tried where it stands; and the
        further texts without which each of them is not tried."""
        always: list[int] = []
        needing: dict[str, list[int]] = {}
        needs_too: list[list[frozenset[str]]] = []
        for number, (pattern, _) in enumerate(self.phrases):
            first, *more = needed(pattern) or (None,)
            needs_too.append([texts for texts in more if texts])
            if first is None:
                always.append(number)
            for text in first or ():
                needing.setdefault(text, []).append(number)
        by_beginning: dict[str, list[tuple[str, list[int]]]] = {}
        for text, numbers in needing.items():
            by_beginning.setdefault(text[:_BEGINS], []).append((text, numbers))
        return always, by_beginning, needs_too


def needed(pattern: str) -> list[frozenset[str]]:
    """Sets of texts of which at least one stands in every match, the most telling first."""
    if _parser is None:
        return []
    parsed = _parser.parse(pattern)
    return [] if parsed.state.flags & re.IGNORECASE else sorted(_all_needed(parsed), key=_telling, reverse=True)


def _all_needed(parts: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    sets: list[frozenset[str]] = []
    run = ""
    for kind, value in parts:
        if str(kind) == "LITERAL":
            run += chr(value)
            continue
        if run:
            sets.append(frozenset((run,)))
            run = ""
        sets += _needed_by(str(kind), value)
    if run:
        sets.append(frozenset((run,)))
    return sets


def _needed_by(kind: str, value: Any) -> list[frozenset[str]]:
    match kind, value:
        case "SUBPATTERN", (_, added, _, parts) if not added & re.IGNORECASE:
            return _all_needed(parts)
        case "ATOMIC_GROUP", parts:
            return _all_needed(parts)
        case (("MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT"), (least, _, parts)) if least:
            return _all_needed(parts)
        case "BRANCH", (_, ways):
            return _either([max(_all_needed(parts), key=_telling, default=None) for parts in ways])
        case "IN", members if all(str(member) == "LITERAL" for member, _ in members):
            return [frozenset(chr(code) for _, code in members)]
        case _:
            return []


def _either(sets: list[frozenset[str] | None]) -> list[frozenset[str]]:
    known = [texts for texts in sets if texts is not None]
    together = frozenset[str]().union(*known)
    return [together] if len(known) == len(sets) and len(together) <= _MOST else []


def _telling(texts: frozenset[str]) -> tuple[int, int]:
    return min(map(_tells, texts)), -len(texts)


def _tells(text: str) -> int:
    """Letters that tell something: nearly every sentence holds a 没 or an "and"."""
    return 0 if text.strip() in _COMMON else len(text)
