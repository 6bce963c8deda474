"""Words that did not come, came too late, or came in part: what the dialogue makes of them."""

from __future__ import annotations

import pytest

from kiosk.domain.dialogue import effects as fx
from kiosk.domain.dialogue import events as ev
from kiosk.domain.dialogue.events import Event
from kiosk.domain.findings import Status
from kiosk.domain.hearing import Hearing
from kiosk.domain.language import Language
from kiosk.domain.session import advance
from kiosk.domain.visit import Screen, Speech, State
from tests.unit.test_session import SAY_KNEE, TO_COMPLAINT, play, start

TALK = (ev.TalkPressed(at=7), ev.TalkReleased(at=8))
FAILURES = [one for one in Hearing if one not in (Hearing.WORDS, Hearing.EARLY, Hearing.CUT_OFF, Hearing.TOO_LONG)]


def listening(*before: Event) -> State:
    return play(start(), *TO_COMPLAINT, *before, ev.TalkPressed(at=20))[0]


def at_question() -> tuple[Event, ...]:
    return (*SAY_KNEE, ev.Confirmed(at=10))


def final(text: str, hearing: Hearing = Hearing.WORDS) -> ev.Heard:
    return ev.Heard(at=30, text=text, final=True, hearing=hearing)


def test_a_tap_lets_silence_end_what_is_said() -> None:
    state, effects = play(start(), *TO_COMPLAINT, ev.TalkPressed(at=7), ev.TalkTapped(at=7))
    assert state.speech is Speech.LISTENING
    assert effects[-2:] == [fx.Listen(Language.ZH), fx.EndByPause()]
    state, _ = advance(state, final("knee_pain"))
    assert (state.screen, state.speech) == (Screen.CONFIRM, Speech.READY)


def test_a_tap_on_a_button_that_does_not_listen_does_nothing() -> None:
    state, _ = play(start(), *TO_COMPLAINT)
    assert advance(state, ev.TalkTapped(at=7))[1] == []


@pytest.mark.parametrize("hearing", FAILURES)
def test_a_failure_says_why_and_leaves_touch(hearing: Hearing) -> None:
    state, _ = advance(listening(), final("", hearing))
    assert (state.screen, state.speech, state.input_problem) == (Screen.COMPLAINT, Speech.READY, hearing.value)
    state, _ = play(state, ev.ComplaintPicked(at=31, code="joints"))
    assert (state.screen, state.input_problem) == (Screen.PICK, "")


@pytest.mark.parametrize("hearing", [Hearing.CUT_OFF, Hearing.TOO_LONG])
def test_a_story_without_its_end_is_shown_with_a_note(hearing: Hearing) -> None:
    state, _ = advance(listening(), final("knee_pain", hearing))
    assert (state.screen, state.heard, state.input_problem) == (Screen.CONFIRM, "knee_pain", hearing.value)
    state, _ = advance(state, ev.Confirmed(at=31))
    assert (state.screen, state.input_problem) == (Screen.QUESTION, "")


def test_danger_in_a_story_without_its_end_is_caught() -> None:
    state, _ = advance(listening(), final("chest_pain", Hearing.CUT_OFF))
    assert state.screen is Screen.EMERGENCY


def test_half_an_answer_is_no_answer() -> None:
    state, _ = advance(listening(*at_question()), final("不", Hearing.CUT_OFF))
    assert (state.question, state.input_problem) == ("fever", Hearing.LOST.value)
    assert state.findings.status("fever") is None


def test_two_failures_bring_touch_forward_and_three_a_person() -> None:
    state, seen = play(start(), *TO_COMPLAINT)[0], []
    for _ in range(3):
        state, _ = play(state, *TALK, final("", Hearing.SILENCE))
        seen.append((state.touch_first, state.wants_person))
    assert seen == [(False, False), (True, False), (True, True)]


def test_saying_it_again_is_a_failure_of_the_words_before() -> None:
    state = play(start(), *TO_COMPLAINT)[0]
    for _ in range(3):
        state, _ = play(state, *TALK, final("knee_pain"), ev.SayAgain(at=31))
    assert (state.screen, state.wants_person) == (Screen.COMPLAINT, True)
    state, _ = play(state, *TALK, final("knee_pain"), ev.Confirmed(at=40))
    assert (state.misheard, state.touch_first) == (0, False)


def test_every_kind_of_failure_counts_together() -> None:
    state = play(start(), *TO_COMPLAINT)[0]
    state, _ = play(state, *TALK, final("", Hearing.NOISE), *TALK, final("hello"), ev.Confirmed(at=31))
    assert state.input_problem == "not_understood"
    state, _ = play(state, *TALK, final("knee_pain"), ev.SayAgain(at=32))
    assert state.wants_person


def test_an_answer_by_touch_begins_the_count_anew() -> None:
    state, _ = play(listening(*at_question()), final(""), *TALK, final("hello"))
    assert state.touch_first
    state, _ = advance(state, ev.Answered(at=40, code="fever", status=Status.ABSENT))
    assert (state.question, state.misheard) == ("swelling", 0)


@pytest.mark.parametrize("let_go", [(), (ev.TalkReleased(at=21),)], ids=["speaking", "let go"])
def test_words_for_one_question_never_answer_the_next(let_go: tuple[Event, ...]) -> None:
    state, _ = play(listening(*at_question()), *let_go)
    state, effects = advance(state, ev.Answered(at=22, code="fever", status=Status.ABSENT))
    assert (state.question, state.speech) == ("swelling", Speech.READY)
    assert effects == [fx.StopListening(wanted=False)]
    state, _ = advance(state, final("有"))
    assert state.findings.status("swelling") is None


def test_words_awaited_when_the_page_is_left_are_given_up() -> None:
    state, _ = play(listening(), ev.TalkReleased(at=21))
    state, effects = advance(state, ev.TypingOpened(at=22))
    assert (state.speech, effects) == (Speech.READY, [fx.StopListening(wanted=False)])


def test_another_language_gives_up_what_is_being_said() -> None:
    state, effects = advance(listening(), ev.LanguageChosen(at=21, language=Language.EN))
    assert state.speech is Speech.READY
    assert effects == [fx.ChangeLanguage(Language.EN), fx.StopListening(wanted=False)]


def test_a_recogniser_that_is_gone_leaves_the_words_it_gave() -> None:
    state, _ = play(listening(), final("knee_pain", Hearing.CUT_OFF), ev.SpeechChanged(at=31, available=False))
    assert (state.screen, state.can_hear) == (Screen.CONFIRM, False)
    state, _ = play(state, ev.SayAgain(at=32), ev.TypingOpened(at=33), ev.Typed(at=34, text="knee_pain"))
    assert state.screen is Screen.CONFIRM
