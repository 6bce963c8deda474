"""Vosk behind the SpeechModel port. Import this only inside the speech worker: the engine is native code."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import vosk  # type: ignore[import-untyped]

from kiosk.adapters.speech.model_folder import check_folder
from kiosk.adapters.speech.phrases import UNKNOWNS, grammar, readable
from kiosk.adapters.speech.recogniser import BYTES_PER_SECOND, SAMPLE_RATE, EngineFailed, Heard
from kiosk.wire.speech_messages import HeardWord

# Its log would print what was said.
vosk.SetLogLevel(-1)


class VoskModel:
    """One loaded model. Raises ModelMissing when the folder holds none, NoRoom, EngineFailed when it does not work."""

    def __init__(self, folder: Path, memory_mb: int = 0) -> None:
        check_folder(folder, memory_mb)
        try:
            self._model = vosk.Model(str(folder))
        except Exception as error:
            raise EngineFailed("model") from error
        # A damaged graph is noticed, or ends the process, with the first utterance only: not a patient's.
        rehearsal = self.utterance(())
        rehearsal.accept(bytes(BYTES_PER_SECOND // 2))
        rehearsal.finish()

    def utterance(self, phrases: Sequence[str], *, timed: bool = False) -> VoskUtterance:
        spelled, missing = grammar(phrases, self._knows)
        limits = [json.dumps(spelled, ensure_ascii=False)] if spelled else []
        try:
            return VoskUtterance(vosk.KaldiRecognizer(self._model, SAMPLE_RATE, *limits), missing, timed)
        except Exception as error:
            raise EngineFailed("recogniser") from error

    def _knows(self, word: str) -> bool:
        return int(self._model.vosk_model_find_word(word)) >= 0


class VoskUtterance:
    """A pause ends a result inside Vosk; an utterance goes on until `finish` and joins them."""

    def __init__(self, recogniser: vosk.KaldiRecognizer, missing: int, timed: bool) -> None:
        self.missing = missing
        self._recogniser = recogniser
        self._recogniser.SetWords(timed)
        self._texts: list[str] = []
        self._words: list[HeardWord] = []
        self._partial = ""
        self._shown = ""

    def accept(self, pcm: bytes) -> str:
        try:
            if self._recogniser.AcceptWaveform(pcm):
                self._keep(self._recogniser.Result())
                return self._shown
            return self._so_far(self._recogniser.PartialResult())
        except Exception as error:
            raise EngineFailed("audio") from error

    def finish(self) -> Heard:
        try:
            self._keep(self._recogniser.FinalResult())
        except Exception as error:
            raise EngineFailed("result") from error
        return Heard(self._shown, tuple(self._words))

    def _keep(self, untrusted_result: str) -> None:
        result = json.loads(untrusted_result)
        self._texts.append(result["text"])
        self._partial, self._shown = "", readable(" ".join(self._texts))
        for word in result.get("result", ()):
            if word["word"].lower() not in UNKNOWNS:
                sure = min(1.0, max(0.0, float(word["conf"])))
                self._words.append(HeardWord(word["word"], float(word["start"]), float(word["end"]), sure))

    def _so_far(self, untrusted_partial: str) -> str:
        """Most pieces of sound add no word."""
        if untrusted_partial != self._partial:
            self._partial = untrusted_partial
            self._shown = readable(" ".join([*self._texts, json.loads(untrusted_partial)["partial"]]))
        return self._shown
