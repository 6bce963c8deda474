"""A model's own chat template (tokenizer.chat_template of a GGUF file), put around a chat that ends with a stranger's
text."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jinja2
from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kiosk.domain.generation import ModelError, ModelProblem, Prompt, Role, Turn

LONGEST_TEMPLATE = 64 * 1024
_PLACE = "\ue000\ue001\ue000"
"""Stands for the text while the template is at work; no template touches letters for private use."""
_OPEN, _CLOSED = "<think>", "</think>"
_NO_THOUGHT = f"{_OPEN}\n\n{_CLOSED}\n\n"
"""What a model that thinks aloud is given as already thought (Qwen3's own switch writes the same)."""


class ChatTemplate:
    """`begin` is the token that begins a text, empty where the engine puts it itself. Raises ModelError."""

    def __init__(self, source: str, begin: str = "", end: str = "") -> None:
        if not source or len(source) > LONGEST_TEMPLATE:
            raise ModelError(ModelProblem.UNSUPPORTED, "no chat template")
        # As transformers sets it up: templates are written for that.
        environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols])
        environment.filters["tojson"] = lambda value, **how: json.dumps(value, ensure_ascii=False)
        environment.globals["raise_exception"] = _refuse
        self._begin, self._end = begin, end
        self._thinks = _OPEN in source
        try:
            self._template = environment.from_string(source)
        except jinja2.TemplateError as error:
            raise ModelError(ModelProblem.UNSUPPORTED, "chat template cannot be read") from error

    def laid_out(self, prompt: Prompt) -> Prompt:
        """The chat as one text, with the stranger's part still apart."""
        if _PLACE in prompt.prefix + prompt.suffix + "".join(turn.text for turn in prompt.turns):
            raise ModelError(ModelProblem.NONSENSE, "letters for private use")
        last = Turn(Role.USER, prompt.prefix + _PLACE + prompt.suffix)
        whole = self._rendered((*prompt.turns, last))
        before, place, behind = whole.partition(_PLACE)
        if not place or _PLACE in behind:
            raise ModelError(ModelProblem.UNSUPPORTED, "chat template changes what is said")
        return Prompt(before, prompt.text, self._without_thinking(behind))

    def _rendered(self, turns: tuple[Turn, ...]) -> str:
        try:
            return self._render(turns)
        except ModelError:
            # Some models know no system's turn: it then begins the first one of the user.
            if turns[0].role is not Role.SYSTEM or len(turns) < 2:
                raise
            merged = replace(turns[1], text=f"{turns[0].text}\n\n{turns[1].text}")
            return self._render((merged, *turns[2:]))

    def _render(self, turns: tuple[Turn, ...]) -> str:
        messages = [{"role": turn.role.value, "content": turn.text} for turn in turns]
        try:
            return self._template.render(
                messages=messages,
                add_generation_prompt=True,
                enable_thinking=False,
                tools=None,
                bos_token=self._begin,
                eos_token=self._end,
            )
        except (jinja2.TemplateError, TypeError, ValueError, LookupError, ArithmeticError, RecursionError) as error:
            raise ModelError(ModelProblem.UNSUPPORTED, f"chat template: {type(error).__name__}") from error

    def _without_thinking(self, behind: str) -> str:
        if not self._thinks or _CLOSED in behind:
            return behind
        if behind.rstrip().endswith(_OPEN):
            return f"{behind.rstrip()}\n\n{_CLOSED}\n\n"
        return behind + _NO_THOUGHT


def _refuse(message: Any) -> None:
    raise jinja2.TemplateRuntimeError(str(message)[:200])
