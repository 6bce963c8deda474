"""Puts findings said in pieces among those said in one word."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from kiosk.domain.combination_findings import CombinationFindings
from kiosk.domain.composition import Composition, Role, WordHit, start_of
from kiosk.domain.hidden_words import without_hidden, without_pieces
from kiosk.domain.language import Language
from kiosk.domain.matching import Match, MatchKind
from kiosk.domain.passage import Passage
from kiosk.domain.site_findings import SiteFindings
from kiosk.domain.spoken_cues import phrases

_NOTHING_IN_THINGS = {Language.EN: (Role.PART,), Language.ZH: (Role.PART, Role.SENSE)}
_DENIAL_INSIDE = re.compile("没有?|不|无|未")
_NEAR = 8
"""Matches this far apart in order of place share no words."""


def composed(
    text: str, language: Language, hits: Sequence[WordHit], table: Composition, found: tuple[Match, ...]
) -> tuple[Match, ...]:
    """`found` by place, with the symptoms made of several words; none repeats one at the same place.

    A cue inside a word that made a symptom is gone: the 不 of 动不了 denies nothing.
    """
    known = found
    hits, found = without_pieces(hits, found, _NOTHING_IN_THINGS[language])
    if language is Language.ZH:
        hits, found = without_hidden(hits, table, found)
        found = _with_their_denials(text, known, found)
    spoken = phrases(text, language)
    cues = tuple(sorted((*found, *spoken), key=lambda match: match.start)) if spoken else found
    composer = _Composer(Passage(text, language, cues), hits, table)
    made = composer.matches()
    left = [composer.denied_within(match) for match in (*found, *made) if not composer.swallows(match)]
    return _most_exact(sorted(left, key=lambda match: (match.start, match.end)), table.exact)


def _with_their_denials(text: str, known: tuple[Match, ...], left: tuple[Match, ...]) -> tuple[Match, ...]:
    """`left` of the matches `known`, and the 不 of those that are gone: 腿肚子不疼 holds no 肚子不疼, and is denied."""
    gone = [match for match in known if match.negated and match not in left]
    if not gone:
        return left
    denials = [
        Match(denial.start(), denial.end(), MatchKind.NEGATION, denial[0])
        for match in gone
        for denial in _DENIAL_INSIDE.finditer(text, match.start, match.end)
        if not any(other.start < denial.end() and denial.start() < other.end for other in left)
    ]
    return tuple(sorted([*left, *denials], key=lambda match: (match.start, match.end)))


def _most_exact(matches: Sequence[Match], exact: Mapping[str, frozenset[str]]) -> tuple[Match, ...]:
    """The matches by place without those of which another says the same words more exactly."""
    return tuple(
        match
        for at, match in enumerate(matches)
        if match.kind is not MatchKind.SYMPTOM
        or match.value not in exact
        or not any(_says_it_better(other, match, exact) for other in matches[max(0, at - _NEAR) : at + _NEAR])
    )


def _says_it_better(other: Match, match: Match, exact: Mapping[str, frozenset[str]]) -> bool:
    if other.kind is not MatchKind.SYMPTOM or other.value not in exact[match.value]:
        return False
    if other.end <= match.start or match.end <= other.start or other.negated != match.negated or other.doubtful:
        return False
    return other.end - other.start >= match.end - match.start


class _Composer:
    def __init__(self, passage: Passage, hits: Sequence[WordHit], table: Composition) -> None:
        self._passage = passage
        self._sites = SiteFindings(passage, hits, table)
        self._combinations = CombinationFindings(passage, hits, table)
        self._anchors: list[WordHit] = []
        self._anchor_starts: list[int] = []
        self._used_starts: list[int] = []
        self._used_reach: list[int] = []

    def matches(self) -> list[Match]:
        made: dict[tuple[int, int, str], Match] = {}
        latest: dict[str, Match] = {}
        together = self._combinations.matches()
        anchors = [word for word in self._combinations.used if self._passage.holds_denial(word.start, word.end)]
        at_sites = self._sites.matches(anchors)
        for match in sorted((*at_sites, *together), key=lambda m: (m.start, -m.end)):
            last = latest.get(match.value)
            if last is None or last.end < match.end or last.end <= match.start:
                latest[match.value] = match
                made.setdefault((match.start, match.end, match.value), match)
        used = sorted((*self._combinations.used, *self._sites.used), key=start_of)
        self._anchors = sorted(anchors, key=start_of)
        self._anchor_starts = [word.start for word in self._anchors]
        self._used_starts = [word.start for word in used]
        self._used_reach = list(accumulate((word.end for word in used), max))
        return list(made.values())

    def denied_within(self, match: Match) -> Match:
        """The 起泡 of 没起泡 is denied though all of 没起泡 tells of a small burn.

        So is what follows a denial that tells something else together with it: "don't nod off".
        """
        if match.kind is not MatchKind.SYMPTOM or match.negated:
            return match
        at = bisect_left(self._anchor_starts, match.start) - 1
        anchor = self._anchors[at] if at >= 0 else None
        if anchor is None or self._combinations.code_of(anchor) == match.value:
            return match
        if match.end > anchor.end and not self._passage.is_denial(anchor.start, anchor.end):
            return match
        if not self._passage.is_denied_at(anchor.start, match.start):
            return match
        return replace(match, negated=True)

    def swallows(self, match: Match) -> bool:
        """True for a cue inside a word that carries a symptom's meaning, and for a symptom that a site made exact.

        A negation that only ends inside such a word is part of it as well, and an end that begins inside: 都不 in
        都不听使唤, 好了 after 买好.
        """
        if match.kind in (MatchKind.SYMPTOM, MatchKind.SEVERE):
            return match in self._sites.replaced or self._combinations.gives_way(match)
        inside = match.end - 1 if match.kind is MatchKind.NEGATION else match.start
        at = bisect_right(self._used_starts, inside) - 1
        if match.kind is MatchKind.NEGATION and at >= 0 and self._denies_inside(match, self._used_reach[at]):
            return False
        if match.kind is MatchKind.NEGATION_AFTER:
            return at >= 0 and match.start < self._used_reach[at]
        if (
            at >= 0
            and match.kind is MatchKind.NEGATION
            and self._only_begins_with_there_is(match, self._used_starts[at])
        ):
            return False
        return at >= 0 and match.end <= self._used_reach[at]

    def _denies_inside(self, negation: Match, end: int) -> bool:
        """The no of "just red, no blisters", where blisters are a finding that the word does not replace."""
        return any(
            match.kind is MatchKind.SYMPTOM
            and negation.end <= match.start
            and match.end <= end
            and not self._passage.text[negation.end : match.start].strip()
            and match not in self._sites.replaced
            and not self._combinations.gives_way(match)
            for match in self._passage.overlapping(negation.end, end)
        )

    def _only_begins_with_there_is(self, denial: Match, start: int) -> bool:
        """The 有 of 没有血 is as much the denial's as it is that of 有血."""
        return self._passage.text[start : denial.end] == "有" and denial.start < start
