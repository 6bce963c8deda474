"""A whole visit without eyes: by twelve keys, each pressed because of a sentence that was heard."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.domain.language import Language

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PATIENCE_S = 240


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both visits played now."""
    folder = tmp_path_factory.mktemp("spoken")
    command = [sys.executable, str(ROOT / "packaging" / "spoken_visit.py"), str(folder)]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(folder), "DAOZHEN_LOG": "WARNING"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.mark.parametrize("language", list(Language))
def test_the_documented_visits_are_what_is_heard(told: Path, language: Language) -> None:
    name = f"spoken-visit-{language}.md"
    played = (told / name).read_text(encoding="utf-8")
    assert played == (DOCS / name).read_text(encoding="utf-8"), "run python packaging/spoken_visit.py"


@pytest.mark.parametrize(
    ("language", "number", "goodbye"),
    [(Language.ZH, "骨 0 0 1", "祝您早日康复"), (Language.EN, "0 0 1", "Get well soon")],
)
def test_who_cannot_see_leaves_with_the_number_in_the_ear(
    told: Path, language: Language, number: str, goodbye: str
) -> None:
    story = (told / f"spoken-visit-{language}.md").read_text(encoding="utf-8")
    pressed = [line.strip("*") for line in story.splitlines() if line.startswith("**")]
    assert set("".join(pressed[1:]).replace(" ", "")) <= set("0123456789#")
    said = [line.removeprefix("- ") for line in story.splitlines() if line.startswith("- ")]
    assert said.index(number) < said.index(goodbye)
