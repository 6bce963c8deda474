"""The FHIR R4 resources of one visit. Everything clinical is preliminary: a person signs it in the hospital system."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from kiosk.domain.encounter import Encounter
from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.knowledge import Level
from kiosk.domain.language import Language, Words
from kiosk.domain.patient import IdentitySource, Patient
from kiosk.wire import fhir_note
from kiosk.wire.fhir_keys import Json, Keys, Terms, both, clean, concept, instant

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"

_PRIORITY = {Level.I: "EM", Level.II: "EM", Level.III: "UR", Level.IV: "R"}
"""v3-ActPriority: emergency, urgent, routine."""

_STATUS_WORDS = {
    Status.PRESENT: Words("有", "present"),
    Status.ABSENT: Words("没有", "absent"),
    Status.UNSURE: Words("不清楚", "not sure"),
}

_LANGUAGE_TAGS = {Language.ZH: "zh-CN", Language.EN: "en"}

_FEVER = "fever"
"""The one finding whose value has a LOINC code and a unit: body temperature in degrees Celsius."""


def patient(encounter: Encounter, keys: Keys) -> Json:
    """A record of its own for every visit.

    Two visits with the same phone and birth date may be one person or twins; the identifier tells staff that they
    could belong together, and only staff merge records.
    """
    person = encounter.draft.patient
    verified = person.identity is IdentitySource.VERIFIED
    identity = {"system": keys.system("identity"), "code": "verified" if verified else "unverified"}
    resource: Json = {
        "resourceType": "Patient",
        "meta": keys.meta("patient", identity),
        "identifier": [_person_identifier(person, keys)],
        "active": True,
        "communication": [
            {
                "language": {
                    "coding": [
                        {
                            "system": "urn:ietf:bcp:47",
                            "code": encounter.draft.tag or _LANGUAGE_TAGS[encounter.draft.language],
                        }
                    ]
                },
                "preferred": True,
            }
        ],
    }
    if person.sex is not None:
        resource["gender"] = person.sex.value
    if person.birth_date is not None:
        resource["birthDate"] = person.birth_date.isoformat()
    if person.phone:
        resource["telecom"] = [{"system": "phone", "value": person.phone, "use": "mobile"}]
    return resource


def _person_identifier(person: Patient, keys: Keys) -> Json:
    if not person.phone or person.birth_date is None:
        return {"use": "temp", "system": keys.system("anonymous"), "value": keys.code("patient")}
    known = f"{keys.hospital_system}|{person.phone.lstrip('+')}|{person.birth_date.isoformat()}"
    digest = hashlib.sha256(known.encode()).hexdigest()[:32]
    return {"use": "temp", "system": keys.system("phone-and-birth-date"), "value": digest}


def encounter(visit: Encounter, keys: Keys, terms: Terms) -> Json:
    draft = visit.draft
    day = visit.arrived_at.date().isoformat()
    visit_number = {"coding": [{"system": f"{_TERMINOLOGY}/v2-0203", "code": "VN"}]}
    resource: Json = {
        "resourceType": "Encounter",
        "meta": keys.meta("encounter"),
        "identifier": [
            {"use": "usual", "type": visit_number, "system": keys.system("visit"), "value": visit.visit_id},
            # Numbers begin again every day.
            {"use": "secondary", "system": keys.system(f"number/{day}"), "value": clean(visit.number)},
        ],
        "status": "arrived",
        "class": {"system": f"{_TERMINOLOGY}/v3-ActCode", "code": "EMER" if draft.emergency else "AMB"},
        "serviceType": _department(draft.department, keys, terms),
        "priority": concept(f"{_TERMINOLOGY}/v3-ActPriority", _PRIORITY[draft.level]),
        "subject": keys.within("patient"),
        "period": {"start": instant(visit.arrived_at)},
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
    return {
        "resourceType": "Appointment",
        "meta": keys.meta("appointment"),
        "status": "booked" if visit.confirmed else "pending",
        "serviceType": [_department(visit.draft.department, keys, terms)],
        "slot": [_outside("slot", slot.code, keys)],
        "start": instant(slot.start),
        "end": instant(slot.end),
        "created": instant(visit.arrived_at),
        "participant": [
            {"actor": keys.within("patient"), "status": "accepted"},
            {
                "actor": {**_outside("practitioner", doctor.code, keys), "display": both(doctor.name)},
                "status": "accepted" if visit.confirmed else "needs-action",
            },
            {"actor": {**_outside("room", doctor.room, keys), "display": doctor.room}, "status": "accepted"},
        ],
    }


def questionnaire_response(visit: Encounter, keys: Keys, terms: Terms) -> Json:
    """The answers as given; what a language model proposed and nobody confirmed is not an answer."""
    draft = visit.draft
    items: list[Json] = []
    complaint = clean(draft.complaint)
    if complaint:
        items.append(
            {"linkId": "complaint", "text": "哪里不舒服 What is wrong", "answer": [{"valueString": complaint}]}
        )
    items += _patient_answers(draft.patient)
    for finding in draft.findings:
        if finding.source is not Source.MODEL:
            answer = {"valueCoding": _status_coding(finding.status, keys)}
            items.append({"linkId": finding.code, "text": terms.finding(finding.code), "answer": [answer]})
    resource: Json = {
        "resourceType": "QuestionnaireResponse",
        "meta": keys.meta("answers"),
        "questionnaire": f"{keys.system('Questionnaire/intake')}|1",
        "status": "completed",
        "subject": keys.within("patient"),
        "encounter": keys.within("encounter"),
        "authored": instant(visit.arrived_at),
        "author": _kiosk(visit, keys),
        "source": keys.within("patient"),
    }
    return {**resource, "item": items} if items else resource


def _patient_answers(person: Patient) -> list[Json]:
    answers = (
        ("age", "年龄 Age in years", "valueInteger", person.age),
        ("age_days", "出生天数 Age in days", "valueInteger", person.age_days),
        ("pregnant", "怀孕 Pregnant", "valueBoolean", person.pregnant),
    )
    return [
        {"linkId": link, "text": text, "answer": [{kind: value}]}
        for link, text, kind, value in answers
        if value is not None
    ]


def level(visit: Encounter, keys: Keys) -> Json:
    """The acuity level with the red flags that set it."""
    draft = visit.draft
    parts: list[Json] = [
        {
            "code": concept(keys.system("red-flag"), flag.rule, both(flag.because)),
            "valueCodeableConcept": concept(keys.system("level"), flag.level.name),
        }
        for flag in draft.red_flags
    ]
    parts.append({"code": concept(keys.system("triage"), "staff-check"), "valueBoolean": draft.staff_check})
    return {
        "resourceType": "Observation",
        "meta": keys.meta("level"),
        "status": "preliminary",
        "category": [concept(f"{_TERMINOLOGY}/observation-category", "survey")],
        "code": concept(keys.system("triage"), "level", "预检分诊级别 Triage level, four-level scale"),
        "subject": keys.within("patient"),
        "encounter": keys.within("encounter"),
        "effectiveDateTime": instant(visit.arrived_at),
        "performer": [_kiosk(visit, keys)],
        "valueCodeableConcept": concept(keys.system("level"), draft.level.name),
        "component": parts,
    }


def finding_observation(visit: Encounter, keys: Keys, terms: Terms, finding: Finding) -> Json:
    """One finding, for the transactions after the first."""
    resource: Json = {
        "resourceType": "Observation",
        "meta": keys.meta(f"finding-{finding.code}"),
        "status": "preliminary",
        "category": [concept(f"{_TERMINOLOGY}/observation-category", "survey")],
        "code": concept(keys.system("finding"), finding.code, terms.finding(finding.code)),
        "subject": keys.across("Patient", "patient"),
        "encounter": keys.across("Encounter", "encounter"),
        "effectiveDateTime": instant(visit.arrived_at),
        "performer": [keys.across("Patient", "patient")],
        "method": concept(keys.system("source"), finding.source.value),
        "valueCodeableConcept": {"coding": [_status_coding(finding.status, keys)]},
    }
    if finding.sites:
        resource["bodySite"] = {"text": ", ".join(map(terms.site, finding.sites))}
    words = clean(finding.text)
    if words:
        resource["note"] = [{"text": words}]
    components = _measures(finding, keys)
    if components:
        resource["component"] = components
    return resource


def _measures(finding: Finding, keys: Keys) -> list[Json]:
    parts: list[Json] = []
    if finding.severity is not None:
        code = concept(keys.system("finding-part"), "severity", "0-10")
        parts.append({"code": code, "valueInteger": finding.severity})
    if finding.duration_hours is not None:
        hours = {"value": finding.duration_hours, "unit": "h", "system": UCUM, "code": "h"}
        parts.append({"code": concept(keys.system("finding-part"), "duration"), "valueQuantity": hours})
    if finding.value is not None and finding.code == _FEVER:
        celsius = {"value": finding.value, "unit": "°C", "system": UCUM, "code": "Cel"}
        parts.append({"code": concept(LOINC, "8310-5", "Body temperature"), "valueQuantity": celsius})
    elif finding.value is not None:
        code = concept(keys.system("finding-part"), "value")
        parts.append({"code": code, "valueQuantity": {"value": finding.value}})
    return parts


def composition(visit: Encounter, keys: Keys, terms: Terms) -> Json:
    """The note that a doctor reads first: a draft until somebody signs it."""
    return {
        "resourceType": "Composition",
        "meta": keys.meta("note"),
        "status": "preliminary",
        "type": concept(LOINC, "34108-1", "Outpatient Note"),
        "subject": keys.within("patient"),
        "encounter": keys.within("encounter"),
        "date": instant(visit.arrived_at),
        "author": [_kiosk(visit, keys)],
        "title": "导诊记录（机器起草，未签） Intake note (drafted by a machine, not signed)",
        "section": [
            {
                "title": section.title,
                "text": {"status": "additional", "div": fhir_note.xhtml(section.lines)},
            }
            for section in fhir_note.sections(visit, terms)
        ],
    }


def consent(visit: Encounter, keys: Keys) -> Json:
    """The patient agreed on the screen to the use of health data for this visit."""
    return {
        "resourceType": "Consent",
        "meta": keys.meta("consent"),
        "status": "active",
        "scope": concept(f"{_TERMINOLOGY}/consentscope", "patient-privacy"),
        "category": [concept(LOINC, "59284-0", "Patient Consent")],
        "patient": keys.within("patient"),
        "dateTime": instant(visit.draft.consented_at),
        "policy": [{"uri": keys.system("consent/1")}],
        "provision": {"type": "permit", "purpose": [{"system": f"{_TERMINOLOGY}/v3-ActReason", "code": "TREAT"}]},
    }


def provenance(visit: Encounter, keys: Keys, kind: str, targets: Sequence[str]) -> Json:
    """What made the resources with these fullUrls."""
    return {
        "resourceType": "Provenance",
        "meta": keys.meta(kind),
        "target": [{"reference": target} for target in targets],
        "recorded": instant(visit.arrived_at),
        "agent": [
            {
                "type": concept(f"{_TERMINOLOGY}/provenance-participant-type", "assembler"),
                "who": _kiosk(visit, keys),
            }
        ],
    }


def _department(code: str, keys: Keys, terms: Terms) -> Json:
    return concept(keys.system("department"), code, terms.department(code))


def _outside(kind: str, code: str, keys: Keys) -> Json:
    """A logical reference: the hospital system knows it by our code or not at all."""
    return {"identifier": {"system": keys.system(kind), "value": code}}


def _kiosk(visit: Encounter, keys: Keys) -> Json:
    name = clean(visit.kiosk)
    return {
        "type": "Device",
        "identifier": {"system": keys.system("kiosk"), "value": name},
        "display": f"自助机 {name}",
    }


def _status_coding(status: Status, keys: Keys) -> Json:
    return {"system": keys.system("finding-status"), "code": status.value, "display": both(_STATUS_WORDS[status])}
