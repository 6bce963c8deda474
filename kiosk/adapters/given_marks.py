"""services.ports.GivenMarks as one small file, which no copy of the database takes back."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path

from kiosk import logs
from kiosk.adapters.whole_files import make_usable, write_whole
from kiosk.domain.encounter import Given

DAYS = 31
"""So many days with numbers are remembered. More than one, because a clock can be set back."""

facts = logs.get(__name__)


def marks_file(cache: Path, state: Path) -> Path:
    """Where the marks of the kiosk with that state folder lie: several kiosks of one machine share its cache folder."""
    kiosk = hashlib.sha256(str(state.resolve()).encode()).hexdigest()[:16]
    return cache / f"given-{kiosk}.json"


class FileMarks:
    """Holds department codes, counts, codes of times and ids of visits; nothing about a patient.

    A file that is damaged counts as none, one that cannot be written is told in the log: the database is still right.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._numbers: dict[str, dict[str, int]] = {}
        self._times: dict[str, tuple[str, datetime]] = {}
        self._read()

    def last_number(self, department: str, day: str) -> int:
        return self._numbers.get(day, {}).get(department, 0)

    def times(self, now: datetime) -> dict[str, tuple[str, datetime]]:
        return {code: (visit_id, end) for code, (visit_id, end) in self._times.items() if end > now}

    def keep(self, given: Given, now: datetime) -> None:
        of_day = self._numbers.setdefault(given.day, {})
        of_day[given.department] = max(given.number, of_day.get(given.department, 0))
        self._numbers = dict(sorted(self._numbers.items())[-DAYS:])
        self._times = self.times(now)
        if given.slot is not None:
            self._times[given.slot.code] = (given.visit_id, given.slot.end)
        self._write()

    def _write(self) -> None:
        times = {code: [visit_id, end.isoformat()] for code, (visit_id, end) in self._times.items()}
        try:
            make_usable(self._path.parent)
            write_whole(self._path, json.dumps({"numbers": self._numbers, "times": times}).encode())
        except OSError as error:
            facts.warning("marks_not_kept", kind=type(error).__name__)

    def _read(self) -> None:
        try:
            found = json.loads(self._path.read_bytes())
            self._numbers = {
                str(day): {str(department): int(last) for department, last in counts.items()}
                for day, counts in found["numbers"].items()
            }
            self._times = {str(code): (str(visit_id), _moment(end)) for code, (visit_id, end) in found["times"].items()}
        except FileNotFoundError:
            return
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            self._numbers, self._times = {}, {}
            facts.warning("marks_not_read", kind=type(error).__name__)


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("no zone")
    return at
