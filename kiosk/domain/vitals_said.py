"""Vital signs and readings that a patient or a note names: "BP 85/50", 血压一百六, "glucose 300 mg/dL".

What is usual for somebody, wished for or long ago is no reading of today and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kiosk.domain.findings import Vitals
from kiosk.domain.language import Language
from kiosk.domain.matching import MAX_CHARACTERS, folded
from kiosk.domain.measurements import find_scores, find_temperatures
from kiosk.domain.numbers import zh_number

MG_DL_PER_MMOL_L = 18.016
"""Milligrams of glucose per decilitre for one millimole per litre (molar mass 180.16 g/mol)."""

_LEAST_MG_DL = 40.0
"""A glucose number from here on without a unit is in mg/dL: nobody speaks of that many mmol/L."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A value of one sign of Vitals and the half-open range of its words; `now` when it is said to be today's."""

    start: int
    end: int
    sign: str
    value: float
    now: bool = False


def _spaced(words: str) -> str:
    """An alternative of Chinese words between whose characters a recogniser may put a space."""
    return "|".join(" ?".join(word) for word in words.split())


_ZH_DIGIT = "[一二两三四五六七八九]"
_ZH_WHOLE = rf"{_ZH_DIGIT}百(?:零{_ZH_DIGIT}|{_ZH_DIGIT}十?{_ZH_DIGIT}?|十{_ZH_DIGIT}?)?|{_ZH_DIGIT}?十{_ZH_DIGIT}?"
_N = rf"\d{{1,3}}(?:\.\d{{1,2}})?|{_ZH_WHOLE}|{_ZH_DIGIT}点{_ZH_DIGIT}"
_NO_AMOUNT = (
    r"(?![\d.]*\d|\s*(?:多 ?)?(?:年|天|日|号|个 ?月|月|周|岁|小时|分钟|点(?!\d)|片|粒|颗|支|毫克|克|元|块|斤|公斤|米|倍|mg(?!/dl)|"
    r"mcg|ml|tabs?\b|years?|yrs?|days?|weeks?|months?|hours?|hrs?|minutes?|mins?\b|times? (?:a|per) (?:day|week)))"
)
_BELOW = _spaced("低于 不到 小于 少于") + r"|below|under|less than|<"
_ABOVE = _spaced("超过 高于 大于") + r"|over|above|more than|higher than|>"
_NOT_REACHED = _spaced("没到 没有到 没超过 不超过 没有超过 不高于") + r"|not (?:over|above|below|under)|never (?:over|above)"
_FILLED = (
    _spaced(
        "值 是 为 有 到 达到 达 了 在 大概 大约 约 只有 才 都 已经 很 偏 高 低 快 慢 升高 升到 降到 掉到 飙到 测了 量了 测 量 测出来 量出来 "
        "突然 空腹 餐后 饭后 随机 今天 今早 早上 晚上 刚才 刚刚 现在 目前 最高 最低 差不多 能到 的 得 每分钟 每分 一分钟 百分之 也 就 我 大 要"
    )
    + r"|is|was|of|at|around|about|approximately|reading|reads?|now|currently|came|back|out|to|up|down|dropped|went|it|only|today|this|"
    r"morning|just|rate|level|high|low|as|has|been|measured|a|the|my|were|are|elevated|s|value|fasting|random|[:：=()~≈'-]"
)
_GAP = rf"(?P<gap>(?:\s|{_NOT_REACHED}|{_BELOW}|{_ABOVE}|{_FILLED}){{0,12}}?)"
_SPLIT = r"\s*(?:/|／|\\|over|比|、|\s)\s*"


def _labelled(label: str, tail: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?:{label}){_GAP}(?P<number>{_N}){_NO_AMOUNT}{tail}")


_PRESSURE_LABEL = rf"{_spaced('血压')}|\bb\.?p\b\.?|blood ?pressures?|\bpressure"
_PRESSURES = re.compile(rf"(?:{_PRESSURE_LABEL}){_GAP}(?P<number>{_N}){_SPLIT}(?P<second>{_N}){_NO_AMOUNT}")
_BARE_PRESSURES = re.compile(r"(?<![\d./])(?P<number>\d{2,3}) ?/ ?(?P<second>\d{2,3})(?![\d/.]|\s*(?:mg|mcg|ml|毫克|μg))")
_PRESSURE_UNIT = re.compile(r"\s*(?:mm ?hg|毫米汞柱)")

_SINGLE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("systolic", _labelled(rf"{_PRESSURE_LABEL}", r"(?!\s*(?:/|／|over\b|比))")),
    ("systolic", _labelled(rf"{_spaced('高压 收缩压')}|\bsystolic(?: blood)?(?: pressure)?|\bsbp\b")),
    ("diastolic", _labelled(rf"{_spaced('低压 舒张压')}|\bdiastolic(?: blood)?(?: pressure)?|\bdbp\b")),
    (
        "heart_rate",
        _labelled(rf"{_spaced('心率 心跳 脉搏 脉率')}|\bh\.?r\b\.?|\bheart ?(?:rate|beat)s?|\bpulse(?! ?ox)(?: rate)?"),
    ),
    ("heart_rate", re.compile(r"(?P<gap>)(?P<number>\d{2,3}) ?(?:bpm|beats (?:per|a) minute)\b")),
    ("respiratory_rate", _labelled(rf"{_spaced('呼吸频率 呼吸率')}|\brr\b|\bresp(?:iratory|iration)?s? ?(?:rate)?|\bbreathing rate")),
    ("respiratory_rate", _labelled(_spaced("呼吸"), r"(?=\s*多? ?次)")),
    ("respiratory_rate", re.compile(r"\bbreath(?:s|ing)(?P<gap>[a-z ]{0,12}?)(?P<number>\d{2}) (?:times|breaths|per|a)\b")),
    ("respiratory_rate", re.compile(r"(?P<gap>)(?P<number>\d{2}) breaths (?:per|a) min")),
    (
        "spo2",
        _labelled(
            rf"{_spaced('血氧饱和度 血氧 氧饱和度 氧饱和 指氧 脉氧')}|\bspo2\b|\bsp02\b|\bsao2\b|\bo2(?: ?sat(?:s|uration)?)?\b|"
            r"\b(?:oxygen )?sat(?:s|uration|urations|ting|urating)?\b|\boxygen(?: level| reading)?|\bpulse ox(?:imetry|imeter)?",
            r"(?!\s*(?:l\b|lit(?:er|re)s?|升))",
        ),
    ),
    ("gcs", _labelled(rf"\bgcs\b(?: ?score)?|\bglasgow(?: coma)?(?: scale| score)*|{_spaced('格拉斯哥昏迷评分 格拉斯哥评分 昏迷评分')}")),
    (
        "glucose",
        _labelled(
            rf"{_spaced('血糖')}|\bblood (?:sugar|glucose)s?|\bglucose|\bsugars?|\bb\.?g\b|\bbgl\b|\bfinger ?stick(?: glucose)?",
        ),
    ),
    ("potassium", _labelled(rf"{_spaced('血钾')}|\bpotassium|\bserum k\b|\bk\+")),
    ("capillary_refill", re.compile(rf"(?:\bcrt\b|\bcap(?:illary)? ?refill(?: time)?|{_spaced('毛细血管充盈时间 毛细血管充盈')}){_GAP}(?P<number>\d(?:\.\d)?) ?(?:s\b|secs?|seconds?|秒)")),
)
_NOTE_LETTERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("heart_rate", re.compile(r"(?<![a-z\d])p(?P<gap>)[:： ]{0,2}(?P<number>\d{2,3})(?![\d.])")),
    ("respiratory_rate", re.compile(r"(?<![a-z\d])r(?P<gap>)[:： ]{0,2}(?P<number>\d{2})(?![\d.])")),
    ("temperature", re.compile(r"(?<![a-z\d])t(?P<gap>)[:： ]{0,2}(?P<number>3\d(?:\.\d)?|4[0-3](?:\.\d)?)(?![\d.])")),
)
"""T, P and R stand for signs only in a note that gives the blood pressure too: T36.5 P80 R20 BP120/80."""

_GCS_PARTS = re.compile(r"\be ?(?P<e>[1-4]) ?,?v ?(?P<v>[1-5]) ?,?m ?(?P<m>[1-6])\b")
_MG_DL = re.compile(r"\s*(?:mg ?/ ?dl|mg%|mg per dl|毫克每分升|毫克/分升)")
_POSSIBLE = {
    "heart_rate": (20, 300), "respiratory_rate": (4, 120), "systolic": (40, 280), "diastolic": (20, 170), "spo2": (40, 100),
    "temperature": (25, 45), "gcs": (3, 15), "pain": (0, 10), "glucose": (0.5, 60), "potassium": (1.5, 10),
    "capillary_refill": (0, 20),
}  # fmt: skip
"""Lowest and highest number that can be meant as the sign; anything else is another number."""

_NORMAL = {
    "heart_rate": 80, "respiratory_rate": 16, "systolic": 120, "diastolic": 75, "spo2": 100, "temperature": 36.8, "gcs": 15,
    "pain": 0, "glucose": 6, "potassium": 4.3, "capillary_refill": 1,
}  # fmt: skip
_FINE_STEP, _STEP = 0.1, 1.0
_FINE = ("glucose", "potassium", "temperature")

_CLAUSE_END = re.compile(r"[,，。;；!！?？\n]|\.(?!\d)|\bbut\b|但|可是")
_NOT_NOW = re.compile(
    _spaced("平时 平常 通常 平日 以前 曾经 过去 原来 原先 去年 前年 上次 上个月 上月 上周 年前 月前 年轻时 体检时 目标 控制在 应该 正常是 正常值 正常范围 基础 糖化")
    + r"|\b(?:usual(?:ly)?|normally|normal (?:is|range)|baseline|typical(?:ly)?|used to|history|previous(?:ly)?|last (?:year|month|week|time|visit)|"
    r"(?:years?|months?|weeks?) ago|average|target|goal|aim|should be|supposed to|always runs?|runs|hba1c|a1c|in the past)\b"
)
_NOW = re.compile(_spaced("现在 刚才 刚刚 今天 今早 目前 这会") + r"|\b(?:now|currently|today|just|this morning|tonight|on arrival)\b")
_REACH = 40
_PAINFUL = re.compile(r"[疼痛]|pain|hurt|ache|sore|cramp|burn")
_DATED = re.compile(r"(?:\b(?:on|since|from|dated?|until|by)|[从自在到于]) ?$")


def vitals_said(text: str, language: Language) -> Vitals:
    """The signs a text tells, in the units of Vitals; of several readings today's count, and of these the worst.

    Never raises; a number that cannot be the sign, a dose, a date and a length of time are not read.
    """
    signs: dict[str, float] = {}
    for sign, readings in _by_sign(find_readings(folded(text), language)).items():
        current = [reading for reading in readings if reading.now] or readings
        signs[sign] = max((reading.value for reading in current), key=lambda value: abs(value - _NORMAL[sign]))
    pain, gcs = signs.pop("pain", None), signs.pop("gcs", None)
    return Vitals(**signs, pain=None if pain is None else round(pain), gcs=None if gcs is None else round(gcs))


def find_readings(text: str, language: Language) -> tuple[Reading, ...]:
    """Every reading in folded text, by place."""
    said = text[:MAX_CHARACTERS]
    readings = [reading for reading in _all_readings(said, language) if _is_possible(reading)]
    unique = {(reading.sign, reading.end): reading for reading in readings}
    return tuple(sorted(unique.values(), key=lambda reading: (reading.start, reading.sign)))


def _all_readings(text: str, language: Language) -> Iterator[Reading]:
    yield from _pressures(text)
    for sign, pattern in _SINGLE:
        yield from _read(text, sign, pattern.finditer(text))
    if re.search(_PRESSURE_LABEL, text):
        for sign, pattern in _NOTE_LETTERS:
            yield from _read(text, sign, pattern.finditer(text))
    for match in _GCS_PARTS.finditer(text):
        yield Reading(match.start(), match.end(), "gcs", float(sum(map(int, match.groups()))))
    for measured in find_temperatures(text, language):
        if _is_current(text, measured.start, measured.end):
            yield Reading(measured.start, measured.end, "temperature", measured.value, _is_now(text, measured.start))
    for score in find_scores(text, language):
        around = text[max(0, score.start - _REACH) : score.end + _REACH]
        if _PAINFUL.search(around) and not _DATED.search(text, max(0, score.start - 8), score.start):
            yield Reading(score.start, score.end, "pain", score.value)


def _pressures(text: str) -> Iterator[Reading]:
    labelled = list(_PRESSURES.finditer(text))
    yield from _pairs(text, labelled)
    named = re.search(_PRESSURE_LABEL, text) is not None
    yield from _pairs(text, (m for m in _BARE_PRESSURES.finditer(text) if named or _PRESSURE_UNIT.match(text, m.end())))


def _pairs(text: str, matches: Iterable[re.Match[str]]) -> Iterator[Reading]:
    for match in matches:
        systolic, diastolic = _number(match["number"]), _number(match["second"])
        if systolic is None or diastolic is None or not 5 <= systolic - diastolic <= 180:
            continue
        for reading in _read(text, "systolic", [match]):
            yield reading
            if _is_possible(Reading(0, 0, "diastolic", diastolic)):
                yield Reading(reading.start, reading.end, "diastolic", diastolic, reading.now)


def _read(text: str, sign: str, matches: Iterable[re.Match[str]]) -> Iterator[Reading]:
    for match in matches:
        value = _number(match["number"])
        if value is None or not _is_current(text, match.start(), match.end()):
            continue
        gap = match.groupdict().get("gap") or ""
        if re.search(_NOT_REACHED, gap):
            continue
        if sign == "glucose":
            value = _mmol_per_litre(value, _MG_DL.match(text, match.end()) is not None)
        step = _FINE_STEP if sign in _FINE else _STEP
        if re.search(_BELOW, gap):
            value -= step
        elif re.search(_ABOVE, gap):
            value += step
        yield Reading(match.start(), match.end(), sign, round(value, 1), _is_now(text, match.start()))


def _number(words: str) -> float | None:
    if words[0].isdigit():
        return float(words)
    whole, point, tenths = words.partition("点")
    value, part = zh_number(whole), zh_number(tenths) if point else 0.0
    return None if value is None or part is None else value + part / 10


def _mmol_per_litre(value: float, in_mg_dl: bool) -> float:
    return value / MG_DL_PER_MMOL_L if in_mg_dl or value >= _LEAST_MG_DL else value


def _is_possible(reading: Reading) -> bool:
    low, high = _POSSIBLE[reading.sign]
    return low <= reading.value <= high


def _clause(text: str, start: int, end: int) -> str:
    """What is said around a range within its clause, at most _REACH characters to either side."""
    before = text[max(0, start - _REACH) : start]
    cuts = [match.end() for match in _CLAUSE_END.finditer(before)]
    after = _CLAUSE_END.search(text, end, end + _REACH)
    return before[cuts[-1] if cuts else 0 :] + text[start:end] + text[end : after.start() if after else end + _REACH]


def _is_current(text: str, start: int, end: int) -> bool:
    return _NOT_NOW.search(_clause(text, start, end)) is None


def _is_now(text: str, start: int) -> bool:
    return _NOW.search(_clause(text, start, start)) is not None


def _by_sign(readings: Iterable[Reading]) -> dict[str, list[Reading]]:
    by_sign: dict[str, list[Reading]] = {}
    for reading in readings:
        by_sign.setdefault(reading.sign, []).append(reading)
    return by_sign
