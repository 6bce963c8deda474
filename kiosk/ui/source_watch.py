"""Which sound sources a PulseAudio or PipeWire server has: Qt learns of new ones, but not of every one that went."""

from __future__ import annotations

import shutil

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

PACTL = "pactl"
AGAIN_MS = 5000
"""How long to wait before the server is asked again after it went away."""


class SourceWatch(QObject):
    """`listed` gives the names of all sources, first the present ones, then again with every change.

    Without the program, or without a server, it gives nothing.
    """

    listed = Signal(object)

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
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self.start)

    def start(self) -> None:
        if self._program:
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
        if code == 0:
            self.listed.emit(frozenset(line.split("\t")[1] for line in lines if line.count("\t") >= 1))
        if self._stale:
            self._ask()

    def _ended(self) -> None:
        self._again.start()
