"""What a level is called on the scale a hospital works with. The kiosk always decides on the Chinese four levels.

Sources: Chinese emergency triage consensus 2018 (names, colours, times); the five-level scales of emergency nursing in
North America and Britain for hospitals that speak in those. Of two levels of another scale that one of ours covers,
the more urgent one is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kiosk.domain.knowledge import Level
from kiosk.domain.language import Words


class LevelScale(StrEnum):
    CN4 = "cn4"
    ESI5 = "esi5"
    MTS = "mts"


@dataclass(frozen=True, slots=True)
class LevelName:
    """How one level is shown.

    `code` is the level on that scale, `colour` its usual colour; `target_minutes` how long until somebody sees the
    patient, 0 at once, None where the scale sets no time.
    """

    code: str
    name: Words
    colour: Words
    target_minutes: int | None


_RED = Words("红色", "red")
_ORANGE = Words("橙色", "orange")
_YELLOW = Words("黄色", "yellow")
_GREEN = Words("绿色", "green")

_SCALES: Mapping[LevelScale, Mapping[Level, LevelName]] = MappingProxyType(
    {
        LevelScale.CN4: MappingProxyType(
            {
                Level.I: LevelName("I", Words("Ⅰ级 急危", "Level I, critical"), _RED, 0),
                Level.II: LevelName("II", Words("Ⅱ级 急重", "Level II, severe"), _ORANGE, 10),
                Level.III: LevelName("III", Words("Ⅲ级 急症", "Level III, urgent"), _YELLOW, 30),
                Level.IV: LevelName("IV", Words("Ⅳ级 亚急症或非急症", "Level IV, less urgent"), _GREEN, 60),
            }
        ),
        LevelScale.ESI5: MappingProxyType(
            {
                Level.I: LevelName("1", Words("1级 需立即抢救", "Level 1, resuscitation"), _RED, 0),
                Level.II: LevelName("2", Words("2级 高危", "Level 2, emergent"), _ORANGE, None),
                Level.III: LevelName("3", Words("3级 紧急", "Level 3, urgent"), _YELLOW, None),
                Level.IV: LevelName("4", Words("4级 次紧急", "Level 4, less urgent"), _GREEN, None),
            }
        ),
        LevelScale.MTS: MappingProxyType(
            {
                Level.I: LevelName("1", Words("立即", "immediate"), _RED, 0),
                Level.II: LevelName("2", Words("非常紧急", "very urgent"), _ORANGE, 10),
                Level.III: LevelName("3", Words("紧急", "urgent"), _YELLOW, 60),
                Level.IV: LevelName("4", Words("标准", "standard"), _GREEN, 120),
            }
        ),
    }
)


def level_name(level: Level, scale: LevelScale = LevelScale.CN4) -> LevelName:
    """The level as `scale` calls it."""
    return _SCALES[scale][level]
