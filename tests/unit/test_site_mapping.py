"""Our codes as a hospital calls them: what is translated, what must not be, and what a wrong file is told."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import paths
from kiosk.adapters.demo_hospital import load_hospital
from kiosk.adapters.his.mapping_file import MappingFile, load_mapping
from kiosk.adapters.knowledge import load_knowledge
from kiosk.domain.encounter import Encounter
from kiosk.domain.errors import ConfigError
from kiosk.domain.knowledge import Level
from kiosk.wire import fhir
from kiosk.wire.gnuhealth import HospitalCodes
from kiosk.wire.hl7v2_site import CodeMap
from kiosk.wire.site_mapping import NO_MAPPING, LocalCode, SiteMapping, mapped, parse_mapping
from tests import whole_visits as visits
from tests.encounter_strategies import encounters

EXAMPLE = paths.assets() / "demo-hospital" / "his-mapping.toml"
MAPPING = load_mapping(EXAMPLE)
VISIT = visits.encounter()


def resources(visit: Encounter, mapping: SiteMapping = MAPPING) -> dict[str, dict]:
    """The first resource of each type."""
    found: dict[str, dict] = {}
    for bundle in fhir.visit_bundles(visit):
        for entry in mapped(bundle, mapping)["entry"]:
            found.setdefault(entry["resource"]["resourceType"], entry["resource"])
    return found


def codings(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        if isinstance(value.get("system"), str) and isinstance(value.get("code"), str):
            yield value["system"], value["code"]
        for part in value.values():
            yield from codings(part)
    elif isinstance(value, list):
        for part in value:
            yield from codings(part)


def test_department_and_level_come_in_the_hospitals_words_first_and_in_ours_after() -> None:
    found = resources(VISIT)
    first, ours = found["Encounter"]["serviceType"]["coding"]
    assert first == {"system": "https://his.example/codes/department", "code": "0405", "display": "骨科门诊"}
    assert ours["code"] == "orthopaedics"
    first, ours = found["Observation"]["valueCodeableConcept"]["coding"]
    assert (first["code"], first["display"], ours["code"]) == ("3", "急症", "III")


def test_practitioner_and_room_are_known_by_the_hospitals_numbers() -> None:
    doctor, room = (part["actor"] for part in resources(VISIT)["Appointment"]["participant"][1:])
    assert doctor == {
        "identifier": {"system": "https://his.example/identifier/staff-number", "value": "D1024"},
        "display": "周岚",
    }
    assert room["identifier"]["value"] == "OPD-2-06"


def test_visit_and_number_stand_under_the_hospitals_addresses() -> None:
    visit, number = resources(VISIT)["Encounter"]["identifier"]
    assert visit["system"] == "https://his.example/identifier/kiosk-visit"
    assert number["system"] == "https://his.example/identifier/queue-number/2026-03-02"
    assert (visit["value"], number["value"]) == (VISIT.visit_id, "骨 027")


def test_the_hospital_is_named_where_resources_have_a_place_for_it() -> None:
    found = resources(VISIT)
    for resource, element in (("Encounter", "serviceProvider"), ("Composition", "custodian")):
        assert found[resource][element]["display"] == "清河医院"
    assert found["Patient"]["managingOrganization"]["identifier"]["value"] == "000000000000000000"


def test_what_has_no_entry_keeps_our_code() -> None:
    visit = visits.encounter(replace(visits.draft(), department="dermatology"))
    (only,) = resources(visit)["Encounter"]["serviceType"]["coding"]
    assert only["code"] == "dermatology"


def test_without_a_mapping_nothing_is_copied() -> None:
    (bundle, *_) = fhir.visit_bundles(VISIT)
    assert mapped(bundle, NO_MAPPING) is bundle


@settings(max_examples=40, deadline=None)
@given(encounters)
def test_any_visit_stays_valid_findable_by_our_keys_and_complete(visit: Encounter) -> None:
    draft = visit.draft
    mapping = replace(
        MAPPING,
        departments={draft.department: LocalCode("D1", "urn:oid:1.2.3")},
        practitioners={visits.DOCTOR.code: LocalCode("P1", "urn:oid:1.2.4")},
    )
    for bundle in fhir.visit_bundles(visit):
        translated = mapped(bundle, mapping)
        Bundle.model_validate(translated)
        assert fhir.conditions(translated) == fhir.conditions(bundle)
        assert set(codings(bundle)) <= set(codings(translated))
        assert fhir.decode(fhir.encode([translated])) == (translated,)


def test_the_example_speaks_of_what_there_is() -> None:
    departments = load_knowledge(paths.assets() / "knowledge").departments
    hospital = load_hospital(paths.assets() / "demo-hospital" / "hospital.yaml")
    assert MAPPING.departments.keys() <= departments.keys()
    assert MAPPING.practitioners.keys() <= {one.code for one in hospital.practitioners}
    assert MAPPING.level(Level.I) == LocalCode("1", "https://his.example/codes/triage-level", "濒危")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[departements]\n", "line 1: departements unknown table"),
        ("departments = 3\n", "line 1: departments must be a table"),
        ('[code_systems]\nlevels = "https://x"\n\n[levels]\nV = "5"\n', "line 5: levels.V is no level"),
        ('[departments]\na = "1"\n', "line 2: departments.a.system is missing"),
        ('[departments]\na = { system = "https://x" }\n', "line 2: departments.a.code is missing"),
        ('[departments.a]\nsystem = "https://x"\ncode = 5\n', "line 3: departments.a.code 5 is not allowed"),
        ('[departments.a]\nsystem = "x"\ncode = "5"\n', "line 2: departments.a.system 'x' is not allowed"),
        ('[departments]\n# one\n"a" = { kode = "1" }\n', "line 3: departments.a.kode unknown field"),
        ('[departments]\na = ["1"]\n', "line 2: departments.a must be a text"),
        ('[departments]\na = ""\n', "line 2: departments.a.code must be 1 to 200"),
        ('[systems]\nkey = "https://x"\n', "line 2: systems.key unknown field; allowed: visit, number"),
        ('[systems]\nvisit = "his"\n', "line 2: systems.visit 'his' is not allowed"),
        ('[facility]\nname = "x"\n', "line 1: facility.identifier is missing"),
        ('[facility]\nidentifier = "1"\nsystem = "https://a b"\n', "line 3: facility.system"),
        ("hl7v2 = 1\n", "line 1: hl7v2 must be a table"),
        ("[hl7v2]\nmesages = []\n", "line 2: hl7v2.mesages unknown field; allowed: messages, retry_codes"),
        ("[hl7v2]\nmessages = []\n", "line 2: hl7v2.messages must name one or more"),
        ('[hl7v2]\nmessages = "ADT^A04"\n', "line 2: hl7v2.messages must be a list"),
        ('[hl7v2]\nmessages = ["ADT^A08"]\n', "line 2: hl7v2.messages 'ADT^A08' is no message of a visit"),
        ('[hl7v2]\nmessages = ["ADT^A04", "ADT^A04"]\n', "line 2: hl7v2.messages must name one or more, each once"),
        ("[hl7v2]\ndone_codes = [205]\n", "line 2: hl7v2.done_codes 205 is not allowed"),
        ("[hl7v2]\n\nidentifier_length = 5\n", "line 3: hl7v2.identifier_length must be a number from 8 to 199"),
        ("[hl7v2]\nidentifier_length = true\n", "line 2: hl7v2.identifier_length must be a number"),
        ('[hl7v2]\nprobe = "no"\n', "line 2: hl7v2.probe must be true or false"),
        ("[hl7v2]\nunnamed = 5\n", "line 2: hl7v2.unnamed 5 is not allowed"),
        ('[hl7v2.priorities]\nV = "1"\n', "line 2: hl7v2.priorities.V is no level"),
        ("[hl7v2.findings]\na = 1\n", "line 2: hl7v2.findings.a 1 is not allowed"),
        ("[facility\n", "is not TOML: "),
        ("a = 1\n = 2\n", "line 2"),
    ],
)
def test_a_wrong_file_is_told_line_and_field(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "mapping.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_mapping(file)
    assert caught.value.key == "his.mapping"
    assert str(file) in str(caught.value)
    assert said in str(caught.value)


names = st.sampled_from(
    ["I", "V", "code", "system", "display", "messages", "probe", "priorities", "findings", "unnamed"]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["ADT^A04", "https://x", "c"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names | st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)
tables = st.sampled_from(["facility", "systems", "code_systems", "departments", "levels", "hl7v2", "gnuhealth"])


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(tables, values, max_size=4), st.booleans())
def test_any_document_is_a_mapping_or_names_its_key(document: dict[str, object], with_systems: bool) -> None:
    try:
        mapping = parse_mapping(document, with_systems=with_systems)
    except ConfigError as error:
        assert error.key.partition(".")[0] in document
    else:
        assert set(mapping.code_map().levels) == set(mapping.hospital_codes().levels) == set(Level)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_told_so(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "mapping.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match=r"his\.mapping"):
        MappingFile(str(file)).current()


def test_a_corrected_file_holds_at_once(tmp_path: Path) -> None:
    file = tmp_path / "mapping.toml"
    file.write_text("[departments]\n")
    mapping = MappingFile(str(file))
    assert mapping.current() == NO_MAPPING
    file.write_text('[code_systems]\ndepartments = "https://x"\n[departments]\na = "1"\n')
    os.utime(file, ns=(1, 1))
    assert mapping.current().departments == {"a": LocalCode("1", "https://x")}
    assert MappingFile("").current() is NO_MAPPING


def test_the_example_says_the_same_to_every_kind() -> None:
    codes, theirs = MAPPING.code_map(), MAPPING.hospital_codes()
    assert codes.departments == {ours: local.code for ours, local in MAPPING.departments.items()}
    assert (codes.levels[Level.II], codes.practitioners["zhou_lan"], codes.rooms["206"]) == ("2", "D1024", "OPD-2-06")
    assert (codes.unnamed, codes.identifier_length, codes.done_codes) == ("无名氏", 20, frozenset({"205"}))
    assert (theirs.institution, theirs.professional("zhou_lan")) == ("QINGHE", "D1024")
    assert set(theirs.departments.values()) == set(HospitalCodes().departments.values())


def test_without_a_mapping_every_kind_has_its_own_usual_codes() -> None:
    assert parse_mapping({}) == NO_MAPPING
    assert NO_MAPPING.code_map() == CodeMap()
    assert NO_MAPPING.hospital_codes() == HospitalCodes()


def test_only_fhir_asks_for_the_systems_of_codes(tmp_path: Path) -> None:
    file = tmp_path / "mapping.toml"
    file.write_text('[departments]\na = "1"\n[levels]\nI = "red"\n')
    codes = load_mapping(file, with_systems=False).code_map()
    assert codes.departments == {"a": "1"}
    assert codes.levels == {**CodeMap().levels, Level.I: "red"}
    with pytest.raises(ConfigError, match=r"departments\.a\.system is missing"):
        load_mapping(file)


def test_an_entry_may_have_a_system_of_its_own() -> None:
    text = '[code_systems]\nrooms = "https://x"\n[rooms]\n"206" = { code = "r", system = "urn:y" }\n"207" = "s"\n'
    rooms = parse_mapping(tomllib.loads(text)).rooms
    assert rooms == {"206": LocalCode("r", "urn:y"), "207": LocalCode("s", "https://x")}
