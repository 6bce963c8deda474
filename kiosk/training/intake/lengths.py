"""Lengths of time as people say them; domain/durations.py reads them back."""

from __future__ import annotations

from random import Random

from kiosk.domain.language import Language

_ZH_NUMBERS = "零一两三四五六七八九十"
_EN_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_UNITS = ("hour", "day", "day", "day", "day", "week", "week", "month", "month", "year", "minute")
_MOST = {"minute": 50, "hour": 12, "day": 12, "week": 6, "month": 10, "year": 20}
_ZH_UNITS = {
    "minute": ("分钟",),
    "hour": ("小时", "个小时", "个钟头"),
    "day": ("天",),
    "week": ("周", "个星期", "个礼拜", "星期"),
    "month": ("个月",),
    "year": ("年",),
}
_ZH_VAGUE = (
    "好几天",
    "一个多月",
    "半个月",
    "半年",
    "一年多",
    "两三天",
    "三四天",
    "半天",
    "十来天",
    "几个月",
    "好几年",
    "四五年",
    "一周多",
    "半个小时",
    "两天半",
)
_EN_VAGUE = (
    "a few days", "a couple of days", "several weeks", "a few weeks", "a couple of months", "several months",
    "two or three days", "half an hour", "a fortnight", "a day or two", "over a week", "more than a month",
    "almost a year", "a few hours", "a couple of weeks", "many years",
)  # fmt: skip


def length_of_time(language: Language, random: Random) -> str:
    """An amount of time in words or digits."""
    if random.random() < 0.15:
        return random.choice(_ZH_VAGUE if language is Language.ZH else _EN_VAGUE)
    unit = random.choice(_UNITS)
    number = random.randint(1, _MOST[unit])
    if language is Language.ZH:
        written = str(number) if number > 10 or random.random() < 0.35 else _ZH_NUMBERS[number]
        if number == 1:
            written = random.choice(("一", "1"))
        return written + random.choice(_ZH_UNITS[unit])
    if number == 1:
        return random.choice(("an" if unit == "hour" else "a", "one", "1")) + f" {unit}"
    written = str(number) if number > 10 or random.random() < 0.45 else _EN_NUMBERS[number]
    return f"{written} {unit}s"
