"""Rooms, noises and features: what a microphone would make of a synthesiser's voice."""

from __future__ import annotations

from collections.abc import Sequence

import kaldi_native_fbank as knf
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy import signal

RATE = 16_000
COEFFICIENTS = 40
LOWEST_HZ, HIGHEST_HZ = 20, 7600
SHIFT, CENTRE = 160, 200
"""Samples from frame to frame, and from a frame's beginning to its centre."""
Sound = NDArray[np.float64]


def features(sound: NDArray[np.int16]) -> NDArray[np.float32]:
    """Frames of 40 MFCC of 16 kHz sound, exactly as conf/mfcc.conf tells Vosk."""
    options = knf.MfccOptions()
    options.frame_opts.dither = 0
    options.frame_opts.samp_freq = RATE
    options.mel_opts.num_bins = options.num_ceps = COEFFICIENTS
    options.mel_opts.low_freq, options.mel_opts.high_freq = LOWEST_HZ, HIGHEST_HZ
    options.use_energy = False
    mfcc = knf.OnlineMfcc(options)
    mfcc.accept_waveform(RATE, sound.astype(np.float32).tolist())
    mfcc.input_finished()
    frames = [mfcc.get_frame(index) for index in range(mfcc.num_frames_ready)]
    return np.stack(frames) if frames else np.zeros((0, COEFFICIENTS), np.float32)


def as_pcm(sound: Sound) -> NDArray[np.int16]:
    return np.clip(np.round(sound * 32767), -32768, 32767).astype(np.int16)


def louder(sound: Sound, peak_db: float) -> Sound:
    """With its peak at so many dB of full scale."""
    return sound / (np.abs(sound).max() + 1e-9) * 10 ** (peak_db / 20)


def with_noise(sound: Sound, noise: Sound, snr_db: float) -> Sound:
    """Noise so many dB below the sound's mean power where there is sound."""
    power = np.sqrt((sound[np.abs(sound) > 1e-4] ** 2).mean()) if np.abs(sound).max() > 1e-4 else 1e-2
    return sound + noise / (noise.std() + 1e-9) * power * 10 ** (-snr_db / 20)


def in_room(sound: Sound, chance: Generator, t60_s: float, direct: float) -> Sound:
    """With the echo of a room; `direct` is how much stronger the first wave is than the echo's power (1: far away)."""
    length = int(RATE * t60_s)
    echo = chance.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
    echo /= np.sqrt((echo**2).sum()) * direct
    echo[0] = 1
    return signal.fftconvolve(sound, echo)[: len(sound)]


def far(sound: Sound, chance: Generator) -> Sound:
    """From across the lobby: mostly echo, treble lost, some noise."""
    muffled = signal.sosfilt(signal.butter(1, 3500 / (RATE / 2), output="sos"), sound)
    return with_noise(in_room(muffled, chance, 0.4, 1.0), coloured(len(sound), 1.0, chance), 20)


def coloured(length: int, slope: float, chance: Generator) -> Sound:
    """Noise whose power falls with frequency to the `slope`: 0 white, 1 pink, 2 brown."""
    spectrum = np.fft.rfft(chance.standard_normal(length))
    rank = np.maximum(np.arange(len(spectrum)), 1)
    return np.fft.irfft(spectrum * rank ** (-slope / 2), length)


def babble(length: int, others: Sequence[Sound], chance: Generator, voices: int) -> Sound:
    """Several voices at once."""
    mixed = np.zeros(length)
    for _ in range(voices):
        voice = others[int(chance.integers(len(others)))]
        mixed += np.resize(np.roll(voice, int(chance.integers(len(voice)))), length) / (voice.std() + 1e-9)
    return mixed


def steady(length: int, chance: Generator) -> Sound:
    """A machine, a bell or an alarm: one or several tones, steady, sliding or in beeps."""
    time = np.arange(length) / RATE
    made = np.zeros(length)
    base = float(np.exp(chance.uniform(np.log(45), np.log(3500))))
    slide = chance.uniform(-0.3, 0.3) if chance.random() < 0.3 else 0.0
    for _ in range(int(chance.integers(1, 6))):
        pitch = base * (int(chance.integers(1, 7)) if chance.random() < 0.7 else chance.uniform(1, 3))
        if pitch < RATE / 2 - 500:
            made += chance.uniform(0.2, 1) * np.sin(
                2 * np.pi * pitch * (time + slide * time**2 / 2) + chance.uniform(0, 6.3)
            )
    if chance.random() < 0.4:
        beat = chance.uniform(0.15, 1.2)
        made *= (time % beat) < beat * chance.uniform(0.3, 0.8)
    elif chance.random() < 0.3:
        made *= 1 + 0.8 * np.sin(2 * np.pi * chance.uniform(1, 12) * time)
    if chance.random() < 0.5:
        made += coloured(length, chance.uniform(0, 2), chance) * chance.uniform(0, 30)
    return made


def knocks(length: int, chance: Generator) -> Sound:
    """Doors, steps and cups."""
    made = np.zeros(length)
    for _ in range(int(chance.integers(1, 7))):
        long = int(RATE * chance.uniform(0.01, 0.2))
        knock = chance.standard_normal(long) * np.exp(-5 * np.arange(long) / long)
        corner = chance.uniform(300, 6000) / (RATE / 2)
        knock = signal.sosfilt(signal.butter(2, corner, output="sos"), knock)
        at = int(chance.integers(0, max(1, length - long)))
        made[at : at + long] += (knock * chance.uniform(0.3, 1))[: length - at]
    return made + 1e-4 * chance.standard_normal(length)


def noise(length: int, others: Sequence[Sound], chance: Generator) -> Sound:
    """Any of them."""
    kind = chance.random()
    if kind < 0.3:
        return coloured(length, chance.uniform(0, 2.2), chance)
    if kind < 0.8 and others:
        return babble(length, others, chance, int(chance.integers(3, 9)))
    return steady(length, chance) if kind < 0.93 else knocks(length, chance)


def varied(sound: Sound, others: Sequence[Sound], chance: Generator) -> Sound:
    """As heard in some room, through some microphone, with some noise, at some level; a quarter stays clean."""
    if chance.random() < 0.5:
        gains = np.interp(np.linspace(0, 7, len(sound) // 2 + 1), range(8), chance.uniform(-7, 7, 8))
        sound = np.fft.irfft(np.fft.rfft(sound) * 10 ** (gains / 20), len(sound))
    if chance.random() < 0.4:
        sound = in_room(sound, chance, chance.uniform(0.08, 0.5), float(np.exp(chance.uniform(0, 2.3))))
    if chance.random() < 0.75:
        snr = chance.uniform(1, 26)
        sound = with_noise(sound, noise(len(sound), others, chance), snr)
    if chance.random() < 0.1:
        corner = chance.uniform(3300, 7000) / (RATE / 2)
        sound = signal.sosfilt(signal.butter(4, corner, output="sos"), sound)
    return louder(sound, chance.uniform(-28, -0.5))
