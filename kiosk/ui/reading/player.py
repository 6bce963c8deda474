"""Has the sound worker play one sentence on a chosen output, and says when it is over."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.ui.worker_process import WorkerProcess
from kiosk.wire.sound_messages import FindOutputs, PieceTaken, Play, Played, Silence, Sound
from kiosk.wire.voice_messages import Output, Outputs
from kiosk.wire.worker_messages import LONGEST_PCM, Message

_PIECE = LONGEST_PCM - LONGEST_PCM % 2
_NONE = Outputs("", ())


class Player(QObject):
    """`finished` comes once per sentence that was not stopped; `outputsChanged` when devices come or go.

    Without its worker there are no outputs.
    """

    finished = Signal()
    outputsChanged = Signal()

    def __init__(self, worker: WorkerProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._looks = False
        self._known = _NONE
        self._number = 0
        self._play: Play | None = None
        self._unsent: deque[Sound] = deque()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._end)
        worker.up.connect(self._ask)
        worker.down.connect(self._lost)
        worker.message.connect(self._take)

    def look(self) -> None:
        """Have the outputs found and followed from now on."""
        self._looks = True
        self._ask()
        self.outputsChanged.emit()

    def outputs(self) -> tuple[str, tuple[Output, ...]]:
        """The default's name and every output as Qt knows them: without sockets."""
        return self._known.default, self._known.outputs

    def play(self, pcm: bytes, rate: int, output: str, volume: int) -> None:
        """Replace what is being played; `volume` is 1 to 10."""
        self.stop()
        if not pcm or not self._worker.is_up:
            self._soon.start()
            return
        self._number += 1
        self._play = Play(self._number, rate, output, volume)
        self._unsent.extend(Sound(self._number, pcm[at : at + _PIECE]) for at in range(0, len(pcm), _PIECE))
        self._worker.send(self._unsent.popleft())

    def stop(self) -> None:
        """Silence now; nothing is emitted for the sentence."""
        self._soon.stop()
        if self._play is not None:
            self._play = None
            # Never behind more than one piece in the pipe: the next one is sent when this one has been taken.
            self._unsent.clear()
            self._worker.send(Silence())

    def _ask(self) -> None:
        if self._looks:
            self._worker.send(FindOutputs())

    def _take(self, message: Message) -> None:
        match message:
            case Outputs():
                self._known = message
                self.outputsChanged.emit()
            case PieceTaken(number) if self._play is not None and number == self._number:
                self._worker.send(self._unsent.popleft() if self._unsent else self._play)
            case Played(number) if self._play is not None and number == self._number:
                self._end()

    def _end(self) -> None:
        self._play = None
        self._unsent.clear()
        self.finished.emit()

    def _lost(self, reason: str) -> None:
        self._known = _NONE
        self.outputsChanged.emit()
        if self._play is not None:
            self._end()
