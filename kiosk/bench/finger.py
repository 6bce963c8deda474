"""A finger that is on time, and an eye that says at which frame its touch was seen."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Generator

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QImage, QInputDevice
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from kiosk.bench.phases import Phase, Play, StageError, Wait
from kiosk.ui.touch_robot import TouchRobot

PATIENCE_S = 60.0
HOLD_MS = 80
"""How long a finger stays down."""
LEAD_MS = 40
"""Between looking for a control, which costs the window time, and the moment when the touch is due."""
REFRESH_MS = 17
AWAY = QPoint(2, 2)


class Finger:
    """Touches are due at moments fixed before: what a busy window lets them wait counts, as it does for a person.

    Call `drawn` at every frame. While `checking`, `unseen` collects controls whose picture no press changes.
    """

    def __init__(self, window: QQuickWindow) -> None:
        self._window = window
        self._robot = TouchRobot(window)
        self._device = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
        self._chance = random.Random(1)  # noqa: S311 - a repeatable finger
        self._watch: Callable[[float], None] = lambda now: None
        self._act: Callable[[], None] = lambda: None
        self._timer = QTimer(singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._do)
        self.checking = False
        self.unseen: set[str] = set()

    def drawn(self, now: float) -> None:
        self._watch(now)

    def type_text(self, text: str) -> None:
        self._robot.type_text(text)

    def touch(
        self,
        phase: Phase,
        name: str,
        *,
        away: bool = False,
        turned: Wait | None = None,
    ) -> Play:
        """Press the control and let go; `away` slides off before, so that nothing comes of it.

        `turned` says when the next page is there.
        """
        item = yield from self._find(name)
        point = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        before = self._picture(item) if self.checking else None
        due = self._at(LEAD_MS, lambda: self._send("press", point))
        pressed = self._first_frame_where(lambda: bool(item.property("down")))
        yield lambda: bool(pressed)
        phase.presses.append((1000 * (pressed[0] - due), name))
        if before is not None and self._picture(item) == before:
            self.unseen.add(name)
        released: list[bool] = []

        def let_go() -> None:
            if away:
                self._send("move", AWAY)
            self._send("release", AWAY if away else point)
            released.append(True)

        due = self._at(HOLD_MS, let_go)
        seen = self._first_frame_where(turned or (lambda: bool(released)))
        yield lambda: bool(seen)
        if turned is not None:
            phase.turns.append((1000 * (seen[0] - due), name))

    def _find(self, name: str) -> Generator[Wait, None, QQuickItem]:
        yield lambda: not self._window.property("turning")
        patience = time.monotonic() + PATIENCE_S
        while (item := self._robot.find(name)) is None:
            if time.monotonic() > patience:
                raise StageError(f"there is no {name} to touch")
            again = time.monotonic() + 0.1
            yield lambda again=again: time.monotonic() >= again
        return item

    def _first_frame_where(self, true: Wait) -> list[float]:
        """A list that will hold the time of that frame, once it was drawn."""
        seen: list[float] = []

        def look(now: float) -> None:
            if not seen and true():
                seen.append(now)

        self._watch = look
        return seen

    def _at(self, milliseconds: int, act: Callable[[], None]) -> float:
        """Do it at a moment at no fixed distance from the frames; the moment in seconds."""
        wait_ms = milliseconds + self._chance.randrange(REFRESH_MS)
        self._act = act
        self._timer.start(wait_ms)
        return time.monotonic() + wait_ms / 1000

    def _do(self) -> None:
        self._act()

    def _send(self, what: str, point: QPoint) -> None:
        sequence = QTest.touchEvent(self._window, self._device, False)
        getattr(sequence, what)(0, point, self._window)
        sequence.commit(False)

    def _picture(self, item: QQuickItem) -> QImage:
        corners = (QPointF(0, 0), QPointF(item.width(), item.height()))
        return self._robot.grab().copy(QRect(*(item.mapToScene(corner).toPoint() for corner in corners)))
