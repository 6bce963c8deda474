"""What the slip says, in the patient's language first, then in those that the staff read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.language import ENGLISH, OWN_LOCALE, SIMPLIFIED_CHINESE, Language, Words
from kiosk.domain.wayfinding import is_duration, lines
from kiosk.i18n import Catalogue, day

TITLE = Words("导诊小票", "Visit slip")
EMERGENCY = Words("急诊", "EMERGENCY")
TO_BE_CONFIRMED = Words("待确认", "To be confirmed")
TO_BE_CONFIRMED_HINT = Words("请到科室护士站确认", "Please confirm at the department's desk")
DEPARTMENT = Words("科室", "Dept")
DOCTOR = Words("医生", "Doctor")
TIME = Words("时间", "Time")
ROOM = Words("诊室", "Room")
WAY = Words("怎么走", "The way")
BACK = Words("回大厅", "Back")
CODE = Words("查询号", "Slip No.")
KIOSK = Words("自助机", "Kiosk")
WAIT = Words("预计等候约 {minutes} 分钟", "Expected wait about {minutes} min")


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language of a slip; `colon` and `comma` stand in its sentences."""

    say: Callable[[Words], str]
    tag: str
    """BCP 47."""
    right_to_left: bool = False
    colon: str = ": "
    comma: str = ", "


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    right_to_left: bool = False


_CHINESE = Tongue(lambda words: words.zh, SIMPLIFIED_CHINESE.tag, colon="：", comma="，")
_ENGLISH = Tongue(lambda words: words.en, ENGLISH.tag)


def tongues(language: Language, catalogue: Catalogue | None) -> tuple[Tongue, ...]:
    """The languages of a slip in their order.

    `catalogue` is of a locale besides Chinese and English: it comes first, and takes the place of Chinese when it is
    another script of it.
    """
    own = (_CHINESE, _ENGLISH) if language is Language.ZH else (_ENGLISH, _CHINESE)
    if catalogue is None or catalogue.locale in OWN_LOCALE.values():
        return own
    if catalogue.locale.language is Language.ZH:
        return (Tongue(catalogue.tr, catalogue.locale.tag, colon="：", comma="，"), _ENGLISH)
    mirrored = catalogue.locale.right_to_left
    other = Tongue(catalogue.tr, catalogue.locale.tag, mirrored, comma="، " if mirrored else ", ")
    return (other, _CHINESE, _ENGLISH)


def said(words: Words, spoken: tuple[Tongue, ...]) -> tuple[Line, ...]:
    """A text in every language of the slip; what is the same in two of them is said once."""
    return unlike(Line(tongue.say(words), tongue.right_to_left) for tongue in spoken)


def unlike(found: Iterable[Line]) -> tuple[Line, ...]:
    """The lines without repeats, in their order."""
    texts: dict[str, Line] = {}
    for line in found:
        texts.setdefault(line.text, line)
    return tuple(texts.values())


def side_by_side(words: Words, spoken: tuple[Tongue, ...]) -> Line:
    """A short text in every language on one line, the same on every Chinese and English slip."""
    all_of_them = said(words, tuple(sorted(spoken, key=lambda tongue: tongue is _ENGLISH)))
    return Line(" ".join(line.text for line in all_of_them), all_of_them[0].right_to_left)


def numbered(way: Words, tongue: Tongue) -> list[Line]:
    """One step a line; a line that says how many minutes it takes is no step."""
    texts = [text.strip() for text in tongue.say(way).splitlines() if text.strip()]
    durations = [is_duration(words) for words in lines(way)]
    if len(durations) != len(texts):
        durations = [False] * len(texts)
    found: list[Line] = []
    for text, duration in zip(texts, durations, strict=True):
        step = 1 + sum(not before for before in durations[: len(found)])
        found.append(Line(text if duration else f"{step} {text}", tongue.right_to_left))
    return found


def unlike_ways(way: Words, spoken: tuple[Tongue, ...]) -> list[list[Line]]:
    """The way in every language of the slip, once where two of them say the same; at least one, that may be empty."""
    ways = [numbered(way, tongue) for tongue in spoken]
    return [one for place, one in enumerate(ways) if one not in ways[:place]]


def sentence(label: Words, text: Words, tongue: Tongue) -> Line:
    """`Back: this way, that way`."""
    parts = (part.strip() for part in tongue.say(text).splitlines() if part.strip())
    return Line(f"{tongue.say(label)}{tongue.colon}{tongue.comma.join(parts)}", tongue.right_to_left)


def when(at: datetime, now: datetime, spoken: tuple[Tongue, ...]) -> tuple[Line, ...]:
    """The day too when it is not today."""
    at = at.astimezone(now.tzinfo)
    clock = f"{at.hour}:{at.minute:02d}"
    if at.date() == now.date():
        return (Line(clock),)
    return unlike(Line(f"{day(at, tongue.tag, weekday=False)} {clock}", tongue.right_to_left) for tongue in spoken)
