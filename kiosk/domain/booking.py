"""Doctors, free times and numbers (FHIR: Practitioner, Schedule, Slot, Appointment)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.language import Words


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
class Offer:
    """What the booking screen shows for one department: free times earliest first, and the walk-in queue."""

    department: str
    slots: tuple[Slot, ...]
    waiting: int
    wait_minutes: int | None
