"""Reads the body map: what can be wrong at a place, the places, and the findings that they mean."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.adapters.knowledge_entries import Entry
from kiosk.adapters.knowledge_routing import known_code
from kiosk.domain.errors import AssetError
from kiosk.domain.knowledge import BodyKind, BodyPlace, Symptom, View

BODY_KINDS = "body_kinds.yaml"
BODY_PLACES = "body_places.yaml"

_WHOLE = ("adult", "child")
_ZOOM = ("zoom",)


def read_body_kind(entry: Entry) -> BodyKind:
    entry.only(BodyKind.__slots__)
    return BodyKind(entry.name, entry.words("name"), entry.text("icon"), entry.review())


def read_body_place(entry: Entry, kinds: Mapping[str, BodyKind], symptoms: Mapping[str, Symptom]) -> BodyPlace:
    entry.only(BodyPlace.__slots__)
    within = entry.text("within", "")
    place = BodyPlace(
        code=entry.name,
        name=entry.words("name"),
        within=within,
        views=tuple(entry.as_choice("views", view, View) for view in entry.strings("views", tuple(View))),
        at=_at(entry, _ZOOM if within else _WHOLE),
        picture=entry.text("picture", ""),
        paired=entry.flag("paired"),
        what=_what(entry, kinds, symptoms),
        also=entry.strings("also", ()),
        applies=entry.applies(),
        review=entry.review(),
    )
    for code in place.also:
        known_code(entry, "also", code, symptoms)
    if not place.views:
        entry.fail("views", "is seen from nowhere")
    if bool(place.picture) == bool(place.findings):
        entry.fail("picture", "a place needs either a picture of its parts or findings (what, also)")
    return place


def _at(entry: Entry, drawings: tuple[str, ...]) -> Mapping[str, tuple[float, float]]:
    given = entry.mapping("at")
    if set(given) != set(drawings):
        entry.fail("at", f"needs exactly {' and '.join(drawings)}")
    return MappingProxyType({drawing: _point(entry, f"at.{drawing}", given[drawing]) for drawing in drawings})


def _point(entry: Entry, field: str, value: object) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) != 2:
        entry.fail(field, "must be [percent from the left, percent from the top]")
    x, y = (entry.as_number(field, number, 0, 100) for number in value)
    return x, y


def _what(entry: Entry, kinds: Mapping[str, BodyKind], symptoms: Mapping[str, Symptom]) -> Mapping[str, str]:
    given = entry.mapping("what", {})
    for kind, code in given.items():
        if kind not in kinds:
            entry.fail(f"what.{kind}", f"unknown kind; there are {', '.join(kinds)}")
        known_code(entry, f"what.{kind}", code, symptoms)
    return MappingProxyType({kind: given[kind] for kind in kinds if kind in given})


def check_places(places: Mapping[str, BodyPlace]) -> None:
    """Places may name each other, so this waits until all are read."""
    regions = {place.within for place in places.values() if place.within}
    for place in places.values():
        region = places.get(place.within)
        if place.within and (region is None or region.within or not region.picture):
            raise AssetError(BODY_PLACES, place.code, "within", f"{place.within!r} is no region with a picture")
        if place.within and place.picture:
            raise AssetError(BODY_PLACES, place.code, "picture", "a part has no parts of its own")
    for place in places.values():
        if place.picture and place.code not in regions:
            raise AssetError(BODY_PLACES, place.code, "picture", "no place is within this region")
