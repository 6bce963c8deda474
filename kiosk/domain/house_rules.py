"""Where a hospital's own rules send a patient: red flags, pregnancy, children, clinics for one kind of complaint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.domain.assessment import FiredRule
from kiosk.domain.doors import PatientDoors
from kiosk.domain.findings import Status
from kiosk.domain.knowledge import Level
from kiosk.domain.known import FEVER, PREGNANT, Known
from kiosk.domain.language import Words
from kiosk.domain.visit_reasons import felt, named_illnesses, with_usual

RULE_SHARE = 0.6
_NAMED_BESIDE_SHARE = 0.25
_CHILDS_SPECIALTY_SHARE = 0.1
_CLINIC_RULE_SHARE = 0.3
"""Of a rule that can wait and names a clinic: a strong picture of something else still leads."""
_EMERGENCY_SHARE = 0.8

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


@dataclass(frozen=True, slots=True)
class Lift:
    """A department that a rule gives `share` of everything; a share of 0 only gives the reason."""

    department: str
    share: float
    reason: Words | None


def house_rules(facts: Known, level: Level, rules: Sequence[FiredRule], doors: PatientDoors) -> Iterator[Lift]:
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
        share = RULE_SHARE if level <= Level.II or named.department == routing.emergency else _CLINIC_RULE_SHARE
        yield Lift(next(iter(doors.open({named.department: 1.0})), routing.general), share, None)
    if level <= Level.II:
        yield Lift(routing.emergency, _EMERGENCY_SHARE, Words(*_BECAUSE_URGENT))


def _pregnancy_rule(facts: Known, doors: PatientDoors) -> Lift:
    routing = facts.tables.knowledge.routing
    door = doors.in_pregnancy()
    share = _NAMED_BESIDE_SHARE if _is_about_another_illness(facts) else RULE_SHARE
    if door == routing.obstetrics:
        return Lift(door, share, Words(*_BECAUSE_PREGNANT))
    if door == routing.early_pregnancy and doors.has(routing.obstetrics):
        return Lift(door, share, _said(_BECAUSE_EARLY, weeks=routing.obstetrics_from_week))
    return Lift(door, share, Words(*_BECAUSE_HERE))


def _clinic_rules(facts: Known, doors: PatientDoors) -> Iterator[Lift]:
    """Clinics for one kind of complaint: fever, diarrhoea, bites. Children with fever are seen in paediatrics."""
    routing = facts.tables.knowledge.routing
    complaints = set(facts.complaints())
    if not (doors.is_child and doors.has(routing.paediatrics)):
        because = _BECAUSE_FEVER if _has_clinic_fever(facts) else _BECAUSE_LIKE_FEVER
        if because is _BECAUSE_FEVER or complaints & set(routing.fever_clinic_also):
            yield _clinic(doors, routing.fever_clinic, RULE_SHARE, because)
    if not doors.is_child and complaints & set(routing.enteric_findings) and doors.has(routing.enteric_clinic):
        yield _clinic(doors, routing.enteric_clinic, 0.0, _BECAUSE_ENTERIC)
    if complaints & set(routing.bite_findings):
        yield _clinic(doors, routing.bite_clinic, RULE_SHARE, _BECAUSE_BITE)


def _clinic(doors: PatientDoors, department: str, share: float, because: tuple[str, str]) -> Lift:
    door = doors.here(department)
    return Lift(door, share, Words(*(because if door == department else _BECAUSE_HERE)))


def _child_rule(facts: Known, doors: PatientDoors) -> Lift:
    routing = facts.tables.knowledge.routing
    door = doors.childrens()
    if doors.is_neonate and door == routing.neonatology:
        return Lift(door, 0.0, _said(_BECAUSE_NEONATE, days=routing.neonate_days_max))
    if door == routing.paediatrics:
        return Lift(door, 0.0, _said(_BECAUSE_CHILD, age=routing.paediatric_age_max))
    return Lift(door, 0.0, Words(*_BECAUSE_HERE))


def _childs_specialties(facts: Known, doors: PatientDoors) -> Iterator[Lift]:
    """A child's illness by name (epilepsy, diabetes) keeps its specialty among the choices, behind paediatrics."""
    usual = facts.tables.knowledge.routing.symptom_department
    findings = (with_usual(code, facts, usual) for code in named_illnesses(facts))
    for department in sorted({usual[finding] for finding in findings if finding is not None}):
        yield Lift(doors.here(department), _CHILDS_SPECIALTY_SHARE, None)


def _said(because: tuple[str, str], **values: int | str) -> Words:
    zh, en = because
    return Words(zh.format(**values), en.format(**values))


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
    named = [with_usual(code, facts, usual) for code in named_illnesses(facts)]
    return any(usual[code] not in womens for code in named if code is not None) and not any(
        usual.get(code) in womens for code in felt(facts)
    )
