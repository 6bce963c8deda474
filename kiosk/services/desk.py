"""Alarms for the staffed desk."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.services.ports import Clock, Store


class Alerts:
    """Records alarms on this machine before anything else happens to the visit."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def record(self, visit_id: str, level: int, rules: Sequence[str]) -> tuple[str, ...]:
        """Write the alarm and return the rules that are new for this visit; none when the desk knows it all already.

        Raises StoreFull or StoreBusy; the screen and the nurse's call must not wait for this record.
        """
        with self._store.transaction():
            known = self._store.alerted(visit_id)
            new = tuple(rule for rule in dict.fromkeys(rules) if rule not in known)
            if new:
                self._store.add_alert(visit_id, level, new, self._clock.now())
        return new
