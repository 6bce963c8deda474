"""What a reader for identity cards is doing, as the patient and staff need to know it."""

from __future__ import annotations

from enum import StrEnum

from kiosk.domain.errors import KioskError


class CardState(StrEnum):
    """WAITING for a card, READING one, FAILED to read one that lies there, no reader that answers, or DONE."""

    WAITING = "waiting"
    READING = "reading"
    FAILED = "failed"
    NO_READER = "no_reader"
    DONE = "done"


class ReaderProblem(StrEnum):
    """ABSENT is no such device, DENIED no right to it, BUSY another program's, SILENT no answer, GARBLED no sense."""

    ABSENT = "absent"
    DENIED = "denied"
    BUSY = "busy"
    SILENT = "silent"
    GARBLED = "garbled"


class ReaderError(KioskError):
    """The reader cannot be used now; it is tried again."""

    def __init__(self, problem: ReaderProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem
