"""What the intake model says about each piece of a text, and the tokens of its vocabulary that say it."""

from __future__ import annotations

from enum import IntEnum, StrEnum

OTHER_COMPLAINT = "other_complaint"
"""A complaint that is none of the knowledge base's findings."""


class Place(IntEnum):
    """Where a piece of the text stands: outside of all findings, at the beginning of one, further inside."""

    OUTSIDE = 0
    BEGIN = 1
    INSIDE = 2


class Meaning(IntEnum):
    """How a finding is meant; VOID is somebody else's, a past one, or one that is only spoken about."""

    PRESENT = 0
    ABSENT = 1
    UNSURE = 2
    VOID = 3


class Pointer(IntEnum):
    """Which length of time was said of a finding: none, the nearest one before its words, the nearest one after."""

    NONE = 0
    LEFT = 1
    RIGHT = 2


class Special(StrEnum):
    """Tokens that no text holds, behind the text's own in the vocabulary, in this order; then one for each code."""

    PAD = "<pad>"
    BEGIN_TEXT = "<s>"
    END_TEXT = "</s>"
    OUTSIDE = "<outside>"
    BEGIN = "<begin>"
    INSIDE = "<inside>"
    PRESENT = "<present>"
    ABSENT = "<absent>"
    UNSURE = "<unsure>"
    VOID = "<void>"
    NO_LENGTH = "<no-length>"
    LENGTH_BEFORE = "<length-before>"
    LENGTH_AFTER = "<length-after>"


FIRST_PLACE = list(Special).index(Special.OUTSIDE)
FIRST_MEANING = list(Special).index(Special.PRESENT)
FIRST_POINTER = list(Special).index(Special.NO_LENGTH)
SPECIALS = len(Special)


def code_token(code: str) -> str:
    return f"<finding:{code}>"


def code_of(token: str) -> str | None:
    """The code that a token stands for, None for any other token."""
    return token[len("<finding:") : -1] if token.startswith("<finding:") and token.endswith(">") else None
