"""What an English "nothing" denies: "nothing's spinning", "nothing stuck in my eye", "nothing splashed in it"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from kiosk.domain.matching import Match, MatchKind

_BEFORE = re.compile(
    r"\bnothing(?:'s| is| was| has| been| feels?| looks?| seems?| ever| gone| got| there| really| actually)*\s+$"
)
_REACH = 40
_BEGINS = re.compile(
    r"(?!(?:eaten|passed|taken|drunk|helping|helped|working|worked|going|gone|staying|getting|passing|moving|tasting|"
    r"relieving|relieved|stopping|stopped|easing|eased|being|doing|needed|supposed|to)\b)"
    r"(?:\w+(?:ing|ed|en)|numb|red|sore|itchy|stiff|loose|stuck|hot|tender|painful|hurts?|itches|aches?|leaks?|drips?|"
    r"bleeds?|blurry|bit|stung|hit|burnt|bent|wobbly)\b"
)
"""Nothing that is eaten, passed or helps is a complaint; and a noun stands behind what "I took nothing" was."""


def with_nothing_denied(plain: str, matches: Iterable[Match]) -> tuple[Match, ...]:
    """`matches` of folded English, those denied that a "nothing" stands right before."""
    if "nothing" not in plain:
        return tuple(matches)
    return tuple(replace(match, negated=True) if _is_denied(plain, match) else match for match in matches)


def _is_denied(plain: str, match: Match) -> bool:
    if match.kind is not MatchKind.SYMPTOM or match.negated or not _BEGINS.match(plain, match.start, match.end):
        return False
    return _BEFORE.search(plain, max(0, match.start - _REACH), match.start) is not None
