"""The voice worker: sentences in, sound out; and the news of where sound can go. One sentence at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from kiosk.adapters.sound_outputs import OutputWatch
from kiosk.adapters.speech.speaker import make_speaker
from kiosk.config import VoiceSettings, parse_config
from kiosk.domain.errors import ConfigError, SpeakerError
from kiosk.services.ports import Speaker
from kiosk.wire.voice_messages import TO_VOICE, Hush, Outputs, Say, Spoken, Unspoken
from kiosk.wire.worker_messages import LONGEST_PCM, Message, Refused, Start
from kiosk.workers import loop

PIECE = LONGEST_PCM - LONGEST_PCM % 2
_LAST_SENTENCE_S = 2.0


class Watch(Protocol):
    def start(self) -> None: ...

    def stop(self) -> None: ...


class VoiceWorker:
    """Every Say is answered by Spoken pieces or one Unspoken, unless a later Say or Hush came first."""

    def __init__(
        self,
        send: loop.Send,
        make: Callable[[VoiceSettings], Speaker] = make_speaker,
        watch: Callable[[Callable[[Outputs], None]], Watch] = OutputWatch,
    ) -> None:
        self._send = send
        self._make = make
        self._make_watch = watch
        self._watch: Watch | None = None
        self._speaker: Speaker | None = None
        self._current: int | None = None
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def handle(self, message: Message) -> None:
        match message:
            case Start(config):
                self._start(config)
            case Say():
                self._hush()
                self._say(message)
            case Hush():
                self._hush()

    def close(self) -> None:
        self._hush()
        if self._watch is not None:
            self._watch.stop()

    def _start(self, untrusted_config: Mapping[str, Any]) -> None:
        try:
            settings = parse_config({"voice": untrusted_config.get("voice", {})}).voice
        except ConfigError as error:
            self._send(Refused(f"start: {error.key}"))
            return
        self._speaker = self._make(settings)
        if self._watch is None:
            self._watch = self._make_watch(self._send)
            self._watch.start()

    def _say(self, message: Say) -> None:
        if self._speaker is None:
            self._send(Refused("say: not started"))
            return
        self._current = message.utterance
        self._thread = threading.Thread(target=self._speak, args=(self._speaker, message), daemon=True)
        self._thread.start()

    def _hush(self) -> None:
        with self._lock:
            self._current = None
        thread, self._thread = self._thread, None
        if thread is None or self._speaker is None:
            return
        # Until the thread ends: the program may only just be about to start.
        for _ in range(round(_LAST_SENTENCE_S / 0.02)):
            self._speaker.stop()
            thread.join(0.02)
            if not thread.is_alive():
                return

    def _speak(self, speaker: Speaker, message: Say) -> None:
        try:
            sound = speaker.speak(message.text, message.language)
        except SpeakerError as error:
            self._answer(message.utterance, Unspoken(message.utterance, error.kind))
            return
        pieces = [sound.pcm[start : start + PIECE] for start in range(0, len(sound.pcm), PIECE)] or [b""]
        for piece in pieces[:-1]:
            self._answer(message.utterance, Spoken(message.utterance, sound.rate, piece, last=False))
        self._answer(message.utterance, Spoken(message.utterance, sound.rate, pieces[-1], last=True))

    def _answer(self, utterance: int, message: Message) -> None:
        with self._lock:
            if self._current == utterance:
                self._send(message)


def main() -> int:
    return loop.run(TO_VOICE, VoiceWorker)
