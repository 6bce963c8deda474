"""Every control looks pressed while it is pressed, and its words stay readable."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage

from kiosk.gallery.checks import Seen, scene
from kiosk.gallery.checks_colour import colour_problems
from kiosk.gallery.stage import Stage, place

LEAST_CHANGED = 0.03
"""Part of the control's picture that a press has to change."""
_SEEN = 12
"""Levels of one colour channel that an eye sees on a large field."""
_GRID = 3


def press_problems(stage: Stage, theme: str) -> list[str]:
    """Of what the stage shows now; all of it is pressed at once, and let go again."""
    targets = scene(stage.window, stage.scale).targets
    before = stage.grab().convertToFormat(QImage.Format.Format_RGB32)
    _hold(targets, True)
    stage.settle()
    after = stage.grab().convertToFormat(QImage.Format.Format_RGB32)
    found = [
        f"{target.name!r} does not look pressed"
        for target in targets
        if _changed(before, after, place(target.item)) < LEAST_CHANGED
    ]
    found += [f"{problem}, pressed" for problem in colour_problems(stage, theme)]
    _hold(targets, False)
    stage.settle()
    return found


def _hold(targets: tuple[Seen, ...], down: bool) -> None:
    for target in targets:
        target.item.setProperty("keyDown", down)


def _changed(before: QImage, after: QImage, box: QRectF) -> float:
    """The part of the pixels in a box that are of another colour."""
    area = box.toAlignedRect().intersected(QRect(0, 0, before.width(), before.height()))
    pairs = [
        (before.pixel(x, y), after.pixel(x, y))
        for x in range(area.left(), area.right(), _GRID)
        for y in range(area.top(), area.bottom(), _GRID)
    ]
    return sum(_differ(*pair) for pair in pairs) / max(1, len(pairs))


def _differ(one: int, other: int) -> bool:
    return any(abs((one >> shift & 255) - (other >> shift & 255)) > _SEEN for shift in (0, 8, 16))
