"""A language model's proposals for tools that read many texts: `kiosk assess` and `kiosk evaluate`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from kiosk.config import LlmSettings
from kiosk.domain.findings import Finding
from kiosk.domain.generation import Cancellation, ModelError
from kiosk.domain.guard_rails import sound_findings
from kiosk.domain.language import Language

Propose = Callable[[str, Language], tuple[Finding, ...]]
"""What a model reads in a text; each becomes a question at most (domain/proposals.py)."""

OFF = "off"
_PATIENCE_S = 60.0


def nothing(text: str, language: Language) -> tuple[Finding, ...]:
    """What is proposed without a model."""
    return ()


@contextmanager
def proposing(model: str, codes: Collection[str]) -> Iterator[Propose]:
    """The proposals of a model as `llm.model` names it, checked as in the kiosk. Raises ModelError.

    A text that the model does not answer has no proposals.
    """
    if model == OFF:
        yield nothing
        return
    from kiosk.workers.llm_models import open_reader

    reader = open_reader(LlmSettings(model=model, timeout_s=_PATIENCE_S), frozenset(codes), _ignore, _ignore)

    def propose(text: str, language: Language) -> tuple[Finding, ...]:
        try:
            read = reader.read(text, language, Cancellation())
        except ModelError:
            return ()
        return sound_findings(read.findings, text, codes)

    try:
        yield propose
    finally:
        reader.close()


def _ignore(*news: float) -> None:
    """Nobody waits for progress here."""
