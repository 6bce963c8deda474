"""Draw docs/pictures: every screen of a visit in both languages, from the real application with the real content.

python packaging/pictures.py [FOLDER]
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication

from kiosk import paths
from kiosk.app import KioskApplication
from kiosk.config import Config, HisKind, HisSettings, PrinterKind, PrinterSettings
from kiosk.domain.dialogue import events as v
from kiosk.domain.dialogue import pain_scale
from kiosk.domain.dialogue.events import Event
from kiosk.domain.errors import PrinterProblem
from kiosk.domain.findings import Side, Status
from kiosk.domain.language import Language
from kiosk.domain.patient import Sex
from kiosk.domain.visit import Screen, Speech, State
from kiosk.ui.microphone import WavMicrophone
from kiosk.ui.touch_robot import TouchRobot

ROOT = Path(__file__).resolve().parent.parent
SIZE = QSize(540, 960)
SMALLEST = 0
"""PNG quality of Qt: the best compression."""
VISIT = "00000000-0000-4000-8000-00000000000{}"
DANGER = {Language.ZH: "我胸口很疼，出汗，呼吸困难", Language.EN: "I have chest pain and shortness of breath"}


class Artist:
    def __init__(self, folder: Path, language: Language, state: Path) -> None:
        config = Config(
            printer=PrinterSettings(kind=PrinterKind.FILE, folder=str(state / "slips")),
            his=HisSettings(kind=HisKind.FILE, folder=str(state / "his")),
        )
        config = replace(config, kiosk=replace(config.kiosk, state=str(state), language=language))
        config = replace(config, display=replace(config.display, reduce_motion=True))
        self._folder = folder
        self._language = language
        self._sound = sound = WavMicrophone(paths.assets() / "demo-hospital" / "voice" / f"{language}-complaint.wav")
        self.kiosk = KioskApplication(config, windowed=True, microphone=sound, size=QSize(1080, 1920))
        self.robot = TouchRobot(self.kiosk.window)
        self.wait(lambda: self.kiosk.session is not None and self.state.speech is Speech.READY)

    @property
    def state(self) -> State:
        return self.kiosk.state

    def do(self, *events: Event) -> None:
        assert self.kiosk.session is not None
        for event in events:
            self.kiosk.session.send(event)

    def wait(self, arrived: Callable[[], bool]) -> None:
        if not self.robot.wait_until(arrived, 30):
            raise SystemExit(f"the kiosk stands still on the screen {self.state.screen}")

    def draw(self, name: str) -> None:
        self.robot.settle()
        picture = self.robot.grab().scaled(
            SIZE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        picture.save(str(self._folder / f"{name}-{self._language}.png"), "PNG", SMALLEST)

    def visit(self) -> None:
        """From welcome to farewell, stopping at every screen."""
        now = self.kiosk.session.now if self.kiosk.session else (lambda: 0.0)
        wall = self.kiosk.session.wall() if self.kiosk.session else None
        assert wall is not None
        self.draw("welcome")
        for name, event in self._identity(now(), wall):
            self.do(event)
            if name:
                self.draw(name)
        self.do(v.ComplaintPicked(at=now(), code="joints"))
        self.draw("pick")
        self.do(v.Back(at=now()))
        self._point(now)
        self.do(v.TypingOpened(at=now()))
        self.draw("typing")
        said: list[bool] = []
        self._sound.finished.connect(lambda: said.append(True))
        self.do(v.Back(at=now()), v.TalkPressed(at=now()))
        self.wait(lambda: bool(self.state.live_words))
        self.draw("listening")
        self.wait(lambda: bool(said))
        self.do(v.TalkReleased(at=now()))
        self.wait(lambda: self.state.screen is Screen.CONFIRM)
        self.draw("confirm")
        self.do(v.Confirmed(at=now()))
        if pain_scale.is_shown(self.state):
            self.do(v.PainScored(at=now(), score=4))
        self.draw("question")
        while self.state.screen is Screen.QUESTION:
            self.do(v.Answered(at=now(), code=self.state.question, status=Status.ABSENT))
        self.draw("summary")
        self.do(v.Next(at=now()))
        self.draw("result")
        assert self.state.assessment is not None
        self.do(v.DepartmentChosen(at=now(), code=self.state.assessment.departments[0].code))
        self.draw("booking")
        offer = self.state.offer
        if offer is not None and offer.slots:
            self.do(v.SlotChosen(at=now(), slot=offer.slots[1]))
        self.do(v.BookingAccepted(at=now(), walk_in=self.state.slot is None, wall=wall))
        self.do(v.SlipPrinted(at=now()))
        self.draw("slip")
        self.do(v.SlipFailed(at=now(), problem=PrinterProblem.PAPER_OUT))
        self.draw("slip-no-paper")
        self.do(v.SlipTaken(at=now(), taken=True))
        self.draw("farewell")
        self.do(v.Ended(at=now()))

    def _point(self, now: Callable[[], float]) -> None:
        """The body map, without leaving a choice behind."""
        self.do(v.BodyOpened(at=now()))
        self.draw("body")
        self.do(v.PlaceChosen(at=now(), code="head"))
        self.draw("body-head")
        self.do(v.Back(at=now()), v.PlaceChosen(at=now(), code="leg"), v.PlaceChosen(at=now(), code="knee"))
        self.do(v.SideChosen(at=now(), side=Side.LEFT), v.FindingTapped(at=now(), code="knee_pain"))
        self.draw("place")
        self.do(v.FindingTapped(at=now(), code="knee_pain"), *(v.Back(at=now()) for _ in range(3)))

    def _identity(self, at: float, wall: object) -> Iterator[tuple[str, Event]]:
        yield "consent", v.Started(at=at, visit_id=VISIT.format(1), today=date(2026, 1, 5))
        yield "who", v.ConsentGiven(at=at, wall=wall)
        yield "phone", v.WithPhone(at=at)
        for digit in "13800138000":
            yield "", v.Keyed(at=at, digit=digit)
        yield "birth", v.Next(at=at)
        yield "", v.Back(at=at)
        yield "age", v.WithoutName(at=at)
        for digit in "46":
            yield "", v.Keyed(at=at, digit=digit)
        yield "sex", v.Next(at=at)
        yield "complaint", v.SexChosen(at=at, sex=Sex.FEMALE)

    def others(self) -> None:
        """The screens that not every visit sees."""
        assert self.kiosk.session is not None
        now, wall = self.kiosk.session.now, self.kiosk.session.wall()
        self.do(v.Started(at=now(), visit_id=VISIT.format(2), today=wall.date()), v.NurseCalled(at=now()))
        self.draw("nurse")
        self.do(v.NurseArrived(at=now()), v.Touched(at=now() - 46), v.Tick(at=now()))
        self.draw("still-there")
        self.do(v.StillHere(at=now()), v.ConsentRefused(at=now()))
        self.draw("desk")
        self.do(v.Ended(at=now()), v.Started(at=now(), visit_id=VISIT.format(3), today=wall.date()))
        self.do(v.ConsentGiven(at=now(), wall=wall), v.WithoutName(at=now()), v.Keyed(at=now(), digit="5"))
        self.do(v.Keyed(at=now(), digit="8"), v.Next(at=now()), v.SexChosen(at=now(), sex=Sex.MALE))
        self.do(v.TypingOpened(at=now()), v.Typed(at=now(), text=DANGER[self._language]))
        self.draw("emergency")
        self.do(v.NurseArrived(at=now()))
        for name, age in (("pain", "46"), ("pain-faces", "6")):
            self.do(
                v.Started(at=now(), visit_id=VISIT.format(4), today=wall.date()), v.ConsentGiven(at=now(), wall=wall)
            )
            self.do(v.WithoutName(at=now()), *(v.Keyed(at=now(), digit=digit) for digit in age), v.Next(at=now()))
            self.do(v.SexChosen(at=now(), sex=Sex.FEMALE), v.ComplaintPicked(at=now(), code="joints"))
            self.do(v.FindingTapped(at=now(), code="knee_pain"), v.Next(at=now()))
            self.draw(name)
            self.do(v.Ended(at=now()), v.Ended(at=now()))


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication([])
    for language in Language:
        with tempfile.TemporaryDirectory() as state:
            artist = Artist(folder, language, Path(state))
            artist.visit()
            artist.others()
            artist.kiosk.shutdown()
    application.processEvents()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
