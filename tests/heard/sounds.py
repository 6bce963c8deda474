"""Makes what is said as WAV files: voices that training never had, clean and as a lobby spoils them.

`python -m tests.heard.sounds zh FOLDER clean,far` writes FOLDER/CONDITION/ID.wav and sounds.json with the voice of each
and when its words begin and end. Needs espeak-ng, flite for some English voices, and `pip install -e .[train]`.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np

from kiosk.domain.language import Language
from kiosk.training.speech import sound as acoustics
from kiosk.training.speech.corpus import Speaker
from kiosk.training.speech.engines import Voice, espeak_voice
from kiosk.training.speech.measure import write_wav
from tests.heard.said import Said, read

CONDITIONS = ("clean", "at-once", "babble-20", "babble-10", "babble-5", "reverberation", "far")
LEAD_S, TAIL_S = 0.5, 0.3
BABBLE_TAIL_S = 3.0
"""A lobby does not fall silent when the patient does."""
OTHER_VOICE = Voice("flite", "slt")
_EVERY_SIXTH = 6
_FLOOR = 4 / 32768
"""Noise of the microphone itself; a stretch of zeros in what arrives is then a hole."""
_PEAK_DB, _FAR_PEAK_DB = -6.0, -20.0


def voice_of(said: Said) -> Voice:
    """The same in every condition and every time."""
    if said.language is Language.EN and said.number % _EVERY_SIXTH == 0 and shutil.which("flite"):
        return OTHER_VOICE
    return espeak_voice(said.language, Random(f"{said.id} voice"), held_out=True)


class Lobby:
    """One language's sounds."""

    def __init__(self, language: Language) -> None:
        self._speaker = Speaker(language, seed=3)
        self._others: tuple[acoustics.Sound, ...] = ()

    def spoken(self, said: Said) -> acoustics.Sound:
        """The words alone, without silence at the ends. LookupError for a word that no synthesiser can be told."""
        speaker = self._speaker
        speaker.random = Random(said.number)
        words = speaker.sentences.cut(said.text)
        missing = [word for word in words if word not in speaker.lexicon.spellings]
        if missing:
            raise LookupError(f"{said.id}: not in the lists of words: {missing}")
        sound = speaker.say(words, voice_of(said)).sound
        loud = np.flatnonzero(np.abs(sound) > 0.005 * np.abs(sound).max())
        return sound[loud[0] : loud[-1] + 1]

    def heard(self, said: Said, condition: str) -> tuple[acoustics.Sound, float]:
        """What the microphone gets, and the seconds at which the words end."""
        words = self.spoken(said)
        with_babble = condition.startswith("babble")
        lead = 0.0 if condition == "at-once" else LEAD_S
        pads = [int(acoustics.RATE * s) for s in (lead, BABBLE_TAIL_S if with_babble else TAIL_S)]
        sound = np.concatenate([np.zeros(pads[0]), words, np.zeros(pads[1])])
        chance = np.random.default_rng([said.number, CONDITIONS.index(condition)])
        if with_babble:
            crowd = acoustics.babble(len(sound), self._crowd(), chance, 5)
            sound = acoustics.with_noise(sound, crowd, float(condition.partition("-")[2]))
        elif condition == "reverberation":
            sound = acoustics.in_room(sound, chance, 0.5, 1.5)
        elif condition == "far":
            sound = acoustics.far(sound, chance)
        sound = acoustics.louder(sound, _FAR_PEAK_DB if condition == "far" else _PEAK_DB)
        return sound + _FLOOR * chance.standard_normal(len(sound)), (pads[0] + len(words)) / acoustics.RATE

    def _crowd(self) -> tuple[acoustics.Sound, ...]:
        """Other people's sentences, in voices that say none of ours."""
        if not self._others:
            speaker = self._speaker
            speaker.random, speaker.others = Random(77), deque(maxlen=12)
            for _ in range(12):
                voice = espeak_voice(speaker.language, speaker.random, held_out=False)
                speaker.say(speaker.sentences.one(speaker.random), voice)
            self._others = tuple(speaker.others)
        return self._others


def make(language: Language, folder: Path, conditions: Sequence[str]) -> None:
    """Write all sounds that are not there yet."""
    lobby = Lobby(language)
    for condition in conditions:
        place = folder / condition
        listed = place / f"sounds-{language.value}.json"
        if listed.exists():
            continue
        place.mkdir(parents=True, exist_ok=True)
        told = {}
        for said in read(language):
            sound, ends_s = lobby.heard(said, condition)
            write_wav(place / f"{said.id}.wav", acoustics.as_pcm(sound))
            told[said.id] = {"ends_s": ends_s, "voice": voice_of(said).name}
        listed.write_text(json.dumps(told, indent=1), encoding="utf-8")


if __name__ == "__main__":
    make(Language(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].split(","))
