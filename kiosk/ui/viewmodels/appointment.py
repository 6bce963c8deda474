"""A visit that exists already: what was found, and check in, another time, or cancel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.appointments import (
    Appointment,
    AppointmentProblem,
    AppointmentStatus,
    CheckInRules,
    Moment,
    moment,
    opens_at,
)
from kiosk.domain.dialogue.appointments import can_cancel, can_move
from kiosk.domain.dialogue.events import ArrivalTapped, CancelTapped, Ended, Event, KeepTapped, MoveTapped
from kiosk.domain.visit import State
from kiosk.ui.viewmodels.view_model import Inputs, Translate, ViewModel

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class Fact:
    icon: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Action:
    """`code` is arrive, move, cancel, keep or finish; `kind` is a BigButton's."""

    code: str
    icon: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class AppointmentProps:
    """`facts` say where and when, never who. `busy` while a change is being stored; `problem` says what to do next."""

    title: str = ""
    hint: str = ""
    problem: str = ""
    facts: tuple[Fact, ...] = ()
    actions: tuple[Action, ...] = ()
    busy: bool = False


def derive(inputs: Inputs) -> AppointmentProps:
    state, tr = inputs.state, inputs.tr
    here = state.appointment
    if here is None:
        return AppointmentProps()
    title, hint = _words(here, inputs)
    return AppointmentProps(
        title=title,
        hint=hint,
        problem=_problem(state, tr),
        facts=tuple(_facts(here, inputs)),
        actions=tuple(_actions(here, inputs)),
        busy=state.looking,
    )


def _rules(state: State) -> CheckInRules:
    return state.clinic.check_in or CheckInRules()


def _words(here: Appointment, inputs: Inputs) -> tuple[str, str]:
    """What it is now, and what to do."""
    tr = inputs.tr
    if inputs.state.cancelling:
        return tr("Cancel this appointment?"), tr("Somebody else can then have the time.")
    match here.status:
        case AppointmentStatus.CANCELLED:
            hint = (
                tr("You can take it back until you leave.") if here.ours else tr("Start a new visit, or ask the desk.")
            )
            return tr("It is cancelled"), hint
        case AppointmentStatus.FULFILLED:
            return tr("This visit is over"), tr("Start a new visit, or ask the desk.")
        case AppointmentStatus.ARRIVED:
            later = tr("It will be confirmed when you are there.") if here.to_be_confirmed else ""
            return tr("You are checked in"), later or tr("Please wait there until you are called.")
    if here.start is None:
        return tr("Your appointment"), tr("The desk checks you in.")
    match moment(here, inputs.wall, _rules(inputs.state)):
        case Moment.EARLY:
            opens = _when(inputs, opens_at(here.start, _rules(inputs.state)))
            return tr("It is too early to check in"), tr("Please come back from {time} on.").format(time=opens)
        case Moment.LATE:
            other = tr("Please go to the desk, or choose another time.")
            return tr("The time has passed"), other if here.ours else tr("Please go to the desk")
        case _:
            return tr("Your appointment"), tr("Check in, then wait there until you are called.")


def _problem(state: State, tr: Translate) -> str:
    match state.appointment_problem:
        case None:
            return ""
        case AppointmentProblem.ALREADY_SENT:
            return tr("It is too late to take it back. Start a new visit or ask the desk.")
        case AppointmentProblem.SLOT_GONE:
            return tr("That time has just gone. Please choose another or ask the desk.")
        case _:
            return tr("This could not be done here. The desk can help.")


def _facts(here: Appointment, inputs: Inputs) -> Iterator[Fact]:
    tr = inputs.tr
    if here.number:
        yield Fact("ticket", tr("Number"), here.number)
    if here.start is not None:
        yield Fact("clock", tr("Time"), _when(inputs, here.start))
    department = tr(here.department_name)
    if department:
        known = inputs.state.clinic.knowledge.departments.get(here.department)
        yield Fact(known.icon if known else "clipboard", tr("Department"), department)
    if here.practitioner is not None:
        yield Fact("person", tr("Doctor"), tr(here.practitioner))
    if here.room:
        yield Fact("door", tr("Room"), here.room)


def _when(inputs: Inputs, at: Any) -> str:
    local = at.astimezone(inputs.wall.tzinfo)
    return f"{local:%H:%M}" if local.date() == inputs.wall.date() else f"{inputs.day(local)} {local:%H:%M}"


def _actions(here: Appointment, inputs: Inputs) -> Iterator[Action]:
    state, tr = inputs.state, inputs.tr
    if state.cancelling:
        yield Action("keep", "back", tr("No, keep it"), "primary")
        yield Action("cancel", "cross", tr("Yes, cancel it"), "secondary")
        return
    booked = here.status is AppointmentStatus.BOOKED
    on_time = booked and here.start is not None and moment(here, inputs.wall, _rules(state)) is Moment.NOW
    if on_time:
        yield Action("arrive", "check", tr("Check in"), "primary")
    else:
        yield Action("finish", "check", tr("All right"), "primary")
    can_restore = here.ours and state.appointment_problem is not AppointmentProblem.ALREADY_SENT
    if here.status is AppointmentStatus.CANCELLED and can_restore:
        yield Action("keep", "again", tr("Take it back"), "secondary")
    if can_move(state):
        yield Action("move", "calendar", tr("Another time"), "secondary")
    if can_cancel(state):
        yield Action("cancel", "cross", tr("Cancel it"), "secondary")


@QmlElement
@QmlUncreatable("made by the kiosk")
class AppointmentViewModel(ViewModel):
    blank = AppointmentProps
    derive = staticmethod(derive)
    _props: AppointmentProps

    titleChanged = Signal()
    hintChanged = Signal()
    problemChanged = Signal()
    factsChanged = Signal()
    actionsChanged = Signal()
    busyChanged = Signal()

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self._props.title

    @Property(str, notify=hintChanged)
    def hint(self) -> str:
        return self._props.hint

    @Property(str, notify=problemChanged)
    def problem(self) -> str:
        return self._props.problem

    @Property("QVariantList", notify=factsChanged)
    def facts(self) -> list[dict[str, Any]]:
        """[{icon, label, text}]"""
        return [asdict(fact) for fact in self._props.facts]

    @Property("QVariantList", notify=actionsChanged)
    def actions(self) -> list[dict[str, Any]]:
        """[{code, icon, text, kind}], the main one first."""
        return [asdict(action) for action in self._props.actions]

    @Property(bool, notify=busyChanged)
    def busy(self) -> bool:
        return self._props.busy

    @Slot(str)
    def act(self, code: str) -> None:
        """One of the actions shown."""
        made: dict[str, Event] = {
            "arrive": ArrivalTapped(at=self.clock(), wall=self.wall()),
            "move": MoveTapped(at=self.clock()),
            "cancel": CancelTapped(at=self.clock()),
            "keep": KeepTapped(at=self.clock()),
            "finish": Ended(at=self.clock()),
        }
        self.send(made[code])
