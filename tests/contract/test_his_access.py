"""How the kiosk is let in: the hospital's own certificates on both sides, and SMART Backend Services."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt import PyJWK
from jwt.algorithms import RSAAlgorithm

from kiosk.adapters.his import make_his
from kiosk.adapters.his.access_tokens import published_keys, thumbprint
from kiosk.adapters.his.fhir import CHANGED, WRITTEN, FhirHis
from kiosk.config import HisKind, HisSettings, parse_config
from kiosk.domain.errors import ConfigError, HisLockedOut, HisUnavailable
from kiosk.wire import fhir
from tests import whole_visits as visits
from tests.faulty_peer import FaultyPeer, answer
from tests.https_peer import Authority, HttpsPeer, TokenDesk, write_key
from tests.peer_fixtures import FhirPeer

pytestmark = pytest.mark.peer

PAYLOAD = fhir.encode(fhir.visit_bundles(visits.encounter()))
CLIENT = "kiosk-lobby"
RFC_7638_MODULUS = (
    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknj"
    "hMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQ"
    "vRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzK"
    "nqDKgw"
)
KEYS = {"RS384": rsa.generate_private_key(65537, 2048), "ES384": ec.generate_private_key(ec.SECP384R1())}

Started = Callable[..., HttpsPeer]
Made = Callable[..., FhirHis]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("stranger"), "Somebody else")


@pytest.fixture
def start(fhir_peer: FhirPeer, authority: Authority) -> Iterator[Started]:
    """Start a server before the FHIR peer; it asks for a client certificate unless told otherwise."""
    running: list[HttpsPeer] = []

    def started(
        desk: TokenDesk | None = None, *, clients: bool = True, certificate: tuple[Path, Path] | None = None
    ) -> HttpsPeer:
        shown = certificate or authority.issue("server")
        running.append(HttpsPeer(shown, authority.file if clients else None, fhir_peer.url, desk))
        return running[-1]

    yield started
    for peer in running:
        peer.close()


@pytest.fixture
def his(authority: Authority) -> Iterator[Made]:
    """A kiosk's connection that trusts the hospital's authority and shows a certificate of it."""
    made: list[FhirHis] = []
    certificate, key = authority.issue("kiosk")

    def connect(url: str, **settings: Any) -> FhirHis:
        usual = {"ca_file": str(authority.file), "certificate_file": str(certificate), "certificate_key_file": str(key)}
        one = make_his(HisSettings(**({"kind": HisKind.FHIR, "url": url, "timeout_s": 5.0} | usual | settings)))
        assert isinstance(one, FhirHis)
        made.append(one)
        return one

    yield connect
    for one in made:
        one.close()


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return write_key(tmp_path / "kiosk.key", KEYS["ES384"])


def desk(algorithm: str = "ES384", **changes: Any) -> TokenDesk:
    return TokenDesk(CLIENT, KEYS[algorithm].public_key(), **changes)


class TestCertificates:
    def test_a_visit_arrives_over_tls_with_certificates_on_both_sides(
        self, start: Started, his: Made, fhir_peer: FhirPeer
    ) -> None:
        his(start().url).deliver("visit", PAYLOAD)
        assert fhir_peer.counts()["Encounter"] == 1

    @pytest.mark.parametrize(
        ("settings", "reason"),
        [
            ({"certificate_file": "", "certificate_key_file": ""}, "certificate required"),
            ({"ca_file": ""}, "the server's certificate: "),
        ],
    )
    def test_who_is_not_trusted_is_locked_out_and_told_why(
        self, start: Started, his: Made, settings: dict[str, str], reason: str, fhir_peer: FhirPeer
    ) -> None:
        with pytest.raises(HisLockedOut, match=reason):
            his(start().url, **settings).deliver("visit", PAYLOAD)
        assert fhir_peer.requests() == 0

    def test_a_certificate_of_somebody_else_opens_nothing(self, start: Started, his: Made, stranger: Authority) -> None:
        certificate, key = stranger.issue("kiosk")
        with pytest.raises(HisLockedOut, match="TLS: "):
            his(start().url, certificate_file=str(certificate), certificate_key_file=str(key)).check()

    def test_a_server_out_of_date_or_of_somebody_else_gets_nothing(
        self, start: Started, his: Made, authority: Authority, stranger: Authority, fhir_peer: FhirPeer
    ) -> None:
        for certificate in (authority.issue("old", ended=True), stranger.issue("server")):
            with pytest.raises(HisLockedOut, match="the server's certificate: "):
                his(start(certificate=certificate).url).deliver("visit", PAYLOAD)
        assert fhir_peer.requests() == 0

    def test_a_renewed_certificate_needs_no_restart(
        self, start: Started, his: Made, stranger: Authority, authority: Authority, tmp_path: Path
    ) -> None:
        shown, key = tmp_path / "shown.pem", tmp_path / "shown.key"
        kiosk = his(start().url, certificate_file=str(shown), certificate_key_file=str(key))
        with pytest.raises(HisLockedOut, match=r"his.certificate_file.*cannot be read"):
            kiosk.check()
        for owner in (stranger, authority):
            certificate, its_key = owner.issue("renewed")
            shown.write_bytes(certificate.read_bytes())
            key.write_bytes(its_key.read_bytes())
            if owner is stranger:
                with pytest.raises(HisLockedOut):
                    kiosk.check()
        kiosk.check()

    @pytest.mark.parametrize(
        ("setting", "content"),
        [
            ("ca_file", b"no PEM"),
            ("certificate_file", b"no PEM"),
            ("certificate_key_file", b"no PEM"),
            ("ca_file", None),
        ],
    )
    def test_a_file_that_is_no_certificate_names_its_setting(
        self, start: Started, his: Made, tmp_path: Path, setting: str, content: bytes | None
    ) -> None:
        file = tmp_path / "file"
        if content is not None:
            file.write_bytes(content)
        with pytest.raises(HisLockedOut, match=f"his.{setting}"):
            his(start().url, **{setting: str(file)}).check()

    def test_a_server_without_tls_is_not_spoken_to(self, his: Made) -> None:
        peer = FaultyPeer()
        try:
            with pytest.raises(HisUnavailable):
                his(peer.url.replace("http:", "https:"), timeout_s=0.4).check()
            assert peer.requests == []
        finally:
            peer.close()


class TestBackendServices:
    @pytest.mark.parametrize("algorithm", ["RS384", "ES384"])
    def test_a_signed_assertion_becomes_a_token_and_the_visit_arrives(
        self, start: Started, his: Made, fhir_peer: FhirPeer, tmp_path: Path, algorithm: str
    ) -> None:
        at = desk(algorithm)
        key = write_key(tmp_path / "kiosk.key", KEYS[algorithm])
        kiosk = his(start(at).url, client_id=CLIENT, client_key_file=str(key))
        kiosk.deliver("visit", PAYLOAD)
        kiosk.check()
        assert fhir_peer.counts()["Encounter"] == 1
        assert at.heads == [{"alg": algorithm, "typ": "JWT", "kid": thumbprint(KEYS[algorithm].public_key())}]
        assert at.scopes[0].split() == [
            f"system/{resource}.{'crus' if resource in CHANGED else 'crs'}" for resource in WRITTEN
        ]
        (claims,) = at.assertions
        assert claims["iss"] == claims["sub"] == CLIENT

    @pytest.mark.parametrize("algorithm", ["RS384", "ES384"])
    def test_the_key_set_to_register_verifies_what_the_kiosk_signs(
        self, start: Started, his: Made, tmp_path: Path, algorithm: str
    ) -> None:
        file = write_key(tmp_path / "kiosk.key", KEYS[algorithm])
        (published,) = published_keys(str(file))["keys"]
        assert not {"d", "p", "q", "dp", "dq", "qi"} & published.keys()
        registered = PyJWK.from_dict(published)
        at = TokenDesk(CLIENT, registered.key)
        his(start(at).url, client_id=CLIENT, client_key_file=str(file)).check()
        assert (at.heads[0]["kid"], at.heads[0]["alg"]) == (published["kid"], published["alg"])

    def test_settings_name_endpoint_key_and_scope(self, start: Started, his: Made, key: Path) -> None:
        at = desk(discovery={})
        peer = start(at)
        named = {"token_url": f"https://127.0.0.1:{peer.port}/token", "client_key_id": "k1", "scope": "system/*.write"}
        his(peer.url, client_id=CLIENT, client_key_file=str(key), **named).check()
        assert (at.heads[0]["kid"], at.scopes) == ("k1", ["system/*.write"])

    def test_a_token_is_kept_while_it_lasts_and_renewed_before_it_ends(
        self, start: Started, his: Made, key: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        at = desk(life_s=600)
        kiosk = his(start(at).url, client_id=CLIENT, client_key_file=str(key))
        for _ in range(3):
            kiosk.check()
        assert len(at.assertions) == 1
        first = kiosk.tokens.token()
        kiosk.tokens._renew_at -= 400  # type: ignore[attr-defined]
        assert kiosk.tokens.token() == first
        kiosk.tokens._renew_at -= 200  # type: ignore[attr-defined]
        assert kiosk.tokens.token() != first
        assert len(at.assertions) == 2

    def test_a_token_that_ended_early_is_replaced_at_once(self, start: Started, his: Made, key: Path) -> None:
        at = desk()
        kiosk = his(start(at).url, client_id=CLIENT, client_key_file=str(key))
        kiosk.check()
        at.revoke()
        kiosk.check()
        assert len(at.assertions) == 2

    @pytest.mark.parametrize(
        ("refusal", "error", "reason"),
        [
            ((400, {"error": "invalid_client", "error_description": "secret"}), HisLockedOut, "400 invalid_client$"),
            ((401, {"error": "Strange Code!"}), HisLockedOut, "401$"),
            ((403, {}), HisLockedOut, "403"),
            ((429, {}), HisUnavailable, "429"),
            ((503, {}), HisUnavailable, "503"),
            ((302, {}), HisUnavailable, "302"),
            ((200, {"token_type": "bearer"}), HisLockedOut, "has no token in it"),
            ((200, {"access_token": "a\r\nb"}), HisLockedOut, "has no token in it"),
        ],
    )
    def test_what_the_token_endpoint_says_decides(
        self, start: Started, his: Made, key: Path, refusal: Any, error: type[Exception], reason: str
    ) -> None:
        kiosk = his(start(desk(refusal=refusal)).url, client_id=CLIENT, client_key_file=str(key))
        with pytest.raises(error, match=reason) as caught:
            kiosk.deliver("visit", PAYLOAD)
        assert isinstance(caught.value, HisLockedOut) is (error is HisLockedOut)

    @pytest.mark.parametrize(
        ("discovery", "reason"),
        [
            ({}, "names no token_endpoint"),
            ({"token_endpoint": 7}, "names no token_endpoint"),
            ({"token_endpoint": "http://127.0.0.1:9/token"}, "without TLS"),
        ],
    )
    def test_a_configuration_that_cannot_be_used_says_what_to_set(
        self, start: Started, his: Made, key: Path, discovery: dict, reason: str
    ) -> None:
        kiosk = his(start(desk(discovery=discovery)).url, client_id=CLIENT, client_key_file=str(key))
        with pytest.raises(HisLockedOut, match=reason):
            kiosk.check()

    def test_a_server_without_a_configuration_says_what_to_set(self, his: Made, key: Path) -> None:
        peer = FaultyPeer()
        peer.reply = answer(404)
        try:
            with pytest.raises(HisLockedOut, match=r"set his\.token_url"):
                his(peer.url, client_id=CLIENT, client_key_file=str(key)).check()
        finally:
            peer.close()

    @pytest.mark.parametrize(
        "key",
        [ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 1024), None],  # noqa: S505
        ids=["P-256", "RSA 1024", "no key"],
    )
    def test_a_key_that_smart_does_not_take_names_its_setting(
        self, start: Started, his: Made, tmp_path: Path, key: Any
    ) -> None:
        file = tmp_path / "weak.key"
        if key is None:
            file.write_text("nothing")
        else:
            write_key(file, key)
        with pytest.raises(HisLockedOut, match=r"his\.client_key_file"):
            his(start(desk()).url, client_id=CLIENT, client_key_file=str(file)).check()

    def test_a_right_that_was_not_given_locks_out_and_names_no_patient(
        self, start: Started, his: Made, key: Path, fhir_peer: FhirPeer
    ) -> None:
        fhir_peer.fail("forbidden")
        kiosk = his(start(desk()).url, client_id=CLIENT, client_key_file=str(key))
        with pytest.raises(HisLockedOut, match="403 forbidden"):
            kiosk.deliver("visit", PAYLOAD)


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"client_id": "a"}, "his.client_key_file"),
        ({"client_key_file": "a"}, "his.client_id"),
        ({"client_id": "a", "client_key_file": "b", "token_file": "c"}, "his.token_file"),
        ({"client_id": "a", "client_key_file": "b", "token_url": "ftp://x"}, "his.token_url"),
        ({"certificate_key_file": "a"}, "his.certificate_file"),
        ({"certificate_file": "a", "url": "http://his"}, "his.url"),
        ({"ca_file": "a", "url": "http://his"}, "his.url"),
    ],
)
def test_settings_that_do_not_go_together_name_the_key(settings: dict[str, str], key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config({"his": {"kind": "fhir", "url": "https://his"} | settings})
    assert caught.value.key == key


def test_an_address_that_is_none_is_a_setting_to_correct() -> None:
    with pytest.raises(ConfigError, match=r"his\.url"):
        make_his(HisSettings(kind=HisKind.FHIR, url="https://[bad"))


def test_thumbprints_are_those_of_the_standard() -> None:
    """The example of RFC 7638, 3.1."""
    key = RSAAlgorithm.from_jwk({"kty": "RSA", "e": "AQAB", "n": RFC_7638_MODULUS})
    assert isinstance(key, rsa.RSAPublicKey)
    assert thumbprint(key) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
