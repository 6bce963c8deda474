"""Write docs/spoken-visit-zh.md and -en.md: what a patient hears who cannot see and uses twelve keys only.

python packaging/spoken_visit.py [FOLDER]

The patient of this file knows nothing of the screen: each key follows from a sentence that was heard.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from kiosk.app import KioskApplication
from kiosk.config import Config, HisKind, HisSettings, PrinterKind, PrinterSettings, SpeechSettings
from kiosk.domain.language import Language
from kiosk.domain.outbox import Lane
from kiosk.domain.visit import Delivery, Screen
from kiosk.ui.reading.outputs import Hearing
from kiosk.ui.reading.page import parts_of
from kiosk.ui.reading.recorder import RecordingVoice
from kiosk.ui.touch_robot import TouchRobot
from kiosk.ui.worker_process import WorkerProcess
from kiosk.wire.worker_messages import Delivered, DeliveryFailed, Message

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 1, 5, 9, 42, tzinfo=timezone(timedelta(hours=8)))
PATIENCE_S = 30
MOST_STEPS = 60
AT_WORK = frozenset(
    {"One moment…", "One moment, understanding…", "Looking for free times…"}
    | {"请稍等…", "正在听懂…", "正在找空的时间…"}
)
"""Stand on a page while the work behind a key goes on. This patient is told the first sentence meanwhile."""
KEYS = {**{str(figure): Qt.Key(Qt.Key.Key_0 + figure) for figure in range(10)}, "#": Qt.Key.Key_NumberSign}


@dataclass(frozen=True)
class Patient:
    """What somebody wants, in the order in which the kiosk may offer it, and how to tell that it is over.

    `wishes` are patterns of the words of a choice; `typed` answers a question with figures. The first wish that is
    offered is chosen, each choice once; only the answer `denial` is given again and again. `pain` is the question that
    one figure answers.
    """

    language: Language
    press: str
    wishes: tuple[str, ...]
    denial: str
    typed: tuple[tuple[str, str], ...]
    pain: tuple[str, str]
    over: str


PATIENTS = {
    Language.ZH: Patient(
        Language.ZH,
        r"^按 ([\d ]+)，(.*)$",
        (
            "^拿到了",
            "^开始",
            "^可以，开始",
            "^不留姓名",
            "^男",
            "^膝盖痛$",
            "^关节骨头$",
            "^就这些",
            "^都没有",
            "^没有",
            "^对",
            "^就看",
            "^最早",
            "^不挑医生|^取",
        ),
        "^没有",
        (("^看病的人多大", "46"),),
        ("^有几分疼就按几", "3"),
        "祝您早日康复",
    ),
    Language.EN: Patient(
        Language.EN,
        r"^Press ([\d ]+), (.*)$",
        (
            "^I have it",
            "^Start",
            "^Yes, begin",
            "^Without a name",
            "^Male",
            "(?i)^knee pain$|^my knee|^Pain in the knee",
            "^Joints or bones$",
            "^That is all",
            "^None of these",
            "^No$",
            "^Yes",
            "^Go to|^Choose",
            "^Earliest",
            "^Any doctor|^Take a number",
        ),
        "^No$",
        (("^How old", "46"),),
        ("^Press the figure of your pain", "3"),
        "Get well soon",
    ),
}


class FixedClock:
    def now(self) -> datetime:
        return NOW


class BlindVisit:
    """One visit by keys; `story` is what was heard and pressed in its order."""

    def __init__(self, patient: Patient, state: Path) -> None:
        config = Config(
            printer=PrinterSettings(kind=PrinterKind.FILE, folder=str(state / "slips")),
            his=HisSettings(kind=HisKind.FILE, folder=str(state / "his")),
            speech=SpeechSettings(enabled=False),
        )
        config = replace(config, kiosk=replace(config.kiosk, state=str(state), language=patient.language))
        config = replace(config, display=replace(config.display, reduce_motion=True))
        self._patient = patient
        self._voice = RecordingVoice(Hearing.LOBBY)
        self._voice.slow = True
        self._heard = 0
        self._slips: list[Delivered] = []
        self._chosen: set[str] = set()
        self.story: list[tuple[str, list[str]]] = []
        self.kiosk = KioskApplication(
            config, windowed=True, voice=self._voice, clock=FixedClock(), size=QSize(1080, 1920)
        )
        # This patient answers sooner than anybody can listen; the guard against a second tap would take it for one.
        self.kiosk.window.setProperty("guard", 0)
        self._robot = TouchRobot(self.kiosk.window)
        if not self._robot.wait_until(lambda: self.kiosk.session is not None, PATIENCE_S):
            raise SystemExit("the kiosk did not start")
        self._let_slips_out()

    def go(self) -> None:
        """From the headphones going in to the last words."""
        self._voice.hear(Hearing.PRIVATE)
        page = self._listen("headphones plugged in")
        for _ in range(MOST_STEPS):
            if any(self._patient.over in text for text in page):
                return
            page = self._answer(page)
        raise SystemExit("the visit does not end")

    def _answer(self, page: list[str]) -> list[str]:
        for question, figures in self._patient.typed:
            if any(re.search(question, text) for text in page):
                for figure in figures:
                    self._press(figure)
                    self._listen(figure)
                return self._enter()
        question, figure = self._patient.pain
        if any(re.search(question, text) for text in page):
            self._press(figure)
            return self._listen(figure)
        offered = [found.groups() for text in page if (found := re.match(self._patient.press, text))]
        for wish in self._patient.wishes:
            for keys, words in offered:
                if re.search(wish, words) and (words not in self._chosen or wish == self._patient.denial):
                    self._chosen.add(words)
                    for key in keys.split():
                        self._press(key)
                    heard = self._listen(keys)
                    # A choice that only says "chosen" leaves the page as it is.
                    return heard if self._is_page(heard) else self._without(page, words) + heard
        raise SystemExit(f"nothing of this is wanted: {page}")

    def _let_slips_out(self) -> None:
        """A slip of this story's date is too old to be printed; here it comes out all the same, after the page that
        says that it is printing was heard."""
        session = self.kiosk.session
        assert session is not None
        delivery = next(one for one in self.kiosk.findChildren(WorkerProcess) if one.name == "delivery")
        delivery.message.disconnect(session.take_delivery)

        def take(message: Message) -> None:
            late = isinstance(message, DeliveryFailed) and message.lane is Lane.PRINTER
            if late:
                self._slips.append(Delivered(message.lane, message.key))
            else:
                session.take_delivery(message)

        delivery.message.connect(take)

    def _enter(self) -> list[str]:
        self._press("#")
        return self._listen("#")

    @staticmethod
    def _is_page(heard: list[str]) -> bool:
        return len(heard) > 3

    @staticmethod
    def _without(page: list[str], words: str) -> list[str]:
        return [text for text in page if words not in text]

    def _press(self, key: str) -> None:
        QTest.keyClick(self.kiosk.window, KEYS[key])

    def _listen(self, pressed: str) -> list[str]:
        """Everything said since the last key, once the kiosk is silent."""
        before = self._heard
        self._until_quiet()
        if self.kiosk.state.screen is Screen.SLIP and self.kiosk.state.delivery is Delivery.WAITING:
            self._robot.wait_until(lambda: bool(self._slips), PATIENCE_S)
            assert self.kiosk.session is not None
            self.kiosk.session.take_delivery(self._slips.pop())
            self._until_quiet()
        heard = [text for text in self._voice.texts()[before:] if text not in AT_WORK]
        self.story.append((pressed, heard))
        return heard

    def _until_quiet(self) -> None:
        """Let the voice say what it has to say, each sentence once the page behind it stands still."""
        before = self._heard
        self._robot.wait_until(lambda: len(self._voice.said) > before, 3)
        self._until_still()
        while self._voice.speaking:
            while self._voice.speaking:
                self._voice.end()
            self._until_still()

    def _until_still(self) -> None:
        still = [0]

        def stands_still() -> bool:
            unchanged = len(self._voice.said) == self._heard and not self._is_at_work()
            still[0] = still[0] + 1 if unchanged else 0
            self._heard = len(self._voice.said)
            return still[0] > 60

        self._robot.wait_until(stands_still, PATIENCE_S)

    def _is_at_work(self) -> bool:
        return any(part.words in AT_WORK for part in parts_of(self.kiosk.window))


def told(patient: Patient) -> str:
    """The whole visit as a document."""
    with tempfile.TemporaryDirectory() as state:
        visit = BlindVisit(patient, Path(state))
        try:
            visit.go()
        finally:
            visit.kiosk.shutdown()
    lines = [
        f"# A visit by ear and twelve keys ({patient.language})",
        "",
        "Written by `python packaging/spoken_visit.py`; a test keeps it true. Bold is a key, the rest is the voice.",
        "",
    ]
    for pressed, heard in visit.story:
        lines += [f"**{pressed}**", "", *(f"- {text}" for text in heard), ""]
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs"
    folder.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication([])
    for language, patient in PATIENTS.items():
        file = folder / f"spoken-visit-{language}.md"
        file.write_text(told(patient), encoding="utf-8")
        print(file)
    application.processEvents()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
