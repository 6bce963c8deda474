"""When staying at home is good advice: only for short, mild, self-limiting illness in somebody not at risk.

Which illnesses are self-limiting stands in the content (`self_limiting`), after NHS England, "Conditions for which over
the counter items should not routinely be prescribed in primary care" (2018).
"""

from __future__ import annotations

from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.inference import Posterior
from kiosk.domain.knowledge import Condition, Level, SymptomKind
from kiosk.domain.known import FEVER, Known
from kiosk.domain.patient import Patient

_HARMLESS_SHARE = 0.5
_HARMLESS_SHARE_OF_SMALL = 0.35
"""Enough when the patient says that it gets better or only asks for advice: the course counts like a finding."""
_SIGNS_OF_SMALL = frozenset(("getting_better", "wants_advice_only"))
_COURSE = ("getting_better",)
_URGENT_SHARE = 0.25
_AGES = (1, 64)
_INFANT_DAYS = 28
_INFANT_ILLNESS_AGE = 3
_LONGEST_HOURS = 21 * 24.0
_WORST_SEVERITY = 6
_HIGHEST_CELSIUS = 39.0
_HIGHEST_CELSIUS_SMALL_CHILD = 38.5


def is_self_limiting(condition: Condition) -> bool:
    return condition.level is Level.IV and condition.self_limiting


def may_stay_home(facts: Known, beliefs: Posterior) -> bool:
    """True when what explains the complaints is mostly self-limiting and nothing about the patient speaks against it.

    The caller has made sure that the level is IV and that no red flag is undecided. An unknown age is no young age.
    """
    if not _is_of_low_risk(facts.patient):
        return False
    if any(_told_to_stay_bad(facts.said.get(code)) for code in _COURSE):
        return False
    present = [facts.said[code] for code in facts.said.present()]
    if not present or not all(map(_is_mild, present)):
        return False
    if facts.patient.age is not None and facts.patient.age < _INFANT_ILLNESS_AGE and _is_hot(facts.said.get(FEVER)):
        return False
    symptoms = facts.tables.knowledge.symptoms
    if not all(_is_harmless_name(facts, finding.code) for finding in present):
        return False
    complaints = [c for c in facts.complaints() if symptoms[c].kind in (SymptomKind.SYMPTOM, SymptomKind.SIGN)]
    explaining = [
        (condition, p)
        for condition, p in beliefs.likely()
        if any(facts.tables.explains(condition, code) for code in complaints)
    ]
    mass = sum(p for _, p in explaining)
    if mass <= 0:
        return False
    harmless = [(condition, p) for condition, p in explaining if _is_harmless_to(facts.patient, condition)]
    urgent = sum(p for condition, p in explaining if condition.level <= Level.III)
    small = any(finding.code in _SIGNS_OF_SMALL for finding in present)
    return (
        sum(p for _, p in harmless) >= (_HARMLESS_SHARE_OF_SMALL if small else _HARMLESS_SHARE) * mass
        and urgent <= _URGENT_SHARE * mass
        and all(any(facts.tables.explains(condition, code) for condition, _ in harmless) for code in complaints)
    )


def _told_to_stay_bad(course: Finding | None) -> bool:
    """Who brings up that it gets no better (吃了药不见好) has had the time that self-care would give."""
    return course is not None and course.status is Status.ABSENT and course.source is Source.WORDS


def _is_of_low_risk(patient: Patient) -> bool:
    if patient.age is None or patient.age > _AGES[1] or patient.pregnant:
        return False
    return patient.age >= _AGES[0] or (patient.age_days is not None and patient.age_days > _INFANT_DAYS)


def _is_harmless_to(patient: Patient, condition: Condition) -> bool:
    """In the first year only illnesses of that age (nappy rash, colic) are: for anything else an infant is seen."""
    if not is_self_limiting(condition):
        return False
    oldest = condition.applies.age_max
    is_infant = patient.age is not None and patient.age < _AGES[0]
    return not is_infant or (oldest is not None and oldest <= _INFANT_ILLNESS_AGE)


def _is_harmless_name(facts: Known, code: str) -> bool:
    """False for an illness by its name (a finding that is never asked) that is not self-limiting."""
    symptom = facts.tables.knowledge.symptoms.get(code)
    if symptom is None or symptom.ease > 0:
        return True
    return all(map(is_self_limiting, facts.tables.listed_by.get(code, ())))


def _is_hot(fever: Finding | None) -> bool:
    return fever is not None and fever.value is not None and fever.value >= _HIGHEST_CELSIUS_SMALL_CHILD


def _is_mild(finding: Finding) -> bool:
    too_long = finding.duration_hours is not None and finding.duration_hours >= _LONGEST_HOURS
    too_bad = finding.severity is not None and finding.severity > _WORST_SEVERITY
    too_hot = finding.code == FEVER and finding.value is not None and finding.value >= _HIGHEST_CELSIUS
    return not (too_long or too_bad or too_hot)
