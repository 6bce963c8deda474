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
from kiosk.domain.spoken_cues import phrases

NOTHING = "nothing"
"""The code of a site whose words only look like one (文胸 is no chest), or hold pieces that mean nothing there."""


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
    """What can be felt or seen somewhere; `at` gives the finding by site, `alone` where no site is named."""

    code: str
    words: Mapping[Language, tuple[str, ...]]
    at: Mapping[str, str]
    alone: str | None = None


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
    exact: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By finding, those that say the same words more exactly."""

    def is_part(self, site: str, whole: str) -> bool:
        place: str | None = site
        while place is not None:
            if place == whole:
                return True
            place = self.sites[place].part_of
        return False

    def finding(self, site: str, sense: str) -> str | None:
        """The finding for a sense at a site, or at what the site is part of."""
        at = self.senses[sense].at
        place: str | None = site
        while place is not None:
            if place in at:
                return at[place]
            place = self.sites[place].part_of
        return None

    def lies_in(self, site: str, whole: str) -> bool:
        """True when a site is another one or a part of it."""
        place: str | None = site
        while place is not None and place != whole:
            place = self.sites[place].part_of
        return place is not None


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
        r"\s*(?:sensation|feeling)?\s*(?:in|on|around|of|at|behind|under|over|to|near|across|inside|down|along|"
        r"below|above|"
        r"from|all over|throughout)\b(?:\s|in|my|the|his|her|both|left|right|upper|lower|one|a|an|their|of|side|"
        r"sides|"
        r"middle|centre|center|base|end|tip|back|front|top|bottom|inside|outer|inner|area|part|right-hand|left-hand|whole|entire|-)*|"
        r"\s+(?:my|his|her|their|both)\b(?:\s|left|right|both|upper|lower)*"
    ),
}
_SITE_REACH = {Language.ZH: 12, Language.EN: 45}
_TOPIC_REACH = {Language.ZH: 26, Language.EN: 60}
_TAKES_UP = {
    Language.ZH: re.compile(""),
    Language.EN: re.compile(
        r"\b(?:it|it's|its|they|which|that|there)\b|,\s*(?:and |but )?(?:no|not|never|without|isn't|aren't)\b"
    ),
}
_LONGEST_WORD = 60
_NEAR = 8
"""Matches this far apart in order of place share no words."""
_CUES_BETWEEN = (MatchKind.NEGATION, MatchKind.NEGATION_AFTER, MatchKind.SYMPTOM, MatchKind.DOUBT, MatchKind.SCOPE_END)
_ONLY_A_SENSE = re.compile(
    r"\s*(?:我|他|她|就是|就|只是|也|都|还|又|还是|老是|总是|老|总|一直|特别|非常|有点|有些|很|挺|太|好|不|没|但是|"
    r"但|可是|可|倒|倒是|那里|那儿|那是|真是|真|确实|主要是|主要|"
    r"这里|这儿|它|会|晚上|夜里|现在|今天|\s)*\|(?:得(?:很|慌|不行|厉害|要命|难受|睡不着|受不了)|的|了|啊|呀|\s)*"
)
_PAIN = "pain"
_SITES_THAT_HURT = frozenset(
    (
        "throat",
        "head",
        "neck",
        "back",
        "low_back",
        "belly",
        "upper_belly",
        "knee",
        "chest",
        "hip",
        "shoulder",
        "ankle",
        "tooth",
    )
)
_FINE = {
    Language.ZH: re.compile(
        r"(?:倒|也|都|还|倒是|现在|一直|挺|很)*(?:没事|没问题|没毛病|好好的|没什么(?:感觉|事)?|不难受|不碍事)"
        r"(?=[，,。；;！!、\s]|$|就|但|可)"
    ),
    Language.EN: re.compile(
        r"(?:'s|'re| is| are| feels?| seems?)(?: all| still| just| perfectly| absolutely| both)* (?:fine|ok|okay|"
        r"all right|alright)"
        r"(?= *(?:$|[.,;!]|but\b|and\b|now\b|today\b|though\b))"
    ),
}
_DENIES_OR_DOUBTS = (MatchKind.NEGATION, MatchKind.DOUBT)
_CUE_REACH = {Language.ZH: 3, Language.EN: 8}


def composed(
    text: str, language: Language, hits: Sequence[WordHit], table: Composition, found: tuple[Match, ...]
) -> tuple[Match, ...]:
    """`found` by place, with the symptoms made of several words; none repeats one at the same place.

    A cue inside a word that made a symptom is gone: the 不 of 动不了 denies nothing.
    """
    if language is Language.ZH:
        # 骨头疼 is no headache and 小腿肚子胀 no bloating: a longer word of the tables holds the place.
        places = _Places(hits, table)
        found = tuple(match for match in found if match.kind is not MatchKind.SYMPTOM or not places.cut(match))
        hits = [hit for hit in hits if hit.role is not Role.PART or not places.cut(hit)]
    spoken = phrases(text, language)
    cues = tuple(sorted((*found, *spoken), key=lambda match: match.start)) if spoken else found
    composer = _Composer(text, language, hits, table, cues)
    made = composer.matches()
    if not made:
        return _most_exact(found, table.exact)
    left = [match for match in found if not composer.swallows(match)]
    return _most_exact(sorted((*left, *made), key=lambda match: (match.start, match.end)), table.exact)


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


class _Places:
    """The longest words for places; a word that begins with the tail of another place's name was cut out of it."""

    def __init__(self, hits: Sequence[WordHit], table: Composition) -> None:
        # 里头 is no place either, but 夜里头疼 hides none: what is no place cuts nothing.
        sites = [hit for hit in hits if hit.role is Role.SITE and hit.value != NOTHING]
        self._longest = _longest(sites)
        self._starts = [site.start for site in self._longest]
        self._table = table
        self._names: dict[int, list[WordHit]] = {}
        for site in sites:
            self._names.setdefault(site.start, []).append(site)

    def cut(self, word: Match | WordHit) -> bool:
        """True of the 头疼 in 骨头疼 and the 肚子胀 in 腿肚子胀; 肚子疼 in 小肚子疼 is part of the same place."""
        at = bisect_right(self._starts, word.start) - 1
        if at < 0:
            return False
        whole = self._longest[at]
        if not whole.start < word.start < whole.end:
            return False
        tails = [tail for tail in self._names.get(word.start, ()) if tail.end <= word.end]
        return bool(tails) and not any(self._table.lies_in(whole.value, tail.value) for tail in tails)


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
        hits = _outside([site for site in sites if site.value == NOTHING], hits)
        self._senses = _longest(hit for hit in hits if hit.role is Role.SENSE)
        self._site_starts = [site.start for site in self._sites]
        self._site_words = {
            text[hit.start : hit.end]: hit.value for hit in hits if hit.role is Role.SITE and hit.value != NOTHING
        }
        self._parts = sorted(
            (hit for hit in hits if hit.role is Role.PART and not self._is_of_other_site(hit)),
            key=lambda hit: hit.start,
        )
        self._used: list[WordHit] = []
        self._replaced: set[Match] = set()
        self._used_starts: list[int] = []
        self._used_reach: list[int] = []

    def matches(self) -> list[Match]:
        made: dict[tuple[int, int, str], Match] = {}
        latest: dict[str, Match] = {}
        together = list(self._together())
        for match in sorted((*self._at_sites(), *together, *self._fine_sites()), key=lambda m: (m.start, -m.end)):
            last = latest.get(match.value)
            if last is None or last.end < match.end or last.end <= match.start:
                latest[match.value] = match
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
        denying = [part for part in self._used if self._denies(part)]
        for sense in self._senses:
            if any(part.start < sense.start and sense.end <= part.end for part in denying):
                continue
            places = self._places_of(sense)
            alone = self._table.senses[sense.value].alone
            if not places and alone is not None and self._says_nothing_else(sense):
                self._used.append(sense)
                yield Match(sense.start, sense.end, MatchKind.SYMPTOM, alone)
            for site in places:
                code = self._table.finding(site.value, sense.value)
                if code is not None:
                    yield from self._placed(code, site, sense)

    def _is_of_other_site(self, hit: WordHit) -> bool:
        """True for the 肚子 of 腿肚子 and the 头 of 骨头: part of a word for a place that is no part of that place."""
        at = bisect_right(self._site_starts, hit.start) - 1
        if at < 0:
            return False
        site = self._sites[at]
        if hit.end > site.end or hit.end - hit.start >= site.end - site.start:
            return False
        named = self._site_words.get(self._text[hit.start : hit.end])
        return named is not None and not self._table.is_part(site.value, named)

    def _fine_sites(self) -> Iterable[Match]:
        """嗓子没事, "my throat is fine": what would hurt there does not."""
        if _PAIN not in self._table.senses:
            return
        for site in self._sites:
            fine = _FINE[self._language].match(self._text, site.end)
            code = self._table.finding(site.value, _PAIN)
            if fine is None or code is None or site.value not in _SITES_THAT_HURT:
                continue
            if not any(m.kind is MatchKind.SYMPTOM for m in self._overlapping(site.start, fine.end())):
                yield Match(site.start, fine.end(), MatchKind.SYMPTOM, code, negated=True)

    def _denies(self, part: WordHit) -> bool:
        inside = self._overlapping(part.start, part.end)
        return any(m.kind is MatchKind.NEGATION and part.start <= m.start and m.end < part.end for m in inside)

    def _says_nothing_else(self, sense: WordHit) -> bool:
        """True when the sense is all that its clause says: 就是痒, 痒得不行."""
        at = bisect_left(self._ends, sense.start)
        start = self._ends[at - 1] + 1 if at else 0
        end = self._ends[at] if at < len(self._ends) else len(self._text)
        if any(match.kind is MatchKind.SYMPTOM for match in self._overlapping(sense.start, sense.end)):
            return False
        return _ONLY_A_SENSE.fullmatch(self._text[start : sense.start] + "|" + self._text[sense.end : end]) is not None

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
                denial = self._denial_in(chosen[1:])
                if denial is not None and self._denies_another(denial, anchor):
                    continue
                self._used.append(anchor)
                if any(self._is_known(part, combination.code) for part in chosen):
                    continue
                known = self._overlapping(anchor.start, anchor.end)
                whole = next((m for m in known if m.kind is MatchKind.SYMPTOM), None)
                end_part = max(chosen, key=lambda part: part.start)
                if whole is None and end_part is not anchor and self._cue_before(anchor, end_part):
                    yield Match(end_part.start, end_part.end, MatchKind.SYMPTOM, combination.code)
                    continue
                start, end = (whole.start, whole.end) if whole else (anchor.start, anchor.end)
                first = min(part.start for part in chosen)
                if denial is not None:
                    start = min(denial.start, start)
                elif (cue := self._denial_at(anchor)) is not None:
                    start = min(cue.start, start)
                elif first < start and self._begins_denied(first):
                    between = self._overlapping(first, start)
                    if any(m.kind in _CUES_BETWEEN and m.start >= first for m in between if m is not whole):
                        continue  # one part is denied, the other is told: no bleeding, just an itch down below
                    start = first
                yield Match(start, end, MatchKind.SYMPTOM, combination.code, whole.negated if whole else False)

    def _denial_in(self, parts: Sequence[WordHit]) -> Match | None:
        """The hasn't of "hasn't been herself": a part of the words that denies nothing."""
        for part in parts:
            for cue in self._overlapping(part.start, part.end):
                if cue.kind is MatchKind.NEGATION and cue.end == part.end and cue.start <= part.start:
                    return cue
        return None

    def _denial_at(self, anchor: WordHit) -> Match | None:
        """The hasn't whose second half begins the words: "hasn't been sleeping"."""
        if self._language is not Language.EN:
            return None
        inside = self._overlapping(anchor.start, anchor.start + 1)
        return next((m for m in inside if m.kind is MatchKind.NEGATION and m.start < anchor.start), None)

    def _denies_another(self, denial: Match, anchor: WordHit) -> bool:
        """True for the no of "no blood in my poo" and "no poo like water", which is no part of "no poo"."""
        others = (m for m in self._overlapping(denial.end, anchor.end) if m.kind is MatchKind.SYMPTOM)
        return any(
            denial.end <= m.start < anchor.start or (m.start == anchor.start and m.end > anchor.end) for m in others
        )

    def _is_known(self, part: WordHit, code: str) -> bool:
        known = self._overlapping(part.start, part.end)
        return any(match.kind is MatchKind.SYMPTOM and match.value == code for match in known)

    def _cue_before(self, anchor: WordHit, last: WordHit) -> bool:
        """True for "the stool might be black": a cue between the word that carries the meaning and one behind it."""
        between = self._overlapping(anchor.end, last.start)
        return any(m.kind in _DENIES_OR_DOUBTS and anchor.end <= m.start and m.end <= last.start for m in between)

    def _begins_denied(self, first: int) -> bool:
        """True when a denial or a doubt stands right before the first part: with none before the last it is for all."""
        before = self._overlapping(first - _CUE_REACH[self._language], first)
        return any(match.kind in _DENIES_OR_DOUBTS and match.end <= first for match in before)

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


def _start(hit: WordHit) -> int:
    return hit.start


def _longest(hits: Iterable[WordHit]) -> list[WordHit]:
    """The hits without those that lie inside a longer one, by place."""
    kept: list[WordHit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not kept or hit.end > kept[-1].end or (hit.start, hit.end) == (kept[-1].start, kept[-1].end):
            kept.append(hit)
    return kept


def _outside(wholes: Sequence[WordHit], hits: Sequence[WordHit]) -> list[WordHit]:
    """The hits that are no piece of a longer word in `wholes`: the blood of 血压 is none."""
    if not wholes:
        return list(hits)
    starts = [whole.start for whole in wholes]

    def is_piece(hit: WordHit) -> bool:
        at = bisect_right(starts, hit.start) - 1
        return at >= 0 and hit.end <= wholes[at].end and hit.end - hit.start < wholes[at].end - wholes[at].start

    return [hit for hit in hits if not is_piece(hit)]


def _any_between(places: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end
