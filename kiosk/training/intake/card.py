"""Pictures for the model's card, from the log of its training."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
from matplotlib import pyplot as plt

_SETS = ("seen-zh", "seen-en", "unseen-zh", "unseen-en", "statements-zh", "statements-en")
_COLOURS = ("#0a6", "#06a", "#6c9", "#69c", "#a60", "#c93")


def draw(log: Path, folder: Path) -> None:
    """The loss, and F1 on texts with trained and with held-out forms and on written statements."""
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    losses = [line for line in lines if "loss" in line]
    measured = [line for line in lines if _SETS[0] in line]
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(13, 3.8))
    left.plot([line["examples"] / 1000 for line in losses], [line["loss"] for line in losses], color="#333")
    left.set_yscale("log")
    left.set_title("training loss")
    for name, colour in zip(_SETS, _COLOURS, strict=True):
        _line(middle, measured, name, "code", colour)
        _line(right, measured, name, "absent", colour)
    middle.set_title("F1 of findings")
    right.set_title("F1 of denied findings")
    for axes in (left, middle, right):
        axes.set_xlabel("thousand texts")
        axes.grid(alpha=0.3)
    for axes in (middle, right):
        axes.set_ylim(0, 1)
        axes.legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(folder / "training.png", dpi=110)
    plt.close(figure)


def _line(axes: Any, measured: list[dict[str, Any]], name: str, what: str, colour: str) -> None:
    axes.plot(
        [m["examples"] / 1000 for m in measured],
        [m[name][what] for m in measured],
        "o-",
        ms=3,
        color=colour,
        label=name,
    )
