"""Clauses that place the complaint before them in another time or person: 那是小时候的事, 我爱人感冒了，我倒没事."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from kiosk.domain.findings import Status
from kiosk.domain.mentions import Mention

_LONG_AGO = re.compile(
    r"(?P<that>(?:那|这)?(?:回|次|阵子?|会儿?)?)[，,]?(?:那|这)?(?:都|还|也|已经|全|可)*是(?:小时候|年轻(?:时候?|那会儿?)|"
    r"大?前年|去年|老早(?:以前|之前)?|早年|上学(?:时候?|那会儿?)|(?:好多年|很久|很多年)?(?:以前|从前)|"
    r"好?(?:几|多|[一二两三四五六七八九十]+)年(?:以)?前)的?(?:老)?(?:事|毛病)(?:儿|情)?了?(?=[，,。；;！!\s]|$)"
)
_NOT_OVER = re.compile(r"[，,。\s]*(?:但|可|不过|结果)?(?:是)?(?:现在|这回|这次|最近|今天|今年)?(?:又|一直|还是?|照样)")
_I_AM_WELL = re.compile(
    r"(?<=[，,。；;！!\s])(?:但是?|可是?|不过)?我(?:自己|本人)?(?:倒是?|还|就|也|现在|目前|可|都)*"
    r"(?:没(?:什么|啥)?事儿?|没这样|好好的|好着呢|没传上|没(?:有)?被传染|没染上)(?=[，,。；;！!\s]|$)"
)
_ANOTHER = re.compile(
    r"爱人|老公|老婆|媳妇|丈夫|妻子|对象|老伴|婆婆|公公|丈母娘|岳母|岳父|嫂子|姐夫|室友|舍友|男朋友|女朋友|"
    r"我?(?:孩子|儿子|女儿|闺女|孙子|孙女|妈|爸|奶奶|爷爷|姥姥|姥爷|哥|姐|弟|妹)"
)
_SPEAKER = re.compile(
    r"我(?!爱人|老公|老婆|媳妇|丈夫|妻子|对象|老伴|婆婆|公公|[家妈爸奶爷姥哥姐弟妹孩儿女闺孙男们]|也没|倒没)"
)
_DIED_OF_IT = re.compile(r"[^，,。；;我]{0,3}?(?:走|没|去世|过世|死)的(?=[，,。；;！!\s]|$)")
_TAKEN_FOR = re.compile(
    r"(?:以为|当成|当是|当作)(?:是|得了)?(?P<taken>[^，,。；;]{1,12})[，,]?(?:其实|结果|原来|后来)"
    r"(?:发现|查出来?|一看|检查)?(?:就)?(?:是|不是)"
)
_BLOOD = re.compile(
    r"(?:爸|妈|父亲|母亲|爷爷|奶奶|外公|外婆|姥姥|姥爷|[哥姐弟妹叔伯舅姑姨]|儿子|女儿)[^，,。；;我]{0,4}$"
)
_BEFORE = 10
_REACH = 30


def place(text: str, mentions: Sequence[Mention], dangers: Container[str]) -> None:
    """Marks what is long over and what is somebody else's; `dangers` stay the patient's whoever they are told of."""
    _place_long_ago(text, mentions)
    _leave_to_the_dead(text, mentions)
    _take_for_what_it_was(text, mentions, dangers)
    _leave_to_others(text, mentions, dangers)


def _place_long_ago(text: str, mentions: Sequence[Mention]) -> None:
    for found in _LONG_AGO.finditer(text):
        told = [m for m in mentions if m.match.end <= found.start() and found.start() - m.match.end <= _REACH]
        if not told or _NOT_OVER.match(text, found.end()):
            continue
        for mention in told:
            if mention.clause == told[-1].clause:
                mention.past = True


def _leave_to_the_dead(text: str, mentions: Sequence[Mention]) -> None:
    """我爸心梗走的 is an illness of the family's."""
    for mention in mentions:
        start = mention.match.start
        if _DIED_OF_IT.match(text, mention.match.end) and _BLOOD.search(text, max(0, start - _BEFORE), start):
            mention.status, mention.blood = Status.PRESENT, True
            mention.other = mention.crowd = True


def _take_for_what_it_was(text: str, mentions: Sequence[Mention], dangers: Container[str]) -> None:
    """以为是感冒，其实是肺炎: nobody has the first."""
    for found in _TAKEN_FOR.finditer(text):
        for mention in mentions:
            inside = found.start("taken") <= mention.match.start < found.end("taken")
            if inside and mention.match.value not in dangers:
                mention.crowd = True


def _leave_to_others(text: str, mentions: Sequence[Mention], dangers: Container[str]) -> None:
    """我爱人感冒了，我倒没事."""
    for found in _I_AM_WELL.finditer(text):
        for mention in mentions:
            start = mention.match.start
            if mention.status is not Status.PRESENT or mention.match.value in dangers:
                continue
            if not 0 < found.start() - mention.match.end <= _REACH:
                continue
            others = list(_ANOTHER.finditer(text, max(0, start - _REACH), start))
            if others and not _SPEAKER.search(text, others[-1].end(), found.start()):
                mention.other = True
