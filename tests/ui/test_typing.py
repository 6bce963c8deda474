"""Typing what is wrong: cursor, deleting and bringing back, capitals, pages, bursts, and nothing that stays behind."""

from __future__ import annotations

import string
import time
from collections.abc import Sequence

import pytest
import visit_states as vs
from conftest import Kiosk, centre
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest

from kiosk.adapters.pinyin import Candidate, Completion
from kiosk.domain.dialogue.events import Event, Touched, Typed
from kiosk.domain.language import Language
from kiosk.domain.visit import Screen
from kiosk.ui.viewmodels import draft as d
from kiosk.ui.viewmodels import writing
from kiosk.ui.viewmodels.draft import Draft, Shift
from kiosk.ui.viewmodels.writing_help import NoHelp

QUICK_S = 2.0


class ManyWords(NoHelp):
    """Twenty words for any letters; remembers whether it was told to forget."""

    forgot = 0

    def candidates(self, letters: str) -> Sequence[Candidate]:
        return [Candidate(f"词{number}", len(letters)) for number in range(20)]

    def forget(self) -> None:
        self.forgot += 1


class Clock:
    now = 7.0

    def __call__(self) -> float:
        return self.now


class Desk:
    """The typing screen with a clock in the hand."""

    def __init__(self, language: Language = Language.ZH, heard: str = "") -> None:
        self.sent: list[Event] = []
        self.clock = Clock()
        self.words = ManyWords()
        self.vm = writing.TypingViewModel(self.sent.append, self.clock, lambda: vs.WALL, help_=self.words)
        self.vm.show(vs.inputs(vs.at(Screen.TYPING, language, heard=heard)))

    def type(self, keys: str, every_s: float = 0.2) -> None:
        for key in keys:
            self.clock.now += every_s
            self.vm.key(key)


@pytest.mark.parametrize(
    ("letters", "left"),
    [
        ("fashao", "fa"),
        ("touteng", "tou"),
        ("shuang", ""),
        ("xiong", ""),
        ("toutengt", "touteng"),
        ("wozhi", "wo"),
        ("erduo", "er"),
        ("tou'an", "tou'"),
        ("tou'", ""),
        ("t", ""),
    ],
)
def test_a_syllable_is_deleted_at_once(letters: str, left: str) -> None:
    assert d.erased_syllable(Draft(letters=letters)).letters == left


def test_without_letters_a_character_or_a_latin_word_is_deleted() -> None:
    assert d.erased_syllable(Draft(text="头疼")).text == "头"
    assert d.erased_syllable(Draft(text="my knee hurts ", chinese=False)).text == "my knee "
    assert d.erased_syllable(Draft()) == Draft()


def test_the_cursor_moves_writes_and_deletes_in_the_middle() -> None:
    draft = d.moved(Draft(text="头疼三天"), -2, NoHelp())
    assert (draft.text, draft.after) == ("头疼", "三天")
    assert d.keyed(draft, "，", NoHelp()).text == "头疼，"
    assert d.erased(draft).text + draft.after == "头三天"
    assert d.erased_after(draft).after == "天"
    assert d.moved(draft, -9999, NoHelp()).text == ""
    assert d.moved(draft, 9999, NoHelp()).after == ""


def test_the_cursor_first_settles_waiting_letters() -> None:
    draft = d.moved(Draft(letters="ci"), -1, ManyWords())
    assert (draft.text, draft.letters, draft.after) == ("词", "", "0")


def test_shift_is_for_one_letter_and_a_second_time_for_all() -> None:
    draft = Draft(chinese=False, shift=Shift.ONCE)
    assert d.keyed(draft, "K", NoHelp()).shift is Shift.OFF
    locked = d.shifted(draft)
    assert d.keyed(locked, "K", NoHelp()).shift is Shift.LOCKED
    assert d.shifted(locked).shift is Shift.OFF


def test_delete_all_can_be_taken_back_until_something_is_written() -> None:
    desk = Desk(heard="头疼三天了")
    desk.vm.move(-2)
    desk.vm.deleteAll()
    assert (desk.vm.text, desk.vm.canUndo, desk.vm.canDeleteAll) == ("", True, False)
    desk.vm.undo()
    assert (desk.vm.text, desk.vm.after, desk.vm.canUndo) == ("头疼三", "天了", False)
    desk.vm.deleteAll()
    desk.type("x")
    desk.vm.erase()
    assert not desk.vm.canUndo


def test_pages_of_words_go_on_and_back_and_begin_again() -> None:
    desk = Desk()
    desk.type("ci")
    seen = [word["text"] for word in desk.vm.candidates]
    assert (len(seen), desk.vm.firstCandidate, desk.vm.moreCandidates) == (writing.PAGE, 0, True)
    desk.vm.nextPage(5)
    assert desk.vm.candidates[0]["text"] == "词5"
    desk.vm.choose(1)
    assert desk.vm.text == "词6"
    desk.type("ci")
    desk.vm.nextPage(8)
    desk.vm.nextPage(8)
    desk.vm.previousPage()
    assert desk.vm.firstCandidate == 8
    desk.vm.nextPage(8)
    desk.vm.nextPage(8)
    assert desk.vm.firstCandidate == 0


def test_enter_is_done_for_a_person_and_nothing_for_a_scanner() -> None:
    desk = Desk(Language.EN)
    desk.type("DZ1." + string.ascii_letters, every_s=0.004)
    desk.vm.enter()
    assert desk.sent == []
    desk.clock.now += 1
    desk.vm.deleteAll()
    desk.type("my knee hurts")
    desk.vm.enter()
    assert desk.sent == [Typed(at=desk.clock.now, text="my knee hurts")]


@pytest.mark.parametrize(
    ("brought", "stays"),
    [
        ("a\x00b\x1b[31mc\r\n\t\x7f", "ab[31mc"),
        ("\u202eabc\u200b\u200d\ufeff", "abc"),
        ("e\u0301\u0301\u0301", "é"),
        ("<b>x</b><img src='file:///etc/passwd'>", "<b>x</b><img src='file:///etc/passwd'>"),
        ("\ud800", ""),
    ],
)
def test_what_cannot_be_printed_is_not_written(brought: str, stays: str) -> None:
    desk = Desk(Language.EN)
    desk.vm.key(brought)
    assert desk.vm.text == stays


@pytest.mark.parametrize("language", list(Language))
def test_ten_thousand_keys_are_quick_and_end_at_the_limit(language: Language) -> None:
    vm = writing.TypingViewModel(lambda event: None, lambda: 7.0, lambda: vs.WALL)
    vm.show(vs.inputs(vs.at(Screen.TYPING, language, heard="")))
    vm.key("a")
    began = time.process_time()
    for number in range(10_000):
        vm.key("toutengfashao "[number % 14])
    vm.key("x" * 100_000)
    vm.enter()
    assert len(vm.text + vm.letters) <= d.LONGEST_TEXT + d.LONGEST_INPUT
    assert time.process_time() - began < QUICK_S
    assert "Done" in vm.problem


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=6), st.sampled_from("abgnz' 3，")), max_size=40))
def test_any_keys_in_any_order_leave_a_text_that_can_be_shown(keys: list[str]) -> None:
    desk = Desk()
    actions = (desk.vm.erase, desk.vm.eraseSyllable, desk.vm.eraseAfter, desk.vm.undo, desk.vm.deleteAll)
    for number, key in enumerate(keys):
        desk.vm.key(key)
        if number % 3 == 0:
            desk.vm.move(-number)
            actions[number % len(actions)]()
    whole = desk.vm.text + desk.vm.letters + desk.vm.after
    assert whole.isprintable()
    assert len(whole) <= d.LONGEST_TEXT + d.LONGEST_INPUT


def test_nothing_typed_is_left_when_the_screen_goes() -> None:
    desk = Desk()
    desk.type("ci")
    desk.vm.deleteAll()
    desk.vm.clear()
    assert desk.words.forgot == 1
    desk.vm.show(vs.inputs(vs.at(Screen.TYPING, heard="")))
    assert (desk.vm.text, desk.vm.letters, desk.vm.after, desk.vm.canUndo) == ("", "", "", False)
    desk.vm.undo()
    assert desk.vm.text == ""


class Letters(NoHelp):
    def completions(self, text: str, language: Language) -> Sequence[Completion]:
        return (Completion("knee pain", 1),)


def test_phrases_go_on_only_at_the_end_of_the_text() -> None:
    state, tr = vs.at(Screen.TYPING, Language.EN, heard=""), str
    at_end = writing.derive(writing.Typing(Draft(text="k", chinese=False)), state, tr, Letters())
    in_middle = writing.derive(writing.Typing(Draft(text="k", after="x", chinese=False)), state, tr, Letters())
    assert at_end.suggestions and not in_middle.suggestions


def press(kiosk: Kiosk, name: str) -> None:
    QTest.mouseClick(kiosk.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, centre(kiosk.find(name)))
    kiosk.settle()


def test_editing_keys_of_a_real_keyboard(kiosk: Kiosk) -> None:
    kiosk.show(vs.at(Screen.TYPING, Language.EN, heard=""))
    kiosk.sent.clear()
    for key in "knee hurt":
        QTest.keyClick(kiosk.window, key)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Delete, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(kiosk.window, key)
    QTest.keyClick(kiosk.window, "K", Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(kiosk.window, Qt.Key.Key_End)
    QTest.keyClick(kiosk.window, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    kiosk.show(vs.at(Screen.TYPING, Language.EN, heard=""))
    press(kiosk, "key_done")
    assert [event.text for event in kiosk.sent if not isinstance(event, Touched)] == ["Knee "]


def test_capitals_cursor_and_undo_by_finger(kiosk: Kiosk) -> None:
    kiosk.show(vs.at(Screen.TYPING, Language.EN, heard=""))
    press(kiosk, "key_shift")
    for name in ("key_k", "key_n", "key_e", "key_left", "key_n", "deleteAll", "deleteAll"):
        press(kiosk, name)
    kiosk.sent.clear()
    press(kiosk, "key_done")
    assert [event.text for event in kiosk.sent if not isinstance(event, Touched)] == ["Knne"]


def test_a_syllable_key_and_pages_by_finger(kiosk: Kiosk) -> None:
    kiosk.show(vs.at(Screen.TYPING, heard=""))
    for key in "touteng":
        QTest.keyClick(kiosk.window, key)
    kiosk.settle()
    press(kiosk, "key_syllable")
    assert kiosk.find("written").property("text").find("<u>tou</u>") >= 0
    first = kiosk.find("candidate_0").property("text")
    press(kiosk, "moreWords")
    with pytest.raises(LookupError):
        kiosk.find("candidate_0")
    press(kiosk, "previousWords")
    assert kiosk.find("candidate_0").property("text") == first


def test_keys_that_carry_a_whole_text_and_control_characters_are_survived(kiosk: Kiosk) -> None:
    kiosk.show(vs.at(Screen.TYPING, Language.EN, heard=""))
    for text in ("\x00", "\x1b", "<b>knee</b>" * 900, "\u202e"):
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, text)
            QGuiApplication.sendEvent(kiosk.window, event)
    kiosk.settle()
    shown = kiosk.find("written").property("text")
    assert shown.startswith("&lt;b>knee&lt;/b>")
    assert len(shown) < 3 * d.LONGEST_TEXT


def test_what_is_typed_ends_its_lines_between_words(kiosk: Kiosk) -> None:
    kiosk.show(vs.at(Screen.TYPING, Language.EN, heard="my  knee hurts <b> "))
    shown = kiosk.find("written").property("text")
    assert "&nbsp; knee hurts &lt;b>&nbsp;" in shown
