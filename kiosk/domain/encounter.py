"""One visit as it is stored, printed and sent: encounter, appointment, slip (FHIR nouns)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.domain.assessment import DepartmentScore, FiredRule
from kiosk.domain.booking import Slot
from kiosk.domain.findings import Finding
from kiosk.domain.knowledge import Level
from kiosk.domain.language import Language, Words
from kiosk.domain.patient import Patient
from kiosk.domain.patient_match import NO_MATCH, PatientMatch

NO_NUMBER = "-"
"""The number of a visit that books its time first and is checked in after that."""


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """Everything check-in needs, collected by the session. `visit_id` is a random UUID made when the visit began."""

    visit_id: str
    language: Language
    patient: Patient
    consented_at: datetime
    complaint: str
    findings: tuple[Finding, ...]
    level: Level
    red_flags: tuple[FiredRule, ...]
    staff_check: bool
    departments: tuple[DepartmentScore, ...]
    department: str
    slot: Slot | None
    emergency: bool
    tag: str = ""
    """BCP 47 tag of the screen's language where it is another than the one of `language`."""
    match: PatientMatch = NO_MATCH


@dataclass(frozen=True, slots=True)
class Encounter:
    """A checked-in visit. `number` is called ("骨 027"); `confirmed` is False while the HIS has not said yes."""

    visit_id: str
    number: str
    kiosk: str
    arrived_at: datetime
    draft: VisitDraft
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Given:
    """What a check-in gave away: the `number`-th of a department and day (ISO date), and a booked time."""

    visit_id: str
    department: str
    day: str
    number: int
    slot: Slot | None


@dataclass(frozen=True, slots=True)
class Slip:
    """The paper. Carries no name, no complaint and no condition. `token` is the signed content of the QR code."""

    hospital: Words
    number: str
    department: Words
    practitioner: Words | None
    room: str
    starts_at: datetime | None
    wait_minutes: int | None
    way: Words
    way_back: Words
    printed_at: datetime
    kiosk: str
    token: str = field(repr=False)
    emergency: bool
    to_be_confirmed: bool
    language: Language
    tag: str = ""
    """As in VisitDraft."""
    code: str = field(default="", repr=False)
    """Digits to type where nothing can be scanned (domain/scanned.visit_code)."""
