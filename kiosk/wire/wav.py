"""WAV files as microphones and recorders write them: 8 to 32 bits, whole numbers or floats, any channels and rate."""

from __future__ import annotations

import struct
import sys
from array import array
from dataclasses import dataclass

from kiosk.wire.pcm import SampleFormat, mono

LOWEST_RATE, HIGHEST_RATE = 8000, 192_000
MOST_CHANNELS = 32
_WHOLE, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE


@dataclass(frozen=True, slots=True)
class Recording:
    """One channel of 16-bit samples, the mean of all channels of the file."""

    rate: int
    samples: array[int]


@dataclass(frozen=True, slots=True)
class _Format:
    code: int
    channels: int
    rate: int
    bits: int


def read_wav_bytes(untrusted_wav: bytes) -> Recording:
    """Raises ValueError with what is wrong. A length that runs over the end, as pipes and crashes leave it, is cut."""
    if untrusted_wav[:4] != b"RIFF" or untrusted_wav[8:12] != b"WAVE":
        raise ValueError("not a WAV file")
    place, form = 12, None
    while place + 8 <= len(untrusted_wav):
        name, size = untrusted_wav[place : place + 4], int.from_bytes(untrusted_wav[place + 4 : place + 8], "little")
        body = untrusted_wav[place + 8 : place + 8 + size]
        if name == b"fmt ":
            form = _read_format(body)
        elif name == b"data":
            if form is None:
                raise ValueError("not a WAV file: no format before the sound")
            return Recording(form.rate, _samples(body, form))
        place += 8 + size + size % 2
    raise ValueError("not a WAV file: no sound in it")


def _read_format(body: bytes) -> _Format:
    if len(body) < 16:
        raise ValueError("not a WAV file: its format is cut off")
    code, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", body)
    if code == _EXTENSIBLE and len(body) >= 26:
        code = int.from_bytes(body[24:26], "little")
    if (code, bits) not in {(_WHOLE, 8), (_WHOLE, 16), (_WHOLE, 24), (_WHOLE, 32), (_FLOAT, 32)}:
        raise ValueError(f"only PCM of 8 to 32 bits can be played, not format {code} with {bits} bits")
    if not 1 <= channels <= MOST_CHANNELS or not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise ValueError(f"only 1 to {MOST_CHANNELS} channels at {LOWEST_RATE} to {HIGHEST_RATE} Hz can be played")
    return _Format(code, channels, rate, bits)


def _samples(body: bytes, form: _Format) -> array[int]:
    frame_bytes = form.bits // 8 * form.channels
    whole = body[: len(body) - len(body) % frame_bytes]
    if form.bits == 24:
        # The lowest byte of each sample is below what 16 bits can tell.
        kept = bytearray(len(whole) // 3 * 2)
        kept[0::2], kept[1::2] = whole[1::3], whole[2::3]
        return mono(_native(bytes(kept), 2), SampleFormat.INT16, form.channels)
    kinds = {8: SampleFormat.UINT8, 16: SampleFormat.INT16, 32: SampleFormat.INT32}
    kind = SampleFormat.FLOAT if form.code == _FLOAT else kinds[form.bits]
    return mono(_native(whole, form.bits // 8), kind, form.channels)


def _native(data: bytes, width: int) -> bytes:
    """In this machine's byte order, which `mono` expects."""
    if sys.byteorder == "little" or width == 1:
        return data
    swapped = array({2: "H", 4: "I"}[width], data)
    swapped.byteswap()
    return swapped.tobytes()
