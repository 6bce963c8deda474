"""What a hospital with GNU Health calls things, and the records that come of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.adapters.his.mapping_file import load_mapping
from kiosk.config import HisKind, parse_config
from kiosk.domain.errors import ConfigError
from kiosk.domain.knowledge import KnowledgeBase, Level
from kiosk.domain.patient import DocumentKind, IdentityDocument, Patient
from kiosk.wire import fhir, gnuhealth
from kiosk.wire.gnuhealth import URGENCIES, HospitalCodes, Places
from kiosk.wire.site_mapping import NO_MAPPING
from kiosk.wire.visit_reading import read_visit
from kiosk.wire.visit_record import VisitRecord
from tests import whole_visits as visits

MAPPING = """
[departments]
orthopaedics = { code = "BONES", display = "骨科" }
cardiology = "HEART"
"my department" = "MINE"

[levels]
II = "2"

[practitioners]
zhou_lan = "LIC-206"

[gnuhealth]
institution = "SF"

[gnuhealth.specialties]
cardiology = "CARDIOSURG"

[gnuhealth.urgencies]
II = "b"
"""


def record(arrived_at: datetime = visits.MORNING, **changes: object) -> VisitRecord:
    encounter = visits.encounter(replace(visits.draft(), **changes))  # type: ignore[arg-type]
    return read_visit(fhir.visit_bundles(replace(encounter, arrived_at=arrived_at)))


class TestMapping:
    def test_a_file_says_only_what_is_different(self, tmp_path: Path) -> None:
        path = tmp_path / "mapping.toml"
        path.write_text(MAPPING, encoding="utf-8")
        mapping = load_mapping(path, with_systems=False).hospital_codes()
        assert mapping.specialty("orthopaedics") == "BONES"
        assert mapping.specialty("my department") == "MINE"
        assert mapping.specialty("cardiology") == "CARDIOSURG"
        assert mapping.specialty("neurology") == "NEURO"
        assert mapping.specialty("unheard_of") == "unheard_of"
        assert mapping.levels == {Level.I: "c", Level.II: "b", Level.III: "b", Level.IV: "a"}
        assert mapping.professional("zhou_lan") == "LIC-206"
        assert mapping.professional("somebody") == "somebody"
        assert mapping.institution == "SF"

    @pytest.mark.parametrize(
        ("text", "named"),
        [
            ("[gnuhealth]\ninstitute = 1", "line 2: gnuhealth.institute unknown field; allowed: institution"),
            ("gnuhealth = 3", "line 1: gnuhealth must be a table"),
            (
                "[gnuhealth.specialties]\northopaedics = 3",
                "line 2: gnuhealth.specialties.orthopaedics 3 is not allowed",
            ),
            ('[gnuhealth.specialties]\northopaedics = ""', "line 2: gnuhealth.specialties.orthopaedics must be 1 to"),
            ('[gnuhealth.urgencies]\nV = "a"', "line 2: gnuhealth.urgencies.V is no level"),
            ('[gnuhealth.urgencies]\nI = "d"', "line 2: gnuhealth.urgencies.I 'd' is not allowed; allowed: a (normal)"),
            ("[gnuhealth]\ninstitution = 1", "line 2: gnuhealth.institution 1 is not allowed"),
        ],
    )
    def test_what_is_wrong_is_named(self, tmp_path: Path, text: str, named: str) -> None:
        path = tmp_path / "mapping.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError) as caught:
            load_mapping(path, with_systems=False)
        assert named in str(caught.value)
        assert str(path) in str(caught.value)

    def test_every_level_and_department_has_a_code(self, shipped: KnowledgeBase) -> None:
        mapping = NO_MAPPING.hospital_codes()
        assert set(mapping.levels) == set(Level)
        assert set(mapping.levels.values()) == set(URGENCIES)
        known = set(shipped.departments)
        assert set(mapping.departments) <= known
        assert known - set(mapping.departments) == {
            # GNU Health has no such specialty; the name stands in the comments.
            "animal_bite",
            "burns",
            "reproductive_medicine",
            "sleep_clinic",
            "sports_medicine",
            "venereology",
        }


class TestSettings:
    NEEDED = {"kind": "gnuhealth", "url": "http://his", "user": "kiosk", "password_file": "/p"}  # noqa: RUF012

    def test_what_is_needed(self) -> None:
        his = parse_config({"his": self.NEEDED}).his
        assert (his.kind, his.database) == (HisKind.GNUHEALTH, "health")

    @pytest.mark.parametrize("key", ["url", "user", "password_file", "database"])
    def test_what_is_missing_is_named(self, key: str) -> None:
        with pytest.raises(ConfigError) as caught:
            parse_config({"his": {**self.NEEDED, key: ""}})
        assert caught.value.key == f"his.{key}"


class TestPerson:
    @pytest.mark.parametrize(
        ("patient", "arrived", "birth"),
        [
            (Patient(age=64), "2026-03-02", {"dob": (1962, 3, 2), "est_dob": True}),
            (Patient(age=63), "2028-02-29", {"dob": (1965, 2, 28), "est_dob": True}),
            (Patient(age=0, age_days=40), "2026-03-02", {"dob": (2026, 1, 21)}),
            (Patient(age=64, birth_date=visits.BIRTH), "2026-03-02", {"dob": (1961, 5, 17)}),
            (Patient(), "2026-03-02", {}),
        ],
    )
    def test_birth(self, patient: Patient, arrived: str, birth: dict[str, object]) -> None:
        at = datetime.fromisoformat(f"{arrived}T09:46:00+08:00")
        person = gnuhealth.person(record(at, patient=patient))
        found = {name: person[name] for name in ("dob", "est_dob") if name in person}
        if "dob" in found:
            found["dob"] = tuple(found["dob"][part] for part in ("year", "month", "day"))
        assert found == birth

    def test_an_insurance_reference_is_kept(self) -> None:
        visit = record()
        insured = replace(visit, patient=replace(visit.patient, insurance="ref-77"))
        ids = gnuhealth.person(insured)["alternative_ids"][0][1]
        assert ids[-1] == {
            "alternative_id_type": "other",
            "other_alternative_id_type": "insurance reference",
            "code": "ref-77",
        }

    def test_the_desk_is_asked_for_the_name_behind_a_typed_number(self) -> None:
        paper = IdentityDocument(DocumentKind.PASSPORT, "E12345678")
        for name, asked in ((None, True), ("欧阳小", False)):
            visit = record(patient=replace(visits.draft().patient, document=paper, name=name))
            made = gnuhealth.appointment(visit, HospitalCodes(), 5, Places(), time_taken=False)
            assert ("please add the name from the document" in made["comments"]) is asked

    def test_a_key_means_nothing_in_a_search(self) -> None:
        assert gnuhealth.key(replace(record(), visit_id="50%_of\\'it")) == "50--of--it"


def test_an_appointment_without_a_slot_begins_now_and_leaves_nobody_in_charge() -> None:
    visit = record(slot=None)
    made = gnuhealth.appointment(visit, HospitalCodes(), 5, Places(), time_taken=False)
    assert made["appointment_date"] == gnuhealth.checked_in(visit)["checked_in_date"]
    assert made["healthprof"] is None
    assert made["speciality"] is None
    assert "institution" not in made
