from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kiosk.adapters.speech.voice_activity import can_run

NEW = "processor\t: 0\nflags\t\t: fpu sse2 avx avx2 f16c fma\n"
OLD = "processor\t: 0\nflags\t\t: fpu sse2 sse4_2\n"
ARM = "processor\t: 0\nFeatures\t: fp asimd\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize(("told", "runs"), [(NEW, True), (OLD, False), (ARM, True), ("", True)])
def test_a_processor_that_lacks_instructions_is_not_asked(tmp_path: Path, told: str, runs: bool) -> None:
    file = tmp_path / "cpuinfo"
    file.write_text(told, encoding="ascii")
    assert can_run(file) is runs


def test_where_nobody_tells_it_is_tried(tmp_path: Path) -> None:
    assert can_run(tmp_path / "absent")
