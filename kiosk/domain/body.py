"""The body map: which places a patient can point at, what can be wrong there, and which place a touch means."""

from __future__ import annotations

import math
from dataclasses import replace

from kiosk.domain.findings import Finding, Findings, Side, Site, Source, Status
from kiosk.domain.knowledge import BodyMap, BodyPlace, KnowledgeBase, View
from kiosk.domain.known import can_apply
from kiosk.domain.language import Words
from kiosk.domain.patient import Patient

ADULT, CHILD, ZOOM = "adult", "child", "zoom"
CHILD_UNTIL = 13
"""The oldest age that is drawn as a child."""

_NEAR = 12.0
"""A touch farther from every dot, in percent of the drawing, means no place."""


def figure(patient: Patient) -> str:
    """Whose body is drawn; an unknown age is drawn grown-up, which decides nothing."""
    return CHILD if patient.age is not None and patient.age <= CHILD_UNTIL else ADULT


def parent(body: BodyMap, code: str) -> str:
    """The region a place is part of, empty for the whole body."""
    place = body.places.get(code)
    return place.within if place else ""


def shown(body: BodyMap, region: str, view: View, patient: Patient) -> tuple[BodyPlace, ...]:
    """The places of a region ("" is the whole body) that this patient has, in the content's order."""
    return tuple(
        place
        for place in body.places.values()
        if place.within == region and view in place.views and can_apply(place.applies, patient)
    )


def offered(knowledge: KnowledgeBase, place: BodyPlace, patient: Patient) -> tuple[str, ...]:
    """What can be wrong at the place, as findings that can apply to this patient."""
    symptoms = knowledge.symptoms
    return tuple(c for c in place.findings if c in symptoms and can_apply(symptoms[c].applies, patient))


def wrong_said(knowledge: KnowledgeBase, place: BodyPlace, code: str) -> Words:
    """What a finding is called at the place: "hurts" where the place is named already."""
    kind = next((kind for kind, found in place.what.items() if found == code), None)
    return knowledge.symptoms[code].name if kind is None else knowledge.body.kinds[kind].name


def spot(body: BodyMap, place: BodyPlace, patient: Patient, side: Side | None = None) -> tuple[float, float]:
    """Where the place's dot stands on the drawing that is shown; on the given side where a drawing has both."""
    x, y = place.at[ZOOM] if place.within else place.at[figure(patient)]
    if side in (Side.LEFT, Side.RIGHT) and _has_both_sides(body, place) and _side(x, View.FRONT) is not side:
        x = 100 - x
    return x, y


def touched(body: BodyMap, region: str, view: View, patient: Patient, x: float, y: float) -> Site | None:
    """The place nearest to a touch on the drawing, with the patient's side where the drawing has both."""
    best: tuple[float, Site] | None = None
    for place in shown(body, region, view, patient):
        left, top = spot(body, place, patient)
        two_sided = _has_both_sides(body, place)
        for across in {left, 100 - left} if two_sided else {left}:
            distance = math.hypot(across - x, top - y)
            if distance <= _NEAR and (best is None or distance < best[0]):
                best = distance, Site(place.code, _side(across, view) if two_sided else None)
    return best[1] if best else None


def _has_both_sides(body: BodyMap, place: BodyPlace) -> bool:
    """The drawing of a region that is there twice, an arm or a leg, shows only one of them."""
    return place.paired and (not place.within or not body.places[place.within].paired)


def _side(across: float, view: View) -> Side:
    """Whoever is drawn from the front has the right hand on the left of the picture."""
    return Side.RIGHT if (across < 50) is (view is View.FRONT) else Side.LEFT


def is_chosen(findings: Findings, code: str, place: str) -> bool:
    return any(site.place == place for site in _sites(findings, code))


def chosen_in(body: BodyMap, findings: Findings, code: str) -> bool:
    """Something was chosen at the place, or at a part of it."""
    here = {code, *(place.code for place in body.places.values() if place.within == code)}
    return any(site.place in here for finding in findings for site in _sites(findings, finding))


def side_at(findings: Findings, place: str) -> Side | None:
    """The side that was given for a place before."""
    sites = (site for finding in findings.values() for site in finding.sites)
    return next((site.side for site in sites if site.place == place), None)


def toggled(findings: Findings, code: str, site: Site) -> Findings:
    """Choose or unchoose a finding at a place; it is gone when no place is left."""
    known = findings.get(code)
    if known is None or known.status is not Status.PRESENT:
        return findings.without([code]).merged([Finding(code, Status.PRESENT, Source.TAP, sites=(site,))])
    others = tuple(other for other in known.sites if other.place != site.place)
    if len(others) == len(known.sites):
        others = (*others, site)
    elif not others:
        return findings.without([code])
    return _replaced(findings, known, others)


def on_side(findings: Findings, place: str, side: Side) -> Findings:
    """Everything chosen at the place is on this side."""
    for finding in list(findings.values()):
        if any(site.place == place for site in finding.sites):
            sites = tuple(Site(place, side) if site.place == place else site for site in finding.sites)
            findings = _replaced(findings, finding, sites)
    return findings


def _sites(findings: Findings, code: str) -> tuple[Site, ...]:
    finding = findings.get(code)
    return finding.sites if finding is not None and finding.status is Status.PRESENT else ()


def _replaced(findings: Findings, finding: Finding, sites: tuple[Site, ...]) -> Findings:
    return findings.without([finding.code]).merged([replace(finding, sites=sites)])
