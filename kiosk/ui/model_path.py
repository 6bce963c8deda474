"""From a complaint to proposals of the language model: one question at a time, and never an answer to another one."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Signal

from kiosk import logs
from kiosk.domain.generation import ModelMark, ModelProblem
from kiosk.domain.language import Language
from kiosk.ui.worker_process import WorkerProcess
from kiosk.wire.worker_messages import Ask, ForgetVisit, Message, ModelNamed, ModelState, NoModel, Proposal

facts = logs.get(__name__)


class ModelPath(QObject):
    """Asks the worker; `proposed` brings the findings for the last question only, and only while they are waited for.

    `upChanged` tells staff whether a model that should be there is; nobody waits for it. `model` is the one that reads,
    once the worker has named it.
    """

    proposed = Signal(str, object)
    upChanged = Signal(bool)

    def __init__(self, worker: WorkerProcess, timeout_s: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._timeout_s = timeout_s
        self._asked = 0
        self._open: tuple[str, int] | None = None
        self._until = 0.0
        self.is_up = True
        self.model: ModelMark | None = None
        worker.message.connect(self._take)
        worker.down.connect(self._lost)

    def ask(self, visit_id: str, text: str, language: Language) -> None:
        """Read these words; what an earlier question finds is no longer wanted."""
        self._asked += 1
        self._open = (visit_id, self._asked)
        self._until = time.monotonic() + self._timeout_s
        self._worker.send(Ask(visit_id, text, language, self._asked))

    def forget(self, visit_id: str) -> None:
        """The visit is over."""
        self._open = None
        if visit_id:
            self._worker.send(ForgetVisit(visit_id))

    def _take(self, message: Message) -> None:
        match message:
            case Proposal(visit_id, findings, request) if self._is_open(visit_id, request):
                self._open = None
                self.proposed.emit(visit_id, findings)
            case NoModel(visit_id, _, request) if self._is_open(visit_id, request):
                self._open = None
            case ModelNamed(name, sha256):
                self.model = ModelMark(name, sha256)
            case ModelState(ModelProblem.LOADING):
                pass
            case ModelState(problem):
                facts.info("language_model", state=problem)
                self._tell(up=problem in (ModelProblem.NONE, ModelProblem.OFF))
            case _:
                pass

    def _is_open(self, visit_id: str, request: int) -> bool:
        return self._open == (visit_id, request) and time.monotonic() <= self._until

    def _lost(self, reason: str) -> None:
        self._open = None
        if reason != "stopped":
            self._tell(up=False)

    def _tell(self, *, up: bool) -> None:
        if up is not self.is_up:
            self.is_up = up
            self.upChanged.emit(up)
