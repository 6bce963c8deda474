"""The arithmetic of `kiosk bench frames`: what counts, and what is made of it."""

from __future__ import annotations

import pytest

from kiosk.bench.figures import GAP_P99_MS, STALL_MS, TOUCH_P95_MS, Spread, gaps, met, percentile, spread
from kiosk.bench.frames import Gathered, gather, ratios


@pytest.mark.parametrize(
    ("count", "share", "expected"),
    [(1, 0.5, 1), (1, 0.99, 1), (2, 0.5, 1), (4, 0.5, 2), (10, 0.95, 10), (100, 0.95, 95), (100, 0.99, 99), (3, 0, 1)],
)
def test_a_percentile_is_a_value_that_was_measured(count: int, share: float, expected: int) -> None:
    assert percentile([float(value) for value in range(1, count + 1)], share) == expected


def test_a_percentile_of_nothing_is_an_error_and_not_a_good_figure() -> None:
    with pytest.raises(ValueError, match="no values"):
        spread([])


def test_a_stall_is_longer_than_its_limit() -> None:
    found = spread([16.0, STALL_MS, STALL_MS + 0.1, 300.0])
    assert (found.count, found.stalls, found.longest) == (4, 2, 300.0)


def test_a_gap_belongs_to_the_scene_of_its_later_frame() -> None:
    frames = [(1.0, "pages"), (1.016, "pages"), (1.1, "listening")]
    assert [(round(ms), scene) for ms, scene in gaps(frames)] == [(16, "pages"), (84, "listening")]


def test_what_lies_between_the_visits_is_not_measured() -> None:
    frames = [(1.0, "pages"), (1.02, ""), (9.0, ""), (12.0, "pages"), (12.5, "pages")]
    assert [round(ms) for ms, _ in gaps(frames)] == [500]


def _even(figure: float) -> Spread:
    return spread([figure])


@pytest.mark.parametrize(
    ("gap", "press", "expected"),
    [
        (GAP_P99_MS - 1, TOUCH_P95_MS - 1, True),
        (GAP_P99_MS, TOUCH_P95_MS - 1, False),
        (GAP_P99_MS - 1, TOUCH_P95_MS, False),
    ],
)
def test_both_targets_must_be_met(gap: float, press: float, expected: bool) -> None:
    assert met(_even(gap), _even(press)) is expected


def _phase(name: str, frames: list[float], presses: list[float], rate: float) -> dict[str, object]:
    return {
        "name": name,
        "frames": [[at, "pages"] for at in frames],
        "presses": [[ms, "start"] for ms in presses],
        "turns": [[ms * 2, "start"] for ms in presses],
        "done": [{"tokens_per_second": rate}],
    }


def test_phases_of_one_name_are_one_measurement_without_the_time_between_them() -> None:
    phases = [_phase("load", [0.0, 0.02], [10.0], 20.0), _phase("idle", [5.0, 5.01], [5.0], 0.0)]
    phases.append(_phase("load", [9.0, 9.04], [30.0], 40.0))
    load = gather(phases, "load")
    assert [round(ms) for ms, _ in load.gaps] == [20, 40]
    assert load.presses == [10.0, 30.0]
    assert load.done == {"tokens_per_second": 30.0}


def test_the_ratio_says_how_many_times_slower_it_is_beside_the_load() -> None:
    phases = [_phase("idle", [0.0, 0.016], [10.0], 0.0), _phase("load", [0.0, 0.032], [15.0], 1.0)]
    said = ratios(gather(phases, "idle"), gather(phases, "load"))
    assert said.startswith("gaps p50 2.00")
    assert "touch p50 1.50" in said


def test_the_slowest_pages_are_named_by_their_median() -> None:
    turns = [(10.0, "start"), (500.0, "start"), (12.0, "start"), (80.0, "book"), (90.0, "book"), (70.0, "book")]
    assert Gathered([], [], turns, {}).slowest_turns() == "book 80, start 12"
