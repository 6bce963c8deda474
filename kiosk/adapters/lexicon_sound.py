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


@dataclass(frozen=True, slots=True)
class SoundTables:
    """Plain data: the syllables of each character, the usual one first, and the keys that forms are searched by.

    A key has one letter per sound; `keys` gives the letter of a character's usual sound, `forms` the forms by key.
    """

    readings: dict[str, list[str]]
    keys: dict[str, str]
    forms: dict[str, list[str]]


def sound_tables(forms: Iterable[str], words: Iterable[Entry]) -> SoundTables:
    """The tables for these forms; `words` tell how characters sound."""
    readings = _character_readings(words)
    letters: dict[str, str] = {}

    def key(syllables: Iterable[str]) -> str:
        return "".join(letters.setdefault(sound, chr(_FIRST_KEY + len(letters))) for sound in map(_blurred, syllables))

    by_key: dict[str, list[str]] = {}
    for form in sorted(set(forms)):
        if 2 <= len(form) <= _LONGEST_FORM and all(character in readings for character in form):
            for spelled in dict.fromkeys(key(syllables) for syllables in product(*(readings[c] for c in form))):
                by_key.setdefault(spelled, []).append(form)
    return SoundTables(readings, {c: key(sounds[:1]) for c, sounds in readings.items()}, by_key)


class SoundLexicon:
    """Finds forms by their syllables; texts are read without spaces."""

    def __init__(self, tables: SoundTables) -> None:
        self._readings = tables.readings
        self._forms = frozenset(form for alike in tables.forms.values() for form in alike)
        self._keys = _Keys({ord(character): key for character, key in tables.keys.items()})
        self._automaton = _automaton(tables.forms)
        self._ordinary = _automaton({word: [word] for word in ORDINARY})

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


def _character_readings(words: Iterable[Entry]) -> dict[str, list[str]]:
    """Each character's syllables, the usual one first."""
    readings: dict[str, list[str]] = {}
    for entry in sorted(words, key=lambda entry: -entry.weight):
        if len(entry.word) == 1:
            readings.setdefault(entry.word, []).extend(entry.syllables)
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
