"""From what the intake model says of every piece of a text to findings: plain arithmetic, whoever ran the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kiosk.adapters.intake_labels import FIRST_MEANING, FIRST_PLACE, FIRST_POINTER, SPECIALS, Meaning, Place, Pointer

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class MarkedFinding:
    """Words of the text with what they were read as; probabilities are the model's own.

    `there` is that they tell of a finding at all, `sure` that it is this one, `meant` that it is meant so.
    """

    start: int
    end: int
    code: str
    meaning: Meaning
    pointer: Pointer
    there: float
    sure: float
    meant: float


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model thinks of given words: probability of each meaning, and where their length of time stands."""

    meanings: tuple[float, float, float, float]
    pointer: Pointer
    there: float

    @property
    def meaning(self) -> Meaning:
        return Meaning(max(range(len(self.meanings)), key=self.meanings.__getitem__))

    @property
    def meant(self) -> float:
        return max(self.meanings)


@dataclass(frozen=True, slots=True)
class Marks:
    """Log-probabilities by piece of the text; `ranges` are the pieces' characters."""

    ranges: tuple[tuple[int, int], ...]
    codes: tuple[str, ...]
    places: Numbers
    code_logs: Numbers
    meanings: Numbers
    pointers: Numbers

    def findings(self) -> list[MarkedFinding]:
        """Every stretch of pieces that belongs to a finding, in order; what touches and is the same is one."""
        best = self.places.argmax(axis=1)
        stretches: list[tuple[int, int]] = []
        at = 0
        while at < len(best):
            if best[at] == Place.OUTSIDE:
                at += 1
                continue
            end = at + 1
            while end < len(best) and best[end] == Place.INSIDE:
                end += 1
            first = at
            if stretches and stretches[-1][1] == at and self._code(*stretches[-1]) == self._code(at, end):
                first, _ = stretches.pop()
            stretches.append((first, end))
            at = end
        return [self._stretch(first, last) for first, last in stretches]

    def _code(self, first: int, last: int) -> int:
        return int(self.code_logs[first:last].mean(axis=0).argmax())

    def _stretch(self, first: int, last: int) -> MarkedFinding:
        code_logs = self.code_logs[first:last].mean(axis=0)
        meanings = self.meanings[first:last].mean(axis=0)
        code, meaning = int(code_logs.argmax()), int(meanings.argmax())
        return MarkedFinding(
            self.ranges[first][0],
            self.ranges[last - 1][1],
            self.codes[code],
            Meaning(meaning),
            Pointer(int(self.pointers[first:last].mean(axis=0).argmax())),
            float(1 - np.exp(self.places[first:last, Place.OUTSIDE]).mean()),
            float(np.exp(code_logs[code])),
            float(np.exp(meanings[meaning] - _log_sum(meanings))),
        )

    def opinion(self, start: int, end: int) -> Opinion | None:
        """What the model thinks of words that somebody else found; None for words it did not see."""
        inside = [at for at, (a, b) in enumerate(self.ranges) if a < end and start < b]
        if not inside:
            return None
        meanings = self.meanings[inside].mean(axis=0)
        meanings = np.exp(meanings - _log_sum(meanings))
        return Opinion(
            (float(meanings[0]), float(meanings[1]), float(meanings[2]), float(meanings[3])),
            Pointer(int(self.pointers[inside].mean(axis=0).argmax())),
            float(1 - np.exp(self.places[inside, Place.OUTSIDE]).mean()),
        )


def _log_sum(logs: Numbers) -> float:
    top = float(logs.max())
    return top + float(np.log(np.exp(logs - top).sum()))


def marks_of(answers: Numbers, ranges: Sequence[tuple[int, int]], codes: Sequence[str]) -> Marks:
    """Marks from the logits of the special tokens and the codes, one row for each piece of the text."""

    def logs(part: Numbers) -> Numbers:
        shifted = part - part.max(axis=1, keepdims=True)
        return (shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))).astype(np.float32)

    return Marks(
        tuple(ranges),
        tuple(codes),
        logs(answers[:, FIRST_PLACE : FIRST_PLACE + len(Place)]),
        logs(answers[:, SPECIALS:]),
        logs(answers[:, FIRST_MEANING : FIRST_MEANING + len(Meaning)]),
        logs(answers[:, FIRST_POINTER : FIRST_POINTER + len(Pointer)]),
    )


def joined(parts: Sequence[Marks], offsets: Sequence[int]) -> Marks:
    """The marks of a text that was read in parts, each beginning at its offset."""
    first = parts[0]
    ranges = [(a + offset, b + offset) for part, offset in zip(parts, offsets, strict=True) for a, b in part.ranges]
    return Marks(
        tuple(ranges),
        first.codes,
        np.concatenate([part.places for part in parts]),
        np.concatenate([part.code_logs for part in parts]),
        np.concatenate([part.meanings for part in parts]),
        np.concatenate([part.pointers for part in parts]),
    )


def character_ranges(text: str, ids: Sequence[int], pieces: Sequence[bytes]) -> list[tuple[int, int]]:
    """The characters of each piece, without the blank that a word may begin with; together they spell the text."""
    character_at: list[int] = []
    for at, character in enumerate(text):
        character_at.extend([at] * len(character.encode("utf-8", "surrogatepass")))
    ranges: list[tuple[int, int]] = []
    byte = 0
    for number in ids:
        piece = pieces[number]
        blanks = len(piece) - len(piece.lstrip(b" ")) if piece.strip(b" ") else 0
        first, last = byte + blanks, byte + len(piece) - 1
        byte += len(piece)
        ranges.append((character_at[first], character_at[last] + 1))
    return ranges
