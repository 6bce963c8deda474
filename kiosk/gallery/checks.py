"""What every screen has to keep, read from the real window: sizes in millimetres, text whole and in its place, reach.

A problem is one line of plain words. Colours are in checks_colour.py, keys and screen readers in checks_access.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import inf

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.gallery.stage import Stage, evaluate, place, visible_items
from kiosk.ui.line_breaks import JOINER, plain

DP_PER_MM = 4.034
TARGET_MM = 20.0
GAP_MM = 2.97
"""Design: 12 dp between two targets."""
CAPITAL_MM = 5.0
CAPITAL = 0.733
"""Height of a capital letter of Noto Sans CJK, in parts of the font size."""
HIGHEST_MM = 460.0
LOW_MM = 340.0
"""A seated person's reach above the lower edge of the screen."""
_LEANING = 0.015
"""Part of a line by which its last letter may lean over, as an Arabic one does."""
_HELPERS = 6
_PAIRS = (("answer_present", "answer_absent"), ("sex_female", "sex_male"), ("agree", "refuse"), ("confirm", "edit"))
_SLACK = 1.5
_HAN = re.compile("[\u2e80-\uffef]")
_LEFT, _RIGHT = "1", "2"
_PLAIN = "0"
"""Qt's numbers for alignment and Text.PlainText."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An item with its place in dp, and the part of it that no clipping ancestor hides.

    `window` is the height of the lowest clipping ancestor: a text that is longer may be cut, between two lines.
    """

    item: QQuickItem
    box: QRectF
    shown: QRectF
    window: float

    @property
    def name(self) -> str:
        return self.item.objectName() or str(self.item.property("text") or self.item.metaObject().className())

    @property
    def whole(self) -> bool:
        return self.shown.height() > self.box.height() - _SLACK and self.shown.width() > self.box.width() - _SLACK

    @property
    def hidden(self) -> bool:
        return self.shown.height() < _SLACK or self.shown.width() < _SLACK


@dataclass(frozen=True, slots=True)
class SeenText(Seen):
    """A text with the height of its capitals in mm, and `ink`: the letters without the air around them."""

    capital: float
    plain: bool
    ink: QRectF

    @property
    def said(self) -> str:
        return str(self.item.property("text"))

    @property
    def words(self) -> str:
        """For a message to read."""
        return plain(self.said)


@dataclass(frozen=True, slots=True)
class Scene:
    """What is in the window now: the canvas in dp, everything touchable, every text."""

    canvas: QRectF
    targets: tuple[Seen, ...]
    texts: tuple[SeenText, ...]
    wholes: tuple[Seen, ...]
    """What is never shown in parts."""
    kept: tuple[QQuickItem, ...]
    """Wrappers of all items: one that goes takes the wrappers of the items below it along."""


def scene(window: QQuickWindow, scale: float) -> Scene:
    """`scale` is device pixels per dp."""
    targets, texts, wholes = [], [], []
    items = tuple(visible_items(window.contentItem()))
    for item in items:
        if item.inherits("QQuickText"):
            if item.property("text"):
                texts.append(_read(_seen(item, scale)))
        elif touchable(item):
            targets.append(_seen(item, scale))
        if item.property("whole"):
            wholes.append(_seen(item, scale))
    return Scene(
        QRectF(0, 0, window.width() / scale, window.height() / scale),
        tuple(seen for seen in targets if not seen.hidden),
        tuple(seen for seen in texts if not seen.hidden),
        tuple(seen for seen in wholes if not seen.hidden),
        items,
    )


def touchable(item: QQuickItem) -> bool:
    """A Pressable that takes presses now."""
    return item.property("keyDown") is not None and not item.property("off") and item.isEnabled()


def inspect(stage: Stage, *, low: bool = False) -> list[str]:
    """Problems of what the stage shows, on every step of a page that is longer than the screen."""
    found: list[str] = []
    unseen: set[tuple[int, str]] | None = None
    for step in steps(stage):
        now = scene(stage.window, stage.scale)
        found += [problem for problem in problems(now, low=low) if problem not in found]
        if any(target.name in ("stepDown", "stepUp") for target in now.targets):
            hidden = set(_hidden(stage))
            unseen = hidden if step == 0 else (unseen or set()) & hidden
    return found + [f"{text!r} is on no step of the page" for _, text in sorted(unseen or ())]


def steps(stage: Stage) -> Iterator[int]:
    """Turn the page to each of its steps in turn; one step for a page that fits."""
    page = next(
        (item for item in visible_items(stage.window.contentItem()) if item.property("paged") is not None), None
    )
    count = int(evaluate(page, "steps.length")) if page is not None and page.property("paged") else 1
    for step in range(count):
        if count > 1:
            page.setProperty("step", step)
            stage.settle()
        yield step
    if count > 1:
        page.setProperty("step", 0)


def _hidden(stage: Stage) -> Iterator[tuple[int, str]]:
    """Texts that a clipping ancestor hides altogether, each with its place in the tree."""
    for number, item in enumerate(visible_items(stage.window.contentItem())):
        if item.inherits("QQuickText") and item.property("text") and _seen(item, stage.scale).hidden:
            yield number, str(item.property("text"))


def problems(now: Scene, *, low: bool = False) -> Iterator[str]:
    """Targets, gaps, reach, and texts that are small, cut, outside, or on top of each other."""
    yield from _targets(now, LOW_MM if low else HIGHEST_MM)
    yield from _helpers(now)
    names = {target.name for target in now.targets}
    if any((yes in names) != (no in names) for yes, no in _PAIRS):
        yield "a step shows an answer without its opposite"
    yield from _parted(now)
    for text in now.texts:
        yield from _text(text, now.canvas)
    yield from _overlaps(now)


def _helpers(now: Scene) -> Iterator[str]:
    """Six fields wherever the dock is; a lost one would be no text and no target, and so no other problem."""
    if any(item.property("fieldHeight") is not None for item in now.kept):
        fields = [item.objectName() for item in now.kept if item.objectName().startswith("dock")]
        if len(fields) != _HELPERS:
            yield f"the dock has {len(fields)} fields: {', '.join(fields)}"
        if "dockNurse" not in {target.name for target in now.targets}:
            yield "no nurse can be called"


def _parted(now: Scene) -> Iterator[str]:
    """Cards and the slip are shown whole or not at all on each step of a page."""
    for seen in now.wholes:
        if not seen.whole and seen.box.height() < seen.window:
            yield f"{seen.name!r} is parted by a step of the page"


def _seen(item: QQuickItem, scale: float) -> Seen:
    box = _dp(place(item), scale)
    shown, window = QRectF(box), inf
    parent = item.parentItem()
    while parent is not None:
        if parent.clip():
            clip = _dp(place(parent), scale)
            shown, window = shown.intersected(clip), min(window, clip.height())
        parent = parent.parentItem()
    return Seen(item, box, shown, window)


def _dp(box: QRectF, scale: float) -> QRectF:
    return QRectF(box.x() / scale, box.y() / scale, box.width() / scale, box.height() / scale)


def _targets(now: Scene, highest: float) -> Iterator[str]:
    for target in now.targets:
        box = target.box
        if min(box.width(), box.height()) / DP_PER_MM < TARGET_MM:
            yield f"{target.name!r} is too small to touch: {box.width():.0f} x {box.height():.0f} dp"
        if (now.canvas.height() - box.top()) / DP_PER_MM > highest + 1:
            yield f"{target.name!r} is out of reach: {(now.canvas.height() - box.top()) / DP_PER_MM:.0f} mm"
        if not _inside(now.canvas, box):
            yield f"{target.name!r} leaves the screen"
        if not target.whole:
            yield f"{target.name!r} is cut"
    for one, other in combinations(now.targets, 2):
        if _gap(one.box, other.box) / DP_PER_MM < GAP_MM - 0.1:
            yield f"{one.name!r} and {other.name!r} are too near: {_gap(one.box, other.box):.0f} dp"


def _text(text: SeenText, canvas: QRectF) -> Iterator[str]:
    item = text.item
    if item.property("contentWidth") > item.width() * (1 + _LEANING) + 1 or item.property("truncated"):
        yield f"{text.words!r} does not fit"
    elif not text.whole and not _at_its_end(item) and text.box.height() < text.window * 0.7:
        yield f"{text.words!r} is cut"
    if not _inside(canvas, text.shown):
        yield f"{text.words!r} leaves the screen"
    if broken := _broken_word(text):
        yield f"{broken!r} is broken into two lines"
    if text.capital < CAPITAL_MM:
        yield f"{text.words!r} is too small to read: capitals of {text.capital:.1f} mm"
    if not text.plain and not _at_its_end(item):
        yield f"{text.words!r} is read as markup"


def _broken_word(text: SeenText) -> str:
    """The first word that is longer than a line; Chinese words are held together by joiners."""
    if text.item.property("lineCount") < 2 or not text.plain:
        return ""
    if JOINER in text.said:
        return _broken_chinese(text)
    metrics = QFontMetricsF(text.item.property("font"))
    words = (word for word in re.split(r"[ \n]+", text.said) if not _HAN.search(word))
    return next((word for word in words if metrics.horizontalAdvance(word) > text.item.width() + _SLACK), "")


def _broken_chinese(text: SeenText) -> str:
    """Where Qt ended a line inside a word after all."""
    layout = QTextLayout(text.said.replace("\n", "\u2028"), text.item.property("font"))
    layout.setTextOption(QTextOption(wrapMode=QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere))
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(text.item.width())
    layout.endLayout()
    starts = [layout.lineAt(number).textStart() for number in range(1, layout.lineCount())]
    return next((text.said[at - 3 : at + 3] for at in starts if JOINER in text.said[at - 1 : at + 1]), "")


def _read(seen: Seen) -> SeenText:
    """Alignment, font size after fitting, and text format are enumerations and groups that Python cannot read."""
    item, box = seen.item, seen.shown
    wanted = "[effectiveHorizontalAlignment, fontInfo.pixelSize, textFormat].join()"
    alignment, pixels, form = evaluate(item, wanted).split(",")
    growth = _growth(item)
    air = min(int(pixels) * 0.28 * growth, box.height() / 3)
    width = min(box.width(), item.property("contentWidth") * growth)
    left = {_LEFT: box.left(), _RIGHT: box.right() - width}.get(alignment, box.center().x() - width / 2)
    ink = QRectF(left, box.top() + air, width, box.height() - 2 * air)
    capital = int(pixels) * CAPITAL * growth / DP_PER_MM
    return SeenText(item, seen.box, seen.shown, seen.window, capital, form == _PLAIN, ink)


def _at_its_end(item: QQuickItem) -> bool:
    """Words as they come and what is typed show their end only."""
    return item.objectName() in ("liveWords", "written")


def _growth(item: QQuickItem) -> float:
    """How much the item's ancestors below the canvas enlarge or shrink it."""
    growth, parent = 1.0, item
    while parent is not None and not parent.property("fit"):
        growth *= parent.scale()
        parent = parent.parentItem()
    return growth


def _overlaps(now: Scene) -> Iterator[str]:
    for one, other in combinations(now.texts, 2):
        if one.ink.intersects(other.ink):
            yield f"{one.said[:30]!r} and {other.said[:30]!r} overlap"
    for text in now.texts:
        for target in now.targets:
            if text.ink.intersects(target.shown) and not _within(text.item, target.item):
                yield f"{text.said[:30]!r} lies on {target.name!r}"


def _within(item: QQuickItem, ancestor: QQuickItem) -> bool:
    parent = item
    while parent is not None:
        if parent == ancestor:
            return True
        parent = parent.parentItem()
    return False


def _inside(canvas: QRectF, box: QRectF) -> bool:
    return canvas.adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(box)


def _gap(one: QRectF, other: QRectF) -> float:
    across = max(one.left() - other.right(), other.left() - one.right())
    down = max(one.top() - other.bottom(), other.top() - one.bottom())
    return max(across, down)
