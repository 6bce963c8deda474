"""What the keys mean: a twelve-key pad, a keyboard, volume keys. Everything else stays with the control in focus."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt

from kiosk.domain.visit import Screen

HOLD_S = 1.0
"""So long is a held key."""
_FIGURES = frozenset({Screen.PHONE, Screen.BIRTH, Screen.AGE, Screen.DOCUMENT, Screen.CODE})


LETTERS = {2: "ABC", 3: "DEF", 4: "GHI", 5: "JKL", 6: "MNO", 7: "PQRS", 8: "TUV", 9: "WXYZ"}
"""Of the keys of every telephone (ITU-T E.161); many keypads have them printed or embossed."""


class Mode(StrEnum):
    """What figures do on this screen."""

    CHOICES = "choices"
    FIGURES = "figures"
    SCORES = "scores"
    LETTERS = "letters"


class Meaning(StrEnum):
    BACK = "back"
    BACK_OR_ERASE = "back_or_erase"
    ENTER = "enter"
    CURTAIN = "curtain"
    NURSE = "nurse"
    NURSE_NOT_FIGURE = "nurse_not_figure"
    REPEAT = "repeat"
    CHOOSE = "choose"
    SCORE = "score"
    TURN = "turn"
    TYPE = "type"
    LETTER = "letter"
    LOUDER = "louder"
    QUIETER = "quieter"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key going down or up; `held_s` is how long it was down when it comes up."""

    key: int
    down: bool = True
    on_pad: bool = False
    again: bool = False
    held_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Command:
    meaning: Meaning
    figure: int = 0


def mode_of(screen: str, *, warning: bool, on_scale: bool = False) -> Mode:
    """`screen` is the name of the page, which may be finer than a Screen; `on_scale` is True where a figure answers."""
    if warning:
        return Mode.CHOICES
    if on_scale:
        return Mode.SCORES
    if screen == Screen.TYPING:
        return Mode.LETTERS
    return Mode.FIGURES if screen in _FIGURES else Mode.CHOICES


def command_of(stroke: Stroke, mode: Mode, *, many: bool = False, lettered: bool = False) -> Command | None:
    """None leaves the key to the control in focus. `many` is True when there are more choices than figures, `lettered`
    where a number may have letters, which are those of a held figure."""
    key = stroke.key
    if lettered and not stroke.down and stroke.held_s >= HOLD_S and key - Qt.Key.Key_0 in LETTERS:
        return Command(Meaning.LETTER, key - Qt.Key.Key_0)
    if key == Qt.Key.Key_NumberSign or (key == Qt.Key.Key_Slash and stroke.on_pad):
        if stroke.down:
            return Command(Meaning.WAIT)
        return Command(Meaning.CURTAIN if stroke.held_s >= HOLD_S else Meaning.ENTER)
    if key == Qt.Key.Key_0 and mode in (Mode.CHOICES, Mode.SCORES):
        if stroke.down:
            return Command(Meaning.WAIT)
        if stroke.held_s >= HOLD_S:
            return Command(Meaning.NURSE)
        return Command(Meaning.REPEAT if mode is Mode.CHOICES else Meaning.SCORE)
    if key == Qt.Key.Key_0 and mode is Mode.FIGURES and not stroke.down:
        # It was typed when it went down: on its way up it would come after a figure that was typed quickly behind it.
        return Command(Meaning.NURSE_NOT_FIGURE if stroke.held_s >= HOLD_S else Meaning.WAIT)
    simple = _simple(stroke, mode)
    if simple is None:
        return None
    if not stroke.down or stroke.again:
        return Command(Meaning.WAIT)
    if simple.meaning is Meaning.CHOOSE and simple.figure == 9 and many:
        return Command(Meaning.TURN)
    return simple


def _simple(stroke: Stroke, mode: Mode) -> Command | None:
    key = stroke.key
    if key in (Qt.Key.Key_Escape, Qt.Key.Key_Back, Qt.Key.Key_Cancel):
        return Command(Meaning.BACK)
    if key == Qt.Key.Key_Asterisk:
        return Command(Meaning.BACK_OR_ERASE if mode is Mode.FIGURES else Meaning.BACK)
    if key == Qt.Key.Key_VolumeUp or (key == Qt.Key.Key_Plus and stroke.on_pad):
        return Command(Meaning.LOUDER)
    if key == Qt.Key.Key_VolumeDown or (key == Qt.Key.Key_Minus and stroke.on_pad):
        return Command(Meaning.QUIETER)
    if Qt.Key.Key_0 <= key <= Qt.Key.Key_9 and mode is not Mode.LETTERS:
        figure = key - Qt.Key.Key_0
        if mode is Mode.FIGURES:
            return Command(Meaning.TYPE, figure)
        return Command(Meaning.SCORE if mode is Mode.SCORES else Meaning.CHOOSE, figure)
    return None
