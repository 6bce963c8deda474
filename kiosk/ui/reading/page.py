"""What is on the screen, taken from the accessibility tree: the one source of everything that is read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.ui.line_breaks import plain

HEADER = "header"
"""Object name of the item that holds who we are and how far the visit is."""


class Kind(StrEnum):
    HEADING = "heading"
    TEXT = "text"
    CHOICE = "choice"


class Area(StrEnum):
    HEADER = "header"
    PAGE = "page"
    HELPERS = "helpers"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing on the screen. `more` explains it; `open` True or False overrules whether the lobby may hear it;
    `quiet` keys of a keyboard are said only where the focus is."""

    kind: Kind
    words: str
    more: str = ""
    area: Area = Area.PAGE
    chosen: bool = False
    open: bool | None = None
    quiet: bool = False
    figure: int | None = None
    """The number that this choice is, where figures answer instead of counting the choices."""
    item: QQuickItem | None = None


_KINDS = {
    QAccessible.Role.Heading: Kind.HEADING,
    QAccessible.Role.StaticText: Kind.TEXT,
    QAccessible.Role.ProgressBar: Kind.TEXT,
    QAccessible.Role.Graphic: Kind.TEXT,
    QAccessible.Role.Button: Kind.CHOICE,
    QAccessible.Role.RadioButton: Kind.CHOICE,
    QAccessible.Role.CheckBox: Kind.CHOICE,
    QAccessible.Role.ListItem: Kind.CHOICE,
    QAccessible.Role.Slider: Kind.CHOICE,
}


def parts_of(window: QQuickWindow) -> list[Part]:
    """Everything visible in the order of the focus."""
    root = QAccessible.queryAccessibleInterface(window)
    return list(_walk(root, Area.PAGE)) if root is not None else []


def press(part: Part) -> None:
    """As a finger would."""
    if part.item is None:
        return
    told = QAccessible.queryAccessibleInterface(part.item)
    action = told.actionInterface() if told is not None else None
    if action is not None:
        action.doAction("Press")


def _walk(node: QAccessibleInterface, area: Area) -> Iterator[Part]:
    for place in range(node.childCount()):
        child = node.child(place)
        if child is None:
            continue
        inner = Area.HELPERS if child.role() == QAccessible.Role.ToolBar else area
        part = _part(child, inner)
        if part is not None:
            yield part
        yield from _walk(child, inner)


def _part(node: QAccessibleInterface, area: Area) -> Part | None:
    kind = _KINDS.get(node.role())
    words = plain(node.text(QAccessible.Text.Name))
    item = node.object()
    state = node.state()
    if kind is None or not words or state.invisible or not isinstance(item, QQuickItem) or item.opacity() == 0:  # type: ignore[attr-defined]
        return None
    if kind is Kind.CHOICE and not item.activeFocusOnTab():
        kind = Kind.TEXT
    inside, is_open = _surroundings(item)
    return Part(
        kind,
        words,
        plain(node.text(QAccessible.Text.Description)),
        inside or area,
        bool(state.checked),  # type: ignore[attr-defined]
        is_open,
        item.property("quiet") is True,
        _figure(item),
        item,
    )


def _figure(item: QQuickItem) -> int | None:
    figure = item.property("figure")
    return figure if type(figure) is int and figure >= 0 else None


def _surroundings(item: QQuickItem) -> tuple[Area | None, bool | None]:
    """Whether it stands in the header, and the nearest word on who may hear it."""
    area, is_open = None, None
    while item is not None:
        if is_open is None and item.property("personal") is True:
            is_open = False
        if is_open is None and item.property("openWords") is True:
            is_open = True
        if item.objectName() == HEADER:
            area = Area.HEADER
        item = item.parentItem()
    return area, is_open
