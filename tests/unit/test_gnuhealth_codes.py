"""What a hospital with GNU Health calls things, and the records that come of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.adapters.his.gnuhealth_codes import load_codes
from kiosk.config import HisKind, parse_config
from kiosk.domain.errors import ConfigError
from kiosk.domain.knowledge import KnowledgeBase, Level
from kiosk.domain.patient import Patient
from kiosk.wire import fhir, gnuhealth
from kiosk.wire.gnuhealth import URGENCIES, Places, SiteCodes
from kiosk.wire.visit_record import VisitRecord, read_visit
from tests import whole_visits as visits

CODES = """
institution = "SF"

[specialties]
orthopaedics = "BONES"
"my department" = "MINE"

[urgencies]
II = "b"

[professionals]
zhou_lan = "LIC-206"
"""


def record(arrived_at: datetime = visits.MORNING, **changes: object) -> VisitRecord:
    encounter = visits.encounter(replace(visits.draft(), **changes))  # type: ignore[arg-type]
    return read_visit(fhir.visit_bundles(replace(encounter, arrived_at=arrived_at)))


class TestCodes:
    def test_a_file_says_only_what_is_different(self, tmp_path: Path) -> None:
        path = tmp_path / "codes.toml"
        path.write_text(CODES, encoding="utf-8")
        codes = load_codes(path)
        assert codes.specialty("orthopaedics") == "BONES"
        assert codes.specialty("my department") == "MINE"
        assert codes.specialty("cardiology") == "CARDIO"
        assert codes.specialty("unheard_of") == "unheard_of"
        assert codes.urgencies == {Level.I: "c", Level.II: "b", Level.III: "b", Level.IV: "a"}
        assert codes.professional("zhou_lan") == "LIC-206"
        assert codes.professional("somebody") == "somebody"
        assert codes.institution == "SF"

    @pytest.mark.parametrize(
        ("text", "named"),
        [
            ("[specialities]", "specialities"),
            ('specialties = "BONES"', "specialties"),
            ("[specialties]\northopaedics = 3", "specialties.orthopaedics"),
            ('[specialties]\northopaedics = ""', "specialties.orthopaedics"),
            ('[urgencies]\nV = "a"', "urgencies.V"),
            ('[urgencies]\nI = "d"', "urgencies.I"),
            ("institution = 1", "institution"),
            ("institution", "his.codes"),
        ],
    )
    def test_what_is_wrong_is_named(self, tmp_path: Path, text: str, named: str) -> None:
        path = tmp_path / "codes.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError) as caught:
            load_codes(path)
        assert caught.value.key.endswith(named)

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match=r"his\.codes"):
            load_codes(tmp_path / "codes.toml")

    def test_every_level_and_department_has_a_code(self, shipped: KnowledgeBase) -> None:
        codes = load_codes(None)
        assert set(codes.urgencies) == set(Level)
        assert set(codes.urgencies.values()) == set(URGENCIES)
        known = set(shipped.departments)
        assert set(codes.specialties) <= known
        assert known - set(codes.specialties) == {
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

    def test_a_key_means_nothing_in_a_search(self) -> None:
        assert gnuhealth.key(replace(record(), visit_id="50%_of\\'it")) == "50--of--it"


def test_an_appointment_without_a_slot_begins_now_and_leaves_nobody_in_charge() -> None:
    visit = record(slot=None)
    made = gnuhealth.appointment(visit, SiteCodes(), 5, Places(), time_taken=False)
    assert made["appointment_date"] == gnuhealth.checked_in(visit)["checked_in_date"]
    assert made["healthprof"] is None
    assert made["speciality"] is None
    assert "institution" not in made
