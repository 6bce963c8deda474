"""The model folder that Vosk loads: am/final.mdl, graph/ and conf/."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from kiosk.domain.language import Language
from kiosk.training.speech import graph, kaldi, sound
from kiosk.training.speech.language_model import trigram
from kiosk.training.speech.lexicon import UNKNOWN, Lexicon, lexicon
from kiosk.training.speech.network import CONTEXT, OFFSETS, STEP
from kiosk.training.speech.sentences import sentences_of
from kiosk.training.speech.texts import texts

ACOUSTIC_SCALE = 0.28
PHONES = "phones.txt"
"""Beside the network: the phones its outputs stand for, in order."""
_MFCC = f"""\
--sample-frequency={sound.RATE}
--use-energy=false
--num-mel-bins={sound.COEFFICIENTS}
--num-ceps={sound.COEFFICIENTS}
--low-freq={sound.LOWEST_HZ}
--high-freq={sound.HIGHEST_HZ}
--dither=0
--allow-downsample=true
"""
_MODEL = """\
--min-active=200
--max-active=3000
--beam=12.0
--lattice-beam=4.0
--acoustic-scale={scale}
--frame-subsampling-factor={step}
--endpoint.silence-phones=1
--endpoint.rule2.min-trailing-silence=0.5
--endpoint.rule3.min-trailing-silence=0.75
--endpoint.rule4.min-trailing-silence=1.0
"""


def export(language: Language, state: Path, target: Path) -> None:
    """Write the folder; the same state makes the same bytes."""
    learnt = torch.load(state, weights_only=True)
    words = lexicon(language)
    (target / "am").mkdir(parents=True, exist_ok=True)
    (target / "conf").mkdir(exist_ok=True)
    layers = _layers({name: tensor.double().numpy() for name, tensor in learnt["network"].items()})
    prior = learnt["prior"].double().numpy()
    phones = [phone for _, phone in graph.placed_phones(words)]
    made = kaldi.final_mdl(phones, layers, sound.COEFFICIENTS, prior, CONTEXT)
    (target / "am" / "final.mdl").write_bytes(made)
    (target / "am" / PHONES).write_text(" ".join(words.phones) + "\n", encoding="ascii")
    _write_words(words, target)
    (target / "conf" / "mfcc.conf").write_text(_MFCC, encoding="ascii")


def renew(language: Language, target: Path) -> list[str]:
    """Today's words for a network that was trained before; the words it has no sounds for, which are left out."""
    whole = lexicon(language)
    words = whole.of_sounds(tuple((target / "am" / PHONES).read_text(encoding="ascii").split()))
    _write_words(words, target)
    return sorted(whole.words.keys() - words.words.keys())


def _write_words(words: Lexicon, target: Path) -> None:
    """The half of the folder that does not depend on the network."""
    order = trigram(texts(sentences_of(words.language, words.words)), sorted(words.words), UNKNOWN)
    graph.write(target / "graph", words, order)
    settings = _MODEL.format(scale=ACOUSTIC_SCALE, step=STEP)
    (target / "conf" / "model.conf").write_text(settings, encoding="ascii")


def _layers(learnt: dict[str, NDArray[np.float64]]) -> list[kaldi.Layer]:
    """Affine layers alone: the norm after each is folded into the next."""
    scale, shift = 1 / learnt["deviation"], -learnt["mean"] / learnt["deviation"]
    layers: list[kaldi.Layer] = []
    for level, offsets in enumerate(OFFSETS):
        weights, bias = learnt[f"layers.{level}.weight"], learnt[f"layers.{level}.bias"]
        bias = bias + (weights * shift[None, :, None]).sum((1, 2))
        weights = (weights * scale[None, :, None]).transpose(0, 2, 1).reshape(len(bias), -1)
        layers.append(kaldi.Layer(offsets, weights, bias, "RectifiedLinear"))
        norm = f"norms.{level}."
        scale = learnt[norm + "weight"] / np.sqrt(learnt[norm + "running_var"] + 1e-5)
        shift = learnt[norm + "bias"] - learnt[norm + "running_mean"] * scale
    weights = learnt["last.weight"][:, :, 0]
    layers.append(kaldi.Layer((0,), weights * scale, learnt["last.bias"] + (weights * shift).sum(1), "LogSoftmax"))
    return layers
