"""Early warning scores over vital signs: NEWS2, MEWS, PEWS and the shock index. A sign nobody measured counts nothing.

Sources: Royal College of Physicians, National Early Warning Score (NEWS) 2, 2017; Subbe and others, Modified Early
Warning Score, 2001; Monaghan, Brighton Paediatric Early Warning Score, 2005, over the normal ranges of Advanced
Paediatric Life Support. The step from a score to a level is the one in use in Chinese emergency departments.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.domain.findings import Consciousness, Vitals
from kiosk.domain.knowledge import Level

Points = tuple[tuple[float, float, int], ...]
"""(least, most, points), both ends included; a value in none of them scores 0."""

_LOWEST, _HIGHEST = -math.inf, math.inf

NEWS2: Mapping[str, Points] = {
    "respiratory_rate": ((_LOWEST, 8, 3), (9, 11, 1), (21, 24, 2), (25, _HIGHEST, 3)),
    "spo2": ((_LOWEST, 91, 3), (92, 93, 2), (94, 95, 1)),
    "systolic": ((_LOWEST, 90, 3), (91, 100, 2), (101, 110, 1), (220, _HIGHEST, 3)),
    "heart_rate": ((_LOWEST, 40, 3), (41, 50, 1), (91, 110, 1), (111, 130, 2), (131, _HIGHEST, 3)),
    "temperature": ((_LOWEST, 35.0, 3), (35.1, 36.0, 1), (38.1, 39.0, 1), (39.1, _HIGHEST, 2)),
}
"""SpO2 on scale 1: scale 2 needs a doctor's prescribed target, which no kiosk has."""

MEWS: Mapping[str, Points] = {
    "respiratory_rate": ((_LOWEST, 8, 2), (15, 20, 1), (21, 29, 2), (30, _HIGHEST, 3)),
    "systolic": ((_LOWEST, 70, 3), (71, 80, 2), (81, 100, 1), (200, _HIGHEST, 2)),
    "heart_rate": ((_LOWEST, 40, 2), (41, 50, 1), (101, 110, 1), (111, 129, 2), (130, _HIGHEST, 3)),
    "temperature": ((_LOWEST, 34.9, 2), (38.5, _HIGHEST, 2)),
}

_AWAKE_GCS = 15
_SHOCK_INDEX = 0.9


def news2(vitals: Vitals) -> tuple[int, int]:
    """Total and highest single score; for 16 years and over, not in pregnancy."""
    points = [*_scored(NEWS2, vitals), 3 * _is_not_alert(vitals), 2 * bool(vitals.oxygen)]
    return sum(points), max(points)


def news2_level(vitals: Vitals) -> Level | None:
    """7 and more is at least II, 5 or a single 3 at least III."""
    total, highest = news2(vitals)
    return Level.II if total >= 7 else Level.III if total >= 5 or highest >= 3 else None


def mews(vitals: Vitals) -> int:
    """Total; for adults whom NEWS2 was not made for."""
    return sum(_scored(MEWS, vitals)) + _mews_consciousness(vitals)


def mews_level(vitals: Vitals, pregnant: bool) -> Level | None:
    """Pregnant: 5 is I, 3 is II, 2 is III. Others: 6, 4 and 2.

    The obstetric chart has level III from 1 already, but breathing 15 to 20 times, which is normal, scores that 1.
    """
    total = mews(vitals)
    first, second = (5, 3) if pregnant else (6, 4)
    return Level.I if total >= first else Level.II if total >= second else Level.III if total >= 2 else None


def _scored(table: Mapping[str, Points], vitals: Vitals) -> list[int]:
    return [_points(table[sign], sign, value) for sign in table if (value := getattr(vitals, sign)) is not None]


def _points(bands: Points, sign: str, value: float) -> int:
    """Values between two printed bands belong to the one they round to."""
    rounded = round(value, 1) if sign == "temperature" else math.floor(value + 0.5)
    return next((points for low, high, points in bands if low <= rounded <= high), 0)


def _is_not_alert(vitals: Vitals) -> bool:
    return (vitals.gcs is not None and vitals.gcs < _AWAKE_GCS) or bool(vitals.consciousness)


def _mews_consciousness(vitals: Vitals) -> int:
    """Alert 0, answers to a voice 1, to pain 2, to nothing 3; new confusion counts like a voice."""
    if vitals.consciousness is not None:
        return _steps(vitals.consciousness, Consciousness.CONFUSED, Consciousness.PAIN, Consciousness.UNRESPONSIVE)
    if vitals.gcs is None or vitals.gcs >= _AWAKE_GCS:
        return 0
    return 1 if vitals.gcs >= 12 else 2 if vitals.gcs >= 7 else 3


@dataclass(frozen=True, slots=True)
class _Normal:
    """Highest normal rates of children younger than `days`; a pulse below `slow` is a bradycardia."""

    days: float
    slow: float
    pulse: float
    breath: float


_YEAR = 365.25
_NORMAL = (
    _Normal(_YEAR, 80, 160, 40),
    _Normal(2 * _YEAR, 60, 150, 35),
    _Normal(5 * _YEAR, 60, 140, 30),
    _Normal(12 * _YEAR, 60, 120, 25),
    _Normal(_HIGHEST, 50, 120, 25),
)


def pews(age_days: float, vitals: Vitals) -> int:
    """Behaviour, circulation and breathing, 0 to 3 each, the worst sign of a row counting."""
    normal = next(row for row in _NORMAL if age_days < row.days)
    return (
        max(_behaviour(vitals), default=0)
        + max(_circulation(vitals, normal), default=0)
        + max(_breathing(vitals, normal), default=0)
    )


def pews_level(age_days: float, vitals: Vitals) -> Level | None:
    """5 and more is I, 3 and 4 are II, 1 and 2 are III."""
    total = pews(age_days, vitals)
    return Level.I if total >= 5 else Level.II if total >= 3 else Level.III if total else None


def _behaviour(vitals: Vitals) -> Iterable[int]:
    """Confused or answering to pain only is the row's 3, answering to a voice its 2."""
    if vitals.consciousness is not None:
        is_voice = vitals.consciousness == Consciousness.VOICE
        yield 0 if vitals.consciousness == Consciousness.ALERT else 2 if is_voice else 3
    if vitals.gcs is not None:
        yield 0 if vitals.gcs >= _AWAKE_GCS else 2 if vitals.gcs >= 13 else 3


def _circulation(vitals: Vitals, normal: _Normal) -> Iterable[int]:
    if vitals.capillary_refill is not None:
        yield _steps(vitals.capillary_refill, 3, 4, 5)
    if vitals.heart_rate is not None:
        above = vitals.heart_rate - normal.pulse
        yield 3 if above >= 30 or vitals.heart_rate < normal.slow else 2 if above >= 20 else 0


def _breathing(vitals: Vitals, normal: _Normal) -> Iterable[int]:
    """Slow breathing scores only together with recession, which no number tells: the rates' own table has it."""
    if vitals.oxygen is not None:
        yield _steps(vitals.oxygen, 3, 6, 8)
    if vitals.respiratory_rate is not None:
        above = vitals.respiratory_rate - normal.breath
        yield 2 if above >= 20 else 1 if above >= 10 else 0


def _steps(value: float, one: float, two: float, three: float) -> int:
    return (value >= one) + (value >= two) + (value >= three)


def shock_index(vitals: Vitals) -> float | None:
    """Heart rate over systolic pressure; None when either is missing or the pressure is not above 0."""
    if vitals.heart_rate is None or not vitals.systolic or vitals.systolic < 0:
        return None
    return vitals.heart_rate / vitals.systolic


def shock_index_level(vitals: Vitals) -> Level | None:
    """Above 0.9 is abnormal in adults: at least III."""
    index = shock_index(vitals)
    return Level.III if index is not None and index > _SHOCK_INDEX else None
