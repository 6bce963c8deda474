"""A hospital's clinics in a FHIR server, as its own people would have entered them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from kiosk.domain.booking import Practitioner
from kiosk.wire.fhir_keys import instant
from tests.peer_fixtures import FhirPeer

Json = dict[str, Any]
CANARY = "王小燕"
"""The name of a patient, which no kiosk shows."""
STAFF = "https://his.example/identifier/staff-number"
DEPARTMENTS = "https://his.example/codes/department"
MAPPING = f"""
[departments]
orthopaedics = {{ code = "0405", display = "骨科门诊" }}
pain = "0405"
dermatology = "1301"
[practitioners]
zhou_lan = "D1024"
[code_systems]
departments = "{DEPARTMENTS}"
practitioners = "{STAFF}"
"""
"""Pain is a part of orthopaedics here, so that one of its codes is two of ours."""
APPOINTMENTS = "https://his.example/identifier/appointment"
RECORDS = "https://his.example/identifier/patient"
WITH_NUMBERS = f'{MAPPING}[systems]\nappointment = "{APPOINTMENTS}"\nmedical-record = "{RECORDS}"\n'
"""The same with the hospital's own numbers of appointments and records."""


class Clinics:
    """Makes calendars and their times; everything is found by the references that come back."""

    def __init__(self, peer: FhirPeer) -> None:
        self.peer = peer

    def service(self, code: str, name: str) -> str:
        coding = {"system": DEPARTMENTS, "code": code}
        return self.peer.create(
            {"resourceType": "HealthcareService", "active": True, "name": name, "type": [{"coding": [coding]}]}
        )

    def calendar(self, who: Practitioner, staff_number: str, service: str) -> str:
        """A Schedule of a doctor's role in a service, with a room."""
        names = [_name(who.name.zh), {"text": who.name.en}]
        person = {"resourceType": "Practitioner", "identifier": [_staff(staff_number)], "name": names}
        room = self.peer.create({"resourceType": "Location", "name": who.room})
        role = {
            "resourceType": "PractitionerRole",
            "practitioner": {"reference": self.peer.create(person)},
            "healthcareService": [{"reference": service}],
            "location": [{"reference": room}],
            "code": [{"text": who.title.zh}, {"text": who.title.en}],
            "specialty": [{"text": who.about.zh}, {"text": who.about.en}],
        }
        return self.schedule(self.peer.create(role))

    def schedule(self, *actors: str, **fields: Any) -> str:
        pointed = [{"reference": actor} for actor in actors]
        return self.peer.create({"resourceType": "Schedule", "active": True, "actor": pointed} | fields)

    def times(self, schedule: str, starts: Iterable[datetime], minutes: int = 10, **fields: Any) -> Sequence[str]:
        return [self.peer.create(_slot(schedule, at, minutes) | fields) for at in starts]

    def patient(self, record: str, **fields: Any) -> str:
        """Somebody with a record number."""
        numbers = [{"system": RECORDS, "value": record}]
        return self.peer.create({"resourceType": "Patient", "identifier": numbers, "name": [{"text": CANARY}]} | fields)

    def appointment(self, patient: str, at: datetime, *actors: Any, number: str = "AP1", **fields: Any) -> str:
        """As the counter makes it; `actors` besides the patient are references or whole actors."""
        others = [one if isinstance(one, dict) else {"reference": one} for one in actors]
        participants = [{"actor": one, "status": "accepted"} for one in ({"reference": patient}, *others)]
        made = {
            "resourceType": "Appointment",
            "identifier": [{"system": APPOINTMENTS, "value": number}],
            "status": "booked",
            "start": instant(at),
            "end": instant(at + timedelta(minutes=10)),
            "participant": participants,
        }
        return self.peer.create(made | fields)


def every(minutes: int, start: datetime, count: int) -> list[datetime]:
    return [start + timedelta(minutes=minutes * number) for number in range(count)]


def _slot(schedule: str, at: datetime, minutes: int) -> Json:
    end = at + timedelta(minutes=minutes)
    return {
        "resourceType": "Slot",
        "schedule": {"reference": schedule},
        "status": "free",
        "start": instant(at),
        "end": instant(end),
    }


def _name(text: str) -> Json:
    return {"family": text[:1], "given": [text[1:]]}


def _staff(number: str) -> Json:
    return {"system": STAFF, "value": number}
