"""Candidates for the on-screen keyboard: pinyin letters to Chinese words, and phrases that go on from what is written.

Words come from assets/keyboard/words.txt and from the knowledge base's own forms. Nothing a patient types is learned.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.domain.errors import AssetError
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import Language

PHRASE_WEIGHT = 95
"""Weight of a symptom's own form: before every other word of the same sound."""

LONGEST_INPUT = 60
"""Letters that are read; a sentence at a time is enough."""

_WORD_COST = 6.0
_UNFINISHED_COST = 8.0
_NAME_CHARACTERS = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A word with its syllables (no tones, v for u-umlaut); a heavier word is offered first."""

    word: str
    syllables: tuple[str, ...]
    weight: int

    @property
    def key(self) -> str:
        return "".join(self.syllables)

    @property
    def initials(self) -> str:
        return "".join(syllable[0] for syllable in self.syllables)


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
    entries = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line and not line.startswith("#"):
            entries.append(_entry(path, number, line))
    return tuple(entries)


def _entry(path: Path, number: int, line: str) -> Entry:
    parts = line.split("\t")
    where = f"line {number}"
    if len(parts) != 3:
        raise AssetError(path.name, where, "word", "needs word, pinyin and weight with tabs between")
    word, pinyin, weight = parts
    syllables = tuple(pinyin.split())
    if len(syllables) != len(word) or not all(s.isascii() and s.isalpha() and s.islower() for s in syllables):
        raise AssetError(path.name, where, "pinyin", f"needs {len(word)} syllables of small letters")
    if not weight.isdecimal() or int(weight) == 0:
        raise AssetError(path.name, where, "weight", "needs a whole number above 0")
    return Entry(word, syllables, int(weight))


def phrases_of(knowledge: KnowledgeBase, language: Language) -> tuple[str, ...]:
    """Every surface form and name of a symptom in one language, without doubles; a form is written as in a sentence."""
    phrases: dict[str, str] = {}
    for symptom in knowledge.symptoms.values():
        for phrase in (*symptom.forms.get(language, ()), symptom.name.in_language(language)):
            phrases.setdefault(phrase.casefold(), phrase)
    return tuple(phrase for phrase in phrases.values() if phrase)


class Pinyin:
    """Finds the words that letters can stand for, most wanted first."""

    def __init__(self, words: Iterable[Entry], phrases: Iterable[str] = ()) -> None:
        entries = tuple(words)
        readings = _readings(entries)
        spelled = (_spelled(phrase, readings) for phrase in phrases if _NAME_CHARACTERS.fullmatch(phrase))
        known = _heaviest([*entries, *(entry for entry in spelled if entry)])
        self._by_key = _grouped((entry.key, entry) for entry in known)
        self._by_initials = _grouped((entry.initials, entry) for entry in known if len(entry.word) > 1)
        self._keys = sorted(self._by_key)
        self._longest = max(map(len, self._keys), default=0)

    def candidates(self, letters: str, limit: int = 12) -> tuple[Candidate, ...]:
        """Whole phrases first, then words that go on from the letters, then shorter words down to one character."""
        typed = letters.lower().replace("'", "")[:LONGEST_INPUT]
        found: dict[str, int] = {}
        for text, used in self._ranked(typed):
            found.setdefault(text, used)
            if len(found) == limit:
                break
        return tuple(Candidate(text, used) for text, used in found.items())

    def _ranked(self, typed: str) -> Iterator[tuple[str, int]]:
        if not typed:
            return
        whole = len(typed)
        exact = self._by_key.get(typed, ())
        yield from ((entry.word, whole) for entry in exact if len(entry.word) > 1)
        if not exact and (sentence := self._sentence(typed, unfinished=False)):
            yield sentence, whole
        yield from ((entry.word, whole) for entry in exact)
        yield from ((entry.word, whole) for entry in self._by_initials.get(typed, ()))
        yield from ((entry.word, whole) for entry in self._beginning_with(typed) if len(entry.word) > 1)
        if sentence := self._sentence(typed, unfinished=True):
            yield sentence, whole
        for used in range(min(whole - 1, self._longest), 0, -1):
            yield from ((entry.word, used) for entry in self._by_key.get(typed[:used], ()))
        yield from ((entry.word, whole) for entry in self._beginning_with(typed))

    def _beginning_with(self, start: str) -> tuple[Entry, ...]:
        """Words whose sound goes on from `start`, the heaviest first."""
        found: list[Entry] = []
        for index in range(bisect_left(self._keys, start), len(self._keys)):
            if not self._keys[index].startswith(start):
                break
            found.extend(self._by_key[self._keys[index]])
        return tuple(sorted(found, key=lambda entry: (-entry.weight, len(entry.key))))

    def _sentence(self, typed: str, *, unfinished: bool) -> str:
        """The cheapest cut of all letters into words, or empty; the last word may be `unfinished`."""
        best: list[tuple[float, str]] = [(0.0, "")] + [(math.inf, "")] * len(typed)
        for start in range(len(typed)):
            cost, text = best[start]
            if math.isinf(cost):
                continue
            for end in range(start + 1, min(len(typed), start + self._longest) + 1):
                entries = self._by_key.get(typed[start:end])
                if entries:
                    _keep_cheaper(best, end, cost + _cost(entries[0]), text + entries[0].word)
            rest = typed[start:]
            if unfinished and start and (going_on := self._beginning_with(rest)[:1]):
                _keep_cheaper(best, len(typed), cost + _cost(going_on[0]) + _UNFINISHED_COST, text + going_on[0].word)
        return best[len(typed)][1]


class Completions:
    """Phrases that begin with the end of what is written: "my kn" goes on to "knee pain"."""

    def __init__(self, phrases: Mapping[Language, Sequence[str]]) -> None:
        self._sorted = {
            language: sorted((phrase.casefold(), phrase) for phrase in known) for language, known in phrases.items()
        }

    def after(self, text: str, language: Language, limit: int = 6) -> tuple[Completion, ...]:
        """The longest end of `text` that some phrase goes on from; short phrases first."""
        known = self._sorted.get(language, [])
        folded = text.casefold()
        for start in _starts(folded, language):
            tail = folded[start:]
            found = _going_on(known, tail)
            if found:
                shortest = sorted(found, key=len)[:limit]
                return tuple(Completion(phrase, len(tail)) for phrase in shortest)
        return ()


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
    def load(cls, words: Path, knowledge: KnowledgeBase) -> KeyboardWords:
        """From words.txt and the knowledge base; raises AssetError or OSError."""
        phrases = {language: phrases_of(knowledge, language) for language in Language}
        return cls(Pinyin(read_words(words), phrases[Language.ZH]), Completions(phrases))

    def candidates(self, letters: str) -> tuple[Candidate, ...]:
        return self._pinyin.candidates(letters)

    def completions(self, text: str, language: Language) -> tuple[Completion, ...]:
        return self._completions.after(text, language)


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


def _spelled(phrase: str, readings: _Readings) -> Entry | None:
    """Spell a phrase by its longest known words, so that 睡不着 is read as the word and not letter by letter."""
    syllables: list[str] = []
    start = 0
    while start < len(phrase):
        for end in range(min(len(phrase), start + readings.longest), start, -1):
            known = readings.words.get(phrase[start:end])
            if known:
                syllables.extend(known)
                start = end
                break
        else:
            return None
    return Entry(phrase, tuple(syllables), PHRASE_WEIGHT)


def _heaviest(entries: Iterable[Entry]) -> list[Entry]:
    best: dict[tuple[str, tuple[str, ...]], Entry] = {}
    for entry in entries:
        held = best.get((entry.word, entry.syllables))
        if held is None or held.weight < entry.weight:
            best[entry.word, entry.syllables] = entry
    return sorted(best.values(), key=lambda entry: (-entry.weight, entry.word))


def _grouped(pairs: Iterable[tuple[str, Entry]]) -> dict[str, tuple[Entry, ...]]:
    groups: dict[str, list[Entry]] = {}
    for key, entry in pairs:
        groups.setdefault(key, []).append(entry)
    return {key: tuple(entries) for key, entries in groups.items()}


def _cost(entry: Entry) -> float:
    return _WORD_COST - math.log(entry.weight)


def _keep_cheaper(best: list[tuple[float, str]], index: int, cost: float, text: str) -> None:
    if cost < best[index][0]:
        best[index] = (cost, text)
