"""A finger for demonstrations and tests: finds what a person can see and touch, and touches it as a person would."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QInputDevice, QKeyEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

SETTLE_MS = 400
"""Longer than the motion between two screens."""


def visible_items(root: QQuickItem) -> Iterator[QQuickItem]:
    """Every visible item below `root`, in drawing order."""
    for child in root.childItems():
        if child.isVisible() and child.opacity() > 0:
            yield child
            yield from visible_items(child)


class TouchRobot:
    def __init__(self, window: QQuickWindow) -> None:
        self._window = window
        self._device = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)

    def find(self, name: str) -> QQuickItem | None:
        """The visible control of that object name, or the first whose name begins with `name` when it ends with `_`.

        None as well in the moment after a page has turned, when presses are not taken.
        """
        if self._window.property("turning"):
            return None
        for item in visible_items(self._window.contentItem()):
            known = item.objectName()
            meant = known == name or (name.endswith("_") and known.startswith(name))
            if meant and item.isEnabled() and item.width() > 0 and not item.property("off"):
                return item
        return None

    def touch(self, item: QQuickItem) -> None:
        """Press and release in the middle of the item."""
        point = self._middle(item)
        sequence = QTest.touchEvent(self._window, self._device, False)
        sequence.press(0, point, self._window)
        sequence.commit()
        sequence = QTest.touchEvent(self._window, self._device, False)
        sequence.release(0, point, self._window)
        sequence.commit()

    def type_text(self, text: str) -> None:
        """Send a text as a keyboard would, into what has the focus."""
        for character in text:
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, character)
                QGuiApplication.sendEvent(self._window, event)

    def wait_until(self, arrived: Callable[[], bool], patience_s: float) -> bool:
        """Let the application work until something has happened; False when the patience is over."""
        end = time.monotonic() + patience_s
        while not arrived():
            if time.monotonic() > end:
                return False
            QGuiApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            QTest.qWait(5)
        return True

    def settle(self) -> None:
        """Let motion end, so that a picture shows a screen at rest."""
        QTest.qWait(SETTLE_MS)

    def grab(self) -> QImage:
        return self._window.grabWindow()

    @staticmethod
    def _middle(item: QQuickItem) -> QPoint:
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
