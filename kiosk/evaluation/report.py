"""The figures as a table, as JSON, as pictures, and the mistakes one by one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from kiosk.domain.assessment import Disposition
from kiosk.evaluation.cases import Part
from kiosk.evaluation.measures import Triage, reliability
from kiosk.evaluation.scores import Mistake, Scores

SetName = tuple[str, Part]


def table(scores: Mapping[SetName, Scores]) -> Table:
    """One column per set and part, one row per figure; rates in per cent with their 95 % interval."""
    columns = {name: group.figures() for name, group in scores.items()}
    view = Table(title="kiosk evaluate", show_lines=False)
    view.add_column("")
    for (name, part), _ in columns.items():
        view.add_column(f"{name}\n{part.value}", justify="right")
    rows = dict.fromkeys(row for figures in columns.values() for row in figures)
    for row in rows:
        view.add_row(row.replace("_", " "), *(_cell(row, figures.get(row)) for figures in columns.values()))
    return view


def _cell(row: str, figure: Any) -> str:
    if figure is None:
        return ""
    if isinstance(figure, dict):
        if figure["value"] is None:
            return ""
        return f"{100 * figure['value']:.1f} ({100 * figure['low']:.0f}-{100 * figure['high']:.0f}) n={figure['n']}"
    return f"{figure}" if isinstance(figure, int) else f"{figure:.3f}" if "ms" not in row else f"{figure:.1f}"


def print_table(scores: Mapping[SetName, Scores]) -> None:
    Console(width=max(100, 26 * (len(scores) + 1))).print(table(scores))


def write_figures(scores: Mapping[SetName, Scores], path: Path) -> None:
    document: dict[str, dict[str, Any]] = {}
    for (name, part), group in scores.items():
        document.setdefault(name, {})[part.value] = group.figures()
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_mistakes(mistakes: Iterable[Mistake], path: Path) -> int:
    """One JSON line per mistake; returns how many."""
    count = 0
    with path.open("w", encoding="utf-8") as sink:
        for mistake in mistakes:
            case = mistake.case
            line = {"id": case.id, "kind": case.kind.value, "wrong": mistake.wrong, "text": case.text, **mistake.trace}
            sink.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    return count


_ORDER = (Disposition.EMERGENCY, Disposition.DOCTOR, Disposition.SELF_CARE)


def draw_confusion(triage: Triage, title: str, path: Path) -> None:
    """Expected against given, counts in the squares, as PNG."""
    figure, axes = _canvas()
    rows = [[triage.counts[wanted, given] for given in _ORDER] for wanted in _ORDER]
    shares = [[count / max(1, sum(row)) for count in row] for row in rows]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    names = [kind.value.replace("_", " ") for kind in _ORDER]
    axes.set_xticks(range(3), names)
    axes.set_yticks(range(3), names)
    axes.set_xlabel("kiosk says")
    axes.set_ylabel("expected")
    axes.set_title(title)
    for y, row in enumerate(rows):
        for x, count in enumerate(row):
            axes.text(x, y, str(count), ha="center", va="center", color="white" if shares[y][x] > 0.5 else "black")
    _save(figure, path)


def draw_reliability(claims: Sequence[tuple[float, bool]], title: str, path: Path) -> None:
    """How often the first department was right, against the score it had, with 95 % intervals, as PNG."""
    figure, axes = _canvas()
    bins = reliability(claims)
    observed = [b.right.value or 0.0 for b in bins]
    intervals = [b.right.interval or (0.0, 1.0) for b in bins]
    below = [value - low for value, (low, _) in zip(observed, intervals, strict=True)]
    above = [high - value for value, (_, high) in zip(observed, intervals, strict=True)]
    axes.plot([0, 1], [0, 1], linestyle="--", color="grey")
    axes.errorbar([b.claimed for b in bins], observed, yerr=[below, above], marker="o", capsize=3)
    for b, value in zip(bins, observed, strict=True):
        axes.annotate(str(b.right.total), (b.claimed, value), textcoords="offset points", xytext=(6, -10), fontsize=8)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_xlabel("score of the first department")
    axes.set_ylabel("share that was right")
    axes.set_title(title)
    _save(figure, path)


def _canvas() -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(5, 4.4), dpi=120, layout="constrained")
    return figure, figure.add_subplot()


def _save(figure: Any, path: Path) -> None:
    figure.savefig(path)
