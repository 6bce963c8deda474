"""Where things are in the hospital, and how to walk there; nothing in here knows who asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.language import Words

_DURATION = re.compile(r"\d\s*(分钟|min)")


class Wing(StrEnum):
    """Departments that stand together in the list, as on a board in the lobby."""

    INTERNAL = "internal"
    SURGERY = "surgery"
    FAMILY = "family"
    SENSES = "senses"
    INFECTION = "infection"
    OTHER = "other"


_WINGS = {
    Wing.INTERNAL: ("03",),
    Wing.SURGERY: ("04",),
    Wing.FAMILY: ("05", "06", "07", "08", "09"),
    Wing.SENSES: ("10", "11", "12", "13"),
    Wing.INFECTION: ("16", "17"),
}
"""By the chapters of the Chinese catalogue of clinical services."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A place somebody may look for. `way` starts at the kiosk, one step a line; `where` names floor and room.

    `wing` is None for what everybody looks for, such as a toilet; `sensitive` keeps the name out of titles.
    """

    code: str
    name: Words
    icon: str
    where: Words
    way: Words
    wing: Wing | None = None
    sensitive: bool = False


def wing_of(catalogue_code: str) -> Wing:
    """The wing of a department by its code in the catalogue (Department.nhc)."""
    chapter = catalogue_code.split(".", maxsplit=1)[0]
    return next((wing for wing, chapters in _WINGS.items() if chapter in chapters), Wing.OTHER)


def lines(text: Words) -> tuple[Words, ...]:
    """A text line by line; in one piece when its languages do not have the same lines."""
    chinese, english = _filled_lines(text.zh), _filled_lines(text.en)
    if len(chinese) != len(english):
        return (text,)
    return tuple(Words(*pair) for pair in zip(chinese, english, strict=True))


def steps(way: Words) -> tuple[Words, ...]:
    """What to do one after another."""
    return tuple(line for line in lines(way) if not is_duration(line))


def remarks(way: Words) -> tuple[Words, ...]:
    """What is no step: that there are none to climb, and how many minutes it takes."""
    return tuple(line for line in lines(way) if is_duration(line))


def is_duration(line: Words) -> bool:
    return _DURATION.search(line.zh) is not None and _DURATION.search(line.en) is not None


def _filled_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
