"""Who the visit is for: phone and birth date, or age alone without a name; then sex."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kiosk.domain.dialogue.appointments import CODE_DIGITS
from kiosk.domain.dialogue.events import Keyed, SexChosen, WithoutName, WithPhone
from kiosk.domain.dialogue.step import Step, go
from kiosk.domain.patient import IdentitySource, Patient, age_on, valid_phone
from kiosk.domain.visit import Screen, State

PHONE_DIGITS = 15
BIRTH_DIGITS = 8
AGE_DIGITS = 3
OLDEST = 130


def with_phone(state: State, event: WithPhone) -> Step:
    if state.screen is not Screen.WHO:
        return state, []
    return go(replace(state, age_digits=""), Screen.PHONE), []


def without_name(state: State, event: WithoutName) -> Step:
    if state.screen not in (Screen.WHO, Screen.PHONE):
        return state, []
    anonymous = Patient(sex=state.patient.sex)
    return go(replace(state, phone="", birth_digits="", patient=anonymous), Screen.AGE), []


def keyed(state: State, event: Keyed) -> Step:
    if event.digit and not (len(event.digit) == 1 and event.digit in "0123456789"):
        return state, []
    fresh = replace(state, input_problem="")
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
        phone=state.phone,
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
    return go(replace(state, patient=replace(state.patient, sex=event.sex)), Screen.COMPLAINT), []
