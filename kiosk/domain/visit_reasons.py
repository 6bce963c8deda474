"""What a visit is about: what is felt, which illnesses the patient names, and what of it leads."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from kiosk.domain.findings import Source, Status
from kiosk.domain.knowledge import SymptomKind
from kiosk.domain.known import Known

_NAMED_WEIGHT = 8.0
"""An illness that a patient brings up by name is mostly what the visit is about."""
_ASKED_FOR_WEIGHT = 8.0
"""A department or treatment that the patient came for."""
_BESIDE_EVENT_WEIGHT = 0.3
"""How it happened says little beside what it did: a tooth broken in a fall is a matter of teeth."""
_ASKED_WEIGHT = 4.0
"""At least so loud is an illness that a question is about, whatever is felt."""
_WONDERED_WEIGHT = 1.0
"""The same for an illness the patient only wonders about."""


def voters(facts: Known) -> Iterator[tuple[str, float]]:
    """The findings that speak for a department, and how much louder than usual."""
    named = named_illnesses(facts)
    now = felt(facts)
    events = facts.tables.knowledge.routing.events
    beside_event = _BESIDE_EVENT_WEIGHT if any(code not in events for code in now) else 1.0
    for code in facts.complaints():
        if code in named:
            yield code, _named_weight(code, now, facts)
        elif code in facts.tables.knowledge.routing.asked_for:
            yield code, _ASKED_FOR_WEIGHT
        else:
            yield code, beside_event if code in events else 1.0
    sure = bool(facts.complaints())
    for code, finding in facts.said.items():
        wondered = code in named or (not sure and finding.source is Source.WORDS)
        if finding.status is Status.UNSURE and wondered:
            yield code, _WONDERED_WEIGHT


def first_said(facts: Known) -> str | None:
    """The complaint or illness that the patient's words begin with, None when nothing was said in words.

    An illness told by the way (我有高血压，膝盖疼) begins nothing.
    """
    begun = [
        (finding.span[0], code)
        for code in facts.complaints()
        if (finding := facts.said[code]).span is not None and finding.source is Source.WORDS
    ]
    first = min(begun)[1] if begun else None
    by_the_way = first in named_illnesses(facts) and felt(facts) and not facts.said[first].asked_about
    return None if by_the_way else first


def _named_weight(code: str, felt: Sequence[str], facts: Known) -> float:
    """Less loud the more is felt that has nothing to do with it: a cough is no matter of high blood pressure."""
    if not felt:
        return _NAMED_WEIGHT
    tables = facts.tables
    chances = [(c, c.prior * c.likelihood[code]) for c in tables.listed_by.get(code, ())]
    own = sum(chance for c, chance in chances for complaint in felt if tables.explains(c, complaint))
    total = len(felt) * sum(chance for _, chance in chances)
    weight = math.pow(_NAMED_WEIGHT, own / total if total > 0 else 0.0)
    return max(weight, _ASKED_WEIGHT) if facts.said[code].asked_about else weight


def felt(facts: Known) -> tuple[str, ...]:
    """The complaints that are symptoms or signs, without history and wishes."""
    symptoms = facts.tables.knowledge.symptoms
    kinds = (SymptomKind.SYMPTOM, SymptomKind.SIGN)
    return tuple(code for code in facts.complaints() if symptoms[code].kind in kinds)


def named_illnesses(facts: Known) -> tuple[str, ...]:
    """Illnesses that the patient brought up in own words, as being there or possible."""
    symptoms = facts.tables.knowledge.symptoms
    return tuple(
        code
        for code, finding in facts.said.items()
        if finding.source is Source.WORDS
        and finding.status is not Status.ABSENT
        and symptoms[code].kind is SymptomKind.HISTORY
    )


def with_usual(code: str, facts: Known, usual: Mapping[str, str]) -> str | None:
    """The finding or the nearest that it implies which has a usual department: a cut is a wound, then an injury."""
    symptoms = facts.tables.knowledge.symptoms
    generation, seen = [code], {code}
    while generation:
        found = next((f for f in generation if f in usual), None)
        if found is not None:
            return found
        generation = [parent for f in generation for parent in symptoms[f].implies if parent not in seen]
        seen.update(generation)
    return None
