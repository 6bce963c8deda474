"""The routing rules that lead to one department, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import Words
from kiosk.knowledge_review.words import joined, months


def routes_to(base: KnowledgeBase, department: str) -> Iterator[Words]:
    """Sentences for every fixed rule and every complaint whose usual department this is."""
    yield from _fixed(base, department)
    yield from _specialities(base, department)
    yield from _instead(base, department)
    routing = base.routing
    everybody = Words("通常来本科的主诉：", "Complaints that usually come here: ")
    children = Words("儿童通常来本科的主诉：", "Children's complaints that usually come here: ")
    for complaints, lead in ((routing.symptom_department, everybody), (routing.symptom_department_child, children)):
        findings = [code for code, door in complaints.items() if door == department]
        if findings:
            yield _listed(lead, (base.symptoms[code].name for code in findings))


def _fixed(base: KnowledgeBase, department: str) -> Iterator[Words]:
    routing = base.routing
    child, celsius, old = routing.paediatric_age_max, routing.fever_clinic_celsius, routing.geriatric_age_min
    if department == routing.emergency:
        yield Words("分级为I级或II级的患者", "Patients of level I or II")
    if department == routing.paediatrics:
        yield Words(f"{child}岁及以下的患者", f"Patients aged {child} and under")
    if department == routing.neonatology:
        days = routing.neonate_days_max
        yield Words(f"出生{days}天及以内的患儿", f"Babies up to {days} days old")
    if department == routing.geriatrics:
        yield Words(f"{old}岁及以上的患者（作为备选）", f"Patients aged {old} and over, as a second choice")
    if department == routing.fever_clinic:
        yield Words(
            f"{child}岁以上、体温≥{celsius:g}℃或自述发热的患者",
            f"Patients over {child} with {celsius:g} ℃ or more, or who say they have a fever",
        )
    if department == routing.general:
        yield Words("没有其他科室适合的患者", "Patients whom no other department suits")


def _specialities(base: KnowledgeBase, department: str) -> Iterator[Words]:
    routing = base.routing
    if department == routing.obstetrics:
        lead = Words("怀孕期间、主诉通常属于以下科室的患者：", "Pregnant patients whose complaint usually belongs to: ")
        yield _listed(lead, _names(base, routing.replace_in_pregnancy or routing.replace_for_male))
    if department == routing.early_pregnancy and routing.obstetrics_from_week:
        week = routing.obstetrics_from_week
        yield Words(f"怀孕不满{week}周的患者", f"Patients less than {week} weeks pregnant")
    if department == routing.enteric_clinic and routing.enteric_months is not None:
        season = months(*routing.enteric_months)
        yield Words(f"开放季节：{season.zh}", f"Open in season: {season.en}")
    if department in routing.all_ages:
        yield Words("儿童也在本科就诊", "Children are seen here too")


def _instead(base: KnowledgeBase, department: str) -> Iterator[Words]:
    """Patients of other departments: men, children, and everybody where the hospital lacks that department."""
    routing = base.routing
    for lead, doors in (
        (
            Words("男性患者，主诉通常属于：", "Men whose complaint usually belongs to: "),
            [door for door, instead in routing.replace_for_male.items() if instead == department],
        ),
        (
            Words("儿童，主诉通常属于：", "Children whose complaint usually belongs to: "),
            [door for door, instead in routing.replace_for_child.items() if instead == department],
        ),
        (
            Words("医院没有以下科室时，代为接诊：", "Where the hospital lacks them, patients of: "),
            [door for door, others in routing.missing.items() if others[0] == department],
        ),
    ):
        if doors:
            yield _listed(lead, _names(base, doors))


def _names(base: KnowledgeBase, codes: Iterable[str]) -> list[Words]:
    return [base.departments[code].name for code in codes if code in base.departments]


def _listed(lead: Words, names: Iterable[Words]) -> Words:
    listed = joined(list(names))
    return Words(lead.zh + listed.zh, lead.en + listed.en)
