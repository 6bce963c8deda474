"""What a scanner reads is known by its form or is nothing; hostile codes are harmless."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.scanned import UNKNOWN, CodeKind, CodePatterns, grouped, recognised, typed, visit_code

PATTERNS = CodePatterns(appointment=r"AP\d{6}|\d{12}", record=r"MR\d{8}", insurance=r"[0-9A-Za-z]{28}")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("DZ1:ABC $%*+-./:09 ", CodeKind.SLIP),
        ("AP123456", CodeKind.APPOINTMENT),
        ("MR12345678\r\n", CodeKind.RECORD),
        (" MR12345678 ", CodeKind.RECORD),
        ("a" * 28, CodeKind.INSURANCE),
        ("482719304", CodeKind.VISIT),
        ("4827193040", CodeKind.UNKNOWN),
        ("", CodeKind.UNKNOWN),
        ("http://203.0.113.1/AP123456", CodeKind.UNKNOWN),
        ("AP123456\x1b[2J", CodeKind.UNKNOWN),
        ("AP123456\nAP123456", CodeKind.UNKNOWN),
        ("AP123456'; DROP TABLE encounters;--", CodeKind.UNKNOWN),
        ("<img src=x onerror=alert(1)>", CodeKind.UNKNOWN),
        ("DZ1:" + "A" * 10_000, CodeKind.UNKNOWN),
        ("٤٨٢٧١٩٣٠٤", CodeKind.UNKNOWN),
    ],
)
def test_a_code_is_known_by_its_whole_form(text: str, kind: CodeKind) -> None:
    assert recognised(text, PATTERNS).kind is kind


def test_the_last_letter_of_a_slip_may_be_a_space() -> None:
    assert recognised("DZ1:AB \r", PATTERNS).text == "DZ1:AB "


def test_without_patterns_only_slips_are_known() -> None:
    assert recognised("AP123456", CodePatterns()) == UNKNOWN
    assert recognised("DZ1:AB", CodePatterns()).kind is CodeKind.SLIP


def test_a_record_number_cannot_be_typed() -> None:
    patterns = CodePatterns(record=r"\d{8}", appointment=r"\d{12}")
    assert typed("12345678", patterns) == UNKNOWN
    assert typed("123456789012", patterns).kind is CodeKind.APPOINTMENT
    assert typed("482719304", patterns).kind is CodeKind.VISIT


@given(st.one_of(st.text(), st.text(max_size=40).map(lambda text: "DZ1:" + text), st.text(min_size=300, max_size=9000)))
def test_whatever_is_read_is_answered_and_nothing_unknown_is_kept(text: str) -> None:
    code = recognised(text, PATTERNS)
    assert (code.kind is CodeKind.UNKNOWN) == (code.text == "")
    assert code.kind is not CodeKind.SLIP or code.text.isascii()
    assert len(code.text) <= 400


@given(st.uuids(version=4))
def test_every_visit_has_nine_digits_to_type(visit: uuid.UUID) -> None:
    code = visit_code(str(visit))
    assert typed(code, CodePatterns()).text == code
    assert grouped(code).replace(" ", "") == code


def test_a_code_is_not_shown_by_its_repr() -> None:
    assert "MR12345678" not in repr(recognised("MR12345678", PATTERNS))
