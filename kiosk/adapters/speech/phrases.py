"""Between what people write and a recogniser's words: grammars from phrases, readable text from its output."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

UNKNOWN = "[unk]"
UNKNOWNS = frozenset({UNKNOWN, "<unk>"})

HESITATIONS = frozenset(["嗯", "呃", "额", "啊", "哦", "噢", "呀", "呢", "um", "uh", "er", "erm", "hmm", "well", "oh"])
"""Words before, in and after an answer that change nothing about it. Not 吧: that doubts."""

_HAN = "\u3400-\u9fff"
_SPACE_BESIDE_HAN = re.compile(rf"(?<=[{_HAN}])\s+|\s+(?=[{_HAN}])")
_NOT_WORDS = re.compile(r"[^\w' -]+|_+")

Knows = Callable[[str], bool]
"""Whether a word is in the model's vocabulary."""


def readable(heard: str) -> str:
    """The engine's output without unknown words, and without the spaces it puts between Chinese words."""
    words = (word for word in heard.split() if word.lower() not in UNKNOWNS)
    return _SPACE_BESIDE_HAN.sub("", " ".join(words))


def grammar(phrases: Iterable[str], knows: Knows) -> tuple[list[str], int]:
    """Phrases as sequences of known words, and how many phrases had to be left out.

    A phrase with one unknown word is left out whole: without that word it could mean the opposite. The grammar ends
    with the unknown word, so that other speech is not bent into a phrase; it is empty when no phrase is left.
    """
    spelled: list[str] = []
    missing = 0
    for phrase in phrases:
        words = _spell(phrase, knows)
        if words is None:
            missing += 1
        elif (line := " ".join(words)) not in spelled:
            spelled.append(line)
    if spelled and knows(UNKNOWN):
        spelled.append(UNKNOWN)
    return spelled, missing


def _spell(phrase: str, knows: Knows) -> list[str] | None:
    pieces = _NOT_WORDS.sub(" ", phrase.lower()).split()
    spelled = [_cut(piece, knows) for piece in pieces]
    if not spelled or any(words is None for words in spelled):
        return None
    return [word for words in spelled if words for word in words]


def _cut(piece: str, knows: Knows) -> list[str] | None:
    """The fewest known words that make up a piece written without spaces, as Chinese is; None when there are none."""
    if knows(piece):
        return [piece]
    if not re.search(f"[{_HAN}]", piece):
        return None
    best: list[list[str] | None] = [[]] + [None] * len(piece)
    for end in range(1, len(piece) + 1):
        for start in range(end):
            before, so_far = best[start], best[end]
            if before is None or (so_far is not None and len(before) + 1 >= len(so_far)):
                continue
            if knows(piece[start:end]):
                best[end] = [*before, piece[start:end]]
    return best[-1]
