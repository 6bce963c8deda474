"""A text with its clauses and with what was found in it, for those who look at what stands between two words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kiosk.domain.language import Language
from kiosk.domain.matching import Match, MatchKind

CUES_BETWEEN = (MatchKind.NEGATION, MatchKind.NEGATION_AFTER, MatchKind.SYMPTOM, MatchKind.DOUBT, MatchKind.SCOPE_END)
"""What keeps a finding to one of the two words that tell it."""

DENIES_NEXT = {
    Language.ZH: re.compile(r"\s*(?:什么|任何|明显的?)?\s*"),
    Language.EN: re.compile(r"\s*(?:any|a|the|visible|fresh|obvious|more|been|\s)*"),
}
"""Between a denial and the word it denies at once."""

_CLAUSE_END = {
    Language.ZH: re.compile(r"[，,。；;！!？?\n]"),
    Language.EN: re.compile(r"[,;!?\n]|\.(?![0-9])|\b(?:but|however|although|except)\b"),
}
_SENTENCE_END = re.compile(r"[。；;！!？?\n]|\.(?![0-9])")


class Passage:
    """`ends` are the places where a clause of `text` ends."""

    def __init__(self, text: str, language: Language, found: Sequence[Match]) -> None:
        self.text = text
        self.language = language
        self.ends = [match.start() for match in _CLAUSE_END[language].finditer(text)]
        self._sentence_ends = [match.start() for match in _SENTENCE_END.finditer(text)]
        self._found = [match for match in found if match.kind is not MatchKind.SEVERE]
        self._found_starts = [match.start for match in self._found]

    def overlapping(self, start: int, end: int) -> list[Match]:
        at = bisect_left(self._found_starts, end)
        return [match for match in self._found[max(0, at - 12) : at] if match.end > start]

    def holds_denial(self, start: int, end: int) -> bool:
        return any(
            match.kind is MatchKind.NEGATION and start <= match.start and match.end <= end
            for match in self.overlapping(start, end)
        )

    def is_denial(self, start: int, end: int) -> bool:
        """True when these words are a denial and nothing more."""
        return any(
            match.kind is MatchKind.NEGATION and match.start == start and match.end == end
            for match in self.overlapping(start, end)
        )

    def is_denied_at(self, start: int, place: int) -> bool:
        """True when a denial within `start` and `place` stands right before `place`."""
        return any(
            match.kind is MatchKind.NEGATION
            and start <= match.start
            and DENIES_NEXT[self.language].fullmatch(self.text, match.end, max(match.end, place))
            for match in self.overlapping(start, place)
            if match.end <= place
        )

    def clause_ends_between(self, start: int, end: int) -> bool:
        return _any_between(self.ends, start, end)

    def sentence_ends_between(self, start: int, end: int) -> bool:
        return _any_between(self._sentence_ends, start, end)


def _any_between(places: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end
