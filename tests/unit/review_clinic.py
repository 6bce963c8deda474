"""The clinic of the reasoning tests and the shipped content, as the tests of the clinical review change them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

from kiosk import paths
from kiosk.domain.knowledge import (
    Applies,
    Cues,
    FirstQuestions,
    KnowledgeBase,
    RedFlag,
)
from kiosk.domain.language import Language
from kiosk.knowledge_review.content import Content, load_content
from kiosk.knowledge_review.lint import lint
from kiosk.knowledge_review.problems import Report
from tests.unit.triage_clinic import KNOWLEDGE, REVIEW

NO_CUES = Cues((), (), (), (), (), (), (), {})

Change = Callable[[KnowledgeBase], KnowledgeBase]


_ICD10 = {"influenza": "J11", "angina": "I20", "eczema": "L20"}
BASE = replace(
    KNOWLEDGE,
    conditions={
        code: replace(condition, icd10=_ICD10.get(code, f"R{number}"), self_limiting=False)
        for number, (code, condition) in enumerate(KNOWLEDGE.conditions.items(), start=10)
    },
)
"""The clinic of the reasoning tests with a code of its own for every condition."""


@lru_cache(maxsize=1)
def shipped() -> Content:
    return load_content(paths.assets())


@lru_cache(maxsize=1)
def shipped_report() -> Report:
    return lint(shipped())


def content(base: KnowledgeBase = BASE) -> Content:
    return Content(base, icons=frozenset({"question", "bone"}), version="v1")


def with_condition(code: str, **changes: object) -> Change:
    def change(base: KnowledgeBase) -> KnowledgeBase:
        changed = replace(base.conditions[code], **changes)  # type: ignore[arg-type]
        return replace(base, conditions={**base.conditions, code: changed})

    return change


def with_first_questions(first: Applies, late: Applies) -> Change:
    """Two lists of questions about a rash, both asking about vaginal bleeding."""

    def change(base: KnowledgeBase) -> KnowledgeBase:
        names = {"first": first, "late": late}
        lists = (FirstQuestions(n, "rash", ("vaginal_bleeding",), who, REVIEW) for n, who in names.items())
        return replace(base, first_questions=tuple(lists))

    return change


def with_symptom(code: str, **changes: object) -> Change:
    def change(base: KnowledgeBase) -> KnowledgeBase:
        changed = replace(base.symptoms[code], **changes)  # type: ignore[arg-type]
        return replace(base, symptoms={**base.symptoms, code: changed})

    return change


def with_forms(code: str, **forms: tuple[str, ...]) -> Change:
    return with_symptom(code, forms={language: forms.get(language.value, (code,)) for language in Language})


def with_cues(language: Language, **cues: tuple[str, ...]) -> Change:
    return lambda base: replace(base, cues={language: replace(NO_CUES, **cues)})


def with_rule(rule: RedFlag) -> Change:
    return lambda base: replace(base, red_flags=(*base.red_flags, rule))


def with_routing(**changes: object) -> Change:
    return lambda base: replace(base, routing=replace(base.routing, **changes))  # type: ignore[arg-type]


def all_of(*changes: Change) -> Change:
    def change(base: KnowledgeBase) -> KnowledgeBase:
        for each in changes:
            base = each(base)
        return base

    return change


def likelihood(code: str, **changes: float) -> Mapping[str, float]:
    return {**BASE.conditions[code].likelihood, **changes}
