"""What hospital systems answer, as they really answer, and what it means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.wire.hl7v2 import Encoding
from kiosk.wire.hl7v2_ack import Ack, AckCode, AckError, Verdict, read_ack

RETRY = frozenset({"206", "207"})
NONE: frozenset[str] = frozenset()


def ack(*segments: str, header: str = "MSH|^~\\&|HIS|HOSP|||20260302||ACK|1|P|2.5.1") -> Ack:
    return read_ack("\r".join((header, *segments, "")).encode())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # python-hl7, hl7apy, node-hl7-server, an old system that ends lines with LF and has no type
        (
            "MSH|^~\\&|HIS|HOSP|KIOSK|LOBBY|20260302094600||ACK^A04^ACK|X1|P|2.5.1\rMSA|AA|ID1\r",
            Ack(AckCode.ACCEPT, "ID1", "", ()),
        ),
        ("MSH|^~\\&|||||20260302||ACK|A|P|2.5.1\rMSA|AE|ID1|Missing\r", Ack(AckCode.ERROR, "ID1", "Missing", ())),
        ("MSH|^~\\&|||||1||ACK^A04^ACK_A04|ACK|P|2.5.1\rMSA|CA|ID1", Ack(AckCode.COMMIT_ACCEPT, "ID1", "", ())),
        ("MSH|^~\\&|\nMSA| ar |ID1 |no\n", Ack(AckCode.REJECT, "ID1", "no", ())),
    ],
)
def test_answers_as_they_come(content: str, expected: Ack) -> None:
    assert read_ack(content.encode()) == expected


@pytest.mark.parametrize(
    ("segments", "error"),
    [
        (
            ["MSA|AE|1", "ERR||PID^1^3^1^1|101^Required field missing^HL70357|E|P12^Ours||why|PID-3 please"],
            AckError("101", "PID-3.1", "P12", "Required field missing; PID-3 please; why"),
        ),
        (["MSA|AE|1", "ERR||PID^1^3|101|E"], AckError("101", "PID-3")),
        (["MSA|AE|1", "ERR||MSH|203|E"], AckError("203", "MSH")),
        (["MSA|AE|1", "ERR||张三^1^3|101|E"], AckError("101")),
        (["MSA|AE|1", "ERR|PID^1^5^102&Data type error&HL70357"], AckError("102", "PID-5", prose="Data type error")),
        (["MSA|AR|1||||207^Internal^HL70357"], AckError("207", prose="Internal")),
        (["MSA|AE|1", "ERR||PID^1^13|13800138000^Zhou|E|13800138000"], AckError("?", "PID-13", prose="Zhou")),
    ],
)
def test_errors_of_old_and_new_systems(segments: list[str], error: AckError) -> None:
    assert ack(*segments).errors == (error,)


def test_several_errors() -> None:
    old = ack("MSA|AE|1", "ERR|PID^1^5^102~PV1^1^2^103")
    assert [error.code for error in old.errors] == ["102", "103"]
    new = ack("MSA|AE|1", "ERR||PID^1^5|102|E", "ERR||PV1^1^2|103|W", "ERR||PV1^1^3|104|F")
    assert [error.code for error in new.errors] == ["102", "104"]
    assert new.reasons() == "AE; 102 data type error in PID-5; 104 value too long in PV1-3"


@pytest.mark.parametrize(
    ("segments", "verdict"),
    [
        (["MSA|AA|1"], Verdict.TAKEN),
        (["MSA|CA|1"], Verdict.TAKEN),
        (["MSA|AE|1"], Verdict.REFUSED),
        (["MSA|CE|1"], Verdict.REFUSED),
        (["MSA|CR|1|busy"], Verdict.REFUSED),
        (["MSA|AE|1", "ERR|||207|E"], Verdict.LATER),
        (["MSA|AR|1||||206"], Verdict.LATER),
        (["MSA|AE|1", "ERR|||207|E", "ERR|||101|E"], Verdict.REFUSED),
        (["MSA|AE|1", "ERR|||103|E|BUSY"], Verdict.REFUSED),
    ],
)
def test_verdicts(segments: list[str], verdict: Verdict) -> None:
    assert ack(*segments).verdict(RETRY, NONE) is verdict


def test_a_site_has_rules_of_its_own() -> None:
    busy = ack("MSA|AE|1", "ERR|||103|E|BUSY")
    assert busy.verdict({"BUSY"}, NONE) is Verdict.LATER
    there = ack("MSA|AE|1", "ERR|||205|E")
    assert there.verdict(RETRY, NONE) is Verdict.REFUSED
    assert there.verdict(RETRY, {"205"}) is Verdict.TAKEN


def test_reasons_quote_nobody_and_words_do() -> None:
    refused = ack("MSA|AE|1|Zhou", "ERR||PID^1^3|101^13800138000|E|||Zhou Lan|13800138000")
    assert refused.reasons() == "AE; 101 required field missing in PID-3"
    assert "Zhou" in refused.words()
    assert "13800138000" in refused.words()


def test_text_in_another_encoding_does_no_harm() -> None:
    content = "MSH|^~\\&|\rMSA|AE|ID1|缺少姓名\r".encode(Encoding.GB18030)
    assert read_ack(content, Encoding.GB18030).prose == "缺少姓名"
    other = read_ack(content, Encoding.UTF_8)
    assert (other.code, other.control_id) == (AckCode.ERROR, "ID1")
    assert other.prose.isprintable()


@pytest.mark.parametrize("content", [b"", b"MSH|^~\\&|\r", b"MSH|^~\\&|\rMSA|OK|1\r", b"MSH|^~\\&|\rMSA\r", b"hello"])
def test_what_is_no_acknowledgement(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"MSA|MSH|empty"):
        read_ack(content)


@given(
    st.lists(
        st.sampled_from(
            [b"MSA|AE|ID1", b"\r", b"ERR|", b"PID^1^3^101&x", b"|", b"^", b"~", b"&", b"\\", b"207", b"\xff"]
        ),
        max_size=25,
    ).map(b"".join)
    | st.binary(max_size=50)
)
def test_hostile_answers_fail_in_one_way(data: bytes) -> None:
    try:
        found = read_ack(b"MSH|^~\\&|\r" + data)
    except ValueError:
        return
    assert found.verdict(RETRY, NONE) in Verdict
    assert found.reasons().startswith(found.code)
    assert len(found.words()) <= 500
