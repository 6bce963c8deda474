"""The acoustic network: a time-delay network whose layers Kaldi's nnet3 knows, three frames of 10 ms a step."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional

from kiosk.training.speech.sound import COEFFICIENTS

CONTEXT = 24
"""Frames to both sides that a step depends on."""
STEP = 3
OFFSETS = ((-2, -1, 0, 1, 2), (-1, 0, 1), (-3, 0, 3), (-3, 0, 3), (-3, 0, 3), (-6, 0, 6), (-6, 0, 6))
"""What each layer looks at, in frames."""


class Network(nn.Module):
    """Frames (batch, time, 40) to logits (batch, outputs, steps); step 0 is frame CONTEXT."""

    mean: Tensor
    deviation: Tensor

    def __init__(self, outputs: int, width: int, mean: Tensor, deviation: Tensor) -> None:
        super().__init__()
        self.outputs, self.width = outputs, width
        sizes = [COEFFICIENTS] + [width] * (len(OFFSETS) - 1)
        self.layers = nn.ModuleList(
            nn.Conv1d(
                size,
                width,
                len(offsets),
                stride=STEP if level == 1 else 1,
                dilation=(offsets[1] - offsets[0]) // (STEP if level > 1 else 1),
            )
            for level, (size, offsets) in enumerate(zip(sizes, OFFSETS, strict=True))
        )
        self.norms = nn.ModuleList(nn.BatchNorm1d(width) for _ in OFFSETS)
        self.last = nn.Conv1d(width, outputs, 1)
        self.register_buffer("mean", mean)
        self.register_buffer("deviation", deviation)

    def forward(self, frames: Tensor) -> Tensor:
        hidden = ((frames - self.mean) / self.deviation).transpose(1, 2)
        for layer, norm in zip(self.layers, self.norms, strict=True):
            hidden = functional.dropout(norm(functional.relu(layer(hidden))), 0.05, self.training)
        return self.last(hidden)
