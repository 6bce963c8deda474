"""Visits one after another in one window: memory stays flat, nothing is warned of, nothing is left over.

`python tests/soak/soak_visits.py --visits 1000` plays them by touch through the composed kiosk with a store of its own,
slips into a folder and no hospital system, and ends with exit code 1 when a rule is broken. Patients differ by a seed:
some type, some tap, some give up half-way, some walk away, some have an emergency. After each visit the state must
equal a fresh one, and no word of the patient may be in the window's tree.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("DAOZHEN_LOG", "WARNING")

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

from kiosk.app import KioskApplication
from kiosk.config import Config, DisplaySettings, PrinterKind, PrinterSettings, SpeechSettings
from kiosk.domain.dialogue import events as ev
from kiosk.domain.dialogue import pain_scale
from kiosk.domain.language import Language
from kiosk.domain.session import fresh
from kiosk.domain.visit import Screen
from kiosk.ui.touch_robot import TouchRobot, visible_items

PATIENCE_S = 30.0
WARM_UP = 50
"""Visits before memory is first looked at: caches fill, fonts and pages are loaded."""
MOST_GROWTH = 0.05
COMPLAINTS = {
    Language.ZH: ("耳朵疼两天了", "头疼，没有发烧", "膝盖上下楼疼", "咳嗽一周，有痰", "肚子胀，不想吃饭"),
    Language.EN: ("my knee hurts", "a rash on my arm since monday", "I have a sore throat and no fever"),
}
ANSWERS = ("answer_absent", "answer_absent", "answer_unsure", "answer_present")
SCORES = ("score_0", "score_3", "score_6", "score_8", "score_unknown")
EMERGENCY = {Language.ZH: "胸口压着疼半小时，出冷汗", Language.EN: "crushing chest pain and I am sweating"}


class BrokenRuleError(Exception):
    """What went wrong, with the number of the visit."""


@dataclass
class Soak:
    kiosk: KioskApplication
    robot: TouchRobot
    chance: random.Random
    ends: dict[str, int] = field(default_factory=dict)
    frames: int = 0

    def __post_init__(self) -> None:
        self.kiosk.window.frameSwapped.connect(self._count_frame)

    def _count_frame(self) -> None:
        self.frames += 1

    def visit(self, number: int) -> None:
        if self.chance.random() < 0.2:
            self._touch("dockLanguage")
        language = self._state.language
        text = EMERGENCY[language] if number % 25 == 0 else self.chance.choice(COMPLAINTS[language])
        end = self._play(text)
        self.ends[end] = self.ends.get(end, 0) + 1
        self._until("the first screen", lambda: self._state.screen is Screen.ATTRACT)
        self._check(number, text)

    def _play(self, text: str) -> str:
        for name in ("start", "agree", "withoutName"):
            self._touch(name)
        for digit in str(self.chance.randint(16, 88)):
            self._touch(f"digit_{digit}")
        self._touch("next")
        self._touch(self.chance.choice(["sex_male", "sex_female"]))
        if self.chance.random() < 0.1:
            return self._walk_away()
        self._touch("type")
        self.robot.type_text(text)
        self._touch("key_done")
        self._until("words understood", lambda: self._state.screen is not Screen.TYPING)
        if self._state.screen is Screen.EMERGENCY:
            return self._nurse_comes()
        if self.chance.random() < 0.1:
            self._touch("dockEnd")
            return self._farewell("gave up")
        self._touch("confirm")
        self._until("the pictures of dangers", lambda: self._state.screen is Screen.DANGERS)
        if self.chance.random() < 0.1:
            self._touch("danger_injury")
            self._touch("dockBack")
        self._touch("none")
        return self._answer()

    def _answer(self) -> str:
        while self._state.screen is Screen.QUESTION:
            asked = self._state.asked
            names = SCORES if pain_scale.is_shown(self._state) else ANSWERS
            self._touch(self.chance.choice(names))
            self._until(
                "the next question",
                lambda asked=asked: self._state.asked != asked or self._state.screen is not Screen.QUESTION,
            )
        if self._state.screen is Screen.EMERGENCY:
            return self._nurse_comes()
        for name in ("next", "door_"):
            self._touch(name)
        self._until("free times", lambda: self._state.offer is not None)
        self._touch("book")
        self._until("the check-in", lambda: self._state.screen is Screen.SLIP)
        self._touch("slipTaken")
        return self._farewell("checked in")

    def _farewell(self, end: str) -> str:
        self._until("the farewell", lambda: self._state.screen in (Screen.FAREWELL, Screen.ATTRACT))
        self._send(ev.Tick(at=self._state.last_touch + 60))
        return end

    def _walk_away(self) -> str:
        timing, last = self._state.clinic.timing, self._state.last_touch
        self._send(ev.Tick(at=last + timing.idle_s + 1), ev.Tick(at=last + timing.idle_s + timing.warning_s + 2))
        return "walked away"

    def _nurse_comes(self) -> str:
        self._until("the registration", lambda: self._state.checked_in is not None)
        self._touch("nurseArrived")
        return "emergency"

    def _check(self, number: int, text: str) -> None:
        state = self._state
        if replace(fresh(state), last_touch=0.0) != replace(state, last_touch=0.0):
            raise BrokenRuleError(f"visit {number}: the state is not a fresh one")
        left = [words for words in self._texts() if text in words]
        if left:
            raise BrokenRuleError(f"visit {number}: the window still says {left[0]!r}")
        if self.kiosk._engine.warnings:
            raise BrokenRuleError(f"visit {number}: {self.kiosk._engine.warnings[0]}")

    def _texts(self) -> Iterator[str]:
        for item in visible_items(self.kiosk.window.contentItem()):
            yield str(item.property("text") or "")

    @property
    def _state(self):
        return self.kiosk.state

    def _send(self, *events: ev.Event) -> None:
        assert self.kiosk.session is not None
        for event in events:
            self.kiosk.session.send(event)
        self.kiosk.session.store_now()

    def _touch(self, name: str) -> None:
        """Touch a control as it is drawn: a page that has just been made is laid out with the next frame."""
        self._until(f"the control {name}", lambda: self.robot.find(name) is not None)
        drawn = self.frames
        self.kiosk.window.update()
        self._until("the next frame", lambda: self.frames > drawn)
        self._until(f"the control {name}", lambda: self.robot.find(name) is not None)
        item = self.robot.find(name)
        assert item is not None
        self.robot.touch(item)

    def _until(self, what: str, arrived) -> None:
        if not self.robot.wait_until(arrived, PATIENCE_S):
            raise BrokenRuleError(
                f"waited in vain for {what} on {self._state.screen}, having heard {self._state.heard!r}"
            )


def resident_mb() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--visits", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="daozhen-soak-") as folder:
        return soak(options.visits, options.seed, Path(folder))


def soak(visits: int, seed: int, folder: Path) -> int:
    app = QGuiApplication([])
    config = Config(
        display=DisplaySettings(reduce_motion=True),
        speech=SpeechSettings(enabled=False),
        printer=PrinterSettings(kind=PrinterKind.FILE, folder=str(folder / "slips")),
    )
    config = replace(config, kiosk=replace(config.kiosk, state=str(folder / "state")))
    kiosk = KioskApplication(config, windowed=True, size=QSize(1080, 1920))
    kiosk.window.setProperty("guard", 0)
    robot = TouchRobot(kiosk.window)
    run = Soak(kiosk, robot, random.Random(seed))  # noqa: S311 - a repeatable crowd
    began, memory = time.monotonic(), {}
    try:
        if not robot.wait_until(lambda: kiosk.session is not None, PATIENCE_S):
            raise BrokenRuleError("the kiosk did not become ready")
        for number in range(1, visits + 1):
            run.visit(number)
            if number == min(WARM_UP, visits) or number % 100 == 0:
                memory[number] = round(resident_mb(), 1)
                print(f"visit {number}: {memory[number]:.1f} MB, {time.monotonic() - began:.0f} s", flush=True)
    except BrokenRuleError as error:
        print(f"BROKEN: {error}")
        return 1
    finally:
        kiosk.shutdown()
        del app
    return report(memory, run.ends)


def report(memory: dict[int, float], ends: dict[str, int]) -> int:
    first, last = next(iter(memory.values())), next(reversed(memory.values()))
    growth = last / first - 1
    print(json.dumps({"ends": ends, "memory_mb": memory, "growth": round(growth, 4)}))
    print(f"memory grew by {100 * growth:.1f} % (at most {100 * MOST_GROWTH:.0f} %)")
    return 0 if growth <= MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
