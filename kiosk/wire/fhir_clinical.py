"""What the patient told and what follows from it, as FHIR R4 resources.

Everything clinical is preliminary: a person signs it in the hospital system.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.encounter import Encounter
from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.language import Words
from kiosk.domain.patient import Patient
from kiosk.domain.vitals_said import vitals_said
from kiosk.wire import fhir_note
from kiosk.wire.fhir_keys import TERMINOLOGY, Json, Keys, Terms, both, clean, concept, instant, kiosk

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"

_STATUS_WORDS = {
    Status.PRESENT: Words("有", "present"),
    Status.ABSENT: Words("没有", "absent"),
    Status.UNSURE: Words("不清楚", "not sure"),
}
_FEVER = "fever"
"""The one finding whose value has a LOINC code and a unit: body temperature in degrees Celsius."""
_BY_A_MODEL = {"system": f"{TERMINOLOGY}/v3-ObservationValue", "code": "AIAST"}
"""The security label of what an artificial intelligence asserted."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """How a sign of Vitals is coded: LOINC, its display, UCUM."""

    loinc: str
    name: str
    unit: str


_MEASURES = {
    "heart_rate": _Measure("8867-4", "Heart rate", "/min"),
    "respiratory_rate": _Measure("9279-1", "Respiratory rate", "/min"),
    "spo2": _Measure("2708-6", "Oxygen saturation in Arterial blood", "%"),
    "temperature": _Measure("8310-5", "Body temperature", "Cel"),
    "gcs": _Measure("9269-2", "Glasgow coma score total", "{score}"),
    "pain": _Measure("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported", "{score}"),
    "glucose": _Measure("15074-8", "Glucose [Moles/volume] in Blood", "mmol/L"),
    "potassium": _Measure("6298-4", "Potassium [Moles/volume] in Blood", "mmol/L"),
    "capillary_refill": _Measure("44963-7", "Capillary refill [Time]", "s"),
}
_PRESSURES = {
    "systolic": _Measure("8480-6", "Systolic blood pressure", "mm[Hg]"),
    "diastolic": _Measure("8462-4", "Diastolic blood pressure", "mm[Hg]"),
}
_PRESSURE = _Measure("85354-9", "Blood pressure panel with all children optional", "mm[Hg]")


def questionnaire_response(visit: Encounter, keys: Keys, terms: Terms) -> Json:
    """The answers as given, with the patient's words; what a model proposed and nobody confirmed is no answer."""
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
            items.append(_finding_answer(finding, keys, terms))
    resource: Json = {
        "resourceType": "QuestionnaireResponse",
        "meta": keys.meta("answers"),
        "questionnaire": f"{keys.system('Questionnaire/intake')}|1",
        "status": "completed",
        "subject": keys.across("Patient", "patient"),
        "encounter": keys.across("Encounter", "encounter"),
        "authored": instant(visit.arrived_at),
        "author": kiosk(visit, keys),
        "source": keys.across("Patient", "patient"),
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


def _finding_answer(finding: Finding, keys: Keys, terms: Terms) -> Json:
    answer: Json = {"valueCoding": _status_coding(finding.status, keys)}
    words = clean(finding.text)
    if words:
        said = {"linkId": f"{finding.code}.words", "text": "病人的话 In the patient's words"}
        answer["item"] = [{**said, "answer": [{"valueString": words}]}]
    return {"linkId": finding.code, "text": terms.finding(finding.code), "answer": [answer]}


def level(visit: Encounter, keys: Keys, terms: Terms) -> Json:
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
        "category": [concept(f"{TERMINOLOGY}/observation-category", "survey")],
        "code": concept(keys.system("triage"), "level", "预检分诊级别 Triage level"),
        "subject": keys.within("patient"),
        "encounter": keys.within("encounter"),
        "effectiveDateTime": instant(visit.arrived_at),
        "performer": [kiosk(visit, keys)],
        "valueCodeableConcept": concept(keys.system("level"), draft.level.name, terms.level(draft.level)),
        "component": parts,
    }


def finding_observation(visit: Encounter, keys: Keys, terms: Terms, finding: Finding) -> Json:
    """One finding, for the transactions after the first; labelled when a model found it and nobody was asked."""
    resource: Json = {
        "resourceType": "Observation",
        "meta": keys.meta(f"finding-{finding.code}"),
        "status": "preliminary",
        "category": [concept(f"{TERMINOLOGY}/observation-category", "survey")],
        "code": concept(keys.system("finding"), finding.code, terms.finding(finding.code)),
        "subject": keys.across("Patient", "patient"),
        "encounter": keys.across("Encounter", "encounter"),
        "effectiveDateTime": instant(visit.arrived_at),
        "performer": [keys.across("Patient", "patient")],
        "method": concept(keys.system("source"), finding.source.value),
        "valueCodeableConcept": {"coding": [_status_coding(finding.status, keys)]},
    }
    if finding.source is Source.MODEL:
        resource["meta"]["security"] = [_BY_A_MODEL]
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


def vital_observations(visit: Encounter, keys: Keys) -> dict[str, Json]:
    """The signs that the patient told in numbers, by the kind of their key; nothing here was measured by the kiosk."""
    told = vitals_said(visit.draft.complaint, visit.draft.language)
    fevers = (f.value for f in visit.draft.findings if f.code == _FEVER and f.source is not Source.MODEL)
    values = {sign: getattr(told, sign) for sign in (*_MEASURES, *_PRESSURES)}
    if values["temperature"] is None:
        values["temperature"] = next(fevers, None)
    made = {
        f"vital-{sign}": {**_vital(visit, keys, sign, measure), "valueQuantity": _quantity(values[sign], measure)}
        for sign, measure in _MEASURES.items()
        if values[sign] is not None
    }
    if any(values[sign] is not None for sign in _PRESSURES):
        parts = [_pressure(values[sign], measure) for sign, measure in _PRESSURES.items()]
        made["vital-pressure"] = {**_vital(visit, keys, "pressure", _PRESSURE), "component": parts}
    return made


def _vital(visit: Encounter, keys: Keys, sign: str, measure: _Measure) -> Json:
    return {
        "resourceType": "Observation",
        "meta": keys.meta(f"vital-{sign}"),
        "status": "preliminary",
        "category": [concept(f"{TERMINOLOGY}/observation-category", "vital-signs")],
        "code": concept(LOINC, measure.loinc, measure.name),
        "subject": keys.across("Patient", "patient"),
        "encounter": keys.across("Encounter", "encounter"),
        "effectiveDateTime": instant(visit.arrived_at),
        "performer": [keys.across("Patient", "patient")],
        "method": concept(keys.system("source"), Source.WORDS.value),
    }


def _pressure(value: float | None, measure: _Measure) -> Json:
    part: Json = {"code": concept(LOINC, measure.loinc, measure.name)}
    if value is None:
        # The profile of a blood pressure wants both of them, or why one is not there.
        return {**part, "dataAbsentReason": concept(f"{TERMINOLOGY}/data-absent-reason", "unknown")}
    return {**part, "valueQuantity": _quantity(value, measure)}


def _quantity(value: float, measure: _Measure) -> Json:
    return {"value": value, "unit": measure.unit, "system": UCUM, "code": measure.unit}


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
        "author": [kiosk(visit, keys)],
        "title": "导诊记录（机器起草，未签） Intake note (drafted by a machine, not signed)",
        "section": [
            {
                "title": section.title,
                "text": {"status": "additional", "div": fhir_note.xhtml(section.lines)},
            }
            for section in fhir_note.sections(visit, terms)
        ],
    }


def _status_coding(status: Status, keys: Keys) -> Json:
    return {"system": keys.system("finding-status"), "code": status.value, "display": both(_STATUS_WORDS[status])}
