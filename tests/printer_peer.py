"""A receipt printer on 127.0.0.1 that fails in the ways receipt printers fail."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from enum import StrEnum
from types import TracebackType

from kiosk.wire import escpos
from kiosk.wire.escpos import Command, Cut, Image, Query, StatusQuery


class PrinterState(StrEnum):
    OK = "ok"
    NEAR_END = "near_end"
    OUT = "out"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    OFFLINE = "offline"
    SLOW = "slow"
    SILENT = "silent"
    GARBLED = "garbled"
    DROPS_MID_JOB = "drops_mid_job"
    REFUSES = "refuses"
    HALF_SLIP = "half_slip"
    STUCK = "stuck"


_WELL = 0x12
_ANSWERS: dict[PrinterState, dict[Query, int]] = {
    PrinterState.NEAR_END: {Query.PAPER: 0x1E},
    PrinterState.OUT: {Query.PRINTER: 0x1A, Query.OFFLINE_CAUSE: 0x32, Query.PAPER: 0x7E},
    PrinterState.COVER_OPEN: {Query.PRINTER: 0x1A, Query.OFFLINE_CAUSE: 0x16},
    PrinterState.CUTTER: {Query.PRINTER: 0x1A, Query.OFFLINE_CAUSE: 0x52, Query.ERROR_CAUSE: 0x1A},
    PrinterState.OFFLINE: {Query.PRINTER: 0x1A},
    PrinterState.GARBLED: dict.fromkeys(Query, 0x00),
}
_HALF_JOB = 2000


class PrinterPeer:
    """Use as a context manager. `jobs` are the commands of whole jobs; `state` may be set at any time.

    HALF_SLIP runs out of paper in the middle of a job; DROPS_MID_JOB breaks the connection there; STUCK takes a job and
    never ends it. After the next whole job the printer is in the state `after_job`.
    """

    def __init__(self) -> None:
        self.state = PrinterState.OK
        self.after_job: PrinterState | None = None
        self.jobs: list[list[Command]] = []
        self.halves = 0
        self.connections = 0
        self._done = threading.Event()
        self._listener: socket.socket | None = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, name="printer peer")

    def __enter__(self) -> PrinterPeer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        self._thread.join(timeout=10)
        if self._listener is not None:
            self._listener.close()
        if self._thread.is_alive():
            raise RuntimeError("the printer peer does not end")

    def become(self, state: PrinterState) -> None:
        self.state = state
        if state is PrinterState.REFUSES and self._listener is not None:
            # Nobody listens there any more.
            self._done.set()
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            self._thread.join(timeout=10)
            self._listener.close()
            self._listener = None

    def _serve(self) -> None:
        assert self._listener is not None
        while True:
            connection, _ = self._listener.accept()
            with connection:
                if self._done.is_set():
                    return
                self.connections += 1
                with contextlib.suppress(OSError):
                    self._attend(connection)

    def _attend(self, connection: socket.socket) -> None:
        """One connection: a status question, or a job up to its end."""
        connection.settimeout(5)
        decoder = escpos.Decoder()
        commands: list[Command] = []
        taken = 0
        while data := connection.recv(1024):
            taken += len(data)
            for command in decoder.feed(data):
                if isinstance(command, StatusQuery):
                    self._answer(connection, command.query)
                else:
                    commands.append(command)
            if taken > _HALF_JOB and self.state in {PrinterState.DROPS_MID_JOB, PrinterState.HALF_SLIP}:
                self._stop_half_way(connection)
                return
        decoder.finish()
        if any(isinstance(command, Cut) for command in commands):
            if self.state is PrinterState.STUCK:
                self._done.wait(5)
                return
            self.jobs.append(commands)
            self.state, self.after_job = self.after_job or self.state, None

    def _answer(self, connection: socket.socket, about: Query) -> None:
        if self.state is PrinterState.SILENT:
            self._wait_for_hang_up(connection)
            return
        if self.state is PrinterState.SLOW:
            # Answers only after nobody wants to know any more.
            self._wait_for_hang_up(connection)
        connection.sendall(bytes([_ANSWERS.get(self.state, {}).get(about, _WELL)]))

    def _stop_half_way(self, connection: socket.socket) -> None:
        self.halves += 1
        if self.state is PrinterState.HALF_SLIP:
            self.state = PrinterState.OUT
        # Close with a reset, as a printer does that is switched off and on.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    @staticmethod
    def _wait_for_hang_up(connection: socket.socket) -> None:
        while connection.recv(1024):
            pass


def printed_picture(job: list[Command]) -> Image:
    """What came out of the paper slot."""
    return escpos.picture(job)
