"""Findings from words that mean something only together, in one clause and near each other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kiosk.domain.composition import NOTHING, Combination, Composition, Role, WordHit, start_of
from kiosk.domain.language import Language
from kiosk.domain.matching import Match, MatchKind
from kiosk.domain.passage import CUES_BETWEEN, DENIES_NEXT, Passage

_LONGEST_WORD = 60
_NEGATION_REACH = 16
_EITHER_REACH = 40
_DENIAL = {
    Language.ZH: re.compile("从?没有?|未|不|无|从未"),
    Language.EN: re.compile(r"(?:no|not|never|without|n't|haven't|hasn't|didn't|don't|doesn't)\s+(?:any\s+|been\s+)?"),
}
_DENIES_DOING = re.compile(r"(?:n't|\bnot|\bnever)$")
_OR_ELSE = re.compile(r"\s*(?:(?!(?:and|but|so|because|when|since|after)\b)[a-z'-]+ ){1,5}(?:or|nor) (?:even |ever )?")
"""Between a denial and the second of two things that nobody did."""
_DENIES_OR_DOUBTS = (MatchKind.NEGATION, MatchKind.DOUBT)
_CUE_REACH = {Language.ZH: 3, Language.EN: 8}


@dataclass(frozen=True, slots=True)
class Claim:
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


class CombinationFindings:
    """`used` are the words that made a finding; `claims` stand instead of what their words mean alone."""

    def __init__(self, passage: Passage, hits: Sequence[WordHit], table: Composition) -> None:
        self._passage = passage
        self._table = table
        self._parts = sorted((hit for hit in hits if hit.role is Role.PART), key=start_of)
        self._claimed: dict[Match, int] = {}
        self.used: list[WordHit] = []
        self.claims: list[Claim] = []

    def matches(self) -> list[Match]:
        return list(self._together())

    def code_of(self, word: WordHit) -> str:
        """The finding that a part of a combination tells."""
        return self._table.combinations[_place_of(word.value)[0]].code

    def gives_way(self, match: Match) -> bool:
        """True for what a combination says that its words do not mean; one that stands instead yields to more words."""
        words = self._claimed.get(match, 0)
        return any(
            match.value != claim.combination.code
            and (not words or (claim.combination.instead_of and len(claim.combination.groups) > words))
            and claim.takes(match)
            for claim in self.claims
        )

    def _together(self) -> Iterable[Match]:
        parts = [(*_place_of(hit.value), hit) for hit in self._parts]
        present: dict[int, int] = {}
        for number, group, _ in parts:
            present[number] = present.get(number, 0) | 1 << group
        # Most words are parts of many combinations and few combinations are there as a whole.
        whole = {
            number: tuple[list[WordHit], ...]([] for _ in self._table.combinations[number].groups)
            for number, groups in present.items()
            if groups + 1 == 1 << len(self._table.combinations[number].groups)
        }
        for number, group, hit in parts:
            if number in whole:
                whole[number][group].append(hit)
        for number, chosen in whole.items():
            yield from self._combined(self._table.combinations[number], list(chosen))

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
        if self._denies_something_else(anchor, chosen) or self._holds_a_denied_finding(combination, chosen):
            return
        if combination.instead:
            self.claims.append(Claim(combination, anchor, first, last))
        if combination.code == NOTHING:
            return
        denial = None if combination.denies else self._denial_in(chosen[1:])
        if denial is not None and self._denies_another(denial, anchor):
            return
        if not combination.denies:
            self.used.append(anchor)
        if any(self._is_known(part, combination.code) for part in chosen):
            return
        whole = next(
            (m for m in self._passage.overlapping(anchor.start, anchor.end) if m.kind is MatchKind.SYMPTOM), None
        )
        end_part = max(chosen, key=start_of)
        if whole is None and end_part is not anchor and self._cue_before(anchor, end_part):
            yield Match(end_part.start, end_part.end, MatchKind.SYMPTOM, combination.code)
            return
        start, end = self._extent(anchor, whole)
        if denial is not None:
            start = min(denial.start, start)
        elif not combination.denies and (cue := self._denial_inside(chosen[1:], anchor) or self._denial_at(anchor)):
            start = min(cue.start, start)
        elif first < start and self._begins_denied(first) and not combination.denies:
            between = self._passage.overlapping(first, start)
            if any(m.kind in CUES_BETWEEN and m.start >= first for m in between if m is not whole):
                return  # one part is denied, the other is told: no bleeding, just an itch down below
            start = first
        negated = (
            combination.denies
            or (whole is not None and (whole.negated or self._opens_with_denial(whole, first)))
            or (denial is None and self._denies_one(self._deniable(chosen, combination)))
        )
        told = Match(start, end, MatchKind.SYMPTOM, combination.code, negated)
        if combination.instead:
            self._claimed[told] = len(combination.groups)
        yield told

    def _extent(self, anchor: WordHit, whole: Match | None) -> tuple[int, int]:
        """Where the finding stands; 没起泡, a part of the words for a small burn, denies the blisters and no burn."""
        if whole is None:
            return anchor.start, anchor.end
        begins_with_denial = any(
            cue.kind is MatchKind.NEGATION and cue.start == anchor.start and cue.end < anchor.end
            for cue in self._passage.overlapping(anchor.start, anchor.start + 1)
        )
        return (min(whole.start, anchor.start) if begins_with_denial else whole.start), whole.end

    def _opens_with_denial(self, whole: Match, first: int) -> bool:
        """没打过疫苗 tells of missing vaccines as a whole, and denies the 打过疫苗 in it."""
        if whole.start >= first:
            return False
        return _DENIAL[self._passage.language].fullmatch(self._passage.text, whole.start, first) is not None

    def _deniable(self, chosen: list[WordHit], combination: Combination) -> list[WordHit]:
        """The words of which a denied one denies all: 肚子疼没窜到后背. What stands first may only be told besides."""
        if not combination.ordered:
            return chosen
        return chosen[:-1] if self._passage.language is Language.ZH and not combination.across_commas else chosen[:1]

    def _denies_one(self, chosen: list[WordHit]) -> bool:
        """A negation right before a word that is not the anchor denies the whole too: "my stool is brown, no blood".

        So does one before the finding that the word is a part of: "hasn't vomited blood, and his stools are normal".
        """
        return any(
            match.kind is MatchKind.NEGATION
            and self._reaches(match, start)
            and not any(match.start < other.end and other.start < match.end for other in chosen)
            for hit in chosen[1:]
            for start in {
                hit.start,
                *(m.start for m in self._passage.overlapping(hit.start, hit.end) if _is_finding(m)),
            }
            for match in self._passage.overlapping(max(0, start - _EITHER_REACH), start)
            if match.end <= start
        )

    def _reaches(self, denial: Match, start: int) -> bool:
        """True for the n't of "didn't black out", and of "didn't hit my head or black out"."""
        text, language = self._passage.text, self._passage.language
        gaps = [DENIES_NEXT[language]]
        if _DENIES_DOING.search(text, denial.start, denial.end):
            gaps.append(_OR_ELSE)
        return any(gap.fullmatch(text, denial.end, max(denial.end, start)) is not None for gap in gaps)

    def _runs_into_another(self, anchor: WordHit) -> bool:
        """The end of the word begins a longer finding: the 没尿 of 没尿频 is none of its own."""
        return self._passage.language is Language.ZH and any(
            match.kind is MatchKind.SYMPTOM and anchor.start < match.start < anchor.end < match.end
            for match in self._passage.overlapping(anchor.start, anchor.end)
        )

    def _denies_something_else(self, anchor: WordHit, chosen: Sequence[WordHit]) -> bool:
        """True for the hasn't of "he hasn't vomited, his stools are soft": words that only deny, before a finding."""
        if not any(
            cue.kind is MatchKind.NEGATION and cue.start <= anchor.start and anchor.end <= cue.end
            for cue in self._passage.overlapping(anchor.start, anchor.end)
        ):
            return False
        end = min((hit.start for hit in chosen if hit.start >= anchor.end), default=anchor.end + _NEGATION_REACH)
        return any(
            match.kind is MatchKind.SYMPTOM and anchor.end <= match.start < end
            for match in self._passage.overlapping(anchor.end, end)
            if not self._passage.clause_ends_between(anchor.end, match.start)
        )

    def _holds_a_denied_finding(self, combination: Combination, chosen: Sequence[WordHit]) -> bool:
        """肚子不疼，是后背疼: the 疼 between is none, and no pain goes through to the back."""
        if self._passage.language is not Language.ZH or combination.denies or not combination.ordered:
            return False
        return any(
            match.kind is MatchKind.SYMPTOM
            and match.negated
            and match.start < part.start
            and match.end == part.end
            and not self._passage.holds_denial(part.start, part.end)
            for part in chosen[1:-1]
            for match in self._passage.overlapping(part.start, part.end)
        )

    def _denial_in(self, parts: Sequence[WordHit]) -> Match | None:
        """The hasn't of "hasn't been herself", the n't of "won't take": part of the words, it denies nothing.

        The "never had" of "never had fits" holds a part of the words and more.
        """
        for part in parts:
            for cue in self._passage.overlapping(part.start, part.end):
                if cue.start < part.start and self._passage.language is Language.ZH:
                    continue  # 没摸到 denies what 摸到 begins
                first_word = " " not in self._passage.text[part.start : cue.start]
                whole = cue.start >= part.start or not self._passage.text.startswith("never", cue.start)
                if cue.kind is MatchKind.NEGATION and cue.end == part.end and first_word and whole:
                    return replace(cue, start=min(cue.start, part.start))
        return None

    def _denial_inside(self, parts: Sequence[WordHit], anchor: WordHit) -> Match | None:
        """The n't of "couldn't feel", a word of its own beside "the toilet paper": nothing that follows is denied."""
        if self._passage.language is not Language.EN:
            return None
        for part in parts:
            if part.end > anchor.start:
                continue
            for cue in self._passage.overlapping(part.start, part.end):
                if cue.kind is MatchKind.NEGATION and part.start <= cue.start and cue.end < part.end:
                    return cue
        return None

    def _denial_at(self, anchor: WordHit) -> Match | None:
        """The hasn't whose second half begins the words: "hasn't been sleeping"."""
        if self._passage.language is not Language.EN:
            return None
        inside = self._passage.overlapping(anchor.start, anchor.start + 1)
        return next((m for m in inside if m.kind is MatchKind.NEGATION and m.start < anchor.start), None)

    def _denies_another(self, denial: Match, anchor: WordHit) -> bool:
        """True for the no of "no blood in my poo" and "no poo like water", which is no part of "no poo"."""
        others = (m for m in self._passage.overlapping(denial.end, anchor.end) if m.kind is MatchKind.SYMPTOM)
        return any(
            denial.end <= m.start < anchor.start or (m.start == anchor.start and m.end > anchor.end) for m in others
        )

    def _is_known(self, part: WordHit, code: str) -> bool:
        known = self._passage.overlapping(part.start, part.end)
        return any(match.kind is MatchKind.SYMPTOM and match.value == code for match in known)

    def _cue_before(self, anchor: WordHit, last: WordHit) -> bool:
        """True for "the stool might be black": a cue between the word that carries the meaning and one behind it."""
        between = self._passage.overlapping(anchor.end, last.start)
        return any(m.kind in _DENIES_OR_DOUBTS and anchor.end <= m.start and m.end <= last.start for m in between)

    def _begins_denied(self, first: int) -> bool:
        """True when a denial or a doubt stands right before the first part: with none before the last it is for all."""
        before = self._passage.overlapping(first - _CUE_REACH[self._passage.language], first)
        return any(match.kind in _DENIES_OR_DOUBTS and match.end <= first for match in before)

    def _near(self, candidates: list[WordHit], limit: WordHit, combination: Combination) -> list[WordHit]:
        """Those of the hits, which are in order of place, that stand in the same clause within reach."""
        first = bisect_left(candidates, limit.start - combination.reach - _LONGEST_WORD, key=start_of)
        last = bisect_right(candidates, limit.end + combination.reach, key=start_of)
        return [hit for hit in candidates[first:last] if self._stand_together(hit, limit, combination)]

    def _stand_together(self, hit: WordHit, other: WordHit, combination: Combination) -> bool:
        first, last = (hit, other) if hit.start <= other.start else (other, hit)
        if combination.ordered and first is not hit:
            return False
        gap = last.start - first.end
        if not 0 <= gap <= combination.reach:
            return False
        if combination.across_commas:
            return not self._passage.sentence_ends_between(first.end, last.start)
        return not self._passage.clause_ends_between(first.end, last.start)


@cache
def _place_of(part: str) -> tuple[int, int]:
    """The number of its combination and its group, from the value of a part's hit."""
    number, group = part.split(":")
    return int(number), int(group)


def _is_finding(match: Match) -> bool:
    return match.kind is MatchKind.SYMPTOM
