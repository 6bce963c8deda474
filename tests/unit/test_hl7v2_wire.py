"""Writing and reading HL7 v2 segments, by themselves and against two libraries."""

from __future__ import annotations

import hl7
import pytest
from hl7.util import unescape as other_unescape
from hypothesis import given
from hypothesis import strategies as st

from kiosk.wire.hl7v2 import (
    MOST_SEGMENTS,
    STANDARD,
    Delimiters,
    Encoding,
    escape,
    read_message,
    unescape,
    write_message,
    write_segment,
)

TEXTS = st.text(st.characters(exclude_characters="\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029", codec="utf-8"), max_size=30)
LEAVES = TEXTS.filter(bool)
HOSTILE = st.lists(
    st.sampled_from(
        [b"MSH|^~\\&|", b"MSA|AA|", b"\r", b"\n", b"|", b"^", b"~", b"\\", b"&", b"\\X", b"\xd5", b"\x00a"]
    ),
    max_size=30,
).map(b"".join)
TRAILING_MARKS = "乗亅乛亊"
"""Characters whose second byte in GB 18030 is a delimiter of HL7."""


@given(TEXTS)
def test_escapes_come_back(text: str) -> None:
    written = escape(text)
    assert unescape(written) == text
    assert not set("|^~&\r\n\x0b\x1c") & set(written)
    assert written != '""'


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a|b^c&d~e\\f", "a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f"),
        ("one\ntwo\r\nthree\rfour", "one\\.br\\two\\.br\\three\\.br\\four"),
        ("a\tb\x0b", "a\\X09\\b\\.br\\"),
        ("\ud83d alone", "\ufffd alone"),
        ("\\F\\", "\\E\\F\\E\\"),
        ("张三|李四", "张三\\F\\李四"),
    ],
)
def test_what_is_written(text: str, written: str) -> None:
    assert escape(text) == written


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("\\X4142\\", "AB"),
        ("\\Xe5bca0\\", "张"),
        ("\\XFF\\", "\\XFF\\"),
        ("\\X4\\", "\\X4\\"),
        ("\\.br\\\\.sp\\", "\n\n"),
        ("\\H\\bold\\N\\", "\\H\\bold\\N\\"),
        ("C:\\temp\\F\\", "C:\\temp|"),
        ("\\Z99\\ \\", "\\Z99\\ \\"),
    ],
)
def test_what_is_read(written: str, text: str) -> None:
    assert unescape(written) == text


def test_hexadecimal_is_in_the_encoding_of_the_message() -> None:
    assert unescape("\\XD5C5\\", STANDARD, Encoding.GB18030) == "张"


@given(TEXTS)
def test_another_library_reads_the_same(text: str) -> None:
    container = hl7.parse("MSH|^~\\&|\r")
    assert other_unescape(container, escape(text)) == text or "\\X" in escape(text)


@given(st.lists(st.lists(st.tuples(LEAVES, LEAVES, LEAVES), min_size=1, max_size=3), min_size=1, max_size=4))
def test_segments_come_back(fields: list[list[tuple[str, str, str]]]) -> None:
    given = {
        number: [(first, (second, third)) for first, second, third in field]
        for number, field in enumerate(fields, start=3)
    }
    for encoding in Encoding:
        content = write_message([write_segment("MSH", {}), write_segment("ZZZ", given)], encoding)
        (segment,) = read_message(content, encoding).named("ZZZ")
        for number, field in given.items():
            assert segment.repetitions(number) == len(field)
            for place, (first, (second, third)) in enumerate(field, start=1):
                assert segment.value(number, 1, place) == first
                assert segment.value(number, 2, place) == second
                assert segment.value(number, 2, place, 2) == third


def test_numbers_of_the_header_are_the_standards() -> None:
    written = write_segment("MSH", {3: "DAOZHEN", 9: ("ADT", "A04"), 12: "2.5.1"})
    assert written == "MSH|^~\\&|DAOZHEN||||||ADT^A04|||2.5.1"
    header = read_message(written.encode()).header
    assert [header.value(3), header.value(9), header.value(9, 2), header.value(12)] == [
        "DAOZHEN",
        "ADT",
        "A04",
        "2.5.1",
    ]
    assert header.value(40) == header.value(9, 7) == header.value(9, 1, 2) == ""


@given(TEXTS)
def test_chinese_characters_with_delimiters_in_their_bytes(text: str) -> None:
    name = TRAILING_MARKS + text
    assert all(mark in TRAILING_MARKS.encode(Encoding.GB18030) for mark in b"\\|^~")
    content = write_message([write_segment("MSH", {}), write_segment("PID", {5: name})], Encoding.GB18030)
    (pid,) = read_message(content, Encoding.GB18030).named("PID")
    assert pid.value(5) == name


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"\r\n\r", "empty"),
        (b"PID|1", "begin with MSH"),
        (b"MSH|", "begin with MSH"),
        (b"MSHA^~\\&A", "sound delimiters"),
        (b"MSH|^^~\\|", "sound delimiters"),
        (b"MSH|^~\\&\r" + b"PID\r" * MOST_SEGMENTS, "segments"),
    ],
)
def test_what_is_no_message(content: bytes, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        read_message(content)


def test_other_delimiters_and_line_ends() -> None:
    message = read_message("\ufeffMSH#*!\nMSA#AA#id*part!again\n".encode())
    assert message.header.delimiters == Delimiters("#", "*", "!", "", "")
    (msa,) = message.named("MSA")
    assert [msa.value(1), msa.value(2), msa.value(2, 2), msa.value(2, 1, 2)] == ["AA", "id", "part", "again"]
    assert (msa.repetitions(2), msa.repetitions(9)) == (2, 0)


@given(HOSTILE | st.binary(max_size=60), st.sampled_from(Encoding))
def test_reading_fails_in_one_way_and_loses_nothing(data: bytes, encoding: Encoding) -> None:
    try:
        message = read_message(b"MSH|^~\\&|" + data, encoding)
    except ValueError:
        return
    kept = "".join(segment.text for segment in message.segments)
    text = (b"MSH|^~\\&|" + data).decode(encoding, "backslashreplace")
    assert kept == text.replace("\r", "").replace("\n", "")
    for segment in message.segments:
        for number in range(-1, 8):
            segment.value(number, number, number, number)
            segment.repetitions(number)
