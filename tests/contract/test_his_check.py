"""`kiosk his check` and `kiosk his preview` as IT meets them, against a real server and broken ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from fhir.resources.R4B.bundle import Bundle

from kiosk import paths
from kiosk.adapters.his import make_his
from kiosk.adapters.his.fhir import FhirHis
from kiosk.adapters.his.previews import record_shown
from kiosk.config import HisKind, HisSettings
from kiosk.domain.self_test import Check, Verdict
from kiosk.wire import fhir
from kiosk.wire.visit_reading import read_visit
from tests import whole_visits as visits
from tests.faulty_peer import Conversation, FaultyPeer, answer, http, outcome
from tests.fhir_clinics import MAPPING, Clinics, every
from tests.his_command import run
from tests.https_peer import TokenDesk, write_key
from tests.peer_fixtures import FhirPeer

pytestmark = pytest.mark.peer

PAYLOAD = fhir.encode(fhir.visit_bundles(visits.encounter()))
EXAMPLE = paths.assets() / "demo-hospital" / "his-mapping.toml"
FAILS, WARNS, WORKS = Verdict.FAIL, Verdict.WARN, Verdict.OK

Examined = Callable[..., dict[str, Check]]


@pytest.fixture
def examined() -> Iterator[Examined]:
    made: list[FhirHis] = []

    def examine(url: str, **settings: Any) -> dict[str, Check]:
        his = make_his(HisSettings(**({"kind": HisKind.FHIR, "url": url, "timeout_s": 3.0} | settings)))
        assert isinstance(his, FhirHis)
        made.append(his)
        return {check.name: check for check in his.examine(PAYLOAD)}

    yield examine
    for his in made:
        his.close()


@pytest.fixture
def broken() -> Iterator[FaultyPeer]:
    peer = FaultyPeer()
    yield peer
    peer.close()


class TestAgainstARealServer:
    def test_a_server_that_is_ready_is_told_so_and_keeps_nothing(self, examined: Examined, fhir_peer: FhirPeer) -> None:
        found = examined(fhir_peer.url)
        assert {name for name, check in found.items() if check.verdict is not WORKS} == {"tls"}
        assert found["version"].detail == "FHIR 4.0.1, Test HIS 1"
        assert "are valid, nothing was kept" in found["validate"].detail
        assert sum(fhir_peer.counts().values()) == 0

    def test_what_a_server_does_not_name_is_named(self, examined: Examined, fhir_peer: FhirPeer) -> None:
        fhir_peer.describe(lacks="Task")
        assert examined(fhir_peer.url)["can"].detail == "does not name: Task"

    def test_another_release_of_fhir_does_not_do(self, examined: Examined, fhir_peer: FhirPeer) -> None:
        fhir_peer.describe(r="5.0.0")
        assert examined(fhir_peer.url)["version"].verdict is FAILS

    def test_without_validation_on_offer_none_is_tried(self, examined: Examined, fhir_peer: FhirPeer) -> None:
        fhir_peer.describe(validates=False)
        assert examined(fhir_peer.url)["validate"].verdict is WARNS

    def test_a_token_that_is_not_known_stops_it_with_the_setting(
        self, examined: Examined, fhir_peer: FhirPeer, tmp_path: Path
    ) -> None:
        fhir_peer.ask_for_token("good")
        found = examined(fhir_peer.url)
        assert (found["address"].verdict, found["search"].verdict) == (WORKS, FAILS)
        assert "his.client_id" in found["search"].fix
        assert "can" not in found
        missing = examined(fhir_peer.url, token_file=str(tmp_path / "none"))["token"]
        assert (missing.verdict, missing.fix) == (FAILS, "correct the setting that is named")
        (tmp_path / "token").write_text("good")
        assert examined(fhir_peer.url, token_file=str(tmp_path / "token"))["validate"].verdict is WORKS

    def test_a_resource_that_the_server_would_refuse_is_named(self, fhir_peer: FhirPeer) -> None:
        bundles = json.loads(PAYLOAD)
        del bundles[0]["entry"][1]["resource"]["status"]
        his = make_his(HisSettings(kind=HisKind.FHIR, url=fhir_peer.url))
        assert isinstance(his, FhirHis)
        found = {check.name: check for check in his.examine(fhir.encode(bundles))}
        his.close()
        assert found["validate"].verdict is FAILS
        assert "Encounter: structure Encounter.status" in found["validate"].detail


def only(path: str, status: int, body: bytes) -> Callable[[Conversation], None]:
    """Everything works as on an empty server, except what is under this path."""
    sound = {
        "/metadata": {"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1", "rest": []},
        "/Encounter": {"resourceType": "Bundle", "type": "searchset"},
    }

    def reply(asked: Conversation) -> None:
        where = asked.target.removeprefix("/fhir/R4").partition("?")[0]
        asked.send(http(status, body) if where == path else http(200, json.dumps(sound[where]).encode()))

    return reply


FOUND_ONE = json.dumps({"resourceType": "Bundle", "type": "searchset", "entry": [{}]}).encode()


class TestAgainstBrokenOnes:
    @pytest.mark.parametrize(
        ("reply", "name", "verdict", "said", "fix"),
        [
            (answer(404), "search", FAILS, "404", "correct his.url"),
            (answer(503), "search", FAILS, "503", "look at the network"),
            (only("/Encounter", 403, outcome("forbidden")), "search", FAILS, "403 forbidden", "let the hospital allow"),
            (only("/Encounter", 200, FOUND_ONE), "search", FAILS, "does not search by _tag", "switch on searching"),
            (only("/Encounter", 200, b"{}"), "search", FAILS, "with something else", "look at the network"),
            (only("/metadata", 200, b"<html>"), "metadata", WARNS, "no CapabilityStatement", ""),
            (only("/metadata", 200, b"[1]"), "metadata", WARNS, "no CapabilityStatement", ""),
            (only("", 200, b""), "can", WARNS, "does not name: transactions", "let the hospital switch it on"),
            (Conversation.reset, "address", FAILS, "Connection reset by peer", "look at the network"),
        ],
    )
    def test_each_fault_comes_with_its_fix(
        self, examined: Examined, broken: FaultyPeer, reply: Any, name: str, verdict: Verdict, said: str, fix: str
    ) -> None:
        broken.reply = reply
        check = examined(broken.url)[name]
        assert check.verdict is verdict
        assert said in check.detail
        assert fix in check.fix

    @pytest.mark.parametrize(("date", "verdict"), [("Wed, 21 Oct 2015 07:28:00 GMT", FAILS), ("soon", None)])
    def test_a_clock_that_is_wrong_is_seen(
        self, examined: Examined, broken: FaultyPeer, date: str, verdict: Verdict | None
    ) -> None:
        broken.reply = answer(200, b"{}", Date=date)
        clock = examined(broken.url).get("clock")
        assert (clock.verdict if clock else None) is verdict

    def test_nobody_there(self, examined: Examined, broken: FaultyPeer) -> None:
        broken.close()
        assert examined(broken.url)["address"].detail == "no answer: ConnectError: Connection refused"

    def test_a_client_that_is_not_registered(self, examined: Examined, broken: FaultyPeer, tmp_path: Path) -> None:
        key = ec.generate_private_key(ec.SECP384R1())
        _, document = TokenDesk("kiosk", key.public_key(), refusal=(400, {"error": "invalid_client"})).answer("", b"")
        broken.reply = answer(400, json.dumps(document).encode())
        settings = {
            "client_id": "kiosk",
            "client_key_file": str(write_key(tmp_path / "key", key)),
            "token_url": broken.url,
        }
        check = examined(broken.url, **settings)["token"]
        assert check.detail == "token endpoint: 400 invalid_client"
        assert "public key" in check.fix

    def test_a_mapping_that_is_wrong_stops_it_with_its_line(
        self, examined: Examined, broken: FaultyPeer, tmp_path: Path
    ) -> None:
        file = tmp_path / "mapping.toml"
        file.write_text("[departements]\n")
        assert "line 1: departements unknown table" in examined(broken.url, mapping=str(file))["mapping"].detail
        assert broken.requests == []


class TestTheCommands:
    def test_check_ends_well_for_a_server_that_is_ready(self, fhir_peer: FhirPeer, tmp_path: Path) -> None:
        code, said = run(tmp_path, "check", kind="fhir", url=fhir_peer.url, mapping=str(EXAMPLE))
        assert code == 0
        assert "of 56 departments not mapped: acupuncture_tuina" in said
        assert "FAIL" not in said
        assert "valid" in said

    def test_check_tells_how_many_free_times_it_sees(self, fhir_peer: FhirPeer, tmp_path: Path) -> None:
        (tmp_path / "mapping.toml").write_text(MAPPING, encoding="utf-8")
        settings = {"kind": "fhir", "url": fhir_peer.url, "mapping": str(tmp_path / "mapping.toml"), "schedules": True}
        assert "0 free times in 0 of" in run(tmp_path, "check", **settings)[1]
        clinics = Clinics(fhir_peer)
        schedule = clinics.schedule(clinics.service("1301", "皮肤科"))
        clinics.times(schedule, every(10, datetime.now(UTC) + timedelta(hours=1), 3))
        assert "3 free times in 1 of" in run(tmp_path, "check", **settings)[1]

    def test_check_names_a_code_that_nobody_has(self, fhir_peer: FhirPeer, tmp_path: Path) -> None:
        file = tmp_path / "mapping.toml"
        file.write_text('[code_systems]\ndepartments = "https://x"\n[departments]\northopedics = "1"\n')
        code, said = run(tmp_path, "check", kind="fhir", url=fhir_peer.url, mapping=str(file))
        assert code == 1
        assert "departments.orthopedics is no code of this hospital (did you mean orthopaedics?)" in said

    def test_check_of_a_folder_and_of_none(self, tmp_path: Path) -> None:
        assert run(tmp_path, "check", kind="file", folder=str(tmp_path / "his"))[0] == 0
        (tmp_path / "taken").write_text("")
        assert run(tmp_path, "check", kind="file", folder=str(tmp_path / "taken"))[0] == 1
        code, said = run(tmp_path, "check")
        assert (code, "visits stay on this machine" in said) == (0, True)

    def test_the_key_set_is_printed_and_a_missing_key_is_named(self, tmp_path: Path) -> None:
        key = write_key(tmp_path / "kiosk.key", ec.generate_private_key(ec.SECP384R1()))
        access = {"kind": "fhir", "url": "https://his", "client_id": "kiosk"}
        code, said = run(tmp_path, "jwks", **access, client_key_file=str(key), client_key_id="k7")
        assert (code, json.loads(said)["keys"][0]["kid"]) == (0, "k7")
        assert run(tmp_path, "jwks", **access, client_key_file=str(tmp_path / "none"))[0] == 1

    def test_a_wrong_setting_is_told_by_its_key(self, tmp_path: Path) -> None:
        code, _ = run(tmp_path, "check", kind="fhir")
        assert code == 2

    def test_preview_shows_every_resource_in_the_hospitals_words(self, tmp_path: Path) -> None:
        arguments = {"kind": "fhir", "url": "http://127.0.0.1:9", "mapping": str(EXAMPLE)}
        code, said = run(tmp_path, "preview", **arguments)
        assert code == 0
        for part in ("Patient", "Encounter", "骨科门诊", "Task", "AuditEvent", "Provenance", "knee pain"):
            assert part in said

    @pytest.mark.parametrize(("kind", "emergency"), [("file", False), ("none", True)])
    def test_preview_as_json_is_what_would_be_sent(self, tmp_path: Path, kind: str, emergency: bool) -> None:
        arguments = ["preview", "--json", *(["--emergency"] if emergency else [])]
        code, said = run(tmp_path, *arguments, kind=kind, folder=str(tmp_path))
        assert code == 0
        bundles = json.loads(said)
        for bundle in bundles:
            Bundle.model_validate(bundle)
        record = read_visit(bundles)
        assert record.emergency is emergency
        assert record.findings
        assert record.booked is not emergency
        assert list(tmp_path.glob("*.json")) == []


def test_an_adapter_without_a_preview_of_its_own_shows_the_record() -> None:
    rows = dict(record_shown(read_visit(fhir.decode(PAYLOAD))).rows)
    assert rows["department.code"] == "orthopaedics"
    assert rows["findings 1.name"]
    assert "insurance" not in rows
