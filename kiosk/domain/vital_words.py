"""How vital signs and laboratory values are named and numbered in speech and notes: patterns for vitals_said.py."""

from __future__ import annotations

import re


def _any(*lines: str) -> str:
    return "|".join(word for line in lines for word in line.split())


def _latin(pattern: str) -> str:
    """Latin words that no other letter touches; digits and Chinese characters may, as in 85次/分BP85/50."""
    return rf"(?<![a-z])(?:{pattern})(?![a-z])"


_ZH_DIGIT = "[一二两三四五六七八九]"
_ZH_WHOLE = rf"{_ZH_DIGIT}百(?:零{_ZH_DIGIT}|{_ZH_DIGIT}十?{_ZH_DIGIT}?|十{_ZH_DIGIT}?)?|{_ZH_DIGIT}?十{_ZH_DIGIT}?"
_NUMBER = rf"\d{{1,3}}(?:\.\d{{1,2}})?|{_ZH_WHOLE}|{_ZH_DIGIT}点{_ZH_DIGIT}"
_NO_AMOUNT = (
    r"(?![\d.]*\d|\s*[十多来几余]*(?:年|天|日|号|个?月|周|岁|小时|分钟|点(?!\d)|片|粒|颗|支|毫克|克|元|块|斤|公斤|米|倍|"
    r"mg(?! ?/ ?dl)|mcg|ml|tabs?\b|years?|yrs?|days?|weeks?|months?|hours?|hrs?|minutes?|mins?\b|"
    r"times? (?:a|per) (?:day|week)))"
)
"""What follows is no unit of time, of a dose, of money or weight."""

NOT_REACHED = (
    _any("没到 没有到 没超过 不超过 没有超过 不高于") + r"|not (?:over|above|below|under)|never (?:over|above)"
)
BELOW = _any("低于 不到 小于 少于") + r"|below|under|less than|<"
ABOVE = _any("超过 高于 大于") + r"|over|above|more than|higher than|>"
_FILLED = _any(
    "百分之 每分钟 一分钟 每分 量出来 测出来 差不多 能到 升高 升到 降到 掉到 飙到 达到 大概 大约 只有 已经",
    "测了 量了 突然 空腹 餐后 饭后 随机 今天 今早 早上 晚上 刚才 刚刚 现在 目前 最高 最低 值 是 为 有 到 达 了",
    "在 约 才 都 很 偏 高 低 快 慢 测 量 的 得 也 就 我 大 要 around about approximately reading reads read",
    "says said showing shows showed",
    "now currently came back out to up down dropped went gone reached it only today this morning just rate level",
    "high low",
    "has been measured elevated fasting random value was were are is of at as the my a s [::=()~≈'-]",
)
# Possessive: what could be part of the gap is never tried as anything else, so that no text takes long.
_GAP = rf"(?P<gap>(?>\s|{NOT_REACHED}|{BELOW}|{ABOVE}|{_FILLED}){{0,12}}+)"


def _labelled(label: str, tail: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?:{label}){_GAP}(?P<number>{_NUMBER}){_NO_AMOUNT}{tail}")


_PRESSURE = "血压|" + _latin(r"b\.?p\.?|blood ?pressures?|pressure")
_SYSTOLIC = "高压|收缩压|" + _latin(r"systolic(?: blood)?(?: pressure)?|sbp")
_DIASTOLIC = "低压|舒张压|" + _latin(r"diastolic(?: blood)?(?: pressure)?|dbp")
_PULSE = "心率|心跳|脉搏|脉率|" + _latin(r"h\.?r\.?|heart ?(?:rate|beat)s?|pulse(?! ?ox)(?: rate)?")
_BREATHING = "呼吸频率|呼吸率|" + _latin(r"rr|resp(?:iratory|irations?)?(?: rate)?|breathing rate")
_OXYGEN = "血氧饱和度|血氧|氧饱和度|氧饱和|指氧|脉氧|" + _latin(
    r"sp[o0]2|sao2|o2(?: ?sats?| ?saturation)?|(?:oxygen )?(?:sats?|saturations?|satting|saturating)|"
    r"oxygen(?: level| reading)?|pulse ox(?:imetry|imeter)?"
)
_COMA = "格拉斯哥昏迷评分|格拉斯哥评分|昏迷评分|" + _latin(r"gcs(?: score)?|glasgow(?: coma)?(?: scale)?(?: score)?")
_GLUCOSE = "血糖|" + _latin(
    r"blood (?:sugar|glucose)s?|glucose|sugars?|bgl?|finger ?stick(?: glucose)?|"
    r"glucometer|sugar (?:machine|monitor|meter)|(?:my|his|her|the) (?:meter|sensor)|finger ?prick"
)
_POTASSIUM = "血钾|" + _latin(r"potassium|serum k")
_REFILL = "毛细血管充盈时间|毛细血管充盈|" + _latin(r"crt|cap(?:illary)? ?refill(?: time)?")

PRESSURE_NAMED = re.compile(_PRESSURE)
PRESSURES = (
    re.compile(
        rf"(?:{_PRESSURE}){_GAP}(?P<number>{_NUMBER})(?:\s*(?:/|\\|over|比|、|-|~|至|到)\s*|\s)(?P<second>{_NUMBER}){_NO_AMOUNT}"
    ),
    re.compile(rf"(?:{_PRESSURE}){_GAP}(?P<number>{_ZH_WHOLE})(?P<second>{_ZH_WHOLE}){_NO_AMOUNT}"),
)
BARE_PRESSURES = re.compile(
    r"(?<![\d./])(?P<number>\d{2,3})(?: ?/ ?| over )(?P<second>\d{2,3})(?![\d/.]|\s*(?:mg|mcg|ml|毫克|μg))"
)
PRESSURE_UNIT = re.compile(r"\s*(?:mm ?hg|毫米汞柱)")

SINGLE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("systolic", _labelled(_PRESSURE, r"(?!\s*(?:/|over|比|\\|-|~|至|到) ?\d)")),
    ("systolic", _labelled(_SYSTOLIC)),
    ("diastolic", _labelled(_DIASTOLIC)),
    ("heart_rate", _labelled(_PULSE)),
    ("heart_rate", re.compile(r"(?<!\d)(?P<number>\d{2,3}) ?(?:bpm|beats (?:per|a) minute)")),
    ("respiratory_rate", _labelled(_BREATHING)),
    ("respiratory_rate", _labelled("呼吸", r"(?=多?次)")),
    ("respiratory_rate", re.compile(r"breath(?:s|ing)[a-z ]{0,12} (?P<number>\d{2}) (?:times|breaths|per|a)\b")),
    ("respiratory_rate", re.compile(r"(?<!\d)(?P<number>\d{2}) breaths (?:per|a) min")),
    ("spo2", _labelled(_OXYGEN, r"(?!\s*(?:l\b|lit(?:er|re)s?|升))")),
    ("gcs", _labelled(_COMA)),
    ("glucose", _labelled(_GLUCOSE)),
    ("potassium", _labelled(_POTASSIUM)),
    ("capillary_refill", re.compile(rf"(?:{_REFILL}){_GAP}(?P<number>\d(?:\.\d)?) ?(?:s\b|secs?|seconds?|秒)")),
)
"""A sign of Vitals with the words that name it; group `gap` holds what stands before the number."""

NOTE_LETTERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("heart_rate", re.compile(r"(?<![a-z\d])p[: ]{0,2}(?P<number>\d{2,3})(?![\d.])")),
    ("respiratory_rate", re.compile(r"(?<![a-z\d])r[: ]{0,2}(?P<number>\d{2})(?![\d.])")),
    ("temperature", re.compile(r"(?<![a-z\d])t[: ]{0,2}(?P<number>3\d(?:\.\d)?|4[0-3](?:\.\d)?)(?![\d.])")),
)
"""T, P and R stand for signs only in a note that gives the blood pressure too: T36.5 P80 R20 BP120/80."""

GCS_PARTS = re.compile(r"(?<![a-z])e ?(?P<e>[1-4]) ?,?v ?(?P<v>[1-5]) ?,?m ?(?P<m>[1-6])\b")
MG_DL = re.compile(r"\s*(?:mg ?/ ?dl|mg%|mg per dl|毫克每分升|毫克/分升)")

NOT_NOW = re.compile(
    _any(
        "平时 平常 通常 平日 以前 曾经 过去 原来 原先 去年 前年 上次 上个月 上月 上周 年前 月前 年轻时 体检时 目标",
        "控制在 应该 正常是 正常值 正常范围 基础 糖化",
    )
    + r"|\b(?:usual(?:ly)?|normally|normal (?:is|range)|baseline|typical(?:ly)?|used to|history|previous(?:ly)?|"
    r"last (?:year|month|week|time|visit)|(?:years?|months?|weeks?) ago|average|target|goal|aim|should be|supposed to|"
    r"always runs?|runs|hba1c|a1c|in the past)\b"
)
"""What is usual, wished for or long ago."""

NOW = re.compile(
    _any("现在 刚才 刚刚 今天 今早 目前 这会") + r"|\b(?:now|currently|today|just|this morning|tonight|on arrival)\b"
)
