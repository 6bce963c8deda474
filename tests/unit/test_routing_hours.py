"""What a department's hours do to the order and the words, and never to the level."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.doors import OpenDoors
from kiosk.domain.findings import Findings
from kiosk.domain.patient import Patient
from kiosk.domain.triage import assess
from tests.unit.routing_clinic import ALL, CHILD, HOSPITAL, NIGHT, WOMAN, departments, reason, said


@pytest.mark.parametrize(
    ("patient", "findings", "order"),
    [
        (WOMAN, said("headache"), ["emergency", "neurology"]),
        (WOMAN, said("fever", "cough"), ["fever_clinic"]),
        (CHILD, said("headache"), ["paediatrics"]),
        (CHILD, said("rash", "itching"), ["paediatrics", "dermatology"]),
        (WOMAN, said("chest_pain", "cold_sweat"), ["emergency", "cardiology"]),
        (WOMAN, Findings(), ["emergency", "general_practice"]),
    ],
)
def test_at_night_what_is_open_comes_first(patient: Patient, findings: Findings, order: list[str]) -> None:
    assert [entry.code for entry in departments(patient, findings, NIGHT)][: len(order)] == order


def test_at_night_the_patient_learns_when_the_clinic_opens() -> None:
    shown = departments(WOMAN, said("headache"), NIGHT)
    assert reason(shown, "emergency") == "the clinic opens tomorrow at 08:00; to be seen now, go to emergency"
    assert reason(shown, "neurology") == "opens tomorrow at 08:00"
    words = shown[0].reason
    assert words is not None
    assert words.zh == "门诊明天 08:00 开，现在看请到急诊"


@pytest.mark.parametrize(
    ("today", "when"),
    [
        (date(2026, 11, 24), "today at 08:00"),
        (date(2026, 11, 20), "on Tuesday at 08:00"),
        (None, "on Tuesday at 08:00"),
    ],
)
def test_the_next_opening_is_said_from_today(today: date | None, when: str) -> None:
    holiday = replace(NIGHT, open_now=frozenset(), today=today)
    assert reason(departments(WOMAN, said("headache"), holiday), "neurology") == f"opens {when}"


def test_a_closed_hospital_of_unknown_hours_promises_nothing() -> None:
    shown = departments(WOMAN, said("headache"), OpenDoors(open_now=frozenset()))
    assert reason(shown, "emergency") == "the clinic is closed now; emergency is open"
    assert reason(shown, "neurology") == ""


def test_by_day_nothing_is_said_about_hours() -> None:
    shown = departments(WOMAN, said("headache"), OpenDoors(open_now=ALL))
    assert shown == departments(WOMAN, said("headache"))
    assert shown[0].code == "neurology"


def test_what_is_not_urgent_waits_for_a_clinic_that_opens_soon() -> None:
    lunch = replace(NIGHT, soon=frozenset(("neurology",)))
    shown = departments(WOMAN, said("headache"), lunch)
    assert shown[0].code == "neurology"
    assert "emergency" not in [entry.code for entry in shown]
    assert reason(shown, "neurology") == "opens tomorrow at 08:00"
    assert departments(WOMAN, said("chest_pain", "cold_sweat"), lunch)[0].code == "emergency"


def test_hours_never_change_the_level() -> None:
    for code in HOSPITAL.symptoms:
        by_day = assess(HOSPITAL, WOMAN, said(code), ())
        at_night = assess(HOSPITAL, WOMAN, said(code), (), hospital=replace(NIGHT, today=None))
        assert at_night.level == by_day.level, code
        assert at_night.disposition == by_day.disposition, code
