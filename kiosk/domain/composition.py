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
from kiosk.domain.spoken_cues import phrases

NOTHING = "nothing"
"""The code of a site whose words only look like one (文胸 is no chest)."""

WHOLE = "whole"
"""The code of words that hold together: nothing is read that takes a piece of one (脖子肿 in 脚脖子肿)."""

THING = "thing"
"""The code of a site whose words are things that end like one (石头 is no head)."""


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
    is enough. `instead` tells that the last word means this and nothing else that it means alone; under the code
    `nothing` it then means nothing (to stop breathing asleep is no breathlessness). `instead_of` names the only
    findings whose place it takes, anywhere in its words. One that `denies` has the negation among its words:
    "no blood", of what is about stools.
    """

    code: str
    language: Language
    groups: tuple[tuple[str, ...], ...]
    reach: int
    ordered: bool = True
    across_commas: bool = False
    instead: bool = False
    instead_of: frozenset[str] = frozenset()
    denies: bool = False


@dataclass(frozen=True, slots=True)
class Composition:
    sites: Mapping[str, Site] = field(default_factory=dict)
    senses: Mapping[str, Sense] = field(default_factory=dict)
    combinations: tuple[Combination, ...] = ()
    exact: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By finding, those that say the same words more exactly."""

    def lies_in(self, site: str, whole: str) -> bool:
        """True when a site is another one or a part of it."""
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
        r"\s*(?:sensation|feeling)?\s*(?:coming|comes|came|leaking|oozing|dripping|weeping)?\s*(?:out|straight)?\s*"
        r"(?:in|on|around|of|at|behind|under|over|to|near|across|inside|down|along|below|above|"
        r"from|all over|throughout|by|beside|next to|close to|near to|outside|just (?:above|below|under|inside)|"
        r"beneath|underneath|round|between)\b"
        r"(?:\s|in|my|the|his|her|both|left|right|upper|lower|one|a|an|their|of|side|sides|"
        r"middle|centre|center|base|end|tip|back|front|top|bottom|inside|outer|inner|area|part|right-hand|left-hand|"
        r"whole|entire|-)*|"
        r"\s+(?:my|his|her|their|both)\b(?:\s|left|right|both|upper|lower)*"
    ),
}
_BESIDE = re.compile(r"\s+(?:(?:left|right|lower|upper|both|inner|outer|front|back|little)\s+)?")
_LISTS = re.compile(r"(?:\s|,|and|or|with|some|mild|severe|marked|increasing|the)*")
_LISTED = 3
_OWN_LEAD = {Language.ZH: re.compile("(?!)"), Language.EN: re.compile("(?:above|around|behind|below|between|under) ")}
_SITE_REACH = {Language.ZH: 12, Language.EN: 45}
_TOPIC_REACH = {Language.ZH: 26, Language.EN: 60}
_TAKES_UP = {
    Language.ZH: re.compile(""),
    Language.EN: re.compile(
        r"\b(?:it|it's|its|they|which|that|there)\b|,\s*(?:and |but )?(?:no|not|never|without|isn't|aren't)\b"
    ),
}
_LONGEST_WORD = 60
_WIDE = ("limbs", "one_side", "body", "many_joints")
"""Sites whose names list others (手脚): these are meant as well."""
_NEAR = 8
"""Matches this far apart in order of place share no words."""
_NEGATION_REACH = 16
_DENIES_NEXT = {
    Language.ZH: re.compile(r"\s*(?:什么|任何|明显的?)?\s*"),
    Language.EN: re.compile(r"\s*(?:any|a|the|visible|fresh|obvious|more|been|\s)*"),
}
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
        "tonsil",
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
    hits, found = _without_pieces(hits, found)
    if language is Language.ZH:
        hits, found = _without_hidden(hits, table, found)
    spoken = phrases(text, language)
    cues = tuple(sorted((*found, *spoken), key=lambda match: match.start)) if spoken else found
    composer = _Composer(text, language, hits, table, cues)
    made = composer.matches()
    left = [match for match in (*found, *made) if not composer.swallows(match)]
    return _most_exact(sorted(left, key=lambda match: (match.start, match.end)), table.exact)


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


@dataclass(frozen=True, slots=True)
class _Claim:
    """A combination that stands instead of what its words, from `first` to `last`, mean alone."""

    combination: Combination
    anchor: WordHit
    first: int
    last: int

    def takes(self, match: Match) -> bool:
        if self.combination.instead_of:
            named = match.value in self.combination.instead_of
            return named and match.start < self.last and self.first < match.end
        # A form that says all of it is no word alone.
        inside = (
            self.first <= match.start and match.end <= self.last and match.end - match.start < self.last - self.first
        )
        return inside and match.start < self.anchor.end and self.anchor.start < match.end


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
        self._sites = [site for site in sites if site.value not in (NOTHING, WHOLE, THING)]
        self._senses = _longest(hit for hit in hits if hit.role is Role.SENSE)
        self._site_starts = [site.start for site in self._sites]
        self._site_words = {
            text[hit.start : hit.end]: hit.value for hit in hits if hit.role is Role.SITE and hit.value != NOTHING
        }
        self._parts = sorted(
            (hit for hit in hits if hit.role is Role.PART),
            key=lambda hit: hit.start,
        )
        self._used: list[WordHit] = []
        self._instead: list[_Claim] = []
        self._claims: set[Match] = set()
        self._anchors: list[WordHit] = []
        self._replaced: set[Match] = set()
        self._used_starts: list[int] = []
        self._used_reach: list[int] = []

    def matches(self) -> list[Match]:
        made: dict[tuple[int, int, str], Match] = {}
        latest: dict[str, Match] = {}
        together = list(self._together())
        self._anchors = [word for word in self._used if self._holds_denial(word.start, word.end)]
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
        """True for a cue inside a word that carries a symptom's meaning, and for a symptom that a site made exact.

        A negation that only ends inside such a word is part of it as well, and an end that begins inside: 都不 in
        都不听使唤, 好了 after 买好.
        """
        if match.kind in (MatchKind.SYMPTOM, MatchKind.SEVERE):
            return match in self._replaced or self._gives_way(match)
        inside = match.end - 1 if match.kind is MatchKind.NEGATION else match.start
        at = bisect_right(self._used_starts, inside) - 1
        if match.kind is MatchKind.NEGATION_AFTER:
            return at >= 0 and match.start < self._used_reach[at]
        return at >= 0 and match.end <= self._used_reach[at]

    def _gives_way(self, match: Match) -> bool:
        """True for what a combination says that its words do not mean."""
        return match not in self._claims and any(
            match.value != claim.combination.code and claim.takes(match) for claim in self._instead
        )

    def _at_sites(self) -> Iterable[Match]:
        for sense in self._senses:
            places = self._places_of(sense)
            alone = self._table.senses[sense.value].alone
            if not places and alone is not None and self._says_nothing_else(sense):
                self._used.append(sense)
                yield Match(sense.start, sense.end, MatchKind.SYMPTOM, alone)
            for site in places:
                code = self._table.finding(site.value, sense.value)
                if code is not None:
                    yield from self._placed(code, site, sense)

    def _holds_denial(self, start: int, end: int) -> bool:
        return any(
            match.kind is MatchKind.NEGATION and start <= match.start and match.end <= end
            for match in self._overlapping(start, end)
        )

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
        before = self._sites[at - 1] if at else None
        after = self._led_to(sense) or (None if self._stands_beside(before, sense) else self._shared_or_next(sense))
        if after is not None:
            return [after]
        if before is None or not self._reaches(before, sense):
            return []
        places = [before]
        for earlier in reversed(self._sites[: at - 1]):
            if not _JOINS[self._language].fullmatch(self._text, earlier.end, places[-1].start):
                break
            places.append(earlier)
        return places

    def _led_to(self, sense: WordHit) -> WordHit | None:
        """The site of "pain in my knee"."""
        site = self._site_after(sense)
        return site if site is not None and self._leads_to(sense, site) else None

    def _site_after(self, sense: WordHit) -> WordHit | None:
        at = bisect_left(self._site_starts, sense.end)
        return self._sites[at] if at < len(self._sites) else None

    def _shared_or_next(self, sense: WordHit) -> WordHit | None:
        """The site of "swollen knee", and of redness in "redness, pain and swelling of the knee"."""
        if self._language is not Language.EN:
            return None
        site = self._right_after(sense)
        if site is not None:
            return site
        last = sense
        for _ in range(_LISTED):
            at = bisect_left(self._senses, last.end, key=_start)
            if at == len(self._senses) or not _LISTS.fullmatch(self._text, last.end, self._senses[at].start):
                return None
            last = self._senses[at]
            led = self._led_to(last) or self._right_after(last)
            if led is not None:
                return led
        return None

    def _right_after(self, sense: WordHit) -> WordHit | None:
        site = self._site_after(sense)
        beside = site is not None and _BESIDE.fullmatch(self._text, sense.end, site.start)
        return site if beside else None

    def _stands_beside(self, site: WordHit | None, sense: WordHit) -> bool:
        return site is not None and 0 <= sense.start - site.end <= 1

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
        # 不疼 as one word of a combination takes its negation away; what stands behind it is denied all the same.
        inside_denial = any(
            word.start <= sense.start and sense.end <= word.end and self._holds_denial(word.start, sense.start)
            for word in self._anchors
        )
        negated = inside_denial or any(match.negated for match in symptoms)
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
            number, group = _place_of(hit.value)
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
                if self._runs_into_another(anchor):
                    continue
                yield from self._told(combination, anchor, chosen)

    def _told(self, combination: Combination, anchor: WordHit, chosen: list[WordHit]) -> Iterable[Match]:
        """What the chosen words, `anchor` with the meaning among them, say together."""
        first, last = min(hit.start for hit in chosen), max(hit.end for hit in chosen)
        if self._denies_something_else(anchor, chosen):
            return
        if combination.instead:
            self._instead.append(_Claim(combination, anchor, first, last))
        if combination.code == NOTHING:
            return
        denial = None if combination.denies else self._denial_in(chosen[1:])
        if denial is not None and self._denies_another(denial, anchor):
            return
        if not combination.denies:
            self._used.append(anchor)
        if any(self._is_known(part, combination.code) for part in chosen):
            return
        whole = next((m for m in self._overlapping(anchor.start, anchor.end) if m.kind is MatchKind.SYMPTOM), None)
        end_part = max(chosen, key=_start)
        if whole is None and end_part is not anchor and self._cue_before(anchor, end_part):
            yield Match(end_part.start, end_part.end, MatchKind.SYMPTOM, combination.code)
            return
        start, end = (whole.start, whole.end) if whole else (anchor.start, anchor.end)
        if denial is not None:
            start = min(denial.start, start)
        elif not combination.denies and (cue := self._denial_at(anchor)) is not None:
            start = min(cue.start, start)
        elif first < start and self._begins_denied(first) and not combination.denies:
            between = self._overlapping(first, start)
            if any(m.kind in _CUES_BETWEEN and m.start >= first for m in between if m is not whole):
                return  # one part is denied, the other is told: no bleeding, just an itch down below
            start = first
        negated = combination.denies or (
            whole.negated if whole else denial is None and not combination.ordered and self._denies_one(chosen)
        )
        told = Match(start, end, MatchKind.SYMPTOM, combination.code, negated)
        if combination.instead:
            self._claims.add(told)
        yield told

    def _denies_one(self, chosen: list[WordHit]) -> bool:
        """A negation right before a word that is not the anchor denies the whole too: "my stool is brown, no blood".

        So does one before the finding that the word is a part of: "hasn't vomited blood, and his stools are normal".
        """
        return any(
            match.kind is MatchKind.NEGATION
            and _DENIES_NEXT[self._language].fullmatch(self._text, match.end, max(match.end, start))
            and not any(match.start < other.end and other.start < match.end for other in chosen)
            for hit in chosen[1:]
            for start in {hit.start, *(m.start for m in self._overlapping(hit.start, hit.end) if _is_finding(m))}
            for match in self._overlapping(max(0, start - _NEGATION_REACH), start)
            if match.end <= start
        )

    def _runs_into_another(self, anchor: WordHit) -> bool:
        """The end of the word begins a longer finding: the 没尿 of 没尿频 is none of its own."""
        return self._language is Language.ZH and any(
            match.kind is MatchKind.SYMPTOM and anchor.start < match.start < anchor.end < match.end
            for match in self._overlapping(anchor.start, anchor.end)
        )

    def _denies_something_else(self, anchor: WordHit, chosen: Sequence[WordHit]) -> bool:
        """True for the hasn't of "he hasn't vomited, his stools are soft": words that only deny, before a finding."""
        if not any(
            cue.kind is MatchKind.NEGATION and cue.start <= anchor.start and anchor.end <= cue.end
            for cue in self._overlapping(anchor.start, anchor.end)
        ):
            return False
        end = min((hit.start for hit in chosen if hit.start >= anchor.end), default=anchor.end + _NEGATION_REACH)
        return any(
            match.kind is MatchKind.SYMPTOM and anchor.end <= match.start < end
            for match in self._overlapping(anchor.end, end)
            if not _any_between(self._ends, anchor.end, match.start)
        )

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


def _without_pieces(hits: Sequence[WordHit], found: tuple[Match, ...]) -> tuple[Sequence[WordHit], tuple[Match, ...]]:
    """Without what takes a piece of words that hold together, and without what only lies inside a thing."""
    bonds = [hit for hit in hits if hit.value == WHOLE]
    things = [hit for hit in hits if hit.value == THING]
    if not bonds and not things:
        return hits, found
    left = tuple(
        match
        for match in found
        if match.kind is not MatchKind.SYMPTOM or not (_breaks(match, bonds) or _lies_inside(match, things))
    )
    kept = [
        hit for hit in hits if not _breaks(hit, bonds) and not (hit.role is Role.PART and _lies_inside(hit, things))
    ]
    return kept, left


def _lies_inside(span: WordHit | Match, things: Sequence[WordHit]) -> bool:
    return any(
        thing.start <= span.start and span.end <= thing.end and span.end - span.start < thing.end - thing.start
        for thing in things
    )


def _breaks(span: WordHit | Match, bonds: Sequence[WordHit]) -> bool:
    """True for what shares characters with a bond without holding all of it."""
    return any(
        bond.start < span.end and span.start < bond.end and (bond.start < span.start or span.end < bond.end)
        for bond in bonds
    )


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
                others = {site.start for site in sites if not table.lies_in(longest.value, site.value)}
                (in_word if longest.value == NOTHING else in_place).update(others - {longest.start})
    if not in_place and not in_word:
        return hits, found
    hidden = in_place | in_word
    left = tuple(match for match in found if match.kind is not MatchKind.SYMPTOM or match.start not in in_place)
    return [hit for hit in hits if hit.role is not Role.PART or hit.start not in hidden], left


@cache
def _place_of(part: str) -> tuple[int, int]:
    """The number of its combination and its group, from the value of a part's hit."""
    number, group = part.split(":")
    return int(number), int(group)


def _is_finding(match: Match) -> bool:
    return match.kind is MatchKind.SYMPTOM


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
