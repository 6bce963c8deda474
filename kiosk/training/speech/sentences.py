"""Sentences from the patterns of sentences-*.txt and from the content, cut into the words of the lexicon."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from kiosk.domain.language import Language

HERE = Path(__file__).parent
HELD_OUT = 12
"""One sentence in this many is kept to measure with: neither spoken in training nor in the language model."""
_SLOT = re.compile(r"<(\w+)>")


def patterns_of(language: Language) -> dict[str, list[str]]:
    """Lines by heading."""
    found: dict[str, list[str]] = {}
    for line in (HERE / f"sentences-{language.value}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            lines = found.setdefault(line[3:], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


@dataclass(frozen=True, slots=True)
class Sentences:
    """Makes sentences as lists of words."""

    language: Language
    patterns: Mapping[str, Sequence[str]]
    known: Mapping[str, object]

    def one(self, random: Random, heading: str = "sentence") -> list[str]:
        while True:
            words = self.cut(self._filled(f"<{heading}>", random))
            if words and all(word in self.known for word in words):
                return words

    def is_held_out(self, words: Sequence[str]) -> bool:
        """Whether a sentence is kept to measure with; for good. Short ones are too few, and whole lines of the file are
        what everybody says: they stay."""
        if len(words) <= 3 or self.joined(words) in self.patterns["sentence"]:
            return False
        return hashlib.sha256(" ".join(words).encode()).digest()[0] % HELD_OUT == 0

    def joined(self, words: Sequence[str]) -> str:
        """As it is written."""
        return ("" if self.language is Language.ZH else " ").join(words)

    def cut(self, text: str) -> list[str]:
        from kiosk.training.speech.wordlists import segmented

        if self.language is Language.ZH:
            return segmented(text, self.known)
        return re.findall(r"[a-z']+", text.lower())

    def _filled(self, text: str, random: Random) -> str:
        while slot := _SLOT.search(text):
            text = text[: slot.start()] + random.choice(self.patterns[slot[1]]) + text[slot.end() :]
        return text


def sentences_of(language: Language, known: Mapping[str, object]) -> Sentences:
    """The patterns with the content's findings and departments that the lexicon can spell."""
    from kiosk import paths
    from kiosk.adapters.knowledge_files import read_folder

    patterns = patterns_of(language)
    plain = Sentences(language, patterns, known)
    content = read_folder(paths.assets() / "knowledge")

    def spellable(texts: list[str]) -> list[str]:
        return [t for t in texts if (words := plain.cut(t)) and len(words) <= 6 and all(w in known for w in words)]

    findings: list[str] = []
    for name, entries in content.items():
        if name.startswith("symptoms"):
            for entry in entries:
                findings += [entry["name"][language.value], *entry["forms"][language.value][:6]]
    departments = [entry["name"][language.value] for entry in content["departments.yaml"]]
    patterns["finding"] = spellable(findings)
    patterns["department"] = spellable(departments)
    return plain
