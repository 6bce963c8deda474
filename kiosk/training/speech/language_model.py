"""Which word follows which two: trigrams with back-off, counted from made sentences, any order of words possible."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

BEGIN, END = "<s>", "</s>"
UNKNOWN_PROBABILITY = 0.003


@dataclass(frozen=True, slots=True)
class Smoothing:
    """`discount` of every count of a word after others; `to_back_off` virtual counts for what was never seen after one
    word, and after two; `even` is the share of the single words' probability that is the same for all.

    What came after two words fewer than `least` times is left to what came after one.
    """

    discount: float = 0.75
    to_back_off: tuple[float, float] = (16.0, 16.0)
    even: float = 0.25
    least: int = 2


@dataclass(frozen=True, slots=True)
class Arc:
    """From state to state with a word ("" backs off) at a cost in nats."""

    source: int
    target: int
    word: str
    cost: float


@dataclass(slots=True)
class WordOrder:
    """`arcs`, and the costs of ending in a state; state 0 begins, state 1 has heard nothing yet that counts."""

    arcs: list[Arc] = field(default_factory=list)
    ends: dict[int, float] = field(default_factory=dict)


Heard = tuple[str, ...]


def trigram(
    sentences: Iterable[Sequence[str]], words: Sequence[str], unknown: str, smoothing: Smoothing | None = None
) -> WordOrder:
    """A state for each word and each pair of words that something follows often enough."""
    smoothing = smoothing or Smoothing()
    after = _counted(sentences, smoothing.least)
    single = after.pop(())
    kinds = len(words) + 1
    even = smoothing.even
    alone = {w: (1 - even) * single[w] / single.total() + even / kinds for w in (*words, END)}
    alone[unknown] = UNKNOWN_PROBABILITY
    contexts: list[Heard] = [(BEGIN,), (), *((w,) for w in (*words, unknown)), *sorted(c for c in after if len(c) == 2)]
    states = {context: state for state, context in enumerate(contexts)}
    made = WordOrder()
    chances: dict[Heard, dict[str, float]] = {(): alone}
    for context in sorted(contexts, key=len):
        shorter = context[1:]
        missed = 1.0
        if context:
            missed = _add_chances(chances, context, after.get(context, Counter()), smoothing)
            made.arcs.append(Arc(states[context], states[shorter], "", -math.log(missed)))
        for word, chance in chances[context].items():
            if word == END:
                made.ends[states[context]] = -math.log(chance)
            else:
                longest = next(c for c in ((*context, word)[-2:], (word,)) if c in states)
                made.arcs.append(Arc(states[context], states[longest], word, -math.log(chance)))
    return made


def _counted(sentences: Iterable[Sequence[str]], least: int) -> dict[Heard, Counter[str]]:
    """What came after nothing, one and two words, how often."""
    after: defaultdict[Heard, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        whole = (BEGIN, *sentence, END)
        for place in range(1, len(whole)):
            for length in range(min(place, 2) + 1):
                after[whole[place - length : place]][whole[place]] += 1
    for context in [c for c in after if len(c) == 2]:
        kept = Counter({word: count for word, count in after[context].items() if count >= least})
        # What is left out still counts as something else that followed.
        kept[""] = after[context].total() - kept.total()
        after[context] = kept
        if kept.total() == kept[""]:
            del after[context]
    return after


def _add_chances(
    chances: dict[Heard, dict[str, float]], context: Heard, counts: Counter[str], smoothing: Smoothing
) -> float:
    """Work out what follows the context, and the share that is left for backing off. Whatever followed two words also
    followed the last of them, so the shorter context knows it."""
    shorter = chances[context[1:]]
    seen = {word: count for word, count in counts.items() if word}
    whole = counts.total() + smoothing.to_back_off[len(context) - 1]
    kept = sum(count - smoothing.discount for count in seen.values())
    missed = 1 - kept / whole
    chances[context] = {
        word: (count - smoothing.discount) / whole + missed * shorter[word] for word, count in sorted(seen.items())
    }
    return missed
