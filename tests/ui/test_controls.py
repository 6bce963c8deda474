"""Every control answers finger, mouse, keys and assistive technology, and says what it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import centre, find, visible_items
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

PRESSABLE = ("button", "choice", "service", "complaint", "chip", "time", "card")


@pytest.fixture
def page(engine: QQmlApplicationEngine, qtbot) -> QQuickWindow:
    engine.load(QUrl.fromLocalFile(str(Path(__file__).with_name("ControlsPage.qml"))))
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    with qtbot.waitSignal(window.frameSwapped, timeout=3000):
        window.update()
    window.requestActivate()
    qtbot.waitUntil(window.isActive, timeout=3000)
    return window


def click(window: QQuickWindow, item: QQuickItem) -> None:
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, centre(item))


def touch(window: QQuickWindow, item: QQuickItem) -> None:
    device = QTest.createTouchDevice()
    point = centre(item)
    QTest.touchEvent(window, device).press(0, point, window).commit()
    QTest.touchEvent(window, device).release(0, point, window).commit()


def space(window: QQuickWindow, item: QQuickItem) -> None:
    item.forceActiveFocus()
    QTest.keyClick(window, Qt.Key.Key_Space)


def enter(window: QQuickWindow, item: QQuickItem) -> None:
    item.forceActiveFocus()
    QTest.keyClick(window, Qt.Key.Key_Return)


def assist(window: QQuickWindow, item: QQuickItem) -> None:
    QAccessible.setActive(True)
    QAccessible.queryAccessibleInterface(item).actionInterface().doAction("Press")


@pytest.mark.parametrize("name", PRESSABLE)
@pytest.mark.parametrize("press", [click, touch, space, enter, assist])
def test_a_control_can_be_pressed_in_every_way(
    page: QQuickWindow, name: str, press: Callable[[QQuickWindow, QQuickItem], None]
) -> None:
    press(page, find(page, name))
    assert page.property("presses") == 1


def test_a_busy_button_takes_no_presses_and_says_why(page: QQuickWindow) -> None:
    busy = find(page, "busy")
    for press in (click, touch, assist):
        press(page, busy)
    assert page.property("presses") == 0
    assert QAccessible.queryAccessibleInterface(busy).text(QAccessible.Text.Name) == "One moment…"


def test_a_finger_that_leaves_the_button_presses_nothing(page: QQuickWindow) -> None:
    device = QTest.createTouchDevice()
    start = centre(find(page, "button"))
    QTest.touchEvent(page, device).press(0, start, page).commit()
    QTest.touchEvent(page, device).move(0, start + QPoint(0, 900), page).commit()
    QTest.touchEvent(page, device).release(0, start + QPoint(0, 900), page).commit()
    assert page.property("presses") == 0


def test_push_to_talk_is_down_while_a_finger_or_key_holds_it(page: QQuickWindow) -> None:
    talk = find(page, "talk")
    device = QTest.createTouchDevice()
    QTest.touchEvent(page, device).press(0, centre(talk), page).commit()
    assert page.property("talking") is True
    QTest.touchEvent(page, device).release(0, centre(talk), page).commit()
    assert page.property("talking") is False
    talk.forceActiveFocus()
    QTest.keyPress(page, Qt.Key.Key_Space)
    assert page.property("talking") is True
    QTest.keyRelease(page, Qt.Key.Key_Space)
    assert page.property("talking") is False


def test_the_arrow_keys_and_tab_walk_through_what_can_be_pressed(page: QQuickWindow) -> None:
    find(page, "button").forceActiveFocus()
    walked = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Up):
        QTest.keyClick(page, key)
        walked.append(page.activeFocusItem().objectName())
    assert walked == ["talk", "choice", "service", "choice"]


def test_the_focus_ring_is_drawn_outside_the_control(page: QQuickWindow) -> None:
    button = find(page, "button")
    before = (button.width(), button.height())
    assert not any(ring.property("on") for ring in visible_items(button) if ring.property("on") is not None)
    button.forceActiveFocus()
    rings = [item for item in visible_items(button) if item.property("on")]
    assert len(rings) == 1
    assert rings[0].width() > button.width()
    assert (button.width(), button.height()) == before


def test_the_number_pad_takes_fingers_and_a_keyboard(page: QQuickWindow) -> None:
    pressable = [item for item in visible_items(page.contentItem()) if item.property("keyDown") is not None]
    keys = {item.property("text"): item for item in pressable}
    for digit in "1380":
        click(page, keys[digit])
    keys["5"].forceActiveFocus()
    QTest.keyClick(page, Qt.Key.Key_7)
    assert page.property("digits") == "13807"
    QTest.keyClick(page, Qt.Key.Key_Backspace)
    click(page, keys["Delete"])
    assert page.property("digits") == "138"


@pytest.mark.parametrize(
    ("name", "role", "words"),
    [
        ("button", QAccessible.Role.Button, "Go on"),
        ("choice", QAccessible.Role.RadioButton, "Yes"),
        ("service", QAccessible.Role.Button, "Check in"),
        ("complaint", QAccessible.Role.Button, "Chest"),
        ("chip", QAccessible.Role.Button, "Fever"),
        ("time", QAccessible.Role.RadioButton, "10:20"),
        ("card", QAccessible.Role.Button, "Any doctor"),
    ],
)
def test_a_control_says_what_it_is(page: QQuickWindow, name: str, role: QAccessible.Role, words: str) -> None:
    QAccessible.setActive(True)
    told = QAccessible.queryAccessibleInterface(find(page, name))
    assert told.role() == role
    assert told.text(QAccessible.Text.Name) == words


def test_chosen_and_hint_are_told_too(page: QQuickWindow) -> None:
    QAccessible.setActive(True)
    assert QAccessible.queryAccessibleInterface(find(page, "choice")).state().checked
    button = QAccessible.queryAccessibleInterface(find(page, "button"))
    assert button.text(QAccessible.Text.Description) == "to the next"
