"""Who came, when, where to and with whose consent, as FHIR R4 resources; and what the kiosk asks staff to do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta

from kiosk.domain.encounter import Encounter
from kiosk.domain.knowledge import Level
from kiosk.domain.language import Language
from kiosk.domain.level_scale import level_name
from kiosk.domain.patient import DocumentKind, IdentityDocument, IdentitySource, Patient
from kiosk.domain.patient_match import lacks_name
from kiosk.wire.fhir_keys import TERMINOLOGY, Json, Keys, Terms, both, clean, concept, instant, kiosk, outside
from kiosk.wire.person_names import names

_URGENCY = {Level.I: "EM", Level.II: "EM", Level.III: "UR", Level.IV: "R"}
"""v3-ActPriority: emergency, urgent, routine."""
_TASK_PRIORITY = {Level.I: "stat", Level.II: "asap", Level.III: "urgent", Level.IV: "routine"}
"""http://hl7.org/fhir/request-priority"""

DOCUMENT_TYPES = {
    DocumentKind.RESIDENT_ID: "NNCHN",
    DocumentKind.RESIDENCE_PERMIT: "NI",
    DocumentKind.PERMANENT_RESIDENCE: "PRC",
    DocumentKind.TRAVEL_PERMIT: "U",
    DocumentKind.PASSPORT: "PPN",
}
"""v2-0203: national person identifier of China, national unique one, permanent resident card, unspecified, passport."""
POSSIBLE_DUPLICATE = "possible-duplicate"
_PLEASE_CHECK = "可能已有档案，请核对身份 There may be a record already: please check who this is"
ADD_NAME = "手输证件号，尚无姓名，请看证件补录 A typed document number: please add the name from the document"

_LANGUAGE_TAGS = {Language.ZH: "zh-CN", Language.EN: "en"}


def patient(visit: Encounter, keys: Keys) -> Json:
    """A record of its own for every visit, unless the one certain record was found (Keys.patient_condition).

    Two visits with the same phone and birth date may be one person or twins; the identifier tells staff that they
    could belong together, and only staff merge records.
    """
    person = visit.draft.patient
    verified = person.identity is IdentitySource.VERIFIED
    identity = {"system": keys.system("identity"), "code": "verified" if verified else "unverified"}
    source = {"system": keys.system("identity-source"), "code": person.identity.value.replace("_", "-")}
    doubt = [{**identity, "code": POSSIBLE_DUPLICATE}] if visit.draft.match.possible_duplicate else []
    spoken = {"system": "urn:ietf:bcp:47", "code": visit.draft.tag or _LANGUAGE_TAGS[visit.draft.language]}
    resource: Json = {
        "resourceType": "Patient",
        "meta": keys.meta("patient", identity, source, *doubt),
        "identifier": [_person_identifier(person, keys), *_record_number(visit, keys)],
        "active": True,
        "communication": [{"language": {"coding": [spoken]}, "preferred": True}],
    }
    if clean(person.name or ""):
        resource["name"] = [human_name(person.name or "")]
    if person.sex is not None:
        resource["gender"] = person.sex.value
    if person.birth_date is not None:
        resource["birthDate"] = person.birth_date.isoformat()
    if person.phone:
        resource["telecom"] = [{"system": "phone", "value": person.phone, "use": "mobile"}]
    return resource


def human_name(name: str) -> Json:
    """The name as it is written on the card, and its parts: some servers find no one by the whole."""
    parts = names(clean(name))
    whole: Json = {"use": "official", "text": clean(name)}
    if parts:
        _, family, given = parts[0]
        whole |= {"family": family, **({"given": [given]} if given else {})}
    return whole


def document_identifier(document: IdentityDocument, system: Callable[[str], str]) -> Json:
    """The number of an identity document; `system` gives the address of an identifier system by our name for it."""
    kind = {"coding": [{"system": f"{TERMINOLOGY}/v2-0203", "code": DOCUMENT_TYPES[document.kind]}]}
    name = document.kind.value.replace("_", "-")
    return {"use": "official", "type": kind, "system": system(name), "value": document.number}


def _record_number(visit: Encounter, keys: Keys) -> list[Json]:
    """The hospital's own number of a patient whose record was found."""
    number = clean(visit.draft.match.medical_record_number)
    kind = {"coding": [{"system": f"{TERMINOLOGY}/v2-0203", "code": "MR"}]}
    return [{"use": "usual", "type": kind, "system": keys.system("medical-record"), "value": number}] if number else []


def _person_identifier(person: Patient, keys: Keys) -> Json:
    if person.document is not None:
        return document_identifier(person.document, keys.system)
    if not person.phone or person.birth_date is None:
        return {"use": "temp", "system": keys.system("anonymous"), "value": keys.code("patient")}
    known = f"{keys.hospital_system}|{person.phone.lstrip('+')}|{person.birth_date.isoformat()}"
    digest = hashlib.sha256(known.encode()).hexdigest()[:32]
    return {"use": "temp", "system": keys.system("phone-and-birth-date"), "value": digest}


def coverage(visit: Encounter, keys: Keys) -> Json | None:
    """The insurer's reference as it was given, a draft until somebody asks the insurer; None without one."""
    reference = clean(visit.draft.patient.insurance or "")
    if not reference:
        return None
    return {
        "resourceType": "Coverage",
        "meta": keys.meta("coverage"),
        "identifier": [{"system": keys.system("insurance"), "value": reference}],
        "status": "draft",
        "beneficiary": keys.across("Patient", "patient"),
        "payor": [{"display": "保险凭证所属机构 The insurer behind the reference"}],
    }


def encounter(visit: Encounter, keys: Keys, terms: Terms) -> Json:
    """The visit as the kiosk leaves it: triaged by rules, waiting for a nurse."""
    draft = visit.draft
    day = visit.arrived_at.date().isoformat()
    visit_number = {"coding": [{"system": f"{TERMINOLOGY}/v2-0203", "code": "VN"}]}
    # A clock that was set back meanwhile must not let the visit end before it began.
    began = min(draft.consented_at, visit.arrived_at)
    resource: Json = {
        "resourceType": "Encounter",
        "meta": keys.meta("encounter"),
        "identifier": [
            {"use": "usual", "type": visit_number, "system": keys.system("visit"), "value": visit.visit_id},
            # Numbers begin again every day.
            {"use": "secondary", "system": keys.system(f"number/{day}"), "value": clean(visit.number)},
        ],
        "status": "triaged",
        "statusHistory": [
            {"status": "arrived", "period": {"start": instant(began), "end": instant(visit.arrived_at)}},
            {"status": "triaged", "period": {"start": instant(visit.arrived_at)}},
        ],
        "class": {"system": f"{TERMINOLOGY}/v3-ActCode", "code": "EMER" if draft.emergency else "AMB"},
        "serviceType": _department(draft.department, keys, terms),
        "priority": concept(f"{TERMINOLOGY}/v3-ActPriority", _URGENCY[draft.level]),
        "subject": keys.within("patient"),
        "period": {"start": instant(began)},
    }
    complaint = clean(draft.complaint)
    if complaint:
        resource["reasonCode"] = [{"text": complaint}]
    if draft.slot is not None:
        resource["appointment"] = [keys.within("appointment")]
    return resource


def appointment(visit: Encounter, keys: Keys, terms: Terms) -> Json | None:
    """The booked time; None for a walk-in. It is pending until the hospital system has said yes."""
    slot = visit.draft.slot
    if slot is None:
        return None
    doctor = slot.practitioner
    room = [{"actor": {**outside("room", doctor.room, keys), "display": doctor.room}, "status": "accepted"}]
    return {
        "resourceType": "Appointment",
        "meta": keys.meta("appointment"),
        "status": "booked" if visit.confirmed else "pending",
        "serviceType": [_department(visit.draft.department, keys, terms)],
        "slot": [outside("slot", slot.code, keys)],
        "start": instant(slot.start),
        "end": instant(slot.end),
        "created": instant(visit.arrived_at),
        "participant": [
            {"actor": keys.within("patient"), "status": "accepted"},
            {
                "actor": {**outside("practitioner", doctor.code, keys), "display": both(doctor.name)},
                "status": "accepted" if visit.confirmed else "needs-action",
            },
            *(room if doctor.room else ()),
        ],
    }


def consent(visit: Encounter, keys: Keys) -> Json:
    """The patient agreed on the screen to the use of health data for this visit."""
    return {
        "resourceType": "Consent",
        "meta": keys.meta("consent"),
        "status": "active",
        "scope": concept(f"{TERMINOLOGY}/consentscope", "patient-privacy"),
        "category": [concept("http://loinc.org", "59284-0", "Patient Consent")],
        "patient": keys.within("patient"),
        "dateTime": instant(visit.draft.consented_at),
        "performer": [keys.within("patient")],
        "policy": [{"uri": keys.system("consent/1")}],
        "provision": {"type": "permit", "purpose": [{"system": f"{TERMINOLOGY}/v3-ActReason", "code": "TREAT"}]},
    }


def task(visit: Encounter, keys: Keys, terms: Terms) -> Json:
    """What a nurse is asked to do: look at the patient and confirm the level or change it, within its time."""
    draft = visit.draft
    reasons = [both(flag.because) for flag in draft.red_flags]
    if draft.staff_check:
        reasons.append("有危险信号未能排除 A red flag could not be excluded")
    if draft.match.possible_duplicate:
        reasons.append(_PLEASE_CHECK)
    if lacks_name(draft.patient, draft.match):
        reasons.append(ADD_NAME)
    resource: Json = {
        "resourceType": "Task",
        "meta": keys.meta("task"),
        "status": "requested",
        "intent": "order",
        "priority": _TASK_PRIORITY[draft.level],
        "code": concept(keys.system("task"), "review-level", "复核分诊级别 Review the triage level"),
        "description": f"{clean(visit.number)}: {terms.level(draft.level)}",
        "focus": keys.within("level"),
        "for": keys.within("patient"),
        "encounter": keys.within("encounter"),
        "authoredOn": instant(visit.arrived_at),
        "requester": kiosk(visit, keys),
        "performerType": [concept(f"{TERMINOLOGY}/practitioner-role", "nurse", "护士 Nurse")],
    }
    if reasons:
        resource["reasonCode"] = {"text": "; ".join(reasons)}
    minutes = level_name(draft.level, terms.scale).target_minutes
    if minutes is not None:
        end = visit.arrived_at + timedelta(minutes=minutes)
        resource["restriction"] = {"period": {"start": instant(visit.arrived_at), "end": instant(end)}}
    return resource


def _department(code: str, keys: Keys, terms: Terms) -> Json:
    return concept(keys.system("department"), code, terms.department(code))
