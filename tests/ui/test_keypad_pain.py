"""The strength of a pain by twelve keys: the figure is the answer, and a ten is told from a one."""

from __future__ import annotations

import pytest
import visit_states as vs
from conftest import Kiosk
from pointing_states import BOY, in_pain
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from test_keypad import Typist

from kiosk.domain.dialogue import events as ev
from kiosk.domain.language import Language
from kiosk.domain.visit import Screen
from kiosk.ui.reading.keypad import Command, Meaning, Mode, Stroke, command_of
from kiosk.ui.reading.script import scores_of

K = Qt.Key
AT = 100.0
FIGURES = [K.Key_0, K.Key_1, K.Key_2, K.Key_3, K.Key_4, K.Key_5, K.Key_6, K.Key_7, K.Key_8, K.Key_9]


@pytest.fixture
def typist(kiosk: Kiosk) -> Typist:
    typist = Typist(kiosk)
    typist.show(in_pain(Language.EN))
    return typist


def scored(score: int) -> list[ev.Event]:
    return [ev.PainScored(at=AT, score=score)]


def test_what_the_keys_mean_on_the_scale() -> None:
    assert command_of(Stroke(K.Key_7), Mode.SCORES) == Command(Meaning.SCORE, 7)
    assert command_of(Stroke(K.Key_7, again=True), Mode.SCORES) == Command(Meaning.WAIT)
    assert command_of(Stroke(K.Key_0), Mode.SCORES) == Command(Meaning.WAIT)
    assert command_of(Stroke(K.Key_0, down=False, held_s=0.2), Mode.SCORES) == Command(Meaning.SCORE, 0)
    assert command_of(Stroke(K.Key_0, down=False, held_s=1.2), Mode.SCORES) == Command(Meaning.NURSE)
    assert command_of(Stroke(K.Key_Asterisk), Mode.SCORES) == Command(Meaning.BACK)


@pytest.mark.parametrize("score", [0, 2, 3, 4, 5, 6, 7, 8, 9])
def test_a_figure_is_the_answer(typist: Typist, score: int) -> None:
    assert typist.press(FIGURES[score]) == scored(score)


def test_a_one_waits_for_what_follows(typist: Typist) -> None:
    assert typist.press(K.Key_1) == []
    assert typist.press(K.Key_0) == scored(10)


def test_a_one_is_taken_by_the_hash_key(typist: Typist) -> None:
    assert typist.press(K.Key_1) == []
    assert typist.press(K.Key_NumberSign) == scored(1)


def test_another_figure_after_a_one_is_a_change_of_mind(typist: Typist) -> None:
    assert typist.press(K.Key_1, K.Key_4) == scored(4)


def test_the_star_takes_a_one_back_before_it_leads_back(typist: Typist) -> None:
    assert typist.press(K.Key_1, K.Key_Asterisk) == []
    assert typist.press(K.Key_0) == scored(0)
    assert typist.press(K.Key_Asterisk) == [ev.Back(at=AT)]


def test_the_hash_key_leads_to_what_is_no_figure(typist: Typist) -> None:
    said = typist.since(lambda: typist.press(K.Key_NumberSign))
    assert said[0] == "Press 1, I cannot say"
    assert typist.press(K.Key_1) == [ev.PainScored(at=AT, score=None)]
    assert typist.press(K.Key_5) == scored(5)


def test_the_star_leads_from_the_other_answers_to_the_figures(typist: Typist) -> None:
    assert typist.press(K.Key_NumberSign, K.Key_Asterisk) == []
    assert typist.press(K.Key_7) == scored(7)


def test_the_hash_key_twice_says_the_page_again(typist: Typist) -> None:
    typist.press(K.Key_NumberSign)
    assert "How strong is the pain now?" in typist.since(lambda: typist.press(K.Key_NumberSign))


def test_no_other_answer_is_chosen_by_zero(typist: Typist) -> None:
    assert typist.press(K.Key_NumberSign, K.Key_0) == []


def test_enter_goes_to_the_first_figure(typist: Typist) -> None:
    assert typist.press(K.Key_Return) == []
    assert typist.press(K.Key_Return) == scored(0)


def test_a_zero_held_calls_a_nurse(typist: Typist) -> None:
    assert typist.press(K.Key_0, hold_s=1.2) == [ev.NurseCalled(at=AT)]


def test_a_zero_pressed_on_the_page_before_is_no_score(typist: Typist) -> None:
    QTest.keyPress(typist.kiosk.window, K.Key_0)
    typist.kiosk.screens.frame.pageChanged.emit()
    typist.kiosk.sent.clear()
    QTest.keyRelease(typist.kiosk.window, K.Key_0)
    assert [event for event in typist.kiosk.sent if isinstance(event, ev.PainScored)] == []


@pytest.mark.parametrize(
    ("language", "how", "ten"),
    [
        (
            Language.EN,
            "Press the figure of your pain. For 10 press 1 and then 0.",
            "Pain 1 of 10, The hash key takes it. For 10 press 0 now.",
        ),
        (Language.ZH, "有几分疼就按几。10 分先按 1，再按 0。", "疼痛 1 分，按井号键就算 1 分。10 分请再按 0。"),
    ],
)
def test_the_voice_says_how(typist: Typist, language: Language, how: str, ten: str) -> None:
    typist.show(vs.at(Screen.WHO, language))
    said = typist.show(in_pain(language))
    assert how in said
    assert not any("7" in text for text in said if "Pain" in text or "疼痛" in text)
    assert typist.since(lambda: typist.press(K.Key_1)) == [ten]


def test_faces_are_counted_like_any_other_choice(typist: Typist) -> None:
    typist.show(in_pain(Language.EN, patient=BOY))
    assert scores_of(typist.reader.script()) == {}
    assert typist.press(K.Key_3) == scored(4)
