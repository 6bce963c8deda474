"""The machine's wall clock."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo


class SystemClock:
    """services.ports.Clock in the hospital's zone, whatever zone the machine is set to."""

    def __init__(self, zone: tzinfo = UTC) -> None:
        self._zone = zone

    def now(self) -> datetime:
        return datetime.now(self._zone)
