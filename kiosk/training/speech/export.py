"""The model folder that Vosk loads: am/final.mdl, graph/ and conf/."""

from __future__ import annotations

from pathlib import Path

import torch

from kiosk.domain.language import Language
from kiosk.training.speech import graph, kaldi, sound
from kiosk.training.speech.language_model import trigram
from kiosk.training.speech.lexicon import UNKNOWN, Lexicon, lexicon
from kiosk.training.speech.network import CONTEXT, STEP
from kiosk.training.speech.sentences import sentences_of
from kiosk.training.speech.shipped import PHONES, folded
from kiosk.training.speech.texts import texts

ACOUSTIC_SCALE = 0.28
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
    layers = folded({name: tensor.double().numpy() for name, tensor in learnt["network"].items()})
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
