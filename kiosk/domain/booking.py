"""Doctors, free times and numbers (FHIR: Practitioner, Schedule, Slot, Appointment)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.domain.language import Words

FIT_WORTH = timedelta(minutes=60)
"""How much later a doctor whose field fits entirely may be free and still stand first."""

_REFERENCE = re.compile(r"[A-Za-z.]+/[A-Za-z0-9.-]{1,64}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[a-z]{3,}")
_SAYS_NOTHING_ZH = frozenset("的和与及或有不痛疼病症炎性慢急长期常见人孩子老年")
_SAYS_NOTHING_EN = frozenset(("and", "the", "with", "for", "pain", "disease", "long", "lasting", "common", "children"))


@dataclass(frozen=True, slots=True)
class Practitioner:
    code: str
    name: Words
    title: Words
    about: Words
    department: str
    room: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that can be booked; `start` and `end` carry a zone offset."""

    code: str
    practitioner: Practitioner
    start: datetime
    end: datetime
    free: bool = True


@dataclass(frozen=True, slots=True)
class ScheduleCopy:
    """What the hospital system said at `read_at` about the free times of one department."""

    department: str
    slots: tuple[Slot, ...]
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """What the booking screen shows for one department: free times earliest first, and the walk-in queue.

    `as_of` is when the hospital system said so, where that was a while ago; None for times that are sure or our own.
    """

    department: str
    slots: tuple[Slot, ...]
    waiting: int
    wait_minutes: int | None
    as_of: datetime | None = None


class BookingOutcome(StrEnum):
    """What the hospital system said to a booking; UNSURE is no answer in time, and the outbox books it later."""

    BOOKED = "booked"
    TAKEN = "taken"
    UNSURE = "unsure"


def is_of_his(code: str) -> bool:
    """Whether a slot's or practitioner's code is the hospital system's own reference, such as `Slot/12`."""
    return _REFERENCE.fullmatch(code) is not None


def first_day(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """The slots of the first day that has any, earliest first: the screen shows the times of one day."""
    in_order = sorted(slots, key=lambda slot: slot.start)
    return tuple(slot for slot in in_order if slot.start.date() == in_order[0].start.date())


def practitioners_in_order(slots: Iterable[Slot], complaints: Sequence[Words]) -> tuple[str, ...]:
    """Codes of those with a free time, best first: soon free, and in their field what the patient has.

    `complaints` are names of findings. Without any it is the order of the first free times.
    """
    first_free: dict[str, Slot] = {}
    for slot in sorted((slot for slot in slots if slot.free), key=lambda slot: slot.start):
        first_free.setdefault(slot.practitioner.code, slot)
    return tuple(
        sorted(
            first_free,
            key=lambda code: (
                first_free[code].start - FIT_WORTH * fit(first_free[code].practitioner.about, complaints),
                first_free[code].start,
            ),
        )
    )


def fit(about: Words, complaints: Sequence[Words]) -> float:
    """0..1: how much of the complaints a doctor's field speaks of, in the language that shows more."""
    if not complaints:
        return 0.0
    zh = sum(_shared_characters(about.zh, complaint.zh) for complaint in complaints)
    en = sum(_shared_words(about.en, complaint.en) for complaint in complaints)
    return max(zh, en) / len(complaints)


def _shared_characters(about: str, complaint: str) -> float:
    """Chinese names of body parts and troubles are short, so that single characters carry them."""
    wanted = set(_HAN.findall(complaint)) - _SAYS_NOTHING_ZH
    return len(wanted & set(_HAN.findall(about))) / len(wanted) if wanted else 0.0


def _shared_words(about: str, complaint: str) -> float:
    wanted = set(_LATIN.findall(complaint.lower())) - _SAYS_NOTHING_EN
    known = set(_LATIN.findall(about.lower())) - _SAYS_NOTHING_EN
    found = {word for word in wanted if any(word.startswith(other) or other.startswith(word) for other in known)}
    return len(found) / len(wanted) if wanted else 0.0
