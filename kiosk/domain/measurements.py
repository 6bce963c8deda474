"""Numbers said in passing: body temperature in degrees Celsius and pain on the 0-10 scale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.domain.language import Language
from kiosk.domain.matching import squeezed
from kiosk.domain.numbers import en_number, zh_number

FEVER_CELSIUS = 37.3
"""Axillary temperature from which Chinese hospitals speak of fever."""

_PLAUSIBLE_CELSIUS = (34.0, 43.0)
_PLAUSIBLE_FAHRENHEIT = (93.0, 110.0)


@dataclass(frozen=True, slots=True)
class Measured:
    """A number and the half-open range of its words."""

    start: int
    end: int
    value: float


_ZH_TEENS = r"[三四]十[一二三四五六七八九]?"
_ZH_CELSIUS = re.compile(
    rf"(?P<whole>\d{{2}}(?:\.\d{{1,2}})?|{_ZH_TEENS})(?:(?:度|℃|°c?|摄氏度)(?P<tenths>[\d一二三四五六七八九半]?)"
    rf"|[点.](?P<decimal>[\d一二三四五六七八九])(?:度|℃|°c?)?)"
)
_DECIMAL = re.compile(r"(?<![\d.])(?P<number>3[5-9]\.\d{1,2}|4[0-2]\.\d{1,2})(?!\d|\.\d)")
_OTHER_UNIT = re.compile(
    r"\s*(?:%|kg|cm|mm|公斤|斤|岁|周|块|元|个|月|天|厘米|weeks?|years?|pounds?|lbs?|degrees? f|°f|f\b)"
)
_OF_A_SAMPLE = re.compile(
    r"(?:酶|红素|蛋白|dna|病毒量?|载量|糖|尿酸|肌酐|胆固醇|甘油三酯|细胞|小板|抗体|抗原|定量|肝功|\b(?:alt|ast|hba1c|creatinine|"
    r"ferritin|bilirubin|albumin|cholesterol|ldl|hdl|psa|tsh|bmi)\b)[^，,。烧热温度]{0,8}$"
)
"""Right before a bare number: a value from the laboratory."""
_EN_CELSIUS = re.compile(r"(?<![\d.])(?P<number>\d{2}(?:\.\d{1,2})?) ?(?:°c?\b|°|℃|degrees?(?! f)|c\b|celsius)")
_EN_FAHRENHEIT = re.compile(r"(?<![\d.])(?P<number>\d{2,3}(?:\.\d{1,2})?) ?(?:°|℉|degrees?)? ?(?:f\b|fahrenheit\b|℉)")
_EN_STATED = re.compile(
    r"\b(?:fever|temperature|temp)(?: (?:is|was|of|at|around|about|up|to|reached|reading|a|over|above)){0,4}[ :]{1,2}"
    r"(?P<number>\d{2,3}(?:\.\d{1,2})?)(?![\d.]*\s*(?:/|day|hour|week))"
)
_EN_DIGIT = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_EN_SPOKEN = re.compile(
    rf"\b(?P<whole>thirty[ -](?:four|five|six|seven|eight|nine)|forty(?:[ -](?:one|two))?"
    rf"|(?:a|one) hundred(?: and)?(?: (?:one|two|three|four|five|six))?)(?: point (?P<tenths>{_EN_DIGIT}))?"
    r"(?P<unit> degrees?)?"
)
_EN_HEAT = re.compile(r"\b(?:fever|temperature|temp|degrees?|celsius|fahrenheit)\b")


_AIR_BEFORE = re.compile(
    r"(?:气温|室外|外面|户外|室温|天气|车间里?|大棚里?|水温|外头|工地上?)[^，,。]{0,6}$|"
    r"\b(?:working|worked|running|ran|out|outside|outdoors|hours|playing|sat|left) in (?:the )?"
    r"(?:about |over |nearly |almost )?$|"
    r"\b(?:outside|weather|heat|air temperature)(?: was| is|'s)? (?:about |over |nearly |almost )?$"
)
_AIR_AFTER = re.compile(
    r"(?:°?c)?\s*-?(?:heat\b|weather\b|outside\b|sun\b|sunshine|in the shade|outdoors|day\b)|"
    r"\s*(?:的天|的?高温(?!不退)|的?大?太阳|的烈日|的日头|的大热天|的车间|的大棚|的热?水|天气|的室外)"
)
"""The weather's, a workplace's or the water's temperature is nobody's fever."""


def find_temperatures(text: str, language: Language) -> tuple[Measured, ...]:
    """Body temperatures in folded text, in degrees Celsius, by place; numbers no body can have are left out."""
    found = _zh_temperatures(text) if language is Language.ZH else _en_temperatures(text)
    low, high = _PLAUSIBLE_CELSIUS
    bodily = (m for m in found if low <= m.value <= high and not _is_of_the_air(text, m))
    return tuple(sorted(bodily, key=lambda m: m.start))


def _is_of_the_air(text: str, measured: Measured) -> bool:
    before = text[max(0, measured.start - 14) : measured.start]
    return _AIR_BEFORE.search(before) is not None or _AIR_AFTER.match(text, measured.end) is not None


def _zh_temperatures(text: str) -> Iterator[Measured]:
    packed, place = squeezed(text)
    for match in _ZH_CELSIUS.finditer(packed):
        whole = zh_number(match["whole"])
        part = match["tenths"] or match["decimal"]
        tenths = 0.0 if not part else 0.5 if part == "半" else (zh_number(part) or 0.0) / 10
        if whole is None or _OTHER_UNIT.match(packed, match.end()):
            continue
        if match["decimal"] and match["whole"].isdigit() and _OF_A_SAMPLE.search(packed[: match.start()][-16:]):
            continue
        yield Measured(place[match.start()], place[match.end() - 1] + 1, round(whole + tenths, 2))
    yield from _bare_decimals(text)


def _bare_decimals(text: str) -> Iterator[Measured]:
    for match in _DECIMAL.finditer(text):
        if not _OTHER_UNIT.match(text, match.end()) and not _OF_A_SAMPLE.search(text[: match.start()][-16:]):
            yield Measured(match.start(), match.end(), float(match["number"]))


def _en_temperatures(text: str) -> Iterator[Measured]:
    for match in _EN_FAHRENHEIT.finditer(text):
        yield _measured(match, "number", fahrenheit=True)
    for pattern in (_EN_CELSIUS, _EN_STATED):
        for match in pattern.finditer(text):
            yield _measured(match, "number", fahrenheit=float(match["number"]) >= _PLAUSIBLE_FAHRENHEIT[0])
    for match in _EN_SPOKEN.finditer(text):
        around = text[max(0, match.start() - 40) : match.end() + 20]
        if match["tenths"] or match["unit"] or _EN_HEAT.search(around):
            whole = 100 + (en_number(match["whole"].split("hundred")[1]) or 0) if "hundred" in match["whole"] else None
            value = (whole if whole is not None else en_number(match["whole"]) or 0.0) + (
                en_number(match["tenths"]) or 0.0 if match["tenths"] else 0.0
            ) / 10
            yield Measured(match.start(), match.end(), _celsius(value, value >= _PLAUSIBLE_FAHRENHEIT[0]))
    yield from _bare_decimals(text)


def _measured(match: re.Match[str], group: str, fahrenheit: bool) -> Measured:
    return Measured(match.start(), match.end(), _celsius(float(match[group]), fahrenheit))


def _celsius(value: float, fahrenheit: bool) -> float:
    return round((value - 32) / 1.8, 1) if fahrenheit else value


_OUT_OF_TEN = re.compile(r"(?<![\d/.])(?P<number>10|\d) ?(?:/|／|out of|over|of) ?(?:10|ten)(?![\d/])")
_EN_WORD_OF_TEN = re.compile(rf"\b(?P<number>{_EN_DIGIT}|zero|ten) (?:out of|over) (?:10|ten)\b")
_EN_LEVEL = re.compile(r"\bpain (?:level|score|scale)(?: (?:is|of|at|about|a))?[ :]{1,2}(?P<number>10|\d)\b")
_ZH_SCORE = re.compile(r"(?P<number>10|\d|[零一二两三四五六七八九十])分(?![钟之])")
_ZH_SCORE_NEAR = re.compile(r"[痛疼酸胀难]|打|评|满分|分数|程度")
_ZH_SCORE_FULL = re.compile(r"(?:满分|总分)(?:是|为)?$")


def find_scores(text: str, language: Language) -> tuple[Measured, ...]:
    """Numbers 0-10 on a pain or distress scale in folded text, by place (7/10, "8 out of 10", 疼痛七分)."""
    found = [Measured(m.start(), m.end(), float(m["number"])) for m in _OUT_OF_TEN.finditer(text)]
    if language is Language.ZH:
        found.extend(_zh_scores(text))
    else:
        for pattern in (_EN_WORD_OF_TEN, _EN_LEVEL):
            found.extend(
                Measured(m.start(), m.end(), number)
                for m in pattern.finditer(text)
                if (number := en_number(m["number"])) is not None
            )
    return tuple(sorted(found, key=lambda m: m.start))


def _zh_scores(text: str) -> Iterator[Measured]:
    packed, place = squeezed(text)
    for match in _ZH_SCORE.finditer(packed):
        before = packed[max(0, match.start() - 8) : match.start()]
        around = before + packed[match.end() : match.end() + 3]
        number = zh_number(match["number"])
        if number is not None and number <= 10 and _ZH_SCORE_NEAR.search(around) and not _ZH_SCORE_FULL.search(before):
            yield Measured(place[match.start()], place[match.end() - 1] + 1, number)
