"""The body map and the pain scale in the real window, and what their view models show."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import Kiosk
from pointing_states import BOY, after, at, begun, content, in_pain, pages, with_a_sore_knee
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from test_visit_screens import (
    AT,
    accessibility,
    controls,
    name_of,
    press_by_mouse,
    press_by_touch,
    without_touches,
)
from visit_states import inputs, untranslated

from kiosk.domain.dialogue import events as ev
from kiosk.domain.findings import Side
from kiosk.domain.language import Language, Locale
from kiosk.domain.patient import Patient
from kiosk.domain.visit import Screen, Speech, State
from kiosk.gallery.checks import problems, scene
from kiosk.ui.viewmodels import body, complaint, frame, pain, phrasing, place

__all__ = ["accessibility"]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("manner", ["portrait", "landscape", "big", "low", "landscape big", "landscape low"])
def test_every_page_can_be_read_and_touched(kiosk: Kiosk, language: Language, manner: str) -> None:
    if "landscape" in manner:
        kiosk.resize(1280, 720)
    if "big" in manner:
        kiosk.screens.appearance.nextTextSize()
    if "low" in manner:
        kiosk.screens.appearance.toggleLow()
    found = []
    for name, state in pages(language):
        kiosk.show(state)
        # A page that is longer than the screen measures itself once it is drawn.
        kiosk.settle()
        kiosk.settle()
        found += [f"{name}: {fault}" for fault in problems(scene(kiosk.window, kiosk.find_scale()))]
    assert found == []


@pytest.mark.usefixtures("accessibility")
def test_everything_has_an_accessible_name(kiosk: Kiosk) -> None:
    silent = []
    for name, state in pages(Language.EN):
        kiosk.show(state)
        silent += [f"{name}: {item.objectName()}" for item in controls(kiosk) if not name_of(item)]
    assert silent == []


def test_controls_are_within_reach_of_a_seated_person(kiosk: Kiosk) -> None:
    too_high = []
    for name, state in pages(Language.ZH):
        kiosk.show(state)
        for item in controls(kiosk):
            height = (1920 - item.mapToScene(QPointF(0, 0)).y()) / 4.034
            if height > 341:
                too_high.append(f"{name}: {item.objectName()} {height:.0f} mm")
    assert too_high == []


PRESSES = [
    (begun(Language.EN), "showWhere", ev.BodyOpened(at=AT)),
    (at(state=begun(Language.EN)), "place_head", ev.PlaceChosen(at=AT, code="head")),
    (at(state=begun(Language.EN)), "turn", ev.BodyTurned(at=AT)),
    (at("head", state=begun(Language.EN)), "place_eye", ev.PlaceChosen(at=AT, code="eye")),
    (at("head", state=begun(Language.EN)), "elsewhere", ev.ElsewhereChosen(at=AT)),
    (after(with_a_sore_knee(), ev.AnotherPlace(at=AT)), "next", ev.Next(at=AT)),
    (with_a_sore_knee(), "wrong_knee_pain", ev.FindingTapped(at=AT, code="knee_pain")),
    (with_a_sore_knee(), "side_right", ev.SideChosen(at=AT, side=Side.RIGHT)),
    (with_a_sore_knee(), "another", ev.AnotherPlace(at=AT)),
    (with_a_sore_knee(), "next", ev.Next(at=AT)),
]


@pytest.mark.parametrize("press", [press_by_mouse, press_by_touch])
def test_every_button_sends_its_event(kiosk: Kiosk, press) -> None:
    for state, name, expected in PRESSES:
        kiosk.show(state)
        kiosk.sent.clear()
        press(kiosk, name)
        assert without_touches(kiosk.sent) == [expected], name


@pytest.mark.parametrize(("across", "side"), [(22, Side.RIGHT), (78, Side.LEFT)])
def test_the_body_is_a_second_way(kiosk: Kiosk, across: float, side: Side) -> None:
    kiosk.show(at(state=begun()))
    drawing = next(
        item
        for item in kiosk.find("place_head").parentItem().childItems()
        if item.property("source") is not None and "body/" in item.property("source").toString()
    )
    kiosk.sent.clear()
    point = drawing.mapToScene(QPointF(drawing.width() * across / 100, drawing.height() * 0.37)).toPoint()
    QTest.mouseClick(kiosk.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    assert without_touches(kiosk.sent) == [ev.PlaceChosen(at=AT, code="arm", side=side)]


def test_the_map_works_by_keys_alone(kiosk: Kiosk) -> None:
    kiosk.show(at(state=begun()))
    kiosk.find("place_head").forceActiveFocus(Qt.FocusReason.TabFocusReason)
    kiosk.sent.clear()
    visited = []
    for _ in range(len(content().body.places)):
        visited.append(kiosk.window.activeFocusItem().objectName())
        if visited[-1] == "place_belly":
            break
        QTest.keyClick(kiosk.window, Qt.Key.Key_Tab)
    QTest.keyClick(kiosk.window, Qt.Key.Key_Space)
    assert without_touches(kiosk.sent) == [ev.PlaceChosen(at=AT, code="belly")]
    assert {"place_head", "place_arm", "place_leg", "place_chest"} <= set(visited)


@pytest.mark.usefixtures("accessibility")
def test_a_screen_reader_hears_what_is_chosen(kiosk: Kiosk) -> None:
    kiosk.show(after(with_a_sore_knee(Language.EN), ev.AnotherPlace(at=AT)))
    leg = QAccessible.queryAccessibleInterface(kiosk.find("place_leg"))
    arm = QAccessible.queryAccessibleInterface(kiosk.find("place_arm"))
    assert (leg.state().checked, arm.state().checked) == (True, False)
    kiosk.sent.clear()
    arm.actionInterface().doAction("Press")
    assert without_touches(kiosk.sent) == [ev.PlaceChosen(at=AT, code="arm")]


@pytest.mark.parametrize("press", [press_by_mouse, press_by_touch])
@pytest.mark.parametrize(("name", "score"), [("score_0", 0), ("score_10", 10), ("score_unknown", None)])
def test_a_score_is_sent(kiosk: Kiosk, qtbot, press, name: str, score: int | None) -> None:
    kiosk.show(in_pain(Language.EN))
    kiosk.sent.clear()
    press(kiosk, name)
    qtbot.waitUntil(lambda: bool(without_touches(kiosk.sent)))
    assert without_touches(kiosk.sent) == [ev.PainScored(at=AT, score=score)]


def test_faces_instead_of_numbers_and_back(kiosk: Kiosk) -> None:
    kiosk.show(in_pain())
    press_by_mouse(kiosk, "otherScale")
    kiosk.settle()
    assert [kiosk.find(f"score_{score}").property("icon") for score in (0, 10)] == ["pain0", "pain10"]
    with pytest.raises(LookupError):
        kiosk.find("score_7")
    press_by_mouse(kiosk, "otherScale")
    kiosk.settle()
    assert kiosk.find("score_7").property("icon") == ""


def test_the_number_can_be_spoken(kiosk: Kiosk) -> None:
    kiosk.show(in_pain())
    assert kiosk.find("talk").setProperty("holdMs", 60_000)
    kiosk.sent.clear()
    press_by_touch(kiosk, "talk")
    assert without_touches(kiosk.sent) == [ev.TalkPressed(at=AT), ev.TalkTapped(at=AT)]


def test_without_a_map_nobody_is_asked_to_point(kiosk: Kiosk) -> None:
    bare = replace(begun().clinic, knowledge=replace(content(), body=type(content().body)()))
    kiosk.show(replace(begun(), clinic=bare))
    with pytest.raises(LookupError):
        kiosk.find("showWhere")
    assert not complaint.derive_complaint(inputs(replace(begun(), clinic=bare))).has_body


def shown(state: State) -> body.BodyProps:
    return body.derive_body(inputs(state))


def test_who_is_drawn_follows_age_and_sex() -> None:
    assert shown(at(state=begun())).picture == "adult-female-front"
    assert shown(at(state=begun(patient=BOY), back=True)).picture == "child-male-back"
    assert shown(at(state=begun(patient=Patient()))).picture == "adult-front"
    assert (shown(at("leg", state=begun())).picture, shown(at("head", state=begun())).ratio) == ("leg", 1.0)


def test_names_stand_on_both_sides_from_top_to_bottom() -> None:
    for name, state in pages(Language.EN):
        if state.screen is Screen.BODY:
            props = shown(state)
            assert 0 <= len(props.left) - len(props.right) <= 1, name
            assert max((place.x for place in props.left), default=0) <= min((p.x for p in props.right), default=100), (
                name
            )
            for column in (props.left, props.right):
                assert list(column) == sorted(column, key=lambda place: place.y), name


def test_what_was_chosen_is_said_and_marked() -> None:
    props = shown(after(with_a_sore_knee(Language.EN), ev.AnotherPlace(at=AT)))
    assert props.helper == "Chosen: swollen arm or leg (left), knee pain (left)"
    assert [place.code for place in (*props.left, *props.right) if place.chosen] == ["leg"]
    assert props.chosen_count == 2


def test_somewhere_else_is_said_or_typed() -> None:
    spanish = replace(begun().clinic, locales=(Locale("es", "Español", Language.EN, is_understood=False),))
    unread = replace(begun(Language.EN), clinic=spanish, tag="es")
    assert shown(at(state=unread)).elsewhere == "Something else"
    assert after(at(state=unread), ev.ElsewhereChosen(at=AT)).screen is Screen.COMPLAINT
    assert shown(at(state=begun())).elsewhere == "Say it instead"
    assert shown(at(state=begun(speech=Speech.OFF))).elsewhere == "Type it instead"


def test_a_place_offers_kinds_by_their_plain_names() -> None:
    props = place.derive(inputs(with_a_sore_knee(Language.EN)))
    assert [row.text for row in props.rows[:2]] == ["Hurts", "Swollen"]
    assert [row.code for row in props.rows if row.chosen] == ["knee_pain", "limb_swelling"]
    assert [side.code for side in props.sides if side.chosen] == ["left"]
    assert place.derive(inputs(at("neck", state=begun()))).sides == ()


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        ((), "knee pain"),
        ((Side.LEFT,), "knee pain (left)"),
        ((Side.RIGHT, Side.RIGHT), "knee pain (right)"),
        ((Side.LEFT, Side.RIGHT), "knee pain (both sides)"),
        ((Side.LEFT, None), "knee pain"),
    ],
)
def test_the_side_is_said_back(sides: tuple[Side | None, ...], said: str) -> None:
    state = with_a_sore_knee(Language.EN)
    site = state.findings["knee_pain"].sites[0]
    finding = replace(state.findings["knee_pain"], sites=tuple(replace(site, side=side) for side in sides))
    assert phrasing.finding_said(state, finding, untranslated(Language.EN)) == said


@pytest.mark.parametrize(("age", "faces"), [(None, False), (7, True), (8, False), (80, False)])
def test_young_children_get_faces(age: int | None, faces: bool) -> None:
    props = pain.derive(inputs(in_pain(patient=Patient(age=age))))
    assert props.faces is faces
    assert len(props.tiles) == (6 if faces else 11)
    assert [tile.score for tile in props.tiles] == sorted({tile.score for tile in props.tiles})


def test_an_earlier_answer_is_shown() -> None:
    state = in_pain()
    assert pain.derive(inputs(state)).chosen < pain.NO_IDEA
    scored = after(state, ev.PainScored(at=AT, score=4), ev.Back(at=AT))
    assert pain.derive(inputs(scored)).chosen == 4
    unknown = after(state, ev.PainScored(at=AT, score=None), ev.Back(at=AT))
    assert pain.derive(inputs(unknown)).chosen == pain.NO_IDEA


def test_the_frame_names_the_page_of_every_place_and_of_the_scale() -> None:
    head, eye = at("head", state=begun()), at("head", "eye", state=begun())
    assert [frame.derive(inputs(state)).page for state in (head, eye)] == ["body/head", "place/eye"]
    scale = frame.derive(inputs(in_pain()))
    assert (scale.screen, scale.page) == ("pain", "pain/severe_pain")
    assert scale.step.startswith("Question 1")
