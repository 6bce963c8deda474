"""`kiosk his check` and `preview` for HL7 v2, against real systems and broken ones."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hl7
import pytest

from kiosk import paths
from kiosk.adapters.his import make_his
from kiosk.adapters.his.hl7v2 import Hl7His
from kiosk.config import HisKind, HisSettings
from kiosk.domain.errors import HisRejected
from kiosk.domain.self_test import Check, Verdict
from kiosk.wire import fhir
from kiosk.wire.hl7v2 import read_message
from tests import hl7_peers
from tests import whole_visits as visits
from tests.his_command import run
from tests.hl7_peers import PythonHl7Peer, ScriptedPeer, StrictPeer, answers, running, sends

pytestmark = pytest.mark.peer

PAYLOAD = fhir.encode(fhir.visit_bundles(visits.encounter()))
EXAMPLE = paths.assets() / "demo-hospital" / "his-mapping.toml"


@pytest.fixture
def peer() -> Iterator[ScriptedPeer]:
    with running(ScriptedPeer()) as made:
        yield made


def his_at(port: int, **settings: Any) -> Hl7His:
    his = make_his(
        HisSettings(**({"kind": HisKind.HL7V2, "host": "127.0.0.1", "port": port, "timeout_s": 2} | settings))
    )
    assert isinstance(his, Hl7His)
    return his


def examined(port: int, **settings: Any) -> dict[str, Check]:
    return {check.name: check for check in his_at(port, **settings).examine(PAYLOAD)}


class TestCheck:
    @pytest.mark.parametrize("make", [PythonHl7Peer, StrictPeer])
    def test_a_real_system_that_is_ready_is_told_so_and_gets_no_visit(
        self, make: Callable[[], PythonHl7Peer | StrictPeer]
    ) -> None:
        with running(make()) as system:
            found = examined(
                system.port, sending_facility="LOBBY", receiving_application="HIS", receiving_facility="QH"
            )
            assert system.inbox.messages == {}
        assert list(found) == ["tls", "name", "tcp", "ack", "addresses", "messages"]
        assert {name for name, check in found.items() if check.verdict is not Verdict.OK} == {"tls"}
        assert found["ack"].detail.startswith("NMQ^N01 is answered: AR")
        assert found["messages"].detail.startswith("ADT^A04, SIU^S12, ORU^R01, MDM^T02; utf-8, up to ")

    def test_empty_addresses_are_named(self, peer: ScriptedPeer) -> None:
        addresses = examined(peer.port)["addresses"]
        assert addresses.verdict is Verdict.WARN
        assert addresses.detail == "empty: his.sending_facility, his.receiving_application, his.receiving_facility"

    def test_a_name_that_is_none(self) -> None:
        found = examined(2575, host="his.invalid")
        assert found["name"].verdict is Verdict.FAIL
        assert "his.host" in found["name"].fix
        assert "tcp" not in found

    def test_nobody_listens(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        found = examined(port)
        assert (found["name"].verdict, found["tcp"].verdict) == (Verdict.OK, Verdict.FAIL)
        assert found["tcp"].detail.endswith("Connection refused")
        assert "start its listener" in found["tcp"].fix
        assert "ack" not in found

    @pytest.mark.parametrize(
        ("behaviour", "said", "fix"),
        [
            (answers("AR", text="Unknown sending facility"), "not take messages of this machine", "register"),
            (answers("AR", text="sender is not known to this. TLS refused"), "not take messages of this", "register"),
            (hl7_peers.keeps_silent, "no ACK in time", "switch on acknowledgements"),
            (hl7_peers.cuts, "ended before an ACK", "his.port"),
            (sends(lambda good, m: b"HTTP/1.1 400 Bad Request\r\n\r\n", then_close=True), "in the middle", "his.port"),
        ],
    )
    def test_answers_that_do_not_do(
        self, peer: ScriptedPeer, behaviour: hl7_peers.Behaviour, said: str, fix: str
    ) -> None:
        peer.behaviour = behaviour
        found = examined(peer.port, timeout_s=1)
        assert (found["tcp"].verdict, found["ack"].verdict) == (Verdict.OK, Verdict.FAIL)
        assert said in found["ack"].detail
        assert fix in found["ack"].fix

    def test_a_port_without_tls(self, peer: ScriptedPeer) -> None:
        found = examined(peer.port, tls=True, timeout_s=1)
        assert (found["tcp"].verdict, found["tls"].verdict) == (Verdict.OK, Verdict.FAIL)
        assert "his.tls = false" in found["tls"].fix

    def test_a_file_that_is_not_there(self, peer: ScriptedPeer, tmp_path: Path) -> None:
        tls = examined(peer.port, tls=True, ca_file=str(tmp_path / "none.pem"))["tls"]
        assert tls.detail.startswith("his.ca_file: ")
        assert tls.fix == "correct the setting that is named"

    def test_a_site_that_wants_nothing_asked(self, peer: ScriptedPeer, tmp_path: Path) -> None:
        file = tmp_path / "mapping.toml"
        file.write_text("[hl7v2]\nprobe = false\n")
        found = examined(peer.port, mapping=str(file))
        assert (found["tcp"].verdict, found["ack"].verdict) == (Verdict.OK, Verdict.WARN)
        # One connection is served after the other: a question would stand before the visit.
        his_at(peer.port).deliver("visit-1-his", PAYLOAD)
        assert [read_message(content).header.value(9) for content in peer.received] == ["ADT", "SIU", "ORU", "MDM"]

    def test_a_mapping_that_is_wrong_stops_it_with_its_line(self, peer: ScriptedPeer, tmp_path: Path) -> None:
        file = tmp_path / "mapping.toml"
        file.write_text("[hl7v2]\nprobe = 1\n")
        (check,) = his_at(peer.port, mapping=str(file)).examine(PAYLOAD)
        assert "line 2: hl7v2.probe must be true or false" in check.detail
        assert peer.connections == 0


class TestPreview:
    def test_it_is_what_a_system_receives(self) -> None:
        with running(PythonHl7Peer()) as system:
            his = his_at(system.port, mapping=str(EXAMPLE))
            shown = his.preview(PAYLOAD)
            assert system.inbox.receptions == 0
            his.deliver("preview", PAYLOAD)
            sent = [text.strip("\r").replace("\r", "\n") for text in system.inbox.messages.values()]
        assert str(shown.document).split("\n\n") == sent
        assert ("SIU^S12", "AIS", "AIS-1 1  AIS-2 A  AIS-3 0405^orthopaedics^99QH") in {
            (message, segment, fields.partition("  AIS-4")[0]) for message, segment, fields in shown.rows
        }
        header = next(fields for _, segment, fields in shown.rows if segment == "MSH")
        assert header.startswith("MSH-3 DAOZHEN  MSH-7 ")

    def test_a_payload_that_is_no_visit(self) -> None:
        with pytest.raises(HisRejected):
            his_at(2575).preview(b"[]")


class TestTheCommands:
    def test_check_and_preview(self, tmp_path: Path) -> None:
        with running(PythonHl7Peer()) as system:
            settings = {"kind": "hl7v2", "host": "127.0.0.1", "port": system.port, "mapping": str(EXAMPLE)}
            code, said = run(tmp_path, "check", **settings)
            assert (code, "FAIL" in said) == (0, False)
            assert "NMQ^N01 is answered" in said
            code, said = run(tmp_path, "preview", "--json", **settings)
            assert system.inbox.messages == {}
        assert code == 0
        registration = hl7.parse(said.partition("\n\n")[0].replace("\n", "\r"))
        assert registration["PV1.F10"] == "0405"
        assert "|膝盖疼了三个星期" in said
        code, said = run(tmp_path, "preview", **settings)
        assert (code, "PV1-10 0405" in said) == (0, True)

    def test_a_listener_that_is_away_ends_in_1(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        code, said = run(tmp_path, "check", kind="hl7v2", host="127.0.0.1", port=port)
        assert (code, "Connection refused" in said) == (1, True)
