"""From settings to a language model that the worker can ask."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kiosk import paths
from kiosk.adapters.llm.gguf_header import Header, read_header
from kiosk.adapters.llm.make import make_generator
from kiosk.adapters.llm.model_files import check_room, file_sha256, find_gguf, memory_budget
from kiosk.config import LlmSettings, PromptForm
from kiosk.domain.errors import AssetError
from kiosk.domain.generation import Cancellation, ModelError, ModelProblem, Request
from kiosk.domain.language import Language
from kiosk.services.ports import FindingReader, TextGenerator
from kiosk.services.reading import ModelReader
from kiosk.wire.chat_findings_task import ChatFindingsTask
from kiosk.wire.intake_task import IntakeTask
from kiosk.workers.llm_rehearsal import LIBRARIES, limit_memory, rehearse

_LONGEST_PREPARATION_S = 120.0


def open_reader(
    settings: LlmSettings, codes: frozenset[str], progress: Callable[[float], None], beat: Callable[[], None]
) -> FindingReader:
    """What reads complaints with these settings; raises ModelError.

    A model of another form, one that marks words instead of writing, is told apart here and needs no other change.
    """
    header = None if settings.server else read_header(find_gguf(settings.model))
    chats = is_asked_by_chat(settings.form, header)
    if header is not None and header.marks_words:
        file = _allowed(settings, beat)
        # Loads the engine, of which another build may just have been chosen.
        from kiosk.workers.marking_reader import MarkingReader

        reader = MarkingReader(file, header, codes)
        reader.facts = replace(reader.facts, sha256=file_sha256(file, beat))
        return reader
    if not chats:
        generator = open_generator(settings, progress, beat)
        return ModelReader(generator, IntakeTask(codes), codes, settings.timeout_s)
    # Before this process is held to the memory of the model.
    task = chat_task(codes)
    generator = open_generator(settings, progress, beat)
    if not settings.server:
        prepare(generator, task, beat)
    most_s = min(settings.timeout_s, task.limits.most_s)
    return ModelReader(generator, task, codes, most_s, most_tokens=task.limits.most_tokens)


def is_asked_by_chat(form: PromptForm, header: Header | None) -> bool:
    """A server's model is not known: its form stands in the settings."""
    if form is PromptForm.AUTO:
        return header is not None and header.chats
    return form is PromptForm.CHAT


def chat_task(codes: frozenset[str]) -> ChatFindingsTask:
    """What instruct models are asked with: the sheet of assets/prompts, and the lexicon that knows plain names.

    Raises ModelError.
    """
    from kiosk.adapters.knowledge import load_knowledge
    from kiosk.adapters.lexicon import build_matcher
    from kiosk.adapters.prompt_files import load_prompts
    from kiosk.domain.findings import Status
    from kiosk.domain.guard_meaning import KIN, classes_in
    from kiosk.domain.knowledge import SymptomKind
    from kiosk.domain.understanding import understand

    try:
        knowledge = load_knowledge(paths.assets() / "knowledge")
        sheet = load_prompts(paths.assets() / "prompts")["findings"]
    except (AssetError, KeyError) as error:
        raise ModelError(ModelProblem.UNSUPPORTED, f"assets/prompts: {error}") from error
    match = build_matcher(knowledge)

    def is_complaint(code: str) -> bool:
        symptom = knowledge.symptoms[code]
        return code in codes and symptom.ease > 0 and symptom.kind is not SymptomKind.HISTORY

    def codes_of(name: str, language: Language) -> list[str]:
        """None for a name that speaks of somebody else, or of an illness: what is in the words is only a complaint."""
        if classes_in(name, KIN):
            return []
        found = understand(name, language, knowledge, match)
        return [one.code for one in found if one.status is Status.PRESENT and is_complaint(one.code)]

    return ChatFindingsTask(sheet, codes_of)


def prepare(generator: TextGenerator, task: ChatFindingsTask, beat: Callable[[], None]) -> None:
    """Evaluate what every question begins with, which the engine then keeps: a patient does not wait for it."""
    for language in Language:
        for piece in task.pieces("a"):
            request = Request(task.prompt(piece, language), most_tokens=1, most_s=_LONGEST_PREPARATION_S)
            generator.generate(request, Cancellation(), beat)


def open_generator(settings: LlmSettings, progress: Callable[[float], None], beat: Callable[[], None]) -> TextGenerator:
    """A model in this process, after a rehearsal elsewhere; or the hospital's server. Raises ModelError."""
    if settings.server:
        return make_generator(settings, None, progress)
    file = _allowed(settings, beat)
    engine = make_generator(settings, file, progress)
    engine.facts = replace(engine.facts, sha256=file_sha256(file, beat))
    return engine


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
