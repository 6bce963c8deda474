"""Appointments that only the hospital system has, on a FHIR R4 server: found by a number, checked in, cancelled.

Every change reads the resource as it is now and writes it with If-Match. Numbers go in the body of a POST: what stands
in an address stands in the access logs of servers and proxies.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from kiosk.adapters.his.fhir import FhirHis
from kiosk.adapters.his.fhir_booking import give_back
from kiosk.domain.appointments import Appointment, Change
from kiosk.domain.booking import is_of_his
from kiosk.domain.errors import HisLockedOut, HisRejected, HisUnavailable
from kiosk.domain.scanned import Code, CodeKind
from kiosk.wire import fhir_appointments as wire
from kiosk.wire.fhir_keys import Json
from kiosk.wire.fhir_patients import SEARCH_TYPE
from kiosk.wire.fhir_schedules import ACTORS, OurCodes, calendar_of, references

TRIES = 3
"""Somebody else may write between our reading and our writing; so often is no accident."""
_MOST_ACTORS = 40
"""Of a kind in one search: addresses of more than about 2,000 characters are refused by some."""


class FhirHisAppointments:
    """services.ports.HisAppointments over a connection of its own; one question at a time."""

    def __init__(self, his: FhirHis) -> None:
        self._his = his

    def close(self) -> None:
        self._his.close()

    def find(self, code: Code, now: datetime) -> Sequence[Appointment]:
        """As services.ports.HisAppointments."""
        if code.kind is CodeKind.APPOINTMENT:
            found = self._with_number("Appointment", "appointment", code.text)
        else:
            found = self._of_record(self._with_number("Patient", "medical-record", code.text), now)
        if not wire.is_of_one(found):
            # Two patients under one number: neither may see the other's.
            return ()
        open_today = wire.of_today(found, now)
        codes, actors = OurCodes.of(self._his.mapping()), self._actors(open_today)
        return [wire.shown(one, actors, codes, now) for one in open_today]

    def change(self, reference: str, start: datetime, change: Change, number: str = "") -> str:
        """As services.ports.HisAppointments."""
        if not (reference.startswith("Appointment/") and is_of_his(reference)):
            raise HisRejected("no Appointment of the hospital system")
        for _ in range(TRIES):
            now = self._his.read(reference)
            if now is None:
                raise HisRejected("Appointment is there no more")
            if wire.start_of(now) != start:
                raise HisRejected("Appointment is at another time by now")
            try:
                wanted = wire.changed(now, start, change, number)
            except ValueError as error:
                raise HisRejected(str(error)) from error
            if wanted is None or self._his.write(now, wanted):
                if change is Change.CANCELLED:
                    self._give_back(now)
                return wire.number_of(wanted or now, start)
        raise HisUnavailable("the Appointment keeps changing")

    def _give_back(self, appointment: Json) -> None:
        """The times that a kiosk booked for it; those of the hospital's own people are theirs."""
        for slot in wire.slots_of(appointment):
            for mark in wire.marks_of(appointment):
                if is_of_his(slot):
                    give_back(self._his, slot, mark)

    def _of_record(self, patients: Sequence[Json], now: datetime) -> Sequence[Json]:
        used = [reference for one in patients if (reference := wire.patient_in_use(one))]
        if len(used) != 1:
            return ()
        return _answered(wire.of_patient(self._search("Appointment", wire.day_form(used[0], now)), used[0]))

    def _with_number(self, kind: str, name: str, number: str) -> Sequence[Json]:
        """`name` is that of the identifier system in the mapping: the same number may be something else in another."""
        system = self._his.mapping().systems.get(name)
        if system is None:
            raise HisLockedOut(f"his.mapping: systems.{name} is missing")
        form = wire.number_form(system, number)
        if form is None:
            return ()
        return _answered(wire.with_number(self._search(kind, form), kind, system, number))

    def _actors(self, appointments: Sequence[Json]) -> list[Json]:
        """Who and where; what may not be read stays unknown, for the time alone is worth showing."""
        calendars, found = [calendar_of(one) for one in appointments], list[Json]()
        for kind in ACTORS:
            pointed_to = [one.split("/") for one in references([*calendars, *found])]
            wanted = [name for actor, name in pointed_to if actor == kind][:_MOST_ACTORS]
            if not wanted:
                continue
            try:
                search = urlencode({"_id": ",".join(wanted), "_count": len(wanted)})
                page = self._his.fetch("GET", f"/{kind}?{search}")
            except (HisRejected, HisLockedOut):
                continue
            found += wire.resources(page, kind) or ()
        return found

    def _search(self, kind: str, form: bytes) -> object:
        return self._his.fetch("POST", f"/{kind}/_search", form, content=SEARCH_TYPE)


def _answered(found: Sequence[Json] | None) -> Sequence[Json]:
    if found is None:
        raise HisUnavailable("a search is answered with something else")
    return found
