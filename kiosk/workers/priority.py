"""Who gives way to whom when there is more work than there are cores: the window first, then ears, then thinking."""

from __future__ import annotations

import os

NICENESS = {"speech": 5, "llm": 10}
"""Steps of nice(2) below the window; workers that are not named are short bursts that a patient waits for."""


def give_way(name: str) -> None:
    """Lower the priority of this process, and of every thread it will start, to that of the worker `name`."""
    if hasattr(os, "nice"):
        os.nice(NICENESS.get(name, 0))
