"""What stands in front of a hospital's server: TLS with client certificates and a SMART token endpoint."""

from __future__ import annotations

import ipaddress
import json
import secrets
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
BASE = "/fhir/R4"


def write_key(path: Path, key: Key) -> Path:
    plain = serialization.NoEncryption()
    path.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return path


class Authority:
    """A certificate authority of a hospital; `file` is what a kiosk trusts."""

    def __init__(self, folder: Path, name: str = "Hospital CA") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        certificate = self._signed(self._name, self._key, lambda made: made.add_extension(_CA, critical=True))
        self.file = folder / "ca.pem"
        self.file.write_bytes(certificate)

    def issue(self, name: str, *, ended: bool = False) -> tuple[Path, Path]:
        """Certificate and key for 127.0.0.1, or for a client; `ended` makes one that is out of date."""
        key = ec.generate_private_key(ec.SECP256R1())
        address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        made = self._signed(subject, key, lambda one: one.add_extension(address, critical=False), ended=ended)
        certificate = self._folder / f"{name}.pem"
        certificate.write_bytes(made)
        return certificate, write_key(self._folder / f"{name}.key", key)

    def _signed(
        self,
        subject: x509.Name,
        key: Key,
        extended: Callable[[x509.CertificateBuilder], x509.CertificateBuilder],
        *,
        ended: bool = False,
    ) -> bytes:
        now = datetime.now(UTC)
        authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=2))
            .not_valid_after(now - timedelta(days=1) if ended else now + timedelta(days=1))
            .add_extension(authority, critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )
        signed = extended(builder).sign(self._key, hashes.SHA256())
        return signed.public_bytes(serialization.Encoding.PEM)


_CA = x509.BasicConstraints(ca=True, path_length=0)


@dataclass
class TokenDesk:
    """The token endpoint: `key` is the kiosk's registered public key, `life_s` how long tokens last."""

    client_id: str
    key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey
    life_s: float = 300.0
    refusal: tuple[int, dict] | None = None
    discovery: dict | None = None
    assertions: list[dict] = field(default_factory=list)
    heads: list[dict] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)
    _good: dict[str, float] = field(default_factory=dict)

    def answer(self, url: str, body: bytes) -> tuple[int, dict]:
        """As SMART Backend Services has it: a signed, fresh, unused assertion for a bearer token."""
        if self.refusal is not None:
            return self.refusal
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        assertion = form["client_assertion"]
        try:
            claims = jwt.decode(
                assertion,
                self.key,
                algorithms=["RS384", "ES384"],
                audience=url,
                issuer=self.client_id,
                options={"require": ["exp", "jti", "sub", "aud", "iss"]},
            )
        except jwt.InvalidTokenError as error:
            return 400, {"error": "invalid_client", "error_description": str(error)}
        used = claims["jti"] in {known["jti"] for known in self.assertions}
        if used or claims["exp"] - time.time() > 300 or form["grant_type"] != "client_credentials":
            return 400, {"error": "invalid_client"}
        self.assertions.append(claims)
        self.heads.append(jwt.get_unverified_header(assertion))
        self.scopes.append(form["scope"])
        token = secrets.token_urlsafe(16)
        self._good[token] = time.monotonic() + self.life_s
        return 200, {"access_token": token, "token_type": "bearer", "expires_in": self.life_s, "scope": form["scope"]}

    def knows(self, header: str | None) -> bool:
        token = (header or "").removeprefix("Bearer ")
        return self._good.get(token, 0.0) > time.monotonic()

    def revoke(self) -> None:
        self._good.clear()


class HttpsPeer:
    """TLS on 127.0.0.1 before the server at `behind`; `clients` is the authority of the clients it lets in."""

    def __init__(
        self, certificate: tuple[Path, Path], clients: Path | None, behind: str, desk: TokenDesk | None
    ) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        if clients is not None:
            context.load_verify_locations(clients)
            context.verify_mode = ssl.CERT_REQUIRED
        self._inside = httpx.Client(base_url=behind, trust_env=False, timeout=10)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self._inside, desk))
        self._server.daemon_threads = True
        # The handshake belongs into the thread of its connection: a client that fails it must not stop the others.
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.port = self._server.server_address[1]
        self.url = f"https://127.0.0.1:{self.port}{BASE}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._inside.close()


def _handler(inside: httpx.Client, desk: TokenDesk | None) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if desk is not None and self.path == f"{BASE}/.well-known/smart-configuration":
                found = {"token_endpoint": self._token_url(), "grant_types_supported": ["client_credentials"]}
                self._send(200, json.dumps(found if desk.discovery is None else desk.discovery).encode())
            else:
                self._forward(b"")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            if desk is not None and self.path == "/token":
                status, document = desk.answer(self._token_url(), body)
                self._send(status, json.dumps(document).encode())
            else:
                self._forward(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Tests read no log."""

        def _token_url(self) -> str:
            return f"https://127.0.0.1:{self.server.server_port}/token"  # type: ignore[attr-defined]

        def _forward(self, body: bytes) -> None:
            if desk is not None and not desk.knows(self.headers.get("Authorization")):
                self._send(401, b'{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"login"}]}')
                return
            passed_on = ("Accept", "Content-Type", *(("Authorization",) if desk is None else ()))
            kept = {name: self.headers[name] for name in passed_on if self.headers[name]}
            answer = inside.request(self.command, self.path.removeprefix(BASE), content=body, headers=kept)
            self._send(answer.status_code, answer.content)

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/fhir+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler
