"""Which illnesses a patient asks about: what a question is about leads the visit, what is told by the way does not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kiosk.domain.clause_patterns import BREAKS
from kiosk.domain.findings import Finding
from kiosk.domain.knowledge import Symptom, SymptomKind
from kiosk.domain.language import Language
from kiosk.domain.matching import folded

_QUESTION = {
    Language.ZH: re.compile(
        r"[?？吗么呢]|怎[么样]|什么|如何|哪|咋|几[天年个次]|多久|多长|是不是|有没有|"
        r"可以|能否|能不能|会不会|要不要|可不可以|是否|严重不|好不好"
    ),
    Language.EN: re.compile(
        r"\?|\b(?:what|which|why|how (?:do|does|can|should|long|bad|serious|is|to)|where (?:do|can|should)|"
        r"should i|can i|could i|can you|could you|may i|do i|is it|is my|does (?:it|my)|will it|would it|any way to)\b"
    ),
}


def with_questions(
    findings: dict[str, Finding], plain: str, language: Language, symptoms: Mapping[str, Symptom]
) -> dict[str, Finding]:
    """The findings, with `asked_about` set for illnesses that stand in a clause of `plain` with a question in it."""
    asked = _clauses_that_ask(plain, language)
    if not asked:
        return findings
    return {
        code: replace(finding, asked_about=True)
        if symptoms[code].kind is SymptomKind.HISTORY and finding.text and folded(finding.text) in asked
        else finding
        for code, finding in findings.items()
    }


def _clauses_that_ask(plain: str, language: Language) -> str:
    asked = []
    start = 0
    for end in BREAKS.finditer(plain):
        # A question mark belongs to the clause that it ends.
        asked.append(plain[start : end.end()])
        start = end.end()
    asked.append(plain[start:])
    return "\n".join(clause for clause in asked if _QUESTION[language].search(clause))
