"""The speech worker: audio in, words out. One utterance at a time, several languages loaded at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk import logs
from kiosk.adapters.speech.recogniser import BYTES_PER_SECOND, EngineFailed, SpeechModel, Utterance
from kiosk.domain.errors import ModelMissing
from kiosk.domain.language import Language
from kiosk.wire.checked_fields import MessageError
from kiosk.wire.worker_messages import (
    TO_SPEECH,
    Audio,
    Begin,
    Begun,
    Busy,
    Cancel,
    End,
    Failed,
    Load,
    Message,
    Ready,
    Refused,
    SpeechProblem,
    Transcript,
)
from kiosk.workers import loop

facts = logs.get(__name__)

LONGEST_UTTERANCE_S = 60
LONGEST_LOAD_S = 120

LoadModel = Callable[[Path], SpeechModel]


@dataclass(slots=True)
class _Open:
    """The utterance being heard."""

    number: int
    language: Language
    utterance: Utterance
    text: str = ""
    pcm_bytes: int = 0


class SpeechWorker:
    """Answers Load with Ready or Failed, and every Begin, in the end, with one final Transcript or one Failed."""

    def __init__(self, send: loop.Send, load_model: LoadModel) -> None:
        self._send = send
        self._load_model = load_model
        self._models: dict[Language, SpeechModel] = {}
        self._open: _Open | None = None
        self._last_closed: int | None = None

    def handle(self, message: Message) -> None:
        match message:
            case Load():
                self._load(message)
            case Begin():
                self._begin(message)
            case Audio():
                self._audio(message)
            case End():
                self._end(message.utterance)
            case Cancel():
                if self._open and self._open.number == message.utterance:
                    self._close()

    def refuse(self, error: MessageError) -> None:
        """Audio that cannot be read loses its utterance: words with a hole in them are worse than none."""
        if error.kind == Audio.kind and self._open and error.utterance == self._open.number:
            self._lose(SpeechProblem.BAD_AUDIO)
        else:
            self._send(Refused(str(error)))

    def close(self) -> None:
        self._close()
        self._models.clear()

    def _load(self, message: Load) -> None:
        self._send(Busy(LONGEST_LOAD_S))
        started = time.monotonic()
        try:
            self._models[message.language] = self._load_model(Path(message.path))
        except ModelMissing:
            self._send(Failed(message.language, SpeechProblem.MODEL_MISSING))
        except EngineFailed:
            self._send(Failed(message.language, SpeechProblem.MODEL_BROKEN))
        else:
            facts.info("speech_model_loaded", language=message.language, ms=1000 * (time.monotonic() - started))
            self._send(Ready(tuple(self._models)))

    def _begin(self, message: Begin) -> None:
        self._close()
        model = self._models.get(message.language)
        if model is None:
            self._last_closed = message.utterance
            self._send(Failed(message.language, SpeechProblem.NOT_LOADED, message.utterance))
            return
        try:
            utterance = model.utterance(message.phrases)
        except EngineFailed:
            self._last_closed = message.utterance
            self._send(Failed(message.language, SpeechProblem.ENGINE, message.utterance))
            return
        self._open = _Open(message.utterance, message.language, utterance)
        self._send(Begun(message.utterance, utterance.missing))

    def _audio(self, message: Audio) -> None:
        heard = self._open
        # Audio still comes for a moment after an utterance was cancelled or lost.
        if heard is None or heard.number != message.utterance:
            return
        if len(message.pcm) % 2:
            self._lose(SpeechProblem.BAD_AUDIO)
            return
        room = LONGEST_UTTERANCE_S * BYTES_PER_SECOND - heard.pcm_bytes
        pcm = message.pcm[:room]
        heard.pcm_bytes += len(pcm)
        try:
            text = heard.utterance.accept(pcm)
        except EngineFailed:
            self._lose(SpeechProblem.ENGINE)
            return
        if text != heard.text:
            heard.text = text
            self._send(Transcript(heard.number, text, final=False))
        if len(message.pcm) >= room:
            self._end(heard.number)

    def _end(self, number: int) -> None:
        heard = self._open
        if heard is None or heard.number != number:
            if number != self._last_closed:
                self._send(Failed(None, SpeechProblem.NOT_BEGUN, number))
            return
        try:
            text = heard.utterance.finish()
        except EngineFailed:
            self._lose(SpeechProblem.ENGINE)
            return
        self._close()
        self._send(Transcript(number, text, final=True))

    def _lose(self, problem: SpeechProblem) -> None:
        if self._open:
            self._send(Failed(self._open.language, problem, self._open.number))
            self._close()

    def _close(self) -> None:
        if self._open:
            self._last_closed = self._open.number
            self._open = None


def load_vosk(folder: Path) -> SpeechModel:
    # Late: the engine's import takes longer than everything else here together.
    from kiosk.adapters.speech.vosk_recogniser import VoskModel

    return VoskModel(folder)


def main() -> int:
    return loop.run(TO_SPEECH, lambda send: SpeechWorker(send, load_vosk))
