"""Findings said in pieces: a place of the body and what is felt there, or words that mean something only together.

Nobody can list every way to say that a knee hurts. Where a site (knee, 膝盖) and a sense (hurts, 又酸又疼) stand in one
clause, a table gives the finding; a combination is a set of words that make a finding when all stand in one clause.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from itertools import accumulate

from kiosk.domain.language import Language
from kiosk.domain.matching import Match, MatchKind

NOTHING = "nothing"
"""The code of a site whose words only look like one (文胸 is no chest)."""

WHOLE = "whole"
"""The code of words that hold together: nothing is read that takes a piece of one (脖子肿 in 脚脖子肿)."""


class Role(StrEnum):
    SITE = "site"
    SENSE = "sense"
    PART = "part"


@dataclass(frozen=True, slots=True)
class WordHit:
    """A word of the tables at a half-open range of the text.

    `value` is a site's or sense's code, or "combination:number" of a part.
    """

    start: int
    end: int
    role: Role
    value: str


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the body; what is not known about it may be known about the place it is part of."""

    code: str
    words: Mapping[Language, tuple[str, ...]]
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Sense:
    """What can be felt or seen somewhere; `at` gives the finding by site."""

    code: str
    words: Mapping[Language, tuple[str, ...]]
    at: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Combination:
    """Words that together are a finding: one of each group, in one clause, at most `reach` characters apart.

    The last group carries the meaning: a negation in front of it denies the finding. With `across_commas` one sentence
    is enough. What the same words would say alone, the findings `instead_of`, is not meant: no itching of the skin by
    an itchy bottom. One that `denies` has the negation among its words: "no blood", of what is about stools.
    """

    code: str
    language: Language
    groups: tuple[tuple[str, ...], ...]
    reach: int
    ordered: bool = True
    across_commas: bool = False
    instead_of: frozenset[str] = frozenset()
    denies: bool = False


@dataclass(frozen=True, slots=True)
class Composition:
    sites: Mapping[str, Site] = field(default_factory=dict)
    senses: Mapping[str, Sense] = field(default_factory=dict)
    combinations: tuple[Combination, ...] = ()

    def finding(self, site: str, sense: str) -> str | None:
        """The finding for a sense at a site, or at what the site is part of."""
        at = self.senses[sense].at
        place: str | None = site
        while place is not None:
            if place in at:
                return at[place]
            place = self.sites[place].part_of
        return None


_CLAUSE_END = {
    Language.ZH: re.compile(r"[，,。；;！!？?\n]"),
    Language.EN: re.compile(r"[,;!?\n]|\.(?![0-9])|\b(?:but|however|although|except)\b"),
}
_SENTENCE_END = re.compile(r"[。；;！!？?\n]|\.(?![0-9])")
_JOINS = {
    Language.ZH: re.compile(r"[、和跟与及\s]*(?:左|右|两|双|边|侧|个|只|条|还有|以及)*"),
    Language.EN: re.compile(r"(?:\s|/|and|or|my|the|both|left|right|his|her)*"),
}
_LEADS_TO_SITE = {
    Language.ZH: re.compile(r"(?:的是|在|的地方是?)(?:我|我的|左|右|两|双|边|侧|个|只|条)*"),
    Language.EN: re.compile(
        r"\s*(?:sensation|feeling)?\s*(?:in|on|around|of|at|behind|under|over|to|near|across|inside|down|along|below|above|"
        r"from|all over|throughout|by|beside|next to|close to|near to|outside|just (?:above|below|under|inside)|"
        r"beneath|underneath|round|between)\b(?:\s|in|my|the|his|her|both|left|right|upper|lower|one|a|an|their|of|side|sides|"
        r"back|front|top|bottom|inside|outer|inner|area|part|right-hand|left-hand|whole|entire|-)*"
    ),
}
_OWN_LEAD = {Language.ZH: re.compile("(?!)"), Language.EN: re.compile("(?:above|around|behind|below|between|under) ")}
_SITE_REACH = {Language.ZH: 12, Language.EN: 45}
_TOPIC_REACH = {Language.ZH: 26, Language.EN: 60}
_TAKES_UP = {Language.ZH: re.compile(""), Language.EN: re.compile(r"\b(?:it|it's|its|they|which|that|there)\b")}
_LONGEST_WORD = 60
_NEGATION_REACH = 16
_DOUBTS_NEXT = {
    Language.ZH: re.compile(r"\s*(?:是|有|算)?\s*"),
    Language.EN: re.compile(
        r"\s*(?:if|whether|that|it's|it is|it was|there's|there is|there was|that's|was|is|any|some|a|the|\s)*"
    ),
}
_DENIES_NEXT = {
    Language.ZH: re.compile(r"\s*(?:什么|任何|明显的?)?\s*"),
    Language.EN: re.compile(r"\s*(?:any|a|the|visible|fresh|obvious|more|been|\s)*"),
}
_CUES_BETWEEN = (MatchKind.NEGATION, MatchKind.NEGATION_AFTER, MatchKind.SYMPTOM, MatchKind.DOUBT, MatchKind.SCOPE_END)


def composed(
    text: str, language: Language, hits: Sequence[WordHit], table: Composition, found: tuple[Match, ...]
) -> tuple[Match, ...]:
    """`found` by place, with the symptoms made of several words; none repeats one at the same place.

    A cue inside a word that made a symptom is gone: the 不 of 动不了 denies nothing.
    """
    bonds = [hit for hit in hits if hit.value == WHOLE]
    if bonds:
        hits = [hit for hit in hits if not _breaks(hit, bonds)]
        found = tuple(match for match in found if match.kind is not MatchKind.SYMPTOM or not _breaks(match, bonds))
    composer = _Composer(text, language, hits, table, found)
    made = composer.matches()
    if not made:
        return found
    left = [match for match in (*found, *made) if not composer.swallows(match)]
    return tuple(sorted(left, key=lambda match: (match.start, match.end)))


class _Composer:
    def __init__(
        self, text: str, language: Language, hits: Sequence[WordHit], table: Composition, found: Sequence[Match]
    ) -> None:
        self._text = text
        self._language = language
        self._table = table
        self._found = [match for match in found if match.kind is not MatchKind.SEVERE]
        self._found_starts = [match.start for match in self._found]
        self._ends = [match.start() for match in _CLAUSE_END[language].finditer(text)]
        self._sentence_ends = [match.start() for match in _SENTENCE_END.finditer(text)]
        sites = _longest(hit for hit in hits if hit.role is Role.SITE)
        self._sites = [site for site in sites if site.value not in (NOTHING, WHOLE)]
        self._senses = _longest(hit for hit in hits if hit.role is Role.SENSE)
        self._site_starts = [site.start for site in self._sites]
        self._parts = sorted((hit for hit in hits if hit.role is Role.PART), key=lambda hit: hit.start)
        self._used: list[WordHit] = []
        self._meant: list[tuple[int, int, frozenset[str]]] = []
        self._replaced: set[Match] = set()
        self._used_starts: list[int] = []
        self._used_reach: list[int] = []

    def matches(self) -> list[Match]:
        made: dict[tuple[int, int, str], Match] = {}
        for match in (*self._at_sites(), *self._together()):
            made.setdefault((match.start, match.end, match.value), match)
        self._used.sort(key=lambda word: word.start)
        self._used_starts = [word.start for word in self._used]
        self._used_reach = list(accumulate((word.end for word in self._used), max))
        return list(made.values())

    def swallows(self, match: Match) -> bool:
        """True for a cue inside a word that carries a symptom's meaning, and for a symptom that a site made exact."""
        if match.kind in (MatchKind.SYMPTOM, MatchKind.SEVERE):
            return match in self._replaced or any(
                match.value in codes and match.start < end and start < match.end for start, end, codes in self._meant
            )
        at = bisect_right(self._used_starts, match.start) - 1
        return at >= 0 and match.end <= self._used_reach[at]

    def _at_sites(self) -> Iterable[Match]:
        for sense in self._senses:
            for site in self._places_of(sense):
                code = self._table.finding(site.value, sense.value)
                if code is not None:
                    yield from self._placed(code, site, sense)

    def _places_of(self, sense: WordHit) -> list[WordHit]:
        """The site a sense belongs to, with those listed beside it."""
        at = bisect_left(self._site_starts, sense.start)
        after = self._sites[at] if at < len(self._sites) else None
        if after is not None and after.start < sense.end:
            after = self._sites[at + 1] if at + 1 < len(self._sites) else None
        if after is not None and self._leads_to(sense, after):
            return [self._part_named_after(after, sense)]
        if at == 0:
            return []
        before = self._sites[at - 1]
        if not self._reaches(before, sense):
            return []
        places = [before]
        for earlier in reversed(self._sites[: at - 1]):
            if not _JOINS[self._language].fullmatch(self._text, earlier.end, places[-1].start):
                break
            places.append(earlier)
        return places

    def _part_named_after(self, site: WordHit, sense: WordHit) -> WordHit:
        """The belly of "the left side of my belly", where the first place alone tells no finding."""
        at = bisect_left(self._site_starts, site.end)
        if self._table.finding(site.value, sense.value) is not None or at >= len(self._sites):
            return site
        following = self._sites[at]
        leads = _LEADS_TO_SITE[self._language].fullmatch(self._text, site.end, following.start)
        return following if leads else site

    def _leads_to(self, sense: WordHit, site: WordHit) -> bool:
        """What stands between says that the sense is at the site, or the site's own words do ("under my ribs")."""
        if _LEADS_TO_SITE[self._language].fullmatch(self._text, sense.end, site.start):
            return True
        own = _OWN_LEAD[self._language].match(self._text, site.start)
        return own is not None and self._text[sense.end : site.start].isspace()

    def _reaches(self, site: WordHit, sense: WordHit) -> bool:
        """In the same clause and near, or what the sentence has been about."""
        gap = sense.start - site.end
        if gap < 0:
            return site.end <= sense.end
        if not _any_between(self._ends, site.end, sense.start):
            return gap <= _SITE_REACH[self._language]
        if gap > _TOPIC_REACH[self._language] or _any_between(self._sentence_ends, site.end, sense.start):
            return False
        return _TAKES_UP[self._language].search(self._text, site.end, sense.start) is not None

    def _placed(self, code: str, site: WordHit, sense: WordHit) -> Iterable[Match]:
        """The match at the sense, and at the site too when nothing that matters lies between."""
        first, last = (site, sense) if site.start <= sense.start else (sense, site)
        self._used.append(sense)
        inside = self._overlapping(sense.start, sense.end)
        symptoms = [match for match in inside if match.kind is MatchKind.SYMPTOM]
        if any(match.value == code for match in symptoms):
            return
        if any(match.start < sense.start or sense.end < match.end for match in symptoms):
            yield from self._within(code, site, sense, symptoms[0])
            return
        # A form that is no more than the sense itself meant less than the site tells.
        self._replaced.update(symptoms)
        negated = any(match.negated for match in symptoms)
        if any(
            m.kind in _CUES_BETWEEN and m not in symptoms for m in self._overlapping(first.start, last.end)
        ) or _any_between(self._ends, first.start, last.end):
            first = last = sense
        yield Match(first.start, last.end, MatchKind.SYMPTOM, code, negated)

    def _within(self, code: str, site: WordHit, sense: WordHit, known: Match) -> Iterable[Match]:
        """The sense is part of a longer form that is known: it belongs to a site only right beside that form."""
        if known.start <= site.start and site.end <= known.end:
            return
        if known.start - 1 <= site.end <= known.end or known.start <= site.start <= known.end + 1:
            yield Match(known.start, known.end, MatchKind.SYMPTOM, code, known.negated)

    def _together(self) -> Iterable[Match]:
        by_combination: dict[int, dict[int, list[WordHit]]] = {}
        for hit in self._parts:
            number, group = _part(hit.value)
            by_combination.setdefault(number, {}).setdefault(group, []).append(hit)
        for number, groups in by_combination.items():
            combination = self._table.combinations[number]
            if len(groups) == len(combination.groups):
                yield from self._combined(combination, [groups[group] for group in range(len(groups))])

    def _combined(self, combination: Combination, groups: list[list[WordHit]]) -> Iterable[Match]:
        for anchor in groups[-1]:
            chosen = [anchor]
            limit = anchor
            first = anchor.start
            for candidates in reversed(groups[:-1]):
                near = self._near(candidates, limit, combination)
                if not near:
                    break
                chosen.append(max(near, key=lambda hit: hit.end) if combination.ordered else near[0])
                limit = chosen[-1] if combination.ordered else anchor
                first = min(first, near[0].start)
            else:
                if self._runs_into_another(anchor):
                    continue
                if not combination.denies:
                    self._used.append(anchor)
                if combination.instead_of:
                    self._meant.append((first, max(hit.end for hit in chosen), combination.instead_of))
                known = self._overlapping(anchor.start, anchor.end)
                if any(m.kind is MatchKind.SYMPTOM and m.value == combination.code for m in known):
                    continue
                whole = next((m for m in known if m.kind is MatchKind.SYMPTOM), None)
                start, end = (whole.start, whole.end) if whole else (anchor.start, anchor.end)
                if combination.denies:
                    negated = True
                else:
                    negated = whole is not None and whole.negated
                    negated = negated or (not combination.ordered and self._denies_one(chosen, groups[-1]))
                doubtful = not combination.ordered and not combination.denies and self._doubts_one(chosen)
                yield Match(start, end, MatchKind.SYMPTOM, combination.code, negated, doubtful)

    def _denies_one(self, chosen: list[WordHit], anchors: list[WordHit]) -> bool:
        """A negation right before a word that is not the anchor denies the whole too: "my stool is brown, no blood"."""
        return any(
            match.kind is MatchKind.NEGATION
            and _DENIES_NEXT[self._language].fullmatch(self._text, match.end, max(match.end, hit.start))
            and not any(match.start < other.end and other.start < match.end for other in (*chosen, *anchors))
            for hit in chosen[1:]
            for match in self._overlapping(max(0, hit.start - _NEGATION_REACH), hit.start)
            if match.end <= hit.start
        )

    def _doubts_one(self, chosen: list[WordHit]) -> bool:
        """A doubt right before a word that is not the anchor: "not sure if it's blood or beetroot in my stool"."""
        return any(
            match.kind is MatchKind.DOUBT
            and match.end <= hit.start
            and _DOUBTS_NEXT[self._language].fullmatch(self._text, match.end, hit.start)
            for hit in chosen[1:]
            for match in self._overlapping(max(0, hit.start - _NEGATION_REACH), hit.start)
        )

    def _runs_into_another(self, anchor: WordHit) -> bool:
        """The end of the word begins a longer finding: the 没尿 of 没尿频 is none of its own."""
        return self._language is Language.ZH and any(
            match.kind is MatchKind.SYMPTOM and anchor.start < match.start < anchor.end < match.end
            for match in self._overlapping(anchor.start, anchor.end)
        )

    def _near(self, candidates: list[WordHit], limit: WordHit, combination: Combination) -> list[WordHit]:
        """Those of the hits, which are in order of place, that stand in the same clause within reach."""
        first = bisect_left(candidates, limit.start - combination.reach - _LONGEST_WORD, key=_start)
        last = bisect_right(candidates, limit.end + combination.reach, key=_start)
        return [hit for hit in candidates[first:last] if self._stand_together(hit, limit, combination)]

    def _stand_together(self, hit: WordHit, other: WordHit, combination: Combination) -> bool:
        first, last = (hit, other) if hit.start <= other.start else (other, hit)
        if combination.ordered and first is not hit:
            return False
        gap = last.start - first.end
        ends = self._sentence_ends if combination.across_commas else self._ends
        return 0 <= gap <= combination.reach and not _any_between(ends, first.end, last.start)

    def _overlapping(self, start: int, end: int) -> list[Match]:
        at = bisect_left(self._found_starts, end)
        return [match for match in self._found[max(0, at - 12) : at] if match.end > start]


@cache
def _part(value: str) -> tuple[int, int]:
    number, _, group = value.partition(":")
    return int(number), int(group)


def _breaks(span: WordHit | Match, bonds: Sequence[WordHit]) -> bool:
    """True for what shares characters with a bond without holding all of it."""
    return any(
        bond.start < span.end and span.start < bond.end and (bond.start < span.start or span.end < bond.end)
        for bond in bonds
    )


def _start(hit: WordHit) -> int:
    return hit.start


def _longest(hits: Iterable[WordHit]) -> list[WordHit]:
    """The hits without those that lie inside a longer one, by place."""
    kept: list[WordHit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not kept or hit.end > kept[-1].end or (hit.start, hit.end) == (kept[-1].start, kept[-1].end):
            kept.append(hit)
    return kept


def _any_between(places: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end
