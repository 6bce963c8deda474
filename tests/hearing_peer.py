"""Run as a program with PULSE_SERVER set: the whole kiosk before a real sound server and its microphones.

It reads steps from its standard input, one word a line, and answers each with one JSON line: what the patient sees
then. The test plugs microphones in and out and speaks into them meanwhile.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

from kiosk.app import KioskApplication
from kiosk.config import Config, VoiceKind
from kiosk.domain.language import Language
from kiosk.domain.visit import Screen, Speech
from kiosk.ui.engine import prepare_environment
from kiosk.ui.touch_robot import TouchRobot

PATIENCE_S = 40.0
AGAIN_S = 5.0
"""Whoever sees nothing happen for so long touches again."""


class Patient:
    def __init__(self, state: Path) -> None:
        prepare_environment()
        self._application = QGuiApplication([])
        config = Config(kiosk=replace(Config().kiosk, state=str(state), language=Language.EN))
        config = replace(config, voice=replace(config.voice, kind=VoiceKind.OFF))
        config = replace(config, llm=replace(config.llm, model="off"))
        self._kiosk = KioskApplication(config, windowed=True, size=QSize(1080, 1920))
        self._robot = TouchRobot(self._kiosk.window)
        self._until(lambda: self._kiosk.session is not None)

    def do(self, step: str) -> dict[str, object]:
        getattr(self, step)()
        state = self._kiosk.state
        return {
            "screen": state.screen,
            "heard": state.heard,
            "problem": state.input_problem,
            "can_hear": state.can_hear,
            "speech": state.speech,
        }

    def to_complaint(self) -> None:
        for name, screen in (("start", Screen.CONSENT), ("agree", Screen.WHO), ("withoutName", Screen.AGE)):
            self._turn(name, screen)
        for name in ("digit_3", "digit_4"):
            self._touch(name)
        for name, screen in (("next", Screen.SEX), ("sex_male", Screen.COMPLAINT)):
            self._turn(name, screen)

    def can_hear(self) -> None:
        self._until(lambda: self._kiosk.state.can_hear)

    def cannot_hear(self) -> None:
        self._until(lambda: not self._kiosk.state.can_hear)

    def tap_talk(self) -> None:
        """Begin to listen; answered when sound arrives, which a sound server may give only after two seconds."""
        assert self._kiosk.session is not None
        sounds: list[float] = []
        self._kiosk.session.sound.connect(lambda level, advice: sounds.append(level))
        self._touch("talk")
        self._until(lambda: bool(sounds))

    def live_words(self) -> None:
        self._until(lambda: bool(self._kiosk.state.live_words))

    def words(self) -> None:
        """The end of the utterance."""
        self._until(lambda: self._kiosk.state.speech not in (Speech.LISTENING, Speech.RECOGNISING))

    def kill_sound(self) -> None:
        """What takes sound in and gives it out crashes."""
        assert self._kiosk.sound is not None
        os.kill(self._kiosk.sound.pid, signal.SIGKILL)

    def say_again(self) -> None:
        self._touch("sayAgain")
        self._until(lambda: self._kiosk.state.screen is Screen.COMPLAINT)

    def tap_tile(self) -> None:
        self._touch("tile_")
        self._until(lambda: self._kiosk.state.screen is Screen.PICK)

    def back(self) -> None:
        self._touch("dockBack")
        self._until(lambda: self._kiosk.state.screen is Screen.COMPLAINT)

    def leave(self) -> None:
        self._kiosk.shutdown()

    def _turn(self, name: str, screen: Screen) -> None:
        """Touch until the page turns: while parts of the kiosk still start, a press may meet a page being changed."""

        def turned() -> bool:
            return self._kiosk.state.screen is screen

        for _ in range(3):
            self._until(lambda: turned() or self._robot.find(name) is not None)
            item = self._robot.find(name)
            if item is not None and not turned():
                self._robot.touch(item)
            if self._robot.wait_until(turned, AGAIN_S):
                return
        self._until(turned)

    def _touch(self, name: str) -> None:
        self._until(lambda: self._robot.find(name) is not None)
        self._robot.touch(self._robot.find(name))

    def _until(self, arrived: Callable[[], bool]) -> None:
        if not self._robot.wait_until(arrived, PATIENCE_S):
            raise SystemExit(f"waited too long on {self._kiosk.state.screen}, {self._kiosk.state.speech}")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        patient = Patient(Path(folder))
        for line in sys.stdin:
            sys.stdout.write(json.dumps(patient.do(line.strip())) + "\n")
            sys.stdout.flush()
        patient.leave()


if __name__ == "__main__":
    main()
