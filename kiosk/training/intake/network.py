"""A small llama that looks both ways along the text and says of every piece what it belongs to."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network; widths are multiples of 256, which llama.cpp's smaller number formats need."""

    text_tokens: int
    other_tokens: int
    width: int = 256
    layers: int = 4
    heads: int = 4
    hidden: int = 768
    context: int = 256
    theta: float = 10_000.0
    epsilon: float = 1e-5
    head_width: int | None = None
    """None: the width shared out among the heads."""

    @property
    def head(self) -> int:
        """Numbers a head works on."""
        return self.head_width or self.width // self.heads

    @property
    def tokens(self) -> int:
        return self.text_tokens + self.other_tokens


class Block(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads, self.head = shape.heads, shape.head
        attended = shape.heads * shape.head
        self.attn_norm = nn.RMSNorm(shape.width, eps=shape.epsilon)
        self.ffn_norm = nn.RMSNorm(shape.width, eps=shape.epsilon)
        self.attn_q = nn.Linear(shape.width, attended, bias=False)
        self.attn_k = nn.Linear(shape.width, attended, bias=False)
        self.attn_v = nn.Linear(shape.width, attended, bias=False)
        self.attn_output = nn.Linear(attended, shape.width, bias=False)
        self.ffn_gate = nn.Linear(shape.width, shape.hidden, bias=False)
        self.ffn_up = nn.Linear(shape.width, shape.hidden, bias=False)
        self.ffn_down = nn.Linear(shape.hidden, shape.width, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, _ = x.shape
        seen = self.attn_norm(x)

        def split(linear: nn.Linear) -> Tensor:
            return linear(seen).view(batch, length, self.heads, self.head).transpose(1, 2)

        v = split(self.attn_v)
        q, k = _turned(split(self.attn_q), cos, sin).to(v.dtype), _turned(split(self.attn_k), cos, sin).to(v.dtype)
        mixed = _attended(q, k, v, mask)
        x = x + self.attn_output(mixed.transpose(1, 2).reshape(batch, length, -1))
        seen = self.ffn_norm(x)
        return x + self.ffn_down(functional.silu(self.ffn_gate(seen)) * self.ffn_up(seen))


def _attended(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> Tensor:
    if q.is_cuda:
        return functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    # The CPU's fused attention takes ten times as long backwards as these steps do for texts this short.
    scores = (q @ k.transpose(-1, -2)).float() / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    return scores.softmax(-1).to(v.dtype) @ v


def _turned(z: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    # Neighbouring pairs, as llama.cpp turns them for this architecture: no permutation when it is exported.
    even, odd = z[..., 0::2], z[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2)


class Network(nn.Module):
    """One matrix holds the embeddings of the text's tokens and the weights of the answers' tokens."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.token_embd = nn.Embedding(shape.tokens, shape.width)
        self.blk = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.output_norm = nn.RMSNorm(shape.width, eps=shape.epsilon)
        size = shape.head
        turns = 1 / shape.theta ** (torch.arange(0, size, 2).float() / size)
        angles = torch.arange(shape.context).float()[:, None] * turns
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)
        for name, weights in self.named_parameters():
            if weights.dim() == 2:
                last = name.endswith(("attn_output.weight", "ffn_down.weight"))
                nn.init.normal_(weights, 0, 0.02 / (math.sqrt(2 * shape.layers) if last else 1))

    def forward(self, ids: Tensor, real: Tensor | None = None, rows: slice = slice(None)) -> Tensor:
        """Logits of `rows` of the vocabulary for every token; `real` is false where a text has ended."""
        x = self.token_embd(ids)
        mask = real[:, None, None, :] if real is not None else None
        length = ids.shape[1]
        for block in self.blk:
            x = block(x, self.cos[:length], self.sin[:length], mask)
        x = self.output_norm(x)
        return x @ self.token_embd.weight[rows].t().to(x.dtype)
