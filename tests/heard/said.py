"""What is said to the kiosk: tests/data/heard/{zh,en}.txt as utterances with what the visit should hold afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kiosk.domain.findings import Status
from kiosk.domain.language import Language

DATA = Path(__file__).resolve().parent.parent / "data" / "heard"


class Kind(StrEnum):
    COMPLAINT = "complaint"
    ANSWER = "answer"
    SCORE = "score"
    RECORDING = "recording"
    """Somebody's recording, said where a complaint is told; nothing is expected of the visit."""


AGAIN = "again"
"""What is expected where the kiosk should ask once more."""

_HEADINGS = {
    "complaints, sentences that training may have had": (Kind.COMPLAINT, True),
    "complaints, sentences that training never had": (Kind.COMPLAINT, False),
    "answers, phrases that are listened for": (Kind.ANSWER, True),
    "answers, more than a phrase": (Kind.ANSWER, False),
    "pain scores": (Kind.SCORE, True),
}
_SIGNS = {"+": Status.PRESENT, "-": Status.ABSENT, "?": Status.UNSURE}


@dataclass(frozen=True, slots=True)
class Said:
    """`seen`: training may have had these words. `expected`: findings of a complaint by code; of an answer its status,
    score or AGAIN under "" ."""

    language: Language
    number: int
    kind: Kind
    seen: bool
    text: str
    expected: Mapping[str, str]

    @property
    def id(self) -> str:
        return f"{self.language.value}-{self.number:02}"


def read(language: Language) -> list[Said]:
    """Raises KeyError for a heading and ValueError for a line that cannot be read."""
    said: list[Said] = []
    kind, seen = Kind.COMPLAINT, True
    for line in (DATA / f"{language.value}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            kind, seen = _HEADINGS[line[3:]]
        elif line and not line.startswith("#"):
            text, separator, expected = (part.strip() for part in line.partition("|"))
            if not separator:
                raise ValueError(line)
            said.append(Said(language, len(said) + 1, kind, seen, text, _expected(kind, expected)))
    return said


def _expected(kind: Kind, told: str) -> dict[str, str]:
    if kind is Kind.COMPLAINT:
        return {part[1:]: _SIGNS[part[0]].value for part in told.split()}
    return {"": str(int(told)) if kind is Kind.SCORE else told if told == AGAIN else Status(told).value}
