"""The longest questions of the real content as screen states: what a small clinic made by hand does not show."""

from __future__ import annotations

from dataclasses import replace

from kiosk import paths
from kiosk.adapters.knowledge import load_knowledge
from kiosk.domain.knowledge import Symptom
from kiosk.domain.language import Language
from kiosk.domain.visit import Screen
from kiosk.gallery.clinic import CLINIC
from kiosk.gallery.states import ScreenState
from kiosk.ui.viewmodels.phrasing import width

COUNT = 3


def longest_questions(count: int = COUNT) -> tuple[ScreenState, ...]:
    """The widest questions and hints in each language; raises AssetError."""
    knowledge = load_knowledge(paths.assets() / "knowledge")
    asked = list(knowledge.symptoms.values())
    codes: dict[str, None] = {}
    for language in Language:
        for symptom in sorted(asked, key=lambda symptom: _width(symptom, language), reverse=True)[:count]:
            codes[symptom.code] = None
    real = replace(CLINIC, knowledge=knowledge)
    return tuple(ScreenState(f"question-{code}", Screen.QUESTION, {"clinic": real, "question": code}) for code in codes)


def _width(symptom: Symptom, language: Language) -> int:
    hint = symptom.hint.in_language(language) if symptom.hint else ""
    return width(symptom.question.in_language(language)) + width(hint)
