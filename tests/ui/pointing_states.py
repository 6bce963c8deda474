"""Visits on the body map and at the question how strong the pain is, with the content that ships."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kiosk import paths
from kiosk.adapters.knowledge import load_knowledge
from kiosk.domain.dialogue import events as ev
from kiosk.domain.findings import Side
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import Language
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.session import advance
from kiosk.domain.triage import clinic_assess
from kiosk.domain.visit import Clinic, Screen, Speech, State

WOMAN = Patient(sex=Sex.FEMALE, age=40)
BOY = Patient(sex=Sex.MALE, age=5)
NOBODY_KNOWN = Patient()


@cache
def content() -> KnowledgeBase:
    return load_knowledge(paths.assets() / "knowledge")


@cache
def clinic() -> Clinic:
    return Clinic(content(), lambda text, language: (), clinic_assess(content()))


def begun(language: Language = Language.ZH, patient: Patient = WOMAN, speech: Speech = Speech.READY) -> State:
    trail = (Screen.ATTRACT, Screen.CONSENT, Screen.SEX)
    state = State(clinic=clinic(), screen=Screen.COMPLAINT, trail=trail, visit_id="b6f1", last_touch=100.0)
    return replace(state, language=language, patient=patient, speech=speech)


def after(state: State, *events: ev.Event) -> State:
    for event in events:
        state, _ = advance(state, event)
    return state


def at(*places: str, state: State, back: bool = False) -> State:
    """On the body map, at the last of the places."""
    turn = (ev.BodyTurned(at=100.0),) if back else ()
    return after(state, ev.BodyOpened(at=100.0), *turn, *(ev.PlaceChosen(at=100.0, code=code) for code in places))


def with_a_sore_knee(language: Language = Language.ZH, **changes: object) -> State:
    knee = at("leg", "knee", state=begun(language, **changes))
    chosen = after(knee, ev.SideChosen(at=100.0, side=Side.LEFT), ev.FindingTapped(at=100.0, code="knee_pain"))
    return after(chosen, ev.FindingTapped(at=100.0, code="limb_swelling"))


def in_pain(language: Language = Language.ZH, **changes: object) -> State:
    return after(with_a_sore_knee(language, **changes), ev.Next(at=100.0), ev.NoDanger(at=100.0))


def pages(language: Language) -> Iterator[tuple[str, State]]:
    """Every page of the map and every scale, and the one that leads there."""
    yield "complaint", begun(language)
    yield "complaint by touch", begun(language, speech=Speech.OFF)
    for name, patient in (("woman", WOMAN), ("boy", BOY), ("unknown", NOBODY_KNOWN)):
        yield f"front {name}", at(state=begun(language, patient))
        yield f"back {name}", at(state=begun(language, patient), back=True)
    yield "no speech", at(state=begun(language, speech=Speech.OFF))
    yield "chosen", after(with_a_sore_knee(language), ev.AnotherPlace(at=100.0))
    yield "nothing chosen", after(at("head", state=begun(language)), ev.Next(at=100.0))
    for place in content().body.places.values():
        way = (place.within, place.code) if place.within else (place.code,)
        yield place.code, at(*way, state=begun(language, NOBODY_KNOWN), back=place.views == ("back",))
    yield "sore knee", with_a_sore_knee(language)
    yield "numbers", in_pain(language)
    yield "faces", in_pain(language, patient=BOY)
    yield "misheard", replace(in_pain(language), input_problem="not_heard")
