from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.wire.mllp import Block, BrokenBlock, MllpDecoder, encode_block

CONTENT = st.binary(max_size=40).filter(lambda data: not {0x0B, 0x1C} & set(data))
HOSTILE = st.lists(st.sampled_from([b"\x0b", b"\x1c", b"\r", b"\x1c\r", b"a", b"MSH|", b"\xe5"]), max_size=30).map(
    b"".join
)
LIMIT = 8


def decoded(*pieces: bytes, longest: int = 1024) -> list[Block]:
    decoder = MllpDecoder(longest)
    blocks = [block for piece in pieces for block in decoder.feed(piece)]
    return blocks + decoder.close()


def bytewise(data: bytes, longest: int = 1024) -> list[Block]:
    return decoded(*(data[place : place + 1] for place in range(len(data))), longest=longest)


@given(st.lists(CONTENT, max_size=4))
def test_blocks_come_back_for_every_split(contents: list[bytes]) -> None:
    data = b"".join(map(encode_block, contents))
    assert decoded(data) == bytewise(data) == contents
    for cut in range(len(data) + 1):
        assert decoded(data[:cut], data[cut:]) == contents


@given(HOSTILE, st.integers(0, 60), st.integers(0, 60))
def test_hostile_bytes_give_the_same_blocks_for_every_split(data: bytes, one: int, other: int) -> None:
    first, second = sorted((one, other))
    whole = decoded(data, longest=LIMIT)
    assert bytewise(data, longest=LIMIT) == whole
    assert decoded(data[:first], data[first:second], data[second:], longest=LIMIT) == whole


@given(st.lists(st.tuples(CONTENT, CONTENT), max_size=4))
def test_what_lies_between_blocks_is_skipped(parts: list[tuple[bytes, bytes]]) -> None:
    data = b"".join(garbage + encode_block(content) for garbage, content in parts)
    assert decoded(data + b"garbage") == [content for _, content in parts]


@pytest.mark.parametrize(
    ("data", "blocks"),
    [
        (b"", []),
        (b"\x0b\x1c\r", [b""]),
        (b"\x0bMSH\r\x1c", [BrokenBlock("cut off")]),
        (b"\x0bMSH\r", [BrokenBlock("cut off")]),
        (b"\x0bold\x0bnew\x1c\r", [BrokenBlock("a block began inside it"), b"new"]),
        (b"\x0ba\x1cb\x1c\r", [b"a\x1cb"]),
        (b"\x1c\r\x1c\r", []),
        (b"\x0b123456789\x1c\r\x0bok\x1c\r", [BrokenBlock("longer than 8 bytes"), b"ok"]),
        (b"\x0b12345678\x1c\r", [b"12345678"]),
        (b"\x0b123456789\x0bok\x1c\r", [BrokenBlock("longer than 8 bytes"), b"ok"]),
        (b"\x0b123456789", [BrokenBlock("longer than 8 bytes")]),
    ],
)
def test_blocks_that_are_not_whole(data: bytes, blocks: list[Block]) -> None:
    assert decoded(data, longest=LIMIT) == blocks
    assert bytewise(data, longest=LIMIT) == blocks


def test_an_endless_block_is_not_kept() -> None:
    decoder = MllpDecoder(LIMIT)
    decoder.feed(b"\x0b")
    told = [block for _ in range(10_000) for block in decoder.feed(b"x" * 100)]
    assert told == [BrokenBlock("longer than 8 bytes")]
    assert len(decoder._pending or b"") <= LIMIT + 2


@pytest.mark.parametrize("content", [b"\x0b", b"MSH\x1c", b"\x1c\r"])
def test_content_that_would_break_its_own_block(content: bytes) -> None:
    with pytest.raises(ValueError, match="inside a block"):
        encode_block(content)
