"""Reads a hospital file (rooms, ways, doctors, opening hours) and makes bookable times from it, without any HIS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from math import ceil
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from kiosk.adapters.knowledge_files import LOADER
from kiosk.domain.booking import Practitioner, Slot
from kiosk.domain.doors import OpenDoors
from kiosk.domain.errors import AssetError
from kiosk.domain.knowledge import Department
from kiosk.domain.language import Words
from kiosk.domain.wayfinding import Destination, wing_of

NOTICE = timedelta(minutes=5)
"""A time is only offered when the patient can still walk there."""

_LOOK_AHEAD_DAYS = 7
_AFTERNOON = time(12)


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """One stretch of a week; `days` are ISO weekdays (1 is Monday), times are the hospital's wall clock."""

    days: frozenset[int]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class DepartmentPlace:
    """Where it is; `way` starts at the kiosk, one step a line, without stairs; `way_back` ends in the lobby.

    An empty `opening` is open at all hours, holidays too.
    """

    room: str
    floor: int
    where: Words
    way: Words
    way_back: Words
    opening: tuple[OpeningHours, ...]


@dataclass(frozen=True, slots=True)
class Hospital:
    """A hospital's places and people by code; on `holidays` only departments open at all hours work.

    `places` are what everybody looks for besides departments; a hospital file may have none.
    """

    name: Words
    departments: Mapping[str, DepartmentPlace]
    practitioners: tuple[Practitioner, ...]
    slot_length: timedelta
    holidays: frozenset[date] = frozenset()
    places: tuple[Destination, ...] = ()
    soon: timedelta = timedelta(0)
    """A clinic that opens within this time is worth waiting for when nothing is urgent."""
    rota_weeks: int = 0
    """After so many weeks the turns of the doctors repeat; 0 is everybody at all opening hours."""

    def practitioners_of(self, department: str) -> tuple[Practitioner, ...]:
        return tuple(person for person in self.practitioners if person.department == department)

    def on_duty(self, department: str, hours: OpeningHours, day: date) -> tuple[Practitioner, ...]:
        """Who sees patients then: the first of the department and about half of the others, by turns."""
        first, *others = self.practitioners_of(department) or (None,)
        if first is None or not self.rota_weeks or not others:
            return self.practitioners_of(department)
        # An odd step, so that nobody has all the mornings.
        turn = day.toordinal() % (7 * self.rota_weeks) * 3 + (hours.opens >= _AFTERNOON)
        places, there = max(len(others), 2), ceil(len(others) / 2)
        return (first, *(one for place, one in enumerate(others) if (place + turn) % places < there))

    def as_known(self, practitioner: Practitioner) -> Practitioner:
        """Somebody whom the hospital system named, as this file describes them; at least with the department's room."""
        described = next((one for one in self.practitioners if one.code == practitioner.code), None)
        if described is not None:
            return replace(described, department=practitioner.department)
        place = self.departments.get(practitioner.department)
        return practitioner if practitioner.room or place is None else replace(practitioner, room=place.room)

    def hours_on(self, department: str, day: date) -> tuple[OpeningHours, ...]:
        """When it opens and closes on one day, in order; none on holidays."""
        if day in self.holidays:
            return ()
        return tuple(hours for hours in self.departments[department].opening if day.isoweekday() in hours.days)


def destinations(hospital: Hospital, departments: Mapping[str, Department]) -> tuple[Destination, ...]:
    """What can be looked for: the places, and every department with a room here; emergency stands with the places."""
    rooms = tuple(
        Destination(
            code=code,
            name=departments[code].name,
            icon=departments[code].icon,
            where=place.where,
            way=place.way,
            wing=None if departments[code].emergency else wing_of(departments[code].nhc),
            sensitive=departments[code].sensitive,
        )
        for code, place in hospital.departments.items()
        if code in departments
    )
    return (*hospital.places, *rooms)


def doors_at(hospital: Hospital, now: datetime) -> OpenDoors:
    """What the hospital has and what is open at `now`, a moment on its wall clock, for domain/routing.py."""
    closed = {code for code, place in hospital.departments.items() if place.opening and not _works(hospital, code, now)}
    opening = {code: at for code in closed if (at := _next_opening(hospital, code, now)) is not None}
    there = frozenset(hospital.departments)
    soon = frozenset(code for code, at in opening.items() if at - now <= hospital.soon)
    return OpenDoors(there, there - closed, MappingProxyType(opening), now.date(), soon)


def _works(hospital: Hospital, department: str, now: datetime) -> bool:
    clock = now.time()
    return any(hours.opens <= clock < hours.closes for hours in hospital.hours_on(department, now.date()))


def _next_opening(hospital: Hospital, department: str, now: datetime) -> datetime | None:
    for offset in range(_LOOK_AHEAD_DAYS + 1):
        day = now.date() + timedelta(days=offset)
        for hours in hospital.hours_on(department, day):
            opens = datetime.combine(day, hours.opens, now.tzinfo)
            if opens > now:
                return opens
    return None


class DemoSchedules:
    """Implements `services.ports.Schedules` from a hospital's opening hours; the same `now` gives the same slots."""

    def __init__(self, hospital: Hospital) -> None:
        self._hospital = hospital

    def slots(self, department: str, now: datetime) -> Sequence[Slot]:
        """Slots of today, or of the next opening when none is left today; none for walk-in departments.

        Starts and ends are in the zone of `now`; a naive `now` is a ValueError.
        """
        if now.tzinfo is None:
            raise ValueError("now needs a zone")
        if department not in self._hospital.departments:
            return ()
        for offset in range(_LOOK_AHEAD_DAYS + 1):
            found = tuple(self._slots_on(department, now.date() + timedelta(days=offset), now))
            if found:
                return found
        return ()

    def _slots_on(self, department: str, day: date, now: datetime) -> Iterator[Slot]:
        for hours in self._hospital.hours_on(department, day):
            practitioners = self._hospital.on_duty(department, hours, day)
            for start, end in self._times(hours, day, now):
                if start >= now + NOTICE:
                    for practitioner in practitioners:
                        yield Slot(f"{practitioner.code}-{start.isoformat()}", practitioner, start, end)

    def _times(self, hours: OpeningHours, day: date, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        start = datetime.combine(day, hours.opens, now.tzinfo)
        closes = datetime.combine(day, hours.closes, now.tzinfo)
        while start + self._hospital.slot_length <= closes:
            yield start, start + self._hospital.slot_length
            start += self._hospital.slot_length


def load_hospital(path: Path) -> Hospital:
    """Raises AssetError naming the entry and field that is wrong."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise AssetError(path.name, "-", "-", f"cannot be read: {type(error).__name__}") from error
    top = _Entry(path.name, "hospital", content)
    usual = _opening(top, "opening")
    departments = _departments(top, usual)
    return Hospital(
        name=top.words("name"),
        departments=MappingProxyType(departments),
        practitioners=_practitioners(top, departments),
        slot_length=timedelta(minutes=top.whole_number("slot_minutes", 5, 120)),
        holidays=top.dates("holidays"),
        places=_places(top, departments) if top.has("places") else (),
        soon=timedelta(minutes=top.whole_number("soon_minutes", 0, 720) if top.has("soon_minutes") else 0),
        rota_weeks=top.whole_number("rota_weeks", 0, 8) if top.has("rota_weeks") else 0,
    )


def _places(top: _Entry, departments: Mapping[str, DepartmentPlace]) -> tuple[Destination, ...]:
    found: dict[str, Destination] = {}
    for entry in top.entries("places"):
        code = entry.text("code")
        if code in found or code in departments:
            raise entry.wrong("code", "appears twice")
        found[code] = Destination(
            code, entry.words("name"), entry.text("icon"), entry.words("where"), entry.words("way")
        )
    return tuple(found.values())


def _departments(top: _Entry, usual: tuple[OpeningHours, ...]) -> dict[str, DepartmentPlace]:
    places: dict[str, DepartmentPlace] = {}
    for entry in top.entries("departments"):
        code = entry.text("code")
        if code in places:
            raise entry.wrong("code", "appears twice")
        places[code] = DepartmentPlace(
            room=entry.text("room"),
            floor=entry.whole_number("floor", -9, 99),
            where=entry.words("where"),
            way=entry.words("way"),
            way_back=entry.words("way_back"),
            opening=_opening(entry, "opening") if entry.has("opening") else usual,
        )
    return places


def _practitioners(top: _Entry, departments: Mapping[str, DepartmentPlace]) -> tuple[Practitioner, ...]:
    people: dict[str, Practitioner] = {}
    for entry in top.entries("practitioners"):
        code, department = entry.text("code"), entry.text("department")
        if code in people:
            raise entry.wrong("code", "appears twice")
        if department not in departments:
            raise entry.wrong("department", f"{department} has no place")
        people[code] = Practitioner(
            code=code,
            name=entry.words("name"),
            title=entry.words("title"),
            about=entry.words("about"),
            department=department,
            room=entry.text("room"),
        )
    return tuple(people.values())


def _opening(entry: _Entry, field: str) -> tuple[OpeningHours, ...]:
    """Stretches in the order of the day; they may not overlap, so that slots stay in order."""
    stretches = [
        OpeningHours(part.weekdays("days"), part.clock_time("from"), part.clock_time("to"))
        for part in entry.entries(field)
    ]
    stretches.sort(key=lambda hours: hours.opens)
    for hours in stretches:
        if hours.closes <= hours.opens:
            raise entry.wrong(field, "closes before it opens")
    for day in range(1, 8):
        on_day = [hours for hours in stretches if day in hours.days]
        if any(later.opens < earlier.closes for earlier, later in pairwise(on_day)):
            raise entry.wrong(field, f"overlaps on weekday {day}")
    return tuple(stretches)


class _Entry:
    """A mapping of the file that is checked while it is read."""

    def __init__(self, file: str, name: str, content: object) -> None:
        self._file = file
        self._name = name
        if not isinstance(content, dict):
            raise self.wrong("-", "must be a mapping")
        self._content: dict[Any, Any] = content

    def wrong(self, field: str, problem: str) -> AssetError:
        return AssetError(self._file, self._name, field, problem)

    def has(self, field: str) -> bool:
        return field in self._content

    def text(self, field: str) -> str:
        value = self._content.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(field, "must be a text")
        return value.strip()

    def whole_number(self, field: str, low: int, high: int) -> int:
        value = self._content.get(field)
        if type(value) is not int or not low <= value <= high:
            raise self.wrong(field, f"must be a whole number from {low} to {high}")
        return value

    def words(self, field: str) -> Words:
        both = _Entry(self._file, f"{self._name}: {field}", self._content.get(field))
        return Words(zh=both.text("zh"), en=both.text("en"))

    def entries(self, field: str) -> list[_Entry]:
        value = self._content.get(field)
        if not isinstance(value, list):
            raise self.wrong(field, "must be a list")
        return [_Entry(self._file, _entry_name(field, index, part), part) for index, part in enumerate(value)]

    def weekdays(self, field: str) -> frozenset[int]:
        value = self._content.get(field)
        if not isinstance(value, list) or not value or any(type(d) is not int or not 1 <= d <= 7 for d in value):
            raise self.wrong(field, "must be weekdays from 1 (Monday) to 7")
        return frozenset(value)

    def dates(self, field: str) -> frozenset[date]:
        """No days when the field is not there."""
        value = self._content.get(field, [])
        if not isinstance(value, list):
            raise self.wrong(field, "must be a list")
        try:
            return frozenset(date.fromisoformat(day) for day in value)
        except (TypeError, ValueError) as error:
            raise self.wrong(field, "must be dates such as 2027-01-01, in quotes") from error

    def clock_time(self, field: str) -> time:
        try:
            return time.fromisoformat(self.text(field))
        except ValueError as error:
            raise self.wrong(field, "must be a time such as 08:00, in quotes") from error


def _entry_name(field: str, index: int, part: object) -> str:
    code = part.get("code") if isinstance(part, dict) else None
    return str(code) if code else f"{field} {index + 1}"
