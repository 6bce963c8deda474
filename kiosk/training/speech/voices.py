"""Voices that nobody made: variants of espeak-ng with a vocal tract, a breath and a melody by chance.

A model that has only heard the seventy variants that come with espeak-ng takes them for all there are. These lie in a
copy of espeak-ng's folder that is links but for them.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Collection
from functools import cache
from pathlib import Path
from random import Random

MADE = 150
"""As many as are made; the same every time."""


@cache
def made_voices() -> tuple[str, ...]:
    """Their names."""
    return tuple(f"made{number}" for number in range(MADE))


@cache
def folder_with_voices() -> Path:
    """A folder that holds espeak-ng-data with the made voices beside its own."""
    told = subprocess.run(["espeak-ng", "--version"], capture_output=True, check=True, text=True).stdout  # noqa: S607
    data = Path(told.rpartition("Data at:")[2].strip())
    # It is needed as long as the process, which loads a voice when it is first spoken.
    folder = _kept(tempfile.TemporaryDirectory(prefix="voices-"))
    _link_all(data, folder / "espeak-ng-data", but=("voices", "lang"))
    # It knows at most 349 voices, so there are only those of our languages.
    for languages in ("lang/gmw", "lang/sit"):
        _link_all(data / languages, folder / "espeak-ng-data" / languages)
    variants = folder / "espeak-ng-data" / "voices" / "!v"
    _link_all(data / "voices" / "!v", variants)
    for number, name in enumerate(made_voices()):
        (variants / name).write_text(voice(name, Random(number)), encoding="ascii")
    return folder


_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []


def _kept(folder: tempfile.TemporaryDirectory[str]) -> Path:
    _FOLDERS.append(folder)
    return Path(folder.name)


def _link_all(of: Path, into: Path, but: Collection[str] = ()) -> None:
    into.mkdir(parents=True)
    for entry in of.iterdir():
        if entry.name not in but:
            (into / entry.name).symlink_to(entry)


def voice(name: str, random: Random) -> str:
    """The file of a variant. The numbers are percentages of the plain voice's, but for Hz and flags."""

    def around(middle: float, spread: float, least: int = 0) -> int:
        return max(least, round(random.gauss(middle, spread)))

    female = random.random() < 0.5
    lines = ["language variant", f"name {name}", f"gender {'female' if female else 'male'}"]
    if random.random() < 0.2:
        # Another way to make sound altogether, as in the variants klatt, klatt2 and so on.
        return "\n".join([*lines, f"klatt {random.choice((1, 2, 3, 5, 6))}"]) + "\n"
    pitch = around(175 if female else 95, 25, 55)
    lines.append(f"pitch {pitch} {round(pitch * random.uniform(1.1, 1.6))}")
    if random.random() < 0.2:
        lines.append(f"echo {random.randint(10, 130)} {random.randint(5, 40)}")
    tract = around(115 if female else 97, 8)
    for number in range(9):
        high = around(tract, 9, 60)
        loud = around(100, 10, 30) if number == 0 else around(85 if number < 6 else 80, 22, 20)
        lines.append(f"formant {number} {high} {loud} {around(125, 25, 50)}")
    if random.random() < 0.5:
        lines.append("stressAdd " + " ".join(str(around(0, 15, -30)) for _ in range(8)))
    if random.random() < 0.5:
        lines.append("stressAmp " + " ".join(str(around(19, 3, 10)) for _ in range(8)))
    if random.random() < 0.35:
        tone = [100, random.randint(150, 255), 600, random.randint(40, 255), 1200, random.randint(20, 200)]
        tone += [2000, random.randint(30, 200), 3000, random.randint(10, 160)]
        lines.append("tone " + " ".join(map(str, tone)))
    for word, chance, low, high in (
        ("flutter", 0.4, 0, 10), ("roughness", 0.3, 0, 4), ("voicing", 0.3, 50, 140), ("intonation", 0.4, 1, 4)
    ):  # fmt: skip
        if random.random() < chance:
            lines.append(f"{word} {random.randint(low, high)}")
    if random.random() < 0.4:
        lines.append(f"consonants {random.randint(50, 130)} {random.randint(50, 130)}")
    if random.random() < 0.2:
        lines.append("breath " + " ".join(str(random.randint(0, 5)) for _ in range(8)))
        lines.append("breathw 150 150 200 200 400 400 600 600")
    return "\n".join(lines) + "\n"
