"""What can happen in a visit.

`at` is seconds on a clock that never goes backwards; wall-clock times travel in their own fields.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk.domain.appointments import Appointment, AppointmentProblem
from kiosk.domain.booking import Offer, Slot
from kiosk.domain.card_reading import CardState
from kiosk.domain.errors import PrinterProblem
from kiosk.domain.findings import Finding, Side, Status
from kiosk.domain.hearing import Hearing
from kiosk.domain.identity_numbers import PaperForm
from kiosk.domain.language import Language
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.patient_match import PatientMatch
from kiosk.domain.visit import CheckedInVisit, DeskReason, Service
from kiosk.domain.wayfinding import Wing


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(Event):
    """Time passed; sent about once a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched(Event):
    """Any touch or key: somebody is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguagesOpened(Event):
    """The list of languages, where there are more than two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageChosen(Event):
    """`tag` names a locale of that language other than its own."""

    language: Language
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceChosen(Event):
    """An entry of the first screen besides the start of a visit. `visit_id` is a new random UUID."""

    service: Service
    visit_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeScanned(Event):
    """A scanner read something, on any screen. `text` is untrusted; `visit_id` is a new random UUID."""

    text: str = field(repr=False)
    visit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentFound(Event):
    """What the code on the CODE screen belongs to, or how it stands after a change on APPOINTMENT.

    `visit_id` is that of the question: an answer that comes late is not shown to the next patient.
    """

    visit_id: str
    appointment: Appointment


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentMissed(Event):
    """Nothing was found on CODE, or nothing was changed on APPOINTMENT or BOOKING."""

    visit_id: str
    problem: AppointmentProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalTapped(Event):
    """APPOINTMENT: check in."""

    wall: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTapped(Event):
    """APPOINTMENT: another time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelTapped(Event):
    """APPOINTMENT: cancel; the first tap asks, the second one does it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepTapped(Event):
    """APPOINTMENT: do not cancel, or take the cancelling back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WingChosen(Event):
    """DIRECTORY: see the departments that stand together."""

    wing: Wing


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationChosen(Event):
    """DIRECTORY: a place somebody looks for."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Started(Event):
    """The start button. `visit_id` is a new random UUID."""

    visit_id: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven(Event):
    wall: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRefused(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class WithCard(Event):
    """WHO: an identity card for the reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardChanged(Event):
    """What the card reader does for this visit."""

    visit_id: str
    state: CardState


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRead(Event):
    """Who the card on the reader says its holder is: name, document, birth date, and sex where it tells."""

    visit_id: str
    patient: Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class WithDocument(Event):
    """CARD: type the number of a document instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperChosen(Event):
    """PAPERS: what the number is of."""

    form: PaperForm


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientFound(Event):
    """Whether the hospital knows the patient who was asked for last; never shown."""

    visit_id: str
    match: PatientMatch


@dataclass(frozen=True, slots=True, kw_only=True)
class InsuranceGiven(Event):
    """An electronic insurance code was scanned: an opaque reference, for the hospital system and nobody else."""

    reference: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithPhone(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutName(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed(Event):
    """A key of the pad on the PHONE, BIRTH, AGE or CODE screen: one digit, or "" for delete. On DOCUMENT a letter as
    well."""

    digit: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictated(Event):
    """Figures said for PHONE, BIRTH or AGE: the field holds them and nothing else, for the patient to see."""

    digits: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Next(Event):
    """The main button of CARD, DOCUMENT, PHONE, BIRTH, AGE, CODE, PICK, BODY, PLACE, SUMMARY."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SexChosen(Event):
    """None is "rather not say"."""

    sex: Sex | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkPressed(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkReleased(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkTapped(Event):
    """The button was only tapped: nobody holds it, and silence will end what is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Event):
    """Words from the speech worker; partial results have `final` False. `hearing` says how the attempt went, `wall` is
    the local time at which something is booked by them."""

    text: str
    final: bool
    hearing: Hearing = Hearing.WORDS
    wall: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatAsked(Event):
    """ "Say that again": the screen is read aloud from its beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechChanged(Event):
    """The speech path came (True) or went (False)."""

    available: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TypingOpened(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed(Event):
    """The finished text of the keyboard screen."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintPicked(Event):
    """A tile of the complaint grid; `code` is a Complaint code."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerPicked(Event):
    """A picture of DANGERS; `code` is a Danger code."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDanger(Event):
    """None of the pictures of DANGERS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingTapped(Event):
    """PICK and PLACE: choose or unchoose a symptom. CONFIRM: cycle present, absent, unsure."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyOpened(Event):
    """ "Show where": from the complaint to the body map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyTurned(Event):
    """See the other side of the body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChosen(Event):
    """A name on the body map, or the body itself, which may tell the side as well."""

    code: str
    side: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SideChosen(Event):
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class AnotherPlace(Event):
    """From what was chosen at one place back to the whole body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElsewhereChosen(Event):
    """None of the places: say it, or type it where nobody can listen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class SayAgain(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Event):
    code: str
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class PainScored(Event):
    """How strong the pain is, 0 to 10; None is "no idea"."""

    score: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentChosen(Event):
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferArrived(Event):
    """Free times of the chosen department; `his_up` False means they are the kiosk's own and need confirming."""

    offer: Offer
    his_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotChosen(Event):
    slot: Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotLost(Event):
    """Somebody else has it; `offer` is fresh."""

    slot: Slot
    offer: Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingAccepted(Event):
    """The main button of BOOKING, with a chosen slot, or `walk_in` for a number without a doctor."""

    walk_in: bool
    wall: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedIn(Event):
    visit: CheckedInVisit


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInFailed(Event):
    reason: DeskReason


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipPrinted(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipFailed(Event):
    problem: PrinterProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipTaken(Event):
    """Did it print? `taken` False asks for the code on screen."""

    taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HisChanged(Event):
    """`locked_out`: it stays down until staff act."""

    up: bool
    locked_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterChanged(Event):
    up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChanged(Event):
    """A language model that should be there came (True) or went (False); only staff need to know."""

    up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAnswered(Event):
    """Findings a language model proposes for the complaint; the dialogue checks them against what was said."""

    visit_id: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NurseCalled(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class NurseArrived(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Back(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(Event):
    """The dock's "end", or "wipe now" on the idle warning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StillHere(Event):
    pass
