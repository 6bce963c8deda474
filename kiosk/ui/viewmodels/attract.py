"""The first screen: start, and what is not as usual before anybody begins."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.dialogue.events import Event, ServiceChosen, Started
from kiosk.domain.visit import Service
from kiosk.ui.viewmodels.view_model import Inputs, Translate, ViewModel

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

ALONE_S = 10.0
"""Whoever has just touched the screen is reading it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A service that this hospital has, besides the start of a visit."""

    code: str
    icon: str
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class AttractProps:
    """`notice` is empty when everything works; `can_hear` False takes the promise of a microphone back.

    `alone` is True while nobody has touched the screen for a while: only then something may move on it.
    `staff_note` is for whoever looks after the machine: patients lose nothing by what it says.
    """

    can_hear: bool = False
    notice: str = ""
    notice_hint: str = ""
    notice_icon: str = ""
    alone: bool = False
    entries: tuple[Entry, ...] = ()
    staff_note: str = ""


def derive(inputs: Inputs) -> AttractProps:
    state, tr = inputs.state, inputs.tr
    usual = AttractProps(
        can_hear=state.can_hear,
        alone=inputs.now - state.last_touch >= ALONE_S,
        entries=tuple(_entry(service, tr) for service in state.clinic.services),
        staff_note="\n".join(_staff_notes(inputs)),
    )
    works = tr("You can still be seen")
    if not state.printer_up:
        return replace(
            usual,
            notice=works,
            notice_hint=tr("Slips cannot print now. You will photograph a code."),
            notice_icon="printer",
        )
    if not state.his_up:
        return replace(usual, notice=works, notice_hint=tr('Your slip will say "to be confirmed".'), notice_icon="sync")
    return usual


def _staff_notes(inputs: Inputs) -> Iterator[str]:
    if inputs.state.his_locked_out:
        yield inputs.tr("For staff: the hospital system does not let this kiosk in")
    if not inputs.state.model_up:
        yield inputs.tr("For staff: language model off")


def _entry(service: Service, tr: Translate) -> Entry:
    match service:
        case Service.APPOINTMENT:
            return Entry(service.value, "scan", tr("My appointment"), tr("Or a slip: check in, change, cancel"))
        case Service.DIRECTORY:
            return Entry(service.value, "route", tr("Find a place"), tr("Departments, toilets, pharmacy, exit"))


def new_visit_id() -> str:
    return str(uuid.uuid4())


@QmlElement
@QmlUncreatable("made by the kiosk")
class AttractViewModel(ViewModel):
    blank = AttractProps
    derive = staticmethod(derive)
    _props: AttractProps

    canHearChanged = Signal()
    noticeChanged = Signal()
    noticeHintChanged = Signal()
    noticeIconChanged = Signal()
    aloneChanged = Signal()
    entriesChanged = Signal()
    staffNoteChanged = Signal()

    @Property(bool, notify=canHearChanged)
    def canHear(self) -> bool:
        return self._props.can_hear

    @Property(str, notify=noticeChanged)
    def notice(self) -> str:
        return self._props.notice

    @Property(str, notify=noticeHintChanged)
    def noticeHint(self) -> str:
        return self._props.notice_hint

    @Property(str, notify=noticeIconChanged)
    def noticeIcon(self) -> str:
        return self._props.notice_icon

    @Property(bool, notify=aloneChanged)
    def alone(self) -> bool:
        return self._props.alone

    @Property("QVariantList", notify=entriesChanged)
    def entries(self) -> list[dict[str, Any]]:
        """[{code, icon, text, hint}]; what is not there is not drawn."""
        return [asdict(entry) for entry in self._props.entries]

    @Property(str, notify=staffNoteChanged)
    def staffNote(self) -> str:
        return self._props.staff_note

    def __init__(
        self,
        send: Callable[[Event], None],
        clock: Callable[[], float],
        wall: Callable[[], datetime],
        visit_id: Callable[[], str] = new_visit_id,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(send, clock, wall, parent)
        self._visit_id = visit_id

    @Slot()
    def start(self) -> None:
        self.send(Started(at=self.clock(), visit_id=self._visit_id(), today=self.wall().date()))

    @Slot(str)
    def openService(self, code: str) -> None:
        self.send(ServiceChosen(at=self.clock(), service=Service(code), visit_id=self._visit_id()))
