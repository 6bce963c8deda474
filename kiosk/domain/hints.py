"""Age, sex and pregnancy that a patient mentions in passing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kiosk.domain.language import Language
from kiosk.domain.matching import folded, squeezed
from kiosk.domain.numbers import EN_NUMERAL, ZH_NUMERAL, en_number, zh_number
from kiosk.domain.patient import Sex


@dataclass(frozen=True, slots=True)
class PatientHints:
    """What was said about the patient; None is not said. Age in completed years, `age_days` for children under two."""

    age: int | None = None
    age_days: int | None = None
    sex: Sex | None = None
    pregnant: bool | None = None


_ZH_CHILD = r"(?:孩子|小孩|宝宝|宝贝|婴儿|娃娃?|女儿|儿子|女孩|男孩|孙子|孙女|外孙女?|小儿|幼儿)"
_ZH_BABY = r"(?:宝宝|婴儿|新生儿|娃娃|小宝|宝贝)(?:才|刚|现在|今天)?"
_ZH_BEGINS = r"大|[，,]|发烧|发热|高烧|体温|吐|拉|咳|哭|黄|吃|身|脸|呼|喘|抽"
_ZH_NOT_THEN = r"(?!的?时候?|那年|那会|左右?时|起|开始|就得|得过|得的|患)"
_ZH_YEARS = re.compile(
    rf"(?P<number>{ZH_NUMERAL})(?:周岁|岁)(?P<half>半)?(?:零?(?P<months>{ZH_NUMERAL})个?月)?{_ZH_NOT_THEN}"
)
_ZH_YEARS_STATED = re.compile(rf"(?:年龄|今年)(?:是|为|:|：)?(?P<number>(?>{ZH_NUMERAL}))(?![天月周号日年次回\d])")
_ZH_YEARS_BARE = re.compile(rf"(?:^|[，,。；;])我(?:都|已经|才|刚)?(?P<number>(?>{ZH_NUMERAL}))(?=了?[，,。；;、]|$)")
_ZH_YEARS_OF_RELATIVE = re.compile(
    r"(?:老公|老婆|爱人|丈夫|妻子|媳妇|对象|男朋友|女朋友|爸爸?|妈妈?|父亲|母亲|爷爷|奶奶|姥姥|姥爷|外公|外婆|公公|婆婆|岳父|岳母|老伴|"
    rf"哥哥?|姐姐?|弟弟|妹妹|(?:^|[，,。；;])(?:本人)?[男女][性的]?[，,])(?:今年|都|已经|刚|快)?(?P<number>(?>{ZH_NUMERAL}))"
    r"(?=了?[，,。；;、]|$)"
)
_YEARS_BARE = (14, 100)
_ZH_MONTHS = (
    re.compile(
        rf"{_ZH_CHILD}[^。！？!?；;]{{0,6}}?(?P<number>{ZH_NUMERAL})个(?P<half>半)?(?:多)?月(?=[大了，,。、\s]|$|的)(?!了)"
    ),
    re.compile(rf"(?P<number>{ZH_NUMERAL})个(?P<half>半)?多?月(?:大|的{_ZH_CHILD}|{_ZH_CHILD})"),
    re.compile(rf"(?:男|女)[，,、]?(?P<number>{ZH_NUMERAL})个(?P<half>半)?月"),
    re.compile(rf"{_ZH_BABY}(?P<number>{ZH_NUMERAL})个(?P<half>半)?多?月(?={_ZH_BEGINS})"),
)
_ZH_DAYS = re.compile(
    rf"(?:(?:出生|生下来|生后|刚生)(?:才|刚|了)?(?P<number>{ZH_NUMERAL})(?P<unit>天|周|个星期|个月)"
    rf"|{_ZH_BABY}(?P<bare>{ZH_NUMERAL})(?P<bare_unit>天|周|个星期)(?={_ZH_BEGINS}))"
)
_ZH_MALE = re.compile(r"男(?:性|的|孩|生|宝|患者|[，,、。]|$)|儿子|孙子|外孙(?!女)|(?:性别)[:：]?男|^男")
_ZH_FEMALE = re.compile(
    r"女(?:性|的|孩|生|宝|儿|患者|[，,、。]|$)|孙女|(?:性别)[:：]?女|^女|月经|怀孕|孕妇|孕期|痛经|白带|例假|哺乳期"
)
_ZH_NOT_PREGNANT = re.compile(
    r"(?:没有?|未|不是|排除|并未|没在|否认|无)(?:怀孕|妊娠|孕)|不孕|避孕|(?:妊娠试验|hcg|验孕棒?|早早孕)(?:检查|结果|测试|[是为:：])*(?:阴性|一条杠)"
)
_ZH_UNSURE_PREGNANT = re.compile(
    r"(?:可能|也许|好像|怀疑|不知道|不确定|会不会|是不是|有没有|备|想|准备|打算)[^，。,]{0,6}孕|怀孕了?[吗么]"
)
_ZH_PREGNANT = re.compile(
    r"怀孕|孕妇|身孕|妊娠|孕(?:期|早|中|晚|\d|[一二三四五六七八九十])|怀着|怀了?(?:二胎|宝宝|孩子)"
)

_EN_UNIT = r"(?P<unit>year|yr|month|mo|week|wk|day)s?"
_EN_THEN = r"(?<!when i was )(?<!since i was )(?<!when he was )(?<!when she was )(?<!at the age of )(?<!since age )"
_EN_OLD = re.compile(rf"{_EN_THEN}\b(?P<number>{EN_NUMERAL})[ -]?{_EN_UNIT}[ -](?:old|of age)\b")
_EN_YO = re.compile(r"\b(?P<number>\d{1,3}) ?-?(?P<unit>y)/?o\b")
_EN_AGED = re.compile(
    rf"(?<!at the )\b(?:aged?|i am|i'm|im)(?: is| of|:)? "
    rf"(?P<number>\d{{1,3}}|{EN_NUMERAL})(?= *(?:$|[.,;)]|and\b|years?\b|with\b))"
)
_EN_OWN_AGE = re.compile(
    rf"\b(?:i'm|i am|im) (?:an? (?:woman|mother|mum|mom|lady) (?:of |"
    rf"aged )?)?(?P<number>{EN_NUMERAL})(?= *(?:$|[.,;)]|and\b|years?\b))"
)
_EN_NURSES = re.compile(
    rf"\b(?:breast-?feeding|nursing) (?:an?|my) {EN_NUMERAL}[ -]?(?:month|mo|week|wk|day)s?[ -]old\b"
)
_EN_ABOUT_BABY = re.compile(r"\b(?:he|she|it|baby|who)(?:'s| has| is| had| was| won't| isn't| keeps)\b")
_EN_LETTER = re.compile(r"\b(?P<number>[1-8]?\d|9[0-3]) ?-?(?P<sex>m|f)\b")
_EN_MALE = re.compile(r"\b(?:male|man|boy|gentleman|son|grandson|he is a|testic\w*|scrot\w*|penis|prostate)\b(?!-)")
_EN_FEMALE = re.compile(
    r"\b(?:female|woman|girl|lady|daughter|granddaughter|pregnant|my periods?|menstrua\w*|vagina\w*"
    r"|breastfeeding)\b"
)
_EN_NOT_PREGNANT = re.compile(
    r"\b(?:not|isn't|never|no chance of|rule out|ruled out|n't) (?:(?:been|be|being|get|got|currently|ever|yet|now) )*"
    r"pregnan(?:t|cy)|\bpregnancy test (?:is |was |came back )?negative|\bnegative pregnancy test"
)
_EN_UNSURE_PREGNANT = re.compile(
    r"\b(?:might|may|could|maybe|possibly|whether|if|think|not sure|perhaps)\b[^.,;]{0,20}\bpregnant"
)
_EN_NOT_HER_PREGNANCY = re.compile(
    r"\b(?:can't|cannot|can not|cant|couldn't|could not) (?:possibly |really )?be pregnant\b|"
    r"\bno (?:way|chance)(?: that)? (?:i'm|i am|she's|she is|i could be|she could be) pregnant\b|"
    r"\bpregnant ?\?? ?,?(?:not a chance|no chance|no way|nope|not me|definitely not|certainly not)\b|"
    r"\b(?:trying|hoping|wanting|want|planning|hope|plan) (?:to (?:get|be|become|fall)|for getting) pregnant\b|"
    r"\b(?:when|while) i was pregnant\b|\bno longer pregnant\b|"
    r"\bwas pregnant (?:last year|years ago|before|with (?:my|him|her|them))\b|"
    r"\bmy (?:sister|sister-in-law|friend|best friend|neighbou?r|cousin|colleague|boss|teacher|aunt)"
    r"(?:'s| is| got| was) pregnant\b"
)
"""Words of a pregnancy that say nothing of one now, or that it is somebody else's."""
_EN_PREGNANT = re.compile(r"\b(?:pregnant|weeks? of pregnancy|expecting a baby|my pregnancy)\b")

_DAYS = {"year": 365.25, "yr": 365.25, "y": 365.25, "month": 30.44, "mo": 30.44, "week": 7.0, "wk": 7.0, "day": 1.0}
_ZH_DAYS_OF = {"天": 1.0, "周": 7.0, "个星期": 7.0, "个月": 30.44}
_INFANT_DAYS = 730


def patient_hints(text: str, language: Language) -> PatientHints:
    """What the text says about the patient's age, sex and pregnancy; the first statement counts.

    A child that is spoken about ("my son", 宝宝) is the patient. Pregnancy in doubt stays None.
    """
    plain = folded(text)
    if language is Language.ZH:
        packed = squeezed(plain)[0]
        days = _zh_age_days(packed)
        sex = _first(packed, _ZH_MALE, _ZH_FEMALE)
        pregnant = _pregnant(packed, _ZH_NOT_PREGNANT, _ZH_UNSURE_PREGNANT, _ZH_PREGNANT)
    else:
        days = _en_age_days(plain)
        sex = _en_sex(plain)
        own = _EN_NOT_HER_PREGNANCY.sub(" ", plain)
        pregnant = _pregnant(own, _EN_NOT_PREGNANT, _EN_UNSURE_PREGNANT, _EN_PREGNANT)
    age = None if days is None else int(days / 365.25 + 0.01)
    return PatientHints(
        age=age,
        age_days=int(days) if days is not None and days < _INFANT_DAYS else None,
        sex=Sex.FEMALE if pregnant else sex,
        pregnant=pregnant,
    )


_WEEKS_PER_MONTH = 4.345
_LONGEST_WEEKS = 44
_ZH_WEEKS = re.compile(
    rf"(?:孕|妊娠|怀上?)(?:妇|了|已经|期|有|快|都|差不多|大概|到|，|,)*(?P<number>{ZH_NUMERAL})(?:\+\d)?(?P<unit>周|个多?月)"
)
_ZH_BARE_WEEKS = re.compile(rf"(?<![后隔每前])(?P<number>{ZH_NUMERAL})(?:\+\d)?(?P<unit>周)(?![岁前后末内以之]|了?没)")
_EN_WEEKS = re.compile(
    rf"\b(?P<number>{EN_NUMERAL})(?:\+\d| and a half)?[ -](?P<unit>week|month)s?'?[ -]?"
    rf"(?:pregnant|gestation|of (?:pregnancy|gestation)|gone|along|gravid|into (?:my|the|her) pregnancy)\b"
)
_EN_BARE_WEEKS = re.compile(
    rf"(?<!for )(?<!past )(?<!last )(?<!every )(?<!over )(?<!in )\b(?P<number>{EN_NUMERAL})(?:\+\d)?"
    rf"[ -](?P<unit>week)s?\b(?! (?:ago|old|post\w*|later|history|after|now|of)|'|-old)"
)


def pregnancy_weeks(text: str, language: Language, *, bare: bool = False) -> float | None:
    """How many weeks pregnant the text says; None when it does not or no pregnancy lasts so long.

    `bare` is for a patient known to be pregnant: then "at 34 weeks" is enough.
    """
    plain = folded(text)
    zh = language is Language.ZH
    said = squeezed(plain)[0] if zh else plain
    match = (_ZH_WEEKS if zh else _EN_WEEKS).search(said)
    if match is None and bare:
        match = (_ZH_BARE_WEEKS if zh else _EN_BARE_WEEKS).search(said)
    number = (zh_number if zh else en_number)(match["number"]) if match else None
    if match is None or number is None:
        return None
    weeks = number * (_WEEKS_PER_MONTH if match["unit"].endswith(("月", "month")) else 1)
    return weeks if weeks <= _LONGEST_WEEKS else None


def _plausible(days: float | None) -> float | None:
    return days if days is not None and 0 <= days <= 130 * 365.25 else None


def _zh_age_days(text: str) -> float | None:
    born = _ZH_DAYS.search(text)
    if born:
        unit = _ZH_DAYS_OF[born["unit"] or born["bare_unit"]]
        return _plausible((zh_number(born["number"] or born["bare"]) or 0) * unit)
    years = _ZH_YEARS.search(text)
    if years and (number := zh_number(years["number"])) is not None:
        months = zh_number(years["months"]) if years["months"] else None
        return _plausible((number + (0.5 if years["half"] else 0)) * 365.25 + (months or 0) * 30.44)
    for pattern in _ZH_MONTHS:
        month = pattern.search(text)
        if month and (number := zh_number(month["number"])) is not None:
            return _plausible((number + (0.5 if month["half"] else 0)) * 30.44)
    if "满月" in text and "刚" in text:
        return 30.0
    stated = _ZH_YEARS_STATED.search(text)
    if stated:
        return _plausible((zh_number(stated["number"]) or 0) * 365.25)
    bare = _ZH_YEARS_BARE.search(text) or _ZH_YEARS_OF_RELATIVE.search(text)
    number = zh_number(bare["number"]) if bare else None
    return number * 365.25 if number is not None and _YEARS_BARE[0] <= number <= _YEARS_BARE[1] else None


def _en_age_days(text: str) -> float | None:
    own = _EN_OWN_AGE.search(text)
    number = en_number(own["number"]) if own else None
    if number is not None and number >= _YEARS_BARE[0] and _EN_NURSES.search(text) and not _EN_ABOUT_BABY.search(text):
        return _plausible(number * 365.25)
    for pattern in (_EN_OLD, _EN_YO):
        old = pattern.search(text)
        if old and (number := en_number(old["number"])) is not None:
            return _plausible(number * _DAYS[old["unit"]])
    aged = _EN_AGED.search(text) or _EN_LETTER.search(text)
    if aged and (number := en_number(aged["number"])) is not None and aged["number"] not in ("a", "an"):
        return _plausible(number * 365.25)
    return 5.0 if "newborn" in text else None


def _en_sex(text: str) -> Sex | None:
    letter = _EN_LETTER.search(text)
    if letter:
        return Sex.MALE if letter["sex"] == "m" else Sex.FEMALE
    return _first(text, _EN_MALE, _EN_FEMALE)


def _first(text: str, male: re.Pattern[str], female: re.Pattern[str]) -> Sex | None:
    man, woman = male.search(text), female.search(text)
    if man and woman:
        return Sex.MALE if man.start() < woman.start() else Sex.FEMALE
    return Sex.MALE if man else Sex.FEMALE if woman else None


def _pregnant(text: str, no: re.Pattern[str], unsure: re.Pattern[str], yes: re.Pattern[str]) -> bool | None:
    if no.search(text):
        return False
    if unsure.search(text) or not yes.search(text):
        return None
    return True
