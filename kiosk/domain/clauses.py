"""Cuts a text into clauses and reads who, when and whether: scope of negation, doubt, the past and other people."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from kiosk.domain.durations import Duration
from kiosk.domain.findings import Status
from kiosk.domain.language import Language
from kiosk.domain.matching import Match, MatchKind


@dataclass(slots=True)
class Mention:
    """One symptom form in the text and how it was meant."""

    match: Match
    clause: int
    sentence: int
    status: Status
    hedged: bool = False
    past: bool = False
    other: bool = False


@dataclass(slots=True)
class Reading:
    """Mentions by place; `breaks` are (place, clause number that begins there, sentence number)."""

    mentions: list[Mention] = field(default_factory=list)
    breaks: list[tuple[int, int, int]] = field(default_factory=lambda: [(0, 0, 0)])


class _Break(Enum):
    SENTENCE = auto()
    COMMA = auto()


_SENTENCE_END = r"[。！？!?；;\n]|(?<![0-9])\.|\.(?![0-9])"
_BREAKS = re.compile(rf"(?P<sentence>{_SENTENCE_END})|[，,]")
_SELF = {
    Language.ZH: re.compile(
        r"我(?!们?(?:家|爸|妈|老|儿|女|孩|宝|爷|奶|哥|姐|弟|妹|同|朋|丈|妻|婆|公|外|娃|舅|叔|姑|姨|太|先|父|母|邻))|本人|自己"
    ),
    Language.EN: re.compile(r"\b(?:i|i'm|im|i've|my|me|myself|mine)\b"),
}
_REPORTS = {
    Language.ZH: re.compile(
        r"[\s]*(?:也|都|们|又|经常|总|就|刚)?\s*(?:说|讲|发现|看到|看见|觉得|认为|让|叫|带|陪|送|建议|给|催|怕|担心|怀疑)"
    ),
    Language.EN: re.compile(
        r"\s*(?:also |just |always )?(?:says?|said|noticed|notices|thinks?|thought|told|tells|saw|sees|found|"
        r"drove|brought|gave|made|wants|wanted|asked|suggested|worries|called|takes|took)\b"
    ),
}
_GOES_ON = {
    Language.ZH: re.compile(r"现在|目前|今天|开始|以来|至今|到今|一直|又|还在|还有|仍|最近|这几天|起[，,]?"),
    Language.EN: re.compile(
        r"\b(?:now|currently|today|still|since|started|starts|began|begun|again|ongoing|recently|lately|came on)\b"
    ),
}
_FIRST_GAP = {
    Language.ZH: re.compile(
        r"(?:什么|任何|明显|特别|出现|感觉|觉得|感到|过|有|的|啥|其他|其它|别的|发现|再|发生|那种|伴有|伴随|伴|一点儿?|都|是|很大|大|"
        r"到|会|经常|容易|算|得|被|检查出|查出|患|患有|太大|太多|多少|怎么|那么|太|很|非常|十分|严重|剧烈|以前|之前|身上|身体|也|现在|了|\s)*"
    ),
    Language.EN: re.compile(
        r"\s*(?:(?!(?:i|my|but|and|because|so|when|while|if|then|who|which|have|has)\b)[a-z/-]+\s+){0,5}(?:or|nor)\b"
        r"(?:\s|[a-z]+al\b|any|a|visible|other)*|"
        r"(?:have|has|had|having|any|a|an|the|been|feel|feels|feeling|felt|experienced?|experiencing|get|gets|getting|got|"
        r"seem|seems|to|be|particularly|really|significant|obvious|noticeable|noticed?|recent|known|history|of|signs?|symptoms?|"
        r"evidence|complaints?|complain|complains|complaining|associated|new|more|longer|currently|now|such|kind|other|much|"
        r"in|my|his|her|their|show|showing|think|i|he|she|suffer|suffered|suffering|from|with|also|very|too|that|so|report|"
        r"reports|reported|seen|develop|developed|either|both|yet|severe|mild|actual|true|is|are|was|there|this|it|prior|"
        r"previous|past|medical|family|ever|at|all|for|or|and|generali[sz]ed|body|lower|upper|extremit(?:y|ies)|peripheral|"
        r"facial|chest|abdominal|limbs?|legs?|arms?|neck|back|joints?|bilateral|unilateral|left|right|visible|palpable|acute|"
        r"chronic|sudden|similar|major|minor|focal|local|skin|oral|nasal|urinary|vaginal|rectal|visual|night|changes?|"
        r"problems?|difficulty|issues?|muscle|motor|sensory|excessive|abnormal|watery|involuntary|direct|prolonged|tender|"
        r"anal|orbital|mood|drug|nighttime|exertional|ankles?|eyes?|ears?|throat|mouth|genital|menstrual|bowel|bladder|head|\s|-)*"
    ),
}
_NEXT_GAP = {
    Language.ZH: re.compile(r"(?:[、和或跟及与\s/，,]|或者|以及|什么的|任何|明显的?|也|都)*"),
    Language.EN: re.compile(r"(?:or|nor|and|any|either|[/&\s,-])*"),
}
_LIST_GAP = {
    Language.ZH: re.compile(r"[\s、，,和或及与]*"),
    Language.EN: re.compile(r"(?:or|nor|and|any|[/&\s,-])*"),
}
_ALTERNATIVE = {Language.ZH: re.compile("或"), Language.EN: re.compile(r"\b(?:or|nor)\b")}
_AFTER_GAP = {
    Language.ZH: re.compile(r"(?:倒|也|都|是|的|症状|现象|情况|这些|全部|全|均|，|,|:|：|\s)*"),
    Language.EN: re.compile(r"(?:is|are|was|were|has|have|been|it|all|both|symptoms?|i|but|[:,=-]|\s)*"),
}
_CLOSES = {
    Language.ZH: re.compile(rf"[了的啊呢哦吧过\s]*(?:$|但|只|{_SENTENCE_END}|[，,、<])"),
    Language.EN: re.compile(
        rf"(?:now|today|already|away|completely|at all|here|by|\s)*(?:$|but\b|{_SENTENCE_END}|[,)<])"
    ),
}
_HEDGES = {
    Language.ZH: re.compile(r"(?:很|那么|非常|十分|特别|以前)\s*$|(?:不|没|没有)\s*(?:是\s*)?(?:很|那么|特别|非常)"),
    Language.EN: re.compile(r"\b(?:very|too|that|so|particularly)\s*$"),
}
_HEDGING_NEGATIONS = re.compile(r"不|不是|没|没有|.*(?:not|n't|never)")
_LISTING_NEGATIONS = {
    Language.ZH: re.compile(r"无|否认|未见|均无|没有任何|无明显|未出现"),
    Language.EN: re.compile(r"no|den(?:y|ies|ied|ying)|without|negative.*|absence of|neither"),
}
_SAME_CLAUSE = frozenset(
    [
        "since",
        "so",
        "that",
        "now",
        "today",
        "just",
        "only",
        "still",
        "yet",
        "which",
        "until",
        "because",
        "while",
        "then",
        "现在",
        "只是",
        "因为",
        "所以",
        "同时",
        "只有",
    ]
)
_ONE_ONLY = {"不", "没", "不会", "不再", "没怎么", "不怎么", "未"}
_LONGEST_GAP = 48
_LONGEST_LIST = 12


@dataclass(slots=True)
class _Scope:
    """An open negation or doubt: the words that opened it and how far it has reached."""

    words: str
    reach: int
    items: int = 0


class ClauseReader:
    """Walks once over the matches of one text."""

    def __init__(
        self, text: str, language: Language, matches: tuple[Match, ...], durations: tuple[Duration, ...]
    ) -> None:
        self._text = text
        self._language = language
        self._duration_starts = {duration.start for duration in durations}
        self._events = self._in_order(matches)
        self._reading = Reading()
        self._negation: _Scope | None = None
        self._doubt: _Scope | None = None
        self._past: int | None = None
        self._other = False
        self._subject_read_to = 0
        self._clause = 0
        self._sentence = 0

    def read(self) -> Reading:
        """Mentions in order of place, each with its status."""
        for number, event in enumerate(self._events):
            self._follow_subject(event.start if isinstance(event, Match) else event[0])
            if isinstance(event, Match):
                self._take(number, event)
            elif event[2] is _Break.SENTENCE:
                self._end_sentence(event[1])
            else:
                self._pass_comma(number, event[1])
        return self._reading

    def _in_order(self, matches: tuple[Match, ...]) -> list[Match | tuple[int, int, _Break]]:
        events: list[Match | tuple[int, int, _Break]] = [m for m in matches if m.kind is not MatchKind.SEVERE]
        covered = bytearray(len(self._text) + 1)
        for match in matches:
            if match.kind is not MatchKind.SEVERE:
                covered[match.start : match.end] = b"\1" * (match.end - match.start)
        for found in _BREAKS.finditer(self._text):
            if not covered[found.start()]:
                kind = _Break.SENTENCE if found["sentence"] else _Break.COMMA
                events.append((found.start(), found.end(), kind))
        return sorted(events, key=lambda e: (e.start, e.end) if isinstance(e, Match) else e[:2])

    def _take(self, number: int, match: Match) -> None:
        kind = match.kind
        if kind is MatchKind.SYMPTOM:
            self._add_mention(match)
        elif kind in (MatchKind.NEGATION, MatchKind.NEGATION_AFTER):
            self._negate(number, match)
        elif kind is MatchKind.DOUBT:
            self._open_doubt(number, match)
        elif kind is MatchKind.PAST:
            if not _GOES_ON[self._language].search(self._clause_text(match)):
                self._past = self._clause
        elif kind is MatchKind.OTHER_PERSON:
            self._other = self._other or not _REPORTS[self._language].match(self._text, match.end)
            self._subject_read_to = match.end
        elif kind is MatchKind.SCOPE_END:
            if match.value not in _SAME_CLAUSE:
                self._begin_clause(match.end)
            self._negation = self._doubt = self._past = None

    def _follow_subject(self, upto: int) -> None:
        """The speaker's own pronoun ends what was said about somebody else."""
        if self._other and _SELF[self._language].search(self._text, self._subject_read_to, upto):
            self._other = False
        self._subject_read_to = max(self._subject_read_to, upto)

    def _clause_text(self, match: Match) -> str:
        start = self._reading.breaks[-1][0]
        following = _BREAKS.search(self._text, match.end, match.end + 80)
        return self._text[max(start, match.start - 80) : following.start() if following else match.end + 80]

    def _begin_clause(self, at: int) -> None:
        self._clause += 1
        self._reading.breaks.append((at, self._clause, self._sentence))

    def _end_sentence(self, at: int) -> None:
        self._sentence += 1
        self._begin_clause(at)
        self._negation = self._doubt = self._past = None

    def _pass_comma(self, number: int, at: int) -> None:
        mentions = self._reading.mentions
        empty = not mentions or mentions[-1].clause != self._clause
        past_without_finding = self._past == self._clause and empty
        self._begin_clause(at)
        self._doubt = None
        self._past = self._clause if past_without_finding else None
        if self._negation is not None and not self._list_goes_on(number):
            self._negation = None

    def _list_goes_on(self, number: int) -> bool:
        """True when the comma separates members of a negated list ("no fever, cough or chills")."""
        scope = self._negation
        if scope is None or not scope.items:
            return False
        listing = _LISTING_NEGATIONS[self._language].fullmatch(scope.words) is not None
        return self._has_alternative(number) or (listing and self._list_length(number) + scope.items >= 3)

    def _members(self, number: int) -> tuple[list[Match], int]:
        """The findings that follow with nothing but list words between them, and where the list ends."""
        members: list[Match] = []
        scope = self._negation
        reach = scope.reach if scope else 0
        for event in self._events[number : number + 3 * _LONGEST_LIST]:
            if isinstance(event, Match):
                if event.kind is not MatchKind.SYMPTOM or not self._is(_LIST_GAP, reach, event.start):
                    break
                members.append(event)
                reach = max(reach, event.end)
            elif event[2] is _Break.SENTENCE:
                break
        return members, reach

    def _has_alternative(self, number: int) -> bool:
        scope = self._negation
        members, reach = self._members(number)
        start = scope.reach if scope else reach
        return bool(members) and _ALTERNATIVE[self._language].search(self._text, start, reach) is not None

    def _list_length(self, number: int) -> int:
        """Members of a bare list that ends its sentence, else 0."""
        members, reach = self._members(number)
        ends = re.compile(rf"\s*(?:$|{_SENTENCE_END}|<)").match(self._text, reach)
        return len({member.start for member in members}) if ends else 0

    def _is(self, gaps: dict[Language, re.Pattern[str]], start: int, end: int) -> bool:
        return (
            end - start <= _LONGEST_GAP
            and gaps[self._language].fullmatch(self._text, start, max(start, end)) is not None
        )

    def _add_mention(self, match: Match) -> None:
        mention = Mention(
            match, self._clause, self._sentence, Status.PRESENT, past=self._past is not None, other=self._other
        )
        if match.negated:
            self._settle_negated(mention)
        elif self._negation is not None:
            self._apply_negation(mention, self._negation)
        if self._doubt is not None and self._reaches(self._doubt, match):
            self._doubt.reach, self._doubt.items = match.end, self._doubt.items + 1
            mention.status = Status.UNSURE
        if match.doubtful and mention.status is Status.PRESENT:
            mention.status = Status.UNSURE
        self._reading.mentions.append(mention)

    def _settle_negated(self, mention: Mention) -> None:
        words = self._text[mention.match.start : mention.match.end]
        mention.hedged = _HEDGES[self._language].search(words) is not None
        mention.status = Status.PRESENT if mention.hedged else Status.ABSENT

    def _apply_negation(self, mention: Mention, scope: _Scope) -> None:
        match = mention.match
        again = scope.items > 0 and match.start < scope.reach
        if not again and not self._reaches(scope, match):
            self._negation = None
            return
        gap = self._text[scope.reach : match.start]
        mention.hedged = (
            not scope.items
            and _HEDGES[self._language].search(gap) is not None
            and _HEDGING_NEGATIONS.fullmatch(scope.words) is not None
        )
        mention.status = Status.PRESENT if mention.hedged else Status.ABSENT
        if not again:
            scope.reach, scope.items = match.end, scope.items + 1

    def _reaches(self, scope: _Scope, match: Match) -> bool:
        if not scope.items:
            return self._is(_FIRST_GAP, scope.reach, match.start) or (
                scope is self._doubt and self._is_near(scope.reach, match.start)
            )
        touching = not self._text[scope.reach : match.start].strip()
        if touching and (self._language is Language.EN or scope.words in _ONE_ONLY):
            return False
        return self._is(_NEXT_GAP, scope.reach, match.start) and not self._lasts(match)

    def _is_near(self, start: int, end: int) -> bool:
        return end - start <= (30 if self._language is Language.EN else 8)

    def _lasts(self, match: Match) -> bool:
        """Words about a finding's length or strength follow: then it is there, whatever was denied before it."""
        following = re.compile(r"(?:\s|了|有|已经|得|for|about|over|the|past|last)*").match(self._text, match.end)
        at = following.end() if following else match.end
        strong = self._language is Language.ZH and self._text[match.end : match.end + 2].strip().startswith("得")
        return at in self._duration_starts or strong

    def _negate(self, number: int, match: Match) -> None:
        meanings = {
            event.kind
            for event in self._events[max(0, number - 1) : number + 2]
            if isinstance(event, Match) and (event.start, event.end) == (match.start, match.end)
        }
        follows = self._next_finding(number)
        ahead = follows is not None and self._is(_FIRST_GAP, match.end, follows.start)
        if MatchKind.NEGATION in meanings and ahead:
            self._negation = _Scope(match.value, match.end)
        elif _CLOSES[self._language].match(self._text, match.end):
            self._mark_before(match, Status.ABSENT)

    def _open_doubt(self, number: int, match: Match) -> None:
        if self._next_finding(number) is not None:
            self._doubt = _Scope(match.value, match.end)
        elif _CLOSES[self._language].match(self._text, match.end):
            self._mark_before(match, Status.UNSURE)

    def _next_finding(self, number: int) -> Match | None:
        """The next symptom of the same clause, if it is one of the next few events."""
        for event in self._events[number + 1 : number + 5]:
            if not isinstance(event, Match) or event.kind is MatchKind.SCOPE_END:
                return None
            if event.kind is MatchKind.SYMPTOM:
                return event
        return None

    def _mark_before(self, match: Match, status: Status) -> None:
        """发烧、咳嗽都没有; "fever, not sure": the cue closes the list that it follows."""
        start = match.start
        for mention in reversed(self._reading.mentions[-_LONGEST_LIST:]):
            gaps = _AFTER_GAP if start == match.start else _LIST_GAP
            if status is Status.ABSENT and mention.clause != self._clause:
                return
            if mention.sentence != self._sentence or mention.status is not Status.PRESENT:
                return
            if mention.match.start < start and not self._is(gaps, min(mention.match.end, start), start):
                return
            mention.status = status
            start = mention.match.start
