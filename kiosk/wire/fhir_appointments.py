"""Appointments that a FHIR R4 server has under a number: how to ask for them, and what may be known of the answer.

Whoever holds a number is shown where and when. What a server answers is looked at again: one that overlooks a part of
the question would show a patient the appointments of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode

from kiosk.domain.appointments import Appointment, AppointmentStatus, Change
from kiosk.domain.language import Words
from kiosk.wire.fhir import SYSTEM
from kiosk.wire.fhir_keys import Json, clean, instant
from kiosk.wire.fhir_schedules import OurCodes, whose
from kiosk.wire.one_line import one_line

MOST = 50
"""Appointments of one patient in one day that are looked at."""
_LONGEST_NUMBER = 20
_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
_SEPARATORS = frozenset("|,$\\")
"""They would make another question of a number."""
_STATUS = {
    "booked": AppointmentStatus.BOOKED,
    "pending": AppointmentStatus.BOOKED,
    "arrived": AppointmentStatus.ARRIVED,
    "checked-in": AppointmentStatus.ARRIVED,
}
"""What else there is, such as a noshow or a place on a waiting list, is for the desk."""
_THERE = {
    Change.ARRIVED: frozenset({"arrived", "checked-in", "fulfilled"}),
    Change.CANCELLED: frozenset({"cancelled", "entered-in-error"}),
}
_AFTER = {Change.ARRIVED: frozenset({"booked", "pending"}), Change.CANCELLED: frozenset(_STATUS)}


def number_form(system: str, number: str) -> bytes | None:
    """The form of a search by identifier, which goes as POST; None for a number that cannot be asked for."""
    if _SEPARATORS & set(number):
        return None
    return urlencode({"identifier": f"{system}|{number}", "_count": MOST}).encode()


def day_form(patient: str, now: datetime) -> bytes:
    """The form of a search for what a patient (`Patient/12`) has on the day of `now`."""
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    days = [("date", f"ge{instant(start)}"), ("date", f"lt{instant(start + timedelta(days=1))}")]
    return urlencode([("patient", patient), *days, ("_count", str(MOST))]).encode()


def with_number(answer: object, kind: str, system: str, number: str) -> tuple[Json, ...] | None:
    """The resources of a kind that have the number; None when this is no answer to a search."""
    found = resources(answer, kind)
    if found is None:
        return None
    return tuple(one for one in found if (system, number) in _identifiers(one))


def patient_in_use(patient: Json) -> str:
    """`Patient/12`, or empty for a record that was closed or merged into another."""
    links = patient.get("link")
    merged = any(_member(one, "type") == "replaced-by" for one in (links if isinstance(links, list) else ()))
    return "" if patient.get("active") is False or merged else reference_of(patient)


def of_patient(answer: object, patient: str) -> tuple[Json, ...] | None:
    """The appointments of a patient (`Patient/12`); None when this is no answer to a search."""
    found = resources(answer, "Appointment")
    return None if found is None else tuple(one for one in found if patients_of(one) == {patient})


def patients_of(appointment: Json) -> set[str]:
    """Whom it is for."""
    return {one for one in _actors(appointment) if one.startswith("Patient/")}


def is_of_one(appointments: Sequence[Json]) -> bool:
    """Whether all of them are of one patient; a single one may leave it open who that is."""
    people = [patients_of(one) for one in appointments]
    return len(set().union(*people)) <= 1 and (len(people) < 2 or all(people))


def reference_of(resource: Json) -> str:
    """`Appointment/12`; empty where the id is none."""
    name = resource.get("id")
    known = isinstance(name, str) and _ID.fullmatch(name)
    return f"{resource.get('resourceType')}/{name}" if known else ""


def of_today(appointments: Iterable[Json], now: datetime) -> tuple[Json, ...]:
    """Those of the day of `now` in its zone that are open or that the patient has come for."""
    return tuple(
        one
        for one in appointments
        if _status(one) in _STATUS
        and reference_of(one)
        and (start := start_of(one)) is not None
        and start.astimezone(now.tzinfo).date() == now.date()
    )


def start_of(appointment: Json) -> datetime | None:
    text = appointment.get("start")
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
        # A year before the first or after the last has no other zone.
        return at if at is not None and at.tzinfo is not None and 1970 < at.year < 9000 else None
    except ValueError:
        return None


def shown(appointment: Json, actors: Sequence[Json], codes: OurCodes, now: datetime) -> Appointment:
    """What may be shown of one that of_today() gave; `actors` are what its participants point to."""
    start = start_of(appointment)
    assert start is not None  # noqa: S101 - of_today() has looked
    who = whose(appointment, actors, codes)
    doctor = who.name or _words(_displays(appointment, ("Practitioner", "PractitionerRole")))
    place = who.room or next(iter(_displays(appointment, ("Location",))), "")
    return Appointment(
        reference=reference_of(appointment),
        ours=False,
        status=_STATUS[_status(appointment)],
        department=who.department,
        department_name=_plain(who.service),
        practitioner=_plain(doctor) if doctor is not None else None,
        number=number_of(appointment, start.astimezone(now.tzinfo)),
        room=one_line(place),
        start=start.astimezone(now.tzinfo),
    )


def changed(appointment: Json, start: datetime, change: Change, number: str) -> Json | None:
    """The resource as it should be; None when it is so already. ValueError for one that is taken no further here.

    What a kiosk booked has a visit, and that has its number.
    """
    status, wanted = _status(appointment), dict(appointment)
    has_number = bool(marks_of(appointment) or number_of(appointment, start))
    if change is Change.ARRIVED and number and status in _STATUS and not has_number:
        told = {"use": "secondary", "system": _number_system(start), "value": clean(number)}
        identifiers = appointment.get("identifier")
        wanted["identifier"] = [*(identifiers if isinstance(identifiers, list) else ()), told]
    if status not in _THERE[change]:
        if status not in _AFTER[change]:
            raise ValueError(f"Appointment is {status[:20]} by now")
        wanted["status"] = change.value
    return wanted if wanted != appointment else None


def number_of(appointment: Json, start: datetime) -> str:
    """The number that a kiosk gave when the patient checked in; empty without one."""
    found = [value for system, value in sorted(_identifiers(appointment)) if system == _number_system(start)]
    return one_line(found[0])[:_LONGEST_NUMBER] if found else ""


def _number_system(start: datetime) -> str:
    """That of the numbers of visits: they begin again every day."""
    return f"{SYSTEM}/number/{start.date().isoformat()}"


def slots_of(appointment: Json) -> tuple[str, ...]:
    """References of its times."""
    slots = appointment.get("slot")
    found = (_member(one, "reference") for one in (slots if isinstance(slots, list) else ()))
    return tuple(one for one in found if isinstance(one, str))


def marks_of(appointment: Json) -> tuple[Json, ...]:
    """The keys of kiosks that it has, as tags: a Slot with one of them was booked by a kiosk for it."""
    meta = appointment.get("meta")
    tags = meta.get("tag") if isinstance(meta, Mapping) else None
    ours = [one for one in (tags if isinstance(tags, list) else ()) if _member(one, "system") == f"{SYSTEM}/key"]
    return tuple({"system": one["system"], "code": one["code"]} for one in ours if isinstance(one.get("code"), str))


def _status(appointment: Json) -> str:
    status = appointment.get("status")
    return status if isinstance(status, str) else ""


def resources(answer: object, kind: str) -> list[Json] | None:
    """Those of a kind that a search found; None when this is no answer to one."""
    if not isinstance(answer, dict) or answer.get("type") != "searchset":
        return None
    entries = answer.get("entry", [])
    found = [_member(entry, "resource") for entry in (entries if isinstance(entries, list) else ())]
    return [one for one in found if isinstance(one, dict) and one.get("resourceType") == kind]


def _identifiers(resource: Json) -> set[tuple[str, str]]:
    found = resource.get("identifier")
    pairs = ((_member(one, "system"), _member(one, "value")) for one in (found if isinstance(found, list) else ()))
    return {(system, value) for system, value in pairs if isinstance(system, str) and isinstance(value, str)}


def _participants(appointment: Json) -> Iterator[object]:
    found = appointment.get("participant")
    for one in found if isinstance(found, list) else ():
        yield _member(one, "actor")


def _actors(appointment: Json) -> Iterator[str]:
    for actor in _participants(appointment):
        text = _member(actor, "reference")
        if isinstance(text, str):
            # An absolute address, or one of a version, is the same record.
            yield "/".join(text.partition("/_history/")[0].split("/")[-2:])


def _displays(appointment: Json, kinds: Sequence[str]) -> list[str]:
    found = []
    for actor in _participants(appointment):
        reference, display = _member(actor, "reference"), _member(actor, "display")
        kind = reference.split("/")[-2:][0] if isinstance(reference, str) else _member(actor, "type")
        if kind in kinds and isinstance(display, str) and display.strip():
            found.append(display)
    return found


def _words(texts: Sequence[str]) -> Words | None:
    return Words(texts[0], texts[0]) if texts else None


def _plain(words: Words) -> Words:
    return Words(one_line(words.zh), one_line(words.en))


def _member(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, dict) else None
