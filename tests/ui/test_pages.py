"""The pages of the frame: what they send and what the slip shows."""

from __future__ import annotations

import re
from dataclasses import replace

from conftest import QML, Kiosk, centre, visible_items
from kiosk_states import DONE, VISIT, WALL, at
from PySide6.QtCore import Qt
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


def test_only_txt_draws_text_and_draws_it_plain() -> None:
    """Words of patients, models and hospitals are never markup."""
    text = re.compile(r"\bText(Edit|Area|Input|Field)?\s*\{")
    drawn = {file.name for file in QML.rglob("*.qml") if text.search(file.read_text(encoding="utf-8"))}
    assert drawn <= {"Txt.qml"}
    assert "textFormat: Text.PlainText" in (QML / "Daozhen" / "Controls" / "Txt.qml").read_text()


def texts(kiosk: Kiosk) -> list[str]:
    items = visible_items(kiosk.window.contentItem())
    return [item.property("text") for item in items if item.inherits("QQuickText") and item.property("text")]


def _source(item: QQuickItem) -> str:
    source = item.property("source")
    return source.toString() if source is not None else ""
