"""`kiosk llm ask --task`: what an instruct model makes of one text, what the guard says to it, what would be shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kiosk import paths
from kiosk.config import LlmSettings, PromptForm
from kiosk.domain.findings import Finding, Findings
from kiosk.domain.generation import Cancellation, ModelError
from kiosk.domain.knowledge import Level
from kiosk.domain.language import Language, language_of
from kiosk.domain.patient import Patient
from kiosk.llm_tools import ask, open_generator_here, say, told

FINDINGS = "findings"
"""The one task that has no screen text but findings; the others are those of services/phrasing.py."""


def do_task(task: str, text: str, settings: LlmSettings, language: Language | None, passages: Path | None) -> int:
    """Print what came of it; the exit code."""
    if task == FINDINGS:
        return ask(text, replace(settings, form=PromptForm.CHAT), language, free=False)
    from kiosk.adapters.knowledge import load_knowledge
    from kiosk.adapters.lexicon import build_matcher
    from kiosk.adapters.llm.guard_words import load_guard
    from kiosk.adapters.prompt_files import load_prompts
    from kiosk.domain.note_sentence import note_sentences
    from kiosk.domain.triage import assess
    from kiosk.domain.understanding import understand
    from kiosk.services.phrasing import FAQ, NOTE, REWORD, Phrasing

    language = language or language_of(text)
    knowledge = load_knowledge(paths.assets() / "knowledge")
    match = build_matcher(knowledge)
    texts = _texts(passages)

    def read(said: str, of: Language) -> tuple[Finding, ...]:
        return understand(said, of, knowledge, match)

    def alarms(said: str, of: Language) -> bool:
        findings = Findings().merged(read(said, of))
        return assess(knowledge, Patient(), findings, ()).level <= Level.II

    try:
        guard = load_guard(paths.assets() / "guard" / "medicines.txt", knowledge)
        phrasing = Phrasing(
            open_generator_here(settings), load_prompts(paths.assets() / "prompts"), guard, read, alarms
        )
        if task == NOTE:
            names = {code: symptom.name for code, symptom in knowledge.symptoms.items()}
            given = note_sentences(read(text, language), names, language)
            say(f"rule:   {given}")
            made = phrasing.note(given, language, Cancellation())
        elif task == FAQ:
            made = phrasing.answer(text, texts, language, Cancellation())
        else:
            made = (phrasing.reword if task == REWORD else phrasing.translate)(text, language, Cancellation())
    except ModelError as error:
        return told(error)
    say(f"model:  {made.written}")
    say(f"guard:  {', '.join(made.refusals) or 'nothing against it'}")
    say(f"shown:  {made.text or 'nothing: staff are asked'}")
    for place in made.sources:
        say(f"source: {passages}, text {place + 1}")
    say(f"{made.tokens} tokens, {1000 * made.seconds:.0f} ms")
    return 0


def _texts(file: Path | None) -> list[str]:
    if file is None:
        return []
    return [line.strip() for line in file.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
