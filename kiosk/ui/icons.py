"""Icons for QML: image://icon/<name>/<rrggbb> draws one SVG of assets/icons in any colour at device size."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

GRID = 48


class IconProvider(QQuickImageProvider):
    """Unknown names draw nothing and are reported by QML as an image that cannot be opened."""

    def __init__(self, folder: Path) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._folder = folder

    def requestImage(self, ident: str, size: QSize, requested: QSize) -> QImage:
        name, _, colour = ident.partition("/")
        side = QSize(GRID, GRID) if requested.width() <= 0 else requested
        drawing = _drawing(self._folder / f"{name}.svg")
        if drawing is None or not QColor.isValidColorName(f"#{colour}"):
            return QImage()
        image = QImage(side, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        coloured = QByteArray(drawing.replace("currentColor", f"#{colour}").encode())
        QSvgRenderer(coloured).render(painter, QRectF(0, 0, side.width(), side.height()))
        painter.end()
        return image


@lru_cache(maxsize=128)
def _drawing(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.is_file() else None
