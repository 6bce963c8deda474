from __future__ import annotations

import math
from array import array

import pytest

from kiosk.wire.pcm import Resampler, SampleFormat, mono


def tone(rate: int, hertz: float, seconds: float = 0.2, amplitude: float = 10_000) -> array[int]:
    return array("h", (round(amplitude * math.sin(2 * math.pi * hertz * n / rate)) for n in range(int(rate * seconds))))


def power(samples: array[int]) -> float:
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples))


@pytest.mark.parametrize("rate", [8000, 22_050, 44_100, 48_000])
def test_length_and_loudness_survive_resampling(rate: int) -> None:
    heard = Resampler(rate, 16_000).feed(tone(rate, 440))
    assert abs(len(heard) - 3200) <= 4
    assert power(heard) == pytest.approx(10_000 / math.sqrt(2), rel=0.05)


@pytest.mark.parametrize("rate", [8000, 16_000, 44_100, 48_000])
def test_pieces_give_the_same_as_the_whole(rate: int) -> None:
    sound = tone(rate, 700)
    whole = Resampler(rate, 16_000).feed(sound)
    resampler = Resampler(rate, 16_000)
    pieces = array("h")
    for start in range(0, len(sound), 97):
        pieces += resampler.feed(sound[start : start + 97])
    assert len(pieces) == len(whole)
    assert max(abs(a - b) for a, b in zip(pieces, whole, strict=True)) <= 1


def test_sound_above_the_new_range_is_weakened() -> None:
    heard = Resampler(48_000, 16_000).feed(tone(48_000, 15_000))
    assert power(heard) < 0.4 * 10_000 / math.sqrt(2)


@pytest.mark.parametrize(
    ("sample_format", "data"),
    [
        (SampleFormat.INT16, array("h", [100, 300, -200, -400])),
        (SampleFormat.INT32, array("i", [100 << 16, 300 << 16, -200 << 16, -400 << 16])),
        (SampleFormat.FLOAT, array("f", [100 / 32767, 300 / 32767, -200 / 32767, -400 / 32767])),
    ],
)
def test_stereo_of_any_format_becomes_the_mean_of_its_channels(sample_format: SampleFormat, data: array[int]) -> None:
    assert list(mono(data.tobytes(), sample_format, 2)) == [200, -300]


def test_unsigned_bytes_are_centred() -> None:
    assert list(mono(bytes([128, 129, 0, 255]), SampleFormat.UINT8, 1)) == [0, 256, -32768, 32512]


def test_a_float_device_that_overshoots_is_clipped() -> None:
    assert list(mono(array("f", [2.0, -2.0]).tobytes(), SampleFormat.FLOAT, 1)) == [32767, -32768]
