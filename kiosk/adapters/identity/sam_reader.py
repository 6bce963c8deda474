"""A reader for Chinese identity cards on a serial line (wire/sam_v.py)."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from datetime import date

from kiosk.adapters.identity.serial_line import SerialLine
from kiosk.domain.card_reading import CardState, ReaderError, ReaderProblem
from kiosk.wire.sam_v import (
    MODULE_STATUS,
    Answer,
    AnswerDecoder,
    CardText,
    Cycle,
    Progress,
    SamError,
    Status,
    read_text,
)

ANSWER_S = 3.0
"""A whole answer comes within 1.5 s where a card is read; a reader that takes longer hangs."""
POLL_S = 0.3
AGAIN_S = 1.0
"""How long a reader that does not answer is left alone before it is tried again."""

Tell = Callable[[CardState], None]


class SamReader:
    """Opens `device` when it is needed and again after every fault, so that it may be unplugged at any time."""

    def __init__(self, device: str, *, answer_s: float = ANSWER_S, poll_s: float = POLL_S, again_s: float = AGAIN_S):
        self._device = device
        self._answer_s = answer_s
        self._poll_s = poll_s
        self._again_s = again_s
        self._line: SerialLine | None = None
        self._decoder = AnswerDecoder()

    def check(self) -> None:
        """Ask the reader how it is; raises ReaderError."""
        if self._ask(MODULE_STATUS).status != Status.DONE:
            raise ReaderError(ReaderProblem.GARBLED)

    def read_card(self, stop: threading.Event, tell: Tell, today: date) -> CardText | None:
        """The text of the next card that lies on the reader; None once `stop` is set.

        `tell` hears of every change on the way. A card that cannot be read and a reader that does not answer are tried
        again until then.
        """
        state: CardState | None = None
        cycle = Cycle()
        while not stop.is_set():
            new, found = self._step(cycle, today)
            # A card that failed is still there, or being lifted: only the next one that is found says more.
            if new is not None and new is not state and not (state is CardState.FAILED and new is CardState.WAITING):
                state = new
                tell(state)
            if found is not None:
                return found
            if new is CardState.NO_READER:
                cycle = Cycle()
            pause = self._again_s if new is CardState.NO_READER else self._poll_s
            if new is not CardState.READING:
                stop.wait(pause)
        return None

    def close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(OSError):
                line.close()

    def _step(self, cycle: Cycle, today: date) -> tuple[CardState, CardText | None]:
        try:
            answer = self._ask(cycle.command)
        except ReaderError:
            return CardState.NO_READER, None
        match cycle.take(answer):
            case Progress.NO_CARD:
                return CardState.WAITING, None
            case Progress.FOUND | Progress.SELECTED:
                return CardState.READING, None
            case Progress.FAILED:
                return CardState.FAILED, None
            case Progress.READ:
                try:
                    return CardState.READING, read_text(answer.data, today)
                except SamError:
                    return CardState.FAILED, None

    def _ask(self, command: bytes) -> Answer:
        """One command and its whole answer; raises ReaderError, after which the line is opened anew."""
        try:
            line = self._opened()
            # What came too late for the command before must not be taken for the answer to this one.
            line.drop_input()
            self._decoder.clear()
            line.write(command, self._answer_s)
            until = time.monotonic() + self._answer_s
            while True:
                for answer in self._decoder.feed(line.read(until)):
                    return answer
        except SamError as error:
            self.close()
            raise ReaderError(ReaderProblem.GARBLED) from error
        except ReaderError:
            self.close()
            raise

    def _opened(self) -> SerialLine:
        if self._line is None:
            self._line = SerialLine(self._device)
        return self._line
