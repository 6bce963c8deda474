"""Where a patient's voice comes from: the kiosk's microphone, or a WAV file for demonstration and tests.

Both give 16 kHz mono signed 16-bit little-endian `frames` between start() and stop(), and `stopped` after the last.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.ui.worker_process import WorkerProcess
from kiosk.wire.pcm import Resampler, little_endian
from kiosk.wire.sound_check import SAMPLE_RATE
from kiosk.wire.sound_messages import (
    Captured,
    EndListening,
    FindMicrophone,
    Listen,
    ListeningEnded,
    MicrophoneFailed,
    MicrophoneProblem,
    MicrophoneState,
    RoomMeasured,
)
from kiosk.wire.wav import read_wav_bytes
from kiosk.wire.worker_messages import Message

CHUNK_MS = 100
CHUNK_BYTES = SAMPLE_RATE * 2 * CHUNK_MS // 1000


class Microphone(QObject):
    """The microphone that the sound worker has open: the system's, or the one whose name or id is `device`.

    It is unavailable until look() has made the worker find one, and whenever the worker is down. `room` tells how loud
    it is before a new one when nobody speaks, in decibels below full scale. `problem` is a MicrophoneProblem; listening
    has stopped then.
    """

    frames = Signal(bytes)
    stopped = Signal()
    room = Signal(float)
    problem = Signal(str)
    availableChanged = Signal(bool)

    def __init__(self, worker: WorkerProcess, device: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._wanted = device
        self._looks = False
        self._available = False
        self._number = 0
        self._open = False
        self._closing = False
        worker.up.connect(self._ask)
        worker.down.connect(self._lost)
        worker.message.connect(self._take)

    @property
    def available(self) -> bool:
        return self._available

    def look(self) -> bool:
        """Have the device found and its changes followed from now on; returns `available`, which changes later."""
        self._looks = True
        self._ask()
        return self._available

    def close(self) -> None:
        """For the end of the application."""
        if self._open:
            self._open = False
            self._worker.send(EndListening(self._number))

    def start(self) -> None:
        """Listen; without a device this emits `problem` and nothing else."""
        self._number += 1
        self._open, self._closing = self._available, False
        if self._available:
            self._worker.send(Listen(self._number))
        else:
            self.problem.emit(MicrophoneProblem.NO_DEVICE)

    def stop(self) -> None:
        """Stop listening. Sound that is still on its way is emitted first, then `stopped`, and nothing afterwards.

        A start() before that makes both go nowhere; a microphone that fails meanwhile says `problem` instead.
        """
        if not self._open:
            self.stopped.emit()
        elif not self._closing:
            self._closing = True
            self._worker.send(EndListening(self._number))

    def _ask(self) -> None:
        if self._looks:
            self._worker.send(FindMicrophone(self._wanted))

    def _take(self, message: Message) -> None:
        match message:
            case MicrophoneState(available):
                self._set_available(available)
            case RoomMeasured(decibels):
                self.room.emit(decibels)
            case Captured(number, pcm) if self._open and number == self._number:
                self.frames.emit(pcm)
            case ListeningEnded(number) if self._open and number == self._number:
                self._open = False
                self.stopped.emit()
            case MicrophoneFailed(number, problem) if self._open and number == self._number:
                self._fail(problem)

    def _lost(self, reason: str) -> None:
        if self._open:
            self._fail(MicrophoneProblem.DEVICE_LOST)
        self._set_available(False)

    def _fail(self, problem: MicrophoneProblem) -> None:
        self._open = False
        self.problem.emit(problem)

    def _set_available(self, available: bool) -> None:
        if available != self._available:
            self._available = available
            self.availableChanged.emit(available)


class WavMicrophone(QObject):
    """Plays a WAV file (any channels, bits and rate) as if somebody spoke it; emits `finished` at its end.

    `real_time` False gives the sound as fast as the event loop turns.
    """

    frames = Signal(bytes)
    stopped = Signal()
    room = Signal(float)
    problem = Signal(str)
    availableChanged = Signal(bool)
    finished = Signal()

    def __init__(self, path: Path, parent: QObject | None = None, *, real_time: bool = True) -> None:
        super().__init__(parent)
        self._left = b""
        self._timer = QTimer(self, interval=CHUNK_MS if real_time else 0)
        self._timer.timeout.connect(self._play)
        self.choose(path)

    @property
    def available(self) -> bool:
        return True

    def look(self) -> bool:
        return True

    def close(self) -> None:
        self.stop()

    def choose(self, path: Path) -> None:
        """What the next start() plays."""
        self._pcm = read_wav(path)

    def start(self) -> None:
        self._left = self._pcm
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        self._left = b""
        self.stopped.emit()

    def _play(self) -> None:
        chunk, self._left = self._left[:CHUNK_BYTES], self._left[CHUNK_BYTES:]
        if chunk:
            self.frames.emit(chunk)
        if not self._left and self._timer.isActive():
            self._timer.stop()
            self.finished.emit()


def read_wav(path: Path) -> bytes:
    """A WAV file of any usual format as 16 kHz mono samples; raises OSError or ValueError when it is none."""
    try:
        sound = read_wav_bytes(path.read_bytes())
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error
    return little_endian(Resampler(sound.rate, SAMPLE_RATE).feed(sound.samples))
