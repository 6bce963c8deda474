"""Appointments that a GNU Health has under a number: how to ask for them, and what may be known of the answer.

An appointment's number is its APPT ID, a patient's the PUID or an alternative ID of the type Medical Record. What a
server answers is looked at again, as in wire/fhir_appointments.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from kiosk.domain.appointments import Appointment, AppointmentStatus, Change
from kiosk.domain.language import Words
from kiosk.wire.gnuhealth import APPOINTMENT, SIGNATURE, HospitalCodes, spoken_name
from kiosk.wire.one_line import one_line
from kiosk.wire.tryton import Json, Record, moment, read_moment

MOST = 50
"""Appointments under one number, or of one patient in one day, that are looked at."""
PATIENT_IN_USE = ("party.active", "party.deceased")
STANDING = ("name", "patient", "state", "appointment_date", "comments", "_timestamp")
"""What a change is made from."""
SHOWN = (*STANDING, "healthprof.code", "healthprof.rec_name", "speciality.code", "speciality.rec_name")
_STATUS = {"confirmed": AppointmentStatus.BOOKED, "checked_in": AppointmentStatus.ARRIVED}
"""What else there is, such as a no_show, is for the desk."""
_THERE = {
    Change.ARRIVED: frozenset({"checked_in", "done"}),
    Change.CANCELLED: frozenset({"user_cancelled", "center_cancelled"}),
}
_AFTER = {Change.ARRIVED: frozenset({"confirmed"}), Change.CANCELLED: frozenset(_STATUS)}
_STATE = {Change.ARRIVED: "checked_in", Change.CANCELLED: "user_cancelled"}
_REFERENCE = re.compile(re.escape(APPOINTMENT) + r"/([1-9][0-9]{0,17})")
_NUMBER = re.compile(r"^导诊取号 Daozhen number (\S.{0,19})$", re.MULTILINE)


def record_domain(number: str) -> list[object]:
    """Finds the patients with a medical record number."""
    other = [["code", "=", number], ["alternative_id_type", "=", "medical_record"]]
    return ["OR", ["party.ref", "=", number], ["party.alternative_ids", "where", other]]


def is_in_use(patient: Record) -> bool:
    """A closed record, one that was merged into another, or of somebody who died, is for the desk."""
    party = patient.get("party.")
    # On SQLite the server says 0 and 1.
    return isinstance(party, dict) and bool(party.get("active")) and not party.get("deceased")


def number_domain(number: str) -> list[object]:
    return [["name", "=", number]]


def day_domain(patient: int, now: datetime) -> list[object]:
    """Finds what a patient has on the day of `now` in its zone."""
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return [
        ["patient", "=", patient],
        ["appointment_date", ">=", moment(start)],
        ["appointment_date", "<", moment(start + timedelta(days=1))],
    ]


def reference_domain(reference: str) -> list[object] | None:
    """Finds the one that was shown under this reference; None for what is none."""
    found = _REFERENCE.fullmatch(reference)
    return [["id", "=", int(found[1])]] if found else None


def is_of_one(appointments: Sequence[Record]) -> bool:
    """Whether all of them are of one patient; a single one may leave it open who that is."""
    people = {one["patient"] for one in appointments}
    return len(people) <= 1 and (len(appointments) < 2 or None not in people)


def start_of(appointment: Record) -> datetime | None:
    return read_moment(appointment["appointment_date"])


def shown(appointment: Record, codes: HospitalCodes, now: datetime) -> Appointment | None:
    """What may be shown of one that is of today and open, or that the patient has come for; None of any other."""
    start, state = start_of(appointment), appointment["state"]
    if start is None or not isinstance(state, str) or state not in _STATUS:
        return None
    at = start.astimezone(now.tzinfo)
    if at.date() != now.date():
        return None
    specialty, doctor = _member(appointment, "speciality", "code"), _member(appointment, "healthprof", "rec_name")
    service = one_line(_member(appointment, "speciality", "rec_name"))
    name = one_line(spoken_name(doctor))
    return Appointment(
        reference=f"{APPOINTMENT}/{appointment['id']}",
        ours=False,
        status=_STATUS[state],
        department=codes.department(specialty) if specialty else "",
        department_name=Words(service, service),
        practitioner=Words(name, name) if name else None,
        number=number_of(appointment),
        room="",
        start=at,
    )


def number_of(appointment: Record) -> str:
    """The number that a kiosk gave when the patient checked in; empty without one."""
    comments = appointment["comments"]
    found = _NUMBER.search(comments) if isinstance(comments, str) else None
    return one_line(found[1]) if found else ""


def changed(appointment: Record, change: Change, number: str) -> Json | None:
    """What a change writes; None when it is so already. ValueError for one that is taken no further here.

    `number` stands in the comments, for GNU Health has no field for it. What a kiosk booked has its number there.
    """
    state, comments, values = appointment["state"], str(appointment["comments"] or ""), Json()
    has_number = SIGNATURE in comments or bool(number_of(appointment))
    if change is Change.ARRIVED and number and state in _STATUS and not has_number:
        values["comments"] = "\n".join(filter(None, (comments, f"导诊取号 Daozhen number {number}")))
    if state not in _THERE[change]:
        if state not in _AFTER[change]:
            raise ValueError(f"the appointment is {str(state)[:20]} by now")
        values["state"] = _STATE[change]
    return values or None


def _member(record: Record, field: str, name: str) -> str:
    untrusted = record.get(f"{field}.")
    text = untrusted.get(name) if isinstance(untrusted, dict) else None
    return text if isinstance(text, str) else ""
