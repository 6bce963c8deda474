"""Appointments that only the hospital system has, in a GNU Health: found by a number, checked in, cancelled.

Every change is written on the condition that the record is as it was read (optimistic lock).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime

from kiosk.adapters.his.tryton import TrytonClient
from kiosk.domain.appointments import Appointment, Change
from kiosk.domain.errors import HisRejected, HisUnavailable
from kiosk.domain.scanned import Code, CodeKind
from kiosk.wire import gnuhealth_appointments as wire
from kiosk.wire.gnuhealth import APPOINTMENT, PATIENT, HospitalCodes
from kiosk.wire.tryton import Record, RecordChanged

TRIES = 3
"""Somebody else may write between our reading and our writing; so often is no accident."""


class GnuHealthHisAppointments:
    """services.ports.HisAppointments over the account of one user; one question at a time."""

    def __init__(self, client: TrytonClient, codes: Callable[[], HospitalCodes]) -> None:
        self._tryton = client
        self._codes = codes

    def close(self) -> None:
        self._tryton.close()

    def find(self, code: Code, now: datetime) -> Sequence[Appointment]:
        """As services.ports.HisAppointments."""
        codes = self._codes()
        if code.kind is CodeKind.APPOINTMENT:
            found = self._tryton.find(APPOINTMENT, wire.number_domain(code.text), wire.SHOWN, limit=wire.MOST)
            found = [one for one in found if one["name"] == code.text]
        else:
            found = self._of_record(code.text, now)
        if not wire.is_of_one(found):
            # Two patients under one number: neither may see the other's.
            return ()
        return [one for appointment in found if (one := wire.shown(appointment, codes, now)) is not None]

    def change(self, reference: str, start: datetime, change: Change, number: str = "") -> str:
        """As services.ports.HisAppointments."""
        for _ in range(TRIES):
            now = self._read(reference)
            if wire.start_of(now) != start:
                raise HisRejected("the appointment is at another time by now")
            try:
                wanted = wire.changed(now, change, number)
            except ValueError as error:
                raise HisRejected(str(error)) from error
            if wanted is None:
                return wire.number_of(now)
            with contextlib.suppress(RecordChanged):
                self._tryton.write(APPOINTMENT, now, wanted)
                return wire.number_of(now | wanted)
        raise HisUnavailable("the appointment keeps changing")

    def _of_record(self, number: str, now: datetime) -> list[Record]:
        patients = self._tryton.find(PATIENT, wire.record_domain(number), wire.PATIENT_IN_USE, limit=wire.MOST)
        used = [one["id"] for one in patients if wire.is_in_use(one)]
        if len(used) != 1:
            return []
        found = self._tryton.find(APPOINTMENT, wire.day_domain(used[0], now), wire.SHOWN, limit=wire.MOST)
        return [one for one in found if one["patient"] == used[0]]

    def _read(self, reference: str) -> Record:
        domain = wire.reference_domain(reference)
        if domain is None:
            raise HisRejected("no appointment of the hospital system")
        found = self._tryton.find(APPOINTMENT, domain, wire.STANDING)
        if len(found) != 1:
            raise HisRejected("the appointment is there no more")
        return found[0]
