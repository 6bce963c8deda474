"""Denials that share the word of a complaint between places: "neither my ankle nor my knee hurts", 疼的是脖子不是肩膀.

The place that is denied stands without the complaint's own word; put beside it, the two are looked up like any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from kiosk.domain.language import Language
from kiosk.domain.matching import Match, Matcher, MatchKind

_OWNER = r"(?:my|his|her|the|their|your) "
_PLACE = r"(?:(?:left|right|upper|lower) )?[a-z]{3,12}"
_HURTS = r"(?:hurts?|hurting|aches?|aching|painful|sore|pains?)"

_EN_BOTH_DENIED = re.compile(
    rf"\bneither (?:{_OWNER})?(?P<place>{_PLACE}) n?or (?:{_OWNER})?{_PLACE} (?P<word>(?:(?:is|are|feels?|"
    rf"looks?) )?[a-z]{{3,12}})"
)
_EN_NOR_IN = re.compile(
    rf"\b(?P<word>[a-z]{{3,12}}) in (?:{_OWNER})?{_PLACE},? (?:n?or|and not|but not|"
    rf"not) in (?:{_OWNER})?(?P<place>{_PLACE})"
)
_EN_NEITHER_OF_TWO = re.compile(
    r"\b(?P<place>eyes?|ears?|legs?|knees?|ankles?|feet|hands?|wrists?|breasts?|shoulders?)\b[^;!?]{0,60}?"
    r"\bneither(?: of them| one)? (?:is|are|feels?|looks?) (?P<word>[a-z]{3,12})"
    r"(?:,? (?:and|or) neither(?: of them| one)? (?:is|are|feels?|looks?) (?P<word2>[a-z]{3,12}))?"
)
_EN_NOT_MY = re.compile(
    rf"\b(?P<word>{_HURTS})\b[^.;!?]{{0,30}}?(?:\bit'?s|\bthat'?s|"
    rf",) not (?:in )?{_OWNER}(?P<place>{_PLACE})(?= *(?:$|[.,;!?]))"
)
_EN_BUT_NOT = re.compile(
    rf"\b(?P<word>swollen|sore|red|itchy|numb|painful|hurts?|hurting|aching|aches?|blocked)\b[^.;!?]{{0,25}}?(?:,|"
    rf"\bbut\b|\band\b) ?"
    rf"(?:but |and )?{_OWNER}(?P<place>{_PLACE}) (?:isn't|aren't|is not|are not|doesn't|don't)(?= *(?:$|[.,;!?]|and\b))"
)
_ZH_NOT_THAT = re.compile(
    r"(?P<word>[疼痛痒麻肿酸])的?是[^，,。；;是]{1,8}[，,]?不是(?P<place>[\u4e00-\u9fff]{1,4})(?=[，,。；;！!？?\s]|$)"
)
_ZH_ELSEWHERE = re.compile(
    r"(?P<word>[疼痛痒麻肿酸])[了得啊呀]?[，,](?:又|也|倒|并)?不是(?P<place>[\u4e00-\u9fff]{1,4})(?=[，,。；;！!？?\s]|$)"
)
_ZH_ALL_BUT = re.compile(
    r"除了(?P<place>[\u4e00-\u9fff]{1,3})[，,]?(?:别处|别的地方|其他地方|其它地方|哪儿|哪里)(?:都|也)*(?:不|没)(?P<word>[疼痛痒麻肿])"
)
"""The one place that is left of it: 除了脚，别处都不肿."""
_SHARED = {
    Language.EN: (_EN_BOTH_DENIED, _EN_NOR_IN, _EN_NEITHER_OF_TWO, _EN_NOT_MY, _EN_BUT_NOT),
    Language.ZH: (_ZH_NOT_THAT, _ZH_ELSEWHERE),
}
_MAY_SHARE = {
    Language.EN: (
        "neither",
        "nor in",
        "not in",
        "s not my",
        ", not ",
        " isn't",
        " aren't",
        " is not",
        " are not",
        " doesn't",
        " don't",
    ),
    Language.ZH: ("不是", "除了"),
}

_MOST = 8
"""A text that says more of one kind is no patient's."""


def with_shared_words(text: str, language: Language, matches: tuple[Match, ...], match: Matcher) -> tuple[Match, ...]:
    """`matches` by place with the denied findings of places that share their complaint's word with others."""
    if not any(words in text for words in _MAY_SHARE[language]):
        return matches
    denied = [*_denied(text, language, match), *(_left(text, match) if language is Language.ZH else ())]
    return tuple(sorted([*matches, *denied], key=lambda m: (m.start, m.end))) if denied else matches


def _denied(text: str, language: Language, match: Matcher) -> Iterator[Match]:
    for words in _SHARED[language]:
        for found in islice(words.finditer(text), _MOST):
            start, end = found.span("place")
            for part in ("word", "word2"):
                if found.groupdict().get(part):
                    for code in sorted(_named(found["place"], found[part], language, match)):
                        yield Match(start, end, MatchKind.SYMPTOM, code, negated=True)


def _left(text: str, match: Matcher) -> Iterator[Match]:
    for found in islice(_ZH_ALL_BUT.finditer(text), _MOST):
        for code in sorted(_named(found["place"], found["word"], Language.ZH, match)):
            yield Match(*found.span("place"), MatchKind.SYMPTOM, code)


def _named(place: str, word: str, language: Language, match: Matcher) -> set[str]:
    """The findings that both words make together and neither alone."""
    alone = {found.value for found in match(word, language)}
    told = f"{place}{word}" if language is Language.ZH else f"my {place} {word if ' ' in word else _said(word)}"
    return {
        found.value
        for found in match(told, language)
        if found.kind is MatchKind.SYMPTOM and not (found.negated or found.doubtful) and found.value not in alone
    }


def _said(word: str) -> str:
    return word if re.fullmatch(_HURTS, word) and word.startswith(("hurt", "ache")) else f"is {word}"
