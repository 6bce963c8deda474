"""Which word follows which: a bigram with back-off, counted from made sentences, any order of words possible."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

BEGIN, END = "<s>", "</s>"
_DISCOUNT = 0.5
_TO_BACK_OFF = 4
"""Virtual counts of every word for what was never seen after it."""
_EVEN = 0.35
"""Share of the single words' probability that is the same for all."""
UNKNOWN_PROBABILITY = 0.003


@dataclass(frozen=True, slots=True)
class Arc:
    """From state to state with a word ("" backs off) at a cost in nats."""

    source: int
    target: int
    word: str
    cost: float


def bigram(
    sentences: Iterable[Sequence[str]], words: Sequence[str], unknown: str
) -> tuple[list[Arc], dict[int, float]]:
    """Arcs and the costs of ending in a state; state 0 begins, the last one backs off."""
    following: defaultdict[str, Counter[str]] = defaultdict(Counter)
    single: Counter[str] = Counter()
    for sentence in sentences:
        whole = [BEGIN, *sentence, END]
        single.update(whole[1:])
        for first, second in pairwise(whole):
            following[first][second] += 1
    total, kinds = single.total(), len(words) + 1
    alone = {word: (1 - _EVEN) * single[word] / total + _EVEN / kinds for word in (*words, END)}
    alone[unknown] = UNKNOWN_PROBABILITY
    states = {word: state for state, word in enumerate((BEGIN, *words, unknown))}
    back = len(states)
    arcs: list[Arc] = []
    ends: dict[int, float] = {back: -math.log(alone[END])}
    for word, state in states.items():
        counts = following[word]
        whole = counts.total() + _TO_BACK_OFF
        missed = (_DISCOUNT * len(counts) + _TO_BACK_OFF) / whole
        for next_word, count in sorted(counts.items()):
            cost = -math.log((count - _DISCOUNT) / whole + missed * alone[next_word])
            if next_word == END:
                ends[state] = cost
            else:
                arcs.append(Arc(state, states[next_word], next_word, cost))
        arcs.append(Arc(state, back, "", -math.log(missed)))
    arcs += [Arc(back, states[word], word, -math.log(alone[word])) for word in (*words, unknown)]
    return arcs, ends
