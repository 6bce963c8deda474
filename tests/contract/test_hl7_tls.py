"""Visits over MLLP with TLS: who is trusted, and what an expired or strange certificate says."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from test_hl7_his import KEY, payload

from kiosk.adapters.his import make_his
from kiosk.config import HisKind, HisSettings
from kiosk.domain.errors import HisLockedOut, HisUnavailable
from tests.hl7_peers import ScriptedPeer, running


@pytest.fixture
def peer() -> Iterator[ScriptedPeer]:
    """A listener that speaks no TLS."""
    with running(ScriptedPeer()) as made:
        yield made


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """PEM files, certificate and key in one, each vouching for itself."""
    folder = tmp_path_factory.mktemp("certificates")
    return {name: write_certificate(folder / f"{name}.pem", name) for name in ("system", "kiosk", "stranger")}


def write_certificate(path: Path, name: str) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + secret)
    return path


@pytest.fixture
def tls_peer(certificates: dict[str, Path]) -> Iterator[ScriptedPeer]:
    """A listener that wants to see the kiosk's certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates["system"])
    context.load_verify_locations(certificates["kiosk"])
    context.verify_mode = ssl.CERT_REQUIRED
    with running(ScriptedPeer(context)) as made:
        yield made


class TestTls:
    def settings(self, peer: ScriptedPeer, ca_file: Path, certificate_file: Path | str) -> HisSettings:
        return HisSettings(
            kind=HisKind.HL7V2,
            host="127.0.0.1",
            port=peer.port,
            tls=True,
            ca_file=str(ca_file),
            certificate_file=str(certificate_file),
            timeout_s=5,
        )

    def test_both_sides_are_known(self, tls_peer: ScriptedPeer, certificates: dict[str, Path]) -> None:
        his = make_his(self.settings(tls_peer, certificates["system"], certificates["kiosk"]))
        his.check()
        his.deliver(KEY, payload())
        assert len(tls_peer.received) == 5

    def test_a_stranger_is_not_trusted(self, tls_peer: ScriptedPeer, certificates: dict[str, Path]) -> None:
        his = make_his(self.settings(tls_peer, certificates["stranger"], certificates["kiosk"]))
        with pytest.raises(HisLockedOut, match="TLS: the server's certificate: self-signed"):
            his.check()

    def test_a_stranger_is_not_served(self, tls_peer: ScriptedPeer, certificates: dict[str, Path]) -> None:
        for shown in ("", certificates["stranger"]):
            his = make_his(self.settings(tls_peer, certificates["system"], shown))
            with pytest.raises(HisLockedOut, match="TLS: "):
                his.deliver(KEY, payload())
        assert tls_peer.received == []

    def test_a_port_without_tls(self, peer: ScriptedPeer, certificates: dict[str, Path]) -> None:
        settings = replace(self.settings(peer, certificates["system"], ""), timeout_s=1.0)
        with pytest.raises(HisUnavailable, match="TLS"):
            make_his(settings).check()

    def test_files_that_cannot_be_read(
        self, tls_peer: ScriptedPeer, tmp_path: Path, certificates: dict[str, Path]
    ) -> None:
        empty = tmp_path / "empty.pem"
        empty.write_text("nothing")
        for file in (empty, tmp_path / "missing.pem"):
            with pytest.raises(HisLockedOut, match=r"his\.ca_file"):
                make_his(self.settings(tls_peer, file, certificates["kiosk"])).check()
            with pytest.raises(HisLockedOut, match=r"his\.certificate_file"):
                make_his(self.settings(tls_peer, certificates["system"], file)).check()

    def test_a_renewed_certificate_needs_no_restart(
        self, tls_peer: ScriptedPeer, tmp_path: Path, certificates: dict[str, Path]
    ) -> None:
        shown = tmp_path / "kiosk.pem"
        shown.write_bytes(certificates["stranger"].read_bytes())
        his = make_his(self.settings(tls_peer, certificates["system"], shown))
        with pytest.raises(HisLockedOut):
            his.check()
        shown.write_bytes(certificates["kiosk"].read_bytes())
        his.check()
