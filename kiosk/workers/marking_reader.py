"""services.ports.FindingReader with the model that marks words (adapters/intake_model.py) instead of writing."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from kiosk.adapters.intake_model import IntakeModel
from kiosk.adapters.llm.gguf_header import Header
from kiosk.domain.errors import ModelMissing
from kiosk.domain.findings import Status
from kiosk.domain.generation import Cancellation, EngineFacts, ModelError, ModelProblem
from kiosk.domain.guard_rails import sound_findings
from kiosk.domain.language import Language
from kiosk.services.reading import Read

_WARMING = "a"


class MarkingReader:
    """Proposes what the model is sure enough of, always as in doubt: it becomes a question and counts for nothing.

    What the model takes as denied is not proposed: on denials it is worse than the lexicon (models/intake/README.md).
    """

    def __init__(self, file: Path, header: Header, codes: Collection[str]) -> None:
        try:
            self._model = IntakeModel(file)
        except ModelMissing as error:
            raise ModelError(ModelProblem.BROKEN, file.name) from error
        self._codes = frozenset(codes)
        self.facts = EngineFacts(
            kind="llama.cpp, marking",
            model=header.name,
            architecture=header.architecture,
            parameters=header.tensor_values,
            model_bytes=header.file_bytes,
            context=header.number("context_length"),
            threads=1,
        )

    def warm_up(self) -> None:
        self._model.read(_WARMING)

    def read(
        self, text: str, language: Language, cancellation: Cancellation, beat: Callable[[], None] = lambda: None
    ) -> Read:
        """All proposals of a text; it takes too little time to be ended in between."""
        began = time.monotonic()
        beat()
        try:
            proposals = self._model.read(text, language).proposals(self._codes)
        except ModelMissing as error:
            raise ModelError(ModelProblem.ENGINE) from error
        if cancellation.cancelled:
            raise ModelError(ModelProblem.CANCELLED)
        doubts = [replace(one, status=Status.UNSURE) for one in proposals if one.status is not Status.ABSENT]
        return Read(sound_findings(doubts, text, self._codes), 0, time.monotonic() - began)

    def forget(self) -> None:
        """Read something else over what was read before."""
        self._model.read(_WARMING)

    def close(self) -> None:
        self._model.close()
