"""Make locales/zh-*/words.txt: the Chinese words of everything on screen, so that no line ends inside one.

python packaging/line_words.py [--check]

The words are those of assets/keyboard/general.txt (frequencies of jieba's dictionary) and this kiosk's own. Traditional
texts are cut as their simplified ones. `packaging/strings.py --update` runs it too; `--check` fails when the lists are
old.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "packaging"))

import polib  # noqa: E402
from opencc import OpenCC  # noqa: E402
from strings import content_texts  # noqa: E402

from kiosk.knowledge_review.content import load_content  # noqa: E402
from kiosk.ui.line_breaks import HAN, cut  # noqa: E402

HEAD = "# Made by packaging/line_words.py: a word and its cost, -10 ln(probability).\n"
OWN_COST = 105
"""As usual as an everyday word."""
LONGEST = 5
"""Longer names may break between their parts."""


def general() -> dict[str, int]:
    costs: dict[str, int] = {}
    for line in (ROOT / "assets" / "keyboard" / "general.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        parts = line.split("\t")[1].split(" ")
        for word, cost in zip(parts[::2], parts[1::2], strict=True):
            costs[word] = min(int(cost), costs.get(word, int(cost)))
    return costs | {word: OWN_COST for word in own() if len(word) <= LONGEST}


def own() -> Iterator[str]:
    """What departments, complaints and places of the body are called, and packaging/line_words.txt."""
    base = load_content(ROOT / "assets").base
    for entries in (base.departments.values(), base.complaints, base.body.kinds.values(), base.body.places.values()):
        yield from (entry.name.zh for entry in entries if HAN.fullmatch(entry.name.zh))
    lines = (ROOT / "packaging" / "line_words.txt").read_text(encoding="utf-8").splitlines()
    yield from (line for line in lines if not line.startswith("#"))


def shown(tag: str) -> Iterator[str]:
    """Every Chinese text of the screen in this script."""
    folder = ROOT / "locales" / tag / "LC_MESSAGES"
    for file in sorted(folder.glob("*.po")):
        yield from (entry.msgstr for entry in polib.pofile(str(file)))
    if tag == "zh-Hans":
        yield from (zh for zh, _ in content_texts(is_understood=True))


def words_of(tag: str, costs: dict[str, int]) -> dict[str, int]:
    """The words that the texts are cut into, with their costs."""
    simplified = OpenCC("t2s").convert if tag == "zh-Hant" else str
    found: dict[str, int] = {}
    for text in shown(tag):
        for run in HAN.findall(text):
            plain, place = simplified(run), 0
            for word in cut(plain if len(plain) == len(run) else run, costs):
                found.setdefault(run[place : place + len(word)], costs.get(word, 150))
                place += len(word)
    return found


def write(*, check: bool = False) -> int:
    """1 when `check` finds a list that is old."""
    costs, stale = general(), []
    for tag in ("zh-Hans", "zh-Hant"):
        found = words_of(tag, costs)
        text = HEAD + "".join(f"{word} {cost}\n" for word, cost in sorted(found.items()))
        file = ROOT / "locales" / tag / "words.txt"
        if not check:
            file.write_text(text, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != text:
            stale.append(tag)
        print(f"{file.relative_to(ROOT)}: {len(found)} words")
    if stale:
        print(f"run packaging/line_words.py: words.txt of {', '.join(stale)} is old")
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(write(check="--check" in sys.argv))
