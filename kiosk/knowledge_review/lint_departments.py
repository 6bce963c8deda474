"""Departments nobody reaches, icons nobody drew, tiles and routes that lead to a closed door."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.prepared import present_leaves
from kiosk.knowledge_review.catching import overlap
from kiosk.knowledge_review.content import Content, Kind
from kiosk.knowledge_review.problems import Problem, Severity

_TILES = 8
"""Findings that fit on the screen behind one tile."""


def _unreachable_departments(content: Content) -> Iterator[Problem]:
    reached = _reached(content.base)
    for code in content.base.departments:
        if code not in reached:
            file = content.file(Kind.DEPARTMENT, code)
            text = "no condition, red flag or route leads here"
            yield Problem(Severity.ERROR, "department-unreachable", file, code, "code", text)


def _reached(base: KnowledgeBase) -> set[str]:
    routing = base.routing
    reached = {routing.fever_clinic, routing.emergency, routing.paediatrics, routing.obstetrics, routing.general}
    reached |= {routing.neonatology, routing.geriatrics, routing.enteric_clinic, routing.bite_clinic}
    reached.update(routing.symptom_department.values(), routing.symptom_department_child.values())
    reached.update(routing.replace_for_male.values(), routing.replace_for_child.values())
    reached.update(flag.department for flag in base.red_flags if flag.department is not None)
    for condition in base.conditions.values():
        reached.update(code for code, weight in condition.departments.items() if weight > 0)
    return reached


def _second_choices(content: Content) -> Iterator[Problem]:
    base = content.base
    first = {max(c.departments, key=c.departments.__getitem__) for c in base.conditions.values() if c.departments}
    for code in base.departments:
        if code not in first:
            text = "is the first choice of no condition"
            yield Problem(Severity.NOTE, "department-second", content.file(Kind.DEPARTMENT, code), code, "code", text)


def _missing_icons(content: Content) -> Iterator[Problem]:
    base = content.base
    used = [(Kind.SYMPTOM, symptom.code, symptom.icon) for symptom in base.symptoms.values()]
    used += [(Kind.DEPARTMENT, department.code, department.icon) for department in base.departments.values()]
    used += [(Kind.COMPLAINT, complaint.code, complaint.icon) for complaint in base.complaints]
    used += [(Kind.DANGER, danger.code, danger.icon) for danger in base.dangers]
    for kind, code, icon in used:
        if icon not in content.icons:
            text = f"there is no icons/{icon}.svg"
            yield Problem(Severity.ERROR, "icon-missing", content.file(kind, code), code, "icon", text)


def _unused_symptoms(content: Content) -> Iterator[Problem]:
    used = mentioned(content.base)
    for code, symptom in content.base.symptoms.items():
        if code not in used:
            kin = [parent for parent in symptom.implies if parent in used]
            text = f"nothing mentions it but its general form {', '.join(kin)}" if kin else "nothing mentions it"
            file = content.file(Kind.SYMPTOM, code)
            yield Problem(Severity.WARNING, "symptom-unused", file, code, "code", text)


def mentioned(base: KnowledgeBase) -> set[str]:
    """Codes of the findings that a condition, a red flag, a tile or a route names."""
    codes = {*base.routing.symptom_department, *base.routing.symptom_department_child}
    for condition in base.conditions.values():
        codes.update(condition.likelihood, condition.worse_with)
    for flag in base.red_flags:
        codes.update(leaf.code for leaf in present_leaves(flag.when))
    for complaint in base.complaints:
        codes.update(complaint.findings)
    for danger in base.dangers:
        codes.update(danger.findings)
    return codes


def _closed_routes(content: Content) -> Iterator[Problem]:
    base = content.base
    for code, department in base.routing.symptom_department.items():
        if not overlap(base.symptoms[code].applies, base.departments[department].applies):
            text = f"{department} takes none of the patients who can have it"
            field = f"symptom_department.{code}"
            yield Problem(Severity.ERROR, "route-closed", "routing.yaml", "routing", field, text)
    for department, instead in base.routing.replace_for_male.items():
        if instead in base.routing.replace_for_male:
            text = f"{instead} is no door for men either"
            yield Problem(
                Severity.ERROR, "route-closed", "routing.yaml", "routing", f"replace_for_male.{department}", text
            )


def _full_tiles(content: Content) -> Iterator[Problem]:
    tiles = [(Kind.COMPLAINT, tile.code, tile.findings) for tile in content.base.complaints]
    tiles += [(Kind.DANGER, tile.code, tile.findings) for tile in content.base.dangers]
    for kind, code, findings in tiles:
        if len(findings) > _TILES:
            text = f"{len(findings)} findings do not fit on one screen; {_TILES} do"
            yield Problem(Severity.WARNING, "tile-full", content.file(kind, code), code, "findings", text)


def _ambiguous_tiles(content: Content) -> Iterator[Problem]:
    complaints = {complaint.code for complaint in content.base.complaints}
    for danger in content.base.dangers:
        if danger.code in complaints:
            text = "is the code of a complaint too"
            yield Problem(
                Severity.ERROR, "tile-twice", content.file(Kind.DANGER, danger.code), danger.code, "code", text
            )


CHECKS = (
    _unreachable_departments,
    _second_choices,
    _missing_icons,
    _unused_symptoms,
    _closed_routes,
    _full_tiles,
    _ambiguous_tiles,
)
