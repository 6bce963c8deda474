"""A language model of real size whose weights are noise: it says nothing, and works as hard as one that does."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_MAGIC, _VERSION, _ALIGNMENT = b"GGUF", 3, 32
_UINT32, _FLOAT32, _STRING = 4, 6, 8
_F32, _Q4_0 = 0, 2
"""Types of values and of tensors in the file format GGUF 3."""
_BLOCK, _BLOCK_BYTES = 32, 18
"""Q4_0: 32 weights in 18 bytes, a half-precision scale and 32 halves of a byte."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of a transformer; the defaults are those of the small models (0.5 billion weights) that 2 cores can run."""

    layers: int = 24
    width: int = 896
    inner: int = 4864
    heads: int = 14
    key_heads: int = 2
    vocabulary: int = 151_936
    context: int = 2048


@dataclass(frozen=True, slots=True)
class Tensor:
    name: str
    sizes: tuple[int, ...]

    @property
    def kind(self) -> int:
        return _Q4_0 if len(self.sizes) == 2 else _F32

    @property
    def size(self) -> int:
        """Bytes in the file, without padding."""
        if self.kind == _F32:
            return 4 * self.sizes[0]
        return self.sizes[0] * self.sizes[1] // _BLOCK * _BLOCK_BYTES


def write_random_model(path: Path, shape: Shape = Shape()) -> int:
    """Write a GGUF file that llama.cpp loads and runs, without words; its bytes."""
    tensors = list(_tensors(shape))
    with path.open("wb") as file:
        file.write(_head(shape, tensors))
        noise = _noise()
        for tensor in tensors:
            _pad(file)
            if tensor.kind == _F32:
                file.write(struct.pack("<f", 1.0) * tensor.sizes[0])
            else:
                whole, rest = divmod(tensor.size, len(noise))
                file.writelines([noise] * whole)
                file.write(noise[:rest])
        return file.tell()


def _tensors(shape: Shape) -> Iterator[Tensor]:
    keys = shape.width // shape.heads * shape.key_heads
    yield Tensor("token_embd.weight", (shape.width, shape.vocabulary))
    yield Tensor("output_norm.weight", (shape.width,))
    for layer in range(shape.layers):
        for name, sizes in (
            ("attn_norm", (shape.width,)),
            ("attn_q", (shape.width, shape.width)),
            ("attn_k", (shape.width, keys)),
            ("attn_v", (shape.width, keys)),
            ("attn_output", (shape.width, shape.width)),
            ("ffn_norm", (shape.width,)),
            ("ffn_gate", (shape.width, shape.inner)),
            ("ffn_up", (shape.width, shape.inner)),
            ("ffn_down", (shape.inner, shape.width)),
        ):
            yield Tensor(f"blk.{layer}.{name}.weight", sizes)


def _head(shape: Shape, tensors: list[Tensor]) -> bytes:
    values = [
        _text("general.architecture", "llama"),
        _text("tokenizer.ggml.model", "none"),
        _number("llama.context_length", shape.context),
        _number("llama.embedding_length", shape.width),
        _number("llama.block_count", shape.layers),
        _number("llama.feed_forward_length", shape.inner),
        _number("llama.attention.head_count", shape.heads),
        _number("llama.attention.head_count_kv", shape.key_heads),
        _number("llama.vocab_size", shape.vocabulary),
        _string("llama.attention.layer_norm_rms_epsilon") + struct.pack("<If", _FLOAT32, 1e-6),
    ]
    head = _MAGIC + struct.pack("<IQQ", _VERSION, len(tensors), len(values)) + b"".join(values)
    offset = 0
    for tensor in tensors:
        head += _string(tensor.name) + struct.pack("<I", len(tensor.sizes))
        head += struct.pack(f"<{len(tensor.sizes)}QIQ", *tensor.sizes, tensor.kind, offset)
        offset += tensor.size + -tensor.size % _ALIGNMENT
    return head


def _string(text: str) -> bytes:
    return struct.pack("<Q", len(text)) + text.encode("ascii")


def _text(key: str, value: str) -> bytes:
    return _string(key) + struct.pack("<I", _STRING) + _string(value)


def _number(key: str, value: int) -> bytes:
    return _string(key) + struct.pack("<II", _UINT32, value)


def _noise() -> bytes:
    chance = random.Random(1)  # noqa: S311 - noise
    scale = struct.pack("<e", 0.01)
    return b"".join(scale + chance.randbytes(_BLOCK_BYTES - len(scale)) for _ in range(1 << 14))


def _pad(file: BinaryIO) -> None:
    file.write(b"\0" * (-file.tell() % _ALIGNMENT))
