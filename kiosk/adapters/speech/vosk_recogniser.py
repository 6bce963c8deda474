"""Vosk behind the SpeechModel port. Import this only inside the speech worker: the engine is native code."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import vosk  # type: ignore[import-untyped]

from kiosk.adapters.speech.phrases import grammar, readable
from kiosk.adapters.speech.recogniser import SAMPLE_RATE, EngineFailed
from kiosk.domain.errors import ModelMissing

# Its log would print what was said.
vosk.SetLogLevel(-1)


class VoskModel:
    """One loaded model; raises ModelMissing when the folder holds none, EngineFailed when it cannot be loaded."""

    def __init__(self, folder: Path) -> None:
        # Vosk ends the process on some incomplete folders, so the parts are looked for first.
        if not (folder / "am" / "final.mdl").is_file() or not (folder / "graph").is_dir():
            raise ModelMissing(folder.name)
        try:
            self._model = vosk.Model(str(folder))
        except Exception as error:
            raise EngineFailed("model") from error

    def utterance(self, phrases: Sequence[str]) -> VoskUtterance:
        spelled, missing = grammar(phrases, self._knows)
        limits = [json.dumps(spelled, ensure_ascii=False)] if spelled else []
        try:
            return VoskUtterance(vosk.KaldiRecognizer(self._model, SAMPLE_RATE, *limits), missing)
        except Exception as error:
            raise EngineFailed("recogniser") from error

    def _knows(self, word: str) -> bool:
        return int(self._model.vosk_model_find_word(word)) >= 0


class VoskUtterance:
    """A pause ends a result inside Vosk; an utterance goes on until `finish` and joins them."""

    def __init__(self, recogniser: vosk.KaldiRecognizer, missing: int) -> None:
        self.missing = missing
        self._recogniser = recogniser
        self._heard: list[str] = []

    def accept(self, pcm: bytes) -> str:
        try:
            if self._recogniser.AcceptWaveform(pcm):
                self._heard.append(json.loads(self._recogniser.Result())["text"])
                return self._text()
            return self._text(json.loads(self._recogniser.PartialResult())["partial"])
        except Exception as error:
            raise EngineFailed("audio") from error

    def finish(self) -> str:
        try:
            return self._text(json.loads(self._recogniser.FinalResult())["text"])
        except Exception as error:
            raise EngineFailed("result") from error

    def _text(self, last: str = "") -> str:
        return readable(" ".join([*self._heard, last]))
