"""Who at this machine did something to a visit (FHIR: AuditEvent)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AuditAction(StrEnum):
    DROPPED = "dropped"
    CONTENT_SHOWN = "content_shown"
    ARRIVED = "arrived"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    MOVED = "moved"
    NUMBERS_SKIPPED = "numbers_skipped"
    """An older copy of the database was put back: what had been given since is not given again."""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """`agent` is the account of the machine, or the kiosk where a patient did it; `key` that of the message.

    Nothing in it is about the patient.
    """

    recorded: datetime
    agent: str
    action: AuditAction
    key: str
    lane: str
    state: str
    attempts: int
