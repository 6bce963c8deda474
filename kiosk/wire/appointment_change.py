"""What became of a visit after it was sent, as an outbox payload: the change, and the visit as it is now.

A visit is a JSON list (wire/fhir.py), a change a JSON object, so that whoever delivers tells them apart.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.appointments import Change
from kiosk.wire import fhir
from kiosk.wire.fhir_keys import Json


@dataclass(frozen=True, slots=True)
class AppointmentChange:
    """`visit` are the transactions of the visit as it is after the change, `at` is when it was made."""

    change: Change
    at: datetime
    visit: tuple[Json, ...]


def encode(change: AppointmentChange, visit: tuple[Json, ...]) -> bytes:
    """The payload, with the visit's transactions as they are to be sent; the same change gives the same bytes."""
    record = {
        "change": change.change.value,
        "at": change.at.isoformat(timespec="seconds"),
        "visit": list(visit),
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def decode(payload: bytes) -> AppointmentChange | None:
    """None for the payload of a visit; ValueError for one that is neither."""
    untrusted = json.loads(payload)
    if not isinstance(untrusted, dict):
        return None
    try:
        bundles = fhir.decode(json.dumps(untrusted["visit"]).encode())
        at = datetime.fromisoformat(untrusted["at"])
        change = Change(untrusted["change"])
    except (KeyError, TypeError) as error:
        raise ValueError("no change of an appointment") from error
    if at.tzinfo is None or change is Change.RESTORED:
        raise ValueError("no change of an appointment")
    return AppointmentChange(change, at, bundles)
