"""How well a model hears: sets of sounds that training never had, streamed through Vosk as the kiosk does."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kiosk.adapters.speech.awaited import taken
from kiosk.adapters.speech.vosk_recogniser import VoskModel
from kiosk.domain.dialogue.answers import ANSWER_PHRASES
from kiosk.domain.dialogue.pain_scale import SCORE_PHRASES
from kiosk.domain.language import Language
from kiosk.training.speech import sound as acoustics
from kiosk.training.speech.corpus import Speaker
from kiosk.training.speech.engines import Voice, espeak_voice, other_voices
from kiosk.training.speech.errors import Figures, figures_of
from kiosk.training.speech.sentences import spoken_phrases

COUNT = 100
_CHUNK_BYTES = 3200
_NOISES_S = 3

Pcm = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Test:
    """What was said, and its sound."""

    text: str
    sound: Pcm


class TestSets:
    """The same sounds every time; made once and kept in `folder`."""

    def __init__(self, language: Language, folder: Path) -> None:
        self.language, self.folder = language, folder
        self.speaker = Speaker(language, seed=5)
        self.chance = np.random.default_rng(5)

    def all(self) -> Iterator[tuple[str, list[Test]]]:
        """Sets of sentences, by name."""
        yield "seen voices", self._kept("seen-voices", lambda: self._clean(held_voice=False, held_out=False))
        yield "unseen voices", self._kept("unseen-voices", lambda: self._clean(held_voice=True, held_out=False))
        plain = self._kept("unseen-sentences", lambda: self._clean(held_voice=True, held_out=True))
        yield "unseen voices and sentences", plain
        yield "unseen voices, as people tell it", self._kept("told", self._told)
        if other_voices(self.language, held_out=True):
            yield "other synthesisers", self._kept("others", self._others)
        for name, changed in self._disturbances():
            yield name, self._kept(name.replace(" ", "-"), lambda changed=changed: self._changed(plain, changed))

    def answers(self) -> Iterator[tuple[str, list[Test], tuple[str, ...]]]:
        """Sets of answers with the phrases that may be heard."""
        said = (
            ("answers", ANSWER_PHRASES[self.language]),
            ("pain scores", SCORE_PHRASES[self.language]),
            ("sayings", spoken_phrases(self.language)),
        )
        for name, spoken in said:
            phrases = tuple(dict.fromkeys(spoken))
            clean = self._kept(name.replace(" ", "-"), lambda phrases=phrases: self._answers(phrases))
            yield name, clean, phrases
            for snr in (10, 5):
                noisy = self._kept(
                    f"{name}-{snr}".replace(" ", "-"),
                    lambda clean=clean, snr=snr: self._changed(clean, self._babble(snr)),
                )
                yield f"{name}, babble {snr} dB", noisy, phrases

    def noises(self) -> list[Test]:
        length = acoustics.RATE * _NOISES_S

        def made() -> Iterator[Test]:
            for number in range(COUNT):
                kinds = (
                    lambda: acoustics.coloured(length, self.chance.uniform(0, 2), self.chance),
                    lambda: acoustics.steady(length, self.chance),
                    lambda: acoustics.knocks(length, self.chance),
                    lambda: acoustics.babble(length, self._crowd(), self.chance, 6),
                )
                loud = acoustics.louder(kinds[number % len(kinds)](), self.chance.uniform(-40, -6))
                yield Test("", acoustics.as_pcm(loud))

        return self._kept("noises", lambda: list(made()))

    def _voice(self, held_voice: bool) -> Voice:
        return espeak_voice(self.language, self.speaker.random, held_out=held_voice)

    def _sentence(self, held_out: bool, heading: str = "sentence") -> list[str]:
        sentences, random = self.speaker.sentences, self.speaker.random
        while sentences.is_held_out(words := sentences.one(random, heading)) is not held_out:
            pass
        return words

    def _said(self, words: Sequence[str], voice: Voice) -> Test:
        heard = self.speaker.say(words, voice).sound
        return Test(self.speaker.sentences.joined(words), acoustics.as_pcm(acoustics.louder(heard, -6)))

    def _clean(self, *, held_voice: bool, held_out: bool) -> list[Test]:
        return [self._said(self._sentence(held_out), self._voice(held_voice)) for _ in range(COUNT)]

    def _told(self) -> list[Test]:
        return [
            self._said(self._sentence(held_out=True, heading="told"), self._voice(held_voice=True))
            for _ in range(COUNT)
        ]

    def _others(self) -> list[Test]:
        voices = other_voices(self.language, held_out=True)
        return [self._said(self._sentence(held_out=True), voices[n % len(voices)]) for n in range(COUNT)]

    def _answers(self, phrases: Sequence[str]) -> list[Test]:
        cut = self.speaker.sentences.cut
        return [self._said(cut(phrases[n % len(phrases)]), self._voice(held_voice=True)) for n in range(COUNT)]

    def _crowd(self) -> list[acoustics.Sound]:
        while len(self.speaker.others) < 12:
            self.speaker.say(self._sentence(held_out=False), self._voice(held_voice=True))
        return list(self.speaker.others)

    def _babble(self, snr: float) -> Callable[[acoustics.Sound], acoustics.Sound]:
        return lambda sound: acoustics.with_noise(
            sound, acoustics.babble(len(sound), self._crowd(), self.chance, 5), snr
        )

    def _disturbances(self) -> Iterator[tuple[str, Callable[[acoustics.Sound], acoustics.Sound]]]:
        for snr in (20, 10, 5):
            yield f"babble {snr} dB", self._babble(snr)
        yield "echo", lambda sound: acoustics.in_room(sound, self.chance, 0.5, 1.5)
        yield "far away", lambda sound: acoustics.far(sound, self.chance)

    def _changed(self, tests: Sequence[Test], change: Callable[[acoustics.Sound], acoustics.Sound]) -> list[Test]:
        def changed(sound: Pcm) -> Pcm:
            return acoustics.as_pcm(acoustics.louder(change(sound.astype(np.float64) / 32768), -6))

        return [Test(test.text, changed(test.sound)) for test in tests]

    def _kept(self, name: str, make: Callable[[], list[Test]]) -> list[Test]:
        place = self.folder / name
        listed = place / "texts.tsv"
        if not listed.exists():
            place.mkdir(parents=True, exist_ok=True)
            tests = make()
            for number, test in enumerate(tests):
                write_wav(place / f"{number:03}.wav", test.sound)
            lines = (f"{number:03}.wav\t{test.text}\n" for number, test in enumerate(tests))
            listed.write_text("".join(lines), encoding="utf-8")
        return read_tests(place)


def read_tests(folder: Path) -> list[Test]:
    """The sounds that texts.tsv of the folder lists with their words."""
    rows = (line.split("\t") for line in (folder / "texts.tsv").read_text(encoding="utf-8").splitlines())
    return [Test(text, read_wav(folder / file)) for file, text in rows]


def write_wav(file: Path, sound: Pcm) -> None:
    with wave.open(str(file), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(acoustics.RATE)
        wav.writeframes(sound.tobytes())


def read_wav(file: Path) -> Pcm:
    with wave.open(str(file)) as wav:
        return np.frombuffer(wav.readframes(wav.getnframes()), np.int16)


def hear(model: VoskModel, sound: Pcm, phrases: Sequence[str] = ()) -> str:
    """The text, when the sound comes in pieces of 0.1 s."""
    utterance = model.utterance(phrases)
    data = sound.tobytes()
    for start in range(0, len(data), _CHUNK_BYTES):
        utterance.accept(data[start : start + _CHUNK_BYTES])
    return taken(utterance.finish(), utterance.awaited).text


def measure(
    language: Language, model_folder: Path, folder: Path, wrong: Path, sounds: Path | None = None
) -> dict[str, Figures]:
    """Figures by set, those of `folder` or only the one in `sounds`; what was misheard is written to `wrong`.

    Of noises nothing should be heard: there every word is an error.
    """
    model, sets = VoskModel(model_folder), TestSets(language, folder)
    cut = sets.speaker.sentences.cut
    figures: dict[str, Figures] = {}
    misheard: list[str] = []

    def take(name: str, tests: Sequence[Test], phrases: Sequence[str] = ()) -> None:
        heard = [hear(model, test.sound, phrases) for test in tests]
        figures[name] = figures_of([(cut(test.text), cut(text)) for test, text in zip(tests, heard, strict=True)])
        misheard.extend(f"{name}\t{t.text}\t{h}\n" for t, h in zip(tests, heard, strict=True) if cut(t.text) != cut(h))

    if sounds:
        take(sounds.name, read_tests(sounds))
    else:
        for name, tests in sets.all():
            take(name, tests)
        for name, tests, phrases in sets.answers():
            take(name, tests, phrases)
        take("noises", sets.noises())
        take("noises, answers awaited", sets.noises(), tuple(ANSWER_PHRASES[language]))
    wrong.write_text("".join(misheard), encoding="utf-8")
    return figures
