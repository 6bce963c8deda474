"""Who at this machine did something to a visit that cannot be undone (FHIR: AuditEvent)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AuditAction(StrEnum):
    DROPPED = "dropped"
    CONTENT_SHOWN = "content_shown"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """`agent` is the account of the machine, `key` that of the message; nothing in it is about the patient."""

    recorded: datetime
    agent: str
    action: AuditAction
    key: str
    lane: str
    state: str
    attempts: int
