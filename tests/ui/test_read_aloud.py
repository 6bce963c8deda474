"""What is read aloud of every screen, and what the lobby never hears."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import visit_states as vs
from conftest import Kiosk, visible_items
from kiosk_states import DONE, at
from pointing_states import pages
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from test_pages import PAGES
from test_visit_screens import all_states

from kiosk.domain.language import Language
from kiosk.domain.visit import Delivery, InsuranceNotice, Screen, Speech, State
from kiosk.gallery.content import danger_states, finding_states
from kiosk.gallery.states import named
from kiosk.ui.line_breaks import plain
from kiosk.ui.reading.outputs import Hearing
from kiosk.ui.reading.reader import Reader
from kiosk.ui.reading.recorder import RecordingVoice
from kiosk.ui.reading.script import sentences
from kiosk.ui.viewmodels.frame import NOTICE_S

LOOKS = ("plain", "big", "low", "landscape")
WORD = re.compile(r"[^\W_]")


def every_state(language: Language) -> Iterator[tuple[str, State]]:
    yield "languages", at(Screen.LANGUAGES, language=language)
    for name, state in PAGES.items():
        yield name, replace(state, language=language)
    for state in all_states(language):
        yield state.screen.value, state
    yield from pages(language)
    more = (*finding_states(), *danger_states(), *named("code"), *named("appointment"), *named("appointment-*"))
    yield from ((state.name, state.state(language)) for state in more)


AT = 100.0
"""The clock of the shown states (kiosk_states.inputs)."""


class Listener:
    """The kiosk with somebody who listens; `show` gives what was said because of it."""

    def __init__(self, kiosk: Kiosk, hearing: Hearing = Hearing.PRIVATE) -> None:
        self.kiosk = kiosk
        self.state = at(Screen.ATTRACT)
        self.voice = RecordingVoice(hearing)
        looks = kiosk.screens.appearance
        self.reader = Reader(
            kiosk.window, kiosk.screens.frame, looks, self.voice, self._tr, lambda: self.state, kiosk.window
        )
        kiosk.before_closing.append(lambda: kiosk.window.activeFocusItemChanged.disconnect(self.reader.look))
        looks.toggleReadAloud()
        self.settle()

    def _tr(self, text: str) -> str:
        return self.kiosk.catalogues[self.state.language].tr(text)

    def since(self, act: Callable[[], object]) -> list[str]:
        """What is said because of an act."""
        before = len(self.voice.said)
        act()
        self.settle()
        return self.voice.texts()[before:]

    def settle(self) -> None:
        """Let everything be said that is to be said now."""
        quiet = 0
        while quiet < 3:
            count = len(self.voice.said)
            QGuiApplication.processEvents()
            still = len(self.voice.said) == count and (self.voice.slow or not self.voice.speaking)
            quiet = quiet + 1 if still else 0

    def show(self, state: State, **changes: object) -> list[str]:
        def act() -> None:
            self.state = state
            self.kiosk.show(state, **changes)
            self.reader.look()

        return self.since(act)

    def key(self, key: Qt.Key) -> list[str]:
        return self.since(lambda: QTest.keyClick(self.kiosk.window, key))

    def script(self) -> str:
        return " ".join(f"{line.part.words} {line.part.more}" for line in self.reader.script())

    def in_the_lobby(self) -> str:
        """Everything that a loudspeaker could ever say of this screen, whatever has the focus."""
        lines = self.reader.script()
        language = self.state.language
        return " ".join(one.text for line in lines for one in sentences(line, self._tr, language, private=False))


@pytest.fixture
def listener(kiosk: Kiosk) -> Listener:
    return Listener(kiosk)


def _visible_texts(kiosk: Kiosk) -> list[str]:
    items = visible_items(kiosk.window.contentItem())
    texts = [item for item in items if item.inherits("QQuickText") and WORD.search(item.property("text"))]
    return [plain(item.property("text")) for item in texts if item.objectName() not in {"digits", "written"}]


def _flat(text: str) -> str:
    return "".join(text.replace("…", "").split())


@pytest.mark.parametrize("looks", LOOKS)
@pytest.mark.parametrize("language", list(Language))
def test_nothing_that_can_be_seen_is_left_unsaid(listener: Listener, language: Language, looks: str) -> None:
    kiosk = listener.kiosk
    if looks == "landscape":
        kiosk.resize(1280, 720)
    if looks == "big":
        kiosk.screens.appearance.nextTextSize()
    if looks == "low":
        kiosk.screens.appearance.toggleLow()
    unsaid, screens = [], set()
    for name, state in every_state(language):
        listener.show(state)
        screens.add(state.screen)
        script = _flat(listener.script())
        unsaid += [f"{name}: {text}" for text in _visible_texts(kiosk) if _flat(text) not in script]
    assert unsaid == []
    assert screens == set(Screen)


@pytest.mark.parametrize("language", list(Language))
def test_a_page_is_read_from_its_title_to_its_helpers(listener: Listener, language: Language) -> None:
    said = listener.show(vs.at(Screen.WHO, language))
    expected = {
        Language.ZH: [
            "第 1 步，共 4 步",
            "要留手机号和生日吗？",
            "替孩子或家人看病，就填他们的。",
            "按 1，手机号和生日，医生好找到病历",
            "按 2，不留姓名，只问年龄，好给您建议",
            "按 3，按住，说出答案",
            "按 4，上一步",
        ],
        Language.EN: [
            "Step 1 of 4",
            "Give a phone number and birth date?",
            "For a child or someone else, give theirs.",
            "Press 1, Phone and birth date, So that the doctor finds the records",
            "Press 2, Without a name, Only the age, to advise you well",
            "Press 3, Hold and say it",
            "Press 4, Back",
        ],
    }
    assert said[:7] == expected[language]
    assert said[-1] == {Language.ZH: "清河医院导诊", Language.EN: "Qinghe Hospital"}[language]


SECRETS = {
    Language.ZH: ("膝", "楼更", "摔", "发僵", "骨科", "风湿", "康复医学", "周岚", "今天看", "1958", "138", "女"),
    Language.EN: ("knee", "stairs", "fall", "stiff", "Orthopaed", "Rheum", "Zhou", "It can wait", "1958", "138"),
}


@pytest.mark.parametrize("looks", LOOKS)
@pytest.mark.parametrize("language", list(Language))
def test_the_lobby_hears_nothing_about_the_patient(kiosk: Kiosk, language: Language, looks: str) -> None:
    listener = Listener(kiosk, Hearing.LOBBY)
    if looks == "landscape":
        kiosk.resize(1280, 720)
    if looks == "big":
        kiosk.screens.appearance.nextTextSize()
    if looks == "low":
        kiosk.screens.appearance.toggleLow()
    told = []
    typed = {"phone": "13800138000", "birth_digits": "19580607", "age_digits": "64"}
    states = [*every_state(language), *((s.value, vs.at(s, language, **typed)) for s in (Screen.PHONE, Screen.BIRTH))]
    # The example above the microphone and the names of the sexes are the same for everybody.
    for name, state in states:
        listener.show(state)
        heard = listener.in_the_lobby().replace("膝盖疼了两个星期", "").replace("my knee has hurt for two weeks", "")
        secrets = [one for one in SECRETS[language] if one != "女" or state.screen is not Screen.SEX]
        told += [f"{name}: {secret} in {heard}" for secret in secrets if secret.lower() in heard.lower()]
    assert told == []


def test_without_headphones_the_screen_says_how_to_hear_the_rest(kiosk: Kiosk) -> None:
    listener = Listener(kiosk, Hearing.LOBBY)
    said = listener.show(vs.at(Screen.CONFIRM, Language.EN))
    wish = "Plug in headphones to hear your own words"
    assert wish in said
    assert plain(kiosk.find("headphonesWanted").property("text")) == wish
    listener.show(vs.at(Screen.WHO, Language.EN))
    with pytest.raises(LookupError):
        kiosk.find("headphonesWanted")


def test_headphones_in_the_middle_of_a_visit_bring_the_rest_and_pulled_they_end_it_at_once(kiosk: Kiosk) -> None:
    listener = Listener(kiosk, Hearing.LOBBY)
    page = vs.at(Screen.CONFIRM, Language.EN)
    assert not any("right knee" in text for text in listener.show(page))
    assert any("right knee" in text for text in listener.since(lambda: listener.voice.hear(Hearing.PRIVATE)))
    listener.reader.repeat()
    QGuiApplication.processEvents()
    assert listener.voice.speaking
    listener.voice.hear(Hearing.LOBBY)
    assert not listener.voice.speaking
    assert listener.since(listener.reader.look) == ["Plug in headphones to hear your own words"]


def test_headphones_on_the_first_screen_switch_reading_on(kiosk: Kiosk) -> None:
    listener = Listener(kiosk, Hearing.LOBBY)
    kiosk.screens.appearance.toggleReadAloud()
    said = listener.since(lambda: listener.voice.hear(Hearing.PRIVATE))
    assert kiosk.screens.appearance.readAloud
    assert any("您哪里不舒服" in text for text in said)


@pytest.mark.parametrize(("sensitive", "heard"), [(False, True), (True, False)])
def test_the_lobby_hears_a_number_unless_it_leads_to_a_sensitive_door(
    kiosk: Kiosk, sensitive: bool, heard: bool
) -> None:
    listener = Listener(kiosk, Hearing.LOBBY)
    knowledge = DONE.clinic.knowledge
    door = replace(knowledge.departments["orthopaedics"], sensitive=sensitive)
    clinic = replace(DONE.clinic, knowledge=replace(knowledge, departments={**knowledge.departments, door.code: door}))
    said = listener.show(replace(DONE, clinic=clinic))
    assert ("骨 0 2 7" in said) is heard
    assert ("206" in said) is heard


def test_moving_the_focus_says_where_it_is_and_nothing_else(listener: Listener) -> None:
    listener.show(vs.at(Screen.WHO, Language.EN))
    assert listener.key(Qt.Key.Key_Tab) == ["Give a phone number and birth date?"]
    assert listener.key(Qt.Key.Key_Tab) == ["Press 1, Phone and birth date, So that the doctor finds the records"]


@pytest.mark.parametrize(
    ("notice", "said"),
    [
        (InsuranceNotice.TAKEN, "The insurance code was taken"),
        (InsuranceNotice.TOO_EARLY, "Agree first, then show the code"),
        (InsuranceNotice.TOO_LATE, "The desk takes the insurance code"),
    ],
)
@pytest.mark.parametrize("hearing", [Hearing.PRIVATE, Hearing.LOBBY])
def test_what_became_of_an_insurance_code_is_said_once_and_stands_for_a_moment(
    kiosk: Kiosk, notice: InsuranceNotice, said: str, hearing: Hearing
) -> None:
    listener = Listener(kiosk, hearing)
    page = vs.at(Screen.SEX, Language.EN)
    listener.show(page)
    scanned = replace(page, insurance_notice=notice, insurance_scanned_at=AT)
    assert listener.show(scanned) == [said]
    assert kiosk.find("insuranceNotice").property("text")
    over = replace(scanned, insurance_scanned_at=AT - NOTICE_S - 1)
    assert listener.show(over) == []
    with pytest.raises(LookupError):
        kiosk.find("insuranceNotice")


def test_what_changes_on_a_page_is_said_and_the_rest_is_not_said_again(listener: Listener) -> None:
    page = at(Screen.CONSENT, language=Language.EN)
    listener.show(page)
    assert listener.show(replace(page, nurse_called=True)) == ["Your call is noted"]
    listener.show(vs.at(Screen.AGE, Language.EN))
    assert listener.show(vs.at(Screen.AGE, Language.EN, input_problem="age")) == ["Please type the age in years."]
    question = vs.at(Screen.CONFIRM, Language.EN)
    listener.show(question)
    changed = replace(question, findings=question.findings.without("fall"))
    assert not any("fall" in text.lower() for text in listener.show(changed))


def test_typed_figures_are_echoed_one_by_one(listener: Listener) -> None:
    listener.show(vs.at(Screen.AGE, Language.EN, age_digits=""))
    assert listener.show(vs.at(Screen.AGE, Language.EN, age_digits="6")) == ["6"]
    assert listener.show(vs.at(Screen.AGE, Language.EN, age_digits="64")) == ["4"]


def test_a_slip_that_comes_while_the_page_is_read_is_said_first_and_the_rest_follows(listener: Listener) -> None:
    waiting = replace(DONE, language=Language.EN, delivery=Delivery.WAITING)
    listener.voice.slow = True
    assert listener.show(waiting) == ["All done"]
    assert listener.since(listener.voice.end) == ["Your slip is printing"]
    listener.voice.slow = False
    said = listener.show(replace(waiting, delivery=Delivery.PRINTED))
    assert said[0] == "Please take your slip"
    assert any("027" in text.replace(" ", "") for text in said)


def test_a_choice_whose_key_has_changed_is_said_again_with_its_new_key(listener: Listener) -> None:
    (loading,), (found,) = named("booking-loading"), named("booking-chosen")
    back = [text for text in listener.show(loading.state(Language.EN)) if text.endswith("Back")]
    assert back == ["Press 2, Back"]
    moved = [text for text in listener.show(found.state(Language.EN)) if text.endswith(", Back")]
    assert len(moved) == 1
    assert moved != back


def test_times_that_come_while_the_page_is_read_follow_in_the_order_of_the_page(listener: Listener) -> None:
    (loading,), (found,) = named("booking-loading"), named("booking-chosen")
    listener.voice.slow = True
    assert listener.show(loading.state(Language.EN)) == ["Step 4 of 4"]
    listener.voice.slow = False
    said = listener.show(found.state(Language.EN))
    assert said[0] == "Choose a doctor and time"
    assert any(text.endswith(", End") for text in said)


def test_the_idle_warning_is_read_with_its_answers_and_counts_aloud(listener: Listener) -> None:
    page = at(Screen.CONSENT, language=Language.EN)
    listener.show(page)
    said = listener.show(replace(page, warned_at=100.0), now=100.0)
    assert "Are you there?" in said
    assert "Press 1, I am here, go on" in said
    assert listener.show(replace(page, warned_at=100.0), now=101.0) == []
    assert listener.show(replace(page, warned_at=100.0), now=110.0) == ["10 seconds"]


def test_while_the_microphone_listens_the_kiosk_is_silent(listener: Listener) -> None:
    page = vs.at(Screen.COMPLAINT, Language.EN)
    listener.show(page)
    listener.reader.repeat()
    QGuiApplication.processEvents()
    assert listener.voice.speaking
    listener.state = replace(page, speech=Speech.LISTENING)
    listener.reader.look()
    assert not listener.voice.speaking
    assert listener.show(replace(page, speech=Speech.LISTENING, live_words="my knee")) == []
    assert listener.show(replace(page, input_problem="not_heard", misheard=1)) != []


def test_a_touch_ends_the_sentence(listener: Listener, qtbot) -> None:
    from kiosk.ui.reading.keys import Keys

    kiosk = listener.kiosk
    keys = Keys(kiosk.window, listener.reader, kiosk.screens.frame, kiosk.screens.appearance, kiosk.screens.pad)
    listener.show(vs.at(Screen.WHO, Language.EN))
    listener.reader.repeat()
    QGuiApplication.processEvents()
    assert listener.voice.speaking
    QTest.mousePress(kiosk.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(540, 160))
    assert not listener.voice.speaking
    QTest.mouseRelease(kiosk.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(540, 160))
    kiosk.window.removeEventFilter(keys)


def test_listening_counts_as_being_there_and_the_first_screen_counts_alone(listener: Listener) -> None:
    listener.kiosk.sent.clear()
    listener.show(at(Screen.CONSENT))
    assert {type(event).__name__ for event in listener.kiosk.sent} == {"Touched"}
    listener.kiosk.sent.clear()
    listener.show(at(Screen.ATTRACT))
    listener.show(at(Screen.CONSENT, warned_at=96.0))
    assert listener.kiosk.sent == []


def test_the_end_says_that_all_is_wiped_and_then_nothing_more(listener: Listener) -> None:
    listener.show(DONE)
    listener.state = at(Screen.FAREWELL)
    listener.kiosk.show(listener.state)
    assert listener.since(listener.kiosk.screens.appearance.reset) == ["祝您早日康复", "您说的话已经从屏幕上清除了"]
    assert not listener.kiosk.screens.appearance.readAloud
    assert listener.show(at(Screen.ATTRACT)) == []
