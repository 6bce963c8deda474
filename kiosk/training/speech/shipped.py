"""Between a network of this recipe and the layers of a model's am/final.mdl, both ways."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from kiosk.training.speech import kaldi
from kiosk.training.speech.network import OFFSETS, Network

PHONES = "phones.txt"
"""Beside the network: the phones its outputs stand for, in order."""
_LINEAR, _BIAS, _PRIORS = b"<LinearParams> ", b"<BiasParams> ", b"<Priors> "
_LEAST_VARIANCE = 1e-4
"""Of an output that hardly ever moves: its norm would blow up what little there is."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """Affine layers as kaldi.py writes them, `weights` (out, offsets x in) and `bias` (out), and the `prior`."""

    weights: tuple[NDArray[np.float32], ...]
    biases: tuple[NDArray[np.float32], ...]
    prior: NDArray[np.float32]


def learnt(folder: Path, phones: tuple[str, ...]) -> Learnt:
    """What the model in the folder has learnt.

    Raises OSError, or ValueError for a model of other phones or another recipe.
    """
    known = tuple((folder / "am" / PHONES).read_text(encoding="ascii").split())
    if known != phones:
        raise ValueError(f"{folder}: has learnt other sounds than there are today")
    made = (folder / "am" / "final.mdl").read_bytes()
    starts = [place.end() for place in re.finditer(re.escape(_LINEAR), made)]
    if not starts:
        raise ValueError(f"{folder}: no layer in am/final.mdl")
    layers = [_affine(made, at) for at in starts]
    prior = _vector(made, made.rindex(_PRIORS) + len(_PRIORS))
    return Learnt(tuple(weights for weights, _ in layers), tuple(bias for _, bias in layers), prior)


def _affine(made: bytes, at: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    head = struct.Struct("<4sffii")
    kind, low, span, rows, columns = head.unpack_from(made, at)
    if kind != b"CM3 ":
        raise ValueError("am/final.mdl: weights that are not stored in 8 bits")
    at += head.size
    weights = np.frombuffer(made, "u1", rows * columns, at).reshape(rows, columns) / np.float32(255) * span + low
    bias = _vector(made, at + rows * columns + len(_BIAS))
    return weights.astype(np.float32), bias


def _vector(made: bytes, at: int) -> NDArray[np.float32]:
    head = struct.Struct("<3sbi")
    kind, _, count = head.unpack_from(made, at)
    if kind != b"FV ":
        raise ValueError("am/final.mdl: not a vector where one should be")
    return np.frombuffer(made, "<f4", count, at + head.size)


@torch.no_grad()
def fill(network: Network, shipped: Learnt, frames: Tensor) -> None:
    """Give the network what a shipped model has learnt; its outputs are then the model's.

    A shipped layer holds the norm before it, which training needs apart: norms are measured anew on `frames` (batch,
    time, 40) and taken out of the weights again. Raises ValueError for a network of another shape.
    """
    layers = [*network.layers, network.last]
    if len(layers) != len(shipped.weights):
        raise ValueError("the model has another number of layers")
    scale, shift = 1 / network.deviation, -network.mean / network.deviation
    hidden = ((frames - network.mean) / network.deviation).transpose(1, 2)
    for level, (layer, weights, bias) in enumerate(zip(layers, shipped.weights, shipped.biases, strict=True)):
        outputs, inputs, offsets = layer.weight.shape
        if weights.shape != (outputs, offsets * inputs):
            raise ValueError(f"the model's layer {level + 1} has another shape")
        whole = torch.tensor(weights).reshape(outputs, offsets, inputs).transpose(1, 2) / scale[None, :, None]
        layer.weight.copy_(whole)
        layer.bias.copy_(torch.tensor(bias) - (whole * shift[None, :, None]).sum((1, 2)))
        if layer is network.last:
            return
        norm = network.norms[level]
        hidden = functional.relu(layer(hidden))
        norm.running_mean.copy_(hidden.mean((0, 2)))
        norm.running_var.copy_(hidden.var((0, 2)).clamp(min=_LEAST_VARIANCE))
        norm.weight.fill_(1.0)
        norm.bias.fill_(0.0)
        scale = 1 / torch.sqrt(norm.running_var + norm.eps)
        shift = -norm.running_mean * scale
        hidden = hidden * scale[None, :, None] + shift[None, :, None]


def folded(state: dict[str, NDArray[np.float64]]) -> list[kaldi.Layer]:
    """Affine layers alone: the norm after each is folded into the next."""
    scale, shift = 1 / state["deviation"], -state["mean"] / state["deviation"]
    layers: list[kaldi.Layer] = []
    for level, offsets in enumerate(OFFSETS):
        weights, bias = state[f"layers.{level}.weight"], state[f"layers.{level}.bias"]
        bias = bias + (weights * shift[None, :, None]).sum((1, 2))
        weights = (weights * scale[None, :, None]).transpose(0, 2, 1).reshape(len(bias), -1)
        layers.append(kaldi.Layer(offsets, weights, bias, "RectifiedLinear"))
        norm = f"norms.{level}."
        scale = state[norm + "weight"] / np.sqrt(state[norm + "running_var"] + 1e-5)
        shift = state[norm + "bias"] - state[norm + "running_mean"] * scale
    weights = state["last.weight"][:, :, 0]
    layers.append(kaldi.Layer((0,), weights * scale, state["last.bias"] + (weights * shift).sum(1), "LogSoftmax"))
    return layers
