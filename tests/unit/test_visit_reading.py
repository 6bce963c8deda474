"""What is read back from a visit's transactions is the visit."""

from __future__ import annotations

import copy
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.encounter import Encounter
from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.language import Words
from kiosk.wire import fhir
from kiosk.wire.fhir_keys import Terms, clean
from kiosk.wire.visit_reading import read_visit
from kiosk.wire.visit_record import FindingRecord
from tests import whole_visits as visits
from tests.encounter_strategies import encounters

TERMS = Terms(
    findings={"knee_pain": Words("膝盖疼", "Knee pain")}, departments={"orthopaedics": Words("骨科", "Orthopaedics")}
)
SETTINGS = settings(max_examples=60, deadline=None)


def sent(visit: Encounter) -> tuple[dict, ...]:
    """As it comes out of the outbox."""
    return fhir.decode(fhir.encode(fhir.visit_bundles(visit, terms=TERMS)))


@SETTINGS
@given(encounters)
def test_the_visit_is_read_back_as_it_was(visit: Encounter) -> None:
    record, draft, person = read_visit(sent(visit)), visit.draft, visit.draft.patient
    assert (record.visit_id, record.number, record.kiosk) == (visit.visit_id, visit.number, visit.kiosk)
    assert (record.arrived_at, record.consented_at) == (visit.arrived_at, draft.consented_at.replace(microsecond=0))
    assert (record.emergency, record.level, record.staff_check) == (draft.emergency, draft.level, draft.staff_check)
    told = record.patient
    assert (told.sex, told.birth_date, told.phone) == (person.sex, person.birth_date, person.phone or "")
    assert (told.age, told.age_days, told.pregnant) == (person.age, person.age_days, person.pregnant)
    assert told.verified is (person.identity == "verified")
    assert [(flag.code, flag.level) for flag in record.red_flags] == [(r.rule, r.level) for r in draft.red_flags]
    assert record.department.code == draft.department
    assert record.complaint == clean(draft.complaint)
    assert record.booked is (draft.slot is not None)
    if draft.slot is not None:
        assert record.slot is not None
        assert (record.slot.code, record.slot.start, record.slot.end) == (
            draft.slot.code,
            draft.slot.start,
            draft.slot.end,
        )
        assert record.slot.confirmed is visit.confirmed


@SETTINGS
@given(encounters)
def test_every_finding_comes_back_with_its_measures_and_words(visit: Encounter) -> None:
    found = {finding.code: finding for finding in read_visit(sent(visit)).findings}
    assert found.keys() == {finding.code for finding in visit.draft.findings}
    for finding in visit.draft.findings:
        read = found[finding.code]
        assert (read.status, read.source, read.words) == (finding.status, finding.source, clean(finding.text))
        assert (read.severity, read.duration_hours, read.value) == (
            finding.severity,
            finding.duration_hours,
            finding.value,
        )


def test_people_can_read_it() -> None:
    record = read_visit(sent(visits.encounter()))
    assert record.department.name == "骨科 Orthopaedics"
    assert record.practitioner is not None
    assert (record.practitioner.name, record.practitioner.room) == ("周岚 Zhou Lan", "206")
    knee = next(finding for finding in record.findings if finding.code == "knee_pain")
    assert knee == FindingRecord(
        "knee_pain", "膝盖疼 Knee pain", Status.PRESENT, Source.WORDS, "膝盖疼", 6, 504.0, None, ""
    )
    answers = {answer.code: answer for answer in record.answers}
    assert (answers["knee_pain"].question, answers["knee_pain"].answer) == ("膝盖疼 Knee pain", "有 present")
    assert answers["age"].answer == "64"
    title, complaint = record.note.splitlines()[:2]
    assert title.endswith("In the patient's words")
    assert complaint == visits.draft().complaint


def test_signs_insurance_and_the_words_of_an_answer_are_read() -> None:
    person = replace(visits.draft().patient, insurance="opaque-7")
    record = read_visit(sent(visits.encounter(replace(visits.draft(), complaint="血压165/95", patient=person))))
    assert [(sign.loinc, sign.value, sign.unit) for sign in record.vitals] == [
        ("8310-5", 38.5, "Cel"),
        ("8480-6", 165.0, "mm[Hg]"),
        ("8462-4", 95.0, "mm[Hg]"),
    ]
    assert record.patient.insurance == "opaque-7"
    assert {answer.code: answer.words for answer in record.answers}["knee_pain"] == "膝盖疼"


def test_markup_in_words_is_text_again_in_the_note() -> None:
    assert "chest pain <and> & sweating" in read_visit(sent(visits.encounter(visits.emergency_draft()))).note


def test_a_walk_in_has_neither_slot_nor_practitioner() -> None:
    record = read_visit(sent(visits.encounter(replace(visits.draft(), slot=None))))
    assert (record.booked, record.slot, record.practitioner) == (False, None, None)


@pytest.mark.parametrize(
    ("resource", "element", "named"),
    [
        ("Patient", None, "Patient"),
        ("Encounter", None, "Encounter"),
        ("Consent", None, "Consent"),
        ("Composition", None, "Composition"),
        ("Observation", None, "level"),
        ("Encounter", "identifier", "visit"),
        ("Encounter", "serviceType", "department"),
        ("Observation", "effectiveDateTime", "effectiveDateTime"),
        ("Observation", "performer", "kiosk"),
        ("Observation", "valueCodeableConcept", "level"),
        ("Appointment", "start", "Appointment.start"),
        ("Consent", "dateTime", "Consent.dateTime"),
    ],
)
def test_what_is_missing_is_named(resource: str, element: str | None, named: str) -> None:
    bundles = copy.deepcopy(sent(visits.encounter(replace(visits.draft(), findings=()))))
    for bundle in bundles:
        if element is None:
            bundle["entry"] = [e for e in bundle["entry"] if e["resource"]["resourceType"] != resource]
        for entry in bundle["entry"]:
            if entry["resource"]["resourceType"] == resource and element is not None:
                entry["resource"].pop(element, None)
    with pytest.raises(ValueError, match=named):
        read_visit(bundles)


_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=5), part, max_size=3),
    max_leaves=6,
)


def _spoil(part: dict | list, data: st.DataObject) -> None:
    """Put junk into one place, at any depth."""
    place = data.draw(st.sampled_from(sorted(part) if isinstance(part, dict) else range(len(part))))
    inner = part[place]
    if isinstance(inner, dict | list) and inner and data.draw(st.integers(0, 3)):
        _spoil(inner, data)
    else:
        part[place] = data.draw(_JUNK)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_spoiled_payload_is_a_value_error_or_a_visit_and_never_another_error(data: st.DataObject) -> None:
    bundles = json.loads(json.dumps(sent(visits.encounter())))
    resource = data.draw(st.sampled_from([e["resource"] for bundle in bundles for e in bundle["entry"]]))
    _spoil(resource, data)
    try:
        record = read_visit(bundles)
    except ValueError as error:
        assert str(error).startswith("no ")
    else:
        assert record.visit_id


def test_findings_of_every_transaction_are_read() -> None:
    findings = tuple(Finding(f"finding_{n}", Status.PRESENT, Source.ANSWER) for n in range(20))
    assert len(read_visit(sent(visits.encounter(replace(visits.draft(), findings=findings)))).findings) == 20
