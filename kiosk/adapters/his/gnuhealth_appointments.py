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
        self._tryton.write(gnuhealth.APPOINTMENT, appointment, wanted)

    def _found(self, visit: VisitRecord) -> Record:
        patients = self._tryton.find(gnuhealth.PATIENT, gnuhealth.patient_domain(visit), ("_timestamp",))
        found: list[Record] = []
        for patient in patients:
            domain = gnuhealth.appointment_domain(visit, patient["id"])
            found += self._tryton.find(gnuhealth.APPOINTMENT, domain, ("state", "_timestamp"))
        if len(found) != 1:
            raise HisRejected(f"the appointment is there {'more than once' if found else 'no more'}")
        return found[0]
