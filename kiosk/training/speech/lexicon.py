"""Words and how they are said, from words-*.txt, and the phones of a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kiosk.domain.language import Language
from kiosk.training.speech.wordlists import OTHER_HEADING

SILENCE = "SIL"
UNKNOWN_PHONE = "SPN"
"""Any speech outside the vocabulary."""
UNKNOWN = "[unk]"
_HERE = Path(__file__).parent
_INITIALS = ("zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s")
_WHOLE = {"iu": "iou", "ui": "uei", "un": "uen", "ue": "ve"}
_AFTER_PALATAL = {"u": "v", "uan": "van", "un": "vn", "ue": "ve"}

Phones = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`words` are what the model knows, `others` only what is spoken to it in training; each with pronunciations.

    `phones` starts with silence and the unknown; `spellings` are what a synthesiser reads for a word.
    """

    language: Language
    words: Mapping[str, tuple[Phones, ...]]
    others: Mapping[str, tuple[Phones, ...]]
    phones: Phones
    spellings: Mapping[str, str]

    def said(self, word: str) -> tuple[Phones, ...]:
        return self.words.get(word) or ((UNKNOWN_PHONE,),)

    def of_sounds(self, phones: Phones) -> Lexicon:
        """What a network that learnt these phones can hear of it."""
        ways = {word: tuple(way for way in ways if set(way) <= set(phones)) for word, ways in self.words.items()}
        return replace(self, words={word: said for word, said in ways.items() if said}, phones=phones)


@cache
def lexicon(language: Language) -> Lexicon:
    """Raises ValueError for a line of the list that cannot be read."""
    lists: list[dict[str, tuple[Phones, ...]]] = [{}, {}]
    spellings: dict[str, str] = {}
    into = 0
    for line in (_HERE / f"words-{language.value}.txt").read_text(encoding="utf-8").splitlines():
        if line == OTHER_HEADING:
            into = 1
        elif line and not line.startswith("#"):
            word, _, said = line.partition("\t")
            lists[into][word] = _pronunciations(said, language)
            spellings[word] = said.partition(" | ")[0] if language is Language.ZH else word
    words, others = lists
    used = sorted({phone for ways in words.values() for way in ways for phone in way})
    return Lexicon(language, words, others, (SILENCE, UNKNOWN_PHONE, *used), spellings)


def _pronunciations(said: str, language: Language) -> tuple[Phones, ...]:
    ways = (way.split() for way in said.split("|"))
    if language is Language.EN:
        return tuple(tuple(way) for way in ways)
    return tuple(tuple(phone for syllable in way for phone in phones_of_syllable(syllable)) for way in ways)


def phones_of_syllable(syllable: str) -> Phones:
    """Initial and final of a pinyin syllable with its tone: zhuang1 gives zh, uang1."""
    body, tone = syllable[:-1], syllable[-1:]
    if tone not in set("12345") or not body.isascii() or not body.isalpha():
        raise ValueError(f"not a pinyin syllable: {syllable}")
    initial = next((one for one in _INITIALS if body.startswith(one)), "")
    final = body[len(initial) :]
    if initial in ("j", "q", "x"):
        final = _AFTER_PALATAL.get(final, final)
    elif initial in ("zh", "ch", "sh", "r") and final == "i":
        final = "iii"
    elif initial in ("z", "c", "s") and final == "i":
        final = "ii"
    elif not initial:
        final = _without_initial(final)
    return (*((initial,) if initial else ()), _WHOLE.get(final, final) + tone)


def _without_initial(final: str) -> str:
    if final.startswith("yu"):
        return "v" + final[2:]
    if final.startswith("yi"):
        return final[1:]
    if final.startswith("y"):
        return "i" + final[1:]
    if final.startswith("wu"):
        return final[1:]
    return "u" + final[1:] if final.startswith("w") else final
