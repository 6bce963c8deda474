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
from itertools import accumulate

from kiosk.domain.language import Language
from kiosk.domain.matching import Match, MatchKind

NOTHING = "nothing"
"""The code of a site whose words only look like one (文胸 is no chest)."""


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
    is enough. `instead` tells that the last word means this and not what it would mean alone; under the code `nothing`
    it then means nothing (to stop breathing asleep is no breathlessness, a spinning class no vertigo). `instead_of`
    names the only findings that it takes the place of.
    """

    code: str
    language: Language
    groups: tuple[tuple[str, ...], ...]
    reach: int
    ordered: bool = True
    across_commas: bool = False
    instead: bool = False
    instead_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Composition:
    sites: Mapping[str, Site] = field(default_factory=dict)
    senses: Mapping[str, Sense] = field(default_factory=dict)
    combinations: tuple[Combination, ...] = ()

    def is_near(self, site: str, other: str) -> bool:
        """True when one is the other or part of it."""
        return other in self._wholes(site) or site in self._wholes(other)

    def _wholes(self, site: str) -> list[str]:
        wholes = []
        place: str | None = site
        while place in self.sites:
            wholes.append(place)
            place = self.sites[place].part_of
        return wholes

    def finding(self, site: str, sense: str) -> str | None:
        """The finding for a sense at a site, or at what the site is part of."""
        at = self.senses[sense].at
        return next((at[place] for place in self._wholes(site) if place in at), None)


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
        r"from|all over|throughout)\b(?:\s|in|my|the|his|her|both|left|right|upper|lower|one|a|an|their|of|side|sides|"
        r"back|front|top|bottom|inside|outer|inner|area|part|right-hand|left-hand|whole|entire|-)*"
    ),
}
_SITE_REACH = {Language.ZH: 12, Language.EN: 45}
_TOPIC_REACH = {Language.ZH: 26, Language.EN: 60}
_TAKES_UP = {Language.ZH: re.compile(""), Language.EN: re.compile(r"\b(?:it|it's|its|they|which|that|there)\b")}
_LONGEST_WORD = 60
_CUES_BETWEEN = (MatchKind.NEGATION, MatchKind.NEGATION_AFTER, MatchKind.SYMPTOM, MatchKind.DOUBT, MatchKind.SCOPE_END)


def composed(
    text: str, language: Language, hits: Sequence[WordHit], table: Composition, found: tuple[Match, ...]
) -> tuple[Match, ...]:
    """`found` by place, with the symptoms made of several words; none repeats one at the same place.

    A cue inside a word that made a symptom is gone: the 不 of 动不了 denies nothing.
    """
    composer = _Composer(text, language, hits, table, found)
    made = composer.matches()
    if not made and not composer.has_replaced:
        return found
    left = [match for match in found if not composer.swallows(match)]
    return tuple(sorted((*left, *made), key=lambda match: (match.start, match.end)))


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
        self._sites = [site for site in sites if site.value != NOTHING]
        self._senses = _longest(hit for hit in hits if hit.role is Role.SENSE)
        self._site_starts = [site.start for site in self._sites]
        hidden = _hidden(hits, sites, table)
        parts = (hit for hit in hits if hit.role is Role.PART and (hit.start, hit.end) not in hidden)
        self._parts = sorted(parts, key=_start)
        self._used: list[WordHit] = []
        self._replaced: set[Match] = set()
        self._claimed: list[tuple[WordHit, Combination]] = []
        self._claims: set[Match] = set()
        self._used_starts: list[int] = []
        self._used_reach: list[int] = []

    def matches(self) -> list[Match]:
        made: dict[tuple[int, int, str], Match] = {}
        for match in (*self._at_sites(), *self._together()):
            made.setdefault((match.start, match.end, match.value), match)
        for anchor, combination in self._claimed:
            for place, match in list(made.items()):
                overlaps = match.start < anchor.end and anchor.start < match.end
                if overlaps and match not in self._claims and _gives_way(match, combination):
                    del made[place]
        self._used.sort(key=lambda word: word.start)
        self._used_starts = [word.start for word in self._used]
        self._used_reach = list(accumulate((word.end for word in self._used), max))
        return list(made.values())

    @property
    def has_replaced(self) -> bool:
        return bool(self._replaced)

    def swallows(self, match: Match) -> bool:
        """True for a cue inside a word that carries a symptom's meaning, and for a symptom that a site made exact.

        A negation that only ends inside such a word is part of it as well: 都不 in 都不听使唤.
        """
        if match.kind in (MatchKind.SYMPTOM, MatchKind.SEVERE):
            return match in self._replaced
        inside = match.end - 1 if match.kind is MatchKind.NEGATION else match.start
        at = bisect_right(self._used_starts, inside) - 1
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
        if after is not None and _LEADS_TO_SITE[self._language].fullmatch(self._text, sense.end, after.start):
            return [after]
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
            number, group = map(int, hit.value.split(":"))
            by_combination.setdefault(number, {}).setdefault(group, []).append(hit)
        for number, groups in by_combination.items():
            combination = self._table.combinations[number]
            if len(groups) == len(combination.groups):
                yield from self._combined(combination, [groups[group] for group in range(len(groups))])

    def _combined(self, combination: Combination, groups: list[list[WordHit]]) -> Iterable[Match]:
        for anchor in groups[-1]:
            chosen = [anchor]
            limit = anchor
            for candidates in reversed(groups[:-1]):
                near = self._near(candidates, limit, combination)
                if not near:
                    break
                chosen.append(max(near, key=lambda hit: hit.end) if combination.ordered else near[0])
                limit = chosen[-1] if combination.ordered else anchor
            else:
                known = self._overlapping(anchor.start, anchor.end)
                if combination.instead:
                    yield from self._instead(combination, anchor, known)
                    continue
                if self._is_known(combination.code, chosen):
                    continue
                self._used.append(anchor)
                whole = next((m for m in known if m.kind is MatchKind.SYMPTOM), None)
                start, end = (whole.start, whole.end) if whole else (anchor.start, anchor.end)
                yield Match(start, end, MatchKind.SYMPTOM, combination.code, whole.negated if whole else False)

    def _is_known(self, code: str, parts: list[WordHit]) -> bool:
        """One of the words means this by itself, and what denies it stands there: "she is not confused"."""
        return any(
            m.kind is MatchKind.SYMPTOM and m.value == code
            for part in parts
            for m in self._overlapping(part.start, part.end)
        )

    def _instead(self, combination: Combination, anchor: WordHit, known: list[Match]) -> Iterable[Match]:
        symptoms = [m for m in known if m.kind is MatchKind.SYMPTOM]
        self._replaced.update(m for m in symptoms if _gives_way(m, combination))
        self._claimed.append((anchor, combination))
        if combination.code == NOTHING:
            return
        self._used.append(anchor)
        if not any(m.value == combination.code for m in symptoms):
            negated = bool(symptoms) and all(m.negated for m in symptoms)
            claim = Match(anchor.start, anchor.end, MatchKind.SYMPTOM, combination.code, negated)
            self._claims.add(claim)
            yield claim

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


def _gives_way(match: Match, combination: Combination) -> bool:
    """True for a finding that the combination's words do not mean."""
    if match.value == combination.code:
        return False
    return not combination.instead_of or match.value in combination.instead_of


def _hidden(hits: Iterable[WordHit], kept: list[WordHit], table: Composition) -> set[tuple[int, int]]:
    """Where one character names a site but is part of a word for another: the 头 of 舌头 is no head."""
    starts = [site.start for site in kept]
    hidden = set()
    for hit in hits:
        if hit.role is not Role.SITE or hit.end - hit.start > 1:
            continue
        longer = kept[bisect_right(starts, hit.start) - 1]
        if longer.end >= hit.end and longer.end - longer.start > 1 and not table.is_near(longer.value, hit.value):
            hidden.add((hit.start, hit.end))
    return hidden


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
