"""Runs the dialogue: feeds events to session.advance, publishes the new state, carries out the effects."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk import logs
from kiosk.domain.appointments import Appointment, AppointmentError, AppointmentProblem, Change
from kiosk.domain.booking import BookingOutcome, Offer, Slot, is_of_his
from kiosk.domain.dialogue import effects as fx
from kiosk.domain.dialogue import events as ev
from kiosk.domain.dialogue.appointments import is_of_his_books
from kiosk.domain.encounter import VisitDraft
from kiosk.domain.errors import KioskError, PrinterProblem, SlotTaken, StoreBusy, StoreFull
from kiosk.domain.language import Language
from kiosk.domain.outbox import Lane
from kiosk.domain.scanned import Code
from kiosk.domain.session import advance, fresh
from kiosk.domain.visit import CheckedInVisit, Clinic, DeskReason, State
from kiosk.ui.booking_path import BookingPath
from kiosk.ui.his_appointment_path import HisAppointmentPath
from kiosk.ui.identity_path import IdentityPath
from kiosk.ui.model_path import ModelPath
from kiosk.ui.speech_path import SpeechPath
from kiosk.wire.worker_messages import Delivered, DeliveryFailed, LaneState, Message, Refused

facts = logs.get(__name__)

T = TypeVar("T")


class Registration(Protocol):
    """The use cases a visit needs; made of services in app.py."""

    def offer(self, department: str, visit_id: str) -> tuple[Offer, bool]: ...

    def hold(self, visit_id: str, slot: Slot) -> bool: ...

    def release(self, visit_id: str) -> None: ...

    def lose(self, visit_id: str, slot: Slot) -> None: ...

    def check_in(self, draft: VisitDraft, booked: bool | None = None) -> CheckedInVisit: ...

    def number_for(self, department: str) -> str: ...

    def arrived(self, visit_id: str, appointment: Appointment, language: Language, tag: str) -> CheckedInVisit: ...

    def alert(self, visit_id: str, level: int, rules: tuple[str, ...]) -> None: ...


class Appointments(Protocol):
    """Visits that exist already; all of it raises AppointmentError, StoreFull or StoreBusy."""

    def find(self, code: Code) -> Appointment: ...

    def change(self, reference: str, change: Change) -> Appointment: ...

    def move(self, reference: str, slot: Slot) -> CheckedInVisit: ...


Stored = (
    fx.FindSlots | fx.HoldSlot | fx.ReleaseSlots | fx.CheckIn | fx.FindAppointment | fx.ChangeAppointment | fx.GiveSlip
)
"""Effects that wait for the disk."""


def at_once(call: Callable[[], None]) -> None:
    call()


@dataclass(frozen=True, slots=True)
class Outside:
    """Where effects go that leave this process or this window."""

    registration: Registration
    speech: SpeechPath | None
    model: ModelPath
    wake_delivery: Callable[[], None]
    change_language: Callable[[Language, str], None]
    forget: Callable[[], None]
    wall: Callable[[], datetime]
    booking: BookingPath | None = None
    """To the hospital system's own times; None where they are the kiosk's."""
    identity: IdentityPath | None = None
    appointments: Appointments | None = None
    his_appointments: HisAppointmentPath | None = None
    """To those that the hospital system has; None where only the desk looks into its books."""
    after_painting: Callable[[Callable[[], None]], None] = at_once
    """Calls as soon as the screen shows the newest state."""


class SessionController(QObject):
    """Holds the State of the visit. Everything that happens to a patient passes through `send`."""

    stateChanged = Signal()
    readAsked = Signal()
    """Somebody asked to hear the screen again."""
    sound = Signal(float, object)
    """Level from 0 to 1 and Advice to whoever speaks."""

    def __init__(self, clinic: Clinic, outside: Outside, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outside = outside
        self._waiting: deque[ev.Event] = deque()
        self._stored: deque[fx.Effect] = deque()
        self._busy = False
        self.state = fresh(State(clinic=clinic, language=clinic.default_language, last_touch=self.now()))
        self._ticks = QTimer(self, interval=1000)
        self._ticks.timeout.connect(lambda: self.send(ev.Tick(at=self.now())))
        self._ticks.start()
        outside.model.proposed.connect(
            lambda visit_id, findings: self.send(ev.ModelAnswered(at=self.now(), visit_id=visit_id, findings=findings))
        )
        if outside.booking is not None:
            outside.booking.read.connect(self._offer)
            outside.booking.answered.connect(self._booked)
        if outside.his_appointments is not None:
            outside.his_appointments.found.connect(self._found)
            outside.his_appointments.missed.connect(self._missed)
        outside.model.upChanged.connect(lambda up: self.send(ev.ModelChanged(at=self.now(), up=up)))
        if outside.identity is not None:
            self._listen_to_identity(outside.identity)
        if outside.speech is not None:
            outside.speech.live.connect(lambda text: self.send(ev.Heard(at=self.now(), text=text, final=False)))
            outside.speech.heard.connect(
                lambda text, hearing: self.send(
                    ev.Heard(at=self.now(), text=text, final=True, hearing=hearing, wall=self.wall())
                )
            )
            outside.speech.availableChanged.connect(
                lambda available: self.send(ev.SpeechChanged(at=self.now(), available=available))
            )
            outside.speech.sound.connect(self.sound)

    def _listen_to_identity(self, identity: IdentityPath) -> None:
        identity.cardChanged.connect(
            lambda visit_id, state: self.send(ev.CardChanged(at=self.now(), visit_id=visit_id, state=state))
        )
        identity.cardRead.connect(
            lambda visit_id, patient: self.send(ev.CardRead(at=self.now(), visit_id=visit_id, patient=patient))
        )
        identity.found.connect(
            lambda visit_id, match: self.send(ev.PatientFound(at=self.now(), visit_id=visit_id, match=match))
        )

    def stop(self) -> None:
        """No more ticks: what the effects reach is about to be closed."""
        self._ticks.stop()
        self.store_now()

    @staticmethod
    def now() -> float:
        """Seconds on a clock that never goes backwards."""
        return time.monotonic()

    def wall(self) -> datetime:
        return self._outside.wall()

    def send(self, event: ev.Event) -> None:
        """Take one event; events caused by its effects follow in order, after its state was published.

        What waits for the disk is done when the new state has been painted, and before anything else happens.
        """
        if not self._busy:
            self.store_now()
        self._waiting.append(event)
        self._drain()

    def _drain(self) -> None:
        if self._busy:
            return
        self._busy = True
        try:
            while self._waiting:
                self._perform_stored()
                self._step(self._waiting.popleft())
        finally:
            self._busy = False
        if self._stored:
            self._outside.after_painting(self.store_now)

    def _step(self, event: ev.Event) -> None:
        before = self.state
        self.state, effects = advance(before, event)
        if self.state.screen is not before.screen:
            facts.info("screen", screen=self.state.screen)
        if self.state != before:
            self.stateChanged.emit()
        for effect in effects:
            if isinstance(effect, Stored):
                self._stored.append(effect)
            else:
                self._perform(effect)

    def store_now(self) -> None:
        """Do what waits for the next frame."""
        if self._stored and not self._busy:
            self._busy = True
            try:
                self._perform_stored()
            finally:
                self._busy = False
            self._drain()

    def _perform_stored(self) -> None:
        while self._stored:
            self._perform(self._stored.popleft())

    def _perform(self, effect: fx.Effect) -> None:
        outside = self._outside
        match effect:
            case fx.Listen() | fx.StopListening() | fx.EndByPause():
                self._listen(effect)
            case fx.ReadAloud():
                self.readAsked.emit()
            case fx.AskModel(visit_id, text, language):
                outside.model.ask(visit_id, text, language)
            case fx.ReadCard() | fx.StopReading() | fx.FindPatient():
                self._identify(effect)
            case fx.AlertDesk(visit_id, level, rules):
                self._alert(visit_id, level, rules)
            case fx.FindSlots(department):
                self._find(department)
            case fx.HoldSlot(visit_id, slot):
                self._hold(visit_id, slot)
            case fx.ReleaseSlots(visit_id):
                self._try(lambda: outside.registration.release(visit_id))
            case fx.CheckIn() | fx.GiveSlip():
                self._register(effect)
            case fx.FindAppointment() | fx.ChangeAppointment():
                self._appointment(effect)
            case fx.ChangeLanguage(language, tag):
                self._change_language(language, tag)
            case fx.Forget(visit_id):
                self._forget(visit_id)

    def _forget(self, visit_id: str) -> None:
        outside = self._outside
        outside.model.forget(visit_id)
        if outside.identity is not None:
            outside.identity.forget(visit_id)
        outside.forget()

    def _listen(self, effect: fx.Listen | fx.StopListening | fx.EndByPause) -> None:
        speech = self._outside.speech
        if speech is None:
            self.send(ev.SpeechChanged(at=self.now(), available=False))
            return
        match effect:
            case fx.Listen(language, phrases):
                speech.begin(language, phrases)
            case fx.StopListening(wanted):
                (speech.end if wanted else speech.cancel)()
            case fx.EndByPause():
                speech.end_by_pause()

    def _identify(self, effect: fx.ReadCard | fx.StopReading | fx.FindPatient) -> None:
        identity = self._outside.identity
        if identity is None:
            return
        match effect:
            case fx.ReadCard(visit_id):
                identity.read_card(visit_id)
            case fx.StopReading():
                identity.stop_reading()
            case fx.FindPatient(visit_id, patient):
                identity.find(visit_id, patient)

    def _change_language(self, language: Language, tag: str) -> None:
        self._outside.change_language(language, tag)
        if self._outside.speech is not None:
            self._outside.speech.use(language)

    def _alert(self, visit_id: str, level: int, rules: tuple[str, ...]) -> None:
        facts.info("alarm", level=level, rule="+".join(rules))
        self._try(lambda: self._outside.registration.alert(visit_id, level, rules))

    def _find(self, department: str) -> None:
        """Ask the hospital system first where it answers; how it answers, the copy in the store tells."""
        if self._outside.booking is not None and self.state.his_up:
            self._outside.booking.read_schedule(department)
        else:
            self._offer(department)

    def _offer(self, department: str) -> None:
        offer, his_up = self._outside.registration.offer(department, self.state.visit_id)
        self.send(ev.OfferArrived(at=self.now(), offer=offer, his_up=his_up))

    def _hold(self, visit_id: str, slot: Slot) -> None:
        held = self._try(lambda: self._outside.registration.hold(visit_id, slot))
        if held is False:
            self._lost(slot)

    def _lost(self, slot: Slot) -> None:
        offer, _ = self._outside.registration.offer(slot.practitioner.department, self.state.visit_id)
        self.send(ev.SlotLost(at=self.now(), slot=slot, offer=offer))

    def _register(self, effect: fx.CheckIn | fx.GiveSlip) -> None:
        match effect:
            case fx.CheckIn(draft):
                self._check_in(draft)
            case fx.GiveSlip():
                self._give_slip(effect)

    def _check_in(self, draft: VisitDraft) -> None:
        """A time of the hospital system is booked there first, as long as the patient can wait for it."""
        if self._outside.booking is None or draft.slot is None or not is_of_his(draft.slot.code):
            self._store_visit(draft, None)
        elif self.state.his_up:
            self._outside.booking.book(draft)
        else:
            self._store_visit(draft, booked=False)

    def _booked(self, draft: VisitDraft, outcome: BookingOutcome) -> None:
        """Also when the patient has gone meanwhile: who accepted a time has it, and the slip says so."""
        slot = draft.slot
        if outcome is BookingOutcome.TAKEN and slot is not None:
            self._try(lambda: self._outside.registration.lose(draft.visit_id, slot))
            if draft.visit_id == self.state.visit_id:
                self._lost(slot)
            return
        self._store_visit(draft, booked=outcome is BookingOutcome.BOOKED)

    def _store_visit(self, draft: VisitDraft, booked: bool | None) -> None:
        # An answer can come after its patient has gone: the next one must not be sent to the desk for it.
        is_here = draft.visit_id == self.state.visit_id
        try:
            visit = self._outside.registration.check_in(draft, booked)
        except SlotTaken:
            if is_here and draft.slot is not None:
                self._lost(draft.slot)
            return
        except KioskError as error:
            facts.error("check_in_failed", kind=type(error).__name__, encounter=draft.visit_id)
            if is_here:
                full = isinstance(error, StoreFull)
                reason = DeskReason.STORE_FULL if full else DeskReason.CHECK_IN_FAILED
                self.send(ev.CheckInFailed(at=self.now(), reason=reason))
            return
        if is_here:
            self.send(ev.CheckedIn(at=self.now(), visit=visit))
        self._outside.wake_delivery()

    def _appointment(self, effect: fx.FindAppointment | fx.ChangeAppointment) -> None:
        if is_of_his_books(effect):
            self._ask_his(effect)
            return
        visit_id, problem = effect.visit_id, AppointmentProblem.NOT_NOW
        books = self._outside.appointments
        try:
            match effect:
                case _ if books is None:
                    pass
                case fx.FindAppointment():
                    self._found(visit_id, books.find(effect.code))
                    return
                case fx.ChangeAppointment():
                    self._changed(books, effect)
                    return
        except AppointmentError as error:
            problem = error.problem
        except (StoreFull, StoreBusy) as error:
            facts.error("store_failed", kind=type(error).__name__, encounter=visit_id)
        self._missed(visit_id, problem)

    def _ask_his(self, effect: fx.FindAppointment | fx.ChangeAppointment) -> None:
        path = self._outside.his_appointments
        match effect:
            case _ if path is None or not self.state.his_up:
                self._missed(effect.visit_id, AppointmentProblem.HIS_DOWN)
            case fx.FindAppointment(visit_id, code):
                path.find(visit_id, code)
            case fx.ChangeAppointment(visit_id, appointment, change):
                path.change(visit_id, appointment, change, self._number_for(appointment, change))

    def _number_for(self, appointment: Appointment, change: Change) -> str:
        if change is not Change.ARRIVED or appointment.number:
            return ""
        return self._try(lambda: self._outside.registration.number_for(appointment.department)) or ""

    def _give_slip(self, effect: fx.GiveSlip) -> None:
        """The patient is checked in either way, and the screen says where."""
        given = effect.visit_id, effect.appointment, effect.language, effect.tag
        visit = self._try(lambda: self._outside.registration.arrived(*given))
        if visit is not None:
            self.send(ev.CheckedIn(at=self.now(), visit=visit))
            self._outside.wake_delivery()

    def _missed(self, visit_id: str, problem: AppointmentProblem) -> None:
        facts.info("appointment_missed", kind=problem)
        self.send(ev.AppointmentMissed(at=self.now(), visit_id=visit_id, problem=problem))

    def _found(self, visit_id: str, appointment: Appointment) -> None:
        self.send(ev.AppointmentFound(at=self.now(), visit_id=visit_id, appointment=appointment))

    def _changed(self, books: Appointments, effect: fx.ChangeAppointment) -> None:
        reference = effect.appointment.reference
        if effect.slot is not None:
            self.send(ev.CheckedIn(at=self.now(), visit=books.move(reference, effect.slot)))
        else:
            self._found(effect.visit_id, books.change(reference, effect.change))
        facts.info("appointment_changed", kind=effect.change, encounter=effect.visit_id)
        self._outside.wake_delivery()

    def _try(self, work: Callable[[], T]) -> T | None:
        """Holds and alarms must not stop the visit when the disk is full; the desk's absence is logged."""
        try:
            return work()
        except (StoreFull, StoreBusy) as error:
            facts.error("store_failed", kind=type(error).__name__, encounter=self.state.visit_id)
            return None

    def take_delivery(self, message: Message) -> None:
        """News from the delivery worker."""
        match message:
            case Delivered(Lane.PRINTER, key) if self._is_ours(key):
                self.send(ev.SlipPrinted(at=self.now()))
            case DeliveryFailed(Lane.PRINTER, key, problem) if self._is_ours(key):
                known = problem if problem in list(PrinterProblem) else PrinterProblem.UNKNOWN
                self.send(ev.SlipFailed(at=self.now(), problem=PrinterProblem(known)))
            case Refused(problem):
                facts.error("delivery_refused", kind=problem)
            case LaneState(Lane.PRINTER, up):
                self.send(ev.PrinterChanged(at=self.now(), up=up))
            case LaneState(Lane.HIS, up, locked_out):
                self.send(ev.HisChanged(at=self.now(), up=up, locked_out=locked_out))
            case _:
                pass

    def _is_ours(self, key: str) -> bool:
        return bool(self.state.visit_id) and self.state.visit_id in key
