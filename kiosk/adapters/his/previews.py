"""What would be sent, as a table for people and whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from kiosk.domain.self_test import Preview
from kiosk.wire.fhir_keys import Json
from kiosk.wire.fhir_summary import summary
from kiosk.wire.visit_record import VisitRecord


def transactions_shown(bundles: Sequence[Json]) -> Preview:
    """FHIR transactions: one row for each resource."""
    rows = [
        (str(number), entry["resource"]["resourceType"], summary(entry["resource"]))
        for number, bundle in enumerate(bundles, 1)
        for entry in bundle["entry"]
    ]
    return Preview(("transaction", "resource", "what it says"), tuple(rows), list(bundles))


def record_shown(record: VisitRecord) -> Preview:
    """What every hospital system's message is made from, for an adapter that shows nothing of its own."""
    document = asdict(record)
    return Preview(("field", "value"), tuple(_rows("", document)), document)


def _rows(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _rows(f"{path}.{name}" if path else str(name), part)
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value, 1):
            yield from _rows(f"{path} {number}", part)
    elif value not in (None, ""):
        yield path, str(value)
