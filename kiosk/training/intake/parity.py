"""Whether the model file says what the trained network said: the same tokens, nearly the same logits, equal answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kiosk.adapters.intake_marks import marks_of
from kiosk.adapters.intake_model import IntakeModel
from kiosk.domain.matching import folded
from kiosk.training.intake.encode import Encoder
from kiosk.training.intake.network import Network
from kiosk.training.intake.train import answers_for

TRICKY = (
    "", " ", "  two  spaces ", "tab\tx", "换行\n\n好的", "体温38.5℃，腹痛😷", "１２３ＡＢＣ", "𠮷野家", "café naïve",
    "I'm don't he'll", "DON'T I'VE", "a<b>c</s>", "<s><pad><finding:fever>", "…——、。！？", "3-4天 5/6", "…\u200b零宽",
    "\u3000\u3000全角空格", "éclair e\u0301", "مرحبا", "한국어", "日本語カタカナ", "12345678901 ½ ² Ⅷ", "\ud800头疼",
)  # fmt: skip


_SAME_ANSWERS = 0.995
_LARGEST_DIFFERENCE = 0.05
"""The attention's state is kept in 16 bits."""


@dataclass(frozen=True, slots=True)
class Parity:
    texts: int
    same_tokens: int
    largest_difference: float
    scale: float
    same_answers: int

    @property
    def holds(self) -> bool:
        """The same tokens always; the same answers but for a few where two were equally likely."""
        same = self.same_tokens == self.texts and self.same_answers >= _SAME_ANSWERS * self.texts
        return same and self.largest_difference < _LARGEST_DIFFERENCE


@dataclass(frozen=True, slots=True)
class Trained:
    """What the network says of one text; no answers where the text has no tokens or too many."""

    plain: str
    ids: list[int]
    answers: np.ndarray | None
    ranges: list[tuple[int, int]]


def trained(network: Network, encoder: Encoder, texts: Sequence[str]) -> list[Trained]:
    """The network on every text."""
    said = []
    for text in texts:
        plain = folded(text)
        ids = encoder.tokenizer.encode(plain).ids
        if 0 < len(ids) <= network.shape.context - 2:
            answers, ranges = answers_for(network, encoder, text)
            said.append(Trained(plain, ids, answers.numpy(), ranges))
        else:
            said.append(Trained(plain, ids, None, []))
    return said


def compare(said: Sequence[Trained], encoder: Encoder, model: IntakeModel) -> Parity:
    """A model file on the same texts."""
    same_tokens = same_answers = 0
    largest = scale = 0.0
    for one in said:
        same = model.ids(one.plain) == one.ids
        same_tokens += same
        if one.answers is None or not same:
            same_answers += same
            continue
        loaded = model.logits([encoder.begin, *one.ids, encoder.end])[1:-1, encoder.text_tokens :]
        largest = max(largest, float(np.abs(one.answers - loaded).max()))
        scale = max(scale, float(np.abs(one.answers).max()))
        same_answers += _answer(one.answers, one.ranges, encoder) == _answer(loaded, one.ranges, encoder)
    return Parity(len(said), same_tokens, largest, scale, same_answers)


def _answer(logits: np.ndarray, ranges: list[tuple[int, int]], encoder: Encoder) -> list[tuple[object, ...]]:
    return [(f.start, f.end, f.code, f.meaning, f.pointer) for f in marks_of(logits, ranges, encoder.codes).findings()]
