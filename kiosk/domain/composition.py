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
from itertools import accumulate, pairwise

from kiosk.domain.language import Language
from kiosk.domain.matching import Match, MatchKind

NOTHING = "nothing"
"""The code of a site whose words only look like one (文胸 is no chest)."""

THING = "thing"
"""The code of a site whose words are things that end like one (石头 is no head), and of turns of phrase whose words do
not mean what they mean alone (fell asleep)."""


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
    is enough.
    """

    code: str
    language: Language
    groups: tuple[tuple[str, ...], ...]
    reach: int
    ordered: bool = True
    across_commas: bool = False


@dataclass(frozen=True, slots=True)
class Composition:
    sites: Mapping[str, Site] = field(default_factory=dict)
    senses: Mapping[str, Sense] = field(default_factory=dict)
    combinations: tuple[Combination, ...] = ()

    def is_within(self, site: str, whole: str) -> bool:
        """True for a site and everything that it is part of."""
        place: str | None = site
        while place is not None and place != whole:
            place = self.sites[place].part_of
        return place is not None

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
        r"from|all over|throughout)\b(?:\s|in|my|the|his|her|both|left|right|upper|lower|one|a|an|their|of|side|sides|"
        r"back|front|top|bottom|inside|outer|inner|lateral|medial|anterior|posterior|distal|proximal|dorsal|volar|radial|ulnar|area|part|right-hand|left-hand|whole|entire|-)*"
    ),
}
_LISTS = {
    Language.ZH: re.compile("(?!)"),
    Language.EN: re.compile(r"\s*(?:,|and|or|/|with|&|\s)+(?:an?|some|mild|severe|marked|associated|increasing|\s)*"),
}
"""Between senses of a list."""

_PLACES_BY_THEMSELVES = ("between ", "behind ", "under ", "below ", "around ", "above ")
"""Begin the name of a site that needs no other word before it: ache between my shoulder blades."""

_ADJECTIVE = {
    Language.ZH: re.compile("(?!)"),
    Language.EN: re.compile(
        r"\b(?:painful|sore|swollen|tender|stiff|aching|achy|numb|weak|itchy|red|puffy|tingling|inflamed|throbbing|burning)$"
    ),
}
"""Said before the site itself: a painful, swollen right wrist."""

_SIDE = re.compile(
    r"\s+(?:(?:left|right|upper|lower|both|bilateral|lateral|medial|distal|proximal|inner|outer|my|his|her)\s+)*"
)

_SITE_REACH = {Language.ZH: 12, Language.EN: 45}
_TOPIC_REACH = {Language.ZH: 26, Language.EN: 60}
_TAKES_UP = {Language.ZH: re.compile(""), Language.EN: re.compile(r"\b(?:it|it's|its|they|which|that|there)\b")}
_LONGEST_WORD = 60
_JOINT = "joint"
_WIDE = ("limbs", "one_side", "body", "many_joints")
"""Sites whose names list others (手脚): these are meant as well."""
_CUES_BETWEEN = (MatchKind.NEGATION, MatchKind.NEGATION_AFTER, MatchKind.SYMPTOM, MatchKind.DOUBT, MatchKind.SCOPE_END)


def composed(
    text: str, language: Language, hits: Sequence[WordHit], table: Composition, found: tuple[Match, ...]
) -> tuple[Match, ...]:
    """`found` by place, with the symptoms made of several words; none repeats one at the same place.

    A cue inside a word that made a symptom is gone: the 不 of 动不了 denies nothing.
    """
    hits, found = _without_phrases(hits, found)
    if language is Language.ZH:
        hits, found = _without_hidden(hits, table, found)
    composer = _Composer(text, language, hits, table, found)
    made = composer.matches()
    if not made:
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
        self._sites = [site for site in sites if site.value not in (NOTHING, THING)]
        self._senses = _longest(hit for hit in hits if hit.role is Role.SENSE)
        self._site_starts = [site.start for site in self._sites]
        self._parts = sorted((hit for hit in hits if hit.role is Role.PART), key=lambda hit: hit.start)
        self._used: list[WordHit] = []
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
            return match in self._replaced
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
        if after is not None and self._leads(sense.end, after.start):
            return [after, *self._joined(at + self._sites[at:].index(after))]
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

    def _leads(self, start: int, end: int) -> bool:
        """True from a sense to the site that follows, across more senses of the same list: pain and swelling of."""
        if _LEADS_TO_SITE[self._language].fullmatch(self._text, start, end):
            return True
        if self._text[start:end].isspace() and self._text.startswith(_PLACES_BY_THEMSELVES, end):
            return True
        if _ADJECTIVE[self._language].search(self._text, max(0, start - 12), start) and _SIDE.fullmatch(
            self._text, start, end
        ):
            return True
        at = bisect_left(self._senses, start, key=_start)
        if at == len(self._senses) or not _LISTS[self._language].fullmatch(
            self._text, start, max(start, self._senses[at].start)
        ):
            return False
        return self._senses[at].end <= end and self._leads(self._senses[at].end, end)

    def _joined(self, at: int) -> Iterable[WordHit]:
        """The sites listed right after the one at that place: my face or tongue."""
        for site, following in pairwise(self._sites[at:]):
            if not _JOINS[self._language].fullmatch(self._text, site.end, following.start):
                return
            yield following

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
                self._used.append(anchor)
                known = self._overlapping(anchor.start, anchor.end)
                if any(m.kind is MatchKind.SYMPTOM and m.value == combination.code for m in known):
                    continue
                whole = next((m for m in known if m.kind is MatchKind.SYMPTOM), None)
                start, end = (whole.start, whole.end) if whole else (anchor.start, anchor.end)
                yield Match(start, end, MatchKind.SYMPTOM, combination.code, whole.negated if whole else False)

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


def _without_phrases(hits: Sequence[WordHit], found: tuple[Match, ...]) -> tuple[Sequence[WordHit], tuple[Match, ...]]:
    """Without parts of combinations that lie in a turn of phrase, and without symptoms that are only a piece of one."""
    phrases = [hit for hit in hits if hit.role is Role.SITE and hit.value == THING]
    if not phrases:
        return hits, found

    def is_piece(start: int, end: int) -> bool:
        return any(p.start <= start and end <= p.end and end - start < p.end - p.start for p in phrases)

    left = tuple(m for m in found if m.kind is not MatchKind.SYMPTOM or not is_piece(m.start, m.end))
    return [hit for hit in hits if hit.role is not Role.PART or not is_piece(hit.start, hit.end)], left


def _without_hidden(
    hits: Sequence[WordHit], table: Composition, found: tuple[Match, ...]
) -> tuple[Sequence[WordHit], tuple[Match, ...]]:
    """Without what begins at a site's name that only ends the name of another place: the 头 of 手指头 is no head.

    A word that means something else (转头) hides the place in it from combinations alone: 转头晕 is still 头晕.
    """
    ends: dict[int, list[WordHit]] = {}
    for hit in hits:
        if hit.role is Role.SITE:
            ends.setdefault(hit.end, []).append(hit)
    in_place, in_word = set[int](), set[int]()
    for sites in ends.values():
        if len(sites) > 1:
            longest = min(sites, key=_start)
            if longest.value not in _WIDE:
                others = {
                    site.start
                    for site in sites
                    if site.value != _JOINT and not table.is_within(longest.value, site.value)
                }
                (in_word if longest.value == NOTHING else in_place).update(others - {longest.start})
    if not in_place and not in_word:
        return hits, found
    hidden = in_place | in_word
    left = tuple(match for match in found if match.kind is not MatchKind.SYMPTOM or match.start not in in_place)
    return [hit for hit in hits if hit.role is not Role.PART or hit.start not in hidden], left


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
