"""Turns of phrase around findings that lists of cue words cannot hold, because they bend: who, when and whether.

"I couldn't honestly say whether", 有没有, "not a trace of", 单位里有好几个. domain/clauses.py reads them like the
cue words of the content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kiosk.domain import cue_phrases_counter_en, cue_phrases_en, cue_phrases_zh
from kiosk.domain.clause_patterns import OTHERWISE_NOW, RECENTLY
from kiosk.domain.language import Language
from kiosk.domain.matching import Match, MatchKind, squeezed
from kiosk.domain.phrase_book import PhraseBook

CROWD = re.compile(
    r"(?:can|could|may|might|does|will) .*(?:cause|lead|bring|give).*|side effects?.*|(?:会|可能会?)(?:引起|导致|"
    r"造成)|副作用.*|"
    r"(?:everyone|everybody|people|others|half|most|lots|loads|several|a lot|kids|children)\b.*|"
    r"(?:the|an?) (?:advert|ad|article|leaflet|poster|website|programme|program|video|news|"
    r"internet|blog|documentary)|"
    r"people (?:at work|around me)|(?:kids|others) at school|"
    r"同一?个?(?:办公室|宿舍|寝室|班|单位|车间|屋|组).*|(?:单位|班[上里]|幼儿园|学校|公司|"
    r"厂里|村里|小区).*|听说.*|据说.*|都说.*|网上|说明书|身边.*|周围.*|别人"
)
"""Whoever these are, they did not come along: what is said of them is not the patient's, whatever else is said."""

IMPERSONAL = re.compile(
    r"听说.*|据说.*|都说.*|"
    r"网上|说明书|电视上?|新闻|书上|(?:the|an?) (?:advert|ad|article|leaflet|poster|website|programme|program|"
    r"video|news|"
    r"internet|blog|documentary)"
)
"""These tell of no patient at all."""

_PHRASES = {
    Language.EN: (cue_phrases_en.PHRASES, cue_phrases_counter_en.PHRASES),
    Language.ZH: (cue_phrases_zh.PHRASES,),
}
CUES = {
    language: PhraseBook((phrase, kind) for kinds in tables for kind, phrases in kinds.items() for phrase in phrases)
    for language, tables in _PHRASES.items()
}
"""Turns of phrase that the lists of cue words cannot hold, because they bend; those of one kind may overlap."""

DOUBTS_WHAT_PRECEDES = {
    Language.ZH: re.compile(
        r"没有?|(?:我|他|她|也|都|真|实在)*(?:形容不(?:来|出来?|上来)|道不明)|"
        r"可疑|待排|待查|待排除|(?:有|存在)(?:的)?可能|(?:好像|可能|似乎|大概|也许|或许|应该|"
        r"仿佛)(?:也)?(?:是)?有(?:那么)?(?:一?点点?儿?|一?些)?|(?:勉强)?(?:也)?算(?:是)?有吧|"
        r"说(..?)也.{1,2}[，,]?说不.{1,2}也不.{1,2}|(?:应该|可能|大概|估计)(?:也)?不(?:算|是)吧?|看不(?:太|大|怎么)?出来?|"
        r"(?:我|他|她|也|都|真|实在)*[分辨认]不(?:太|大|怎么)?(?:出来?|清楚?)|"
        r"(?:我|他|她|也|都|真|倒)*(?:不晓得|没试过)"
    ),
    Language.EN: re.compile(
        r"(?:probably|maybe|perhaps|possibly|i think|i guess) not|(?:at least )?i don'?t think so|"
        r"(?:is|are) .*|less so|if (?:any|anything|at all)|(?:i|he|she)(?:'d| would) (?:imagine|think|"
        r"reckon|expect|suspect|wager|bet|venture)|"
        r"or something.*|i .*(?:say|tell|be sure|be certain|remember|recall|decide)"
    ),
}
_LIKENS = re.compile(r"looks? like")
"""Where a finding's own words begin in it nothing is doubted: her lips "look like sausages"."""
_ASKS = re.compile(r"([\u4e00-\u9fff]{1,2})[没不]")


def with_cues(text: str, language: Language, matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """`matches` by place with the turns of phrase of CUES; the shorter cues inside these are gone.

    A phrase that holds all of a finding's words takes them ("I can't remember whether" is no loss of memory); one that
    shares only some of them is left out, and only makes the finding doubtful when it asks (睡得好不好).
    """
    spoken = phrases(text, language)
    if not spoken:
        return matches
    symptoms = [m for m in matches if m.kind is MatchKind.SYMPTOM]
    inside_phrase = _marked(text, spoken, asked=False)
    swallowed = {m for m in symptoms if 0 not in inside_phrase[m.start : m.end]}
    symptom_at = _marked(text, [m for m in symptoms if m not in swallowed])
    spoken = [_without_its_s(phrase, symptom_at) for phrase in spoken]
    whole = [phrase for phrase in spoken if 1 not in symptom_at[phrase.start : phrase.end]]
    doubts = [
        phrase
        for phrase in spoken
        if phrase.kind is MatchKind.DOUBT
        and 1 in symptom_at[phrase.start : phrase.end]
        and not _LIKENS.fullmatch(phrase.value)
    ]
    asks_at = _marked(text, doubts)
    affirmed_at = _marked(text, [p for p in spoken if p.kind is MatchKind.NOT_NEGATION])
    cue_taken = _marked(text, [*whole, *doubts])
    kept = [
        replace(m, negated=False, doubtful=True)
        if _is_asked(m, asks_at, doubts, language)
        else replace(m, negated=False)
        if m.negated and 1 in affirmed_at[m.start : m.end]
        else m
        for m in symptoms
        if m not in swallowed
    ]
    others = [
        m for m in matches if m.kind is MatchKind.SEVERE or (m.kind is not MatchKind.SYMPTOM and not cue_taken[m.start])
    ]
    return tuple(sorted([*kept, *others, *whole], key=lambda m: (m.start, m.end)))


def _is_asked(match: Match, asks_at: bytearray, doubts: Sequence[Match], language: Language) -> bool:
    """The "could be" of "no way I could be pregnant" is part of an English denial that began before it."""
    if 1 not in asks_at[match.start : match.end]:
        return False
    inside = match.negated and language is Language.EN
    return not inside or any(doubt.start <= match.start < doubt.end for doubt in doubts)


def _without_its_s(phrase: Match, symptom_at: bytearray) -> Match:
    """The gone of "the cough's gone", where the 's is read as part of the finding's own word."""
    if (
        phrase.kind is not MatchKind.NEGATION_AFTER
        or not phrase.value.startswith("'s ")
        or not symptom_at[phrase.start]
    ):
        return phrase
    return replace(phrase, start=phrase.start + 3, value=phrase.value[3:])


def _marked(text: str, matches: Iterable[Match], asked: bool = True) -> bytearray:
    """One byte per character, 1 where a match stands; with `asked` the 痛不 of 痛不痛 reaches to its end."""
    marks = bytearray(len(text) + 1)
    for match in matches:
        end = match.end + len(match.value) - 1 if asked and _ASKS.fullmatch(match.value) else match.end
        marks[match.start : end] = b"\1" * (end - match.start)
    return marks


def _phrases_in(text: str, language: Language) -> list[Match]:
    return [
        Match(*phrase.span(part), kind, phrase[part])
        for phrase, kind in CUES[language].found(text)
        for part in _parts(phrase)
    ]


def _parts(phrase: re.Match[str]) -> tuple[int | str, ...]:
    """A phrase whose halves stand apart ("never ... without") is two: what stands between them is no part of it."""
    return ("cue", "second") if "second" in phrase.re.groupindex else (0,)


def phrases(text: str, language: Language) -> list[Match]:
    """The longest of the phrases at each place."""
    found = _phrases_in(text, language)
    if language is Language.ZH:
        close, place = squeezed(text)
        if close != text:
            found += [replace(m, start=place[m.start], end=place[m.end - 1] + 1) for m in _phrases_in(close, language)]
    found += [
        Match(time.start(), time.end(), MatchKind.PAST, time[0])
        for time in RECENTLY[language].finditer(text)
        if OTHERWISE_NOW[language].search(text, time.end(), time.end() + 60)
    ]
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[Match] = []
    for match in found:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept
