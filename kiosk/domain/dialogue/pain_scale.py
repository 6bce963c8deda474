"""The one question that is answered with a number or a face: how strong the pain is."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain import pain
from kiosk.domain.knowledge import Level
from kiosk.domain.language import Language
from kiosk.domain.visit import State

_ZH_NUMBERS = "零一二三四五六七八九十"
_EN_NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]

SCORE_PHRASES: dict[Language, dict[str, int | None]] = {
    Language.ZH: {
        **{number: score for score, number in enumerate(_ZH_NUMBERS)},
        **{f"{number}分": score for score, number in enumerate(_ZH_NUMBERS)},
        "两分": 2,
        "不疼": 0,
        "不清楚": None,
        "不知道": None,
    },
    Language.EN: {
        **{number: score for score, number in enumerate(_EN_NUMBERS)},
        "no pain": 0,
        "not sure": None,
        "i do not know": None,
    },
}


def comes_next(state: State) -> bool:
    """True when the strength of a pain is the next thing to ask: before the other questions, never in an emergency."""
    if state.assessment is None or state.assessment.level <= Level.II or len(state.asked) >= state.clinic.max_questions:
        return False
    return pain.wants_strength(state.clinic.knowledge, state.findings, state.asked)


def is_shown(state: State) -> bool:
    """True while the question on the screen is answered on the scale; without a pain it is a plain yes or no."""
    return state.question == pain.SEVERE_PAIN and bool(pain.pains(state.clinic.knowledge, state.findings))


def answered(state: State, score: int | None) -> State:
    findings, codes = pain.scored(state.clinic.knowledge, state.findings, score, state.pains_scored)
    return replace(state, findings=findings, pain_score=score, pains_scored=codes, input_problem="")
