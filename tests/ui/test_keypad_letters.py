"""The letters of a document's number by twelve keys: heard by whoever wears headphones, and by nobody else."""

from __future__ import annotations

from datetime import date

import pytest
import visit_states as vs
from conftest import Kiosk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from test_keypad import Typist

from kiosk.domain.dialogue import events as ev
from kiosk.domain.identity_numbers import PaperForm
from kiosk.domain.language import Language
from kiosk.domain.patient import DocumentKind, IdentityDocument
from kiosk.domain.session import advance
from kiosk.domain.visit import Screen
from kiosk.ui.reading.outputs import Hearing

K = Qt.Key
HELD_S = 1.2


class Writer(Typist):
    """Presses keys, and the dialogue answers: what is on the screen follows from them."""

    def begin(self, paper: PaperForm) -> list[str]:
        trail = (Screen.WHO, Screen.CARD, Screen.PAPERS)
        return self.show(
            vs.at(Screen.DOCUMENT, Language.EN, paper=paper, document_number="", trail=trail, today=date(2026, 3, 2))
        )

    def strike(self, key: Qt.Key, held_s: float = 0.1) -> list[str]:
        """What is heard of one key."""
        before = len(self.voice.said)
        for stroke in (QTest.keyPress, QTest.keyRelease):
            self.kiosk.sent.clear()
            stroke(self.kiosk.window, key)
            self.now += held_s
            state = self.state
            for event in self.kiosk.sent:
                if not isinstance(event, ev.Touched):
                    state, _ = advance(state, event)
            self.show(state)
        return self.voice.texts()[before:]

    def figures(self, text: str) -> None:
        for figure in text:
            self.strike(Qt.Key(K.Key_0 + int(figure)))


@pytest.fixture
def writer(kiosk: Kiosk) -> Writer:
    return Writer(kiosk)


def test_a_passport_is_typed_and_each_letter_is_heard(writer: Writer) -> None:
    heard = writer.begin(PaperForm.PASSPORT)
    assert any("For a letter hold its key down" in text for text in heard)
    assert writer.strike(K.Key_3, HELD_S) == ["3", "D"]
    assert writer.strike(K.Key_3)[-1] == "E"
    assert writer.state.document_number == "E"
    writer.figures("12345678")
    assert writer.state.document_number == "E12345678"
    writer.strike(K.Key_NumberSign)
    assert writer.state.screen is Screen.BIRTH
    assert writer.state.patient.document == IdentityDocument(DocumentKind.PASSPORT, "E12345678")


def test_the_x_of_a_card_takes_the_hash_key_and_the_next_one_goes_on(writer: Writer) -> None:
    writer.begin(PaperForm.CARD)
    writer.figures("11010519491231002")
    assert writer.strike(K.Key_9, HELD_S)[-1] == "W"
    assert writer.strike(K.Key_9)[-1] == "X"
    assert writer.strike(K.Key_NumberSign) == ["Letter taken"]
    assert writer.state.screen is Screen.DOCUMENT
    writer.strike(K.Key_NumberSign)
    assert writer.state.screen is Screen.COMPLAINT
    assert writer.state.patient.document == IdentityDocument(DocumentKind.RESIDENT_ID, "11010519491231002X")


def test_two_letters_of_one_key_and_a_figure_of_it(writer: Writer) -> None:
    """After the last letter of a key comes its first; what is taken is not touched any more."""
    writer.begin(PaperForm.PASSPORT)
    for key, held_s in ((K.Key_2, HELD_S), *[(K.Key_2, 0.1)] * 3, (K.Key_NumberSign, 0.1), (K.Key_2, HELD_S)):
        writer.strike(key, held_s)
    assert writer.state.document_number == "AA"
    writer.strike(K.Key_NumberSign)
    writer.figures("22")
    assert writer.state.document_number == "AA22"
    writer.strike(K.Key_2, HELD_S)
    writer.strike(K.Key_Asterisk)
    writer.figures("2")
    assert writer.state.document_number == "AA222"


@pytest.mark.parametrize("key", [K.Key_0, K.Key_1])
def test_keys_without_letters_stay_figures(writer: Writer, key: Qt.Key) -> None:
    writer.begin(PaperForm.PASSPORT)
    writer.strike(K.Key_1, HELD_S)
    assert writer.state.document_number == "1"


def test_elsewhere_a_held_figure_is_a_figure(writer: Writer) -> None:
    writer.show(vs.at(Screen.PHONE, Language.EN, phone=""))
    writer.strike(K.Key_5, HELD_S)
    assert writer.state.phone == "5"


def test_the_lobby_hears_how_but_no_letter(writer: Writer) -> None:
    writer.voice.hearing = Hearing.LOBBY
    heard = writer.begin(PaperForm.PASSPORT)
    assert any("For a letter hold its key down" in text for text in heard)
    assert writer.strike(K.Key_3, HELD_S) == ["Plug in headphones to hear your own words"]
    assert writer.strike(K.Key_3) == []
    assert writer.state.document_number == "E"
