"""Every screen from "who" to "booking" in the real window: no warnings, right events, names, sizes, nothing clipped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
import visit_states as vs
from conftest import Kiosk, centre, visible_items
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QPointingDevice
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.domain.dialogue import events as ev
from kiosk.domain.dialogue import spoken
from kiosk.domain.findings import Findings, Status
from kiosk.domain.knowledge import Level
from kiosk.domain.language import Language
from kiosk.domain.patient import Sex
from kiosk.domain.visit import Screen, Speech, State
from kiosk.ui.line_breaks import plain

LEAST = 84
GAP = 12
AT = 100.0

SCREENS = (
    Screen.WHO,
    Screen.CARD,
    Screen.PAPERS,
    Screen.DOCUMENT,
    Screen.PHONE,
    Screen.BIRTH,
    Screen.AGE,
    Screen.SEX,
    Screen.COMPLAINT,
    Screen.TYPING,
    Screen.PICK,
    Screen.CONFIRM,
    Screen.QUESTION,
    Screen.SUMMARY,
    Screen.RESULT,
    Screen.BOOKING,
)


def special_states(language: Language) -> Iterator[State]:
    """What goes wrong or is not usual."""
    yield vs.at(Screen.PHONE, language, phone="", input_problem="phone")
    yield vs.at(Screen.COMPLAINT, language, speech=Speech.OFF)
    yield vs.at(Screen.COMPLAINT, language, speech=Speech.LISTENING, live_words=vs.QUOTE.in_language(language) * 2)
    yield vs.at(Screen.COMPLAINT, language, misheard=2, input_problem="not_heard")
    yield vs.at(Screen.PICK, language, input_problem="pick")
    yield vs.at(Screen.CONFIRM, language, findings=Findings(), heard=vs.QUOTE.in_language(language) * 8)
    yield vs.at(Screen.QUESTION, language, speech=Speech.LISTENING, live_words="not sure")
    yield vs.at(Screen.QUESTION, language, input_problem="not_heard")
    yield vs.at(Screen.RESULT, language, assessment=replace(vs.ASSESSMENT, staff_check=True, level=Level.III))
    yield vs.at(Screen.BOOKING, language, offer=None)
    yield vs.at(Screen.BOOKING, language, offer=replace(vs.OFFER, slots=()))
    yield vs.at(Screen.BOOKING, language, his_up=False, lost_slot=vs.TIMES[0])
    yield vs.at(Screen.BOOKING, language, slot=vs.TIMES[1], booking=True)


def all_states(language: Language) -> Iterator[State]:
    yield from (vs.at(screen, language) for screen in SCREENS)
    yield from special_states(language)


def press_by_mouse(kiosk: Kiosk, name: str) -> None:
    QTest.mouseClick(kiosk.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, centre(kiosk.find(name)))


@cache
def touch_screen() -> QPointingDevice:
    return QTest.createTouchDevice()


def press_by_touch(kiosk: Kiosk, name: str) -> None:
    finger = QTest.touchEvent(kiosk.window, touch_screen(), False)
    point = centre(kiosk.find(name))
    finger.press(0, point, kiosk.window)
    finger.commit()
    finger.release(0, point, kiosk.window)
    finger.commit()


def type_keys(kiosk: Kiosk, keys: str) -> None:
    for key in keys:
        QTest.keyClick(kiosk.window, key)


def without_touches(events: list[ev.Event]) -> list[ev.Event]:
    return [event for event in events if not isinstance(event, ev.Touched)]


PRESSES = [
    (Screen.WHO, {}, "withPhone", ev.WithPhone(at=AT)),
    (Screen.WHO, {}, "withoutName", ev.WithoutName(at=AT)),
    (Screen.PHONE, {}, "next", ev.Next(at=AT)),
    (Screen.PHONE, {}, "skip", ev.WithoutName(at=AT)),
    (Screen.AGE, {}, "next", ev.Next(at=AT)),
    (Screen.SEX, {}, "sex_female", ev.SexChosen(at=AT, sex=Sex.FEMALE)),
    (Screen.SEX, {}, "sex_", ev.SexChosen(at=AT, sex=None)),
    (Screen.COMPLAINT, {}, "tile_joints", ev.ComplaintPicked(at=AT, code="joints")),
    (Screen.COMPLAINT, {}, "type", ev.TypingOpened(at=AT)),
    (Screen.TYPING, {"heard": "knee"}, "key_done", ev.Typed(at=AT, text="knee")),
    (Screen.PICK, {}, "pick_knee_pain", ev.FindingTapped(at=AT, code="knee_pain")),
    (Screen.PICK, {}, "next", ev.Next(at=AT)),
    (Screen.CONFIRM, {}, "chip_fall", ev.FindingTapped(at=AT, code="fall")),
    (Screen.CONFIRM, {}, "confirm", ev.Confirmed(at=AT)),
    (Screen.CONFIRM, {}, "edit", ev.TypingOpened(at=AT)),
    (Screen.CONFIRM, {}, "sayAgain", ev.SayAgain(at=AT)),
    (Screen.SUMMARY, {}, "next", ev.Next(at=AT)),
    (Screen.SUMMARY, {}, "change", ev.SayAgain(at=AT)),
    (Screen.RESULT, {}, "door_rheumatology", ev.DepartmentChosen(at=AT, code="rheumatology")),
    (Screen.RESULT, {}, "chooseBest", ev.DepartmentChosen(at=AT, code="orthopaedics")),
    (Screen.RESULT, {}, "askNurse", ev.NurseCalled(at=AT)),
    (Screen.BOOKING, {}, "time_zhou-1020", ev.SlotChosen(at=AT, slot=vs.TIMES[1])),
    (
        Screen.BOOKING,
        {"slot": vs.TIMES[1]},
        "book",
        ev.BookingAccepted(at=AT, walk_in=False, wall=vs.WALL),
    ),
    (Screen.BOOKING, {}, "walkIn", ev.BookingAccepted(at=AT, walk_in=True, wall=vs.WALL)),
]


@pytest.mark.parametrize("press", [press_by_mouse, press_by_touch])
def test_every_button_sends_its_event(kiosk: Kiosk, press) -> None:
    for screen, changes, name, expected in PRESSES:
        kiosk.show(vs.at(screen, Language.EN, **changes))
        kiosk.sent.clear()
        press(kiosk, name)
        kiosk.settle()
        assert without_touches(kiosk.sent) == [expected], (screen, name)


@pytest.mark.parametrize("press", [press_by_mouse, press_by_touch])
@pytest.mark.parametrize("status", list(Status))
def test_an_answer_is_shown_and_then_sent(kiosk: Kiosk, qtbot, press, status: Status) -> None:
    kiosk.show(vs.at(Screen.QUESTION, Language.EN))
    kiosk.sent.clear()
    press(kiosk, f"answer_{status}")
    qtbot.waitUntil(lambda: bool(without_touches(kiosk.sent)))
    assert without_touches(kiosk.sent) == [ev.Answered(at=AT, code="stiffness", status=status)]
    assert kiosk.find(f"answer_{status}").property("chosen") is True


def test_answers_stand_in_their_order(kiosk: Kiosk) -> None:
    kiosk.show(vs.at(Screen.QUESTION, Language.EN))
    heights = [centre(kiosk.find(f"answer_{status}")).y() for status in ("present", "absent", "unsure")]
    assert heights == sorted(heights)


@pytest.mark.parametrize("screen", [Screen.COMPLAINT, Screen.QUESTION])
def test_hold_to_talk_and_let_go(kiosk: Kiosk, screen: Screen) -> None:
    kiosk.show(vs.at(screen, Language.EN))
    assert kiosk.find("talk").setProperty("holdMs", 0)
    kiosk.sent.clear()
    point = centre(kiosk.find("talk"))
    QTest.mousePress(kiosk.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    assert without_touches(kiosk.sent) == [ev.TalkPressed(at=AT)]
    kiosk.show(vs.at(screen, Language.EN, speech=Speech.LISTENING))
    QTest.mouseRelease(kiosk.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    assert without_touches(kiosk.sent) == [ev.TalkPressed(at=AT), ev.TalkReleased(at=AT)]


@pytest.mark.parametrize("screen", [Screen.COMPLAINT, Screen.QUESTION])
def test_tap_talk_and_tap_again(kiosk: Kiosk, screen: Screen) -> None:
    kiosk.show(vs.at(screen, Language.EN))
    assert kiosk.find("talk").setProperty("holdMs", 60_000)
    kiosk.sent.clear()
    press_by_touch(kiosk, "talk")
    assert without_touches(kiosk.sent) == [ev.TalkPressed(at=AT), ev.TalkTapped(at=AT)]
    kiosk.show(vs.at(screen, Language.EN, speech=Speech.LISTENING))
    press_by_touch(kiosk, "talk")
    assert without_touches(kiosk.sent) == [ev.TalkPressed(at=AT), ev.TalkTapped(at=AT), ev.TalkReleased(at=AT)]


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)])
@pytest.mark.parametrize("screen", sorted(spoken.CLOSED - {Screen.QUESTION}))
def test_every_other_page_that_can_be_answered_shares_one_button_to_talk(
    kiosk: Kiosk, screen: Screen, size: tuple[int, int]
) -> None:
    kiosk.resize(*size)
    kiosk.show(vs.at(screen, Language.EN))
    assert kiosk.find("say").setProperty("holdMs", 60_000)
    kiosk.sent.clear()
    press_by_touch(kiosk, "say")
    assert without_touches(kiosk.sent) == [ev.TalkPressed(at=AT), ev.TalkTapped(at=AT)]
    kiosk.show(vs.at(screen, Language.EN, speech=Speech.LISTENING, live_words="the second one"))
    assert plain(kiosk.find("say").property("text")) == "the second one"
    press_by_touch(kiosk, "say")
    assert without_touches(kiosk.sent)[-1] == ev.TalkReleased(at=AT)


@pytest.mark.parametrize("screen", [Screen.ATTRACT, Screen.CONSENT, Screen.COMPLAINT, Screen.QUESTION, Screen.NURSE])
def test_there_is_no_second_button_to_talk_and_none_before_consent(kiosk: Kiosk, screen: Screen) -> None:
    kiosk.show(vs.at(screen))
    with pytest.raises(LookupError):
        kiosk.find("say")


def test_why_nothing_was_heard_stands_where_one_talks(kiosk: Kiosk) -> None:
    kiosk.show(vs.at(Screen.SEX, Language.EN, input_problem="silence", misheard=1))
    assert plain(kiosk.find("say").property("text")) == "I heard nothing. Say it louder, or tap."


@pytest.mark.parametrize("screen", [Screen.COMPLAINT, Screen.QUESTION])
def test_no_talk_button_without_speech(kiosk: Kiosk, screen: Screen) -> None:
    kiosk.show(vs.at(screen, speech=Speech.OFF))
    with pytest.raises(LookupError):
        kiosk.find("talk")


def test_live_words_are_shown(kiosk: Kiosk) -> None:
    kiosk.show(vs.at(Screen.COMPLAINT, speech=Speech.LISTENING, live_words="我膝盖疼"))
    assert kiosk.find("liveWords").property("text") == "我膝盖疼…"


def test_more_shows_the_other_complaints(kiosk: Kiosk) -> None:
    kiosk.show(vs.at(Screen.COMPLAINT))
    press_by_mouse(kiosk, "more")
    kiosk.settle()
    assert kiosk.find("tile_ear")
    with pytest.raises(LookupError):
        kiosk.find("tile_chest")


def test_pads_take_touches_and_a_real_keyboard(kiosk: Kiosk) -> None:
    kiosk.show(vs.at(Screen.PHONE))
    kiosk.sent.clear()
    type_keys(kiosk, "1")
    QTest.keyClick(kiosk.window, Qt.Key.Key_Backspace)
    QTest.keyClick(kiosk.window, Qt.Key.Key_Return)
    assert without_touches(kiosk.sent) == [ev.Keyed(at=AT, digit="1"), ev.Keyed(at=AT, digit=""), ev.Next(at=AT)]


def test_typing_with_a_real_keyboard(kiosk: Kiosk) -> None:
    kiosk.show(vs.at(Screen.TYPING, heard=""))
    kiosk.sent.clear()
    type_keys(kiosk, "xigaiteng ")
    type_keys(kiosk, "x")
    QTest.keyClick(kiosk.window, Qt.Key.Key_Backspace)
    QTest.keyClick(kiosk.window, Qt.Key.Key_Return)
    assert without_touches(kiosk.sent) == [ev.Typed(at=AT, text="膝盖疼")]


def test_typing_by_touch(kiosk: Kiosk) -> None:
    kiosk.show(vs.at(Screen.TYPING, heard=""))
    kiosk.sent.clear()
    for letter in "xigaiteng":
        press_by_touch(kiosk, f"key_{letter}")
    kiosk.settle()
    press_by_touch(kiosk, "candidate_0")
    press_by_touch(kiosk, "key_digits")
    kiosk.settle()
    press_by_touch(kiosk, "key_3")
    press_by_touch(kiosk, "key_delete")
    press_by_touch(kiosk, "key_done")
    assert without_touches(kiosk.sent) == [ev.Typed(at=AT, text="膝盖疼")]


def test_a_letter_becomes_english_after_the_language_key(kiosk: Kiosk) -> None:
    kiosk.show(vs.at(Screen.TYPING, heard=""))
    press_by_mouse(kiosk, "key_language")
    kiosk.settle()
    press_by_mouse(kiosk, "key_k")
    kiosk.settle()
    assert kiosk.find("written").property("text").startswith("k<")


def test_what_is_typed_is_never_read_as_markup(kiosk: Kiosk) -> None:
    kiosk.show(vs.at(Screen.TYPING, heard="<b>&"))
    assert kiosk.find("written").property("text").startswith("&lt;b>&amp;<")


def test_more_doctors_come_in_turn(kiosk: Kiosk) -> None:
    kiosk.show(vs.at(Screen.BOOKING))
    press_by_mouse(kiosk, "moreDoctors")
    kiosk.settle()
    assert kiosk.find("time_li-1300")
    press_by_mouse(kiosk, "moreDoctors")
    kiosk.settle()
    assert kiosk.find("time_zhou-1010")


def test_a_full_time_cannot_be_chosen(kiosk: Kiosk) -> None:
    kiosk.show(vs.at(Screen.BOOKING))
    kiosk.sent.clear()
    press_by_mouse(kiosk, "time_he-1000")
    assert without_touches(kiosk.sent) == []


def test_while_the_visit_is_stored_nothing_can_be_booked_again(kiosk: Kiosk) -> None:
    kiosk.show(vs.at(Screen.BOOKING, slot=vs.TIMES[1], booking=True))
    kiosk.sent.clear()
    press_by_mouse(kiosk, "book")
    press_by_mouse(kiosk, "walkIn")
    assert without_touches(kiosk.sent) == []


@pytest.mark.parametrize(("changes", "name"), [({"his_up": False}, "hisDown"), ({"lost_slot": vs.TIMES[0]}, "lost")])
def test_booking_notices(kiosk: Kiosk, changes: dict[str, object], name: str) -> None:
    kiosk.show(vs.at(Screen.BOOKING, **changes))
    assert kiosk.find(name)


def test_a_nurse_comes_first_when_an_answer_left_danger_open(kiosk: Kiosk) -> None:
    kiosk.show(vs.at(Screen.RESULT, assessment=replace(vs.ASSESSMENT, staff_check=True)))
    assert kiosk.find("staffCheck")
    assert (kiosk.find("askNurse").property("kind"), kiosk.find("chooseBest").property("kind")) == (
        "primary",
        "secondary",
    )


def controls(kiosk: Kiosk) -> list[QQuickItem]:
    """Everything that can be pressed now."""
    return [
        item
        for item in visible_items(kiosk.window.contentItem())
        if item.property("keyDown") is not None and not item.property("off")
    ]


def name_of(item: QQuickItem) -> str:
    interface = QAccessible.queryAccessibleInterface(item)
    return interface.text(QAccessible.Text.Name) if interface else ""


@pytest.fixture
def accessibility() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.mark.usefixtures("accessibility")
def test_a_screen_reader_can_press_and_talk(kiosk: Kiosk) -> None:
    kiosk.show(vs.at(Screen.COMPLAINT))
    kiosk.sent.clear()
    for name in ("tile_skin", "talk"):
        QAccessible.queryAccessibleInterface(kiosk.find(name)).actionInterface().doAction("Press")
    assert without_touches(kiosk.sent) == [
        ev.ComplaintPicked(at=AT, code="skin"),
        ev.TalkPressed(at=AT),
        ev.TalkTapped(at=AT),
    ]
