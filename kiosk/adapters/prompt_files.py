"""assets/prompts: one YAML file a task, checked field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk.adapters.knowledge_files import read_folder
from kiosk.domain.errors import AssetError
from kiosk.domain.language import Language
from kiosk.wire.prompt_sheet import CONTROL, TEXT, Example, Limits, PromptSheet, Wording

_FIELDS = re.compile(r"\{([a-z]+)\}")
_RANGES = {"longest_input": (int, 1, 4000), "most_tokens": (int, 1, 2000), "most_s": (float, 0.1, 60.0)}
_KEYS = {"task", "limits", "review", *Language}


def load_prompts(folder: Path) -> dict[str, PromptSheet]:
    """All sheets by task; raises AssetError naming file, entry and field."""
    return {Path(name).stem: _sheet(name, untrusted) for name, untrusted in read_folder(folder).items()}


def _sheet(file: str, untrusted: Any) -> PromptSheet:
    if not isinstance(untrusted, Mapping) or untrusted.keys() != _KEYS:
        raise AssetError(file, "-", "-", f"must hold {', '.join(sorted(_KEYS))}")
    task = untrusted["task"]
    if task != Path(file).stem:
        raise AssetError(file, "-", "task", "must be the name of the file")
    wordings = {language: _wording(file, language, untrusted[language]) for language in Language}
    return PromptSheet(task, _limits(file, untrusted["limits"]), wordings)


def _limits(file: str, untrusted: Any) -> Limits:
    if not isinstance(untrusted, Mapping) or untrusted.keys() != _RANGES.keys():
        raise AssetError(file, "limits", "-", f"must hold {', '.join(_RANGES)}")
    for field, (kind, low, high) in _RANGES.items():
        if type(untrusted[field]) is not kind or not low <= untrusted[field] <= high:
            raise AssetError(file, "limits", field, f"must be from {low} to {high}")
    return Limits(**untrusted)


def _wording(file: str, language: Language, untrusted: Any) -> Wording:
    def wrong(field: str, problem: str) -> AssetError:
        return AssetError(file, language, field, problem)

    if not isinstance(untrusted, Mapping) or untrusted.keys() != {"system", "form", "examples"}:
        raise wrong("-", "must hold system, form and examples")
    system, form, examples = untrusted["system"], untrusted["form"], untrusted["examples"]
    if not isinstance(system, str) or not system.strip():
        raise wrong("system", "must be a text")
    if not isinstance(form, str) or form.count(TEXT) != 1:
        raise wrong("form", f"must hold {TEXT} once")
    wanted = {"answer", *_FIELDS.findall(form)}
    if not isinstance(examples, list) or not examples:
        raise wrong("examples", "must be a list")
    for example in examples:
        if not isinstance(example, Mapping) or example.keys() != wanted:
            raise wrong("examples", f"each must hold {', '.join(sorted(wanted))}")
        if not all(isinstance(value, str) and value for value in example.values()):
            raise wrong("examples", "must be texts")
    texts = [system, form, *(value for example in examples for value in example.values())]
    if any(text != text.translate(CONTROL) for text in texts):
        raise wrong("-", "must hold none of the signs of control tokens")
    given = tuple(Example({**example}, example["answer"]) for example in examples)
    return Wording(system, form, given)
