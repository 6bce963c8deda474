"""Make assets/keyboard/general.txt and pairs.txt: how common Chinese words are, and which follow one another.

python packaging/keyboard_words.py    (needs `pip install jieba pypinyin`, both MIT; the kiosk itself needs neither)

Word frequencies are those of jieba's dictionary, readings those of pypinyin. They are mixed with counts from this
project's own Chinese: every text under assets/knowledge and the example sentences under assets/keyboard. Costs are
-10 ln(probability), so that a cheaper word comes first.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import yaml

from kiosk import paths
from kiosk.adapters.pinyin import read_words

KEYBOARD = paths.assets() / "keyboard"
RAREST = 20
"""Occurrences in jieba's counts (of 60 million) below which a word is left out."""
LONGEST = 4
COMPLAINT_SHARE = 0.5
"""How much this kiosk's own texts count against general Chinese."""
SENTENCE_WEIGHT = 4.0
START, FINISH = "^", "$"

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_SIDES = 2
_NEW = 1.0
"""Counted for each kind of follower (Witten and Bell 1991, times this): the more kinds, the more may come new."""


def common(character: str) -> bool:
    """One of the 6,763 characters of GB 2312."""
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xB0 <= code[0] <= 0xF7


def general_counts() -> dict[str, float]:
    """jieba's words without names of persons; every common character is there at least once."""
    import jieba

    counts: dict[str, float] = {}
    with jieba.get_dict_file() as file:
        for raw in file:
            word, count, kind = raw.decode("utf-8").split()
            wanted = len(word) == 1 or (int(count) >= RAREST and len(word) <= LONGEST and not kind.startswith("nr"))
            if wanted and all(map(common, word)):
                counts[word] = max(1.0, float(count))
    for first in range(0xB0, 0xF8):
        for second in range(0xA1, 0xFF):
            character = bytes((first, second)).decode("gb2312", "ignore")
            if character:
                counts.setdefault(character, 1.0)
    return counts


class Cutter:
    """Cuts a text into the most probable words."""

    def __init__(self, probability: dict[str, float]) -> None:
        self._cost = {word: -math.log(value) for word, value in probability.items()}
        self._longest = max(map(len, probability))

    def cut(self, text: str) -> list[str]:
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(text) + 1):
            options = []
            for start in range(max(0, end - self._longest), end):
                word = text[start:end]
                cost = self._cost.get(word, 20.0 if len(word) == 1 else None)
                if cost is not None:
                    options.append((best[start][0] + cost, start))
            best.append(min(options))
        words: list[str] = []
        end = len(text)
        while end:
            start = best[end][1]
            words.append(text[start:end])
            end = start
        return words[::-1]


def texts(node: object) -> Iterator[str]:
    """Every run of Chinese characters in a content file."""
    if isinstance(node, str):
        yield from _CHINESE.findall(node)
    elif isinstance(node, dict):
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)


def sides(node: object) -> Iterator[tuple[list[str], list[str]]]:
    """Words that stand one after the other in a combination: [[头发, 毛发], [掉, 脱]]."""
    if isinstance(node, dict):
        words = node.get("words")
        if isinstance(words, list) and len(words) >= _SIDES and all(isinstance(side, list) for side in words):
            for first, second in pairwise(words):
                yield [str(word) for word in first], [str(word) for word in second]
        for value in node.values():
            yield from sides(value)
    elif isinstance(node, list):
        for value in node:
            yield from sides(value)


class Counts:
    def __init__(self, cutter: Cutter) -> None:
        self._cut = cutter.cut
        self.words: Counter[str] = Counter()
        self.pairs: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, text: str, weight: float = 1.0, *, from_start: bool = True) -> None:
        before = START if from_start else None
        for word in self._cut(text):
            self.words[word] += weight
            if before is not None:
                self.pairs[before][word] += weight
            before = word
        if before is not None:
            self.pairs[before][FINISH] += weight

    def add_sides(self, first: list[str], second: list[str]) -> None:
        weight = 1.0 / max(len(first), len(second))
        for left in filter(_CHINESE.fullmatch, first):
            for right in filter(_CHINESE.fullmatch, second):
                self.pairs[self._cut(left)[-1]][self._cut(right)[0]] += weight


def count_complaints(cutter: Cutter) -> Counts:
    counts = Counts(cutter)
    for file in sorted((paths.assets() / "knowledge").rglob("*.yaml")):
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for text in texts(content):
            counts.add(text)
        for first, second in sides(content):
            counts.add_sides(first, second)
    for line in (KEYBOARD / "sentences.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            counts.add(line, SENTENCE_WEIGHT)
    return counts


def readings(word: str, corrected: dict[str, tuple[tuple[str, ...], ...]]) -> tuple[tuple[str, ...], ...]:
    """A word's syllables, the usual reading first; words.txt corrects pypinyin."""
    from pypinyin import Style, lazy_pinyin, pinyin

    if word in corrected:
        return corrected[word]
    if len(word) > 1:
        return (tuple(lazy_pinyin(word, style=Style.NORMAL)),)
    return tuple((sound,) for sound in dict.fromkeys(pinyin(word, style=Style.NORMAL, heteronym=True)[0]))


def cost(probability: float) -> int:
    return round(-10 * math.log(probability))


def mixed(general: dict[str, float], counts: Counts) -> dict[str, float]:
    all_general, all_counted = sum(general.values()), sum(counts.words.values())
    return {
        word: (1 - COMPLAINT_SHARE) * general.get(word, 0.5) / all_general
        + COMPLAINT_SHARE * counts.words[word] / all_counted
        for word in general.keys() | counts.words.keys()
        if all(map(common, word))
    }


def write_general(probability: dict[str, float], corrected: dict[str, tuple[tuple[str, ...], ...]]) -> int:
    by_sound: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for word, chance in probability.items():
        for place, syllables in enumerate(readings(word, corrected)):
            if all(s.isascii() and s.isalpha() for s in syllables):
                by_sound[" ".join(syllables)].append((cost(chance) + (35 if place else 0), word))
    lines = [
        f"{sound}\t" + " ".join(f"{word} {price}" for price, word in sorted(words))
        for sound, words in sorted(by_sound.items())
    ]
    head = (
        "# Made by packaging/keyboard_words.py: syllables <TAB> word cost word cost ... (cost is -10 ln probability).",
        "# Frequencies from jieba's dictionary (MIT, Sun Junyi), readings by pypinyin (MIT, mozillazg).",
    )
    _write(KEYBOARD / "general.txt", (*head, *lines))
    return len(lines)


def write_pairs(probability: dict[str, float], counts: Counts) -> int:
    lines = []
    for before, after in sorted(counts.pairs.items()):
        total, kinds = sum(after.values()), _NEW * len(after)
        unseen = kinds / (total + kinds)
        priced = []
        for word, count in after.items():
            if word in probability or word == FINISH:
                chance = count / (total + kinds) + unseen * probability.get(word, 0.0)
                priced.append((cost(chance), word))
        if priced:
            told = " ".join(f"{word} {price}" for price, word in sorted(priced))
            lines.append(f"{before} {cost(unseen)}\t{told}")
    head = (
        "# Made by packaging/keyboard_words.py: word and what an unnamed follower costs more <TAB> follower cost ...",
        "# ^ begins a text, $ ends it. Counted from assets/knowledge and assets/keyboard/sentences.txt alone.",
    )
    _write(KEYBOARD / "pairs.txt", (*head, *lines))
    return len(lines)


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def main() -> int:
    general = general_counts()
    own = read_words(KEYBOARD / "words.txt")
    corrected: dict[str, list[tuple[str, ...]]] = {}
    for entry in sorted(own, key=lambda entry: -entry.weight):
        corrected.setdefault(entry.word, []).append(entry.syllables)
        general.setdefault(entry.word, 20.0)
    total = sum(general.values())
    counts = count_complaints(Cutter({word: count / total for word, count in general.items()}))
    probability = mixed(general, counts)
    fixed = {word: tuple(dict.fromkeys(sounds)) for word, sounds in corrected.items()}
    print(f"{write_general(probability, fixed)} sounds, {write_pairs(probability, counts)} words with followers")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
