"""Ages, dates, clock times and telephone numbers as people say them, strictly: half a number is none.

The phrases are also what a recogniser is told to expect, so each way of saying a number stands here once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from kiosk.domain.language import Language

OLDEST = 130
MOST_DIGITS = 15
"""Of a telephone number (ITU-T E.164)."""
USUAL_DIGITS = 11
"""Of a Chinese mobile number, the longest that is usual."""

_EN_ONE_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_EN_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_EN_MONTH_WORDS = "january february march april may june july august september october november december"
_EN_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_EN_ONES = _EN_ONE_WORDS.split()
_EN_TENS = _EN_TEN_WORDS.split()
_EN_MONTHS = _EN_MONTH_WORDS.split()
_EN_ORDINALS = _EN_ORDINAL_WORDS.split()
_ZH_ONES = "零一二三四五六七八九"
_DIGITS: dict[Language, dict[str, str]] = {
    Language.EN: {**{word: str(n) for n, word in enumerate(_EN_ONES[:10])}, "oh": "0"},
    Language.ZH: {**{word: str(n) for n, word in enumerate(_ZH_ONES)}, "幺": "1", "两": "2", "〇": "0"},
}
_AGED = {
    Language.ZH: ("{}", "{}岁", "我{}岁", "我今年{}岁", "今年{}岁", "我今年{}", "我今年{}了", "{}岁了"),
    Language.EN: ("{}", "{} years old", "i am {}", "i am {} years old", "{} years", "i'm {}", "i'm {} years old"),
}
_AGE_BEGUN = {Language.ZH: ("我今年", "今年", "岁了"), Language.EN: ()}
_TWICE = {"double": 2, "triple": 3}


def en_number(number: int) -> str:
    """0 to 199 in words."""
    if number >= 100:
        rest = number - 100
        return "one hundred" + (f" and {en_number(rest)}" if rest else "")
    if number < 20:
        return _EN_ONES[number]
    tens, ones = divmod(number, 10)
    return _EN_TENS[tens - 2] + (f" {_EN_ONES[ones]}" if ones else "")


def zh_number(number: int) -> str:
    """0 to 199 in words."""
    if number >= 100:
        rest = number - 100
        return "一百" + ("" if not rest else f"零{_ZH_ONES[rest]}" if rest < 10 else _zh_tens(rest, "一"))
    return _ZH_ONES[number] if number < 10 else _zh_tens(number, "")


def _zh_tens(number: int, one: str) -> str:
    tens, ones = divmod(number, 10)
    return (one if tens == 1 else _ZH_ONES[tens]) + "十" + (_ZH_ONES[ones] if ones else "")


def en_ordinal(number: int) -> str:
    """1 to 39 in words: first, twenty second."""
    if number <= 20:
        return _EN_ORDINALS[number - 1]
    tens, ones = divmod(number, 10)
    return f"{_EN_TENS[tens - 2]} {_EN_ORDINALS[ones - 1]}" if ones else "thirtieth"


@cache
def ages(language: Language) -> Mapping[str, int]:
    """Every way to say an age in years."""
    said: dict[str, int] = {}
    for age in range(OLDEST + 1):
        ways = _AGED[language]
        words = zh_number(age) if language is Language.ZH else en_number(age)
        said |= dict.fromkeys((way.format(words) for way in ways), age)
    if language is Language.ZH:
        said |= dict.fromkeys((way.format("两") for way in _AGED[language][1:]), 2)
    return said


@cache
def age_phrases(language: Language) -> tuple[str, ...]:
    """What makes a recogniser expect an age: the other ways to say it follow from these word by word."""
    numbers = [zh_number(age) if language is Language.ZH else en_number(age) for age in range(OLDEST + 1)]
    shown = _AGED[language][: 2 if language is Language.ZH else 3]
    return (*(way.format(number) for number in numbers for way in shown), *_AGE_BEGUN[language])


def digits_said(text: str, language: Language) -> str:
    """A number said figure by figure; empty when it is not one. "double three" and "thirty eight" are two figures."""
    figures: list[str] = []
    times = 1
    tokens = text.split() if language is Language.EN else [c for c in text if not c.isspace()]
    tens = False
    for token in tokens:
        figure = _DIGITS[language].get(token)
        if figure is None and language is Language.EN and token in _TWICE and times == 1:
            times, tens = _TWICE[token], False
            continue
        if tens and figure not in (None, "0") and times == 1:
            figures[-1] = figures[-1][0] + str(figure)
            tens = False
            continue
        tens = False
        if figure is None and language is Language.EN and times == 1:
            if token in _EN_TENS:
                figure, tens = f"{_EN_TENS.index(token) + 2}0", True
            elif token in _EN_ONES:
                figure = str(_EN_ONES.index(token))
        if figure is None:
            return ""
        figures.append(figure * times)
        times = 1
    said = "".join(figures)
    return said if times == 1 and len(said) <= MOST_DIGITS else ""


def date_said(text: str, language: Language) -> str:
    """A whole date as YYYYMMDD; empty when it is none, or when the century was left out."""
    figures = digits_said(text, language) or (_zh_date(text) if language is Language.ZH else _en_date(text))
    try:
        return f"{date(int(figures[:4]), int(figures[4:6]), int(figures[6:])):%Y%m%d}" if len(figures) == 8 else ""
    except ValueError:
        return ""


_ZH_DATE = re.compile(
    r"([零〇一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]?"
)


def _zh_date(text: str) -> str:
    found = _ZH_DATE.fullmatch("".join(text.split()))
    if found is None:
        return ""
    year = digits_said(found[1], Language.ZH)
    month = _zh_numbers().get(found[2], 0)
    day = _zh_numbers().get(found[3], 0)
    return f"{year}{month:02}{day:02}"


@cache
def _zh_numbers() -> Mapping[str, int]:
    return {zh_number(number): number for number in range(32)}


def _en_date(text: str) -> str:
    words = [word for word in text.split() if word not in ("the", "of")]
    month = next((place for place, word in enumerate(words) if word in _EN_MONTHS), None)
    if month is None:
        return ""
    before, after = words[:month], words[month + 1 :]
    for split in range(1, 3):
        day_words, year_words = (before, after) if before else (after[:split], after[split:])
        day, year = _en_days().get(" ".join(day_words)), _en_years().get(" ".join(year_words))
        if day is not None and year is not None:
            return f"{year}{_EN_MONTHS.index(words[month]) + 1:02}{day:02}"
    return ""


@cache
def _en_days() -> Mapping[str, int]:
    return {said: day for day in range(1, 32) for said in (en_ordinal(day), en_number(day))}


@cache
def _en_years() -> Mapping[str, int]:
    return {said: year for year in range(1900, 2100) for said in _en_year(year)}


def _en_year(year: int) -> Iterator[str]:
    century, rest = divmod(year, 100)
    if rest >= 10:
        yield f"{en_number(century)} {en_number(rest)}"
    elif rest:
        yield f"{en_number(century)} oh {en_number(rest)}"
    else:
        yield f"{en_number(century)} hundred"
    if century == 20:
        yield "two thousand" + (f" and {en_number(rest)}" if rest else "")
        if rest:
            yield f"two thousand {en_number(rest)}"


@cache
def digit_phrases(language: Language) -> tuple[str, ...]:
    """What makes a recogniser expect figures one after another: every pair of them."""
    words = list(_DIGITS[language])
    joint = "" if language is Language.ZH else " "
    pairs = [f"{one}{joint}{other}" for one in words for other in words]
    return (*words, *pairs, *(("double", "triple") if language is Language.EN else ()))


@cache
def date_phrases(language: Language) -> tuple[str, ...]:
    """Days, months and years; a date is several of them one after another."""
    if language is Language.ZH:
        months = [f"年{zh_number(month)}月" for month in range(1, 13)]
        days = [f"月{zh_number(day)}{end}" for day in range(1, 32) for end in ("日", "号", "")]
        years = [f"{figure}年" for figure in _ZH_ONES]
        return (*digit_phrases(language), *years, *months, *days)
    days = [en_ordinal(day) for day in range(1, 32)]
    years = [f"{century} {en_number(rest)}" for century in ("nineteen", "twenty") for rest in range(10, 100)]
    years += ["two thousand", *(f"two thousand {en_number(rest)}" for rest in range(1, 10))]
    return (*digit_phrases(language), *_EN_MONTHS, *days, *years, "of", "the")


def clock_phrases(hour: int, minute: int, language: Language) -> tuple[str, ...]:
    """Ways to say a time of the day; nobody says whether it is before noon when the screen shows it."""
    hours = {hour, hour - 12 if hour > 12 else hour}
    if language is Language.ZH:
        ends = [f"{zh_number(minute)}分", zh_number(minute)] if minute >= 10 else [f"零{zh_number(minute)}分"]
        ends = ["", "整"] if minute == 0 else [*ends, "半"] if minute == 30 else ends
        return tuple(f"{said}点{end}" for h in sorted(hours) for said in _zh_hours(h) for end in ends)
    said: list[str] = []
    for h in sorted(hours):
        words = en_number(h)
        if minute == 0:
            said += [f"{words} o'clock", words]
        else:
            said.append(f"{words} {'oh ' if minute < 10 else ''}{en_number(minute)}")
    if minute == 30:
        said.append(f"half past {en_number(min(hours) or 12)}")
    return tuple(said)


def _zh_hours(hour: int) -> tuple[str, ...]:
    return ("两", "二") if hour == 2 else (zh_number(hour),)
