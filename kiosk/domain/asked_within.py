"""Questions that stand between the words of a finding: 大便是不是黑的 asks about 大便黑."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from kiosk.domain.language import Language
from kiosk.domain.matching import Match, Matcher, MatchKind

_ASKED = re.compile(
    r"(?P<unseen>没(?:有)?(?:留意|注意|看清楚?|细看|敢看|看)|不(?:知道|清楚|晓得|确定))?"
    r"(?P<before>[\u4e00-\u9fff]{1,4}?)(?P<cue>是不是|有没有|会不会|是否|算不算)(?P<after>(?:在|有点儿?|变|发|带)?[\u4e00-\u9fff]{1,4})"
)
_MOST = 8
"""A text that asks more is no patient's."""
_SHORTEST = 2


def with_asked_within(text: str, language: Language, matches: tuple[Match, ...], match: Matcher) -> tuple[Match, ...]:
    """`matches` by place with the findings that a question between their words leaves open.

    Only where nothing is read in the words around it already, and where all of them together are the finding.
    """
    if language is not Language.ZH:
        return matches
    added = [found for asked in islice(_ASKED.finditer(text), _MOST) for found in _joined(asked, matches, match)]
    return tuple(sorted([*matches, *added], key=lambda m: (m.start, m.end))) if added else matches


def _joined(asked: re.Match[str], matches: tuple[Match, ...], match: Matcher) -> Iterator[Match]:
    first, last = asked.start(), asked.end("after")
    if any(m.kind is MatchKind.SYMPTOM and m.start < last and first < m.end for m in matches):
        return
    before = asked["before"]
    told = before + asked["after"]
    for found in match(told, Language.ZH):
        spans_both = found.start <= len(before) - 1 and found.end >= len(before) + 1
        if (
            found.kind is MatchKind.SYMPTOM
            and not found.negated
            and spans_both
            and found.end - found.start >= _SHORTEST
        ):
            yield Match(first, last, MatchKind.SYMPTOM, found.value, doubtful=True)
