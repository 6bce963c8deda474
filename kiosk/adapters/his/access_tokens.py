"""Where the bearer token comes from: nowhere, a file that another program renews, or SMART Backend Services.

SMART Backend Services (https://hl7.org/fhir/smart-app-launch/backend-services.html): the kiosk signs an assertion with
its own private key and gets a token that lasts some minutes. No password and no secret leaves the machine.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from kiosk.adapters.his.http_exchange import Answer, HttpExchange, readable
from kiosk.adapters.his.retry_after import retry_after_s
from kiosk.domain.errors import HisLockedOut, HisUnavailable

_ASSERTION_S = 240
"""SMART allows at most five minutes; clocks may be a little apart."""
_SPARE_S = 60.0
"""A token is renewed so long before it ends, or at half its life when that is shorter."""
_UNKNOWN_LIFE_S = 300.0
_LEAST_RSA_BITS = 2048
_ERROR_CODE = re.compile(r"[a-z_]{1,40}")


class Tokens(Protocol):
    def token(self) -> str | None:
        """What to put into the Authorization header, None for nothing. Raises HisUnavailable or HisLockedOut."""

    def refused(self) -> None:
        """The server did not take the last one: do not give it again."""


class NoTokens:
    """Tokens of a server that asks for none."""

    def token(self) -> str | None:
        return None

    def refused(self) -> None:
        """There is nothing to forget."""


class FileTokens:
    """Read again every time, so that another program can renew it."""

    def __init__(self, path: str) -> None:
        self._path = path

    def token(self) -> str | None:
        return sound_token(readable(self._path, "his.token_file").decode("latin-1").strip(), self._path)

    def refused(self) -> None:
        """The next one is read from the file anyway."""


@dataclass(frozen=True, slots=True)
class BackendClient:
    """What the hospital registered us by.

    `key_file` is a PEM private key: RSA signs with RS384, a P-384 curve with ES384. An empty `key_id` is the key's
    thumbprint (RFC 7638), an empty `token_url` is what the server's .well-known/smart-configuration says.
    """

    client_id: str
    key_file: str
    key_id: str
    token_url: str
    scope: str


class BackendServices:
    """Tokens for a FHIR server at `base`; asked for when the first is needed and again before one ends."""

    def __init__(self, exchange: HttpExchange, base: str, client: BackendClient) -> None:
        self._exchange = exchange
        self._base = base.rstrip("/")
        self._client = client
        self._endpoint = ""
        self._token = ""
        self._renew_at = 0.0

    def token(self) -> str | None:
        if not self._token or time.monotonic() >= self._renew_at:
            self._token, life_s = self._asked()
            self._renew_at = time.monotonic() + max(life_s - _SPARE_S, life_s / 2)
        return self._token

    def refused(self) -> None:
        self._token = self._endpoint = ""

    def endpoint(self) -> str:
        """The address of the token endpoint, from the settings or from the server."""
        if not self._endpoint:
            self._endpoint = self._client.token_url or self._discovered()
        return self._endpoint

    def _discovered(self) -> str:
        where = f"{self._base}/.well-known/smart-configuration"
        answer = self._exchange.send("GET", where, {"Accept": "application/json"})
        if answer.status in {404, 405, 410}:
            raise HisLockedOut(f"{answer.status} for .well-known/smart-configuration: set his.token_url")
        untrusted = _document(answer, "smart-configuration")
        endpoint = untrusted.get("token_endpoint")
        if not isinstance(endpoint, str) or not endpoint.startswith(("https://", "http://")):
            raise HisLockedOut("smart-configuration names no token_endpoint: set his.token_url")
        if endpoint.startswith("http://") and self._base.startswith("https://"):
            raise HisLockedOut("smart-configuration names a token_endpoint without TLS")
        return endpoint

    def _asked(self) -> tuple[str, float]:
        """A new token and how many seconds it lasts."""
        endpoint = self.endpoint()
        form = {
            "grant_type": "client_credentials",
            "scope": self._client.scope,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": self._assertion(endpoint),
        }
        headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
        answer = self._exchange.send("POST", endpoint, headers, urlencode(form).encode())
        untrusted = _document(answer, "token endpoint")
        life = untrusted.get("expires_in")
        known = isinstance(life, int | float) and not isinstance(life, bool) and life > 0
        return sound_token(untrusted.get("access_token"), "token endpoint"), float(life) if known else _UNKNOWN_LIFE_S

    def _assertion(self, endpoint: str) -> str:
        key = _private_key(self._client.key_file)
        now = int(time.time())
        claims = {
            "iss": self._client.client_id,
            "sub": self._client.client_id,
            "aud": endpoint,
            "iat": now,
            "exp": now + _ASSERTION_S,
            "jti": str(uuid.uuid4()),
        }
        name = self._client.key_id or thumbprint(key.public_key())
        return jwt.encode(claims, key, _algorithm(key), headers={"kid": name})


def thumbprint(key: RSAPublicKey | EllipticCurvePublicKey) -> str:
    """The name of a key (RFC 7638)."""
    public = public_jwk(key)
    needed = {name: public[name] for name in ("crv", "e", "kty", "n", "x", "y") if name in public}
    canonical = json.dumps(needed, sort_keys=True, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(hashlib.sha256(canonical).digest()).rstrip(b"=").decode()


def published_keys(path: str, key_id: str = "") -> dict[str, Any]:
    """The key set that the hospital registers (RFC 7517): the public part of the key in this file, and its name."""
    key = _private_key(path)
    named = {"kid": key_id or thumbprint(key.public_key()), "alg": _algorithm(key), "use": "sig"}
    return {"keys": [{**public_jwk(key.public_key()), "key_ops": ["verify"], **named}]}


def public_jwk(key: RSAPublicKey | EllipticCurvePublicKey) -> dict[str, Any]:
    """A key as the hospital registers it (RFC 7517)."""
    if isinstance(key, RSAPublicKey):
        return RSAAlgorithm.to_jwk(key, as_dict=True)
    return ECAlgorithm.to_jwk(key, as_dict=True)


def _algorithm(key: RSAPrivateKey | EllipticCurvePrivateKey) -> str:
    return "RS384" if isinstance(key, RSAPrivateKey) else "ES384"


def sound_token(untrusted: object, source: str) -> str:
    """A token that can travel in a header; HisLockedOut otherwise."""
    if not isinstance(untrusted, str) or not untrusted or not untrusted.isascii() or not untrusted.isprintable():
        raise HisLockedOut(f"{source} has no token in it")
    return untrusted


def _private_key(path: str) -> RSAPrivateKey | EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(readable(path, "his.client_key_file"), password=None)
    except (ValueError, TypeError) as error:
        raise HisLockedOut(f"his.client_key_file: {path} is no PEM private key without a password") from error
    if isinstance(key, RSAPrivateKey) and key.key_size >= _LEAST_RSA_BITS:
        return key
    if isinstance(key, EllipticCurvePrivateKey) and isinstance(key.curve, SECP384R1):
        return key
    raise HisLockedOut(
        f"his.client_key_file: {path} must be RSA of {_LEAST_RSA_BITS} bits or more, or on the curve P-384"
    )


def _document(answer: Answer, source: str) -> Mapping[str, object]:
    if answer.status == 429 or answer.status >= 500 or answer.status < 200 or 300 <= answer.status < 400:
        raise HisUnavailable(f"{source}: {answer.status}", retry_after_s(answer.headers))
    try:
        untrusted = json.loads(answer.body)
    except (ValueError, RecursionError):
        untrusted = None
    if answer.status >= 400:
        raise HisLockedOut(f"{source}: {answer.status} {_error_code(untrusted)}".strip())
    if not isinstance(untrusted, dict):
        raise HisUnavailable(f"{source}: the answer is not JSON")
    return untrusted


def _error_code(untrusted: object) -> str:
    """The OAuth error code; its description may say anything."""
    code = untrusted.get("error") if isinstance(untrusted, dict) else None
    return code if isinstance(code, str) and _ERROR_CODE.fullmatch(code) else ""
