"""To the hospital system's own appointments and back: asked through the delivery worker, waited for so long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.domain.appointments import Appointment, AppointmentProblem, AppointmentStatus, Change
from kiosk.domain.language import Words
from kiosk.domain.scanned import Code
from kiosk.ui.worker_process import WorkerProcess
from kiosk.wire.delivery_messages import ChangeHisAppointment, FindHisAppointment, HisAppointment
from kiosk.wire.worker_messages import Message

_AFTER = {Change.ARRIVED: AppointmentStatus.ARRIVED, Change.CANCELLED: AppointmentStatus.CANCELLED}


class HisAppointmentPath(QObject):
    """`found` brings a visit id and the appointment as it is now, `missed` a visit id and the problem.

    One of them comes exactly once for every question, unless another is asked before. `name` is what this hospital
    calls a department of ours; None for a code that it has not.
    """

    found = Signal(str, object)
    missed = Signal(str, object)

    def __init__(
        self,
        worker: WorkerProcess,
        name: Callable[[str], Words | None],
        timeout_s: float,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._name = name
        self._request = 0
        self._visit_id = ""
        self._wanted: Appointment | None = None
        self._limit = QTimer(self, singleShot=True, interval=round(timeout_s * 1000))
        self._limit.timeout.connect(self._lost)
        worker.message.connect(self._take)
        worker.down.connect(lambda reason: self._lost())

    def find(self, visit_id: str, code: Code) -> None:
        """Ask for what the hospital system has today under a code of its own."""
        self._begin(visit_id)
        self._send(FindHisAppointment(self._request, code))

    def change(self, visit_id: str, appointment: Appointment, change: Change, number: str = "") -> None:
        """Check in, with the number that the patient is called by, or cancel what was found; nothing else is made here.

        The number that `found` brings is the one that the hospital system has.
        """
        self._begin(visit_id)
        if change not in _AFTER or appointment.start is None:
            self._miss(AppointmentProblem.NOT_NOW)
            return
        self._wanted = replace(appointment, status=_AFTER[change])
        reference, start = appointment.reference, appointment.start
        self._send(ChangeHisAppointment(self._request, reference, start, change, number))

    def _begin(self, visit_id: str) -> None:
        self._request += 1
        self._visit_id, self._wanted = visit_id, None

    def _send(self, message: Message) -> None:
        if not self._worker.is_up:
            self._lost()
            return
        self._limit.start()
        self._worker.send(message)

    def _take(self, message: Message) -> None:
        if not isinstance(message, HisAppointment) or message.request != self._request or not self._visit_id:
            return
        there = replace(self._wanted, number=message.number) if self._wanted else message.appointment
        if message.problem is not None or there is None:
            self._miss(message.problem or AppointmentProblem.NOT_FOUND)
            return
        name = self._name(there.department)
        if name is None:
            # A code that nobody here has leads to no doctors and no icon; what it is called there stays.
            there = replace(there, department="")
        visit_id = self._end()
        self.found.emit(visit_id, there if name is None else replace(there, department_name=name))

    def _lost(self) -> None:
        self._miss(AppointmentProblem.HIS_DOWN)

    def _miss(self, problem: AppointmentProblem) -> None:
        visit_id = self._end()
        if visit_id:
            self.missed.emit(visit_id, problem)

    def _end(self) -> str:
        """No answer is waited for any more; for whom it was."""
        visit_id, self._visit_id, self._wanted = self._visit_id, "", None
        self._limit.stop()
        return visit_id
