"""What triage concludes, with the reason for each part."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.knowledge import Level
from kiosk.domain.language import Words


class Disposition(StrEnum):
    EMERGENCY = "emergency"
    DOCTOR = "doctor"
    SELF_CARE = "self_care"


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A red flag that is true for this patient, the findings that made it true, and why it matters."""

    rule: str
    row: int
    level: Level
    because: Words
    findings: tuple[str, ...]
    department: str | None
    tell_staff: bool = False


@dataclass(frozen=True, slots=True)
class ConditionProbability:
    code: str
    probability: float


@dataclass(frozen=True, slots=True)
class DepartmentScore:
    """How well a department fits.

    `score` is in 0..1, `findings` are the codes that speak for it, strongest first, `reason` a routing rule's words.
    """

    code: str
    score: float
    findings: tuple[str, ...]
    reason: Words | None = None


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """`code` is a symptom code; `gain` its expected information in bits, weighed by ease."""

    code: str
    gain: float


@dataclass(frozen=True, slots=True)
class Assessment:
    """`staff_check` is true when a red flag could not be excluded for a "not sure", or when a rule asks for staff."""

    level: Level
    disposition: Disposition
    red_flags: tuple[FiredRule, ...]
    staff_check: bool
    conditions: tuple[ConditionProbability, ...]
    departments: tuple[DepartmentScore, ...]
    next_question: NextQuestion | None
