"""What the words around a match say, wherever the reading of a text stands: gaps, lengths, what is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set

from kiosk.domain.clause_patterns import (
    ASKS_NATURE,
    BEGAN,
    CIRCUMSTANCE_ASKED,
    DISEASE_ENDS,
    TIME_COMES,
)
from kiosk.domain.denied_lists import Event, is_gap
from kiosk.domain.language import Language
from kiosk.domain.matching import Match, MatchKind

_SEEMS = re.compile("(?:好像|似乎|可能|也许|大概|仿佛|貌似|或许).*")
_LASTS_A_FEW = re.compile("[了过]几[天次回年个周]$")
"""好像晚了几天 asks for no number."""
_DENIES = re.compile(r"n't\b|\b(?:not|no|never)\b")
_OR_GOES_ON = re.compile(r",?\s+n?or\b")
_ASKED_ON = ("just", "only", "still", "that", "now")
_ASKS_ON = re.compile(r"\s+(?:there's|there is|it's|it is|i'm|i've|he's|she's|they're|i|it|he|she|they)?\s*")
"""Between "if" and the "still" or "just" of what is in doubt: "I can't tell if there's still something in it"."""
_BEGAN_REACH = 8
_LENGTH_FOLLOWS = re.compile(r"(?:\s|了|有|已经|得|病?史|for|about|over|the|past|last)*")


class Wording:
    """One text with its events in order and the places where lengths of time begin."""

    def __init__(self, text: str, language: Language, events: Sequence[Event], duration_starts: Set[int]) -> None:
        self._text = text
        self._language = language
        self._events = events
        self._duration_starts = duration_starts

    def fits(self, gaps: Mapping[Language, re.Pattern[str]], start: int, end: int) -> bool:
        """Whether nothing stands between two places but what one of these gaps may hold."""
        return is_gap(self._text, gaps[self._language], start, end)

    def asks_on(self, doubt: str, end: int, match: Match) -> bool:
        """Whether the match belongs to what a doubt that ended at `end` asks."""
        return (
            match.value in _ASKED_ON
            and doubt.endswith(("if", "whether"))
            and _ASKS_ON.fullmatch(self._text, end, match.start) is not None
        )

    def denies_on(self, match: Match) -> bool:
        """The n't of "the gums aren't swollen or bleeding" stands in the first finding and is meant for both."""
        denies = self._language is Language.EN and _DENIES.search(self._text, match.start, match.end) is not None
        return denies and _OR_GOES_ON.match(self._text, match.end) is not None

    def is_illness(self, match: Match) -> bool:
        return self._text[match.start : match.end].endswith(DISEASE_ENDS)

    def is_near(self, start: int, end: int) -> bool:
        return end - start <= (30 if self._language is Language.EN else 8)

    def lasts(self, match: Match) -> bool:
        """Words about a finding's length or strength follow: then it is there, whatever was denied before it."""
        following = _LENGTH_FOLLOWS.match(self._text, match.end)
        at = following.end() if following else match.end
        strong = self._language is Language.ZH and self._text[match.end : match.end + 2].strip().startswith("得")
        return at in self._duration_starts or strong

    def asks_what_it_is(self, match: Match) -> bool:
        """咳嗽会不会是癌, 头疼是不是很严重: it is there, only what it comes from or how bad it is is asked."""
        return match.value[:3] in ("是不是", "会不会") and ASKS_NATURE.match(self._text, match.end) is not None

    def is_about_circumstances(self, number: int, match: Match) -> bool:
        """ "Not sure when the cough began", 大概是前天开始发烧的: the doubt is about when, why or how long."""
        asked = CIRCUMSTANCE_ASKED[self._language].match(self._text, match.end)
        if asked is not None and not (_SEEMS.fullmatch(match.value) and _LASTS_A_FEW.search(asked[0])):
            return True
        follows = self.next_finding(number)
        if follows is None:
            return False
        time = TIME_COMES[self._language].match(self._text, match.end)
        if time is None or time.end() not in self._duration_starts:
            return False
        return BEGAN[self._language].search(self._text, time.end(), follows.end + _BEGAN_REACH) is not None

    def next_finding(self, number: int) -> Match | None:
        """The next symptom of the same clause, if it is one of the next few events."""
        for event in self._events[number + 1 : number + 5]:
            if isinstance(event, Match) and event is self._events[number + 1]:
                asks = self._events[number]
                if event.value == "that" or (isinstance(asks, Match) and self.asks_on(asks.value, asks.end, event)):
                    continue
            if not isinstance(event, Match) or event.kind is MatchKind.SCOPE_END:
                return None
            if event.kind is MatchKind.SYMPTOM:
                return event
        return None
