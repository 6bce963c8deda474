"""What became of a visit, told to GNU Health: the state and the time of its appointment."""

from __future__ import annotations

from kiosk.adapters.his.tryton import TrytonClient
from kiosk.domain.appointments import Change
from kiosk.domain.errors import HisRejected
from kiosk.wire import gnuhealth
from kiosk.wire.appointment_change import AppointmentChange
from kiosk.wire.gnuhealth import Places
from kiosk.wire.tryton import Record
from kiosk.wire.visit_record import VisitRecord


class GnuHealthAppointments:
    """The record is written as it was read: somebody who changed it meanwhile makes another try (optimistic lock)."""

    def __init__(self, client: TrytonClient) -> None:
        self._tryton = client

    def tell(self, visit: VisitRecord, change: AppointmentChange, places: Places) -> None:
        """Raises HisUnavailable or HisRejected; what is so already stays."""
        appointment = self._found(visit)
        state, wanted = appointment["state"], gnuhealth.changed_appointment(visit, change.change, places)
        if change.change is Change.CANCELLED and state in ("user_cancelled", "center_cancelled"):
            return
        if change.change is Change.ARRIVED and state in ("checked_in", "done"):
            return
        if state not in ("confirmed", "checked_in"):
            raise HisRejected(f"the appointment is {str(state)[:20]} by now")
        if change.change is Change.MOVED and gnuhealth.books_time_of_his(visit):
            self._leave_free(visit, appointment, places)
        self._tryton.write(gnuhealth.APPOINTMENT, appointment, wanted)

    def _leave_free(self, visit: VisitRecord, appointment: Record, places: Places) -> None:
        """The appointment that the hospital keeps free for the new time goes to the one that is left.

        One that was moved there already is left alone, so it is safe to repeat.
        """
        if places.professional is None:
            return
        domain = gnuhealth.same_time_domain(visit, places.professional)
        there = self._tryton.find(gnuhealth.APPOINTMENT, domain, ("state", "_timestamp"), limit=20)
        others = [one for one in there if one["id"] != appointment["id"]]
        if len(others) < len(there):
            return
        free = next((one for one in others if one["state"] == "free"), None)
        if free is not None:
            self._tryton.write(gnuhealth.APPOINTMENT, free, gnuhealth.time_of(appointment))
        elif others:
            raise HisRejected("the new time is somebody else's; the visit is still booked at the old one")

    def _found(self, visit: VisitRecord) -> Record:
        patients = self._tryton.find(gnuhealth.PATIENT, gnuhealth.patient_domain(visit), ("_timestamp",))
        found: list[Record] = []
        for patient in patients:
            domain = gnuhealth.appointment_domain(visit, patient["id"])
            found += self._tryton.find(gnuhealth.APPOINTMENT, domain, ("state", "_timestamp", *gnuhealth.TIME))
        if len(found) != 1:
            raise HisRejected(f"the appointment is there {'more than once' if found else 'no more'}")
        return found[0]
