"""Free times of a hospital that speaks FHIR R4: Schedule, Slot and whom they belong to, page by page."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

from kiosk.adapters.his.fhir import FhirHis
from kiosk.domain.booking import Slot
from kiosk.domain.errors import HisUnavailable
from kiosk.wire.fhir_keys import Json, instant
from kiosk.wire.fhir_schedules import ACTORS, Directory, OurCodes, read_directory, read_slots, references

DIRECTORY_S = 3600.0
"""Who works where changes rarely; what is free is asked every time."""
_PAGE = 200
_MOST_PAGES = 100
"""A server whose pages never end is left."""
_IDS = 40
"""References in one search: addresses of more than about 2,000 characters are refused by some."""


class FhirSchedules:
    """services.ports.Schedules over a connection of its own; not for several threads at once. It looks `days` ahead."""

    def __init__(self, his: FhirHis, days: int) -> None:
        self._his = his
        self._days = days
        self._directory: Directory = {}
        self._read_at = float("-inf")
        self._codes = OurCodes()

    def close(self) -> None:
        self._his.close()

    def slots(self, department: str, now: datetime) -> Sequence[Slot]:
        """As services.ports.Schedules; in the zone of `now`."""
        schedules = self.directory().get(department, {})
        until = (now + timedelta(days=self._days + 1)).replace(hour=0, minute=0, second=0)
        window = [("start", f"ge{instant(now)}"), ("start", f"lt{instant(until)}")]
        found: list[Json] = []
        for part in _parts(list(schedules)):
            found += self._search("Slot", [("schedule", ",".join(part)), ("status", "free"), *window])
        return read_slots(found, schedules, now)

    def directory(self) -> Directory:
        """Who has a calendar in which department; read again after an hour and after the mapping changed."""
        codes = OurCodes.of(self._his.mapping())
        if codes != self._codes or time.monotonic() - self._read_at > DIRECTORY_S:
            self._directory = read_directory(self._calendars(), codes)
            self._codes, self._read_at = codes, time.monotonic()
        return self._directory

    def _calendars(self) -> list[Json]:
        """Schedules and what they point to. Not every server includes what is pointed to, so it is read by its ids."""
        found = list(self._search("Schedule", []))
        for kind in ACTORS:
            ids = [one.partition("/")[2] for one in references(found) if one.startswith(f"{kind}/")]
            for part in _parts(ids):
                found += self._search(kind, [("_id", ",".join(part))])
        return found

    def _search(self, kind: str, wanted: Sequence[tuple[str, str]]) -> Iterator[Json]:
        path = f"/{kind}?{urlencode([*wanted, ('_count', str(_PAGE))])}"
        for _ in range(_MOST_PAGES):
            page = self._page(path)
            for entry in page.get("entry") or ():
                resource = entry.get("resource") if isinstance(entry, dict) else None
                if isinstance(resource, dict) and resource.get("resourceType") == kind:
                    yield resource
            following = self._next(page)
            if following is None:
                return
            path = following
        raise HisUnavailable(f"the pages of {kind} do not end")

    def _page(self, path: str) -> Json:
        page = self._his.fetch("GET", path)
        if not isinstance(page, dict) or page.get("type") != "searchset":
            raise HisUnavailable("a search is answered with something else")
        return page

    def _next(self, page: Mapping[str, object]) -> str | None:
        """The path of the next page. A link may name a host that only the server knows: the token goes to ours."""
        links = page.get("link")
        for link in links if isinstance(links, list) else ():
            if isinstance(link, dict) and link.get("relation") == "next" and isinstance(link.get("url"), str):
                there, base = urlsplit(link["url"]), urlsplit(self._his.base).path
                path = there.path.removeprefix(base) if there.path.startswith(base) else ""
                return f"/{path.lstrip('/')}?{there.query}" if path.strip("/") else f"?{there.query}"
        return None


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _IDS):
        yield ids[start : start + _IDS]
