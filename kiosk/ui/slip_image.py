"""The paper slip as a picture of one bit per dot, drawn by Qt with the screen's own font.

Both languages stand on every slip: the patient reads one, the staff who are shown it may read the other. Nothing that
is private stands on it. Sizes are dots of a print head with 8 dots/mm (203 dpi).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtGui import QColor, QImage

from kiosk.domain.encounter import Slip
from kiosk.domain.language import Language, Words
from kiosk.services.ports import Raster
from kiosk.ui.slip_canvas import Canvas, Style

Matrix = Sequence[Sequence[bool]]

QR_MIN_DOTS = 200
"""25 mm: read at arm's length by phones and by the desk's scanner."""
QR_MIN_MODULE = 5
"""0.6 mm: a worn print head still prints it."""
QUIET_MODULES = 4
_LETTERS_BESIDE = 8
"""Fewer letters in a line than this are no longer read as a sentence."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MINUTES = re.compile(r"\d\s*(分钟|min)")

_TITLE = Words("导诊小票", "Visit slip")
_EMERGENCY = Words("急诊", "EMERGENCY")
_TO_BE_CONFIRMED = Words("待确认", "To be confirmed")
_TO_BE_CONFIRMED_HINT = Words("请到科室护士站确认", "Please confirm at the department's desk")
_DEPARTMENT = Words("科室", "Dept")
_DOCTOR = Words("医生", "Doctor")
_TIME = Words("时间", "Time")
_ROOM = Words("诊室", "Room")
_WAY = Words("怎么走", "The way")
_BACK = Words("回大厅", "Back")
_KIOSK = Words("自助机", "Kiosk")
_WAIT = Words("预计等候约 {minutes} 分钟", "Expected wait about {minutes} min")


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


def draw_slip(slip: Slip, matrix: Matrix, width: int = 576) -> tuple[QImage, Raster]:
    """The slip on paper of `width` dots, a multiple of eight (576 for 80 mm, 384 for 58 mm).

    `matrix` is the QR code of the token, without its quiet zone. Needs a running QGuiApplication. ValueError when the
    code does not fit on the paper.
    """
    if width % 8 or width < 8:
        raise ValueError(f"{width} dots are no paper width")
    canvas = _draw(slip, matrix, width)
    image = canvas.black_and_white()
    return image, _raster(image)


def _draw(slip: Slip, matrix: Matrix, width: int) -> Canvas:
    wide = width >= 512
    sizes = _WIDE if wide else _NARROW
    canvas = Canvas(width, margin=24 if wide else 14)
    _head(canvas, slip, sizes)
    _fields(canvas, slip, sizes, most_columns=4 if wide else 2)
    canvas.dashes()
    _code_and_way(canvas, slip, matrix, sizes, beside=wide)
    canvas.dashes()
    _foot(canvas, slip, sizes)
    return canvas


def _head(canvas: Canvas, slip: Slip, sizes: _Sizes) -> None:
    first, second = _ordered(slip.hospital, slip.language)
    canvas.line(
        f"{first} {_ordered(_TITLE, slip.language)[0]}",
        Style(sizes.body, bold=True, centred=True, smallest=sizes.label),
    )
    if second != first:
        canvas.line(f"{second} {_ordered(_TITLE, slip.language)[1]}", Style(sizes.small, centred=True))
    if slip.emergency:
        canvas.band(f"{_EMERGENCY.zh} {_EMERGENCY.en}", sizes.band)
    canvas.space(6)
    canvas.line(slip.number, Style(sizes.number, bold=True, centred=True, tight=True))
    if slip.to_be_confirmed:
        canvas.frame(
            [
                (
                    f"{_TO_BE_CONFIRMED.zh} {_TO_BE_CONFIRMED.en}",
                    Style(sizes.value, bold=True, centred=True, smallest=sizes.body),
                ),
                *((line, Style(sizes.small, centred=True)) for line in _ordered(_TO_BE_CONFIRMED_HINT, slip.language)),
            ]
        )


def _fields(canvas: Canvas, slip: Slip, sizes: _Sizes, most_columns: int) -> None:
    """Department, doctor, time, room: side by side when they fit, else in fewer columns."""
    cells = [_cell(label, words, slip.language, sizes) for label, words in _facts(slip)]
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


def _facts(slip: Slip) -> list[tuple[Words, Words]]:
    facts = [(_DEPARTMENT, slip.department)]
    if slip.practitioner is not None:
        facts.append((_DOCTOR, slip.practitioner))
    if slip.starts_at is not None:
        facts.append((_TIME, _when(slip.starts_at, slip.printed_at)))
    if slip.room:
        facts.append((_ROOM, Words(slip.room, slip.room)))
    return facts


def _cell(label: Words, words: Words, language: Language, sizes: _Sizes) -> list[tuple[str, Style]]:
    first, second = _ordered(words, language)
    cell = [
        (f"{label.zh} {label.en}", Style(sizes.label, centred=True, smallest=20)),
        (first, Style(sizes.value, bold=True, centred=True, smallest=sizes.body)),
    ]
    if second != first:
        cell.append((second, Style(sizes.label, centred=True, smallest=18)))
    return cell


def _when(at: datetime, now: datetime) -> Words:
    """The day too when it is not today."""
    at = at.astimezone(now.tzinfo)
    clock = f"{at.hour}:{at.minute:02d}"
    if at.date() == now.date():
        return Words(clock, clock)
    return Words(f"{at.month} 月 {at.day} 日 {clock}", f"{at.day} {_MONTHS[at.month - 1]} {clock}")


def _code_and_way(canvas: Canvas, slip: Slip, matrix: Matrix, sizes: _Sizes, *, beside: bool) -> None:
    code = _code(matrix, canvas.width)
    first, second = _ordered(slip.way, slip.language)
    steps = [(f"{_WAY.zh} {_WAY.en}", Style(sizes.body, bold=True))]
    steps += [(line, Style(sizes.body)) for line in _steps(first)]
    if beside and canvas.width - code.width() - canvas.margin >= _LETTERS_BESIDE * sizes.body:
        canvas.side_by_side(code, steps)
    else:
        canvas.picture(code)
        for text, style in steps:
            canvas.line(text, style)
    if second != first:
        canvas.space(6)
        canvas.line("  ".join(_steps(second)), Style(sizes.small))


def _steps(way: str) -> list[str]:
    """Numbered lines; a line that says how many minutes it takes is no step."""
    numbered: list[str] = []
    for line in filter(None, map(str.strip, way.splitlines())):
        steps = sum(not _MINUTES.search(before) for before in numbered)
        numbered.append(line if _MINUTES.search(line) else f"{steps + 1} {line}")
    return numbered


def _foot(canvas: Canvas, slip: Slip, sizes: _Sizes) -> None:
    back = Words(f"{_BACK.zh}：{_one_line(slip.way_back.zh, '，')}", f"{_BACK.en}: {_one_line(slip.way_back.en, ', ')}")
    first, second = _ordered(back, slip.language)
    canvas.line(first, Style(sizes.body))
    canvas.line(second, Style(sizes.small))
    canvas.space(8)
    if slip.wait_minutes is not None:
        minutes = max(slip.wait_minutes, 1)
        waits = Words(_WAIT.zh.format(minutes=minutes), _WAIT.en.format(minutes=minutes))
        first, second = _ordered(waits, slip.language)
        canvas.line(first, Style(sizes.body, bold=True, centred=True))
        canvas.line(second, Style(sizes.small, centred=True))
    printed = f"{slip.printed_at:%Y-%m-%d %H:%M}"
    canvas.line(f"{printed}  {_KIOSK.zh} {_KIOSK.en} {slip.kiosk}", Style(sizes.small, centred=True))


def _one_line(text: str, between: str) -> str:
    return between.join(filter(None, map(str.strip, text.splitlines())))


def _ordered(words: Words, language: Language) -> tuple[str, str]:
    """The patient's language first."""
    return (words.zh, words.en) if language is Language.ZH else (words.en, words.zh)


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
