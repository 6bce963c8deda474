"""One gettext catalogue per language for screen, slip and desk; the source text is English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import polib

from kiosk import logs, paths
from kiosk.domain.language import Language

facts = logs.get(__name__)

SOURCE_LANGUAGE = Language.EN
DOMAIN = "kiosk"
_FIELD = re.compile(r"\{\w*\}|%\d")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Translations of one language; what it does not know stays English."""

    language: Language
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def tr(self, text: str) -> str:
        return self.texts.get(text, text)


def placeholders(text: str) -> list[str]:
    """The {fields} of Python and the %1 of QML in a text, sorted."""
    return sorted(_FIELD.findall(text))


def catalogue_file(language: Language) -> Path:
    return paths.locales() / language.value / "LC_MESSAGES" / f"{DOMAIN}.po"


def load_catalogue(language: Language) -> Catalogue:
    """Read a language's translations; English needs none.

    An entry whose fields differ from its source would break a sentence on screen: it is left out and logged, as are
    fuzzy entries. Raises OSError when the file is missing.
    """
    if language is SOURCE_LANGUAGE:
        return Catalogue(language)
    texts: dict[str, str] = {}
    for entry in polib.pofile(str(catalogue_file(language))):
        if entry.obsolete or entry.fuzzy or not entry.msgstr:
            continue
        if placeholders(entry.msgid) != placeholders(entry.msgstr):
            facts.warning("translation_rejected", key=entry.msgid, language=language)
            continue
        texts[entry.msgid] = entry.msgstr
    return Catalogue(language, MappingProxyType(texts))
