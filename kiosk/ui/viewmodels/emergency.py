"""The alarm: stay here, a nurse is coming. Nothing more is asked."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.dialogue.events import NurseArrived
from kiosk.ui.viewmodels.view_model import Inputs, ViewModel

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class EmergencyProps:
    """`number` is empty until the visit is registered; nobody waits for it."""

    number: str = ""


def derive(inputs: Inputs) -> EmergencyProps:
    visit = inputs.state.checked_in
    return EmergencyProps(number=visit.number if visit else "")


@QmlElement
@QmlUncreatable("made by the kiosk")
class EmergencyViewModel(ViewModel):
    blank = EmergencyProps
    derive = staticmethod(derive)
    _props: EmergencyProps

    numberChanged = Signal()

    @Property(str, notify=numberChanged)
    def number(self) -> str:
        return self._props.number

    @Slot()
    def nurseArrived(self) -> None:
        self.send(NurseArrived(at=self.clock()))
