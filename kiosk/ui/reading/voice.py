"""The voice: one script at a time, sentence by sentence, to the right ears, and silent at once when told."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from kiosk import logs
from kiosk.ui.reading.outputs import Hearing, Place, choose
from kiosk.ui.reading.script import Utterance
from kiosk.ui.worker_process import WorkerProcess
from kiosk.wire.voice_messages import Hush, Output, Outputs, Say, Spoken, Unspoken
from kiosk.wire.worker_messages import Message

facts = logs.get(__name__)

_NOTHING = Outputs("", ())
LONGEST_SOUND = 60 * 48_000 * 2
"""Bytes of one sentence; a voice that makes more is broken."""


class Playing(Protocol):
    finished: SignalInstance
    outputsChanged: SignalInstance

    def look(self) -> None: ...

    def outputs(self) -> tuple[str, tuple[Output, ...]]: ...

    def play(self, pcm: bytes, rate: int, output: str, volume: int) -> None: ...

    def stop(self) -> None: ...


class Voice(QObject):
    """A new script replaces the old one. Personal sentences are dropped unless headphones are there when they begin.

    `spoke` comes after each sentence, `finished` after the last, `hearingChanged` when headphones come or go.
    """

    spoke = Signal()
    finished = Signal()
    hearingChanged = Signal()

    def __init__(
        self,
        worker: WorkerProcess,
        player: Playing,
        headset: str = "",
        loudspeaker: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._player = player
        self._headset = headset
        self._loudspeaker = loudspeaker
        self._listed: Outputs | None = None
        self._place = Place()
        self._script: list[Utterance] = []
        self._number = 0
        self._asked: Utterance | None = None
        self._pcm = b""
        self._in_lobby = False
        self._silent_since = -math.inf
        self.volume = 6
        worker.message.connect(self._take)
        worker.down.connect(self._lost)
        player.finished.connect(self._next)
        player.outputsChanged.connect(self._judge)

    @property
    def hearing(self) -> Hearing:
        return self._place.hearing

    def since_loudspeaker(self) -> float:
        """Seconds since the lobby last heard the voice; 0 while it does, infinite when it never did."""
        return 0.0 if self._in_lobby else time.monotonic() - self._silent_since

    def say(self, script: Sequence[Utterance]) -> None:
        """Speak these sentences instead of everything before."""
        self.hush()
        self._script = list(script)
        self._ask()

    def hush(self) -> None:
        """Silence now."""
        self._script = []
        if self._asked is not None:
            self._asked = None
            self._worker.send(Hush())
        self._pcm = b""
        self._player.stop()
        self._fell_silent()

    def _ask(self) -> bool:
        """Have the next sentence made; False when there is none that may be said."""
        while self._script and self.hearing is not Hearing.NOBODY and self._worker.is_up:
            utterance = self._script.pop(0)
            if utterance.personal and self.hearing is not Hearing.PRIVATE:
                continue
            self._number += 1
            self._asked = utterance
            self._worker.send(Say(self._number, utterance.language, utterance.text))
            return True
        self._script = []
        return False

    def _fell_silent(self) -> None:
        if self._in_lobby:
            self._in_lobby, self._silent_since = False, time.monotonic()

    def _next(self) -> None:
        self._fell_silent()
        self._asked = None
        self.spoke.emit()
        if self._asked is None and not self._ask():
            self.finished.emit()

    def _take(self, message: Message) -> None:
        match message:
            case Outputs():
                # A server that has gone and comes back lists its sockets later than Qt its outputs: until then nobody
                # knows what is plugged in, and names alone may take a loudspeaker for headphones.
                if message.outputs or self._listed is not None:
                    self._listed = message
                self._player.look()
            case Spoken(utterance, rate, pcm, last) if utterance == self._number and self._asked is not None:
                self._pcm += pcm
                if len(self._pcm) > LONGEST_SOUND:
                    self.hush()
                elif last:
                    self._play(rate)
            case Unspoken(utterance, problem) if utterance == self._number and self._asked is not None:
                facts.warning("unspoken", kind=problem)
                self._next()

    def _play(self, rate: int) -> None:
        pcm, self._pcm = self._pcm, b""
        if self._asked is not None and self._asked.personal and self.hearing is not Hearing.PRIVATE:
            self._next()
            return
        self._in_lobby = self.hearing is not Hearing.PRIVATE
        self._player.play(pcm, rate, self._place.name, self.volume)

    def _lost(self, reason: str) -> None:
        if self._listed is not None:
            self._listed = _NOTHING
        self.hush()
        self._judge()

    def _judge(self) -> None:
        """Headphones count only while the sound server lists them and Qt can open them."""
        default, known = self._player.outputs()
        outputs = known
        if self._listed is not None:
            names = {one.name for one in known}
            outputs = tuple(one for one in self._listed.outputs if one.name in names)
            default = self._listed.default
        place = choose(outputs, default, self._headset, self._loudspeaker)
        if place == self._place:
            return
        self.hush()
        before, self._place = self._place, place
        if before.hearing is not place.hearing:
            facts.info("hearing", state=place.hearing)
            self.hearingChanged.emit()
