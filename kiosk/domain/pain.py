"""How strong a pain is, from 0 (none) to 10 (the worst): when to ask, and what an answer tells."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.prepared import Prepared, prepared

SEVERE_PAIN = "severe_pain"
WORST = 10
SEVERE_FROM = 7
"""From here on a pain is severe (Chinese emergency triage consensus 2018, numeric rating scale 7 to 10)."""

NUMBERS_FROM_AGE = 8
"""Younger children point at a face; from this age most can give a number."""

_NOT_SAID = Finding(SEVERE_PAIN, Status.UNSURE, Source.MODEL)


def is_pain(code: str) -> bool:
    return code.endswith(("pain", "ache")) and code != SEVERE_PAIN


def pains(knowledge: KnowledgeBase, findings: Findings) -> tuple[str, ...]:
    """Findings said to be present that are a pain or a kind of one."""
    tables = prepared(knowledge)
    return tuple(code for code in findings.present() if _hurts(code, tables))


def wants_strength(knowledge: KnowledgeBase, findings: Findings, asked: Collection[str]) -> bool:
    """True when somebody is in pain, nobody knows how strong it is, and it has not been asked yet."""
    if SEVERE_PAIN not in knowledge.symptoms or SEVERE_PAIN in asked:
        return False
    if findings.status(SEVERE_PAIN) is Status.PRESENT:
        return False
    tables = prepared(knowledge)
    present = pains(knowledge, findings)
    measured = {code for code in present if findings[code].severity is not None}
    told = frozenset().union(*(_kinds(code, tables) for code in measured))
    return any(told.isdisjoint(_kinds(code, tables)) for code in present)


def scored(
    knowledge: KnowledgeBase, findings: Findings, score: int | None, corrected: Collection[str] = ()
) -> tuple[Findings, tuple[str, ...]]:
    """The findings with the answer, None for "no idea", and the pains that got it.

    A strength that the words told stays as it is, and so does a severe pain that somebody spoke of: the scale adds to
    what is known. Only `corrected`, the pains that an earlier answer on the scale set, follow the new answer. Below
    severe nothing is denied: a moderate pain makes no illness unlikely.
    """
    codes = tuple(c for c in pains(knowledge, findings) if c in corrected or findings[c].severity is None)
    changed = [replace(findings[code], severity=score) for code in codes]
    if findings.get(SEVERE_PAIN, _NOT_SAID).source is Source.ANSWER:
        findings = findings.without([SEVERE_PAIN])
    if score is None or score >= SEVERE_FROM:
        status = Status.UNSURE if score is None else Status.PRESENT
        if findings.status(SEVERE_PAIN) is not Status.PRESENT:
            changed.append(Finding(SEVERE_PAIN, status, Source.ANSWER))
    return findings.merged(changed), codes


def _hurts(code: str, tables: Prepared) -> bool:
    return bool(_kinds(code, tables))


def _kinds(code: str, tables: Prepared) -> frozenset[str]:
    """The pains that a finding is: itself and what it implies."""
    return frozenset(filter(is_pain, (code, *tables.implied.get(code, ()))))
