"""Contrast of every text against what is really drawn behind it (WCAG 2.2), from theme colours and from pixels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage

from kiosk.gallery.checks import SeenText, scene
from kiosk.gallery.stage import Stage

LEAST = 4.5
LEAST_IN_CONTRAST = 7.0
LEAST_OFF = 3.0
"""A control that takes no press now: still readable, though WCAG asks nothing of it."""
_DRAWN = 0.55
"""Thin strokes are mixed with the ground: the darkest pixel of a text reaches at least this part of its contrast."""
_LEAST_GROUND = 0.1
_GRID = 2


def colour_problems(stage: Stage, theme: str) -> list[str]:
    """Of what the stage shows now."""
    picture = _Picture.of(stage.grab())
    now = scene(stage.window, stage.scale)
    least = LEAST_IN_CONTRAST if theme == "contrast" else LEAST
    return [problem for text in now.texts for problem in _problems(text, picture, stage.scale, least)]


def ratio(one: QColor, other: QColor) -> float:
    """Contrast of two opaque colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@dataclass(frozen=True, slots=True)
class _Picture:
    pixels: memoryview
    width: int
    height: int

    @classmethod
    def of(cls, image: QImage) -> _Picture:
        flat = image.convertToFormat(QImage.Format.Format_RGB32)
        return cls(memoryview(bytes(flat.constBits())).cast("I"), flat.bytesPerLine() // 4, flat.height())

    def colours(self, box: QRect) -> Counter[int]:
        left, right = max(0, box.left()), min(self.width, box.right())
        found: Counter[int] = Counter()
        for row in range(max(0, box.top()), min(self.height, box.bottom()), _GRID):
            start = row * self.width
            found.update(self.pixels[start + left : start + right : _GRID])
        return found


def _problems(text: SeenText, picture: _Picture, scale: float, least: float) -> Iterator[str]:
    box = QRectF(text.ink.x() * scale, text.ink.y() * scale, text.ink.width() * scale, text.ink.height() * scale)
    colours = picture.colours(box.toAlignedRect())
    if not colours:
        return
    wanted = LEAST_OFF if _off(text) else least
    ink = QColor(text.item.property("color"))
    ground = _ground(colours, ink)
    if ratio(ink, ground) < wanted:
        yield f"{text.said[:30]!r} has a contrast of {ratio(ink, ground):.1f}: {ink.name()} on {ground.name()}"
    best = max(ratio(QColor(colour), ground) for colour in colours)
    if best < _DRAWN * ratio(ink, ground):
        yield f"{text.said[:30]!r} is not drawn in its colour: best contrast {best:.1f} on {ground.name()}"


def _ground(colours: Counter[int], ink: QColor) -> QColor:
    """The commonest colour that is not the ink: bold letters can cover more than half of their box."""
    others = Counter({colour: count for colour, count in colours.items() if QColor(colour) != ink})
    if others.total() < _LEAST_GROUND * colours.total():
        return ink
    return QColor(others.most_common(1)[0][0])


def _off(text: SeenText) -> bool:
    item = text.item
    while item is not None:
        if item.property("keyDown") is not None:
            # A panel is a control that never takes a press; its words count in full.
            return bool(item.property("off")) and item.property("tappable") is None
        item = item.parentItem()
    return False
