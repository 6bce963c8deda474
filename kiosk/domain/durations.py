"""How long something has been there, from the patient's words, in hours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.domain.language import Language
from kiosk.domain.matching import squeezed
from kiosk.domain.numbers import EN_NUMERAL, ZH_NUMERAL, en_number, zh_number

HOUR, DAY, WEEK, MONTH, YEAR = 1.0, 24.0, 168.0, 720.0, 8760.0


@dataclass(frozen=True, slots=True)
class Duration:
    """`start` and `end` are the half-open range of the words."""

    start: int
    end: int
    hours: float


_ZH_UNITS = (
    ("秒钟", HOUR / 3600), ("秒", HOUR / 3600), ("分钟", HOUR / 60), ("刻钟", HOUR / 4), ("小时", HOUR), ("钟头", HOUR),
    ("天", DAY), ("晚上", DAY), ("晚", DAY), ("夜", DAY), ("宿", DAY), ("星期", WEEK), ("礼拜", WEEK), ("周", WEEK),
    ("个月", MONTH), ("月", MONTH), ("年", YEAR),
)  # fmt: skip
_ZH_UNIT = dict(_ZH_UNITS)

_ZH_AMOUNT = re.compile(
    rf"(?P<number>好几|{ZH_NUMERAL}(?:[-~到至]{ZH_NUMERAL})?)(?P<more>[多来余+]?)(?P<each>个?)(?P<half>半?)"
    r"(?P<more2>[多来余]?)"
    rf"(?P<unit>个月|{'|'.join(unit for unit, _ in _ZH_UNITS if unit != '个月')})(?P<after>半?)(?P<more3>[多余]?)"
)
_ZH_VAGUE = re.compile(
    r"(?P<few>个把|好多|好些|数|(?<![好许差])多)个?(?P<unit>小时|钟头|天|日|星期|礼拜|周|月|年)(?![轻龄])"
)
_ZH_LONG = re.compile(
    r"好久了|很久了|许久了|长期|有一阵子?了|有阵子了|有段时间了|一阵子了|这段时间|这阵子|有日子了|常年"
)
_EN_LONG = re.compile(
    r"\b(?:for (?:ages|a (?:long |good )?while|a long time|yonks|donkey's years)|lately|long-standing|longstanding)\b"
)
_ZH_LIFELONG = re.compile(r"从小(?!就?是)(?:到大|就)?|打小就?|自小就?|自幼|生下来就|天生就")
_EN_LIFELONG = re.compile(
    r"\b(?:(?:ever )?since (?:(?:i|he|she) was (?:an? )?(?:child|kid|boy|girl|teenager|little|small|young|"
    r"born)|childhood|"
    r"birth|school|forever)|all (?:my|his|her) life|(?:my|his|her) whole life|(?:for )?as long as (?:i|he|"
    r"she) can remember)\b"
)
_LIFELONG = 5 * YEAR
"""Said of what somebody has had for as long as they know: no number is needed to call it old."""
_LONG = 30 * DAY
"""Said without a number: longer than anything that is over by itself."""
_ZH_VAGUE_AMOUNT = {"个把": 1.2, "好多": 5.0, "好些": 5.0, "数": 4.0, "多": 5.0}
_ZH_NTH_DAY = re.compile(rf"第(?P<number>{ZH_NUMERAL})天(?=了|[，,。.;；]|$)")
_ZH_SINCE = re.compile(
    r"(?P<when>(?:[这上本]个?)?(?:周|星期|礼拜)[一二三四五六日天](?:早上|上午|中午|下午|晚上)?"
    r"|凌晨|早上|早晨|上午|中午|下午|傍晚)"
    r"(?=就?开始|起(?!来|床)|到现在|以来|发病)"
)
_ZH_HOURS_SINCE = {"凌晨": 8.0, "早上": 5.0, "早晨": 5.0, "上午": 4.0, "中午": 4.0, "下午": 3.0, "傍晚": 3.0}
_ZH_SINCE_SEASON = re.compile(
    r"(?:(?:[一二三四五六七八九十]|十[一二]|1?\d)月份?|春节|元旦|过完?年|国庆|五一|清明|端午|中秋|开春|入[春夏秋冬伏]|立[春夏秋冬]|[寒暑]假)"
    r"(?:以后|之后|后)?(?=就?开始|起(?!来|床)|到现在|以来|至今)"
)
_SEASON = 2 * WEEK
"""Since a month or a season: without a calendar no more is certain, and hardly that."""
_HALF_A_WEEK = WEEK / 2
"""Since a day of this week; without the day's date nobody knows better."""

_ZH_NOT_LASTING = re.compile(
    r"(?:[\d一二两三四五六七八九十几好多]{1,3}[次回顿遍趟]|到晚|[里内]?[吃喝服拉尿跑上][\d一二两三四五六七八九十几]|以?后|大|的?(?:孩子|宝宝|婴儿|娃)|的?[药水针液])"
)
_ZH_NOT_BEFORE = re.compile(
    r"(?:每|哪|过|第|孕|孕期|怀孕|怀孕了|妊娠|术后|手术后|产后|出生|出生后|生后|满|月|周|星期|礼拜|每次[^，,。]{0,5}|"
    r"(?:哺乳期?|喂奶|(?<![医学先花])刚?生完?(?:孩子|宝宝|娃)?|顺产|剖[腹宫]产|坐月子|打完?(?:疫苗|预防针)|流产|人流|移植|绝经|断奶|结婚|"
    r"备孕)(?:后|了|以后|之后|都|快|已经)*)$"
)
_ZH_AGE_UNITS = ("个月", "月", "年")
_ZH_PART_OF_NIGHT = re.compile("[后前下]半夜")
"""When it wakes somebody, not how long it has lasted."""
_ZH_CHILD = re.compile(
    r"(?:宝宝|孩子|小孩|婴儿|宝贝|娃娃|娃|儿子|女儿|闺女|孙子|孙女|小家伙|小朋友|毛毛)(?:今年|现在|才|刚|刚满|快)*$"
)
_ZH_AGE_ENDS = re.compile(r"大?[了的]?(?:[,，。;；]|$)")
"""宝宝七个月，...: an age where no complaint stands between."""
_ZH_ANCHORS = (
    ("大前天", 3 * DAY), ("前几天", 4 * DAY), ("前两天", 2 * DAY), ("前天", 2 * DAY), ("昨天夜里", 14.0),
    ("昨天晚上", 14.0), ("昨天", DAY), ("昨日", DAY), ("昨晚", 14.0), ("昨夜", 14.0), ("今天早上", 6.0),
    ("今天凌晨", 8.0), ("今晨", 6.0), ("今早", 6.0), ("今天下午", 3.0), ("今天中午", 4.0), ("今天", 6.0),
    ("刚才", 0.5), ("刚刚", 0.5), ("上个星期", WEEK), ("上个礼拜", WEEK), ("上星期", WEEK), ("上礼拜", WEEK),
    ("上周", WEEK), ("上个月", MONTH), ("上月", MONTH), ("去年", YEAR), ("大前年", 3 * YEAR), ("前年", 2 * YEAR),
    ("半夜", 8.0), ("昨儿晚上", 14.0), ("昨儿夜里", 14.0), ("昨儿个", DAY), ("昨儿", DAY), ("昨个", DAY),
    ("前儿个", 2 * DAY),
    ("今儿个", 6.0), ("今儿早", 6.0), ("今儿上午", 6.0), ("今儿下午", 3.0), ("今朝", 6.0), ("琴日", DAY), ("尋日", DAY),
)  # fmt: skip
_ZH_HAD_BEFORE = re.compile(
    r"[^，,。；;]{0,4}(?:有过|得过|犯过|做过|生过|发作过|也是这样|也犯|打[的过了](?:破伤风|疫苗|针))"
)
_ZH_ANCHOR = dict(_ZH_ANCHORS)
_ZH_ANCHOR_WORDS = re.compile("|".join(words for words, _ in _ZH_ANCHORS))

_EN_UNIT = {
    "s": HOUR / 3600, "sec": HOUR / 3600, "secs": HOUR / 3600, "second": HOUR / 3600, "min": HOUR / 60,
    "mins": HOUR / 60,
    "minute": HOUR / 60, "h": HOUR, "hr": HOUR, "hrs": HOUR, "hour": HOUR, "d": DAY, "day": DAY, "night": DAY,
    "week": WEEK, "wk": WEEK, "wks": WEEK, "month": MONTH, "mth": MONTH, "mths": MONTH, "mo": MONTH, "year": YEAR,
    "yr": YEAR, "yrs": YEAR, "fortnight": 2 * WEEK, "decade": 10 * YEAR,
}  # fmt: skip
_EN_UNITS = "|".join(sorted(_EN_UNIT, key=len, reverse=True))
_EN_AMOUNT = re.compile(
    rf"(?:\b|(?<=\bx))(?P<number>{EN_NUMERAL})(?: ?(?:-|–|to|or) ?(?P<upper>{EN_NUMERAL}))?(?P<half> and a half)?"
    rf"(?: ?-? ?)(?P<unit>(?:{_EN_UNITS}))s?\b(?P<half2> and a half)?"
)
_EN_PERIOD = re.compile(r"\b(?:past|last|previous|whole|all) (?P<unit>hour|day|(?<!last )night|week|month|year)\b")
_EN_MANY = re.compile(
    r"\b(?:for|it's been|it has been|been going on|going on for) (?:(?:so |too )?many |countless |several )?"
    r"(?P<unit>hour|day|night|week|month|year)s\b"
)
_EN_MANY_AMOUNT = 4.0
_EN_NTH_DAY = re.compile(r"\bday (?P<number>\d{1,2}) of\b")
_EN_SINCE = re.compile(
    r"\bsince (?:early |late )?(?P<last>last )?(?:this )?(?P<when>mon|tues|wednes|thurs|fri|satur|sun|noon|midday|"
    r"lunch|midnight|breakfast|dawn)(?:day|time)?\b"
)
_EN_SINCE_SEASON = re.compile(
    r"\bsince (?:(?:early|late|mid-?|last|this|the (?:start|beginning|end) of) ?)*"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"spring|summer|autumn|winter|christmas|easter|new year)\b"
)
_EN_HOURS_SINCE = {"noon": 4.0, "midday": 4.0, "lunch": 4.0, "midnight": 10.0, "breakfast": 5.0, "dawn": 6.0}
_EN_NOT_LASTING = re.compile(
    r"'? ?-?(?:old\b|at a time\b|each\b|every time\b|of age\b|pregnant\b|gestation\b|of gestation\b|"
    r"gone\b|along\b|early\b|premature\b|post|after (?:my |the |a |an |her )*(?:surgery|operation|\w*,? ?delivery|"
    r"giving birth|birth|childbirth|c-section|caesarean|cesarean|jabs?|vaccin\w+))"
)
_EN_NOT_BEFORE = re.compile(
    r"(?:\b(?:times?|once|twice|per|every|each|in|within|aged?|at)|\d ?/|"
    r"(?:feeding|nursing|\bmarried|\bpregnant|partum)(?: for)?|"
    r"\btetanus(?: (?:shot|jab|booster))?(?: was)?(?: about)?) ?$"
)
_EN_AGED = re.compile(
    r"(?:^|[.!?,;\n] ?|\b(?:my|our|and|baby|son|daughter) )(?:he|she|baby|who)(?:'s| is)"
    r"(?: only| just| about| nearly| almost| now)? ?$"
)
_EN_AGE_UNITS = ("week", "wk", "wks", "month", "mth", "mths")
_EN_AGE_ENDS = re.compile(r"(?: and(?! a half\b)\b|,|\.|;|$)")
"""She's five months, he's eighteen months and ...: the age of a small child."""
_EN_ANCHORS = (
    ("the day before yesterday", 2 * DAY), ("day before yesterday", 2 * DAY), ("yesterday evening", 16.0),
    ("yesterday night", 14.0), ("yesterday", DAY), ("last night", 14.0),
    ("overnight", 10.0), ("this morning", 6.0), ("this afternoon", 3.0), ("today", 6.0), ("tonight", 2.0),
    ("at the weekend", 3 * DAY), ("over the weekend", 3 * DAY), ("after a weekend", 3 * DAY), ("this weekend", 2 * DAY),
    ("just now", 0.5), ("a moment ago", 0.5), ("few minutes ago", 0.2),
)  # fmt: skip
_EN_ANCHOR = dict(_EN_ANCHORS)
_EN_ANCHOR_WORDS = re.compile(rf"\b(?:{'|'.join(words for words, _ in _EN_ANCHORS)})\b")

_JOIN = re.compile(r" ?(?:and|零|又)? ?")
_LONGEST_HOURS = 120 * YEAR


def find_durations(text: str, language: Language) -> tuple[Duration, ...]:
    """Every stretch of time in folded text, by place. Ages, frequencies, pregnancy weeks and dates are left out.

    "三天前", "since yesterday" and "since Monday" count as the time since then; the parts of 1小时30分钟 are added up.
    """
    found = _zh_durations(text) if language is Language.ZH else _en_durations(text)
    return _added_up(text, sorted((d for d in found if 0 < d.hours <= _LONGEST_HOURS), key=lambda d: d.start))


def _added_up(text: str, durations: list[Duration]) -> tuple[Duration, ...]:
    """Neighbours that name one stretch of time in falling units are one; of two at one place the longer words count."""
    joined: list[Duration] = []
    for duration in durations:
        last = joined[-1] if joined else None
        if last is not None and duration.start < last.end:
            if duration.end - duration.start > last.end - last.start:
                joined[-1] = duration
        elif last is not None and _is_part_of(text, last, duration):
            joined[-1] = Duration(last.start, duration.end, last.hours + duration.hours)
        else:
            joined.append(duration)
    return tuple(joined)


def _is_part_of(text: str, whole: Duration, part: Duration) -> bool:
    """30分钟 behind 1小时; not the 一天 of 九天一天三次, which is how often."""
    unit = text[part.end - 1]
    again = not unit.isascii() and unit == text[whole.end - 1]
    return part.hours < whole.hours and not again and _JOIN.fullmatch(text, whole.end, part.start) is not None


def _zh_durations(text: str) -> Iterator[Duration]:
    packed, place = squeezed(text)
    taken_to = 0
    for match in _ZH_AMOUNT.finditer(packed):
        hours = _zh_hours(match)
        before, after = packed[max(0, match.start() - 12) : match.start()], match.end()
        if hours is None or _ZH_NOT_BEFORE.search(before) or _ZH_NOT_LASTING.match(packed, after):
            continue
        if _ZH_PART_OF_NIGHT.search(packed, max(0, match.start() - 1), after):
            continue
        if match["unit"] in _ZH_AGE_UNITS and _ZH_CHILD.search(before) and _ZH_AGE_ENDS.match(packed, after):
            continue
        taken_to = after
        yield Duration(place[match.start()], place[after - 1] + 1, hours)
    for match in _ZH_ANCHOR_WORDS.finditer(packed):
        if _ZH_PART_OF_NIGHT.search(packed, max(0, match.start() - 1), match.end()):
            continue
        if _ZH_HAD_BEFORE.match(packed, match.end()):
            continue
        if match.start() >= taken_to or not _ZH_AMOUNT.search(packed, match.start(), match.end() + 8):
            yield Duration(place[match.start()], place[match.end() - 1] + 1, _ZH_ANCHOR[match[0]])
    for start, end, hours in _zh_vague(packed):
        yield Duration(place[start], place[end - 1] + 1, hours)


def _zh_vague(packed: str) -> Iterator[tuple[int, int, float]]:
    for match in _ZH_VAGUE.finditer(packed):
        unit = {"日": "天", "月": "个月"}.get(match["unit"], match["unit"])
        yield match.start(), match.end(), _ZH_VAGUE_AMOUNT[match["few"]] * _ZH_UNIT[unit]
    for match in _ZH_LONG.finditer(packed):
        yield match.start(), match.end(), _LONG
    for match in _ZH_LIFELONG.finditer(packed):
        yield match.start(), match.end(), _LIFELONG
    for match in _ZH_NTH_DAY.finditer(packed):
        day = zh_number(match["number"])
        if day is not None and day >= 1:
            yield match.start(), match.end(), (day - 0.5) * DAY
    for match in _ZH_SINCE_SEASON.finditer(packed):
        yield match.start(), match.end(), _SEASON
    for match in _ZH_SINCE.finditer(packed):
        when = match["when"]
        yield (
            match.start(),
            match.end(),
            WEEK if when[0] == "上" and when != "上午" else _ZH_HOURS_SINCE.get(when, _HALF_A_WEEK),
        )


def _zh_hours(match: re.Match[str]) -> float | None:
    unit = match["unit"]
    numerals = [zh_number(part) for part in re.split("[-~到至]", match["number"])]
    counted = match["each"] or match["more3"] or match["number"] == "半" or match.string.startswith("前", match.end())
    if unit == "月" and not (counted or match["number"][-1] in "俩仨"):
        return None  # 三月 is March, 仨月 is a length
    if unit == "年" and re.fullmatch(r"\d{4}", match["number"]):
        return None
    known = [number for number in numerals if number is not None]
    if not known or len(known) < len(numerals):
        return None
    amount = sum(known) / len(known)
    if match["half"] or match["after"]:
        amount += 0.5
    if match["more"] or match["more2"] or match["more3"]:
        amount += max(0.25, amount * 0.1) if amount < 10 else amount * 0.1
    return amount * _ZH_UNIT[unit]


def _en_durations(text: str) -> Iterator[Duration]:
    for match in _EN_AMOUNT.finditer(text):
        hours = _en_hours(match)
        before = text[max(0, match.start() - 16) : match.start()]
        if hours is None or _EN_NOT_BEFORE.search(before) or _EN_NOT_LASTING.match(text, match.end()):
            continue
        if match["unit"] in _EN_AGE_UNITS and _EN_AGED.search(before) and _EN_AGE_ENDS.match(text, match.end()):
            continue
        yield Duration(match.start(), match.end(), hours)
    for match in _EN_PERIOD.finditer(text):
        yield Duration(match.start(), match.end(), _EN_UNIT[match["unit"]])
    for match in _EN_MANY.finditer(text):
        yield Duration(match.start(), match.end(), _EN_MANY_AMOUNT * _EN_UNIT[match["unit"]])
    for match in _EN_LONG.finditer(text):
        yield Duration(match.start(), match.end(), _LONG)
    for match in _EN_LIFELONG.finditer(text):
        yield Duration(match.start(), match.end(), _LIFELONG)
    for match in _EN_NTH_DAY.finditer(text):
        yield Duration(match.start(), match.end(), (float(match["number"]) - 0.5) * DAY)
    for match in _EN_SINCE.finditer(text):
        hours = WEEK if match["last"] else _EN_HOURS_SINCE.get(match["when"], _HALF_A_WEEK)
        yield Duration(match.start(), match.end(), hours)
    for match in _EN_SINCE_SEASON.finditer(text):
        yield Duration(match.start(), match.end(), _SEASON)
    for match in _EN_ANCHOR_WORDS.finditer(text):
        yield Duration(match.start(), match.end(), _EN_ANCHOR[match[0]])


def _en_hours(match: re.Match[str]) -> float | None:
    amount = en_number(match["number"])
    if amount is None or (match["unit"] in ("s", "d", "h", "mo", "min") and not match["number"][0].isdigit()):
        return None
    upper = en_number(match["upper"]) if match["upper"] else None
    if upper is not None:
        amount = (amount + upper) / 2
    if match["half"] or match["half2"]:
        amount += 0.5
    return amount * _EN_UNIT[match["unit"]]
