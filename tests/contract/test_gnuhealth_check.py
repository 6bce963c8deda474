"""`kiosk his check` and `preview` for GNU Health against a real one, and its certificates."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from kiosk import paths
from kiosk.adapters.his import make_his
from kiosk.adapters.his.gnuhealth import GnuHealthHis
from kiosk.config import HisKind, HisSettings
from kiosk.domain.errors import HisLockedOut, HisRejected
from kiosk.domain.self_test import Check, Verdict
from kiosk.wire import fhir
from tests import whole_visits as visits
from tests.faulty_peer import FaultyPeer, answer
from tests.gnuhealth_peer import GnuHealthPeer
from tests.his_command import run
from tests.https_peer import Authority, HttpsPeer

pytestmark = pytest.mark.peer

PAYLOAD = fhir.encode(fhir.visit_bundles(visits.encounter()))
EXAMPLE = paths.assets() / "demo-hospital" / "his-mapping.toml"
STEPS = ["address", "login", "rights", "link", "specialties", "practitioners"]

Made = Callable[..., GnuHealthHis]


@pytest.fixture
def his(gnuhealth_peer: GnuHealthPeer) -> Iterator[Made]:
    made: list[GnuHealthHis] = []

    def connect(**settings: Any) -> GnuHealthHis:
        one = make_his(HisSettings(**(account(gnuhealth_peer) | {"kind": HisKind.GNUHEALTH} | settings)))
        assert isinstance(one, GnuHealthHis)
        made.append(one)
        return one

    yield connect
    for one in made:
        one.close()


def account(peer: GnuHealthPeer) -> dict[str, Any]:
    return {"url": peer.server.url, "user": "kiosk", "password_file": str(peer.server.password_file("kiosk"))}


def examined(his: GnuHealthHis) -> dict[str, Check]:
    return {check.name: check for check in his.examine(PAYLOAD)}


class TestCheck:
    def test_a_hospital_that_is_ready_is_told_so_and_gets_no_visit(
        self, his: Made, gnuhealth_peer: GnuHealthPeer
    ) -> None:
        found = examined(his())
        assert list(found) == ["tls", *STEPS]
        assert {name for name, check in found.items() if check.verdict is not Verdict.OK} == {"tls"}
        assert "Tryton 7.0" in found["address"].detail
        assert set(gnuhealth_peer.counts().values()) == {0}

    def test_codes_that_are_not_there_are_named_with_the_fix(self, his: Made, tmp_path: Path) -> None:
        file = tmp_path / "mapping.toml"
        file.write_text(
            '[departments]\northopaedics = "BONES"\n[practitioners]\nzhou_lan = "LIC-1"\nsomebody = "zhou_lan"\n'
            '[gnuhealth]\ninstitution = "QH"\n[gnuhealth.specialties]\ncardiology = "HEART"\n'
        )
        found = examined(his(mapping=str(file)))
        assert found["specialties"].detail == "2 not there: cardiology = HEART, orthopaedics = BONES"
        assert "[gnuhealth.specialties]" in found["specialties"].fix
        assert found["practitioners"].detail == "1 not there: zhou_lan = LIC-1"
        assert found["institution"].detail == "1 not there: institution = QH"
        assert {found[name].verdict for name in ("specialties", "practitioners", "institution")} == {Verdict.WARN}
        file.write_text('[gnuhealth]\ninstitution = "SF"\n')
        assert examined(his(mapping=str(file)))["institution"].verdict is Verdict.OK

    def test_every_right_that_is_missing_is_named(self, his: Made, gnuhealth_peer: GnuHealthPeer) -> None:
        with gnuhealth_peer.without_groups("kiosk"):
            rights = examined(his())["rights"]
        assert rights.verdict is Verdict.FAIL
        assert "create gnuhealth.patient" in rights.detail
        assert "write gnuhealth.appointment" in rights.detail
        assert "Health Front Desk" in rights.fix

    def test_a_missing_link_is_named(self, his: Made, gnuhealth_peer: GnuHealthPeer) -> None:
        with gnuhealth_peer.without_professional("kiosk"):
            found = examined(his())
        assert (found["rights"].verdict, found["link"].verdict) == (Verdict.OK, Verdict.FAIL)
        assert "Internal User" in found["link"].fix
        assert "specialties" not in found

    def test_a_login_that_is_refused_stops_it(self, his: Made, tmp_path: Path) -> None:
        password = tmp_path / "password"
        for written, said, fix in (
            (None, "his.password_file: ", "correct the setting"),
            ("", "has no password in it", "correct the setting"),
            ("wrong", "the login is refused", "correct his.user"),
        ):
            if written is not None:
                password.write_text(written)
            found = examined(his(password_file=str(password)))
            assert (found["address"].verdict, found["login"].verdict) == (Verdict.OK, Verdict.FAIL)
            assert said in found["login"].detail
            assert fix in found["login"].fix
            assert "rights" not in found

    def test_a_database_that_is_not_there(self, his: Made) -> None:
        login = examined(his(database="nowhere"))["login"]
        assert "404" in login.detail
        assert "his.database" in login.fix

    def test_nobody_there_and_somebody_else(self, his: Made) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        address = examined(his(url=f"http://127.0.0.1:{port}"))["address"]
        assert (address.verdict, "Connection refused" in address.detail) == (Verdict.FAIL, True)
        other = FaultyPeer()
        other.reply = answer(200, b"<html>")
        address = examined(his(url=other.url))["address"]
        assert (address.verdict, "something else" in address.fix) == (Verdict.FAIL, True)
        for status, said in ((401, "the login is refused"), (404, "404"), (403, "refused")):
            other.reply = answer(status)
            found = examined(his(url=other.url))
            assert found["address"].detail.endswith("does not tell its version")
            assert (found["login"].verdict, said in found["login"].detail) == (Verdict.FAIL, True)
        other.close()

    def test_a_mapping_that_is_wrong_stops_it_and_locks_out(self, his: Made, tmp_path: Path) -> None:
        file = tmp_path / "mapping.toml"
        file.write_text("[gnuhealth]\ninstitute = 1\n")
        wrong = his(mapping=str(file))
        (check,) = wrong.examine(PAYLOAD)
        assert "line 2: gnuhealth.institute unknown field" in check.detail
        for attempt in (wrong.check, lambda: wrong.deliver("visit-1-his", PAYLOAD)):
            with pytest.raises(HisLockedOut, match=r"gnuhealth\.institute"):
                attempt()


class TestPreview:
    def test_it_is_what_arrives(self, his: Made, gnuhealth_peer: GnuHealthPeer) -> None:
        one = his()
        shown = one.preview(PAYLOAD)
        assert set(gnuhealth_peer.counts().values()) == {0}
        one.deliver("visit-1-his", PAYLOAD)
        document: Any = shown.document
        note = gnuhealth_peer.record("gnuhealth.patient.ambulatory_care", "session_notes")
        assert document["gnuhealth.patient.ambulatory_care"]["session_notes"] == note["session_notes"]
        booked = gnuhealth_peer.record("gnuhealth.appointment", "state", "urgency", "comments")
        assert {name: document["gnuhealth.appointment"][name] for name in ("state", "urgency", "comments")} == {
            name: booked[name] for name in ("state", "urgency", "comments")
        }
        rows = {(record, field): value for record, field, value in shown.rows}
        assert rows["party.party", "dob"] == "1961-05-17"
        assert (
            rows["gnuhealth.appointment", "appointment_date"]
            == f"{visits.SLOT.start.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        )
        assert rows["gnuhealth.appointment", "speciality"] == "code ORTHOSURG"

    def test_a_payload_that_is_no_visit(self, his: Made) -> None:
        with pytest.raises(HisRejected):
            his().preview(b"[]")


class TestTheCommands:
    def test_check_and_preview(self, gnuhealth_peer: GnuHealthPeer, tmp_path: Path) -> None:
        settings = {"kind": "gnuhealth", **account(gnuhealth_peer), "mapping": str(EXAMPLE)}
        code, said = run(tmp_path, "check", **settings)
        assert (code, "FAIL" in said) == (0, False)
        # The example's invented License ID and institution; its specialties are those of GNU Health.
        assert "zhou_lan = D1024" in said
        assert "institution = QINGHE" in said
        assert "departments not mapped" not in said
        code, said = run(tmp_path, "preview", "--json", **settings)
        assert (code, json.loads(said)["gnuhealth.appointment"]["speciality"]) == (0, "code ORTHOSURG")
        assert set(gnuhealth_peer.counts().values()) == {0}


class TestCertificates:
    def test_a_visit_arrives_over_tls_with_certificates_on_both_sides(
        self, his: Made, gnuhealth_peer: GnuHealthPeer, tmp_path: Path
    ) -> None:
        hospital = Authority(tmp_path / "hospital")
        certificate, key = hospital.issue("kiosk")
        peer = HttpsPeer(hospital.issue("server"), hospital.file, gnuhealth_peer.server.url, None)
        address = f"https://127.0.0.1:{peer.port}"
        ours = {"certificate_file": str(certificate), "certificate_key_file": str(key)}
        try:
            his(url=address, ca_file=str(hospital.file), **ours).deliver("visit-1-his", PAYLOAD)
            with pytest.raises(HisLockedOut, match="certificate required"):
                his(url=address, ca_file=str(hospital.file)).check()
            untrusted = examined(his(url=address, **ours))["address"]
        finally:
            peer.close()
        assert gnuhealth_peer.counts()["gnuhealth.appointment"] == 1
        assert (untrusted.verdict, "his.ca_file" in untrusted.fix) == (Verdict.FAIL, True)
