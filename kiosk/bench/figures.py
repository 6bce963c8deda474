"""What is made of the times that were measured: percentiles, gaps, and whether a target was met."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

STALL_MS = 50.0
"""A gap between two frames that somebody sees as a jolt."""
GAP_P99_MS = 50.0
TOUCH_P95_MS = 100.0
"""Targets of `kiosk bench frames` under full load."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How some milliseconds are distributed; `stalls` of the `count` are longer than STALL_MS."""

    count: int
    p50: float
    p95: float
    p99: float
    longest: float
    stalls: int


def percentile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the values, sorted upwards, do not exceed: never one in between."""
    if not ordered:
        raise ValueError("no values")
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def spread(values: Iterable[float]) -> Spread:
    """ValueError when there are none."""
    ordered = sorted(values)
    return Spread(
        count=len(ordered),
        p50=percentile(ordered, 0.50),
        p95=percentile(ordered, 0.95),
        p99=percentile(ordered, 0.99),
        longest=ordered[-1],
        stalls=sum(value > STALL_MS for value in ordered),
    )


def gaps(frames: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """Milliseconds between frames, each with the scene in which the later frame was drawn.

    `frames` are seconds with a scene; an empty scene is not measured, and neither is the gap that leads out of it.
    """
    return [
        (1000 * (later - earlier), scene) for (earlier, before), (later, scene) in pairwise(frames) if scene and before
    ]


def met(gap: Spread, press: Spread) -> bool:
    return gap.p99 < GAP_P99_MS and press.p95 < TOUCH_P95_MS
