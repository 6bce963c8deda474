"""Everything but the tests: formatting, lint, types, the arrows of the house, QML, translations, content files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

CHECKS: tuple[tuple[str, Sequence[str]], ...] = (
    ("format", (str(BIN / "ruff"), "format", "--check", ".")),
    ("lint", (str(BIN / "ruff"), "check", ".")),
    ("types", (str(BIN / "mypy"),)),
    ("imports", (str(BIN / "lint-imports"), "--no-cache")),
    ("qml", (sys.executable, "packaging/qml_types.py", "--lint")),
    ("translations", (sys.executable, "packaging/strings.py", "--check")),
    ("content", (sys.executable, "-m", "kiosk", "knowledge", "lint")),
)


def main() -> int:
    failed = []
    for name, command in CHECKS:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        print(f"{name:14} {'ok' if done.returncode == 0 else 'FAILED'}", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout + done.stderr, flush=True)
    if failed:
        print("failed: " + ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
