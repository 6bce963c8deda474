"""From the parts of a page to the sentences of its reading: order, numbers of the choices, who may hear what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.ui.reading.own_words import OwnWords
from kiosk.ui.reading.page import Area, Kind, Part
from kiosk.ui.viewmodels.view_model import Translate

ZH, EN = "zh", "en"
DIRECT = 9
"""So many choices have a key of their own."""
PER_TURN = 8
"""When there are more, 9 turns to the next eight."""
HASH = "#"
"""Comes before the number of a choice where figures alone are answers of their own."""
LONGEST = 400
_HAN = re.compile(r"[\u3400-\u9fff，。？！：；、]+")
_CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})\b")
_FIGURES = re.compile(r"(?<![\d:])\d+(?![\d:])")
_MUTE = str.maketrans({"–": " ", "…": " ", "“": " ", "”": " ", '"': " ", "|": " ", "\n": ", "})


@dataclass(frozen=True, slots=True)
class Line:
    """One part as it is said. `words` stand on the screen, `keys` choose it on the keypad, `quiet` is for the focus
    alone, which needs no keys."""

    part: Part
    words: str
    keys: str = ""
    personal: bool = True
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence for the voice, in a language of ISO 639. Personal ones are for headphones only."""

    text: str
    language: str
    personal: bool


def lines_of(parts: Sequence[Part], own: OwnWords, *, numbered: bool = True) -> list[Line]:
    """The whole script of a page: how far, what it says and offers, the helpers, who we are."""
    ordered = [*_header(parts, own=True, own_words=own), *(part for part in parts if part.area is Area.PAGE)]
    ordered += [part for part in parts if part.area is Area.HELPERS]
    ordered += _header(parts, own=False, own_words=own)
    counted = [part for part in ordered if _is_numbered(part) and part.figure is None]
    prefix = HASH if any(part.figure is not None for part in ordered) else ""
    lines, count = [], 0
    for part in ordered:
        keys = ""
        if numbered and part.figure is not None:
            keys = str(part.figure)
        elif numbered and _is_numbered(part):
            keys = prefix + _keys(count, len(counted))
            count += 1
        lines.append(Line(part, part.words, keys, _is_personal(part, own), part.quiet or part.figure is not None))
    return lines


def choices_of(lines: Sequence[Line]) -> list[Line]:
    """What the keypad's figures choose by counting, in their order."""
    return [line for line in lines if _is_numbered(line.part) and line.part.figure is None]


def scores_of(lines: Sequence[Line]) -> dict[int, Line]:
    """The answers that are figures themselves."""
    return {line.part.figure: line for line in lines if line.part.figure is not None}


def sentences(line: Line, tr: Translate, language: str, *, private: bool) -> list[Utterance]:
    """How a line is said; nothing when the lobby would hear what it must not."""
    if line.personal and not private:
        return []
    part = line.part
    pieces = [part.words]
    if line.keys and not line.quiet:
        keys = (tr("hash") if key == HASH else key for key in line.keys)
        pieces = [tr("Press {keys}").format(keys=" ".join(keys)), part.words]
    if part.chosen and (private or part.area is Area.HELPERS):
        pieces.append(tr("is on") if part.area is Area.HELPERS else tr("chosen"))
    if part.more:
        pieces.append(part.more)
    stop = "，" if language == ZH else ", "
    return [
        Utterance(text, spoken_in, line.personal)
        for sentence in split(stop.join(pieces))
        for spoken_in, text in runs(pronounced(sentence, language), language)
    ]


def pronounced(text: str, language: str) -> str:
    """As it should sound: figures that are no amount one by one, times as times, no signs."""
    text = text.translate(_MUTE)
    text = _FIGURES.sub(lambda found: _figures(found.group()), text)
    if language in _TIMES:
        text = _CLOCK.sub(lambda found: _TIMES[language](found.group(1), found.group(2)), text)
    return " ".join(text.split())


def split(text: str, longest: int = LONGEST) -> Iterator[str]:
    """Pieces short enough to be stopped and made quickly, cut where a reader would breathe."""
    while len(text) > longest:
        cut = max(text.rfind(mark, 0, longest) for mark in "。？！.?!，,； ")
        cut = longest if cut <= 0 else cut + 1
        yield text[:cut]
        text = text[cut:]
    if text.strip():
        yield text


def runs(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Chinese in a sentence of another language goes to the Chinese voice, which reads Latin letters itself."""
    if language == ZH:
        yield language, text
        return
    place = 0
    for found in _HAN.finditer(text):
        if text[place : found.start()].strip(" ,."):
            yield language, text[place : found.start()].strip()
        yield ZH, found.group()
        place = found.end()
    if text[place:].strip(" ,."):
        yield language, text[place:].strip()


def _header(parts: Sequence[Part], *, own: bool, own_words: OwnWords) -> list[Part]:
    """Progress is our own wording and comes first; the name of the house and the clock can wait."""
    return [part for part in parts if part.area is Area.HEADER and (part.words in own_words) is own]


def _is_numbered(part: Part) -> bool:
    return part.kind is Kind.CHOICE and not part.quiet


def _keys(place: int, total: int) -> str:
    if total <= DIRECT:
        return str(place + 1)
    return "9" * (place // PER_TURN) + str(place % PER_TURN + 1)


def _is_personal(part: Part, own: OwnWords) -> bool:
    if part.open is not None:
        return not part.open
    return part.words not in own or (part.more != "" and part.more not in own)


def _figures(figures: str) -> str:
    return " ".join(figures) if len(figures) > 4 or (len(figures) > 1 and figures[0] == "0") else figures


def _chinese_time(hour: str, minute: str) -> str:
    return f"{int(hour)} 点" + ("整" if minute == "00" else f" {int(minute)} 分")


def _english_time(hour: str, minute: str) -> str:
    return f"{int(hour)} o'clock" if minute == "00" else f"{int(hour)}:{minute}"


_TIMES = {ZH: _chinese_time, EN: _english_time}
