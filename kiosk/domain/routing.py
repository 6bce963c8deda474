"""Which departments suit, and why: from the likely conditions, the complaint's usual department, and house rules."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from kiosk.domain.assessment import DepartmentScore, FiredRule
from kiosk.domain.doors import EVERY_DOOR, OpenDoors, PatientDoors
from kiosk.domain.findings import Status
from kiosk.domain.house_rules import RULE_SHARE, house_rules
from kiosk.domain.inference import Doors, Posterior
from kiosk.domain.knowledge import Level
from kiosk.domain.known import FEVER, Known
from kiosk.domain.language import Words
from kiosk.domain.visit_reasons import felt, first_said, named_illnesses, voters, with_usual

SHOWN = 3
"""How many departments a patient may choose from."""

_COMPLAINT_SHARE = 0.4
_NAMED_SHARE = 0.8
_FIRST_WEIGHT = 3.0
"""What a patient says first is mostly what the visit is about."""
_MOST_FINDINGS = 4
_GERIATRIC_SHARE = 0.15
_WORTH_GOING = 0.25
"""What share an open department needs to be worth going to now, instead of one that is closed."""
_CLOSED_FACTOR = 0.1

_BECAUSE_CLOSED = "门诊{when} 开，现在看请到急诊", "the clinic opens {when}; to be seen now, go to emergency"
_BECAUSE_NIGHT = "门诊现在没开，请到急诊", "the clinic is closed now; emergency is open"
_OPENS = "{when} 开诊", "opens {when}"


def doors_for(facts: Known, hospital: OpenDoors = EVERY_DOOR) -> Doors:
    """Department weights with doors that are not this patient's replaced: by sex, age, pregnancy and hospital."""
    return PatientDoors(facts, hospital).open


def departments_for(
    facts: Known,
    beliefs: Posterior,
    level: Level,
    rules: Sequence[FiredRule],
    hospital: OpenDoors = EVERY_DOOR,
) -> tuple[DepartmentScore, ...]:
    """Up to three departments, best first; `level` is the final one and `rules` those that fired, most urgent first.

    What `hospital` does not have is replaced. What is closed stands behind what is open, or behind emergency; but
    what is not urgent waits for a clinic that opens soon.
    """
    doors = PatientDoors(facts, hospital)
    usual = _usual_departments(facts, doors)
    from_conditions = _from_conditions(facts, beliefs, doors.open)
    scores = _mixed(from_conditions, _from_complaints(facts, usual, doors.open), _complaint_share(facts))
    if level > Level.II:
        # A door to the emergency department opens by rule only: a likely condition never sends there by itself.
        scores.pop(facts.tables.knowledge.routing.emergency, None)
    if facts.status(FEVER) is not Status.PRESENT:
        # So does the fever clinic's: a cold without fever is seen in its specialty.
        scores.pop(facts.tables.knowledge.routing.fever_clinic, None)
    reasons: dict[str, Words] = {}
    for lift in house_rules(facts, level, rules, doors):
        if lift.share:
            _lift(scores, lift.department, lift.share)
        if lift.reason is not None:
            reasons[lift.department] = lift.reason
    _fill(scores, facts, doors)
    if level > Level.II:
        _after_hours(scores, reasons, level, facts.tables.knowledge.routing.emergency, doors)
    total = sum(scores.values())
    ranked = sorted(scores, key=lambda code: -scores[code])[:SHOWN]
    evidence = _Evidence(facts, beliefs, usual, doors.open)
    return tuple(
        DepartmentScore(code, scores[code] / total, evidence.for_department(code, rules), reasons.get(code))
        for code in ranked
    )


def _usual_departments(facts: Known, doors: PatientDoors) -> Mapping[str, str]:
    routing = facts.tables.knowledge.routing
    if not doors.is_child or not routing.symptom_department_child:
        return routing.symptom_department
    return {**routing.symptom_department, **routing.symptom_department_child}


def _from_conditions(facts: Known, beliefs: Posterior, doors: Doors) -> dict[str, float]:
    scores: dict[str, float] = {}
    for condition, p in beliefs.likely() if facts.said.present() else ():
        for department, weight in doors(condition.departments).items():
            scores[department] = scores.get(department, 0.0) + p * weight
    return scores


def _from_complaints(facts: Known, usual: Mapping[str, str], doors: Doors) -> dict[str, float]:
    """The usual departments of the present findings; a rare finding speaks louder than a common one."""
    votes: dict[str, float] = {}
    first = first_said(facts)
    for code, times in voters(facts):
        finding = with_usual(code, facts, usual)
        if finding is not None:
            weight = -math.log(facts.tables.background(finding)) * times * (_FIRST_WEIGHT if code == first else 1.0)
            for department, share in doors({usual[finding]: 1.0}).items():
                votes[department] = votes.get(department, 0.0) + weight * share
    return votes


def _complaint_share(facts: Known) -> float:
    """What one condition would explain says little where an illness or a wish leads, or nothing is felt."""
    asked_for = facts.tables.knowledge.routing.asked_for.intersection(facts.complaints())
    leads = asked_for or first_said(facts) in named_illnesses(facts)
    return _NAMED_SHARE if leads or not felt(facts) else _COMPLAINT_SHARE


def _mixed(conditions: dict[str, float], complaints: dict[str, float], share: float) -> dict[str, float]:
    if not complaints:
        share = 0.0
    mixed: dict[str, float] = {}
    for scores, part in ((conditions, 1 - share), (complaints, share)):
        total = sum(scores.values())
        for department, score in scores.items():
            mixed[department] = mixed.get(department, 0.0) + part * score / total
    return mixed


def _lift(scores: dict[str, float], department: str, share: float) -> None:
    """Give a department `share` of everything, and the rest their part of what is left."""
    total = sum(scores.values())
    for code in scores:
        scores[code] *= (1 - share) / total
    scores[department] = scores.get(department, 0.0) + share


def _fill(scores: dict[str, float], facts: Known, doors: PatientDoors) -> None:
    """There is always a door: paediatrics for children, else general practice; geriatrics for the old."""
    routing = facts.tables.knowledge.routing
    door = doors.childrens() if doors.is_child else doors.here(routing.general)
    if not scores:
        scores[door] = 1.0
    scores.setdefault(door, 1e-3)
    old = facts.patient.age is not None and facts.patient.age >= routing.geriatric_age_min
    if old and doors.has(routing.geriatrics) and routing.geriatrics not in scores:
        scores[routing.geriatrics] = _GERIATRIC_SHARE * sum(scores.values())


def _at(because: tuple[str, str], when: Words) -> Words:
    zh, en = because
    return Words(zh.format(when=when.zh), en.format(when=when.en))


def _after_hours(
    scores: dict[str, float], reasons: dict[str, Words], level: Level, emergency: str, doors: PatientDoors
) -> None:
    """Open departments before closed ones; when none that is open suits, emergency, with when the clinic opens.

    At level IV the best clinic stays first when it opens soon.
    """
    closed = [code for code in scores if not doors.is_open(code)]
    if not closed:
        return
    for code in closed:
        when = doors.opens(code)
        if when is not None:
            reasons[code] = _at(_OPENS, when)
    if level is Level.IV and doors.opens_soon(max(scores, key=lambda code: scores[code])):
        return
    best_open = max((score for code, score in scores.items() if code not in closed), default=0.0)
    if best_open >= _WORTH_GOING * sum(scores.values()):
        for code in closed:
            scores[code] *= _CLOSED_FACTOR
        return
    when = doors.opens(max(closed, key=lambda code: scores[code]))
    reasons[emergency] = Words(*_BECAUSE_NIGHT) if when is None else _at(_BECAUSE_CLOSED, when)
    _lift(scores, emergency, RULE_SHARE)


class _Evidence:
    """Which present findings speak for a department."""

    def __init__(self, facts: Known, beliefs: Posterior, usual: Mapping[str, str], doors: Doors) -> None:
        self._facts = facts
        self._usual = usual
        self._doors = doors
        self._likely = [(condition, p, doors(condition.departments)) for condition, p in beliefs.likely(most=12)]

    def for_department(self, department: str, rules: Sequence[FiredRule]) -> tuple[str, ...]:
        """Codes, strongest first: those of a rule that names it, then by how far its conditions make them likelier."""
        said = self._facts.complaints()
        first = [code for rule in rules if department == rule.department for code in rule.findings if code in said]
        if department == self._facts.tables.knowledge.routing.fever_clinic and FEVER in said:
            first.append(FEVER)
        weights = {code: self._weight(code, department) for code in said}
        ranked = sorted((code for code in said if weights[code] > 0), key=lambda code: -weights[code])
        return tuple(dict.fromkeys((*first, *ranked)))[:_MOST_FINDINGS]

    def _weight(self, code: str, department: str) -> float:
        tables = self._facts.tables
        background = tables.background(code)
        weight = 0.0
        for condition, p, shares in self._likely:
            share = shares.get(department, 0.0)
            if share:
                weight += p * share * max(0.0, math.log(tables.chance(code, condition) / background))
        usual = self._usual.get(code)
        if usual is not None and department in self._doors({usual: 1.0}):
            weight -= 0.5 * math.log(background)
        return weight
