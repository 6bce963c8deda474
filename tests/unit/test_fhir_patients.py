"""What a FHIR server's answers to a question for a patient mean."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from fhir.resources.R4B.parameters import Parameters
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.patient import DocumentKind, IdentityDocument, IdentitySource, Patient, Sex
from kiosk.domain.patient_match import NO_MATCH, POSSIBLE, PatientMatch
from kiosk.wire.fhir_patients import match_parameters, read_match, read_search, search_form

CARD = Patient(
    sex=Sex.FEMALE,
    birth_date=date(1949, 12, 31),
    name="欧阳小",
    phone="13800138000",
    document=IdentityDocument(DocumentKind.RESIDENT_ID, "11010519491231002X"),
    identity=IdentitySource.DOCUMENT_READ,
)
GRADE = "http://hl7.org/fhir/StructureDefinition/match-grade"


def system(name: str) -> str:
    return f"urn:hospital:{name}"


def answered(*grades: str | None, **changes: Any) -> dict[str, Any]:
    entries = []
    for number, grade in enumerate(grades, 1):
        person = {"resourceType": "Patient", "id": f"p-{number}", "birthDate": "1949-12-31", **changes}
        search = {"extension": [{"url": GRADE, "valueCode": grade}]} if grade else {}
        entries.append({"resource": person, "search": search})
    return {"resourceType": "Bundle", "type": "searchset", "entry": entries}


def test_a_search_names_the_number_under_the_hospitals_system() -> None:
    assert search_form(CARD, system) == b"identifier=urn%3Ahospital%3Aresident-id%7C11010519491231002X&_count=5"
    by_phone = Patient(phone="+8613800138000", birth_date=date(1949, 12, 31))
    assert search_form(by_phone, system) == b"telecom=%2B8613800138000&birthdate=1949-12-31&_count=5"


def test_match_is_asked_with_all_that_is_known() -> None:
    document = json.loads(match_parameters(CARD, system))
    Parameters.model_validate(document)
    asked = document["parameter"][0]["resource"]
    assert asked["name"][0]["text"] == "欧阳小"
    assert (asked["gender"], asked["birthDate"]) == ("female", "1949-12-31")


@pytest.mark.parametrize(
    ("grades", "found"),
    [
        ((), NO_MATCH),
        (("certainly-not",), NO_MATCH),
        (("certain",), PatientMatch("p-1")),
        (("probable", "certain"), PatientMatch("p-2")),
        (("certain", "certain"), POSSIBLE),
        (("probable",), POSSIBLE),
        (("possible", "possible"), POSSIBLE),
        ((None,), POSSIBLE),
    ],
)
def test_only_the_one_certain_match_is_taken(grades: tuple[str | None, ...], found: PatientMatch) -> None:
    assert read_match(answered(*grades), CARD, system) == found


def test_a_certain_match_of_another_birth_date_is_for_the_desk() -> None:
    assert read_match(answered("certain", birthDate="1950-01-01"), CARD, system) == POSSIBLE


@pytest.mark.parametrize("identity", ["", "a/b", "x" * 65, 7, None])
def test_an_id_that_is_none_is_for_the_desk(identity: object) -> None:
    assert read_search(answered(None, id=identity), CARD, system) == POSSIBLE


@pytest.mark.parametrize(
    ("identifier", "number"),
    [
        ({"system": "urn:hospital:medical-record", "value": "MR 7"}, "MR 7"),
        ({"type": {"coding": [{"code": "MR"}]}, "value": "7"}, "7"),
        ({"type": {"coding": [{"code": "PI"}]}, "value": "7"}, ""),
        ({"system": "urn:hospital:medical-record", "value": "x" * 65}, ""),
        ({"system": "urn:hospital:medical-record", "value": "7\n8"}, ""),
    ],
)
def test_the_number_that_staff_call_it(identifier: dict[str, Any], number: str) -> None:
    assert read_search(answered(None, identifier=[identifier]), CARD, system) == PatientMatch("p-1", number)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["resourceType", "type", "entry", "resource", "id", "link", "search", "extension", "identifier", "name"]
            ),
            inner | st.sampled_from(["Patient", "Bundle", "searchset"]),
            max_size=6,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_whatever_a_server_answers_is_read_or_refused(answer: object) -> None:
    for read in (read_search, read_match):
        found = read(answer, CARD, system)
        assert found is None or isinstance(found, PatientMatch)
