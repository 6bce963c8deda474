"""From the pressed button to words: microphone frames to the speech worker, transcripts back to the dialogue."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from kiosk import logs
from kiosk.domain.hearing import Hearing
from kiosk.domain.language import Language
from kiosk.ui.worker_process import WorkerProcess
from kiosk.wire.sound_check import SoundCheck
from kiosk.wire.speech_messages import (
    USUAL_PCM,
    Audio,
    Begin,
    Cancel,
    End,
    EndByPause,
    Failed,
    Load,
    Ready,
    SpeechProblem,
    Transcript,
)
from kiosk.wire.worker_messages import LONGEST_PCM, Message

facts = logs.get(__name__)

RECOGNISE_MS = 5000
"""Longest wait for the words after the button was let go; then the screen says that listening broke off."""
CLOSED_PAUSE_S = 0.8
"""The silence that ends an answer to a closed question; whoever tells a story thinks longer between two words."""
ECHO_S = 0.3
"""How long the room still has what the loudspeaker said."""
CRASHES_TO_GIVE_UP = 2
"""A model whose loading ended the worker so often is not loaded again: the other languages need the worker."""
_FLOOR_RISE_DB = 1.0

_WHEN_MICROPHONE_FAILS = {"soundless": Hearing.MUTE}


class Microphone(Protocol):
    """`room` tells how loud it is here when nobody speaks, in decibels below full scale.

    After stop() the `frames` that are still on their way come, then `stopped` or `problem`, and nothing afterwards.
    """

    frames: SignalInstance
    stopped: SignalInstance
    room: SignalInstance
    availableChanged: SignalInstance
    problem: SignalInstance

    @property
    def available(self) -> bool: ...

    def look(self) -> bool: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Manner:
    """How to listen: the silence that ends a story, whether the recogniser hears voices only, its most memory, and
    whether `transcript` tells when each word was said."""

    pause_s: float = 1.5
    gated: bool = True
    memory_mb: int = 0
    timed: bool = False


@dataclass
class _Open:
    """The utterance being heard. `stopping` means that its last sound is on its way, `ending` that no more is taken and
    the words are waited for."""

    number: int
    closed: bool
    check: SoundCheck
    unsent: bytes = b""
    stopping: bool = False
    ending: bool = False
    live: str = ""
    failure: Hearing | None = None


@dataclass
class _Models:
    """Which languages can be heard, which one is being loaded, and which ones are not tried (again)."""

    folders: Mapping[Language, Path]
    ready: frozenset[Language] = frozenset()
    loading: Language | None = None
    failed: set[Language] = field(default_factory=set)
    crashes: dict[Language, int] = field(default_factory=dict)

    def may_load(self, language: Language) -> bool:
        return (
            self.loading is None
            and language in self.folders
            and language not in self.ready
            and language not in self.failed
            and self.crashes.get(language, 0) < CRASHES_TO_GIVE_UP
        )

    def worker_ended(self) -> None:
        """Blames the model that was being loaded; what failed for another reason may be tried again."""
        if self.loading is not None:
            self.crashes[self.loading] = self.crashes.get(self.loading, 0) + 1
        self.ready, self.loading, self.failed = frozenset(), None, set()


class SpeechPath(QObject):
    """One utterance at a time. Every utterance ends in exactly one `heard`, unless it was cancelled.

    `live` gives the words so far, `heard` all of them with what became of the attempt. A language's model is loaded
    when it is first used. `available` is about the language in use.
    """

    live = Signal(str)
    heard = Signal(str, object)
    transcript = Signal(object)
    availableChanged = Signal(bool)
    sound = Signal(float, object)
    """Level from 0 to 1 and Advice to whoever speaks."""

    def __init__(
        self,
        worker: WorkerProcess,
        microphone: Microphone,
        models: Mapping[Language, Path],
        language: Language,
        manner: Manner = Manner(),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._microphone = microphone
        self._models = _Models(models)
        self._language = language
        self._manner = manner
        self._room_db: float | None = None
        self._since_loudspeaker: Callable[[], float] = lambda: math.inf
        self._number = 0
        self._open: _Open | None = None
        self._available = False
        self._patience = QTimer(self, singleShot=True, interval=RECOGNISE_MS)
        self._patience.timeout.connect(self._give_up)
        worker.up.connect(self._load)
        worker.down.connect(self._lost)
        worker.message.connect(self._take)
        microphone.frames.connect(self._send_frames)
        microphone.stopped.connect(self._microphone_stopped)
        microphone.room.connect(self._learn_room)
        microphone.availableChanged.connect(self._judge)
        microphone.problem.connect(self._microphone_failed)

    @property
    def available(self) -> bool:
        return self._available

    @property
    def language(self) -> Language:
        return self._language

    def use(self, language: Language) -> None:
        """What will be spoken from now on; loads its model when that was not done yet."""
        self._language = language
        self._load()
        self._judge()

    def guard_echo(self, since_loudspeaker: Callable[[], float]) -> None:
        """Hear nothing while the lobby hears the kiosk: `since_loudspeaker` gives the seconds since its last sound."""
        self._since_loudspeaker = since_loudspeaker

    def begin(self, language: Language, phrases: tuple[str, ...]) -> None:
        self.cancel()
        if language not in self._models.ready:
            self.heard.emit("", Hearing.LOST)
            return
        self._number += 1
        check = SoundCheck() if self._room_db is None else SoundCheck(self._room_db)
        self._open = _Open(self._number, bool(phrases), check)
        self._worker.send(Begin(self._number, language, phrases, self._manner.gated, timed=self._manner.timed))
        self._microphone.start()

    def end_by_pause(self) -> None:
        """Nobody holds the button: the speaker's silence ends the utterance."""
        if self._open is not None and not self._open.stopping:
            pause_s = CLOSED_PAUSE_S if self._open.closed else self._manner.pause_s
            self._worker.send(EndByPause(self._open.number, round(1000 * pause_s)))

    def end(self) -> None:
        """No more sound; the words follow."""
        if self._open is not None and not self._open.stopping:
            self._open.stopping = True
            self._patience.start()
            self._microphone.stop()

    def cancel(self) -> None:
        """Throw away what was said."""
        self._patience.stop()
        opened, self._open = self._open, None
        if opened is not None:
            self._microphone.stop()
            self._worker.send(Cancel(opened.number))
            self._judge()

    def _microphone_stopped(self) -> None:
        if self._open is not None and self._open.stopping and not self._open.ending:
            self._await_words(self._open)

    def _await_words(self, opened: _Open) -> None:
        opened.stopping = opened.ending = True
        self._send_unsent(opened)
        self._worker.send(End(opened.number))
        self._patience.start()

    def _send_frames(self, pcm: bytes) -> None:
        opened = self._open
        if opened is None or opened.ending or self._since_loudspeaker() < ECHO_S:
            return
        piece = opened.check.feed(pcm)
        opened.unsent += pcm
        if len(opened.unsent) >= USUAL_PCM:
            self._send_unsent(opened)
        self.sound.emit(piece.level, opened.check.advice())

    def _send_unsent(self, opened: _Open) -> None:
        for start in range(0, len(opened.unsent), LONGEST_PCM):
            self._worker.send(Audio(opened.number, opened.unsent[start : start + LONGEST_PCM]))
        opened.unsent = b""

    def _learn_room(self, decibels: float) -> None:
        facts.info("microphone_room", level=decibels)
        self._room_db = decibels

    def _load(self) -> None:
        if self._worker.is_up and self._models.may_load(self._language):
            self._models.loading = self._language
            folder = str(self._models.folders[self._language])
            self._worker.send(Load(self._language, folder, self._manner.memory_mb))

    def _take(self, message: Message) -> None:
        match message:
            case Ready(languages, gate):
                self._models.ready = frozenset(languages)
                self._models.loading = None
                if self._manner.gated and not gate:
                    facts.warning("voice_gate_missing")
                self.use(self._language)
            case Failed(language, problem, None):
                self._not_loaded(language, problem)
            case Failed(language, problem, utterance):
                facts.warning("speech_failed", kind=problem, language=language)
                if self._open is not None and self._open.number == utterance:
                    self._finish("", Hearing.LOST)
            case Transcript(utterance, text, final) if self._open is not None and self._open.number == utterance:
                if final:
                    self.transcript.emit(message)
                    self._finish(text, self._judged(self._open, message))
                else:
                    self._open.live = text
                    self.live.emit(text)

    def _not_loaded(self, language: Language | None, problem: SpeechProblem) -> None:
        facts.warning("speech_failed", kind=problem, language=language)
        if language is not None:
            self._models.failed.add(language)
            self._models.loading = None
            self.use(self._language)

    @staticmethod
    def _judged(opened: _Open, heard: Transcript) -> Hearing:
        if opened.failure is not None:
            return Hearing.CUT_OFF if heard.text else opened.failure
        judged = opened.check.judged(heard.text, heard.voiced_ms)
        return Hearing.EARLY if heard.early and judged is Hearing.WORDS else judged

    def _finish(self, text: str, hearing: Hearing) -> None:
        self._patience.stop()
        opened, self._open = self._open, None
        if opened is None:
            return
        self._microphone.stop()
        if opened.check.seconds >= 1:
            # The room may become louder during a day; one utterance without a pause must not make it so.
            known = opened.check.floor_db if self._room_db is None else self._room_db
            self._room_db = min(known + _FLOOR_RISE_DB, opened.check.quietest_db)
        facts.info("listened", state=hearing, words=len(text.split()), ms=1000 * opened.check.seconds)
        self.heard.emit(text, hearing)
        self._judge()

    def _rescue(self) -> None:
        """The worker gives no more: what it heard of a story so far is better than nothing; half an answer is not."""
        opened = self._open
        if opened is not None:
            text = "" if opened.closed else opened.live
            self._finish(text, Hearing.CUT_OFF if text else Hearing.LOST)

    def _give_up(self) -> None:
        facts.warning("speech_silent", ms=RECOGNISE_MS)
        self._rescue()

    def _microphone_failed(self, problem: str) -> None:
        facts.warning("microphone_failed", kind=problem)
        if self._open is not None:
            self._open.failure = _WHEN_MICROPHONE_FAILS.get(problem, Hearing.NO_MICROPHONE)
            if not self._open.ending:
                self._await_words(self._open)

    def _judge(self) -> None:
        # The words of an utterance come first: without a microphone the dialogue waits for none.
        if self._open is None:
            self._set_available(self._language in self._models.ready and self._microphone.available)

    def _lost(self, reason: str) -> None:
        self._models.worker_ended()
        self._rescue()
        self._judge()

    def _set_available(self, available: bool) -> None:
        if available != self._available:
            self._available = available
            self.availableChanged.emit(available)
