"""Whole parts of a trained network taken out: columns of the feed-forward matrices, heads, layers.

What goes is what matters least by a score that the caller chooses. The rest keeps its weights; the result is a smaller
network of the same kind, which needs no sparse arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import torch
from torch import Tensor, nn

from kiosk.training.intake.encode import Batch
from kiosk.training.intake.network import Block, Network

Score = Callable[[Network], list[Tensor]]
"""How much each column matters: for every layer one number a column."""


def size_of_weights(network: Network) -> list[Tensor]:
    """A column by its weights alone: the product of the lengths of its three vectors."""
    return [
        block.ffn_gate.weight.norm(dim=1) * block.ffn_up.weight.norm(dim=1) * block.ffn_down.weight.norm(dim=0)
        for block in _blocks(network)
    ]


def use_in(batches: Sequence[Batch]) -> Score:
    """A column by what it adds on these texts: its mean size times the length of its vector in the sum."""

    def score(network: Network) -> list[Tensor]:
        sizes = _mean_sizes(network, batches, "ffn_down")
        return [size * block.ffn_down.weight.norm(dim=0) for size, block in zip(sizes, _blocks(network), strict=True)]

    return score


@torch.no_grad()
def without_columns(network: Network, hidden: int, score: Score) -> Network:
    """The network with `hidden` feed-forward columns a layer, those with the highest score."""
    smaller = Network(replace(network.shape, hidden=hidden))
    weights = network.state_dict()
    for at, scores in enumerate(score(network)):
        kept = scores.topk(hidden).indices.sort().values
        for name, dimension in (("ffn_gate", 0), ("ffn_up", 0), ("ffn_down", 1)):
            key = f"blk.{at}.{name}.weight"
            weights[key] = weights[key].index_select(dimension, kept)
    return _loaded(smaller, weights)


@torch.no_grad()
def without_heads(network: Network, heads: int, batches: Sequence[Batch]) -> Network:
    """The network with `heads` heads a layer, those that add most on these texts."""
    shape = network.shape
    smaller = Network(replace(shape, heads=heads, head_width=shape.head))
    weights = network.state_dict()
    for at, sizes in enumerate(_mean_sizes(network, batches, "attn_output")):
        output = weights[f"blk.{at}.attn_output.weight"]
        scores = (sizes * output.norm(dim=0)).view(shape.heads, shape.head).sum(1)
        chosen = scores.topk(heads).indices.sort().values
        kept = torch.cat([torch.arange(int(head) * shape.head, (int(head) + 1) * shape.head) for head in chosen])
        for name, dimension in (("attn_q", 0), ("attn_k", 0), ("attn_v", 0), ("attn_output", 1)):
            key = f"blk.{at}.{name}.weight"
            weights[key] = weights[key].index_select(dimension, kept)
    return _loaded(smaller, weights)


def without_layer(network: Network, layer: int) -> Network:
    """The network without one of its layers, counted from 0."""
    smaller = Network(replace(network.shape, layers=network.shape.layers - 1))
    kept = [at for at in range(network.shape.layers) if at != layer]
    weights = {name: value for name, value in network.state_dict().items() if not name.startswith("blk.")}
    for new, old in enumerate(kept):
        for name, value in network.blk[old].state_dict().items():
            weights[f"blk.{new}.{name}"] = value
    return _loaded(smaller, weights)


def _blocks(network: Network) -> list[Block]:
    return [block for block in network.blk if isinstance(block, Block)]


def _loaded(network: Network, weights: dict[str, Tensor]) -> Network:
    network.load_state_dict(weights)
    return network.eval()


@torch.no_grad()
def _mean_sizes(network: Network, batches: Sequence[Batch], name: str) -> list[Tensor]:
    """The mean absolute input of each layer's matrix of this name, over all tokens of the texts."""
    sums: dict[int, Tensor] = {}

    def noting(at: int) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        def note(module: nn.Module, given: tuple[Tensor, ...]) -> None:
            sums[at] = sums.get(at, torch.tensor(0.0)) + given[0][real].abs().sum(0)

        return note

    hooks = [getattr(block, name).register_forward_pre_hook(noting(at)) for at, block in enumerate(_blocks(network))]
    tokens = 0
    for batch in batches:
        real = batch.real
        network(batch.ids, real, slice(network.shape.text_tokens, None))
        tokens += int(real.sum())
    for hook in hooks:
        hook.remove()
    return [sums[at] / tokens for at in range(network.shape.layers)]
