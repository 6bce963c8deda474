"""The signed content of a slip's QR code: proves to any desk, offline, that this hospital's kiosk gave the number.

Text: `DZ1:` and base45 (RFC 9285), which a QR code packs tightly and scanners type without trouble. Bytes: expiry
(4, unix seconds, big endian), visit id (16, UUID), length and UTF-8 of the number, length and UTF-8 of the department
code, Ed25519 signature (64) over prefix and all before it. No personal data.
"""

from __future__ import annotations

import struct
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.adapters.key_files import read_or_make_key
from kiosk.domain.appointments import AppointmentError, AppointmentProblem
from kiosk.domain.errors import ConfigError, KioskError
from kiosk.domain.scanned import LONGEST_SLIP, SLIP_PREFIX

KEY_NAME = "token.key"

_PREFIX = SLIP_PREFIX
_HEAD = struct.Struct(">I16s")
_SIGNATURE_BYTES = 64
_KEY_BYTES = 32
_LONGEST = LONGEST_SLIP
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


class TokenInvalid(KioskError):
    """Not a token of this hospital, or changed since it was signed."""


class TokenExpired(KioskError):
    """A true token whose time is over."""


@dataclass(frozen=True, slots=True)
class TokenClaims:
    number: str
    department: str
    visit_id: str
    expires_at: datetime


def open_signer(folder: Path) -> Ed25519Signer:
    """The signer with the key in `folder`/token.key, made at the first start; raises ConfigError."""
    return Ed25519Signer(read_or_make_key(folder / KEY_NAME))


class Ed25519Signer:
    """services.ports.TokenSigner; `key` is the 32 byte private key."""

    def __init__(self, key: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(key)

    def public_key(self) -> bytes:
        """The 32 bytes that a desk needs for verifying."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, number: str, department: str, visit_id: str, expires_at: datetime) -> str:
        """ValueError when the visit id is not a UUID or a text is longer than 255 bytes of UTF-8."""
        claims = (
            _HEAD.pack(int(expires_at.timestamp()), uuid.UUID(visit_id).bytes) + _sized(number) + _sized(department)
        )
        return _PREFIX + _base45(claims + self._key.sign(_PREFIX.encode() + claims))


class Ed25519Verifier:
    """`public_key` is what Ed25519Signer.public_key returned."""

    def __init__(self, public_key: bytes) -> None:
        self._key = Ed25519PublicKey.from_public_bytes(public_key)

    def verify(self, untrusted_token: str, now: datetime) -> TokenClaims:
        """What the token says; raises TokenInvalid or TokenExpired."""
        if not untrusted_token.startswith(_PREFIX) or len(untrusted_token) > _LONGEST:
            raise TokenInvalid("not a slip")
        try:
            content = _from_base45(untrusted_token.removeprefix(_PREFIX))
            self._key.verify(content[-_SIGNATURE_BYTES:], _PREFIX.encode() + content[:-_SIGNATURE_BYTES])
        except (ValueError, InvalidSignature):
            raise TokenInvalid("not signed here") from None
        claims = _claims(content[:-_SIGNATURE_BYTES])
        if claims.expires_at <= now:
            raise TokenExpired(claims.expires_at.isoformat())
        return claims


class SlipKeys:
    """services.ports.SlipVerifier over this kiosk's public key and those of others (32 bytes each)."""

    def __init__(self, public_keys: Sequence[bytes]) -> None:
        self._verifiers = [Ed25519Verifier(key) for key in public_keys]

    def visit_of(self, untrusted_token: str, now: datetime) -> str:
        for verifier in self._verifiers:
            try:
                return verifier.verify(untrusted_token, now).visit_id
            except TokenExpired:
                raise AppointmentError(AppointmentProblem.EXPIRED) from None
            except TokenInvalid:
                continue
        raise AppointmentError(AppointmentProblem.NOT_SIGNED)


def read_slip_keys(path: Path) -> tuple[bytes, ...]:
    """Public keys of other kiosks (`kiosk doctor` prints this one's): 64 hexadecimal digits a line, # begins a comment.

    ConfigError names the line that is none.
    """
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("appointments.slip_keys", f"{path} cannot be read: {type(error).__name__}") from error
    keys = []
    for number, line in enumerate(lines, 1):
        text = line.partition("#")[0].strip()
        try:
            key = bytes.fromhex(text)
        except ValueError:
            key = b"?"
        if text and len(key) != _KEY_BYTES:
            raise ConfigError("appointments.slip_keys", f"{path} line {number}: no key of 64 hexadecimal digits")
        keys += [key] if text else []
    return tuple(keys)


def _claims(content: bytes) -> TokenClaims:
    """The claims of signed content, which our own signer made."""
    expires, visit = _HEAD.unpack_from(content)
    number, rest = _split(content[_HEAD.size :])
    department, _ = _split(rest)
    return TokenClaims(number, department, str(uuid.UUID(bytes=visit)), datetime.fromtimestamp(expires, UTC))


def _sized(text: str) -> bytes:
    content = text.encode()
    if len(content) > 255:
        raise ValueError("too long for a token")
    return bytes([len(content)]) + content


def _split(content: bytes) -> tuple[str, bytes]:
    end = 1 + content[0]
    return content[1:end].decode(), content[end:]


def _base45(content: bytes) -> str:
    letters: list[str] = []
    for start in range(0, len(content), 2):
        pair = content[start : start + 2]
        value = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            value, digit = divmod(value, 45)
            letters.append(_ALPHABET[digit])
    return "".join(letters)


def _from_base45(text: str) -> bytes:
    """ValueError when the text is not base45."""
    content = bytearray()
    for start in range(0, len(text), 3):
        group = text[start : start + 3]
        value = sum(_ALPHABET.index(letter) * 45**place for place, letter in enumerate(group))
        # One letter alone makes no byte, and too large a value none of the right length.
        if len(group) == 1 or value >= 256 ** (len(group) - 1):
            raise ValueError("not base45")
        content += value.to_bytes(len(group) - 1, "big")
    return bytes(content)
