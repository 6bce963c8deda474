"""What became of a visit, told to a FHIR server: its Appointment and Encounter change only if nobody else changed them.

Every change reads the resource as it is now and writes it with If-Match. One that is there already is left alone, so a
change sent again does nothing; one that staff took further is for a person.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kiosk.adapters.his.fhir_booking import give_back, with_slot_claimed
from kiosk.adapters.his.http_exchange import Answer
from kiosk.domain.appointments import Change
from kiosk.domain.booking import is_of_his
from kiosk.domain.errors import HisLockedOut, HisRejected, HisUnavailable
from kiosk.wire import fhir
from kiosk.wire.appointment_change import AppointmentChange
from kiosk.wire.fhir_answers import Verdict, judge
from kiosk.wire.fhir_booking import mark_of
from kiosk.wire.fhir_keys import Json

if TYPE_CHECKING:
    from kiosk.adapters.his.fhir import FhirHis

TRIES = 3
"""Somebody else may write between our reading and our writing; so often is no accident."""
_OPEN = frozenset({"proposed", "pending", "booked", "waitlist"})
_HERE = frozenset({"arrived", "checked-in", "fulfilled"})
_GONE = frozenset({"cancelled", "entered-in-error"})
_CHANGE_WITH_TIME = frozenset({"Practitioner", "PractitionerRole", "HealthcareService", "Location"})
_BEGUN = frozenset({"planned", "arrived", "triaged"})


def tell(his: FhirHis, change: AppointmentChange, bundles: tuple[Json, ...]) -> None:
    """Raises HisUnavailable, HisLockedOut or HisRejected, as services.ports.His.deliver.

    A time that the hospital system keeps is claimed before the Appointment goes there, and the one it leaves is free.
    """
    searches = {search.partition("?")[0]: search for search in fhir.conditions(bundles[0]).values()}
    if change.change is Change.MOVED and "Appointment" in searches:
        # No time is kept from others for a visit that staff took further: it would stay busy for nobody.
        _appointment(_read(his, searches["Appointment"]), change.change, _made(bundles))
        bundles, is_taken = with_slot_claimed(his, bundles)
        if is_taken:
            raise HisRejected("Slot: the new time is somebody else's; the visit is still booked at the old one")
    if "Appointment" in searches:
        appointment = lambda now: _appointment(now, change.change, _made(bundles))  # noqa: E731
        _update(
            his, searches["Appointment"], appointment, lambda now, new: _leave_slots(his, now, new, mark_of(bundles))
        )
    if change.change is Change.CANCELLED:
        _update(his, searches["Encounter"], lambda now: _cancelled_encounter(now, change))


def _made(bundles: tuple[Json, ...]) -> Json:
    """The Appointment as the visit has it."""
    made: Json = next(
        entry["resource"] for entry in bundles[0]["entry"] if entry["resource"]["resourceType"] == "Appointment"
    )
    return made


def _appointment(now: Json, change: Change, made: Json) -> Json | None:
    """The resource as it should be; None when nothing is left to do."""
    status = now.get("status")
    match change:
        case Change.ARRIVED:
            if status in _HERE:
                return None
            _must(status in _OPEN, "Appointment", status)
            return {**now, "status": "arrived"}
        case Change.CANCELLED:
            if status in _GONE:
                return None
            _must(status in _OPEN or status == "arrived", "Appointment", status)
            return {**now, "status": "cancelled"}
        case _:
            if (now.get("start"), now.get("slot")) == (made["start"], made["slot"]):
                return None
            _must(status in _OPEN, "Appointment", status)
            moved = {name: made[name] for name in ("start", "end", "slot")}
            # A time that was claimed is booked, even where the first one was never confirmed.
            status = "booked" if made["status"] == "booked" else status
            return {**now, **moved, "status": status, "participant": _people(now, made)}


def _people(now: Json, made: Json) -> list[Json]:
    """The patient as the server knows them, doctor and room as they are after the change."""
    known = [one for one in now.get("participant", []) if "reference" in one.get("actor", {})]
    people = [one for one in known if str(one["actor"]["reference"]).partition("/")[0] not in _CHANGE_WITH_TIME]
    # The patient stands first in what we make.
    return people + made["participant"][1:]


def _cancelled_encounter(now: Json, change: AppointmentChange) -> Json | None:
    status = now.get("status")
    if status in _GONE:
        return None
    _must(status in _BEGUN, "Encounter", status)
    return {**now, "status": "cancelled", "period": {**now.get("period", {}), "end": change.at.isoformat()}}


def _must(allowed: bool, resource: str, status: object) -> None:
    if not allowed:
        raise HisRejected(f"{resource} is {str(status)[:20]} by now")


def _leave_slots(his: FhirHis, now: Json, wanted: Json, mark: Json) -> None:
    kept = set() if wanted["status"] in _GONE else set(_slots(wanted))
    for reference in _slots(now):
        if reference not in kept:
            give_back(his, reference, mark)


def _slots(appointment: Json) -> list[str]:
    """References to times that the hospital system keeps."""
    found = [slot.get("reference") for slot in appointment.get("slot", [])]
    return [reference for reference in found if isinstance(reference, str) and is_of_his(reference)]


def _update(
    his: FhirHis,
    search: str,
    changed: Callable[[Json], Json | None],
    before_writing: Callable[[Json, Json], None] = lambda now, wanted: None,
) -> None:
    for _ in range(TRIES):
        now = _read(his, search)
        wanted = changed(now)
        if wanted is None:
            return
        before_writing(now, wanted)
        version = str(now.get("meta", {}).get("versionId", ""))
        path = f"/{now['resourceType']}/{now['id']}"
        body = json.dumps(wanted, ensure_ascii=False).encode()
        answer = his.ask("PUT", path, body, if_match=f'W/"{version}"' if version else "")
        if answer.status not in (409, 412):
            _check(answer)
            return
    raise HisUnavailable("it is changed by others again and again")


def _read(his: FhirHis, search: str) -> Json:
    """The one resource that a search of ours finds."""
    resource, _, condition = search.partition("?")
    name, _, value = condition.partition("=")
    answer = his.ask("GET", f"/{resource}?{urlencode({name: value, '_count': 2})}")
    _check(answer)
    try:
        document = json.loads(answer.body)
        entries = document.get("entry", [])
        found = [entry["resource"] for entry in entries if entry["resource"]["resourceType"] == resource]
    except (ValueError, RecursionError, AttributeError, KeyError, TypeError) as error:
        raise HisUnavailable("a search is answered with something else") from error
    if document.get("type") != "searchset":
        raise HisUnavailable("a search is answered with something else")
    if len(found) != 1 or not isinstance(found[0].get("id"), str):
        raise HisRejected(f"{resource} is there {'more than once' if found else 'no more'}")
    one: Json = found[0]
    return one


def _check(answer: Answer) -> None:
    problem = judge(answer.status, answer.body)
    if problem is None:
        return
    match problem.verdict:
        case Verdict.REFUSED:
            raise HisRejected(problem.text)
        case Verdict.LOCKED_OUT if answer.status in (401, 403, 407):
            raise HisLockedOut(problem.text)
        case _:
            raise HisUnavailable(problem.text)
