"""Which departments suit, and why: from the likely conditions, the complaint's usual department, and house rules."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kiosk.domain.assessment import DepartmentScore, FiredRule
from kiosk.domain.doors import EVERY_DOOR, OpenDoors, PatientDoors
from kiosk.domain.findings import Source, Status
from kiosk.domain.inference import Doors, Posterior
from kiosk.domain.knowledge import Level, SymptomKind
from kiosk.domain.known import FEVER, PREGNANT, Known
from kiosk.domain.language import Words

SHOWN = 3
"""How many departments a patient may choose from."""

_COMPLAINT_SHARE = 0.4
_NAMED_SHARE = 0.8
_NAMED_WEIGHT = 8.0
"""An illness that a patient brings up by name is mostly what the visit is about."""
_FIRST_WEIGHT = 3.0
"""What a patient says first is mostly what the visit is about."""
_ASKED_FOR_WEIGHT = 8.0
"""A department or treatment that the patient came for."""
_BESIDE_EVENT_WEIGHT = 0.3
"""How it happened says little beside what it did: a tooth broken in a fall is a matter of teeth."""
_ASKED_WEIGHT = 4.0
"""At least so loud is an illness that a question is about, whatever is felt."""
_WONDERED_WEIGHT = 1.0
"""The same for an illness the patient only wonders about."""
_NAMED_BESIDE_SHARE = 0.25
_CHILDS_SPECIALTY_SHARE = 0.1
_RULE_SHARE = 0.6
_CLINIC_RULE_SHARE = 0.3
"""Of a rule that can wait and names a clinic: a strong picture of something else still leads."""
_EMERGENCY_SHARE = 0.8
_MOST_FINDINGS = 4
_GERIATRIC_SHARE = 0.15
_WORTH_GOING = 0.25
"""What share an open department needs to be worth going to now, instead of one that is closed."""
_CLOSED_FACTOR = 0.1

_BECAUSE_CHILD = "{age}岁及以下看儿科", "children up to {age} are seen in paediatrics"
_BECAUSE_NEONATE = "出生{days}天内的宝宝看新生儿科", "babies up to {days} days old go to the newborn clinic"
_BECAUSE_FEVER = "发热先到发热门诊", "fever is seen in the fever clinic first"
_BECAUSE_LIKE_FEVER = "这些不舒服先到发热门诊", "this is seen in the fever clinic first"
_BECAUSE_ENTERIC = "拉肚子先到肠道门诊", "diarrhoea is seen in the enteric clinic first"
_BECAUSE_BITE = "咬伤、抓伤先在这里处理", "bites and scratches are treated here first"
_BECAUSE_PREGNANT = "怀孕期间的不适看产科", "complaints in pregnancy are seen in obstetrics"
_BECAUSE_EARLY = "怀孕不到{weeks}周先看这里", "before week {weeks} of pregnancy you are seen here"
_BECAUSE_HERE = "本院这种情况到这里看", "in this hospital this is seen here"
_BECAUSE_URGENT = "需要尽快处理", "needs to be seen at once"
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

    What `hospital` does not have is replaced. What is closed stands behind what is open, or behind emergency.
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
    for lift in _house_rules(facts, level, rules, doors):
        if lift.share:
            _lift(scores, lift.department, lift.share)
        if lift.reason is not None:
            reasons[lift.department] = lift.reason
    _fill(scores, facts, doors)
    if level > Level.II:
        _after_hours(scores, reasons, facts.tables.knowledge.routing.emergency, doors)
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
    first = _first_said(facts)
    for code, times in _voters(facts):
        finding = _with_usual(code, facts, usual)
        if finding is not None:
            weight = -math.log(facts.tables.background(finding)) * times * (_FIRST_WEIGHT if code == first else 1.0)
            for department, share in doors({usual[finding]: 1.0}).items():
                votes[department] = votes.get(department, 0.0) + weight * share
    return votes


def _voters(facts: Known) -> Iterator[tuple[str, float]]:
    """The findings that speak for a department, and how much louder than usual."""
    named = _named_illnesses(facts)
    felt = _felt(facts)
    events = facts.tables.knowledge.routing.events
    beside_event = _BESIDE_EVENT_WEIGHT if any(code not in events for code in felt) else 1.0
    for code in facts.complaints():
        if code in named:
            yield code, _named_weight(code, felt, facts)
        elif code in facts.tables.knowledge.routing.asked_for:
            yield code, _ASKED_FOR_WEIGHT
        else:
            yield code, beside_event if code in events else 1.0
    sure = bool(facts.complaints())
    for code, finding in facts.said.items():
        wondered = code in named or (not sure and finding.source is Source.WORDS)
        if finding.status is Status.UNSURE and wondered:
            yield code, _WONDERED_WEIGHT


def _first_said(facts: Known) -> str | None:
    """The complaint or illness that the patient's words begin with, None when nothing was said in words.

    An illness told by the way (我有高血压，膝盖疼) begins nothing.
    """
    begun = [
        (finding.span[0], code)
        for code in facts.complaints()
        if (finding := facts.said[code]).span is not None and finding.source is Source.WORDS
    ]
    first = min(begun)[1] if begun else None
    by_the_way = first in _named_illnesses(facts) and _felt(facts) and not facts.said[first].asked_about
    return None if by_the_way else first


def _named_weight(code: str, felt: Sequence[str], facts: Known) -> float:
    """Less loud the more is felt that has nothing to do with it: a cough is no matter of high blood pressure."""
    if not felt:
        return _NAMED_WEIGHT
    tables = facts.tables
    chances = [(c, c.prior * c.likelihood[code]) for c in tables.listed_by.get(code, ())]
    own = sum(chance for c, chance in chances for complaint in felt if tables.explains(c, complaint))
    total = len(felt) * sum(chance for _, chance in chances)
    weight = math.pow(_NAMED_WEIGHT, own / total if total > 0 else 0.0)
    return max(weight, _ASKED_WEIGHT) if facts.said[code].asked_about else weight


def _felt(facts: Known) -> tuple[str, ...]:
    symptoms = facts.tables.knowledge.symptoms
    kinds = (SymptomKind.SYMPTOM, SymptomKind.SIGN)
    return tuple(code for code in facts.complaints() if symptoms[code].kind in kinds)


def _named_illnesses(facts: Known) -> tuple[str, ...]:
    """Illnesses that the patient brought up in own words, as being there or possible."""
    symptoms = facts.tables.knowledge.symptoms
    return tuple(
        code
        for code, finding in facts.said.items()
        if finding.source is Source.WORDS
        and finding.status is not Status.ABSENT
        and symptoms[code].kind is SymptomKind.HISTORY
    )


def _with_usual(code: str, facts: Known, usual: Mapping[str, str]) -> str | None:
    """The finding or the nearest that it implies which has a usual department: a cut is a wound, then an injury."""
    symptoms = facts.tables.knowledge.symptoms
    generation, seen = [code], {code}
    while generation:
        found = next((f for f in generation if f in usual), None)
        if found is not None:
            return found
        generation = [parent for f in generation for parent in symptoms[f].implies if parent not in seen]
        seen.update(generation)
    return None


def _complaint_share(facts: Known) -> float:
    """What one condition would explain says little where an illness or a wish leads, or nothing is felt."""
    asked_for = facts.tables.knowledge.routing.asked_for.intersection(facts.complaints())
    leads = asked_for or _first_said(facts) in _named_illnesses(facts)
    return _NAMED_SHARE if leads or not _felt(facts) else _COMPLAINT_SHARE


def _mixed(conditions: dict[str, float], complaints: dict[str, float], share: float) -> dict[str, float]:
    if not complaints:
        share = 0.0
    mixed: dict[str, float] = {}
    for scores, part in ((conditions, 1 - share), (complaints, share)):
        total = sum(scores.values())
        for department, score in scores.items():
            mixed[department] = mixed.get(department, 0.0) + part * score / total
    return mixed


@dataclass(frozen=True, slots=True)
class _Lift:
    """A department that a rule gives `share` of everything; a share of 0 only gives the reason."""

    department: str
    share: float
    reason: Words | None


def _house_rules(facts: Known, level: Level, rules: Sequence[FiredRule], doors: PatientDoors) -> Iterator[_Lift]:
    """Departments that a rule puts first, the strongest rule last.

    A red flag's own words are for staff and never a reason here: the screen quotes the patient instead.
    """
    routing = facts.tables.knowledge.routing
    if facts.patient.pregnant and _is_pregnancy_complaint(facts):
        yield _pregnancy_rule(facts, doors)
    yield from _clinic_rules(facts, doors)
    if doors.is_child:
        yield _child_rule(facts, doors)
        yield from _childs_specialties(facts, doors)
    named = next((rule for rule in rules if rule.level <= level and rule.department is not None), None)
    if named is not None and named.department is not None:
        share = _RULE_SHARE if level <= Level.II or named.department == routing.emergency else _CLINIC_RULE_SHARE
        yield _Lift(next(iter(doors.open({named.department: 1.0})), routing.general), share, None)
    if level <= Level.II:
        yield _Lift(routing.emergency, _EMERGENCY_SHARE, Words(*_BECAUSE_URGENT))


def _pregnancy_rule(facts: Known, doors: PatientDoors) -> _Lift:
    routing = facts.tables.knowledge.routing
    door = doors.in_pregnancy()
    share = _NAMED_BESIDE_SHARE if _is_about_another_illness(facts) else _RULE_SHARE
    if door == routing.obstetrics:
        return _Lift(door, share, Words(*_BECAUSE_PREGNANT))
    if door == routing.early_pregnancy and doors.has(routing.obstetrics):
        return _Lift(door, share, _said(_BECAUSE_EARLY, weeks=routing.obstetrics_from_week))
    return _Lift(door, share, Words(*_BECAUSE_HERE))


def _clinic_rules(facts: Known, doors: PatientDoors) -> Iterator[_Lift]:
    """Clinics for one kind of complaint: fever, diarrhoea, bites. Children with fever are seen in paediatrics."""
    routing = facts.tables.knowledge.routing
    complaints = set(facts.complaints())
    if not (doors.is_child and doors.has(routing.paediatrics)):
        because = _BECAUSE_FEVER if _has_clinic_fever(facts) else _BECAUSE_LIKE_FEVER
        if because is _BECAUSE_FEVER or complaints & set(routing.fever_clinic_also):
            yield _clinic(doors, routing.fever_clinic, _RULE_SHARE, because)
    if not doors.is_child and complaints & set(routing.enteric_findings) and doors.has(routing.enteric_clinic):
        yield _clinic(doors, routing.enteric_clinic, 0.0, _BECAUSE_ENTERIC)
    if complaints & set(routing.bite_findings):
        yield _clinic(doors, routing.bite_clinic, _RULE_SHARE, _BECAUSE_BITE)


def _clinic(doors: PatientDoors, department: str, share: float, because: tuple[str, str]) -> _Lift:
    door = doors.here(department)
    return _Lift(door, share, Words(*(because if door == department else _BECAUSE_HERE)))


def _child_rule(facts: Known, doors: PatientDoors) -> _Lift:
    routing = facts.tables.knowledge.routing
    door = doors.childrens()
    if doors.is_neonate and door == routing.neonatology:
        return _Lift(door, 0.0, _said(_BECAUSE_NEONATE, days=routing.neonate_days_max))
    if door == routing.paediatrics:
        return _Lift(door, 0.0, _said(_BECAUSE_CHILD, age=routing.paediatric_age_max))
    return _Lift(door, 0.0, Words(*_BECAUSE_HERE))


def _childs_specialties(facts: Known, doors: PatientDoors) -> Iterator[_Lift]:
    """A child's illness by name (epilepsy, diabetes) keeps its specialty among the choices, behind paediatrics."""
    usual = facts.tables.knowledge.routing.symptom_department
    findings = (_with_usual(code, facts, usual) for code in _named_illnesses(facts))
    for department in sorted({usual[finding] for finding in findings if finding is not None}):
        yield _Lift(doors.here(department), _CHILDS_SPECIALTY_SHARE, None)


def _said(because: tuple[str, str], **values: int | str) -> Words:
    zh, en = because
    return Words(zh.format(**values), en.format(**values))


def _at(because: tuple[str, str], when: Words) -> Words:
    zh, en = because
    return Words(zh.format(when=when.zh), en.format(when=when.en))


def _has_clinic_fever(facts: Known) -> bool:
    fever = facts.findings.get(FEVER)
    if fever is None or fever.status is not Status.PRESENT:
        return False
    return fever.value is None or fever.value >= facts.tables.knowledge.routing.fever_clinic_celsius


def _is_pregnancy_complaint(facts: Known) -> bool:
    """Pregnancy itself, or something that is seen in a women's department."""
    routing = facts.tables.knowledge.routing
    departments = {routing.obstetrics, *routing.replace_in_pregnancy}
    return any(
        code == PREGNANT
        or PREGNANT in facts.tables.implied.get(code, ())
        or routing.symptom_department.get(code) in departments
        for code in facts.complaints()
    )


def _is_about_another_illness(facts: Known) -> bool:
    """A pregnant patient asks about hepatitis, without a complaint that women's departments see."""
    routing = facts.tables.knowledge.routing
    womens = {routing.obstetrics, *routing.replace_in_pregnancy}
    usual = routing.symptom_department
    named = [_with_usual(code, facts, usual) for code in _named_illnesses(facts)]
    return any(usual[code] not in womens for code in named if code is not None) and not any(
        usual.get(code) in womens for code in _felt(facts)
    )


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


def _after_hours(scores: dict[str, float], reasons: dict[str, Words], emergency: str, doors: PatientDoors) -> None:
    """Open departments before closed ones; when none that is open suits, emergency, with when the clinic opens."""
    closed = [code for code in scores if not doors.is_open(code)]
    if not closed:
        return
    for code in closed:
        when = doors.opens(code)
        if when is not None:
            reasons[code] = _at(_OPENS, when)
    best_open = max((score for code, score in scores.items() if code not in closed), default=0.0)
    if best_open >= _WORTH_GOING * sum(scores.values()):
        for code in closed:
            scores[code] *= _CLOSED_FACTOR
        return
    when = doors.opens(max(closed, key=lambda code: scores[code]))
    reasons[emergency] = Words(*_BECAUSE_NIGHT) if when is None else _at(_BECAUSE_CLOSED, when)
    _lift(scores, emergency, _RULE_SHARE)


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
