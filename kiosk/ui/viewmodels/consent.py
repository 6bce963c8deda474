"""What happens to the patient's words, and yes or no to it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.dialogue.events import ConsentGiven, ConsentRefused
from kiosk.ui.viewmodels.view_model import Inputs, ViewModel

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class ConsentProps:
    can_hear: bool = False


def derive(inputs: Inputs) -> ConsentProps:
    return ConsentProps(can_hear=inputs.state.can_hear)


@QmlElement
@QmlUncreatable("made by the kiosk")
class ConsentViewModel(ViewModel):
    blank = ConsentProps
    derive = staticmethod(derive)
    _props: ConsentProps

    canHearChanged = Signal()

    @Property(bool, notify=canHearChanged)
    def canHear(self) -> bool:
        return self._props.can_hear

    @Slot()
    def agree(self) -> None:
        self.send(ConsentGiven(at=self.clock(), wall=self.wall()))

    @Slot()
    def refuse(self) -> None:
        self.send(ConsentRefused(at=self.clock()))
