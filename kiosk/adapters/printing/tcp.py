"""A receipt printer on the network (raw port 9100) that answers status queries."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.domain.errors import PrinterError, PrinterProblem
from kiosk.wire import escpos
from kiosk.wire.escpos import Condition, Picture, Query

_MEANS = (
    (Condition.PAPER_OUT, PrinterProblem.PAPER_OUT),
    (Condition.PAPER_END_STOP, PrinterProblem.PAPER_OUT),
    (Condition.COVER_OPEN, PrinterProblem.COVER_OPEN),
    (Condition.CUTTER, PrinterProblem.CUTTER),
    (Condition.UNRECOVERABLE, PrinterProblem.UNKNOWN),
    (Condition.RECOVERABLE, PrinterProblem.UNKNOWN),
    (Condition.ERROR, PrinterProblem.UNKNOWN),
    (Condition.OFFLINE, PrinterProblem.OFFLINE),
)
"""What staff must fix, the most telling first. Paper near its end still prints."""


class TcpPrinter:
    """services.ports.SlipPrinter for ESC/POS over TCP.

    A slip counts as printed only when the printer took all of it and then said, asked on a new connection, that it is
    online and has paper. Every question has a connection of its own: a late byte would pass for the next answer.
    `answer_s` bounds one question, `job_s` a whole job.
    """

    def __init__(self, host: str, port: int, answer_s: float = 1.5, job_s: float = 10.0) -> None:
        self._host = host
        self._port = port
        self._answer_s = answer_s
        self._job_s = job_s

    def check(self) -> None:
        self._ask_all((Query.PRINTER, Query.OFFLINE_CAUSE, Query.PAPER))

    def print_slip(self, key: str, raster: Picture) -> None:
        self.check()
        try:
            self._send(escpos.encode(raster))
        except OSError as error:
            # The printer may say what happened; if it says that all is well, half a slip may hang out of it.
            self.check()
            raise PrinterError(PrinterProblem.UNKNOWN, f"the job broke off: {type(error).__name__}") from error
        self._ask_all((Query.PRINTER, Query.PAPER))

    def _ask_all(self, queries: tuple[Query, ...]) -> None:
        found: set[Condition] = set()
        for about in queries:
            found |= self._ask(about)
        if found & {Condition.OFFLINE, Condition.ERROR}:
            for about in (Query.OFFLINE_CAUSE, Query.ERROR_CAUSE):
                if about not in queries:
                    found |= self._ask(about)
        for condition, problem in _MEANS:
            if condition in found:
                raise PrinterError(problem, condition.value)

    def _ask(self, about: Query) -> frozenset[Condition]:
        with self._connection(self._answer_s) as connection:
            try:
                connection.sendall(escpos.query(about))
                answer = connection.recv(1)
            except OSError as error:
                raise PrinterError(PrinterProblem.UNKNOWN, f"no answer: {type(error).__name__}") from error
        try:
            return escpos.read_status(about, answer)
        except escpos.StatusUnclearError as error:
            raise PrinterError(PrinterProblem.UNKNOWN, str(error)) from error

    def _send(self, job: bytes) -> None:
        """OSError when the printer did not take all of it.

        Sending succeeds as soon as our own system holds the bytes. So the connection is closed on our side and the
        printer's end is waited for: it answers with a reset when it threw bytes away.
        """
        with self._connection(self._job_s) as connection:
            connection.sendall(job)
            connection.shutdown(socket.SHUT_WR)
            self._wait_for_end(connection)

    def _wait_for_end(self, connection: socket.socket) -> None:
        deadline = time.monotonic() + self._job_s
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError("the printer does not finish")
            connection.settimeout(left)
            if not connection.recv(256):
                return

    @contextmanager
    def _connection(self, timeout_s: float) -> Iterator[socket.socket]:
        try:
            connection = socket.create_connection((self._host, self._port), timeout=self._answer_s)
        except OSError as error:
            raise PrinterError(PrinterProblem.OFFLINE, type(error).__name__) from error
        with connection:
            connection.settimeout(timeout_s)
            yield connection
