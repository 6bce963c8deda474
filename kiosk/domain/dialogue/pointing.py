"""Show where: from the whole body to a region, to a place in it, to what is wrong there; as often as needed."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain import body
from kiosk.domain.dialogue.events import (
    AnotherPlace,
    BodyOpened,
    BodyTurned,
    ElsewhereChosen,
    PlaceChosen,
    SideChosen,
)
from kiosk.domain.dialogue.step import Step, go
from kiosk.domain.findings import Site
from kiosk.domain.knowledge import View
from kiosk.domain.visit import Screen, State

POINTING = frozenset({Screen.BODY, Screen.PLACE})


def view(state: State) -> View:
    """Regions are drawn from the front only."""
    return View.BACK if state.from_behind and not state.place else View.FRONT


def body_opened(state: State, event: BodyOpened) -> Step:
    if state.screen is not Screen.COMPLAINT or not state.clinic.knowledge.body.places:
        return state, []
    return go(replace(state, place="", side=None, from_behind=False), Screen.BODY), []


def body_turned(state: State, event: BodyTurned) -> Step:
    if state.screen is not Screen.BODY or state.place:
        return state, []
    return replace(state, from_behind=not state.from_behind), []


def place_chosen(state: State, event: PlaceChosen) -> Step:
    places = body.shown(state.clinic.knowledge.body, state.place, view(state), state.patient)
    place = next((place for place in places if place.code == event.code), None)
    if state.screen is not Screen.BODY or place is None:
        return state, []
    if place.picture:
        return go(replace(state, place=place.code, side=event.side), Screen.BODY), []
    side = event.side or body.side_at(state.findings, place.code) or state.side
    return go(replace(state, place=place.code, side=side if place.paired else None), Screen.PLACE), []


def side_chosen(state: State, event: SideChosen) -> Step:
    place = state.clinic.knowledge.body.places.get(state.place)
    if state.screen is not Screen.PLACE or place is None or not place.paired:
        return state, []
    return replace(state, side=event.side, findings=body.on_side(state.findings, place.code, event.side)), []


def place_toggled(state: State, code: str) -> State:
    """Choose or unchoose what is wrong at the place on the screen."""
    place = state.clinic.knowledge.body.places.get(state.place)
    if place is None or code not in body.offered(state.clinic.knowledge, place, state.patient):
        return state
    findings = body.toggled(state.findings, code, Site(place.code, state.side))
    picked = tuple(other for other in state.picked if other != code)
    if code in findings:
        picked = (*picked, code)
    return replace(state, findings=findings, picked=picked, input_problem="")


def another_place(state: State, event: AnotherPlace) -> Step:
    if state.screen is not Screen.PLACE:
        return state, []
    out = _out(state)
    return go(replace(out, screen=Screen.COMPLAINT), Screen.BODY), []


def elsewhere_chosen(state: State, event: ElsewhereChosen) -> Step:
    if state.screen not in POINTING:
        return state, []
    if state.can_hear or not state.locale.is_understood:
        return replace(_out(state), screen=Screen.COMPLAINT), []
    return go(state, Screen.TYPING), []


def back_from(state: State, after: State) -> State:
    """Back on the map shows the region around the place that was left."""
    if state.screen not in POINTING:
        return after
    place = body.parent(state.clinic.knowledge.body, state.place)
    return replace(after, place=place, side=state.side if place else None)


def _out(state: State) -> State:
    """Off the map, as before it was opened."""
    trail = state.trail
    while trail and trail[-1] in POINTING:
        trail = trail[:-1]
    return replace(state, place="", side=None, trail=trail[:-1], input_problem="")
