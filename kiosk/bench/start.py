"""`kiosk bench start`: time to the first frame and to a screen that takes a touch, and memory."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

FIRST_FRAME_S = 1.0
READY_S = 3.0
MEMORY_MB = 350.0
"""Targets of `kiosk bench start`, for a machine without a graphics card."""

_SPAWNED_AT = "DAOZHEN_BENCH_SPAWNED_AT"


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the creation of the process; memory is the window's resident set in MB, workers not counted."""

    first_frame_s: float
    ready_s: float
    memory_mb: float


def measure_start(runs: int) -> int:
    """Start the kiosk `runs` times and print the medians; 1 when a target is missed."""
    starts = []
    for number in range(1, runs + 1):
        start = _one_start()
        starts.append(start)
        _say(
            f"start {number:2}: first frame {start.first_frame_s:.2f} s, ready {start.ready_s:.2f} s, "
            f"{start.memory_mb:.0f} MB"
        )
    frame = statistics.median(start.first_frame_s for start in starts)
    ready = statistics.median(start.ready_s for start in starts)
    memory = statistics.median(start.memory_mb for start in starts)
    met = frame < FIRST_FRAME_S and ready < READY_S and memory < MEMORY_MB
    _say(
        f"median of {runs}: first frame {frame:.2f} s (< {FIRST_FRAME_S:g}), ready {ready:.2f} s (< {READY_S:g}), "
        f"memory {memory:.0f} MB (< {MEMORY_MB:g}): {'met' if met else 'MISSED'}"
    )
    return 0 if met else 1


def _one_start() -> Start:
    with tempfile.TemporaryDirectory() as state:
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
            "STATE_DIRECTORY": state,
            _SPAWNED_AT: repr(time.monotonic()),
        }
        done = subprocess.run(
            [sys.executable, "-m", "kiosk.bench.start"],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
    return Start(**json.loads(done.stdout.splitlines()[-1]))


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def _child() -> None:
    """The kiosk itself, which ends as soon as a patient could begin."""
    spawned = float(os.environ[_SPAWNED_AT])
    from kiosk.app import KioskApplication
    from kiosk.config import Config

    kiosk = KioskApplication(Config(), windowed=True)
    seen: dict[str, float] = {}

    def ready() -> None:
        seen["ready_s"] = time.monotonic() - spawned
        seen["memory_mb"] = resident_mb()
        kiosk.quit()

    kiosk.firstFrame.connect(lambda: seen.setdefault("first_frame_s", time.monotonic() - spawned))
    kiosk.ready.connect(ready)
    kiosk.exec()
    _say(json.dumps(seen))


def resident_mb() -> float:
    """Resident set of this process in MB (proc(5), statm)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    _child()
