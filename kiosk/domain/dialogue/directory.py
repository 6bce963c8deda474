"""Find a place: from the first screen to a list, to the departments of a wing, to the way there. No visit begins."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.dialogue import appointments
from kiosk.domain.dialogue.events import DestinationChosen, ServiceChosen, WingChosen
from kiosk.domain.dialogue.step import Step, go
from kiosk.domain.visit import Screen, Service, State
from kiosk.domain.wayfinding import Destination, Wing

FINDING = frozenset({Screen.DIRECTORY, Screen.WAY})

_ENTRANCES = {Service.DIRECTORY: Screen.DIRECTORY}


def service_chosen(state: State, event: ServiceChosen) -> Step:
    if state.screen is not Screen.ATTRACT or event.service not in state.clinic.services:
        return state, []
    if event.service is Service.APPOINTMENT:
        return appointments.opened(state, event.visit_id, event.at), []
    return go(state, _ENTRANCES[event.service]), []


def wing_chosen(state: State, event: WingChosen) -> Step:
    if state.screen is not Screen.DIRECTORY or state.wing is not None or not listed(state, event.wing):
        return state, []
    return go(replace(state, wing=event.wing), Screen.DIRECTORY), []


def destination_chosen(state: State, event: DestinationChosen) -> Step:
    if state.screen is not Screen.DIRECTORY or event.code not in {place.code for place in listed(state, state.wing)}:
        return state, []
    return go(replace(state, destination=event.code), Screen.WAY), []


def back_from(state: State, after: State) -> State:
    """One level up: from the way to the list it was chosen from, from a wing to all of them."""
    if state.screen is Screen.WAY:
        return replace(after, destination="")
    return replace(after, wing=None) if state.screen is Screen.DIRECTORY else after


def listed(state: State, wing: Wing | None) -> tuple[Destination, ...]:
    return tuple(place for place in state.clinic.directory if place.wing is wing)


def wings(state: State) -> tuple[Wing, ...]:
    """Those that have a department here, in the order of the list."""
    there = {place.wing for place in state.clinic.directory}
    return tuple(wing for wing in Wing if wing in there)


def destination(state: State) -> Destination | None:
    return next((place for place in state.clinic.directory if place.code == state.destination), None)
