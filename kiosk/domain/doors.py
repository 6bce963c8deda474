"""Which departments take this patient: by sex, age, pregnancy and season, and by what the hospital has and opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk.domain.findings import Status
from kiosk.domain.knowledge import Department
from kiosk.domain.known import PREGNANT, Known, can_apply
from kiosk.domain.language import Words
from kiosk.domain.patient import Patient, Sex

OLDEST_CHILD = 21
"""A department for nobody older is a children's department."""

_DAY_AND_TIME = Words("{day} {time}", "{day} at {time}")
_CHILD_SHARE = 0.35
_LATE_PREGNANCY = "pregnancy_over_20w"
_ANTENATAL = "antenatal_visit"
_WEEKDAYS = (
    Words("周一", "on Monday"),
    Words("周二", "on Tuesday"),
    Words("周三", "on Wednesday"),
    Words("周四", "on Thursday"),
    Words("周五", "on Friday"),
    Words("周六", "on Saturday"),
    Words("周日", "on Sunday"),
)


@dataclass(frozen=True, slots=True)
class OpenDoors:
    """What the hospital has and what is open at this moment; None is unknown and counts as there, and as open.

    `next_opening` holds, for closed departments, when they open again on the hospital's wall clock; `soon` are those
    for which the hospital lets what is not urgent wait, as over the lunch break. `today` is the day it is there.
    """

    departments: frozenset[str] | None = None
    open_now: frozenset[str] | None = None
    next_opening: Mapping[str, datetime] = field(default_factory=dict)
    today: date | None = None
    soon: frozenset[str] = frozenset()

    @property
    def month(self) -> int | None:
        """The season, 1-12."""
        return None if self.today is None else self.today.month


EVERY_DOOR = OpenDoors()


def is_child(patient: Patient, paediatric_age_max: int) -> bool:
    return patient.age is not None and patient.age <= paediatric_age_max


class PatientDoors:
    """The departments of one hospital as one patient finds them."""

    def __init__(self, facts: Known, hospital: OpenDoors = EVERY_DOOR) -> None:
        self._facts = facts
        self._patient = facts.patient
        self._routing = facts.tables.knowledge.routing
        self._departments = facts.tables.knowledge.departments
        self._hospital = hospital
        self._doors_of: dict[str, tuple[tuple[str, float], ...]] = {}
        self.is_child = is_child(self._patient, self._routing.paediatric_age_max)
        days = self._patient.age_days
        neonatology = self._routing.neonatology
        self.is_neonate = days is not None and days <= self._routing.neonate_days_max and self.has(neonatology)

    def open(self, weights: Mapping[str, float]) -> Mapping[str, float]:
        """The same weights, summing to one, at departments this patient can go to; emergency only by rule."""
        opened: dict[str, float] = {}
        for department, weight in self._suited(weights).items():
            if department not in self._doors_of:
                self._doors_of[department] = self._doors(department)
            for door, share in self._doors_of[department]:
                opened[door] = opened.get(door, 0.0) + weight * share
        total = sum(opened.values())
        return {door: weight / total for door, weight in opened.items()} if total > 0 else {}

    def has(self, department: str) -> bool:
        """True when the hospital has it, and has it at this time of the year."""
        hospital = self._hospital.departments
        return (
            department in self._departments
            and (hospital is None or department in hospital)
            and not (department == self._routing.enteric_clinic and self._is_out_of_season())
        )

    def here(self, department: str) -> str:
        """The department itself, or whoever does its work in this hospital."""
        if self.has(department):
            return department
        for other in (*self._routing.missing.get(department, ()), self._routing.general):
            if self.has(other) and can_apply(self._departments[other].applies, self._patient):
                return other
        return self._routing.emergency

    def childrens(self) -> str:
        """Where a child goes whom no other department sees."""
        return self.here(self._routing.neonatology if self.is_neonate else self._routing.paediatrics)

    def in_pregnancy(self) -> str:
        """Obstetrics, or before the hospital's week who sees early pregnancies; an unknown week is obstetrics."""
        return self.here(self._routing.early_pregnancy if self._is_early() else self._routing.obstetrics)

    def is_open(self, department: str) -> bool:
        """True as well when nobody knows the hours."""
        open_now = self._hospital.open_now
        return open_now is None or department in open_now or department in self._routing.always_open

    def opens_soon(self, department: str) -> bool:
        return department in self._hospital.soon

    def opens(self, department: str) -> Words | None:
        """When a closed department opens again, such as "tomorrow at 08:00"; None when nobody knows."""
        at = self._hospital.next_opening.get(department)
        return None if at is None else _day_and_time(at, self._hospital.today)

    def _suited(self, weights: Mapping[str, float]) -> Mapping[str, float]:
        """Without those that do not take this patient, as long as another is left; children's departments first."""
        kept = {code: weight for code, weight in weights.items() if weight > 0 and self._takes(code)}
        if self.is_child and any(self._is_childrens(code) for code in kept):
            kept = {code: weight for code, weight in kept.items() if self._sees_children(code)}
        return kept or weights

    def _takes(self, code: str) -> bool:
        known = self._departments.get(code)
        if known is None or not can_apply(known.applies, self._patient):
            return False
        return self.is_child or self._patient.age is None or not self._is_childrens(code)

    def _is_childrens(self, code: str) -> bool:
        return _is_childrens(self._departments.get(code))

    def _sees_children(self, code: str) -> bool:
        routing = self._routing
        return self._is_childrens(code) or code in routing.all_ages or code == routing.emergency

    def _doors(self, department: str) -> tuple[tuple[str, float], ...]:
        routing = self._routing
        if department == routing.emergency:
            return ((department, 1.0),)
        if self._is_for_pregnancy(department):
            return ((self.in_pregnancy(), 1.0),)
        if self.is_child:
            return self._childs_doors(department)
        if self._patient.sex is Sex.MALE:
            department = routing.replace_for_male.get(department, department)
        known = self._departments.get(department)
        if known is not None and not can_apply(known.applies, self._patient):
            department = routing.general
        return ((self.here(department), 1.0),)

    def _childs_doors(self, department: str) -> tuple[tuple[str, float], ...]:
        routing = self._routing
        if department in routing.all_ages and self.has(department):
            return ((department, 1 - _CHILD_SHARE), (self.childrens(), _CHILD_SHARE))
        if not self._is_childrens(department):
            department = routing.replace_for_child.get(department, routing.paediatrics)
        if department == routing.neonatology and self._may_be_neonate():
            return ((self.here(department), 1.0),)
        known = self._departments.get(department)
        if department in (routing.paediatrics, routing.neonatology) or (
            known is None or not can_apply(known.applies, self._patient)
        ):
            return ((self.childrens(), 1.0),)
        return ((self.here(department), 1.0),)

    def _may_be_neonate(self) -> bool:
        return self.is_neonate or (self._patient.age == 0 and self._patient.age_days is None)

    def _is_for_pregnancy(self, department: str) -> bool:
        routing = self._routing
        if not self._patient.pregnant or self._patient.sex is Sex.MALE:
            return False
        return department == routing.obstetrics or department in routing.replace_in_pregnancy

    def _is_early(self) -> bool:
        """Known to be before the hospital's week, and not yet in antenatal care."""
        routing = self._routing
        later = (_LATE_PREGNANCY, _ANTENATAL)
        if not routing.early_pregnancy or any(self._facts.status(code) is Status.PRESENT for code in later):
            return False
        finding = self._facts.findings.get(PREGNANT)
        return finding is not None and finding.value is not None and finding.value < routing.obstetrics_from_week

    def _is_out_of_season(self) -> bool:
        season, month = self._routing.enteric_months, self._facts.month
        if season is None or month is None:
            return False
        first, last = season
        return not (first <= month <= last if first <= last else month >= first or month <= last)


def _is_childrens(department: Department | None) -> bool:
    oldest = department.applies.age_max if department is not None else None
    return oldest is not None and oldest <= OLDEST_CHILD


def _day_and_time(at: datetime, today: date | None) -> Words:
    days = None if today is None else (at.date() - today).days
    if days == 0:
        day = Words("今天", "today")
    elif days == 1:
        day = Words("明天", "tomorrow")
    else:
        day = _WEEKDAYS[at.weekday()]
    time = f"{at:%H:%M}"
    return Words(_DAY_AND_TIME.zh.format(day=day.zh, time=time), _DAY_AND_TIME.en.format(day=day.en, time=time))
