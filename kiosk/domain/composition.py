"""Findings said in pieces: a place of the body and what is felt there, or words that mean something only together.

Nobody can list every way to say that a knee hurts. Where a site (knee, 膝盖) and a sense (hurts, 又酸又疼) stand in one
clause, a table gives the finding; a combination is a set of words that make a finding when all stand in one clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from kiosk.domain.language import Language

NOTHING = "nothing"
"""The code of a site whose words only look like one (文胸 is no chest)."""

WHOLE = "whole"
"""The code of words that hold together: nothing is read that takes a piece of one (脖子肿 in 脚脖子肿)."""

THING = "thing"
"""The code of a site whose words are things that end like one (石头 is no head)."""


class Role(StrEnum):
    SITE = "site"
    SENSE = "sense"
    PART = "part"


class WordHit(NamedTuple):
    """A word of the tables at a half-open range of the text.

    `value` is a site's or sense's code, or "combination:number" of a part.
    """

    start: int
    end: int
    role: Role
    value: str


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the body; what is not known about it may be known about the place it is part of."""

    code: str
    words: Mapping[Language, tuple[str, ...]]
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Sense:
    """What can be felt or seen somewhere; `at` gives the finding by site, `alone` where no site is named.

    A site with the code `nothing` has none, whatever it is part of: a crooked tooth is no crooked mouth.
    """

    code: str
    words: Mapping[Language, tuple[str, ...]]
    at: Mapping[str, str]
    alone: str | None = None


@dataclass(frozen=True, slots=True)
class Combination:
    """Words that together are a finding: one of each group, in one clause, at most `reach` characters apart.

    The last group carries the meaning: a negation in front of it denies the finding. With `across_commas` one sentence
    is enough. `instead` tells that the last word means this and nothing else that it means alone; under the code
    `nothing` it then means nothing (to stop breathing asleep is no breathlessness). `instead_of` names the only
    findings whose place it takes, anywhere in its words. One that `denies` has the negation among its words:
    "no blood", of what is about stools.
    """

    code: str
    language: Language
    groups: tuple[tuple[str, ...], ...]
    reach: int
    ordered: bool = True
    across_commas: bool = False
    instead: bool = False
    instead_of: frozenset[str] = frozenset()
    denies: bool = False


@dataclass(frozen=True, slots=True)
class Composition:
    sites: Mapping[str, Site] = field(default_factory=dict)
    senses: Mapping[str, Sense] = field(default_factory=dict)
    combinations: tuple[Combination, ...] = ()
    exact: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By finding, those that say the same words more exactly."""

    def lies_in(self, site: str, whole: str) -> bool:
        """True when a site is another one or a part of it."""
        place: str | None = site
        while place is not None and place != whole:
            place = self.sites[place].part_of
        return place is not None

    def finding(self, site: str, sense: str) -> str | None:
        """The finding for a sense at a site, or at what the site is part of."""
        at = self.senses[sense].at
        place: str | None = site
        while place is not None:
            if place in at:
                return None if at[place] == NOTHING else at[place]
            place = self.sites[place].part_of
        return None


def start_of(hit: WordHit) -> int:
    return hit.start


def longest(hits: Iterable[WordHit]) -> list[WordHit]:
    """The hits without those that lie inside a longer one, by place."""
    kept: list[WordHit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not kept or hit.end > kept[-1].end or (hit.start, hit.end) == (kept[-1].start, kept[-1].end):
            kept.append(hit)
    return kept
