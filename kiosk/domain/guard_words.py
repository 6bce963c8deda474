"""A closed vocabulary for what a language model words: with words outside it nothing is shown, whatever they mean.

English goes by words without their endings, Chinese by pairs of neighbouring letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_ENGLISH_WORDS = (
    "a an the this that these those it its i you your yours we our us he she they them their his her him who whom "
    "whose which what when where how why is are was were be been being am do does did have has had having and or "
    "but if so as than then of in on at to from for with by about into over under after before during between "
    "since until while there here some any each every other another more most much many very too also"
)
_HAN_LETTERS = (
    "的了着过是在有和与或跟还也都就才把被给对从到向往于以而但如果您你我他她它们这那哪谁什么怎样吗呢吧啊呀个些点很更最"
)
ENGLISH_PLAIN = frozenset(_ENGLISH_WORDS.split())
HAN_PLAIN = frozenset(_HAN_LETTERS)
WORD = re.compile(r"[a-zà-ɏ']+")
HAN_RUN = re.compile("[㐀-鿿]+")
_SHORTEST_WORD = 2
_DENIES = frozenset("不没无别未")
_ENDINGS = ("ings", "ing", "ies", "ed", "es", "s", "y", "e")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """English words without endings, and pairs of Chinese letters."""

    english: frozenset[str]
    han: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Vocabulary:
        english: set[str] = set()
        han: set[str] = set()
        for text in texts:
            folded = text.casefold()
            english |= {root(word) for word in WORD.findall(folded)}
            for run in HAN_RUN.findall(folded):
                han |= {run[start : start + 2] for start in range(len(run))}
        return cls(frozenset(english), frozenset(han))

    def __or__(self, other: Vocabulary) -> Vocabulary:
        return Vocabulary(self.english | other.english, self.han | other.han)

    def holds(self, folded: str) -> bool:
        """Whether every word of a text is known; plain words, which only join others, always are."""
        words = (word for word in WORD.findall(folded) if word not in ENGLISH_PLAIN)
        if any(root(word) not in self.english for word in words):
            return False
        return all(self._holds_han(run) for run in HAN_RUN.findall(folded))

    def _holds_han(self, run: str) -> bool:
        """Each letter is plain, or part of a pair that is known."""
        for place, letter in enumerate(run):
            if letter in HAN_PLAIN:
                continue
            pairs = (run[max(0, place - 1) : place + 1], run[place : place + 2])
            if not any(len(pair) == 2 and pair in self.han for pair in pairs) and not self._alone(run, place):
                return False
        return True

    def _alone(self, run: str, place: int) -> bool:
        """A letter between plain ones that somewhere stands at an end or beside plain ones."""
        beside = run[max(0, place - 1) : place] + run[place + 1 : place + 2]
        if not all(letter in HAN_PLAIN for letter in beside):
            return False
        letter = run[place]
        return letter in self.han or any(pair[0] == letter and pair[1:] in HAN_PLAIN for pair in self.han)


def root(word: str) -> str:
    """An English word without its ending."""
    word = word.strip("'").removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def means_something(text: str) -> bool:
    """Whether words tell of anything: `a`, `I`, 我, 的 and 不 do not, and no sign does."""
    folded = text.casefold()
    words = (word for word in WORD.findall(folded) if word not in ENGLISH_PLAIN and len(word) >= _SHORTEST_WORD)
    letters = (letter for run in HAN_RUN.findall(folded) for letter in run)
    return any(words) or any(letter not in HAN_PLAIN and letter not in _DENIES for letter in letters)
