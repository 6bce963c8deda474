"""Finds the words of the composition tables in a text; domain/composition.py makes findings of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import ahocorasick  # type: ignore[import-not-found]

from kiosk.adapters.english_slips import EnglishWords
from kiosk.adapters.lexicon_en import EnglishText, stem
from kiosk.adapters.lexicon_tables import Forms, LexiconTables, spaced
from kiosk.domain.composition import Combination, Role, WordHit
from kiosk.domain.language import Language
from kiosk.domain.matching import squeezed


class _Meaning(NamedTuple):
    """What words of the tables can be: parts of combinations, as number, bit and value, places and feelings."""

    parts: tuple[tuple[int, int, str], ...]
    others: tuple[tuple[Role, str], ...]


_Found = tuple[int, int, _Meaning]
"""A half-open range of a text and what the word that stands there can be."""


class ComposedWords:
    """The words of every site, sense and combination, in one automaton per language."""

    def __init__(self, tables: LexiconTables, combinations: Iterable[Combination]) -> None:
        self._whole = [(1 << len(combination.groups)) - 1 for combination in combinations]
        self._chinese = _automaton(tables.composed_chinese)
        self._english = _automaton(tables.composed_english)
        self._vocabulary = EnglishWords(tables.composed_words, stem)

    def hits(self, text: str, language: Language) -> list[WordHit]:
        """All hits in a folded text, overlapping ones included; no parts of what the text does not hold as a whole."""
        found = list(self._found_zh(text) if language is Language.ZH else self._found_en(text))
        meanings = {id(meaning): meaning for _, _, meaning in found}
        told: dict[int, int] = {}
        for meaning in meanings.values():
            for number, group, _ in meaning.parts:
                told[number] = told.get(number, 0) | group
        whole = {number for number, groups in told.items() if groups == self._whole[number]}
        parts = {
            key: [value for number, _, value in meaning.parts if number in whole] for key, meaning in meanings.items()
        }
        hits: list[WordHit] = []
        for start, end, meaning in found:
            hits += [WordHit(start, end, Role.PART, value) for value in parts[id(meaning)]]
            hits += [WordHit(start, end, role, value) for role, value in meaning.others]
        return hits

    def _found_zh(self, text: str) -> Iterator[_Found]:
        if self._chinese is None:
            return
        packed, place = squeezed(text)
        for last, (length, meaning) in self._chinese.iter(packed):
            if _cuts_number(packed, last + 1 - length) or _cuts_number(packed, last + 1):
                continue
            yield place[last + 1 - length], place[last] + 1, meaning

    def _found_en(self, text: str) -> Iterator[_Found]:
        if self._english is None:
            return
        read = EnglishText(text, self._vocabulary)
        word_at, offset = dict[int, int](), 0
        for number, word in enumerate(read.stems):
            word_at[offset] = number
            offset += len(word) + 1
        word_at[offset] = len(read.stems)
        for last, (length, meaning) in self._english.iter(spaced(read.stems)):
            first, after = word_at[last + 1 - length], word_at[last]
            yield read.starts[first], read.ends[after - 1], meaning


def _cuts_number(text: str, place: int) -> bool:
    """The 47 of 147 is no number that somebody said, and neither is the 七十 of 一百七十."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    return (before.isdigit() and after.isdigit()) or (before in "百千" and after in "一二三四五六七八九")


def _automaton(words: Forms) -> ahocorasick.Automaton | None:
    automaton = ahocorasick.Automaton()
    for plain, alike in words:
        parts, others = [], []
        for role, value in plain:
            if role == Role.PART:
                number, group = value.split(":")
                parts.append((int(number), 1 << int(group), value))
            else:
                others.append((Role(role), value))
        meaning = _Meaning(tuple(parts), tuple(others))
        for word in alike:
            automaton.add_word(word, (len(word), meaning))
    if not len(automaton):
        return None
    automaton.make_automaton()
    return automaton
