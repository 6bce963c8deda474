"""Sounds without a word in them, made from a seed: 16 kHz mono signed 16-bit."""

from __future__ import annotations

import math
import random
from array import array
from collections.abc import Callable, Iterable

RATE = 16_000
SECONDS = 3.0
COUNT = int(RATE * SECONDS)
_TABLE = 4096

Noise = Callable[[random.Random], list[float]]
"""Samples from -1 to 1."""


def pcm_of(samples: Iterable[float]) -> bytes:
    return array("h", (round(32_000 * max(-1.0, min(1.0, one))) for one in samples)).tobytes()


def mixed(loud: bytes, quiet: bytes, share: float) -> bytes:
    """The second sound, at that share of its loudness and repeated, under the first."""
    over, under = memoryview(loud).cast("h"), memoryview(quiet).cast("h")
    sums = (one + round(share * under[place % len(under)]) for place, one in enumerate(over))
    return array("h", (max(-32_768, min(32_767, one)) for one in sums)).tobytes()


def louder(pcm: bytes, times: float) -> bytes:
    """So many times as loud; what does not fit is cut off flat, as an overdriven microphone does."""
    return array("h", (max(-32_768, min(32_767, round(times * one))) for one in memoryview(pcm).cast("h"))).tobytes()


def silence(_: random.Random) -> list[float]:
    return [0.0] * COUNT


def faint_noise(chance: random.Random) -> list[float]:
    return [chance.gauss(0, 0.002) for _ in range(COUNT)]


def white_noise(chance: random.Random) -> list[float]:
    return [chance.gauss(0, 0.2) for _ in range(COUNT)]


def tone(_: random.Random) -> list[float]:
    return [0.3 * math.sin(2 * math.pi * 1000 * n / RATE) for n in range(COUNT)]


def hum(_: random.Random) -> list[float]:
    """Of the mains, with its harmonics."""
    return _harmonics(50, 5, 0.3)


def chords(chance: random.Random) -> list[float]:
    """Music for the recogniser: plucked chords of four notes, two a second."""
    samples = [0.0] * COUNT
    scale = [220 * 2 ** (step / 12) for step in (0, 2, 4, 5, 7, 9, 11, 12, 14, 16)]
    for start in range(0, COUNT, RATE // 2):
        for note in chance.sample(scale, 4):
            phase = chance.random()
            for n in range(min(RATE // 2, COUNT - start)):
                turn = note * n / RATE + phase
                wave = math.sin(2 * math.pi * turn) + 0.5 * math.sin(4 * math.pi * turn)
                samples[start + n] += 0.12 * math.exp(-3 * n / RATE) * wave
    return samples


def clicks(chance: random.Random) -> list[float]:
    """Footsteps, keys, a ball-pen: short bursts at any time."""
    samples = [0.0] * COUNT
    for _ in range(40):
        start = chance.randrange(COUNT - 200)
        for n in range(200):
            samples[start + n] += 0.8 * math.exp(-n / 30) * chance.uniform(-1, 1)
    return samples


def babble(chance: random.Random) -> list[float]:
    """Many throats at once and no word: six gliding buzzes, each on and off like syllables."""
    table = _harmonics(RATE / _TABLE, 20, 0.3, _TABLE)
    samples = [0.0] * COUNT
    for _ in range(6):
        pitch, glide, syllables = chance.uniform(90, 240), chance.uniform(2, 5), chance.uniform(2.5, 5)
        turn = chance.random()
        for n in range(COUNT):
            time = n / RATE
            turn += pitch * (1 + 0.05 * math.sin(2 * math.pi * glide * time)) / RATE
            loud = max(0.0, math.sin(2 * math.pi * syllables * time + pitch))
            samples[n] += 0.25 * loud * table[int(turn * _TABLE) % _TABLE]
    return samples


NOISES: dict[str, Noise] = {
    "digital silence": silence,
    "a quiet room": faint_noise,
    "white noise": white_noise,
    "a tone of 1 kHz": tone,
    "mains hum": hum,
    "chords": chords,
    "clicks": clicks,
    "babble": babble,
}


def noise(name: str, seed: int = 1) -> bytes:
    return pcm_of(NOISES[name](random.Random(seed)))  # noqa: S311 - the same sound every time


def _harmonics(hertz: float, most: int, loudness: float, count: int = COUNT) -> list[float]:
    whole = [math.sin(2 * math.pi * n / _TABLE) for n in range(_TABLE)]
    step = hertz * _TABLE / RATE
    return [
        loudness * sum(whole[int(n * step * harmonic) % _TABLE] / harmonic for harmonic in range(1, most + 1))
        for n in range(count)
    ]
