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


@dataclass(frozen=True, slots=True)
class Parity:
    texts: int
    same_tokens: int
    largest_difference: float
    scale: float
    same_answers: int


def compare(network: Network, encoder: Encoder, model: IntakeModel, texts: Sequence[str]) -> Parity:
    """Both on the same texts, each cut off at what the network's context holds."""
    same_tokens = same_answers = 0
    largest = scale = 0.0
    for text in texts:
        plain = folded(text)
        ids = model.ids(plain)
        same = ids == encoder.tokenizer.encode(plain).ids
        same_tokens += same
        if not ids or not same or len(ids) > network.shape.context - 2:
            same_answers += same
            continue
        answers, ranges = answers_for(network, encoder, text)
        trained = answers.numpy()
        begin, end = encoder.begin, encoder.end
        loaded = model.logits([begin, *ids, end])[1:-1, encoder.text_tokens :]
        largest = max(largest, float(np.abs(trained - loaded).max()))
        scale = max(scale, float(np.abs(trained).max()))
        same_answers += _answer(trained, ranges, encoder) == _answer(loaded, ranges, encoder)
    return Parity(len(texts), same_tokens, largest, scale, same_answers)


def _answer(logits: np.ndarray, ranges: list[tuple[int, int]], encoder: Encoder) -> list[tuple[object, ...]]:
    return [(f.start, f.end, f.code, f.meaning, f.pointer) for f in marks_of(logits, ranges, encoder.codes).findings()]
