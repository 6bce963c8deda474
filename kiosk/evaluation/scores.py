"""Interviews to figures: one Scores per set of cases and part, and the trace of everything that went wrong."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.domain.assessment import Assessment
from kiosk.domain.findings import Findings, Status
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.evaluation.cases import Case, Kind
from kiosk.evaluation.interview import Clinic, Visit, interview
from kiosk.evaluation.measures import Agreement, Rate, Triage, calibration_error, rate

_ASKED = (Kind.CASES, Kind.SELF_REPORTS)
"""Kinds whose cases know answers; the others are judged by their words alone."""


@dataclass(slots=True)
class Scores:
    """What was counted over one set of cases."""

    cases: int = 0
    triage: Triage = field(default_factory=Triage)
    levels: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    departments: list[tuple[tuple[tuple[str, float], ...], frozenset[str]]] = field(default_factory=list)
    differentials: list[tuple[tuple[tuple[str, float], ...], frozenset[str]]] = field(default_factory=list)
    findings: dict[Status, Agreement] = field(default_factory=lambda: {status: Agreement() for status in Status})
    questions: list[int] = field(default_factory=list)
    step_seconds: list[float] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """Figures by name: a rate is {"value", "low", "high", "n"}, the rest numbers; what was not measured is out."""
        figures: dict[str, Any] = {"cases": self.cases}
        if self.triage.counts:
            figures |= {
                "emergency_sensitivity": _written(self.triage.emergency_sensitivity),
                "emergency_specificity": _written(self.triage.emergency_specificity),
                "three_way": _written(self.triage.accuracy),
                "under_triage": _written(self.triage.under),
                "over_triage": _written(self.triage.over),
                "level_defensible": _written(rate(given in allowed for given, allowed in self.levels)),
            }
        if self.departments:
            figures |= {f"department_{n}": _written(_among(self.departments, n)) for n in (1, 3)}
            figures["department_calibration_error"] = calibration_error(self.department_claims())
        if self.differentials:
            figures |= {f"differential_{n}": _written(_among(self.differentials, n)) for n in (1, 3, 5)}
        for status, agreement in self.findings.items():
            if agreement.f1 is not None:
                figures[f"{status.value}_f1"] = agreement.f1
                figures[f"{status.value}_precision"] = agreement.precision
                figures[f"{status.value}_recall"] = agreement.recall
        if self.questions:
            figures["questions_median"] = statistics.median(self.questions)
            figures["questions_most"] = max(self.questions)
        if self.step_seconds:
            ordered = sorted(self.step_seconds)
            figures["step_p50_ms"] = 1000 * ordered[len(ordered) // 2]
            figures["step_p99_ms"] = 1000 * ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]
        return figures

    def department_claims(self) -> list[tuple[float, bool]]:
        """The first department's score, and whether it was right."""
        return [(given[0][1], given[0][0] in wanted) for given, wanted in self.departments]


def _written(share: Rate) -> dict[str, float | int | None]:
    low, high = share.interval or (None, None)
    return {"value": share.value, "low": low, "high": high, "n": share.total}


def _among(ranked: Iterable[tuple[tuple[tuple[str, float], ...], frozenset[str]]], first: int) -> Rate:
    return rate(any(code in wanted for code, _ in given[:first]) for given, wanted in ranked)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One case that did not come out as expected, with everything needed to see why."""

    case: Case
    wrong: tuple[str, ...]
    trace: Mapping[str, Any]


def score(cases: Iterable[Case], clinic: Clinic, scores: Scores, vocabulary: frozenset[str]) -> Iterable[Mistake]:
    """Count every case into `scores`, yielding the mistakes.

    `vocabulary` are the findings that annotators of self-reports marked at all: others are no false positives there.
    """
    for case in cases:
        visit = interview(case, clinic, asking=case.kind in _ASKED)
        wrong = _count(case, visit, clinic.knowledge, scores, vocabulary)
        if wrong:
            yield Mistake(case, tuple(wrong), _trace(case, visit))


def _count(case: Case, visit: Visit, knowledge: KnowledgeBase, scores: Scores, vocabulary: frozenset[str]) -> list[str]:
    expected, given = case.expected, visit.assessment
    wrong: list[str] = []
    scores.cases += 1
    if expected.disposition is not None:
        scores.triage.add(expected.disposition, given.disposition)
        scores.levels.append((int(given.level), expected.levels))
        if given.disposition is not expected.disposition:
            wrong.append(f"{expected.disposition.value} became {given.disposition.value}")
        elif int(given.level) not in expected.levels:
            wrong.append(f"level {int(given.level)}, not {expected.levels}")
    if expected.departments:
        ranked = tuple((department.code, department.score) for department in given.departments)
        scores.departments.append((ranked, expected.departments))
        if ranked[0][0] not in expected.departments:
            wrong.append(f"department {ranked[0][0]}, not {sorted(expected.departments)}")
    if expected.conditions:
        likely = tuple((condition.code, condition.probability) for condition in given.conditions)
        scores.differentials.append((likely, expected.conditions))
        if not any(code in expected.conditions for code, _ in likely[:5]):
            wrong.append(f"{sorted(expected.conditions)} not among the first five")
    if expected.findings:
        wrong += _compare(case, visit.said, knowledge, scores.findings, vocabulary)
    if case.kind in _ASKED:
        scores.questions.append(len(visit.answers))
    scores.step_seconds += visit.step_seconds
    return wrong


def _compare(
    case: Case,
    said: Findings,
    knowledge: KnowledgeBase,
    agreements: dict[Status, Agreement],
    vocabulary: frozenset[str],
) -> list[str]:
    """A finding agrees with what was annotated when it is the same, a special case of it, or its general form."""
    wrong: list[str] = []
    for status, wanted in case.expected.findings.items():
        named = {code for code, finding in said.items() if finding.status is status}
        matched: set[str] = set()
        for alternatives in wanted:
            relatives = {code for code in named if related(code, alternatives, knowledge)}
            matched |= relatives
            agreements[status].found += bool(relatives)
            agreements[status].missed += not relatives
            if not relatives:
                wrong.append(f"missed {status.value}: {'/'.join(sorted(alternatives))}")
        for code in sorted(named - matched):
            if case.kind is Kind.SELF_REPORTS and code not in vocabulary:
                continue
            if case.kind is not Kind.CASES:
                agreements[status].extra += 1
                wrong.append(f"extra {status.value}: {code}")
    return wrong


def related(code: str, alternatives: frozenset[str], knowledge: KnowledgeBase) -> bool:
    """True when a code is one of the alternatives, a special case of one, or its general form."""
    return (
        code in alternatives
        or not alternatives.isdisjoint(knowledge.implied.get(code, ()))
        or any(code in knowledge.implied.get(other, ()) for other in alternatives)
    )


def _trace(case: Case, visit: Visit) -> dict[str, Any]:
    return {
        "patient": [visit.patient.age, visit.patient.sex, visit.patient.pregnant],
        "findings": {f.code: f"{f.status.value}: {f.text}" for f in visit.said.values()},
        "first": _summary(visit.first),
        "asked": {code: status.value for code, status in visit.answers.items()},
        "last": _summary(visit.assessment),
    }


def _summary(assessment: Assessment) -> dict[str, Any]:
    return {
        "level": int(assessment.level),
        "disposition": assessment.disposition.value,
        "rules": [rule.rule for rule in assessment.red_flags],
        "staff_check": assessment.staff_check,
        "departments": [f"{d.code} {d.score:.2f}" for d in assessment.departments],
        "conditions": [f"{c.code} {c.probability:.2f}" for c in assessment.conditions[:5]],
    }
