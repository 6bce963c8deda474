"""Whether the only length of time in a text is certain to be that of one finding.

A text lends its only length to all it speaks of; rules about dangers of sudden onset count it only where it surely
belongs: "a 3-month history of angina", 近两个月胸闷, 爬楼就胸闷，歇歇就好，有两个月了.
"""

from __future__ import annotations

import re

from kiosk.domain.durations import Duration
from kiosk.domain.language import Language


def _any(words: str) -> str:
    """Longest first, for loops that never go back: no text may take long."""
    return "|".join(sorted((re.escape(word) for word in words.split("/")), key=len, reverse=True))


_BEGINS = {
    Language.ZH: re.compile(
        rf"(?:\s|{_any('我/他/她/患者/病人/孩子/近/最近/这/这个/过去/有/已经/大概/前/头/快/差不多/大约/自从/从')})*+"
    ),
    Language.EN: re.compile(
        r"(?:.*\b(?:present(?:s|ed|ing)|complain(?:s|ed|ing)|reports?|reported|describes|note[sd]|comes? in|"
        r"came in|had|(?:has|have|i've|he's|she's) had))?(?:\s|"
        + _any(
            "for/over/about/around/the/past/last/in/during/nearly/almost/a/an/with/of/some/roughly/approximately/now"
        )
        + ")*+"
    ),
}
"""Stands in a clause before a length that speaks of what follows; "my husband of 20 years" does not."""
_LEADS = {
    Language.ZH: re.compile(
        "(?:以?来|里|内|间)?(?:"
        + _any("我/他/她/孩子/总/老/经常/时常/一直/反复/断断续续/间断/间歇/老是/总是/就/都/有/出现/感觉/觉得/开始/的")
        + ")*+"
    ),
    Language.EN: re.compile(
        r"[- ]*(?:of |with )?(?:[, ]*\b(?:"
        + _any(
            "now/i/i've/he/she/he's/she's/has/have/had/been/get/gets/getting/having/a/an/some/this/recurrent/recurring/"
            "intermittent/progressive/progressively/worsening/increasing/gradually/episodic/occasional/on and off/"
            "episodes of/attacks of/bouts of/persistent/mild/chronic/exertional/substernal/retrosternal/central/chest/"
            "dull/dry/there's/there is/noticed/experiencing/experienced/suffering from/suffered from"
        )
        + r")\b)*+[, ]*"
    ),
}
_ALONE = {
    Language.ZH: re.compile(
        r"(?:\s|"
        + _any(
            "大概/差不多/已经/有/都/快/持续/前后/断断续续/就/也/大约/约/得有/反反复复/反复/这样/这/最近/近/一直/怕是/少说/这种情况/"
            "这情况/这样子/得/怎么也/老毛病/老样子/这么/这毛病/这个毛病/这老毛病/这病/我/都是/小/有小/总有/拖了/犯了/疼了/闷了"
        )
        + r")*+\|(?:\s|"
        + _any(
            "了/咯/嘞/咧/哩/呐/喽/哟/啰/左右/的样子/上下/多/吧/啊/呢/以上/来/这样/都/一直/老/总是/是/也/没变/没变化/没什么变化/一样/老样子/不多不少/"
            "一模一样/没重/没轻/没加重/没见重/没见轻/的/老毛病/光景/差不多/就这样/这个样/这样子"
        )
        + ")*+"
    ),
    Language.EN: re.compile(
        r"(?:\s|"
        + _any(
            "it's/it is/it has/this has/its/been/like this/the same/just the same/same/crept up/come on/"
            "coming on/built up/"
            "building up/creeping up/on me/on him/on her/gradually/slowly/bit by bit/little by little/"
            "no different/no change/unchanged/going on/happening/started/began/for/about/around/over/the/"
            "last/past/now/on and off/off and on/has/lasting/lasted/and/all/almost/nearly/roughly/some/at least/since/"
            "more/than/well"
        )
        + r")*+\|(?:\s|now|ago|or so|already|so far|back|like this|the same|no different|no change|unchanged|"
        r"from before)*+"
    ),
}
"""The rest of a clause that tells nothing but a length, which stands at the bar."""
_HISTORY_OF = re.compile(r"[-\s]*(?:long )?(?:history|hx) of\b")
_TURNS = re.compile(
    r"[.;!?\n]|\b(?:who|presents?|presented|presenting|today|now|sudden\w*|new|acute\w*|yesterday|since|after|then|but|"
    r"came|comes|woke)\b"
)
"""Ends what a "two-month history of" lists."""
_EVENT = {
    Language.ZH: re.compile(
        r"结婚|离婚|退休|搬家?[到来了的]|搬的家|工作|上班|打工|戒[烟酒]|体检|复查|复诊|年检|"
        r"[开拿配][^，,。]{0,6}(?:药|量)|"
        r"来(?:这|本地|北京|上海|城里|学校)|住(?:在|了|这)|毕业|上学|当(?:老师|司机|兵)|(?:来|去)?看过|"
        r"办(?:的|了)?(?:卡|保)|买的|换的"
    ),
    Language.EN: re.compile(
        r"\b(?:married|divorced|widowed|retired|moved|graduated|worked|working|lived|living|stopped smoking|quit|"
        r"gave up|"
        r"check-?ups?|tetanus|boosters?|last (?:visit|appointment|scan|test|period|smear|jab|one)|supply|prescription|"
        r"i was here|we were here|bought|got (?:a |the |my )?new|"
        r"started (?:a |my )?new|got (?:a |the )?(?:dog|cat|job|car))\b"
    ),
}
"""What has a length of its own that is no complaint's."""
_SINCE_THEN = {
    Language.ZH: re.compile("从|自从|以后|之后|后就|开始|到现在|至今|以来"),
    Language.EN: re.compile(r"\b(?:since|ever since|after|from then|it (?:started|began|came)|began|came on)\b"),
}
"""Beside an event: the complaint began with it."""
_LONGEST_CLAUSE = 120
_COMMAS = re.compile(r"[，,。;；!！?？\n]|\.(?![0-9])")


_RESTS = {
    Language.ZH: re.compile(r"(?:歇|休息|停|坐|缓|等|站|含|捏|按|压|揉|躺|持续|每次)[^，,。；;]{0,3}$"),
    Language.EN: re.compile(
        r"\b(?:within|after|in|for|lasts?|lasting|rest(?:ing)?)(?: (?:a|an|about|only|just|around|the next))*\s*$"
    ),
}
"""Before a short length: how long an attack or the rest from it takes."""
_RESTED = {
    Language.ZH: re.compile(r"(?:就|能|便|才|自己|后|左右)*(?:好|过去|停|没|缓解|消失|缓过来|下去|恢复)"),
    Language.EN: re.compile(
        r"\s*(?:(?:and|then|later|or so|at most|it|they) )*"
        r"(?:goes|is gone|stops|passes|eases|settles|is over|it's over|it's gone)\b"
    ),
}
_UNCHANGED = {
    Language.ZH: re.compile(r"(?:里|以来|来)?(?:也|都|倒|一直|并)*(?:没|没有|未)(?:再)?(?:加重|变化|变重|厉害)"),
    Language.EN: re.compile(r"(?!)"),
}
"""Behind a length: so long nothing has changed, which tells no age: 脑梗两个月，这阵子没加重."""
_SHORT_HOURS = 2.0
_STROKE = re.compile(r"\b(?:strokes?|tia|bleed on the brain|clot on the brain)\b|脑梗|中风|脑卒中|脑出血|脑溢血|偏瘫")
_STILL = re.compile(r"\bstill\b|\bnever (?:came|come) back\b|还是|仍|依然|一直|至今|到现在|现在还|还没恢复")
_NEW = re.compile(
    r"\b(?:now|today|tonight|sudden\w*|just|this morning|yesterday|again|woke|worse)\b|"
    r"突然|忽然|今天|今早|昨|刚才|刚刚|加重|又"
)
_NEW_SENTENCE = re.compile(r"[.;!?。；！？\n]\s*\S")
_NEAR_EVENT = 40


def without_rests(durations: tuple[Duration, ...], text: str, language: Language) -> tuple[Duration, ...]:
    """Without short lengths of attacks and rests, or of no change, beside a longer one: 歇两分钟就好，两年了都这样.

    Where nothing longer is told, the short length stays: what lasts minutes and has no past is new.
    """
    longest = max((d.hours for d in durations), default=0.0)
    return tuple(d for d in durations if d.hours == longest or not _tells_no_age(d, text, language))


def _tells_no_age(length: Duration, text: str, language: Language) -> bool:
    if _UNCHANGED[language].match(text, length.end):
        return True
    if length.hours > _SHORT_HOURS:
        return False
    before = text[max(0, length.start - _NEAR_EVENT) : length.start]
    return _RESTS[language].search(before) is not None or _RESTED[language].match(text, length.end) is not None


def tells_of_event(text: str, language: Language, length: tuple[int, int]) -> bool:
    """True for a length whose clause tells of something else in a life: 退休两年, "my last check-up was a year ago"."""
    first, last = length
    start = max((match.end() for match in _COMMAS.finditer(text, max(0, first - _LONGEST_CLAUSE), first)), default=None)
    after = _COMMAS.search(text, last, last + _LONGEST_CLAUSE)
    clause = text[max(0, first - _LONGEST_CLAUSE) if start is None else start : after.start() if after else None]
    return _EVENT[language].search(clause) is not None and not _SINCE_THEN[language].search(clause)


def left_by_stroke(text: str, length: tuple[int, int], start: int, end: int) -> bool:
    """What is still there of a stroke told with a length is as old: 脑梗出院两个月，左手还是没劲."""
    first, last = length
    if not _STROKE.search(text, max(0, first - _NEAR_EVENT), min(last + 8, start)):
        return False
    between = text[last:end]
    told = _STILL.search(between) is not None
    return told and not _NEW_SENTENCE.search(text, last, start) and not _NEW.search(text, last, start)


def stands_alone(text: str, length: tuple[int, int], start: int) -> bool:
    """A length with a sentence to itself speaks of the sentence before it, unless that tells of something new."""
    return _NEW.search(text, max(0, start - 2 * _NEAR_EVENT), length[0]) is None


def leads_to(text: str, language: Language, length: tuple[int, int], start: int) -> bool:
    """True when the length, a half-open range, is told of what begins at `start` behind it."""
    first, end = length
    history = _HISTORY_OF.match(text, end)
    if history and not _TURNS.search(text, history.end(), start):
        return True
    clause = max((match.end() for match in _COMMAS.finditer(text, 0, first)), default=0)
    return (
        _LEADS[language].fullmatch(text, end, start) is not None
        and _BEGINS[language].fullmatch(text, clause, first) is not None
    )


def closes(text: str, language: Language, length: tuple[int, int], end: int) -> bool:
    """True when the length has a clause of its own behind what ends at `end`."""
    first, last = length
    before = max((match.end() for match in _COMMAS.finditer(text, end, first)), default=None)
    if before is None:
        return False
    after = _COMMAS.search(text, last)
    rest = f"{text[before:first]}|{text[last : after.start() if after else None]}"
    return _ALONE[language].fullmatch(rest) is not None
