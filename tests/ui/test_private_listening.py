"""Headphones in front of a real sound server: sound goes to them, and pulled they leave silence, not the lobby."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("pulseaudio", "pactl", "parec", "espeak-ng")
MISSING = [name for name in PROGRAMS if shutil.which(name) is None]
PATIENCE_S = 60
LEAK_MS = 300
"""A syllable. The sound server itself moves what was playing to the loudspeaker; it must be silenced before a word is
out."""

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]


@pytest.fixture
def sound_server(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A PulseAudio of our own with the sink `lobby`; gives the environment of its clients."""
    socket = tmp_path / "pulse.sock"
    home = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    modules = (
        f"module-native-protocol-unix socket={socket} auth-anonymous=1",
        "module-null-sink sink_name=lobby sink_properties=device.description=Loudspeaker",
    )
    command = ["pulseaudio", "-n", "--exit-idle-time=-1", "--daemonize=no", "--use-pid-file=no"]
    server = subprocess.Popen(
        [*command, *(part for module in modules for part in ("-L", module))], env=home, stderr=subprocess.DEVNULL
    )
    environment = {**home, "PULSE_SERVER": f"unix:{socket}", "PYTHONPATH": str(ROOT)}
    for _ in range(200):
        if subprocess.run(["pactl", "info"], env=environment, capture_output=True, check=False).returncode == 0:
            break
    yield environment
    server.terminate()
    server.wait(PATIENCE_S)


def test_pulled_headphones_leave_silence_and_nothing_personal_reaches_the_lobby(
    sound_server: dict[str, str],
) -> None:
    headset = 'sink_properties=\'device.description="USB-Headset" device.form_factor="headset"\''
    loaded = subprocess.run(
        ["pactl", "load-module", "module-null-sink", "sink_name=ear", headset],
        env=sound_server,
        capture_output=True,
        text=True,
        check=True,
    )
    command = [sys.executable, str(ROOT / "tests" / "listening_peer.py"), loaded.stdout.strip()]
    done = subprocess.run(
        command, cwd=ROOT, env=sound_server, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    measured = json.loads(done.stdout.splitlines()[-1])
    assert measured["leaked_ms"] <= LEAK_MS
    assert measured["silent_after_s"] < 0.3
