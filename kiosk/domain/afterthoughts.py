"""What is said after a finding and settles it: answers ("Fever? No."), ellipsis ("I don't", 这次没有), second thoughts.

A cue beside a finding is read where it stands, by domain/clauses.py; this looks at the clauses that name no finding
and take up the one before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kiosk.domain import whose_and_when_zh
from kiosk.domain.afterthought_patterns import (
    ABOUT_ELSE,
    AFFIRMS,
    AGAIN,
    ASKED_OF,
    ASKS_ELSE,
    ASKS_IF,
    ASKS_IF_OVER,
    BELIEVED,
    CLEARED,
    COMES_AND_GOES,
    CORRECTED,
    CORRECTS,
    DENIES,
    DOUBTS,
    DOUBTS_SOMEHOW,
    ECHO,
    EDGES,
    FILLER,
    FIRM_DOUBT,
    FIRST_OF,
    FIRST_TIME,
    IMAGINED,
    LONGEST_DOUBT,
    LOOKS_SO,
    MYSELF,
    NOW_ONLY,
    ONE_WORD,
    OTHERS_ASKED,
    OTHERS_THOUGHT,
    OVER,
    STATED_ECHO,
    TURNED_OUT,
    WELL_AGAIN,
)
from kiosk.domain.corrections import deny_other_names, deny_topics, take_back, when_taken_back
from kiosk.domain.durations import Duration
from kiosk.domain.findings import Status
from kiosk.domain.language import Language
from kiosk.domain.mentions import EVENTS, Mention, Reading
from kiosk.domain.relatives import CONTACT

WARNS_WHEN_OVER = frozenset(
    (
        "chest_pain", "chest_pressure", "chest_tightness", "chest_pain_radiating", "chest_pain_at_rest", "tearing_pain",
        "fainted", "collapse", "unconscious", "lost_consciousness_injury", "seizure", "one_sided_weakness",
        "one_sided_numbness", "face_droop", "speech_trouble", "vision_loss_sudden", "side_vision_loss",
        "curtain_vision",
        "limb_weakness", "both_legs_weak", "stroke_suspected", "confusion", "drowsy", "sudden_breathlessness",
        "abdominal_pain_sudden_severe", "vaginal_bleeding", "fewer_fetal_movements", "waters_broken", "amnesia",
        "double_vision", "thunderclap_headache", "worst_headache", "apnoea_baby", "cyanosis", "vomiting_blood",
        "haemoptysis", "black_stool", "bloody_stool", "blood_in_urine",
        "suicidal_thoughts", "suicide_attempt", "tongue_throat_swelling",
        "anaphylaxis_now", "stridor", "choking_now", "testicular_pain_sudden", "palpitations",
    )
)  # fmt: skip
"""Findings that stay a warning when they have passed (a stroke's signs, a heart's pain): then the patient is asked."""

_STROKE_SIGNS = frozenset(("one_sided_weakness", "one_sided_numbness", "face_droop", "speech_trouble"))
STROKE_SIGN_OVER = "stroke_signs_resolved"
"""The finding that a stroke's sign makes which has gone (a transient ischaemic attack)."""


_SINCE_BEFORE = 24
"""Characters before a clause in which it may be told that something comes and goes."""
_STAYS = frozenset(
    (
        "animal_bite", "bee_sting", "bite_bleeding", "bitten_tongue", "broken_tooth", "burn", "deep_wound", "fall",
        "graze", "head_injury", "human_bite", "injury", "needlestick", "small_burn", "small_cut", "splinter", "wound",
    )
)  # fmt: skip
"""What has happened does not stop; only its blood does."""
_RECEDES = frozenset(
    (
        "allergen_exposure", "fever", "fever_over_39", "hives", "infectious_rash", "jaundice", "rash",
        "skin_redness_spreading", "swelling", "limb_swelling", "face_swelling", "eye_swelling", "face_redness",
    )
)  # fmt: skip
"""What can be said to recede (退了)."""
_SINCE = re.compile(r"\bsince\b")
_STOPS = re.compile(r"\bstop(?:s|ped)?\b|止住|不流|停了")
_AT_TIMES = re.compile(
    r"(?:吃完|吃了|喝完|喝了|一[吃喝走跑动站坐躺累急干])[^，,。；;]{0,12}就|每(?:次|回|天|个月)|时不时|有时候?|老是|经常"
)
_BETTER = frozenset(("getting_better", "no_symptoms_request"))


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    end: int
    sentence: int
    asks: bool
    mentions: list[Mention]


def settle(
    text: str,
    language: Language,
    reading: Reading,
    durations: Sequence[Duration],
    implied: Mapping[str, frozenset[str]],
) -> None:
    """Changes the mentions of `reading` to what the clauses after them make of them; `text` is folded.

    `implied` are the findings that each finding includes: what is over is over in all its forms.

    Nothing that is said to last, or to be bad, is made doubtful by an afterthought.
    """
    reading.mentions[:] = _happened_at_all(text, language, reading.mentions)
    if language is Language.ZH:
        whose_and_when_zh.place(text, reading.mentions, WARNS_WHEN_OVER)
    settler = _Settler(text, language, durations)
    settler.settle(_clauses(text, reading))
    take_back(text, language, reading.mentions)
    if settler.denied_by_self:
        reading.mentions.extend(settler.denied_by_self)
        reading.mentions.sort(key=lambda mention: mention.match.start)
    _deny_what_others_thought(text, reading.mentions)
    deny_other_names(text, reading.mentions)
    deny_topics(text, reading.mentions)
    _end_what_ceased(reading.mentions, implied)


def _clauses(text: str, reading: Reading) -> list[_Clause]:
    mentions: dict[int, list[Mention]] = {}
    for mention in reading.mentions:
        mentions.setdefault(mention.clause, []).append(mention)
    clauses = []
    ends = [start for start, _, _ in reading.breaks[1:]] + [len(text)]
    for (start, number, sentence), end in zip(reading.breaks, ends, strict=True):
        asks = text[start:end].rstrip()[-1:] in ("?", "？")
        clauses.append(_Clause(start, end, sentence, asks, mentions.get(number, [])))
    return clauses


class _Settler:
    def __init__(self, text: str, language: Language, durations: Sequence[Duration]) -> None:
        self._text = text
        self._language = language
        self._durations = sorted(duration.start for duration in durations)
        self.denied_by_self: list[Mention] = []

    def settle(self, clauses: list[_Clause]) -> None:
        before: _Clause | None = None
        for number, clause in enumerate(clauses):
            words = self._words(clause)
            if clause.mentions and before is not None and self._tells_of_recovery(clause, words):
                self._take_up(before, clause, words, clauses[number + 1 : number + 2])
                continue
            if clause.mentions:
                self._question(clause)
                before = clause
                continue
            if not words or FILLER.fullmatch(words):
                continue
            if before is not None and self._corrects(before, words, clauses[number + 1 : number + 2]):
                before = None
                continue
            if before is not None and not self._take_up(before, clause, words, clauses[number + 1 : number + 2]):
                # What goes on about something else ends what could be taken up.
                before = before if before.sentence == clause.sentence else None

    def _tells_of_recovery(self, clause: _Clause, words: str) -> bool:
        """ "I'm fine now" after a complaint ends that, though its words may stand for being better at large."""
        better = all(mention.match.value in _BETTER for mention in clause.mentions)
        return better and WELL_AGAIN[self._language].fullmatch(words) is not None

    def _words(self, clause: _Clause) -> str:
        words = self._text[clause.start : clause.end].strip(EDGES)
        return words.replace(" ", "") if self._language is Language.ZH else words

    def _question(self, clause: _Clause) -> None:
        """这算是抽筋吗, "do I have a temperature?": open until it is answered."""
        words = self._words(clause)
        is_question = clause.asks or (self._language is Language.ZH and words.endswith(("吗", "么")))
        looks = LOOKS_SO[self._language].fullmatch(words) is not None
        if clause.asks and self._language is Language.ZH and words.endswith("吧"):
            for mention in clause.mentions:
                if mention.status is Status.ABSENT:
                    mention.status = Status.UNSURE
        if not is_question or not (looks or ASKS_IF[self._language].fullmatch(words)):
            return
        if not looks and ASKS_ELSE[self._language].search(words):
            return
        for mention in clause.mentions:
            if mention.status is Status.PRESENT:
                mention.status = Status.UNSURE

    def _take_up(self, before: _Clause, clause: _Clause, words: str, following: list[_Clause]) -> bool:
        same = before.sentence == clause.sentence
        if FIRST_TIME[self._language].fullmatch(words) and same:
            self._happened(before)
            return True
        if same and self._was_mistaken(before, words):
            self._deny(before, words)
            return True
        denies = DENIES[self._language].fullmatch(words)
        if denies and (same or before.asks or not ONE_WORD[self._language].fullmatch(words)):
            if before.asks and ASKS_IF_OVER[self._language].search(self._text, before.start, before.end):
                self._goes_on(before)
            elif self._is_answer(before, words, same, following) and self._speaks_of(before, denies):
                self._deny(before, words)
            return True
        over = OVER[self._language].fullmatch(words)
        if over and same and self._comes_and_goes(before, clause, following):
            return True
        if over and same:
            self._deny(before, words, over=True, spell=any(over.groupdict().get(name) for name in ("short", "rest")))
            return True
        if WELL_AGAIN[self._language].fullmatch(words) and same:
            self._deny(before, words, over=True, well=True)
            return True
        if same and self._answers(before, words):
            return True
        if before.asks and AFFIRMS[self._language].fullmatch(words):
            for mention in before.mentions:
                mention.status = Status.PRESENT if mention.status is Status.UNSURE else mention.status
            return True
        if self._doubts(words) and (same or before.asks or self._is_firm_doubt(words)):
            self._doubt(
                before,
                even_denied=same and before.end == clause.start and DOUBTS[self._language].fullmatch(words) is not None,
            )
            return True
        return before.asks and self._answers(before, words)

    def _was_mistaken(self, before: _Clause, words: str) -> bool:
        """都说我发烧，其实没有: what was only believed turned out not to be so."""
        believed = BELIEVED[self._language].search(self._text, before.start, before.end)
        return believed is not None and TURNED_OUT[self._language].fullmatch(words) is not None

    def _comes_and_goes(self, before: _Clause, clause: _Clause, following: list[_Clause]) -> bool:
        """今天在胳膊明天在腿，过几个钟头自己没了: what goes and comes back is there."""
        end = following[0].end if following else clause.end
        told = self._text[max(0, before.start - _SINCE_BEFORE) : end]
        return COMES_AND_GOES[self._language].search(told) is not None

    def _corrects(self, before: _Clause, words: str, following: list[_Clause]) -> bool:
        """头疼，不对，是头晕: the last of what was said is taken back."""
        after = following[0] if following else None
        if after is None or not after.mentions or after.sentence != before.sentence:
            return False
        if not CORRECTS[self._language].fullmatch(words) or not CORRECTED[self._language].match(
            self._text, after.start
        ):
            return False
        before.mentions[-1].status = when_taken_back(before.mentions[-1])
        return True

    def _answers(self, before: _Clause, words: str) -> bool:
        """我不抽 answers 抽不抽烟; an examination that was normal answers what was feared."""
        stated = STATED_ECHO.fullmatch(words) if self._language is Language.ZH else None
        echo = stated or (ECHO.fullmatch(words) if self._language is Language.ZH else None)
        cleared = CLEARED[self._language].fullmatch(words)
        if not echo and not cleared:
            return False
        mine = MYSELF[self._language].match(words)
        for mention in before.mentions:
            if echo and echo["verb"] not in self._text[mention.match.start : mention.match.end + 1]:
                continue
            if mention.match.value == CONTACT:
                continue
            if mine and (mention.other or mention.blood is not None):
                self._deny_of_self(mention)
            elif stated or (mention.status is Status.UNSURE and (echo or mention.match.value not in WARNS_WHEN_OVER)):
                mention.status = Status.ABSENT
        return True

    def _deny_of_self(self, mention: Mention) -> None:
        self.denied_by_self.append(
            replace(mention, status=Status.ABSENT, other=False, crowd=False, past=False, blood=None)
        )

    def _goes_on(self, before: _Clause) -> None:
        """ "Has the pain stopped? It hasn't." """
        for mention in before.mentions:
            mention.status = Status.PRESENT

    def _happened(self, before: _Clause) -> None:
        """从来没晕倒过，今天头一回: never until now."""
        for mention in before.mentions:
            if mention.status is Status.ABSENT:
                mention.status, mention.past = Status.PRESENT, False
                first = FIRST_OF.get(mention.match.value)
                mention.match = replace(mention.match, value=first) if first else mention.match

    def _is_firm_doubt(self, words: str) -> bool:
        return FIRM_DOUBT[self._language].search(words) is not None

    def _doubts(self, words: str) -> bool:
        """A clause that is nothing but a doubt, or holds one and asks for nothing else (why, how long)."""
        if DOUBTS[self._language].fullmatch(words):
            return True
        if _OWN_QUESTION.search(words):
            return False
        core = DOUBTS_SOMEHOW[self._language].search(words)
        return core is not None and len(words) <= LONGEST_DOUBT and not ABOUT_ELSE[self._language].search(words)

    def _is_answer(self, before: _Clause, words: str, same: bool, following: list[_Clause]) -> bool:
        """A single "no" after a comma answers when its sentence ends there: "my arm, no, my leg" corrects.

        So it does not in "I take warfarin, and no, I haven't bled".
        """
        if not same or not ONE_WORD[self._language].fullmatch(words.removeprefix("and ").removeprefix("but ")):
            return True
        if _REPORTED_QUESTION.search(self._text, before.start, before.end):
            return True
        after = following[0] if following else None
        return after is None or after.sentence != before.sentence or not after.mentions

    def _speaks_of(self, before: _Clause, denies: re.Match[str]) -> bool:
        """ "He has a fever, I don't" denies nothing of his."""
        if denies.groupdict().get("subject") not in ("i", "we") and not denies[0].startswith(("i'm ", "i am ")):
            return True
        subjects = _SUBJECTS.findall(self._text, before.start, before.end)
        return not subjects or subjects[-1] in ("i", "me", "my")

    def _passed_stroke(self, mention: Mention) -> None:
        """A stroke's sign that went away by itself is a finding of its own."""
        mention.match = replace(mention.match, value=STROKE_SIGN_OVER)
        mention.status = Status.PRESENT

    def _deny(self, before: _Clause, words: str, over: bool = False, spell: bool = False, well: bool = False) -> None:
        """`spell`: over within seconds or minutes; who comes for it has it by spells (一翻身就转，几秒就好了)."""
        asked = ASKED_OF[self._language].search(self._text, before.start, before.end) is not None
        ends = over or NOW_ONLY[self._language].search(words) is not None
        one_word = ONE_WORD[self._language].fullmatch(words) is not None
        for mention in before.mentions:
            if self._language is Language.ZH and "退" in words and mention.match.value not in _RECEDES:
                continue  # 打了针身上酸，今早退了: it is the fever
            if mention.status is Status.ABSENT or (over and mention.past) or (well and mention.match.value in EVENTS):
                continue
            if mention.match.value.endswith("_history") and _SINCE.search(words):
                continue  # a heart attack in 2018 and nothing since: it was one
            if over and mention.match.value in _STAYS and _STOPS.search(words):
                continue  # it bled, and that has stopped
            if (mention.other or mention.blood is not None) and not over and MYSELF[self._language].match(words):
                self._deny_of_self(mention)
                continue
            if over and mention.match.value in _STROKE_SIGNS:
                self._passed_stroke(mention)
                continue
            if (spell or (over and self._comes_at_times(mention))) and mention.match.value not in WARNS_WHEN_OVER:
                continue
            warns = (
                mention.match.value in WARNS_WHEN_OVER
                and not (asked or one_word or mention.past or mention.other)
                and ends
            )
            mention.status = Status.UNSURE if warns else Status.ABSENT
            mention.past = mention.other = mention.crowd = False
            mention.ceased = not warns

    def _comes_at_times(self, mention: Mention) -> bool:
        """吃完肥肉就疼，一两个钟头就好了: it will be back."""
        start = max(0, mention.match.start - _SINCE_BEFORE)
        before = self._text[start : mention.match.start + 1]
        return self._language is Language.ZH and _AT_TIMES.search(before) is not None

    def _doubt(self, before: _Clause, even_denied: bool) -> None:
        """`even_denied`: 没摔着头吧，我不敢保证 is open too."""
        open_statuses = (Status.PRESENT, Status.ABSENT) if even_denied else (Status.PRESENT,)
        if self._is_told_in_full(before):
            return
        in_doubt = next((m.match.start for m in before.mentions if m.status is Status.UNSURE), -1)
        for mention in before.mentions:
            between = self._text[mention.match.end : in_doubt] if in_doubt > mention.match.end else ""
            if _PLAIN_BEFORE_DOUBT.search(between):
                continue
            if mention.status in open_statuses and mention.match.value not in _BETTER:
                mention.status = Status.UNSURE

    def _is_told_in_full(self, clause: _Clause) -> bool:
        at = bisect_left(self._durations, clause.start)
        return at < len(self._durations) and self._durations[at] < clause.end


_REPORTED_QUESTION = re.compile(
    r"(?:医生|大夫|护士|人家|他们|她|他)(?:刚才|刚|又|也)?(?:问|问了|问过)(?:我|他|她|孩子)?|问我"
)
"""护士问发没发烧，没有: the answer follows."""

_OWN_QUESTION = re.compile(
    r"((?![是有算对])[\u4e00-\u9fff])[不没]\1(?!.?(?:知|清|晓))|"
    r"\b(?:tell|say|sure|know|see|decide) (?:if|whether) (?:it's|it is|they're|they are) "
    r"(?!(?:there|real|so|"
    r"true|one|that|this|it|anything|something|the|an?|my|his|her|really|just|bad|serious|normal)\b)[a-z]+"
)
"""使不使得上劲拿不准 is in doubt about what it asks itself; so is "I can't tell if it's sticky"."""

_PLAIN_BEFORE_DOUBT = re.compile(
    r"^(?!.*\b(?:or|either)\b).*\b(?:and|but) (?:maybe|perhaps|possibly|i think|there might)\b"
)
"""Between what is plain and what a doubt of its own speaks of: "my ankle hurts and maybe my toes are numb"."""

_SUBJECTS = re.compile(r"\b(?:he|she|they|his|her|their|i|me|my|son|daughter|baby|child|boy|girl|toddler|kid)\b")


def _happened_at_all(text: str, language: Language, mentions: list[Mention]) -> list[Mention]:
    """Without those of "what should I do if I ever get a fever?", 要是以后发烧怎么办; a warning, again, stays."""
    imagined = bytearray(len(text) + 1)
    for found in IMAGINED[language].finditer(text):
        mark = b"\2" if AGAIN.search(found[0]) else b"\1"
        imagined[found.start() : found.end()] = mark * (found.end() - found.start())
    return [
        mention
        for mention in mentions
        if not imagined[mention.match.start]
        or (imagined[mention.match.start] == _TOLD_AS_AGAIN and mention.match.value in WARNS_WHEN_OVER)
    ]


_TOLD_AS_AGAIN = 2


def _deny_what_others_thought(text: str, mentions: list[Mention]) -> None:
    """ "They thought I'd gone yellow, but there's no jaundice": the patient's own denial counts.

    So does the answer to what others asked: 护士问我恶心不恶心，我说不恶心.
    """
    denied = {mention.match.value: mention.match.start for mention in mentions if mention.status is Status.ABSENT}
    for mention in mentions:
        start = mention.match.start
        if denied.get(mention.match.value, 0) <= start or mention.status is Status.ABSENT:
            continue
        before = OTHERS_THOUGHT if mention.status is Status.PRESENT else OTHERS_ASKED
        if before.search(text, max(0, start - _SHORTLY), start):
            mention.status = Status.ABSENT


_SHORTLY = 30


def _end_what_ceased(mentions: list[Mention], implied: Mapping[str, frozenset[str]]) -> None:
    """昨天咳嗽，现在不咳了: the later denial counts; what warns even when it is over stays in doubt."""
    ceased: dict[str, Mention] = {}
    for mention in reversed(mentions):
        code = mention.match.value
        if mention.status is Status.ABSENT and mention.ceased and not mention.other:
            ceased.setdefault(code, mention)
        elif mention.status is Status.PRESENT and not mention.past and not mention.other:
            later = ceased.get(code) or next((ceased[c] for c in implied.get(code, ()) if c in ceased), None)
            if later is None or later is mention:
                continue
            if code in WARNS_WHEN_OVER:
                mention.status = later.status = Status.UNSURE
            else:
                mention.past = True
