"""Which departments suit, and why: from the likely conditions, the complaint's usual department, and house rules."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from kiosk.domain.assessment import DepartmentScore, FiredRule
from kiosk.domain.findings import Status
from kiosk.domain.inference import Doors, Posterior
from kiosk.domain.knowledge import Level, SymptomKind
from kiosk.domain.known import FEVER, Known, can_apply
from kiosk.domain.language import Words
from kiosk.domain.patient import Patient, Sex

SHOWN = 3
"""How many departments a patient may choose from."""

_ALL_AGES = frozenset(
    ("ophthalmology", "ent", "stomatology", "dermatology", "orthopaedics", "animal_bite", "psychiatry")
)
"""Departments that see children themselves where there are no children's surgeons; others hand them over."""

_COMPLAINT_SHARE = 0.4
_HISTORY_SHARE = 0.8
_CHILD_SHARE = 0.35
_RULE_SHARE = 0.6
_MOST_FINDINGS = 4
_GERIATRIC_SHARE = 0.15

_BECAUSE_CHILD = "{age}岁及以下看儿科", "children up to {age} are seen in paediatrics"
_BECAUSE_FEVER = "发热先到发热门诊", "fever is seen in the fever clinic first"
_BECAUSE_PREGNANT = "怀孕期间的不适看产科", "complaints in pregnancy are seen in obstetrics"
_BECAUSE_URGENT = "需要尽快处理", "needs to be seen at once"


def doors_for(facts: Known) -> Doors:
    """Department weights with closed doors replaced: by sex, by age, by pregnancy; emergency only by rule."""
    return _Doors(facts).open


class _Doors:
    def __init__(self, facts: Known) -> None:
        self._routing = facts.tables.knowledge.routing
        self._departments = facts.tables.knowledge.departments
        self._patient = facts.patient

    def open(self, weights: Mapping[str, float]) -> Mapping[str, float]:
        """The same weights, summing to one, at departments this patient can go to."""
        opened: dict[str, float] = {}
        for department, weight in weights.items():
            for door, share in self._doors(department):
                opened[door] = opened.get(door, 0.0) + weight * share
        total = sum(opened.values())
        return {door: weight / total for door, weight in opened.items()} if total > 0 else {}

    def _doors(self, department: str) -> tuple[tuple[str, float], ...]:
        routing = self._routing
        if department == routing.emergency:
            return ((department, 1.0),)
        if is_child(self._patient, routing.paediatric_age_max):
            if department in _ALL_AGES:
                return ((department, 1 - _CHILD_SHARE), (routing.paediatrics, _CHILD_SHARE))
            return ((routing.paediatrics, 1.0),)
        if self._patient.sex is Sex.MALE:
            department = routing.replace_for_male.get(department, department)
        elif self._patient.pregnant and department in routing.replace_for_male:
            department = routing.obstetrics
        known = self._departments.get(department)
        if known is None or not can_apply(known.applies, self._patient):
            department = routing.general
        return ((department, 1.0),)


def is_child(patient: Patient, paediatric_age_max: int) -> bool:
    return patient.age is not None and patient.age <= paediatric_age_max


def departments_for(
    facts: Known, beliefs: Posterior, level: Level, rules: Sequence[FiredRule]
) -> tuple[DepartmentScore, ...]:
    """Up to three departments, best first; `level` is the final one and `rules` those that fired, most urgent first."""
    doors = doors_for(facts)
    scores = _mixed(_from_conditions(facts, beliefs, doors), _from_complaints(facts, doors), _complaint_share(facts))
    routing = facts.tables.knowledge.routing
    if level > Level.II:
        # A door to the emergency department opens by rule only: a likely condition never sends there by itself.
        scores.pop(routing.emergency, None)
    reasons: dict[str, Words] = {}
    for department, share, reason in _house_rules(facts, level, rules):
        _lift(scores, department, share)
        if reason is not None:
            reasons[department] = reason
    _fill(scores, facts)
    total = sum(scores.values())
    ranked = sorted(scores, key=lambda code: -scores[code])[:SHOWN]
    evidence = _Evidence(facts, beliefs, doors)
    return tuple(
        DepartmentScore(code, scores[code] / total, evidence.for_department(code, rules), reasons.get(code))
        for code in ranked
    )


def _from_conditions(facts: Known, beliefs: Posterior, doors: Doors) -> dict[str, float]:
    scores: dict[str, float] = {}
    for condition, p in beliefs.likely() if facts.said.present() else ():
        for department, weight in doors(condition.departments).items():
            scores[department] = scores.get(department, 0.0) + p * weight
    return scores


def _from_complaints(facts: Known, doors: Doors) -> dict[str, float]:
    """The usual departments of the present findings; a rare finding speaks louder than a common one."""
    usual = facts.tables.knowledge.routing.symptom_department
    votes: dict[str, float] = {}
    for code in facts.complaints():
        for finding in (code, *sorted(facts.tables.implied.get(code, ()))):
            if finding in usual:
                weight = -math.log(facts.tables.background(finding))
                for department, share in doors({usual[finding]: 1.0}).items():
                    votes[department] = votes.get(department, 0.0) + weight * share
                break
    return votes


def _complaint_share(facts: Known) -> float:
    """History alone makes no condition likely, so that its usual department says more."""
    symptoms = facts.tables.knowledge.symptoms
    is_ill = any(symptoms[code].kind in (SymptomKind.SYMPTOM, SymptomKind.SIGN) for code in facts.complaints())
    return _COMPLAINT_SHARE if is_ill else _HISTORY_SHARE


def _mixed(conditions: dict[str, float], complaints: dict[str, float], share: float) -> dict[str, float]:
    if not complaints:
        share = 0.0
    mixed: dict[str, float] = {}
    for scores, part in ((conditions, 1 - share), (complaints, share)):
        total = sum(scores.values())
        for department, score in scores.items():
            mixed[department] = mixed.get(department, 0.0) + part * score / total
    return mixed


def _house_rules(facts: Known, level: Level, rules: Sequence[FiredRule]) -> list[tuple[str, float, Words | None]]:
    """Departments that a rule puts first, the strongest rule last.

    A red flag's own words are for staff and never a reason here: the screen quotes the patient instead.
    """
    routing = facts.tables.knowledge.routing
    patient = facts.patient
    lifted: list[tuple[str, float, Words | None]] = []
    child = is_child(patient, routing.paediatric_age_max)
    if patient.pregnant and _is_pregnancy_complaint(facts):
        lifted.append((routing.obstetrics, _RULE_SHARE, Words(*_BECAUSE_PREGNANT)))
    if not child and _has_clinic_fever(facts):
        lifted.append((routing.fever_clinic, _RULE_SHARE, Words(*_BECAUSE_FEVER)))
    if child:
        zh, en = _BECAUSE_CHILD
        age = routing.paediatric_age_max
        lifted.append((routing.paediatrics, 0.0, Words(zh.format(age=age), en.format(age=age))))
    named = next((rule for rule in rules if rule.level <= level and rule.department is not None), None)
    if named is not None and named.department is not None:
        door = next(iter(doors_for(facts)({named.department: 1.0})), routing.general)
        lifted.append((door, _RULE_SHARE, None))
    if level <= Level.II:
        lifted.append((routing.emergency, 0.8, Words(*_BECAUSE_URGENT)))
    return lifted


def _has_clinic_fever(facts: Known) -> bool:
    fever = facts.findings.get(FEVER)
    if fever is None or fever.status is not Status.PRESENT:
        return False
    return fever.value is None or fever.value >= facts.tables.knowledge.routing.fever_clinic_celsius


def _is_pregnancy_complaint(facts: Known) -> bool:
    routing = facts.tables.knowledge.routing
    return any(
        routing.symptom_department.get(code) in routing.replace_for_male or code == "pregnant"
        for code in facts.complaints()
    )


def _lift(scores: dict[str, float], department: str, share: float) -> None:
    """Give a department `share` of everything, and the rest their part of what is left."""
    total = sum(scores.values())
    for code in scores:
        scores[code] *= (1 - share) / total
    scores[department] = scores.get(department, 0.0) + (share if share or total else 1.0)


def _fill(scores: dict[str, float], facts: Known) -> None:
    """There is always a door: paediatrics for children, else general practice; geriatrics for the old."""
    routing = facts.tables.knowledge.routing
    child = is_child(facts.patient, routing.paediatric_age_max)
    door = routing.paediatrics if child else routing.general
    if not scores:
        scores[door] = 1.0
    scores.setdefault(door, 1e-3)
    old = facts.patient.age is not None and facts.patient.age >= routing.geriatric_age_min
    if old and "geriatrics" in facts.tables.knowledge.departments and "geriatrics" not in scores:
        scores["geriatrics"] = _GERIATRIC_SHARE * sum(scores.values())


class _Evidence:
    """Which present findings speak for a department."""

    def __init__(self, facts: Known, beliefs: Posterior, doors: Doors) -> None:
        self._facts = facts
        self._doors = doors
        self._likely = beliefs.likely(most=12)

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
        for condition, p in self._likely:
            share = self._doors(condition.departments).get(department, 0.0)
            if share:
                weight += p * share * max(0.0, math.log(tables.chance(code, condition) / background))
        usual = tables.knowledge.routing.symptom_department.get(code)
        if usual is not None and department in self._doors({usual: 1.0}):
            weight -= 0.5 * math.log(background)
        return weight
