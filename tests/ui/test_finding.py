"""The first screen's picture and entries, the list of places and the way: what they show, and what a touch sends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Kiosk, centre, visible_items
from kiosk_states import inputs
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from test_read_aloud import Listener

from kiosk.domain.dialogue import events as ev
from kiosk.domain.language import Language
from kiosk.domain.visit import Screen, Service, Speech, State
from kiosk.domain.wayfinding import Wing
from kiosk.gallery.clinic import CLINIC
from kiosk.gallery.content import finding_states
from kiosk.gallery.states import named
from kiosk.i18n import installed, load_catalogue
from kiosk.ui.line_breaks import plain
from kiosk.ui.reading.outputs import Hearing
from kiosk.ui.viewmodels import attract, directory
from kiosk.ui.viewmodels.design_tokens import DesignTokens

AT = 100.0
LONG_AGO = 0.0


def state(name: str, language: Language = Language.EN) -> State:
    return named(name, finding_states())[0].state(language)


def first_screen(last_touch: float = LONG_AGO) -> State:
    return State(clinic=CLINIC, last_touch=last_touch, speech=Speech.READY)


def touch(kiosk: Kiosk, name: str) -> list[ev.Event]:
    kiosk.sent.clear()
    QTest.mouseClick(kiosk.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, centre(kiosk.find(name)))
    kiosk.settle()
    return [event for event in kiosk.sent if not isinstance(event, ev.Touched)]


def test_the_first_screen_has_an_entry_for_every_service_and_no_other() -> None:
    shown = attract.derive(inputs(first_screen()))
    assert [entry.code for entry in shown.entries] == [service.value for service in Service]
    nothing = replace(first_screen(), clinic=replace(CLINIC, directory=(), check_in=None))
    assert attract.derive(inputs(nothing)).entries == ()


def test_an_entry_that_is_not_there_is_not_drawn(kiosk: Kiosk) -> None:
    kiosk.show(first_screen())
    (chosen,) = touch(kiosk, "entry_directory")
    assert isinstance(chosen, ev.ServiceChosen)
    assert chosen.service is Service.DIRECTORY
    kiosk.show(replace(first_screen(), clinic=replace(CLINIC, directory=())))
    with pytest.raises(LookupError):
        kiosk.find("entry_directory")


def test_every_tile_and_button_sends_its_event(kiosk: Kiosk) -> None:
    for name, item, event in (
        ("directory", "place_toilet", ev.DestinationChosen(at=AT, code="toilet")),
        ("directory", "wing_surgery", ev.WingChosen(at=AT, wing=Wing.SURGERY)),
        ("directory-wing", "place_urology", ev.DestinationChosen(at=AT, code="urology")),
        ("way", "another", ev.Back(at=AT)),
        ("way", "done", ev.Ended(at=AT)),
    ):
        kiosk.show(state(name))
        assert touch(kiosk, item) == [event], (name, item)


def test_the_list_names_places_and_groups_and_a_group_its_departments_with_floor_and_room() -> None:
    top = directory.derive_directory(inputs(state("directory")))
    assert [tile.text for tile in top.places][:2] == ["Toilets", "Pharmacy"]
    assert len(top.wings) == len(Wing)
    assert top.departments == ()
    surgery = directory.derive_directory(inputs(state("directory-wing")))
    assert (surgery.title, surgery.places, surgery.wings) == ("Surgery and bones", (), ())
    tile = surgery.departments[0]
    assert (tile.code, tile.text, tile.hint) == ("orthopaedics", "Orthopaedics", "Floor 2, west side, room 206")


def test_every_group_has_a_name_of_its_own_and_a_drawing() -> None:
    top = directory.derive_directory(inputs(state("directory")))
    assert len({tile.text for tile in top.wings}) == len({tile.icon for tile in top.wings}) == len(Wing)


@pytest.mark.parametrize(
    ("tag", "name", "where", "first", "remark"),
    [
        ("zh-Hans", "泌尿外科", "2 楼东侧 230 室", "走到服务台旁，右转到头", "没有台阶，约 3 分钟"),
        ("zh-Hant", "泌尿外科", "2 樓東側 230 室", "走到服務檯旁，右轉到頭", "沒有臺階，約 3 分鐘"),
        (
            "es",
            "Urología",
            "Planta 2, lado este, sala 230",
            "Vaya hasta el mostrador y gire a la derecha",
            "Sin escalones, cerca de 3 minutos",
        ),
        (
            "ar",
            "المسالك البولية",
            "الطابق 2، الجهة الشرقية، الغرفة 230",
            "اذهب إلى مكتب الخدمة وانعطف يمينًا",
            "بلا درج، نحو 3 دقائق",
        ),
    ],
)
def test_the_way_is_in_the_language_of_the_screen(tag: str, name: str, where: str, first: str, remark: str) -> None:
    catalogue = load_catalogue(installed()[tag])
    shown = directory.derive_way(inputs(state("way-department", catalogue.locale.language), catalogue.tr))
    assert (shown.name, shown.where, shown.remark) == (name, where, remark)
    assert (len(shown.steps), shown.steps[0]) == (3, first)
    assert shown.sensitive
    assert shown.department


def test_no_title_carries_the_name_of_a_department(kiosk: Kiosk) -> None:
    kiosk.show(state("way-department"))
    titles = [item for item in visible_items(kiosk.window.contentItem()) if item.property("role") == "title"]
    shown = [plain(title.property("text")) for title in titles if title.property("text")]
    assert shown == ["This is the way"]


@pytest.mark.parametrize(("name", "heard"), [("way", True), ("way-department", False)])
def test_the_lobby_hears_the_way_to_the_lifts_and_not_to_a_sensitive_department(
    kiosk: Kiosk, name: str, heard: bool
) -> None:
    listener = Listener(kiosk, Hearing.LOBBY)
    said = " ".join(listener.show(state(name)))
    assert ("service desk" in said) is heard
    assert ("Urology" in said or "Lifts" in said) is heard
    assert "This is the way" in said


def test_the_picture_moves_while_nobody_touches_the_screen(kiosk: Kiosk, qtbot) -> None:
    kiosk.screens.appearance.toggleReduceMotion()
    kiosk.show(first_screen())
    story = kiosk.find("story")
    assert story.property("playing") is True
    assert story.property("step") == -1
    seen = []
    story.stepChanged.connect(lambda: seen.append(story.property("step")))
    story.setProperty("stepMs", 1)
    qtbot.waitUntil(lambda: len(seen) >= 6, timeout=5000)
    assert seen[:6] == [0, 1, 2, 3, -1, 0]


def test_nobody_is_shown_speaking_where_nobody_is_heard(kiosk: Kiosk) -> None:
    kiosk.show(first_screen())
    assert "speak" in kiosk.find("story").property("scenes").toVariant()
    kiosk.show(replace(first_screen(), speech=Speech.OFF))
    assert kiosk.find("story").property("scenes").toVariant() == ["ask", "way", "slip"]
    assert kiosk.find("story").property("icons").toVariant() == ["question", "route", "ticket"]


def _reduce_motion(kiosk: Kiosk) -> None:
    kiosk.screens.appearance.toggleReduceMotion()


def _read_aloud(kiosk: Kiosk) -> None:
    kiosk.screens.appearance.toggleReadAloud()


def _touch(kiosk: Kiosk) -> None:
    kiosk.show(first_screen(last_touch=AT - attract.ALONE_S + 1))


def _hide(kiosk: Kiosk) -> None:
    kiosk.window.hide()


@pytest.mark.parametrize("act", [_reduce_motion, _read_aloud, _touch, _hide])
def test_it_stands_still_and_shows_the_gate_alone(kiosk: Kiosk, qtbot, act) -> None:
    kiosk.screens.appearance.toggleReduceMotion()
    kiosk.show(first_screen())
    story = kiosk.find("story")
    story.setProperty("stepMs", 1)
    qtbot.waitUntil(lambda: story.property("step") >= 0, timeout=5000)
    act(kiosk)
    assert story.property("playing") is False
    assert story.property("step") == -1


def test_a_visit_takes_the_picture_away(kiosk: Kiosk) -> None:
    kiosk.screens.appearance.toggleReduceMotion()
    kiosk.show(first_screen())
    kiosk.find("story")
    kiosk.show(replace(first_screen(), screen=Screen.CONSENT, trail=(Screen.ATTRACT,), visit_id="b6f1"))
    with pytest.raises(LookupError):
        kiosk.find("story")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_scene_is_drawn_for_light_and_dark(kiosk: Kiosk, theme: str) -> None:
    kiosk.show(first_screen())
    scenes = kiosk.find("story").property("scenes").toVariant()
    assert len(scenes) == len(kiosk.find("story").property("icons").toVariant()) == 4
    for scene in scenes:
        assert Path(DesignTokens().picture(f"story-{scene}-{theme}").toLocalFile()).is_file()
