"""The language model worker: what a patient said in, proposed findings out. Without a model it says so to every
question, and the lexicon stands alone.

The window starts it with Start(config): `llm` is the section of the settings file, `codes` the findings that may be
proposed. The loop's thread only takes messages; a second one does all that runs native code, and a third ends the
process when the second makes no progress.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk import logs
from kiosk.config import LlmSettings, parse_config
from kiosk.domain.errors import ConfigError
from kiosk.domain.generation import Cancellation, ModelError, ModelProblem
from kiosk.services.ports import FindingReader
from kiosk.wire.worker_messages import (
    TO_LLM,
    Ask,
    ForgetVisit,
    Message,
    ModelNamed,
    ModelState,
    NoModel,
    Proposal,
    Refused,
    Start,
)
from kiosk.workers import loop
from kiosk.workers.llm_models import open_reader
from kiosk.workers.memory import EXIT_GROWN, resident_bytes

facts = logs.get(__name__)

EXIT_STUCK = 75
"""Exit code of a worker that made no progress (EX_TEMPFAIL of sysexits.h); another one is started."""
AGAIN_S = 15.0
"""How often a server that does not answer is looked at again."""
MOST_GROWTH = 300_000_000
"""Bytes a worker may grow by, from visit to visit."""
SLOW_ANSWERS = 3
"""So many answers one after another that came too late mean that there is no model."""
_OF_ONE_ANSWER = (ModelProblem.GRAMMAR, ModelProblem.TOO_LONG, ModelProblem.CANCELLED)
_LAST_ANSWER_S = 2.0
_MOST_CODES = 5000

Make = Callable[[LlmSettings, frozenset[str], Callable[[float], None], Callable[[], None]], FindingReader]
"""Settings and codes to a reader that has answered once; told of progress (0 to 1) and that it is still at work."""


@dataclass(frozen=True, slots=True)
class _Question:
    ask: Ask
    cancellation: Cancellation


@dataclass(frozen=True, slots=True)
class _Forget:
    pass


@dataclass(frozen=True, slots=True)
class _End:
    pass


class LlmWorker:
    """`leave` ends the process at once with an exit code; `resident` tells its memory in bytes."""

    def __init__(
        self,
        send: loop.Send,
        make: Make,
        leave: Callable[[int], None] = os._exit,
        resident: Callable[[], int] = resident_bytes,
    ) -> None:
        self._send = send
        self._make = make
        self._leave = leave
        self._resident = resident
        self._jobs: queue.Queue[_Question | _Forget | _End] = queue.Queue()
        self._lock = threading.Lock()
        self._current: _Question | None = None
        self._problem = ModelProblem.OFF
        self._percent = 0
        self._named: ModelNamed | None = None
        self._slow = 0
        self._busy_since: float | None = None
        self._thread: threading.Thread | None = None
        self._closed = threading.Event()

    def handle(self, message: Message) -> None:
        match message:
            case Start(config):
                self._start(config)
            case Ask():
                self._ask(message)
            case ForgetVisit():
                self._give_up()
                self._jobs.put(_Forget())

    def close(self) -> None:
        self._closed.set()
        self._give_up()
        self._jobs.put(_End())
        if self._thread is not None:
            self._thread.join(_LAST_ANSWER_S)

    def _start(self, untrusted_config: Mapping[str, Any]) -> None:
        if self._thread is not None:
            self._send(Refused("start: already started"))
            return
        try:
            settings = parse_config({"llm": untrusted_config.get("llm", {})}).llm
            codes = _codes(untrusted_config.get("codes"))
        except ConfigError as error:
            self._send(Refused(f"start: {error.key}"))
            return
        self._tell(ModelProblem.LOADING)
        self._thread = threading.Thread(target=self._run, args=(settings, codes), name="model", daemon=True)
        self._thread.start()
        threading.Thread(target=self._watch, args=(settings.silence_s,), name="watch", daemon=True).start()

    def _ask(self, message: Ask) -> None:
        self._give_up()
        if self._problem is not ModelProblem.NONE and not self._jobs_are_taken():
            self._send(NoModel(message.visit_id, self._problem, message.request))
            return
        question = _Question(message, Cancellation())
        with self._lock:
            self._current = question
        self._jobs.put(question)

    def _jobs_are_taken(self) -> bool:
        """A server that failed once may answer the next question."""
        return self._problem in (ModelProblem.SERVER, ModelProblem.NONSENSE, ModelProblem.TOO_SLOW)

    def _give_up(self) -> None:
        """At most one question is open: the visit's last words count."""
        with self._lock:
            question, self._current = self._current, None
        if question is not None:
            question.cancellation.cancel()

    # What follows runs in the model's thread.

    def _run(self, settings: LlmSettings, codes: frozenset[str]) -> None:
        try:
            reader = self._opened(settings, codes)
            if reader is not None:
                self._serve(reader)
                reader.close()
        except Exception as error:
            facts.error("model_bug", kind=type(error).__name__, where=logs.where(error.__traceback__))
            self._leave(loop.EXIT_BUG)

    def _opened(self, settings: LlmSettings, codes: frozenset[str]) -> FindingReader | None:
        began = time.monotonic()
        self._beat()
        try:
            reader = self._make(settings, codes, self._loading, self._beat)
        except ModelError as error:
            facts.warning("model_off", kind=error.problem, model=settings.model, state=error.detail)
            self._tell(error.problem)
            return None
        finally:
            self._busy_since = None
        facts.info("model_ready", model=reader.facts.model, ms=1000 * (time.monotonic() - began))
        problem = self._look(reader) if settings.server else ModelProblem.NONE
        self._name(reader)
        self._tell(problem)
        return reader

    def _serve(self, reader: FindingReader) -> None:
        visit = ""
        usual = self._resident()
        while not self._closed.is_set():
            try:
                job = self._jobs.get(timeout=AGAIN_S)
            except queue.Empty:
                self._look_again(reader)
                continue
            if isinstance(job, _End):
                return
            if isinstance(job, _Question) and job.ask.visit_id == visit:
                self._answer(reader, job)
                continue
            self._beat()
            reader.forget()
            self._busy_since = None
            visit = ""
            if self._resident() > usual + MOST_GROWTH:
                facts.error("model_grown", bytes=self._resident())
                self._leave(EXIT_GROWN)
            if isinstance(job, _Question):
                visit = job.ask.visit_id
                self._answer(reader, job)

    def _answer(self, reader: FindingReader, question: _Question) -> None:
        ask = question.ask
        answer: Message
        self._beat()
        try:
            read = reader.read(ask.text, ask.language, question.cancellation, self._beat)
        except ModelError as error:
            facts.warning("model_gave_no_answer", kind=error.problem)
            answer = NoModel(ask.visit_id, error.problem, ask.request)
            self._learned(error.problem)
        else:
            facts.info("model_read", count=len(read.findings), ms=1000 * read.seconds)
            self._name(reader)
            answer = Proposal(ask.visit_id, read.findings, ask.request)
            self._learned(ModelProblem.NONE)
        self._busy_since = None
        with self._lock:
            wanted = self._current is question
            if wanted:
                self._current = None
        self._send(answer if wanted else NoModel(ask.visit_id, ModelProblem.CANCELLED, ask.request))

    def _look_again(self, reader: FindingReader) -> None:
        if self._jobs_are_taken():
            self._learned(self._look(reader))

    def _look(self, reader: FindingReader) -> ModelProblem:
        self._beat()
        try:
            reader.warm_up()
        except ModelError as error:
            facts.warning("model_off", kind=error.problem, state=error.detail)
            return error.problem
        finally:
            self._busy_since = None
        return ModelProblem.NONE

    def _learned(self, problem: ModelProblem) -> None:
        """Tell when the model as a whole came or went; that one answer failed is told with the answer."""
        self._slow = self._slow + 1 if problem is ModelProblem.TOO_SLOW else 0
        if problem is ModelProblem.TOO_SLOW and self._slow < SLOW_ANSWERS:
            return
        if problem not in _OF_ONE_ANSWER and problem is not self._problem:
            self._tell(problem)

    def _loading(self, done: float) -> None:
        self._beat()
        percent = 10 * int(10 * done)
        if percent > self._percent:
            self._percent = percent
            self._send(ModelState(ModelProblem.LOADING, percent))

    def _tell(self, problem: ModelProblem) -> None:
        self._problem = problem
        self._send(ModelState(problem, 100 if problem is ModelProblem.NONE else 0))

    def _name(self, reader: FindingReader) -> None:
        """Whoever keeps what a model found says which it was; a server names its model when it first answers."""
        named = ModelNamed(reader.facts.model, reader.facts.sha256)
        if named != self._named:
            self._named = named
            self._send(named)

    def _beat(self) -> None:
        self._busy_since = time.monotonic()

    def _watch(self, silence_s: float) -> None:
        """The third thread: native code that hangs cannot be stopped, only left."""
        while not self._closed.wait(silence_s / 4):
            since = self._busy_since
            if since is not None and time.monotonic() - since > silence_s:
                facts.error("model_stuck", ms=1000 * silence_s)
                self._leave(EXIT_STUCK)


def _codes(untrusted: object) -> frozenset[str]:
    if not isinstance(untrusted, list) or not 1 <= len(untrusted) <= _MOST_CODES:
        raise ConfigError("codes", "must be the findings that may be proposed")
    if not all(isinstance(one, str) and one.isidentifier() for one in untrusted):
        raise ConfigError("codes", "must be identifiers")
    return frozenset(untrusted)


def _silence_native_code() -> None:
    """What native code prints may quote a patient: only our own log lines, which never do, reach standard error."""
    ours = os.fdopen(os.dup(2), "w", encoding="utf-8", buffering=1)
    nothing = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)
    sys.stdout = sys.stderr = ours
    logs.to_stderr()


def main() -> int:
    def start(send: loop.Send) -> LlmWorker:
        _silence_native_code()
        return LlmWorker(send, open_reader)

    return loop.run(TO_LLM, start)
