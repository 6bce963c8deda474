"""Ways to say yes, no and not sure."""

from __future__ import annotations

from kiosk.domain.findings import Status
from kiosk.domain.language import Language

_ZH = {
    Status.PRESENT: ("是", "是的", "有", "有的", "对", "对的", "会", "有一点", "有点", "有时候", "有时候有", "经常有"),
    Status.ABSENT: (
        "不是", "没有", "没有的", "不对", "不", "不会", "都没有", "没有过", "从来没有", "一点都没有",
    ),
    Status.UNSURE: (
        "不清楚", "我不清楚", "不知道", "我不知道", "不确定", "说不清", "不好说", "可能有", "好像有", "好像没有",
    ),
}  # fmt: skip
_EN = {
    Status.PRESENT: (
        "yes", "yeah", "yes i do", "yes i have", "yes it does", "yes it is", "right", "a little", "yes a little",
        "sometimes", "yes sometimes",
    ),
    Status.ABSENT: (
        "no", "nope", "no i do not", "no i don't", "no i have not", "no i haven't", "no it does not", "no it doesn't",
        "no it is not", "not at all", "no not at all", "never", "no never", "none",
    ),
    Status.UNSURE: (
        "not sure", "i am not sure", "i'm not sure", "i do not know", "i don't know", "don't know", "maybe", "perhaps",
        "i think so", "i do not think so", "i don't think so", "hard to say", "i can't tell",
    ),
}  # fmt: skip

ANSWER_PHRASES: dict[Language, dict[str, Status]] = {
    Language.ZH: {phrase: status for status, phrases in _ZH.items() for phrase in phrases},
    Language.EN: {phrase: status for status, phrases in _EN.items() for phrase in phrases},
}
"""Phrases that answer a question. "I do" alone is none: it can be the rest of "no, I do not"."""
