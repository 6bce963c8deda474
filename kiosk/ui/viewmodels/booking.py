"""Doctors with their free times, the time held for the patient, and the number without a doctor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.booking import Offer
from kiosk.domain.booking import Slot as FreeTime
from kiosk.domain.dialogue import on_offer
from kiosk.domain.dialogue.events import Back, BookingAccepted, SlotChosen
from kiosk.domain.visit import State
from kiosk.ui.viewmodels.view_model import Inputs, Translate, ViewModel

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class TimeProps:
    """`look` is rest, selected or full."""

    code: str
    text: str
    look: str


@dataclass(frozen=True, slots=True)
class DoctorProps:
    code: str
    initial: str
    name: str
    title: str
    about: str
    room: str
    times: tuple[TimeProps, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class BookingProps:
    """`searching` until the free times are here; `book_text` names what the main button books, empty without any."""

    subtitle: str = ""
    searching: bool = True
    doctors: tuple[DoctorProps, ...] = ()
    held: str = ""
    lost: str = ""
    walk_in_hint: str = ""
    his_down: bool = False
    as_of: str = ""
    book_text: str = ""
    booking: bool = False
    moving: bool = False


def derive(inputs: Inputs) -> BookingProps:
    state, tr = inputs.state, inputs.tr
    offer = state.offer
    return BookingProps(
        subtitle=_other_day(offer, inputs) or _subtitle(state, tr),
        searching=offer is None,
        doctors=_doctors(state, tr),
        held=tr("{time} is held for you").format(time=_clock(state.slot)) if state.slot else "",
        lost=_lost(state, tr),
        walk_in_hint=_walk_in_hint(offer, tr),
        his_down=not state.his_up,
        as_of=tr("Times as of {time}, to be confirmed").format(time=f"{offer.as_of:%H:%M}")
        if offer and offer.as_of
        else "",
        book_text=_book_text(state, tr),
        booking=state.booking,
        moving=state.appointment is not None,
    )


def _subtitle(state: State, tr: Translate) -> str:
    """A sensitive department keeps its name to itself here too."""
    department = state.clinic.knowledge.departments.get(state.department)
    if department is None or department.sensitive:
        return tr("Soonest and most suitable first")
    name = tr(department.name)
    return tr("{department}, soonest and most suitable first").format(department=name)


def _other_day(offer: Offer | None, inputs: Inputs) -> str:
    """The day of the times when it is not today: on the buttons stand clock times only."""
    if offer is None or not offer.slots or (day := offer.slots[0].start.date()) == inputs.wall.date():
        return ""
    if day == inputs.wall.date() + timedelta(days=1):
        return inputs.tr("These times are tomorrow")
    return inputs.tr("These times are on {day}").format(day=inputs.day(day))


def _clock(time: FreeTime) -> str:
    return f"{time.start:%H:%M}"


def _doctors(state: State, tr: Translate) -> tuple[DoctorProps, ...]:
    """Who is free soon and knows about the complaint stands first; whoever has no free time left is not shown."""
    return tuple(_doctor(on_offer.times(state, code), state, tr) for code in on_offer.doctors(state))


def _doctor(times: tuple[FreeTime, ...], state: State, tr: Translate) -> DoctorProps:
    practitioner = times[0].practitioner
    name = tr(practitioner.name)
    chosen = state.slot.code if state.slot else ""
    return DoctorProps(
        code=practitioner.code,
        initial=name[:1],
        name=name,
        title=tr(practitioner.title),
        about=tr(practitioner.about),
        room=practitioner.room,
        times=tuple(_time(time, chosen) for time in times),
        chosen=any(time.code == chosen for time in times),
    )


def _time(time: FreeTime, chosen: str) -> TimeProps:
    look = "selected" if time.code == chosen else "rest" if time.free else "full"
    return TimeProps(time.code, _clock(time), look)


def _lost(state: State, tr: Translate) -> str:
    """First what happened, then what is still free, with the same doctor if possible."""
    if state.lost_slot is None:
        return ""
    gone = _clock(state.lost_slot)
    instead = _instead_of(state.lost_slot, state.offer.slots if state.offer else ())
    if instead is None:
        return tr("{gone} has just gone. A number is still free.").format(gone=gone)
    return tr("{gone} has just gone. {free} is free.").format(gone=gone, free=_clock(instead))


def _instead_of(lost: FreeTime, times: Iterable[FreeTime]) -> FreeTime | None:
    free = [time for time in times if time.free and time.code != lost.code]
    same_doctor = [time for time in free if time.practitioner.code == lost.practitioner.code]
    return min(same_doctor or free, key=lambda time: time.start, default=None)


def _walk_in_hint(offer: Offer | None, tr: Translate) -> str:
    """Nothing is promised about the queue where nobody has recorded calls: its length would only ever grow."""
    if offer is None:
        return ""
    if offer.wait_minutes is None:
        return tr("Wait there until you are called")
    if offer.waiting == 0:
        return tr("Nobody is before you")
    people = tr("1 person before you") if offer.waiting == 1 else tr("{count} people before you")
    sentence = tr("{people}, about {minutes} min")
    return sentence.format(people=people.format(count=offer.waiting), minutes=offer.wait_minutes)


def _book_text(state: State, tr: Translate) -> str:
    if state.slot is not None:
        return tr("Book {doctor}, {time}").format(doctor=tr(state.slot.practitioner.name), time=_clock(state.slot))
    first = on_offer.earliest(state)
    if first is None:
        return ""
    sentence = tr("Earliest: {doctor}, {time}")
    return sentence.format(doctor=tr(first.practitioner.name), time=_clock(first))


@QmlElement
@QmlUncreatable("made by the kiosk")
class BookingViewModel(ViewModel):
    blank = BookingProps
    derive = staticmethod(derive)
    _props: BookingProps
    _state: State | None = None

    subtitleChanged = Signal()
    searchingChanged = Signal()
    doctorsChanged = Signal()
    heldChanged = Signal()
    lostChanged = Signal()
    walkInHintChanged = Signal()
    hisDownChanged = Signal()
    asOfChanged = Signal()
    bookTextChanged = Signal()
    bookingChanged = Signal()
    movingChanged = Signal()

    def show(self, inputs: Inputs) -> None:
        self._state = inputs.state
        super().show(inputs)

    def clear(self) -> None:
        self._state = None
        super().clear()

    @Property(str, notify=subtitleChanged)
    def subtitle(self) -> str:
        return self._props.subtitle

    @Property(bool, notify=searchingChanged)
    def searching(self) -> bool:
        return self._props.searching

    @Property("QVariantList", notify=doctorsChanged)
    def doctors(self) -> list[dict[str, Any]]:
        """[{code, initial, name, title, about, room, times: [{code, text, look}], chosen}], earliest first."""
        return [{**asdict(doctor), "times": [asdict(time) for time in doctor.times]} for doctor in self._props.doctors]

    @Property(str, notify=heldChanged)
    def held(self) -> str:
        return self._props.held

    @Property(str, notify=lostChanged)
    def lost(self) -> str:
        return self._props.lost

    @Property(str, notify=walkInHintChanged)
    def walkInHint(self) -> str:
        return self._props.walk_in_hint

    @Property(bool, notify=hisDownChanged)
    def hisDown(self) -> bool:
        return self._props.his_down

    @Property(str, notify=asOfChanged)
    def asOf(self) -> str:
        """How old the times are, when the hospital system has not said so just now; else empty."""
        return self._props.as_of

    @Property(str, notify=bookTextChanged)
    def bookText(self) -> str:
        return self._props.book_text

    @Property(bool, notify=bookingChanged)
    def booking(self) -> bool:
        """The visit is being stored; the buttons wait."""
        return self._props.booking

    @Property(bool, notify=movingChanged)
    def moving(self) -> bool:
        """There is a booked time already, and only another time takes its place."""
        return self._props.moving

    @Slot()
    def keep(self) -> None:
        """The booked time stays as it is."""
        self.send(Back(at=self.clock()))

    @Slot(str)
    def chooseTime(self, code: str) -> None:
        offer = self._state.offer if self._state else None
        for time in offer.slots if offer else ():
            if time.code == code:
                self.send(SlotChosen(at=self.clock(), slot=time))
                return

    @Slot()
    def book(self) -> None:
        """The held time; or, when none was chosen, the earliest one, which is held first."""
        state = self._state
        if state is None:
            return
        if state.slot is None:
            first = on_offer.earliest(state)
            if first is None:
                return
            self.send(SlotChosen(at=self.clock(), slot=first))
        self.send(BookingAccepted(at=self.clock(), walk_in=False, wall=self.wall()))

    @Slot()
    def walkIn(self) -> None:
        self.send(BookingAccepted(at=self.clock(), walk_in=True, wall=self.wall()))
