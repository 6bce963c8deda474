"""Questions to the language model worker, one after another, with random cancels and kills: no hang, no leak, and never
an answer that belongs to another question or another patient.

`python -m tests.soak.soak_llm --requests 1000` drives the real worker through the window's own parts, with a model of
random weights: what it finds in a text depends on every letter, so that anything left over from a visit before changes
the answer. What each text must give is worked out beforehand by an engine that sees nothing else. Exit code 1 when a
rule is broken.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("DAOZHEN_LOG", "ERROR")

from PySide6.QtCore import QCoreApplication, QEventLoop

from kiosk.adapters.llm.llama_cpp_engine import LlamaCppEngine
from kiosk.config import LlmSettings
from kiosk.domain.errors import KioskError
from kiosk.domain.findings import Finding
from kiosk.domain.generation import ModelProblem
from kiosk.domain.language import Language
from kiosk.services.reading import ModelReader
from kiosk.ui.model_path import ModelPath
from kiosk.ui.restart_policy import RestartPolicy
from kiosk.ui.worker_process import WorkerProcess
from kiosk.wire.intake_task import IntakeTask
from kiosk.wire.worker_messages import Message, ModelState, NoModel, Proposal, Start
from tests.tiny_model import write_tiny_model

PATIENCE_S = 60.0
MOST_GROWTH = 0.05
TIMEOUT_S = 30.0
LAST_SHARE = 0.4
"""The last part of the requests goes without kills: one process must stay as it is."""
CODES = ("fever", "cough", "knee_pain", "rash", "headache", "vomiting", "chest_pain", "dizziness", "sore_throat")
PARTS = {
    Language.ZH: (
        ["耳朵疼", "膝盖疼", "头晕", "咳嗽有痰", "胸口闷", "身上起疹子"],
        ["两天了", "一周", "从昨晚开始"],
        ["没有发烧", "不吐", "好像有点热"],
    ),
    Language.EN: (
        ["my ear hurts", "a rash on my arm", "I feel dizzy", "a cough", "knee pain"],
        ["since monday", "for two days", "on and off"],
        ["no fever", "no vomiting", "maybe a little hot"],
    ),
}


class BrokenRuleError(Exception):
    """What went wrong, with the number of the request."""


def every_text() -> list[tuple[str, Language]]:
    texts = []
    for language, (firsts, seconds, thirds) in PARTS.items():
        texts += [(f"{a}，{b}，{c}。", language) for a in firsts for b in seconds for c in thirds]
    # Long ones are still being read when they are cancelled.
    return texts + [(text * 12, language) for text, language in texts[::5]]


class Soak:
    def __init__(self, model: Path, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a repeatable crowd
        self.texts = every_text()
        self.expected = expectations(model, self.texts)
        settings = LlmSettings(model=str(model), timeout_s=TIMEOUT_S, context=1024)
        start = Start({"llm": asdict(settings), "codes": list(CODES)})
        quick = RestartPolicy(first_s=0.01, longest_s=0.05, crashes_allowed=10**9)
        self.worker = WorkerProcess("llm", greeting=[start], restarts=quick)
        self.path = ModelPath(self.worker, TIMEOUT_S)
        self.problem = ModelProblem.LOADING
        self.asked: dict[tuple[str, int], str] = {}
        self.taken: list[tuple[str, tuple[Finding, ...]]] = []
        self.answers: collections.deque[Message] = collections.deque()
        self.counts: collections.Counter[str] = collections.Counter()
        self.worker.message.connect(self._hear)
        self.path.proposed.connect(lambda visit, findings: self.taken.append((visit, findings)))
        self.visit = ""
        self.visits = 0

    def _hear(self, message: Message) -> None:
        if isinstance(message, ModelState):
            self.problem = message.problem
        if isinstance(message, Proposal):
            # Also one that nobody waits for any more must be the answer to its own question.
            text = self.asked.get((message.visit_id, message.request))
            if text is None or message.findings != self.expected[text]:
                raise BrokenRuleError(f"a wrong answer to request {message.request}")
        if isinstance(message, Proposal | NoModel):
            self.answers.append(message)

    def start(self) -> None:
        self.worker.start()
        self.ready()

    def ready(self) -> None:
        self.until("the model", lambda: self.worker.is_up and self.problem is ModelProblem.NONE)

    def request(self, number: int, *, may_kill: bool) -> None:
        if not self.visit or self.chance.random() < 0.4:
            self.path.forget(self.visit)
            self.visits += 1
            self.visit = f"visit-{self.visits}"
        text, language = self.chance.choice(self.texts)
        self.taken.clear()
        self.answers.clear()
        self.path.ask(self.visit, text, language)
        asked = (self.visit, number)
        self.asked[asked] = text
        fate = self.chance.random()
        if may_kill and fate < 0.05:
            self._kill()
        elif fate < 0.2:
            self._forget(asked)
        else:
            self._wait(asked, text)

    def _wait(self, asked: tuple[str, int], text: str) -> None:
        self.until(f"the answer to request {asked[1]}", lambda: self._answer_to(asked) is not None)
        if isinstance(self._answer_to(asked), Proposal):
            if self.taken != [(asked[0], self.expected[text])]:
                raise BrokenRuleError(f"request {asked[1]}: its answer was not taken once")
            self.counts["answered"] += 1
        else:
            raise BrokenRuleError(f"request {asked[1]}: {self._answer_to(asked)}")

    def _forget(self, asked: tuple[str, int]) -> None:
        """The patient walks away, a moment later than the question."""
        self._rest(self.chance.random() * 0.05)
        before = len(self.taken)
        self.path.forget(self.visit)
        self.visit = ""
        self.until(f"an end of request {asked[1]}", lambda: self._answer_to(asked) is not None)
        if len(self.taken) != before:
            raise BrokenRuleError(f"request {asked[1]}: an answer after the visit was over")
        self.counts["cancelled"] += 1

    def _kill(self) -> None:
        self._rest(self.chance.random() * 0.05)
        pid = self.worker.pid
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, self.chance.choice([signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGTERM]))
        self.until("another worker", lambda: self.worker.pid not in (0, pid))
        self.problem = ModelProblem.LOADING
        self.ready()
        self.counts["killed"] += 1

    def _answer_to(self, asked: tuple[str, int]) -> Message | None:
        return next((one for one in self.answers if (one.visit_id, one.request) == asked), None)  # type: ignore[attr-defined]

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            turn()

    def until(self, what: str, arrived: Callable[[], bool]) -> None:
        began = time.monotonic()
        while not arrived():
            if time.monotonic() - began > PATIENCE_S:
                raise BrokenRuleError(f"waited in vain for {what}")
            turn()


def turn() -> None:
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
    time.sleep(0.0005)


def expectations(model: Path, texts: list[tuple[str, Language]]) -> dict[str, tuple[Finding, ...]]:
    """What each text gives by itself."""
    engine = LlamaCppEngine(model, context=1024)
    reader = ModelReader(engine, IntakeTask(CODES), CODES, TIMEOUT_S)
    found = {}
    for text, language in texts:
        engine.forget()
        found[text] = reader.read(text, language).findings
    engine.close()
    if len(set(found.values())) < 0.75 * len(found):
        raise BrokenRuleError("the answers are too much alike to tell them apart")
    return found


def resident_mb(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def soak(requests: int, seed: int, folder: Path) -> int:
    application = QCoreApplication([])
    broken: list[str] = []
    sys.excepthook = lambda kind, error, trace: broken.append(str(error))
    began = time.monotonic()
    run = Soak(write_tiny_model(folder / "tiny.gguf"), seed)
    quiet_from = int(requests * (1 - LAST_SHARE))
    memory: dict[int, tuple[float, float]] = {}
    try:
        run.start()
        for number in range(1, requests + 1):
            run.request(number, may_kill=number <= quiet_from)
            if broken:
                raise BrokenRuleError(broken[0])
            if number % max(1, requests // 10) == 0:
                memory[number] = (round(resident_mb(run.worker.pid), 1), round(resident_mb(os.getpid()), 1))
                print(f"request {number}: {memory[number]} MB, {time.monotonic() - began:.0f} s", flush=True)
    except (BrokenRuleError, KioskError) as error:
        print(f"BROKEN: {error}")
        return 1
    finally:
        run.worker.shutdown()
        del application
    return report(run, memory, quiet_from)


def report(run: Soak, memory: dict[int, tuple[float, float]], quiet_from: int) -> int:
    calm = [figures for number, figures in memory.items() if number > quiet_from]
    worker, window = (calm[-1][place] / calm[0][place] - 1 for place in (0, 1))
    counts = {**run.counts, "visits": run.visits}
    print(json.dumps({"counts": counts, "worker_growth": round(worker, 4), "window_growth": round(window, 4)}))
    print(f"memory grew by {100 * worker:.1f} % and {100 * window:.1f} % (at most {100 * MOST_GROWTH:.0f} %)")
    return 0 if max(worker, window) <= MOST_GROWTH else 1


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--requests", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="daozhen-soak-") as folder:
        return soak(options.requests, options.seed, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
