"""Who the visit is for: an identity card, the number of a document, phone and birth date, or age alone without a name.
Then what is not known by that: birth date, sex.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from kiosk.domain.card_reading import CardState
from kiosk.domain.dialogue.appointments import CODE_DIGITS
from kiosk.domain.dialogue.effects import Effect, FindPatient, ReadCard, StopReading
from kiosk.domain.dialogue.events import (
    CardChanged,
    CardRead,
    Dictated,
    InsuranceGiven,
    Keyed,
    PaperChosen,
    PatientFound,
    SexChosen,
    WithCard,
    WithDocument,
    WithoutName,
    WithPhone,
)
from kiosk.domain.dialogue.step import Step, go
from kiosk.domain.identity_numbers import LONGEST, NumberRefused, read_number
from kiosk.domain.patient import IdentitySource, Patient, age_on, valid_phone
from kiosk.domain.patient_match import NO_MATCH, is_identified
from kiosk.domain.visit import InsuranceNotice, Screen, State

PHONE_DIGITS = 15
BIRTH_DIGITS = 8
AGE_DIGITS = 3
OLDEST = 130
LONGEST_REFERENCE = 500
"""Characters of an insurance code."""

_LETTERS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def with_card(state: State, event: WithCard) -> Step:
    if state.screen is not Screen.WHO or not state.clinic.card_reader:
        return state, []
    begun = replace(_somebody_else(state), card=CardState.WAITING, phone="", birth_digits="")
    return go(begun, Screen.CARD), []


def reader_followed(before: State, after: State) -> Step:
    """The reader works while its page is there and no card was read, whatever leads to the page or away from it."""
    wanted, works = _wants_card(after), _wants_card(before)
    if wanted and not works:
        return replace(after, card=CardState.WAITING), [ReadCard(after.visit_id)]
    effects: list[Effect] = [StopReading()] if works and not wanted else []
    return after, effects


def _wants_card(state: State) -> bool:
    return state.screen is Screen.CARD and state.card is not CardState.DONE


def card_changed(state: State, event: CardChanged) -> Step:
    if not _wants_card(state) or event.visit_id != state.visit_id or event.state is CardState.DONE:
        return state, []
    return replace(state, card=event.state), []


def card_read(state: State, event: CardRead) -> Step:
    born = event.patient.birth_date
    if not _wants_card(state) or event.visit_id != state.visit_id or born is None or state.today is None:
        return state, []
    try:
        years, days = age_on(born, state.today)
    except ValueError:
        return replace(state, card=CardState.FAILED), []
    patient = replace(event.patient, age=years, age_days=days, insurance=state.patient.insurance)
    return replace(state, patient=patient, card=CardState.DONE), []


def card_given(state: State) -> Step:
    return _identified(state) if state.card is CardState.DONE else (state, [])


def with_document(state: State, event: WithDocument) -> Step:
    if state.screen is not Screen.CARD:
        return state, []
    return go(_somebody_else(state), Screen.PAPERS), []


def paper_chosen(state: State, event: PaperChosen) -> Step:
    if state.screen is not Screen.PAPERS:
        return state, []
    return go(replace(state, paper=event.form, document_number=""), Screen.DOCUMENT), []


def document_given(state: State) -> Step:
    if state.today is None:
        return state, []
    try:
        found = read_number(state.paper, state.document_number, state.today)
    except NumberRefused as refused:
        return replace(state, input_problem=f"number_{refused.problem}"), []
    patient = replace(
        _somebody_else(state).patient,
        document=found.document,
        sex=found.sex,
        birth_date=found.birth_date,
        identity=IdentitySource.SELF_REPORTED,
    )
    if found.birth_date is not None:
        years, days = age_on(found.birth_date, state.today)
        patient = replace(patient, age=years, age_days=days)
    return _identified(replace(_somebody_else(state), patient=patient))


def _identified(state: State) -> Step:
    """On to what a document does not tell of the patient."""
    if state.patient.birth_date is None:
        return go(replace(state, birth_digits=""), Screen.BIRTH), []
    if state.patient.sex is None:
        return go(state, Screen.SEX), []
    return _known(state)


def _known(state: State) -> Step:
    """All there is to know: the complaint is next, and the patient's record is looked for meanwhile."""
    state = go(replace(state, match=NO_MATCH, finding=False), Screen.COMPLAINT)
    if not state.clinic.finds_patients or not is_identified(state.patient):
        return state, []
    return replace(state, finding=True), [FindPatient(state.visit_id, state.patient)]


def patient_found(state: State, event: PatientFound) -> Step:
    if event.visit_id != state.visit_id or not state.finding or state.checked_in is not None:
        return state, []
    return replace(state, match=event.match, finding=False), []


def insurance_given(state: State, event: InsuranceGiven) -> Step:
    if not 0 < len(event.reference) <= LONGEST_REFERENCE or not event.reference.isprintable():
        return state, []
    told = replace(state, insurance_notice=_insurance_notice(state), insurance_scanned_at=event.at)
    if told.insurance_notice is InsuranceNotice.TAKEN:
        told = replace(told, patient=replace(state.patient, insurance=event.reference))
    return told, []


def _insurance_notice(state: State) -> InsuranceNotice:
    if state.consented_at is None:
        return InsuranceNotice.TOO_EARLY
    # While it is being registered the visit is on its way already, as it is in an emergency.
    under_way = state.booking or state.checked_in is not None or state.screen is Screen.EMERGENCY
    return InsuranceNotice.TOO_LATE if under_way else InsuranceNotice.TAKEN


def _somebody_else(state: State) -> State:
    """Nothing of who it was before; an insurance code was scanned for this visit, whoever it is for."""
    before = state.patient
    nobody = Patient(sex=None if before.document else before.sex, insurance=before.insurance)
    return replace(state, patient=nobody, match=NO_MATCH, finding=False)


def with_phone(state: State, event: WithPhone) -> Step:
    if state.screen is not Screen.WHO:
        return state, []
    return go(replace(_somebody_else(state), age_digits=""), Screen.PHONE), []


def without_name(state: State, event: WithoutName) -> Step:
    if state.screen not in (Screen.WHO, Screen.PHONE):
        return state, []
    return go(replace(_somebody_else(state), phone="", birth_digits=""), Screen.AGE), []


def keyed(state: State, event: Keyed) -> Step:
    fresh = replace(state, input_problem="")
    if state.screen is Screen.DOCUMENT and (event.digit in _LETTERS or not event.digit):
        return replace(fresh, document_number=_typed(state.document_number, event.digit, LONGEST)), []
    if event.digit and not (len(event.digit) == 1 and event.digit in "0123456789"):
        return state, []
    match state.screen:
        case Screen.PHONE:
            return replace(fresh, phone=_typed(state.phone, event.digit, PHONE_DIGITS)), []
        case Screen.BIRTH:
            return replace(fresh, birth_digits=_typed(state.birth_digits, event.digit, BIRTH_DIGITS)), []
        case Screen.AGE:
            return replace(fresh, age_digits=_typed(state.age_digits, event.digit, AGE_DIGITS)), []
        case Screen.CODE if not state.looking:
            digits = _typed(state.code_digits, event.digit, CODE_DIGITS)
            return replace(fresh, code_digits=digits, appointment_problem=None), []
        case _:
            return state, []


def dictated(state: State, event: Dictated) -> Step:
    if not re.fullmatch("[0-9]*", event.digits):
        return state, []
    fresh = replace(state, input_problem="")
    match state.screen:
        case Screen.PHONE if len(event.digits) <= PHONE_DIGITS:
            return replace(fresh, phone=event.digits), []
        case Screen.BIRTH if len(event.digits) <= BIRTH_DIGITS:
            return replace(fresh, birth_digits=event.digits), []
        case Screen.AGE if len(event.digits) <= AGE_DIGITS:
            return replace(fresh, age_digits=event.digits), []
        case _:
            return state, []


def _typed(digits: str, digit: str, longest: int) -> str:
    return digits[:-1] if digit == "" else (digits + digit)[:longest]


def phone_given(state: State) -> Step:
    if not valid_phone(state.phone):
        return replace(state, input_problem="phone"), []
    return go(state, Screen.BIRTH), []


def birth_given(state: State) -> Step:
    born = _birth_date(state.birth_digits)
    if born is None or state.today is None:
        return replace(state, input_problem="birth"), []
    try:
        years, days = age_on(born, state.today)
    except ValueError:
        return replace(state, input_problem="birth"), []
    patient = replace(
        state.patient,
        phone=state.phone or None,
        birth_date=born,
        age=years,
        age_days=days,
        identity=IdentitySource.SELF_REPORTED,
    )
    return go(replace(state, patient=patient), Screen.SEX), []


def _birth_date(digits: str) -> date | None:
    if len(digits) != BIRTH_DIGITS:
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def age_given(state: State) -> Step:
    if not state.age_digits or int(state.age_digits) > OLDEST:
        return replace(state, input_problem="age"), []
    patient = replace(state.patient, age=int(state.age_digits), age_days=None)
    return go(replace(state, patient=patient), Screen.SEX), []


def sex_chosen(state: State, event: SexChosen) -> Step:
    if state.screen is not Screen.SEX:
        return state, []
    return _known(replace(state, patient=replace(state.patient, sex=event.sex)))
