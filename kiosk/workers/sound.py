"""The sound worker: the microphone's sound in, sentences out to the loudspeaker or headphones, as Qt does both.

Qt's connection to PulseAudio does not survive the server: it still lists the devices, and opening one aborts the
process. So this worker ends when the server goes, asks to be started again, and waits for a server before it loads
Qt's multimedia part.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer, Signal

from kiosk import logs
from kiosk.adapters.sound.microphone import Microphone
from kiosk.adapters.sound.player import Player
from kiosk.adapters.sound.source_watch import SourceWatch
from kiosk.wire.sound_messages import (
    TO_SOUND,
    Captured,
    EndListening,
    FindMicrophone,
    FindOutputs,
    Listen,
    ListeningEnded,
    MicrophoneFailed,
    MicrophoneProblem,
    MicrophoneState,
    PieceTaken,
    Play,
    Played,
    RoomMeasured,
    Silence,
    Sound,
)
from kiosk.wire.voice_messages import MOST_OUTPUTS, Outputs
from kiosk.wire.worker_messages import EXIT_AGAIN, LONGEST_PCM, Busy, Message
from kiosk.workers import loop

facts = logs.get(__name__)

WAIT_MS = 5000
"""So long a sound server is waited for; then Qt may find something else (ALSA, PipeWire alone)."""
LOAD_S = 30
LONGEST_SOUND = 60 * 48_000 * 2
"""Bytes of one sentence."""


class SoundWorker(QObject):
    """`again` asks for another process: the sound server has gone, or has come after Qt was loaded without it."""

    again = Signal()

    def __init__(self, send: loop.Send) -> None:
        super().__init__()
        self._send = send
        self._watch = SourceWatch(self)
        self._watch.listed.connect(self._server_is_there)
        self._watch.lost.connect(self._server_has_gone)
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._wait.timeout.connect(self._load)
        self._loaded = False
        self._with_server = False
        self._server_gone = False
        self._device: str | None = None
        self._plays = False
        self._microphone: Microphone | None = None
        self._listening = 0
        self._player: Player | None = None
        self._playing = 0
        self._pieces: list[bytes] = []

    def handle(self, message: Message) -> None:
        match message:
            case FindMicrophone(device):
                self._device = device
                self._find()
            case FindOutputs():
                self._plays = True
                self._find()
            case Listen(number):
                self._listen(number)
            case EndListening(number):
                if self._microphone is not None and number == self._listening:
                    self._microphone.stop()
                self._send(ListeningEnded(number))
            case Sound(number, pcm):
                self._collect(number, pcm)
            case Play():
                self._play(message)
            case Silence():
                self._playing, self._pieces = 0, []
                if self._player is not None:
                    self._player.stop()

    def close(self) -> None:
        self._watch.stop()
        if self._server_gone:
            # Taking Qt's objects down needs the server.
            return
        if self._microphone is not None:
            self._microphone.close()
        if self._player is not None:
            self._player.stop()

    def _find(self) -> None:
        if self._loaded:
            self._look()
        elif not self._watch.can_ask:
            self._load()
        else:
            self._watch.start()
            if not self._wait.isActive():
                self._wait.start()

    def _server_is_there(self, names: frozenset[str]) -> None:
        if not self._loaded:
            self._with_server = True
            self._load()
        elif not self._with_server:
            self.again.emit()

    def _server_has_gone(self) -> None:
        if self._loaded:
            self._server_gone = True
            facts.warning("sound_server_gone")
            self.again.emit()

    def _load(self) -> None:
        self._wait.stop()
        self._send(Busy(LOAD_S))
        self._loaded = True
        self._look()

    def _look(self) -> None:
        if self._device is not None:
            if self._microphone is None:
                self._microphone = self._make_microphone(self._device)
            self._send(MicrophoneState(self._microphone.look()))
        if self._plays:
            if self._player is None:
                self._player = Player(self)
                self._player.outputsChanged.connect(self._tell_outputs)
                self._player.finished.connect(self._tell_played)
            self._player.look()

    def _make_microphone(self, device: str) -> Microphone:
        microphone = Microphone(device, self, watch=self._watch)
        microphone.frames.connect(self._tell_sound)
        microphone.room.connect(lambda decibels: self._send(RoomMeasured(decibels)))
        microphone.problem.connect(self._tell_problem)
        microphone.availableChanged.connect(lambda available: self._send(MicrophoneState(available)))
        return microphone

    def _listen(self, number: int) -> None:
        if self._microphone is None:
            self._send(MicrophoneFailed(number, MicrophoneProblem.NO_DEVICE))
            return
        # What is still held back belongs to the listening before.
        self._microphone.stop()
        self._listening = number
        self._microphone.start()

    def _tell_sound(self, pcm: bytes) -> None:
        for start in range(0, len(pcm), LONGEST_PCM):
            self._send(Captured(self._listening, pcm[start : start + LONGEST_PCM]))

    def _tell_problem(self, problem: str) -> None:
        self._send(MicrophoneFailed(self._listening, MicrophoneProblem(problem)))

    def _collect(self, number: int, pcm: bytes) -> None:
        if number != self._playing:
            self._playing, self._pieces = number, []
        if sum(map(len, self._pieces)) + len(pcm) <= LONGEST_SOUND:
            self._pieces.append(pcm)
        self._send(PieceTaken(number))

    def _play(self, message: Play) -> None:
        pcm, self._pieces = b"".join(self._pieces) if message.playing == self._playing else b"", []
        if self._player is None or not pcm:
            self._send(Played(message.playing))
            return
        self._player.play(pcm, message.rate, message.output, message.volume)

    def _tell_played(self) -> None:
        self._send(Played(self._playing))

    def _tell_outputs(self) -> None:
        if self._player is not None:
            default, outputs = self._player.outputs()
            self._send(Outputs(default, outputs[:MOST_OUTPUTS]))


class Inbox(QObject):
    """Bytes of the window's pipe, read in a thread of their own while Qt's event loop runs in this one."""

    _came = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._bytes: deque[bytes] = deque()
        self._events = QEventLoop(self)
        self._is_over = False
        self._came.connect(self._events.quit)

    def follow(self, read: Callable[[], bytes]) -> Callable[[], bytes]:
        """What gives the next bytes, and lets Qt work until there are some; empty at the end."""
        threading.Thread(target=self._fetch, args=(read,), name="inbox", daemon=True).start()
        return self._next

    def close(self) -> None:
        """As if the window had gone."""
        self._is_over = True
        self._events.quit()

    def _fetch(self, read: Callable[[], bytes]) -> None:
        while True:
            data = read()
            self._bytes.append(data)
            try:
                self._came.emit()
            except RuntimeError:
                # The worker has ended, and Qt's side of this object with it.
                return
            if not data:
                return

    def _next(self) -> bytes:
        while not self._bytes and not self._is_over:
            self._events.exec()
        return b"" if self._is_over else self._bytes.popleft()


def main() -> int:
    _application = QCoreApplication([])
    inbox = Inbox()
    asked: list[bool] = []

    def start(send: loop.Send) -> SoundWorker:
        worker = SoundWorker(send)
        worker.again.connect(lambda: asked.append(True))
        worker.again.connect(inbox.close)
        return worker

    code = loop.run(TO_SOUND, start, inbox.follow)
    if asked:
        # Taking Qt's objects down needs the server that has gone.
        os._exit(EXIT_AGAIN)
    return code
