"""Vital signs to a minimum level: Chinese four-level thresholds for adults, children and pregnancy, and NEWS2.

Sources: Chinese emergency triage consensus 2018 and its use in Chinese hospitals (thresholds); Royal College of
Physicians, National Early Warning Score 2, 2017 (NEWS2); Emergency Severity Index danger zones (children's level III).
Where two bands meet, the shared number belongs to the more urgent one. A sign nobody measured says nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.domain.assessment import FiredRule
from kiosk.domain.findings import Vitals
from kiosk.domain.knowledge import Level
from kiosk.domain.language import Words
from kiosk.domain.patient import Patient

CHILD_BELOW_YEARS = 14
NEWS2_FROM_YEARS = 16


@dataclass(frozen=True, slots=True)
class Band:
    """`sign` from `low` to `high`, both ends included unless `open_low` or `open_high`, is at least `level`."""

    sign: str
    low: float
    high: float
    level: Level
    open_low: bool = False
    open_high: bool = False

    def holds(self, value: float) -> bool:
        above = value > self.low if self.open_low else value >= self.low
        below = value < self.high if self.open_high else value <= self.high
        return above and below


def _over(sign: str, limit: float, level: Level) -> Band:
    return Band(sign, limit, math.inf, level, open_low=True)


def _under(sign: str, limit: float, level: Level) -> Band:
    return Band(sign, -math.inf, limit, level, open_high=True)


def _at_least(sign: str, limit: float, level: Level) -> Band:
    return Band(sign, limit, math.inf, level)


def _at_most(sign: str, limit: float, level: Level) -> Band:
    return Band(sign, -math.inf, limit, level)


_ANYBODY: tuple[Band, ...] = (
    _over("temperature", 41, Level.I),
    _under("temperature", 32, Level.I),
    Band("temperature", 32, 35, Level.III),
    _under("gcs", 9, Level.I),
    Band("gcs", 9, 12, Level.II),
    Band("gcs", 13, 14, Level.III),
    _under("glucose", 3.33, Level.I),
)
_PAIN: tuple[Band, ...] = (Band("pain", 7, 10, Level.II), Band("pain", 4, 6, Level.III))

ADULT: tuple[Band, ...] = (
    *_ANYBODY,
    *_PAIN,
    _over("heart_rate", 180, Level.I),
    _under("heart_rate", 40, Level.I),
    Band("heart_rate", 150, 180, Level.II),
    Band("heart_rate", 40, 50, Level.II),
    Band("heart_rate", 100, 150, Level.III, open_low=True),
    Band("heart_rate", 50, 55, Level.III),
    _at_most("respiratory_rate", 8, Level.I),
    _at_least("respiratory_rate", 36, Level.I),
    _under("systolic", 70, Level.I),
    Band("systolic", 70, 80, Level.II),
    _over("systolic", 200, Level.II),
    Band("systolic", 80, 90, Level.III),
    Band("systolic", 180, 200, Level.III),
    _at_least("diastolic", 110, Level.III),
    _under("spo2", 80, Level.I),
    Band("spo2", 80, 90, Level.II),
    Band("spo2", 90, 95, Level.III, open_high=True),
)
"""Age 14 and over."""

OBSTETRIC: tuple[Band, ...] = (
    _under("systolic", 70, Level.I),
    _at_least("systolic", 220, Level.I),
    Band("systolic", 70, 80, Level.II),
    Band("systolic", 160, 220, Level.II),
    Band("systolic", 140, 160, Level.III),
    _at_least("diastolic", 110, Level.II),
    Band("diastolic", 90, 110, Level.III),
    _at_most("respiratory_rate", 8, Level.I),
    _at_least("respiratory_rate", 30, Level.I),
    _at_most("heart_rate", 50, Level.I),
    _at_least("heart_rate", 130, Level.I),
    Band("heart_rate", 111, 130, Level.II),
    _under("spo2", 90, Level.I),
    Band("spo2", 90, 93, Level.II, open_high=True),
    Band("spo2", 93, 95, Level.III, open_high=True),
    Band("pain", 7, 10, Level.I),
    Band("pain", 4, 6, Level.II),
    Band("pain", 1, 3, Level.III),
)
"""Added to ADULT in pregnancy; severe-range pressure (160 or 110) is level II."""

CHILD: tuple[Band, ...] = (
    *_ANYBODY,
    *_PAIN,
    _under("spo2", 90, Level.I),
    Band("spo2", 90, 93, Level.II, open_high=True),
    Band("spo2", 93, 95, Level.III),
)
"""Below 14 years, added to the bands of the child's age."""

_MONTH = 30.44


def _child_rates(
    fast: float, slow: float, breath: float, breath_slow: float, danger: tuple[float, float]
) -> tuple[Band, ...]:
    """Level I beyond the limits of pulse and breathing, level III beyond the danger zone (pulse, breathing)."""
    return (
        _over("heart_rate", fast, Level.I),
        _under("heart_rate", slow, Level.I),
        _over("respiratory_rate", breath, Level.I),
        _under("respiratory_rate", breath_slow, Level.I),
        _over("heart_rate", danger[0], Level.III),
        _over("respiratory_rate", danger[1], Level.III),
    )


def _breathing(low: tuple[float, float], high: tuple[float, float]) -> tuple[Band, ...]:
    return (Band("respiratory_rate", *low, Level.II), Band("respiratory_rate", *high, Level.II))


_PRESSURE_OVER_5 = (_over("systolic", 130, Level.II), _under("systolic", 75, Level.II))

CHILD_BY_AGE: tuple[tuple[float, tuple[Band, ...]], ...] = (
    (3 * _MONTH, (*_child_rates(230, 40, 80, 10, (190, 60)), *_breathing((10, 20), (70, 80)))),
    (6 * _MONTH, (*_child_rates(210, 40, 80, 10, (180, 55)), *_breathing((10, 20), (70, 80)))),
    (365, (*_child_rates(180, 40, 60, 10, (170, 55)), *_breathing((10, 17), (55, 60)))),
    (3 * 365.25, (*_child_rates(165, 40, 40, 10, (140, 38)), *_breathing((10, 15), (35, 40)))),
    (6 * 365.25, (*_child_rates(140, 40, 32, 8, (125, 30)), *_breathing((8, 12), (28, 32)))),
    (10 * 365.25, (*_child_rates(120, 30, 26, 8, (115, 25)), *_PRESSURE_OVER_5)),
    (
        14 * 365.25,
        (
            _over("heart_rate", 180, Level.I),
            _under("heart_rate", 40, Level.I),
            Band("heart_rate", 150, 180, Level.II),
            _over("heart_rate", 120, Level.III),
            _at_least("respiratory_rate", 36, Level.I),
            _at_most("respiratory_rate", 8, Level.I),
            _over("respiratory_rate", 30, Level.III),
            *_PRESSURE_OVER_5,
        ),
    ),
)
"""Bands for a child younger than the number of days, first match counts."""

_NEWBORN_DAYS, _YOUNG_INFANT_DAYS = 28, 90
_INFANT_FEVER = 38.0

_NEWS2: dict[str, tuple[tuple[float, float, int], ...]] = {
    "respiratory_rate": ((-math.inf, 8, 3), (9, 11, 1), (21, 24, 2), (25, math.inf, 3)),
    "spo2": ((-math.inf, 91, 3), (92, 93, 2), (94, 95, 1)),
    "systolic": ((-math.inf, 90, 3), (91, 100, 2), (101, 110, 1), (220, math.inf, 3)),
    "heart_rate": ((-math.inf, 40, 3), (41, 50, 1), (91, 110, 1), (111, 130, 2), (131, math.inf, 3)),
    "temperature": ((-math.inf, 35.0, 3), (35.1, 36.0, 1), (38.1, 39.0, 1), (39.1, math.inf, 2)),
    "gcs": ((-math.inf, 14, 3),),
}
"""Points by sign, scale 1 of SpO2, on air; a GCS below 15 stands for "not alert"."""

_NAMES: dict[str, tuple[Words, str]] = {
    "heart_rate": (Words("心率", "heart rate"), "/min"),
    "respiratory_rate": (Words("呼吸", "breathing rate"), "/min"),
    "systolic": (Words("收缩压", "systolic pressure"), " mmHg"),
    "diastolic": (Words("舒张压", "diastolic pressure"), " mmHg"),
    "spo2": (Words("血氧", "oxygen saturation"), "%"),
    "temperature": (Words("体温", "temperature"), " °C"),
    "gcs": (Words("昏迷评分", "coma scale"), ""),
    "pain": (Words("疼痛评分", "pain score"), "/10"),
    "glucose": (Words("血糖", "glucose"), " mmol/L"),
}


def news2(vitals: Vitals) -> tuple[int, int]:
    """Total and highest single score of the signs that were measured; the others count 0."""
    points = [_points(sign, value) for sign in _NEWS2 if (value := getattr(vitals, sign)) is not None]
    return sum(points), max(points, default=0)


def _points(sign: str, value: float) -> int:
    """Values between two printed bands belong to the one they round to."""
    rounded = round(value, 1) if sign == "temperature" else math.floor(value + 0.5)
    return next((points for low, high, points in _NEWS2[sign] if low <= rounded <= high), 0)


def vital_rules(patient: Patient, vitals: Vitals) -> tuple[FiredRule, ...]:
    """One rule per sign that sets a level and one for NEWS2, most urgent first; codes vital_SIGN and vital_news2."""
    worst: dict[str, Level] = {}
    for band in _bands(patient):
        value = getattr(vitals, band.sign)
        if value is not None and band.holds(value) and band.level < worst.get(band.sign, Level.IV):
            worst[band.sign] = band.level
    rules = [_rule(sign, level, getattr(vitals, sign)) for sign, level in worst.items()]
    rules.extend(_infant_fever(patient, vitals))
    if _has_news2(patient):
        rules.extend(_news2_rule(vitals))
    return tuple(sorted(rules, key=lambda rule: rule.level))


def _bands(patient: Patient) -> Iterator[Band]:
    """Children's bands for children, both when the age is unknown."""
    is_child = patient.age is not None and patient.age < CHILD_BELOW_YEARS
    if is_child:
        yield from CHILD
        yield from _bands_of_age(patient)
        return
    yield from ADULT
    if patient.age is None:
        yield from CHILD
    if patient.pregnant:
        yield from OBSTETRIC


def _bands_of_age(patient: Patient) -> tuple[Band, ...]:
    days = patient.age_days if patient.age_days is not None else None
    if days is None:
        # An infant of unknown months is judged like an older one: those limits are the stricter.
        days = 364 if not patient.age else int(patient.age * 365.25) + 1
    return next((bands for limit, bands in CHILD_BY_AGE if days < limit), CHILD_BY_AGE[-1][1])


def _has_news2(patient: Patient) -> bool:
    return (patient.age is None or patient.age >= NEWS2_FROM_YEARS) and not patient.pregnant


def _infant_fever(patient: Patient, vitals: Vitals) -> Iterator[FiredRule]:
    if patient.age_days is None or vitals.temperature is None or vitals.temperature < _INFANT_FEVER:
        return
    if patient.age_days <= _NEWBORN_DAYS:
        yield _rule("temperature", Level.I, vitals.temperature)
    elif patient.age_days < _YOUNG_INFANT_DAYS:
        yield _rule("temperature", Level.II, vitals.temperature)


def _news2_rule(vitals: Vitals) -> Iterator[FiredRule]:
    total, highest = news2(vitals)
    level = Level.II if total >= 7 else Level.III if total >= 5 or highest >= 3 else None
    if level is not None:
        because = Words(f"NEWS2 评分 {total} 分", f"NEWS2 score {total}")
        yield FiredRule("vital_news2", 0, level, because, (), None)


def _rule(sign: str, level: Level, value: float) -> FiredRule:
    name, unit = _NAMES[sign]
    because = Words(f"{name.zh} {value:g}{unit}", f"{name.en} {value:g}{unit}")
    return FiredRule(f"vital_{sign}", 0, level, because, (), None)
