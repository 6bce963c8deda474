"""What works beside the window while it is measured, and where it is shown."""

from __future__ import annotations

import importlib.util
import json
import os
import struct
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.adapters.store import open_store
from kiosk.bench.compositor import cage_environment, in_cage, missing_for_cage
from kiosk.bench.load import sentences, speech_models
from kiosk.bench.random_model import Shape, write_random_model
from kiosk.domain.outbox import Lane
from kiosk.workers.priority import NICENESS

SMALL = Shape(layers=1, width=64, inner=128, heads=2, key_heads=1, vocabulary=256, context=64)
PATIENCE_S = 60
has_engine = pytest.mark.skipif(importlib.util.find_spec("llama_cpp") is None, reason="no language model engine")


def test_every_built_in_speech_model_has_sentences_to_hear() -> None:
    assert speech_models()
    assert all(sentences(language) for language in speech_models())


def test_a_model_of_noise_is_as_large_as_its_weights_say(tmp_path: Path) -> None:
    path = tmp_path / "noise.gguf"
    size = write_random_model(path, SMALL)
    magic, version, tensors, _ = struct.unpack_from("<4sIQQ", path.read_bytes())
    assert (magic, version, tensors) == (b"GGUF", 3, 2 + 9 * SMALL.layers)
    weights = SMALL.width * SMALL.vocabulary + SMALL.width * (2 * SMALL.width + 2 * 32 + 3 * SMALL.inner)
    assert size == path.stat().st_size
    assert 0 < size - weights * 18 // 32 < 4096


def _load(*arguments: str) -> dict[str, float]:
    """Start a load, stop it as soon as it works, and return what it says it did."""
    command = [sys.executable, "-m", "kiosk.bench.load", *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        assert os.getpriority(os.PRIO_PROCESS, process.pid) > os.getpriority(os.PRIO_PROCESS, 0)
        said, _ = process.communicate(timeout=PATIENCE_S)
    return json.loads(said)


def test_a_backlog_waits_in_the_store_until_it_is_stopped(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.chaos.backlog_frames", "--load", str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        said, _ = process.communicate(timeout=PATIENCE_S)
    assert json.loads(said) == {"visits_sent_per_second": 0}
    store = open_store(tmp_path)
    assert len(store.due_messages(Lane.HIS, datetime.now(UTC), 1000)) == 200
    store.close()


@has_engine
def test_the_engine_works_on_noise_until_it_is_stopped(tmp_path: Path) -> None:
    write_random_model(tmp_path / "noise.gguf", SMALL)
    assert _load("engine", str(tmp_path / "noise.gguf"))["tokens_per_second"] > 0


def test_the_recogniser_hears_until_it_is_stopped() -> None:
    assert _load("speech")["speech_per_second"] > 0


@pytest.mark.parametrize("name", ["speech", "llm", "delivery"])
def test_a_worker_gives_way_to_the_window(name: str) -> None:
    asked = (
        "import os; from kiosk.workers.priority import give_way; before = os.nice(0); "
        f"give_way({name!r}); print(os.nice(0) - before, os.environ['OMP_WAIT_POLICY'])"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=PATIENCE_S)
    nicest = 19 - os.getpriority(os.PRIO_PROCESS, 0)
    assert done.stdout.split() == [str(min(NICENESS.get(name, 0), nicest)), "passive"]


def test_ears_come_before_thinking() -> None:
    assert 0 < NICENESS["speech"] < NICENESS["llm"]


def test_a_missing_compositor_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert "apt-get install cage" in missing_for_cage()


@pytest.mark.parametrize(("user", "first"), [(0, "unshare"), (1000, "cage")])
def test_cage_never_sees_root(monkeypatch: pytest.MonkeyPatch, user: int, first: str) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    command = in_cage(["kiosk", "run"])
    assert command[0] == first
    assert command[-4:] == ["cage", "--", "kiosk", "run"]


def test_cage_shows_wayland_windows_whatever_the_session_speaks() -> None:
    environment = cage_environment({"QT_QPA_PLATFORM": "xcb", "HOME": "/home/kiosk"}, Path("/run/one"))
    assert (environment["QT_QPA_PLATFORM"], environment["HOME"]) == ("wayland", "/home/kiosk")
    assert environment["XDG_RUNTIME_DIR"] == "/run/one"
