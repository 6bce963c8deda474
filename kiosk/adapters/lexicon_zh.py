"""How Chinese symptom words are loosened: adverbs and a negation may stand between their characters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kiosk.domain.matching import squeezed

_FILLER_WORDS = (
    "有一点儿 有一点 有点儿 有点 有些 一点点 一点 一阵一阵 一阵阵 阵阵作 阵阵 一直 隐隐约约 隐隐作 隐隐 "
    "非常 特别 十分 比较 越来越 老是 总是 经常 "
    " 时不时 偶尔 常常 还是 一下子 突然 忽然 开始 感觉 觉得 感到 里面 里头 这边 那边 这里 那里 "
    "左边 右边 两边 整个 真的 实在 "
    "稍微 轻微 微微 剧烈 严重 反复 持续 不停地 不停 不断 也是 都是 就是 "
    "很 好 太 挺 蛮 老 总 常 还 也 都 又 就 真 略 的 地 得 了 里 会 在 啊 呀 呢 吧 嘛 哦 嗯 这 那"
)
_FILLER = "|".join(_FILLER_WORDS.split())
_HEDGE = "是很|是太|是特别|是非常|太|怎么|那么|很|是"
_PREDICATE = "痛疼痒晕肿酸麻红胀闷干烫硬烧咳吐喘抖黄乏慌堵塞流"
_LOOSE = re.compile(rf"(?P<negation>(?:没有|不|没)(?:{_HEDGE})?(?=(?:{_FILLER})?[{_PREDICATE}]))|(?P<filler>{_FILLER})")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text.

    `place[i]` is where character i stands in the text, `order[i]` its number among the text's non-space characters,
    `negations[i]` how many negations were skipped before it.
    """

    characters: str
    place: list[int]
    order: list[int]
    negations: list[int]


def chinese_readings(text: str) -> tuple[Reading, Reading]:
    """The text without spaces, and the same without adverbs and without negations before a predicate."""
    packed, place = squeezed(text)
    exact = Reading(packed, place, list(range(len(packed))), [0] * len(packed))
    kept: list[int] = []
    negations: list[int] = []
    at = count = 0
    for match in _LOOSE.finditer(packed):
        kept.extend(range(at, match.start()))
        negations.extend([count] * (match.start() - at))
        count += match["negation"] is not None
        at = match.end()
    kept.extend(range(at, len(packed)))
    negations.extend([count] * (len(packed) - at))
    loose = Reading("".join(packed[i] for i in kept), [place[i] for i in kept], kept, negations)
    return exact, loose


def compacted(form: str) -> str:
    """The form as the loose reading would see it."""
    return _LOOSE.sub("", form)
