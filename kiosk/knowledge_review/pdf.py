"""A sheet as a PDF for paper, laid out by Qt: no row is cut by a page, and every page says what it belongs to.

Qt's rich text breaks tables anywhere, so every row is a document of its own, and the pages are filled here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextDocument,
)

from kiosk.knowledge_review.render import TEMPLATES, Edition, Renderer, Section
from kiosk.knowledge_review.sheet import Sheet

FONT = "Noto Sans CJK SC"
_DPI = 1200
_PIXELS_PER_INCH = 96
_WIDTH, _HEIGHT = 297 / 25.4 * _PIXELS_PER_INCH, 210 / 25.4 * _PIXELS_PER_INCH
_SIDE, _TOP, _BOTTOM = 45.0, 40.0, 52.0
_TEXT_PIXELS, _FOOT_PIXELS = 13, 11
_ROOM = _HEIGHT - _TOP - _BOTTOM
_BAR = 40, 8
_BAR_SCALE = 8
_ABOVE_HEADING = 14.0


def write_pdf(sheet: Sheet, edition: Edition, path: Path) -> int:
    """Write the sheet and return its number of pages. Starts an offscreen QGuiApplication when there is none."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _application = QGuiApplication.instance() or QGuiApplication([])
    renderer = Renderer(edition, paper=True)
    pages = list(_pages(list(_blocks(sheet, renderer))))
    writer = QPdfWriter(str(path))
    writer.setResolution(_DPI)
    writer.setTitle(f"{sheet.name.zh} {sheet.name.en} {edition.version}")
    page = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Landscape, QMarginsF(0, 0, 0, 0)))
    painter = QPainter(writer)
    painter.scale(_DPI / _PIXELS_PER_INCH, _DPI / _PIXELS_PER_INCH)
    for number, blocks in enumerate(pages, start=1):
        if number > 1:
            writer.newPage()
        _draw(painter, blocks, renderer.footer(sheet), f"{number} / {len(pages)}")
    painter.end()
    return len(pages)


@dataclass(slots=True)
class _Block:
    """One piece that stays whole, `height` with the space `above` it, which the top of a page leaves out.

    `scale` is below 1 for what would be taller than a page.
    `repeat` is the table head to put on top of a page that starts with it. `holds` keeps it on the page of what
    follows, `line` draws a line below it.
    """

    document: QTextDocument
    height: float
    above: float = 0.0
    repeat: _Block | None = None
    holds: bool = False
    line: QColor | None = None
    scale: float = 1.0


def _blocks(sheet: Sheet, renderer: Renderer) -> Iterator[_Block]:
    yield _block(renderer.title(sheet))
    for section in renderer.sections(sheet):
        yield from _section_blocks(section)
    yield _block(renderer.signature(sheet), above=_ABOVE_HEADING)


def _section_blocks(section: Section) -> Iterator[_Block]:
    intro = f'<div class="intro">{section.intro}</div>' if section.intro else ""
    yield _block(f"<h2>{section.title}</h2>{intro}", above=_ABOVE_HEADING, holds=True)
    head = _block(_table(section.head), holds=True, line=QColor("#111111"))
    yield head
    for row in section.rows:
        yield _block(_table(row), repeat=head, line=QColor("#999999"))
    if not section.rows:
        yield _block("—")


def _table(row: str) -> str:
    return f'<table width="100%" cellspacing="0" cellpadding="0" border="0">{row}</table>'


def _block(
    html: str,
    above: float = 0.0,
    repeat: _Block | None = None,
    holds: bool = False,
    line: QColor | None = None,
) -> _Block:
    document = _SheetDocument()
    document.setHtml(f"<body>{html}</body>")
    height = document.size().height()
    scale = min(1.0, (_ROOM - (repeat.height if repeat is not None else 0.0)) / height)
    return _Block(document, height * scale + above, above, repeat, holds, line, scale)


class _SheetDocument(QTextDocument):
    """Rich text as wide as the page, with bars drawn for images named bar:PERCENT."""

    _bars: dict[int, QImage] = {}  # noqa: RUF012 - shared by all documents, so that the PDF holds each bar once

    def __init__(self) -> None:
        super().__init__()
        self.setDefaultFont(_font(_TEXT_PIXELS))
        self.setUseDesignMetrics(True)
        self.setDocumentMargin(0)
        self.setDefaultStyleSheet((TEMPLATES / "paper.css").read_text(encoding="utf-8"))
        self.setTextWidth(_WIDTH - 2 * _SIDE)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802 - Qt's name
        url = QUrl(name)
        if url.scheme() != "bar":
            return None
        percent = int(url.path())
        if percent not in self._bars:
            self._bars[percent] = _bar(percent)
        return self._bars[percent]


def _font(pixels: int) -> QFont:
    font = QFont(FONT)
    font.setPixelSize(pixels)
    # The digits of this font's local forms have no characters in the PDF: they could not be searched or read aloud.
    font.setFeature(QFont.Tag("locl"), 0)
    return font


def _bar(percent: int) -> QImage:
    width, height = (side * _BAR_SCALE for side in _BAR)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.fillRect(QRectF(0, 0, width * percent / 100, height), QColor("#2f5d8a"))
    painter.setPen(QPen(QColor("#555555"), _BAR_SCALE))
    half = _BAR_SCALE / 2
    painter.drawRect(QRectF(half, half, width - _BAR_SCALE, height - _BAR_SCALE))
    painter.end()
    return image


def _pages(blocks: list[_Block]) -> Iterator[list[_Block]]:
    """Blocks that fit on one page together; a page that starts inside a table repeats the table's head."""
    page: list[_Block] = []
    used = 0.0
    for at, block in enumerate(blocks):
        if page and used + _height_with_held(blocks, at) > _ROOM:
            yield page
            page = [block.repeat] if block.repeat is not None else []
            used = sum(piece.height for piece in page)
        page.append(block)
        used += block.height
    yield page


def _height_with_held(blocks: list[_Block], at: int) -> float:
    """The height of a block and of all that must stand on the same page below it."""
    total = blocks[at].height
    while blocks[at].holds and at + 1 < len(blocks):
        at += 1
        total += blocks[at].height
    return total


def _draw(painter: QPainter, blocks: list[_Block], left: str, right: str) -> None:
    y = _TOP
    for at, block in enumerate(blocks):
        above = block.above if at else 0.0
        painter.save()
        painter.translate(_SIDE, y + above)
        painter.scale(block.scale, block.scale)
        block.document.drawContents(painter)
        painter.restore()
        y += block.height - block.above + above
        if block.line is not None:
            painter.setPen(QPen(block.line, 1))
            painter.drawLine(QPointF(_SIDE, y), QPointF(_WIDTH - _SIDE, y))
    _draw_foot(painter, left, right)


def _draw_foot(painter: QPainter, left: str, right: str) -> None:
    painter.setFont(_font(_FOOT_PIXELS))
    painter.setPen(QColor("#333333"))
    foot = QRectF(_SIDE, _HEIGHT - _BOTTOM + 10, _WIDTH - 2 * _SIDE, _BOTTOM - 22)
    painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, left)
    painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, right)
