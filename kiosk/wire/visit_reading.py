"""Reads a visit back from its FHIR transactions; what does not look as wire/fhir.py writes it is refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from html import unescape
from typing import TypeVar

from kiosk.domain.findings import Source, Status
from kiosk.domain.knowledge import Level
from kiosk.domain.patient import DocumentKind, IdentityDocument, Sex
from kiosk.wire.fhir_keys import Json
from kiosk.wire.visit_record import (
    AnswerRecord,
    Coded,
    FindingRecord,
    PatientRecord,
    PractitionerRecord,
    RedFlagRecord,
    SlotRecord,
    VisitRecord,
    VitalRecord,
)

Choice = TypeVar("Choice", bound=StrEnum)

_RECORD = re.compile(r"_id=(.+)")
_EARLIER = re.compile(r"_tag=[^|]*\|(.+)-patient")
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)


def read_visit(bundles: Iterable[Mapping[str, object]]) -> VisitRecord:
    """The visit in the transactions of one payload (wire/fhir.decode); ValueError names what is missing in them."""
    entries = [entry for bundle in bundles for entry in _list(_at(bundle, "entry"))]
    resources = [_at(entry, "resource") for entry in entries]
    encounter = _only(resources, "Encounter")
    level = _level(resources)
    appointment = _first(resources, "Appointment")
    return VisitRecord(
        visit_id=_identifier(encounter, "/visit"),
        number=_identifier(encounter, "/number/"),
        kiosk=_text(_at(level, "performer", 0, "identifier", "value"), "the kiosk, Observation.performer of the level"),
        patient=_patient(resources, entries),
        consented_at=_moment(_at(_only(resources, "Consent"), "dateTime"), "Consent.dateTime"),
        arrived_at=_moment(_at(level, "effectiveDateTime"), "Observation.effectiveDateTime of the level"),
        emergency=_at(encounter, "class", "code") == "EMER",
        level=_level_named(_at(level, "valueCodeableConcept", "coding", 0, "code")),
        staff_check=_staff_check(level),
        red_flags=tuple(_red_flags(level)),
        department=_coded(_at(encounter, "serviceType"), "the department, Encounter.serviceType"),
        practitioner=_practitioner(appointment),
        slot=_slot(appointment),
        complaint=_optional_text(_at(encounter, "reasonCode", 0, "text")),
        findings=tuple(_findings(resources)),
        vitals=tuple(_vitals(resources)),
        answers=tuple(_answers(resources)),
        note=_note(_only(resources, "Composition")),
    )


def _patient(resources: Sequence[object], entries: Sequence[object]) -> PatientRecord:
    patient = _only(resources, "Patient")
    sex = _at(patient, "gender")
    birth_date = _at(patient, "birthDate")
    answers = _by_code(_items(resources), "linkId")
    tags = [_at(tag, "code") for tag in _list(_at(patient, "meta", "tag"))]
    document = _document(patient)
    identifier = _text(_at(patient, "identifier", 0, "value"), "Patient.identifier")
    return PatientRecord(
        # A passport and a travel permit may have the same number.
        identifier=f"{document.kind}-{document.number}" if document else identifier,
        verified="verified" in tags,
        sex=None if sex is None else _choice(Sex, sex, "Patient.gender"),
        birth_date=None if birth_date is None else _day(birth_date, "Patient.birthDate"),
        age=_whole(_at(answers.get("age"), "answer", 0, "valueInteger")),
        age_days=_whole(_at(answers.get("age_days"), "answer", 0, "valueInteger")),
        pregnant=_flag(_at(answers.get("pregnant"), "answer", 0, "valueBoolean")),
        phone=_optional_text(_at(patient, "telecom", 0, "value")),
        language=_text(_at(patient, "communication", 0, "language", "coding", 0, "code"), "Patient.communication"),
        insurance=_optional_text(_at(_first(resources, "Coverage"), "identifier", 0, "value")),
        name=_optional_text(_at(patient, "name", 0, "text")),
        document=document,
        record=_found_by(entries, _RECORD),
        earlier_visit=_found_by(entries, _EARLIER),
        possible_duplicate="possible-duplicate" in tags,
    )


def _document(patient: object) -> IdentityDocument | None:
    for identifier in _list(_at(patient, "identifier")):
        for kind in DocumentKind:
            if _is_of(identifier, "/" + kind.value.replace("_", "-")):
                return IdentityDocument(kind, _text(_at(identifier, "value"), "Patient.identifier of the document"))
    return None


def _found_by(entries: Iterable[object], pattern: re.Pattern[str]) -> str:
    """What the patient's condition names by a pattern; empty where the patient is this visit's own."""
    for entry in entries:
        condition = _at(entry, "request", "ifNoneExist")
        if _at(entry, "resource", "resourceType") == "Patient" and isinstance(condition, str):
            own = _at(entry, "resource", "meta", "tag", 0, "code")
            found = pattern.fullmatch(condition)
            return found[1] if found and not condition.endswith(f"|{own}") else ""
    return ""


def _level(resources: Sequence[object]) -> object:
    for observation in _all(resources, "Observation"):
        coding = _at(observation, "code", "coding", 0)
        if _at(coding, "code") == "level" and _is_of(coding, "/triage"):
            return observation
    raise ValueError("no level: the Observation with the code triage|level is missing")


def _level_named(name: object) -> Level:
    if isinstance(name, str) and name in Level.__members__:
        return Level[name]
    raise ValueError("no level: Observation.valueCodeableConcept is not I, II, III or IV")


def _staff_check(level: object) -> bool:
    flags = (
        _flag(_at(part, "valueBoolean"))
        for part in _list(_at(level, "component"))
        if _at(part, "code", "coding", 0, "code") == "staff-check"
    )
    return next(flags, None) is True


def _red_flags(level: object) -> Iterator[RedFlagRecord]:
    for part in _list(_at(level, "component")):
        if _is_of(_at(part, "code", "coding", 0), "/red-flag"):
            rule = _coded(_at(part, "code"), "a red flag, Observation.component.code of the level")
            least = _level_named(_at(part, "valueCodeableConcept", "coding", 0, "code"))
            yield RedFlagRecord(rule.code, rule.name, least)


_TYPES = {"/practitioner": ("Practitioner", "HealthcareService")}
"""Reference.type of participants that the hospital system itself named."""


def _participant(appointment: object, name: str) -> object:
    actors = [_at(participant, "actor") for participant in _list(_at(appointment, "participant"))]
    ours = (actor for actor in actors if _is_of(_at(actor, "identifier"), name))
    return next(ours, None) or next((actor for actor in actors if _at(actor, "type") in _TYPES.get(name, ())), None)


def _code(actor: object) -> object:
    """Our code, or the hospital system's own reference."""
    return _at(actor, "identifier", "value") or _at(actor, "reference")


def _practitioner(appointment: object) -> PractitionerRecord | None:
    doctor = _participant(appointment, "/practitioner")
    if doctor is None:
        return None
    code = _text(_code(doctor), "the practitioner, Appointment.participant")
    room = _participant(appointment, "/room")
    return PractitionerRecord(
        code, _optional_text(_at(doctor, "display")) or code, _optional_text(_at(room, "identifier", "value"))
    )


def _slot(appointment: object) -> SlotRecord | None:
    if appointment is None:
        return None
    return SlotRecord(
        code=_text(_code(_at(appointment, "slot", 0)), "the slot, Appointment.slot"),
        start=_moment(_at(appointment, "start"), "Appointment.start"),
        end=_moment(_at(appointment, "end"), "Appointment.end"),
        confirmed=_at(appointment, "status") == "booked",
    )


def _findings(resources: Sequence[object]) -> Iterator[FindingRecord]:
    for observation in _all(resources, "Observation"):
        if not _is_of(_at(observation, "code", "coding", 0), "/finding"):
            continue
        named = _coded(_at(observation, "code"), "a finding, Observation.code")
        status = _at(observation, "valueCodeableConcept", "coding", 0, "code")
        source = _at(observation, "method", "coding", 0, "code")
        parts = _by_code(_list(_at(observation, "component")), "code", "coding", 0, "code")
        yield FindingRecord(
            code=named.code,
            name=named.name,
            status=_choice(Status, status, f"the status of {named.code}, Observation.valueCodeableConcept"),
            source=_choice(Source, source, f"the source of {named.code}, Observation.method"),
            words=_optional_text(_at(observation, "note", 0, "text")),
            severity=_whole(_at(parts.get("severity"), "valueInteger")),
            duration_hours=_number(_at(parts.get("duration"), "valueQuantity", "value")),
            value=_number(_at(parts.get("value", parts.get("8310-5")), "valueQuantity", "value")),
            body_site=_optional_text(_at(observation, "bodySite", "text")),
        )


def _vitals(resources: Sequence[object]) -> Iterator[VitalRecord]:
    for observation in _all(resources, "Observation"):
        if _at(observation, "category", 0, "coding", 0, "code") != "vital-signs":
            continue
        for told in (observation, *_list(_at(observation, "component"))):
            value = _number(_at(told, "valueQuantity", "value"))
            if value is not None:
                named = _coded(_at(told, "code"), "a vital sign, Observation.code")
                unit = _optional_text(_at(told, "valueQuantity", "code"))
                yield VitalRecord(named.code, named.name, value, unit)


def _answers(resources: Sequence[object]) -> Iterator[AnswerRecord]:
    for item in _items(resources):
        code = _text(_at(item, "linkId"), "a question, QuestionnaireResponse.item.linkId")
        answer = _at(item, "answer", 0)
        yield AnswerRecord(
            code=code,
            question=_optional_text(_at(item, "text")) or code,
            answer=_spoken(answer),
            words=_optional_text(_at(answer, "item", 0, "answer", 0, "valueString")),
        )


def _spoken(answer: object) -> str:
    """What people read of an answer."""
    for found in (
        _at(answer, "valueCoding", "display"),
        _at(answer, "valueCoding", "code"),
        _at(answer, "valueString"),
    ):
        if isinstance(found, str):
            return found
    flag = _flag(_at(answer, "valueBoolean"))
    if flag is not None:
        return "是 yes" if flag else "否 no"
    number = _whole(_at(answer, "valueInteger"))
    return "" if number is None else str(number)


def _note(composition: object) -> str:
    return "\n\n".join(
        "\n".join(
            (
                _optional_text(_at(section, "title")),
                *(unescape(line) for line in _PARAGRAPH.findall(_optional_text(_at(section, "text", "div")))),
            )
        )
        for section in _list(_at(composition, "section"))
    )


def _items(resources: Sequence[object]) -> list[object]:
    return _list(_at(_first(resources, "QuestionnaireResponse"), "item"))


def _identifier(resource: object, name: str) -> str:
    for identifier in _list(_at(resource, "identifier")):
        if _is_of(identifier, name):
            return _text(_at(identifier, "value"), f"Encounter.identifier of {name.strip('/')}")
    raise ValueError(f"no {name.strip('/')}: Encounter.identifier is missing")


def _is_of(coding: object, name: str) -> bool:
    """True for a coding or identifier of one of our systems: the name is the address's end, or before a day."""
    system = _at(coding, "system")
    return isinstance(system, str) and (name in system if name.endswith("/") else system.endswith(name))


def _coded(concept: object, what: str) -> Coded:
    code = _text(_at(concept, "coding", 0, "code"), what)
    return Coded(code, _optional_text(_at(concept, "text")) or code)


def _all(resources: Iterable[object], resource_type: str) -> Iterator[Json]:
    for resource in resources:
        if isinstance(resource, dict) and resource.get("resourceType") == resource_type:
            yield resource


def _first(resources: Iterable[object], resource_type: str) -> Json | None:
    return next(_all(resources, resource_type), None)


def _only(resources: Iterable[object], resource_type: str) -> Json:
    found = _first(resources, resource_type)
    if found is None:
        raise ValueError(f"no {resource_type}")
    return found


def _at(untrusted: object, *path: str | int) -> object:
    """What lies at a path of names and places; None where it ends before."""
    for step in path:
        if isinstance(step, str) and isinstance(untrusted, Mapping):
            untrusted = untrusted.get(step)
        elif isinstance(step, int) and isinstance(untrusted, list) and step < len(untrusted):
            untrusted = untrusted[step]
        else:
            return None
    return untrusted


def _list(untrusted: object) -> list[object]:
    return untrusted if isinstance(untrusted, list) else []


def _by_code(untrusted: Iterable[object], *path: str | int) -> dict[str, object]:
    """Parts by the code that lies at a path in each; those without one cannot be asked for."""
    return {code: part for part in untrusted if isinstance(code := _at(part, *path), str)}


def _text(untrusted: object, what: str) -> str:
    if not isinstance(untrusted, str) or not untrusted:
        raise ValueError(f"no {what}")
    return untrusted


def _optional_text(untrusted: object) -> str:
    return untrusted if isinstance(untrusted, str) else ""


def _whole(untrusted: object) -> int | None:
    return untrusted if type(untrusted) is int else None


def _number(untrusted: object) -> float | None:
    if not isinstance(untrusted, int | float) or isinstance(untrusted, bool) or not -1e12 < untrusted < 1e12:
        return None
    return float(untrusted)


def _flag(untrusted: object) -> bool | None:
    return untrusted if isinstance(untrusted, bool) else None


def _choice(kind: type[Choice], untrusted: object, what: str) -> Choice:
    for choice in kind:
        if choice.value == untrusted:
            return choice
    raise ValueError(f"no {what}")


def _moment(untrusted: object, what: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(untrusted, what))
    except ValueError:
        raise ValueError(f"no {what}") from None
    if moment.tzinfo is None:
        raise ValueError(f"no zone in {what}")
    return moment


def _day(untrusted: object, what: str) -> date:
    try:
        return date.fromisoformat(_text(untrusted, what))
    except ValueError:
        raise ValueError(f"no {what}") from None
