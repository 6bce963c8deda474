"""The languages that content is written in and words are read in, and those a screen can be shown in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    ZH = "zh"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Locale:
    """A language of the screen: `tag` is BCP 47, `name` what its speakers call it.

    `language` is what its texts are translated from. Only where `is_understood` can the kiosk read what somebody says
    or types in it; everybody else has the touch path. A further language is a folder under locales/, no code.
    """

    tag: str
    name: str
    language: Language
    is_understood: bool = True
    right_to_left: bool = False


SIMPLIFIED_CHINESE = Locale("zh-Hans", "中文", Language.ZH)
ENGLISH = Locale("en", "English", Language.EN)
OWN_LOCALE = {locale.language: locale for locale in (SIMPLIFIED_CHINESE, ENGLISH)}


@dataclass(frozen=True, slots=True)
class Words:
    """One text in every language of the content files."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.zh if language is Language.ZH else self.en


def language_of(text: str) -> Language:
    """Guess a text's language: Chinese as soon as it has a Han character (U+4E00-9FFF)."""
    return Language.ZH if any("\u4e00" <= character <= "\u9fff" for character in text) else Language.EN
