from __future__ import annotations

import math
import struct
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.wire.wav import read_wav_bytes
from tests.noises import pcm_of, tone

WAVE = [0.5 * math.sin(2 * math.pi * 200 * n / 8000) for n in range(400)]
WHOLE, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE


def wav(data: bytes, code: int, bits: int, channels: int = 1, rate: int = 8000, *, extra: bytes = b"") -> bytes:
    width = bits // 8 * channels
    form = struct.pack("<HHIIHH", code, channels, rate, rate * width, width, bits) + extra
    chunks = (
        b"fmt " + struct.pack("<I", len(form)) + form + b"LIST\x04\0\0\0INFO" + b"data" + struct.pack("<I", len(data))
    )
    return b"RIFF" + struct.pack("<I", 4 + len(chunks) + len(data)) + b"WAVE" + chunks + data


def encoded(bits: int, code: int = WHOLE) -> bytes:
    if code == FLOAT:
        return struct.pack(f"<{len(WAVE)}f", *WAVE)
    if bits == 8:
        return bytes(round(128 + 127 * one) for one in WAVE)
    return b"".join(round((2 ** (bits - 1) - 1) * one).to_bytes(bits // 8, "little", signed=True) for one in WAVE)


@pytest.mark.parametrize(("bits", "code"), [(8, WHOLE), (16, WHOLE), (24, WHOLE), (32, WHOLE), (32, FLOAT)])
def test_every_usual_width_is_the_same_sound(bits: int, code: int) -> None:
    heard = read_wav_bytes(wav(encoded(bits, code), code, bits))
    assert heard.rate == 8000
    assert len(heard.samples) == len(WAVE)
    off = max(abs(one - 32_767 * true) for one, true in zip(heard.samples, WAVE, strict=True))
    assert off <= (300 if bits == 8 else 2)


def test_the_extensible_format_of_recorders_is_read() -> None:
    subformat = struct.pack("<HHIH", 22, 24, 4, WHOLE) + bytes(14)
    heard = read_wav_bytes(wav(encoded(24), EXTENSIBLE, 24, extra=subformat))
    assert len(heard.samples) == len(WAVE)


def test_channels_are_mixed() -> None:
    stereo = array("h", [1000, 3000] * 50).tobytes()
    assert set(read_wav_bytes(wav(stereo, WHOLE, 16, channels=2)).samples) == {2000}


def test_a_recording_that_was_cut_off_gives_what_is_there() -> None:
    whole = wav(pcm_of(tone(None)), WHOLE, 16)
    assert len(read_wav_bytes(whole[:-1001]).samples) == (len(whole) - 56 - 1001) // 2


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        (b"", "not a WAV file"),
        (b"RIFF\0\0\0\0WAVEdata\0\0\0\0", "no format"),
        (b"RIFF\0\0\0\0WAVE", "no sound"),
        (b"RIFF\0\0\0\0WAVEfmt \x02\0\0\0ab", "cut off"),
        (wav(b"", 7, 8), "format 7"),
        (wav(b"", WHOLE, 12), "12 bits"),
        (wav(b"", WHOLE, 16, channels=0), "channels"),
        (wav(b"", WHOLE, 16, rate=1), "Hz"),
    ],
)
def test_what_cannot_be_played_says_why(file: bytes, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        read_wav_bytes(file)


@given(st.binary(max_size=80), st.sampled_from([8, 16, 24, 32]), st.sampled_from([WHOLE, FLOAT]), st.integers(1, 3))
def test_any_sound_is_read_or_refused(data: bytes, bits: int, code: int, channels: int) -> None:
    try:
        heard = read_wav_bytes(wav(data, code, bits, channels))
    except ValueError:
        assert (code, bits) in {(FLOAT, 8), (FLOAT, 16), (FLOAT, 24)}
    else:
        assert len(heard.samples) == len(data) // (bits // 8 * channels)


@given(st.binary(max_size=200))
def test_garbage_is_refused(garbage: bytes) -> None:
    with pytest.raises(ValueError, match="not a WAV file"):
        read_wav_bytes(garbage)
