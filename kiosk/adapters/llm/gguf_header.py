"""The header of a GGUF file, read with every count and length bounded: native code never meets a file that lies."""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from kiosk.domain.generation import ModelError, ModelProblem

MARKING_MODEL = "daozhen-intake"
"""What a file of ours calls itself that marks words and writes none."""
_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_MOST_ENTRIES = 10_000
_MOST_TENSORS = 100_000
_LONGEST_KEY = 4096
_LONGEST_STRING = 4 * 1024 * 1024
_MOST_ITEMS = 4_000_000
_MOST_DIMENSIONS = 4
_NUMBERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
_NOT_GENERATORS = frozenset(
    ("bert", "clip", "jina-bert-v2", "modern-bert", "nomic-bert", "t5encoder", "wavtokenizer-dec")
)
_BLOCKS = {
    **{kind: (1, size) for kind, size in ((0, 4), (1, 2), (24, 1), (25, 2), (26, 4), (27, 8), (28, 8), (30, 2))},
    **{kind: (32, size) for kind, size in ((2, 18), (3, 20), (6, 22), (7, 24), (8, 34), (9, 36), (20, 18))},
    **{
        kind: (256, size) for kind, size in ((10, 84), (11, 110), (12, 144), (13, 176), (14, 210), (15, 292), (23, 136))
    },
}
"""Weights of a block and its bytes, by the number of their kind (ggml.h)."""
_SMALLEST_BLOCK = (256, 48)
"""A lower bound for kinds that are not listed."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the file says of itself. `numbers` are its plain numbers, `tensor_values` counts all weights."""

    architecture: str
    name: str
    numbers: Mapping[str, float]
    tokens: int
    tensor_values: int
    file_bytes: int
    chat_template: str

    @property
    def marks_words(self) -> bool:
        return self.name == MARKING_MODEL

    @property
    def chats(self) -> bool:
        """Whether it was taught to follow instructions: its template tells who speaks."""
        return "role" in self.chat_template

    def number(self, key: str) -> int:
        """A number of this architecture, 0 when the file does not say it."""
        return int(self.numbers.get(f"{self.architecture}.{key}", 0))

    def state_bytes(self, context: int) -> int:
        """An upper bound for the attention state of `context` tokens, in 16-bit numbers."""
        heads = max(1, self.number("attention.head_count"))
        width = self.number("embedding_length")
        of_keys = self.number("attention.key_length") or width // heads
        of_values = self.number("attention.value_length") or width // heads
        kv_heads = self.number("attention.head_count_kv") or heads
        return 2 * context * self.number("block_count") * kv_heads * (of_keys + of_values)


def read_header(file: Path) -> Header:
    """Raises ModelError: MISSING, BROKEN (no GGUF, cut off, lying) or UNSUPPORTED (no text generator)."""
    try:
        with file.open("rb") as stream:
            return _Reader(stream, file.stat().st_size).header()
    except FileNotFoundError as error:
        raise ModelError(ModelProblem.MISSING, file.name) from error
    except OSError as error:
        raise ModelError(ModelProblem.MISSING, f"{file.name}: {error.strerror}") from error


def _broken(what: str) -> ModelError:
    return ModelError(ModelProblem.BROKEN, what)


class _Reader:
    def __init__(self, stream: IO[bytes], size: int) -> None:
        self._stream = stream
        self._left = size
        self._size = size

    def header(self) -> Header:
        if self._bytes(4) != _MAGIC:
            raise _broken("not a GGUF file")
        version = self._number("I")
        if version not in _VERSIONS:
            raise _broken(f"GGUF version {version}")
        tensors = self._count("Q", _MOST_TENSORS, "tensors")
        entries = self._count("Q", _MOST_ENTRIES, "entries")
        found: dict[str, Any] = {}
        for _ in range(entries):
            key = self._string(_LONGEST_KEY)
            if key in found:
                raise _broken("an entry twice")
            found[key] = self._value(self._number("I"))
        values = self._tensors(tensors, self._alignment(found))
        return self._checked(found, values)

    def _checked(self, found: Mapping[str, Any], values: int) -> Header:
        architecture = found.get("general.architecture")
        if not isinstance(architecture, str) or not architecture:
            raise _broken("no architecture")
        if architecture in _NOT_GENERATORS or "adapter.type" in found:
            raise ModelError(ModelProblem.UNSUPPORTED, f"architecture {architecture[:40]} writes no text")
        numbers = {key: float(one) for key, one in found.items() if isinstance(one, int | float)}
        header = Header(
            architecture=architecture,
            name=str(found.get("general.name", ""))[:80],
            numbers=numbers,
            tokens=int(found.get("tokenizer.ggml.tokens", 0)),
            tensor_values=values,
            file_bytes=self._size,
            chat_template=template if isinstance(template := found.get("tokenizer.chat_template"), str) else "",
        )
        for key, most in (("context_length", 2**24), ("embedding_length", 2**17), ("block_count", 2**12)):
            if not 1 <= header.number(key) <= most:
                raise _broken(f"{key} out of range")
        if header.number("attention.head_count") > 2**12 or header.number("attention.head_count_kv") > 2**12:
            raise _broken("head_count out of range")
        if not 2 <= header.tokens <= _MOST_ITEMS:
            raise _broken("no vocabulary")
        return header

    def _alignment(self, found: Mapping[str, Any]) -> int:
        alignment = found.get("general.alignment", 32)
        if type(alignment) is not int or not 1 <= alignment <= 65536 or alignment & (alignment - 1):
            raise _broken("alignment")
        return alignment

    def _tensors(self, count: int, alignment: int) -> int:
        """Read the table of tensors; all of them must lie inside the file. Returns the number of weights."""
        tensors: list[tuple[int, int, int]] = []
        for _ in range(count):
            self._string(_LONGEST_KEY)
            dimensions = [self._number("Q") for _ in range(self._count("I", _MOST_DIMENSIONS, "dimensions"))]
            if any(not 1 <= one <= 2**40 for one in dimensions) or math.prod(dimensions) > 2**42:
                raise _broken("a tensor of impossible size")
            per_block, size = _BLOCKS.get(self._number("I"), _SMALLEST_BLOCK)
            values = math.prod(dimensions)
            tensors.append((self._number("Q"), values, values // per_block * size))
        if not tensors:
            raise _broken("no tensors")
        start = -(-(self._size - self._left) // alignment) * alignment
        for offset, _, size in tensors:
            if offset % alignment or start + offset + size > self._size:
                raise _broken("cut off: a tensor lies behind the end of the file")
        return sum(values for _, values, _ in tensors)

    def _value(self, kind: int) -> Any:
        """A plain value; of an array only its length."""
        if kind == _STRING:
            return self._string(_LONGEST_STRING)
        if kind in _NUMBERS:
            return self._number(_NUMBERS[kind])
        if kind != _ARRAY:
            raise _broken("a value of unknown kind")
        inner = self._number("I")
        length = self._count("Q", _MOST_ITEMS, "items")
        if inner == _STRING:
            for _ in range(length):
                self._skip(self._count("Q", _LONGEST_STRING, "characters"))
        elif inner in _NUMBERS:
            self._skip(length * struct.calcsize(f"<{_NUMBERS[inner]}"))
        else:
            raise _broken("an array of unknown kind")
        return length

    def _count(self, form: str, most: int, what: str) -> int:
        count = self._number(form)
        if count > most or count > self._left:
            raise _broken(f"{what}: more than the file can hold")
        return count

    def _string(self, longest: int) -> str:
        return self._bytes(self._count("Q", longest, "characters")).decode("utf-8", "replace")

    def _number(self, form: str) -> Any:
        return struct.unpack(f"<{form}", self._bytes(struct.calcsize(f"<{form}")))[0]

    def _bytes(self, count: int) -> bytes:
        data = self._stream.read(count) if count <= self._left else b""
        if len(data) != count:
            raise _broken("cut off inside the header")
        self._left -= count
        return data

    def _skip(self, count: int) -> None:
        if count > self._left:
            raise _broken("cut off inside the header")
        self._stream.seek(count, 1)
        self._left -= count
