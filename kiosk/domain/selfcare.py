"""When staying at home is good advice: only for short, mild, self-limiting illness in somebody not at risk.

The list follows NHS England, "Conditions for which over the counter items should not routinely be prescribed in
primary care" (2018), by ICD-10 code; conditions of that list that a hospital should see anyway are left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.domain.findings import Status
from kiosk.domain.inference import Posterior
from kiosk.domain.knowledge import Condition, Level, SymptomKind
from kiosk.domain.known import FEVER, Known

_ICD10 = (
    "B00.1 B00.8 B07 B08.2 B30 B35 F51.0 G44.2 H00 H04.1 H10 H61.2 J00 J01 J02 J04 J06 J20 J30 J31.0 K12 K30 K59.0 "
    "L20 L22 L23 L24 L25 L30 L55 L70 L74 M54.5 M62.6 N94.4 R06.6 R10.4 S93.4 T14.0 T63.4"
)
SELF_LIMITING_ICD10 = tuple(_ICD10.split())
"""Prefixes of codes whose usual course needs no doctor."""

_LIKELY = 0.1
_MOSTLY = 0.6
_AGES = (2, 64)
_LONGEST_HOURS = 14 * 24.0
_WORST_SEVERITY = 6
_HIGHEST_CELSIUS = 39.0


def is_self_limiting(condition: Condition) -> bool:
    return condition.level is Level.IV and condition.icd10.startswith(SELF_LIMITING_ICD10)


def may_stay_home(facts: Known, beliefs: Posterior) -> bool:
    """True when every likely condition is self-limiting and nothing about the patient or the complaint speaks against.

    The caller has made sure that the level is IV and that no red flag is undecided.
    """
    patient = facts.patient
    if patient.age is None or not _AGES[0] <= patient.age <= _AGES[1] or patient.pregnant:
        return False
    present = [facts.said[code] for code in facts.said.present()]
    if not present or any(finding.status is Status.UNSURE for finding in facts.said.values()):
        return False
    for finding in present:
        too_long = finding.duration_hours is not None and finding.duration_hours > _LONGEST_HOURS
        too_bad = finding.severity is not None and finding.severity > _WORST_SEVERITY
        too_hot = finding.code == FEVER and finding.value is not None and finding.value >= _HIGHEST_CELSIUS
        if too_long or too_bad or too_hot:
            return False
    likely = beliefs.likely()
    harmless = sum(p for condition, p in likely if is_self_limiting(condition))
    candidates = [condition for condition, p in likely if p >= _LIKELY]
    return harmless >= _MOSTLY and all(map(is_self_limiting, candidates)) and _is_explained(facts, candidates)


def _is_explained(facts: Known, candidates: Sequence[Condition]) -> bool:
    """True when one of the likely conditions accounts for each complaint; history needs no explanation."""
    tables = facts.tables
    symptoms = tables.knowledge.symptoms
    complaints = [c for c in facts.complaints() if symptoms[c].kind in (SymptomKind.SYMPTOM, SymptomKind.SIGN)]
    return all(any(tables.explains(condition, code) for condition in candidates) for code in complaints)
