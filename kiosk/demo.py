"""One scripted patient against the real application: real recogniser, real screens, real check-in, real slip.

Everything is done as a patient does it: sound into the microphone, touches on what is visible. What came out lies in
the folder afterwards: a picture of each screen, the slip, the bundles, and a short story with times on the terminal.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import paths
from kiosk.config import Config, HisKind, HisSettings, PrinterKind, PrinterSettings
from kiosk.domain.dialogue import pain_scale
from kiosk.domain.findings import Status
from kiosk.domain.hearing import Hearing
from kiosk.domain.language import Language
from kiosk.domain.outbox import DeliveryState
from kiosk.domain.visit import Delivery, Screen, Speech
from kiosk.services.checkin import his_key

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickItem

PATIENCE_S = 30.0
"""The longest wait for one step on a slow machine; then the demonstration fails and says where."""
AGAIN_S = 3.0


@dataclass(frozen=True, slots=True)
class Script:
    """What the patient does. `wav` or `text` replace the sentence of the demonstration hospital."""

    lang: str
    wav: Path | None = None
    text: str | None = None
    emergency: bool = False

    def sound(self) -> Path:
        sentence = "emergency" if self.emergency else "complaint"
        return self.wav or paths.assets() / "demo-hospital" / "voice" / f"{self.lang}-{sentence}.wav"


class DemoFailedError(Exception):
    """The visit did not go on; the message says what was awaited."""


def play(script: Script, out: Path, config: Config) -> int:
    """Run the visit; 0 when the patient left with a number, 1 when the story broke off."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    os.environ.setdefault("DAOZHEN_LOG", "WARNING")
    shutil.rmtree(out, ignore_errors=True)
    (out / "screens").mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="daozhen-demo-") as state:
        patient = _Patient(script, out, _demo_settings(config, out, Path(state)))
        try:
            patient.visit()
        except DemoFailedError as error:
            print(f"the visit broke off: {error}")
            return 1
        finally:
            patient.leave()
    return 0


def _demo_settings(config: Config, out: Path, state: Path) -> Config:
    """Slip and bundles go to the folder unless the settings name a printer or a hospital system."""
    printer, his = config.printer, config.his
    if printer.kind is PrinterKind.NONE:
        printer = PrinterSettings(kind=PrinterKind.FILE, folder=str(out / "slip"))
    if his.kind is HisKind.NONE:
        his = HisSettings(kind=HisKind.FILE, folder=str(out / "his"))
    kiosk = config.kiosk if config.kiosk.state else replace(config.kiosk, state=str(state))
    return replace(config, kiosk=kiosk, printer=printer, his=his)


class _Patient:
    def __init__(self, script: Script, out: Path, config: Config) -> None:
        from PySide6.QtCore import QSize
        from PySide6.QtGui import QGuiApplication

        from kiosk.app import KioskApplication
        from kiosk.ui.engine import prepare_environment
        from kiosk.ui.microphone import WavMicrophone
        from kiosk.ui.touch_robot import TouchRobot

        self._began = time.monotonic()
        self._script = script
        self._out = out
        self._pictures = 0
        prepare_environment()
        self._application = QGuiApplication([])
        self._microphone = None if script.text else WavMicrophone(script.sound())
        self._kiosk = KioskApplication(config, windowed=True, microphone=self._microphone, size=QSize(1080, 1920))
        self._robot = TouchRobot(self._kiosk.window)

    def visit(self) -> None:
        self._until("the kiosk to be ready", lambda: self._kiosk.session is not None)
        self._tell("the kiosk is ready")
        self._choose_language()
        self._picture("welcome")
        self._go("start", Screen.CONSENT)
        self._go("agree", Screen.WHO)
        self._go("withoutName", Screen.AGE)
        for digit in "58" if self._script.emergency else "34":
            self._touch(f"digit_{digit}")
        self._go("next", Screen.SEX)
        self._go("sex_male", Screen.COMPLAINT)
        self._complain()
        if self._state.screen is Screen.EMERGENCY:
            self._emergency()
            return
        self._interview()
        self._book()

    def leave(self) -> None:
        self._kiosk.shutdown()

    @property
    def _visit_id(self) -> str:
        return self._state.visit_id

    @property
    def _state(self):
        return self._kiosk.state

    def _choose_language(self) -> None:
        if self._state.language != self._script.lang:
            self._touch("dockLanguage")
            self._until("the other language", lambda: self._state.language is Language(self._script.lang))

    def _complain(self) -> None:
        if self._script.text is not None:
            self._type(self._script.text)
        elif not self._speak():
            self._tell("the recogniser was lost: the patient taps instead")
            self._tap_complaint()
            return
        self._until("the words to be understood", lambda: self._state.screen in (Screen.CONFIRM, Screen.EMERGENCY))
        if self._state.screen is Screen.CONFIRM:
            self._tell(f"heard: {self._state.heard}")
            self._picture("confirm")
            self._touch("confirm")

    def _type(self, text: str) -> None:
        self._go("type", Screen.TYPING)
        self._robot.type_text(text)
        self._picture("typed")
        self._touch("key_done")

    def _speak(self) -> bool:
        """Talk into the microphone; False when no words came of it, as when the recogniser dies meanwhile."""
        self._until("the recogniser", lambda: self._state.speech is Speech.READY)
        done: list[float] = []
        assert self._microphone is not None  # noqa: S101 - only called for spoken complaints
        self._microphone.finished.connect(lambda: done.append(time.monotonic()))
        self._touch("talk")
        self._until("live words", lambda: bool(self._state.live_words) or bool(done) or self._deaf())
        self._tell("listening")
        self._picture("listening")
        self._until("the end of the sentence", lambda: bool(done) or self._deaf())
        if self._state.speech is Speech.LISTENING:
            self._touch("talk")
        ended = done[0] if done else time.monotonic()
        self._until("the recognised words", lambda: self._state.speech in (Speech.READY, Speech.OFF))
        if self._state.input_problem == Hearing.CUT_OFF:
            self._tell(f"only this was heard: {self._state.heard}")
            self._go("sayAgain", Screen.COMPLAINT)
        if self._state.screen is Screen.COMPLAINT:
            return False
        self._tell(f"words {time.monotonic() - ended:.2f} s after the end of speech")
        return True

    def _deaf(self) -> bool:
        return self._state.speech not in (Speech.LISTENING, Speech.RECOGNISING)

    def _tap_complaint(self) -> None:
        self._go("tile_breathing", Screen.PICK)
        self._touch("pick_cough")
        self._until("the choice", lambda: "cough" in self._state.picked)
        self._picture("picked")
        self._touch("next")

    def _interview(self) -> None:
        self._until("the pictures of dangers", lambda: self._state.screen in (Screen.DANGERS, Screen.EMERGENCY))
        if self._state.screen is Screen.DANGERS:
            self._picture("dangers")
            self._touch("none")
        self._until("a question or the summary", lambda: self._state.screen in (Screen.QUESTION, Screen.SUMMARY))
        answers = {Status.PRESENT: "answer_present", Status.UNSURE: "answer_unsure"}
        while self._state.screen is Screen.QUESTION:
            asked = self._state.asked
            self._picture(f"question-{len(asked)}")
            known = self._state.findings.status(self._state.question)
            on_scale = pain_scale.is_shown(self._state)
            self._touch("score_4" if on_scale else answers.get(known, "answer_absent"))
            self._until(
                "the next question", lambda asked=asked: self._state.asked != asked or self._over_with_questions()
            )
        if self._state.screen is Screen.EMERGENCY:
            self._emergency()
            return
        self._tell(f"{len(self._state.asked)} questions answered")
        self._picture("summary")
        self._go("next", Screen.RESULT)

    def _over_with_questions(self) -> bool:
        return self._state.screen is not Screen.QUESTION

    def _book(self) -> None:
        if self._state.screen is not Screen.RESULT:
            return
        assessment = self._state.assessment
        doors = ", ".join(score.code for score in assessment.departments)
        self._tell(f"level {assessment.level.name}, departments: {doors}")
        self._go("door_", Screen.BOOKING)
        self._until("free times", lambda: self._state.offer is not None)
        if self._state.offer.slots:
            self._touch("time_")
            self._until("the slot to be held", lambda: self._state.slot is not None)
            self._picture("booking-chosen")
        # Without free times the same button takes a number.
        self._touch("book")
        self._until("the check-in", lambda: self._state.screen is Screen.SLIP)
        self._tell(f"checked in as {self._state.checked_in.number}")
        self._finish_slip()
        self._touch("slipTaken")
        self._until("the farewell", lambda: self._state.screen is Screen.FAREWELL)
        self._picture("farewell")
        self._tell("everything of the patient is wiped")

    def _emergency(self) -> None:
        fired = ", ".join(rule.rule for rule in self._state.assessment.red_flags)
        self._tell(f"EMERGENCY, level {self._state.assessment.level.name}: {fired}")
        self._until("the registration", lambda: self._state.checked_in is not None)
        self._tell(f"registered as {self._state.checked_in.number}, the alarm is recorded")
        self._picture("emergency")
        self._finish_slip()

    def _finish_slip(self) -> None:
        self._until("the slip", lambda: self._state.delivery is not Delivery.WAITING)
        printed = self._state.delivery is Delivery.PRINTED
        self._tell("the slip is printed" if printed else f"no slip: {self._state.print_problem}; the code is on screen")
        if self._state.screen is Screen.SLIP:
            self._picture("slip")
        self._until("the hospital system", lambda: self._registered() is not None)
        self._tell(self._registered() or "")
        slip = self._kiosk.store.slip(self._visit_id)
        self._kiosk.draw(slip)[0].save(str(self._out / "slip.png"))

    def _registered(self) -> str | None:
        """What became of the message to the hospital system; None while nobody has tried to deliver it."""
        message = self._kiosk.store.message(his_key(self._visit_id))
        if message is None or message.state is DeliveryState.SENT:
            return "registered in the hospital system"
        if message.state is DeliveryState.DEAD:
            return "refused by the hospital system: a person has to look"
        return "the hospital system does not answer: registered later" if message.attempts else None

    def _go(self, name: str, screen: Screen) -> None:
        self._touch(name)
        if not self._robot.wait_until(lambda: self._state.screen is screen, AGAIN_S) and self._robot.find(name):
            # The page moved under the finger, as when a worker has just come up: people tap again.
            self._touch(name)
        self._until(str(screen), lambda: self._state.screen is screen)
        self._picture(screen.value)

    def _touch(self, name: str) -> None:
        found: list[QQuickItem] = []

        def touchable() -> bool:
            item = self._robot.find(name)
            if item is not None:
                found.append(item)
            return item is not None

        self._until(f"{name} to be touchable", touchable)
        self._robot.touch(found[0])

    def _picture(self, name: str) -> None:
        self._robot.settle()
        self._pictures += 1
        self._robot.grab().save(str(self._out / "screens" / f"{self._pictures:02d}-{name}-{self._script.lang}.png"))

    def _until(self, what: str, arrived: Callable[[], bool]) -> None:
        if not self._robot.wait_until(arrived, PATIENCE_S):
            raise DemoFailedError(f"waited {PATIENCE_S:.0f} s for {what} on the screen {self._state.screen}")

    def _tell(self, text: str) -> None:
        print(f"{time.monotonic() - self._began:6.2f} s  {text}", flush=True)
