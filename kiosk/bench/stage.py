"""The kiosk with a finger that plays visits and a clock at its frames: `python -m kiosk.bench.stage PLAN RESULT`.

A small mark moves all the time, so that every refresh of the panel wants a frame and a missing one is a stall.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import asdict, replace
from pathlib import Path

from PySide6.QtCore import QProcess, QSize, QTimer
from PySide6.QtQml import QQmlComponent, qmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk import paths
from kiosk.app import KioskApplication
from kiosk.bench.finger import PATIENCE_S, Finger
from kiosk.bench.phases import Phase, Plan, Play, StageError, Wait
from kiosk.bench.visits import Visits
from kiosk.config import Config, HisKind, HisSettings, PrinterKind, PrinterSettings
from kiosk.domain.visit import Speech
from kiosk.ui.microphone import WavMicrophone

STOP_MS = 15_000
_MARK = b"""
import QtQuick
Rectangle {
    width: 6; height: 6; z: 1000; color: "#808080"
    NumberAnimation on x { from: 0; to: 200; duration: 1500; loops: Animation.Infinite }
}
"""


class Stage:
    """Plays the plan; afterwards `phases` hold what was measured and `problem` why it broke off, if it did."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self._plan = plan
        self._size = QSize(plan.width, plan.height)
        microphone = WavMicrophone(paths.assets() / "demo-hospital" / "voice" / "zh-complaint.wav")
        self._settings = _settings(folder, plan.his_url)
        self._kiosk = KioskApplication(self._settings, windowed=True, microphone=microphone, size=self._size)
        self._window = self._kiosk.window
        self._finger = Finger(self._window)
        self._visits = Visits(self._kiosk, self._finger, microphone)
        self.phases = [Phase("start", "loading")]
        self.problem = ""
        self._story: Play = self._play()
        self._wait: Wait = lambda: self._kiosk.session is not None
        self._since = time.monotonic()
        self._resting = False
        self._mark = _moving_mark(self._window)
        self._window.frameSwapped.connect(self._frame)

    def run(self) -> None:
        self._kiosk.exec()

    def told(self) -> dict[str, object]:
        return {
            "phases": [asdict(phase) for phase in self.phases],
            "unseen": sorted(self._finger.unseen),
            "problem": self.problem,
        }

    def _frame(self) -> None:
        now = time.monotonic()
        phase = self.phases[-1]
        phase.frames.append((now, phase.scene))
        self._finger.drawn(now)
        if self._resting:
            return
        if now - self._since > PATIENCE_S:
            self._end(f"nothing came for {PATIENCE_S:.0f} s on the screen {self._kiosk.state.screen}")
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
            self._end(f"{error} on the screen {self._kiosk.state.screen}")
        except BaseException:
            self._end("a bug in the measurement itself")
            raise

    def _end(self, problem: str) -> None:
        self.problem = problem
        self._resting = True
        self._kiosk.quit()

    def _play(self) -> Play:
        # cage gives the window the size of its own panel first.
        self._window.resize(self._size)
        yield lambda: self._kiosk.state.speech is Speech.READY
        if self._plan.rounds:
            yield from self._visits.play(self._begin("first visits"))
        for _ in range(self._plan.rounds):
            yield from self._visits.play(self._begin("idle"))
            if self._plan.loads:
                yield from self._beside_loads(self._begin("load"))
        self._finger.checking = True
        yield from self._visits.play(self._begin("check"))

    def _beside_loads(self, phase: Phase) -> Play:
        state = self._settings.kiosk.state
        running = [_start([part.replace("{state}", state) for part in command]) for command in self._plan.loads]
        yield lambda: all(process.canReadLine() for process in running)
        yield from self._visits.play(phase)
        phase.done.extend(_stop(process) for process in running)

    def _begin(self, name: str) -> Phase:
        self.phases.append(Phase(name))
        return self.phases[-1]


def _moving_mark(window: QQuickWindow) -> QQuickItem:
    component = QQmlComponent(qmlEngine(window))
    component.setData(_MARK, "mark.qml")
    mark = component.create()
    if not isinstance(mark, QQuickItem):
        raise StageError(component.errorString())
    mark.setParentItem(window.contentItem())
    return mark


def _settings(folder: Path, his_url: str) -> Config:
    """The defaults, with slips that are files."""
    his = HisSettings(kind=HisKind.FILE, folder=str(folder / "his"))
    if his_url:
        his = HisSettings(kind=HisKind.FHIR, url=his_url)
    config = Config(printer=PrinterSettings(kind=PrinterKind.FILE, folder=str(folder / "slips")), his=his)
    return replace(config, kiosk=replace(config.kiosk, state=str(folder / "state")))


def _start(command: list[str]) -> QProcess:
    process = QProcess()
    process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
    process.start(command[0], command[1:])
    return process


def _stop(process: QProcess) -> dict[str, float]:
    """End a load; what it says it has done."""
    process.closeWriteChannel()
    if not process.waitForFinished(STOP_MS):
        process.kill()
        process.waitForFinished(STOP_MS)
    said = bytes(process.readAllStandardOutput().data()).decode().split()
    return json.loads(" ".join(said[1:])) if len(said) > 1 else {}


def main(plan: Path, result: Path) -> int:
    with tempfile.TemporaryDirectory(prefix="daozhen-bench-") as folder:
        stage = Stage(Plan(**json.loads(plan.read_text(encoding="utf-8"))), Path(folder))
        stage.run()
    result.write_text(json.dumps(stage.told()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
