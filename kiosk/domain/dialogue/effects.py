"""What a step of the dialogue wants done; the ui and the services carry it out."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.appointments import Appointment, Change
from kiosk.domain.booking import Slot
from kiosk.domain.encounter import VisitDraft
from kiosk.domain.language import Language
from kiosk.domain.patient import Patient
from kiosk.domain.scanned import Code


@dataclass(frozen=True, slots=True)
class Listen:
    """Open the microphone. `phrases` limits what can be heard on closed questions; empty is free speech."""

    language: Language
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StopListening:
    """Close the microphone; `wanted` False throws the words away."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class EndByPause:
    """Close the microphone as soon as the patient is silent; the words are wanted."""


@dataclass(frozen=True, slots=True)
class ReadAloud:
    """Read the screen from its beginning."""


@dataclass(frozen=True, slots=True)
class AskModel:
    visit_id: str
    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class ReadCard:
    """Read the next card that lies on the reader, until StopReading."""

    visit_id: str


@dataclass(frozen=True, slots=True)
class StopReading:
    pass


@dataclass(frozen=True, slots=True)
class FindPatient:
    """Look for the patient's record, unseen and unwaited for."""

    visit_id: str
    patient: Patient


@dataclass(frozen=True, slots=True)
class AlertDesk:
    """`rules` are red-flag codes; ("nurse_called",) when the patient asked for a person; `level` 0 then."""

    visit_id: str
    level: int
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindSlots:
    department: str


@dataclass(frozen=True, slots=True)
class HoldSlot:
    visit_id: str
    slot: Slot


@dataclass(frozen=True, slots=True)
class ReleaseSlots:
    visit_id: str


@dataclass(frozen=True, slots=True)
class CheckIn:
    draft: VisitDraft


@dataclass(frozen=True, slots=True)
class FindAppointment:
    visit_id: str
    code: Code


@dataclass(frozen=True, slots=True)
class ChangeAppointment:
    """`slot` is the new time of MOVED, which this visit holds."""

    visit_id: str
    appointment: Appointment
    change: Change
    slot: Slot | None = None


@dataclass(frozen=True, slots=True)
class GiveSlip:
    """For an appointment of the hospital system, as it is now that its patient is checked in."""

    visit_id: str
    appointment: Appointment
    language: Language
    tag: str


@dataclass(frozen=True, slots=True)
class ChangeLanguage:
    language: Language
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Forget:
    """Wipe everything of this patient: fields, clipboard, transcripts, images, recognisers."""

    visit_id: str


Effect = (
    Listen
    | StopListening
    | EndByPause
    | ReadAloud
    | AskModel
    | ReadCard
    | StopReading
    | FindPatient
    | AlertDesk
    | FindSlots
    | HoldSlot
    | ReleaseSlots
    | CheckIn
    | FindAppointment
    | ChangeAppointment
    | GiveSlip
    | ChangeLanguage
    | Forget
)
