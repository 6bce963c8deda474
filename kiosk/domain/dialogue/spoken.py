"""What can be said on the screen that is shown, and the touch that each phrase stands for.

A phrase does what a finger would do and nothing more, so that whoever hears badly is corrected as by touch: a number
or a choice is shown, and the step after it is another touch or another phrase. Before consent nobody listens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from kiosk.domain import body, spoken_numbers
from kiosk.domain.card_reading import CardState
from kiosk.domain.dialogue import on_offer, pain_scale, pointing
from kiosk.domain.dialogue.answers import ANSWER_PHRASES
from kiosk.domain.dialogue.events import (
    AnotherPlace,
    Answered,
    Back,
    BodyOpened,
    BodyTurned,
    BookingAccepted,
    Confirmed,
    DangerPicked,
    DepartmentChosen,
    Dictated,
    ElsewhereChosen,
    Event,
    FindingTapped,
    Keyed,
    Next,
    NoDanger,
    NurseCalled,
    PainScored,
    PaperChosen,
    PlaceChosen,
    RepeatAsked,
    SayAgain,
    SexChosen,
    SideChosen,
    SlipTaken,
    SlotChosen,
    TypingOpened,
    WithCard,
    WithDocument,
    WithoutName,
    WithPhone,
)
from kiosk.domain.findings import Side
from kiosk.domain.identity_numbers import PaperForm
from kiosk.domain.language import Language, Words
from kiosk.domain.patient import Sex
from kiosk.domain.spoken_phrases import DOCTOR, LAST, MOST_PHRASES, ORDINALS, SAYINGS, SIDED, Saying
from kiosk.domain.visit import Delivery, Screen, State

CLOSED = frozenset(
    {
        Screen.WHO,
        Screen.CARD,
        Screen.PAPERS,
        Screen.PHONE,
        Screen.BIRTH,
        Screen.AGE,
        Screen.SEX,
        Screen.PICK,
        Screen.BODY,
        Screen.PLACE,
        Screen.CONFIRM,
        Screen.DANGERS,
        Screen.QUESTION,
        Screen.SUMMARY,
        Screen.RESULT,
        Screen.BOOKING,
        Screen.SLIP,
    }
)
"""Screens that wait for one of several answers: only these are listened for. The number of a document is not said: a
lobby would hear it."""

_DICTATED = frozenset({Screen.PHONE, Screen.BIRTH, Screen.AGE})
_NO_WORDS = re.compile(r"[^\w' ]+|_+")
_BESIDE_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])")

_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""What can be said does not depend on when."""

Said = Iterator[tuple[Words | str, Event]]


def listens(state: State) -> bool:
    """Whether something can be said on the screen. Who only moves an appointment was never asked for consent."""
    return state.consented_at is not None and (state.screen is Screen.COMPLAINT or state.screen in CLOSED)


def phrases(state: State) -> tuple[str, ...]:
    """All that can be heard on the screen; empty where anything can be said."""
    if state.screen not in CLOSED:
        return ()
    numbers = _number_phrases(state.screen, state.language)
    return tuple(dict.fromkeys((*choices(state, 0.0, _ANY_TIME), *numbers)))[:MOST_PHRASES]


def event_for(text: str, state: State, at: float, wall: datetime | None) -> Event | None:
    """What somebody wants who said this on the screen; None when that is nothing offered there."""
    said = as_heard(text)
    event = choices(state, at, wall).get(said)
    if event is None and state.screen in _DICTATED:
        figures = _figures(said, state)
        return Dictated(at=at, digits=figures) if figures else None
    return event


def may_be_another(text: str, state: State, at: float, wall: datetime | None) -> bool:
    """Whether it is the end of a phrase that means something else here: the 有 of 没有."""
    said, offered = as_heard(text), choices(state, at, wall)
    meant = offered.get(said)
    return meant is not None and any(
        phrase.endswith(said) and event != meant for phrase, event in offered.items() if phrase != said
    )


def choices(state: State, at: float, wall: datetime | None) -> dict[str, Event]:
    """Phrases, as a recogniser writes them, and their events; a nurse can be called wherever somebody listens.

    What two choices have in common means neither of them. Without `wall` nothing can be booked.
    """
    found: dict[str, Event] = {}
    if not listens(state):
        return found
    for phrase, event in (*_everywhere(state, at), *_own(state, at, wall)):
        found.setdefault(_heard_as(phrase, state.language), event)
    twice: set[str] = set()
    named: dict[str, Event] = {}
    for phrase, event in _listed(state, at):
        said = _heard_as(phrase, state.language)
        if named.setdefault(said, event) != event:
            twice.add(said)
    named = {said: event for said, event in named.items() if said not in twice}
    return {said: event for said, event in {**named, **found}.items() if said}


def as_heard(text: str) -> str:
    """A text as a recogniser writes it: small letters, no marks, no spaces between Chinese characters."""
    return _BESIDE_HAN.sub("", " ".join(_NO_WORDS.sub(" ", text.lower()).split()))


def _heard_as(phrase: Words | str, language: Language) -> str:
    return as_heard(phrase if isinstance(phrase, str) else phrase.in_language(language))


def _everywhere(state: State, at: float) -> Said:
    yield from _as(state, Saying.NURSE, NurseCalled(at=at))
    yield from _as(state, Saying.REPEAT, RepeatAsked(at=at))
    if state.trail and state.screen is not Screen.SLIP:
        yield from _as(state, Saying.BACK, Back(at=at))


def _as(state: State, saying: Saying, event: Event) -> Said:
    yield from ((phrase, event) for phrase in SAYINGS[state.language][saying])


def _own(state: State, at: float, wall: datetime | None) -> Said:
    """The buttons of the screen."""
    for saying, event in _buttons(state, at, wall):
        yield from _as(state, saying, event)
    if state.screen is Screen.QUESTION:
        if pain_scale.is_shown(state):
            scores = pain_scale.SCORE_PHRASES[state.language]
            yield from ((phrase, PainScored(at=at, score=score)) for phrase, score in scores.items())
        else:
            answers = ANSWER_PHRASES[state.language]
            yield from ((phrase, Answered(at=at, code=state.question, status=is_)) for phrase, is_ in answers.items())


def _buttons(state: State, at: float, wall: datetime | None) -> Iterator[tuple[Saying, Event]]:
    yield from _who(state, at)
    yield from _telling(state, at)
    yield from _ending(state, at, wall)


def _who(state: State, at: float) -> Iterator[tuple[Saying, Event]]:
    match state.screen:
        case Screen.WHO:
            if state.clinic.card_reader:
                yield Saying.WITH_CARD, WithCard(at=at)
            yield Saying.WITH_PHONE, WithPhone(at=at)
            yield Saying.WITHOUT_NAME, WithoutName(at=at)
        case Screen.CARD if state.card is CardState.DONE:
            yield Saying.NEXT, Next(at=at)
        case Screen.CARD:
            yield Saying.TYPE, WithDocument(at=at)
        case Screen.PAPERS:
            yield from ((_PAPERS[form], PaperChosen(at=at, form=form)) for form in PaperForm)
        case Screen.PHONE | Screen.BIRTH | Screen.AGE:
            yield Saying.NEXT, Next(at=at)
            yield Saying.ERASE, Keyed(at=at, digit="")
            yield Saying.CLEAR, Dictated(at=at, digits="")
            if state.screen is Screen.PHONE:
                yield Saying.WITHOUT_NAME, WithoutName(at=at)
        case Screen.SEX:
            yield Saying.FEMALE, SexChosen(at=at, sex=Sex.FEMALE)
            yield Saying.MALE, SexChosen(at=at, sex=Sex.MALE)
            yield Saying.RATHER_NOT, SexChosen(at=at, sex=None)


def _telling(state: State, at: float) -> Iterator[tuple[Saying, Event]]:
    match state.screen:
        case Screen.COMPLAINT:
            yield Saying.TYPE, TypingOpened(at=at)
            yield Saying.SHOW_WHERE, BodyOpened(at=at)
        case Screen.BODY:
            yield Saying.TURN, BodyTurned(at=at)
            yield Saying.ELSEWHERE, ElsewhereChosen(at=at)
        case Screen.PLACE:
            yield from ((_SIDES[side], SideChosen(at=at, side=side)) for side in Side if _is_paired(state))
            yield Saying.ANOTHER_PLACE, AnotherPlace(at=at)
            yield Saying.ELSEWHERE, ElsewhereChosen(at=at)
        case Screen.DANGERS:
            yield Saying.NONE_OF_THEM, NoDanger(at=at)
        case Screen.CONFIRM:
            yield Saying.YES, Confirmed(at=at)
            yield Saying.TYPE, TypingOpened(at=at)
        case Screen.SUMMARY:
            yield Saying.YES, Next(at=at)
    if state.screen in (Screen.PICK, Screen.BODY, Screen.PLACE, Screen.SUMMARY):
        yield Saying.NEXT, Next(at=at)
    if state.screen in (Screen.CONFIRM, Screen.SUMMARY):
        yield Saying.NO, SayAgain(at=at)
        yield Saying.SAY_AGAIN, SayAgain(at=at)


def _ending(state: State, at: float, wall: datetime | None) -> Iterator[tuple[Saying, Event]]:
    if state.screen is Screen.BOOKING and state.offer is not None and not state.booking:
        first = on_offer.earliest(state)
        if first is not None:
            yield Saying.EARLIEST, SlotChosen(at=at, slot=first)
        if wall is not None:
            yield Saying.WALK_IN, BookingAccepted(at=at, walk_in=True, wall=wall)
        if wall is not None and state.slot is not None:
            yield Saying.BOOK, BookingAccepted(at=at, walk_in=False, wall=wall)
            yield Saying.YES, BookingAccepted(at=at, walk_in=False, wall=wall)
    if state.screen is Screen.SLIP and state.delivery is not Delivery.WAITING:
        yield Saying.YES, SlipTaken(at=at, taken=True)
        yield Saying.NO, SlipTaken(at=at, taken=False)


_PAPERS = {
    PaperForm.CARD: Saying.CARD,
    PaperForm.TRAVEL_PERMIT: Saying.TRAVEL_PERMIT,
    PaperForm.PASSPORT: Saying.PASSPORT,
}
_SIDES = {Side.LEFT: Saying.LEFT, Side.RIGHT: Saying.RIGHT, Side.BOTH: Saying.BOTH}


def _is_paired(state: State) -> bool:
    place = state.clinic.knowledge.body.places.get(state.place)
    return place is not None and place.paired


def _listed(state: State, at: float) -> Said:
    """What the screen lists, by its words and by its place in the list."""
    knowledge, language = state.clinic.knowledge, state.language
    match state.screen:
        case Screen.WHO | Screen.PAPERS | Screen.SEX:
            yield from _by_place([event for _, event in _who(state, at)], language)
        case Screen.PICK:
            codes = on_offer.picks(state)
            events = [FindingTapped(at=at, code=code) for code in codes]
            yield from zip((knowledge.symptoms[code].name for code in codes), events, strict=True)
            yield from _by_place(events, language)
        case Screen.DANGERS:
            names = {danger.code: danger.name for danger in knowledge.dangers}
            pictures = [DangerPicked(at=at, code=code) for code in on_offer.danger_codes(state)]
            yield from ((names[event.code], event) for event in pictures)
            yield from _by_place(pictures, language)
        case Screen.BODY:
            for place in body.shown(knowledge.body, state.place, pointing.view(state), state.patient):
                yield place.name, PlaceChosen(at=at, code=place.code)
                for side in (Side.LEFT, Side.RIGHT) if place.paired else ():
                    name = place.name.in_language(language)
                    for form in SIDED[language][side.value]:
                        yield form.format(name), PlaceChosen(at=at, code=place.code, side=side)
        case Screen.PLACE if state.place in knowledge.body.places:
            here = knowledge.body.places[state.place]
            wrong = [FindingTapped(at=at, code=code) for code in body.offered(knowledge, here, state.patient)]
            yield from ((body.wrong_said(knowledge, here, event.code), event) for event in wrong)
            yield from _by_place(wrong, language)
        case Screen.RESULT:
            doors = [DepartmentChosen(at=at, code=score.code) for score in on_offer.departments(state)]
            yield from ((knowledge.departments[event.code].name, event) for event in doors)
            yield from _by_place(doors, language)
        case Screen.BOOKING if not state.booking:
            yield from _doctors_and_times(state, at)
        case _:
            return


def _doctors_and_times(state: State, at: float) -> Said:
    """A doctor means the first free time there; a time is the chosen doctor's, else that of whoever stands first."""
    chosen = state.slot.practitioner.code if state.slot else ""
    first: list[SlotChosen] = []
    by_clock: dict[str, SlotChosen] = {}
    for code in sorted(on_offer.doctors(state), key=lambda code: code != chosen):
        for slot in on_offer.times(state, code):
            if slot.free:
                for phrase in spoken_numbers.clock_phrases(slot.start.hour, slot.start.minute, state.language):
                    by_clock.setdefault(as_heard(phrase), SlotChosen(at=at, slot=slot))
    for code in on_offer.doctors(state):
        free = [slot for slot in on_offer.times(state, code) if slot.free]
        if free:
            event = SlotChosen(at=at, slot=free[0])
            first.append(event)
            name = free[0].practitioner.name.in_language(state.language)
            yield from ((form.format(name), event) for form in DOCTOR[state.language])
    yield from _by_place(first, state.language)
    yield from by_clock.items()


def _by_place(events: Iterable[Event], language: Language) -> Said:
    listed = list(events)
    for ways, event in zip(ORDINALS[language], listed, strict=False):
        yield from ((phrase, event) for phrase in ways)
    if len(listed) > 1:
        yield from ((phrase, listed[-1]) for phrase in LAST[language])


def _number_phrases(screen: Screen, language: Language) -> tuple[str, ...]:
    match screen:
        case Screen.PHONE:
            return spoken_numbers.digit_phrases(language)
        case Screen.BIRTH:
            return spoken_numbers.date_phrases(language)
        case Screen.AGE:
            return spoken_numbers.age_phrases(language)
        case _:
            return ()


def _figures(said: str, state: State) -> str:
    """The figures that the field should hold: what is said goes on with it, or replaces it where both were too long."""
    language = state.language
    if state.screen is Screen.BIRTH:
        return spoken_numbers.date_said(said, language)
    if state.screen is Screen.AGE:
        age = spoken_numbers.ages(language).get(said)
        return "" if age is None else str(age)
    figures = spoken_numbers.digits_said(said, language)
    together = state.phone + figures
    return together if figures and len(together) <= spoken_numbers.USUAL_DIGITS else figures
