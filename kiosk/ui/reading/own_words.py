"""Which texts are the kiosk's own wording, the same for every patient, and may be heard by the whole lobby."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kiosk.domain.language import SIMPLIFIED_CHINESE, Locale
from kiosk.i18n import SOURCE, load_catalogue

_FIELD = re.compile(r"\{\w*\}|%\d")
_FIGURES = r"[\d:]+"


class OwnWords:
    """Everything else (words, findings, departments, names, typed figures) is personal until somebody says it is not.

    A sentence with gaps is our own only while nothing but figures stands in them.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        plain: set[str] = set()
        patterns: list[str] = []
        for text in map(_one_line, texts):
            if _FIELD.search(text):
                patterns.append(_FIGURES.join(re.escape(part) for part in _FIELD.split(text)))
            else:
                plain.add(text)
        # A text that is all gap, such as "%1", would let every figure through.
        self._plain = frozenset(plain)
        self._pattern = re.compile("|".join(one for one in patterns if one.strip() != _FIGURES) or r"(?!)")

    def __contains__(self, text: str) -> bool:
        line = _one_line(text)
        return line in self._plain or self._pattern.fullmatch(line) is not None


@lru_cache(maxsize=32)
def own_words(locale: Locale) -> OwnWords:
    """The wording of one locale; the source language's is what the other catalogues translate."""
    if locale.tag != SOURCE.tag:
        return OwnWords(load_catalogue(locale).texts.values())
    return OwnWords(load_catalogue(SIMPLIFIED_CHINESE).texts)


def _one_line(text: str) -> str:
    return " ".join(text.split())
