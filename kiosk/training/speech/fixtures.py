"""Makes the spoken sentences of tests/data/speech and of the demonstration.

Voices that training never had speak, the model listens, and only what is heard word for word is kept, so that a number
may be missing. The names stay the same from one making to the next: tests know some of them.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from kiosk.adapters.speech.vosk_recogniser import VoskModel
from kiosk.domain.language import Language
from kiosk.training.speech import sound as acoustics
from kiosk.training.speech.corpus import Speaker
from kiosk.training.speech.engines import Voice
from kiosk.training.speech.measure import hear, write_wav

LONGEST_S = 4.6
_MARGIN_S = 0.15
_QUIET = 200
"""Samples below this (of 32768) at both ends are cut."""
_TRIES = 40
_DEMO = {
    "我胸口很疼出汗呼吸困难": "emergency",
    "我咳嗽三天了没有发烧": "complaint",
    "i have chest pain and shortness of breath": "emergency",
    "i have had a cough for three days no fever": "complaint",
}
VOICES = {
    Language.ZH: tuple(Voice("espeak", f"sit/cmn-Latn-pinyin+{name}") for name in ("m5", "f4", "m7", "steph", "rob")),
    Language.EN: (
        *(Voice("espeak", f"gmw/en-US+{name}") for name in ("m5", "f4", "m7", "steph")),
        Voice("espeak", "gmw/en-GB-x-rp+f4"),
        Voice("flite", "slt"),
    ),
}
_HERE = Path(__file__).parent


def make(language: Language, model_folder: Path, tests: Path, demo: Path) -> list[str]:
    """Write the sounds and texts.tsv; the sentences that no voice got across."""
    model, speaker = VoskModel(model_folder), Speaker(language, seed=11)
    tests.mkdir(parents=True, exist_ok=True)
    for old in tests.glob("*.wav"):
        old.unlink()
    listed = (_HERE / f"spoken-{language.value}.txt").read_text(encoding="utf-8").splitlines()
    texts = [line for line in listed if line and not line.startswith("#")]
    rows: list[str] = []
    lost: list[str] = []
    for number, text in enumerate(texts):
        sound = _heard_well(model, speaker, text, number)
        if sound is None:
            lost.append(text)
            continue
        name = f"{number + 1:02}.wav"
        write_wav(tests / name, sound)
        rows.append(f"{name}\t{text}\n")
        if text in _DEMO:
            write_wav(demo / f"{language.value}-{_DEMO[text]}.wav", sound)
    (tests / "texts.tsv").write_text("".join(rows), encoding="utf-8")
    return lost


def _heard_well(model: VoskModel, speaker: Speaker, text: str, number: int) -> NDArray[np.int16] | None:
    """The first voice in turn that is short enough and heard exactly."""
    voices = VOICES[speaker.language]
    for turn in range(_TRIES):
        speaker.random = Random(100 * number + turn)
        said = speaker.say(speaker.sentences.cut(text), voices[(number + turn) % len(voices)]).sound
        sound = trimmed(acoustics.as_pcm(acoustics.louder(said, -6)))
        if len(sound) <= LONGEST_S * acoustics.RATE and hear(model, sound) == text:
            return sound
    return None


def trimmed(sound: NDArray[np.int16]) -> NDArray[np.int16]:
    """Without the silence at both ends but for a margin."""
    loud = np.flatnonzero(np.abs(sound.astype(int)) > _QUIET)
    margin = int(_MARGIN_S * acoustics.RATE)
    return sound[max(0, loud[0] - margin) : loud[-1] + margin]
