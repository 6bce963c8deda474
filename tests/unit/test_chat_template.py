"""Chat templates of any model around a chat that ends with a stranger's text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.adapters.llm.chat_template import ChatTemplate
from kiosk.domain.generation import ModelError, ModelProblem, Prompt, Role, Turn
from tests.tiny_model import ROLES_TEMPLATE

CHAT = Prompt(
    "Say: ", "hello", " now", (Turn(Role.SYSTEM, "Rules."), Turn(Role.USER, "Say: a"), Turn(Role.ASSISTANT, "A"))
)
PLAIN = "{% for m in messages %}[{{ m.role }}]{{ m.content }}{% endfor %}{% if add_generation_prompt %}[go]{% endif %}"


def test_the_strangers_text_stays_apart() -> None:
    laid = ChatTemplate(PLAIN).laid_out(CHAT)
    assert laid == Prompt("[system]Rules.[user]Say: a[assistant]A[user]Say: ", "hello", " now[go]")


def test_a_switch_for_thinking_is_turned_off() -> None:
    laid = ChatTemplate(ROLES_TEMPLATE).laid_out(CHAT)
    assert laid.prefix.startswith("<|im_start|>system\nRules.<|im_end|>\n<|im_start|>user\n")
    assert laid.suffix == " now<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"


@pytest.mark.parametrize(
    ("end", "suffix"),
    [
        ("{# <think> is known #}[go]", " now[go]<think>\n\n</think>\n\n"),
        ("[go]<think>\n", " now[go]<think>\n\n</think>\n\n"),
        ("[go]", " now[go]"),
    ],
)
def test_a_model_that_thinks_without_a_switch_is_given_no_thought(end: str, suffix: str) -> None:
    template = "{% for m in messages %}{{ m.content }}{% endfor %}" + end
    assert ChatTemplate(template).laid_out(CHAT).suffix == suffix


def test_a_model_without_a_systems_turn_gets_it_with_the_first_of_the_user() -> None:
    refusing = "{% if messages[0].role == 'system' %}{{ raise_exception('no system') }}{% endif %}" + PLAIN
    laid = ChatTemplate(refusing).laid_out(CHAT)
    assert laid.prefix == "[user]Rules.\n\nSay: a[assistant]A[user]Say: "


@pytest.mark.parametrize(
    "template",
    [
        "",
        "{% for",
        "nothing of what was said",
        "{% for m in messages %}{{ m.content }}{{ m.content }}{% endfor %}",
        "{{ raise_exception('never') }}",
        "{{ messages[99].content }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ messages.append(1) }}",
        "{{ 1 / 0 }}",
        "{% for a in range(10**9) %}{% endfor %}",
        "{% import 'os' as os %}",
        "x" * 70_000,
    ],
)
def test_a_template_that_cannot_be_used_is_unsupported(template: str) -> None:
    with pytest.raises(ModelError) as refused:
        ChatTemplate(template).laid_out(CHAT)
    assert refused.value.problem is ModelProblem.UNSUPPORTED


@given(st.text(max_size=60))
def test_whatever_is_said_changes_nothing_around_it(text: str) -> None:
    template = ChatTemplate(ROLES_TEMPLATE)
    laid = template.laid_out(Prompt("Say: ", text, " now", CHAT.turns))
    assert laid == Prompt(template.laid_out(CHAT).prefix, text, template.laid_out(CHAT).suffix)
