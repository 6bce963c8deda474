"""The composed application with a real language model worker: it dies, hangs or is not there, and the visit goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

from kiosk.app import KioskApplication
from kiosk.config import Config, LlmSettings, SpeechSettings, VoiceKind, VoiceSettings
from kiosk.domain.dialogue import events as ev
from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.generation import ModelMark, ModelProblem
from kiosk.domain.language import Language
from kiosk.domain.patient import Sex
from kiosk.domain.visit import Screen
from kiosk.ui.line_breaks import plain
from kiosk.ui.model_path import ModelPath
from kiosk.ui.touch_robot import TouchRobot
from kiosk.ui.worker_process import WorkerProcess
from kiosk.wire.worker_messages import Message, ModelNamed, ModelState, NoModel, Proposal

VISIT = "5b3a3a4e-8f8c-4a38-9e55-7d8ab2f1c0{:02}"
PATIENCE_S = 30
COMPLAINT = "耳朵疼两天了，没有发烧"
LONG = "我耳朵疼了两天，没有发烧，有点头晕。" * 20


class Kiosk:
    """The application with its llm worker in reach."""

    def __init__(self, folder: Path, settings: LlmSettings) -> None:
        config = Config(speech=SpeechSettings(enabled=False), voice=VoiceSettings(kind=VoiceKind.OFF), llm=settings)
        config = replace(config, kiosk=replace(config.kiosk, state=str(folder / "state")))
        self.application = KioskApplication(config, windowed=True, size=QSize(1080, 1920))
        self.robot = TouchRobot(self.application.window)
        self.heard: list[Message] = []
        self.until(lambda: self.application.session is not None)
        self.worker = next(one for one in self.application.findChildren(WorkerProcess) if one.name == "llm")
        self.worker.message.connect(self.heard.append)

    @property
    def state(self):
        return self.application.state

    def until(self, arrived: Callable[[], bool]) -> None:
        assert self.robot.wait_until(arrived, PATIENCE_S)

    def send(self, *events: ev.Event) -> None:
        assert self.application.session is not None
        for event in events:
            self.application.session.send(event)

    def told(self, problem: ModelProblem) -> bool:
        return any(isinstance(one, ModelState) and one.problem is problem for one in self.heard)

    def tell(self, number: int, text: str = COMPLAINT) -> None:
        """A patient up to the screen that repeats what was understood."""
        assert self.application.session is not None
        at, wall = self.application.session.now(), self.application.session.wall()
        self.send(
            ev.Started(at=at, visit_id=VISIT.format(number), today=wall.date()),
            ev.ConsentGiven(at=at, wall=wall),
            ev.WithoutName(at=at),
            ev.Keyed(at=at, digit="4"),
            ev.Next(at=at),
            ev.SexChosen(at=at, sex=Sex.FEMALE),
            ev.TypingOpened(at=at),
            ev.Typed(at=at, text=text),
        )
        assert self.state.screen is Screen.CONFIRM

    def reach_the_result(self) -> None:
        assert self.application.session is not None
        at = self.application.session.now()
        self.send(ev.Confirmed(at=at), ev.NoDanger(at=at))
        while self.state.screen is Screen.QUESTION:
            self.send(ev.Answered(at=at, code=self.state.question, status=Status.ABSENT))
        self.send(ev.Next(at=at))
        assert self.state.screen is Screen.RESULT

    def end(self) -> None:
        assert self.application.session is not None
        at = self.application.session.now()
        self.send(ev.Ended(at=at), ev.Tick(at=at + 60))
        assert self.state.screen is Screen.ATTRACT

    def staff_note(self) -> str:
        item = self.robot.find("staffNote")
        return plain(str(item.property("text"))) if item is not None else ""

    def of_model(self) -> list[Finding]:
        assert Source.MODEL not in {finding.source for finding in self.state.findings.values()}
        return list(self.state.proposed)


@pytest.fixture
def kiosk(qapp: QGuiApplication, tmp_path: Path) -> Iterator[Callable[..., Kiosk]]:
    made: list[Kiosk] = []

    def start(model: Path | str, **settings: object) -> Kiosk:
        made.append(Kiosk(tmp_path, LlmSettings(model=str(model), **{"timeout_s": 30.0, **settings})))  # type: ignore[arg-type]
        return made[-1]

    yield start
    for one in made:
        one.application.shutdown()


def test_proposals_wait_beside_what_was_understood_and_end_with_the_visit(
    kiosk: Callable[..., Kiosk], tiny_model: Path
) -> None:
    one = kiosk(tiny_model)
    one.until(lambda: one.told(ModelProblem.NONE))
    one.tell(1)
    by_words = dict(one.state.findings)
    one.until(lambda: any(isinstance(message, Proposal) for message in one.heard))
    assert all(finding.text and finding.text in COMPLAINT for finding in one.of_model())
    assert one.of_model()
    assert dict(one.state.findings) == by_words
    one.reach_the_result()
    one.end()
    assert not one.state.findings
    assert not one.state.proposed
    assert one.staff_note() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_worker_killed_in_the_middle_of_an_answer_costs_only_its_answer(
    kiosk: Callable[..., Kiosk], tiny_model: Path
) -> None:
    one = kiosk(tiny_model)
    one.until(lambda: one.told(ModelProblem.NONE))
    one.tell(1, LONG)
    os.kill(one.worker.pid, signal.SIGKILL)
    one.until(lambda: not one.state.model_up)
    assert one.state.screen is Screen.CONFIRM
    assert "ear_pain" in one.state.findings
    assert one.of_model() == []
    one.reach_the_result()
    one.end()
    one.heard.clear()
    one.until(lambda: one.told(ModelProblem.NONE) and one.state.model_up)
    one.tell(2)
    one.until(lambda: any(isinstance(message, Proposal) for message in one.heard))
    assert {message.visit_id for message in one.heard if isinstance(message, Proposal)} == {VISIT.format(2)}


def test_a_missing_model_is_told_to_staff_and_no_visit_waits(kiosk: Callable[..., Kiosk]) -> None:
    one = kiosk("/nowhere/model.gguf")
    one.until(lambda: not one.state.model_up)
    one.until(lambda: one.staff_note() == "工作人员：语言模型未运行")
    one.tell(1)
    one.until(lambda: any(isinstance(message, NoModel) for message in one.heard))
    one.reach_the_result()
    assert one.of_model() == []


def test_no_model_by_choice_is_nothing_to_tell(kiosk: Callable[..., Kiosk]) -> None:
    one = kiosk("off")
    one.until(lambda: one.told(ModelProblem.OFF))
    one.tell(1)
    one.until(lambda: any(isinstance(message, NoModel) for message in one.heard))
    assert one.state.model_up


def test_an_answer_to_another_question_or_visit_changes_nothing(qapp: QGuiApplication) -> None:
    worker = WorkerProcess("llm")
    path = ModelPath(worker, timeout_s=30)
    proposed: list[str] = []
    path.proposed.connect(lambda visit_id, findings: proposed.append(visit_id))

    path.ask("a", "first words", Language.EN)
    path.ask("a", "other words", Language.EN)
    worker.message.emit(Proposal("a", (), 1))
    worker.message.emit(Proposal("b", (), 2))
    assert proposed == []
    worker.message.emit(Proposal("a", (), 2))
    worker.message.emit(Proposal("a", (), 2))
    assert proposed == ["a"]
    path.ask("a", "more words", Language.EN)
    path.forget("a")
    worker.message.emit(Proposal("a", (), 3))
    assert proposed == ["a"]


def test_the_model_that_reads_is_known_by_name_and_digest(qapp: QGuiApplication) -> None:
    worker = WorkerProcess("llm")
    path = ModelPath(worker, timeout_s=30)
    assert path.model is None
    worker.message.emit(ModelNamed("intake.gguf", "0f" * 32))
    assert path.model == ModelMark("intake.gguf", "0f" * 32)


def test_an_answer_after_its_time_is_not_taken(qapp: QGuiApplication) -> None:

    worker = WorkerProcess("llm")
    path = ModelPath(worker, timeout_s=-1)
    proposed: list[str] = []
    path.proposed.connect(lambda visit_id, findings: proposed.append(visit_id))
    path.ask("a", "words", Language.EN)
    worker.message.emit(Proposal("a", (), 1))
    assert proposed == []


def test_a_short_soak_with_cancels_and_kills_keeps_every_answer_where_it_belongs() -> None:
    root = Path(__file__).parent.parent.parent
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak.soak_llm", "--requests", "40", "--seed", "3"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    counts = json.loads(done.stdout.splitlines()[-2])["counts"]
    assert sum(counts[fate] for fate in ("answered", "cancelled", "killed")) == 40
    assert counts["killed"] >= 1
    assert done.returncode == 0, done.stdout
