"""Names of people taken apart, for systems that keep family and given name in two fields."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HAN = (0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)
_DOTS = "·•・"
_DOUBLE_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空令狐",
    )
)


def names(name: str) -> list[tuple[str, str, str]]:
    """A name in one or two scripts, "周岚 Zhou Lan": representation (table 0465), family and given name of each.

    Chinese names begin with the family name, of two characters for the 32 double surnames in use. Of Latin names the
    order is not known: where a comma stands, the family name is before it; a name after a Chinese one begins with the
    family name as that does; in any other the last word is taken for the family name. A Chinese name with a dot in it
    is of a people without family names, and stays whole.
    """
    words = name.split()
    han = "".join(word for word in words if _is_han(word))
    latin = [word for word in words if not _is_han(word)]
    found = []
    if han:
        length = 2 if han[:2] in _DOUBLE_SURNAMES and len(han) > 2 else 1
        length = len(han) if any(dot in han for dot in _DOTS) else length
        found.append(("I", han[:length], han[length:]))
    if latin:
        found.append(("A", *_latin(latin, family_first=bool(han))))
    return found


def _latin(words: Sequence[str], *, family_first: bool) -> tuple[str, str]:
    before, comma, after = " ".join(words).partition(",")
    if comma:
        return before.strip(), after.strip()
    return (words[0], " ".join(words[1:])) if family_first else (words[-1], " ".join(words[:-1]))


def _is_han(word: str) -> bool:
    return any(low <= ord(character) <= high for character in word for low, high in _HAN)
