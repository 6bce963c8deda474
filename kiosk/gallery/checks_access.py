"""What a screen reader and a keyboard need: names, roles, a way to every control, a focus that is seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem
from shiboken6 import getCppPointer

from kiosk.gallery.checks import Seen, scene
from kiosk.gallery.stage import Stage, evaluate, place, visible_items
from kiosk.ui.line_breaks import plain

_DOCK = "dock"
_STEPS = "step"
_TALK = "say"
"""In the header of a low and wide screen, and yet after the choices, which keep the first numbers of the keypad."""
_LONGEST_CHAIN = 200


def access_problems(stage: Stage) -> list[str]:
    """Of what the stage shows now. The window has to be active; the focus ends on the page itself."""
    QAccessible.setActive(True)
    now = scene(stage.window, stage.scale)
    # A wrapper that goes takes the wrappers of the items below it along: they are all kept until the end.
    items = list(visible_items(stage.window.contentItem()))
    found = [problem for text in now.texts for problem in _untold(text)]
    found += [problem for target in now.targets for problem in _unnamed(target)]
    chain = focus_chain(items)
    found += _unreached(now.targets, chain)
    found += _out_of_order(chain)
    found += _unseen_focus(stage, chain)
    return found


def focus_chain(items: Sequence[QQuickItem]) -> list[QQuickItem]:
    """The controls in the order in which Tab reaches them, from the top of the page."""
    known = {_address(item): item for item in items}
    canvas = next(item for item in known.values() if item.property("fit"))
    canvas.forceActiveFocus()
    here, found = canvas, [_address(canvas)]
    while len(found) < _LONGEST_CHAIN:
        following = _address(_next_in_focus(here))
        if following in found or following not in known:
            break
        found.append(following)
        here = known[following]
    return [known[address] for address in found if known[address].property("keyDown") is not None]


def _next_in_focus(item: QQuickItem) -> QQuickItem:
    # PySide takes what its own nextItemInFocusChain returns for a child of the item: the collector then deletes it.
    following: QQuickItem = evaluate(item, "nextItemInFocusChain(true)")
    return following


def _address(item: QQuickItem) -> int:
    return int(getCppPointer(item)[0])


def _untold(text: Seen) -> Iterator[str]:
    said = plain(str(text.item.property("text")))
    if not _told(text.item, said):
        yield f"{said!r} is missing from the accessibility tree"


def _told(item: QQuickItem | None, text: str) -> bool:
    """The text itself, or the control or picture it stands in, is told to assistive technology."""
    while item is not None:
        told = QAccessible.queryAccessibleInterface(item)
        if told is not None and told.role() != QAccessible.Role.NoRole:
            words = plain(told.text(QAccessible.Text.Name) + told.text(QAccessible.Text.Description))
            if text in words or (told.role() in (QAccessible.Role.ProgressBar, QAccessible.Role.Button) and words):
                return True
            # What is typed is told without its markup.
            if item.objectName() == "written":
                return True
        item = item.parentItem()
    return False


def _unnamed(target: Seen) -> Iterator[str]:
    told = QAccessible.queryAccessibleInterface(target.item)
    if told is None or told.role() == QAccessible.Role.NoRole:
        yield f"{target.name!r} has no role"
    elif not told.text(QAccessible.Text.Name):
        yield f"{target.name!r} has no name"


def _unreached(targets: tuple[Seen, ...], chain: list[QQuickItem]) -> list[str]:
    reached = {_address(item) for item in chain}
    return [f"{target.name!r} cannot be reached with Tab" for target in targets if _address(target.item) not in reached]


def _out_of_order(chain: list[QQuickItem]) -> Iterator[str]:
    """Top to bottom, a second column after the first, the dock last."""
    names = [item.objectName() for item in chain]
    docked = [name.startswith(_DOCK) for name in names]
    if docked != sorted(docked):
        yield f"the dock is not the last to be reached: {names}"
    ordered = [item for item in chain if item.objectName() != _TALK]
    content = [item for item in ordered if not item.objectName().startswith((_DOCK, _STEPS))]
    for one, other in pairwise(content):
        first, second = place(one), place(other)
        beside = second.left() >= first.right() or second.right() <= first.left()
        if second.bottom() <= first.top() and not beside:
            yield f"{other.objectName()!r} stands above {one.objectName()!r} and is reached after it"


def _unseen_focus(stage: Stage, chain: list[QQuickItem]) -> Iterator[str]:
    for item in chain:
        item.forceActiveFocus(Qt.FocusReason.TabFocusReason)
        if not item.hasActiveFocus():
            yield f"{item.objectName()!r} takes no focus"
        elif not any(child.inherits("QQuickRectangle") and child.property("on") for child in visible_items(item)):
            yield f"the focus on {item.objectName()!r} is not seen"
    if any(item.objectName().startswith(_STEPS) for item in chain):
        yield from _focus_off_the_step(stage, chain)


def _focus_off_the_step(stage: Stage, chain: list[QQuickItem]) -> Iterator[str]:
    """A page shown in steps follows the focus."""
    for item in chain:
        if item.objectName().startswith((_DOCK, _STEPS)):
            continue
        item.forceActiveFocus(Qt.FocusReason.TabFocusReason)
        stage.settle()
        seen = next((target for target in scene(stage.window, stage.scale).targets if target.item == item), None)
        if seen is None or not seen.whole:
            yield f"{item.objectName()!r} has the focus and is on another step"
