"""Booking a Slot of a FHIR R4 server: its resource once it is ours, and the Appointment that says so.

A Slot is taken by an update on the condition that nobody changed it since it was read (`If-Match`): conditional
creation and JSON Patch lose this race on servers that are in use. A key of ours in the Slot tells whose it is, so that
a booking can be repeated after any answer that got lost.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

from kiosk.domain.booking import is_of_his
from kiosk.wire.fhir_keys import Json

_BOOKED_FIRST = ("Patient", "Appointment")


def slot_of(bundles: Sequence[Json]) -> str | None:
    """The Slot of the hospital system that a visit wants, such as `Slot/12`; None for a walk-in or a time of ours."""
    for appointment in _of_type(bundles, "Appointment"):
        for slot in appointment.get("slot", ()):
            reference = slot.get("reference")
            if isinstance(reference, str) and is_of_his(reference):
                return reference
    return None


def mark_of(bundles: Sequence[Json]) -> Json:
    """The key that the visit's Appointment is found by, as a tag; its Slot gets the same."""
    (appointment,) = _of_type(bundles, "Appointment")
    tag: Json = appointment["meta"]["tag"][0]
    return {"system": tag["system"], "code": tag["code"]}


def is_free(slot: Json) -> bool:
    return slot.get("status") == "free"


def is_ours(slot: Json, mark: Json) -> bool:
    """A Slot that was given back may still have our mark."""
    return slot.get("status") == "busy" and any(mark.items() <= tag.items() for tag in _tags(slot))


def claimed(slot: Json, mark: Json) -> Json:
    """The same Slot, busy and marked as ours alone; everything else in it stays as the hospital has it."""
    others = [tag for tag in _tags(slot) if tag.get("system") != mark["system"]]
    return {**slot, "status": "busy", "meta": {**slot["meta"], "tag": [*others, mark]}}


def given_back(slot: Json, mark: Json) -> Json:
    """The same Slot, free again and no longer marked as ours."""
    others = [tag for tag in _tags(slot) if not mark.items() <= tag.items()]
    return {**slot, "status": "free", "meta": {**slot["meta"], "tag": others}}


def with_booked(bundles: Sequence[Json]) -> tuple[Json, ...]:
    """The transactions with the Appointment as the hospital system has confirmed it."""
    changed = tuple(copy.deepcopy(bundle) for bundle in bundles)
    for appointment in _of_type(changed, "Appointment"):
        appointment["status"] = "booked"
        for participant in appointment["participant"]:
            participant["status"] = "accepted"
    return changed


def booking_transaction(bundles: Sequence[Json]) -> Json:
    """The Appointment and who it is for, alone; the visit's transactions find both when they come later."""
    entries = [entry for bundle in bundles for entry in bundle["entry"]]
    wanted = [entry for entry in entries if entry["resource"]["resourceType"] in _BOOKED_FIRST]
    return {"resourceType": "Bundle", "type": "transaction", "entry": wanted}


def _tags(slot: Json) -> list[Json]:
    meta = slot.get("meta")
    tags = meta.get("tag") if isinstance(meta, dict) else None
    return [tag for tag in tags if isinstance(tag, dict)] if isinstance(tags, list) else []


def _of_type(bundles: Sequence[Json], resource_type: str) -> list[Json]:
    resources: list[Json] = [entry["resource"] for bundle in bundles for entry in bundle["entry"]]
    return [one for one in resources if one.get("resourceType") == resource_type]
