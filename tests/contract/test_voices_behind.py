"""The real worker where others talk behind the patient: it ends when the patient does."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import pytest

from kiosk.domain.dialogue.answers import ANSWER_PHRASES
from kiosk.domain.language import Language
from tests.noises import mixed
from tests.speech_client import SILENCE, Speech, pcm_of, pcm_saying, sentences

STORY = {Language.EN: "i have a headache for three days no fever", Language.ZH: "我咳嗽三天了没有发烧"}
ANSWERS = {Language.EN: ("yes", "not sure"), Language.ZH: ("没有", "不清楚")}
PAUSE_MS = 800
BEHIND_DB = -10.0


@pytest.fixture(scope="module")
def speech() -> Iterator[Speech]:
    client = Speech()
    client.load(Language.ZH, Language.EN)
    yield client
    client.end()


def power(pcm: bytes) -> float:
    """Mean power where there is sound."""
    loud = [sample * sample for sample in memoryview(pcm).cast("h") if abs(sample) > 3]
    return sum(loud) / len(loud)


def lobby(language: Language, seconds: float) -> bytes:
    """Five people at once, none of whom says what the tests listen for."""
    told = [pcm_of(language, name) for name, text in sentences(language) if len(text) > 5][10:15]
    length = int(16_000 * seconds)
    sums = [0.0] * length
    for number, pcm in enumerate(told):
        voice = memoryview(pcm).cast("h")
        for place in range(length):
            sums[place] += voice[(place + 4000 * number) % len(voice)] / len(told)
    return array("h", (round(one) for one in sums)).tobytes()


def in_lobby(language: Language, text: str) -> bytes:
    """Half a second of the lobby, the words with it 10 dB below them, and three seconds of it."""
    said = SILENCE[:16_000] + pcm_saying(language, text) + 3 * SILENCE
    behind = lobby(language, len(said) / 32_000)
    share = (power(pcm_saying(language, text)) / power(behind)) ** 0.5 * 10 ** (BEHIND_DB / 20)
    return mixed(said, behind, share)


@pytest.mark.parametrize("language", Language)
def test_a_story_ends_with_the_patient_and_not_with_the_lobby(speech: Speech, language: Language) -> None:
    speech.begin(language, pause_ms=PAUSE_MS)
    speech.speak(in_lobby(language, STORY[language]))
    heard = speech.final()
    assert heard.voiced_ms is not None
    said_ms = len(pcm_saying(language, STORY[language])) / 32
    assert said_ms / 2 < heard.voiced_ms < said_ms + 1000


@pytest.mark.parametrize(("language", "text"), [(one, text) for one, texts in ANSWERS.items() for text in texts])
def test_an_answer_ends_as_well(speech: Speech, language: Language, text: str) -> None:
    """What the lobby adds to it in the half second after it is another matter: an answer with more is asked again."""
    speech.begin(language, tuple(ANSWER_PHRASES[language]), pause_ms=PAUSE_MS)
    speech.speak(in_lobby(language, text))
    assert text in speech.final().text
