"""Vosk behind the SpeechModel port. Import this only inside the speech worker: the engine is native code."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import vosk  # type: ignore[import-untyped]

from kiosk.adapters.speech.model_folder import check_folder
from kiosk.adapters.speech.phrases import HESITATIONS, UNKNOWNS, grammar, readable
from kiosk.adapters.speech.recogniser import BYTES_PER_SECOND, SAMPLE_RATE, EngineFailed, Reading
from kiosk.wire.speech_messages import HeardWord

# Its log would print what was said.
vosk.SetLogLevel(-1)

_READINGS = 8
"""That are kept of an utterance for which phrases are awaited."""


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
        lines, missing = grammar(phrases, self._knows)
        awaited = frozenset(filter(None, map(readable, lines)))
        if lines:
            lines += filter(self._knows, sorted(HESITATIONS))
        limits = [json.dumps(lines, ensure_ascii=False)] if lines else []
        try:
            recogniser = vosk.KaldiRecognizer(self._model, SAMPLE_RATE, *limits)
        except Exception as error:
            raise EngineFailed("recogniser") from error
        return VoskUtterance(recogniser, awaited, missing, timed)

    def _knows(self, word: str) -> bool:
        return int(self._model.vosk_model_find_word(word)) >= 0


class VoskUtterance:
    """A pause ends a result inside Vosk; an utterance goes on until `finish` and joins them."""

    def __init__(self, recogniser: vosk.KaldiRecognizer, awaited: frozenset[str], missing: int, timed: bool) -> None:
        self.awaited = awaited
        self.missing = missing
        self._recogniser = recogniser
        self._recogniser.SetWords(timed or bool(awaited))
        if awaited:
            self._recogniser.SetMaxAlternatives(_READINGS)
        self._readings: tuple[Reading, ...] = (Reading(""),)
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

    def finish(self) -> tuple[Reading, ...]:
        try:
            self._keep(self._recogniser.FinalResult())
        except Exception as error:
            raise EngineFailed("result") from error
        return self._readings

    def _keep(self, untrusted_result: str) -> None:
        result = json.loads(untrusted_result)
        ways = result["alternatives"] if self.awaited else (result,)
        likeliest = ways[0].get("confidence", 0.0)
        more = [self._read(way, likeliest) for way in ways]
        joined = (_joined(before, after) for before in self._readings for after in more)
        self._readings = tuple(sorted(joined, key=lambda reading: reading.cost)[:_READINGS])
        self._partial, self._shown = "", self._readings[0].text

    def _read(self, way: Mapping[str, Any], likeliest: float) -> Reading:
        """With alternatives Vosk says how likely each of them is, and no more how sure it is of a word."""
        words = tuple(
            HeardWord(
                word["word"], float(word["start"]), float(word["end"]), min(1.0, max(0.0, float(word.get("conf", 1.0))))
            )
            for word in way.get("result", ())
            if self.awaited or word["word"].lower() not in UNKNOWNS
        )
        return Reading(readable(way["text"]), words, likeliest - way["confidence"] if self.awaited else 0.0)

    def _so_far(self, untrusted_partial: str) -> str:
        """Most pieces of sound add no word."""
        if untrusted_partial != self._partial:
            self._partial = untrusted_partial
            self._shown = readable(f"{self._readings[0].text} {json.loads(untrusted_partial)['partial']}")
        return self._shown


def _joined(before: Reading, after: Reading) -> Reading:
    text = readable(f"{before.text} {after.text}")
    return Reading(text, before.words + after.words, before.cost + after.cost)
