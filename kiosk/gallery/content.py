"""Screen states with the content that ships: the longest questions, the map, dangers, pain scales, find a place."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from kiosk import paths
from kiosk.adapters.demo_hospital import destinations, load_hospital
from kiosk.adapters.knowledge import load_knowledge
from kiosk.domain.dialogue import events as ev
from kiosk.domain.findings import Side
from kiosk.domain.knowledge import KnowledgeBase, Symptom
from kiosk.domain.language import Language
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.session import advance
from kiosk.domain.triage import clinic_assess
from kiosk.domain.visit import Clinic, Screen, Service, Speech, State
from kiosk.domain.wayfinding import Wing
from kiosk.gallery.clinic import CLINIC
from kiosk.gallery.states import STATES, ScreenState
from kiosk.ui.viewmodels.phrasing import width

COUNT = 3
_AT = 100.0
_CHILD, _MOTHER = 5, 29


@cache
def _content() -> KnowledgeBase:
    return load_knowledge(paths.assets() / "knowledge")


def every_state() -> tuple[ScreenState, ...]:
    """Those made by hand and those played with the content; raises AssetError."""
    return (*STATES, *finding_states(), *pointing_states(), *danger_states())


@cache
def _clinic() -> Clinic:
    return replace(CLINIC, knowledge=_content(), assess=clinic_assess(_content()))


def pointing_states() -> tuple[ScreenState, ...]:
    """The body map, a place on it and the two pain scales, as a patient comes to them; raises AssetError."""
    return (
        ScreenState("body", Screen.BODY, played=lambda language: _after(_begun(language), *_MAP)),
        ScreenState("body-back", Screen.BODY, played=lambda language: _after(_begun(language), *_MAP, _TURN)),
        ScreenState("body-head", Screen.BODY, played=lambda language: _after(_begun(language), *_HEAD)),
        ScreenState("place", Screen.PLACE, played=lambda language: _after(_begun(language), *_KNEE)),
        ScreenState("pain", Screen.QUESTION, played=lambda language: _after(_begun(language), *_KNEE, *_DONE)),
        ScreenState(
            "pain-faces", Screen.QUESTION, played=lambda language: _after(_begun(language, _CHILD), *_KNEE, *_DONE)
        ),
    )


def danger_states() -> tuple[ScreenState, ...]:
    """The pictures of dangers for those who see the most of them, and what is under one; raises AssetError."""
    return (
        ScreenState("dangers", Screen.DANGERS, played=lambda language: _after(_begun(language), *_KNEE, _NEXT)),
        ScreenState(
            "dangers-mother", Screen.DANGERS, played=lambda language: _after(_begun(language, _MOTHER), *_KNEE, _NEXT)
        ),
        ScreenState(
            "dangers-child", Screen.DANGERS, played=lambda language: _after(_begun(language, _CHILD), *_KNEE, _NEXT)
        ),
        ScreenState("pick-danger", Screen.PICK, played=lambda language: _after(_begun(language), *_KNEE, *_INJURY)),
    )


def finding_states() -> tuple[ScreenState, ...]:
    """The list of places, the longest group of departments, and ways, as somebody comes to them; raises AssetError."""
    return (
        ScreenState("directory", Screen.DIRECTORY, played=lambda language: _after(_resting(language), _FIND)),
        ScreenState("directory-wing", Screen.DIRECTORY, played=lambda language: _after(_resting(language), *_SURGERY)),
        ScreenState("way", Screen.WAY, played=lambda language: _after(_resting(language), _FIND, _TO_THE_LIFTS)),
        ScreenState(
            "way-department", Screen.WAY, played=lambda language: _after(_resting(language), *_SURGERY, _TO_UROLOGY)
        ),
    )


_FIND = ev.ServiceChosen(at=_AT, service=Service.DIRECTORY)
_SURGERY = (_FIND, ev.WingChosen(at=_AT, wing=Wing.SURGERY))
_TO_THE_LIFTS = ev.DestinationChosen(at=_AT, code="lift")
_TO_UROLOGY = ev.DestinationChosen(at=_AT, code="urology")


def _resting(language: Language) -> State:
    """The first screen of the demonstration hospital."""
    hospital = load_hospital(paths.assets() / "demo-hospital" / "hospital.yaml")
    clinic = replace(_clinic(), directory=destinations(hospital, _content().departments))
    return State(clinic=clinic, language=language, speech=Speech.READY, last_touch=_AT)


_MAP = (ev.BodyOpened(at=_AT),)
_HEAD = (*_MAP, ev.PlaceChosen(at=_AT, code="head"))
_TURN = ev.BodyTurned(at=_AT)
_KNEE = (
    *_MAP,
    ev.PlaceChosen(at=_AT, code="leg"),
    ev.PlaceChosen(at=_AT, code="knee"),
    ev.SideChosen(at=_AT, side=Side.LEFT),
    ev.FindingTapped(at=_AT, code="knee_pain"),
)
_NEXT = ev.Next(at=_AT)
_DONE = (_NEXT, ev.NoDanger(at=_AT))
_INJURY = (_NEXT, ev.DangerPicked(at=_AT, code="danger_injury"))


def _begun(language: Language, age: int = 62) -> State:
    """Before anything was said: the map is the first to hear of it."""
    state = State(clinic=_clinic(), screen=Screen.COMPLAINT, language=language, speech=Speech.READY, visit_id="b6f1")
    trail = (Screen.ATTRACT, Screen.CONSENT, Screen.SEX)
    return replace(state, trail=trail, patient=Patient(sex=Sex.FEMALE, age=age), last_touch=_AT)


def _after(state: State, *events: ev.Event) -> State:
    for event in events:
        state, _ = advance(state, event)
    return state


def longest_questions(count: int = COUNT) -> tuple[ScreenState, ...]:
    """The widest questions and hints in each language; raises AssetError."""
    knowledge = _content()
    asked = list(knowledge.symptoms.values())
    codes: dict[str, None] = {}
    for language in Language:
        for symptom in sorted(asked, key=lambda symptom: _width(symptom, language), reverse=True)[:count]:
            codes[symptom.code] = None
    real = replace(CLINIC, knowledge=knowledge)
    return tuple(ScreenState(f"question-{code}", Screen.QUESTION, {"clinic": real, "question": code}) for code in codes)


def _width(symptom: Symptom, language: Language) -> int:
    hint = symptom.hint.in_language(language) if symptom.hint else ""
    return width(symptom.question.in_language(language)) + width(hint)
