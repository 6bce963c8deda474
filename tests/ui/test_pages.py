"""The pages of the frame: what they send, what the slip shows, and the rules every page keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from conftest import QML, Kiosk, centre, visible_items
from kiosk_states import DONE, VISIT, WALL, at
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.domain.dialogue.events import ConsentGiven, ConsentRefused, Ended, NurseArrived, SlipTaken, Started, Touched
from kiosk.domain.errors import PrinterProblem
from kiosk.domain.language import Language
from kiosk.domain.visit import Delivery, DeskReason, Screen, Speech

FAILED = replace(DONE, delivery=Delivery.FAILED, print_problem=PrinterProblem.PAPER_OUT)
PAGES = {
    "attract": at(Screen.ATTRACT, printer_up=False),
    "consent": at(Screen.CONSENT),
    "emergency": at(Screen.EMERGENCY, checked_in=VISIT),
    "nurse": at(Screen.NURSE, nurse_called=True),
    "desk": at(Screen.DESK, desk_reason=DeskReason.STORE_FULL),
    "slip": replace(DONE, nurse_called=True),
    "failed": FAILED,
    "farewell": at(Screen.FAREWELL),
    "idle": at(Screen.CONSENT, warned_at=96.0),
}
TARGET = 84
GAP = 12
REACH_DP = 460 * 4.034


def press(kiosk: Kiosk, name: str) -> list[object]:
    """Events that a click on this item sent, without the touch itself."""
    kiosk.sent.clear()
    point = centre(kiosk.find(name))
    QTest.mouseClick(kiosk.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    return [event for event in kiosk.sent if not isinstance(event, Touched)]


def test_start_begins_a_visit_of_today_with_a_new_id(kiosk: Kiosk) -> None:
    first, second = press(kiosk, "start")[0], press(kiosk, "start")[0]
    assert isinstance(first, Started)
    assert isinstance(second, Started)
    assert first.today == WALL.date()
    assert len(first.visit_id) == 36
    assert first.visit_id != second.visit_id


def test_the_pages_send_what_the_patient_chose(kiosk: Kiosk) -> None:
    kiosk.show(PAGES["consent"])
    assert press(kiosk, "agree") == [ConsentGiven(at=100.0, wall=WALL)]
    assert press(kiosk, "refuse") == [ConsentRefused(at=100.0)]
    kiosk.show(PAGES["emergency"])
    assert press(kiosk, "nurseArrived") == [NurseArrived(at=100.0)]
    kiosk.show(PAGES["nurse"])
    assert press(kiosk, "handOverAction") == [NurseArrived(at=100.0)]
    kiosk.show(PAGES["desk"])
    assert press(kiosk, "handOverAction") == [Ended(at=100.0)]
    kiosk.show(PAGES["slip"])
    assert press(kiosk, "slipMissing") == [SlipTaken(at=100.0, taken=False)]
    assert press(kiosk, "slipTaken") == [SlipTaken(at=100.0, taken=True)]


def test_without_a_microphone_nobody_is_told_to_speak(kiosk: Kiosk) -> None:
    kiosk.show(at(Screen.ATTRACT, speech=Speech.OFF, language=Language.EN))
    said = " ".join(texts(kiosk))
    assert "Say it" not in said
    assert "Tap what is wrong" in said


def test_a_failed_slip_shows_number_and_code_and_asks_for_a_photograph(kiosk: Kiosk) -> None:
    kiosk.show(replace(FAILED, language=Language.EN))
    said = texts(kiosk)
    assert "骨 027" in said
    assert "No paper. Please photograph this code." in said
    code = next(item for item in visible_items(kiosk.window.contentItem()) if _source(item).startswith("image://qr/"))
    assert code.implicitWidth() > 0
    assert code.width() * code.parentItem().scale() >= 25 * 4.034


def test_nothing_of_the_patient_stays_in_pages_that_are_not_shown(kiosk: Kiosk) -> None:
    kiosk.show(DONE)
    slip = kiosk.screens.initial_properties()["slip"]
    assert slip.number == "骨 027"
    kiosk.show(at(Screen.FAREWELL))
    assert (slip.number, slip.code, slip.department) == ("", "", "")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("looks", ["plain", "big", "low", "landscape", "landscape big"])
def test_every_page_keeps_the_rules(kiosk: Kiosk, language: Language, looks: str) -> None:
    if "landscape" in looks:
        kiosk.resize(1280, 720)
    if "big" in looks:
        kiosk.screens.appearance.nextTextSize()
    if "low" in looks:
        kiosk.screens.appearance.toggleLow()
    found = []
    for name, state in PAGES.items():
        kiosk.show(replace(state, language=language))
        found += [f"{name}: {problem}" for problem in problems(kiosk)]
    assert found == []


def test_only_txt_draws_text_and_draws_it_plain() -> None:
    """Words of patients, models and hospitals are never markup."""
    text = re.compile(r"\bText(Edit|Area|Input|Field)?\s*\{")
    drawn = {file.name for file in QML.rglob("*.qml") if text.search(file.read_text(encoding="utf-8"))}
    assert drawn <= {"Txt.qml"}
    assert "textFormat: Text.PlainText" in (QML / "Daozhen" / "Controls" / "Txt.qml").read_text()


def problems(kiosk: Kiosk) -> Iterator[str]:
    """What is against the rules of this page: targets, gaps, reach, text that fits, is readable and told."""
    QAccessible.setActive(True)
    k = kiosk.find_scale()
    canvas = QRectF(0, 0, kiosk.window.width() / k, kiosk.window.height() / k)
    targets: list[QRectF] = []
    for item in visible_items(kiosk.window.contentItem()):
        box = item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))
        box = QRectF(box.x() / k, box.y() / k, box.width() / k, box.height() / k)
        if item.property("keyDown") is not None and not item.property("off"):
            yield from _target_problems(item, box, targets, canvas)
            targets.append(box)
        if item.inherits("QQuickText") and item.property("text"):
            yield from _text_problems(item, box, canvas)


def _target_problems(item: QQuickItem, box: QRectF, others: list[QRectF], canvas: QRectF) -> Iterator[str]:
    name = item.property("text")
    if min(box.width(), box.height()) < TARGET:
        yield f"{name!r} is too small to touch: {box.width():.0f} x {box.height():.0f} dp"
    if canvas.height() - box.top() > REACH_DP:
        yield f"{name!r} is out of reach"
    if not canvas.contains(box):
        yield f"{name!r} leaves the screen"
    for other in others:
        across = max(box.left() - other.right(), other.left() - box.right())
        down = max(box.top() - other.bottom(), other.top() - box.bottom())
        if max(across, down) < GAP - 0.5:
            yield f"{name!r} is too near to its neighbour: {max(across, down):.0f} dp"


def _text_problems(item: QQuickItem, box: QRectF, canvas: QRectF) -> Iterator[str]:
    text = item.property("text")
    if item.property("contentWidth") > item.width() + 1 or not canvas.adjusted(-1, -1, 1, 1).contains(box):
        yield f"{text!r} does not fit"
    if item.property("font").pixelSize() < 28:
        yield f"{text!r} is too small to read"
    if not _told(item, text):
        yield f"{text!r} is missing from the accessibility tree"


def _told(item: QQuickItem, text: str) -> bool:
    """The text itself, or the control or picture it stands in, is told to assistive technology."""
    while item is not None:
        told = QAccessible.queryAccessibleInterface(item)
        if told is not None and told.role() != QAccessible.Role.NoRole:
            words = told.text(QAccessible.Text.Name) + told.text(QAccessible.Text.Description)
            if text in words or told.role() == QAccessible.Role.ProgressBar:
                return True
        item = item.parentItem()
    return False


def texts(kiosk: Kiosk) -> list[str]:
    items = visible_items(kiosk.window.contentItem())
    return [item.property("text") for item in items if item.inherits("QQuickText") and item.property("text")]


def _source(item: QQuickItem) -> str:
    source = item.property("source")
    return source.toString() if source is not None else ""
