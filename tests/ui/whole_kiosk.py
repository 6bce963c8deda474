"""The composed application in a test's own process: started on a state of its own, and what hands and devices do."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from kiosk.app import KioskApplication
from kiosk.config import Config
from kiosk.domain.dialogue import events as ev
from kiosk.domain.visit import Screen
from kiosk.ui.touch_robot import TouchRobot

PATIENCE_S = 30
VISIT = "5b3a3a4e-8f8c-4a38-9e55-7d8ab2f1c001"


@contextlib.contextmanager
def started(config: Config, folder: Path, **given: Any) -> Iterator[KioskApplication]:
    """Ready for its first patient, with its state in the folder; its screens may warn of nothing until the end."""
    config = replace(config, kiosk=replace(config.kiosk, state=str(folder / "state")))
    application = KioskApplication(config, size=QSize(1080, 1920), **given)
    try:
        wait(application, lambda: application.session is not None)
        # The robot presses sooner than a hand could; the guard against a second tap would take it for one.
        application.window.setProperty("guard", 0)
        yield application
        assert application._engine.warnings == []
    finally:
        application.shutdown()


def wait(application: KioskApplication, condition: Callable[[], bool]) -> None:
    assert TouchRobot(application.window).wait_until(condition, PATIENCE_S)


def until(application: KioskApplication, screen: Screen) -> None:
    wait(application, lambda: application.state.screen is screen)


def send(application: KioskApplication, *events: ev.Event) -> None:
    """As the screens do, and what follows from it is stored."""
    assert application.session is not None
    for event in events:
        application.session.send(event)
    application.session.store_now()


def press(application: KioskApplication, name: str) -> None:
    robot = TouchRobot(application.window)
    assert robot.wait_until(lambda: robot.find(name) is not None, PATIENCE_S), name
    item = robot.find(name)
    assert item is not None
    robot.touch(item)
    robot.settle()
    assert application.session is not None
    application.session.store_now()


def read(application: KioskApplication, text: str, *, enter: bool = True) -> None:
    """What a keyboard scanner sends for a code."""
    for character in text + ("\r" if enter else ""):
        key = Qt.Key.Key_Return if character == "\r" else ord(character.upper()) if character.isascii() else 0x01FFFFFF
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character)
            QGuiApplication.sendEvent(application.window, event)
    QGuiApplication.processEvents()
