"""The clinical core on this project's own cases: no figure may fall below the floors in tests/data/floors.toml.

The floors stand a little under what was measured last; `make evaluate` prints the figures themselves. A floor is raised
when the core gets better, and lowered only with a reason in the commit.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kiosk import paths
from kiosk.adapters.knowledge import load_knowledge
from kiosk.adapters.lexicon import build_matcher
from kiosk.evaluation.cases import Case, Kind, read_cases
from kiosk.evaluation.command import load_names, measure
from kiosk.evaluation.interview import Clinic

DATA = Path(__file__).parents[1] / "data"
FLOORS: dict[str, dict[str, float]] = tomllib.loads((DATA / "floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def cases_and_figures() -> tuple[list[Case], dict[str, dict[str, Any]]]:
    """The cases, and their figures by set, both parts together."""
    knowledge = load_knowledge(paths.assets() / "knowledge")
    names = load_names(paths.assets() / "evaluation" / "names.yaml", knowledge)
    cases = [case for folder in ("cases", "statements") for case in read_cases(DATA / folder, names)]
    scores, _ = measure(cases, Clinic(knowledge, build_matcher(knowledge)), names, by_part=False)
    return cases, {name: group.figures() for (name, _), group in scores.items()}


def test_there_are_enough_cases(cases_and_figures: tuple[list[Case], object]) -> None:
    cases, _ = cases_and_figures
    for language in ("zh", "en"):
        assert sum(case.kind is Kind.CASES and case.language == language for case in cases) >= 150
    assert sum(case.kind is Kind.STATEMENTS for case in cases) >= 300


@pytest.mark.parametrize(("name", "figure"), [(name, figure) for name, floors in FLOORS.items() for figure in floors])
def test_no_figure_falls_below_its_floor(
    cases_and_figures: tuple[object, dict[str, dict[str, Any]]], name: str, figure: str
) -> None:
    measured = cases_and_figures[1][name][figure]
    value = measured["value"] if isinstance(measured, dict) else measured
    if figure.startswith("questions"):
        assert value <= FLOORS[name][figure]
    else:
        assert value >= FLOORS[name][figure]
