"""Finds the words of the composition tables in a text; domain/composition.py makes findings of them."""

from __future__ import annotations

from collections.abc import Iterator

import ahocorasick  # type: ignore[import-not-found]

from kiosk.adapters.english_alike import WORDS
from kiosk.adapters.english_slips import EnglishWords
from kiosk.adapters.lexicon_en import EnglishText, stem, stemmed
from kiosk.domain.composition import Composition, Role, WordHit
from kiosk.domain.language import Language
from kiosk.domain.matching import folded, squeezed

_Meaning = tuple[Role, str]


class ComposedWords:
    """The words of every site, sense and combination, in one automaton per language."""

    def __init__(self, table: Composition) -> None:
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
        """All hits in a folded text, overlapping ones included."""
        return list(self._hits_zh(text) if language is Language.ZH else self._hits_en(text))

    def _hits_zh(self, text: str) -> Iterator[WordHit]:
        if self._chinese is None:
            return
        packed, place = squeezed(text)
        for last, (length, meanings) in self._chinese.iter(packed):
            if _cuts_number(packed, last + 1 - length) or _cuts_number(packed, last + 1):
                continue
            start, end = place[last + 1 - length], place[last] + 1
            for role, value in meanings:
                yield WordHit(start, end, role, value)

    def _hits_en(self, text: str) -> Iterator[WordHit]:
        if self._english is None:
            return
        read = EnglishText(text, self._vocabulary)
        word_at, offset = dict[int, int](), 0
        for number, word in enumerate(read.stems):
            word_at[offset] = number
            offset += len(word) + 1
        word_at[offset] = len(read.stems)
        for last, (length, meanings) in self._english.iter(_line(read.stems)):
            first, after = word_at[last + 1 - length], word_at[last]
            for role, value in meanings:
                yield WordHit(read.starts[first], read.ends[after - 1], role, value)


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


def _automaton(words: dict[str, set[_Meaning]]) -> ahocorasick.Automaton | None:
    automaton = ahocorasick.Automaton()
    for word, meanings in words.items():
        automaton.add_word(word, (len(word), tuple(sorted(meanings))))
    if not len(automaton):
        return None
    automaton.make_automaton()
    return automaton
