"""The visits of `kiosk bench frames` go through, and every press in them can be seen. No figure is judged here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from kiosk.bench.figures import gaps

PATIENCE_S = 300


def test_both_visits_are_played_and_every_press_shows(tmp_path: Path) -> None:
    plan, result = tmp_path / "plan.json", tmp_path / "result.json"
    plan.write_text(json.dumps({"rounds": 0, "width": 1080, "height": 1920, "loads": []}), encoding="utf-8")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
    command = [sys.executable, "-m", "kiosk.bench.stage", str(plan), str(result)]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=PATIENCE_S)
    told = json.loads(result.read_text(encoding="utf-8"))
    assert (told["problem"], told["unseen"]) == ("", [])
    last = told["phases"][-1]
    assert {scene for _, scene in gaps(last["frames"])} == {"pages", "listening", "typing", "emergency"}
    touched = {name for _, name in last["presses"]}
    assert touched >= {"start", "talk", "type", "confirm", "book", "key_x", "nurseArrived"}
