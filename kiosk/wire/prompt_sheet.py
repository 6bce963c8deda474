"""What an instruct model is told for a task: a sheet with its wording in each language, and the chat made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.domain.generation import ModelError, ModelProblem, Prompt, Role, Turn
from kiosk.domain.language import Language

TEXT = "{text}"
# Models read these as control tokens, <|im_end|> for example. One letter becomes one letter: places stay the same.
CONTROL = str.maketrans("<>|[]", "‹›¦()")


@dataclass(frozen=True, slots=True)
class Limits:
    """`longest_input` counts characters; `most_s` seconds."""

    longest_input: int
    most_tokens: int
    most_s: float


@dataclass(frozen=True, slots=True)
class Example:
    """Something given, and the answer that is wanted for it."""

    given: Mapping[str, str]
    answer: str


@dataclass(frozen=True, slots=True)
class Wording:
    """`form` is the user's turn with {text} once, and perhaps other {fields}."""

    system: str
    form: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class PromptSheet:
    task: str
    limits: Limits
    wordings: Mapping[Language, Wording]

    def prompt(self, language: Language, text: str, **fields: str) -> Prompt:
        """The chat that ends with a stranger's text; `fields` are ours. Raises ModelError (TOO_LONG)."""
        if len(text) > self.limits.longest_input:
            raise ModelError(ModelProblem.TOO_LONG, f"{len(text)} characters")
        wording = self.wordings[language]
        turns = [Turn(Role.SYSTEM, wording.system)]
        for example in wording.examples:
            prefix, suffix = _around(wording.form, example.given)
            turns.append(Turn(Role.USER, prefix + example.given["text"] + suffix))
            turns.append(Turn(Role.ASSISTANT, example.answer))
        prefix, suffix = _around(wording.form, fields)
        return Prompt(prefix, text.translate(CONTROL), suffix, tuple(turns))


def _around(form: str, fields: Mapping[str, str]) -> tuple[str, str]:
    """What stands before and behind the text."""
    before, _, behind = form.partition(TEXT)
    for name, value in fields.items():
        if name != "text":
            before = before.replace(f"{{{name}}}", value)
            behind = behind.replace(f"{{{name}}}", value)
    return before, behind
