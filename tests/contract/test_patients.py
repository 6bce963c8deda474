"""Patients whom the hospital knows already: found in its register, and their visits put to their record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from kiosk.adapters.his import make_his, make_patients
from kiosk.adapters.his.fhir import FhirHis
from kiosk.adapters.his.fhir_patients import FhirPatients
from kiosk.adapters.his.gnuhealth import GnuHealthHis
from kiosk.adapters.his.gnuhealth_patients import GnuHealthPatients
from kiosk.config import HisKind, HisSettings, LookupKind
from kiosk.domain.encounter import VisitDraft
from kiosk.domain.errors import HisLockedOut, HisUnavailable
from kiosk.domain.patient import DocumentKind, IdentityDocument, IdentitySource, Patient, Sex
from kiosk.domain.patient_match import NO_MATCH, POSSIBLE, PatientMatch
from kiosk.wire import fhir
from tests import whole_visits as visits
from tests.gnuhealth_peer import GnuHealthPeer
from tests.peer_fixtures import FhirPeer

pytestmark = pytest.mark.peer

NUMBER = "196105170021"
CARD = replace(
    visits.draft().patient,
    phone=None,
    sex=Sex.FEMALE,
    name="欧阳小",
    document=IdentityDocument(DocumentKind.RESIDENT_ID, NUMBER),
    identity=IdentitySource.DOCUMENT_READ,
)
SYSTEM = "urn:oid:2.16.156.10011.1.3"
MAPPING = f"""
[systems]
resident-id = "{SYSTEM}"
medical-record = "urn:hospital:mrn"
"""


def by(patient: Patient, match: PatientMatch = NO_MATCH, number: int = 1) -> bytes:
    draft: VisitDraft = replace(visits.draft(number), patient=patient, match=match)
    return fhir.encode(fhir.visit_bundles(visits.encounter(draft)))


class TestFhir:
    @pytest.fixture
    def settings(self, fhir_peer: FhirPeer, tmp_path: Path) -> HisSettings:
        (tmp_path / "mapping.toml").write_text(MAPPING, encoding="utf-8")
        return HisSettings(kind=HisKind.FHIR, url=fhir_peer.url, timeout_s=5.0, mapping=str(tmp_path / "mapping.toml"))

    @pytest.fixture
    def his(self, settings: HisSettings) -> Iterator[FhirHis]:
        his = make_his(settings)
        assert isinstance(his, FhirHis)
        yield his
        his.close()

    @pytest.fixture
    def register(self, settings: HisSettings) -> Iterator[FhirPatients]:
        register = make_patients(settings, LookupKind.SEARCH)
        assert isinstance(register, FhirPatients)
        yield register
        register.close()

    def known(self, peer: FhirPeer, **changes: object) -> str:
        """The id of a new patient of the hospital's own."""
        resource = {
            "resourceType": "Patient",
            "identifier": [
                {"system": SYSTEM, "value": NUMBER},
                {"system": "urn:hospital:mrn", "value": "MR 7"},
            ],
            "name": [{"family": "欧阳", "given": ["小"]}],
            "gender": "female",
            "birthDate": visits.BIRTH.isoformat(),
            "telecom": [{"system": "phone", "value": visits.PHONE}],
        }
        answer = httpx.post(f"{peer.url}/Patient", json={**resource, **changes}, trust_env=False)
        return str(answer.raise_for_status().json()["id"])

    def test_nobody_is_known_in_an_empty_register(self, register: FhirPatients) -> None:
        assert register.find(CARD) == NO_MATCH

    def test_the_one_record_is_found_with_its_number(self, register: FhirPatients, fhir_peer: FhirPeer) -> None:
        record = self.known(fhir_peer)
        self.known(fhir_peer, identifier=[{"system": SYSTEM, "value": "another"}])
        assert register.find(CARD) == PatientMatch(record, "MR 7")

    @pytest.mark.parametrize(
        "changes",
        [{"birthDate": "1960-01-01"}, {"gender": "male"}, {"name": [{"text": "王五"}]}],
    )
    def test_a_record_about_somebody_else_is_for_the_desk(
        self, register: FhirPatients, fhir_peer: FhirPeer, changes: dict[str, object]
    ) -> None:
        self.known(fhir_peer, **changes)
        assert register.find(CARD) == POSSIBLE

    def test_two_records_are_for_the_desk(self, register: FhirPatients, fhir_peer: FhirPeer) -> None:
        self.known(fhir_peer)
        self.known(fhir_peer)
        assert register.find(CARD) == POSSIBLE

    def test_a_merged_record_is_not_a_second_one(self, register: FhirPatients, fhir_peer: FhirPeer) -> None:
        record = self.known(fhir_peer)
        self.known(fhir_peer, link=[{"type": "replaced-by", "other": {"reference": f"Patient/{record}"}}])
        self.known(fhir_peer, active=False)
        assert register.find(CARD).record == record

    def test_phone_and_birth_date_are_never_certain(self, register: FhirPatients, fhir_peer: FhirPeer) -> None:
        self.known(fhir_peer)
        patient = Patient(phone=visits.PHONE, birth_date=visits.BIRTH)
        assert register.find(patient) == POSSIBLE
        assert register.find(replace(patient, phone="13900139000")) == NO_MATCH

    @pytest.mark.parametrize("fault", ["unavailable", "hang", "web_page"])
    def test_a_server_that_is_away_is_unavailable(self, settings: HisSettings, fhir_peer: FhirPeer, fault: str) -> None:
        register = make_patients(replace(settings, timeout_s=1.0), LookupKind.SEARCH)
        fhir_peer.fail(fault)
        with pytest.raises(HisUnavailable):
            register.find(CARD)
        register.close()

    def test_a_server_without_match_says_so(self, settings: HisSettings) -> None:
        register = make_patients(settings, LookupKind.MATCH)
        with pytest.raises(HisLockedOut):
            register.find(CARD)
        register.close()

    def test_the_visit_of_a_known_patient_makes_no_second_one(
        self, his: FhirHis, register: FhirPatients, fhir_peer: FhirPeer
    ) -> None:
        record = self.known(fhir_peer)
        for _ in range(2):
            his.deliver("visit-1-his", by(CARD, register.find(CARD)))
        assert fhir_peer.counts()["Patient"] == 1
        (encounter,) = fhir_peer.search("Encounter")
        assert encounter["subject"]["reference"] == f"Patient/{record}"
        (kept,) = fhir_peer.search("Patient")
        assert kept["name"] == [{"family": "欧阳", "given": ["小"]}]

    def test_a_record_that_went_meanwhile_leaves_a_patient_of_its_own(self, his: FhirHis, fhir_peer: FhirPeer) -> None:
        for _ in range(3):
            his.deliver("visit-1-his", by(CARD, PatientMatch("gone")))
        (kept,) = fhir_peer.search("Patient")
        (encounter,) = fhir_peer.search("Encounter")
        assert encounter["subject"]["reference"] == f"Patient/{kept['id']}"
        assert kept["identifier"][0]["system"] == SYSTEM

    def test_a_second_visit_here_is_the_same_patients(self, his: FhirHis, fhir_peer: FhirPeer) -> None:
        earlier = PatientMatch(earlier_visit=visits.visit_id(1))
        his.deliver("visit-1-his", by(CARD))
        his.deliver("visit-2-his", by(CARD, earlier, 2))
        assert (fhir_peer.counts()["Patient"], fhir_peer.counts()["Encounter"]) == (1, 2)

    def test_a_possible_duplicate_is_marked_for_the_desk(self, his: FhirHis, fhir_peer: FhirPeer) -> None:
        his.deliver("visit-1-his", by(CARD, POSSIBLE))
        (task,) = fhir_peer.search("Task")
        assert "There may be a record already" in task["reasonCode"]["text"]
        (found,) = fhir_peer.search("Patient?_tag=https://daozhen.example/fhir/identity|possible-duplicate")
        assert found["name"][0] == {"use": "official", "text": "欧阳小", "family": "欧阳", "given": ["小"]}

    def test_the_desk_is_asked_for_the_name_behind_a_typed_number(self, his: FhirHis, fhir_peer: FhirPeer) -> None:
        his.deliver("visit-1-his", by(replace(CARD, name=None)))
        (patient,) = fhir_peer.search("Patient")
        (task,) = fhir_peer.search("Task")
        assert "name" not in patient
        assert "please add the name from the document" in task["reasonCode"]["text"]

    @pytest.mark.parametrize(
        ("patient", "match"),
        [
            (CARD, NO_MATCH),
            (replace(CARD, name=None), PatientMatch(earlier_visit=visits.visit_id(7))),
            (replace(CARD, name=None, document=None, phone="13800138000"), NO_MATCH),
        ],
    )
    def test_nobody_is_asked_for_a_name_that_is_known_or_was_not_wanted(
        self, his: FhirHis, fhir_peer: FhirPeer, patient: Patient, match: PatientMatch
    ) -> None:
        his.deliver("visit-1-his", by(patient, match))
        (task,) = fhir_peer.search("Task")
        assert "please add the name" not in task.get("reasonCode", {}).get("text", "")


class TestGnuHealth:
    @pytest.fixture
    def register(self, gnuhealth_his: GnuHealthHis) -> GnuHealthPatients:
        return GnuHealthPatients(gnuhealth_his._tryton)

    def test_who_came_with_a_card_is_found_again(
        self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer, register: GnuHealthPatients
    ) -> None:
        assert register.find(CARD) == NO_MATCH
        gnuhealth_his.deliver("visit-1-his", by(CARD))
        known = gnuhealth_peer.record("gnuhealth.patient", "party.name", "party.lastname", "party.ref")
        assert (known["party."]["lastname"], known["party."]["name"]) == ("欧阳", "小")
        found = register.find(CARD)
        assert found == PatientMatch(str(known["id"]), known["party."]["ref"])
        for _ in range(2):
            gnuhealth_his.deliver("visit-2-his", by(CARD, found, 2))
        counts = gnuhealth_peer.counts()
        assert (counts["gnuhealth.patient"], counts["gnuhealth.appointment"]) == (1, 2)

    def test_a_second_visit_here_is_the_same_patients(
        self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer
    ) -> None:
        gnuhealth_his.deliver("visit-1-his", by(CARD))
        gnuhealth_his.deliver("visit-2-his", by(CARD, PatientMatch(earlier_visit=visits.visit_id(1)), 2))
        assert gnuhealth_peer.counts()["gnuhealth.patient"] == 1

    def test_a_record_that_went_meanwhile_leaves_a_patient_of_its_own(
        self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer
    ) -> None:
        for _ in range(2):
            gnuhealth_his.deliver("visit-1-his", by(CARD, PatientMatch("999999")))
        assert gnuhealth_peer.counts()["gnuhealth.patient"] == 1

    def test_what_does_not_fit_is_for_the_desk(
        self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer, register: GnuHealthPatients
    ) -> None:
        gnuhealth_his.deliver("visit-1-his", by(CARD, POSSIBLE))
        booked = gnuhealth_peer.record("gnuhealth.appointment", "comments")
        assert "There may be a record already" in booked["comments"]
        assert register.find(replace(CARD, sex=Sex.MALE)) == POSSIBLE
        phone = visits.draft().patient
        gnuhealth_his.deliver("visit-2-his", by(phone, number=2))
        assert register.find(phone) == POSSIBLE


def test_the_number_travels_whole(fhir_peer: FhirPeer) -> None:
    assert json.loads(by(CARD))[0]["entry"][0]["resource"]["identifier"][0]["value"] == NUMBER
