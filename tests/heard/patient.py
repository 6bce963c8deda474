"""Somebody before the whole kiosk of this process: touches what is seen, and speaks into its microphone."""

from __future__ import annotations

import os
import re
import subprocess
import time
import wave
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

from kiosk.app import KioskApplication
from kiosk.config import Config
from kiosk.domain.dialogue import events as ev
from kiosk.domain.visit import Screen, Speech, State
from kiosk.ui.engine import prepare_environment
from kiosk.ui.touch_robot import TouchRobot
from kiosk.wire.sound_check import SAMPLE_RATE

PATIENCE_S = 40.0
STILL_OPEN_S = 4.0
"""A patient whose words are over for so long taps again."""
TO_COMPLAINT = ("start", "agree", "withoutName", "digit_3", "digit_4", "next", "sex_male")
_HOLE = re.compile(rb"(?:\x00\x00){80,}")
"""5 ms without the microphone's own noise: sound that the virtual microphone lost."""
_TALKS = (Speech.LISTENING, Speech.RECOGNISING)

Utterance = Mapping[str, Any]
"""`text` that `wav` says, the seconds at which its words end, and whether the patient waits for the microphone."""


class NotArrived(RuntimeError):
    """The kiosk did not come where it should."""


class Patient:
    """`sink` is what the sound server plays into the microphone. The environment names the sound server."""

    def __init__(self, config: Config, sink: str) -> None:
        prepare_environment()
        self._application = QGuiApplication([])
        self._sink = sink
        self.kiosk = KioskApplication(config, windowed=True, size=QSize(1080, 1920))
        self._robot = TouchRobot(self.kiosk.window)
        self.until(lambda: self.kiosk.session is not None)
        self._got: list[bytes] = []
        self._transcripts: list[str] = []
        assert self.kiosk.microphone is not None
        self.kiosk.microphone.frames.connect(self._got.append)
        assert self.kiosk.speech is not None
        self.kiosk.speech.transcript.connect(lambda message: self._transcripts.append(message.text))
        self.until(lambda: self.state.can_hear)

    @property
    def state(self) -> State:
        return self.kiosk.state

    def close(self) -> None:
        self.kiosk.shutdown()

    def new_visit(self) -> None:
        """From wherever the last one stands to the question what is wrong."""
        session = self.kiosk.session
        assert session is not None
        if self.state.screen is not Screen.ATTRACT:
            session.send(ev.Ended(at=session.now()))
        for wait_s in (60, 90, 10_000):
            if self.state.screen is not Screen.ATTRACT:
                session.send(ev.Tick(at=self.state.last_touch + wait_s))
        self.until(lambda: self.state.screen is Screen.ATTRACT)
        for name in TO_COMPLAINT:
            self.touch(name)
        self.until(lambda: self.state.screen is Screen.COMPLAINT and self.state.can_hear)

    def say(self, one: Utterance) -> dict[str, Any]:
        """Tap, say it, wait for the end of listening; what became of the sound on the way.

        `early_s`: seconds of the words that listening did not wait for. `late`: it did not end by itself.
        `after_words_s`: from the last word to what was heard. `holes` and `lost_s`: what the virtual microphone lost.
        """
        self._got.clear()
        self._transcripts.clear()
        with wave.open(one["wav"]) as sound:
            length_s = sound.getnframes() / sound.getframerate()
        self.touch("talk")
        if one["waits"]:
            self.until(lambda: bool(self._got) or self.state.speech not in _TALKS)
        begun = time.monotonic()
        player = subprocess.Popen(["paplay", f"--device={self._sink}", one["wav"]])
        late = False
        try:
            while not self._robot.wait_until(lambda: self.state.speech not in _TALKS, 0.5):
                if not late and time.monotonic() - begun > length_s + STILL_OPEN_S:
                    late = True
                    self.touch("talk")
        finally:
            ended = time.monotonic()
            played = player.poll() is not None
            if not played:
                player.terminate()
            player.wait(PATIENCE_S)
        inside = b"".join(self._got).strip(b"\x00")
        seconds = len(inside) / 2 / SAMPLE_RATE
        return {
            "text": one["text"],
            "transcript": self._transcripts[-1] if self._transcripts else "",
            "problem": self.state.input_problem,
            "late": late,
            "early_s": round(max(0.0, one["ends_s"] - seconds), 2),
            "after_words_s": round(ended - begun - one["ends_s"], 2),
            "holes": len(_HOLE.findall(inside)),
            "lost_s": round(length_s - seconds, 2) if played else None,
        }

    def type_text(self, text: str) -> None:
        """From the complaint's page."""
        self.touch("type")
        self.until(lambda: self.state.screen is Screen.TYPING)
        self._robot.settle()
        self._robot.type_text(text)
        self.touch("key_done")

    def sees(self, name: str) -> bool:
        return self._robot.find(name) is not None

    def touch(self, name: str) -> None:
        self.until(lambda: self.sees(name))
        item = self._robot.find(name)
        assert item is not None
        self._robot.touch(item)

    def until(self, arrived: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
        if not self._robot.wait_until(arrived, patience_s):
            raise NotArrived(f"waited too long on {self.state.screen}, {self.state.speech}")


def settings(config: Config, state: Path) -> Config:
    """What every visit of these measurements has: its own store, no language model, pages that turn at once."""
    config = replace(config, kiosk=replace(config.kiosk, state=str(state)))
    config = replace(config, llm=replace(config.llm, model="off"))
    return replace(config, display=replace(config.display, reduce_motion=True))
