from __future__ import annotations

import math
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.hearing import Hearing
from kiosk.wire.sound_check import LONGEST_UTTERANCE_S, Advice, SoundCheck, measured
from tests.noises import louder, noise
from tests.speech_client import SILENCE, pcm_saying

PIECE = 3200
VOICE = pcm_saying("en", "i have chest pain and shortness of breath")
ROOM = noise("a quiet room")


def checked(pcm: bytes, floor_db: float = -60.0) -> SoundCheck:
    check = SoundCheck(floor_db)
    for start in range(0, len(pcm), PIECE):
        check.feed(pcm[start : start + PIECE])
    return check


def test_level_runs_from_silence_to_full_scale() -> None:
    assert measured(b"").level == 0.0
    assert measured(bytes(200)).level == 0.0
    assert measured(array("h", [-32768] * 100).tobytes()).level == 1.0
    quiet, loud = (measured(louder(VOICE, times)).level for times in (0.04, 0.5))
    assert 0.05 < quiet < loud < 0.9


@pytest.mark.parametrize(
    ("pcm", "advice"),
    [
        (SILENCE[: PIECE * 9], Advice.NONE),
        (2 * SILENCE, Advice.MUTE),
        (VOICE, Advice.FINE),
        (louder(VOICE, 0.02), Advice.CLOSER),
        (louder(VOICE, 20), Advice.SOFTER),
        (ROOM, Advice.CLOSER),
        (noise("white noise"), Advice.LOUD_ROOM),
    ],
    ids=["too short", "mute", "voice", "faint", "overdriven", "nobody", "loud room"],
)
def test_what_somebody_who_speaks_is_told(pcm: bytes, advice: Advice) -> None:
    assert checked(pcm).advice() is advice


def test_advice_is_about_the_last_second() -> None:
    assert checked(louder(VOICE, 20) + VOICE).advice() is Advice.FINE


@pytest.mark.parametrize(
    ("pcm", "voiced_ms", "hearing"),
    [
        (SILENCE, 0, Hearing.MUTE),
        (ROOM, 0, Hearing.SILENCE),
        (b"", 0, Hearing.SILENCE),
        (noise("white noise"), 0, Hearing.NOISE),
        (VOICE, 2000, Hearing.UNCLEAR),
        (VOICE, None, Hearing.UNCLEAR),
        (noise("white noise"), None, Hearing.NOISE),
        (louder(VOICE, 0.004), 500, Hearing.FAINT),
        (louder(VOICE, 20), 2000, Hearing.TOO_LOUD),
    ],
)
def test_why_there_are_no_words(pcm: bytes, voiced_ms: int | None, hearing: Hearing) -> None:
    assert checked(pcm).judged("", voiced_ms) is hearing


def test_words_are_words_however_they_sounded() -> None:
    assert checked(louder(VOICE, 20)).judged("chest pain", 2000) is Hearing.WORDS
    assert checked(SILENCE).judged("chest pain", 0) is Hearing.WORDS


def test_a_minute_is_the_most() -> None:
    assert checked(SILENCE * (LONGEST_UTTERANCE_S - 1)).judged("pain", 500) is Hearing.WORDS
    assert checked(SILENCE * LONGEST_UTTERANCE_S).judged("pain", 500) is Hearing.TOO_LONG


def test_the_floor_is_the_room_and_not_the_voice() -> None:
    check = checked(ROOM + VOICE + ROOM)
    assert check.quietest_db == pytest.approx(checked(ROOM).loudest_db, abs=2)
    assert check.loudest_db - check.quietest_db > 30


def test_nothing_heard_has_no_figure() -> None:
    check = SoundCheck()
    assert (check.seconds, check.is_mute, check.is_clipped) == (0, False, False)
    assert check.advice() is Advice.NONE


@given(st.lists(st.binary(max_size=400), max_size=12), st.sampled_from([None, 0, 400]))
def test_any_bytes_have_a_verdict(pieces: list[bytes], voiced_ms: int | None) -> None:
    check = SoundCheck()
    for piece in pieces:
        assert 0 <= check.feed(piece).level <= 1
    assert check.judged("", voiced_ms) in Hearing
    assert check.advice() in Advice
    assert not math.isnan(check.quietest_db + check.loudest_db) or check.is_mute
