"""Finds the words of the composition tables in a text; domain/composition.py makes findings of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import ahocorasick  # type: ignore[import-not-found]

from kiosk.adapters.english_alike import WORDS
from kiosk.adapters.english_slips import EnglishWords
from kiosk.adapters.lexicon_en import EnglishText, stem, stemmed
from kiosk.domain.composition import Composition, Role, WordHit
from kiosk.domain.language import Language
from kiosk.domain.matching import folded, squeezed

_Meaning = tuple[Role, str]


class _Word(NamedTuple):
    """A word of the tables: its groups of combinations, as number, bit and value, and its places and feelings."""

    length: int
    parts: tuple[tuple[int, int, str], ...]
    others: tuple[_Meaning, ...]


_Found = tuple[int, int, _Word]
"""A half-open range of a text and the word that stands there."""


class ComposedWords:
    """The words of every site, sense and combination, in one automaton per language."""

    def __init__(self, table: Composition) -> None:
        self._whole = [(1 << len(combination.groups)) - 1 for combination in table.combinations]
        chinese = _words(table, Language.ZH)
        english = _words(table, Language.EN)
        self._chinese = _automaton({squeezed(word)[0]: meanings for word, meanings in chinese.items()})
        by_stems: dict[str, set[_Meaning]] = {}
        vocabulary: set[str] = set()
        for word, meanings in english.items():
            parts = EnglishText(word).words
            vocabulary.update(part for part in parts if part.isalpha())
            by_stems.setdefault(_line(stemmed(parts)), set()).update(meanings)
        self._vocabulary = EnglishWords(vocabulary | WORDS, stem)
        self._english = _automaton(by_stems)

    def hits(self, text: str, language: Language) -> list[WordHit]:
        """All hits in a folded text, overlapping ones included; no parts of what the text does not hold as a whole."""
        found = list(self._found_zh(text) if language is Language.ZH else self._found_en(text))
        told: dict[int, int] = {}
        for _, _, word in found:
            for number, group, _ in word.parts:
                told[number] = told.get(number, 0) | group
        whole = {number for number, groups in told.items() if groups == self._whole[number]}
        hits: list[WordHit] = []
        for start, end, word in found:
            hits += [WordHit(start, end, Role.PART, value) for number, _, value in word.parts if number in whole]
            hits += [WordHit(start, end, role, value) for role, value in word.others]
        return hits

    def _found_zh(self, text: str) -> Iterator[_Found]:
        if self._chinese is None:
            return
        packed, place = squeezed(text)
        for last, word in self._chinese.iter(packed):
            if _cuts_number(packed, last + 1 - word.length) or _cuts_number(packed, last + 1):
                continue
            yield place[last + 1 - word.length], place[last] + 1, word

    def _found_en(self, text: str) -> Iterator[_Found]:
        if self._english is None:
            return
        read = EnglishText(text, self._vocabulary)
        word_at, offset = dict[int, int](), 0
        for number, word in enumerate(read.stems):
            word_at[offset] = number
            offset += len(word) + 1
        word_at[offset] = len(read.stems)
        for last, found in self._english.iter(_line(read.stems)):
            first, after = word_at[last + 1 - found.length], word_at[last]
            yield read.starts[first], read.ends[after - 1], found


def _cuts_number(text: str, place: int) -> bool:
    """The 47 of 147 is no number that somebody said."""
    return 0 < place < len(text) and text[place - 1].isdigit() and text[place].isdigit()


def _words(table: Composition, language: Language) -> dict[str, set[_Meaning]]:
    words: dict[str, set[_Meaning]] = {}
    for site in table.sites.values():
        for word in site.words[language]:
            words.setdefault(folded(word), set()).add((Role.SITE, site.code))
    for sense in table.senses.values():
        for word in sense.words[language]:
            words.setdefault(folded(word), set()).add((Role.SENSE, sense.code))
    for number, combination in enumerate(table.combinations):
        if combination.language is language:
            for group, alternatives in enumerate(combination.groups):
                for word in alternatives:
                    words.setdefault(folded(word), set()).add((Role.PART, f"{number}:{group}"))
    return words


def _line(stems: list[str]) -> str:
    """Words with a space on both sides, so that only whole ones match."""
    return f" {' '.join(stems)} "


def _word(length: int, meanings: set[_Meaning]) -> _Word:
    parts, others = [], []
    for role, value in sorted(meanings):
        if role is Role.PART:
            number, group = value.split(":")
            parts.append((int(number), 1 << int(group), value))
        else:
            others.append((role, value))
    return _Word(length, tuple(parts), tuple(others))


def _automaton(words: dict[str, set[_Meaning]]) -> ahocorasick.Automaton | None:
    automaton = ahocorasick.Automaton()
    for word, meanings in words.items():
        automaton.add_word(word, _word(len(word), meanings))
    if not len(automaton):
        return None
    automaton.make_automaton()
    return automaton
