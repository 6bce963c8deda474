"""Which red-flag rules can catch a condition from the findings its patients usually have."""

from __future__ import annotations

import random
from collections.abc import Collection

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
    VitalIs,
)
from kiosk.domain.patient import Sex
from kiosk.domain.prepared import prepared

USUAL = 0.25
"""A finding that at least this share of a condition's patients has is usual."""

_DRAWN_PATIENTS = 400


def usual_findings(base: KnowledgeBase, condition: Condition, least: float = USUAL) -> frozenset[str]:
    """Codes that at least this share of the patients has, with everything they imply."""
    implied = prepared(base).implied
    usual = [code for code, p in condition.likelihood.items() if p >= least]
    return frozenset(usual).union(*(implied.get(code, frozenset()) for code in usual))


def catching(base: KnowledgeBase, condition: Condition, least: float = USUAL) -> tuple[RedFlag, ...]:
    """Rules of level I and II that can fire on the usual findings of some patient with the condition.

    The kiosk measures nothing, so a rule that waits for a vital sign does not count. Strength and duration of a finding
    do: some patient has them.
    """
    usual = usual_findings(base, condition, least)
    return tuple(
        flag for flag in base.red_flags if flag.level <= Level.II and can_fire(flag.when, usual, condition.applies)
    )


def caught_share(base: KnowledgeBase, condition: Condition) -> float:
    """Share of the condition's patients in whom a rule of level I or II can fire, 0 to 1, once every finding is known.

    An upper bound from drawn patients, the same every time: findings are drawn independently, and a patient whose
    finding a rule wants strong, long or measured counts as having it so.
    """
    rules = catching(base, condition, least=0.0)
    implied = prepared(base).implied
    draw = random.Random(condition.code).random  # noqa: S311 - a simulation, no secret
    caught = 0
    for _ in range(_DRAWN_PATIENTS):
        has = {code for code, p in condition.likelihood.items() if draw() < p}
        has.update(*(implied.get(code, ()) for code in has))
        caught += any(can_fire(rule.when, has, condition.applies) for rule in rules)
    return caught / _DRAWN_PATIENTS


def can_fire(rule: Rule, present: Collection[str], who: Applies) -> bool:
    """True when the rule holds for some patient to whom `who` applies and who has exactly these findings."""
    match rule:
        case Present(code):
            return code in present
        case PatientIs():
            return _can_be(rule, who)
        case VitalIs():
            return False
        case Not(part):
            return not can_fire(part, present, who)
        case AllOf(parts):
            return all(can_fire(part, present, who) for part in parts)
        case AnyOf(parts):
            return any(can_fire(part, present, who) for part in parts)
        case AtLeast(count, parts):
            return sum(can_fire(part, present, who) for part in parts) >= count


def _can_be(rule: PatientIs, who: Applies) -> bool:
    if rule.pregnant and who.sex is Sex.MALE:
        return False
    youngest_day = 0 if who.age_min is None else who.age_min * 365
    return overlap(who, Applies(rule.sex, rule.age_min, rule.age_max)) and (
        rule.days_max is None or youngest_day <= rule.days_max
    )


def overlap(one: Applies, other: Applies) -> bool:
    """True when somebody exists to whom both apply."""
    if one.sex is not None and other.sex is not None and one.sex is not other.sex:
        return False
    oldest = min((age for age in (one.age_max, other.age_max) if age is not None), default=None)
    youngest = max(one.age_min or 0, other.age_min or 0)
    return oldest is None or youngest <= oldest
