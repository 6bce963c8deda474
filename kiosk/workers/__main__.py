"""`python -m kiosk.workers NAME` runs one worker.

The worker's module is imported, not run as the main module, so that its log lines carry its name.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from kiosk.workers.priority import give_way

WORKERS = ("speech", "llm", "llm_rehearsal", "delivery", "voice", "identity", "sound")


def run_worker(name: str) -> int:
    """Run a worker in this process until its window ends; the exit code. A frozen build calls this too."""
    if name not in WORKERS:
        sys.stderr.write(f"no worker is called {name[:40]!r}; there are {', '.join(WORKERS)}\n")
        return 2
    give_way(name)
    return int(import_module(f"kiosk.workers.{name}").main())


def main(arguments: Sequence[str]) -> int:
    return run_worker(arguments[0] if len(arguments) == 1 else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
