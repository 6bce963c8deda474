"""Counts into rates: Wilson intervals, F1, three-way triage, reliability. Pure arithmetic."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kiosk.domain.assessment import Disposition

_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `total`, with Wilson's 95 % interval; everything is None when nothing was counted."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson 1927, J Am Stat Assoc 22:209."""
        if not self.total:
            return None
        p, n, z2 = self.hits / self.total, self.total, _Z95**2
        centre = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = _Z95 / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        # At none and at all of them the interval ends at the rate itself, which rounding may step over.
        return (max(0.0, centre - half) if self.hits else 0.0), (min(1.0, centre + half) if self.hits < n else 1.0)


def rate(hits: Iterable[bool]) -> Rate:
    values = list(hits)
    return Rate(sum(values), len(values))


@dataclass(slots=True)
class Agreement:
    """True positives, false positives and misses of one kind of finding."""

    found: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        named = self.found + self.extra
        return self.found / named if named else None

    @property
    def recall(self) -> float | None:
        wanted = self.found + self.missed
        return self.found / wanted if wanted else None

    @property
    def f1(self) -> float | None:
        total = 2 * self.found + self.extra + self.missed
        return 2 * self.found / total if total else None


_URGENCY = {Disposition.EMERGENCY: 2, Disposition.DOCTOR: 1, Disposition.SELF_CARE: 0}


@dataclass(slots=True)
class Triage:
    """Three-way triage as counts of (expected, given)."""

    counts: Counter[tuple[Disposition, Disposition]] = field(default_factory=Counter)

    def add(self, expected: Disposition, given: Disposition) -> None:
        self.counts[expected, given] += 1

    @property
    def accuracy(self) -> Rate:
        return self._rate(lambda expected, given: expected is given)

    @property
    def under(self) -> Rate:
        """Sent to less than was needed."""
        return self._rate(lambda expected, given: _URGENCY[given] < _URGENCY[expected])

    @property
    def over(self) -> Rate:
        return self._rate(lambda expected, given: _URGENCY[given] > _URGENCY[expected])

    @property
    def emergency_sensitivity(self) -> Rate:
        emergencies = {key: n for key, n in self.counts.items() if key[0] is Disposition.EMERGENCY}
        return Rate(emergencies.get((Disposition.EMERGENCY, Disposition.EMERGENCY), 0), sum(emergencies.values()))

    @property
    def emergency_specificity(self) -> Rate:
        others = {key: n for key, n in self.counts.items() if key[0] is not Disposition.EMERGENCY}
        return Rate(sum(n for key, n in others.items() if key[1] is not Disposition.EMERGENCY), sum(others.values()))

    def _rate(self, holds: Callable[[Disposition, Disposition], bool]) -> Rate:
        return Rate(sum(n for key, n in self.counts.items() if holds(*key)), sum(self.counts.values()))


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases whose score lay in one range: what was claimed on average, and how often it was right."""

    claimed: float
    right: Rate


def reliability(claims: Sequence[tuple[float, bool]], bins: int = 10) -> list[Bin]:
    """Claimed probability against observed share, in bins of equal width; empty bins are left out."""
    sorted_in: dict[int, list[tuple[float, bool]]] = {}
    for claimed, right in claims:
        sorted_in.setdefault(min(int(claimed * bins), bins - 1), []).append((claimed, right))
    return [
        Bin(sum(claimed for claimed, _ in members) / len(members), rate(right for _, right in members))
        for _, members in sorted(sorted_in.items())
    ]


def calibration_error(claims: Sequence[tuple[float, bool]], bins: int = 10) -> float | None:
    """Expected calibration error: the mean gap between claimed and observed, weighed by cases."""
    if not claims:
        return None
    gaps = (abs(b.claimed - (b.right.value or 0)) * b.right.total for b in reliability(claims, bins))
    return sum(gaps) / len(claims)
