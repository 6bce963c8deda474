"""Texts as people tell them, with the words of every finding marked by hand: `told/zh-*.txt` and `told/en-*.txt`.

    我妈[一口饭都咽不下去|swallowing_difficulty]，[没吐|-vomiting]，我爸有[糖尿病|~diabetes_history]

A mark is `[words|code]`: `-` before the code denies it, `?` leaves it open, `~` tells it of somebody else, of the past,
or only speaks about it. What is not marked holds no finding of the knowledge base. Lines with `#` are headings.
A length of time stands beside the mark, `[头疼|headache]三天了`, where adapters/intake_model.py looks for it; inside
stays what is part of the meaning: how often, and the length in `cough_3_weeks`, `missed_period` or `recent_surgery`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.adapters.intake_labels import OTHER_COMPLAINT, Meaning
from kiosk.domain.durations import find_durations
from kiosk.domain.errors import AssetError
from kiosk.domain.language import Language
from kiosk.domain.matching import folded
from kiosk.training.intake.generate import Clause, Kind, Piece
from kiosk.training.intake.sources import Reader

TOLD = Path(__file__).parent / "told"
LONGEST = 240
"""Bytes of a line without its marks: what adapters/intake_model.py shows the network at once."""

LASTING = frozenset(
    (
        "abdominal_pain", "arrhythmia_history", "back_pain", "cirrhosis_history", "confusion", "cough",
        "diabetes_history", "diarrhoea", "dizziness", "dry_cough", "fatigue", "fever", "fever_over_39", "headache",
        "hepatitis_b_known", "hoarse_voice", "hives", "knee_pain", "nausea", "neck_lump", "palpitations", "rash",
        "red_eye", "sore_throat", "steroid_use", "vomiting", "wheeze",
    )
)  # fmt: skip
"""Common findings whose words never need a length of time to mean what they mean."""

_MARK = re.compile(r"\[([^\[\]|]+)\|([-?~]?)([a-z0-9_]+)\]")
_MEANING = {"": Meaning.PRESENT, "-": Meaning.ABSENT, "?": Meaning.UNSURE, "~": Meaning.VOID}


@dataclass(frozen=True, slots=True)
class Told:
    """One line: its text in pieces."""

    file: str
    line: int
    clause: Clause

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.clause)


def read_told(language: Language, codes: Collection[str], folder: Path = TOLD) -> Iterator[Told]:
    """All lines of a language; raises AssetError naming file and line where a mark is wrong."""
    for file, number, line in told_lines(language, folder):
        yield Told(file, number, clause_of(line, codes, file, number))


def told_lines(language: Language, folder: Path = TOLD) -> Iterator[tuple[str, int, str]]:
    """File, number and text of every line that is told."""
    for file in sorted(folder.glob(f"{language.value}-*.txt")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip() and not line.startswith("#"):
                yield file.name, number, line.strip()


def clause_of(line: str, codes: Collection[str], file: str = "", number: int = 0) -> Clause:
    """A line in pieces; raises AssetError."""
    pieces: Clause = []
    at = 0
    for mark in _MARK.finditer(line):
        words, sign, code = mark.groups()
        if code not in codes and code != OTHER_COMPLAINT:
            raise AssetError(file, f"line {number}", code, "no finding of the knowledge base")
        if mark.start() > at:
            pieces.append(Piece(folded(line[at : mark.start()])))
        pieces.append(Piece(folded(words), Kind.TOLD, code, _MEANING[sign]))
        at = mark.end()
    if at < len(line):
        pieces.append(Piece(folded(line[at:])))
    if any(character in piece.text for piece in pieces for character in "[]|"):
        raise AssetError(file, f"line {number}", "", "a mark that is not [words|code]")
    if sum(len(piece.text.encode()) for piece in pieces) > LONGEST:
        raise AssetError(file, f"line {number}", "", f"longer than {LONGEST} bytes")
    return pieces


def unmarked(told: Told, language: Language, reader: Reader) -> list[str]:
    """What the lexicon reads in words without a mark: forgotten, or words that it takes wrongly."""
    marked: list[tuple[int, int]] = []
    at = 0
    for piece in told.clause:
        if piece.kind is Kind.TOLD:
            marked.append((at, at + len(piece.text)))
        at += len(piece.text)
    return [
        f"{finding.text}: {finding.code}"
        for finding in reader.findings(told.text, language)
        if finding.span and not any(a < finding.span[1] and finding.span[0] < b for a, b in marked)
    ]


def lengths_marked(told: Told, language: Language) -> list[str]:
    """Marks of LASTING findings that begin or end with a length of time, which belongs beside them."""
    return [
        f"{piece.text}: {piece.code}"
        for piece in told.clause
        if piece.code in LASTING and piece.meaning in (Meaning.PRESENT, Meaning.UNSURE)
        for length in find_durations(piece.text, language)
        if length.start == 0 or piece.text[length.end :].strip() in ("", "了")
    ]
