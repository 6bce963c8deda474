"""The real worker before sounds without a word: it writes none, in no language, with and without a closed question."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.domain.dialogue.answers import ANSWER_PHRASES
from kiosk.domain.dialogue.pain_scale import SCORE_PHRASES
from kiosk.domain.language import Language
from tests.noises import NOISES, mixed, noise
from tests.speech_client import SILENCE, Speech, pcm_saying

SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def speech() -> Iterator[Speech]:
    client = Speech()
    client.load(Language.ZH, Language.EN)
    yield client
    client.end()


@pytest.mark.parametrize("name", NOISES)
def test_no_word_comes_of_a_noise(speech: Speech, name: str) -> None:
    for seed in SEEDS:
        sound = noise(name, seed)
        for language in Language:
            for phrases in ((), tuple(ANSWER_PHRASES[language]), tuple(SCORE_PHRASES[language])):
                heard = speech.listen(language, sound, phrases)
                assert (heard.text, heard.words) == ("", ()), (seed, language, len(phrases))


def test_the_recogniser_alone_would_make_words_of_some(speech: Speech) -> None:
    """What the gate is for; without this the test above could not fail."""
    invented = {name for name in NOISES if speech.listen(Language.EN, noise(name), gated=False).text}
    assert {"babble", "clicks"} <= invented


@pytest.mark.parametrize("name", ["a tone of 1 kHz", "chords", "babble", "clicks"])
def test_a_noise_before_and_after_adds_nothing_to_what_is_said(speech: Speech, name: str) -> None:
    words = noise(name) + SILENCE[:16_000] + pcm_saying(Language.EN, "it started last night") + SILENCE + noise(name)
    assert speech.hear(Language.EN, words) == "it started last night"


@pytest.mark.parametrize("name", ["a quiet room", "mains hum", "clicks"])
def test_a_noise_under_a_voice_does_not_hide_it(speech: Speech, name: str) -> None:
    heard = speech.hear(Language.EN, mixed(pcm_saying(Language.EN, "it started last night"), noise(name), 0.1))
    assert heard == "it started last night"


def test_a_voice_is_timed(speech: Speech) -> None:
    said = pcm_saying(Language.EN, "it started last night")
    heard = speech.listen(Language.EN, 2 * SILENCE + said + 3 * SILENCE)
    assert [word.text for word in heard.words] == ["it", "started", "last", "night"]
    assert 1.5 < heard.words[0].start_s < 2.5
    assert heard.words[-1].end_s < 2.5 + len(said) / 32_000
    assert heard.voiced_ms is not None
    assert 0 <= len(said) / 32 - heard.voiced_ms < 700


def test_words_after_a_long_pause_keep_their_place(speech: Speech) -> None:
    said = pcm_saying(Language.EN, "it started last night")
    heard = speech.listen(Language.EN, said + 5 * SILENCE + said)
    assert len(heard.words) == 8
    pause_ends_s = len(said) / 32_000 + 5
    assert abs(heard.words[4].start_s - pause_ends_s) < 0.5
