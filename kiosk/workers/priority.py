"""Who gives way when there is more work than there are cores: the window comes first, ears before thinking."""

from __future__ import annotations

import os

NICENESS = {"speech": 5, "delivery": 5, "llm": 10}
"""Steps of nice(2) below the window; workers that are not named are short bursts that a patient waits for. A backlog is
none: after an outage it takes minutes."""


def give_way(name: str) -> None:
    """Lower this process, and every thread it will start, to the priority of the worker `name`.

    Call it before a native engine is loaded.
    """
    if hasattr(os, "nice"):
        os.nice(NICENESS.get(name, 0))
    # Threads of llama.cpp wait for each other after every step. Spinning, they keep the core from the one they wait
    # for: a fiftieth of the tokens on two cores that somebody else needs too.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
