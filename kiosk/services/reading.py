"""What somebody said to findings, by a language model: proposals, which the dialogue checks and may ignore."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from typing import Protocol, TypeVar

from kiosk.domain.findings import Finding
from kiosk.domain.generation import Cancellation, EngineFacts, Finish, ModelError, ModelProblem, Prompt, Read, Request
from kiosk.domain.guard_rails import sound_findings
from kiosk.domain.language import Language
from kiosk.services.ports import TextGenerator

MOST_TOKENS = 512
_LEAST_S = 0.01
PROBLEM_OF = {
    Finish.TOKENS: ModelProblem.TOO_LONG,
    Finish.TIME: ModelProblem.TOO_SLOW,
    Finish.CANCELLED: ModelProblem.CANCELLED,
}

Piece = TypeVar("Piece")


class ReadingTask(Protocol[Piece]):
    """The form of prompt and answer that a model was made for (wire/intake_task.py)."""

    def pieces(self, text: str) -> Iterable[Piece]: ...

    def prompt(self, piece: Piece, language: Language) -> Prompt: ...

    def grammar(self, piece: Piece) -> str: ...

    def parse(self, untrusted_answer: str, piece: Piece, text: str) -> tuple[Finding, ...]: ...


class ModelReader:
    """services.ports.FindingReader with a model that writes: `codes` are the only ones it may propose.

    `most_s` bounds one text as a whole, `most_tokens` the answer to one piece of it.
    """

    def __init__(
        self,
        generator: TextGenerator,
        task: ReadingTask[Piece],
        codes: Collection[str],
        most_s: float,
        seed: int = 1,
        most_tokens: int = MOST_TOKENS,
    ) -> None:
        self._generator = generator
        self._task = task
        self._codes = frozenset(codes)
        self._most_s = most_s
        self._seed = seed
        self._most_tokens = most_tokens

    @property
    def facts(self) -> EngineFacts:
        return self._generator.facts

    def warm_up(self) -> None:
        self._generator.warm_up()

    def forget(self) -> None:
        self._generator.forget()

    def close(self) -> None:
        self._generator.close()

    def read(
        self,
        text: str,
        language: Language,
        cancellation: Cancellation | None = None,
        beat: Callable[[], None] = lambda: None,
    ) -> Read:
        """All findings of a text, or ModelError: half an answer is none."""
        began = time.monotonic()
        cancellation = cancellation or Cancellation()
        found: dict[str, Finding] = {}
        tokens = 0
        for piece in self._task.pieces(text):
            left = max(_LEAST_S, self._most_s - (time.monotonic() - began))
            request = Request(
                self._task.prompt(piece, language), self._task.grammar(piece), self._most_tokens, left, seed=self._seed
            )
            generated = self._generator.generate(request, cancellation, beat)
            if generated.finish is not Finish.STOP:
                raise ModelError(PROBLEM_OF[generated.finish])
            tokens += generated.tokens
            for finding in self._task.parse(generated.text, piece, text):
                found.setdefault(finding.code, finding)
        sound = sound_findings(found.values(), text, self._codes)
        return Read(sound, tokens, time.monotonic() - began)
