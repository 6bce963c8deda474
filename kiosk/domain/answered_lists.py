"""Answers without a sentence: "cough yes fever no headache yes", 发烧否，咳嗽是. Each stands behind its finding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kiosk.domain.language import Language
from kiosk.domain.matching import Match, MatchKind

_YES = {Language.ZH: "是|有", Language.EN: "yes|yeah|yep|present|positive"}
_NO = {Language.ZH: "没有|没|无|否|不", Language.EN: "no|nope|none|nil|absent|negative"}
_ANSWER = {
    Language.ZH: re.compile(rf"[\s:：]*(?:(?P<yes>{_YES[Language.ZH]})|{_NO[Language.ZH]})的?"),
    Language.EN: re.compile(rf"[\s:=–-]*\b(?:(?P<yes>{_YES[Language.EN]})|{_NO[Language.EN]})\b"),
}
_BETWEEN = re.compile(r"[\s，,、。；;.]*(?:and )?")
_ANSWERED_BEFORE = re.compile(r"\b(?:yes|no|not|any|without|or)\b[\s:,-]*$|[没无不有][，,\s]*$")
_ENDS = re.compile(r"\s*(?:[，,。；;！!]|$)")
_SEPARATED = re.compile(r"[，,、。；;！!\s]|$")
_NEGATION_INSIDE = re.compile(r"没\s*有?\s*|无|不")
_SHORTLY = 12
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Slot:
    """Findings told by the same words, from `start` to `end`, and their answer."""

    findings: tuple[Match, ...]
    start: int
    end: int
    answered: int
    is_yes: bool


def with_answers(text: str, language: Language, matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """`matches` by place, with a run of answered findings settled, and without the words of the answers.

    A run has two or more findings, each with an answer right behind it and nothing between it and the next; without
    a "yes" in it, it is no more than a list of denials ("fever no cough").
    """
    settled: dict[Match, bool] = {}
    answers = bytearray(len(text) + 1)
    for run in _runs(text, language, matches):
        if len(run) < _FEWEST or not (any(slot.is_yes for slot in run) or _ends_with_answer(text, language, run)):
            continue
        if _ANSWERED_BEFORE.search(text, max(0, run[0].start - _SHORTLY), run[0].start):
            continue
        for slot in run:
            settled.update((finding, slot.is_yes) for finding in slot.findings)
            answers[slot.end : slot.answered] = b"\1" * (slot.answered - slot.end)
    if not settled:
        return matches
    settled = {match: is_yes for match, is_yes in settled.items() if is_yes or not match.negated}
    return tuple(
        replace(match, negated=not settled[match], doubtful=False) if match in settled else match
        for match in matches
        if match.kind is MatchKind.SYMPTOM or not answers[match.start]
    )


def _ends_with_answer(text: str, language: Language, run: list[_Slot]) -> bool:
    """发烧没有咳嗽没有: in Chinese a list that begins with a finding and ends with 没有 has each answer behind it."""
    return language is Language.ZH and _ENDS.match(text, run[-1].answered) is not None


def _runs(text: str, language: Language, matches: tuple[Match, ...]) -> Iterator[list[_Slot]]:
    run: list[_Slot] = []
    for slot in _slots(text, language, matches):
        if run and not _BETWEEN.fullmatch(text, run[-1].answered, max(run[-1].answered, slot.start)):
            yield run
            run = []
        run.append(slot)
    yield run


def _slots(text: str, language: Language, matches: tuple[Match, ...]) -> Iterator[_Slot]:
    by_end: dict[int, list[Match]] = {}
    for match in matches:
        if match.kind is MatchKind.SYMPTOM and (not match.negated or language is Language.ZH):
            by_end.setdefault(match.end, []).append(match)
    starts = {match.start for match in matches if match.kind is MatchKind.SYMPTOM}
    for end in sorted(by_end):
        answer = _ANSWER[language].match(text, end)
        if answer is not None and (
            language is Language.EN
            or _SEPARATED.match(text, answer.end())
            or not starts.isdisjoint((answer.end(), answer.end() - 1))
        ):
            start = min(match.start for match in by_end[end])
            inside = _NEGATION_INSIDE.match(text, start, end) if language is Language.ZH else None
            start = inside.end() if inside else start
            yield _Slot(tuple(by_end[end]), start, end, answer.end(), answer["yes"] is not None)
