"""Cuts a text into clauses and reads who, when and whether: scope of negation, doubt, the past and other people."""

from __future__ import annotations

import re

from kiosk.domain.afterthoughts import WARNS_WHEN_OVER
from kiosk.domain.clause_patterns import (
    AFTER_GAP,
    ALTERNATIVE,
    ANSWERED,
    ASKS_BACK,
    ASKS_WHAT_THEN,
    BREAKS,
    CARER,
    CEASED,
    CLOSED_LIST,
    CLOSES,
    COMPLEMENT,
    DENIALS,
    ENDS,
    ENDS_AS_PAST,
    FEARS,
    FIRST_GAP,
    GOES_ON,
    HEALTHY,
    HEDGES,
    HEDGES_AFTER,
    HEDGING_NEGATIONS,
    HYPOTHETICAL,
    IS_ONE,
    IT_CAME,
    LEADS_EITHER_WAY,
    LEADS_ON,
    LIST_GAP,
    LONGEST_LIST,
    MET,
    NEXT_GAP,
    NOT_MEANT_AFTER,
    NOT_OVER,
    ONE_ONLY,
    OPEN_GAP,
    OTHERWISE_NOW,
    PAST_TENSE,
    PRESENT_TENSE,
    RECENTLY,
    REPORTS,
    RESTED,
    SAME_CLAUSE,
    SELF,
    SHOULD_IT_COME,
    SOMEBODY_WITH_IT,
    STILL_GOING_ON,
    TAKING,
    TOLD_TO_COME_IF,
    UNKNOWN_MEMBERS,
    UNLESS,
    WAS_WELL,
    WHENEVER,
)
from kiosk.domain.denied_lists import Break, DeniedLists, Event, Scope
from kiosk.domain.durations import Duration
from kiosk.domain.findings import Status
from kiosk.domain.language import Language
from kiosk.domain.matching import Match, MatchKind
from kiosk.domain.mentions import EVENTS, Mention, Reading
from kiosk.domain.relatives import Relatives
from kiosk.domain.spoken_cues import CROWD, DOUBTS_WHAT_PRECEDES, IMPERSONAL, with_cues
from kiosk.domain.wording import Wording

SUDDEN = "sudden_onset"
"""Says how another finding began: a negation reaches through it to that finding."""

_CLAUSE_GOES_ON = re.compile(rf"{BREAKS.pattern}|\b(?:and|but) (?:now|has|have|is|am|i|he|she|my|his|her)\b")
_TWIN = 2
_SOON = 120
_PRONOUN = re.compile("[我他她咱]")
_DENIES_ITSELF = {
    Language.ZH: re.compile("(?!)"),
    Language.EN: re.compile(r"(?:no|not|can't|cannot|can not|cant|couldn't|won't|never|hardly|barely|unable to)\b"),
}
"""Begins a finding that no denial before it reaches: "no cough and can't sleep", "no thirst and no energy"."""
_LISTED = re.compile(r"\b(?:or|nor)\s(?:(?:it's|it is|it was|i'm|he's|she's|that's) )?$")
_LISTED_REACH = 12


class ClauseReader:
    """Walks once over the matches of one text."""

    def __init__(
        self, text: str, language: Language, matches: tuple[Match, ...], durations: tuple[Duration, ...]
    ) -> None:
        self._text = text
        self._language = language
        self._events = self._in_order(with_cues(text, language, matches))
        self._wording = Wording(text, language, self._events, {duration.start for duration in durations})
        self._lists = DeniedLists(text, language, self._events)
        self._relatives = Relatives(
            text, language, min((m.start for m in matches if m.kind is MatchKind.SYMPTOM), default=0)
        )
        self._reading = Reading()
        self._negation: Scope | None = None
        self._repeated_denial = -1
        self._doubt: Scope | None = None
        self._past: int | None = None
        self._past_from = 0
        self._recently = False
        self._other = False
        self._crowd = False
        self._for_one_sentence = False
        self._subject_read_to = 0
        self._clause = 0
        self._sentence = 0

    def read(self) -> Reading:
        """Mentions in order of place, each with its status."""
        for number, event in enumerate(self._events):
            self._follow_subject(event.start if isinstance(event, Match) else event[0])
            if isinstance(event, Match):
                self._take(number, event)
            elif event[2] is Break.SENTENCE:
                self._end_sentence(event[1])
            else:
                self._pass_comma(number, event[1])
        return self._reading

    def _in_order(self, matches: tuple[Match, ...]) -> list[Event]:
        events: list[Event] = [m for m in matches if m.kind is not MatchKind.SEVERE]
        covered = bytearray(len(self._text) + 1)
        for match in matches:
            if match.kind is not MatchKind.SEVERE:
                covered[match.start : match.end] = b"\1" * (match.end - match.start)
        for found in BREAKS.finditer(self._text):
            if not covered[found.start()]:
                kind = Break.SENTENCE if found["sentence"] else Break.COMMA
                events.append((found.start(), found.end(), kind))
        return sorted(events, key=lambda e: (e.start, e.end) if isinstance(e, Match) else e[:2])

    def _take(self, number: int, match: Match) -> None:
        kind = match.kind
        if kind is MatchKind.SYMPTOM:
            self._add_mention(number, match)
        elif kind in (MatchKind.NEGATION, MatchKind.NEGATION_AFTER):
            self._negate(number, match)
        elif kind is MatchKind.DOUBT:
            self._open_doubt(number, match)
        elif kind is MatchKind.PAST:
            self._open_past(match)
        elif kind is MatchKind.OTHER_PERSON:
            if IMPERSONAL.fullmatch(match.value) or not REPORTS[self._language].match(self._text, match.end):
                self._other = True
                self._crowd = CROWD.fullmatch(match.value) is not None
            self._for_one_sentence = IMPERSONAL.fullmatch(match.value) is not None or "家族" in match.value
            self._for_one_sentence |= match.value.startswith("family")
            self._subject_read_to = match.end
        elif kind is MatchKind.SCOPE_END and not self._goes_on_with(match):
            if match.value not in SAME_CLAUSE:
                self._begin_clause(match.end)
            self._negation = self._doubt = self._past = None

    def _goes_on_with(self, match: Match) -> bool:
        """ "I doubt that", "I can't say that I have": the word begins what the cue speaks of."""
        if match.value in ("just", "only", "even") and _LISTED.search(
            self._text, max(0, match.start - _LISTED_REACH), match.start
        ):
            return True
        doubt = self._doubt
        if doubt is not None and not doubt.items and self._wording.asks_on(doubt.words, doubt.reach, match):
            return True
        begins = COMPLEMENT[self._language].match(self._text, match.start)
        if begins is None:
            return False
        scopes = [
            scope
            for scope in (self._negation, self._doubt)
            if scope is not None and not scope.items and not self._text[scope.reach : match.start].strip()
        ]
        for scope in scopes:
            scope.reach = begins.end()
        return bool(scopes)

    def _open_past(self, match: Match) -> None:
        if match.value == "previously" and HEALTHY.match(self._text, match.end):
            return
        if self._language is Language.ZH and WAS_WELL.match(self._text, match.end):
            return
        if match.value == "history of" and STILL_GOING_ON.search(self._text, max(0, match.start - 40), match.start):
            return
        clause = self._clause_text(match)
        ends = self._clause_start(match) + len(clause)
        if not GOES_ON[self._language].search(clause) and not NOT_OVER.match(self._text, ends):
            self._past = self._clause
            self._past_from = match.end
            self._recently = RECENTLY[self._language].fullmatch(match.value) is not None
            self._end_as_past(match)

    def _end_as_past(self, match: Match) -> None:
        """ "I had chickenpox as a child": what was told in the past tense before such words is over too."""
        start = self._reading.breaks[-1][0]
        before = self._text[max(start, match.start - 80) : match.start]
        if not ENDS_AS_PAST.fullmatch(match.value) or not PAST_TENSE.search(before) or PRESENT_TENSE.search(before):
            return
        for mention in reversed(self._reading.mentions[-LONGEST_LIST:]):
            if mention.clause != self._clause:
                return
            mention.past = True

    def _is_past(self, match: Match) -> bool:
        if self._past is None or (self._recently and match.value in EVENTS):
            return False
        if self._past_from < self._reading.breaks[-1][0] and self._wording.lasts(match):
            return False  # 去年查过，头疼两天: what has a length of its own is of today
        return self._language is Language.ZH or not PRESENT_TENSE.search(self._text, self._past_from, match.start)

    def _follow_subject(self, upto: int) -> None:
        """The speaker's own pronoun ends what was said about somebody else."""
        if self._other:
            for self_ in SELF[self._language].finditer(self._text, self._subject_read_to, upto):
                if not CARER[self._language].match(self._text, self_.end()):
                    self._other = False
                    break
        self._subject_read_to = max(self._subject_read_to, upto)

    def _clause_start(self, match: Match) -> int:
        return max(self._reading.breaks[-1][0], match.start - 80)

    def _clause_text(self, match: Match) -> str:
        following = _CLAUSE_GOES_ON.search(self._text, match.end, match.end + 80)
        return self._text[self._clause_start(match) : following.start() if following else match.end + 80]

    def _begin_clause(self, at: int) -> None:
        self._clause += 1
        self._reading.breaks.append((at, self._clause, self._sentence))

    def _end_sentence(self, at: int) -> None:
        self._sentence += 1
        self._begin_clause(at)
        if self._for_one_sentence:
            self._other = self._crowd = False
        self._negation = self._doubt = self._past = None

    def _pass_comma(self, number: int, at: int) -> None:
        mentions = self._reading.mentions
        empty = not mentions or mentions[-1].clause != self._clause
        past_without_finding = self._past == self._clause and empty
        self._begin_clause(at)
        self._doubt = None
        speaks_of_now = OTHERWISE_NOW[self._language].match(self._text, at - 1) is not None
        self._past = self._clause if past_without_finding and not speaks_of_now else None
        if self._negation is not None and not self._lists.goes_on(self._negation, number):
            self._negation = None

    def _add_mention(self, number: int, match: Match) -> None:
        if match.value == SUDDEN and self._is_only_manner(number, match):
            return
        mention = Mention(
            match, self._clause, self._sentence, Status.PRESENT, past=self._is_past(match), other=self._other
        )
        mention.crowd = self._other and self._crowd
        if self._may_come_one_day(match):
            mention.crowd = True
        self._see_who_has_it(mention)
        mention.mine = self._is_mine(match)
        mention.recent = mention.past and self._recently
        mention.blood = self._relatives.owner(self._reading.breaks[-1][0], match.start, match.end)
        if match.negated:
            self._settle_negated(mention)
            if mention.status is Status.ABSENT and self._wording.denies_on(match):
                self._negation = Scope("not", match.start, match.end, items=1)
        elif self._negation is not None:
            self._apply_negation(mention, self._negation)
        if self._doubt is not None:
            self._apply_doubt(mention, self._doubt)
        if match.doubtful and mention.status is Status.PRESENT:
            mention.status = Status.UNSURE
            if self._doubt is None:
                self._doubt = Scope(self._text[match.start : match.end], match.start, match.end, items=1)
        if mention.status is Status.ABSENT and UNLESS[self._language].match(self._text, match.end):
            mention.status = Status.PRESENT
        if mention.status is Status.ABSENT:
            clause = self._clause_text(match)
            mention.ceased = (
                CEASED[self._language].search(clause) is not None and WHENEVER[self._language].search(clause) is None
            )
        self._reading.mentions.append(mention)

    def _may_come_one_day(self, match: Match) -> bool:
        start = self._clause_start(match)
        if HYPOTHETICAL[self._language].search(self._clause_text(match)[: match.start - start]):
            return True
        if TOLD_TO_COME_IF[self._language].search(self._clause_text(match)[: match.start - start]):
            return IT_CAME[self._language].search(self._text, match.end, match.end + _SOON) is None
        if not SHOULD_IT_COME[self._language].search(self._text, start, match.start):
            return False
        return ASKS_WHAT_THEN[self._language].match(self._text, match.end) is not None

    def _is_mine(self, match: Match) -> bool:
        for self_ in SELF[self._language].finditer(self._text, self._clause_start(match), match.start):
            if not CARER[self._language].match(self._text, self_.end()):
                return True
        return False

    def _see_who_has_it(self, mention: Mention) -> None:
        """发烧的人 and "anyone with TB" are others; 水痘疫苗 is nobody's chickenpox."""
        match = mention.match
        if NOT_MEANT_AFTER[self._language].match(self._text, match.end):
            mention.crowd = True
        before, after = SOMEBODY_WITH_IT[self._language]
        words = self._text[self._clause_start(match) : match.start]
        if before.search(words) or (after.match(self._text, match.end) and not IS_ONE[self._language].search(words)):
            mention.other = mention.crowd = True
            mention.met = MET[self._language].search(words) is not None

    def _is_only_manner(self, number: int, match: Match) -> bool:
        """True for the "sudden" of a finding that is denied: "no sudden weight loss" says nothing about a start."""
        scope = self._negation
        if scope is None or not (match.start < scope.reach or self._reaches(scope, match)):
            return False
        if match.start < scope.reach:
            return scope.items > 0
        follows = self._wording.next_finding(number)
        if follows is None or not self._wording.fits(FIRST_GAP, match.end, follows.start):
            return False
        scope.reach = match.end
        return True

    def _settle_negated(self, mention: Mention) -> None:
        words = self._text[mention.match.start : mention.match.end]
        mention.hedged = (
            HEDGES[self._language].search(words) is not None
            or HEDGES_AFTER[self._language].match(self._text, mention.match.end) is not None
        )
        mention.status = Status.PRESENT if mention.hedged else Status.ABSENT

    def _apply_negation(self, mention: Mention, scope: Scope) -> None:
        match = mention.match
        if scope.is_inside(match):
            return
        again = scope.items > 0 and match.start < scope.reach
        if not again and not self._reaches(scope, match):
            self._negation = None
            return
        gap = self._text[scope.reach : match.start]
        mention.hedged = (
            not scope.items
            and (
                HEDGES[self._language].search(gap) is not None
                or HEDGES_AFTER[self._language].match(self._text, match.end) is not None
            )
            and HEDGING_NEGATIONS.fullmatch(scope.words) is not None
        )
        mention.status = Status.PRESENT if mention.hedged else Status.ABSENT
        if not again:
            scope.reach, scope.items = match.end, scope.items + 1

    def _apply_doubt(self, mention: Mention, scope: Scope) -> None:
        again = scope.items > 0 and mention.match.start < scope.reach
        if not again and not self._reaches(scope, mention.match):
            return
        mention.status = Status.UNSURE
        mention.feared = FEARS[self._language].fullmatch(scope.words) is not None
        if not again:
            scope.reach, scope.items = mention.match.end, scope.items + 1

    def _reaches(self, scope: Scope, match: Match) -> bool:
        if not scope.items:
            if scope.listing and self._wording.fits(UNKNOWN_MEMBERS, scope.reach, match.start):
                return True
            return self._wording.fits(FIRST_GAP, scope.reach, match.start) or (
                scope is self._doubt and self._wording.is_near(scope.reach, match.start)
            )
        if scope is self._negation and _DENIES_ITSELF[self._language].match(self._text, match.start):
            return False
        touching = not self._text[scope.reach : match.start].strip()
        if touching and scope is self._negation and self._repeated_denial == scope.begin:
            return False
        if touching and TAKING.match(self._text, match.start):
            return False
        if touching and CLOSED_LIST[self._language].match(self._text, match.end):
            return True
        if (
            touching
            and (self._language is Language.EN or scope.words in ONE_ONLY)
            and not self._wording.is_illness(match)
        ):
            return self._is_twin(match)
        if scope.listing and self._wording.fits(UNKNOWN_MEMBERS, scope.reach, match.start):
            return not self._wording.lasts(match)
        gaps = OPEN_GAP if scope is self._doubt else NEXT_GAP
        if not self._wording.fits(gaps, scope.reach, match.start):
            return False
        # "No dizziness or chest tightness today": what an "or" joins is not there, whatever length follows it.
        joined = ALTERNATIVE[self._language].search(self._text, scope.reach, match.start) is not None
        return joined or not self._wording.lasts(match)

    def _is_twin(self, match: Match) -> bool:
        """没胸痛胸闷, 没发冷发抖: what begins alike is one list."""
        last = self._reading.mentions[-1].match if self._reading.mentions else None
        return (
            self._language is Language.ZH
            and last is not None
            and last.end == match.start
            and last.end - last.start == match.end - match.start == _TWIN
            and self._text[last.start] == self._text[match.start]
        )

    def _negate(self, number: int, match: Match) -> None:
        meanings = {
            event.kind
            for event in self._events[max(0, number - 1) : number + 2]
            if isinstance(event, Match) and (event.start, event.end) == (match.start, match.end)
        }
        begins = COMPLEMENT[self._language].match(self._text, match.end)
        reach = begins.end() if begins else match.end
        follows = self._wording.next_finding(number)
        ahead = follows is not None and self._wording.fits(FIRST_GAP, reach, follows.start)
        governs = DENIALS[self._language].fullmatch(match.value) is not None
        if MatchKind.NEGATION in meanings and (
            ahead or (governs and not CLOSES[self._language].match(self._text, match.end))
        ):
            self._note_repetition(match)
            self._negation = Scope(match.value, match.start, match.end, listing=governs)
        elif MatchKind.NEGATION in meanings and self._lists.begins(match):
            self._negation = Scope(match.value, match.start, match.end)
        elif CLOSES[self._language].match(self._text, match.end) and not RESTED.search(
            self._text, max(0, match.start - 12), match.start
        ):
            self._mark_before(match, Status.ABSENT)

    def _note_repetition(self, match: Match) -> None:
        """没有呕吐没有拉肚子肚子疼: who repeats the denial before each thing does not deny what follows without it."""
        last = self._negation
        if last is None or last.items != 1 or last.words != match.value:
            return
        if not self._text[last.reach : match.start].strip():
            self._repeated_denial = match.start

    def _open_doubt(self, number: int, match: Match) -> None:
        looks_back = DOUBTS_WHAT_PRECEDES[self._language].fullmatch(match.value) is not None
        if looks_back and (match.value.endswith(LEADS_ON) or match.value in LEADS_EITHER_WAY):
            follows = self._wording.next_finding(number)
            looks_back = follows is None or not self._wording.is_near(match.end, follows.start)
        if not looks_back and self._follows_an_open_question(match):
            return
        if self._wording.is_about_circumstances(number, match):
            return
        if not looks_back and self._wording.next_finding(number) is not None:
            self._doubt = Scope(match.value, match.start, match.end)
        elif self._wording.asks_what_it_is(match):
            return
        elif looks_back or ASKS_BACK.fullmatch(match.value) or CLOSES[self._language].match(self._text, match.end):
            self._mark_before(match, Status.UNSURE, looks_back)

    def _follows_an_open_question(self, match: Match) -> bool:
        """麻不麻说不清，走路没事: what is asked is in doubt already, and what comes then is not."""
        last = self._reading.mentions[-1] if self._reading.mentions else None
        return last is not None and last.match.doubtful and self._wording.fits(AFTER_GAP, last.match.end, match.start)

    def _mark_before(self, match: Match, status: Status, even_denied: bool = False) -> None:
        """发烧、咳嗽都没有; "fever, not sure": the cue closes the list that it follows."""
        start = match.start
        # An English note with a doubt at its end ("vomiting blood not sure about") leaves open what it speaks of.
        alone, here = self._language is Language.ZH, False
        for mention in reversed(self._reading.mentions[-LONGEST_LIST:]):
            if status is Status.UNSURE and alone and here and mention.clause != self._clause:
                return  # 腰疼，心慌不确定: a doubt with its own finding speaks of that alone
            here = here or mention.clause == self._clause
            gaps = AFTER_GAP if start == match.start else LIST_GAP
            if status is Status.ABSENT and mention.clause != self._clause:
                return
            if mention.sentence != self._sentence:
                return
            if mention.status is Status.UNSURE and not ANSWERED.fullmatch(match.value):
                return
            if status is Status.UNSURE and mention.match.negated and start != match.start:
                return
            if mention.status is Status.ABSENT and not even_denied:
                return
            if mention.match.start < start and not self._wording.fits(gaps, min(mention.match.end, start), start):
                return
            if status is Status.UNSURE and _PRONOUN.search(self._text, mention.match.end, start):
                return  # 同学都在发烧，我就是怕传染: whoever doubts speaks of something else
            warns = status is Status.ABSENT and mention.match.value in WARNS_WHEN_OVER and ENDS.fullmatch(match.value)
            mention.status = Status.UNSURE if warns else status
            start = mention.match.start
