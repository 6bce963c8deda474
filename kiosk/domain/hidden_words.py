"""Words that only look like a place of the body or a complaint because they end, or begin, like one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence

from kiosk.domain.composition import NOTHING, THING, WHOLE, Composition, Role, WordHit, start_of
from kiosk.domain.matching import Match, MatchKind

_WIDE = ("limbs", "one_side", "body", "many_joints")
"""Sites whose names list others (手脚): these are meant as well."""


def without_pieces(
    hits: Sequence[WordHit], found: tuple[Match, ...], roles: Collection[Role] = (Role.PART,)
) -> tuple[Sequence[WordHit], tuple[Match, ...]]:
    """Without what takes a piece of words that hold together, and without what only lies inside a thing.

    Words of `roles` mean nothing inside a thing: the 麻 of 芝麻 is no numbness.
    """
    bonds = _Places(hit for hit in hits if hit.value == WHOLE)
    things = _Places(hit for hit in hits if hit.value == THING)
    if not bonds.any and not things.any:
        return hits, found
    left = tuple(
        match
        for match in found
        if match.kind is not MatchKind.SYMPTOM or not (_breaks(match, bonds) or _lies_inside(match, things))
    )
    kept = [hit for hit in hits if not _breaks(hit, bonds) and not (hit.role in roles and _lies_inside(hit, things))]
    return kept, left


class _Places:
    """Words by place; a text may hold thousands, and each hit meets only those it touches."""

    def __init__(self, words: Iterable[WordHit]) -> None:
        self._words = sorted(words, key=start_of)
        self._starts = [word.start for word in self._words]
        self._longest = max((word.end - word.start for word in self._words), default=0)
        self.any = bool(self._words)

    def touching(self, span: WordHit | Match) -> list[WordHit]:
        first = bisect_left(self._starts, span.start - self._longest)
        return [word for word in self._words[first : bisect_left(self._starts, span.end)] if span.start < word.end]


def _lies_inside(span: WordHit | Match, things: _Places) -> bool:
    return any(
        thing.start <= span.start and span.end <= thing.end and span.end - span.start < thing.end - thing.start
        for thing in things.touching(span)
    )


def _breaks(span: WordHit | Match, bonds: _Places) -> bool:
    """True for what shares characters with a bond without holding all of it."""
    return any(bond.start < span.start or span.end < bond.end for bond in bonds.touching(span))


def without_hidden(
    hits: Sequence[WordHit], table: Composition, found: tuple[Match, ...]
) -> tuple[Sequence[WordHit], tuple[Match, ...]]:
    """Without what begins at a site's name that only ends the name of another place: the 头 of 手指头 is no head.

    A word that means something else (转头) hides the place in it from combinations alone: 转头晕 is still 头晕.
    """
    ends: dict[int, list[WordHit]] = {}
    for hit in hits:
        if hit.role is Role.SITE:
            ends.setdefault(hit.end, []).append(hit)
    in_place, in_word = set[int](), set[int]()
    for sites in ends.values():
        if len(sites) > 1:
            longest = min(sites, key=start_of)
            if longest.value not in _WIDE:
                others = {site.start for site in sites if not table.lies_in(longest.value, site.value)}
                (in_word if longest.value == NOTHING else in_place).update(others - {longest.start})
    if not in_place and not in_word:
        return hits, found
    hidden = in_place | in_word
    left = tuple(match for match in found if match.kind is not MatchKind.SYMPTOM or match.start not in in_place)
    return [hit for hit in hits if hit.role is not Role.PART or hit.start not in hidden], left
