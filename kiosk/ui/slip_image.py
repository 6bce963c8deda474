"""The paper slip as a picture of one bit per dot, drawn by Qt with the screen's own font.

Chinese and English stand on every slip, and the language of the screen where it is another one: the patient reads one,
the staff who are shown it may read the other. Nothing that is private stands on it. Sizes are dots of a print head with
8 dots/mm (203 dpi).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtGui import QColor, QImage

from kiosk.domain.encounter import Slip
from kiosk.domain.language import Words
from kiosk.domain.scanned import grouped
from kiosk.i18n import Catalogue
from kiosk.services.ports import Raster
from kiosk.ui import slip_words as words
from kiosk.ui.slip_canvas import Canvas, Style
from kiosk.ui.slip_words import Line, Tongue

Matrix = Sequence[Sequence[bool]]
Spoken = tuple[Tongue, ...]

QR_MIN_DOTS = 200
"""25 mm: read at arm's length by phones and by the desk's scanner."""
QR_MIN_MODULE = 5
"""0.6 mm: a worn print head still prints it."""
QUIET_MODULES = 4
_LETTERS_BESIDE = 8
"""Fewer letters in a line than this are no longer read as a sentence."""


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Heights of letters in dots, for one width of paper."""

    number: int
    band: int
    value: int
    body: int
    label: int
    small: int


_WIDE = _Sizes(number=150, band=52, value=40, body=27, label=24, small=22)
_NARROW = _Sizes(number=112, band=40, value=34, body=26, label=22, small=21)


def draw_slip(
    slip: Slip, matrix: Matrix, width: int = 576, catalogue: Catalogue | None = None
) -> tuple[QImage, Raster]:
    """The slip on paper of `width` dots, a multiple of eight (576 for 80 mm, 384 for 58 mm).

    `matrix` is the QR code of the token, without its quiet zone; `catalogue` is that of the slip's locale when it is
    another than Chinese or English. Needs a running QGuiApplication. ValueError when the code does not fit on the
    paper.
    """
    if width % 8 or width < 8:
        raise ValueError(f"{width} dots are no paper width")
    canvas = _draw(slip, matrix, width, words.tongues(slip.language, catalogue))
    image = canvas.black_and_white()
    return image, _raster(image)


def _draw(slip: Slip, matrix: Matrix, width: int, spoken: Spoken) -> Canvas:
    wide = width >= 512
    sizes = _WIDE if wide else _NARROW
    canvas = Canvas(width, margin=24 if wide else 14)
    _head(canvas, slip, sizes, spoken)
    _fields(canvas, slip, sizes, spoken, most_columns=4 if wide else 2)
    canvas.dashes()
    _code_and_way(canvas, slip, matrix, sizes, spoken, beside=wide)
    canvas.dashes()
    _foot(canvas, slip, sizes, spoken)
    return canvas


def _head(canvas: Canvas, slip: Slip, sizes: _Sizes, spoken: Spoken) -> None:
    heads = words.unlike(
        Line(f"{tongue.say(slip.hospital)} {tongue.say(words.TITLE)}", tongue.right_to_left) for tongue in spoken
    )
    first = Style(sizes.body, bold=True, centred=True, smallest=sizes.label)
    for line, style in _one_and_others(heads, first, Style(sizes.small, centred=True)):
        canvas.line(line, style)
    if slip.emergency:
        emergency = words.side_by_side(words.EMERGENCY, spoken)
        canvas.band(emergency.text, sizes.band, right_to_left=emergency.right_to_left)
    canvas.space(6)
    canvas.line(slip.number, Style(sizes.number, bold=True, centred=True, tight=True))
    if slip.to_be_confirmed:
        title = words.side_by_side(words.TO_BE_CONFIRMED, spoken)
        big = Style(sizes.value, bold=True, centred=True, smallest=sizes.body)
        hints = words.said(words.TO_BE_CONFIRMED_HINT, spoken)
        small = Style(sizes.small, centred=True)
        canvas.frame([_styled(title, big), *(_styled(hint, small) for hint in hints)])


def _fields(canvas: Canvas, slip: Slip, sizes: _Sizes, spoken: Spoken, most_columns: int) -> None:
    """Department, doctor, time, room: side by side when they fit, else in fewer columns."""
    cells = [_cell(words.side_by_side(label, spoken), fact, sizes) for label, fact in _facts(slip, spoken)]
    for columns in range(min(most_columns, len(cells)), 0, -1):
        # Three and one looks like a mistake.
        if len(cells) % columns == 0 and all(canvas.fits(cell, columns) for cell in cells):
            break
    else:
        columns = 1
    canvas.space(10)
    for start in range(0, len(cells), columns):
        canvas.row(cells[start : start + columns], columns)
        canvas.space(8)


def _facts(slip: Slip, spoken: Spoken) -> list[tuple[Words, tuple[Line, ...]]]:
    facts = [(words.DEPARTMENT, words.said(slip.department, spoken))]
    if slip.practitioner is not None:
        facts.append((words.DOCTOR, words.said(slip.practitioner, spoken)))
    if slip.starts_at is not None:
        facts.append((words.TIME, words.when(slip.starts_at, slip.printed_at, spoken)))
    if slip.room:
        facts.append((words.ROOM, (Line(slip.room),)))
    return facts


def _cell(label: Line, fact: tuple[Line, ...], sizes: _Sizes) -> list[tuple[str, Style]]:
    first = Style(sizes.value, bold=True, centred=True, smallest=sizes.body)
    other = Style(sizes.label, centred=True, smallest=18)
    return [
        _styled(label, Style(sizes.label, centred=True, smallest=20)),
        *_one_and_others(fact, first, other),
    ]


def _code_and_way(canvas: Canvas, slip: Slip, matrix: Matrix, sizes: _Sizes, spoken: Spoken, *, beside: bool) -> None:
    code = _code(matrix, canvas.width)
    first, *others = words.unlike_ways(slip.way, spoken)
    title = words.side_by_side(words.WAY, spoken)
    steps = [
        _styled(title, Style(sizes.body, bold=True, smallest=sizes.small)),
        *(_styled(line, Style(sizes.body)) for line in first),
    ]
    if beside and canvas.width - code.width() - canvas.margin >= _LETTERS_BESIDE * sizes.body:
        canvas.side_by_side(code, steps)
    else:
        canvas.picture(code)
        for text, style in steps:
            canvas.line(text, style)
    for way in others:
        canvas.space(6)
        canvas.line("  ".join(line.text for line in way), Style(sizes.small))


def _foot(canvas: Canvas, slip: Slip, sizes: _Sizes, spoken: Spoken) -> None:
    back = words.unlike(words.sentence(words.BACK, slip.way_back, tongue) for tongue in spoken)
    for text, style in _one_and_others(back, Style(sizes.body), Style(sizes.small)):
        canvas.line(text, style)
    canvas.space(8)
    if slip.wait_minutes is not None:
        minutes = max(slip.wait_minutes, 1)
        waits = words.unlike(
            Line(tongue.say(words.WAIT).format(minutes=minutes), tongue.right_to_left) for tongue in spoken
        )
        bold = Style(sizes.body, bold=True, centred=True)
        for text, style in _one_and_others(waits, bold, Style(sizes.small, centred=True)):
            canvas.line(text, style)
    if slip.code:
        label = words.side_by_side(words.CODE, spoken)
        canvas.line(f"{label.text} {grouped(slip.code)}", Style(sizes.small, bold=True, centred=True))
    printed = f"{slip.printed_at:%Y-%m-%d %H:%M}"
    canvas.line(f"{printed}  {words.KIOSK.zh} {words.KIOSK.en} {slip.kiosk}", Style(sizes.small, centred=True))


def _one_and_others(lines: Sequence[Line], first: Style, other: Style) -> list[tuple[str, Style]]:
    """The patient's language large, the others below it."""
    return [_styled(line, first if place == 0 else other) for place, line in enumerate(lines)]


def _styled(line: Line, style: Style) -> tuple[str, Style]:
    return line.text, replace(style, right_to_left=line.right_to_left)


def _code(matrix: Matrix, width: int) -> QImage:
    """The QR code in its quiet zone: large enough to be read, and no larger. ValueError when that is too wide."""
    modules = len(matrix) + 2 * QUIET_MODULES
    module = max(QR_MIN_MODULE, -(-QR_MIN_DOTS // len(matrix)))
    side = module * modules
    if side > width:
        raise ValueError(f"a code of {len(matrix)} modules does not fit on {width} dots")
    margin = b"\xff" * (QUIET_MODULES * module)
    blank = b"\xff" * side * QUIET_MODULES * module
    rows = (margin + b"".join((b"\x00" if dark else b"\xff") * module for dark in row) + margin for row in matrix)
    grey = blank + b"".join(row * module for row in rows) + blank
    # The image only borrows the bytes.
    return QImage(grey, side, side, side, QImage.Format.Format_Grayscale8).copy()


def _raster(image: QImage) -> Raster:
    """Qt pads every row to four bytes and keeps the colours of 0 and 1 in a table; a Raster has neither."""
    per_row = image.width() // 8
    stride = image.bytesPerLine()
    bits = bytes(image.constBits())
    rows = b"".join(bits[y * stride : y * stride + per_row] for y in range(image.height()))
    if image.color(1) != QColor("black").rgb():
        rows = bytes(byte ^ 0xFF for byte in rows)
    return Raster(image.width(), image.height(), rows)
