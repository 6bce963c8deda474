"""Vital signs and readings that a patient or a note names: "BP 85/50", 血压一百六, "glucose 300 mg/dL".

What is usual for somebody, wished for or long ago is no reading of today and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kiosk.domain.findings import Vitals
from kiosk.domain.language import Language
from kiosk.domain.matching import folded
from kiosk.domain.measurements import find_scores, find_temperatures
from kiosk.domain.numbers import zh_number
from kiosk.domain.vital_words import (
    ABOVE,
    BARE_PRESSURES,
    BELOW,
    GCS_PARTS,
    MG_DL,
    NOT_NOW,
    NOT_REACHED,
    NOTE_LETTERS,
    NOW,
    PRESSURE_NAMED,
    PRESSURE_UNIT,
    PRESSURES,
    SINGLE,
)

MG_DL_PER_MMOL_L = 18.016
"""Milligrams of glucose per decilitre for one millimole per litre (molar mass 180.16 g/mol)."""

_LEAST_MG_DL = 40.0
"""A glucose number from here on without a unit is in mg/dL: nobody speaks of that many mmol/L."""

_POSSIBLE = {
    "heart_rate": (20, 300), "respiratory_rate": (4, 120), "systolic": (40, 280), "diastolic": (20, 170),
    "spo2": (40, 100), "temperature": (25, 45), "gcs": (3, 15), "pain": (0, 10), "glucose": (0.5, 60),
    "potassium": (1.5, 10), "capillary_refill": (0, 20),
}  # fmt: skip
"""Lowest and highest number that can be meant as the sign; anything else is another number."""

_NORMAL = {
    "heart_rate": 80, "respiratory_rate": 16, "systolic": 120, "diastolic": 75, "spo2": 100, "temperature": 36.8,
    "gcs": 15, "pain": 0, "glucose": 6, "potassium": 4.3, "capillary_refill": 1,
}  # fmt: skip
_MOST_IN_A_RANGE = 110  # of 120-160, both are systolic
_FRACTION = re.compile("/|over|比")
_STEP, _FINE_STEP = 1.0, 0.1
_FINE = ("glucose", "potassium", "temperature")

_HAN_GAPS = re.compile("(?<=[\u4e00-\u9fff])[ \t\u200b\ufeff]+|[ \t\u200b\ufeff]+(?=[\u4e00-\u9fff])")
_CLAUSE_END = re.compile(r"[,，。;；!！?？\n]|\.(?!\d)|\bbut\b|但|可是")
_REACH = 40
_PAINFUL = re.compile(r"[疼痛]|pain|hurt|ache|sore|cramp|burn")
_DATED = re.compile(r"(?:\b(?:on|since|from|dated?|until|by)|[从自在到于]) ?$")
_DIGIT = re.compile(r"\d|[一二两三四五六七八九十百]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A value of one sign of Vitals and the half-open range of its words; `now` when it is said to be today's."""

    start: int
    end: int
    sign: str
    value: float
    now: bool = False


def vitals_said(text: str, language: Language) -> Vitals:
    """The signs a text tells, in the units of Vitals; of several readings today's count, and of these the worst.

    Never raises; a number that cannot be the sign, a dose, a date and a length of time are not read.
    """
    return vitals_of(find_readings(folded(text), language))


def vitals_of(readings: Iterable[Reading]) -> Vitals:
    """One value per sign: the worst of those of now, else of all."""
    by_sign: dict[str, list[Reading]] = {}
    for reading in readings:
        by_sign.setdefault(reading.sign, []).append(reading)
    worst: dict[str, float] = {}
    for sign, known in by_sign.items():
        current = [reading for reading in known if reading.now] or known
        worst[sign] = max((r.value for r in current), key=lambda value: abs(value - _NORMAL[sign]))
    pain, gcs = worst.get("pain"), worst.get("gcs")
    return Vitals(
        heart_rate=worst.get("heart_rate"),
        respiratory_rate=worst.get("respiratory_rate"),
        systolic=worst.get("systolic"),
        diastolic=worst.get("diastolic"),
        spo2=worst.get("spo2"),
        temperature=worst.get("temperature"),
        gcs=None if gcs is None else round(gcs),
        pain=None if pain is None else round(pain),
        glucose=worst.get("glucose"),
        potassium=worst.get("potassium"),
        capillary_refill=worst.get("capillary_refill"),
    )


def find_readings(text: str, language: Language) -> tuple[Reading, ...]:
    """Every reading of now in folded text, by place."""
    if not _DIGIT.search(text):
        return ()
    joined, place = _without_han_gaps(text)
    found: dict[tuple[str, int], Reading] = {}
    for reading in _all_readings(joined, language):
        if _is_possible(reading.sign, reading.value):
            at = replace(reading, start=place[reading.start], end=place[reading.end - 1] + 1)
            found.setdefault((reading.sign, reading.start), at)
    return tuple(sorted(found.values(), key=lambda reading: (reading.start, reading.sign)))


def _without_han_gaps(text: str) -> tuple[str, list[int]]:
    """The text without the spaces that recognisers put beside Chinese characters, and where each character was."""
    kept: list[int] = []
    at = 0
    for gap in _HAN_GAPS.finditer(text):
        kept.extend(range(at, gap.start()))
        at = gap.end()
    kept.extend(range(at, len(text)))
    return "".join(text[i] for i in kept) if len(kept) < len(text) else text, kept


def _all_readings(text: str, language: Language) -> Iterator[Reading]:
    yield from _pressures(text)
    for sign, pattern in SINGLE:
        yield from _read(text, sign, pattern.finditer(text))
    if PRESSURE_NAMED.search(text):
        for sign, pattern in NOTE_LETTERS:
            yield from _read(text, sign, pattern.finditer(text))
    for parts in GCS_PARTS.finditer(text):
        yield Reading(parts.start(), parts.end(), "gcs", float(sum(map(int, parts.groups()))))
    for measured in find_temperatures(text, language):
        if _is_current(text, measured.start, measured.end):
            yield Reading(measured.start, measured.end, "temperature", measured.value, _is_now(text, measured.start))
    for score in find_scores(text, language):
        around = text[max(0, score.start - _REACH) : score.end + _REACH]
        if _PAINFUL.search(around) and not _DATED.search(text, max(0, score.start - 8), score.start):
            yield Reading(score.start, score.end, "pain", score.value)


def _pressures(text: str) -> Iterator[Reading]:
    for pattern in PRESSURES:
        yield from _pairs(text, pattern.finditer(text))
    named = PRESSURE_NAMED.search(text) is not None
    yield from _pairs(text, (m for m in BARE_PRESSURES.finditer(text) if named or _is_pressure(text, m)))


def _is_pressure(text: str, pair: re.Match[str]) -> bool:
    """True of two numbers with the unit behind them, and of "178 over 104", which nobody says of anything else."""
    return " over " in pair[0] or PRESSURE_UNIT.match(text, pair.end()) is not None


def _pairs(text: str, matches: Iterable[re.Match[str]]) -> Iterator[Reading]:
    for match in matches:
        numbers = _number(match["number"]), _number(match["second"])
        if None in numbers or not _is_current(text, match.start(), match.end()):
            continue
        diastolic, systolic = sorted(number for number in numbers if number is not None)
        written = _FRACTION.search(text, match.end("number"), match.start("second")) is not None
        if 5 <= systolic - diastolic <= 180 and (written or diastolic <= _MOST_IN_A_RANGE):
            now = _is_now(text, match.start())
            yield Reading(match.start(), match.end(), "systolic", systolic, now)
            yield Reading(match.start(), match.end(), "diastolic", diastolic, now)


def _read(text: str, sign: str, matches: Iterable[re.Match[str]]) -> Iterator[Reading]:
    for match in matches:
        gap = match.groupdict().get("gap") or ""
        value = _number(match["number"])
        if value is None or re.search(NOT_REACHED, gap) or not _is_current(text, match.start(), match.end()):
            continue
        if sign == "glucose" and (value >= _LEAST_MG_DL or MG_DL.match(text, match.end())):
            value /= MG_DL_PER_MMOL_L
        step = _FINE_STEP if sign in _FINE else _STEP
        if re.search(BELOW, gap):
            value -= step
        elif re.search(ABOVE, gap):
            value += step
        yield Reading(match.start(), match.end(), sign, round(value, 1), _is_now(text, match.start()))


def _number(words: str) -> float | None:
    if words[0].isdecimal():
        return float(words)
    whole, point, tenths = words.partition("点")
    value, part = zh_number(whole), zh_number(tenths) if point else 0.0
    return None if value is None or part is None else value + part / 10


def _is_possible(sign: str, value: float) -> bool:
    low, high = _POSSIBLE[sign]
    return low <= value <= high


def _clause(text: str, start: int, end: int) -> str:
    """A range with what is said around it in its clause, at most _REACH characters to either side."""
    before = text[max(0, start - _REACH) : start]
    cuts = [match.end() for match in _CLAUSE_END.finditer(before)]
    after = _CLAUSE_END.search(text, end, end + _REACH)
    return before[cuts[-1] if cuts else 0 :] + text[start : after.start() if after else end + _REACH]


def _is_current(text: str, start: int, end: int) -> bool:
    return NOT_NOW.search(_clause(text, start, end)) is None


def _is_now(text: str, start: int) -> bool:
    return NOW.search(_clause(text, start, start)) is not None
