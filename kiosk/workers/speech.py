"""The speech worker: audio in, words out. One utterance at a time, several languages loaded at once.

A model is loaded by a second thread, so that another language can be heard and pings are answered meanwhile.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk import logs
from kiosk.adapters.speech.awaited import taken
from kiosk.adapters.speech.phrases import readable
from kiosk.adapters.speech.recogniser import (
    BYTES_PER_SECOND,
    EngineFailed,
    NoRoom,
    Reading,
    SpeechModel,
    Utterance,
    VoiceDetector,
)
from kiosk.domain.errors import ModelMissing
from kiosk.domain.language import Language
from kiosk.wire.checked_fields import MessageError
from kiosk.wire.sound_check import LONGEST_UTTERANCE_S
from kiosk.wire.speech_messages import (
    TO_SPEECH,
    Audio,
    Begin,
    Begun,
    Cancel,
    End,
    EndByPause,
    Failed,
    HeardWord,
    Load,
    Ready,
    SpeechProblem,
    Transcript,
)
from kiosk.wire.worker_messages import Message, Refused
from kiosk.workers import loop
from kiosk.workers.memory import EXIT_GROWN, resident_bytes
from kiosk.workers.voice_gate import CLEARLY, VoiceGate

facts = logs.get(__name__)

NOBODY_MS = 8000
"""Without a voice for so long an utterance that nobody holds the button for ends."""
LOOK_EVERY = 10
"""Utterances between two looks at the memory."""
MOST_GROWTH = 500_000_000
"""Bytes that this process may grow by after its last model was loaded."""

_EARLY_S = 0.13
"""A word that begins sooner after the sound does may be the rest of one: of 23 Chinese answers that lost their first
tenth of a second six lost their 没 or 不, and what was left began within 0.12 s."""
_BREATH_S = 0.15
"""Words with less between them follow each other at once."""

LoadModel = Callable[[Path, int], SpeechModel]
"""A model's folder and the most memory in MB that this process may take (0: most of what is free)."""


@dataclass(slots=True)
class _Open:
    """The utterance being heard; `unchanged_s` is how long no word was added."""

    number: int
    language: Language
    utterance: Utterance
    gate: VoiceGate | None
    pause_ms: int
    timed: bool
    text: str = ""
    pcm_bytes: int = 0
    unchanged_s: float = 0.0

    @property
    def is_over(self) -> bool:
        """Whether its speaker has been silent for long enough."""
        if not self.pause_ms:
            return False
        if self.gate is None:
            return 1000 * self.unchanged_s >= (self.pause_ms if self.text else NOBODY_MS)
        return self.gate.quiet_ms >= (self.pause_ms if self.gate.voiced_ms else NOBODY_MS)


class SpeechWorker:
    """Answers Load with Ready or Failed, and every Begin, in the end, with one final Transcript or one Failed.

    `leave` ends the process at once with an exit code; `resident` tells its memory in bytes.
    """

    def __init__(
        self,
        send: loop.Send,
        load_model: LoadModel,
        load_detector: Callable[[], VoiceDetector],
        leave: Callable[[int], None] = os._exit,
        resident: Callable[[], int] = resident_bytes,
    ) -> None:
        self._send = send
        self._load_model = load_model
        self._load_detector = load_detector
        self._leave = leave
        self._resident = resident
        self._models: dict[Language, SpeechModel] = {}
        self._detector: VoiceDetector | None = None
        self._detector_tried = False
        self._loads: queue.SimpleQueue[Load] = queue.SimpleQueue()
        self._loader: threading.Thread | None = None
        self._settled_bytes = 0
        self._open: _Open | None = None
        self._last_closed: int | None = None
        self._finished = 0

    def handle(self, message: Message) -> None:
        match message:
            case Load():
                self._loads.put(message)
                if self._loader is None:
                    self._loader = threading.Thread(target=self._load_all, daemon=True)
                    self._loader.start()
            case Begin():
                self._begin(message)
            case Audio():
                self._audio(message)
            case EndByPause(utterance, pause_ms):
                if self._open and self._open.number == utterance:
                    self._open.pause_ms = pause_ms
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

    def _load_all(self) -> None:
        while True:
            self._load(self._loads.get())

    def _load(self, message: Load) -> None:
        started = time.monotonic()
        self._find_detector()
        try:
            self._models[message.language] = self._load_model(Path(message.path), message.memory_mb)
        except ModelMissing:
            self._send(Failed(message.language, SpeechProblem.MODEL_MISSING))
        except NoRoom:
            self._send(Failed(message.language, SpeechProblem.MEMORY))
        except EngineFailed:
            self._send(Failed(message.language, SpeechProblem.MODEL_BROKEN))
        else:
            facts.info("speech_model_loaded", language=message.language, ms=1000 * (time.monotonic() - started))
            self._settled_bytes = self._resident()
            self._send(Ready(tuple(self._models), gate=self._detector is not None))

    def _find_detector(self) -> None:
        if self._detector_tried:
            return
        self._detector_tried = True
        try:
            self._detector = self._load_detector()
        except EngineFailed as error:
            facts.warning("voice_gate_missing", kind=str(error))

    def _begin(self, message: Begin) -> None:
        self._close()
        model = self._models.get(message.language)
        if model is None:
            self._last_closed = message.utterance
            self._send(Failed(message.language, SpeechProblem.NOT_LOADED, message.utterance))
            return
        try:
            gate = VoiceGate(self._detector) if self._detector and message.gated else None
            utterance = model.utterance(message.phrases, timed=message.timed or gate is not None)
        except EngineFailed:
            self._last_closed = message.utterance
            self._send(Failed(message.language, SpeechProblem.ENGINE, message.utterance))
            return
        self._open = _Open(message.utterance, message.language, utterance, gate, message.pause_ms, message.timed)
        self._send(Begun(message.utterance, utterance.missing))

    def _audio(self, message: Audio) -> None:
        heard = self._open
        # Audio still comes for a moment after an utterance was cancelled or lost.
        if heard is None or heard.number != message.utterance:
            return
        room = LONGEST_UTTERANCE_S * BYTES_PER_SECOND - heard.pcm_bytes
        pcm = message.pcm[:room]
        heard.pcm_bytes += len(pcm)
        heard.unchanged_s += len(pcm) / BYTES_PER_SECOND
        try:
            voice = heard.gate.feed(pcm) if heard.gate else pcm
            text = heard.utterance.accept(voice) if voice else heard.text
        except EngineFailed:
            self._lose(SpeechProblem.ENGINE)
            return
        if text != heard.text:
            heard.text, heard.unchanged_s = text, 0.0
            self._send(Transcript(heard.number, text, final=False))
        if len(message.pcm) >= room or heard.is_over:
            self._end(heard.number)

    def _end(self, number: int) -> None:
        heard = self._open
        if heard is None or heard.number != number:
            if number != self._last_closed:
                self._send(Failed(None, SpeechProblem.NOT_BEGUN, number))
            return
        gate = heard.gate
        try:
            if gate is not None and (rest := gate.finish()):
                heard.utterance.accept(rest)
            readings = heard.utterance.finish()
        except EngineFailed:
            self._lose(SpeechProblem.ENGINE)
            return
        self._close()
        if gate is None:
            said = taken(readings, heard.utterance.awaited)
        else:
            own = [_of_speaker(reading, gate) for reading in readings]
            clear = [replace(reading, words=clearest(reading.words, gate)) for reading in own]
            said = taken(own, heard.utterance.awaited, clear)
        words = said.words if heard.timed else ()
        early = bool(said.words) and said.words[0].start_s < _EARLY_S
        self._send(Transcript(number, said.text, True, words, gate.voiced_ms if gate else None, early))
        self._watch_memory()

    def _lose(self, problem: SpeechProblem) -> None:
        if self._open:
            self._send(Failed(self._open.language, problem, self._open.number))
            self._close()

    def _close(self) -> None:
        if self._open:
            self._last_closed = self._open.number
            self._open = None

    def _watch_memory(self) -> None:
        """Between two utterances nothing is lost with this process."""
        self._finished += 1
        if self._finished % LOOK_EVERY:
            return
        if self._settled_bytes and self._resident() - self._settled_bytes > MOST_GROWTH:
            facts.error("worker_grown", bytes=self._resident())
            self._leave(EXIT_GROWN)


def of_speaker(words: Sequence[HeardWord], gate: VoiceGate) -> tuple[HeardWord, ...]:
    """The words without those that others said before, after and between. A soft word in one breath between two of the
    speaker's is his."""
    near = [gate.is_speaker(word.start_s, word.end_s) for word in words]
    kept: list[HeardWord] = []
    soft: list[HeardWord] = []
    for word, is_near in zip(words, near, strict=True):
        if not is_near:
            soft.append(word)
            continue
        if kept and soft and soft[0].start_s - kept[-1].end_s < _BREATH_S and word.start_s - soft[-1].end_s < _BREATH_S:
            kept += soft
        soft = []
        kept.append(word)
    return tuple(kept)


def clearest(words: Sequence[HeardWord], gate: VoiceGate) -> tuple[HeardWord, ...]:
    """The words without those before the first and after the last that is clearly the speaker's."""
    clear = [at for at, word in enumerate(words) if gate.is_speaker(word.start_s, word.end_s, CLEARLY)]
    return tuple(words[clear[0] : clear[-1] + 1]) if clear else ()


def _of_speaker(reading: Reading, gate: VoiceGate) -> Reading:
    placed = [
        HeardWord(word.text, gate.placed(word.start_s), gate.placed(word.end_s), word.confidence)
        for word in reading.words
    ]
    words = of_speaker(placed, gate)
    # The engine's text, unless words are left out of it.
    text = readable(" ".join(word.text for word in words)) if len(words) < len(placed) else reading.text
    return Reading(text, words, reading.cost)


def load_vosk(folder: Path, memory_mb: int) -> SpeechModel:
    # Late: the engine's import takes longer than everything else here together.
    from kiosk.adapters.speech.vosk_recogniser import VoskModel

    return VoskModel(folder, memory_mb)


def load_silero() -> VoiceDetector:
    from kiosk.adapters.speech.voice_activity import load_detector

    return load_detector()


def main() -> int:
    return loop.run(TO_SPEECH, lambda send: SpeechWorker(send, load_vosk, load_silero))
