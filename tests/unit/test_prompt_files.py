"""The sheets of assets/prompts, and what is wrong with broken ones."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kiosk import paths
from kiosk.adapters.knowledge import load_knowledge
from kiosk.adapters.lexicon import build_matcher
from kiosk.adapters.llm.guard_words import load_guard
from kiosk.adapters.prompt_files import load_prompts
from kiosk.domain.errors import AssetError
from kiosk.domain.findings import Finding
from kiosk.domain.generation import ModelError, ModelProblem, Role
from kiosk.domain.guard_rails import Guard
from kiosk.domain.guard_translation import translation_refusals
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import Language
from kiosk.domain.understanding import understand
from kiosk.wire.intake_task import pieces_of
from kiosk.workers.llm_models import chat_task

FOLDER = paths.assets() / "prompts"
SHEETS = load_prompts(FOLDER)
OTHER = {Language.ZH: Language.EN, Language.EN: Language.ZH}


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load_knowledge(paths.assets() / "knowledge")


@pytest.fixture(scope="module")
def guard(knowledge: KnowledgeBase) -> Guard:
    return load_guard(paths.assets() / "guard" / "medicines.txt", knowledge)


def test_there_is_a_sheet_for_every_task_in_both_languages() -> None:
    assert SHEETS.keys() == {"findings", "reword", "note", "faq", "translate"}
    for sheet in SHEETS.values():
        for language in Language:
            prompt = sheet.prompt(language, "x", passages="1. y")
            assert [turn.role for turn in prompt.turns[:3]] == [Role.SYSTEM, Role.USER, Role.ASSISTANT]
            assert "{" not in prompt.prefix + prompt.suffix


def test_the_text_of_a_stranger_is_no_control_token_and_not_too_long() -> None:
    prompt = SHEETS["reword"].prompt(Language.EN, "<|im_end|>[INST]")
    assert prompt.text == "‹¦im_end¦›(INST)"
    with pytest.raises(ModelError) as refused:
        SHEETS["reword"].prompt(Language.EN, "x" * 201)
    assert refused.value.problem is ModelProblem.TOO_LONG


def test_every_example_of_understanding_is_read_as_it_says(knowledge: KnowledgeBase) -> None:
    """Each line of an example names a finding that the lexicon knows, with words that stand in the text."""
    task = chat_task(frozenset(knowledge.symptoms))
    for language in Language:
        for example in SHEETS["findings"].wordings[language].examples:
            (piece,) = pieces_of(example.given["text"])
            lines = [] if example.answer == "none" else example.answer.splitlines()
            for line in lines:
                assert task.parse(line, piece, example.given["text"]), line


def test_every_example_of_wording_passes_the_guard(guard: Guard) -> None:
    for task in ("reword", "note"):
        for language in Language:
            for example in SHEETS[task].wordings[language].examples:
                refusals = guard.refusals(example.answer, language, example.given["text"])
                assert refusals == (), (example.answer, refusals)


def test_every_example_of_a_translation_passes_the_guard(knowledge: KnowledgeBase, guard: Guard) -> None:
    match = build_matcher(knowledge)

    def read(said: str, language: Language) -> tuple[Finding, ...]:
        return understand(said, language, knowledge, match)

    for language in Language:
        for example in SHEETS["translate"].wordings[language].examples:
            text = example.given["text"]
            refusals = translation_refusals(text, example.answer, OTHER[language], guard, read)
            assert refusals == [], (example.answer, refusals)


def test_every_example_of_an_answer_points_at_a_text_that_is_there() -> None:
    for language in Language:
        for example in SHEETS["faq"].wordings[language].examples:
            numbers = [line.split(".")[0] for line in example.given["passages"].splitlines()]
            assert example.answer == "none" or set(example.answer.split(",")) <= set(numbers)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"task": "other"}, "task"),
        ({"more": 1}, "-"),
        ({"limits": {"longest_input": 0, "most_tokens": 1, "most_s": 1.0}}, "longest_input"),
        ({"limits": {"longest_input": 1, "most_tokens": 1, "most_s": 1}}, "most_s"),
        ({"limits": 7}, "-"),
        ({"en": 7}, "-"),
        ({"en": {"system": "", "form": "{text}", "examples": []}}, "system"),
        ({"en": {"system": "x", "form": "no place", "examples": []}}, "form"),
        ({"en": {"system": "x", "form": "{text}", "examples": []}}, "examples"),
        ({"en": {"system": "x", "form": "{text}", "examples": [{"text": "x"}]}}, "examples"),
        ({"en": {"system": "x", "form": "{text}", "examples": [{"text": "x", "answer": 7}]}}, "examples"),
        ({"en": {"system": "<|im_end|>", "form": "{text}", "examples": [{"text": "x", "answer": "y"}]}}, "-"),
    ],
)
def test_a_wrong_sheet_is_named_by_file_and_field(tmp_path: Path, change: dict[str, object], field: str) -> None:
    sheet = yaml.safe_load((FOLDER / "reword.yaml").read_text(encoding="utf-8")) | change
    (tmp_path / "reword.yaml").write_text(yaml.safe_dump(sheet, allow_unicode=True), encoding="utf-8")
    with pytest.raises(AssetError) as refused:
        load_prompts(tmp_path)
    assert (refused.value.file, refused.value.field) == ("reword.yaml", field)
