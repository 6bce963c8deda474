"""Appointments of the hospital system at the kiosk: the one to show for a number, and when it may be changed."""

from __future__ import annotations

from datetime import datetime

from kiosk import logs
from kiosk.domain.appointments import (
    Appointment,
    AppointmentError,
    AppointmentProblem,
    Change,
    CheckInRules,
    opens_at,
    to_be_shown,
)
from kiosk.domain.errors import HisRejected, HisUnavailable
from kiosk.domain.scanned import Code, CodeKind
from kiosk.services.ports import Clock, HisAppointments

facts = logs.get(__name__)

_ASKED_FOR = (CodeKind.APPOINTMENT, CodeKind.RECORD)
_CHANGES = (Change.ARRIVED, Change.CANCELLED)


class HospitalAppointments:
    """`clock` has the hospital's zone: it says what today is.

    All raises AppointmentError. After HIS_DOWN a change may have been made all the same; it can be repeated.
    """

    def __init__(self, books: HisAppointments, clock: Clock, rules: CheckInRules) -> None:
        self._books = books
        self._clock = clock
        self._rules = rules

    def close(self) -> None:
        self._books.close()

    def find(self, code: Code) -> Appointment:
        """What the patient with this number comes for; never more than one, and never of another day."""
        if code.kind not in _ASKED_FOR:
            raise AppointmentError(AppointmentProblem.NOT_FOUND)
        now = self._clock.now()
        try:
            shown = to_be_shown(self._books.find(code, now), now, self._rules)
        except (HisUnavailable, HisRejected) as error:
            facts.warning("appointment_unsure", kind=type(error).__name__)
            raise AppointmentError(AppointmentProblem.HIS_DOWN) from error
        if shown is None:
            raise AppointmentError(AppointmentProblem.NOT_FOUND)
        return shown

    def change(self, reference: str, start: datetime, change: Change, number: str = "") -> str:
        """Check in, as long as it is the moment for it, or cancel; as services.ports.HisAppointments."""
        now = self._clock.now()
        is_now = opens_at(start, self._rules) <= now <= start + self._rules.late
        if change not in _CHANGES or (change is Change.ARRIVED and not is_now):
            raise AppointmentError(AppointmentProblem.NOT_NOW)
        try:
            number = self._books.change(reference, start, change, number)
        except HisRejected as error:
            facts.warning("appointment_refused", kind=type(error).__name__)
            raise AppointmentError(AppointmentProblem.NOT_NOW) from error
        except HisUnavailable as error:
            facts.warning("appointment_unsure", kind=type(error).__name__)
            raise AppointmentError(AppointmentProblem.HIS_DOWN) from error
        facts.info("appointment_changed", kind=change)
        return number
