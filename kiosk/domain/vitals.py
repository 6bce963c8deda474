"""Vital signs to a minimum level: Chinese four-level thresholds for adults, children and pregnancy, and scores.

Sources: Chinese emergency triage consensus 2018 and its use in Chinese hospitals (thresholds of adults, children and
obstetrics); WHO/ICRC/MSF Interagency Integrated Triage Tool (breathing of adults, capillary refill); Manchester triage
(cold); Emergency Severity Index v5 danger zones (level III of children and adolescents); Paediatric Advanced Life
Support (lowest pressures); early_warning.py for the scores.
Where two bands meet, the shared number belongs to the more urgent one. A sign nobody measured says nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.domain.assessment import FiredRule
from kiosk.domain.early_warning import (
    mews,
    mews_level,
    news2,
    news2_level,
    pews,
    pews_level,
    shock_index,
    shock_index_level,
)
from kiosk.domain.findings import Consciousness, Vitals
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
    Band("temperature", 32, 35, Level.II, open_high=True),
    _at_least("temperature", 41, Level.II),
    Band("temperature", 35, 35, Level.III),
    Band("temperature", 40, 41, Level.III),
    _under("gcs", 9, Level.I),
    Band("gcs", 9, 12, Level.II),
    Band("gcs", 13, 14, Level.III),
    _at_least("consciousness", Consciousness.PAIN, Level.I),
    _at_least("consciousness", Consciousness.CONFUSED, Level.II),
    _under("glucose", 3.33, Level.I),
    Band("glucose", 3.33, 3.9, Level.III, open_high=True),
    _over("glucose", 16.7, Level.III),
    _over("glucose", 33.3, Level.II),
    _over("potassium", 7.0, Level.I),
    _over("capillary_refill", 3, Level.II),
    _at_least("capillary_refill", 3, Level.III),
)
_PAIN: tuple[Band, ...] = (Band("pain", 7, 10, Level.II), Band("pain", 4, 6, Level.III))

ADULT: tuple[Band, ...] = (
    *_ANYBODY,
    *_PAIN,
    _over("heart_rate", 180, Level.I),
    _under("heart_rate", 40, Level.I),
    Band("heart_rate", 150, 180, Level.II),
    Band("heart_rate", 40, 50, Level.II),
    Band("heart_rate", 100, 150, Level.III),
    Band("heart_rate", 50, 55, Level.III),
    _at_most("respiratory_rate", 8, Level.I),
    _at_least("respiratory_rate", 36, Level.I),
    _at_least("respiratory_rate", 25, Level.II),
    _under("respiratory_rate", 10, Level.III),
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
    Band("heart_rate", 110, 130, Level.II, open_low=True),
    _under("spo2", 90, Level.I),
    Band("spo2", 90, 93, Level.II, open_high=True),
    Band("spo2", 93, 95, Level.III, open_high=True),
    Band("pain", 7, 10, Level.I),
    Band("pain", 4, 6, Level.II),
    Band("pain", 1, 3, Level.III),
)
"""Added to the bands of the age in pregnancy; severe-range pressure (160 or 110) is level II."""

CHILD: tuple[Band, ...] = (
    *_ANYBODY,
    *_PAIN,
    _under("spo2", 90, Level.I),
    Band("spo2", 90, 93, Level.II, open_high=True),
    Band("spo2", 93, 95, Level.III),
)
"""Below 14 years, added to the bands of the child's age."""

_NEWBORN_DAYS, _YOUNG_INFANT_DAYS = 28, 90
_INFANT_FEVER = 38.0
_MONTH = 30.44
_YEAR = 365.25


def _child_rates(fast: float, slow: float, breath: float, breath_slow: float) -> tuple[Band, ...]:
    """Level I beyond the limits of pulse and breathing."""
    return (
        _over("heart_rate", fast, Level.I),
        _under("heart_rate", slow, Level.I),
        _over("respiratory_rate", breath, Level.I),
        _under("respiratory_rate", breath_slow, Level.I),
    )


def _breathing(low: tuple[float, float], high: tuple[float, float]) -> tuple[Band, ...]:
    return (Band("respiratory_rate", *low, Level.II), Band("respiratory_rate", *high, Level.II))


_PRESSURE_FROM_5 = (_over("systolic", 130, Level.II), _under("systolic", 75, Level.II))
_RATES_FROM_10 = (
    _over("heart_rate", 180, Level.I),
    _under("heart_rate", 40, Level.I),
    Band("heart_rate", 150, 180, Level.II),
    Band("heart_rate", 40, 50, Level.II),
    _at_least("respiratory_rate", 36, Level.I),
    _at_most("respiratory_rate", 8, Level.I),
    _under("systolic", 70, Level.I),
    Band("systolic", 70, 80, Level.II),
    Band("systolic", 80, 90, Level.III),
)

CHILD_BY_AGE: tuple[tuple[float, tuple[Band, ...]], ...] = (
    (3 * _MONTH, (*_child_rates(230, 40, 80, 10), *_breathing((10, 20), (70, 80)))),
    (6 * _MONTH, (*_child_rates(210, 40, 80, 10), *_breathing((10, 20), (70, 80)))),
    (_YEAR, (*_child_rates(180, 40, 60, 10), *_breathing((10, 17), (55, 60)))),
    (3 * _YEAR, (*_child_rates(165, 40, 40, 10), *_breathing((10, 15), (35, 40)))),
    (5 * _YEAR, (*_child_rates(140, 40, 32, 8), *_breathing((8, 12), (28, 32)))),
    (6 * _YEAR, (*_child_rates(140, 40, 32, 8), *_breathing((8, 12), (28, 32)), *_PRESSURE_FROM_5)),
    (10 * _YEAR, (*_child_rates(120, 30, 26, 8), *_PRESSURE_FROM_5)),
    (CHILD_BELOW_YEARS * _YEAR, (*_RATES_FROM_10, *_PRESSURE_FROM_5)),
)
"""Bands for a child younger than the number of days, first match counts; from 10 years on the rates are adult."""

DANGER_ZONE: tuple[tuple[float, float, float], ...] = (
    (_MONTH, 190, 60),
    (_YEAR, 180, 55),
    (3 * _YEAR, 140, 40),
    (5 * _YEAR, 120, 35),
    (12 * _YEAR, 120, 30),
    (18 * _YEAR, 100, 20),
)
"""(younger than this number of days, pulse, breathing): above either is level III."""

LOWEST_SYSTOLIC: tuple[tuple[float, float, float], ...] = (
    (_NEWBORN_DAYS + 1, 60, 0),
    (_YEAR, 70, 0),
    (10 * _YEAR, 70, 2),
)
"""(younger than this number of days, mmHg, mmHg more for each year of age): below is level II."""

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
    "potassium": (Words("血钾", "potassium"), " mmol/L"),
    "capillary_refill": (Words("毛细血管再充盈", "capillary refill"), " s"),
}
_CONSCIOUSNESS = {
    Consciousness.CONFUSED: Words("新发意识混乱", "newly confused"),
    Consciousness.VOICE: Words("仅对呼唤有反应", "answers to a voice only"),
    Consciousness.PAIN: Words("仅对疼痛有反应", "answers to pain only"),
}
_UNRESPONSIVE = Words("无反应", "unresponsive")


def vital_rules(patient: Patient, vitals: Vitals) -> tuple[FiredRule, ...]:
    """One rule per sign that sets a level and one per score, most urgent first; codes vital_SIGN and vital_SCORE."""
    worst: dict[str, Level] = {}
    for band in _bands(patient):
        value = getattr(vitals, band.sign)
        if value is not None and band.holds(value) and band.level < worst.get(band.sign, Level.IV):
            worst[band.sign] = band.level
    rules = [_rule(sign, level, getattr(vitals, sign)) for sign, level in worst.items()]
    rules.extend(_infant_fever(patient, vitals))
    rules.extend(_scores(patient, vitals))
    return tuple(sorted(rules, key=lambda rule: rule.level))


def _bands(patient: Patient) -> Iterator[Band]:
    """Children's bands for children, both when the age is unknown."""
    if _is_child(patient):
        yield from CHILD
        yield from _bands_of_age(patient)
    else:
        yield from ADULT
        if patient.age is None:
            yield from CHILD
    yield from _danger_zone(patient)
    if patient.pregnant:
        yield from OBSTETRIC


def _is_child(patient: Patient) -> bool:
    return patient.age is not None and patient.age < CHILD_BELOW_YEARS


def _days(patient: Patient) -> float:
    """Age in days; of whole years their first day, but an infant of unknown months counts as nearly one year old.

    The limits of older infants are the stricter ones.
    """
    if patient.age_days is not None:
        return patient.age_days
    return patient.age * _YEAR if patient.age else _YEAR - 1


def _bands_of_age(patient: Patient) -> Iterator[Band]:
    days = _days(patient)
    yield from next((bands for limit, bands in CHILD_BY_AGE if days < limit), CHILD_BY_AGE[-1][1])
    for limit, least, per_year in LOWEST_SYSTOLIC:
        if days < limit:
            yield _under("systolic", least + per_year * int(days / _YEAR), Level.II)
            return


def _danger_zone(patient: Patient) -> Iterator[Band]:
    if patient.age is None:
        return
    days = _days(patient)
    for limit, pulse, breath in DANGER_ZONE:
        if days < limit:
            yield _over("heart_rate", pulse, Level.III)
            yield _over("respiratory_rate", breath, Level.III)
            return


def _infant_fever(patient: Patient, vitals: Vitals) -> Iterator[FiredRule]:
    if patient.age_days is None or vitals.temperature is None or vitals.temperature < _INFANT_FEVER:
        return
    if patient.age_days <= _NEWBORN_DAYS:
        yield _rule("temperature", Level.I, vitals.temperature)
    elif patient.age_days < _YOUNG_INFANT_DAYS:
        yield _rule("temperature", Level.II, vitals.temperature)


def _scores(patient: Patient, vitals: Vitals) -> Iterator[FiredRule]:
    """PEWS for children, NEWS2 for adults of 16 and over, MEWS for those between and in pregnancy."""
    if _is_child(patient):
        yield from _score("pews", pews_level(_days(patient), vitals), f"{pews(_days(patient), vitals)}")
        return
    if patient.pregnant or (patient.age is not None and patient.age < NEWS2_FROM_YEARS):
        yield from _score("mews", mews_level(vitals, bool(patient.pregnant)), f"{mews(vitals)}")
    else:
        yield from _score("news2", news2_level(vitals), f"{news2(vitals)[0]}")
    index = shock_index(vitals)
    if index is not None:
        yield from _score("shock_index", shock_index_level(vitals), f"{index:.1f}")


_SCORE_NAMES = {
    "news2": Words("NEWS2 评分 {}", "NEWS2 score {}"),
    "mews": Words("MEWS 评分 {}", "MEWS score {}"),
    "pews": Words("PEWS 评分 {}", "PEWS score {}"),
    "shock_index": Words("休克指数 {}", "shock index {}"),
}


def _score(name: str, level: Level | None, value: str) -> Iterator[FiredRule]:
    """Of a score below level II staff are told, because it asks for a nurse's look although nobody need run."""
    if level is not None:
        because = Words(_SCORE_NAMES[name].zh.format(value), _SCORE_NAMES[name].en.format(value))
        tell_staff = name == "news2" and level > Level.II
        yield FiredRule(f"vital_{name}", 0, level, because, (), None, tell_staff)


def _rule(sign: str, level: Level, value: float) -> FiredRule:
    return FiredRule(f"vital_{sign}", 0, level, _because(sign, value), (), None)


def _because(sign: str, value: float) -> Words:
    if sign == "consciousness":
        return next((words for step, words in _CONSCIOUSNESS.items() if value <= step), _UNRESPONSIVE)
    name, unit = _NAMES[sign]
    return Words(f"{name.zh} {value:g}{unit}", f"{name.en} {value:g}{unit}")
