"""Mashing, dragging, shortcuts, scanners and turned displays: nothing leaves the kiosk, nothing wrong is submitted."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QInputDevice, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest

from kiosk.app import KioskApplication
from kiosk.config import Config, DisplaySettings, SpeechSettings
from kiosk.domain.dialogue import events as ev
from kiosk.domain.visit import Screen
from kiosk.ui.touch_robot import TouchRobot

PATIENCE_S = 30
SIZE = QSize(1080, 1920)
Act = Callable[[KioskApplication, random.Random], None]


@pytest.fixture
def application(qapp: QGuiApplication, tmp_path: Path) -> Iterator[KioskApplication]:
    """The composed kiosk as it hangs in the lobby: full screen, with a store of its own."""
    config = Config(display=DisplaySettings(reduce_motion=True), speech=SpeechSettings(enabled=False))
    config = replace(config, kiosk=replace(config.kiosk, state=str(tmp_path / "state")))
    application = KioskApplication(config, size=SIZE)
    assert TouchRobot(application.window).wait_until(lambda: application.session is not None, PATIENCE_S)
    yield application
    application.shutdown()


def _spot(application: KioskApplication, chance: random.Random) -> QPoint:
    size = application.window.size()
    return QPoint(chance.randrange(size.width()), chance.randrange(size.height()))


def tap(application: KioskApplication, chance: random.Random) -> None:
    button = chance.choice([Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton])
    QTest.mouseClick(application.window, button, Qt.KeyboardModifier.NoModifier, _spot(application, chance))


def tap_twice(application: KioskApplication, chance: random.Random) -> None:
    spot = _spot(application, chance)
    for click in (QTest.mouseClick, QTest.mouseClick, QTest.mouseDClick):
        click(application.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)


def drag(application: KioskApplication, chance: random.Random) -> None:
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(application.window, Qt.MouseButton.LeftButton, none, _spot(application, chance))
    for _ in range(5):
        QTest.mouseMove(application.window, _spot(application, chance))
    QTest.mouseRelease(application.window, Qt.MouseButton.LeftButton, none, _spot(application, chance))


_HANDS: list = []


def many_fingers(application: KioskApplication, chance: random.Random) -> None:
    if not _HANDS:
        _HANDS.append(QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen))
    spots = [_spot(application, chance) for _ in range(chance.randint(2, 10))]
    for phase in ("press", "move", "release"):
        sequence = QTest.touchEvent(application.window, _HANDS[0], False)
        for finger, spot in enumerate(spots):
            getattr(sequence, phase)(finger, spot, application.window)
        sequence.commit()


def wheel(application: KioskApplication, chance: random.Random) -> None:
    spot = QPointF(_spot(application, chance))
    down = QPoint(0, chance.choice([-1200, 120, 9600]))
    event = QWheelEvent(
        spot,
        spot,
        down,
        down,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QGuiApplication.sendEvent(application.window, event)


def shortcut(application: KioskApplication, chance: random.Random) -> None:
    keys = (Qt.Key.Key_F4, Qt.Key.Key_Q, Qt.Key.Key_W, Qt.Key.Key_F11, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_V)
    keys += (
        Qt.Key.Key_F1,
        Qt.Key.Key_Menu,
        Qt.Key.Key_Print,
        Qt.Key.Key_Return,
        Qt.Key.Key_Space,
        Qt.Key.Key_Backspace,
    )
    modifiers = (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier)
    QTest.keyClick(application.window, chance.choice(keys), chance.choice(modifiers))


def scanner_burst(application: KioskApplication, chance: random.Random) -> None:
    """A scanner types faster than any hand and ends with Enter; sometimes what it read is markup or noise."""
    codes = ("DZ1.027.ortho.Qk3x0v8PpZ6m2Yc7", "<b>骨 027</b><script>", "\x00\x1b[2J\x7f" * 20, "头疼" * 200)
    code = chance.choice(codes) + "\r"
    for character in code:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = Qt.Key.Key_Return if character == "\r" else Qt.Key.Key_unknown
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character)
            QGuiApplication.sendEvent(application.window, event)


def close(application: KioskApplication, chance: random.Random) -> None:
    QGuiApplication.sendEvent(application.window, QCloseEvent())
    application.window.close()


def turn_display(application: KioskApplication, chance: random.Random) -> None:
    sizes = (QSize(1080, 1920), QSize(1920, 1080), QSize(1280, 720), QSize(768, 1366), QSize(320, 200))
    application.window.resize(chance.choice(sizes))


ACTS: tuple[Act, ...] = (
    *[tap] * 12,
    *[tap_twice] * 4,
    *[drag] * 3,
    *[many_fingers] * 4,
    *[shortcut] * 4,
    wheel,
    scanner_burst,
    close,
    turn_display,
)


@pytest.mark.parametrize("seed", range(3))
def test_mashing_never_leaves_the_kiosk_and_submits_nothing_wrong(application: KioskApplication, seed: int) -> None:
    application.window.setProperty("guard", 0)
    chance = random.Random(seed)  # noqa: S311 - a repeatable storm
    screens = set()
    for _ in range(400):
        chance.choice(ACTS)(application, chance)
        QGuiApplication.processEvents()
        state = application.state
        screens.add(state.screen)
        windows = [window for window in QGuiApplication.topLevelWindows() if window.isVisible()]
        assert windows == [application.window]
        assert state.checked_in is None or state.consented_at is not None
    assert application._engine.warnings == []
    assert len(screens) > 3
    application.window.resize(SIZE)
    later = application.state.last_touch + 10_000
    assert application.session is not None
    for seconds in (0, 1, 100, 1000):
        application.session.send(ev.Tick(at=later + seconds))
    assert application.state.screen is Screen.ATTRACT
    assert (application.state.heard, application.state.phone, len(application.state.findings)) == ("", "", 0)


def test_a_very_long_or_marked_up_text_is_kept_short_and_plain(application: KioskApplication) -> None:
    assert application.session is not None
    at, wall = application.session.now(), application.session.wall()
    for event in (
        ev.Started(at=at, visit_id="5b3a3a4e-8f8c-4a38-9e55-7d8ab2f1c001", today=wall.date()),
        ev.ConsentGiven(at=at, wall=wall),
        ev.WithoutName(at=at),
        ev.Keyed(at=at, digit="4"),
        ev.Next(at=at),
        ev.SexChosen(at=at, sex=None),
        ev.TypingOpened(at=at),
        ev.Typed(at=at, text="<img src='http://203.0.113.1/x'>头疼" * 1000),
    ):
        application.session.send(event)
    assert application.state.screen is Screen.CONFIRM
    assert len(application.state.heard) <= 2000
    assert application.state.findings.present() == ("headache",)


def to_questions(application: KioskApplication) -> None:
    assert application.session is not None
    at, wall = application.session.now(), application.session.wall()
    for event in (
        ev.Started(at=at, visit_id="5b3a3a4e-8f8c-4a38-9e55-7d8ab2f1c001", today=wall.date()),
        ev.ConsentGiven(at=at, wall=wall),
        ev.WithoutName(at=at),
        ev.Keyed(at=at, digit="4"),
        ev.Next(at=at),
        ev.SexChosen(at=at, sex=None),
        ev.TypingOpened(at=at),
        ev.Typed(at=at, text="头疼两天"),
        ev.Confirmed(at=at),
        ev.NoDanger(at=at),
        ev.PainScored(at=at, score=4),
    ):
        application.session.send(event)


def test_a_double_tap_answers_one_question(application: KioskApplication) -> None:
    to_questions(application)
    robot = TouchRobot(application.window)
    assert robot.wait_until(lambda: robot.find("answer_absent") is not None, PATIENCE_S)
    answer = robot.find("answer_absent")
    assert answer is not None
    spot = answer.mapToScene(QPointF(answer.width() / 2, answer.height() / 2)).toPoint()
    asked = len(application.state.asked)
    for click in (QTest.mouseClick, QTest.mouseDClick, QTest.mouseClick):
        click(application.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    QGuiApplication.processEvents()
    assert len(application.state.asked) == asked + 1
