"""Red-flag rules: those without a door, those that cannot fire, and dangers that no rule can see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.domain.knowledge import (
    AllOf,
    AnyOf,
    Applies,
    AtLeast,
    Condition,
    KnowledgeBase,
    Level,
    Not,
    PatientIs,
    Present,
    RedFlag,
    Rule,
)
from kiosk.domain.patient import Sex
from kiosk.knowledge_review.catching import USUAL, catching, caught_share, overlap
from kiosk.knowledge_review.content import Content, Kind
from kiosk.knowledge_review.problems import Problem, Severity

_TO_THE_PATIENT = re.compile(r"[您你请]|\b(?:you|your|please)\b", re.IGNORECASE)
_RARE = 0.03
_LEAST_CAUGHT = 0.9


def _without_department(content: Content) -> Iterator[Problem]:
    for flag in content.base.red_flags:
        if flag.department is None:
            yield _of(content, flag, Severity.WARNING, "rule-department", "department", "names no department")


def _reasons_for_staff(content: Content) -> Iterator[Problem]:
    """A red flag's reason goes to the desk, the record and the hospital's system; it must not speak to the patient."""
    for flag in content.base.red_flags:
        for language, text in (("zh", flag.reason.zh), ("en", flag.reason.en)):
            found = _TO_THE_PATIENT.search(text)
            if found is not None:
                problem = f"{found.group()!r} speaks to the patient, but the reason is for staff only"
                yield _of(content, flag, Severity.WARNING, "rule-reason", f"reason.{language}", problem)


def _never_fires(content: Content) -> Iterator[Problem]:
    for flag in content.base.red_flags:
        if not _possible(flag.when, content.base, Applies()):
            text = "no patient can have all of this: sex or ages exclude each other"
            yield _of(content, flag, Severity.ERROR, "rule-never-fires", "when", text)


def _possible(rule: Rule, base: KnowledgeBase, who: Applies) -> bool:
    """True when some patient within `who` can fulfil the rule, findings' own sex and ages included."""
    match rule:
        case AllOf(parts):
            narrowed = who
            for part in parts:
                limits = _limits(part, base)
                if not overlap(narrowed, limits):
                    return False
                narrowed = _both(narrowed, limits)
            return all(_possible(part, base, narrowed) for part in parts)
        case AnyOf(parts):
            return any(_possible(part, base, who) for part in parts)
        case AtLeast(count, parts):
            return sum(_possible(part, base, who) for part in parts) >= count
        case _:
            return overlap(who, _limits(rule, base))


def _limits(rule: Rule, base: KnowledgeBase) -> Applies:
    """To whom a single condition of a rule can apply; Applies() for anything compound."""
    match rule:
        case Present(code):
            # Findings that the loader derives from illnesses' names are no entries of their own.
            return base.symptoms[code].applies if code in base.symptoms else Applies()
        case PatientIs():
            sex = Sex.FEMALE if rule.pregnant else rule.sex
            return Applies(sex, rule.age_min, rule.age_max if rule.days_max is None else rule.days_max // 365)
        case _:
            return Applies()


def _both(one: Applies, other: Applies) -> Applies:
    youngest = max((age for age in (one.age_min, other.age_min) if age is not None), default=None)
    oldest = min((age for age in (one.age_max, other.age_max) if age is not None), default=None)
    return Applies(one.sex or other.sex, youngest, oldest)


def _needs_denial(content: Content) -> Iterator[Problem]:
    """Unknown is neither yes nor no: a rule that needs a denial is silent until somebody asked."""
    for flag in content.base.red_flags:
        denied = sorted(set(_needed_denials(flag.when)))
        if denied:
            text = f"fires only after {', '.join(denied)} was denied; until somebody asks, it is silent"
            yield _of(content, flag, Severity.WARNING, "rule-needs-denial", "when", text)


def _needed_denials(rule: Rule) -> Iterator[str]:
    match rule:
        case Not(Present(code)):
            yield code
        case AllOf(parts):
            for part in parts:
                yield from _needed_denials(part)
        case AnyOf(parts) if all(any(_needed_denials(part)) for part in parts):
            for part in parts:
                yield from _needed_denials(part)
        case _:
            return


def _dangers_missed(content: Content) -> Iterator[Problem]:
    """Only a rule can make an emergency: a dangerous condition that no rule sees would leave with level III."""
    base = content.base
    for condition in base.conditions.values():
        if condition.level > Level.II:
            continue
        file, level = content.file(Kind.CONDITION, condition.code), condition.level.name
        if not catching(base, condition):
            text = (
                f"level {level}, but no red flag can catch it from findings that {USUAL:.0%} of its patients have; "
                + _rarer(base, condition)
            )
            yield Problem(Severity.WARNING, "danger-not-caught", file, condition.code, "likelihood", text)
            continue
        share = caught_share(base, condition)
        if share < _LEAST_CAUGHT:
            text = f"level {level}, but red flags can catch at most {share:.0%} of its patients from their findings"
            yield Problem(Severity.WARNING, "danger-slips-through", file, condition.code, "likelihood", text)


def _rarer(base: KnowledgeBase, condition: Condition) -> str:
    for least in (0.1, _RARE):
        flags = catching(base, condition, least)
        if flags:
            return f"only findings of {least:.0%} reach {', '.join(flag.code for flag in flags[:3])}"
    return "none from its rarer findings either"


def _of(content: Content, flag: RedFlag, severity: Severity, check: str, field: str, text: str) -> Problem:
    return Problem(severity, check, content.file(Kind.RED_FLAG, flag.code), flag.code, field, text)


CHECKS = (_without_department, _reasons_for_staff, _never_fires, _needs_denial, _dangers_missed)
