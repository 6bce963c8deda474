"""The body map: drawings and icons nobody made, more than fits on a screen, dots that a finger cannot tell apart."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations

from kiosk.domain.body import ADULT, CHILD, ZOOM, shown
from kiosk.domain.knowledge import BodyPlace, View
from kiosk.domain.patient import Patient, Sex
from kiosk.knowledge_review.catching import overlap
from kiosk.knowledge_review.content import Content, Kind
from kiosk.knowledge_review.problems import Problem, Severity

_TILES = 8
"""Findings that fit on the screen of one place."""
_NAMES = 10
"""Names that fit beside a drawing, in two columns."""
_APART = 5.0
"""The least distance of two dots, in percent of the drawing."""


def _place_problem(content: Content, severity: Severity, check: str, code: str, field: str, text: str) -> Problem:
    return Problem(severity, check, content.file(Kind.BODY_PLACE, code), code, field, text)


def _missing_pictures(content: Content) -> Iterator[Problem]:
    body = content.base.body
    for kind in body.kinds.values():
        if kind.icon not in content.icons:
            file = content.file(Kind.BODY_KIND, kind.code)
            text = f"there is no icons/{kind.icon}.svg"
            yield Problem(Severity.ERROR, "icon-missing", file, kind.code, "icon", text)
    for place in body.places.values():
        if place.picture and place.picture not in content.drawings:
            text = f"there is no body/{place.picture}.svg"
            yield _place_problem(content, Severity.ERROR, "drawing-missing", place.code, "picture", text)
    figures = [f"{who}{sex}-{view}" for who in (ADULT, CHILD) for sex in ("", *(f"-{s}" for s in Sex)) for view in View]
    for figure in figures if body.places else ():
        if figure not in content.drawings:
            text = f"there is no body/{figure}.svg"
            yield Problem(Severity.ERROR, "drawing-missing", "body_places.yaml", "-", "at", text)


def _full_places(content: Content) -> Iterator[Problem]:
    for place in content.base.body.places.values():
        if len(place.findings) > _TILES:
            text = f"{len(place.findings)} findings do not fit on one screen; {_TILES} do"
            yield _place_problem(content, Severity.WARNING, "place-full", place.code, "also", text)


def _closed_findings(content: Content) -> Iterator[Problem]:
    symptoms = content.base.symptoms
    for place in content.base.body.places.values():
        for code in place.findings:
            if code in symptoms and not overlap(symptoms[code].applies, place.applies):
                text = f"{code} can apply to none of the patients who have this place"
                yield _place_problem(content, Severity.ERROR, "place-closed", place.code, "applies", text)


def _crowded(content: Content) -> Iterator[Problem]:
    """Everything one patient sees on one drawing; whose sex is unknown sees most."""
    body = content.base.body
    for region in ("", *(place.code for place in body.places.values() if place.picture)):
        for view in View:
            places = shown(body, region, view, Patient())
            if len(places) > _NAMES:
                text = f"{len(places)} names do not fit beside the {view} of this drawing; {_NAMES} do"
                yield _place_problem(content, Severity.ERROR, "drawing-full", region or "-", "within", text)
            for one, other in combinations(places, 2):
                if any(_too_near(one, other, drawing) for drawing in (ADULT, CHILD, ZOOM)):
                    text = f"its dot is nearer than {_APART:g} % to that of {other.code}"
                    yield _place_problem(content, Severity.WARNING, "dots-close", one.code, "at", text)


def _too_near(one: BodyPlace, other: BodyPlace, drawing: str) -> bool:
    return drawing in one.at and drawing in other.at and math.dist(one.at[drawing], other.at[drawing]) < _APART


def _unused_kinds(content: Content) -> Iterator[Problem]:
    body = content.base.body
    used = {kind for place in body.places.values() for kind in place.what}
    for code in body.kinds:
        if code not in used:
            text = "is offered at no place"
            yield Problem(Severity.WARNING, "kind-unused", content.file(Kind.BODY_KIND, code), code, "code", text)


CHECKS = (_missing_pictures, _full_places, _closed_findings, _crowded, _unused_kinds)
