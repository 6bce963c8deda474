"""What can be said on each screen, through the real worker and the models that come with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import vosk

from kiosk import paths
from kiosk.adapters.speech.phrases import grammar
from kiosk.domain.dialogue import events as ev
from kiosk.domain.dialogue import spoken
from kiosk.domain.language import Language
from kiosk.domain.patient import Sex
from kiosk.domain.visit import Screen
from kiosk.wire.speech_messages import Begun
from tests.noises import NOISES, noise
from tests.speech_client import SILENCE, Speech, pcm_of, pcm_saying, sentences
from tests.unit.test_spoken import WALL, at

ZH, EN = Language.ZH, Language.EN
SCREENS = sorted(spoken.CLOSED)
HEARD = [
    (screen, EN, "call a nurse", ev.NurseCalled(at=0))
    for screen in SCREENS
] + [
    (Screen.PHONE, EN, "nine nine three three", ev.Dictated(at=0, digits="9933")),
    (Screen.PHONE, ZH, "一三八零", ev.Dictated(at=0, digits="1380")),
    (Screen.AGE, EN, "i am fifty six years old", ev.Dictated(at=0, digits="56")),
    (Screen.AGE, ZH, "我今年五十六岁", ev.Dictated(at=0, digits="56")),
    (Screen.AGE, EN, "seven", ev.Dictated(at=0, digits="7")),
    (Screen.CONFIRM, EN, "yes", ev.Confirmed(at=0)),
    (Screen.CONFIRM, EN, "no", ev.SayAgain(at=0)),
    (Screen.CONFIRM, ZH, "对", ev.Confirmed(at=0)),
    (Screen.CONFIRM, ZH, "不对", ev.SayAgain(at=0)),
    (Screen.SUMMARY, ZH, "是的", ev.Next(at=0)),
    (Screen.AGE, EN, "go back", ev.Back(at=0)),
    (Screen.AGE, ZH, "上一步", ev.Back(at=0)),
    (Screen.SUMMARY, ZH, "下一步", ev.Next(at=0)),
    (Screen.SEX, EN, "female", ev.SexChosen(at=0, sex=Sex.FEMALE)),
    (Screen.SEX, ZH, "女性", ev.SexChosen(at=0, sex=Sex.FEMALE)),
    (Screen.WHO, EN, "without a name", ev.WithoutName(at=0)),
    (Screen.WHO, ZH, "不留姓名", ev.WithoutName(at=0)),
]  # fmt: skip


@pytest.fixture(scope="module")
def speech() -> Iterator[Speech]:
    client = Speech()
    client.load(ZH, EN)
    yield client
    client.end()


@pytest.mark.parametrize(("screen", "language", "text", "event"), HEARD)
def test_what_is_said_is_what_is_done(
    speech: Speech, screen: Screen, language: Language, text: str, event: ev.Event
) -> None:
    state = at(screen, language)
    heard = speech.hear(language, pcm_saying(language, text), spoken.phrases(state))
    assert spoken.event_for(heard, state, 0, WALL) == event


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("screen", SCREENS)
def test_no_noise_chooses_anything(speech: Speech, screen: Screen, language: Language) -> None:
    phrases = spoken.phrases(at(screen, language))
    for name in NOISES:
        heard = speech.listen(language, noise(name, 1), phrases)
        assert (heard.text, heard.words) == ("", ()), name


@pytest.mark.parametrize("screen", SCREENS)
def test_a_story_on_a_closed_screen_submits_nothing(speech: Speech, screen: Screen) -> None:
    state = replace(at(screen), slot=None)
    for text in ("i have stomach pain and diarrhea", "it started last night", "where is the toilet"):
        heard = speech.hear(EN, pcm_saying(EN, text), spoken.phrases(state))
        event = spoken.event_for(heard, state, 0, WALL)
        assert event is None or isinstance(event, ev.FindingTapped), (text, heard)


@pytest.mark.parametrize("language", Language)
def test_no_sentence_with_an_answer_in_it_answers_a_question(speech: Speech, language: Language) -> None:
    """A yes or no in a story would be taken for all of it if what the grammar does not know were passed over."""
    state = at(Screen.QUESTION, language)
    phrases = spoken.phrases(state)
    for name, text in sentences(language):
        # A single word, as "seven", can sound like another one.
        if text not in phrases and len(text if language is ZH else text.split()) > 2:
            heard = speech.hear(language, pcm_of(language, name), phrases)
            assert not isinstance(spoken.event_for(heard, state, 0, WALL), ev.Answered), (text, heard)


@pytest.mark.parametrize("language", Language)
def test_the_models_know_the_words_that_matter_most(language: Language) -> None:
    """1,200 and 1,400 of them: a call for help and the way back on every screen, yes and no, figures."""
    model = vosk.Model(str(paths.models() / "speech" / language))

    def heard(phrase: str) -> bool:
        return grammar([phrase], lambda word: int(model.vosk_model_find_word(word)) >= 0)[1] == 0

    for screen in SCREENS:
        offered = spoken.choices(at(screen, language), 0, WALL)
        by_event: dict[str, list[bool]] = {}
        for phrase, event in offered.items():
            by_event.setdefault(repr(event), []).append(heard(phrase))
        assert any(by_event[repr(ev.NurseCalled(at=0))]), screen
        assert screen is Screen.SLIP or any(by_event[repr(ev.Back(at=0))])
        if screen in (Screen.CONFIRM, Screen.QUESTION, Screen.SUMMARY):
            assert all(any(ways) for event, ways in by_event.items() if "Typing" not in event), screen
    assert all(heard(spoken_figure) for spoken_figure in ("一二三" if language is ZH else ("one", "two", "three")))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("screen", SCREENS)
def test_the_worker_takes_the_phrases_of_every_screen(speech: Speech, screen: Screen, language: Language) -> None:
    speech.begin(language, spoken.phrases(at(screen, language)))
    assert speech.until(Begun, lambda begun: begun.utterance == speech.utterance)


def test_the_rest_of_an_answer_whose_beginning_was_lost_says_so(speech: Speech) -> None:
    phrases = spoken.phrases(at(Screen.QUESTION, ZH))
    sound = pcm_saying(ZH, "没有")
    assert not speech.listen(ZH, SILENCE + sound, phrases).early
    starts = range(0, len(sound) // 2, 960)
    heard = [speech.listen(ZH, sound[start:] + SILENCE, phrases) for start in starts]
    assert any(one.text == "有" for one in heard)
    assert all(one.early for one in heard if one.text == "有")
