"""Typing with letters: pinyin, suggestions, deletion, and what outlives the screen."""

from __future__ import annotations

import pytest
import visit_states as vs

from kiosk.domain.dialogue.events import Event, Typed
from kiosk.domain.language import Language
from kiosk.domain.visit import Screen
from kiosk.ui.viewmodels import (
    writing,
)
from kiosk.ui.viewmodels.writing import Draft


class ThreeWords:
    """Three words, whatever the list of the kiosk says."""

    def candidates(self, letters: str) -> tuple[writing.Candidate, ...]:
        known = {"tou": "头", "teng": "疼", "touteng": "头疼"}
        return tuple(
            writing.Candidate(known[letters[:end]], end) for end in range(len(letters), 0, -1) if letters[:end] in known
        )

    def completions(self, text: str, language: Language) -> tuple[writing.Completion, ...]:
        return (writing.Completion("knee pain", 2),) if text.endswith("kn") else ()

    def forget(self) -> None:
        """Nothing is remembered."""


def typed(keys: str, draft: Draft | None = None) -> Draft:
    written = draft or Draft()
    for key in keys:
        written = writing.keyed(written, key, ThreeWords())
    return written


@pytest.mark.parametrize(
    ("keys", "chinese", "text", "letters"),
    [
        ("touteng", True, "", "touteng"),
        ("touteng ", True, "头疼", ""),
        ("touteng3", True, "头疼3", ""),
        ("tou，", True, "头，", ""),
        ("TOU ", True, "头", ""),
        ("qq ", True, "qq", ""),
        (" ", True, " ", ""),
        ("My knee", False, "My knee", ""),
        ("头疼", True, "头疼", ""),
    ],
)
def test_typing(keys: str, chinese: bool, text: str, letters: str) -> None:
    draft = typed(keys, Draft(chinese=chinese))
    assert (draft.text, draft.letters) == (text, letters)


def test_delete_takes_waiting_letters_first() -> None:
    draft = typed("touteng", Draft(text="我"))
    for _ in range(7):
        draft = writing.erased(draft)
    assert draft == Draft(text="我")
    assert writing.erased(draft) == Draft()
    assert writing.erased(Draft()) == Draft()


def test_a_shorter_word_leaves_the_other_letters_waiting() -> None:
    draft = writing.chosen(typed("touteng"), writing.Candidate("头", 3))
    assert (draft.text, draft.letters) == ("头", "teng")


def test_a_text_has_an_end() -> None:
    assert len(typed("x" * 300, Draft(chinese=False)).text) == writing.LONGEST_TEXT


@pytest.fixture
def typing_screen() -> tuple[writing.TypingViewModel, list[Event]]:
    sent: list[Event] = []
    return writing.TypingViewModel(sent.append, lambda: 7.0, lambda: vs.WALL, help_=ThreeWords()), sent


def test_done_sends_words_instead_of_letters(typing_screen: tuple[writing.TypingViewModel, list[Event]]) -> None:
    vm, sent = typing_screen
    vm.show(vs.inputs(vs.at(Screen.TYPING, heard="")))
    for key in "touteng":
        vm.key(key)
    assert [candidate["text"] for candidate in vm.candidates] == ["头疼", "头"]
    vm.done()
    assert sent == [Typed(at=7.0, text="头疼")]


def test_a_suggestion_takes_the_place_of_the_begun_word(
    typing_screen: tuple[writing.TypingViewModel, list[Event]],
) -> None:
    vm, _ = typing_screen
    vm.show(vs.inputs(vs.at(Screen.TYPING, Language.EN, heard="")))
    for key in "my kn":
        vm.key(key)
    vm.complete(0)
    assert vm.text == "my knee pain "


def test_editing_begins_with_what_was_heard_and_nothing_outlives_the_screen(
    typing_screen: tuple[writing.TypingViewModel, list[Event]],
) -> None:
    vm, _ = typing_screen
    vm.show(vs.inputs(vs.at(Screen.TYPING, heard="头疼")))
    vm.key("3")
    assert vm.text == "头疼3"
    vm.clear()
    assert (vm.text, vm.letters) == ("", "")
    vm.show(vs.inputs(vs.at(Screen.TYPING, heard="")))
    assert vm.text == ""


def test_the_word_list_of_the_kiosk_is_used_when_none_is_given() -> None:
    vm = writing.TypingViewModel(lambda event: None, lambda: 7.0, lambda: vs.WALL)
    vm.show(vs.inputs(vs.at(Screen.TYPING, heard="")))
    for key in "xigaiteng":
        vm.key(key)
    assert vm.candidates[0]["text"] == "膝盖疼"
