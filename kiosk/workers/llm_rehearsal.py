"""A language model is first tried in a process of its own: an old processor, a hostile file or too little memory ends
that process, and the worker learns why.

`rehearse` is called by the worker; the process itself reads one JSON object on stdin and writes one on stdout.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kiosk.config import LlmSettings, parse_config
from kiosk.domain.generation import ModelError, ModelProblem

LONGEST_S = 180.0
LIBRARIES = "LLAMA_CPP_LIB_PATH"
"""Where llama-cpp-python looks for another build of the engine."""
_BESIDE_BUDGET = 300_000_000
_MOST_LOG = 200_000
_WORKER = "llm_rehearsal"
_SAID = (
    ("unknown model architecture", ModelProblem.UNSUPPORTED),
    ("failed to allocate", ModelProblem.MEMORY),
    ("unable to allocate", ModelProblem.MEMORY),
    ("out of memory", ModelProblem.MEMORY),
    ("bad_alloc", ModelProblem.MEMORY),
)
_SIGNALS = {"SIGILL": ModelProblem.CPU, "SIGKILL": ModelProblem.MEMORY}


def rehearse(file: Path, settings: LlmSettings, budget: int, beat: Callable[[], None] = lambda: None) -> str:
    """Load the model and write a token, elsewhere. Returns the folder of the build that can; raises ModelError.

    The installed build (an empty folder's name) comes first, then those of `llm.libraries`. `beat` is called while
    it goes on.
    """
    folders = ["", *(one.strip() for one in settings.libraries.split(",") if one.strip())]
    problem = ModelError(ModelProblem.ENGINE)
    for folder in folders:
        try:
            _try(file, settings, budget, folder, beat)
        except ModelError as error:
            problem = error
            if error.problem not in (ModelProblem.CPU, ModelProblem.ENGINE):
                raise
        else:
            return folder
    raise problem


def rehearsal_command() -> list[str]:
    """A frozen build has no -m and starts itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "worker", _WORKER]
    return [sys.executable, "-m", "kiosk.workers", _WORKER]


def limit_memory(budget: int) -> None:
    """What lies above ends in a failed allocation of this process, not in the death of another one."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (budget + _BESIDE_BUDGET, budget + _BESIDE_BUDGET))


def _try(file: Path, settings: LlmSettings, budget: int, folder: str, beat: Callable[[], None]) -> None:
    environment = {**os.environ, **({LIBRARIES: folder} if folder else {})}
    question = {"file": str(file), "budget": budget, "llm": asdict(settings)}
    process = subprocess.Popen(  # noqa: S603 - ourselves
        rehearsal_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    given: bytes | None = json.dumps(question).encode()
    waited = 0.0
    while True:
        try:
            answer, log = process.communicate(given, timeout=1.0)
            break
        except subprocess.TimeoutExpired:
            given, waited = None, waited + 1.0
            beat()
            if waited > LONGEST_S:
                process.kill()
                process.communicate()
                raise ModelError(ModelProblem.TOO_SLOW, "to load") from None
    _judge(process.returncode, answer, log[-_MOST_LOG:].decode("utf-8", "replace"))


def _judge(code: int, answer: bytes, log: str) -> None:
    said = next((problem for words, problem in _SAID if words in log), None)
    if code < 0:
        name = signal.Signals(-code).name
        raise ModelError(said or _SIGNALS.get(name, ModelProblem.BROKEN), f"the engine ends with {name}")
    try:
        untrusted: Mapping[str, Any] = json.loads(answer)
        problem, detail = ModelProblem(untrusted["problem"]), str(untrusted["detail"])[:200]
    except (ValueError, KeyError, TypeError):
        raise ModelError(said or ModelProblem.ENGINE, f"the engine ends with code {code}") from None
    if problem is not ModelProblem.NONE:
        raise ModelError(said if said and problem is ModelProblem.BROKEN else problem, detail)


def main() -> int:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # Should the worker be gone by then, nobody else would end a file that keeps the engine busy for ever.
        resource.setrlimit(resource.RLIMIT_CPU, (int(LONGEST_S), int(LONGEST_S) + 5))
    given = json.loads(sys.stdin.buffer.read())
    answer = {"problem": ModelProblem.NONE.value, "detail": ""}
    try:
        _load(Path(given["file"]), parse_config({"llm": given["llm"]}).llm, int(given["budget"]))
    except ModelError as error:
        answer = {"problem": error.problem.value, "detail": error.detail}
    except (ImportError, OSError, RuntimeError, MemoryError) as error:
        answer = {"problem": ModelProblem.ENGINE.value, "detail": type(error).__name__}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    # The engine's own clean-up has nothing to tell any more.
    os._exit(0)


def _load(file: Path, settings: LlmSettings, budget: int) -> None:
    from kiosk.adapters.llm.llama_cpp_engine import LlamaCppEngine

    limit_memory(budget)
    engine = LlamaCppEngine(
        file,
        threads=settings.threads,
        gpu_layers=settings.gpu_layers,
        context=settings.context,
        quiet=False,
    )
    engine.warm_up()
