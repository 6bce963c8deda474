"""The patient's dialogue as data: what is known (State), what can happen (events), what must be done (effects).

session.advance turns the first two into the next State and the effects; the ui and the services carry effects out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kiosk.domain.assessment import Assessment
from kiosk.domain.booking import Offer, Slot
from kiosk.domain.encounter import VisitDraft
from kiosk.domain.errors import PrinterProblem
from kiosk.domain.findings import Finding, Findings, Status
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import Language
from kiosk.domain.patient import Patient, Sex


class Screen(StrEnum):
    """The screens of a visit in their usual order; EMERGENCY and NURSE can come from anywhere."""

    ATTRACT = "attract"
    CONSENT = "consent"
    WHO = "who"
    PHONE = "phone"
    BIRTH = "birth"
    AGE = "age"
    SEX = "sex"
    COMPLAINT = "complaint"
    TYPING = "typing"
    PICK = "pick"
    CONFIRM = "confirm"
    QUESTION = "question"
    SUMMARY = "summary"
    RESULT = "result"
    BOOKING = "booking"
    SLIP = "slip"
    FAREWELL = "farewell"
    EMERGENCY = "emergency"
    NURSE = "nurse"
    DESK = "desk"


class Speech(StrEnum):
    """What the microphone path is doing; OFF means there is none and the screen offers touch alone."""

    OFF = "off"
    READY = "ready"
    LISTENING = "listening"
    RECOGNISING = "recognising"


class Delivery(StrEnum):
    """What became of the slip."""

    WAITING = "waiting"
    PRINTED = "printed"
    FAILED = "failed"


class DeskReason(StrEnum):
    """Why the screen sends the patient to the staffed desk."""

    CONSENT_REFUSED = "consent_refused"
    STORE_FULL = "store_full"
    CHECK_IN_FAILED = "check_in_failed"


@dataclass(frozen=True, slots=True)
class Timing:
    """Idle times in seconds (settings `session.*`)."""

    idle_s: float = 45.0
    warning_s: float = 20.0
    farewell_s: float = 6.0
    emergency_s: float = 600.0


Understand = Callable[[str, Language], tuple[Finding, ...]]
"""Patient's words and their language to findings, made by domain/understanding.py around a matcher."""


@dataclass(frozen=True, slots=True)
class Clinic:
    """What the dialogue needs to know about this hospital; the same for every visit."""

    knowledge: KnowledgeBase
    understand: Understand
    assess: Callable[[Patient, Findings, tuple[str, ...]], Assessment]
    """Patient, findings and the codes asked so far to an assessment with the next question (domain/triage.py)."""
    timing: Timing = Timing()
    max_questions: int = 8
    default_language: Language = Language.ZH


@dataclass(frozen=True, slots=True)
class CheckedInVisit:
    """What the screen needs of a stored visit. `token` is the QR content, shown on screen when paper fails."""

    number: str
    room: str
    starts_at: datetime | None
    wait_minutes: int | None
    token: str
    to_be_confirmed: bool


@dataclass(frozen=True, slots=True)
class State:
    clinic: Clinic = field(repr=False, compare=False)
    screen: Screen = Screen.ATTRACT
    language: Language = Language.ZH
    trail: tuple[Screen, ...] = ()
    visit_id: str = ""
    today: date | None = None
    consented_at: datetime | None = None
    patient: Patient = Patient()
    phone: str = ""
    birth_digits: str = ""
    age_digits: str = ""
    complaint: str = ""
    live_words: str = ""
    heard: str = ""
    picked: tuple[str, ...] = ()
    picking: str = ""
    findings: Findings = Findings()
    assessment: Assessment | None = None
    asked: tuple[str, ...] = ()
    question: str = ""
    questions_expected: int = 0
    speech: Speech = Speech.OFF
    misheard: int = 0
    department: str = ""
    offer: Offer | None = None
    slot: Slot | None = None
    lost_slot: Slot | None = None
    booking: bool = False
    checked_in: CheckedInVisit | None = None
    delivery: Delivery = Delivery.WAITING
    print_problem: PrinterProblem | None = None
    his_up: bool = True
    printer_up: bool = True
    alerted_rules: tuple[str, ...] = ()
    nurse_called: bool = False
    desk_reason: DeskReason | None = None
    input_problem: str = ""
    last_touch: float = 0.0
    warned_at: float | None = None


# Events. `at` is seconds on a clock that never goes backwards; wall-clock times travel in their own fields.


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
class LanguageChosen(Event):
    language: Language


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
class WithPhone(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutName(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed(Event):
    """A key of the pad on the PHONE, BIRTH or AGE screen: one digit, or "" for delete."""

    digit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Next(Event):
    """The main button of PHONE, BIRTH, AGE, PICK, SUMMARY."""


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
class Heard(Event):
    """Words from the speech worker; partial results have `final` False."""

    text: str
    final: bool


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
class FindingTapped(Event):
    """PICK: choose or unchoose a symptom. CONFIRM: cycle present, absent, unsure."""

    code: str


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
    up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterChanged(Event):
    up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAnswered(Event):
    """Findings a language model proposes for the complaint; already checked against the knowledge base."""

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


# Effects


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
class AskModel:
    visit_id: str
    text: str
    language: Language


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
class ChangeLanguage:
    language: Language


@dataclass(frozen=True, slots=True)
class Forget:
    """Wipe everything of this patient: fields, clipboard, transcripts, images, recognisers."""

    visit_id: str


Effect = (
    Listen
    | StopListening
    | AskModel
    | AlertDesk
    | FindSlots
    | HoldSlot
    | ReleaseSlots
    | CheckIn
    | ChangeLanguage
    | Forget
)
