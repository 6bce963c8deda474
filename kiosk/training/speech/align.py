"""Which phone is when: the best path of an utterance's words through the network's outputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kiosk.training.speech.lexicon import SILENCE, Lexicon

_NEVER = -1e30


@dataclass(slots=True)
class Path:
    """Two states a phone: its first step and the steps after it. State 0 is before the beginning."""

    phones: list[int] = field(default_factory=lambda: [-1])
    before: list[list[int]] = field(default_factory=lambda: [[]])

    def phone(self, phone: int, after: Sequence[int]) -> list[int]:
        """Add a phone that follows any of the states; its own states."""
        first = len(self.phones)
        self.phones += [phone, phone]
        self.before += [list(after), [first, first + 1]]
        return [first, first + 1]


def path_of(words: Sequence[str], lexicon: Lexicon) -> tuple[Path, list[int]]:
    """All ways to say the words, with or without silence around each, and the states it may end in."""
    ids = {phone: index for index, phone in enumerate(lexicon.phones)}
    path = Path()
    ends = [0]
    ends = ends + path.phone(ids[SILENCE], ends)
    for word in words:
        spoken: list[int] = []
        for way in lexicon.said(word):
            last = ends
            for phone in way:
                last = path.phone(ids[phone], last)
            spoken += last
        ends = spoken + path.phone(ids[SILENCE], spoken)
    return path, [end for end in ends if end]


def aligned(scores: NDArray[np.float32], words: Sequence[str], lexicon: Lexicon) -> NDArray[np.int16] | None:
    """Phone and count of the sound for each step, (2, steps); None where the words do not fit in.

    `scores` (steps, outputs) are log likelihoods; output 2 p is the first step of phone p, 2 p + 1 a later one.
    """
    path, ends = path_of(words, lexicon)
    states = len(path.phones)
    most = max(len(before) for before in path.before)
    before = np.full((states, most), states)
    for state, from_ in enumerate(path.before):
        before[state, : len(from_)] = from_
    later = np.arange(states) % 2 == 0
    outputs = 2 * np.array(path.phones) + later
    best = np.full(states + 1, _NEVER)
    best[0] = 0
    back = np.zeros((len(scores), states), np.int32)
    rows = np.arange(states)
    for step, row in enumerate(scores):
        ways = best[before]
        choice = ways.argmax(1)
        back[step] = before[rows, choice]
        best[:-1] = ways[rows, choice] + row[outputs]
        best[0] = _NEVER
    state = max(ends, key=lambda end: best[end])
    if best[state] < _NEVER / 2:
        return None
    states_back = np.zeros(len(scores), np.int64)
    for step in range(len(scores) - 1, -1, -1):
        states_back[step] = state
        state = back[step, state]
    begins = states_back % 2 == 1
    return np.stack([np.array(path.phones)[states_back], np.cumsum(begins)]).astype(np.int16)
