"""Sound samples as bytes: other formats and rates to 16 kHz mono signed 16-bit."""

from __future__ import annotations

import sys
from array import array
from dataclasses import dataclass
from enum import StrEnum

FULL_SCALE = 32768


@dataclass(frozen=True, slots=True)
class Sound:
    """One spoken sentence: mono signed 16-bit little-endian samples."""

    rate: int
    pcm: bytes


class SampleFormat(StrEnum):
    """How a device gives one sample, in the machine's byte order."""

    UINT8 = "uint8"
    INT16 = "int16"
    INT32 = "int32"
    FLOAT = "float"


_ARRAY_CODE = {SampleFormat.UINT8: "B", SampleFormat.INT16: "h", SampleFormat.INT32: "i", SampleFormat.FLOAT: "f"}


def mono(data: bytes, sample_format: SampleFormat, channels: int) -> array[int]:
    """Interleaved samples of whole frames as one channel of 16-bit samples: the mean of all channels."""
    samples = array(_ARRAY_CODE[sample_format])
    samples.frombytes(data)
    if sample_format is SampleFormat.INT16 and channels == 1:
        return samples
    scale, offset = {
        SampleFormat.UINT8: (256.0, 128.0),
        SampleFormat.INT16: (1.0, 0.0),
        SampleFormat.INT32: (1 / 65536, 0.0),
        SampleFormat.FLOAT: (32767.0, 0.0),
    }[sample_format]
    frames = zip(*(samples[channel::channels] for channel in range(channels)), strict=True)
    return array("h", (_clip(scale * (sum(frame) / channels - offset)) for frame in frames))


class Resampler:
    """Linear resampling of a stream in pieces of any size, with a mean over the samples that one output covers.

    The mean keeps sounds above the new rate's range from folding into speech; enough for recognition, not for music.
    """

    def __init__(self, rate: int, wanted: int) -> None:
        self._step = rate / wanted
        self._width = max(1, int(self._step))
        self._held: array[int] = array("h")
        self._position = 0.0

    def feed(self, samples: array[int]) -> array[int]:
        """The output that these samples complete."""
        if self._step == 1:
            return samples
        source = self._held + samples
        smooth = _mean_of(source, self._width)
        out = array("h")
        position = self._position
        while (index := int(position)) + 1 < len(smooth):
            fraction = position - index
            out.append(int(smooth[index] + fraction * (smooth[index + 1] - smooth[index])))
            position += self._step
        used = min(int(position), len(source))
        self._held = source[used:]
        self._position = position - used
        return out


def little_endian(samples: array[int]) -> bytes:
    if sys.byteorder == "big":
        samples = array("h", samples)
        samples.byteswap()
    return samples.tobytes()


def _mean_of(samples: array[int], width: int) -> list[float]:
    if width == 1:
        return [float(sample) for sample in samples]
    shifted = [samples[start : len(samples) - width + 1 + start] for start in range(width)]
    return [sum(group) / width for group in zip(*shifted, strict=True)]


def _clip(value: float) -> int:
    # In this order, so that a NaN from a broken driver is only a click.
    return round(max(-FULL_SCALE, min(FULL_SCALE - 1, value)))
