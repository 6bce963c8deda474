from __future__ import annotations

import pytest

from kiosk.adapters.speech.phrases import grammar, readable

VOCABULARY = {"[unk]", "没有", "没", "有", "不", "清楚", "不清楚", "胸口", "疼", "yes", "no", "not", "sure"}


@pytest.mark.parametrize(
    ("heard", "text"),
    [
        ("我 头痛 三 天 了", "我头痛三天了"),
        ("i have a headache", "i have a headache"),
        ("[unk] 胸口 [unk] 疼", "胸口疼"),
        ("no [unk] fever", "no fever"),
        ("做 CT 检查 two times", "做CT检查two times"),
        ("[unk]", ""),
        ("", ""),
    ],
)
def test_readable(heard: str, text: str) -> None:
    assert readable(heard) == text


@pytest.mark.parametrize(
    ("phrases", "spelled", "missing"),
    [
        (["yes", "no"], ["yes", "no", "[unk]"], 0),
        (["Not sure."], ["not sure", "[unk]"], 0),
        (["胸口疼"], ["胸口 疼", "[unk]"], 0),
        # One word when there is one, not the pieces it could be cut into.
        (["不清楚", "没有"], ["不清楚", "没有", "[unk]"], 0),
        # "not really" must not become "not".
        (["not really", "yes"], ["yes", "[unk]"], 1),
        (["肚子疼", "疼，没有"], ["疼 没有", "[unk]"], 1),
        (["yes", "Yes"], ["yes", "[unk]"], 0),
        (["maybe", "…"], [], 2),
        ([], [], 0),
    ],
)
def test_grammar(phrases: list[str], spelled: list[str], missing: int) -> None:
    assert grammar(phrases, VOCABULARY.__contains__) == (spelled, missing)


def test_a_model_without_the_unknown_word_gets_none() -> None:
    assert grammar(["yes"], {"yes"}.__contains__) == (["yes"], 0)
