"""Sentences cut into the words of the lexicon: from the patterns of sentences-*.txt and the content, from what people
tell in the intake training, and what can be said on the screens."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from kiosk.domain.dialogue.answers import ANSWER_PHRASES
from kiosk.domain.dialogue.pain_scale import SCORE_PHRASES
from kiosk.domain.language import Language
from kiosk.domain.spoken_numbers import age_phrases, date_phrases
from kiosk.domain.spoken_phrases import LAST, ORDINALS, SAYINGS
from kiosk.training.intake.told import told_lines

HERE = Path(__file__).parent
HELD_OUT = 12
"""One sentence in this many is kept to measure with: neither spoken in training nor in the language model."""
MIXTURE = {"sentence": 0.5, "told": 0.3, "phrase": 0.2}
"""Shares of what is learnt from, by heading."""
LONGEST = 12
"""Words of what is told in one breath."""
_SLOT = re.compile(r"<(\w+)>")
_MARK = re.compile(r"\[([^\[\]|]+)\|[^\]]*\]")
_FOREIGN = {Language.ZH: re.compile(r"[0-9a-z]"), Language.EN: re.compile(r"[^a-z' -]")}
_PAUSE = re.compile(r"[，。、；：？！…—“”（）,.;:?!\"()]+")


def patterns_of(language: Language) -> dict[str, list[str]]:
    """Lines by heading."""
    found: dict[str, list[str]] = {}
    for line in (HERE / f"sentences-{language.value}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            lines = found.setdefault(line[3:], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


def told_clauses(language: Language) -> list[str]:
    """What people tell in the intake training, cut at every pause."""
    return [clause for _, _, line in told_lines(language) for clause in clauses_of(_MARK.sub(r"\1", line), language)]


def clauses_of(text: str, language: Language) -> Iterator[str]:
    """A text cut at every pause; without figures and foreign letters, which nobody says as they are written."""
    foreign = _FOREIGN[language]
    for clause in _PAUSE.split(text.lower()):
        if clause.strip(" '") and not foreign.search(clause):
            yield clause.strip(" '")


def spoken_phrases(language: Language) -> list[str]:
    """What the screens listen for whoever stands before them, but for ages and dates."""
    sayings = (phrase for phrases in SAYINGS[language].values() for phrase in phrases)
    ordinals = (phrase for ways in (*ORDINALS[language], LAST[language]) for phrase in ways)
    return [*ANSWER_PHRASES[language], *SCORE_PHRASES[language], *sayings, *ordinals]


@dataclass(frozen=True, slots=True)
class Sentences:
    """Makes sentences as lists of words."""

    language: Language
    patterns: Mapping[str, Sequence[str]]
    known: Mapping[str, object]

    def one(self, random: Random, heading: str = "sentence") -> list[str]:
        while True:
            words = self.cut(self._filled(f"<{heading}>", random))
            if words and self.is_known(words):
                return words

    def for_learning(self, random: Random, heading: str = "") -> list[str]:
        """One that is not kept to measure with; of any heading as often as MIXTURE says."""
        heading = heading or random.choices(tuple(MIXTURE), tuple(MIXTURE.values()))[0]
        while self.is_held_out(words := self.one(random, heading)):
            pass
        return words

    def is_known(self, words: Sequence[str]) -> bool:
        return all(word in self.known for word in words)

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
    patterns["age"], patterns["date"] = list(age_phrases(language)), list(date_phrases(language))
    patterns["phrase"] = [*spoken_phrases(language), *["<age>", "<date>"] * 15]
    patterns["told"] = [clause for clause in told_clauses(language) if len(plain.cut(clause)) <= LONGEST]
    return plain
