"""Screens that hand over to people: a nurse was called, please see the desk, goodbye."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.dialogue.events import Ended, NurseArrived
from kiosk.domain.visit import DeskReason
from kiosk.ui.viewmodels.view_model import Inputs, ViewModel

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class NurseProps:
    """`can_go_on` is False where there is no visit to return to."""

    can_go_on: bool = False


def derive_nurse(inputs: Inputs) -> NurseProps:
    return NurseProps(can_go_on=bool(inputs.state.trail))


@dataclass(frozen=True, slots=True)
class DeskProps:
    title: str = ""
    hint: str = ""


def derive_desk(inputs: Inputs) -> DeskProps:
    tr = inputs.tr
    if inputs.state.desk_reason is DeskReason.CONSENT_REFUSED:
        return DeskProps(tr("That is fine"), tr("The desk will help you. Nothing was kept."))
    if inputs.state.desk_reason is DeskReason.NO_APPOINTMENT:
        return DeskProps(tr("Please go to the desk"), tr("The desk can find your appointment."))
    return DeskProps(tr("Please go to the desk"), tr("This machine cannot register you now. The desk can."))


@dataclass(frozen=True, slots=True)
class FarewellProps:
    hospital: str = ""


def derive_farewell(inputs: Inputs) -> FarewellProps:
    return FarewellProps(hospital=inputs.tr(inputs.hospital))


@QmlElement
@QmlUncreatable("made by the kiosk")
class NurseViewModel(ViewModel):
    blank = NurseProps
    derive = staticmethod(derive_nurse)
    _props: NurseProps

    canGoOnChanged = Signal()

    @Property(bool, notify=canGoOnChanged)
    def canGoOn(self) -> bool:
        return self._props.can_go_on

    @Slot()
    def goOn(self) -> None:
        """Back to where the patient was: the nurse has been, or is not needed any more."""
        self.send(NurseArrived(at=self.clock()))


@QmlElement
@QmlUncreatable("made by the kiosk")
class DeskViewModel(ViewModel):
    blank = DeskProps
    derive = staticmethod(derive_desk)
    _props: DeskProps

    titleChanged = Signal()
    hintChanged = Signal()

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self._props.title

    @Property(str, notify=hintChanged)
    def hint(self) -> str:
        return self._props.hint

    @Slot()
    def finish(self) -> None:
        self.send(Ended(at=self.clock()))


@QmlElement
@QmlUncreatable("made by the kiosk")
class FarewellViewModel(ViewModel):
    blank = FarewellProps
    derive = staticmethod(derive_farewell)
    _props: FarewellProps

    hospitalChanged = Signal()

    @Property(str, notify=hospitalChanged)
    def hospital(self) -> str:
        return self._props.hospital

    @Slot()
    def finish(self) -> None:
        self.send(Ended(at=self.clock()))
