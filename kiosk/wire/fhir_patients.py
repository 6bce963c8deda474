"""Looking for a patient in a FHIR R4 server: the search of IHE PDQm (ITI-78), the operation $match, and their answers.

The search goes as POST, which PDQm and FHIR allow as well: what stands in an address stands in the access logs of
servers and proxies.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import urlencode

from kiosk.domain.patient import Patient, Sex
from kiosk.domain.patient_match import NO_MATCH, POSSIBLE, PatientMatch, contradicts
from kiosk.wire.fhir_keys import Json
from kiosk.wire.fhir_visit import document_identifier, human_name

SystemOf = Callable[[str], str]
"""The hospital's address of one of our identifier systems (wire/site_mapping.SiteMapping.system)."""

SEARCH = "/Patient/_search"
SEARCH_TYPE = "application/x-www-form-urlencoded"
MATCH = "/Patient/$match"
_MOST = 5
"""Records looked at; two are as many as it takes to be in doubt."""
_GRADE = "http://hl7.org/fhir/StructureDefinition/match-grade"
_RECORD_NUMBER = "MR"
"""Of v2-0203."""
_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
_LONGEST_NUMBER = 64


def search_form(patient: Patient, system: SystemOf) -> bytes:
    """The form of a search."""
    if patient.document is not None:
        identifier = document_identifier(patient.document, system)
        fields = {"identifier": f"{identifier['system']}|{identifier['value']}"}
    else:
        assert patient.birth_date is not None  # noqa: S101 - domain/patient_match.is_identified() has looked
        fields = {"telecom": patient.phone or "", "birthdate": patient.birth_date.isoformat()}
    return urlencode({**fields, "_count": _MOST}).encode()


def match_parameters(patient: Patient, system: SystemOf) -> bytes:
    """The parameters of $match."""
    resource: Json = {"resourceType": "Patient"}
    if patient.document is not None:
        resource["identifier"] = [document_identifier(patient.document, system)]
    if patient.name:
        resource["name"] = [human_name(patient.name)]
    if patient.sex is not None:
        resource["gender"] = patient.sex.value
    if patient.birth_date is not None:
        resource["birthDate"] = patient.birth_date.isoformat()
    if patient.phone:
        resource["telecom"] = [{"system": "phone", "value": patient.phone}]
    parameters = [
        {"name": "resource", "resource": resource},
        {"name": "count", "valueInteger": _MOST},
        {"name": "onlyCertainMatches", "valueBoolean": False},
    ]
    return json.dumps({"resourceType": "Parameters", "parameter": parameters}, ensure_ascii=False).encode()


def read_search(answer: object, patient: Patient, system: SystemOf) -> PatientMatch | None:
    """What a search found; None when this is no answer to one.

    Phone and birth date alone are never certain: a mother and her twins share them.
    """
    if not isinstance(answer, dict) or answer.get("type") != "searchset":
        return None
    found = [resource for resource, _ in _records(answer)]
    if not found:
        return NO_MATCH
    if len(found) > 1 or patient.document is None:
        return POSSIBLE
    return _certain(found[0], patient, system)


def read_match(answer: object, patient: Patient, system: SystemOf) -> PatientMatch | None:
    """What $match found; None when this is no answer to it. The server says itself what is certain."""
    if not isinstance(answer, dict) or answer.get("resourceType") != "Bundle":
        return None
    found = [(resource, grade) for resource, grade in _records(answer) if grade != "certainly-not"]
    certain = [resource for resource, grade in found if grade == "certain"]
    if len(certain) == 1:
        return _certain(certain[0], patient, system)
    return POSSIBLE if found else NO_MATCH


def _certain(resource: Json, patient: Patient, system: SystemOf) -> PatientMatch:
    """The one record, unless it is about somebody else after all."""
    record = resource.get("id")
    if not isinstance(record, str) or not _ID.fullmatch(record) or contradicts(patient, _told(resource)):
        return POSSIBLE
    return PatientMatch(record, _record_number(resource, system))


def _records(bundle: Json) -> Iterator[tuple[Json, object]]:
    """Patients that are in use, each with its match grade; none that was merged into another."""
    entries = bundle.get("entry")
    for entry in entries if isinstance(entries, list) else []:
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict) or resource.get("resourceType") != "Patient":
            continue
        links = resource.get("link")
        merged = any(_at(link, "type") == "replaced-by" for link in (links if isinstance(links, list) else []))
        if resource.get("active") is not False and not merged:
            yield resource, _grade(entry)


def _grade(entry: Json) -> object:
    extensions = _at(entry.get("search"), "extension")
    found = (
        _at(one, "valueCode")
        for one in (extensions if isinstance(extensions, list) else [])
        if _at(one, "url") == _GRADE
    )
    return next(found, None)


def _told(resource: Json) -> Patient:
    """What a record says of somebody, as far as it can be compared."""
    born, sex = resource.get("birthDate"), resource.get("gender")
    names = resource.get("name")
    name = names[0] if isinstance(names, list) and names else None
    return Patient(
        birth_date=_day(born),
        sex=next((one for one in Sex if one.value == sex), None),
        name=_written(name) or None,
    )


def _written(name: object) -> str:
    text = _at(name, "text")
    if isinstance(text, str) and text:
        return text
    family, given = _at(name, "family"), _at(name, "given")
    parts = [family, *(given if isinstance(given, list) else [])]
    return "".join(part for part in parts if isinstance(part, str))


def _day(untrusted: object) -> date | None:
    try:
        return date.fromisoformat(untrusted) if isinstance(untrusted, str) else None
    except ValueError:
        return None  # only the year, or no date at all


def _record_number(resource: Json, system: SystemOf) -> str:
    """The identifier of the hospital's own system, or of the type for it."""
    identifiers = resource.get("identifier")
    for one in identifiers if isinstance(identifiers, list) else []:
        codings = _at(_at(one, "type"), "coding")
        types = [_at(coding, "code") for coding in (codings if isinstance(codings, list) else [])]
        is_wanted = _at(one, "system") == system("medical-record") or _RECORD_NUMBER in types
        value = _at(one, "value")
        if is_wanted and isinstance(value, str) and 0 < len(value) <= _LONGEST_NUMBER and value.isprintable():
            return value
    return ""


def _at(untrusted: object, name: str) -> object:
    return untrusted.get(name) if isinstance(untrusted, dict) else None
