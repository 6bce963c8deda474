"""From settings to a language model that the worker can ask."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from kiosk.adapters.llm.gguf_header import read_header
from kiosk.adapters.llm.make import make_generator
from kiosk.adapters.llm.model_files import check_room, find_gguf, memory_budget
from kiosk.config import LlmSettings
from kiosk.services.ports import FindingReader, TextGenerator
from kiosk.services.reading import ModelReader
from kiosk.wire.intake_task import IntakeTask
from kiosk.workers.llm_rehearsal import LIBRARIES, limit_memory, rehearse


def open_reader(
    settings: LlmSettings, codes: frozenset[str], progress: Callable[[float], None], beat: Callable[[], None]
) -> FindingReader:
    """What reads complaints with these settings; raises ModelError.

    A model of another form, one that marks words instead of writing, is told apart here and needs no other change.
    """
    if not settings.server:
        header = read_header(find_gguf(settings.model))
        if header.marks_words:
            file = _allowed(settings, beat)
            # Loads the engine, of which another build may just have been chosen.
            from kiosk.workers.marking_reader import MarkingReader

            return MarkingReader(file, header, codes)
    return ModelReader(open_generator(settings, progress, beat), IntakeTask(codes), codes, settings.timeout_s)


def open_generator(settings: LlmSettings, progress: Callable[[float], None], beat: Callable[[], None]) -> TextGenerator:
    """A model in this process, after a rehearsal elsewhere; or the hospital's server. Raises ModelError."""
    if settings.server:
        return make_generator(settings, None, progress)
    return make_generator(settings, _allowed(settings, beat), progress)


def try_out(settings: LlmSettings) -> str:
    """Whether a model would work, without its engine in this process: its name; raises ModelError."""
    if settings.server:
        server = make_generator(settings, None)
        try:
            server.warm_up()
            return f"{server.facts.model} at {settings.server}"
        finally:
            server.close()
    return _rehearsed(settings, lambda: None)[0].name


def _allowed(settings: LlmSettings, beat: Callable[[], None]) -> Path:
    """The rehearsed file; this process may take no more memory than it was given."""
    file, budget, library = _rehearsed(settings, beat)
    if library:
        os.environ[LIBRARIES] = library
    limit_memory(budget)
    return file


def _rehearsed(settings: LlmSettings, beat: Callable[[], None]) -> tuple[Path, int, str]:
    """The file, its memory and the build that can run it."""
    file, budget = find_gguf(settings.model), memory_budget(settings.memory_mb)
    check_room(file, settings.context, budget)
    return file, budget, rehearse(file, settings, budget, beat)
