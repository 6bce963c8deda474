"""Visits as FHIR R4 transactions, checked against the specification's own models."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from fhir.resources.R4B import get_fhir_model_class
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.encounter import Encounter
from kiosk.domain.findings import Finding, Side, Site, Source, Status
from kiosk.domain.generation import ModelMark
from kiosk.domain.knowledge import Level
from kiosk.domain.language import Language, Words
from kiosk.domain.level_scale import LevelScale
from kiosk.domain.patient import DocumentKind, IdentityDocument, IdentitySource, Patient
from kiosk.domain.patient_match import NO_MATCH, PatientMatch
from kiosk.wire import fhir
from kiosk.wire.fhir_keys import Terms
from kiosk.wire.fhir_provenance import Makers
from tests import whole_visits as visits
from tests.encounter_strategies import encounters

UCUM = "http://unitsofmeasure.org"
SYSTEM = "https://daozhen.example/fhir"
TERMS = Terms(
    findings={"knee_pain": Words("膝盖疼", "Knee pain")}, departments={"orthopaedics": Words("骨科", "Orthopaedics")}
)

MAKERS = Makers("1.2.3", ModelMark("intake.gguf", "ab" * 32))
POINTED_AT = Finding("knee_pain", Status.PRESENT, Source.TAP, sites=(Site("knee", Side.LEFT), Site("hip")))


def many_findings(count: int) -> Encounter:
    findings = tuple(Finding(f"finding_{n}", Status.PRESENT, Source.ANSWER) for n in range(count))
    return visits.encounter(replace(visits.draft(), findings=findings))


VISITS = {
    "knee": visits.encounter(),
    "emergency": visits.encounter(visits.emergency_draft()),
    "nothing said": visits.encounter(replace(visits.emergency_draft(), complaint=" ", findings=(), staff_check=False)),
    "many findings": many_findings(20),
    "pointed at": visits.encounter(replace(visits.draft(), findings=(POINTED_AT,))),
}


def entries(visit: Encounter) -> Iterator[dict]:
    for bundle in fhir.visit_bundles(visit, SYSTEM, TERMS):
        yield from bundle["entry"]


def resource(visit: Encounter, kind: str) -> dict:
    (found,) = [entry["resource"] for entry in entries(visit) if entry["resource"]["resourceType"] == kind]
    return found


def observations(visit: Encounter) -> dict[str, dict]:
    found = [entry["resource"] for entry in entries(visit) if entry["resource"]["resourceType"] == "Observation"]
    return {one["code"]["coding"][0]["code"]: one for one in found}


@pytest.mark.parametrize("visit", VISITS.values(), ids=VISITS)
def test_every_resource_is_valid_r4(visit: Encounter) -> None:
    for bundle in fhir.visit_bundles(visit, SYSTEM, TERMS):
        Bundle.model_validate(bundle)
        for entry in bundle["entry"]:
            get_fhir_model_class(entry["resource"]["resourceType"]).model_validate(entry["resource"])


@settings(max_examples=80, deadline=None)
@given(encounters)
def test_any_visit_is_valid_r4_and_fits_its_transactions(visit: Encounter) -> None:
    keys = []
    for bundle in fhir.visit_bundles(visit, SYSTEM, makers=MAKERS):
        assert 1 <= len(bundle["entry"]) <= 8
        Bundle.model_validate(bundle)
        keys += [entry["request"]["ifNoneExist"] for entry in bundle["entry"]]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("count", [0, 1, 7, 8, 14, 15, 40])
def test_no_transaction_has_more_than_eight_entries_and_none_is_lost(count: int) -> None:
    bundles = fhir.visit_bundles(many_findings(count), SYSTEM)
    assert max(len(bundle["entry"]) for bundle in bundles) <= 8
    # Beside the findings: answers and audit event.
    assert len(bundles) == 1 + -(-(count + 2) // 7)
    assert len(observations(many_findings(count))) == count + 1


@pytest.mark.parametrize("visit", VISITS.values(), ids=VISITS)
def test_every_resource_is_created_once_by_its_own_key(visit: Encounter) -> None:
    keys = []
    for entry in entries(visit):
        tag = entry["resource"]["meta"]["tag"][0]
        assert entry["request"]["ifNoneExist"] == f"_tag={tag['system']}|{tag['code']}"
        assert entry["request"]["url"] == entry["resource"]["resourceType"]
        keys.append(tag["code"])
    assert len(set(keys)) == len(keys)
    assert all(key.startswith(f"K03-{visit.visit_id}-") for key in keys)


def test_the_same_visit_gives_the_same_bytes() -> None:
    assert fhir.encode(fhir.visit_bundles(VISITS["knee"], SYSTEM)) == fhir.encode(
        fhir.visit_bundles(visits.encounter(), SYSTEM)
    )


@pytest.mark.parametrize("visit", VISITS.values(), ids=VISITS)
def test_what_stands_in_addresses_and_logs_says_nothing_about_the_person(visit: Encounter) -> None:
    public = json.dumps([[e["request"], e["fullUrl"], e["resource"]["meta"]] for e in entries(visit)])
    for private in (visits.PHONE, visits.BIRTH.isoformat(), visits.draft().complaint):
        assert private not in public
    assert public.isascii()


def test_a_kiosk_name_cannot_change_a_search() -> None:
    visit = replace(visits.encounter(), kiosk="大厅 1|x,&y")
    for entry in entries(visit):
        code = entry["resource"]["meta"]["tag"][0]["code"]
        assert re.fullmatch(r"[A-Za-z0-9.-]+", code)


def test_references_stay_inside_the_first_transaction_and_point_back_from_the_others() -> None:
    first, *others = fhir.visit_bundles(VISITS["many findings"], SYSTEM)
    inside = {entry["fullUrl"] for entry in first["entry"]}
    assert references(first) <= inside
    found_by = set(fhir.conditions(first).values())
    for bundle in others:
        own = {entry["fullUrl"] for entry in bundle["entry"]}
        outward = references(bundle) - own
        assert outward <= found_by
        assert outward


def references(value: object) -> set[str]:
    if isinstance(value, dict):
        own = {value["reference"]} if "reference" in value else set()
        return own.union(*(references(part) for part in value.values()))
    return set().union(*(references(part) for part in value)) if isinstance(value, list) else set()


@pytest.mark.parametrize(("tag", "code"), [("", "en"), ("ar", "ar"), ("zh-Hant", "zh-Hant")])
def test_the_language_of_the_screen_is_the_patients_language(tag: str, code: str) -> None:
    visit = visits.encounter(replace(visits.emergency_draft(), language=Language.EN, tag=tag))
    (spoken,) = resource(visit, "Patient")["communication"]
    assert spoken["language"]["coding"][0]["code"] == code


def test_an_unknown_patient_gets_no_made_up_name_or_date() -> None:
    patient = resource(VISITS["emergency"], "Patient")
    assert not {"name", "birthDate", "gender", "telecom"} & patient.keys()
    assert patient["meta"]["tag"][1]["code"] == "unverified"


def test_two_visits_of_one_phone_and_birth_date_share_an_identifier_but_no_record() -> None:
    one, two = (resource(visits.encounter(visits.draft(number)), "Patient") for number in (1, 2))
    assert one["identifier"] == two["identifier"]
    assert one["meta"] != two["meta"]
    assert visits.PHONE not in one["identifier"][0]["value"]


def test_emergencies_are_marked() -> None:
    encounter = resource(VISITS["emergency"], "Encounter")
    assert encounter["class"]["code"] == "EMER"
    assert encounter["priority"]["coding"][0]["code"] == "EM"
    assert encounter["status"] == "triaged"
    assert [one["status"] for one in encounter["statusHistory"]] == ["arrived", "triaged"]
    level = observations(VISITS["emergency"])["level"]
    assert level["valueCodeableConcept"]["coding"][0]["code"] == "II"
    assert level["component"][0]["code"]["coding"][0]["code"] == "r01_chest_pain"
    assert level["component"][1]["valueBoolean"] is True


def test_a_booked_time_is_pending_until_the_hospital_says_yes() -> None:
    appointment = resource(VISITS["knee"], "Appointment")
    assert (appointment["status"], appointment["start"]) == ("pending", "2026-03-02T10:20:00+08:00")
    assert resource(replace(visits.encounter(), confirmed=True), "Appointment")["status"] == "booked"
    kinds = {entry["resource"]["resourceType"] for entry in entries(VISITS["emergency"])}
    assert "Appointment" not in kinds


def test_only_what_the_patient_said_is_an_answer() -> None:
    items = {item["linkId"]: item for item in resource(VISITS["knee"], "QuestionnaireResponse")["item"]}
    assert items["knee_swelling"]["answer"][0]["valueCoding"]["code"] == "absent"
    assert items["knee_pain"]["text"] == "膝盖疼 Knee pain"
    assert items["age"]["answer"] == [{"valueInteger": 64}]
    assert "gout_history" not in items


def test_the_patients_words_stand_with_the_answer() -> None:
    items = {item["linkId"]: item for item in resource(VISITS["knee"], "QuestionnaireResponse")["item"]}
    ((said,),) = (answer["item"] for answer in items["knee_pain"]["answer"])
    assert said["answer"] == [{"valueString": "膝盖疼"}]
    assert "item" not in items["knee_swelling"]["answer"][0]


def test_an_insured_patients_reference_travels_as_it_was_given() -> None:
    person = replace(visits.draft().patient, insurance=" 医保:AB|12 ")
    coverage = resource(visits.encounter(replace(visits.draft(), patient=person)), "Coverage")
    assert coverage["identifier"] == [{"system": f"{SYSTEM}/insurance", "value": "医保:AB|12"}]
    assert coverage["status"] == "draft"
    assert "Coverage" not in {entry["resource"]["resourceType"] for entry in entries(VISITS["knee"])}


@pytest.mark.parametrize(
    ("level", "priority", "minutes"),
    [(Level.I, "stat", 0), (Level.II, "asap", 10), (Level.III, "urgent", 30), (Level.IV, "routine", 60)],
)
def test_the_nurse_is_asked_to_review_the_level_in_its_time(level: Level, priority: str, minutes: int) -> None:
    visit = visits.encounter(replace(visits.draft(), level=level))
    task = resource(visit, "Task")
    assert (task["status"], task["priority"]) == ("requested", priority)
    assert task["restriction"]["period"]["end"] == (visits.MORNING + timedelta(minutes=minutes)).isoformat()
    assert task["focus"]["reference"] in {e["fullUrl"] for e in entries(visit) if e["request"]["url"] == "Observation"}
    (bundle, *_) = fhir.visit_bundles(visit, terms=Terms(scale=LevelScale.ESI5))
    (unlimited,) = [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "Task"]
    assert ("restriction" in unlimited) is (level is Level.I)


def test_signs_told_in_numbers_are_vital_signs_with_units() -> None:
    complaint = "血压165，心率102，血氧93"
    found = observations(visits.encounter(replace(visits.draft(), complaint=complaint)))
    assert found["8867-4"]["valueQuantity"] == {"value": 102, "unit": "/min", "system": UCUM, "code": "/min"}
    assert found["2708-6"]["valueQuantity"]["value"] == 93
    assert found["8310-5"]["valueQuantity"]["value"] == 38.5
    systolic, diastolic = found["85354-9"]["component"]
    assert systolic["valueQuantity"]["value"] == 165
    assert diastolic["dataAbsentReason"]["coding"][0]["code"] == "unknown"
    assert {one["status"] for one in found.values()} == {"preliminary"}


def test_what_only_a_model_read_is_labelled_and_names_the_model() -> None:
    found = {
        entry["fullUrl"]: entry["resource"]
        for bundle in fhir.visit_bundles(VISITS["knee"], SYSTEM, TERMS, MAKERS)
        for entry in bundle["entry"]
    }
    (by_model,) = [url for url, one in found.items() if "security" in one["meta"]]
    assert found[by_model]["code"]["coding"][0]["code"] == "gout_history"
    provenances = [one for one in found.values() if one["resourceType"] == "Provenance"]
    (of_model,) = [one for one in provenances if {"reference": by_model} in one["target"]]
    author, software = of_model["agent"]
    assert author["who"]["identifier"]["value"] == "sha256:" + "ab" * 32
    assert author["who"]["display"].endswith("intake.gguf")
    assert software["who"]["display"] == "自助机 K03, Daozhen 1.2.3"
    assert all(len(one["agent"]) == 1 for one in provenances if one is not of_model)
    targets = [target["reference"] for one in provenances for target in one["target"]]
    assert sorted(targets) == sorted(url for url, one in found.items() if one["resourceType"] != "Provenance")


def test_what_a_model_read_and_the_patient_confirmed_names_the_model_without_the_label() -> None:
    confirmed = Finding("gout_history", Status.PRESENT, Source.ANSWER, "痛风", read_by_model=True)
    visit = visits.encounter(replace(visits.draft(), findings=(confirmed,)))
    *_, last = fhir.visit_bundles(visit, SYSTEM, TERMS, MAKERS)
    observation, made_by = (entry["resource"] for entry in last["entry"])
    assert "security" not in observation["meta"]
    assert made_by["agent"][0]["who"]["display"].endswith("intake.gguf")
    assert "gout_history" in {item["linkId"] for item in resource(visit, "QuestionnaireResponse")["item"]}


@pytest.mark.parametrize(
    ("model", "value"), [(None, None), (ModelMark(""), None), (ModelMark("served-model"), "served-model")]
)
def test_a_model_that_is_not_known_is_not_made_up(model: ModelMark | None, value: str | None) -> None:
    *_, last = fhir.visit_bundles(VISITS["knee"], SYSTEM, TERMS, Makers("1", model))
    author = last["entry"][-1]["resource"]["agent"][0]["who"]
    assert author.get("identifier", {}).get("value") == value
    assert author["display"]


def test_an_audit_event_says_who_wrote_and_for_whom() -> None:
    event = resource(VISITS["knee"], "AuditEvent")
    assert [agent["requestor"] for agent in event["agent"]] == [False, True]
    assert event["source"]["observer"]["identifier"]["value"] == "K03"
    assert (event["action"], event["outcome"]) == ("C", "0")


def test_a_clock_set_back_ends_no_period_before_it_began() -> None:
    late = visits.MORNING + timedelta(hours=1)
    encounter = resource(visits.encounter(replace(visits.draft(), consented_at=late)), "Encounter")
    assert encounter["period"]["start"] == visits.MORNING.isoformat()


def test_findings_are_preliminary_with_their_measures_and_words() -> None:
    found = observations(VISITS["knee"])
    assert {one["status"] for one in found.values()} == {"preliminary"}
    fever = found["fever"]
    (temperature,) = [c for c in fever["component"] if c["code"]["coding"][0]["system"] == "http://loinc.org"]
    assert temperature["valueQuantity"]["value"] == 38.5
    assert fever["note"] == [{"text": "38.5度"}]
    assert found["gout_history"]["method"]["coding"][0]["code"] == "model"
    assert found["morning_stiffness"]["valueCodeableConcept"]["coding"][0]["code"] == "unsure"


def test_where_it_was_pointed_at_stands_with_the_finding() -> None:
    visit = VISITS["pointed at"]
    terms = replace(TERMS, places={"knee": Words("膝盖", "Knee")})
    resources = [entry["resource"] for bundle in fhir.visit_bundles(visit, terms=terms) for entry in bundle["entry"]]
    (observation,) = [found for found in resources if found.get("bodySite")]
    assert observation["bodySite"] == {"text": "膝盖 Knee (左 left), hip"}
    (note,) = [found for found in resources if found["resourceType"] == "Composition"]
    assert "膝盖 Knee (左 left), hip" in str(note)


@given(st.text(max_size=60))
def test_any_words_become_sound_xhtml_and_utf8(words: str) -> None:
    visit = visits.encounter(replace(visits.draft(), complaint=words))
    fhir.encode(fhir.visit_bundles(visit, SYSTEM))
    for section in resource(visit, "Composition")["section"]:
        ElementTree.fromstring(section["text"]["div"])  # noqa: S314 - our own text


def test_markup_in_a_complaint_stays_text() -> None:
    section = resource(VISITS["emergency"], "Composition")["section"][0]
    assert "chest pain &lt;and&gt; &amp; sweating" in section["text"]["div"]


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        fhir.visit_bundles(replace(visits.encounter(), arrived_at=visits.MORNING.replace(tzinfo=None)), SYSTEM)


def test_payloads_survive_and_strange_ones_are_refused() -> None:
    bundles = fhir.visit_bundles(VISITS["knee"], SYSTEM)
    assert fhir.decode(fhir.encode(bundles)) == bundles


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b"[1]",
        b'[{"type":"batch","entry":[{}]}]',
        b'[{"type":"transaction","entry":[]}]',
        b'[{"type":"transaction","entry":[{"fullUrl":"u","request":{"method":"DELETE","url":"Patient"}}]}]',
        b'[{"type":"transaction","entry":[{"fullUrl":"u","request":{"method":"POST","url":"Patient"}}]}]',
        b'[{"type":"transaction","entry":[' + b",".join([b'{"fullUrl":"u","request":{}}'] * 9) + b"]}]",
    ],
)
def test_other_payloads_are_no_transactions(payload: bytes) -> None:
    with pytest.raises(ValueError):
        fhir.decode(payload)


CARD = Patient(
    name="欧阳小",
    document=IdentityDocument(DocumentKind.RESIDENT_ID, "11010519491231002X"),
    identity=IdentitySource.DOCUMENT_READ,
)


def with_card(match: PatientMatch = NO_MATCH) -> Encounter:
    return visits.encounter(replace(visits.draft(), patient=CARD, match=match))


def test_a_card_gives_name_and_number_and_stays_unverified() -> None:
    person = resource(with_card(), "Patient")
    assert person["name"] == [{"use": "official", "text": "欧阳小", "family": "欧阳", "given": ["小"]}]
    assert person["identifier"] == [
        {
            "use": "official",
            "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "NNCHN"}]},
            "system": f"{SYSTEM}/resident-id",
            "value": "11010519491231002X",
        }
    ]
    tags = {(tag["system"], tag["code"]) for tag in person["meta"]["tag"][1:]}
    assert tags == {(f"{SYSTEM}/identity", "unverified"), (f"{SYSTEM}/identity-source", "document-read")}


@pytest.mark.parametrize(
    ("match", "found_by"),
    [
        (PatientMatch("p-7", "MR 7"), "_id=p-7"),
        (PatientMatch(earlier_visit="v0"), f"_tag={SYSTEM}/key|K03-v0-patient"),
    ],
)
def test_a_known_patient_is_referred_to_and_can_be_given_up_for_one_of_its_own(
    match: PatientMatch, found_by: str
) -> None:
    bundles = fhir.visit_bundles(with_card(match), SYSTEM)
    assert fhir.borrowed_patient(bundles) == f"Patient?{found_by}"
    own = fhir.with_own_patient(bundles)
    new = fhir.visit_bundles(with_card(), SYSTEM)
    assert [fhir.conditions(bundle) for bundle in own] == [fhir.conditions(bundle) for bundle in new]
    assert found_by not in json.dumps(own)
    assert fhir.borrowed_patient(own) == ""
    assert fhir.with_own_patient(new) == new
