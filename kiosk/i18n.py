"""What is shown in each language: gettext catalogues under locales/<BCP 47 tag>; the source text is English.

`kiosk.po` holds the program's own texts. `content.po` holds those of the clinical content for languages that the
content is not written in; its key is the English text with the Chinese one as context, so that a word with two meanings
stays two entries. `locale.toml` says what the language is called.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import polib

from kiosk import logs, paths
from kiosk.domain.errors import ConfigError
from kiosk.domain.language import ENGLISH, OWN_LOCALE, Language, Locale, Words
from kiosk.domain.wayfinding import lines

facts = logs.get(__name__)

SOURCE = ENGLISH
_FIELD = re.compile(r"\{\w*\}|%\d")
_WORD = re.compile(r"[^\W\d_]{2}")
_ESCAPED_FIELD = re.compile(r"\\\{(\w+)\\\}")


@dataclass(frozen=True)
class Catalogue:
    """Translations of one locale; a program's text it does not know stays English, content stays as written."""

    locale: Locale
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    content: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))
    """(Chinese, English) to the translation."""

    def tr(self, text: str | Words) -> str:
        """The translation of one of the program's own texts, or of a text of the content."""
        if isinstance(text, Words):
            known = self.content.get((text.zh, text.en)) or self._filled(text.en) or self._by_lines(text)
            return known or text.in_language(self.locale.language)
        return self.texts.get(text, text)

    def _by_lines(self, text: Words) -> str | None:
        """Steps of a way are translated once, wherever they lead; a way is translated as a whole or not at all."""
        steps = lines(text)
        if not self.content or len(steps) < 2:
            return None
        found = [self.content.get((step.zh, step.en)) or self._filled(step.en) for step in steps]
        return "\n".join(step for step in found if step) if all(found) else None

    def _filled(self, english: str) -> str | None:
        """The translation of a text that was made from one with fields, such as "opens {when}"."""
        for pattern, translation in self._templates:
            found = pattern.fullmatch(english)
            if found is None:
                continue
            parts = {name: self._part(part) for name, part in found.groupdict().items()}
            if all(parts.values()):
                return translation.format(**parts)
        return None

    def _part(self, english: str) -> str | None:
        """A part with words that nobody translated tells that the text was not made from this one."""
        whole = (translation for (_, source), translation in self.content.items() if source == english)
        return next(whole, None) or self._filled(english) or (None if _WORD.search(english) else english)

    @cached_property
    def _templates(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """Longest first, so that a sentence is not taken for the end of a shorter one."""
        sources = sorted((key[1] for key in self.content if placeholders(key[1])), key=len, reverse=True)
        by_source = {source: translation for (_, source), translation in self.content.items()}
        return tuple((_template(source), by_source[source]) for source in sources)


def _template(source: str) -> re.Pattern[str]:
    return re.compile(_ESCAPED_FIELD.sub(r"(?P<\1>.+)", re.escape(source)))


def day(on: date, tag: str, weekday: bool = True) -> str:
    """A day of this year as people say it: 11月24日周二, "Tuesday 24 November". `tag` is BCP 47.

    English is that of most of the world. A language that CLDR does not know reads the English words.
    """
    from babel import Locale as Region
    from babel import UnknownLocaleError
    from babel.dates import format_skeleton

    try:
        region = Region.parse("en-001" if tag == ENGLISH.tag else tag, sep="-")
    except (UnknownLocaleError, ValueError):
        region = Region.parse("en-001", sep="-")
    return format_skeleton("MMMMEEEEd" if weekday else "MMMd", on, locale=region)


def placeholders(text: str) -> list[str]:
    """The {fields} of Python and the %1 of QML in a text, sorted."""
    return sorted(_FIELD.findall(text))


def folder(locale: Locale) -> Path:
    return paths.locales() / locale.tag


def catalogue_file(locale: Locale, domain: str = "kiosk") -> Path:
    return folder(locale) / "LC_MESSAGES" / f"{domain}.po"


def installed() -> Mapping[str, Locale]:
    """Every language there is a folder for, by its tag. Raises ConfigError naming the file that is wrong."""
    found = (read_locale(file) for file in sorted(paths.locales().glob("*/locale.toml")))
    return MappingProxyType({locale.tag: locale for locale in found})


def read_locale(file: Path) -> Locale:
    """The facts of `locale.toml`; the folder's name is the tag. Raises ConfigError."""
    key = str(file)
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
        locale = Locale(file.parent.name, **{**given, "language": Language(given["language"])})
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as problem:
        raise ConfigError(key, f"is no description of a language: {problem}") from problem
    if type(locale.name) is not str or type(locale.is_understood) is not bool or type(locale.right_to_left) is not bool:
        raise ConfigError(key, "needs a text as name, true or false as is_understood and right_to_left")
    return locale


def load_catalogue(of: Locale | Language) -> Catalogue:
    """Read a locale's translations, or those of a language's own locale; English needs none.

    An entry whose fields differ from its source would break a sentence on screen: it is left out and logged, as are
    fuzzy entries. Raises OSError when the file is missing.
    """
    locale = OWN_LOCALE[of] if isinstance(of, Language) else of
    if locale.tag == SOURCE.tag:
        return Catalogue(locale)
    texts = {entry.msgid: entry.msgstr for entry in _usable(catalogue_file(locale), locale)}
    content = {}
    if catalogue_file(locale, "content").exists():
        entries = _usable(catalogue_file(locale, "content"), locale)
        content = {(entry.msgctxt or "", entry.msgid): entry.msgstr for entry in entries}
    return Catalogue(locale, MappingProxyType(texts), MappingProxyType(content))


def _usable(file: Path, locale: Locale) -> list[polib.POEntry]:
    kept = []
    for entry in polib.pofile(str(file)):
        if entry.obsolete or entry.fuzzy or not entry.msgstr:
            continue
        if placeholders(entry.msgid) != placeholders(entry.msgstr):
            facts.warning("translation_rejected", key=entry.msgid, language=locale.tag)
            continue
        kept.append(entry)
    return kept
