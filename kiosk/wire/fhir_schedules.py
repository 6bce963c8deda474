"""Who has free times in which department, from the FHIR R4 resources of a hospital system.

A Schedule is a calendar; its actors say whose (https://hl7.org/fhir/R4/schedule.html). Hospitals put the department on
the Schedule, on a HealthcareService or on a PractitionerRole, so all of them are looked at. Whatever cannot be read is
left out: no directory is perfect, and the other doctors are still there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.domain.booking import Practitioner, Slot
from kiosk.domain.language import Words
from kiosk.wire.fhir import SYSTEM
from kiosk.wire.fhir_keys import Json
from kiosk.wire.site_mapping import LocalCode, SiteMapping

ACTORS = ("PractitionerRole", "Practitioner", "HealthcareService", "Location")
"""What a Schedule belongs to, in the order in which it is read: a role leads to the others."""

_SAYS_WHAT = ("serviceType", "specialty")
_HAN = re.compile(r"[\u3400-\u9fff]")
_REFERENCE = re.compile(r"(?:^|/)([A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})(?:/_history/[A-Za-z0-9.-]{1,64})?$")

Code = tuple[str, str]
"""System and code, or system and value."""


@dataclass(frozen=True, slots=True)
class OurCodes:
    """A hospital's codes back to ours; one of theirs may be several of our departments."""

    departments: Mapping[Code, tuple[str, ...]] = field(default_factory=dict)
    practitioners: Mapping[Code, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, mapping: SiteMapping) -> OurCodes:
        return cls(_back(mapping.departments), _back(mapping.practitioners))

    def departments_of(self, theirs: Iterable[Code]) -> tuple[str, ...]:
        return _ours(self.departments, f"{SYSTEM}/department", theirs)

    def practitioner_of(self, theirs: Iterable[Code]) -> str | None:
        return next(iter(_ours(self.practitioners, f"{SYSTEM}/practitioner", theirs)), None)


Directory = Mapping[str, Mapping[str, Practitioner]]
"""By department, then by reference of the Schedule (`Schedule/12`): whose it is."""


def references(resources: Iterable[Json]) -> tuple[str, ...]:
    """What schedules and roles point to and a Directory is made of, such as `PractitionerRole/5`; each once."""
    found = (reference for resource in resources for reference in _pointed_to(resource))
    return tuple(dict.fromkeys(one for one in found if one.partition("/")[0] in ACTORS))


def read_directory(resources: Sequence[Json], codes: OurCodes) -> Directory:
    """From Schedules and what they point to."""
    known = {f"{one.get('resourceType')}/{one.get('id')}": one for one in resources}
    directory: dict[str, dict[str, Practitioner]] = {}
    for reference, schedule in known.items():
        if schedule.get("resourceType") != "Schedule" or schedule.get("active") is False:
            continue
        calendar = _Calendar.of(schedule, known)
        for department in calendar.departments(codes):
            directory.setdefault(department, {})[reference] = calendar.practitioner(department, codes)
    return directory


def read_slots(resources: Iterable[Json], schedules: Mapping[str, Practitioner], now: datetime) -> tuple[Slot, ...]:
    """The free ones still to come, earliest first, in the zone of `now`; `schedules` as in a Directory."""
    found: dict[str, Slot] = {}
    for one in resources:
        start, end = _moment(one.get("start")), _moment(one.get("end"))
        practitioner = schedules.get(_reference(one.get("schedule")))
        code = f"Slot/{one.get('id')}"
        free = one.get("resourceType") == "Slot" and one.get("status") == "free" and one.get("overbooked") is not True
        if free and practitioner and start and end and now < start < end:
            found[code] = Slot(code, practitioner, start.astimezone(now.tzinfo), end.astimezone(now.tzinfo))
    return tuple(sorted(found.values(), key=lambda slot: slot.start))


@dataclass(frozen=True, slots=True)
class Whose:
    """Department of ours, empty where the hospital has another; what it is called there; the doctor; the room."""

    department: str
    service: Words
    name: Words | None
    room: str


def calendar_of(appointment: Json) -> Json:
    """An Appointment as a calendar: its participants say whose it is as the actors of a Schedule do."""
    actors = [_member(one, "actor") for one in _list(appointment.get("participant"))]
    return {"resourceType": "Schedule", **{name: appointment.get(name) for name in _SAYS_WHAT}, "actor": actors}


def whose(appointment: Json, resources: Sequence[Json], codes: OurCodes) -> Whose:
    """From an Appointment and what references() of its calendar_of() lead to, as far as it could be read."""
    known = {f"{one.get('resourceType')}/{one.get('id')}": one for one in resources}
    calendar = _Calendar.of(calendar_of(appointment), known)
    department = next(iter(calendar.departments(codes)), "")
    services = [name for _, service in calendar.services for name in _names(service)]
    who = calendar.practitioner(department, codes)
    return Whose(
        department,
        _words(services or [text for name in _SAYS_WHAT for text in _texts(appointment, name)]),
        who.name if any(_names(person) for _, person in calendar.people) else None,
        who.room,
    )


@dataclass(frozen=True, slots=True)
class _Calendar:
    """A Schedule with what it points to, directly or through a role."""

    schedule: Json
    roles: Sequence[Json]
    people: Sequence[tuple[str, Json]]
    services: Sequence[tuple[str, Json]]
    places: Sequence[tuple[str, Json]]

    @classmethod
    def of(cls, schedule: Json, known: Mapping[str, Json]) -> _Calendar:
        direct = _pointed_to(schedule)
        roles = [known[one] for one in direct if one.startswith("PractitionerRole/") and one in known]
        reached = dict.fromkeys([*direct, *(one for role in roles for one in _pointed_to(role))])

        def of_kind(kind: str) -> list[tuple[str, Json]]:
            return [(one, known[one]) for one in reached if one.startswith(f"{kind}/") and one in known]

        return cls(schedule, roles, of_kind("Practitioner"), of_kind("HealthcareService"), of_kind("Location"))

    def departments(self, codes: OurCodes) -> tuple[str, ...]:
        """What says it first, says it: the calendar itself, then the service, then the doctor's role."""
        services = [service for _, service in self.services]
        told = (
            _codes(self.schedule, "serviceType", "specialty"),
            [code for one in services for code in _codes(one, "type", "specialty")],
            [code for one in services for code in _identifiers(one)],
            [code for role in self.roles for code in _codes(role, "specialty")],
        )
        return next((ours for theirs in told if (ours := codes.departments_of(theirs))), ())

    def practitioner(self, department: str, codes: OurCodes) -> Practitioner:
        """A calendar of nobody's in person, such as a nurses' clinic, has the name of its service."""
        reference, person = next(iter((*self.people, *self.services)), ("", {}))
        identifiers = [*_identifiers(person), *(code for role in self.roles for code in _identifiers(role))]
        fields = [text for role in self.roles for text in _texts(role, "specialty")]
        return Practitioner(
            code=codes.practitioner_of(identifiers) or reference or f"Schedule/{self.schedule.get('id')}",
            name=_words(_names(person) or _texts(self.schedule, "comment") or [department]),
            title=_words([text for role in self.roles for text in _texts(role, "code")]),
            about=_words(fields or _texts(self.schedule, "specialty")),
            department=department,
            room=next((name for _, place in self.places for name in _texts(place, "name")), ""),
        )


def _back(table: Mapping[str, LocalCode]) -> dict[Code, tuple[str, ...]]:
    back: dict[Code, tuple[str, ...]] = {}
    for ours, local in table.items():
        back[local.system, local.code] = (*back.get((local.system, local.code), ()), ours)
    return back


def _ours(back: Mapping[Code, tuple[str, ...]], own_system: str, theirs: Iterable[Code]) -> tuple[str, ...]:
    found = [
        ours for system, code in theirs for ours in ((code,) if system == own_system else back.get((system, code), ()))
    ]
    return tuple(dict.fromkeys(found))


def _pointed_to(resource: Json) -> list[str]:
    pointing = ("actor", "practitioner", "healthcareService", "location")
    return [found for name in pointing for one in _list(resource.get(name)) if (found := _reference(one))]


def _reference(value: object) -> str:
    """`Slot/12`, also from an absolute address; empty when it is none."""
    text = value.get("reference") if isinstance(value, dict) else None
    found = _REFERENCE.search(text) if isinstance(text, str) else None
    return found[1] if found else ""


def _codes(resource: Json, *fields: str) -> list[Code]:
    concepts = (concept for name in fields for concept in _list(resource.get(name)))
    codings = (coding for concept in concepts for coding in _list(_member(concept, "coding")))
    return [(str(_member(coding, "system")), str(_member(coding, "code"))) for coding in codings]


def _identifiers(resource: Json) -> list[Code]:
    return [(str(_member(one, "system")), str(_member(one, "value"))) for one in _list(resource.get("identifier"))]


def _texts(resource: Json, name: str) -> list[str]:
    """Plain texts of a field: of a string, or text and displays of concepts."""
    found: list[object] = []
    for value in _list(resource.get(name)):
        if isinstance(value, str):
            found.append(value)
        else:
            found += [_member(value, "text"), *(_member(one, "display") for one in _list(_member(value, "coding")))]
    return [text.strip() for text in found if isinstance(text, str) and text.strip()]


def _names(resource: Json) -> list[str]:
    """Names of a person (HumanName) or of a service (string)."""
    return [text for name in _list(resource.get("name")) if (text := name if isinstance(name, str) else _name(name))]


def _name(name: object) -> str:
    text = _member(name, "text")
    if isinstance(text, str) and text.strip():
        return text.strip()
    family, given = _member(name, "family"), [one for one in _list(_member(name, "given")) if isinstance(one, str)]
    parts = [*([family] if isinstance(family, str) else []), *given]
    return "".join(parts) if _HAN.search("".join(parts)) else " ".join([*given, *parts[: len(parts) - len(given)]])


def _words(texts: Sequence[str]) -> Words:
    """The first Chinese and the first other text; one that is missing is replaced by the other."""
    chinese = next((text for text in texts if _HAN.search(text)), "")
    other = next((text for text in texts if not _HAN.search(text)), "")
    return Words(zh=chinese or other, en=other or chinese)


def _moment(value: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None


def _member(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, dict) else None


def _list(value: object) -> Iterator[object]:
    """An element or the elements of a list, so that a field which is sometimes single reads the same."""
    if isinstance(value, list):
        yield from value
    elif value is not None:
        yield value
