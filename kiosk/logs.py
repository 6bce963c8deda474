"""One line per fact, as key=value, with whitelisted fields only: facts and ids, never people or their words."""

from __future__ import annotations

import logging
import os
import sys
from types import TracebackType

FIELDS = frozenset(
    {"attempts", "bytes", "code", "count", "encounter", "exit", "file", "key", "kind", "lane", "language", "level"}
    | {"model", "ms", "port", "rule", "screen", "state", "where", "words", "worker"}
)


class Facts:
    """A named logger whose calls carry an event name and whitelisted fields."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)

    def info(self, event: str, **fields: object) -> None:
        self._write(logging.INFO, event, fields)

    def warning(self, event: str, **fields: object) -> None:
        self._write(logging.WARNING, event, fields)

    def error(self, event: str, **fields: object) -> None:
        self._write(logging.ERROR, event, fields)

    def _write(self, level: int, event: str, fields: dict[str, object]) -> None:
        unknown = fields.keys() - FIELDS
        if unknown:
            raise ValueError(f"log fields not on the whitelist: {', '.join(sorted(unknown))}")
        if self._logger.isEnabledFor(level):
            parts = [event, *(f"{name}={_one_word(value)}" for name, value in sorted(fields.items()))]
            self._logger.log(level, " ".join(parts))


def _one_word(value: object) -> str:
    text = f"{value:.1f}" if isinstance(value, float) else str(value)
    return "".join(c if c.isascii() and c.isprintable() and c != " " else "_" for c in text)[:80]


def get(name: str) -> Facts:
    return Facts(name)


def to_stderr() -> None:
    """Send facts to the journal (standard error); DAOZHEN_LOG=WARNING hides what goes well."""
    level = os.environ.get("DAOZHEN_LOG", "INFO")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger("kiosk")
    root.handlers[:] = [handler]
    root.setLevel(level if level in ("INFO", "WARNING", "ERROR") else "INFO")
    root.propagate = False


def where(trace: TracebackType | None) -> str:
    """The innermost place in our own code, `module:line`, without any value of the frames."""
    found = "unknown"
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if name.startswith("kiosk"):
            found = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found
