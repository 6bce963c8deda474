"""When staying at home is good advice: only for short, mild, self-limiting illness in somebody not at risk.

Which illnesses are self-limiting stands in the content (`self_limiting`), after NHS England, "Conditions for which over
the counter items should not routinely be prescribed in primary care" (2018).
"""

from __future__ import annotations

from collections.abc import Collection

from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.inference import Posterior, posterior_of
from kiosk.domain.knowledge import Condition, Level, SymptomKind
from kiosk.domain.known import FEVER, Known, can_apply, known
from kiosk.domain.patient import Patient
from kiosk.domain.prepared import Prepared

_HARMLESS_SHARE = 0.5
_HARMLESS_SHARE_OF_SMALL = 0.35
"""Enough when the patient says that it gets better or only asks for advice: the course counts like a finding."""
_HARMLESS_SHARE_OF_YOUNG = 0.4
_COURSE = "getting_better"
_RECURRING = "keeps_coming_back"
_SIGNS_OF_SMALL = frozenset(("getting_better", "wants_advice_only"))
_URGENT_SHARE = 0.25
_LIKELY_MASS = 0.97
_AGES = (1, 74)
"""From 75 years on any complaint is seen: the age from which Hangzhou's adult standard moves a patient up a level."""
_INFANT_DAYS = 28
_INFANT_ILLNESS_AGE = 3
_COMMONER_IN_INFANTS = 2.0
_LONGEST_HOURS = 14 * 24.0
_WORST_SEVERITY = 6
_HIGHEST_CELSIUS = 39.0
_HIGHEST_CELSIUS_SMALL_CHILD = 38.5
_YOUNG_HOURS = 72.0
_SHARE_OF_SLOW = 0.2
"""What is left of the chance of an illness that begins slowly, for complaints no older than _YOUNG_HOURS."""
_HARDLY_URGENT = 0.05
_HALLMARK = 0.95
_SHARE_OF_UNSAID = 0.2
"""What is left of the chance of an illness whose hallmark the patient has not mentioned: a cut without a wound."""
_SLIGHT = 3
_OFTEN = 0.15


_AT_RISK = (
    "anticoagulant", "bleeding_disorder", "cancer_history", "chemotherapy", "cirrhosis_history", "contact_lens",
    "diabetes_history",
    "dialysis", "heart_disease_history", "hiv", "immune_suppressed", "kidney_disease_history", "neutropenia",
    "no_spleen", "postpartum", "recent_surgery", "sickle_cell", "steroid_use", "transplant",
)  # fmt: skip
"""Illnesses and medicines with which a trifle is none."""

_WANTS_A_VISIT = (
    "abnormal_report",
    "antenatal_visit",
    "contraception_request",
    "dressing_request",
    "no_symptoms_request",
)


_ACCOMPANYING = frozenset(
    (
        "better_with_movement",
        "burning_feeling",
        "dry_mouth",
        "dry_skin",
        "fatigue",
        "feels_cold",
        "insomnia",
        "irritability",
        "loss_of_appetite",
        "poor_concentration",
        "relieved_by_eating",
        "skin_folds",
        "with_period",
        "worse_after_eating",
        "worse_at_night",
        "worse_with_movement",
    )
)
"""What any trouble brings along, and what only tells when or where another complaint is felt and what eases it; beside
that complaint it needs no explanation of its own."""


def is_self_limiting(condition: Condition) -> bool:
    return condition.level is Level.IV and condition.self_limiting


def may_stay_home(facts: Known, beliefs: Posterior) -> bool:
    """True when what explains the complaints is mostly self-limiting and nothing about the patient speaks against it.

    The caller has made sure that the level is IV and that no red flag is undecided. An unknown age is no young age.
    """
    if not _is_trifling(facts):
        return False
    present = [facts.said[code] for code in facts.said.present()]
    complaints = _to_explain(facts)
    explaining = _explaining(facts, beliefs, complaints)
    mass = sum(p for _, p in explaining)
    if mass <= 0:
        return False
    harmless = [(condition, p) for condition, p in explaining if _is_harmless_to(facts, condition)]
    urgent = sum(p for condition, p in explaining if condition.level <= Level.III)
    small = any(finding.code in _SIGNS_OF_SMALL for finding in present) or all(
        _is_slight(facts.said[code]) for code in complaints
    )
    young = all(_is_young(facts.said[code]) for code in complaints)
    share = _HARMLESS_SHARE_OF_SMALL if small else _HARMLESS_SHARE_OF_YOUNG if young else _HARMLESS_SHARE
    return (
        sum(p for _, p in harmless) >= share * mass
        and urgent <= _URGENT_SHARE * mass
        and all(
            any(facts.tables.explains(condition, code) for condition, _ in harmless) or _is_trifle_apart(facts, code)
            for code in complaints
        )
    )


def _is_trifle_apart(facts: Known, code: str) -> bool:
    """True for a second small trouble that has nothing to do with the first: a cold, and a mosquito bite.

    It has to do with it where an illness that needs a doctor often brings both: a back and a leg that hurt.
    """
    tables = facts.tables
    conditions = tables.knowledge.conditions
    others = [other for other in facts.said.present() if other != code]
    for name, p in tables.explained(code).items():
        often = p >= _OFTEN and any(tables.explained(other).get(name, 0.0) >= _OFTEN for other in others)
        if often and not _is_harmless_to(facts, conditions[name]):
            return False
    apart = known(facts.tables.knowledge, facts.patient, Findings({code: facts.said[code]}), month=facts.month)
    explaining = _explaining(apart, posterior_of(apart), [code])
    mass = sum(p for _, p in explaining)
    harmless = sum(p for condition, p in explaining if _is_harmless_to(facts, condition))
    urgent = sum(p for condition, p in explaining if condition.level <= Level.III)
    return mass > 0 and harmless >= _HARMLESS_SHARE * mass and urgent <= _URGENT_SHARE * mass


def home_conditions(facts: Known) -> frozenset[str]:
    """The conditions that this patient could treat at home; none where what was told speaks against it already."""
    if not _is_trifling(facts):
        return frozenset()
    conditions = facts.tables.knowledge.conditions
    return frozenset(code for code, condition in conditions.items() if _is_harmless_to(facts, condition))


def _is_trifling(facts: Known) -> bool:
    """True when nothing that was told, of patient or complaint, speaks against staying at home by itself."""
    wants_a_visit = (*_WANTS_A_VISIT, *facts.tables.knowledge.routing.asked_for)
    if not _is_of_low_risk(facts.patient) or any(
        facts.status(code) is Status.PRESENT for code in (*_AT_RISK, *wants_a_visit)
    ):
        return False
    present = [facts.said[code] for code in facts.said.present()]
    if not present or facts.status(_RECURRING) is Status.PRESENT or _told_to_stay_bad(facts.said.get(_COURSE)):
        return False
    if facts.patient.age is not None and facts.patient.age < _INFANT_ILLNESS_AGE and _is_hot(facts.said.get(FEVER)):
        return False
    return all(_is_mild(finding, facts.tables) and _is_harmless_name(facts, finding.code) for finding in present)


def _told_to_stay_bad(course: Finding | None) -> bool:
    """Who brings up that it gets no better (吃了药不见好) has had the time that self-care would give."""
    return course is not None and course.status is Status.ABSENT and course.source is Source.WORDS


def _to_explain(facts: Known) -> list[str]:
    """What the patient came for: complaints, or else circumstances that are a complaint (water in the ear)."""
    symptoms = facts.tables.knowledge.symptoms
    said = [code for code in facts.complaints() if code not in _SIGNS_OF_SMALL]
    complaints = [
        code
        for code in said
        if symptoms[code].kind in (SymptomKind.SYMPTOM, SymptomKind.SIGN)
        and can_apply(symptoms[code].applies, facts.patient)
    ]
    return [code for code in complaints if code not in _ACCOMPANYING] or complaints or said


def _explaining(facts: Known, beliefs: Posterior, complaints: Collection[str]) -> list[tuple[Condition, float]]:
    """The likely conditions that explain a complaint; slow illnesses count less where all of it is young."""
    tables = facts.tables
    slow = tables.knowledge.slow if all(_is_young(facts.said[code]) for code in complaints) else frozenset[str]()
    conditions = tables.knowledge.conditions
    chances = {
        code: p * (_SHARE_OF_SLOW if code in slow else 1.0) * _told(facts, conditions[code])
        for code, p in beliefs.explaining(complaints).items()
    }
    left = _LIKELY_MASS * sum(chances.values())
    explaining = []
    for code in sorted(chances, key=lambda code: -chances[code]):
        if left <= 0:
            break
        left -= chances[code]
        explaining.append((conditions[code], chances[code]))
    return explaining


def _told(facts: Known, condition: Condition) -> float:
    hallmarks = [code for code, p in condition.likelihood.items() if p >= _HALLMARK]
    return 1.0 if all(facts.status(code) is Status.PRESENT for code in hallmarks) else _SHARE_OF_UNSAID


def _is_of_low_risk(patient: Patient) -> bool:
    if patient.age is None or patient.age > _AGES[1] or patient.pregnant:
        return False
    return patient.age >= _AGES[0] or (patient.age_days is not None and patient.age_days > _INFANT_DAYS)


def _is_harmless_to(facts: Known, condition: Condition) -> bool:
    """In the first year only illnesses of that age (nappy rash, colic) are: for anything else an infant is seen."""
    if not is_self_limiting(condition) or any(facts.status(code) is Status.PRESENT for code in condition.worse_with):
        return False
    patient = facts.patient
    return patient.age is None or patient.age >= _AGES[0] or _is_of_infants(condition)


def _is_of_infants(condition: Condition) -> bool:
    """True for what only infants have, and for trouble of the skin that they have far more often than others."""
    oldest = condition.applies.age_max
    if oldest is not None and oldest <= _INFANT_ILLNESS_AGE:
        return True
    commoner = any(young == 0 and times >= _COMMONER_IN_INFANTS for young, _, times in condition.age_factors)
    return commoner and "dermatology" in condition.departments


def _is_harmless_name(facts: Known, code: str) -> bool:
    """False for an illness by its name (a finding that is never asked) that is not self-limiting."""
    symptom = facts.tables.knowledge.symptoms.get(code)
    if symptom is None or symptom.ease > 0:
        return True
    return all(map(is_self_limiting, facts.tables.listed_by.get(code, ())))


def _is_hot(fever: Finding | None) -> bool:
    return fever is not None and fever.value is not None and fever.value >= _HIGHEST_CELSIUS_SMALL_CHILD


def _is_mild(finding: Finding, tables: Prepared) -> bool:
    too_long = finding.duration_hours is not None and finding.duration_hours >= _LONGEST_HOURS
    too_bad = (
        finding.severity is not None and finding.severity > _WORST_SEVERITY and _may_be_urgent(finding.code, tables)
    )
    too_hot = finding.code == FEVER and finding.value is not None and finding.value >= _HIGHEST_CELSIUS
    return not (too_long or too_bad or too_hot)


def _may_be_urgent(code: str, tables: Prepared) -> bool:
    """Whether strength matters: a bad pain may be something else, bad dandruff is still dandruff."""
    conditions = tables.knowledge.conditions
    shares = {name: p * conditions[name].prior for name, p in tables.explained(code).items()}
    urgent = sum(share for name, share in shares.items() if conditions[name].level <= Level.III)
    return code.endswith("_pain") or urgent >= _HARDLY_URGENT * sum(shares.values())


def _is_slight(finding: Finding) -> bool:
    return finding.severity is not None and finding.severity <= _SLIGHT


def _is_young(finding: Finding) -> bool:
    return finding.duration_hours is not None and finding.duration_hours <= _YOUNG_HOURS
