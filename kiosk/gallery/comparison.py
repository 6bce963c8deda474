"""Is a picture still the picture it was: noise of the font rasteriser passes, a moved button does not."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

BLOCK = 12
"""Pixels of one block of a half-size picture, about 6 mm of the screen."""
MOST = 18
"""Mean difference of a block, 0 to 255, that still counts as noise."""


@dataclass(frozen=True, slots=True)
class Difference:
    """`picture` is the old and the new one mixed, with red frames round the blocks that differ."""

    worst: int
    blocks: int
    picture: QImage

    @property
    def same(self) -> bool:
        return self.blocks == 0


def compare(old: QImage, new: QImage) -> Difference:
    """Block by block; pictures of another size are wholly different."""
    if old.size() != new.size():
        return Difference(255, 1, new)
    change = new.convertToFormat(QImage.Format.Format_RGB32)
    _paint(change, old, QPainter.CompositionMode.CompositionMode_Difference)
    rows, columns = -(-change.height() // BLOCK), -(-change.width() // BLOCK)
    small = change.convertToFormat(QImage.Format.Format_Grayscale8).scaled(
        QSize(columns, rows), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    levels = {(x, y): QColor(small.pixel(x, y)).red() for x in range(columns) for y in range(rows)}
    changed = [place for place, level in levels.items() if level > MOST]
    return Difference(max(levels.values()), len(changed), _marked(old, new, changed))


def _paint(onto: QImage, image: QImage, mode: QPainter.CompositionMode) -> None:
    painter = QPainter(onto)
    painter.setCompositionMode(mode)
    painter.drawImage(0, 0, image)
    painter.end()


def _marked(old: QImage, new: QImage, changed: list[tuple[int, int]]) -> QImage:
    mixed = new.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(mixed)
    painter.setOpacity(0.5)
    painter.drawImage(0, 0, old)
    painter.setOpacity(1.0)
    painter.setPen(QColor("#A8172D"))
    for x, y in changed:
        painter.drawRect(QRect(x * BLOCK, y * BLOCK, BLOCK - 1, BLOCK - 1))
    painter.end()
    return mixed
