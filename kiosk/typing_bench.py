"""`kiosk bench typing`: how well and how fast the pinyin keyboard understands complaints whose words are known."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk import paths
from kiosk.adapters.knowledge import load_knowledge
from kiosk.adapters.pinyin import Candidate, KeyboardWords
from kiosk.adapters.spelling import NEIGHBOURS
from kiosk.bench.start import resident_mb
from kiosk.domain.errors import AssetError

RIGHT = 0.85
"""Least share of complaints whose first candidate is the complaint."""
KEY_MS = 20.0
"""Most milliseconds from a key to its candidates, at the 99th of a hundred."""
IN_SIGHT = 5
"""Candidates a patient looks at before typing on."""
SLIPS_EACH = 5
_SEED = 1


@dataclass(frozen=True, slots=True)
class Line:
    """What a patient means, and the letters for it."""

    text: str
    letters: str


@dataclass(frozen=True, slots=True)
class Shares:
    first: float
    in_sight: float

    def __str__(self) -> str:
        return f"first {self.first:.1%}, among {IN_SIGHT} {self.in_sight:.1%}"


Offer = Callable[[str], Sequence[Candidate]]


def read_complaints(path: Path) -> tuple[Line, ...]:
    """Read `sentence TAB syllables` lines (# starts a comment); raises AssetError with the line's number."""
    lines = []
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if row and not row.startswith("#"):
            text, _, sounds = row.partition("\t")
            if not text or not sounds:
                raise AssetError(path.name, f"line {number}", "line", "needs a sentence, a tab and its syllables")
            lines.append(Line(text, sounds.replace(" ", "")))
    return tuple(lines)


def with_a_slip(letters: str, chance: random.Random) -> str:
    """One letter missing, doubled, hit beside its key, or exchanged with the next, anywhere."""
    place = chance.randrange(len(letters) - 1)
    before, letter, after = letters[:place], letters[place], letters[place + 1 :]
    slips = (
        before + after,
        before + letter * 2 + after,
        before + chance.choice(NEIGHBOURS[letter]) + after,
        before + after[0] + letter + after[1:],
    )
    return chance.choice(slips)


def southern(letters: str) -> str:
    """As somebody types who hears no difference: zh z, ch c, sh s, ing in, eng en, ang an."""
    for careful, heard in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an")):
        letters = letters.replace(careful, heard)
    return letters


def shares(lines: Iterable[Line], offer: Offer) -> Shares:
    """How often the whole complaint is offered first, and in sight."""
    places = []
    for line in lines:
        offered = [candidate.text for candidate in offer(line.letters)[:IN_SIGHT]]
        places.append(offered.index(line.text) if line.text in offered else IN_SIGHT)
    return Shares(places.count(0) / len(places), sum(place < IN_SIGHT for place in places) / len(places))


def keys_needed(line: Line, offer: Offer) -> int:
    """Keys and choices of a patient who takes the complaint as soon as it is in sight, else its longest beginning."""
    for typed in range(1, len(line.letters) + 1):
        if any(candidate.text == line.text for candidate in offer(line.letters[:typed])[:IN_SIGHT]):
            return typed + 1
    keys = len(line.letters)
    text, letters = line.text, line.letters
    while letters:
        fitting = [candidate for candidate in offer(letters) if text.startswith(candidate.text)]
        if not fitting:
            return keys + len(letters)
        best = max(fitting, key=lambda candidate: candidate.used)
        keys, text, letters = keys + 1, text[len(best.text) :], letters[best.used :]
    return keys


def times_per_key(lines: Iterable[Line], words: KeyboardWords) -> Iterator[float]:
    """Milliseconds of one core from each key to its candidates, as letters come, then as they are deleted."""
    for line in lines:
        words.forget()
        ends = (*range(1, len(line.letters) + 1), *range(len(line.letters) - 1, 0, -1))
        for end in ends:
            began = time.thread_time()
            words.candidates(line.letters[:end])
            yield (time.thread_time() - began) * 1000


def measure_typing(files: Sequence[Path]) -> int:
    """Print what each file's complaints come to; 1 when a target is missed."""
    knowledge = load_knowledge(paths.assets() / "knowledge")
    memory, began = resident_mb(), time.perf_counter()
    words = KeyboardWords.load(paths.assets() / "keyboard", knowledge)
    gc.freeze()  # as the kiosk does
    _say(f"word lists: {time.perf_counter() - began:.2f} s to load, {resident_mb() - memory:.0f} MB")
    met = True
    for file in files:
        lines = read_complaints(file)
        exact = shares(lines, words.candidates)
        met = met and exact.first >= RIGHT
        _say(f"{file.name}: {len(lines)} complaints: {exact} (>= {RIGHT:.0%} first)")
        chance = random.Random(_SEED)  # noqa: S311 - no secret
        slipped = [Line(line.text, with_a_slip(line.letters, chance)) for line in lines for _ in range(SLIPS_EACH)]
        _say(f"  one slip each: {shares(slipped, words.candidates)}")
        accented = [Line(line.text, southern(line.letters)) for line in lines]
        _say(f"  southern accent: {shares(accented, words.candidates)}")
        characters = sum(len(line.text) for line in lines)
        needed = sum(keys_needed(line, words.candidates) for line in lines)
        letters = sum(len(line.letters) for line in lines)
        _say(f"  keys per character: {needed / characters:.2f} (full pinyin {letters / characters:.2f})")
        times = sorted(times_per_key((*lines, *slipped), words))
        late = times[int(len(times) * 0.99)]
        met = met and late < KEY_MS
        middle = times[len(times) // 2]
        _say(f"  a key: median {middle:.1f} ms, p99 {late:.1f} ms (< {KEY_MS:g}), longest {times[-1]:.0f} ms")
    _say(f"typing: {'met' if met else 'MISSED'}; {resident_mb() - memory:.0f} MB more than before the word lists")
    return 0 if met else 1


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201
