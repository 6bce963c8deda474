"""Examples as token numbers with what is to be said of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

import torch
from tokenizers import Tokenizer
from torch import Tensor

from kiosk.adapters.intake_labels import OTHER_COMPLAINT, SPECIALS, Meaning, Place, Pointer, Special, code_token
from kiosk.adapters.intake_marks import character_ranges
from kiosk.domain.matching import folded
from kiosk.training.intake.generate import Example
from kiosk.training.intake.tokenizer import bytes_of, vocabulary

IGNORED = -100


@dataclass(frozen=True, slots=True)
class Encoded:
    ids: list[int]
    places: list[int]
    codes: list[int]
    meanings: list[int]
    pointers: list[int]


@dataclass(frozen=True, slots=True)
class Batch:
    ids: Tensor
    real: Tensor
    places: Tensor
    codes: Tensor
    meanings: Tensor
    pointers: Tensor


class Encoder:
    """The vocabulary: the text's pieces, then the special tokens, then one token for each code."""

    def __init__(self, tokenizer: Tokenizer, codes: Iterable[str]) -> None:
        self.tokenizer = tokenizer
        self.codes = (*sorted(set(codes) - {OTHER_COMPLAINT}), OTHER_COMPLAINT)
        self.pieces, self.merges = vocabulary(tokenizer)
        self.piece_bytes = bytes_of(self.pieces)
        self.text_tokens = len(self.pieces)
        self.number = {code: at for at, code in enumerate(self.codes)}
        self.begin = self.text_tokens + list(Special).index(Special.BEGIN_TEXT)
        self.end = self.text_tokens + list(Special).index(Special.END_TEXT)
        self.pad = self.text_tokens + list(Special).index(Special.PAD)

    @property
    def tokens(self) -> list[str]:
        return [*self.pieces, *(special.value for special in Special), *map(code_token, self.codes)]

    @property
    def other_tokens(self) -> int:
        return SPECIALS + len(self.codes)

    def encoded(self, examples: Sequence[Example], longest: int) -> list[Encoded]:
        """Examples with their labels; those that are too long are left out."""
        kept: list[Encoded] = []
        texts = [folded(example.text) for example in examples]
        for example, text, cut in zip(examples, texts, self.tokenizer.encode_batch(texts), strict=True):
            if 0 < len(cut.ids) <= longest - 2:
                kept.append(self._labelled(example, text, cut.ids))
        return kept

    def _labelled(self, example: Example, text: str, ids: list[int]) -> Encoded:
        ranges = character_ranges(text, ids, self.piece_bytes)
        places = [int(Place.OUTSIDE)] * len(ids)
        codes, meanings, pointers = [IGNORED] * len(ids), [IGNORED] * len(ids), [IGNORED] * len(ids)
        for mark in example.marks:
            begun = False
            for at, (start, end) in enumerate(ranges):
                if start < mark.end and mark.start < end:
                    places[at] = int(Place.INSIDE if begun else Place.BEGIN)
                    begun = True
                    codes[at] = self.number[mark.code]
                    meanings[at] = int(mark.meaning)
                    pointers[at] = IGNORED if mark.pointer is None else int(mark.pointer)
        outside = [int(Place.OUTSIDE)]
        ignored = [IGNORED]
        return Encoded(
            [self.begin, *ids, self.end],
            outside + places + outside,
            ignored + codes + ignored,
            ignored + meanings + ignored,
            ignored + pointers + ignored,
        )

    def batch(self, chosen: Sequence[Encoded], random: Random | None = None, dropped: float = 0.0) -> Batch:
        """Padded tensors; a share of the pieces is exchanged for any others, so that no word is relied upon alone."""
        length = max(len(one.ids) for one in chosen)

        def padded(rows: Iterable[list[int]], filler: int) -> Tensor:
            return torch.tensor([row + [filler] * (length - len(row)) for row in rows], dtype=torch.long)

        ids = padded((self._changed(one.ids, random, dropped) for one in chosen), self.pad)
        real = torch.tensor([[True] * len(one.ids) + [False] * (length - len(one.ids)) for one in chosen])
        return Batch(
            ids,
            real,
            padded((one.places for one in chosen), IGNORED),
            padded((one.codes for one in chosen), IGNORED),
            padded((one.meanings for one in chosen), IGNORED),
            padded((one.pointers for one in chosen), IGNORED),
        )

    def _changed(self, ids: list[int], random: Random | None, dropped: float) -> list[int]:
        if random is None or not dropped:
            return ids
        return [
            random.randrange(self.text_tokens) if number < self.text_tokens and random.random() < dropped else number
            for number in ids
        ]


__all__ = ["IGNORED", "Batch", "Encoded", "Encoder", "Meaning", "Pointer"]
