"""What can be said on each screen: it does what a finger does, and nothing more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.booking import Offer, Practitioner, Slot
from kiosk.domain.card_reading import CardState
from kiosk.domain.dialogue import effects as fx
from kiosk.domain.dialogue import events as ev
from kiosk.domain.dialogue import on_offer, spoken
from kiosk.domain.findings import Findings, Side, Status
from kiosk.domain.hearing import Hearing
from kiosk.domain.identity_numbers import PaperForm
from kiosk.domain.knowledge import Complaint
from kiosk.domain.language import Language, Words
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.session import advance
from kiosk.domain.spoken_phrases import LAST, MOST_PHRASES, ORDINALS, SAYINGS, Saying
from kiosk.domain.visit import Delivery, Screen, Speech, State
from tests.unit.dialogue_clinic import CLINIC
from tests.unit.shipped_clinic import content
from tests.unit.test_session import WALL

ZH, EN = Language.ZH, Language.EN
NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)


def doctor(code: str, zh: str, en: str) -> Practitioner:
    return Practitioner(code, Words(zh, en), Words("", ""), Words("", ""), "orthopaedics", "1")


def slot(code: str, who: Practitioner, minutes: int, *, free: bool = True) -> Slot:
    start = NINE + timedelta(minutes=minutes)
    return Slot(code, who, start, start + timedelta(minutes=10), free)


ZHOU, HE = doctor("zhou", "周岚", "Zhou Lan"), doctor("he", "何建国", "He Jianguo")
OFFER = Offer(
    "orthopaedics",
    (slot("z1", ZHOU, 0, free=False), slot("z2", ZHOU, 30), slot("h1", HE, 30), slot("h2", HE, 60)),
    1,
    None,
)
EVERYTHING = replace(CLINIC, knowledge=content())
BEGUN = State(
    clinic=EVERYTHING,
    visit_id="v1",
    today=NINE.date(),
    consented_at=WALL,
    speech=Speech.READY,
    trail=(Screen.ATTRACT,),
    patient=Patient(sex=Sex.FEMALE, age=40),
    offer=OFFER,
    department="orthopaedics",
    delivery=Delivery.PRINTED,
)


def at(screen: Screen, language: Language = EN, **changes: object) -> State:
    known: dict[Screen, dict[str, object]] = {
        Screen.PICK: {"picking": EVERYTHING.knowledge.complaints[0].code},
        Screen.PLACE: {"place": "knee"},
        Screen.QUESTION: {"question": "fever", "asked": ("fever",)},
    }
    return replace(BEGUN, screen=screen, language=language, **{**known.get(screen, {}), **changes})  # type: ignore[arg-type]


def say(state: State, text: str, hearing: Hearing = Hearing.WORDS) -> tuple[State, list[fx.Effect]]:
    listening, _ = advance(state, ev.TalkPressed(at=1))
    assert listening.speech is Speech.LISTENING
    return advance(listening, ev.Heard(at=2, text=text, final=True, hearing=hearing, wall=WALL))


def without_speech(state: State) -> State:
    """Words on a question are understood, too, and so judged."""
    heard = replace(state, speech=Speech.READY, misheard=0, input_problem="", last_touch=0.0, live_words="")
    return replace(heard, assessment=None) if state.screen is Screen.QUESTION else heard


@pytest.mark.parametrize("language", Language)
def test_the_phrases_of_every_language_are_complete(language: Language) -> None:
    assert set(SAYINGS[language]) == set(Saying)
    assert all(SAYINGS[language].values())
    assert len(ORDINALS[language]) == len(ORDINALS[EN]) > 8
    assert LAST[language]
    everything = [phrase for phrases in SAYINGS[language].values() for phrase in phrases]
    assert everything == [spoken.as_heard(phrase) for phrase in everything]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("screen", Screen)
def test_a_nurse_can_be_called_wherever_somebody_listens(screen: Screen, language: Language) -> None:
    state = at(screen, language)
    heard = spoken.choices(state, 0.0, WALL)
    if not spoken.listens(state):
        assert heard == {}
        assert advance(state, ev.TalkPressed(at=1))[1] == []
        return
    for phrase in SAYINGS[language][Saying.NURSE]:
        assert heard[phrase] == ev.NurseCalled(at=0.0)
        after, effects = say(state, phrase)
        assert after.screen is Screen.NURSE
        assert fx.AlertDesk("v1", 0, ("nurse_called",)) in effects
    if screen is not Screen.COMPLAINT:
        assert set(SAYINGS[language][Saying.NURSE]) < set(spoken.phrases(state))
    assert len(spoken.phrases(state)) <= MOST_PHRASES


def test_before_consent_nobody_listens() -> None:
    for screen in (Screen.ATTRACT, Screen.LANGUAGES, Screen.DIRECTORY, Screen.WAY, Screen.CONSENT):
        assert not spoken.listens(at(screen))


@pytest.mark.parametrize("screen", [Screen.BOOKING, Screen.SLIP, Screen.COMPLAINT])
def test_who_was_never_asked_for_consent_is_not_heard(screen: Screen) -> None:
    """Another time for an appointment is chosen on the page of a visit, without one."""
    state = at(screen, consented_at=None)
    assert not spoken.listens(state)
    assert advance(state, ev.TalkPressed(at=1))[1] == []


def test_with_a_reader_the_first_way_is_the_card() -> None:
    state = at(Screen.WHO, clinic=replace(EVERYTHING, card_reader=True))
    for text, screen in (("the first one", Screen.CARD), ("the second one", Screen.PHONE), ("id card", Screen.CARD)):
        assert say(state, text)[0].screen is screen
    assert say(at(Screen.WHO), "the first one")[0].screen is Screen.PHONE


def test_beside_the_reader_the_number_is_asked_for_and_which_paper_it_is() -> None:
    state, _ = say(at(Screen.CARD), "type it")
    assert state.screen is Screen.PAPERS
    for text, form in (("passport", PaperForm.PASSPORT), ("the second one", PaperForm.TRAVEL_PERMIT)):
        chosen, _ = say(state, text)
        assert (chosen.screen, chosen.paper) == (Screen.DOCUMENT, form)
    assert not spoken.listens(chosen)
    read = at(Screen.CARD, card=CardState.DONE, patient=Patient(sex=Sex.FEMALE, birth_date=NINE.date()))
    assert say(read, "next")[0].screen is Screen.COMPLAINT


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("screen", sorted(spoken.CLOSED))
def test_every_phrase_does_what_its_touch_does(screen: Screen, language: Language) -> None:
    """One event each, so that nothing is submitted that a finger would have to confirm."""
    state = at(screen, language, slot=OFFER.slots[1])
    for phrase, event in spoken.choices(state, 2.0, WALL).items():
        by_voice, said = say(state, phrase)
        by_touch, touched = advance(state, event)
        assert without_speech(by_voice) == without_speech(by_touch), phrase
        assert said == touched, phrase


@given(st.sampled_from(sorted(spoken.CLOSED)), st.sampled_from(Language), st.text(max_size=20))
def test_what_is_not_offered_changes_nothing_but_the_hint(screen: Screen, language: Language, text: str) -> None:
    state = at(screen, language)
    if spoken.event_for(text, state, 2.0, WALL) is not None:
        return
    after, effects = say(state, text)
    assert effects == []
    assert without_speech(after) == without_speech(state)
    assert after.misheard == 1
    assert after.input_problem == Hearing.UNCLEAR


@pytest.mark.parametrize("screen", sorted(spoken.CLOSED))
def test_half_a_phrase_is_none(screen: Screen) -> None:
    state = at(screen)
    for phrase in list(spoken.choices(state, 2.0, WALL))[:6]:
        after, effects = say(state, phrase, Hearing.CUT_OFF)
        assert (after.input_problem, effects) == (Hearing.LOST.value, [])
        assert without_speech(after) == without_speech(state)


def test_two_failures_bring_touch_forward_three_a_person_and_success_forgets_them() -> None:
    state, seen = at(Screen.SEX), []
    for _ in range(3):
        state, _ = say(state, "")
        seen.append((state.touch_first, state.wants_person))
    assert seen == [(False, False), (True, False), (True, True)]
    state, _ = say(state, "female")
    assert (state.screen, state.misheard, state.patient.sex) == (Screen.COMPLAINT, 0, Sex.FEMALE)


@pytest.mark.parametrize(
    ("screen", "field", "text", "shown"),
    [
        (Screen.PHONE, "phone", "one three eight oh oh one three eight double oh oh", "13800138000"),
        (Screen.BIRTH, "birth_digits", "march fifth nineteen sixty eight", "19680305"),
        (Screen.AGE, "age_digits", "i am forty two", "42"),
        (Screen.AGE, "age_digits", "one hundred and one", "101"),
    ],
)
def test_a_number_is_shown_and_not_taken_before_the_next_step(
    screen: Screen, field: str, text: str, shown: str
) -> None:
    state, effects = say(at(screen), text)
    assert (state.screen, getattr(state, field), effects) == (screen, shown, [])
    corrected, _ = advance(state, ev.Keyed(at=3, digit=""))
    assert getattr(corrected, field) == shown[:-1]
    cleared, _ = say(state, "start over")
    assert getattr(cleared, field) == ""
    taken, _ = say(state, "next")
    assert taken.screen is not screen


def test_a_telephone_number_in_parts_goes_on_and_a_whole_one_replaces() -> None:
    state, _ = say(at(Screen.PHONE, ZH), "一三八")
    state, _ = say(state, "一二三四五六七八")
    assert state.phone == "13812345678"
    state, _ = say(state, "一三九一二三四五六七八")
    assert state.phone == "13912345678"


def test_the_second_one_is_the_second_on_the_screen() -> None:
    rows = on_offer.picks(at(Screen.PICK))
    state, _ = say(at(Screen.PICK), "the second one")
    assert state.picked == (rows[1],)
    state, _ = say(at(Screen.PICK, ZH), "第二个")
    assert state.picked == (rows[1],)
    state, _ = say(state, "第二")
    assert state.picked == ()
    state, _ = say(at(Screen.PICK), "the last one")
    assert state.picked == (rows[min(len(rows), 99) - 1],)


def test_the_words_on_the_screen_can_be_said() -> None:
    knowledge = EVERYTHING.knowledge
    code = on_offer.picks(at(Screen.PICK))[0]
    state, _ = say(at(Screen.PICK), knowledge.symptoms[code].name.en.upper() + "!")
    assert state.picked == (code,)


def test_a_place_of_the_body_with_its_side() -> None:
    leg, _ = say(at(Screen.BODY), "leg or foot")
    assert (leg.screen, leg.place) == (Screen.BODY, "leg")
    knee, _ = say(leg, "left knee")
    assert (knee.screen, knee.place, knee.side) == (Screen.PLACE, "knee", Side.LEFT)
    knee, _ = say(knee, "right")
    assert knee.side is Side.RIGHT
    knee, _ = say(replace(knee, language=ZH), "肿")
    assert knee.findings.present()


def test_two_of_the_same_name_are_neither() -> None:
    twins = Complaint("twins", Words("双", "Twins"), "bone", ("fever", "chills", "cough"))
    names = {code: Words("一样", "The same") for code in ("fever", "chills")}
    symptoms = {
        code: replace(symptom, name=names.get(code, symptom.name))
        for code, symptom in EVERYTHING.knowledge.symptoms.items()
    }
    knowledge = replace(EVERYTHING.knowledge, symptoms=symptoms, complaints=(twins,))
    state = at(Screen.PICK, picking="twins", clinic=replace(EVERYTHING, knowledge=knowledge))
    assert "the same" not in spoken.choices(state, 0.0, WALL)
    assert say(state, "the second one")[0].picked == ("chills",)


def test_a_complaint_is_confirmed_said_again_or_typed() -> None:
    heard = at(Screen.CONFIRM, heard="knee", findings=Findings(), trail=(Screen.SEX, Screen.COMPLAINT))
    for text, screen in (("no", Screen.COMPLAINT), ("say it again", Screen.COMPLAINT), ("type it", Screen.TYPING)):
        assert say(heard, text)[0].screen is screen
    assert say(heard, "yes that is right")[0] != heard


@pytest.mark.parametrize(("text", "is_type"), [("nurse", Screen.NURSE), ("let me type", Screen.TYPING)])
def test_a_wish_instead_of_a_complaint(text: str, is_type: Screen) -> None:
    assert say(at(Screen.COMPLAINT), text)[0].screen is is_type


def test_an_answer_and_a_pain() -> None:
    state, _ = say(at(Screen.QUESTION), "not sure")
    assert state.findings.status("fever") is Status.UNSURE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nine thirty", "z2"),
        ("half past nine", "z2"),
        ("ten o'clock", "h2"),
        ("the second one", "h1"),
        ("doctor he jianguo", "h1"),
        ("the earliest", "z2"),
    ],
)
def test_a_time_is_held_and_shown_and_booked_with_another_word(text: str, code: str) -> None:
    state, effects = say(at(Screen.BOOKING), text)
    chosen = next(one for one in OFFER.slots if one.code == code)
    assert (state.screen, state.slot, state.booking) == (Screen.BOOKING, chosen, False)
    assert effects == [fx.HoldSlot("v1", chosen)]
    booked, effects = say(state, "book it")
    assert booked.booking
    assert any(isinstance(effect, fx.CheckIn) for effect in effects)


def test_a_taken_time_cannot_be_said_and_nothing_is_booked_before_a_choice() -> None:
    heard = spoken.choices(at(Screen.BOOKING), 0.0, WALL)
    assert "nine o'clock" not in heard
    assert not any(isinstance(event, ev.BookingAccepted) and not event.walk_in for event in heard.values())


def test_a_time_that_two_doctors_have_is_that_of_the_chosen_one() -> None:
    state, _ = say(at(Screen.BOOKING, slot=OFFER.slots[3]), "nine thirty")
    assert state.slot is not None
    assert state.slot.practitioner.code == "he"


def test_say_that_again_reads_the_screen() -> None:
    state = at(Screen.RESULT)
    after, effects = say(state, "repeat that")
    assert effects == [fx.ReadAloud()]
    assert without_speech(after) == without_speech(state)


@pytest.mark.parametrize(
    "make", [lambda: at(Screen.SLIP, delivery=Delivery.WAITING), lambda: at(Screen.BOOKING, booking=True)]
)
def test_while_the_machine_works_only_help_can_be_asked_for(make: Callable[[], State]) -> None:
    kinds = {type(event) for event in spoken.choices(make(), 0.0, WALL).values()}
    assert kinds <= {ev.NurseCalled, ev.RepeatAsked, ev.Back}


@pytest.mark.parametrize(
    ("language", "text", "is_taken"),
    [
        (ZH, "有", False),  # the end of 没有
        (ZH, "是", False),
        (ZH, "没有", False),  # the end of 好像没有
        (ZH, "不清楚", True),  # of 我不清楚, which means the same
        (ZH, "没有过", True),
        (EN, "no", True),
        (EN, "a little", True),
    ],
)
def test_what_may_be_the_end_of_another_answer_is_asked_again(language: Language, text: str, is_taken: bool) -> None:
    state = at(Screen.QUESTION, language)
    early, _ = say(state, text, Hearing.EARLY)
    assert (early.input_problem == "") is is_taken
    assert ("fever" in early.findings) is is_taken
    later, _ = say(state, text)
    assert "fever" in later.findings


def test_a_story_that_began_early_is_shown_like_any_other() -> None:
    state, _ = say(at(Screen.COMPLAINT), "I have a cough", Hearing.EARLY)
    assert (state.screen, state.heard) == (Screen.CONFIRM, "I have a cough")
