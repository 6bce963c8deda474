"""Whether there is a PulseAudio or PipeWire server and which sound sources it has.

Qt learns of new sources, but not of every one that went, and never that the server itself has gone.
"""

from __future__ import annotations

import shutil

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

PACTL = "pactl"
AGAIN_MS = 1000
"""How long to wait before a server that has gone is asked again; twice as long each time that it is not there."""
LONGEST_MS = 8000


class SourceWatch(QObject):
    """`listed` gives the names of all sources, first the present ones, then again with every change.

    `lost` comes when a server that has listed something goes away; a new one is listed again. Without the program, or
    without a server, it gives nothing.
    """

    listed = Signal(object)
    lost = Signal()

    def __init__(self, parent: QObject | None = None, program: str = PACTL) -> None:
        super().__init__(parent)
        self._program = shutil.which(program) or ""
        self._news = self._process()
        self._news.readyReadStandardOutput.connect(self._told)
        self._news.started.connect(self._ask)
        self._news.finished.connect(self._ended)
        self._list = self._process()
        self._list.finished.connect(self._read)
        self._stale = False
        self._names: frozenset[str] | None = None
        self._again_ms = AGAIN_MS
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self.start)

    @property
    def can_ask(self) -> bool:
        """Whether the program is on this machine."""
        return bool(self._program)

    @property
    def names(self) -> frozenset[str]:
        """What was listed last; empty without a server."""
        return self._names or frozenset()

    def start(self) -> None:
        """A second start does nothing."""
        if self._program and self._news.state() is QProcess.ProcessState.NotRunning:
            self._again.stop()
            self._news.start(self._program, ["subscribe"])

    def stop(self) -> None:
        self._again.stop()
        for process in (self._news, self._list):
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(1000)

    def _process(self) -> QProcess:
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("LC_ALL", "C")
        process.setProcessEnvironment(environment)
        return process

    def _told(self) -> None:
        news = bytes(self._news.readAllStandardOutput().data())
        if b" on source #" in news or b" on server" in news:
            self._ask()

    def _ask(self) -> None:
        self._stale = self._list.state() is not QProcess.ProcessState.NotRunning
        if not self._stale:
            self._list.start(self._program, ["list", "short", "sources"])

    def _read(self, code: int) -> None:
        lines = bytes(self._list.readAllStandardOutput().data()).decode(errors="replace").splitlines()
        # What an answer says that is older than the server's end holds no more.
        if code == 0 and self._news.state() is not QProcess.ProcessState.NotRunning:
            self._again_ms = AGAIN_MS
            self._names = frozenset(line.split("\t")[1] for line in lines if line.count("\t") >= 1)
            self.listed.emit(self._names)
        if self._stale:
            self._ask()

    def _ended(self) -> None:
        had_server, self._names = self._names is not None, None
        self._again.start(self._again_ms)
        self._again_ms = min(2 * self._again_ms, LONGEST_MS)
        if had_server:
            self.lost.emit()
