"""Marked clauses that are not generated: written statements, chatter checked by the lexicon, everyday words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from kiosk.adapters.intake_labels import Meaning
from kiosk.domain.findings import Finding, Status
from kiosk.domain.knowledge import KnowledgeBase, SymptomKind
from kiosk.domain.language import Language, language_of
from kiosk.domain.matching import Matcher, MatchKind, folded
from kiosk.domain.understanding import understand
from kiosk.training.intake.generate import Clause, Kind, Piece

DEV_SHARE = 10
"""One written statement in this many is kept out of training."""
MEANINGS = {Status.PRESENT: Meaning.PRESENT, Status.ABSENT: Meaning.ABSENT, Status.UNSURE: Meaning.UNSURE}
_COMPLAINTS = (SymptomKind.SYMPTOM, SymptomKind.SIGN)


@dataclass(frozen=True, slots=True)
class Reader:
    """The lexicon's reading of a text, which marks the words of what is known to be in it."""

    knowledge: KnowledgeBase
    match: Matcher

    def findings(self, text: str, language: Language) -> tuple[Finding, ...]:
        return understand(text, language, self.knowledge, self.match)

    def clause(self, text: str, language: Language, keep: Callable[[str], bool] = lambda code: True) -> Clause:
        """The text in pieces; complaints whose words stand there without being the patient's are void."""
        plain = folded(text)
        found = [f for f in self.findings(text, language) if f.span and keep(f.code)]
        implied = {code for f in found for code in self.knowledge.implied.get(f.code, ())}
        spans = [(f.span, f.code, MEANINGS[f.status]) for f in found if f.span and f.code not in implied]
        spans += [
            ((m.start, m.end), m.value, Meaning.VOID)
            for m in self.match(plain, language)
            if m.kind is MatchKind.SYMPTOM
            and m.value in self.knowledge.symptoms
            and self.knowledge.symptoms[m.value].kind in _COMPLAINTS
            and keep(m.value)
            and m.value not in implied
            and not any(f.span and m.start < f.span[1] and f.span[0] < m.end for f in found)
        ]
        pieces: Clause = []
        at = 0
        for (start, end), code, meaning in sorted(spans):
            if start < at:
                continue
            if start > at:
                pieces.append(Piece(plain[at:start]))
            pieces.append(Piece(plain[start:end], Kind.FINDING, code, meaning))
            at = end
        if at < len(plain):
            pieces.append(Piece(plain[at:]))
        return pieces


def statements(file: Path) -> Iterator[str]:
    """The sentences of a file of statements; what they say holds for the lexicon, which a test guards."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.rpartition("|")[0].strip()


def is_dev(text: str) -> bool:
    """Whether a statement is kept to measure with; for good."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % DEV_SHARE == 0


def marked_statements(reader: Reader, file: Path, language: Language) -> tuple[list[Clause], list[Clause]]:
    """Statements to train on, and those kept to measure with."""
    trained: list[Clause] = []
    kept: list[Clause] = []
    for text in statements(file):
        (kept if is_dev(text) else trained).append(reader.clause(text, language))
    return trained, kept


def checked_chatter(reader: Reader, clauses: Iterable[Clause], language: Language, count: int) -> list[Clause]:
    """Clauses without a complaint; what the lexicon reads in them is taken only where it is history or a request."""

    def is_background(code: str) -> bool:
        return reader.knowledge.symptoms[code].kind not in _COMPLAINTS

    kept: dict[str, Clause] = {}
    for tried, clause in enumerate(clauses):
        text = "".join(piece.text for piece in clause)
        if text not in kept:
            kept[text] = reader.clause(text, language, is_background)
        if len(kept) >= count or tried > 4 * count:
            break
    return list(kept.values())


_PO_TEXT = re.compile(r'^(msgid|msgstr) "(.+)"$', re.MULTILINE)
_MARKUP = re.compile(r"[`*|#>\[\]{}<%\\]|https?:")


def prose(reader: Reader, root: Path, language: Language) -> list[Clause]:
    """Sentences of the kiosk's own screens and papers, which tell of no patient."""
    wanted = "msgstr" if language is Language.ZH else "msgid"
    texts = [
        text
        for file in sorted((root / "locales" / "zh-Hans").rglob("*.po"))
        for key, text in _PO_TEXT.findall(file.read_text(encoding="utf-8"))
        if key == wanted
    ]
    if language is Language.EN:
        for file in (root / "README.md", *sorted((root / "docs").glob("*.md"))):
            if file.exists():
                texts += re.split(r"(?<=[.!?])\s+|\n+", file.read_text(encoding="utf-8"))
    clauses: list[Clause] = []
    for text in dict.fromkeys(texts):
        if 2 < len(text) < 160 and not _MARKUP.search(text) and language_of(text) is language:
            clause = reader.clause(text, language)
            if all(piece.kind is Kind.PLAIN for piece in clause):
                clauses.append(clause)
    return clauses


def everyday_words(file: Path, match: Matcher, random: Random, count: int) -> Sequence[str]:
    """Usual Chinese words of two to four characters that the lexicon reads nothing into."""
    words: list[str] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        parts = line.partition("\t")[2].split()
        words.extend(
            word for word, cost in zip(parts[::2], parts[1::2], strict=False) if 2 <= len(word) <= 4 and int(cost) < 125
        )
    random.shuffle(words)
    kept: list[str] = []
    for word in words:
        if not any(m.kind is MatchKind.SYMPTOM for m in match(word, Language.ZH)):
            kept.append(word)
        if len(kept) >= count:
            break
    return kept
