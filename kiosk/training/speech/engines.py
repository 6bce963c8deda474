"""Free synthesisers, run as programs: espeak-ng, flite and festival. Each tells where its sounds begin and end."""

from __future__ import annotations

import ctypes
import re
import subprocess
import tempfile
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kiosk.domain.language import Language
from kiosk.training.speech.voices import folder_with_voices, made_voices

Samples = NDArray[np.float32]
PAUSE = -1
_PHONEME, _WORD = 7, 1


@dataclass(frozen=True, slots=True)
class Voice:
    """`name` is the engine's own; `engine` espeak, flite or festival."""

    engine: str
    name: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """Sound between -1 and 1; `segments` are (unit or PAUSE, first sample) of each sound, in order."""

    samples: Samples
    rate: int
    segments: tuple[tuple[int, int], ...]


_HELD_VARIANTS = ("f4", "m5", "m7", "Alicia", "john", "klatt4", "belinda", "rob", "steph", "victor")
_ODD_VARIANTS = ("whisper", "croak", "robo", "Robo", "Robot", "Demonic", "fast", "UniRobot", "Mr serious")
_ENGLISH = ("en", "en-US", "en-US", "en-GB-x-rp", "en-029", "en-GB-x-gbclan", "en-GB-x-gbcwmd", "en-US-nyc")
_MADE = 0.5
"""Share of the voices to learn from that were made for it."""
_TRAINED = {
    Language.EN: (
        Voice("flite", "rms"),
        Voice("flite", "awb"),
        Voice("flite", "kal16"),
        Voice("festival", "ked_diphone"),
    )
}
_HELD = {
    Language.EN: (Voice("flite", "slt"), Voice("festival", "cmu_us_slt_arctic_hts"), Voice("festival", "kal_diphone"))
}


def other_voices(language: Language, *, held_out: bool) -> tuple[Voice, ...]:
    """Voices of other synthesisers than espeak-ng."""
    return (_HELD if held_out else _TRAINED).get(language, ())


def espeak_voice(language: Language, random: Random, *, held_out: bool) -> Voice:
    if held_out:
        variant = random.choice(_HELD_VARIANTS)
    else:
        variant = random.choice(made_voices() if random.random() < _MADE else _variants())
    base = "sit/cmn-Latn-pinyin" if language is Language.ZH else f"gmw/{random.choice(_ENGLISH)}"
    return Voice("espeak", base + (f"+{variant}" if variant else ""))


@cache
def _variants() -> tuple[str, ...]:
    shown = subprocess.run(["espeak-ng", "--voices=variant"], capture_output=True, check=True, text=True).stdout  # noqa: S607
    names = {match[1] for match in re.finditer(r"!v/(\S.*?)\s*(?:\(|$)", shown, re.MULTILINE)}
    fit = sorted(n for n in names if n not in _HELD_VARIANTS and not n.startswith(_ODD_VARIANTS))
    # Plain voices, the usual ones, come up more often.
    return (*fit, *[""] * 8)


def speak(voice: Voice, units: Sequence[str], random: Random) -> Spoken:
    """The units, words or syllables, read one after another at a chance rate and pitch."""
    if voice.engine == "espeak":
        return _espeak().say(voice.name, units, random)
    return _flite(voice.name, units, random) if voice.engine == "flite" else _festival(voice.name, units, random)


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("uid", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class Espeak:
    """libespeak-ng, because only the library tells when which word is said. One a process: it keeps global state."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        self._rate = self._library.espeak_Initialize(1, 0, str(folder_with_voices()).encode(), 1)
        self._called = _Callback(self._take)
        self._library.espeak_SetSynthCallback(self._called)
        self._sound: list[NDArray[np.int16]] = []
        self._events: list[tuple[int, int, int, int, bool]] = []

    def _take(self, sound: Any, count: int, events: Any) -> int:
        if count > 0 and sound:
            self._sound.append(np.ctypeslib.as_array(sound, (count,)).copy())
        at = 0
        while events[at].type:
            event = events[at]
            name = ctypes.string_at(ctypes.addressof(event) + _Event.id.offset, 8) if event.type == _PHONEME else b""
            pause = name.lstrip(b"',%=|").startswith(b"_")
            self._events.append((event.type, event.sample, event.text_position, event.length, pause))
            at += 1
        return 0

    def say(self, voice: str, units: Sequence[str], random: Random) -> Spoken:
        """Raises LookupError for a voice that is not installed."""
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise LookupError(voice)
        rate, pitch, spread = random.randint(115, 215), random.randint(20, 80), random.randint(30, 75)
        for parameter, value in ((1, rate), (3, pitch), (4, spread), (7, random.choice((0, 0, 0, 0, 1, 3, 6)))):
            self._library.espeak_SetParameter(parameter, value, 0)
        self._sound, self._events = [], []
        text = " ".join(units).encode()
        self._library.espeak_Synth(text, ctypes.c_size_t(len(text) + 1), 0, 1, 0, 1, None, None)
        self._library.espeak_Synchronize()
        starts = np.cumsum([0, *(len(unit) + 1 for unit in units)])[:-1]
        segments: list[tuple[int, int]] = []
        unit = 0
        for kind, sample, position, length, pause in self._events:
            if kind == _WORD and length > 0:
                unit = max(0, int(np.searchsorted(starts, position - 1, "right")) - 1)
            elif kind == _PHONEME:
                segments.append((PAUSE if pause else unit, sample))
        sound = np.concatenate(self._sound) if self._sound else np.zeros(0, np.int16)
        return Spoken(sound.astype(np.float32) / 32768, self._rate, tuple(segments))


@cache
def _espeak() -> Espeak:
    return Espeak()


def _flite(voice: str, units: Sequence[str], random: Random) -> Spoken:
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        command = ["flite", "-voice", voice, "-psdur", "--setf", f"duration_stretch={random.uniform(0.75, 1.45):.2f}"]
        if random.random() < 0.5:
            command += ["--setf", f"int_f0_target_mean={random.randint(80, 200)}"]
        command += ["-t", " ".join(units), "-o", file.name]
        told = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()  # noqa: S603
        samples, rate = _read(file.name)
    ends = [(name, float(end)) for name, _, end in (part.rpartition(":") for part in told)]
    return Spoken(samples, rate, _segments(ends, rate))


def _festival(voice: str, units: Sequence[str], random: Random) -> Spoken:
    with tempfile.TemporaryDirectory() as folder:
        sound, labels = f"{folder}/sound.wav", f"{folder}/labels"
        text = " ".join(units)
        script = (
            f"(begin (voice_{voice}) (Parameter.set 'Duration_Stretch {random.uniform(0.8, 1.4):.2f})"
            f'(set! said (utt.synth (Utterance Text "{text}")))'
            f'(utt.save.wave said "{sound}" \'riff)(utt.save.segs said "{labels}"))'
        )
        subprocess.run(["festival", "--batch", script], capture_output=True, check=True)  # noqa: S603, S607
        samples, rate = _read(sound)
        lines = Path(labels).read_text(encoding="utf-8").partition("#\n")[2].splitlines()
    ends = [(name, float(end)) for end, _, name in (line.split()[:3] for line in lines if line.strip())]
    return Spoken(samples, rate, _segments(ends, rate))


def _segments(ends: Sequence[tuple[str, float]], rate: int) -> tuple[tuple[int, int], ...]:
    begins = [0.0, *(end for _, end in ends)]
    return tuple(
        (PAUSE if name in ("pau", "h#", "brth") else 0, int(begin * rate))
        for (name, _), begin in zip(ends, begins, strict=False)
    )


def _read(file: str) -> tuple[Samples, int]:
    with wave.open(file) as sound:
        data = np.frombuffer(sound.readframes(sound.getnframes()), np.int16)
        return data.astype(np.float32) / 32768, sound.getframerate()
