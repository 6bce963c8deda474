"""What became of a visit, told to a FHIR server: its Appointment and Encounter change only if nobody else changed them.

Every change reads the resource as it is now and writes it with If-Match. One that is there already is left alone, so a
change sent again does nothing; one that staff took further is for a person.

The Appointment is written before a time is given back, and the new time is claimed before that: whatever is lost on the
way, a time that a patient has is never free.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kiosk.adapters.his.fhir_booking import give_back, with_slot_claimed
from kiosk.domain.appointments import Change
from kiosk.domain.booking import is_of_his
from kiosk.domain.errors import HisRejected, HisUnavailable
from kiosk.wire import fhir
from kiosk.wire.appointment_change import AppointmentChange
from kiosk.wire.fhir_appointments import reference_of, resources, slots_of
from kiosk.wire.fhir_booking import is_ours, mark_of
from kiosk.wire.fhir_keys import Json

if TYPE_CHECKING:
    from kiosk.adapters.his.fhir import FhirHis

TRIES = 3
"""Somebody else may write between our reading and our writing; so often is no accident."""
_MOST_SLOTS = 20
"""Claimed for one visit; more than one only after trouble."""
_OPEN = frozenset({"proposed", "pending", "booked", "waitlist"})
_HERE = frozenset({"arrived", "checked-in", "fulfilled"})
_GONE = frozenset({"cancelled", "entered-in-error"})
_CHANGE_WITH_TIME = frozenset({"Practitioner", "PractitionerRole", "HealthcareService", "Location"})
_BEGUN = frozenset({"planned", "arrived", "triaged"})


def tell(his: FhirHis, change: AppointmentChange, bundles: tuple[Json, ...]) -> None:
    """Raises HisUnavailable, HisLockedOut or HisRejected, as services.ports.His.deliver."""
    searches = {search.partition("?")[0]: search for search in fhir.conditions(bundles[0]).values()}
    if "Appointment" in searches and change.change is Change.MOVED:
        _move(his, searches["Appointment"], bundles)
    elif "Appointment" in searches:
        before = _update(his, searches["Appointment"], lambda now: _with_status(now, change.change))
        if change.change is Change.CANCELLED:
            was_there = before.get("status") in _GONE
            left = [slot for slot in _slots(before) if not (was_there and _is_used(his, slot))]
            _free(his, mark_of(bundles), left)
    if change.change is Change.CANCELLED:
        _update(his, searches["Encounter"], lambda now: _cancelled_encounter(now, change))


def _move(his: FhirHis, search: str, bundles: tuple[Json, ...]) -> None:
    """A time that the hospital system keeps is claimed, then the Appointment goes there, then what it left is free.

    A move that is refused for good keeps no time for nobody. Where it is not known whether the server took it, both
    times stay taken until it is sent again.
    """
    mark = mark_of(bundles)
    try:
        # No time is kept from others for a visit that staff took further.
        _moved(_read(his, search), _made(bundles))
        bundles, is_taken = with_slot_claimed(his, bundles)
        if is_taken:
            raise HisRejected("Slot: the new time is somebody else's; the visit is still booked at the old one")
        before = _update(his, search, lambda now: _moved(now, _made(bundles)))
    except HisRejected:
        kept = [slot for one in _found(his, search) for slot in _slots(one)]
        _free(his, mark, [slot for slot in _slots(_made(bundles)) if slot not in kept])
        raise
    kept = _slots(_made(bundles))
    left = [slot for slot in _slots(before) if slot not in kept]
    if kept and not left:
        # A try before this one may have moved the Appointment and freed nothing: then only the mark tells what it left.
        left = [slot for slot in _claimed(his, mark) if slot not in kept and not _is_used(his, slot)]
    _free(his, mark, left)


def _made(bundles: tuple[Json, ...]) -> Json:
    """The Appointment as the visit has it."""
    made: Json = next(
        entry["resource"] for entry in bundles[0]["entry"] if entry["resource"]["resourceType"] == "Appointment"
    )
    return made


def _with_status(now: Json, change: Change) -> Json | None:
    """The Appointment as it should be; None when it is so already."""
    status = now.get("status")
    if change is Change.ARRIVED:
        there, allowed = _HERE, _OPEN
    else:
        there, allowed = _GONE, _OPEN | {"arrived"}
    if status in there:
        return None
    _must(status in allowed, "Appointment", status)
    return {**now, "status": change.value}


def _moved(now: Json, made: Json) -> Json | None:
    """The Appointment at the time of the one that the visit has; None when it is there already."""
    status = now.get("status")
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


def _free(his: FhirHis, mark: Json, slots: Iterable[str]) -> None:
    for reference in slots:
        give_back(his, reference, mark)


def _claimed(his: FhirHis, mark: Json) -> list[str]:
    """The times that have the mark of the visit."""
    search = urlencode({"_tag": f"{mark['system']}|{mark['code']}", "_count": _MOST_SLOTS})
    found = resources(his.fetch("GET", f"/Slot?{search}"), "Slot")
    if found is None:
        raise HisUnavailable("a search is answered with something else")
    return [reference for one in found if is_ours(one, mark) and (reference := reference_of(one))]


def _is_used(his: FhirHis, slot: str) -> bool:
    """Whether somebody else may have the time by now: there are servers that never take a mark away."""
    try:
        found = resources(
            his.fetch("GET", f"/Appointment?{urlencode({'slot': slot, '_count': _MOST_SLOTS})}"), "Appointment"
        )
    except HisRejected:
        return True
    return found is None or any(slot in slots_of(one) and one.get("status") not in _GONE for one in found)


def _slots(appointment: Json) -> list[str]:
    """References to times that the hospital system keeps."""
    return [one for one in slots_of(appointment) if is_of_his(one)]


def _update(his: FhirHis, search: str, changed: Callable[[Json], Json | None]) -> Json:
    """The resource as it was before, changed by nobody else in between."""
    for _ in range(TRIES):
        now = _read(his, search)
        wanted = changed(now)
        if wanted is None or his.write(now, wanted):
            return now
    raise HisUnavailable("it is changed by others again and again")


def _read(his: FhirHis, search: str) -> Json:
    """The one resource that a search of ours finds."""
    resource, found = search.partition("?")[0], _found(his, search)
    if len(found) != 1 or not reference_of(found[0]):
        raise HisRejected(f"{resource} is there {'more than once' if found else 'no more'}")
    return found[0]


def _found(his: FhirHis, search: str) -> list[Json]:
    resource, _, condition = search.partition("?")
    name, _, value = condition.partition("=")
    found = resources(his.fetch("GET", f"/{resource}?{urlencode({name: value, '_count': 2})}"), resource)
    if found is None:
        raise HisUnavailable("a search is answered with something else")
    return found
