"""The kiosk with a finger that plays visits and a clock at its frames: `python -m kiosk.bench.stage PLAN RESULT`.

A small mark moves all the time, so that every refresh of the panel wants a frame and a missing one is a stall. A touch
is due at a moment that was fixed before: what a busy window lets it wait counts, as it does for a person.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, QProcess, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QInputDevice
from PySide6.QtQml import QQmlComponent, qmlEngine
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk import paths
from kiosk.app import KioskApplication
from kiosk.config import Config, HisKind, HisSettings, PrinterKind, PrinterSettings
from kiosk.domain.dialogue import events as ev
from kiosk.domain.dialogue import pain_scale
from kiosk.domain.visit import Screen, Speech
from kiosk.ui.microphone import WavMicrophone
from kiosk.ui.touch_robot import TouchRobot

PATIENCE_S = 60.0
HOLD_S = 0.08
"""How long a finger stays down."""
LEAD_S = 0.04
"""Between looking for a control and the moment when the touch is due."""
AWAY = QPoint(2, 2)
EMERGENCY = "压着疼半小时，出冷汗"
EMERGENCY_S = 3.0

_MARK = b"""
import QtQuick
Rectangle {
    width: 6; height: 6; z: 1000; color: "#808080"
    NumberAnimation on x { from: 0; to: 200; duration: 1500; loops: Animation.Infinite }
}
"""

Wait = Callable[[], bool]
Play = Generator[Wait, None, None]
"""A story that goes on at the first frame at which what it yielded is true."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How often to play, how large, and the commands of what else works meanwhile."""

    rounds: int
    width: int
    height: int
    loads: list[list[str]]


@dataclass(slots=True)
class Phase:
    """What was measured while one load was on, or none.

    `frames` are seconds and scenes; `presses` and `turns` are milliseconds from a due touch to the first frame with the
    pressed control, and from a due release to the first frame of the next page, each with the control's name. An
    answer is not among the latter: its page stays a moment on purpose.
    """

    name: str
    frames: list[tuple[float, str]] = field(default_factory=list)
    presses: list[tuple[float, str]] = field(default_factory=list)
    turns: list[tuple[float, str]] = field(default_factory=list)
    done: list[dict[str, float]] = field(default_factory=list)


class StageError(Exception):
    """The visit did not go on; the message says what was awaited."""


class Stage:
    def __init__(self, plan: Plan, folder: Path) -> None:
        self._plan = plan
        self._chance = random.Random(1)  # noqa: S311 - a repeatable finger
        self._application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
        self._microphone = WavMicrophone(paths.assets() / "demo-hospital" / "voice" / "zh-complaint.wav")
        self._size = QSize(plan.width, plan.height)
        self._kiosk = KioskApplication(
            _settings(folder), windowed=True, microphone=self._microphone, size=self._size
        )
        self._window = self._kiosk.window
        self._robot = TouchRobot(self._window)
        self._device = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
        self.phases = [Phase("start")]
        self.unseen: set[str] = set()
        self.problem = ""
        self._scene = "loading"
        self._shown: Callable[[float], None] = lambda now: None
        self._due: Callable[[], None] = lambda: None
        self._timer = QTimer(singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self._due())
        self._story: Play = self._play()
        self._wait: Wait = lambda: self._kiosk.session is not None
        self._since = time.monotonic()
        self._resting = False
        self._sentence_over = False
        self._microphone.finished.connect(self._end_of_sentence)
        self._window.frameSwapped.connect(self._frame)
        self._add_mark()

    def run(self) -> None:
        try:
            self._application.exec()
        finally:
            self._kiosk.shutdown()

    # The clock.

    def _frame(self) -> None:
        now = time.monotonic()
        self.phases[-1].frames.append((now, self._scene))
        self._shown(now)
        if self._resting:
            return
        if now - self._since > PATIENCE_S:
            self._end(f"waited {PATIENCE_S:.0f} s on the screen {self._state.screen}")
        elif self._wait():
            # A frame is being finished here: nothing may touch the window before it is.
            self._resting = True
            QTimer.singleShot(0, self._next)

    def _next(self) -> None:
        self._since = time.monotonic()
        try:
            self._wait = next(self._story)
            # Not sooner: a picture taken by the story draws a frame too.
            self._resting = False
        except StopIteration:
            self._end("")
        except StageError as error:
            self._end(str(error))
        except BaseException:
            self._end("a bug in the measurement itself")
            raise

    def _end(self, problem: str) -> None:
        self.problem = problem
        self._resting = True
        self._kiosk.quit()

    def _add_mark(self) -> None:
        component = QQmlComponent(qmlEngine(self._window))
        component.setData(_MARK, "mark.qml")
        self._mark = component.create()
        if not isinstance(self._mark, QQuickItem):
            raise StageError(component.errorString())
        self._mark.setParentItem(self._window.contentItem())

    # The story.

    @property
    def _state(self):
        return self._kiosk.state

    def _play(self) -> Play:
        # cage gives the window the size of its own panel first.
        self._window.resize(self._size)
        yield lambda: self._state.speech is Speech.READY
        self.phases.append(Phase("first visits"))
        yield from self._pair()
        for _ in range(self._plan.rounds):
            for loads in ([], self._plan.loads) if self._plan.loads else ([],):
                self.phases.append(Phase("load" if loads else "idle"))
                running = [_start(command) for command in loads]
                yield lambda running=running: all(process.canReadLine() for process in running)
                yield from self._pair()
                self._scene = ""
                for process in running:
                    self.phases[-1].done.append(_stop(process))
        self.phases.append(Phase("check"))
        yield from self._pair(check=True)

    def _pair(self, *, check: bool = False) -> Play:
        self._checking = check
        yield from self._spoken()
        yield from self._emergency()
        self._scene = ""

    def _spoken(self) -> Play:
        self._scene = "pages"
        yield from self._until_complaint()
        yield from self._speak()
        yield from self._leave("edit")
        yield from self._turn("confirm")
        while self._state.screen is Screen.QUESTION:
            on_scale = pain_scale.is_shown(self._state)
            yield from self._leave("score_8" if on_scale else "answer_unsure")
            asked = self._state.asked
            yield from self._press("score_3" if on_scale else "answer_absent")
            yield lambda asked=asked: self._state.asked != asked or self._state.screen is not Screen.QUESTION
        for name in ("next", "chooseBest"):
            yield from self._turn(name)
        yield lambda: self._state.offer is not None
        yield from self._turn("book")
        yield from self._turn("slipTaken")
        yield from self._go_home()

    def _until_complaint(self) -> Play:
        for name in ("start", "agree", "withoutName"):
            yield from self._leave("dockNurse")
            yield from self._turn(name)
        for digit in "58":
            yield from self._press(f"digit_{digit}")
        yield from self._turn("next")
        yield from self._turn("sex_male")

    def _speak(self) -> Play:
        self._scene = "listening"
        self._sentence_over = False
        yield from self._press("talk")
        for name in ("type", "dockBigText", "dockNurse", "type"):
            yield from self._leave(name)
        yield lambda: self._sentence_over
        if self._state.speech is Speech.LISTENING:
            # It looks pressed for as long as it listens.
            yield from self._press("talk", looks_pressed=False)
        yield lambda: self._state.screen is not Screen.COMPLAINT or self._state.speech is Speech.READY
        self._scene = "pages"
        if self._state.screen is not Screen.CONFIRM:
            raise StageError(f"nothing was heard: the screen is {self._state.screen}")

    def _emergency(self) -> Play:
        self._scene = "pages"
        yield from self._until_complaint()
        yield from self._turn("type")
        self._scene = "typing"
        for letter in "xiongkouteng":
            yield from self._press(f"key_{letter}")
        yield from self._press("candidate_0", looks_pressed=False)
        self._robot.type_text(EMERGENCY)
        yield from self._turn("key_done")
        self._scene = "emergency"
        yield lambda: self._state.checked_in is not None
        until = time.monotonic() + EMERGENCY_S
        while time.monotonic() < until:
            yield from self._leave("nurseArrived")
        self._scene = "pages"
        yield from self._turn("nurseArrived")
        yield from self._go_home()

    def _go_home(self) -> Play:
        if self._state.screen is not Screen.ATTRACT:
            self._send(ev.Tick(at=self._state.last_touch + 60))
        yield lambda: self._state.screen is Screen.ATTRACT

    def _send(self, event: ev.Event) -> None:
        self._kiosk.session.send(event)

    def _end_of_sentence(self) -> None:
        self._sentence_over = True

    # The finger.

    def _press(self, name: str, *, looks_pressed: bool = True) -> Play:
        yield from self._touch(name, away=False, turns=None, looks_pressed=looks_pressed)

    def _leave(self, name: str) -> Play:
        """Press and slide off: seen, and without a consequence."""
        yield from self._touch(name, away=True, turns=None)

    def _turn(self, name: str) -> Play:
        """Press what leads to the next page."""
        before = self._state.screen
        yield from self._touch(name, away=False, turns=lambda: self._state.screen is not before)

    def _touch(self, name: str, *, away: bool, turns: Wait | None, looks_pressed: bool = True) -> Play:
        item = yield from self._find(name)
        point = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        before = self._look(item) if self._checking and looks_pressed else None
        phase = self.phases[-1]
        due = self._at(LEAD_S, lambda: self._finger("press", point))
        pressed = self._first_frame_where(lambda: bool(item.property("down")))
        yield lambda: bool(pressed)
        if looks_pressed:
            phase.presses.append((1000 * (pressed[0] - due), name))
        if before is not None and self._look(item) == before:
            self.unseen.add(name)
        yield self._after(HOLD_S)
        released: list[bool] = []

        def let_go() -> None:
            if away:
                self._finger("move", AWAY)
            self._finger("release", AWAY if away else point)
            released.append(True)

        due = self._at(LEAD_S, let_go)
        turned = self._first_frame_where(turns or (lambda: bool(released)))
        yield lambda: bool(turned)
        if turns is not None:
            phase.turns.append((1000 * (turned[0] - due), name))

    def _find(self, name: str) -> Generator[Wait, None, QQuickItem]:
        yield lambda: not self._window.property("turning")
        patience = time.monotonic() + PATIENCE_S
        while (item := self._robot.find(name)) is None:
            if time.monotonic() > patience:
                raise StageError(f"there is no {name} on the screen {self._state.screen}")
            # Looking costs the window time.
            yield self._after(0.1)
        return item

    def _first_frame_where(self, true: Wait) -> list[float]:
        """A list that will hold the time of that frame, once it was drawn."""
        seen: list[float] = []

        def look(now: float) -> None:
            if not seen and true():
                seen.append(now)

        self._shown = look
        return seen

    def _at(self, seconds: float, call: Callable[[], None]) -> float:
        """Call at a moment at no fixed distance from the frames; the moment."""
        wait_ms = round(1000 * seconds) + self._chance.randrange(17)
        self._due = call
        self._timer.start(wait_ms)
        return time.monotonic() + wait_ms / 1000

    def _finger(self, what: str, point: QPoint) -> None:
        sequence = QTest.touchEvent(self._window, self._device, False)
        getattr(sequence, what)(0, point, self._window)
        sequence.commit(False)

    @staticmethod
    def _after(seconds: float) -> Wait:
        due = time.monotonic() + seconds
        return lambda: time.monotonic() >= due

    def _look(self, item: QQuickItem) -> QImage:
        place = QRect(
            item.mapToScene(QPointF(0, 0)).toPoint(), item.mapToScene(QPointF(item.width(), item.height())).toPoint()
        )
        return self._robot.grab().copy(place)


def _settings(folder: Path) -> Config:
    """The defaults, with a slip and a hospital system that write files."""
    config = Config(
        printer=PrinterSettings(kind=PrinterKind.FILE, folder=str(folder / "slips")),
        his=HisSettings(kind=HisKind.FILE, folder=str(folder / "his")),
    )
    return replace(config, kiosk=replace(config.kiosk, state=str(folder / "state")))


def _start(command: list[str]) -> QProcess:
    process = QProcess()
    process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
    process.start(command[0], command[1:])
    return process


def _stop(process: QProcess) -> dict[str, float]:
    """End a load; what it says it has done."""
    process.readAllStandardOutput()
    process.closeWriteChannel()
    process.waitForFinished(15_000)
    said = bytes(process.readAllStandardOutput().data()).decode().split("\n")
    return json.loads(said[0]) if said[0] else {}


def main(plan: Path, result: Path) -> int:
    with tempfile.TemporaryDirectory(prefix="daozhen-bench-") as folder:
        stage = Stage(Plan(**json.loads(plan.read_text(encoding="utf-8"))), Path(folder))
        stage.run()
    told = {
        "phases": [asdict(phase) for phase in stage.phases],
        "unseen": sorted(stage.unseen),
        "problem": stage.problem,
        "platform": QGuiApplication.platformName(),
    }
    result.write_text(json.dumps(told), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
