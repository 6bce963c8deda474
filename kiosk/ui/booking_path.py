"""To the hospital system's times and back: asked through the delivery worker, and never waited for longer than said."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk import logs
from kiosk.domain.booking import BookingOutcome
from kiosk.domain.encounter import VisitDraft
from kiosk.ui.worker_process import WorkerProcess
from kiosk.wire.worker_messages import BookSlot, Message, ReadSchedule, ScheduleRead, SlotAnswered

facts = logs.get(__name__)

READ_S = 1.5
"""How long the screen says that it is looking for times before it shows the copy it has."""


class BookingPath(QObject):
    """`read` names the department whose copy may be shown now, new or not; `answered` brings a draft and its outcome.

    Each comes exactly once for what was asked last. `payload` makes of a draft what the hospital system gets.
    """

    read = Signal(str)
    answered = Signal(object, object)

    def __init__(
        self,
        worker: WorkerProcess,
        payload: Callable[[VisitDraft], bytes | None],
        timeout_s: float,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._payload = payload
        self._reading = ""
        self._booking: VisitDraft | None = None
        self._read_limit = QTimer(self, singleShot=True, interval=round(READ_S * 1000))
        self._read_limit.timeout.connect(self._show)
        self._book_limit = QTimer(self, singleShot=True, interval=round(timeout_s * 1000))
        self._book_limit.timeout.connect(lambda: self._answer(BookingOutcome.UNSURE))
        worker.message.connect(self._take)
        worker.down.connect(lambda reason: self._lost())

    def read_schedule(self, department: str) -> None:
        """Get the newest times of a department; one that was asked for before is no longer waited for."""
        self._reading = department
        self._read_limit.start()
        if not self._worker.is_up:
            self._show()
            return
        self._worker.send(ReadSchedule(department))

    def book(self, draft: VisitDraft) -> None:
        """Book the draft's time. One still open is answered as unsure first: its visit must be stored too."""
        self._answer(BookingOutcome.UNSURE)
        payload = self._payload(draft)
        self._booking = draft
        if payload is None or not self._worker.is_up:
            self._answer(BookingOutcome.UNSURE)
            return
        self._book_limit.start()
        self._worker.send(BookSlot(draft.visit_id, draft.department, payload.decode()))

    def finish(self) -> None:
        """The window closes: what is still open is unsure."""
        self._answer(BookingOutcome.UNSURE)

    def _take(self, message: Message) -> None:
        match message:
            case ScheduleRead(department) if department == self._reading:
                self._show()
            case SlotAnswered(visit_id, outcome) if self._booking is not None and visit_id == self._booking.visit_id:
                self._answer(outcome)
            case _:
                pass

    def _lost(self) -> None:
        self._show()
        self._answer(BookingOutcome.UNSURE)

    def _show(self) -> None:
        department, self._reading = self._reading, ""
        self._read_limit.stop()
        if department:
            self.read.emit(department)

    def _answer(self, outcome: BookingOutcome) -> None:
        draft, self._booking = self._booking, None
        self._book_limit.stop()
        if draft is not None:
            facts.info(f"booking_{outcome}", encounter=draft.visit_id)
            self.answered.emit(draft, outcome)
