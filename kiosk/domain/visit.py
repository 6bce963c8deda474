"""What is known of a visit (State), and of the hospital it happens in (Clinic).

session.advance turns a State and one of dialogue/events into the next State and dialogue/effects.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kiosk.domain.appointments import Appointment, AppointmentProblem, CheckInRules
from kiosk.domain.assessment import Assessment
from kiosk.domain.booking import Offer, Slot
from kiosk.domain.card_reading import CardState
from kiosk.domain.errors import PrinterProblem
from kiosk.domain.findings import Finding, Findings, Side
from kiosk.domain.identity_numbers import PaperForm
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import ENGLISH, OWN_LOCALE, SIMPLIFIED_CHINESE, Language, Locale
from kiosk.domain.patient import Patient
from kiosk.domain.patient_match import NO_MATCH, PatientMatch
from kiosk.domain.scanned import CodePatterns
from kiosk.domain.wayfinding import Destination, Wing


class Screen(StrEnum):
    """The screens of a visit in their usual order; EMERGENCY and NURSE can come from anywhere."""

    ATTRACT = "attract"
    LANGUAGES = "languages"
    DIRECTORY = "directory"
    WAY = "way"
    CODE = "code"
    APPOINTMENT = "appointment"
    CONSENT = "consent"
    WHO = "who"
    CARD = "card"
    PAPERS = "papers"
    DOCUMENT = "document"
    PHONE = "phone"
    BIRTH = "birth"
    AGE = "age"
    SEX = "sex"
    COMPLAINT = "complaint"
    TYPING = "typing"
    PICK = "pick"
    BODY = "body"
    PLACE = "place"
    CONFIRM = "confirm"
    DANGERS = "dangers"
    QUESTION = "question"
    SUMMARY = "summary"
    RESULT = "result"
    BOOKING = "booking"
    SLIP = "slip"
    FAREWELL = "farewell"
    EMERGENCY = "emergency"
    NURSE = "nurse"
    DESK = "desk"


class Service(StrEnum):
    """What somebody can come for besides a visit. The first screen has an entry for each of Clinic.services, and for
    nothing else: a service that is not built, or that this hospital has no data for, is not promised."""

    APPOINTMENT = "appointment"
    DIRECTORY = "directory"


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


class InsuranceNotice(StrEnum):
    """What became of the insurance code that was scanned last."""

    TAKEN = "taken"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"


class DeskReason(StrEnum):
    """Why the screen sends the patient to the staffed desk."""

    CONSENT_REFUSED = "consent_refused"
    STORE_FULL = "store_full"
    CHECK_IN_FAILED = "check_in_failed"
    NO_APPOINTMENT = "no_appointment"


@dataclass(frozen=True, slots=True)
class Timing:
    """Idle times in seconds (settings `session.*`)."""

    idle_s: float = 45.0
    warning_s: float = 20.0
    farewell_s: float = 6.0
    emergency_s: float = 600.0


MISHEARD_BEFORE_TOUCH = 2
MISHEARD_BEFORE_PERSON = 3

Understand = Callable[[str, Language], tuple[Finding, ...]]
"""Patient's words and their language to findings, made by domain/understanding.py around a matcher."""


@dataclass(frozen=True, slots=True)
class Clinic:
    """What the dialogue needs to know about this hospital; the same for every visit."""

    knowledge: KnowledgeBase
    understand: Understand
    assess: Callable[[Patient, Findings, tuple[str, ...], tuple[Finding, ...]], Assessment]
    """Patient, findings, the codes asked so far and a model's proposals to an assessment with the next question
    (domain/triage.py)."""
    timing: Timing = Timing()
    max_questions: int = 8
    default_language: Language = Language.ZH
    locales: tuple[Locale, ...] = (SIMPLIFIED_CHINESE, ENGLISH)
    """The languages offered on the first screen, in this order; each Language has one of its own among them."""
    card_reader: bool = False
    """There is a reader for identity cards."""
    finds_patients: bool = False
    """The hospital system can be asked whether it knows somebody."""
    directory: tuple[Destination, ...] = ()
    """The places that can be looked for, in the order of the list."""
    check_in: CheckInRules | None = None
    """When a visit that exists already can be checked in; None where this is not done at the kiosk."""
    codes: CodePatterns = CodePatterns()

    @property
    def services(self) -> tuple[Service, ...]:
        """What is behind an entry of the first screen, in their order."""
        there = {Service.APPOINTMENT: self.check_in is not None, Service.DIRECTORY: bool(self.directory)}
        return tuple(service for service in Service if there[service])


@dataclass(frozen=True, slots=True)
class CheckedInVisit:
    """What the screen needs of a stored visit. `token` is the QR content, shown on screen when paper fails."""

    number: str
    room: str
    starts_at: datetime | None
    wait_minutes: int | None
    token: str = field(repr=False)
    to_be_confirmed: bool


@dataclass(frozen=True, slots=True)
class State:
    clinic: Clinic = field(repr=False, compare=False)
    screen: Screen = Screen.ATTRACT
    language: Language = Language.ZH
    tag: str = ""
    """Of the locale on screen; empty for the one of `language` itself."""
    trail: tuple[Screen, ...] = ()
    wing: Wing | None = None
    destination: str = ""
    code_digits: str = field(default="", repr=False)
    looking: bool = False
    """A code is being looked up, or a change of the appointment is being stored."""
    misses: int = 0
    """Codes that led nowhere. They outlast the visit (dialogue/appointments.py): whoever guesses begins again."""
    missed_at: float = 0.0
    """When the last of them was tried."""
    appointment: Appointment | None = None
    appointment_problem: AppointmentProblem | None = None
    cancelling: bool = False
    """Whether the visit is to be cancelled was asked and not answered yet."""
    visit_id: str = ""
    today: date | None = None
    consented_at: datetime | None = None
    patient: Patient = Patient()
    card: CardState = CardState.WAITING
    paper: PaperForm = PaperForm.CARD
    document_number: str = field(default="", repr=False)
    match: PatientMatch = NO_MATCH
    finding: bool = False
    """The patient is as they were when their record was asked for: an answer is about them."""
    phone: str = field(default="", repr=False)
    birth_digits: str = field(default="", repr=False)
    age_digits: str = ""
    complaint: str = ""
    live_words: str = ""
    heard: str = ""
    picked: tuple[str, ...] = ()
    picking: str = ""
    place: str = ""
    side: Side | None = None
    from_behind: bool = False
    dangers_answered: bool = False
    findings: Findings = Findings()
    proposed: tuple[Finding, ...] = ()
    """What a model has read in `heard`; it counts for nothing until the patient says yes to it."""
    assessment: Assessment | None = None
    asked: tuple[str, ...] = ()
    question: str = ""
    questions_expected: int = 0
    pain_score: int | None = None
    pains_scored: tuple[str, ...] = ()
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
    his_locked_out: bool = False
    printer_up: bool = True
    model_up: bool = True
    alerted_rules: tuple[str, ...] = ()
    nurse_called: bool = False
    desk_reason: DeskReason | None = None
    input_problem: str = ""
    insurance_notice: InsuranceNotice | None = None
    insurance_scanned_at: float = 0.0
    last_touch: float = 0.0
    warned_at: float | None = None

    @property
    def locale(self) -> Locale:
        """What the screen is shown in."""
        own = (locale for locale in self.clinic.locales if locale.language is self.language)
        named = (locale for locale in self.clinic.locales if self.tag and locale.tag == self.tag)
        return next(named, next(own, OWN_LOCALE[self.language]))

    @property
    def touch_first(self) -> bool:
        """Words failed so often that touch comes forward."""
        return self.misheard >= MISHEARD_BEFORE_TOUCH

    @property
    def wants_person(self) -> bool:
        """Words failed so often that a person is offered."""
        return self.misheard >= MISHEARD_BEFORE_PERSON

    @property
    def can_hear(self) -> bool:
        """True when the patient can speak to this kiosk: there is a microphone, and the language is understood."""
        return self.speech is not Speech.OFF and self.locale.is_understood
