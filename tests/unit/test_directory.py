"""Find a place: no visit begins, nothing is kept, and the entry is only there where there is something to find."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.dialogue import effects as fx
from kiosk.domain.dialogue import events as ev
from kiosk.domain.language import Language, Words
from kiosk.domain.session import advance, fresh
from kiosk.domain.visit import Clinic, Screen, Service, Speech, State
from kiosk.domain.wayfinding import Destination, Wing
from tests.unit.dialogue_clinic import CLINIC

TOILET = Destination("toilet", Words("厕所", "Toilets"), "toilet", Words("1 楼", "Floor 1"), Words("左转", "Turn left"))
UROLOGY = replace(TOILET, code="urology", name=Words("泌尿外科", "Urology"), wing=Wing.SURGERY, sensitive=True)
HEART = replace(TOILET, code="cardiology", name=Words("心内科", "Cardiology"), wing=Wing.INTERNAL)
HOSPITAL = replace(CLINIC, directory=(TOILET, UROLOGY, HEART))
FIND = ev.ServiceChosen(at=1, service=Service.DIRECTORY)
SURGERY = ev.WingChosen(at=2, wing=Wing.SURGERY)
TO_UROLOGY = ev.DestinationChosen(at=3, code="urology")
TO_TOILET = ev.DestinationChosen(at=3, code="toilet")
BACK, END = ev.Back(at=4), ev.Ended(at=4)


def start(clinic: Clinic = HOSPITAL) -> State:
    return replace(fresh(State(clinic=clinic)), speech=Speech.READY)


def play(state: State, *events: ev.Event) -> State:
    for event in events:
        state, _ = advance(state, event)
    return state


def test_a_service_is_offered_where_there_is_something_behind_it() -> None:
    assert HOSPITAL.services == (Service.DIRECTORY,)
    assert CLINIC.services == ()
    assert play(start(CLINIC), FIND) == replace(start(CLINIC), last_touch=1)


@pytest.mark.parametrize(
    ("events", "screen", "wing", "code"),
    [
        ((FIND,), Screen.DIRECTORY, None, ""),
        ((FIND, TO_TOILET), Screen.WAY, None, "toilet"),
        ((FIND, SURGERY), Screen.DIRECTORY, Wing.SURGERY, ""),
        ((FIND, SURGERY, TO_UROLOGY), Screen.WAY, Wing.SURGERY, "urology"),
        ((FIND, SURGERY, TO_UROLOGY, BACK), Screen.DIRECTORY, Wing.SURGERY, ""),
        ((FIND, SURGERY, TO_UROLOGY, BACK, BACK), Screen.DIRECTORY, None, ""),
        ((FIND, TO_TOILET, BACK), Screen.DIRECTORY, None, ""),
        ((FIND, BACK), Screen.ATTRACT, None, ""),
    ],
)
def test_from_the_list_to_the_way_and_back_one_level_at_a_time(
    events: tuple[ev.Event, ...], screen: Screen, wing: Wing | None, code: str
) -> None:
    state = play(start(), *events)
    assert (state.screen, state.wing, state.destination) == (screen, wing, code)
    assert state.visit_id == ""


@pytest.mark.parametrize(
    "events",
    [
        (SURGERY,),
        (TO_TOILET,),
        (FIND, TO_UROLOGY),
        (FIND, ev.DestinationChosen(at=3, code="nowhere")),
        (FIND, ev.WingChosen(at=2, wing=Wing.SENSES)),
        (FIND, SURGERY, TO_TOILET),
        (FIND, SURGERY, ev.WingChosen(at=3, wing=Wing.INTERNAL)),
        (FIND, FIND),
        (FIND, TO_TOILET, TO_TOILET),
    ],
)
def test_what_is_not_on_the_screen_cannot_be_chosen(events: tuple[ev.Event, ...]) -> None:
    before = play(start(), *events[:-1])
    after, effects = advance(before, events[-1])
    assert after == replace(before, last_touch=events[-1].at)
    assert effects == []


def test_back_on_the_first_screen_keeps_the_language_and_the_end_does_not() -> None:
    english = ev.LanguageChosen(at=0, language=Language.EN)
    assert play(start(), english, FIND, BACK).language is Language.EN
    state, effects = advance(play(start(), english, FIND, TO_TOILET), END)
    assert state == replace(start(), last_touch=4)
    assert fx.ChangeLanguage(Language.ZH) in effects


@pytest.mark.parametrize("events", [(FIND,), (FIND, SURGERY), (FIND, SURGERY, TO_UROLOGY)])
def test_the_end_leaves_nothing_and_promises_no_wiping_of_words(events: tuple[ev.Event, ...]) -> None:
    state, effects = advance(play(start(), *events), END)
    assert state == replace(start(), last_touch=4)
    assert effects == [fx.Forget("")]


def test_whoever_walks_away_is_asked_and_then_forgotten() -> None:
    timing = HOSPITAL.timing
    state = play(start(), FIND, SURGERY, TO_UROLOGY, ev.Tick(at=3 + timing.idle_s))
    assert state.warned_at == 3 + timing.idle_s
    assert play(state, ev.StillHere(at=50)).screen is Screen.WAY
    state, effects = advance(state, ev.Tick(at=3 + timing.idle_s + timing.warning_s))
    assert state == replace(start(), last_touch=3)
    assert effects == [fx.Forget("")]


def test_a_nurse_can_be_called_and_the_way_is_still_there_afterwards() -> None:
    state, effects = advance(play(start(), FIND, TO_TOILET), ev.NurseCalled(at=5))
    assert (state.screen, effects) == (Screen.NURSE, [fx.AlertDesk("", 0, ("nurse_called",))])
    assert play(state, ev.NurseArrived(at=6)).destination == "toilet"
    assert play(state, ev.Back(at=6)).destination == "toilet"


def test_a_visit_that_begins_afterwards_knows_nothing_of_it() -> None:
    looked = play(start(), FIND, SURGERY, TO_UROLOGY, BACK, BACK, BACK)
    assert looked == replace(start(), last_touch=4)
