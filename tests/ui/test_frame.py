"""The frame around the pages: what it shows for which state, and what its helpers send."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import Kiosk, centre
from kiosk_states import ASKED, BEGUN, DONE, WALL, at, inputs
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest

from kiosk.domain.dialogue.events import (
    Back,
    Ended,
    Event,
    LanguageChosen,
    LanguagesOpened,
    NurseCalled,
    StillHere,
    Touched,
)
from kiosk.domain.language import Language, Locale
from kiosk.domain.visit import Screen, State
from kiosk.ui.line_breaks import plain
from kiosk.ui.viewmodels.appearance import AppearanceViewModel, Looks
from kiosk.ui.viewmodels.frame import NO_PROGRESS, FrameViewModel, derive


@pytest.mark.parametrize(
    ("state", "step", "done", "total"),
    [
        (at(Screen.ATTRACT), "09:42", NO_PROGRESS, 4),
        (at(Screen.CONSENT), "", NO_PROGRESS, 4),
        (at(Screen.BIRTH), "Step 1 of 4", 0, 4),
        (at(Screen.COMPLAINT), "Step 2 of 4", 1, 4),
        (ASKED, "Question 1, about 2 to go", 0, 3),
        (replace(ASKED, asked=("a", "b"), questions_expected=0), "Question 2, the last one", 1, 2),
        (at(Screen.BOOKING), "Step 4 of 4", 3, 4),
        (DONE, "All done", 4, 4),
    ],
)
def test_progress_counts_what_is_left(state: State, step: str, done: int, total: int) -> None:
    props = derive(inputs(state))
    assert (props.step, props.done, props.total) == (step, done, total)


@pytest.mark.parametrize(
    ("screen", "back", "dock"),
    [
        (Screen.ATTRACT, False, True),
        (Screen.PHONE, True, True),
        (Screen.SLIP, False, True),
        (Screen.EMERGENCY, False, False),
        (Screen.FAREWELL, False, False),
    ],
)
def test_the_way_back_is_offered_where_there_is_one(screen: Screen, back: bool, dock: bool) -> None:
    props = derive(inputs(at(screen)))
    assert (props.can_go_back, props.has_dock) == (back, dock)


def test_the_idle_warning_counts_down_to_zero_and_not_below() -> None:
    asked = replace(BEGUN, warned_at=100.0)
    assert derive(inputs(BEGUN)).warning is False
    left = [derive(inputs(asked, now=now)).seconds_left for now in (100.0, 104.2, 119.5, 130.0)]
    assert left == [20, 16, 1, 0]


@pytest.fixture
def sent() -> list[Event]:
    return []


@pytest.fixture
def frame(qapp, sent: list[Event]) -> FrameViewModel:
    return FrameViewModel(sent.append, lambda: 7.0, lambda: WALL)


def test_going_back_moves_the_page_the_other_way(frame: FrameViewModel) -> None:
    directions = []
    second = replace(ASKED, asked=("fever", "morning_stiffness"))
    for state in (BEGUN, ASKED, second, ASKED, BEGUN, at(Screen.EMERGENCY, trail=())):
        frame.show(inputs(state))
        directions.append(frame.forward)
    assert directions == [True, True, True, False, False, True]


def test_only_what_changed_is_announced(frame: FrameViewModel, qtbot) -> None:
    frame.show(inputs(BEGUN))
    heard = []
    frame.screenChanged.connect(lambda: heard.append("screen"))
    frame.stepChanged.connect(lambda: heard.append("step"))
    frame.hospitalChanged.connect(lambda: heard.append("hospital"))
    frame.show(inputs(replace(BEGUN, screen=Screen.PHONE)))
    assert heard == ["screen"]


def test_every_helper_sends_its_event(frame: FrameViewModel, sent: list[Event]) -> None:
    frame.show(inputs(BEGUN))
    for ask in (frame.touched, frame.back, frame.end, frame.callNurse, frame.stillHere, frame.changeLanguage):
        ask()
    assert sent == [
        Touched(at=7.0),
        Back(at=7.0),
        Ended(at=7.0),
        NurseCalled(at=7.0),
        StillHere(at=7.0),
        LanguageChosen(at=7.0, language=Language.EN),
    ]


def test_with_more_than_two_languages_the_dock_opens_the_list(frame: FrameViewModel, sent: list[Event]) -> None:
    frame.show(inputs(BEGUN))
    assert frame.otherLanguage == "English"
    locales = (*BEGUN.clinic.locales, Locale("ar", "العربية", Language.EN, is_understood=False, right_to_left=True))
    frame.show(inputs(replace(BEGUN, clinic=replace(BEGUN.clinic, locales=locales))))
    frame.changeLanguage()
    assert sent == [LanguagesOpened(at=7.0)]


def test_the_next_patient_finds_the_usual_looks(qapp) -> None:
    looks = AppearanceViewModel(Looks(theme="dark", scale=1.5))
    looks.nextTextSize()
    looks.toggleContrast()
    looks.toggleLow()
    looks.toggleReduceMotion()
    assert (looks.theme, looks.textStep, looks.low, looks.reduceMotion) == ("contrast", 1, True, True)
    looks.reset()
    assert (looks.theme, looks.textStep, looks.low, looks.reduceMotion) == ("dark", 0, False, False)
    assert looks.scale == 1.5


def test_text_grows_twice_and_is_usual_again(qapp) -> None:
    looks = AppearanceViewModel(Looks())
    steps = []
    for _ in range(4):
        looks.nextTextSize()
        steps.append(looks.textStep)
    assert steps == [1, 2, 0, 1]


def test_contrast_can_be_left_where_it_is_the_usual_theme(qapp) -> None:
    looks = AppearanceViewModel(Looks(theme="contrast"))
    looks.toggleContrast()
    assert looks.theme == "light"


def press(kiosk: Kiosk, name: str) -> None:
    point = centre(kiosk.find(name))
    QTest.mouseClick(kiosk.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)


def test_the_dock_works_in_the_window(kiosk: Kiosk) -> None:
    press(kiosk, "dockLanguage")
    press(kiosk, "dockNurse")
    kiosk.show(at(Screen.CONSENT, trail=(Screen.ATTRACT,)))
    press(kiosk, "dockBack")
    press(kiosk, "dockEnd")
    asked = [type(event) for event in kiosk.sent if not isinstance(event, Touched)]
    assert asked == [LanguageChosen, NurseCalled, Back, Ended]
    kiosk.show(at(Screen.ATTRACT))
    for helper in ("dockBigText", "dockContrast", "dockLow", "dockRead"):
        press(kiosk, helper)
    looks = kiosk.screens.appearance
    assert (looks.textStep, looks.theme, looks.low, looks.readAloud) == (1, "contrast", True, True)


def test_during_a_visit_lower_takes_the_place_of_contrast_only_to_be_switched_off(kiosk: Kiosk) -> None:
    kiosk.show(at(Screen.CONSENT))
    kiosk.find("dockContrast")
    kiosk.screens.appearance.toggleLow()
    kiosk.settle()
    with pytest.raises(LookupError):
        kiosk.find("dockContrast")
    press(kiosk, "dockLow")
    assert kiosk.screens.appearance.low is False


def test_a_touch_anywhere_says_that_somebody_is_there(kiosk: Kiosk) -> None:
    device = QTest.createTouchDevice()
    for event in ("press", "release"):
        sequence = QTest.touchEvent(kiosk.window, device)
        getattr(sequence, event)(0, QPoint(540, 160), kiosk.window).commit()
    assert kiosk.sent == [Touched(at=100.0)]


def test_the_idle_warning_covers_the_page_and_its_buttons_answer(kiosk: Kiosk) -> None:
    kiosk.show(at(Screen.CONSENT, warned_at=96.0))
    with pytest.raises(LookupError):
        kiosk.find("agree")
    press(kiosk, "wipeNow")
    press(kiosk, "stillHere")
    QTest.mouseClick(kiosk.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(540, 1000))
    assert kiosk.sent == [Ended(at=100.0), StillHere(at=100.0), StillHere(at=100.0)]


def test_language_changes_every_word_at_once(kiosk: Kiosk) -> None:
    kiosk.show(at(Screen.CONSENT))
    assert plain(kiosk.find("agree").property("text")) == "可以，开始"
    kiosk.show(at(Screen.CONSENT, language=Language.EN))
    assert kiosk.find("agree").property("text") == "Yes, begin"
    assert kiosk.window.title() == "Qinghe Hospital"


def test_nothing_closes_the_window_of_a_kiosk(kiosk: Kiosk) -> None:
    kiosk.window.setProperty("kiosk", True)
    assert kiosk.window.close() is False
    assert kiosk.window.isVisible()
    kiosk.window.setProperty("kiosk", False)


def test_f11_switches_the_full_screen_on_a_desk_pc_and_does_nothing_on_a_kiosk(kiosk: Kiosk) -> None:
    QTest.keyClick(kiosk.window, Qt.Key.Key_F11)
    assert kiosk.window.visibility() is QWindow.Visibility.FullScreen
    QTest.keyClick(kiosk.window, Qt.Key.Key_F11)
    assert kiosk.window.visibility() is QWindow.Visibility.Windowed
    kiosk.window.setProperty("kiosk", True)
    QTest.keyClick(kiosk.window, Qt.Key.Key_F11)
    assert kiosk.window.visibility() is QWindow.Visibility.Windowed
    kiosk.window.setProperty("kiosk", False)
