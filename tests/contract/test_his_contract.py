"""One promise for every hospital system: a visit arrives once, however often it is sent."""

from __future__ import annotations

import json
import socket
import threading
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from kiosk import paths
from kiosk.adapters.his import make_his
from kiosk.adapters.his.fhir import FhirHis
from kiosk.adapters.his.file import FileHis
from kiosk.adapters.his.gnuhealth import GnuHealthHis
from kiosk.adapters.his.hl7v2 import Hl7His
from kiosk.config import HisKind, HisSettings
from kiosk.domain.encounter import Encounter
from kiosk.domain.errors import ConfigError, HisLockedOut, HisRejected, HisUnavailable
from kiosk.wire import fhir
from tests import whole_visits as visits
from tests.encounter_strategies import encounters
from tests.his_houses import House, fhir_at, payload
from tests.peer_fixtures import FhirPeer

pytestmark = pytest.mark.peer


def broken_payload() -> bytes:
    """A visit that no hospital system can take: its encounter has no status."""
    bundles = json.loads(payload())
    del bundles[0]["entry"][1]["resource"]["status"]
    return fhir.encode(bundles)


class TestEveryHis:
    def test_a_visit_arrives(self, house: House) -> None:
        house.his.check()
        house.his.deliver("visit-1-his", payload())
        assert house.visits() == 1

    def test_sending_again_creates_nothing_new(self, house: House) -> None:
        for _ in range(3):
            house.his.deliver("visit-1-his", payload())
        house.his.deliver("visit-2-his", payload(2))
        assert house.visits() == 2

    def test_parallel_replays_create_one_visit(self, house: House) -> None:
        failures: list[BaseException] = []
        together = threading.Barrier(6)

        def send() -> None:
            together.wait()
            try:
                house.his.deliver("visit-1-his", payload())
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=send) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert house.visits() == 1

    def test_it_can_be_away_and_come_back(self, house: House) -> None:
        house.take_away()
        with pytest.raises(HisUnavailable):
            house.his.check()
        with pytest.raises(HisUnavailable):
            house.his.deliver("visit-1-his", payload())
        house.bring_back()
        house.his.check()
        house.his.deliver("visit-1-his", payload())
        assert house.visits() == 1

    @pytest.mark.parametrize("strange", [b"", b"{}", b"\xff\xff", b'[{"type":"batch"}]'])
    def test_a_payload_that_is_no_visit_is_for_a_person(self, house: House, strange: bytes) -> None:
        with pytest.raises(HisRejected):
            house.his.deliver("visit-1-his", strange)
        assert house.visits() == 0


class TestFileHis:
    def test_the_first_message_stands_and_no_draft_remains(self, tmp_path: Path) -> None:
        his = FileHis(tmp_path / "new" / "folder")
        his.deliver("visit-1-his", payload(1))
        his.deliver("visit-1-his", payload(2))
        (only,) = (tmp_path / "new" / "folder").iterdir()
        assert only.name == "visit-1-his.json"
        assert only.read_bytes() == payload(1)
        assert only.stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize("key", ["../visit", "", ".hidden", "a/b", "a\0b", "x" * 200])
    def test_a_key_cannot_leave_the_folder(self, tmp_path: Path, key: str) -> None:
        with pytest.raises(HisRejected):
            FileHis(tmp_path).deliver(key, payload())
        assert list(tmp_path.iterdir()) == []


class TestFhirHis:
    def test_everything_of_the_visit_is_there_once(self, fhir_his: FhirHis, fhir_peer: FhirPeer) -> None:
        for _ in range(2):
            fhir_his.deliver("visit-1-his", payload(findings=20))
        assert fhir_peer.counts() == {
            "Patient": 1,
            "Encounter": 1,
            "Appointment": 1,
            "QuestionnaireResponse": 1,
            "Consent": 1,
            "Composition": 1,
            "Task": 1,
            "AuditEvent": 1,
            "Observation": 21,
            "Provenance": 5,
        }

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(encounters)
    def test_any_visit_is_taken_by_a_strict_server_and_is_there_once(
        self, fhir_his: FhirHis, fhir_peer: FhirPeer, visit: Encounter
    ) -> None:
        fhir_peer.reset()
        bundles = fhir.visit_bundles(visit)
        for _ in range(2):
            fhir_his.deliver("visit", fhir.encode(bundles))
        sent = Counter(entry["resource"]["resourceType"] for bundle in bundles for entry in bundle["entry"])
        assert fhir_peer.counts() == dict(sent)

    def test_a_hospitals_own_codes_are_what_arrives(self, fhir_peer: FhirPeer) -> None:
        his = fhir_at(fhir_peer.url, mapping=str(paths.assets() / "demo-hospital" / "his-mapping.toml"))
        his.deliver("visit-1-his", payload())
        his.close()
        (encounter,) = fhir_peer.search("Encounter")
        assert [coding["code"] for coding in encounter["serviceType"]["coding"]] == ["0405", "orthopaedics"]
        assert encounter["serviceProvider"]["display"] == "清河医院"

    def test_a_wrong_mapping_locks_out_and_a_corrected_one_delivers(self, fhir_peer: FhirPeer, tmp_path: Path) -> None:
        file = tmp_path / "mapping.toml"
        file.write_text("[departements]\n")
        his = fhir_at(fhir_peer.url, mapping=str(file))
        with pytest.raises(HisLockedOut, match=r"line 1: departements"):
            his.deliver("visit-1-his", payload())
        assert fhir_peer.requests() == 0
        file.write_text("[departments]\n")
        his.deliver("visit-1-his", payload())
        his.close()
        assert fhir_peer.counts()["Encounter"] == 1

    def test_later_transactions_point_to_the_first(self, fhir_his: FhirHis, fhir_peer: FhirPeer) -> None:
        fhir_his.deliver("visit-1-his", payload(findings=9))
        (patient,) = fhir_peer.search("Patient")
        (encounter,) = fhir_peer.search("Encounter")
        found = fhir_peer.search("Observation?_count=100")
        assert len(found) == 10
        assert {one["subject"]["reference"] for one in found} == {f"Patient/{patient['id']}"}
        assert {one["encounter"]["reference"] for one in found} == {f"Encounter/{encounter['id']}"}

    def test_an_answer_that_got_lost_does_no_harm(self, fhir_his: FhirHis, fhir_peer: FhirPeer) -> None:
        fhir_peer.fail("lose_answer", times=1)
        with pytest.raises(HisUnavailable):
            fhir_his.deliver("visit-1-his", payload())
        assert fhir_peer.counts()["Encounter"] == 1
        fhir_his.deliver("visit-1-his", payload())
        assert fhir_peer.counts()["Encounter"] == 1

    def test_a_break_between_two_transactions_is_mended(self, fhir_his: FhirHis, fhir_peer: FhirPeer) -> None:
        bundles = json.loads(payload(findings=9))
        bundles[1]["entry"][0]["resource"]["status"] = None
        with pytest.raises(HisRejected):
            fhir_his.deliver("visit-1-his", fhir.encode(bundles))
        assert fhir_peer.counts()["Observation"] == 1
        fhir_his.deliver("visit-1-his", payload(findings=9))
        assert fhir_peer.counts()["Observation"] == 10

    def test_what_is_not_valid_is_refused_and_leaves_nothing(self, fhir_his: FhirHis, fhir_peer: FhirPeer) -> None:
        with pytest.raises(HisRejected):
            fhir_his.deliver("visit-1-his", broken_payload())
        assert sum(fhir_peer.counts().values()) == 0

    @pytest.mark.parametrize("fault", ["ambiguous", "entry_refused"])
    def test_answers_for_a_person(self, fhir_his: FhirHis, fhir_peer: FhirPeer, fault: str) -> None:
        fhir_peer.fail(fault)
        with pytest.raises(HisRejected):
            fhir_his.deliver("visit-1-his", payload())

    @pytest.mark.parametrize(
        "fault",
        [
            "unavailable",
            "drop",
            "database_down",
            "not_well",
            "conflict",
            "web_page",
            "half_answer",
            "entry_busy",
            "forgets",
        ],
    )
    def test_answers_worth_another_try(self, fhir_his: FhirHis, fhir_peer: FhirPeer, fault: str) -> None:
        fhir_peer.fail(fault)
        with pytest.raises(HisUnavailable):
            fhir_his.deliver("visit-1-his", payload())
        fhir_peer.recover()
        fhir_his.deliver("visit-1-his", payload())
        assert fhir_peer.counts()["Encounter"] == 1

    def test_a_server_that_hangs_is_left(self, fhir_peer: FhirPeer) -> None:
        his = fhir_at(fhir_peer.url, timeout_s=0.3)
        fhir_peer.fail("hang")
        with pytest.raises(HisUnavailable):
            his.deliver("visit-1-his", payload())
        his.close()

    def test_the_time_it_asks_for_is_passed_on(self, fhir_his: FhirHis, fhir_peer: FhirPeer) -> None:
        for fault in ("unavailable", "too_many"):
            fhir_peer.fail(fault, retry_after_s=17)
            with pytest.raises(HisUnavailable) as caught:
                fhir_his.deliver("visit-1-his", payload())
            assert caught.value.retry_after_s == 17

    def test_a_visit_that_is_there_twice_is_for_a_person(self, fhir_his: FhirHis, fhir_peer: FhirPeer) -> None:
        fhir_his.deliver("visit-1-his", payload())
        fhir_peer.double("Encounter")
        with pytest.raises(HisRejected):
            fhir_his.deliver("visit-1-his", payload())

    def test_visits_sent_together_are_looked_for_with_two_searches(
        self, fhir_his: FhirHis, fhir_peer: FhirPeer
    ) -> None:
        receipts = [fhir_his.send(f"visit-{number}-his", payload(number)) for number in range(1, 21)]
        asked = fhir_peer.requests()
        assert fhir_his.confirm(receipts) == [None] * 20
        assert fhir_peer.requests() - asked == 2
        fhir_peer.double("Encounter")
        twice, *others = fhir_his.confirm(receipts)
        assert isinstance(twice, HisRejected)
        assert others == [None] * 19
        fhir_peer.fail("forgets")
        (nobody_knows,) = fhir_his.confirm(receipts)
        assert isinstance(nobody_knows, HisUnavailable)

    def test_a_new_token_is_read_without_a_restart(self, fhir_peer: FhirPeer, tmp_path: Path) -> None:
        token = tmp_path / "token"
        token.write_text("old\n")
        his = fhir_at(fhir_peer.url, token_file=str(token))
        fhir_peer.ask_for_token("new")
        with pytest.raises(HisLockedOut):
            his.check()
        token.write_text("new\n")
        his.check()
        his.deliver("visit-1-his", payload())
        token.unlink()
        with pytest.raises(HisLockedOut):
            his.check()
        his.close()

    def test_nobody_listens(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        his = fhir_at(f"http://127.0.0.1:{port}/fhir/R4")
        with pytest.raises(HisUnavailable):
            his.check()
        his.close()

    def test_errors_carry_no_personal_data(self, fhir_his: FhirHis, fhir_peer: FhirPeer) -> None:
        bundles = json.loads(payload())
        bundles[0]["entry"][0]["resource"]["birthDate"] = visits.PHONE
        with pytest.raises(HisRejected) as caught:
            fhir_his.deliver("visit-1-his", fhir.encode(bundles))
        assert visits.PHONE not in str(caught.value)


def test_settings_choose_the_hospital_system(tmp_path: Path) -> None:
    assert isinstance(make_his(HisSettings(kind=HisKind.FILE, folder=str(tmp_path))), FileHis)
    his = make_his(HisSettings(kind=HisKind.FHIR, url="http://127.0.0.1:9/fhir"))
    assert isinstance(his, FhirHis)
    his.close()
    assert isinstance(make_his(HisSettings(kind=HisKind.HL7V2, host="127.0.0.1")), Hl7His)
    gnuhealth = make_his(HisSettings(kind=HisKind.GNUHEALTH, url="http://127.0.0.1:9"))
    assert isinstance(gnuhealth, GnuHealthHis)
    gnuhealth.close()
    with pytest.raises(ConfigError):
        make_his(HisSettings())
