"""What recognisers and hurried fingers do to words: sound-alike characters, slips of the pen, lost apostrophes."""

from __future__ import annotations

from pathlib import Path
from random import Random

from kiosk import paths


class SoundAlikes:
    """Characters that sound the same without regard to tone, from the keyboard's own table."""

    def __init__(self, words: Path | None = None) -> None:
        table = words or paths.assets() / "keyboard" / "words.txt"
        self._by_sound: dict[str, list[str]] = {}
        self._sound: dict[str, str] = {}
        for line in table.read_text(encoding="utf-8").splitlines():
            word, _, rest = line.partition("\t")
            if len(word) == 1 and rest and not line.startswith("#"):
                sound = rest.split("\t")[0]
                self._by_sound.setdefault(sound, []).append(word)
                self._sound.setdefault(word, sound)

    @property
    def characters(self) -> tuple[str, ...]:
        return tuple(self._sound)

    def misheard(self, text: str, random: Random) -> str:
        """The text with one character written as another that sounds like it."""
        places = [at for at, char in enumerate(text) if len(self._by_sound.get(self._sound.get(char, ""), ())) > 1]
        if not places:
            return text
        at = random.choice(places)
        others = [char for char in self._by_sound[self._sound[text[at]]] if char != text[at]]
        return text[:at] + random.choice(others) + text[at + 1 :]


def mistyped(text: str, random: Random) -> str:
    """The text with a letter lost, doubled or changed about with the next one."""
    if len(text) < 5:
        return text
    at = random.randrange(1, len(text) - 1)
    if text[at] == " " or text[at + 1] == " ":
        return text
    return random.choice(
        (
            text[:at] + text[at + 1 :],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[: at + 1] + text[at:],
        )
    )
