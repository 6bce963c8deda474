"""Where a line of text may end: Qt breaks Chinese between any two characters, patients read words.

A word joiner (U+2060, no width) stands inside every word of the word list of the language. Between a figure and what it
counts, and between the last two words of a sentence or a long line, stands a space that does not break. Only texts for
the screen go through here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kiosk import logs
from kiosk.domain.language import Locale
from kiosk.i18n import folder

facts = logs.get(__name__)

JOINER = "\u2060"
_KEPT_SPACE = "\u00a0"
_UNKNOWN = 150
"""Cost of a character that is no word of the list; costs are -10 ln(probability)."""
_LONGEST_UNIT = 5
HAN = re.compile("[\u4e00-\u9fff]+")
_COUNTED = re.compile(r"(?<=[\d}]) (?=[\d\u4e00-\u9fff]|[^\W\d_]{3,8}\b)|(?<=\d) (?=\{)")
_LAST_TWO = re.compile(r"(?<=[^\S\n])(\S+) (\S+)$", re.MULTILINE)
_FEWEST_WORDS = 4
_LONGEST_PAIR, _LONGEST_PAIR_OF_SENTENCE = 8, 15
"""What is no sentence, and shorter than `_MANY_WORDS`, may stand in a narrow field."""
_MANY_WORDS = 8
_SENTENCE_END = re.compile(r"[.?!؟](\s|$)")
_TRAILING = frozenset("了的吗呢吧着過过们們得地儿兒嗎著")
"""Said without a stress after the word they belong to."""
_LEADING = frozenset("不没沒很太更最第再只")
"""Belong to the word after them."""


@dataclass(frozen=True, slots=True)
class LineBreaks:
    """`words` are those of two and more characters, and single ones, each with its cost."""

    words: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def kept(self, text: str) -> str:
        """The text with its words held together."""
        text = _COUNTED.sub(_KEPT_SPACE, text)
        text = _with_last_pair(text)
        if not self.words:
            return text
        return HAN.sub(lambda run: "".join(JOINER.join(word) for word in self.units(run.group())), text)

    def units(self, run: str) -> list[str]:
        """Chinese characters in the pieces that stay on one line, together the same as before."""
        joined: list[str] = []
        for word in cut(run, self.words):
            if joined and (word[0] in _TRAILING or joined[-1] in _LEADING or _repeats(joined, word)):
                joined[-1] += word
            else:
                joined.append(word)
        # A last line of one character looks lost.
        if len(joined) > 1 and len(joined[-1]) == 1 and len(joined[-2]) < _LONGEST_UNIT:
            last = joined.pop()
            joined[-1] += last
        return joined


NOWHERE_KEPT = LineBreaks()


def cut(run: str, costs: Mapping[str, int]) -> list[str]:
    """The most probable words of a run of Chinese characters."""
    longest = max(map(len, costs), default=1)
    best: list[tuple[int, int]] = [(0, 0)]
    for end in range(1, len(run) + 1):
        best.append(min(_options(run, end, longest, costs, best)))
    words: list[str] = []
    end = len(run)
    while end:
        start = best[end][1]
        words.append(run[start:end])
        end = start
    return words[::-1]


def _options(
    run: str, end: int, longest: int, costs: Mapping[str, int], best: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    for start in range(max(0, end - longest), end):
        cost = costs.get(run[start:end], _UNKNOWN if end - start == 1 else None)
        if cost is not None:
            yield best[start][0] + cost, start


def _with_last_pair(text: str) -> str:
    """Two short last words of every line are kept together, so that none of them stands alone on the next."""
    count = len(text.split())
    is_line = _SENTENCE_END.search(text) or count >= _MANY_WORDS
    longest = _LONGEST_PAIR_OF_SENTENCE if is_line else _LONGEST_PAIR
    if count < _FEWEST_WORDS:
        return text
    return _LAST_TWO.sub(
        lambda last: last.group().replace(" ", _KEPT_SPACE) if len(last.group()) <= longest else last.group(), text
    )


def _repeats(before: list[str], word: str) -> bool:
    """`点一点` is one word, however it was cut."""
    return len(before[-1]) == 1 and word == f"一{before[-1]}"


def plain(text: str) -> str:
    """The text as it is written and read aloud."""
    return text.replace(JOINER, "").replace(_KEPT_SPACE, " ")


@cache
def line_breaks(locale: Locale) -> LineBreaks:
    """The word list of a locale; one without a list breaks where Qt does."""
    file = folder(locale) / "words.txt"
    if not file.exists():
        return NOWHERE_KEPT
    try:
        return LineBreaks(MappingProxyType(read_words(file)))
    except (OSError, ValueError) as error:
        facts.error("words_failed", file=locale.tag, kind=type(error).__name__)
        return NOWHERE_KEPT


def read_words(file: Path) -> dict[str, int]:
    """`word cost` a line, made by packaging/line_words.py; raises OSError, and ValueError for anything else in it."""
    lines = (line.split(" ") for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {word: int(cost) for word, cost in lines}
