"""To the identity worker and back: the card that is wanted now, and the last question for a patient's record."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from kiosk.domain.card_reading import CardState
from kiosk.domain.patient import Patient
from kiosk.ui.worker_process import WorkerProcess
from kiosk.wire.identity_messages import CardChanged, CardRead, FindPatient, PatientFound, ReadCard, StopReading
from kiosk.wire.worker_messages import ForgetVisit, Message


class IdentityPath(QObject):
    """`cardChanged` (visit, CardState), `cardRead` (visit, Patient) and `found` (visit, PatientMatch): of nobody else
    than was asked for last.

    A worker that starts anew is told again which card is wanted.
    """

    cardChanged = Signal(str, object)
    cardRead = Signal(str, object)
    found = Signal(str, object)

    def __init__(self, worker: WorkerProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._wanted = ""
        self._asked = 0
        self._open = False
        worker.message.connect(self._take)
        worker.up.connect(self._again)
        worker.down.connect(self._lost)

    def read_card(self, visit_id: str) -> None:
        self._wanted = visit_id
        if self._worker.is_up:
            self._worker.send(ReadCard(visit_id))
        else:
            self.cardChanged.emit(visit_id, CardState.NO_READER)

    def stop_reading(self) -> None:
        self._wanted = ""
        self._worker.send(StopReading())

    def find(self, visit_id: str, patient: Patient) -> None:
        self._asked += 1
        self._open = True
        self._worker.send(FindPatient(visit_id, patient, self._asked))

    def forget(self, visit_id: str) -> None:
        """The visit is over."""
        self._wanted, self._open = "", False
        if visit_id:
            self._worker.send(ForgetVisit(visit_id))

    def _take(self, message: Message) -> None:
        match message:
            case CardChanged(visit_id, state) if visit_id == self._wanted:
                self.cardChanged.emit(visit_id, state)
            case CardRead(visit_id, patient) if visit_id == self._wanted:
                self._wanted = ""
                self.cardRead.emit(visit_id, patient)
            case PatientFound(visit_id, match, request) if self._open and request == self._asked:
                self._open = False
                self.found.emit(visit_id, match)
            case _:
                pass

    def _again(self) -> None:
        if self._wanted:
            self._worker.send(ReadCard(self._wanted))

    def _lost(self, reason: str) -> None:
        self._open = False
        if self._wanted:
            self.cardChanged.emit(self._wanted, CardState.NO_READER)
