"""What became of a visit, told to a FHIR server: its Appointment and Encounter change only if nobody else changed them.

Every change reads the resource as it is now and writes it with If-Match. One that is there already is left alone, so a
change sent again does nothing; one that staff took further is for a person.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Protocol
from urllib.parse import urlencode

from kiosk.adapters.his.http_exchange import Answer
from kiosk.domain.appointments import Change
from kiosk.domain.errors import HisLockedOut, HisRejected, HisUnavailable
from kiosk.wire import fhir
from kiosk.wire.appointment_change import AppointmentChange
from kiosk.wire.fhir_answers import Verdict, judge
from kiosk.wire.fhir_keys import Json

TRIES = 3
"""Somebody else may write between our reading and our writing; so often is no accident."""
_OPEN = frozenset({"proposed", "pending", "booked", "waitlist"})
_HERE = frozenset({"arrived", "checked-in", "fulfilled"})
_GONE = frozenset({"cancelled", "entered-in-error"})
_BEGUN = frozenset({"planned", "arrived", "triaged"})


class Asking(Protocol):
    def __call__(self, method: str, path: str, body: bytes | None = None, *, if_match: str = "") -> Answer:
        """One exchange (FhirHis.ask)."""


def tell(ask: Asking, change: AppointmentChange, bundles: tuple[Json, ...]) -> None:
    """Raises HisUnavailable, HisLockedOut or HisRejected, as services.ports.His.deliver."""
    searches = {search.partition("?")[0]: search for search in fhir.conditions(bundles[0]).values()}
    made = {entry["resource"]["resourceType"]: entry["resource"] for entry in bundles[0]["entry"]}
    if "Appointment" in searches:
        _update(ask, searches["Appointment"], lambda now: _appointment(now, change.change, made["Appointment"]))
    if change.change is Change.CANCELLED:
        _update(ask, searches["Encounter"], lambda now: _cancelled_encounter(now, change))


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
            return {**now, **{name: made[name] for name in ("start", "end", "slot")}, "participant": _people(now, made)}


def _people(now: Json, made: Json) -> list[Json]:
    """The patient as the server knows them, doctor and room as they are after the change."""
    known = [one for one in now.get("participant", []) if "reference" in one.get("actor", {})]
    return known + [one for one in made["participant"] if "reference" not in one["actor"]]


def _cancelled_encounter(now: Json, change: AppointmentChange) -> Json | None:
    status = now.get("status")
    if status in _GONE:
        return None
    _must(status in _BEGUN, "Encounter", status)
    return {**now, "status": "cancelled", "period": {**now.get("period", {}), "end": change.at.isoformat()}}


def _must(allowed: bool, resource: str, status: object) -> None:
    if not allowed:
        raise HisRejected(f"{resource} is {str(status)[:20]} by now")


def _update(ask: Asking, search: str, changed: Callable[[Json], Json | None]) -> None:
    for _ in range(TRIES):
        now = _read(ask, search)
        wanted = changed(now)
        if wanted is None:
            return
        version = str(now.get("meta", {}).get("versionId", ""))
        path = f"/{now['resourceType']}/{now['id']}"
        body = json.dumps(wanted, ensure_ascii=False).encode()
        answer = ask("PUT", path, body, if_match=f'W/"{version}"' if version else "")
        if answer.status not in (409, 412):
            _check(answer)
            return
    raise HisUnavailable("it is changed by others again and again")


def _read(ask: Asking, search: str) -> Json:
    """The one resource that a search of ours finds."""
    resource, _, condition = search.partition("?")
    name, _, value = condition.partition("=")
    answer = ask("GET", f"/{resource}?{urlencode({name: value, '_count': 2})}")
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
