"""Paper that text runs down: every line is wrapped or made smaller until it fits, nothing is ever cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QTextLayout, QTextOption

from kiosk.domain.language import Language, language_of

FAMILY = "Noto Sans CJK SC"
"""Named, never left to the system: it may choose Japanese shapes of Chinese characters."""

_FIRST_HEIGHT = 1600
_LINE = 1.3
"""Height of a line in letters; the font's own 1.45 wastes paper."""


@dataclass(frozen=True, slots=True)
class Style:
    """`size` and `smallest` are dots. Text is shrunk down to `smallest` before it is wrapped; 0 wraps at once.

    `tight` is for one huge line: it is shrunk to one line whatever it takes. `right_to_left` begins at the right edge.
    """

    size: int
    bold: bool = False
    centred: bool = False
    smallest: int = 0
    tight: bool = False
    right_to_left: bool = False


class Canvas:
    """Grows downwards as lines are added. `width` and `margin` are dots."""

    def __init__(self, width: int, margin: int) -> None:
        self.width = width
        self.margin = margin
        self._y = 12
        self._image = self._paper(_FIRST_HEIGHT)

    def space(self, dots: int) -> None:
        self._y += dots

    def line(self, text: str, style: Style) -> None:
        """A paragraph over the whole width."""
        self._y += self._paragraph(text, style, self.margin, self._y, self._inner())

    def band(self, text: str, size: int, *, right_to_left: bool = False) -> None:
        """White on black, from edge to edge of the text area."""
        wanted = Style(size, bold=True, centred=True, tight=True, right_to_left=right_to_left)
        style = self._shrunk(text, wanted, self._inner() - 16)
        height = self._height(text, style, self._inner()) + 12
        self.space(6)
        self._fill(QRect(self.margin, self._y, self._inner(), height))
        self._paragraph(text, style, self.margin, self._y + 6, self._inner(), QColor("white"))
        self.space(height + 6)

    def frame(self, paragraphs: Sequence[tuple[str, Style]]) -> None:
        """A box of lines."""
        top = self._y
        self.space(8)
        for text, style in paragraphs:
            self._y += self._paragraph(text, style, self.margin + 12, self._y, self._inner() - 24)
        self.space(6)
        with _painting(self._image) as painter:
            painter.setPen(QPen(QColor("black"), 4))
            painter.drawRect(self.margin + 2, top + 2, self._inner() - 4, self._y - top - 4)
        self.space(8)

    def dashes(self) -> None:
        self.space(10)
        self._make_room(self._y + 4)
        with _painting(self._image) as painter:
            pen = QPen(QColor("black"), 2)
            pen.setDashPattern([5, 4])
            painter.setPen(pen)
            painter.drawLine(self.margin, self._y, self.width - self.margin, self._y)
        self.space(12)

    def fits(self, cell: Sequence[tuple[str, Style]], columns: int) -> bool:
        """Whether every word of a cell has room on one line of a column, and no text takes more than two lines."""
        width = self._column(columns)
        return all(self._fits(text, self._shrunk(text, style, width), width) for text, style in cell)

    def row(self, cells: Sequence[Sequence[tuple[str, Style]]], columns: int) -> None:
        """Cells side by side, their tops at one height."""
        width = self._column(columns)
        tallest = 0
        for number, cell in enumerate(cells):
            left = self.margin + number * self._inner() // columns + (self._inner() // columns - width) // 2
            y = self._y
            for text, style in cell:
                y += self._paragraph(text, style, left, y, width)
            tallest = max(tallest, y - self._y)
        self.space(tallest)

    def picture(self, image: QImage) -> None:
        """In the middle."""
        self._place(image, (self.width - image.width()) // 2, self._y)
        self.space(image.height())

    def side_by_side(self, image: QImage, paragraphs: Sequence[tuple[str, Style]]) -> None:
        """A picture at the left edge, paragraphs up to the right margin, the shorter one in the middle."""
        width = self.width - image.width() - self.margin
        height = sum(self._height(text, style, width) for text, style in paragraphs)
        tallest = max(image.height(), height)
        self._place(image, 0, self._y + (tallest - image.height()) // 2)
        y = self._y + (tallest - height) // 2
        for text, style in paragraphs:
            y += self._paragraph(text, style, image.width(), y, width)
        self.space(tallest)

    def black_and_white(self) -> QImage:
        """What was drawn so far, one bit per dot, black is 1."""
        used = self._image.copy(0, 0, self.width, self._y + 12)
        mono = used.convertToFormat(
            QImage.Format.Format_Mono,
            [QColor("white").rgb(), QColor("black").rgb()],
            Qt.ImageConversionFlag.ThresholdDither,
        )
        mono.setDotsPerMeterX(8000)
        mono.setDotsPerMeterY(8000)
        return mono

    def _inner(self) -> int:
        return self.width - 2 * self.margin

    def _column(self, columns: int) -> int:
        return self._inner() // columns - (6 if columns > 1 else 0)

    def _shrunk(self, text: str, style: Style, width: int) -> Style:
        """The largest size at which the text is one line, within the style's bounds."""
        smallest = 16 if style.tight else style.smallest or style.size
        for size in range(style.size, smallest - 1, -2):
            if QFontMetricsF(_font(replace(style, size=size))).horizontalAdvance(text) <= width:
                return replace(style, size=size)
        return replace(style, size=smallest)

    def _fits(self, text: str, style: Style, width: int) -> bool:
        metrics = QFontMetricsF(_font(style))
        words_fit = all(metrics.horizontalAdvance(word) <= width for word in text.split() if not _is_chinese(word))
        return words_fit and len(_lines(text, style, width)) <= 2

    def _height(self, text: str, style: Style, width: int) -> int:
        style = self._shrunk(text, style, width)
        return round(len(_lines(text, style, width)) * style.size * (1.1 if style.tight else _LINE))

    def _paragraph(self, text: str, style: Style, left: int, top: int, width: int, colour: QColor | None = None) -> int:
        """Draw and return the height taken."""
        height = self._height(text, style, width)
        self._make_room(top + height)
        style = self._shrunk(text, style, width)
        lines = _lines(text, style, width)
        step = height / max(len(lines), 1)
        metrics = QFontMetricsF(_font(style))
        with _painting(self._image) as painter:
            painter.setFont(_font(style))
            painter.setPen(colour or QColor("black"))
            painter.setLayoutDirection(_direction(style))
            for number, line in enumerate(lines):
                left_over = width - metrics.horizontalAdvance(line)
                space = left_over if style.centred else 2 * left_over if style.right_to_left else 0
                # The box of a letter is one size high; 0.88 of it stand over the baseline (OS/2 table of the font).
                baseline = top + number * step + (step - style.size) / 2 + 0.88 * style.size
                painter.drawText(QPointF(left + space / 2, baseline), line)
        return height

    def _place(self, image: QImage, x: int, y: int) -> None:
        self._make_room(y + image.height())
        with _painting(self._image) as painter:
            painter.drawImage(x, y, image)

    def _fill(self, area: QRect) -> None:
        self._make_room(area.bottom() + 1)
        with _painting(self._image) as painter:
            painter.fillRect(area, QColor("black"))

    def _make_room(self, bottom: int) -> None:
        if bottom + 64 > self._image.height():
            longer = self._paper(2 * bottom)
            with _painting(longer) as painter:
                painter.drawImage(0, 0, self._image)
            self._image = longer

    def _paper(self, height: int) -> QImage:
        paper = QImage(self.width, height, QImage.Format.Format_RGB32)
        paper.fill(QColor("white"))
        return paper


@contextmanager
def _painting(image: QImage) -> Iterator[QPainter]:
    # Ended here, not when Python gets round to it: an image cannot be copied while somebody paints on it.
    painter = QPainter(image)
    try:
        yield painter
    finally:
        painter.end()


def _direction(style: Style) -> Qt.LayoutDirection:
    return Qt.LayoutDirection.RightToLeft if style.right_to_left else Qt.LayoutDirection.LeftToRight


def _is_chinese(word: str) -> bool:
    """May be broken between any two characters."""
    return language_of(word) is Language.ZH


def _font(style: Style) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(style.size)
    font.setBold(style.bold)
    return font


def _lines(text: str, style: Style, width: int) -> list[str]:
    """The text broken into lines of at most `width` dots, inside words only when a word alone is too long."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(_direction(style))
    layout = QTextLayout(text, _font(style))
    layout.setTextOption(option)
    layout.beginLayout()
    found = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        found.append(text[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    return found
