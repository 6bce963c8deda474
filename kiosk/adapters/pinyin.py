"""Candidates for the on-screen keyboard: pinyin letters to Chinese words, and phrases that go on from what is written.

Words come from assets/keyboard and from the knowledge base's own forms. Nothing a patient types is learned.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.adapters.pinyin_decoder import Decoder
from kiosk.adapters.pinyin_dictionary import Dictionary, Spelled, read_lines
from kiosk.domain.errors import AssetError
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import Language

PHRASE_COST = 115
"""-10 ln(probability) of a symptom's own form: about as usual as an everyday word."""

LONGEST_INPUT = 60
"""Letters that are read; a sentence at a time is enough."""

SENTENCES_OFFERED = 5
_CLOSE = 60
"""A sentence this much dearer than the first one is not worth a place."""
_OWN_COST = 150
_LONGEST_PHRASE = 8
_LETTERS = re.compile(r"[a-z]")
"""Letters that stand for themselves; those of CT are capitals."""
_NAME_CHARACTERS = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A word with its syllables (no tones, v for u-umlaut); a heavier word is offered first."""

    word: str
    syllables: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """`text` stands for the first `used` letters of what was typed."""

    text: str
    used: int


@dataclass(frozen=True, slots=True)
class Completion:
    """`text` takes the place of the last `replaces` characters of what is written."""

    text: str
    replaces: int


def read_words(path: Path) -> tuple[Entry, ...]:
    """Read `word TAB pinyin TAB weight` lines (# starts a comment); raises AssetError with the line's number."""
    return words_of(path.name, path.read_bytes())


def words_of(file: str, source: bytes) -> tuple[Entry, ...]:
    """`read_words` of a file that is read already."""
    entries = []
    for number, line in enumerate(source.decode().splitlines(), start=1):
        if line and not line.startswith("#"):
            entries.append(_entry(file, number, line))
    return tuple(entries)


def _entry(file: str, number: int, line: str) -> Entry:
    parts = line.split("\t")
    where = f"line {number}"
    if len(parts) != 3:
        raise AssetError(file, where, "word", "needs word, pinyin and weight with tabs between")
    word, pinyin, weight = parts
    syllables = tuple(pinyin.split())
    if len(syllables) != len(word) or not all(s.isascii() and s.isalpha() and s.islower() for s in syllables):
        raise AssetError(file, where, "pinyin", f"needs {len(word)} syllables of small letters")
    if not weight.isdecimal() or int(weight) == 0:
        raise AssetError(file, where, "weight", "needs a whole number above 0")
    return Entry(word, syllables, int(weight))


def phrases_of(knowledge: KnowledgeBase, language: Language) -> tuple[str, ...]:
    """Every surface form and name of a symptom in one language, without doubles; a form is written as in a sentence."""
    phrases: dict[str, str] = {}
    for symptom in knowledge.symptoms.values():
        for phrase in (*symptom.forms.get(language, ()), symptom.name.in_language(language)):
            phrases.setdefault(phrase.casefold(), phrase)
    return tuple(phrase for phrase in phrases.values() if phrase)


class Pinyin:
    """Finds the words and sentences that letters can stand for, most wanted first."""

    def __init__(
        self,
        words: Iterable[Entry],
        phrases: Iterable[str] = (),
        general: Iterable[str] = (),
        pairs: Iterable[str] = (),
    ) -> None:
        """`general` and `pairs` are the lines of general.txt and pairs.txt."""
        entries = tuple(words)
        readings = _readings(entries)
        own = [Spelled(entry.word, entry.syllables, _OWN_COST - entry.weight // 2) for entry in entries]
        own.extend(_spelled_phrases(phrases, readings))
        self._decoder = Decoder(Dictionary(general, pairs, own))

    def candidates(self, letters: str, limit: int = 60) -> tuple[Candidate, ...]:
        """Whole sentences first, then shorter words from the beginning on, down to one character."""
        typed = letters.lower()[:LONGEST_INPUT]
        found: dict[str, int] = {}
        for text, used in self._ordered(typed):
            found.setdefault(text, used)
            if len(found) == limit:
                break
        return tuple(Candidate(text, used) for text, used in found.items())

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self._decoder.forget()

    def _ordered(self, typed: str) -> Iterator[tuple[str, int]]:
        whole = len(typed)
        if not whole:
            return
        sentences = self._sentences(typed)
        yield from ((text, whole) for text in sentences[:SENTENCES_OFFERED])
        for used in range(whole, 0, -1):
            yield from ((word.text, used) for word in self._decoder.first_words(typed, used))
        yield from ((text, whole) for text in sentences[SENTENCES_OFFERED:])

    def _sentences(self, typed: str) -> list[str]:
        """What all the letters may mean, without what is much less likely than the first."""
        ranked = [sentence for sentence in self._decoder.ranked(typed) if sentence.text]
        chinese = [sentence for sentence in ranked if not _LETTERS.search(sentence.text)]
        ranked = chinese or [sentence for sentence in ranked if not sentence.text.isascii()]
        if not ranked:
            return []
        dearest = self._decoder.price(ranked[0]) + _CLOSE
        return list(dict.fromkeys(s.text for s in ranked if self._decoder.price(s) <= dearest))


def names_of(knowledge: KnowledgeBase, language: Language) -> frozenset[str]:
    """The names of the symptoms in one language, which read better than their other forms."""
    return frozenset(symptom.name.in_language(language).casefold() for symptom in knowledge.symptoms.values())


class Completions:
    """Phrases that begin with the end of what is written: "my kn" goes on to "knee pain"."""

    def __init__(
        self,
        phrases: Mapping[Language, Sequence[str]],
        names: Mapping[Language, frozenset[str]] | None = None,
    ) -> None:
        """`names` are offered before the other phrases."""
        self._names = names or {}
        self._sorted = {
            language: sorted((phrase.casefold(), phrase) for phrase in known) for language, known in phrases.items()
        }

    def after(self, text: str, language: Language, limit: int = 6) -> tuple[Completion, ...]:
        """What phrases go on from an end of `text`: names before other phrases, a longer end first, then short ones."""
        known, names = self._sorted.get(language, []), self._names.get(language, frozenset())
        folded = text.casefold()
        found: dict[str, int] = {}
        for start in _starts(folded, language):
            tail = folded[start:]
            for phrase in sorted(_going_on(known, tail), key=len):
                found.setdefault(phrase, len(tail))
        ordered = sorted(found.items(), key=lambda item: item[0].casefold() not in names)
        return tuple(Completion(phrase, replaces) for phrase, replaces in ordered[:limit])


def _starts(text: str, language: Language) -> Iterator[int]:
    """Where a phrase may begin: every character in Chinese, every word of two letters in English."""
    if language is Language.ZH:
        yield from range(max(0, len(text) - 8), len(text))
        return
    for match in re.finditer(r"\b\w", text):
        if len(text) - match.start() >= 2:
            yield match.start()


def _going_on(known: Sequence[tuple[str, str]], tail: str) -> list[str]:
    found = []
    for index in range(bisect_left(known, (tail, "")), len(known)):
        folded, phrase = known[index]
        if not folded.startswith(tail):
            break
        if folded != tail:
            found.append(phrase)
    return found


class KeyboardWords:
    """What the typing screen offers: words for letters, and phrases that go on."""

    def __init__(self, pinyin: Pinyin, completions: Completions) -> None:
        self._pinyin = pinyin
        self._completions = completions

    @classmethod
    def load(cls, folder: Path, knowledge: KnowledgeBase) -> KeyboardWords:
        """From words.txt, general.txt and pairs.txt and the knowledge base; raises AssetError or OSError."""
        phrases = {language: phrases_of(knowledge, language) for language in Language}
        general, pairs = (read_lines(folder / name) for name in ("general.txt", "pairs.txt"))
        words = read_words(folder / "words.txt")
        names = {language: names_of(knowledge, language) for language in Language}
        return cls(Pinyin(words, phrases[Language.ZH], general, pairs), Completions(phrases, names))

    def candidates(self, letters: str) -> tuple[Candidate, ...]:
        return self._pinyin.candidates(letters)

    def completions(self, text: str, language: Language) -> tuple[Completion, ...]:
        return self._completions.after(text, language)

    def forget(self) -> None:
        self._pinyin.forget()


@dataclass(slots=True)
class _Readings:
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    longest: int = 1


def _readings(entries: Sequence[Entry]) -> _Readings:
    readings = _Readings()
    for entry in sorted(entries, key=lambda e: -e.weight):
        readings.words.setdefault(entry.word, entry.syllables)
        readings.longest = max(readings.longest, len(entry.word))
    return readings


def _spelled_phrases(phrases: Iterable[str], readings: _Readings) -> Iterator[Spelled]:
    for phrase in phrases:
        if 2 <= len(phrase) <= _LONGEST_PHRASE and _NAME_CHARACTERS.fullmatch(phrase):
            spelled = _spelled(phrase, readings)
            if spelled:
                yield spelled


def _spelled(phrase: str, readings: _Readings) -> Spelled | None:
    """Spell a phrase by its longest known words, so that 睡不着 is read as the word and not letter by letter."""
    syllables: list[str] = []
    start = last = 0
    while start < len(phrase):
        for end in range(min(len(phrase), start + readings.longest), start, -1):
            known = readings.words.get(phrase[start:end])
            if known:
                syllables.extend(known)
                last, start = start, end
                break
        else:
            return None
    return Spelled(phrase, tuple(syllables), PHRASE_COST, phrase[last:])
