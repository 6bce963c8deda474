from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.wire.jsonlines import JsonLinesDecoder, Malformed, encode_line

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text(), JSON, max_size=4)


def fed(data: bytes, longest: int = 1000) -> list[object]:
    return list(JsonLinesDecoder(longest).feed(data))


@settings(deadline=None)
@given(st.lists(OBJECTS, max_size=4), st.lists(st.integers(0, 400), max_size=6))
def test_any_split_gives_the_same_messages(objects: list[dict[str, object]], cuts: list[int]) -> None:
    data = b"".join(encode_line(one) for one in objects)
    ends = [*sorted(cut for cut in cuts if cut < len(data)), len(data)]
    decoder = JsonLinesDecoder()
    lines = [line for start, end in zip([0, *ends], ends, strict=False) for line in decoder.feed(data[start:end])]
    assert lines == objects
    assert decoder.close() == []


def test_byte_by_byte() -> None:
    decoder = JsonLinesDecoder()
    data = encode_line({"text": "头痛"}) + encode_line({"n": 1})
    assert [line for byte in data for line in decoder.feed(bytes([byte]))] == [{"text": "头痛"}, {"n": 1}]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"{broken", "not JSON at character 1"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[1]", "not an object"),
        (b'"text"', "not an object"),
        (b'{"n": NaN}', "a number out of range"),
        (b'{"n": -Infinity}', "a number out of range"),
        (b'{"n": ' + b"9" * 900 + b"e}", "not JSON at character 906"),
    ],
)
def test_a_malformed_line_is_named_and_the_next_one_is_read(line: bytes, problem: str) -> None:
    assert fed(line + b'\n{"ok":true}\n') == [Malformed(problem), {"ok": True}]


def test_endless_digits_and_endless_nesting_are_problems_not_crashes() -> None:
    digits = b'{"n": ' + b"9" * 5000 + b"}\n"
    nested = b'{"n": ' + b"[" * 200_000 + b"\n"
    decoder = JsonLinesDecoder()
    assert decoder.feed(digits + nested + b"{}\n") == [
        Malformed("a number out of range"),
        Malformed("nested too deeply"),
        {},
    ]


def test_the_problem_never_quotes_the_line() -> None:
    (problem,) = fed(b'{"text": canary}\n')
    assert isinstance(problem, Malformed)
    assert "canary" not in problem.problem


def test_a_line_of_exactly_the_limit_is_read_and_one_byte_more_is_not() -> None:
    line = json.dumps({"a": "x" * 20}).encode()
    assert fed(line + b"\n", longest=len(line)) == [{"a": "x" * 20}]
    assert fed(line + b"\n{}\n", longest=len(line) - 1) == [Malformed(f"line longer than {len(line) - 1} bytes"), {}]


def test_an_over_long_line_is_reported_once_and_not_kept() -> None:
    decoder = JsonLinesDecoder(longest=10)
    assert decoder.feed(b"x" * 11) == [Malformed("line longer than 10 bytes")]
    assert decoder.feed(b"x" * 1_000_000) == []
    assert decoder.feed(b"\n{}\n") == [{}]


def test_blank_lines_and_carriage_returns_are_allowed() -> None:
    assert fed(b"\n  \r\n{}\r\n") == [{}]


def test_an_unfinished_line_is_reported_at_the_end() -> None:
    decoder = JsonLinesDecoder()
    assert decoder.feed(b'{"a"') == []
    assert decoder.close() == [Malformed("unfinished line")]
    assert decoder.close() == []


def test_numbers_json_does_not_have_are_not_written() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        encode_line({"level": math.inf})


def test_newlines_in_text_stay_inside_the_line() -> None:
    line = encode_line({"text": "a\nb\u2028c"})
    assert line.count(b"\n") == 1
    assert fed(line) == [{"text": "a\nb\u2028c"}]
