"""What the network learns from: spoken sentences with a first guess of which sound is where, in parts on disk."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import soxr
from numpy.typing import NDArray

from kiosk.domain.language import Language
from kiosk.training.speech import sound as acoustics
from kiosk.training.speech.engines import PAUSE, Spoken, Voice, espeak_voice, other_voices, speak
from kiosk.training.speech.lexicon import SILENCE, Lexicon, lexicon, phones_of_syllable
from kiosk.training.speech.sentences import Sentences, sentences_of

PART = 200
"""Utterances a part."""
PARTS = {Language.ZH: 170, Language.EN: 170}
"""21 and 20 hours of sound."""
OTHER_ENGINES = 0.4
STRETCHES = {"espeak": (0.86, 1.16), "flite": (0.76, 1.16), "festival": (0.76, 1.16)}
"""The voices of flite and festival to learn from are men's: made smaller they stand for women and children."""
NOISE_ONLY = 0.07
WORDS_AT_RANDOM, WITH_UNKNOWN = 0.2, 0.22


@dataclass(frozen=True, slots=True)
class Unit:
    """What the synthesiser is given to read, and the phones that should come of it."""

    text: str
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """Sound at 16 kHz and the sample where each sound begins; the words are empty for a mere noise."""

    words: tuple[str, ...]
    sound: acoustics.Sound
    phones: tuple[str, ...]
    begins: tuple[int, ...]


class Speaker:
    """Makes utterances of one language."""

    def __init__(self, language: Language, seed: int) -> None:
        self.language = language
        self.lexicon: Lexicon = lexicon(language)
        self.sentences: Sentences = sentences_of(language, self.lexicon.words)
        self.random = Random(seed)
        self.chance = np.random.default_rng(seed)
        self.others: deque[acoustics.Sound] = deque(maxlen=16)
        self._words, self._unknown = sorted(self.lexicon.words), sorted(self.lexicon.others)

    def training_words(self) -> list[str]:
        """A sentence that is not kept to measure with, or words in any order, or with some the model does not know."""
        kind = self.random.random()
        if kind < WORDS_AT_RANDOM:
            return self.random.choices(self._words, k=self.random.randint(1, 6))
        words = self.sentences.for_learning(self.random)
        if kind < WORDS_AT_RANDOM + WITH_UNKNOWN:
            if self.random.random() < 0.5:
                return self.random.choices(self._unknown, k=self.random.randint(1, 4))
            words[self.random.randrange(len(words))] = self.random.choice(self._unknown)
        return words

    def training_voice(self) -> Voice:
        others = other_voices(self.language, held_out=False)
        if others and self.random.random() < OTHER_ENGINES:
            return self.random.choice(others)
        return espeak_voice(self.language, self.random, held_out=False)

    def units(self, words: Sequence[str]) -> list[Unit]:
        """Words, or in Chinese half of the time syllables."""
        split = self.language is Language.ZH and self.random.random() < 0.3
        made: list[Unit] = []
        for word in words:
            phones = self.lexicon.said(word)[0]
            spelled = self.lexicon.spellings[word]
            if split and word in self.lexicon.words:
                made += [Unit(syllable, phones_of_syllable(syllable)) for syllable in spelled.split()]
            else:
                made.append(Unit(spelled.replace(" ", ""), phones))
        return made

    def say(self, words: Sequence[str], voice: Voice, stretch: float = 1.0) -> Utterance:
        """In silence before and after; `stretch` above 1 makes a larger, slower speaker."""
        units = self.units(words)
        spoken = speak(voice, [unit.text for unit in units], self.random)
        if voice.engine != "espeak":
            units = [Unit("", tuple(phone for unit in units for phone in unit.phones))]
        lead, tail = (int(acoustics.RATE * self.random.uniform(0.05, 0.6)) for _ in range(2))
        voiced = soxr.resample(spoken.samples, spoken.rate, acoustics.RATE * stretch).astype(np.float64)
        self.others.append(voiced)
        scale = acoustics.RATE * stretch / spoken.rate
        phones, begins = guessed(units, spoken)
        return Utterance(
            tuple(words),
            np.concatenate([np.zeros(lead), voiced, np.zeros(tail)]),
            (SILENCE, *phones, SILENCE),
            (0, *(int(begin * scale) + lead for begin in begins), len(voiced) + lead),
        )

    def training_utterance(self) -> Utterance:
        if self.random.random() < NOISE_ONLY and self.others:
            length = int(acoustics.RATE * self.random.uniform(1, 4))
            made = acoustics.noise(length, self.others, self.chance)
            return Utterance((), acoustics.louder(made, self.random.uniform(-50, -3)), (SILENCE,), (0,))
        voice = self.training_voice()
        stretch = self.random.uniform(*STRETCHES[voice.engine])
        said = self.say(self.training_words(), voice, stretch)
        return Utterance(said.words, acoustics.varied(said.sound, self.others, self.chance), said.phones, said.begins)


def guessed(units: Sequence[Unit], spoken: Spoken) -> tuple[list[str], list[int]]:
    """Each unit's phones spread evenly over the sounds its synthesiser made for it; a unit run into another shares."""
    phones: list[str] = []
    begins: list[int] = []
    ends = [begin for _, begin in spoken.segments[1:]] + [len(spoken.samples)]
    at = 0
    spoken_units = {unit for unit, _ in spoken.segments}
    while at < len(spoken.segments):
        unit, begin = spoken.segments[at]
        last = at
        while last + 1 < len(spoken.segments) and spoken.segments[last + 1][0] == unit:
            last += 1
        if unit == PAUSE:
            phones.append(SILENCE)
            begins.append(begin)
        else:
            wanted = list(units[unit].phones)
            while (unit := unit + 1) < len(units) and unit not in spoken_units:
                wanted += units[unit].phones
            edges = [*(b for _, b in spoken.segments[at : last + 1]), ends[last]]
            places = np.interp(np.arange(len(wanted)) / len(wanted), np.linspace(0, 1, len(edges)), edges)
            phones += wanted
            begins += [int(place) for place in places]
        at = last + 1
    return phones, begins


def make_part(language: Language, number: int, folder: Path) -> None:
    """Write one part, unless it is there: frames, the phone of each frame, where an utterance and a sound begin."""
    file = folder / f"part-{number:03}.npz"
    if file.exists():
        return
    speaker = Speaker(language, seed=1000 + number)
    ids = {phone: index for index, phone in enumerate(speaker.lexicon.phones)}
    frames: list[NDArray[np.float16]] = []
    phones: list[NDArray[np.int16]] = []
    sounds: list[NDArray[np.int16]] = []
    texts: list[list[str]] = []
    for _ in range(PART):
        said = speaker.training_utterance()
        heard = acoustics.features(acoustics.as_pcm(said.sound))
        centres = acoustics.SHIFT * np.arange(len(heard)) + acoustics.CENTRE
        place = np.maximum(np.searchsorted(said.begins, centres, "right") - 1, 0)
        frames.append(heard.astype(np.float16))
        phones.append(np.array([ids[phone] for phone in said.phones], np.int16)[place])
        sounds.append(place.astype(np.int16))
        texts.append(list(said.words))
    part = file.with_suffix(".part.npz")
    np.savez(
        part,
        frames=np.concatenate(frames),
        phones=np.concatenate(phones),
        sounds=np.concatenate(sounds),
        offsets=np.cumsum([0, *(len(f) for f in frames)]),
        texts=np.array(json.dumps(texts, ensure_ascii=False)),
    )
    part.replace(file)
