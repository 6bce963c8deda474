"""The speech worker as a process, with what the window does to it, and the recorded sentences."""

from __future__ import annotations

import wave
from pathlib import Path

from kiosk import paths
from kiosk.domain.language import Language
from kiosk.wire.speech_messages import FROM_SPEECH, Audio, Begin, End, Load, Ready, Transcript
from tests.worker_client import WorkerClient

DATA = Path(__file__).parent / "data" / "speech"
CHUNK_BYTES = 3200
SILENCE = bytes(32_000)


def sentences(language: Language) -> list[tuple[str, str]]:
    """Names of the recordings with what is said in them."""
    lines = (DATA / language / "texts.tsv").read_text(encoding="utf-8").splitlines()
    return [(name, text) for name, text in (line.split("\t") for line in lines)]


def pcm_of(language: Language, name: str) -> bytes:
    with wave.open(str(DATA / language / name), "rb") as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 16_000)
        return sound.readframes(sound.getnframes())


def wav_saying(language: Language, text: str) -> Path:
    return DATA / language / next(name for name, said in sentences(language) if said == text)


def pcm_saying(language: Language, text: str) -> bytes:
    return pcm_of(language, wav_saying(language, text).name)


class Speech(WorkerClient):
    """Conveniences of this worker's protocol."""

    def __init__(self) -> None:
        super().__init__("speech", FROM_SPEECH)
        self.utterance = 0

    def load(self, *languages: Language) -> Ready:
        for language in languages:
            self.send(Load(language, str(paths.models() / "speech" / language)))
        return self.until(Ready, lambda ready: set(ready.languages) >= set(languages))

    def begin(self, language: Language, phrases: tuple[str, ...] = (), *, gated: bool = True, pause_ms: int = 0) -> int:
        self.utterance += 1
        self.send(Begin(self.utterance, language, phrases, gated, pause_ms, timed=True))
        return self.utterance

    def speak(self, pcm: bytes) -> None:
        chunks = (pcm[start : start + CHUNK_BYTES] for start in range(0, len(pcm), CHUNK_BYTES))
        self.send(*(Audio(self.utterance, chunk) for chunk in chunks))

    def end_utterance(self) -> Transcript:
        self.send(End(self.utterance))
        return self.final()

    def final(self) -> Transcript:
        heard = self.until(Transcript, lambda heard: heard.final)
        assert heard.utterance == self.utterance
        return heard

    def listen(
        self, language: Language, pcm: bytes, phrases: tuple[str, ...] = (), *, gated: bool = True
    ) -> Transcript:
        self.begin(language, phrases, gated=gated)
        self.speak(pcm)
        return self.end_utterance()

    def hear(self, language: Language, pcm: bytes, phrases: tuple[str, ...] = ()) -> str:
        return self.listen(language, pcm, phrases).text

    def next_utterance_works(self) -> bool:
        return self.hear(Language.EN, pcm_saying(Language.EN, "not sure")) == "not sure"
