"""`kiosk listen`: what the kiosk hears, on a terminal, for whoever puts up a microphone or a model."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.config import Config, SpeechSettings
from kiosk.domain.errors import ModelMissing
from kiosk.domain.hearing import Hearing
from kiosk.domain.language import Language
from kiosk.wire.sound_check import Advice

if TYPE_CHECKING:
    from kiosk.adapters.sound.microphone import Microphone
    from kiosk.ui.microphone import WavMicrophone
    from kiosk.ui.speech_path import SpeechPath
    from kiosk.wire.speech_messages import Transcript

BARS = 30
LOOK_MS = 5
PATIENCE_S = 90
"""Longer than an utterance may be."""
CLOSED = "answers"
"""The word for --grammar that means the answers to yes-or-no questions."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`wav` instead of a microphone; `phrases` limit what can be heard; so many `times`, 0 until Ctrl-C."""

    language: Language
    wav: Path | None = None
    phrases: tuple[str, ...] = ()
    times: int = 0


def phrases_of(grammar: str, language: Language) -> tuple[str, ...]:
    """Phrases between commas, or the answers to closed questions for `answers`."""
    from kiosk.domain.dialogue.answers import ANSWER_PHRASES

    if grammar == CLOSED:
        return tuple(ANSWER_PHRASES[language])
    return tuple(phrase.strip() for phrase in grammar.replace("，", ",").split(",") if phrase.strip())


def show_devices() -> int:
    """Print every microphone, its id and which is the default; 1 when there is none."""
    from PySide6.QtCore import QCoreApplication

    from kiosk.adapters.sound.microphone import list_microphones

    _application = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    devices = list_microphones()
    for name, identity, is_default in devices:
        _say(f"{'*' if is_default else ' '} {name}  ({identity})")
    if not devices:
        _say("no microphone: plug one in, install libpulse0, and see whether this user may listen (group audio)")
    return 0 if devices else 1


def listen(config: Config, wanted: Wanted) -> int:
    """Listen and print; 1 when there is no microphone, no model, or a WAV file without a word."""
    from PySide6.QtCore import QCoreApplication

    from kiosk.adapters.models import Shelf, find_model
    from kiosk.adapters.sound.microphone import Microphone
    from kiosk.ui.microphone import WavMicrophone

    os.environ.setdefault("DAOZHEN_LOG", "ERROR")
    settings = config.speech
    name = settings.zh if wanted.language is Language.ZH else settings.en
    try:
        model = find_model(name, Shelf(config.models_folder()))
        application = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
        microphone = WavMicrophone(wanted.wav) if wanted.wav else Microphone(settings.device)
    except ModelMissing:
        _say(f"no model {name}: kiosk models pull {name}, or correct speech.{wanted.language}")
        return 1
    except (OSError, ValueError) as error:
        _say(str(error))
        return 1
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    session = _Listening(settings, wanted, model, microphone)
    code = session.run()
    del application
    return code


class _Listening:
    def __init__(
        self, settings: SpeechSettings, wanted: Wanted, model: Path, microphone: Microphone | WavMicrophone
    ) -> None:
        from kiosk.ui.microphone import WavMicrophone
        from kiosk.ui.speech_path import Manner, SpeechPath
        from kiosk.ui.worker_process import WorkerProcess

        self._wanted = wanted
        self._model = model
        self._microphone = microphone
        self._worker = WorkerProcess("speech")
        manner = Manner(settings.pause_s, settings.noise_gate, settings.memory_mb, timed=True)
        models = {wanted.language: model}
        self._path: SpeechPath = SpeechPath(self._worker, microphone, models, wanted.language, manner)
        self._room_db: float | None = None
        self._last_sound = 0.0
        self._heard: list[Hearing] = []
        self._transcript: Transcript | None = None
        if isinstance(microphone, WavMicrophone):
            microphone.finished.connect(self._path.end)
        microphone.room.connect(self._learn_room)
        microphone.problem.connect(lambda problem: _say(f"! microphone: {problem}"))
        self._worker.down.connect(lambda reason: _say(f"! recogniser: {reason}"))
        self._path.sound.connect(self._show_level)
        self._path.live.connect(lambda text: _say(f"  {text}…"))
        self._path.transcript.connect(self._keep)
        self._path.heard.connect(self._show)

    def run(self) -> int:
        try:
            return self._run()
        finally:
            self._worker.down.disconnect()
            self._worker.shutdown()
            self._microphone.close()

    def _run(self) -> int:
        began = time.monotonic()
        self._worker.start()
        if not self._microphone.look():
            _say("no microphone; `kiosk listen --devices` shows all")
            return 1
        if not self._until(lambda: self._path.available):
            _say(f"the model at {self._model} cannot be loaded")
            return 1
        _say(f"model {self._model.name} ready after {time.monotonic() - began:.2f} s")
        if self._wanted.wav is None:
            self._until(lambda: self._room_db is not None)
            _say("speak; a pause ends what you say, Ctrl-C ends this")
        times = self._wanted.times or (1 if self._wanted.wav else 0)
        while not times or len(self._heard) < times:
            self._once()
            if not self._microphone.available:
                _say("the microphone has gone")
                return 1
        return 0 if {Hearing.WORDS, Hearing.EARLY} & set(self._heard) or not self._wanted.wav else 1

    def _once(self) -> None:
        done = len(self._heard)
        self._path.begin(self._wanted.language, self._wanted.phrases)
        if self._wanted.wav is None:
            self._path.end_by_pause()
        self._until(lambda: len(self._heard) > done)

    def _until(self, arrived: Callable[[], bool]) -> bool:
        """Let the event loop run until it happened; False when that took too long."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop, ends = QEventLoop(), time.monotonic() + PATIENCE_S
        look = QTimer(interval=LOOK_MS)
        look.timeout.connect(lambda: loop.quit() if arrived() or time.monotonic() > ends else None)
        look.start()
        loop.exec()
        return arrived()

    def _learn_room(self, decibels: float) -> None:
        self._room_db = decibels
        _say(f"{getattr(self._microphone, 'name', '')}: the room has {decibels:.0f} dB")

    def _show_level(self, level: float, advice: Advice) -> None:
        self._last_sound = time.monotonic()
        if sys.stdout.isatty():
            full = round(BARS * level)
            _say(f"\r[{'#' * full}{' ' * (BARS - full)}] {advice:10}", end="\r")

    def _keep(self, transcript: Transcript) -> None:
        self._transcript = transcript

    def _show(self, text: str, hearing: Hearing) -> None:
        after_ms = 1000 * (time.monotonic() - self._last_sound)
        voiced = self._transcript.voiced_ms if self._transcript else None
        told = "" if voiced is None else f", a voice for {voiced / 1000:.1f} s"
        _say(f"= {text or '-'}   [{hearing}{told}, {after_ms:.0f} ms after the last sound]")
        for word in self._transcript.words if self._transcript else ():
            _say(f"    {word.start_s:6.2f} {word.end_s:6.2f}  {word.text}")
        self._transcript = None
        self._heard.append(hearing)


def _say(text: str, end: str = "\n") -> None:
    print(text, end=end, flush=True)  # noqa: T201
