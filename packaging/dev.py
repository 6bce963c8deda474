"""Set up a machine from a fresh checkout: system packages, .venv, Python packages, the language model engine.

Uses the standard library only and does each step once: a second run takes a moment.

    python3 packaging/dev.py run [--windowed] [kiosk arguments]
    python3 packaging/dev.py setup
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
PACKAGES = ROOT / "packaging" / "system-packages.txt"
ENGINE_FLAGS = "-DGGML_NATIVE=OFF -DGGML_AVX512=OFF"


def say(text: str) -> None:
    print(f"== {text}", flush=True)


def stop(text: str) -> None:
    print(text, file=sys.stderr)
    raise SystemExit(1)


def missing_system_packages() -> list[str]:
    """Names from the list that dpkg does not report as installed; empty where there is no dpkg."""
    if shutil.which("dpkg-query") is None:
        return []
    lines = (line.strip() for line in PACKAGES.read_text(encoding="utf-8").splitlines())
    wanted = [line for line in lines if line and not line.startswith("#")]
    query = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\\n", *wanted]
    answer = subprocess.run(query, capture_output=True, text=True, check=False)
    installed = {row.split()[0] for row in answer.stdout.splitlines() if row.endswith(" installed")}
    return [name for name in wanted if name not in installed]


def install_system_packages() -> None:
    missing = missing_system_packages()
    if not missing:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() == 0:
        prefix: list[str] = []
    elif (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        prefix = ["sudo"]
    else:
        stop(f"Missing system packages. Please run this once, then try again:\n\n  sudo {' '.join(install)}\n")
    say(f"installing {len(missing)} system packages: {' '.join(missing)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = ["-qq", "-o", "Dpkg::Use-Pty=0"]
    subprocess.run([*prefix, "apt-get", *quiet, "update"], check=True, env=environment)
    subprocess.run([*prefix, install[0], *quiet, *install[1:]], check=True, env=environment, stdout=subprocess.DEVNULL)


def once(name: str, fingerprint: str, command: Sequence[str], environment: dict[str, str] | None = None) -> None:
    """Run a command unless it was run before with the same fingerprint; shows that long work goes on."""
    stamp = STAMPS / name
    if stamp.exists() and stamp.read_text(encoding="utf-8") == fingerprint:
        return
    say(name.replace("-", " "))
    began = time.monotonic()
    log = STAMPS / f"{name}.log"
    STAMPS.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})}, cwd=ROOT
        )
        while True:
            try:
                code = process.wait(timeout=15)
                break
            except subprocess.TimeoutExpired:
                print(f"   ... {time.monotonic() - began:.0f} s", flush=True)
    if code:
        print(log.read_text(encoding="utf-8", errors="replace")[-4000:], file=sys.stderr)
        stop(f"{name} failed; the whole output is in {log.relative_to(ROOT)}")
    stamp.write_text(fingerprint, encoding="utf-8")
    print(f"   done in {time.monotonic() - began:.0f} s", flush=True)


def set_up_python() -> None:
    if not PYTHON.exists():
        say("creating .venv")
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    project = (ROOT / "pyproject.toml").read_bytes()
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    once("install-python-packages", hashlib.sha256(project).hexdigest(), [*pip, "-e", ".[dev]"])


def build_engine() -> None:
    """llama.cpp for any x86-64 with AVX2 or less: a build for this machine's own CPU would crash on another."""
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    once(
        "build-language-model-engine-about-5-minutes-once",
        ENGINE_FLAGS,
        [*pip, "-e", ".[llm]"],
        {"CMAKE_ARGS": ENGINE_FLAGS, "FORCE_CMAKE": "1"},
    )


def run_kiosk(arguments: Sequence[str]) -> int:
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return subprocess.run([str(PYTHON), "-m", "kiosk", "run", *arguments], cwd=ROOT, check=False).returncode
    say("no display here: playing the demonstration instead (kiosk demo, pictures in build/demo)")
    return subprocess.run([str(PYTHON), "-m", "kiosk", "demo"], cwd=ROOT, check=False).returncode


def main(arguments: Sequence[str]) -> int:
    if sys.version_info < (3, 11):
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}")
    if not arguments or arguments[0] not in ("run", "setup"):
        stop(__doc__ or "")
    install_system_packages()
    set_up_python()
    build_engine()
    return run_kiosk(arguments[1:]) if arguments[0] == "run" else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
