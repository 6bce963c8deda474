"""The end of a visit: what stands on the slip, whether it came out, and the code on screen when it did not."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.dialogue.events import SlipTaken
from kiosk.domain.errors import PrinterProblem
from kiosk.domain.visit import Delivery, State
from kiosk.ui.viewmodels.view_model import Inputs, Translate, ViewModel

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class SlipProps:
    """`delivery` is waiting, printed or failed; `code` the address of the QR picture; empty texts are not drawn."""

    hospital: str = ""
    number: str = ""
    department: str = ""
    doctor: str = ""
    time: str = ""
    room: str = ""
    wait: str = ""
    way: str = ""
    code: str = ""
    to_be_confirmed: bool = False
    delivery: str = Delivery.WAITING.value
    problem: str = ""
    sensitive: bool = False


def derive(inputs: Inputs) -> SlipProps:
    state, tr = inputs.state, inputs.tr
    visit = state.checked_in
    if visit is None:
        return SlipProps()
    booked = state.slot.practitioner.name if state.slot else None
    doctor = booked or (state.appointment.practitioner if state.appointment else None)
    department = state.clinic.knowledge.departments.get(state.department)
    way = inputs.ways.get(state.department)
    return SlipProps(
        hospital=tr(inputs.hospital),
        number=visit.number,
        department=tr(department.name) if department else "",
        doctor=tr(doctor) if doctor else "",
        time=f"{visit.starts_at:%H:%M}" if visit.starts_at else "",
        room=visit.room,
        wait=_wait(visit.wait_minutes, tr),
        way=tr(way) if way else "",
        code=f"image://qr/{quote(visit.token, safe='')}" if visit.token else "",
        to_be_confirmed=visit.to_be_confirmed,
        delivery=state.delivery.value,
        problem=_problem(state, tr),
        sensitive=department is None or department.sensitive,
    )


def _wait(minutes: int | None, tr: Translate) -> str:
    return "" if minutes is None else tr("About {minutes} min to wait").format(minutes=minutes)


def _problem(state: State, tr: Translate) -> str:
    """What is wrong with the printer, in words that ask nothing of the patient."""
    if state.delivery is not Delivery.FAILED:
        return ""
    if state.print_problem is PrinterProblem.PAPER_OUT:
        return tr("No paper. Please photograph this code.")
    return tr("The slip did not come out. Please photograph this code.")


@QmlElement
@QmlUncreatable("made by the kiosk")
class SlipViewModel(ViewModel):
    blank = SlipProps
    derive = staticmethod(derive)
    _props: SlipProps

    hospitalChanged = Signal()
    numberChanged = Signal()
    departmentChanged = Signal()
    doctorChanged = Signal()
    timeChanged = Signal()
    roomChanged = Signal()
    waitChanged = Signal()
    wayChanged = Signal()
    codeChanged = Signal()
    toBeConfirmedChanged = Signal()
    deliveryChanged = Signal()
    problemChanged = Signal()
    sensitiveChanged = Signal()

    @Property(str, notify=hospitalChanged)
    def hospital(self) -> str:
        return self._props.hospital

    @Property(str, notify=numberChanged)
    def number(self) -> str:
        return self._props.number

    @Property(str, notify=departmentChanged)
    def department(self) -> str:
        return self._props.department

    @Property(str, notify=doctorChanged)
    def doctor(self) -> str:
        return self._props.doctor

    @Property(str, notify=timeChanged)
    def time(self) -> str:
        return self._props.time

    @Property(str, notify=roomChanged)
    def room(self) -> str:
        return self._props.room

    @Property(str, notify=waitChanged)
    def wait(self) -> str:
        return self._props.wait

    @Property(str, notify=wayChanged)
    def way(self) -> str:
        return self._props.way

    @Property(str, notify=codeChanged)
    def code(self) -> str:
        return self._props.code

    @Property(bool, notify=toBeConfirmedChanged)
    def toBeConfirmed(self) -> bool:
        return self._props.to_be_confirmed

    @Property(str, notify=deliveryChanged)
    def delivery(self) -> str:
        return self._props.delivery

    @Property(str, notify=problemChanged)
    def problem(self) -> str:
        return self._props.problem

    @Property(bool, notify=sensitiveChanged)
    def sensitive(self) -> bool:
        """The department is nobody else's business, and so are number and room."""
        return self._props.sensitive

    @Slot(bool)
    def took(self, taken: bool) -> None:
        """True ends the visit; False shows the code on screen instead."""
        self.send(SlipTaken(at=self.clock(), taken=taken))
