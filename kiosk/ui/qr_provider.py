"""QR codes for QML: image://qr/<percent-encoded text> drawn in whole device pixels with its quiet zone."""

from __future__ import annotations

from urllib.parse import unquote

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider

from kiosk.adapters import qr

QUIET = 4
SMALLEST = 6
"""Pixels of a module when no size was asked for."""


class QrProvider(QQuickImageProvider):
    """Black on white in every theme, because a phone has to read it."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, ident: str, size: QSize, requested: QSize) -> QImage:
        return draw(unquote(ident), requested.width())


def draw(text: str, side: int) -> QImage:
    """The code at most `side` pixels wide (0 or less: as small as a phone reads); null when the text is too long."""
    try:
        rows = qr.matrix(text)
    except ValueError:
        return QImage()
    modules = len(rows) + 2 * QUIET
    module = max(1, side // modules) if side > 0 else SMALLEST
    image = QImage(modules * module, modules * module, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                painter.fillRect(QRect((x + QUIET) * module, (y + QUIET) * module, module, module), QColor("black"))
    painter.end()
    return image
