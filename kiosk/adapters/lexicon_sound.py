"""Chinese symptom words written with characters of the same sound: 投疼 for 头疼, 拉度子 for 拉肚子.

Speech recognisers and pinyin keyboards pick a wrong character of the right sound. A stretch of text counts as a symptom
word when its syllables are that word's and most of its characters too, one of these is a character of complaints, and
the replaced one is no everyday character: 头发少 (thin hair) sounds like 发烧 (fever) and must not become one.
The lists below were made by running over four million characters of newspaper and product reviews.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import ahocorasick  # type: ignore[import-not-found]

from kiosk.adapters.pinyin import Entry
from kiosk.adapters.sound_alikes import COMMON, COMMONEST, COMPLAINING, CORE, ORDINARY, UNMISTAKABLE

_SAME_WORD = frozenset("的地得")
_LONGEST_FORM = 8
_UNREADABLE = "|"
_FIRST_KEY = 0xE000


@dataclass(frozen=True, slots=True)
class SoundAlike:
    """`form` was meant at the half-open range; `exact` when every syllable is the form's own, accents not counted."""

    start: int
    end: int
    form: str
    exact: bool


class SoundLexicon:
    """Finds forms by their syllables; texts are read without spaces."""

    def __init__(self, forms: Iterable[str], words: Iterable[Entry]) -> None:
        self._readings = _character_readings(words)
        self._numbers: dict[str, str] = {}
        self._forms = frozenset(form for form in forms if self._is_readable(form))
        by_key: dict[str, list[str]] = {}
        for form in sorted(self._forms):
            for key in {self._key(syllables) for syllables in product(*(self._readings[c] for c in form))}:
                by_key.setdefault(key, []).append(form)
        self._keys = _Keys({ord(c): self._key(sounds[:1]) for c, sounds in self._readings.items()})
        self._automaton = _automaton(by_key)
        self._ordinary = _automaton({word: [word] for word in ORDINARY})

    def _is_readable(self, form: str) -> bool:
        return 2 <= len(form) <= _LONGEST_FORM and all(character in self._readings for character in form)

    def _key(self, syllables: Iterable[str]) -> str:
        numbers = self._numbers
        return "".join(numbers.setdefault(sound, chr(_FIRST_KEY + len(numbers))) for sound in map(_blurred, syllables))

    def found(self, text: str) -> Iterator[SoundAlike]:
        """Every stretch of `text` that only sounds like a form; a stretch that is itself a form is none."""
        if not self._forms:
            return
        ordinary: bytearray | None = None
        for last, (length, forms) in self._automaton.iter(text.translate(self._keys)):
            start, end = last + 1 - length, last + 1
            said = text[start:end]
            if said in self._forms:
                continue
            meant = [form for form in forms if _could_be(said, form)]
            if not meant:
                continue
            if ordinary is None:
                ordinary = self._ordinary_words(text)
            if 1 in ordinary[start:end]:
                continue
            for form in meant:
                yield SoundAlike(start, end, form, self._same_syllables(said, form))

    def _ordinary_words(self, text: str) -> bytearray:
        """1 for every character of an ordinary word."""
        covered = bytearray(len(text))
        for last, (length, _) in self._ordinary.iter(text):
            covered[last + 1 - length : last + 1] = b"\1" * length
        return covered

    def _same_syllables(self, said: str, form: str) -> bool:
        return all(self._readings[a][0] in self._readings[b] for a, b in zip(said, form, strict=True))


class _Keys(dict[int, str]):
    """The key of each character's usual sound by code point; characters without one end every form."""

    def __missing__(self, code_point: int) -> str:
        return _UNREADABLE


def _character_readings(words: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    """Each character's syllables, the usual one first."""
    readings: dict[str, tuple[str, ...]] = {}
    for entry in sorted(words, key=lambda entry: -entry.weight):
        if len(entry.word) == 1:
            readings[entry.word] = (*readings.get(entry.word, ()), *entry.syllables)
    return readings


def _automaton(words: Mapping[str, list[str]]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word, meant in words.items():
        automaton.add_word(word, (len(word), meant))
    automaton.make_automaton()
    return automaton


def _could_be(said: str, form: str) -> bool:
    """True when so much of `form` is there, and so odd is what stands for the rest, that the writer meant `form`."""
    wrong = [a for a, b in zip(said, form, strict=True) if a != b and not {a, b} <= _SAME_WORD]
    kept = {a for a, b in zip(said, form, strict=True) if a == b}
    if len(wrong) > max(1, len(form) // 3):
        return False
    if form in UNMISTAKABLE:
        return True
    everyday = COMMON | COMMONEST if len(form) == 2 else COMMONEST
    return everyday.isdisjoint(wrong) and (form in CORE or not kept.isdisjoint(COMPLAINING))


def _blurred(syllable: str) -> str:
    """The syllable as regional accents merge it: zh/z, ch/c, sh/s, n/l, in/ing, en/eng, an/ang."""
    if syllable[:2] in ("zh", "ch", "sh"):
        syllable = syllable[0] + syllable[2:]
    if syllable[0] == "n" and len(syllable) > 1:
        syllable = "l" + syllable[1:]
    return syllable[:-1] if syllable.endswith("ng") and not syllable.endswith("ong") else syllable
