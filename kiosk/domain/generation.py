"""What is asked of a language model and what comes back; nothing here knows an engine."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.domain.errors import KioskError
from kiosk.domain.findings import Finding


class ModelProblem(StrEnum):
    """Why there is no answer. The first group lasts until somebody acts, the second concerns one answer."""

    NONE = "none"
    OFF = "off"
    LOADING = "loading"
    MISSING = "missing"
    BROKEN = "broken"
    UNSUPPORTED = "unsupported"
    MEMORY = "memory"
    CPU = "cpu"
    ENGINE = "engine"

    SERVER = "server"
    NONSENSE = "nonsense"
    GRAMMAR = "grammar"
    TOO_LONG = "too_long"
    TOO_SLOW = "too_slow"
    CANCELLED = "cancelled"


LASTING = frozenset(
    (ModelProblem.MISSING, ModelProblem.BROKEN, ModelProblem.UNSUPPORTED, ModelProblem.MEMORY, ModelProblem.CPU)
)
"""Problems that another try on the same machine meets again."""


class ModelError(KioskError):
    """No answer; `detail` is for IT and holds nothing that a patient said."""

    def __init__(self, problem: ModelProblem, detail: str = "") -> None:
        super().__init__(f"{problem} {detail}".strip())
        self.problem = problem
        self.detail = detail


class Role(StrEnum):
    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a chat, written by us."""

    role: Role
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Prompt:
    """`prefix` and `suffix` are ours and may hold a model's control tokens; `text` is a stranger's and is only text.

    With `turns` it is a chat: after them comes the user's turn, made of prefix, text and suffix, and the engine puts
    the model's own chat template around all of it.
    """

    prefix: str = field(repr=False)
    text: str = field(repr=False)
    suffix: str = field(default="", repr=False)
    turns: tuple[Turn, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `grammar` is GBNF, empty for free text; temperature 0 takes the likeliest token each time."""

    prompt: Prompt
    grammar: str = field(default="", repr=False)
    most_tokens: int = 256
    most_s: float = 4.0
    temperature: float = 0.0
    seed: int = 1


class Finish(StrEnum):
    """Why an answer ended: by itself, or cut off."""

    STOP = "stop"
    TOKENS = "tokens"
    TIME = "time"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Generated:
    """An answer with its figures. `reused` counts prompt tokens that were not evaluated again."""

    text: str = field(repr=False)
    finish: Finish
    prompt_tokens: int = 0
    reused: int = 0
    tokens: int = 0
    first_token_s: float = 0.0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Read:
    """Findings proposed for one text, and what reading it took."""

    findings: tuple[Finding, ...] = field(repr=False)
    tokens: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class ModelMark:
    """Which model it was, for records: `sha256` is of its file, in hex, and empty where a server runs it."""

    name: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """What runs, for IT. `sha256` is the model file's, in hex, where one was taken."""

    kind: str
    model: str
    architecture: str = ""
    parameters: int = 0
    model_bytes: int = 0
    context: int = 0
    threads: int = 0
    gpu_layers: int = 0
    gpu: str = ""
    build: str = ""
    state_bytes: int = 0
    sha256: str = ""


class Cancellation:
    """Another thread's wish that a generation end now; once cancelled it stays so."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancelled = False
        self._listeners: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    def cancel(self) -> None:
        with self._lock:
            self._cancelled = True
            for listener in self._listeners:
                listener()

    @contextlib.contextmanager
    def listening(self, listener: Callable[[], None]) -> Iterator[None]:
        """Call `listener` on cancel, at once when that was before; quick, and never raising."""
        with self._lock:
            self._listeners.append(listener)
            if self._cancelled:
                listener()
        try:
            yield
        finally:
            with self._lock:
                self._listeners.remove(listener)
