"""The body map: what is shown to whom, what a touch means, and how choices become findings and are taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import paths
from kiosk.domain import body
from kiosk.domain.dialogue import effects as fx
from kiosk.domain.dialogue import events as ev
from kiosk.domain.findings import Findings, Side, Site, Source, Status
from kiosk.domain.knowledge import KnowledgeBase, View
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.session import advance
from kiosk.domain.triage import clinic_assess
from kiosk.domain.visit import Clinic, Screen, Speech, State
from tests.unit.shipped_clinic import content
from tests.unit.triage_clinic import KNOWLEDGE as WITHOUT_BODY

WOMAN = Patient(sex=Sex.FEMALE, age=40)
MAP = content().body
PARTS = {place.within for place in MAP.places.values() if place.within}


def begun(knowledge: KnowledgeBase | None = None, patient: Patient = WOMAN, **changes: object) -> State:
    base = knowledge or content()
    clinic = Clinic(base, lambda text, language: (), clinic_assess(base))
    trail = (Screen.ATTRACT, Screen.SEX)
    state = State(clinic=clinic, screen=Screen.COMPLAINT, trail=trail, visit_id="v", patient=patient)
    return replace(state, speech=Speech.READY, **changes)


def after(state: State, *events: ev.Event) -> State:
    for event in events:
        state, _ = advance(state, event)
    return state


def to(*codes: str) -> tuple[ev.Event, ...]:
    return (ev.BodyOpened(at=1), *(ev.PlaceChosen(at=1, code=code) for code in codes))


def tap(code: str) -> ev.Event:
    return ev.FindingTapped(at=1, code=code)


KNEE = (*to("leg", "knee"), ev.SideChosen(at=1, side=Side.LEFT), tap("knee_pain"))


def test_from_the_whole_body_to_a_place_and_back_step_by_step() -> None:
    state = after(begun(), *to("head", "eye"))
    seen = [(state.screen, state.place)]
    for _ in range(3):
        state = after(state, ev.Back(at=2))
        seen.append((state.screen, state.place))
    assert seen == [
        (Screen.PLACE, "eye"),
        (Screen.BODY, "head"),
        (Screen.BODY, ""),
        (Screen.COMPLAINT, ""),
    ]


def test_a_choice_is_a_tapped_finding_with_its_place_and_side() -> None:
    state = after(begun(), *KNEE)
    finding = state.findings["knee_pain"]
    assert (finding.status, finding.source) == (Status.PRESENT, Source.TAP)
    assert finding.sites == (Site("knee", Side.LEFT),)
    assert state.picked == ("knee_pain",)


def test_a_second_tap_takes_it_back() -> None:
    state = after(begun(), *KNEE, tap("knee_pain"))
    assert (dict(state.findings), state.picked) == ({}, ())


def test_the_side_may_be_said_after_the_finding_and_changed() -> None:
    state = after(begun(), *to("leg", "knee"), tap("knee_pain"))
    assert state.findings["knee_pain"].sites == (Site("knee"),)
    state = after(state, ev.SideChosen(at=2, side=Side.RIGHT), ev.SideChosen(at=3, side=Side.BOTH))
    assert state.findings["knee_pain"].sites == (Site("knee", Side.BOTH),)


def test_one_finding_at_several_places_stays_until_the_last_is_taken_back() -> None:
    rash_on_the_arm = (*to("arm", "elbow"), tap("rash"), ev.AnotherPlace(at=1))
    state = after(begun(), *rash_on_the_arm, *to("leg", "calf")[1:], tap("rash"))
    assert {site.place for site in state.findings["rash"].sites} == {"elbow", "calf"}
    assert state.picked == ("rash",)
    state = after(state, tap("rash"))
    assert [site.place for site in state.findings["rash"].sites] == ["elbow"]
    assert body.chosen_in(MAP, state.findings, "arm")
    assert not body.chosen_in(MAP, state.findings, "leg")


def test_another_place_begins_with_the_whole_body() -> None:
    state = after(begun(), *KNEE, ev.AnotherPlace(at=2))
    assert (state.screen, state.place, state.side) == (Screen.BODY, "", None)
    assert state.trail == (Screen.ATTRACT, Screen.SEX, Screen.COMPLAINT)
    assert "knee_pain" in state.findings


def test_coming_back_to_a_place_shows_its_side() -> None:
    state = after(begun(), *KNEE, ev.AnotherPlace(at=2), *to("leg", "knee")[1:])
    assert state.side is Side.LEFT


def test_a_touch_on_one_arm_tells_the_side_of_its_parts() -> None:
    state = after(begun(), *to(), ev.PlaceChosen(at=1, code="arm", side=Side.RIGHT), *to("hand")[1:])
    assert (state.place, state.side) == ("hand", Side.RIGHT)


@pytest.mark.parametrize("speech", [Speech.READY, Speech.OFF])
def test_somewhere_else_leads_to_speaking_or_typing(speech: Speech) -> None:
    state = after(begun(), *to("head"))
    state = after(replace(state, speech=speech), ev.ElsewhereChosen(at=2))
    assert state.screen is (Screen.TYPING if speech is Speech.OFF else Screen.COMPLAINT)
    state = after(state, ev.Back(at=3))
    assert state.screen is (Screen.BODY if speech is Speech.OFF else Screen.SEX)


def test_going_on_needs_a_choice_and_then_asks() -> None:
    state = after(begun(), *to("leg", "knee"), ev.Next(at=2))
    assert (state.screen, state.input_problem) == (Screen.PLACE, "pick")
    state = after(begun(), *KNEE, ev.Next(at=2), ev.NoDanger(at=2))
    assert (state.screen, state.question) == (Screen.QUESTION, "severe_pain")
    state = after(state, ev.Back(at=3), ev.Back(at=4))
    assert (state.screen, state.place) == (Screen.PLACE, "knee")


def test_an_emergency_on_the_map_is_caught_at_the_tap() -> None:
    state = after(begun(patient=Patient(sex=Sex.MALE, age=60)), *to("chest", "chest_middle"))
    state, effects = advance(state, tap("chest_pain"))
    assert state.screen is Screen.EMERGENCY
    assert any(isinstance(effect, fx.AlertDesk) for effect in effects)


def test_the_nurse_comes_and_the_place_is_still_there() -> None:
    state = after(begun(), *KNEE, ev.NurseCalled(at=2), ev.NurseArrived(at=3))
    assert (state.screen, state.place, state.side) == (Screen.PLACE, "knee", Side.LEFT)


def test_nothing_that_is_not_on_the_screen_can_be_chosen() -> None:
    whole = after(begun(), *to())
    assert after(whole, ev.PlaceChosen(at=1, code="knee")) == whole
    assert after(whole, ev.PlaceChosen(at=1, code="lower_back")) == whole
    place = after(begun(), *to("leg", "knee"))
    assert after(place, tap("chest_pain")) == place
    assert after(place, tap("no_such_code")) == place


def test_the_back_has_places_of_its_own() -> None:
    state = after(begun(), *to(), ev.BodyTurned(at=1), *to("lower_back")[1:])
    assert (state.screen, state.place) == (Screen.PLACE, "lower_back")


def test_without_a_map_there_is_nothing_to_open() -> None:
    state = begun(WITHOUT_BODY)
    assert after(state, ev.BodyOpened(at=0)) == state


def test_what_cannot_apply_is_not_offered() -> None:
    def parts(patient: Patient) -> set[str]:
        return {place.code for place in body.shown(MAP, "pelvis", View.FRONT, patient)}

    assert "male_parts" not in parts(WOMAN)
    assert "female_parts" not in parts(Patient(sex=Sex.MALE))
    assert {"male_parts", "female_parts"} <= parts(Patient())
    lower = MAP.places["belly_lower"]
    assert "pregnant" not in body.offered(content(), lower, Patient(sex=Sex.MALE, age=30))
    assert "pregnant" in body.offered(content(), lower, WOMAN)


@pytest.mark.parametrize(("age", "drawn"), [(None, "adult"), (13, "child"), (14, "adult"), (0, "child")])
def test_children_are_drawn_as_children(age: int | None, drawn: str) -> None:
    assert body.figure(Patient(age=age)) == drawn


@pytest.mark.parametrize(
    ("view", "x", "site"),
    [
        (View.FRONT, 22, Site("arm", Side.RIGHT)),
        (View.FRONT, 78, Site("arm", Side.LEFT)),
        (View.BACK, 22, Site("arm", Side.LEFT)),
        (View.FRONT, 2, None),
    ],
)
def test_the_side_of_a_touch_is_the_patient_s(view: View, x: float, site: Site | None) -> None:
    assert body.touched(MAP, "", view, WOMAN, x, 37) == site


@pytest.mark.parametrize("patient", [WOMAN, Patient(sex=Sex.MALE, age=5), Patient()])
@pytest.mark.parametrize("region", ["", *sorted(PARTS)])
def test_a_touch_on_a_dot_means_its_place(region: str, patient: Patient) -> None:
    for view in View if not region else (View.FRONT,):
        for place in body.shown(MAP, region, view, patient):
            site = body.touched(MAP, region, view, patient, *body.spot(MAP, place, patient))
            assert site is not None
            assert site.place == place.code


def test_the_dot_moves_to_the_chosen_side() -> None:
    eye, knee = MAP.places["eye"], MAP.places["knee"]
    left, right = body.spot(MAP, eye, WOMAN, Side.LEFT), body.spot(MAP, eye, WOMAN, Side.RIGHT)
    assert left[0] > 50 > right[0]
    assert body.spot(MAP, knee, WOMAN, Side.LEFT) == body.spot(MAP, knee, WOMAN, Side.RIGHT)


def test_every_drawing_is_there() -> None:
    drawn = {file.stem for file in (paths.assets() / "body").glob("*.svg")}
    figures = [f"{who}{sex}-{view}" for who in ("adult", "child") for sex in ("", "-female", "-male") for view in View]
    assert drawn == {*figures, *(place.picture for place in MAP.places.values() if place.picture)}


@given(taps=st.lists(st.tuples(st.sampled_from(["rash", "itching", "injury"]), st.sampled_from("abc")), max_size=12))
def test_a_finding_is_there_while_one_place_has_it(taps: list[tuple[str, str]]) -> None:
    findings, expected = Findings(), set()
    for code, place in taps:
        findings = body.toggled(findings, code, Site(place))
        expected ^= {(code, place)}
    assert {(f.code, site.place) for f in findings.values() for site in f.sites} == expected
    assert set(findings) == {code for code, _ in expected}
