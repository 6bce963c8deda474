"""Why a condition is likely: what each finding, and the patient's age and sex, did to its probability."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kiosk.domain.inference import Posterior, start_of
from kiosk.domain.known import Known

_LEAST_BITS = 0.05
_RAREST = 1e-9


@dataclass(frozen=True, slots=True)
class Push:
    """What one fact did: `bits` above zero made the condition likelier, below zero less likely.

    `code` is a finding, or None for age, sex, pregnancy and season together.
    """

    code: str | None
    bits: float


def pushes(facts: Known, beliefs: Posterior, condition: str) -> tuple[Push, ...]:
    """Every fact that moved a condition's odds against the average of the others, strongest first.

    The others weigh as they do in the end, so that a fact which all likely conditions share pushes none of them.
    """
    tables = facts.tables
    at = tables.place[condition]
    others = [(number, p) for number, p in enumerate(beliefs.probabilities) if number != at and p > _RAREST]
    mass = sum(p for _, p in others)
    if mass <= 0:
        return ()
    start = start_of(facts)
    columns: list[tuple[str | None, tuple[float, ...]]] = [
        (None, tuple(now - before for now, before in zip(start, tables.log_priors, strict=True)))
    ]
    columns += [(code, tables.likelihood(code).of(facts.said[code])) for code in (*facts.complaints(), *facts.denied())]
    found = [Push(code, _bits(column, at, others, mass)) for code, column in columns]
    return tuple(sorted((p for p in found if abs(p.bits) >= _LEAST_BITS), key=lambda p: -abs(p.bits)))


def _bits(column: tuple[float, ...], at: int, others: list[tuple[int, float]], mass: float) -> float:
    average = sum(p * math.exp(column[number]) for number, p in others) / mass
    if average <= 0 or column[at] == -math.inf:
        return 0.0
    return (column[at] - math.log(average)) / math.log(2)
