"""Signed slip tokens and their QR codes."""

from __future__ import annotations

import string
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.adapters import qr
from kiosk.adapters.tokens import (
    Ed25519Signer,
    Ed25519Verifier,
    TokenClaims,
    TokenExpired,
    TokenInvalid,
    _base45,
    _from_base45,
    open_signer,
)
from kiosk.domain.errors import ConfigError

VISIT = "0b8f4b1e-6f0e-4c1c-9a56-0f1a2b3c4d5e"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TOMORROW = NOON + timedelta(days=1)
SIGNER = Ed25519Signer(bytes(range(32)))
VERIFIER = Ed25519Verifier(SIGNER.public_key())
TOKEN = SIGNER.sign("骨 027", "orthopaedics", VISIT, TOMORROW)


def test_a_token_says_what_was_signed() -> None:
    assert VERIFIER.verify(TOKEN, NOON) == TokenClaims("骨 027", "orthopaedics", VISIT, TOMORROW)


def test_a_token_fits_a_small_qr_code_in_its_densest_text_mode() -> None:
    assert set(TOKEN) <= set(string.digits + string.ascii_uppercase + " $%*+-./:")
    assert TOKEN.strip() == TOKEN
    assert len(qr.matrix(TOKEN)) <= 49


def test_a_token_expires() -> None:
    with pytest.raises(TokenExpired):
        VERIFIER.verify(TOKEN, TOMORROW)


def test_every_changed_letter_is_noticed() -> None:
    for place in range(len(TOKEN)):
        changed = TOKEN[:place] + ("A" if TOKEN[place] != "A" else "B") + TOKEN[place + 1 :]
        with pytest.raises(TokenInvalid):
            VERIFIER.verify(changed, NOON)


@pytest.mark.parametrize("end", range(0, len(TOKEN), 7))
def test_a_cut_token_is_invalid(end: int) -> None:
    with pytest.raises(TokenInvalid):
        VERIFIER.verify(TOKEN[:end], NOON)


@given(st.text(max_size=300) | st.text("0123456789ABC:%", max_size=300).map(lambda text: "DZ1:" + text))
def test_anything_a_scanner_reads_is_answered(text: str) -> None:
    with pytest.raises(TokenInvalid):
        VERIFIER.verify(text, NOON)


def test_another_hospitals_token_is_invalid() -> None:
    with pytest.raises(TokenInvalid):
        VERIFIER.verify(Ed25519Signer(bytes(32)).sign("骨 027", "orthopaedics", VISIT, TOMORROW), NOON)


def test_a_visit_id_that_is_no_uuid_is_a_bug() -> None:
    with pytest.raises(ValueError, match="badly formed"):
        SIGNER.sign("骨 027", "orthopaedics", "Zhang San", TOMORROW)


@given(st.binary(max_size=80))
def test_base45_round_trips(content: bytes) -> None:
    assert _from_base45(_base45(content)) == content


@pytest.mark.parametrize(
    ("content", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581")]
)
def test_base45_gives_the_examples_of_rfc_9285(content: bytes, text: str) -> None:
    assert _base45(content) == text


@pytest.mark.parametrize("text", ["GGW", ":::", "ZZ", "A", "AAAA", "bb8"])
def test_what_is_not_base45_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"base45|substring"):
        _from_base45(text)


def test_the_signing_key_stays(tmp_path: Path) -> None:
    token = open_signer(tmp_path).sign("骨 027", "orthopaedics", VISIT, TOMORROW)
    again = open_signer(tmp_path)
    assert Ed25519Verifier(again.public_key()).verify(token, NOON).number == "骨 027"
    (tmp_path / "token.key").chmod(0o644)
    with pytest.raises(ConfigError):
        open_signer(tmp_path)


def test_a_matrix_is_square_without_a_quiet_zone() -> None:
    rows = qr.matrix("DZ1:TEST")
    assert {len(row) for row in rows} == {len(rows)} == {21}
    finder = [True] * 7
    assert list(rows[0][:7]) == finder
    assert [row[0] for row in rows[-7:]] == finder
