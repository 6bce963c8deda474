"""`kiosk bench frames`: does the window stay smooth, and how soon does it answer, while all models work?

Visits are played in the real window, by turns alone and beside the speech worker and llama.cpp at full load. A gap is
the time between two frames while something moves all the time; a touch counts from the moment when it was due to the
first frame that shows the pressed control, or the next page. The compositor's own frame, 17 ms at most, comes on top.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from kiosk.bench.compositor import cage_environment, in_cage, missing_for_cage
from kiosk.bench.figures import GAP_P99_MS, STALL_MS, TOUCH_P95_MS, Spread, gaps, met, spread
from kiosk.bench.load import speech_models
from kiosk.bench.random_model import write_random_model

WIDTH, HEIGHT = 1080, 1920
VISITS_S = 25.0
"""About the seconds of the two visits together."""
IDLE, LOAD = "idle", "load"
NAMED = 4
SETTINGS_OUTSIDE_CAGE = {"QT_QPA_PLATFORM": "offscreen"}


@dataclass(frozen=True, slots=True)
class Gathered:
    """What all phases of one name measured."""

    gaps: list[tuple[float, str]]
    presses: list[float]
    turns: list[tuple[float, str]]
    done: dict[str, float]

    def slowest_turns(self) -> str:
        """The controls whose next page takes longest, each with its median in milliseconds."""
        by_name: dict[str, list[float]] = {}
        for ms, name in self.turns:
            by_name.setdefault(name, []).append(ms)
        medians = sorted(((median(times), name) for name, times in by_name.items()), reverse=True)
        return ", ".join(f"{name} {ms:.0f}" for ms, name in medians[:NAMED])


def measure_frames(rounds: int, model: Path | None = None, *, here: bool = False) -> int:
    """Print gaps and touches, alone and under load; 1 when a target is missed, 3 when not all could be measured.

    `model` is a GGUF file instead of one of noise; `here` measures on the display of this session instead of in cage.
    """
    with tempfile.TemporaryDirectory(prefix="daozhen-bench-") as name:
        loads, lacks = _loads(Path(name), model)
        return measure_beside(loads, rounds, lacks, here=here)


def measure_beside(
    loads: list[list[str]], rounds: int, lacks: Iterable[str] = (), *, his_url: str = "", here: bool = False
) -> int:
    """As measure_frames beside any load: commands that keep to the protocol of kiosk.bench.load."""
    lacks = list(lacks)
    cage_lacks = "" if here else missing_for_cage()
    if cage_lacks:
        lacks.append(f"{cage_lacks}. Until then nothing paces the frames: gaps show stalls, not a panel's times.")
    with tempfile.TemporaryDirectory(prefix="daozhen-bench-") as name:
        for lack in lacks:
            _say(f"NOT MEASURED AS MEANT: {lack}")
        kind = "this display" if here else "offscreen" if cage_lacks else "cage"
        _say(
            f"{WIDTH}x{HEIGHT} in {kind}, {os.cpu_count()} cores, load average before {os.getloadavg()[0]:.1f}; "
            f"{rounds} rounds, about {VISITS_S * (rounds * (1 + bool(loads)) + 3) / 60:.0f} minutes"
        )
        plan = {"rounds": rounds, "width": WIDTH, "height": HEIGHT, "loads": loads, "his_url": his_url}
        told = _perform(Path(name), plan, kind)
    if told is None:
        return 1
    return max(_report(told), 3 if lacks else 0) if not told["problem"] else 1


def _loads(folder: Path, model: Path | None) -> tuple[list[list[str]], list[str]]:
    """Commands of the load, and what is missing for it."""
    work = [sys.executable, "-m", "kiosk.bench.load"]
    loads, lacks = [], []
    if importlib.util.find_spec("vosk") is None or not speech_models():
        lacks.append("no speech model: `kiosk doctor` says which and where.")
    else:
        loads.append([*work, "speech"])
    if importlib.util.find_spec("llama_cpp") is None:
        lacks.append("no language model engine: `make run` builds it, or pip install 'daozhen[llm]'.")
    else:
        if model is None:
            model = folder / "noise.gguf"
            write_random_model(model)
        loads.append([*work, "engine", str(model)])
    return loads, lacks


def _perform(folder: Path, plan: dict[str, Any], kind: str) -> dict[str, Any] | None:
    """Run the stage; what it has measured, None when it broke off without a word."""
    file, result, log = folder / "plan.json", folder / "result.json", folder / "log"
    file.write_text(json.dumps(plan), encoding="utf-8")
    command = [sys.executable, "-m", "kiosk.bench.stage", str(file), str(result)]
    environment = {"QT_QUICK_BACKEND": "software", "DAOZHEN_LOG": "WARNING", **os.environ}
    if kind == "cage":
        runtime = folder / "runtime"
        runtime.mkdir(mode=0o700)
        command, environment = in_cage(command), cage_environment(environment, runtime)
    elif kind == "offscreen":
        environment |= SETTINGS_OUTSIDE_CAGE
    limit_s = 120 + 4 * VISITS_S * (2 * plan["rounds"] + 2)
    with log.open("wb") as output:
        try:
            subprocess.run(command, env=environment, stdout=output, stderr=output, check=False, timeout=limit_s)  # noqa: S603
        except subprocess.TimeoutExpired:
            _say(f"broke off: not done after {limit_s:.0f} s")
            return None
    if not result.is_file():
        _say(f"broke off in {kind}; its last words:")
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:]:
            _say(f"  {line}")
        return None
    told: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    if told["problem"]:
        _say(f"the visits broke off: {told['problem']}")
    return told


def gather(phases: Iterable[dict[str, Any]], name: str) -> Gathered:
    """All phases of that name as one; rates of the load are the mean."""
    own = [phase for phase in phases if phase["name"] == name]
    rates: dict[str, list[float]] = {}
    for phase in own:
        for done in phase["done"]:
            for what, rate in done.items():
                rates.setdefault(what, []).append(rate)
    return Gathered(
        gaps=[gap for phase in own for gap in gaps([(at, scene) for at, scene in phase["frames"]])],
        presses=[ms for phase in own for ms, _ in phase["presses"]],
        turns=[(ms, name) for phase in own for ms, name in phase["turns"]],
        done={what: sum(values) / len(values) for what, values in rates.items()},
    )


def _report(told: dict[str, Any]) -> int:
    _say("")
    _row("milliseconds", "", "count", "p50", "p95", "p99", "max", f"> {STALL_MS:.0f}")
    for name in ("start", "first visits", IDLE, LOAD):
        _tell(name, gather(told["phases"], name))
    for name in (IDLE, LOAD):
        if slowest := gather(told["phases"], name).slowest_turns():
            _say(f"{name}: pages that took longest to come: {slowest} ms")
    if told["unseen"]:
        _say(f"a press of these cannot be seen: {', '.join(told['unseen'])}")
    idle, load = gather(told["phases"], IDLE), gather(told["phases"], LOAD)
    for what, rate in load.done.items():
        _say(f"load: {rate:.1f} {what.replace('_', ' ')}")
    judged = load if load.gaps else idle
    gap, press = spread(ms for ms, _ in judged.gaps), spread(judged.presses)
    if load.gaps:
        _say(f"load / idle: {ratios(idle, load)}")
    good = met(gap, press) and not told["unseen"]
    _say(
        f"{LOAD if load.gaps else IDLE}: p99 of gaps {gap.p99:.0f} ms (< {GAP_P99_MS:g}), "
        f"p95 from touch to frame {press.p95:.0f} ms (< {TOUCH_P95_MS:g}): {'met' if good else 'MISSED'}"
    )
    return 0 if good else 1


def ratios(idle: Gathered, load: Gathered) -> str:
    """How much slower everything is beside the load."""
    parts = []
    for what, before, after in (
        ("gaps", [ms for ms, _ in idle.gaps], [ms for ms, _ in load.gaps]),
        ("touch", idle.presses, load.presses),
        ("page", [ms for ms, _ in idle.turns], [ms for ms, _ in load.turns]),
    ):
        alone, beside = spread(before), spread(after)
        shares = [f"{name} {getattr(beside, name) / getattr(alone, name):.2f}" for name in ("p50", "p95", "p99")]
        parts.append(f"{what} {', '.join(shares)}")
    return "; ".join(parts)


def _tell(name: str, gathered: Gathered) -> None:
    scenes = sorted({scene for _, scene in gathered.gaps})
    rows: list[tuple[str, list[float]]] = [
        ("all gaps", [ms for ms, _ in gathered.gaps]) if len(scenes) > 1 else ("", []),
        *((f"gaps, {scene}", [ms for ms, one in gathered.gaps if one == scene]) for scene in scenes),
        ("touch to pressed", gathered.presses),
        ("touch to next page", [ms for ms, _ in gathered.turns]),
    ]
    for what, values in rows:
        if values:
            _row(name, what, *_cells(spread(values)))


def _cells(of: Spread) -> tuple[str, ...]:
    return (str(of.count), *(f"{ms:.1f}" for ms in (of.p50, of.p95, of.p99, of.longest)), str(of.stalls))


def _row(name: str, what: str, *cells: str) -> None:
    _say(f"{name:13}{what:20}" + "".join(f"{cell:>9}" for cell in cells))


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201
