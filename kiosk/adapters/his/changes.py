"""Tells the payload of a change from that of a visit, for every hospital system alike."""

from __future__ import annotations

from kiosk.domain.errors import HisRejected
from kiosk.wire import appointment_change
from kiosk.wire.appointment_change import AppointmentChange


def change_in(payload: bytes) -> AppointmentChange | None:
    """None for a visit; HisRejected for what is neither."""
    try:
        return appointment_change.decode(payload)
    except (ValueError, RecursionError) as error:
        raise HisRejected(f"the payload is no visit and no change of one: {type(error).__name__}") from error
