"""Conditions: codes, priors, likelihoods, doors, seasons, and the dangers that must be kept in mind beside them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from kiosk.domain.knowledge import Condition, Level
from kiosk.knowledge_review.catching import overlap
from kiosk.knowledge_review.content import Content, Kind
from kiosk.knowledge_review.problems import Problem, Severity

_ICD10 = re.compile(r"[A-Z][0-9]{2}(\.[0-9]{1,2})?")
_NATIONAL_ICD10 = re.compile(r"[A-Z][0-9]{2}\.[0-9]{1,2}[0-9xX]{0,4}")
_FEWEST_FINDINGS = 4
_SUM_OF_PRIORS = (0.9, 1.1)
_PRIORS = (1e-6, 0.05)
_LARGEST_URGENT_PRIOR = 0.003
_ALWAYS_OPEN_SHARE = 0.5

SEASONAL = (
    "A00 A03 A05 A08 A09 A37 A38 A83 A90 A97 B01 B05 B08.4 B26 H10.1 J00 J05 J06 J09 J10 J11 J12 J18 J20 J21 J30 L55 "
    "T33 T34 T58 T63 T67 T68 T69 T75.1"
)
"""ICD-10 prefixes of illnesses whose numbers follow the season in China (notifiable-disease reports, general
clinical knowledge): gut and airway infections, hay fever, heat, cold, stings, coal gas."""
_SEASONAL = tuple(SEASONAL.split())


def _problem(content: Content, condition: Condition, severity: Severity, check: str, field: str, text: str) -> Problem:
    return Problem(severity, check, content.file(Kind.CONDITION, condition.code), condition.code, field, text)


def _codes(content: Content) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for condition in content.base.conditions.values():
        if _ICD10.fullmatch(condition.icd10):
            pass
        elif _NATIONAL_ICD10.fullmatch(condition.icd10):
            text = f"{condition.icd10} is longer than the WHO's codes: a national extension that others may not know"
            yield _problem(content, condition, Severity.WARNING, "icd10-national", "icd10", text)
        else:
            text = f"{condition.icd10!r} is no ICD-10 code such as I21 or I20.0"
            yield _problem(content, condition, Severity.ERROR, "icd10-format", "icd10", text)
        other = first.setdefault(condition.icd10, condition.code)
        if other != condition.code:
            text = f"{condition.icd10} is used by {other} already"
            yield _problem(content, condition, Severity.WARNING, "icd10-twice", "icd10", text)


def _few_findings(content: Content) -> Iterator[Problem]:
    for condition in content.base.conditions.values():
        if len(condition.likelihood) < _FEWEST_FINDINGS:
            text = f"{len(condition.likelihood)} findings do not tell it from others; {_FEWEST_FINDINGS} are the least"
            yield _problem(content, condition, Severity.WARNING, "few-findings", "likelihood", text)


def _likelihoods(content: Content) -> Iterator[Problem]:
    symptoms = content.base.symptoms
    for condition in content.base.conditions.values():
        for code, p in condition.likelihood.items():
            field = f"likelihood.{code}"
            background = symptoms[code].background
            if p < background:
                text = f"{p:g} is below the {background:g} of people without any condition that lists it"
                yield _problem(content, condition, Severity.WARNING, "likelihood-low", field, text)
            for parent in symptoms[code].implies:
                if condition.likelihood.get(parent, 1.0) < p:
                    text = f"{p:g}, but {parent}, which it implies, has only {condition.likelihood[parent]:g}"
                    yield _problem(content, condition, Severity.ERROR, "likelihood-implied", field, text)


def _strangers(content: Content) -> Iterator[Problem]:
    """Findings and doors that cannot apply to any patient with the condition."""
    base = content.base
    for condition in base.conditions.values():
        for code in (*condition.likelihood, *condition.worse_with):
            if not overlap(condition.applies, base.symptoms[code].applies):
                text = "sex or age excludes it in every patient with this condition"
                yield _problem(content, condition, Severity.ERROR, "finding-excluded", f"likelihood.{code}", text)
        for code in condition.departments:
            if not overlap(condition.applies, base.departments[code].applies):
                text = "takes none of the patients with this condition"
                yield _problem(content, condition, Severity.ERROR, "door-closed", f"departments.{code}", text)


def _doors(content: Content) -> Iterator[Problem]:
    base = content.base
    always_open = {base.routing.obstetrics, *(d.code for d in base.departments.values() if d.emergency)}
    for condition in base.conditions.values():
        total = sum(condition.departments.values())
        if not math.isclose(total, 1, abs_tol=0.005):
            text = f"the weights make {total:g}, not 1"
            yield _problem(content, condition, Severity.WARNING, "door-sum", "departments", text)
        share = sum(weight for code, weight in condition.departments.items() if code in always_open)
        if condition.level is Level.I and share < _ALWAYS_OPEN_SHARE * total:
            text = f"level I, but only {share / total:.0%} goes to a door that is open day and night"
            yield _problem(content, condition, Severity.ERROR, "door-level-one", "departments", text)


def _priors(content: Content) -> Iterator[Problem]:
    conditions = content.base.conditions.values()
    total = sum(condition.prior for condition in conditions)
    low, high = _SUM_OF_PRIORS
    if conditions and not low <= total <= high:
        text = f"all priors make {total:.3f} of the lobby's visits, outside {low} to {high}"
        yield Problem(Severity.WARNING, "prior-sum", "conditions/", "all", "prior", text)
    least, most = _PRIORS
    for condition in conditions:
        one_in = f"one visit in {1 / condition.prior:,.0f}"
        if not least <= condition.prior <= most:
            text = f"{condition.prior:g} is {one_in}: outside one in {1 / most:,.0f} to one in {1 / least:,.0f}"
            yield _problem(content, condition, Severity.WARNING, "prior-outlier", "prior", text)
        elif condition.level <= Level.II and condition.prior > _LARGEST_URGENT_PRIOR:
            text = f"{condition.prior:g} is {one_in}: more than a lobby sees of level {condition.level.name}"
            yield _problem(content, condition, Severity.WARNING, "prior-outlier", "prior", text)


def _beside(content: Content) -> Iterator[Problem]:
    conditions = content.base.conditions
    for condition in conditions.values():
        if condition.level is Level.IV and not condition.self_limiting and not condition.beside:
            text = "level IV and not self-limiting: which dangerous condition looks like it?"
            yield _problem(content, condition, Severity.WARNING, "beside-missing", "beside", text)
        elif condition.beside and all(conditions[code].level is Level.IV for code in condition.beside):
            text = f"{', '.join(condition.beside)}: none of them is urgent; is a dangerous one missing?"
            yield _problem(content, condition, Severity.NOTE, "beside-harmless", "beside", text)


def _self_limiting(content: Content) -> Iterator[Problem]:
    for condition in content.base.conditions.values():
        if condition.self_limiting and condition.level <= Level.III:
            severity = Severity.ERROR if condition.level <= Level.II else Severity.WARNING
            text = f"level {condition.level.name} cannot be left to pass by itself"
            yield _problem(content, condition, severity, "self-limiting-urgent", "self_limiting", text)


def _seasons(content: Content) -> Iterator[Problem]:
    for condition in content.base.conditions.values():
        if condition.icd10.startswith(_SEASONAL) and not condition.month_factors:
            text = f"{condition.icd10} follows the season, but names none"
            yield _problem(content, condition, Severity.WARNING, "season-missing", "month_factors", text)


def _overlapping_bands(content: Content) -> Iterator[Problem]:
    """Factors multiply, so that two bands for one age or month would count twice."""
    for condition in content.base.conditions.values():
        ages = [set(range(low, high + 1)) for low, high, _ in condition.age_factors]
        months = [_months(first, last) for first, last, _ in condition.month_factors]
        for field, bands in (("age_factors", ages), ("month_factors", months)):
            if len(set().union(*bands)) < sum(map(len, bands)):
                text = "two bands overlap, and both factors would count"
                yield _problem(content, condition, Severity.WARNING, "bands-overlap", field, text)


def _months(first: int, last: int) -> set[int]:
    if first <= last:
        return set(range(first, last + 1))
    return {*range(first, 13), *range(1, last + 1)}


def _sources(content: Content) -> Iterator[Problem]:
    for kind, code, review in content.reviews():
        if review.state != "draft" and review.source.lower().startswith("general"):
            text = f"{review.state}, but its source is {review.source!r}: name the guideline or the colleague"
            yield Problem(Severity.WARNING, "source-unnamed", content.file(kind, code), code, "review.source", text)


CHECKS = (
    _codes,
    _few_findings,
    _likelihoods,
    _strangers,
    _doors,
    _priors,
    _beside,
    _self_limiting,
    _seasons,
    _overlapping_bands,
    _sources,
)
