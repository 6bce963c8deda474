"""What a self-test says of one thing: what was tried, how it went, what to do about it."""

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
