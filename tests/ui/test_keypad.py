"""Every screen by keys alone: twelve keys, tab, arrows, enter, escape; and the dark screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import visit_states as vs
from conftest import Kiosk
from kiosk_states import at
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from test_read_aloud import Listener, every_state

from kiosk.domain.dialogue import events as ev
from kiosk.domain.language import Language
from kiosk.domain.patient import Sex
from kiosk.domain.visit import Screen
from kiosk.ui.reading.keypad import Command, Meaning, Mode, Stroke, command_of
from kiosk.ui.reading.keys import Keys
from kiosk.ui.reading.page import Area, Kind
from kiosk.ui.reading.script import HASH, choices_of, scores_of

K = Qt.Key
AT = 100.0


class Typist(Listener):
    """Presses keys; `events` are what the dialogue gets, without the mere signs of life."""

    def __init__(self, kiosk: Kiosk) -> None:
        super().__init__(kiosk)
        self.now = 0.0
        screens = kiosk.screens
        self.keys = Keys(
            kiosk.window, self.reader, screens.frame, screens.appearance, screens.pad, lambda: self.now, kiosk.window
        )

    def press(self, *keys: Qt.Key, hold_s: float = 0.0) -> list[ev.Event]:
        self.kiosk.sent.clear()
        for key in keys:
            QTest.keyPress(self.kiosk.window, key)
            self.now += hold_s
            QTest.keyRelease(self.kiosk.window, key)
        self.settle()
        QTest.qWait(1)
        return [event for event in self.kiosk.sent if not isinstance(event, ev.Touched)]


@pytest.fixture
def typist(kiosk: Kiosk) -> Typist:
    return Typist(kiosk)


@pytest.mark.parametrize(
    ("stroke", "mode", "expected"),
    [
        (Stroke(K.Key_3), Mode.CHOICES, Command(Meaning.CHOOSE, 3)),
        (Stroke(K.Key_3, again=True), Mode.CHOICES, Command(Meaning.WAIT)),
        (Stroke(K.Key_3, down=False), Mode.CHOICES, Command(Meaning.WAIT)),
        (Stroke(K.Key_3), Mode.FIGURES, Command(Meaning.TYPE, 3)),
        (Stroke(K.Key_3), Mode.LETTERS, None),
        (Stroke(K.Key_0), Mode.CHOICES, Command(Meaning.WAIT)),
        (Stroke(K.Key_0, down=False, held_s=0.2), Mode.CHOICES, Command(Meaning.REPEAT)),
        (Stroke(K.Key_0, down=False, held_s=1.2), Mode.CHOICES, Command(Meaning.NURSE)),
        (Stroke(K.Key_0), Mode.FIGURES, Command(Meaning.TYPE, 0)),
        (Stroke(K.Key_0, again=True), Mode.FIGURES, Command(Meaning.WAIT)),
        (Stroke(K.Key_0, down=False, held_s=0.2), Mode.FIGURES, Command(Meaning.WAIT)),
        (Stroke(K.Key_0, down=False, held_s=1.2), Mode.FIGURES, Command(Meaning.NURSE_NOT_FIGURE)),
        (Stroke(K.Key_0, down=False, held_s=1.2), Mode.LETTERS, None),
        (Stroke(K.Key_Asterisk), Mode.CHOICES, Command(Meaning.BACK)),
        (Stroke(K.Key_Asterisk), Mode.FIGURES, Command(Meaning.BACK_OR_ERASE)),
        (Stroke(K.Key_Asterisk), Mode.LETTERS, Command(Meaning.BACK)),
        (Stroke(K.Key_Escape), Mode.FIGURES, Command(Meaning.BACK)),
        (Stroke(K.Key_NumberSign), Mode.CHOICES, Command(Meaning.WAIT)),
        (Stroke(K.Key_NumberSign, down=False), Mode.CHOICES, Command(Meaning.ENTER)),
        (Stroke(K.Key_NumberSign, down=False, held_s=1.0), Mode.LETTERS, Command(Meaning.CURTAIN)),
        (Stroke(K.Key_Slash, down=False, on_pad=True), Mode.CHOICES, Command(Meaning.ENTER)),
        (Stroke(K.Key_Slash), Mode.LETTERS, None),
        (Stroke(K.Key_VolumeUp), Mode.LETTERS, Command(Meaning.LOUDER)),
        (Stroke(K.Key_Minus, on_pad=True), Mode.CHOICES, Command(Meaning.QUIETER)),
        (Stroke(K.Key_Minus), Mode.LETTERS, None),
        (Stroke(K.Key_Tab), Mode.CHOICES, None),
        (Stroke(K.Key_Return), Mode.CHOICES, None),
    ],
)
def test_what_a_key_means(stroke: Stroke, mode: Mode, expected: Command | None) -> None:
    assert command_of(stroke, mode) == expected


def test_nine_turns_to_the_next_choices_where_there_are_more_than_nine() -> None:
    assert command_of(Stroke(K.Key_9), Mode.CHOICES) == Command(Meaning.CHOOSE, 9)
    assert command_of(Stroke(K.Key_9), Mode.CHOICES, many=True) == Command(Meaning.TURN)


PRESSES: list[tuple[Screen, tuple[Qt.Key, ...], list[ev.Event]]] = [
    (Screen.WHO, (K.Key_2,), [ev.WithoutName(at=AT)]),
    (Screen.WHO, (K.Key_NumberSign, K.Key_NumberSign), [ev.WithPhone(at=AT)]),
    (Screen.WHO, (K.Key_Tab, K.Key_Tab, K.Key_Space), [ev.WithPhone(at=AT)]),
    (Screen.WHO, (K.Key_Down, K.Key_Down, K.Key_Down, K.Key_Return), [ev.WithoutName(at=AT)]),
    (Screen.WHO, (K.Key_Right, K.Key_Down, K.Key_Right, K.Key_Left, K.Key_Return), [ev.WithPhone(at=AT)]),
    (Screen.WHO, (K.Key_Asterisk,), [ev.Back(at=AT)]),
    (Screen.WHO, (K.Key_Escape,), [ev.Back(at=AT)]),
    (Screen.WHO, (K.Key_Backtab, K.Key_Return), [ev.NurseCalled(at=AT)]),
    (Screen.AGE, (K.Key_4, K.Key_0), [ev.Keyed(at=AT, digit="4"), ev.Keyed(at=AT, digit="0")]),
    (Screen.AGE, (K.Key_NumberSign,), [ev.Next(at=AT)]),
    (Screen.AGE, (K.Key_Asterisk,), [ev.Back(at=AT)]),
    (Screen.SEX, (K.Key_1,), [ev.SexChosen(at=AT, sex=Sex.FEMALE)]),
    (Screen.COMPLAINT, (K.Key_9, K.Key_3), [ev.TypingOpened(at=AT)]),
    (Screen.COMPLAINT, (K.Key_1,), [ev.TalkPressed(at=AT), ev.TalkTapped(at=AT)]),
    (Screen.COMPLAINT, (K.Key_3,), [ev.ComplaintPicked(at=AT, code="breathing")]),
    (Screen.CONFIRM, (K.Key_1,), [ev.FindingTapped(at=AT, code="knee_pain")]),
    (Screen.TYPING, (K.Key_Asterisk,), [ev.Back(at=AT)]),
    (Screen.RESULT, (K.Key_1,), [ev.DepartmentChosen(at=AT, code="orthopaedics")]),
]


@pytest.mark.parametrize(("screen", "keys", "expected"), PRESSES, ids=lambda value: str(value)[:40])
def test_keys_do_what_a_finger_does(
    typist: Typist, screen: Screen, keys: tuple[Qt.Key, ...], expected: list[ev.Event]
) -> None:
    typist.show(vs.at(screen, Language.EN, age_digits=""))
    assert typist.press(*keys) == expected


def test_a_typed_figure_is_deleted_by_the_star_before_it_leads_back(typist: Typist) -> None:
    typist.show(vs.at(Screen.AGE, age_digits="46"))
    assert typist.press(K.Key_Asterisk) == [ev.Keyed(at=AT, digit="")]


def test_nothing_is_chosen_by_enter_pressed_twice(typist: Typist) -> None:
    """With keys every page begins at its title, also the next question on the same page."""
    typist.press(K.Key_Tab)
    typist.show(vs.at(Screen.QUESTION, Language.EN))
    assert typist.press(K.Key_Return) == []
    typist.press(K.Key_Down)
    typist.show(vs.at(Screen.QUESTION, Language.EN, question="swelling", asked=("stiffness", "swelling")))
    title = typist.kiosk.window.activeFocusItem()
    assert title.property("role") == "title"
    assert typist.press(K.Key_Return) == []


def test_holding_zero_calls_a_nurse(typist: Typist) -> None:
    typist.show(vs.at(Screen.QUESTION))
    assert typist.press(K.Key_0, hold_s=1.2) == [ev.NurseCalled(at=AT)]


@pytest.mark.parametrize("screen", [Screen.CODE, Screen.DOCUMENT, Screen.PHONE, Screen.BIRTH, Screen.AGE])
def test_on_a_pad_the_held_zero_is_no_figure(typist: Typist, screen: Screen) -> None:
    """ "Nurse, or hold 0" is read on these pages too."""
    typist.show(vs.at(screen))
    typed, erased = ev.Keyed(at=AT, digit="0"), ev.Keyed(at=AT, digit="")
    assert typist.press(K.Key_0, hold_s=1.2) == [typed, erased, ev.NurseCalled(at=AT)]
    assert typist.press(K.Key_0) == [typed]


def test_zero_says_the_page_again_and_switches_reading_on(typist: Typist) -> None:
    typist.show(vs.at(Screen.WHO, Language.EN))
    again = typist.since(lambda: typist.press(K.Key_0))
    assert again[1] == "Give a phone number and birth date?"
    typist.kiosk.screens.appearance.toggleReadAloud()
    assert typist.since(lambda: typist.press(K.Key_0))[1] == "Give a phone number and birth date?"


def test_the_idle_warning_is_answered_by_keys(typist: Typist) -> None:
    page = at(Screen.CONSENT, warned_at=96.0)
    for keys, event in (
        ((K.Key_1,), ev.StillHere(at=AT)),
        ((K.Key_2,), ev.Ended(at=AT)),
        ((K.Key_Asterisk,), ev.StillHere(at=AT)),
        ((K.Key_NumberSign, K.Key_NumberSign), ev.StillHere(at=AT)),
    ):
        typist.show(at(Screen.CONSENT))
        typist.show(page)
        assert typist.press(*keys) == [event]


def test_the_focus_goes_through_every_screen_in_the_order_of_the_voice(typist: Typist) -> None:
    wrong = []
    for language in Language:
        for name, state in every_state(language):
            typist.show(state)
            lines = [line for line in typist.reader.script() if line.part.kind is Kind.CHOICE]
            page = [line.part for line in lines if line.part.area is Area.PAGE]
            spoken = [part.item for part in page] + [line.part.item for line in lines if line.part.area is Area.HELPERS]
            walked, item = [], typist.kiosk.window.contentItem().childItems()[0]
            for _ in range(200):
                item = item.nextItemInFocusChain(True)
                if item in walked:
                    break
                walked.append(item)
            if [item for item in walked if item in spoken] != spoken:
                wrong.append(f"{name} {language}")
            titles = [place for place, one in enumerate(walked) if one.property("stop") is True]
            if titles and spoken and titles[0] > walked.index(spoken[0]):
                wrong.append(f"{name} {language}: the title comes late")
    assert wrong == []


def test_every_choice_of_every_screen_has_a_key_of_its_own(typist: Typist) -> None:
    for name, state in every_state(Language.ZH):
        typist.show(state)
        lines = choices_of(typist.reader.script())
        keys = [line.keys for line in lines]
        if (
            state.screen in {Screen.PHONE, Screen.BIRTH, Screen.AGE, Screen.DOCUMENT, Screen.CODE, Screen.TYPING}
            and state.warned_at is None
        ):
            assert not any(keys), name
        else:
            assert all(keys), name
            on_scale = set(scores_of(typist.reader.script())) == set(range(11))
            assert all(key.startswith(HASH) is on_scale for key in keys), name
            assert len(set(keys)) == len(keys), name
            assert not any(line.quiet for line in lines), name


def test_the_focus_can_be_seen_on_titles_and_choices(typist: Typist) -> None:
    typist.show(vs.at(Screen.WHO))
    plain = typist.kiosk.window.grabWindow()
    pictures = [plain]
    for _ in range(3):
        typist.press(K.Key_Tab)
        typist.kiosk.settle()
        pictures.append(typist.kiosk.window.grabWindow())
        assert all(pictures[-1] != earlier for earlier in pictures[:-1])


def dark(kiosk: Kiosk) -> bool:
    kiosk.settle()
    picture = kiosk.window.grabWindow()
    spots = [(x, y) for x in range(20, 1080, 90) for y in range(20, 1800, 90)]
    return all(picture.pixelColor(x, y).lightness() == 0 for x, y in spots)


def test_the_screen_goes_dark_by_a_long_hash_and_the_visit_goes_on(typist: Typist) -> None:
    typist.show(vs.at(Screen.WHO, Language.EN))
    assert not dark(typist.kiosk)
    said = typist.since(lambda: typist.press(K.Key_NumberSign, hold_s=1.1))
    assert said == ["The screen is dark. Touch it or hold the hash key to see it."]
    assert dark(typist.kiosk)
    assert typist.press(K.Key_2) == [ev.WithoutName(at=AT)]
    assert any("How old is the patient" in text for text in typist.show(vs.at(Screen.AGE, Language.EN)))
    assert dark(typist.kiosk)
    said = typist.since(lambda: typist.press(K.Key_NumberSign, hold_s=1.1))
    assert said == ["The screen can be seen again."]
    assert not dark(typist.kiosk)


@pytest.mark.parametrize("by_finger", [False, True])
def test_a_touch_lifts_the_curtain_and_presses_nothing(typist: Typist, by_finger: bool) -> None:
    kiosk = typist.kiosk
    typist.show(at(Screen.CONSENT))
    typist.press(K.Key_NumberSign, hold_s=1.1)
    kiosk.sent.clear()
    place = kiosk.find("agree").mapToScene(QPoint(300, 60)).toPoint()
    if by_finger:
        device = QTest.createTouchDevice()
        for act in ("press", "release"):
            sequence = QTest.touchEvent(kiosk.window, device, False)
            getattr(sequence, act)(0, place, kiosk.window)
            sequence.commit()
    else:
        QTest.mouseClick(kiosk.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    QGuiApplication.processEvents()
    assert not kiosk.screens.appearance.curtain
    assert {type(event) for event in kiosk.sent} == {ev.Touched}
    kiosk.sent.clear()
    QTest.mouseClick(kiosk.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert any(isinstance(event, ev.ConsentGiven) for event in kiosk.sent)


def end_of_visit(typist: Typist) -> None:
    typist.kiosk.screens.appearance.reset()


def reading_off(typist: Typist) -> None:
    typist.kiosk.screens.appearance.toggleReadAloud()


@pytest.mark.parametrize("way", [end_of_visit, reading_off])
def test_the_curtain_never_outlives_the_voice(typist: Typist, way: Callable[[Typist], None]) -> None:
    typist.show(at(Screen.CONSENT))
    typist.press(K.Key_NumberSign, hold_s=1.1)
    assert typist.kiosk.screens.appearance.curtain
    way(typist)
    assert not typist.kiosk.screens.appearance.curtain
    assert not typist.kiosk.screens.appearance.readAloud
    typist.kiosk.screens.appearance.toggleCurtain()
    assert not typist.kiosk.screens.appearance.curtain


def test_an_emergency_is_seen_by_staff_whatever_the_curtain(typist: Typist) -> None:
    typist.show(at(Screen.CONSENT))
    typist.press(K.Key_NumberSign, hold_s=1.1)
    said = typist.show(at(Screen.EMERGENCY, language=Language.EN))
    assert "Please stay here" in said
    assert not typist.kiosk.screens.appearance.curtain


def test_the_volume_is_said_and_is_the_usual_again_for_the_next_patient(typist: Typist) -> None:
    typist.show(vs.at(Screen.WHO, Language.EN))
    assert typist.since(lambda: typist.press(K.Key_VolumeUp)) == ["Volume 7"]
    assert typist.voice.volume == 7
    typist.press(*[K.Key_VolumeDown] * 12)
    assert typist.voice.volume == 1
    end_of_visit(typist)
    assert typist.voice.volume == 6
