"""The speech models that come with Daozhen, in Vosk as it is: what they know, and that they hear nothing in noise."""

from __future__ import annotations

import json
import math
from array import array
from pathlib import Path
from random import Random

import pytest
import vosk

from kiosk import paths
from kiosk.adapters.speech.phrases import UNKNOWN, grammar
from kiosk.domain.dialogue.answers import ANSWER_PHRASES
from kiosk.domain.dialogue.pain_scale import SCORE_PHRASES
from kiosk.domain.language import Language
from kiosk.domain.spoken_numbers import age_phrases, date_phrases
from kiosk.domain.spoken_phrases import LAST, ORDINALS, SAYINGS

RATE = 16_000
SOUNDS = Path(__file__).parent.parent / "data" / "speech"
MOST_BYTES = 5_000_000
UNHEARD: dict[Language, list[str]] = {Language.ZH: [], Language.EN: []}

vosk.SetLogLevel(-1)


@pytest.fixture(scope="module", params=Language)
def language(request: pytest.FixtureRequest) -> Language:
    return Language(request.param)


@pytest.fixture(scope="module")
def model(language: Language) -> vosk.Model:
    return vosk.Model(str(paths.models() / "speech" / language))


def heard(model: vosk.Model, pcm: bytes, *limits: str) -> str:
    recogniser = vosk.KaldiRecognizer(model, RATE, *limits)
    said = []
    for start in range(0, len(pcm), 3200):
        if recogniser.AcceptWaveform(pcm[start : start + 3200]):
            said.append(json.loads(recogniser.Result())["text"])
    return " ".join([*said, json.loads(recogniser.FinalResult())["text"]]).strip()


def tones(*pitches: float, loud: int = 4_000) -> bytes:
    times = (2 * math.pi * step / RATE for step in range(2 * RATE))
    return array("h", (int(loud * sum(math.sin(p * t) for p in pitches) / len(pitches)) for t in times)).tobytes()


def beeps() -> bytes:
    loud = array("h", tones(2_000)[: RATE // 2])
    return (loud.tobytes() + bytes(RATE // 2)) * 4


def hiss(loud: int) -> bytes:
    chance = Random(1)  # noqa: S311
    return array("h", (int(chance.gauss(0, loud)) for _ in range(2 * RATE))).tobytes()


NOISES = {
    "tone": tones(1_000),
    "chord": tones(440, 554, 659),
    "hum": tones(50, 100, 150),
    "quiet tone": tones(700, loud=300),
    "beeps": beeps(),
    "hiss": hiss(1_000),
    "quiet hiss": hiss(30),
    "silence": bytes(2 * RATE),
}


@pytest.mark.parametrize("noise", NOISES.values(), ids=NOISES.keys())
def test_noise_is_no_word(model: vosk.Model, noise: bytes) -> None:
    assert heard(model, noise) == ""


def test_every_phrase_that_a_screen_listens_for_can_be_a_grammar(model: vosk.Model, language: Language) -> None:
    def knows(word: str) -> bool:
        return int(model.vosk_model_find_word(word)) >= 0

    ordinals = (way for ways in (*ORDINALS[language], LAST[language]) for way in ways)
    sayings = (way for ways in SAYINGS[language].values() for way in ways)
    said = (*ANSWER_PHRASES[language], *SCORE_PHRASES[language], *sayings, *ordinals)
    phrases = (*said, *age_phrases(language), *date_phrases(language))
    # A recogniser writes 零 for what a person may write as 〇.
    unheard = [phrase for phrase in phrases if grammar([phrase], knows)[1] and "〇" not in phrase]
    assert unheard == UNHEARD[language]
    assert grammar(phrases, knows)[0][-1] == UNKNOWN


def test_many_words_in_little_room(language: Language) -> None:
    folder = paths.models() / "speech" / language
    assert len((folder / "graph" / "words.txt").read_text(encoding="utf-8").splitlines()) > 1100
    assert sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) < MOST_BYTES


def test_there_are_enough_sounds_to_test_with(language: Language) -> None:
    rows = (SOUNDS / language / "texts.tsv").read_text(encoding="utf-8").splitlines()
    assert len(rows) >= 40
    assert all((SOUNDS / language / row.partition("\t")[0]).is_file() for row in rows)
