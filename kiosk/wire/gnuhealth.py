"""A visit as GNU Health keeps it (health and health_nursing 5.0): the fields of each record, from a VisitRecord.

Nothing in GNU Health is created on a condition, so every record carries the visit's key where it can be searched. The
person's has it in the PUID, which the database keeps unique.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType

from kiosk.domain.appointments import Change
from kiosk.domain.booking import Practitioner, Slot, is_of_his
from kiosk.domain.encounter import NO_NUMBER
from kiosk.domain.knowledge import Level
from kiosk.domain.language import Words
from kiosk.domain.patient import DocumentKind, Patient, Sex
from kiosk.wire.fhir_visit import ADD_NAME
from kiosk.wire.person_names import names
from kiosk.wire.tryton import Json, Record, binary, day, moment, read_moment
from kiosk.wire.visit_record import PatientRecord, VisitRecord

PERSON = "party.party"
PATIENT = "gnuhealth.patient"
APPOINTMENT = "gnuhealth.appointment"
NURSE_NOTE = "gnuhealth.patient.ambulatory_care"
ATTACHMENT = "ir.attachment"
SPECIALTY = "gnuhealth.specialty"
PROFESSIONAL = "gnuhealth.healthprofessional"
INSTITUTION = "gnuhealth.institution"

URGENCIES = MappingProxyType({"a": "normal", "b": "urgent", "c": "medical emergency"})
"""gnuhealth.appointment.urgency."""

SIGNATURE = "导诊 Daozhen"
"""How the line begins by which the records of a kiosk's visits are found."""
_HAN = re.compile("[\u3400-\u9fff]")
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]")
_URGENCY = MappingProxyType({Level.I: "c", Level.II: "c", Level.III: "b", Level.IV: "a"})
_GENDER = {Sex.FEMALE: "f", Sex.MALE: "m", None: "u"}
_DRAFT = "导诊机起草，未签 Drafted by the kiosk, not signed"
_NO_NAME = "未登记姓名"
_USUAL_LENGTH = timedelta(minutes=15)
_PLEASE_CHECK = "可能已有档案，请核对身份 There may be a record already: please check who this is"
_DOCUMENT_KINDS = MappingProxyType({DocumentKind.RESIDENT_ID: "country_id", DocumentKind.PASSPORT: "passport"})
"""gnuhealth.person_alternative_identification.alternative_id_type; the others have no type there."""
_TIME_TAKEN = "这个时间已有别的预约，请与病人另约 This time has another appointment: please agree on a new one"

_SPECIALTIES = MappingProxyType(
    {
        "emergency": "EMERGENCY",
        "general_practice": "GP",
        "paediatrics": "PEDIATRICS",
        "rehabilitation": "PHYSICALREHAB",
        "geriatrics": "GERIATRICS",
        "infectious": "INFECTIOUS",
        "fever_clinic": "INFECTIOUS",
        "enteric_clinic": "INFECTIOUS",
        "hepatology": "HEPATO",
        "orthopaedics": "ORTHOSURG",
        "hand_surgery": "ORTHOSURG",
        "pain": "PAIN",
        "rheumatology": "RHEUMATO",
        "general_surgery": "GENERALSURG",
        "breast_surgery": "GENERALSURG",
        "thyroid_surgery": "GENERALSURG",
        "vascular_surgery": "VASCULARSURG",
        "anorectal": "PROCTO",
        "urology": "UROLOGY",
        "andrology": "ANDROLOGY",
        "cardiology": "CARDIO",
        "cardiac_surgery": "CARDIOSURG",
        "thoracic_surgery": "THORACICSURG",
        "respiratory": "PULMO",
        "tuberculosis": "PULMO",
        "gastroenterology": "GASTRO",
        "neurology": "NEURO",
        "neurosurgery": "NEUROSURG",
        "endocrinology": "ENDOCRINO",
        "nephrology": "NEPHRO",
        "haematology": "HEMATO",
        "gynaecology": "GYN",
        "obstetrics": "OBS",
        "womens_health": "PRIMARY-WOMAN",
        "ophthalmology": "OPHTALMO",
        "ent": "ENT",
        "stomatology": "STOMATO",
        "dermatology": "DS",
        "allergy": "IMMUNO",
        "psychiatry": "PSYCHIATRY",
        "psychology": "PSYCHO",
        "oncology": "ONCO",
        "plastic_surgery": "PLASTICSURG",
        "neonatology": "NEONATO",
        "paediatric_surgery": "PEDIATRICSURG",
        "child_health": "PRIMARY-CHILD",
        "preventive_care": "PRIMARYCARE",
        "nutrition": "NUTRITION",
        "traditional_chinese_medicine": "ALTERNATIVE",
        "acupuncture_tuina": "ALTERNATIVE",
    }
)
"""Departments of assets/knowledge/departments.yaml to the codes that GNU Health comes with, the usual one of several
that have the same code first."""


@dataclass(frozen=True, slots=True)
class HospitalCodes:
    """What a hospital calls things, by our codes: departments as specialties, levels as urgencies, practitioners as
    License IDs. `institution` is a code; empty is the one of the kiosk's user.

    What is not there keeps our code; what the hospital does not know is left out and stands in the comments.
    """

    departments: Mapping[str, str] = field(default_factory=lambda: _SPECIALTIES)
    levels: Mapping[Level, str] = field(default_factory=lambda: _URGENCY)
    practitioners: Mapping[str, str] = field(default_factory=dict)
    institution: str = ""

    def specialty(self, department: str) -> str:
        return self.departments.get(department, department)

    def department(self, specialty: str) -> str:
        """Ours of a specialty, the first where several have it; its own code where none has."""
        return next((ours for ours, theirs in self.departments.items() if theirs == specialty), specialty)

    def professional(self, practitioner: str) -> str:
        return self.practitioners.get(practitioner, practitioner)


@dataclass(frozen=True, slots=True)
class Places:
    """The hospital's ids of what a visit points to; None where it knows none."""

    specialty: int | None = None
    professional: int | None = None
    institution: int | None = None


def key(visit: VisitRecord) -> str:
    """What every record of this visit is found by: nothing in it has a meaning in a search pattern."""
    return _UNSAFE.sub("-", visit.visit_id)


def puid(visit: VisitRecord) -> str:
    """The person's PUID. GNU Health begins that of an unidentified person with NN."""
    return key(visit) if visit.patient.verified else f"NN-{key(visit)}"


def patient_domain(visit: VisitRecord) -> list[object]:
    """Finds the patient also after staff gave the person another PUID."""
    return ["OR", ["party.ref", "=", puid(visit)], ["party.alternative_ids.code", "=", key(visit)]]


def known_patient_domain(visit: VisitRecord) -> list[object]:
    """Finds the patient whom the hospital knew before this visit; empty where nobody was found."""
    who = visit.patient
    if who.record.isdecimal():
        return [["id", "=", int(who.record)]]
    if who.earlier_visit:
        earlier = _UNSAFE.sub("-", who.earlier_visit).removeprefix(_UNSAFE.sub("-", f"{visit.kiosk}-"))
        return ["OR", ["party.ref", "=", f"NN-{earlier}"], ["party.alternative_ids.code", "=", earlier]]
    return []


def search_domain(patient: Patient) -> list[object]:
    """Finds patients by the number of a document or, without one, by phone and birth date."""
    if patient.document is not None:
        number = patient.document.number
        return ["OR", ["party.ref", "=", number], ["party.alternative_ids.code", "=", number]]
    assert patient.birth_date is not None  # noqa: S101 - domain/patient_match.is_identified() has looked
    phone = ["party.contact_mechanisms.value", "=", patient.phone]
    compact = ["party.contact_mechanisms.value_compact", "=", patient.phone]
    return [["party.dob", "=", day(patient.birth_date)], ["OR", phone, compact]]


PERSON_FIELDS = ("party.name", "party.lastname", "party.gender", "party.dob", "party.ref")
"""What a found patient is compared by."""


def told(record: Record) -> Patient:
    """What a record found with PERSON_FIELDS says of somebody, as far as it can be compared."""
    untrusted_party = record.get("party.")
    party: Json = untrusted_party if isinstance(untrusted_party, dict) else {}
    names = [party.get("lastname"), party.get("name")]
    return Patient(
        sex=next((sex for sex, code in _GENDER.items() if sex and code == party.get("gender")), None),
        birth_date=_day_of(party.get("dob")),
        name="".join(name for name in names if isinstance(name, str)) or None,
    )


def record_number(record: Record) -> str:
    """The PUID, which is what staff see of a patient."""
    untrusted_party = record.get("party.")
    ref = untrusted_party.get("ref") if isinstance(untrusted_party, dict) else None
    return ref if isinstance(ref, str) and len(ref) <= 64 and ref.isprintable() else ""


def person(visit: VisitRecord) -> Json:
    """party.party, which makes the patient along with it.

    A person of its own for every visit, as in wire/fhir_resources.patient: only staff put two visits together, and the
    second alternative id tells them which could be one person.
    """
    who = visit.patient
    others = [_other_id("Daozhen visit", key(visit)), _document(who)]
    if who.insurance:
        others.append(_other_id("insurance reference", who.insurance))
    values: Json = {
        **_name(visit),
        "is_person": True,
        "is_patient": True,
        "create_target": True,
        "unidentified": not who.verified and who.document is None,
        "gender": _GENDER[who.sex],
        "ref": puid(visit),
        # The server reads it without looking whether it is there.
        "fed_country": None,
        "alternative_identification": True,
        "alternative_ids": [["create", others]],
    }
    if who.language.startswith("zh"):
        values["name_representation"] = "cjk"
    if who.phone:
        # A "mobile" that the server's phone library cannot read would have the whole person refused.
        phone = {"type": "other", "value": who.phone, "comment": "手机 Mobile phone"}
        values["contact_mechanisms"] = [["create", [phone]]]
    return values | _birth(visit)


def person_name(visit: VisitRecord) -> str:
    """What staff look for until they know better: the number that is called."""
    return f"{_NO_NAME} {visit.number}"


def without_number_domain(visit: VisitRecord) -> list[object]:
    """The person as it was made to book a time, before the visit had a number."""
    return [["ref", "=", puid(visit)], ["name", "=", f"{_NO_NAME} {NO_NUMBER}"]]


def appointment_domain(visit: VisitRecord, patient: int) -> list[object]:
    return [["patient", "=", patient], ["comments", "ilike", f"%{key(visit)}%"]]


def same_time_domain(visit: VisitRecord, professional: int) -> list[object]:
    """Appointments that have the booked time, or are free for it."""
    assert visit.slot is not None  # noqa: S101 - asked for booked visits only
    return [
        ["healthprof", "=", professional],
        ["appointment_date", "=", moment(visit.slot.start)],
        ["state", "in", ["free", "confirmed", "checked_in", "done"]],
    ]


TIME = ("appointment_date", "healthprof")
"""What of an appointment is its time and whose."""


def time_of(record: Record) -> Json:
    """What gives another appointment the time of this one, which was read with TIME."""
    return {field: record[field] for field in TIME}


def appointment(visit: VisitRecord, mapping: HospitalCodes, patient: int, places: Places, *, time_taken: bool) -> Json:
    """gnuhealth.appointment; `time_taken` tells staff that somebody else has the booked time."""
    at = visit.arrived_at if visit.slot is None else visit.slot.start
    values = {
        "patient": patient,
        "state": "confirmed",
        "appointment_date": moment(at),
        "appointment_type": "outpatient",
        "visit_type": "new",
        "urgency": "c" if visit.emergency else mapping.levels[visit.level],
        # Left out, these become the kiosk's own user and her specialty.
        "healthprof": places.professional,
        "speciality": places.specialty,
        "comments": _comments(visit, time_taken=time_taken),
    }
    return values if places.institution is None else {**values, "institution": places.institution}


def checked_in(visit: VisitRecord) -> Json:
    """What changes in a confirmed appointment when the patient is there.

    One that was booked before the visit had its number gets it now.
    """
    came = {"state": "checked_in", "checked_in_date": moment(visit.arrived_at)}
    return {**came, "comments": _comments(visit, time_taken=False)} if books_time_of_his(visit) else came


def books_time_of_his(visit: VisitRecord) -> bool:
    return visit.slot is not None and is_of_his(visit.slot.code)


def free_times_domain(specialty: str, now: datetime, until: datetime) -> list[object]:
    """The appointments of a specialty that the hospital made for somebody to take."""
    return [
        ["state", "=", "free"],
        ["speciality.code", "=", specialty],
        ["appointment_date", ">", moment(now)],
        ["appointment_date", "<", moment(until)],
    ]


FREE_TIME = ("appointment_date", "healthprof.code", "healthprof.rec_name")
"""What is read of them; when they end is a field of a module that not every hospital has."""


def read_free_times(
    records: Iterable[Record], department: str, codes: HospitalCodes, now: datetime
) -> tuple[Slot, ...]:
    """Free appointments as slots, earliest first, in the zone of `now`; those of nobody are left out."""
    ours = {theirs: mine for mine, theirs in codes.practitioners.items()}
    found = []
    for record in records:
        start, doctor = read_moment(record["appointment_date"]), record.get("healthprof.")
        if start is None or not isinstance(doctor, dict) or not doctor.get("code"):
            continue
        name = spoken_name(str(doctor.get("rec_name") or doctor["code"]))
        license_id = str(doctor["code"])
        who = Practitioner(
            ours.get(license_id, license_id), Words(name, name), Words("", ""), Words("", ""), department, ""
        )
        at = start.astimezone(now.tzinfo)
        found.append(Slot(f"{APPOINTMENT}/{record['id']}", who, at, at + _USUAL_LENGTH))
    return tuple(sorted(found, key=lambda slot: slot.start))


def changed_appointment(visit: VisitRecord, change: Change, places: Places) -> Json:
    """What a change writes; `visit` is as it is after it. A time taken in place of another keeps who is there already.

    GNU Health's kiosk visits are checked in when they are made, so that arriving changes nothing in most of them.
    """
    if change is Change.CANCELLED:
        return {"state": "user_cancelled"}
    if change is Change.ARRIVED or visit.slot is None:
        return {"state": "checked_in"}
    # With a state in it the server would give the appointment another code.
    moved: Json = {"appointment_date": moment(visit.slot.start)}
    return moved if places.professional is None else {**moved, "healthprof": places.professional}


def nurse_note_domain(visit: VisitRecord, patient: int) -> list[object]:
    return [["patient", "=", patient], ["session_notes", "ilike", f"%{key(visit)}%"]]


def nurse_note(visit: VisitRecord, patient: int) -> Json:
    """gnuhealth.patient.ambulatory_care, in progress until a nurse ends it.

    The fields for vital signs stay empty: they are for what staff measured, and a patient's numbers stand in the note.
    """
    return {
        "patient": patient,
        "session_start": moment(visit.arrived_at),
        "session_notes": _note(visit),
        "warning": visit.emergency or visit.staff_check or bool(visit.red_flags),
    }


def attachment_domain(visit: VisitRecord, appointment: int) -> list[object]:
    return [["resource", "=", f"{APPOINTMENT},{appointment}"], ["name", "=", _file_name(visit)]]


def attachment(visit: VisitRecord, appointment: int) -> Json:
    """ir.attachment: the note as it arrived, whatever becomes of the nurse's copy."""
    return {
        "name": _file_name(visit),
        "type": "data",
        "resource": f"{APPOINTMENT},{appointment}",
        "data": binary(_note(visit).encode()),
    }


def _other_id(kind: str, code: str) -> Json:
    return {"alternative_id_type": "other", "other_alternative_id_type": kind, "code": code}


def _document(who: PatientRecord) -> Json:
    """By the document's number, or else by what tells that two visits could be one person's."""
    if who.document is None:
        return _other_id("Daozhen person", who.identifier)
    own_kind = _DOCUMENT_KINDS.get(who.document.kind)
    if own_kind is None:
        return _other_id(who.document.kind.value.replace("_", " "), who.document.number)
    return {"alternative_id_type": own_kind, "code": who.document.number}


def _name(visit: VisitRecord) -> Json:
    parts = names(visit.patient.name)
    if not parts:
        return {"name": person_name(visit)}
    _, family, given = parts[0]
    return {"name": given, "lastname": family} if given else {"name": family}


def _day_of(untrusted: object) -> date | None:
    if not isinstance(untrusted, dict):
        return None
    try:
        return date(untrusted["year"], untrusted["month"], untrusted["day"])
    except (KeyError, TypeError, ValueError):
        return None


def _birth(visit: VisitRecord) -> Json:
    """Date of birth, estimated where only the age is known."""
    who, today = visit.patient, visit.arrived_at.date()
    if who.birth_date is not None:
        return {"dob": day(who.birth_date)}
    if who.age_days is not None:
        return {"dob": day(today - timedelta(days=who.age_days))}
    if who.age is not None:
        return {"dob": day(date(today.year - who.age, today.month, min(today.day, 28))), "est_dob": True}
    return {}


def spoken_name(rec_name: str) -> str:
    """`周, 岚` and `Smith, John` as people say them."""
    family, _, given = rec_name.partition(", ")
    return f"{family}{given}" if _HAN.search(rec_name) else f"{given} {family}".strip()


def _comments(visit: VisitRecord, *, time_taken: bool) -> str:
    doctor = visit.practitioner
    lines = [
        f"{visit.number} {visit.department.name} {visit.level.name}",
        f"{doctor.name} {doctor.room}".strip() if doctor else "",
        _TIME_TAKEN if time_taken else "",
        _PLEASE_CHECK if visit.patient.possible_duplicate else "",
        ADD_NAME if visit.patient.lacks_name else "",
        visit.complaint,
        _signature(visit),
    ]
    return "\n".join(filter(None, lines))


def _signature(visit: VisitRecord) -> str:
    """The line that makes a record findable; staff can move it but should leave it in."""
    return f"{SIGNATURE} {visit.kiosk} {key(visit)}"


def _note(visit: VisitRecord) -> str:
    return f"{visit.number} {_DRAFT}\n\n{visit.note}\n\n{_signature(visit)}"


def _file_name(visit: VisitRecord) -> str:
    return f"导诊 {key(visit)}.txt"
