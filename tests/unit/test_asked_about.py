"""Which illnesses a question is about."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kiosk.adapters.knowledge import load_knowledge
from kiosk.adapters.lexicon import build_matcher
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import language_of
from kiosk.domain.matching import Matcher
from kiosk.domain.understanding import understand


@cache
def content() -> tuple[KnowledgeBase, Matcher]:
    knowledge = load_knowledge(Path(__file__).parents[2] / "assets" / "knowledge")
    return knowledge, build_matcher(knowledge)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("高血压能喝咖啡吗？最近膝盖疼。", {"hypertension_history"}),
        ("我有高血压，膝盖疼怎么办？", set()),
        ("我有糖尿病。糖尿病会不会脚麻", {"diabetes_history"}),
        ("有癫痫，昨天头疼", set()),
        ("Can I drink coffee with high blood pressure? My knee hurts.", {"hypertension_history"}),
        ("I have high blood pressure, what helps for a sore knee?", set()),
    ],
)
def test_an_illness_is_asked_about_in_its_own_clause(text: str, asked: set[str]) -> None:
    found = understand(text, language_of(text), *content())
    assert {finding.code for finding in found if finding.asked_about} == asked
