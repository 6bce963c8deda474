"""The speech worker as a real process with the real engine and the built-in models."""

from __future__ import annotations

import os
import signal
import struct
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import paths
from kiosk.domain.dialogue.answers import ANSWER_PHRASES
from kiosk.domain.dialogue.pain_scale import SCORE_PHRASES
from kiosk.domain.language import Language
from kiosk.wire.speech_messages import (
    Audio,
    Begun,
    Cancel,
    End,
    Failed,
    Load,
    Ready,
    SpeechProblem,
    Transcript,
)
from kiosk.wire.worker_messages import LONGEST_PCM, Ping, Pong, Refused, Stop
from tests.noises import mixed
from tests.speech_client import SILENCE, Speech, pcm_of, pcm_saying, sentences

ALL = [(language, name, text) for language in Language for name, text in sentences(language)]


@pytest.fixture(scope="module")
def speech() -> Iterator[Speech]:
    """One worker with both languages for all tests that leave it working."""
    client = Speech()
    client.load(Language.ZH, Language.EN)
    yield client
    client.end()


@pytest.fixture
def fresh() -> Iterator[Speech]:
    client = Speech()
    yield client
    client.end()


@pytest.mark.parametrize(("language", "name", "text"), ALL, ids=[f"{language}-{name}" for language, name, _ in ALL])
def test_every_sentence_is_heard_exactly(speech: Speech, language: Language, name: str, text: str) -> None:
    assert speech.hear(language, pcm_of(language, name)) == text


def test_the_demonstration_voices_are_among_the_sentences() -> None:
    spoken = {pcm_of(language, name) for language, name, _ in ALL}
    voices = sorted((paths.assets() / "demo-hospital" / "voice").glob("*.wav"))
    assert [voice.stem for voice in voices] == ["en-complaint", "en-emergency", "zh-complaint", "zh-emergency"]
    for voice in voices:
        with wave.open(str(voice), "rb") as sound:
            assert sound.readframes(sound.getnframes()) in spoken


def test_words_come_while_somebody_still_speaks(speech: Speech) -> None:
    speech.begin(Language.ZH)
    speech.speak(pcm_saying(Language.ZH, "我胸口很疼出汗呼吸困难") + SILENCE)
    partial = speech.until(Transcript)
    assert not partial.final
    assert partial.text.startswith("我")
    assert " " not in partial.text
    assert speech.end_utterance().text == "我胸口很疼出汗呼吸困难"


def test_a_pause_does_not_end_what_is_said(speech: Speech) -> None:
    words = pcm_saying(Language.EN, "my left knee hurts when i walk") + 2 * SILENCE
    words += pcm_saying(Language.EN, "it started last night")
    assert speech.hear(Language.EN, words) == "my left knee hurts when i walk it started last night"


def test_a_grammar_limits_what_is_heard(speech: Speech) -> None:
    speech.begin(Language.EN, ("yes", "no", "not sure", "perhaps tomorrow"))
    assert speech.until(Begun).missing == 1
    speech.speak(pcm_saying(Language.EN, "not sure"))
    assert speech.end_utterance().text == "not sure"
    assert speech.hear(Language.EN, pcm_saying(Language.EN, "no"), ("yes", "no")) == "no"
    assert speech.hear(Language.ZH, pcm_saying(Language.ZH, "没有"), ("有", "没有", "不清楚")) == "没有"
    assert speech.hear(Language.ZH, pcm_saying(Language.ZH, "不清楚"), ("有", "没有", "不清楚")) == "不清楚"


def test_chinese_phrases_are_cut_into_the_words_of_the_model(speech: Speech) -> None:
    speech.begin(Language.ZH, ("我头痛三天了", "我突然头晕"))
    assert speech.until(Begun).missing == 0
    speech.speak(pcm_saying(Language.ZH, "我突然头晕"))
    assert speech.end_utterance().text == "我突然头晕"


def test_a_grammar_does_not_bend_other_words_into_a_phrase(speech: Speech) -> None:
    heard = speech.hear(Language.EN, pcm_saying(Language.EN, "i have stomach pain and diarrhea"), ("yes", "no"))
    assert "[unk]" not in heard
    assert "yes" not in heard.split()


@pytest.mark.parametrize(("language", "answer"), [(Language.EN, "not sure"), (Language.ZH, "不知道")])
def test_what_softer_voices_say_around_an_answer_is_left_out(speech: Speech, language: Language, answer: str) -> None:
    before, after = 2 * SILENCE, 3 * SILENCE
    together, alone = before + pcm_saying(language, answer) + after, bytes(len(before + after))
    for name, _ in sentences(language)[:6]:
        together, alone = (mixed(sound, pcm_of(language, name), 0.12) for sound in (together, alone))
    phrases = (*ANSWER_PHRASES[language], *SCORE_PHRASES[language])
    assert speech.hear(language, alone, phrases)
    assert speech.hear(language, together, phrases) == answer


def test_both_languages_stay_loaded(speech: Speech) -> None:
    for _ in range(3):
        assert speech.hear(Language.ZH, pcm_saying(Language.ZH, "我突然头晕")) == "我突然头晕"
        assert speech.hear(Language.EN, pcm_saying(Language.EN, "it started last night")) == "it started last night"


def test_a_cancelled_utterance_says_nothing_more(speech: Speech) -> None:
    cancelled = speech.begin(Language.EN)
    speech.speak(pcm_saying(Language.EN, "i have a rash and itching"))
    speech.send(Cancel(cancelled), End(cancelled), Ping(77))
    seen = []
    while not isinstance(message := speech.receive(), Pong):
        seen.append(message)
    assert not any(isinstance(message, Transcript) and message.final for message in seen)
    assert not any(isinstance(message, Failed) for message in seen)
    assert speech.next_utterance_works()


def test_silence_and_nothing_are_empty_text(speech: Speech) -> None:
    assert speech.hear(Language.ZH, 3 * SILENCE) == ""
    assert speech.hear(Language.EN, 3 * SILENCE) == ""
    assert speech.hear(Language.EN, b"") == ""
    assert speech.hear(Language.EN, 3 * SILENCE, ("yes", "no")) == ""


def test_sound_at_half_the_rate_does_no_harm(speech: Speech) -> None:
    pcm = pcm_saying(Language.EN, "not sure")
    halved = b"".join(pcm[start : start + 2] for start in range(0, len(pcm), 4))
    speech.hear(Language.EN, halved)
    assert speech.next_utterance_works()


@pytest.mark.parametrize(
    ("length", "sound"), [(3, b"abc"), (LONGEST_PCM + 1, b"abc\n")], ids=["half a sample", "more than it may be"]
)
def test_bad_audio_loses_its_utterance_only(speech: Speech, length: int, sound: bytes) -> None:
    lost = speech.begin(Language.EN)
    speech.send_bytes(struct.pack("<BQI", 0, lost, length) + sound)
    assert speech.until(Failed) == Failed(Language.EN, SpeechProblem.BAD_AUDIO, lost)
    assert speech.next_utterance_works()


def test_an_utterance_is_limited_to_a_minute(speech: Speech) -> None:
    number = speech.begin(Language.EN)
    speech.speak(pcm_saying(Language.EN, "not sure"))
    speech.send(*(Audio(number, 4 * SILENCE) for _ in range(20)))
    heard = speech.until(Transcript, lambda transcript: transcript.final)
    assert (heard.utterance, heard.text) == (number, "not sure")
    # Its End still comes and must not be answered twice.
    speech.send(End(number), Ping(5))
    assert isinstance(speech.receive(), Pong)


def test_garbage_is_refused_and_work_goes_on(speech: Speech) -> None:
    speech.send_bytes(b'{"broken\n\xff\xfe\n[]\n{"type":"delivered"}\n{"type":"load","language":"fr","path":"x"}\n')
    problems = [speech.until(Refused).problem for _ in range(5)]
    assert problems == [
        "not JSON at character 1",
        "not UTF-8",
        "not an object",
        "message: type: unknown",
        "load: language: not one of the choices",
    ]
    assert speech.next_utterance_works()


def test_the_end_of_an_utterance_nobody_began_is_answered(speech: Speech) -> None:
    speech.send(End(4_000))
    assert speech.until(Failed) == Failed(None, SpeechProblem.NOT_BEGUN, 4_000)


def test_a_missing_or_unfinished_model_fails_and_the_other_language_works(fresh: Speech, tmp_path: Path) -> None:
    fresh.send(Load(Language.ZH, str(tmp_path / "absent")))
    assert fresh.until(Failed) == Failed(Language.ZH, SpeechProblem.MODEL_MISSING)
    (tmp_path / "am").mkdir()
    fresh.send(Load(Language.ZH, str(tmp_path)))
    assert fresh.until(Failed) == Failed(Language.ZH, SpeechProblem.MODEL_MISSING)
    assert fresh.load(Language.EN) == Ready((Language.EN,))
    number = fresh.begin(Language.ZH)
    assert fresh.until(Failed) == Failed(Language.ZH, SpeechProblem.NOT_LOADED, number)
    assert fresh.next_utterance_works()


def test_a_closed_stdin_ends_the_worker(fresh: Speech) -> None:
    fresh.load(Language.EN)
    fresh.begin(Language.EN)
    fresh.until(Begun)
    assert fresh.close_stdin() == 0
    assert fresh.receive() is None


def test_stop_ends_the_worker(fresh: Speech) -> None:
    fresh.send(Stop())
    assert fresh.receive() is None
    assert fresh.process.wait(60) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_interrupt_is_for_the_window(fresh: Speech) -> None:
    fresh.send(Ping(1))
    assert fresh.receive() == Pong(1)
    os.kill(fresh.process.pid, signal.SIGINT)
    fresh.send(Ping(2))
    assert fresh.receive() == Pong(2)


def test_what_was_said_is_not_on_stderr(fresh: Speech) -> None:
    fresh.load(Language.ZH, Language.EN)
    fresh.hear(Language.EN, pcm_saying(Language.EN, "i am allergic to penicillin"), ("i am allergic to canary",))
    fresh.hear(Language.EN, pcm_saying(Language.EN, "i am allergic to penicillin"))
    fresh.close_stdin()
    fresh.end()
    assert b"speech_model_loaded" in fresh.stderr
    assert not any(word in fresh.stderr for word in (b"penicillin", b"allergic", b"canary"))
