"""What a lexicon finds in a text: symptom forms and function words, with their place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.language import Language

MAX_CHARACTERS = 20_000
"""Nothing beyond this many characters of one text is read, whatever its source."""


class MatchKind(StrEnum):
    """SYMPTOM carries a symptom code in `value`, SEVERE a number 0-10, the others the cue itself."""

    SYMPTOM = "symptom"
    NEGATION = "negation"
    NEGATION_AFTER = "negation_after"
    NOT_NEGATION = "not_negation"
    DOUBT = "doubt"
    OTHER_PERSON = "other_person"
    PAST = "past"
    SCOPE_END = "scope_end"
    SEVERE = "severe"


@dataclass(frozen=True, slots=True)
class Match:
    """`start` and `end` are a half-open range of the text that was searched.

    `negated` is true when a negation stands inside a symptom's own words (头不痛, "chest does not hurt"), `doubtful`
    when the words only sound nearly like the symptom's and the patient should be asked.
    """

    start: int
    end: int
    kind: MatchKind
    value: str
    negated: bool = False
    doubtful: bool = False


Matcher = Callable[[str, Language], tuple[Match, ...]]
"""A text and its language to its matches by place, as adapters/lexicon.py finds them.

The longest match wins, so none lies inside another, except for SEVERE. A span can appear twice when its words have
two meanings.
"""


def folded(text: str) -> str:
    """The same text, same length: half width, lower case, control characters and lone surrogates as spaces.

    Line breaks stay, because they end a sentence. Only the first MAX_CHARACTERS are kept.
    """
    return text[:MAX_CHARACTERS].translate(_FOLDING)


class _Folding(dict[int, str]):
    """Folded characters by code point, worked out when first met; the usual ones are remembered."""

    def __missing__(self, code_point: int) -> str:
        plain = _folded_character(chr(code_point))
        if len(self) < _REMEMBERED_CHARACTERS:
            self[code_point] = plain
        return plain


_REMEMBERED_CHARACTERS = 16_384
_FOLDING = _Folding()


def _folded_character(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isprintable() or character == "\n" else " "
    if unicodedata.category(character) in ("Cc", "Cs", "Zs", "Zl", "Zp"):
        return " "
    if character in "’‘ʼ":
        return "'"
    plain = unicodedata.normalize("NFKC", character).lower()
    return plain if len(plain) == 1 else character


_SQUEEZED_OUT = re.compile("[ \t\u200b\ufeff]")


def squeezed(text: str) -> tuple[str, list[int]]:
    """The text without spaces and tabs, and where each character was; recognisers put spaces between Chinese words.

    The list has one extra entry, the length of the text.
    """
    if not _SQUEEZED_OUT.search(text):
        return text, list(range(len(text) + 1))
    kept = [at for at, character in enumerate(text) if character not in " \t\u200b\ufeff"]
    return _SQUEEZED_OUT.sub("", text), [*kept, len(text)]
