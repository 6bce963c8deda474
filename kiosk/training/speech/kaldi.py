"""Writes Kaldi's binary files: a transition model and an nnet3 network, enough for Vosk's am/final.mdl.

Tokens are ASCII with a space, numbers little endian after a byte that tells their size. A phone has one state whose
first frame has an output of its own (Kaldi's "chain" topology), so that a phone said twice is two phones.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layer:
    """`weights` (out, offsets x in) and what follows them: RectifiedLinear or LogSoftmax."""

    offsets: Sequence[int]
    weights: Matrix
    bias: Matrix
    then: str


def final_mdl(phones: Sequence[int], layers: Sequence[Layer], inputs: int, prior: Matrix, context: int) -> bytes:
    """The whole file. `phones` are the network's phones p of those of the graph: outputs 2 p and 2 p + 1 are theirs."""
    return b"\0B" + _transition_model(phones) + _network(layers, inputs, prior, context)


def _token(name: str) -> bytes:
    return name.encode() + b" "


def _int(value: int) -> bytes:
    return b"\x04" + struct.pack("<i", value)


def _float(value: float) -> bytes:
    return b"\x04" + struct.pack("<f", value)


def _double(value: float) -> bytes:
    return b"\x08" + struct.pack("<d", value)


def _ints(values: Sequence[int]) -> bytes:
    return b"\x04" + struct.pack("<i", len(values)) + np.asarray(values, "<i4").tobytes()


def _vector(values: Sequence[float] | Matrix) -> bytes:
    return _token("FV") + _int(len(values)) + np.asarray(values, "<f4").tobytes()


def _matrix(values: Matrix) -> bytes:
    """In 8 bits a value, as Kaldi's compressed matrices are."""
    low, span = float(values.min()), float(np.ptp(values)) or 1e-5
    bytes_of = np.clip(np.round((values - low) / span * 255), 0, 255).astype("u1")
    return _token("CM3") + struct.pack("<ffii", low, span, *values.shape) + bytes_of.tobytes()


def _transition_model(phones: Sequence[int]) -> bytes:
    half, count = _float(0.5), len(phones)
    # The -1 says that a state has two outputs: of its first frame, and of those after it.
    topology = _ints(range(1, count + 1)) + _ints([-1] + [0] * count) + _int(-1) + _int(1) + _int(2)
    topology += _int(0) + _int(1) + _int(2) + _int(0) + half + _int(1) + half
    topology += _int(-1) + _int(-1) + _int(0)
    tuples = b"".join(_int(n) + _int(0) + _int(2 * p) + _int(2 * p + 1) for n, p in enumerate(phones, 1))
    made = _token("<TransitionModel>") + _token("<Topology>") + topology + _token("</Topology>")
    made += _token("<Tuples>") + _int(count) + tuples + _token("</Tuples>")
    made += _token("<LogProbs>") + _vector([0.0] + [math.log(0.5)] * (2 * count)) + _token("</LogProbs>")
    return made + _token("</TransitionModel>")


def _affine(layer: Layer) -> bytes:
    made = _token("<AffineComponent>") + _token("<LearningRate>") + _float(0.001)
    made += _token("<LinearParams>") + _matrix(layer.weights) + _token("<BiasParams>") + _vector(layer.bias)
    return made + _token("</AffineComponent>")


def _then(layer: Layer) -> bytes:
    kind, none = f"{layer.then}Component", _vector([])
    made = _token(f"<{kind}>") + _token("<Dim>") + _int(len(layer.bias)) + _token("<ValueAvg>") + none
    made += _token("<DerivAvg>") + none + _token("<Count>") + _double(0) + _token("<OderivRms>") + none
    made += _token("<OderivCount>") + _double(0) + _token("<NumDimsSelfRepaired>") + _double(0)
    return made + _token("<NumDimsProcessed>") + _double(0) + _token(f"</{kind}>")


def _network(layers: Sequence[Layer], inputs: int, prior: Matrix, context: int) -> bytes:
    lines = [f"input-node name=input dim={inputs}"]
    components: list[tuple[str, bytes]] = []
    source = "input"
    for number, layer in enumerate(layers, 1):
        seen = [source if offset == 0 else f"Offset({source}, {offset})" for offset in layer.offsets]
        append = seen[0] if len(seen) == 1 else f"Append({', '.join(seen)})"
        for name, told, made in ((f"affine{number}", append, _affine(layer)), (f"then{number}", "", _then(layer))):
            lines.append(f"component-node name={name} component={name} input={told or source}")
            components.append((name, made))
            source = name
    lines.append(f"output-node name=output input={source} objective=linear")
    made = _token("<Nnet3>") + b"\n" + ("\n".join(lines) + "\n\n").encode()
    made += _token("<NumComponents>") + _int(len(components))
    made += b"".join(_token("<ComponentName>") + _token(name) + component for name, component in components)
    made += _token("</Nnet3>") + _token("<LeftContext>") + _int(context) + _token("<RightContext>") + _int(context)
    return made + _token("<Priors>") + _vector(prior)
