"""Turns of phrase read right whatever complaint stands in them: tests/data/frames."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.domain.findings import Status
from kiosk.domain.language import Language
from kiosk.domain.understanding import understand
from tests.unit.shipped_clinic import content, matcher

_FOLDER = Path(__file__).parent.parent / "data" / "frames"
_PLACE = re.compile(r"\{([A-D])([-+?~])\}")
_STATUS = {"+": Status.PRESENT, "-": Status.ABSENT, "?": Status.UNSURE, "~": None}
_STEPS = {"A": 0, "B": 7, "C": 11, "D": 4}
"""How far apart in the list the complaints of one frame stand, so that each meets several others."""


def written(language: Language) -> tuple[list[tuple[str, str]], list[str]]:
    """The complaints of a language, as words and code, and its frames."""
    text = (_FOLDER / f"{language.value}.txt").read_text(encoding="utf-8")
    complaints, frames = text.split("## Complaints\n")[1].split("\n## Frames\n")
    pairs = (line.split(" | ") for line in complaints.splitlines())
    return [(words, code) for words, code in pairs], frames.splitlines()


FRAMES = [(language, frame) for language in Language for frame in written(language)[1]]


def filled(frame: str, complaints: list[tuple[str, str]], first: int) -> tuple[str, dict[str, Status | None]]:
    """The frame with complaints from the list, and how each is meant."""
    meant: dict[str, Status | None] = {}
    text = frame
    for place, sign in _PLACE.findall(frame):
        words, code = complaints[(first + _STEPS[place]) % len(complaints)]
        text = text.replace(f"{{{place}{sign}}}", words)
        meant[code] = _STATUS[sign]
    return text, meant


def told(text: str, language: Language, code: str) -> Status | None:
    """How a text speaks of a finding, or of a special case of it."""
    found = {finding.code: finding.status for finding in understand(text, language, content(), matcher())}
    kinds = (status for kind, status in found.items() if code in content().implied.get(kind, ()))
    return found.get(code) or next(kinds, None)


@pytest.mark.parametrize(("language", "frame"), FRAMES, ids=[frame for _, frame in FRAMES])
def test_every_complaint_is_read_as_the_frame_means_it(language: Language, frame: str) -> None:
    complaints, _ = written(language)
    wrong = []
    for first in range(len(complaints)):
        text, meant = filled(frame, complaints, first)
        wrong += [(text, code) for code, status in meant.items() if told(text, language, code) is not status]
    assert not wrong
