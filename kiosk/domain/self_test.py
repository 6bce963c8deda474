"""What whoever sets a kiosk up is told: how each thing works, and what would be sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "FAIL"


@dataclass(frozen=True, slots=True)
class Check:
    """What was tried, how it went, and what to do about it."""

    name: str
    verdict: Verdict
    detail: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a hospital system would be sent for one visit.

    `columns` and `rows` are a table for people, `document` is the whole of it: text as it is, all else becomes JSON.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    document: object
