"""Doctors in order: soon free, and in their field what the patient has."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.domain.booking import FIT_WORTH, Practitioner, Slot, fit, practitioners_in_order
from kiosk.domain.language import Words

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KNEE_PAIN = Words("膝盖疼", "knee pain")
BACK_PAIN = Words("腰疼", "back pain")


def doctor(code: str, zh: str, en: str) -> Practitioner:
    return Practitioner(code, Words(code, code), Words("医师", "doctor"), Words(zh, en), "orthopaedics", "206")


KNEES = doctor("knees", "膝和髋，关节置换", "Knee and hip, joint replacement")
SPINES = doctor("spines", "颈椎和腰椎", "Neck and lower back")


def at(practitioner: Practitioner, minutes: float) -> Slot:
    start = NINE + timedelta(minutes=minutes)
    return Slot(f"{practitioner.code}-{minutes}", practitioner, start, start + timedelta(minutes=10))


@pytest.mark.parametrize(
    ("complaints", "order"),
    [
        ((), ("spines", "knees")),
        ((KNEE_PAIN,), ("knees", "spines")),
        ((BACK_PAIN,), ("spines", "knees")),
        ((Words("头晕", "dizziness"),), ("spines", "knees")),
    ],
)
def test_a_fitting_field_outweighs_a_short_wait(complaints: tuple[Words, ...], order: tuple[str, ...]) -> None:
    assert practitioners_in_order([at(SPINES, 0), at(KNEES, 20), at(KNEES, 0.5 + 20)], complaints) == order


def test_a_long_wait_outweighs_a_fitting_field() -> None:
    late = FIT_WORTH / timedelta(minutes=1) + 10
    assert practitioners_in_order([at(SPINES, 0), at(KNEES, late)], (KNEE_PAIN,)) == ("spines", "knees")


def test_who_has_no_free_time_is_left_out() -> None:
    taken = replace(at(KNEES, 0), free=False)
    assert practitioners_in_order([taken, at(SPINES, 30)], (KNEE_PAIN,)) == ("spines",)
    assert practitioners_in_order([], (KNEE_PAIN,)) == ()


@pytest.mark.parametrize(
    ("about", "complaint", "fits"),
    [
        (Words("心慌、高血压", "Palpitations, blood pressure"), Words("心慌", "palpitations"), 1.0),
        (Words("冠心病、胸痛", "Heart disease, chest pain"), Words("心慌", "palpitations"), 0.5),
        (Words("月经调理", "Period complaints"), Words("痛经", "period pain"), 1.0),
        (Words("糖尿病", "Diabetes"), Words("咳嗽", "cough"), 0.0),
        (Words("慢性疼痛", "Long-lasting pain"), Words("疼痛", "pain"), 0.0),
    ],
)
def test_fit_counts_what_both_name(about: Words, complaint: Words, fits: float) -> None:
    assert fit(about, (complaint,)) == fits


def test_fit_is_shared_between_complaints() -> None:
    assert fit(KNEES.about, (KNEE_PAIN, BACK_PAIN)) == fit(KNEES.about, (KNEE_PAIN,)) / 2
    assert fit(KNEES.about, ()) == 0
