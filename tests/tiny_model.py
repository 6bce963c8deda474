"""A language model with random weights, small enough to be made in a moment; the same seed gives the same file.

Its alphabet is the 256 bytes, so it can write anything, and what it writes depends on every byte before: a real model
in everything but sense.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np

SPECIAL = ("<pad>", "<s>", "</s>", "<ans>")
CHAT_SPECIAL = (*SPECIAL, "<|im_start|>", "<|im_end|>", "<think>", "</think>")
CHAT_TEMPLATE = (
    "{% for message in messages %}{{ message['content'] }}{% endfor %}{% if add_generation_prompt %}<ans>{% endif %}"
)


ROLES_TEMPLATE = """\
{%- for message in messages -%}
<|im_start|>{{ message.role }}
{{ message.content }}<|im_end|>
{% endfor -%}
{%- if add_generation_prompt -%}
<|im_start|>assistant
{% if enable_thinking is defined and not enable_thinking -%}
<think>

</think>

{% endif -%}
{%- endif -%}
"""
"""A template in the manner of instruct models, with a switch for thinking as Qwen3 has."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Control tokens before the 256 bytes, the one that ends an answer, and the chat template."""

    special: tuple[str, ...] = SPECIAL
    end: int = 2
    template: str = CHAT_TEMPLATE


CHAT = Vocabulary(CHAT_SPECIAL, CHAT_SPECIAL.index("<|im_end|>"), ROLES_TEMPLATE)


@dataclass(frozen=True, slots=True)
class Shape:
    """How large. `spread` is how much the likelihoods differ: large enough that rounding decides nothing."""

    layers: int = 2
    width: int = 64
    heads: int = 4
    inner: int = 128
    context: int = 1024
    spread: float = 12.0
    seed: int = 20


def write_tiny_model(
    file: Path, shape: Shape | None = None, architecture: str = "llama", words: Vocabulary | None = None
) -> Path:
    """Write the GGUF file and return its path; architectures are llama, qwen2 and qwen3."""
    shape, words = shape or Shape(), words or Vocabulary()
    writer = gguf.GGUFWriter(str(file), architecture)
    writer.add_name("tiny")
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.inner)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10_000.0)
    writer.add_rope_dimension_count(shape.width // shape.heads)
    writer.add_file_type(0)
    _add_vocabulary(writer, words)
    for name, values in _weights(shape, architecture, words).items():
        writer.add_tensor(name, values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return file


def _add_vocabulary(writer: gguf.GGUFWriter, words: Vocabulary) -> None:
    tokens = [*words.special, *_letters_of_bytes()]
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types([gguf.TokenType.CONTROL] * len(words.special) + [gguf.TokenType.NORMAL] * 256)
    # A list of merges must be there; this one makes of two bytes no token that is there.
    writer.add_token_merges(["\u0100 \u0100"])
    writer.add_pad_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(words.end)
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(words.template)


def _letters_of_bytes() -> list[str]:
    """GPT-2's letters for the 256 bytes: printable ones stand for themselves, the others for letters from U+0100."""
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    shifted = iter(range(256, 512))
    return [chr(byte) if byte in printable else chr(next(shifted)) for byte in range(256)]


def _weights(shape: Shape, architecture: str, words: Vocabulary) -> dict[str, np.ndarray]:
    chance = np.random.default_rng(shape.seed)
    vocabulary, width, inner = len(words.special) + 256, shape.width, shape.inner

    def matrix(rows: int, columns: int, size: float) -> np.ndarray:
        return (chance.standard_normal((rows, columns)) * size / columns**0.5).astype(np.float32)

    weights = {
        "token_embd.weight": matrix(vocabulary, width, width**0.5),
        "output_norm.weight": np.ones(width, dtype=np.float32),
        "output.weight": matrix(vocabulary, width, shape.spread),
    }
    # Nothing but what a grammar asks for may be more likely than letters: control tokens have no weight.
    weights["output.weight"][[place for place in range(len(words.special)) if place != words.end]] = 0
    for layer in range(shape.layers):
        block = f"blk.{layer}."
        weights[f"{block}attn_norm.weight"] = np.ones(width, dtype=np.float32)
        weights[f"{block}ffn_norm.weight"] = np.ones(width, dtype=np.float32)
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            weights[f"{block}{name}.weight"] = matrix(width, width, 1.5)
            if architecture == "qwen2" and name != "attn_output":
                weights[f"{block}{name}.bias"] = np.zeros(width, dtype=np.float32)
            if architecture == "qwen3" and name in ("attn_q", "attn_k"):
                weights[f"{block}{name}_norm.weight"] = np.ones(width // shape.heads, dtype=np.float32)
        for name in ("ffn_gate", "ffn_up"):
            weights[f"{block}{name}.weight"] = matrix(inner, width, 1.5)
        weights[f"{block}ffn_down.weight"] = matrix(width, inner, 1.5)
    return weights
