"""From the pressed button to words: microphone frames to the speech worker, transcripts back to the dialogue."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from kiosk import logs
from kiosk.domain.language import Language
from kiosk.ui.worker_process import WorkerProcess
from kiosk.wire.speech_messages import Audio, Begin, Cancel, End, Failed, Load, Ready, Transcript
from kiosk.wire.worker_messages import Message

facts = logs.get(__name__)

RECOGNISE_MS = 5000
"""Longest wait for the words after the button was let go; then the screen says that nothing was heard."""


class Microphone(Protocol):
    frames: SignalInstance
    level: SignalInstance

    availableChanged: SignalInstance
    problem: SignalInstance

    @property
    def available(self) -> bool: ...

    def look(self) -> bool: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...


class SpeechPath(QObject):
    """One utterance at a time. Every utterance ends in exactly one final `heard`, unless it was cancelled."""

    heard = Signal(str, bool)
    availableChanged = Signal(bool)
    level = Signal(float)

    def __init__(
        self,
        worker: WorkerProcess,
        microphone: Microphone,
        models: Mapping[Language, Path],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._microphone = microphone
        self._models = models
        self._languages: frozenset[Language] = frozenset()
        self._utterance = 0
        self._open = False
        self._available = False
        self._patience = QTimer(self, singleShot=True, interval=RECOGNISE_MS)
        self._patience.timeout.connect(self._give_up)
        worker.up.connect(self._load)
        worker.down.connect(self._lost)
        worker.message.connect(self._take)
        microphone.frames.connect(self._send_frames)
        microphone.level.connect(self.level)
        microphone.availableChanged.connect(self._judge)
        microphone.problem.connect(self._microphone_failed)

    @property
    def available(self) -> bool:
        return self._available

    def begin(self, language: Language, phrases: tuple[str, ...]) -> None:
        self.cancel()
        if language not in self._languages:
            self.heard.emit("", True)
            return
        self._utterance += 1
        self._open = True
        self._worker.send(Begin(self._utterance, language, phrases))
        self._microphone.start()

    def end(self) -> None:
        """No more sound; the words follow."""
        if self._open:
            self._microphone.stop()
            self._worker.send(End(self._utterance))
            self._patience.start()

    def cancel(self) -> None:
        """Throw away what was said."""
        self._patience.stop()
        if self._open:
            self._open = False
            self._microphone.stop()
            self._worker.send(Cancel(self._utterance))

    def _send_frames(self, pcm: bytes) -> None:
        if self._open and not self._patience.isActive():
            self._worker.send(Audio(self._utterance, pcm))

    def _load(self) -> None:
        for language, path in self._models.items():
            self._worker.send(Load(language, str(path)))

    def _take(self, message: Message) -> None:
        match message:
            case Ready(languages):
                self._languages = frozenset(languages)
                self._judge()
            case Failed(language, problem, utterance):
                facts.warning("speech_failed", kind=problem, language=language)
                if utterance == self._utterance:
                    self._finish("")
            case Transcript(utterance, text, final) if utterance == self._utterance and self._open:
                if final:
                    self._finish(text)
                else:
                    self.heard.emit(text, False)

    def _finish(self, text: str) -> None:
        self._patience.stop()
        if self._open:
            self._open = False
            self._microphone.stop()
            self.heard.emit(text, True)

    def _give_up(self) -> None:
        facts.warning("speech_silent", ms=RECOGNISE_MS)
        self._finish("")

    def _microphone_failed(self, problem: str) -> None:
        facts.warning("microphone_failed", kind=problem)
        self._finish("")
        self._judge()

    def _judge(self) -> None:
        self._set_available(bool(self._languages) and self._microphone.available)

    def _lost(self, reason: str) -> None:
        self._languages = frozenset()
        self._finish("")
        self._set_available(False)

    def _set_available(self, available: bool) -> None:
        if available != self._available:
            self._available = available
            self.availableChanged.emit(available)
