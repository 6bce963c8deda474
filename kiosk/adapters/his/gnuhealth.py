"""A hospital that works with GNU Health: person, appointment, nurse's note and attachment of every visit.

GNU Health creates whatever it is asked to, as often as it is asked. So every record is looked for before it is created
and again afterwards, a visit sent again goes on where it stopped, and only one is sent at a time.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from kiosk.adapters.his.changes import change_in
from kiosk.adapters.his.gnuhealth_account import check_account
from kiosk.adapters.his.gnuhealth_appointments import GnuHealthAppointments
from kiosk.adapters.his.gnuhealth_check import examine
from kiosk.adapters.his.previews import gnuhealth_shown
from kiosk.adapters.his.tryton import Domain, TrytonClient
from kiosk.domain.booking import Slot
from kiosk.domain.errors import HisRejected, HisUnavailable, SlotTaken
from kiosk.domain.self_test import Check, Preview, Verdict
from kiosk.wire import fhir, gnuhealth
from kiosk.wire.gnuhealth import HospitalCodes, Places
from kiosk.wire.tryton import Record, RecordChanged
from kiosk.wire.visit_reading import read_visit
from kiosk.wire.visit_record import VisitRecord

_TIME_TAKEN = "gnuhealth.appointment: the booked time is somebody else's; the visit has another one that says so"
_MOST_TIMES = 2000
_TRIES = 4
_CANNOT_BE_SENT = "the visit has a time or a text that cannot be sent"


class GnuHealthHis:
    """services.ports.His over the account of one user. `codes` is asked before each visit."""

    def __init__(self, client: TrytonClient, codes: Callable[[], HospitalCodes] = HospitalCodes) -> None:
        self._tryton = client
        self._codes = codes
        self._one_at_a_time = threading.Lock()
        self._ids: dict[tuple[str, str], int] = {}

    def close(self) -> None:
        self._tryton.close()

    def check(self) -> None:
        """HisLockedOut for an account that could not do all of it: visits wait until that is put right."""
        self._codes()
        with self._one_at_a_time:
            self._check_account()

    def deliver(self, key: str, payload: bytes) -> None:
        change, codes = change_in(payload), self._codes()
        visit = _read(payload if change is None else fhir.encode(change.visit))
        with self._one_at_a_time:
            try:
                if change is None:
                    self._deliver(visit, codes)
                else:
                    GnuHealthAppointments(self._tryton).tell(visit, change, self._places(visit, codes))
            except HisRejected:
                # The account's fault is not the visit's.
                self._check_account()
                raise
            except (ValueError, OverflowError) as error:
                raise HisRejected(_CANNOT_BE_SENT) from error

    def book(self, key: str, payload: bytes) -> None:
        """As services.ports.Bookings: the appointment that the hospital keeps free becomes this visit's."""
        visit, codes = _read(payload), self._codes()
        if visit.slot is None:
            raise HisRejected("the visit books no time")
        with self._one_at_a_time:
            try:
                self._reserve(visit, codes, self._places(visit, codes))
            except (ValueError, OverflowError) as error:
                raise HisRejected(_CANNOT_BE_SENT) from error

    def slots(self, department: str, now: datetime, until: datetime) -> Sequence[Slot]:
        """Free times of a department between two moments, earliest first."""
        codes = self._codes()
        wanted = gnuhealth.free_times_domain(codes.specialty(department), now, until)
        with self._one_at_a_time:
            found = self._tryton.find(gnuhealth.APPOINTMENT, wanted, gnuhealth.FREE_TIME, limit=_MOST_TIMES)
        return gnuhealth.read_free_times(found, department, codes, now)

    def examine(self, payload: bytes) -> Iterator[Check]:
        """As services.ports.HisTools."""
        try:
            visit, codes = _read(payload), self._codes()
        except (HisUnavailable, HisRejected) as error:
            yield Check("mapping", Verdict.FAIL, str(error), "correct the line that is named")
            return
        with self._one_at_a_time:
            yield from examine(self._tryton, codes, visit)

    def preview(self, payload: bytes) -> Preview:
        """As services.ports.HisTools."""
        try:
            return gnuhealth_shown(_read(payload), self._codes())
        except (ValueError, OverflowError) as error:
            raise HisRejected(_CANNOT_BE_SENT) from error

    def _deliver(self, visit: VisitRecord, codes: HospitalCodes) -> None:
        patient, new = self._patient(visit)
        # A patient who was not there before has no other record of this visit either.
        is_taken = False

        def book() -> None:
            nonlocal is_taken
            is_taken = self._book(visit, codes, patient["id"])

        appointment, _ = self._once(
            gnuhealth.APPOINTMENT,
            gnuhealth.appointment_domain(visit, patient["id"]),
            book,
            may_exist=not new,
        )
        if not new and gnuhealth.books_time_of_his(visit):
            self._name(visit)
        # Where staff went further meanwhile, the visit is not taken back.
        if appointment["state"] == "confirmed":
            self._tryton.write(gnuhealth.APPOINTMENT, appointment, gnuhealth.checked_in(visit))
        self._once(
            gnuhealth.NURSE_NOTE,
            gnuhealth.nurse_note_domain(visit, patient["id"]),
            lambda: self._tryton.create(gnuhealth.NURSE_NOTE, gnuhealth.nurse_note(visit, patient["id"])),
            may_exist=not new,
        )
        self._once(
            gnuhealth.ATTACHMENT,
            gnuhealth.attachment_domain(visit, appointment["id"]),
            lambda: self._tryton.create(gnuhealth.ATTACHMENT, gnuhealth.attachment(visit, appointment["id"])),
            may_exist=not new,
        )
        if is_taken and gnuhealth.books_time_of_his(visit):
            raise HisRejected(_TIME_TAKEN)

    def _patient(self, visit: VisitRecord) -> tuple[Record, bool]:
        """The patient whom the hospital knew before, or one of this visit's own; and whether that is a new one."""
        known_by = gnuhealth.known_patient_domain(visit)
        known = self._tryton.find(gnuhealth.PATIENT, known_by, ("_timestamp",)) if known_by else []
        if len(known) == 1:
            return known[0], False
        return self._once(
            gnuhealth.PATIENT,
            gnuhealth.patient_domain(visit),
            lambda: self._tryton.create(gnuhealth.PERSON, gnuhealth.person(visit)),
        )

    def _once(
        self, model: str, domain: Domain, create: Callable[[], None], *, may_exist: bool = True
    ) -> tuple[Record, bool]:
        """The one record of this visit in a model, and whether it had to be created."""
        fields = ("state", "_timestamp") if model == gnuhealth.APPOINTMENT else ("_timestamp",)
        found = self._tryton.find(model, domain, fields) if may_exist else []
        created, refusal = False, None
        if not found:
            try:
                create()
                created = True
            except HisRejected as error:
                # What is unique may just have been created by an earlier call that took its time.
                refusal = error
            found = self._tryton.find(model, domain, fields)
        if not found:
            raise refusal or HisUnavailable(f"{model} is not found after it was created")
        if len(found) > 1:
            raise HisRejected(f"{model} is there more than once")
        return found[0], created

    def _reserve(self, visit: VisitRecord, codes: HospitalCodes, places: Places) -> None:
        """Raises SlotTaken. A person is made only for who gets the time, unless the race is lost in the last moment."""
        for _ in range(_TRIES):
            others = self._same_time(visit, places)
            free = next((one for one in others if one["state"] == "free"), None)
            ours = [["comments", "ilike", f"%{gnuhealth.key(visit)}%"]]
            if free is None and not self._tryton.find(gnuhealth.APPOINTMENT, ours, ("state",)):
                raise SlotTaken(visit.slot.code if visit.slot else "")
            if free is None:
                return
            patient, _ = self._once(
                gnuhealth.PATIENT,
                gnuhealth.patient_domain(visit),
                lambda: self._tryton.create(gnuhealth.PERSON, gnuhealth.person(visit)),
            )
            values = gnuhealth.appointment(visit, codes, patient["id"], places, time_taken=False)
            # Nobody protects a key of ours here, but whoever writes to a changed record is refused.
            with contextlib.suppress(RecordChanged):
                self._tryton.write(gnuhealth.APPOINTMENT, free, values)
        raise HisUnavailable("the appointment keeps changing")

    def _name(self, visit: VisitRecord) -> None:
        """The number that was given after the time was booked; the note has it too, where the user may not rename."""
        found = self._tryton.find(gnuhealth.PERSON, gnuhealth.without_number_domain(visit), ("_timestamp",))
        with contextlib.suppress(HisRejected):
            for person in found:
                self._tryton.write(gnuhealth.PERSON, person, {"name": gnuhealth.person_name(visit)})

    def _same_time(self, visit: VisitRecord, places: Places) -> list[Record]:
        """Appointments with this doctor at the booked time; none for a walk-in or a doctor that is not known."""
        if visit.slot is None or places.professional is None:
            return []
        same_time = gnuhealth.same_time_domain(visit, places.professional)
        return self._tryton.find(gnuhealth.APPOINTMENT, same_time, ("state", "_timestamp"), limit=20)

    def _book(self, visit: VisitRecord, codes: HospitalCodes, patient: int) -> bool:
        """Take the free appointment of the booked time where the hospital made one, else create one.

        Whether somebody else has the time.
        """
        places = self._places(visit, codes)
        others = self._same_time(visit, places)
        free = next((one for one in others if one["state"] == "free"), None)
        taken = bool(others) and free is None
        values = gnuhealth.appointment(visit, codes, patient, places, time_taken=taken)
        if free is None:
            self._tryton.create(gnuhealth.APPOINTMENT, values)
        else:
            self._tryton.write(gnuhealth.APPOINTMENT, free, values)
        return taken

    def _places(self, visit: VisitRecord, codes: HospitalCodes) -> Places:
        doctor = visit.practitioner
        return Places(
            specialty=self._id_of(gnuhealth.SPECIALTY, codes.specialty(visit.department.code)),
            professional=self._id_of(gnuhealth.PROFESSIONAL, codes.professional(doctor.code)) if doctor else None,
            institution=self._id_of(gnuhealth.INSTITUTION, codes.institution) if codes.institution else None,
        )

    def _id_of(self, model: str, code: str) -> int | None:
        if (model, code) not in self._ids:
            found = self._tryton.find(model, [["code", "=", code]], ["code"], limit=1)
            if not found:
                return None
            self._ids[model, code] = found[0]["id"]
        return self._ids[model, code]

    def _check_account(self) -> None:
        self._ids.clear()
        check_account(self._tryton)


def _read(payload: bytes) -> VisitRecord:
    try:
        return read_visit(fhir.decode(payload))
    except ValueError as error:
        raise HisRejected(f"the payload is no visit: {error}") from error
