"""What the language model is counted from: said on the screens, told by people, and written by the intake training."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from kiosk import paths
from kiosk.adapters.knowledge import load_knowledge
from kiosk.domain.language import Language
from kiosk.training.intake.generate import Mixture, Writer
from kiosk.training.intake.sentences import read_sentences
from kiosk.training.intake.surface import Surfaces
from kiosk.training.speech.sentences import LONGEST, Sentences, clauses_of

MADE = {"sentence": 30_000, "phrase": 6_000}
"""By heading; what was told is taken once each."""
WRITTEN = 15_000
"""Examples of the intake training, of several clauses each."""
_ALONE = Mixture(nothing=0.0, told=0.0, rows=0.0, misheard=0.0, mistyped=0.0)


def texts(sentences: Sentences) -> Iterator[list[str]]:
    """Sentences of known words, without those that are kept to measure with; the same every time."""
    random = Random(7)
    for heading, count in MADE.items():
        for _ in range(count):
            yield sentences.for_learning(random, heading)
    for clause in (*sentences.patterns["told"], *_written(sentences.language)):
        words = sentences.cut(clause)
        if 0 < len(words) <= LONGEST and sentences.is_known(words) and not sentences.is_held_out(words):
            yield words


def _written(language: Language) -> Iterator[str]:
    surfaces = Surfaces(load_knowledge(paths.assets() / "knowledge"), language)
    # Chatter needs usual words: any will do, the lexicon does not know these.
    writer = Writer(surfaces, read_sentences(language), Random(4), words=("…",), mixture=_ALONE)
    for _ in range(WRITTEN):
        yield from clauses_of(writer.example().text, language)
