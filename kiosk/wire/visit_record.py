"""A visit as its FHIR transactions tell it (wire/visit_reading.py), for hospital systems that speak something else.

The outbox holds one payload whatever the hospital system is; what HL7 v2 segments or database records are filled from
is this record. Codes are the kiosk's own; translating them for a hospital is the business of its adapter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk.domain.findings import Source, Status
from kiosk.domain.knowledge import Level
from kiosk.domain.patient import IdentityDocument, Sex


@dataclass(frozen=True, slots=True)
class Coded:
    """A code of the kiosk's own with what people call it, in both languages of the content."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """Who the visit is for. `identifier` is ours: the same document, or without one the same phone and birth date,
    give the same one, nobody else's.

    `language` is a BCP 47 tag; `insurance` the opaque reference of the insurer's gateway, empty without one. `record`
    is the hospital system's own id of the record that was found, `earlier_visit` a visit whose patient this was before.
    """

    identifier: str
    verified: bool
    sex: Sex | None
    birth_date: date | None
    age: int | None
    age_days: int | None
    pregnant: bool | None
    phone: str
    language: str
    insurance: str
    name: str = field(default="", repr=False)
    document: IdentityDocument | None = None
    record: str = ""
    earlier_visit: str = ""
    possible_duplicate: bool = False

    @property
    def lacks_name(self) -> bool:
        """As domain/patient_match.lacks_name()."""
        return self.document is not None and not self.name and not self.record and not self.earlier_visit


@dataclass(frozen=True, slots=True)
class PractitionerRecord:
    code: str
    name: str
    room: str


@dataclass(frozen=True, slots=True)
class SlotRecord:
    """A booked time; `confirmed` once the hospital system has said yes to it."""

    code: str
    start: datetime
    end: datetime
    confirmed: bool


@dataclass(frozen=True, slots=True)
class RedFlagRecord:
    """A rule that set a minimum level, and why it matters."""

    code: str
    name: str
    level: Level


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """As domain/findings.Finding; `words` are the patient's, `body_site` is read by people."""

    code: str
    name: str
    status: Status
    source: Source
    words: str
    severity: int | None
    duration_hours: float | None
    value: float | None
    body_site: str


@dataclass(frozen=True, slots=True)
class VitalRecord:
    """A measured sign as the patient told it: its LOINC code and its UCUM unit."""

    loinc: str
    name: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """A question with what was answered, and the words if there were any."""

    code: str
    question: str
    answer: str
    words: str


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """One visit. `number` is what is called out, `note` the drafted note as plain text, sections apart by a blank line.

    `arrived_at` is when the level was given and the visit stored; `consented_at` is when it began at the kiosk.
    """

    visit_id: str
    number: str
    kiosk: str
    patient: PatientRecord
    consented_at: datetime
    arrived_at: datetime
    emergency: bool
    level: Level
    staff_check: bool
    red_flags: tuple[RedFlagRecord, ...]
    department: Coded
    practitioner: PractitionerRecord | None
    slot: SlotRecord | None
    complaint: str
    findings: tuple[FindingRecord, ...]
    vitals: tuple[VitalRecord, ...]
    answers: tuple[AnswerRecord, ...]
    note: str

    @property
    def booked(self) -> bool:
        """False for a walk-in."""
        return self.slot is not None
