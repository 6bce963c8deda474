"""Hundreds of patterns over one text, of which only those are tried that could be there.

A pattern that cannot match still costs a look at every place of the text. So for each the texts are worked out of which
one must stand in whatever it matches (of `not a (?:trace|sign) of` that is "not a "); looking for these is ten times
as fast. RE2 calls this a prefilter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

_Meaning = TypeVar("_Meaning")
_MOST = 40
"""More alternatives than this are no filter."""

try:
    from re import _parser  # type: ignore[attr-defined]
except ImportError:  # a Python without it tries every pattern
    _parser = None


class PhraseBook(Generic[_Meaning]):
    """`phrases` are patterns, each with what it means, in order."""

    def __init__(self, phrases: Iterable[tuple[re.Pattern[str], _Meaning]]) -> None:
        self.phrases = tuple(phrases)
        self._always: list[int] = []
        self._needing: dict[str, list[int]] = {}
        for number, (pattern, _) in enumerate(self.phrases):
            texts = needed(pattern)
            if texts is None:
                self._always.append(number)
            for text in texts or ():
                self._needing.setdefault(text, []).append(number)

    def found(self, text: str) -> Iterator[tuple[re.Match[str], _Meaning]]:
        """Every match, pattern by pattern."""
        possible = set(self._always)
        for needs, numbers in self._needing.items():
            if needs in text:
                possible.update(numbers)
        for number in sorted(possible):
            pattern, meaning = self.phrases[number]
            for match in pattern.finditer(text):
                yield match, meaning


def needed(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """Texts of which at least one stands in every match; None where there are no such texts, or too many."""
    if _parser is None or pattern.flags & re.IGNORECASE:
        return None
    return _needed(_parser.parse(pattern.pattern, pattern.flags))


def _needed(parts: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The most telling of the sets that the parts of a sequence give."""
    sets: list[frozenset[str]] = []
    run = ""
    for kind, value in parts:
        if str(kind) == "LITERAL":
            run += chr(value)
            continue
        if run:
            sets.append(frozenset((run,)))
            run = ""
        texts = _needed_by(str(kind), value)
        if texts:
            sets.append(texts)
    if run:
        sets.append(frozenset((run,)))
    return max(sets, key=lambda texts: (min(map(len, texts)), -len(texts)), default=None)


def _needed_by(kind: str, value: Any) -> frozenset[str] | None:
    match kind, value:
        case "SUBPATTERN", (_, added, _, parts) if not added & re.IGNORECASE:
            return _needed(parts)
        case "ATOMIC_GROUP", parts:
            return _needed(parts)
        case (("MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT"), (least, _, parts)) if least:
            return _needed(parts)
        case "BRANCH", (_, ways):
            return _either([_needed(parts) for parts in ways])
        case "IN", members if all(str(member) == "LITERAL" for member, _ in members):
            return frozenset(chr(code) for _, code in members)
        case _:
            return None


def _either(sets: list[frozenset[str] | None]) -> frozenset[str] | None:
    known = [texts for texts in sets if texts is not None]
    together = frozenset[str]().union(*known)
    return together if len(known) == len(sets) and len(together) <= _MOST else None
