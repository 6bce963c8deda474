"""Free times of a hospital that works with GNU Health: appointments that it made and left free (health_calendar)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from kiosk.adapters.his.gnuhealth import GnuHealthHis
from kiosk.domain.booking import Slot


class GnuHealthSchedules:
    """services.ports.Schedules over a connection of its own. It looks `days` ahead."""

    def __init__(self, his: GnuHealthHis, days: int) -> None:
        self._his = his
        self._days = days

    def close(self) -> None:
        self._his.close()

    def slots(self, department: str, now: datetime) -> Sequence[Slot]:
        """As services.ports.Schedules; in the zone of `now`."""
        until = (now + timedelta(days=self._days + 1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return self._his.slots(department, now, until)
