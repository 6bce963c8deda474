"""Who the visit is for: the card on the reader, a typed number, and the record that is looked for meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kiosk.domain.card_reading import CardState
from kiosk.domain.dialogue import effects as fx
from kiosk.domain.dialogue import events as ev
from kiosk.domain.dialogue.effects import Effect
from kiosk.domain.dialogue.events import Event
from kiosk.domain.identity_numbers import PaperForm, check_digit
from kiosk.domain.patient import DocumentKind, IdentityDocument, IdentitySource, Patient, Sex
from kiosk.domain.patient_match import NO_MATCH, PatientMatch
from kiosk.domain.session import advance, fresh
from kiosk.domain.visit import CheckedInVisit, InsuranceNotice, Screen, State
from tests.unit.dialogue_clinic import CLINIC

WALL = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NUMBER = "11010519491231002X"
CARD = Patient(
    sex=Sex.FEMALE,
    birth_date=date(1949, 12, 31),
    name="张小",
    document=IdentityDocument(DocumentKind.RESIDENT_ID, NUMBER),
    identity=IdentitySource.DOCUMENT_READ,
)
KNOWN = PatientMatch("p-7", "MR7")
FOUND = ev.PatientFound(at=9, visit_id="v1", match=KNOWN)
READ = ev.CardRead(at=5, visit_id="v1", patient=CARD)


def play(state: State, *events: Event) -> tuple[State, list[Effect]]:
    done: list[Effect] = []
    for event in events:
        state, effects = advance(state, event)
        done += effects
    return state, done


def at_who(**changes: object) -> State:
    clinic = replace(CLINIC, **{"card_reader": True, "finds_patients": True, **changes})
    state, _ = play(
        fresh(State(clinic=clinic)),
        ev.Started(at=1, visit_id="v1", today=WALL.date()),
        ev.ConsentGiven(at=2, wall=WALL),
    )
    return state


def typed(text: str) -> list[Event]:
    return [ev.Keyed(at=6, digit=character) for character in text]


def by_number(form: PaperForm, text: str) -> list[Event]:
    chosen = [ev.WithCard(at=3), ev.WithDocument(at=4), ev.PaperChosen(at=5, form=form)]
    return [*chosen, *typed(text), ev.Next(at=7)]


def test_without_a_reader_there_is_no_card() -> None:
    state, done = play(at_who(card_reader=False), ev.WithCard(at=3), ev.WithDocument(at=4))
    assert (state.screen, done) == (Screen.WHO, [])


def test_a_card_on_the_reader_says_who_the_patient_is() -> None:
    state, done = play(at_who(), ev.WithCard(at=3))
    assert (state.screen, done) == (Screen.CARD, [fx.ReadCard("v1")])
    for reader in (CardState.NO_READER, CardState.WAITING, CardState.READING, CardState.FAILED):
        state, done = play(state, ev.CardChanged(at=4, visit_id="v1", state=reader))
        assert (state.card, done) == (reader, [])
    state, done = play(state, READ)
    assert (state.screen, state.card, done) == (Screen.CARD, CardState.DONE, [fx.StopReading()])
    state, done = play(state, ev.Next(at=6))
    assert state.screen is Screen.COMPLAINT
    assert state.patient == replace(CARD, age=76, age_days=state.patient.age_days)
    assert done == [fx.FindPatient("v1", state.patient)]


def test_nothing_goes_on_before_a_card_was_read() -> None:
    state, done = play(at_who(), ev.WithCard(at=3), ev.Next(at=4))
    assert (state.screen, done) == (Screen.CARD, [fx.ReadCard("v1")])


@pytest.mark.parametrize("away", [ev.Back(at=5), ev.Ended(at=5), ev.NurseCalled(at=5), ev.WithDocument(at=5)])
def test_the_reader_rests_when_the_page_is_left(away: Event) -> None:
    state, done = play(at_who(), ev.WithCard(at=3), away)
    assert fx.StopReading() in done
    late, effects = play(state, READ, ev.CardChanged(at=7, visit_id="v1", state=CardState.FAILED))
    assert (late.patient, effects) == (Patient(), [])
    assert late.card is not CardState.DONE


def test_the_reader_works_again_when_the_page_comes_back() -> None:
    _, done = play(at_who(), ev.WithCard(at=3), ev.NurseCalled(at=4), ev.NurseArrived(at=5))
    assert done.count(fx.ReadCard("v1")) == 2


def test_a_card_of_another_visit_is_nobodys() -> None:
    state, _ = play(at_who(), ev.WithCard(at=3), replace(READ, visit_id="v0"))
    assert (state.patient, state.card) == (Patient(), CardState.WAITING)


def test_a_card_that_does_not_tell_the_sex_leaves_it_to_be_asked() -> None:
    read = replace(READ, patient=replace(CARD, sex=None))
    state, done = play(at_who(), ev.WithCard(at=3), read, ev.Next(at=6))
    assert state.screen is Screen.SEX
    state, done = play(state, ev.SexChosen(at=7, sex=Sex.FEMALE))
    assert (state.screen, state.patient.sex) == (Screen.COMPLAINT, Sex.FEMALE)
    assert done == [fx.FindPatient("v1", state.patient)]


def test_a_typed_number_tells_what_it_carries_and_is_the_patients_own_word() -> None:
    state, _ = play(at_who(), *by_number(PaperForm.CARD, NUMBER))
    assert state.screen is Screen.COMPLAINT
    patient = state.patient
    assert (patient.document, patient.birth_date, patient.sex) == (CARD.document, CARD.birth_date, Sex.FEMALE)
    assert (patient.identity, patient.name, patient.age) == (IdentitySource.SELF_REPORTED, None, 76)


def test_a_passport_leaves_birth_date_and_sex_to_be_asked() -> None:
    state, _ = play(at_who(), *by_number(PaperForm.PASSPORT, "E12345678"))
    assert state.screen is Screen.BIRTH
    state, done = play(state, *typed("19850708"), ev.Next(at=8))
    assert state.screen is Screen.SEX
    state, done = play(state, ev.SexChosen(at=9, sex=None))
    assert state.patient.document == IdentityDocument(DocumentKind.PASSPORT, "E12345678")
    assert (state.patient.birth_date, state.patient.phone) == (date(1985, 7, 8), None)
    assert done == [fx.FindPatient("v1", state.patient)]


def test_a_phone_number_typed_before_is_not_the_documents() -> None:
    state, _ = play(
        at_who(),
        ev.WithPhone(at=2),
        *typed("13800138000"),
        ev.Back(at=3),
        *by_number(PaperForm.PASSPORT, "E12345678"),
        *typed("19850708"),
        ev.Next(at=8),
    )
    assert state.patient.phone is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("110105194912310021", "number_check_digit"),
        ("110105491231002", "number_old"),
        ("", "number_form"),
        ("110105205001010013", "number_birth_date"),
    ],
)
def test_a_wrong_number_stays_on_the_page_and_says_why(text: str, problem: str) -> None:
    text = text[:17] + check_digit(text[:17]) if problem == "number_birth_date" else text
    state, _ = play(at_who(), *by_number(PaperForm.CARD, text))
    assert (state.screen, state.input_problem) == (Screen.DOCUMENT, problem)
    state, _ = play(state, ev.Keyed(at=8, digit=""))
    assert (state.document_number, state.input_problem) == (text[:-1], "")


@pytest.mark.parametrize("key", ["x", "é", "AB", "-", "٣", " "])
def test_other_keys_type_nothing(key: str) -> None:
    state, _ = play(at_who(), *by_number(PaperForm.CARD, "")[:-1], ev.Keyed(at=6, digit=key))
    assert state.document_number == ""


def test_going_back_to_another_way_leaves_nothing_of_the_card() -> None:
    state, _ = play(at_who(), ev.WithCard(at=3), READ, ev.Next(at=6), FOUND)
    assert state.match == KNOWN
    state, _ = play(state, ev.Back(at=10), ev.Back(at=11), ev.WithoutName(at=12))
    assert (state.patient, state.match) == (Patient(), NO_MATCH)
    late, _ = play(state, FOUND)
    assert late.match == NO_MATCH


def test_what_is_found_goes_with_the_visit_and_changes_nothing_on_the_screen() -> None:
    before, _ = play(at_who(), ev.WithCard(at=3), READ, ev.Next(at=6))
    after, done = play(before, FOUND)
    assert after == replace(before, match=KNOWN, finding=False)
    assert done == []
    again, _ = play(after, replace(FOUND, match=NO_MATCH))
    assert again.match == KNOWN


def test_found_for_another_visit_is_not_taken() -> None:
    state, _ = play(at_who(), ev.WithCard(at=3), READ, ev.Next(at=6), replace(FOUND, visit_id="v0"))
    assert state.match == NO_MATCH


def test_nobody_is_looked_for_without_a_name_or_without_a_register() -> None:
    nameless = (ev.WithoutName(at=3), ev.Keyed(at=4, digit="4"), ev.Next(at=5), ev.SexChosen(at=6, sex=None))
    _, done = play(at_who(), *nameless)
    assert done == []
    _, done = play(at_who(finds_patients=False), ev.WithCard(at=3), READ, ev.Next(at=6))
    assert not any(isinstance(effect, fx.FindPatient) for effect in done)


def test_an_insurance_code_is_for_this_visit_whoever_it_is_for() -> None:
    state, _ = play(at_who(), ev.InsuranceGiven(at=3, reference="ec-1"), ev.WithCard(at=4), READ)
    assert state.patient.insurance == "ec-1"
    assert play(state, ev.Ended(at=9))[0].patient == Patient()


@pytest.mark.parametrize("reference", ["", "x" * 501, "a\nb"])
def test_what_is_no_insurance_code_changes_nothing(reference: str) -> None:
    state = at_who()
    assert play(state, ev.InsuranceGiven(at=2, reference=reference))[0].patient == state.patient


def test_what_became_of_an_insurance_code_is_told() -> None:
    """From the yes to a booking on, the message to the hospital system is made: a code taken then would be lost."""
    code = ev.InsuranceGiven(at=9, reference="ec-1")
    taken, _ = play(at_who(), code)
    assert (taken.insurance_notice, taken.insurance_scanned_at) == (InsuranceNotice.TAKEN, 9)
    done = CheckedInVisit("骨 001", "203", None, None, "DZ1:", to_be_confirmed=False)
    for late in ({"booking": True}, {"checked_in": done}, {"screen": Screen.EMERGENCY}):
        state, _ = play(replace(at_who(), **late), code)
        assert (state.insurance_notice, state.patient.insurance) == (InsuranceNotice.TOO_LATE, None)


def test_no_insurance_code_before_consent() -> None:
    state, _ = play(fresh(State(clinic=CLINIC)), ev.InsuranceGiven(at=1, reference="ec-1"))
    assert state.insurance_notice is InsuranceNotice.TOO_EARLY
    assert state.patient == Patient()


def test_the_end_leaves_nothing() -> None:
    state, _ = play(at_who(), *by_number(PaperForm.CARD, NUMBER), FOUND, ev.Ended(at=12))
    assert state == replace(
        fresh(State(clinic=state.clinic)), screen=Screen.FAREWELL, last_touch=12, language=state.language
    )
