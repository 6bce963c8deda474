"""The languages a patient can choose, and a text in each of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    ZH = "zh"
    EN = "en"


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
