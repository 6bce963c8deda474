"""The one list of screen states, for the gallery, the documentation's pictures and the tests: what is usual, empty,
loading, offline, failed or wrong on every screen.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import MappingProxyType

from kiosk.domain.appointments import Appointment, AppointmentProblem, AppointmentStatus
from kiosk.domain.assessment import Disposition
from kiosk.domain.card_reading import CardState
from kiosk.domain.errors import PrinterProblem
from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.hearing import Hearing
from kiosk.domain.identity_numbers import PaperForm
from kiosk.domain.knowledge import Level
from kiosk.domain.language import Language, Locale, Words
from kiosk.domain.visit import CheckedInVisit, Delivery, DeskReason, InsuranceNotice, Screen, Speech, State
from kiosk.gallery import clinic
from kiosk.wire.sound_check import Advice

_NOTHING: Mapping[str, object] = MappingProxyType({})
_LOUD = tuple(0.15 + 0.6 * abs((place * 7) % 11 - 5) / 5 for place in range(30))
"""A voice of the right loudness, for the level meter."""
_VISIT = CheckedInVisit(
    number="骨 027",
    room="206",
    starts_at=clinic.TIMES[1].start,
    wait_minutes=25,
    token="DZ1.027.ortho.Qk3x0v8PpZ6m2Yc7",  # noqa: S106 - the code of a slip that nobody holds
    to_be_confirmed=False,
)
_LONGEST = replace(_VISIT, number="发热 1027", room="A-1024", to_be_confirmed=True)
_WALK_IN = replace(_VISIT, starts_at=None, to_be_confirmed=True)


@dataclass(frozen=True, slots=True)
class ScreenState:
    """`changes` are fields of the visit; `long_words` repeats what the patient said so many times; `keys` are typed;
    `advice` is for whoever is speaking.
    """

    name: str
    screen: Screen
    changes: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    levels: tuple[float, ...] = ()
    advice: Advice = Advice.NONE
    long_words: int = 1
    keys: Words | None = None
    played: Callable[[Language], State] | None = None
    """Plays the visit up to there, where a state made by hand would not hold together."""

    def is_offered(self, locale: Locale) -> bool:
        """False where no patient of this language comes to: nothing is typed that nobody could read."""
        return self.screen is not Screen.TYPING or locale.is_understood

    def state(self, language: Language) -> State:
        """The visit as it stands there in this language."""
        if self.played is not None:
            return self.played(language)
        state = clinic.at(self.screen, language, **self.changes)
        said = (" " if language is Language.EN else "").join([state.heard] * self.long_words)
        if self.screen is Screen.ATTRACT:
            state = State(clinic=state.clinic, language=language, speech=state.speech)
            return replace(state, **self.changes)
        if "live_words" in self.changes:
            state = replace(state, live_words=said)
        return replace(state, heard=said, complaint=said) if self.long_words > 1 else state


def _of(screen: Screen, *variants: tuple[str, dict[str, object]]) -> tuple[ScreenState, ...]:
    """The usual state of a screen, named like the screen, and its variants."""
    usual = ScreenState(screen.value, screen)
    return (usual, *(ScreenState(f"{screen.value}-{name}", screen, changes) for name, changes in variants))


def _seen(notice: InsuranceNotice) -> dict[str, object]:
    """A code was scanned just now, whenever the picture is made."""
    return {"insurance_notice": notice, "insurance_scanned_at": math.inf}


_NO_MICROPHONE = ("no-microphone", {"speech": Speech.OFF})
_LISTENING = {"speech": Speech.LISTENING, "live_words": "said"}
_LATER = replace(clinic.OFFER, slots=clinic.TIMES[1:])
_RUSTED = Words("早上起来跟锈住了一样", "like rusty hinges when I get up")
_WITH_READER = replace(clinic.CLINIC, card_reader=True)
_CHECK = replace(clinic.ASSESSMENT, staff_check=True, level=Level.III)
_SLIP = {"checked_in": _VISIT, "slot": clinic.TIMES[1], "trail": ()}


_APPOINTMENT = Appointment(
    reference="b6f1",
    ours=True,
    status=AppointmentStatus.BOOKED,
    department="orthopaedics",
    department_name=clinic.KNOWLEDGE.departments["orthopaedics"].name,
    practitioner=clinic.ZHOU.name,
    number="骨 A027",
    room="206",
    start=clinic.TIMES[1].start,
)
_MOVING = {"appointment": _APPOINTMENT, "consented_at": None}
_TRAIL = (Screen.ATTRACT, Screen.CODE)
_QUEUED = replace(_APPOINTMENT, start=None, practitioner=None, status=AppointmentStatus.ARRIVED)
_LONG_AGO = replace(
    _APPOINTMENT,
    start=clinic.WALL - timedelta(hours=2),
    room="A-1024",
    department_name=clinic.KNOWLEDGE.departments["fever_clinic"].name,
)


def _appointment(name: str, appointment: Appointment, **changes: object) -> ScreenState:
    return ScreenState(
        name, Screen.APPOINTMENT, {"appointment": appointment, "trail": _TRAIL, "clinic": clinic.CLINIC, **changes}
    )


def _standing(status: AppointmentStatus) -> Appointment:
    return replace(_APPOINTMENT, status=status)


def _proposed(language: Language) -> State:
    words = _RUSTED.in_language(language)
    finding = Finding("stiffness", Status.UNSURE, Source.MODEL, words, (20, 20 + len(words)))
    return clinic.at(Screen.QUESTION, language, proposed=(finding,))


STATES: tuple[ScreenState, ...] = (
    *_of(
        Screen.ATTRACT,
        _NO_MICROPHONE,
        ("no-paper", {"printer_up": False}),
        ("offline", {"his_up": False}),
        ("no-model", {"model_up": False}),
        ("many-languages", {"clinic": clinic.MANY_LANGUAGES}),
        ("no-services", {"clinic": replace(clinic.CLINIC, directory=(), check_in=None)}),
    ),
    *_of(
        Screen.CODE,
        ("typed", {"code_digits": "482719304"}),
        ("looking", {"code_digits": "482719304", "looking": True}),
        ("not-found", {"code_digits": "482719304", "appointment_problem": AppointmentProblem.NOT_FOUND}),
        ("unknown", {"appointment_problem": AppointmentProblem.NO_CODE}),
        ("insurance", {"appointment_problem": AppointmentProblem.INSURANCE}),
        ("expired", {"appointment_problem": AppointmentProblem.EXPIRED}),
    ),
    _appointment("appointment", _APPOINTMENT),
    _appointment("appointment-storing", _APPOINTMENT, looking=True),
    _appointment("appointment-early", replace(_APPOINTMENT, start=clinic.WALL + timedelta(days=1))),
    _appointment("appointment-late", _LONG_AGO),
    _appointment("appointment-arrived", _standing(AppointmentStatus.ARRIVED)),
    _appointment("appointment-queued", _QUEUED),
    _appointment("appointment-cancelling", _APPOINTMENT, cancelling=True),
    _appointment("appointment-cancelled", _standing(AppointmentStatus.CANCELLED)),
    _appointment(
        "appointment-too-late",
        _standing(AppointmentStatus.CANCELLED),
        appointment_problem=AppointmentProblem.ALREADY_SENT,
    ),
    _appointment("appointment-over", _standing(AppointmentStatus.FULFILLED)),
    ScreenState("languages", Screen.LANGUAGES, {"clinic": clinic.MANY_LANGUAGES}),
    *_of(Screen.CONSENT, _NO_MICROPHONE, ("insured", _seen(InsuranceNotice.TOO_EARLY))),
    *_of(Screen.WHO, ("card", {"clinic": _WITH_READER})),
    *_of(
        Screen.CARD,
        ("reading", {"card": CardState.READING}),
        ("failed", {"card": CardState.FAILED}),
        ("no-reader", {"card": CardState.NO_READER}),
        ("read", {"card": CardState.DONE}),
    ),
    *_of(Screen.PAPERS),
    *_of(
        Screen.DOCUMENT,
        ("filled", {"document_number": "11010519491231002X"}),
        ("wrong", {"document_number": "110105194912310021", "input_problem": "number_check_digit"}),
        ("passport", {"paper": PaperForm.PASSPORT, "document_number": "E1", "input_problem": "number_form"}),
        ("travel-permit", {"paper": PaperForm.TRAVEL_PERMIT}),
    ),
    *_of(
        Screen.PHONE,
        ("filled", {"phone": "13800138000"}),
        ("wrong", {"phone": "138", "input_problem": "phone"}),
    ),
    *_of(Screen.BIRTH, ("wrong", {"birth_digits": "196203", "input_problem": "birth"})),
    *_of(Screen.AGE, ("filled", {"age_digits": "62"}), ("wrong", {"input_problem": "age"})),
    *_of(Screen.SEX, ("asked", {"patient": replace(clinic.at(Screen.SEX).patient, sex=None)})),
    *_of(
        Screen.COMPLAINT,
        _NO_MICROPHONE,
        ("recognising", {"speech": Speech.RECOGNISING, "live_words": "said"}),
        ("not-heard", {"misheard": 1, "input_problem": Hearing.UNCLEAR}),
        ("noise", {"misheard": 1, "input_problem": Hearing.NOISE}),
        ("too-loud", {"misheard": 1, "input_problem": Hearing.TOO_LOUD}),
        ("mute", {"misheard": 1, "input_problem": Hearing.MUTE}),
        ("lost", {"misheard": 1, "input_problem": Hearing.LOST}),
        ("touch-first", {"misheard": 2, "input_problem": "not_understood"}),
        ("person", {"misheard": 3, "input_problem": Hearing.NOISE}),
    ),
    ScreenState("complaint-listening", Screen.COMPLAINT, _LISTENING, _LOUD, Advice.FINE),
    ScreenState("complaint-listening-long", Screen.COMPLAINT, _LISTENING, (0.95,) * 30, Advice.SOFTER, 3),
    ScreenState("complaint-closer", Screen.COMPLAINT, _LISTENING, (0.1,) * 30, Advice.CLOSER),
    ScreenState("complaint-loud-room", Screen.COMPLAINT, _LISTENING, (0.7,) * 30, Advice.LOUD_ROOM),
    ScreenState("complaint-no-sound", Screen.COMPLAINT, {"speech": Speech.LISTENING}, advice=Advice.MUTE),
    *_of(Screen.TYPING, ("empty", {"heard": ""})),
    ScreenState("typing-words", Screen.TYPING, {"heard": ""}, keys=Words("touteng", "my head")),
    *_of(Screen.PICK, ("chosen", {"picked": ("knee_pain", "fall")}), ("nothing", {"input_problem": "pick"})),
    *_of(
        Screen.CONFIRM,
        _NO_MICROPHONE,
        ("nothing", {"findings": Findings(), "assessment": None}),
        ("cut-off", {"input_problem": Hearing.CUT_OFF}),
        ("too-long", {"input_problem": Hearing.TOO_LONG}),
    ),
    ScreenState("confirm-long", Screen.CONFIRM, long_words=5),
    *_of(
        Screen.QUESTION,
        _NO_MICROPHONE,
        ("listening", _LISTENING),
        ("recognising", {"speech": Speech.RECOGNISING}),
        ("not-heard", {"input_problem": Hearing.UNCLEAR}),
        ("too-loud", {"input_problem": Hearing.TOO_LOUD}),
        ("person", {"misheard": 3, "input_problem": Hearing.NOISE}),
        ("answered", {"question": "swelling"}),
        ("nurse-called", {"nurse_called": True}),
        ("insured", _seen(InsuranceNotice.TAKEN)),
    ),
    ScreenState("question-proposed", Screen.QUESTION, played=_proposed),
    *_of(Screen.SUMMARY),
    *_of(
        Screen.RESULT,
        ("check", {"assessment": _CHECK}),
        ("urgent", {"assessment": replace(clinic.ASSESSMENT, level=Level.II)}),
        ("at-home", {"assessment": replace(clinic.ASSESSMENT, disposition=Disposition.SELF_CARE)}),
        ("nowhere", {"assessment": replace(clinic.ASSESSMENT, departments=())}),
    ),
    *_of(
        Screen.BOOKING,
        ("loading", {"offer": None}),
        ("chosen", {"slot": clinic.TIMES[1]}),
        ("storing", {"slot": clinic.TIMES[1], "booking": True}),
        ("empty", {"offer": replace(clinic.OFFER, slots=())}),
        ("offline", {"his_up": False}),
        ("moving", {**_MOVING, "slot": clinic.TIMES[1]}),
        ("nowhere-to-move", {**_MOVING, "offer": replace(clinic.OFFER, slots=())}),
        (
            "lost",
            {"his_up": False, "lost_slot": clinic.TIMES[0], "offer": _LATER},
        ),
        ("as-of", {"offer": replace(clinic.OFFER, as_of=clinic.TIMES[0].start - timedelta(minutes=14))}),
    ),
    ScreenState("slip", Screen.SLIP, {**_SLIP, "delivery": Delivery.PRINTED}),
    ScreenState("slip-printing", Screen.SLIP, _SLIP),
    ScreenState("slip-insured", Screen.SLIP, {**_SLIP, **_seen(InsuranceNotice.TOO_LATE)}),
    ScreenState("slip-walk-in", Screen.SLIP, {"checked_in": _WALK_IN, "trail": (), "delivery": Delivery.PRINTED}),
    ScreenState(
        "slip-longest",
        Screen.SLIP,
        {**_SLIP, "delivery": Delivery.PRINTED, "checked_in": _LONGEST, "department": "fever_clinic"},
    ),
    ScreenState(
        "slip-no-paper",
        Screen.SLIP,
        {**_SLIP, "delivery": Delivery.FAILED, "print_problem": PrinterProblem.PAPER_OUT},
    ),
    ScreenState(
        "slip-failed",
        Screen.SLIP,
        {**_SLIP, "delivery": Delivery.FAILED, "print_problem": PrinterProblem.UNKNOWN, "checked_in": _WALK_IN},
    ),
    *_of(Screen.NURSE, ("before-a-visit", {"trail": (Screen.ATTRACT,)})),
    ScreenState("desk", Screen.DESK, {"desk_reason": DeskReason.CONSENT_REFUSED}),
    ScreenState("desk-no-appointment", Screen.DESK, {"desk_reason": DeskReason.NO_APPOINTMENT}),
    ScreenState("desk-full", Screen.DESK, {"desk_reason": DeskReason.STORE_FULL}),
    *_of(Screen.EMERGENCY, ("numbered", {"checked_in": _VISIT})),
    *_of(Screen.FAREWELL),
    ScreenState("still-there", Screen.QUESTION, {"warned_at": 96.0}),
)


def named(pattern: str, states: tuple[ScreenState, ...] = STATES) -> tuple[ScreenState, ...]:
    """The states called `pattern`, of the screen `pattern`, or with the prefix before a closing `*`."""
    if pattern.endswith("*"):
        return tuple(state for state in states if state.name.startswith(pattern[:-1]))
    exact = tuple(state for state in states if state.name == pattern)
    return exact or tuple(state for state in states if state.screen.value == pattern)
