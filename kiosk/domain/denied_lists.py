"""Lists of what is denied: "no fever, cough or chills", 否认胸痛、盗汗; their members and where they end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from kiosk.domain.clause_patterns import (
    ALTERNATIVE,
    LIST_GAP,
    LISTING_NEGATIONS,
    LONGEST_GAP,
    LONGEST_LIST,
    SENTENCE_END,
    UNKNOWN_BEGINS,
    UNKNOWN_MEMBERS,
)
from kiosk.domain.language import Language
from kiosk.domain.matching import Match, MatchKind

_LIST_END = {Language.ZH: re.compile("[、，,]?或"), Language.EN: re.compile(r"[\s,]*(?:or|nor)\b")}
_SENTENCE_ENDS = re.compile(rf"\s*(?:$|{SENTENCE_END}|<)")
_CONTRASTS = {
    Language.ZH: re.compile(r"\s*[，,]?\s*(?:就是?|只是|只有|光是?|单是?|主要是?|但是?|可是?|不过)(?![没不])"),
    Language.EN: re.compile(
        r"\s*,?\s*(?:(?:it's|it is|i'm|i am|i've|i have|he's|she's|he has|she has)(?: got)? )?"
        r"(?:just|only|simply|merely|but)\b(?! (?:no|not|without)\b)"
    ),
}
"""Behind a list, what is there instead."""
_DENIES_ONE = ("没有", "没")
"""Before a comma these deny one thing alone, unless a contrast shows that the list goes on."""
_COMMA = re.compile(r"\s*[，,]\s*")
_FEWEST_LISTED = 3


class Break(Enum):
    SENTENCE = auto()
    COMMA = auto()


Event = Match | tuple[int, int, Break]
"""What a reader of a text comes across, by place."""


@dataclass(slots=True)
class Scope:
    """An open negation or doubt: the words that opened it, where, and how far it has reached.

    `listing` is true where its list may hold what is no finding.
    """

    words: str
    begin: int
    reach: int
    items: int = 0
    listing: bool = False

    def is_inside(self, match: Match) -> bool:
        """True for a cue that is part of a finding's words: the no of "no strength" denies nothing."""
        return not self.items and match.start <= self.begin and self.reach < match.end


def is_gap(text: str, gap: re.Pattern[str], start: int, end: int) -> bool:
    return end - start <= LONGEST_GAP and gap.fullmatch(text, start, max(start, end)) is not None


class DeniedLists:
    """The lists of one text; `events` are its matches and breaks."""

    def __init__(self, text: str, language: Language, events: Sequence[Event]) -> None:
        self._text = text
        self._language = language
        self._events = events

    def begins(self, match: Match) -> bool:
        """True for a denial whose list begins with what is no finding."""
        return self._lists(match.value) and UNKNOWN_BEGINS[self._language].match(self._text, match.end) is not None

    def goes_on(self, scope: Scope | None, number: int) -> bool:
        """True when the comma that is event `number` separates members of the list of `scope`."""
        if scope is None:
            return False
        if scope.listing:
            return True
        if not scope.items and not self._begun_unknown(scope, number):
            return False
        if self._has_alternative(scope, number):
            scope.listing = True
            return True
        length = self._length(scope, number)
        listed = self._lists(scope.words) or self._ends_in_contrast(scope, number)
        return listed and length > 0 and length + scope.items >= _FEWEST_LISTED

    def _lists(self, words: str) -> bool:
        return LISTING_NEGATIONS[self._language].fullmatch(words) is not None

    def _begun_unknown(self, scope: Scope, number: int) -> bool:
        """ "No tenderness, guarding or rigidity": nobody knows the first member, the others are findings."""
        begins = UNKNOWN_BEGINS[self._language].match(self._text, scope.reach)
        event = self._events[number]
        at = event.end if isinstance(event, Match) else event[1]
        return begins is not None and begins.end() == at and self._lists(scope.words)

    def _members(self, scope: Scope, number: int) -> tuple[list[Match], int]:
        """The findings that follow with nothing but list words between them, and where the list ends."""
        members: list[Match] = []
        reach = scope.reach
        for event in self._events[number : number + 3 * LONGEST_LIST]:
            if isinstance(event, Match):
                if event.kind is not MatchKind.SYMPTOM or not self._may_follow(reach, event.start):
                    break
                if self._text.startswith("有", event.start):
                    break  # 否认胸痛、盗汗，有咳嗽: what is there begins
                members.append(event)
                reach = max(reach, event.end)
            elif event[2] is Break.SENTENCE:
                break
        return members, reach

    def _may_follow(self, reach: int, start: int) -> bool:
        gaps = (LIST_GAP[self._language], UNKNOWN_MEMBERS[self._language])
        return any(is_gap(self._text, gap, reach, start) for gap in gaps)

    def _has_alternative(self, scope: Scope, number: int) -> bool:
        members, reach = self._members(scope, number)
        at_end = _LIST_END[self._language].match(self._text, reach)
        end = at_end.end() if at_end else reach
        return bool(members) and ALTERNATIVE[self._language].search(self._text, scope.reach, end) is not None

    def _length(self, scope: Scope, number: int) -> int:
        """Members of a bare list that ends its sentence, or stands before what is there instead; else 0."""
        members, reach = self._members(scope, number)
        ends = _SENTENCE_ENDS.match(self._text, reach) or _CONTRASTS[self._language].match(self._text, reach)
        return len({member.start for member in members}) if ends else 0

    def _ends_in_contrast(self, scope: Scope, number: int) -> bool:
        """没有发烧，咳嗽，流鼻涕，就是没劲: with nothing but commas between them all of it is denied."""
        if scope.words not in _DENIES_ONE or not _CONTRASTS[self._language].match(
            self._text, self._members(scope, number)[1]
        ):
            return False
        reach = scope.reach
        for member in self._members(scope, number)[0]:
            if member.start >= reach and not _COMMA.fullmatch(self._text, reach, member.start):
                return False
            reach = max(reach, member.end)
        return True
