"""Every row of the vital-sign tables, at its edges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.findings import Vitals
from kiosk.domain.knowledge import Level
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.vitals import news2, vital_rules

ADULT = Patient(age=40)
MOTHER = Patient(age=30, sex=Sex.FEMALE, pregnant=True)


def level(patient: Patient, sign: str, value: float) -> int:
    """The level that this one sign sets by its own table, 4 for none; NEWS2 left out."""
    rules = vital_rules(patient, Vitals(**{sign: value}))  # type: ignore[arg-type]
    return min((rule.level for rule in rules if rule.rule != "vital_news2"), default=Level.IV)


@pytest.mark.parametrize(
    ("sign", "expected"),
    [
        ("heart_rate", {39: 1, 40: 2, 50: 2, 51: 3, 55: 3, 56: 4, 100: 4, 101: 3, 149: 3, 150: 2, 180: 2, 181: 1}),
        ("respiratory_rate", {8: 1, 9: 4, 35: 4, 36: 1}),
        ("systolic", {69: 1, 70: 2, 80: 2, 81: 3, 90: 3, 91: 4, 179: 4, 180: 3, 200: 3, 201: 2}),
        ("diastolic", {109: 4, 110: 3}),
        ("spo2", {79: 1, 80: 2, 90: 2, 91: 3, 94: 3, 95: 4}),
        ("temperature", {31.9: 1, 32: 3, 35: 3, 35.1: 4, 39: 4, 41: 4, 41.1: 1}),
        ("gcs", {8: 1, 9: 2, 12: 2, 13: 3, 14: 3, 15: 4}),
        ("pain", {3: 4, 4: 3, 6: 3, 7: 2, 10: 2}),
        ("glucose", {3.32: 1, 3.33: 4, 12: 4}),
    ],
)
def test_adult(sign: str, expected: dict[float, int]) -> None:
    assert {value: level(ADULT, sign, value) for value in expected} == expected


@pytest.mark.parametrize(
    ("sign", "expected"),
    [
        ("systolic", {69: 1, 75: 2, 120: 4, 140: 3, 159: 3, 160: 2, 219: 2, 220: 1}),
        ("diastolic", {89: 4, 90: 3, 109: 3, 110: 2}),
        ("respiratory_rate", {8: 1, 20: 4, 30: 1}),
        ("heart_rate", {50: 1, 90: 4, 111: 2, 129: 2, 130: 1}),
        ("spo2", {89: 1, 90: 2, 92: 2, 93: 3, 94: 3, 96: 4}),
        ("pain", {0: 4, 1: 3, 3: 3, 4: 2, 6: 2, 7: 1}),
    ],
)
def test_pregnancy(sign: str, expected: dict[float, int]) -> None:
    assert {value: level(MOTHER, sign, value) for value in expected} == expected


@pytest.mark.parametrize(
    ("days", "fast", "slow", "breath", "breath_slow"),
    [
        (30, 230, 40, 80, 10),
        (120, 210, 40, 80, 10),
        (300, 180, 40, 60, 10),
        (700, 165, 40, 40, 10),
        (4 * 365, 140, 40, 32, 8),
        (8 * 365, 120, 30, 26, 8),
    ],
)
def test_children_level_one(days: int, fast: float, slow: float, breath: float, breath_slow: float) -> None:
    child = Patient(age=days // 365, age_days=days)
    assert level(child, "heart_rate", fast + 1) == Level.I
    assert level(child, "heart_rate", fast) > Level.I
    assert level(child, "heart_rate", slow - 1) == Level.I
    assert level(child, "respiratory_rate", breath + 1) == Level.I
    assert level(child, "respiratory_rate", breath) > Level.I
    assert level(child, "respiratory_rate", breath_slow - 1) == Level.I


@pytest.mark.parametrize(
    ("age", "sign", "expected"),
    [
        (4, "spo2", {89: 1, 90: 2, 92: 2, 93: 3, 95: 3, 96: 4}),
        (8, "systolic", {74: 2, 75: 4, 130: 4, 131: 2}),
        (2, "systolic", {74: 4, 131: 4}),
        (12, "heart_rate", {100: 4, 121: 3, 150: 2, 181: 1}),
        (2, "respiratory_rate", {9: 1, 12: 2, 25: 4, 36: 2, 41: 1}),
        (4, "respiratory_rate", {7: 1, 10: 2, 20: 4, 30: 2, 33: 1}),
        (4, "pain", {3: 4, 5: 3, 8: 2}),
        (4, "temperature", {39: 4, 41.5: 1}),
    ],
)
def test_children(age: int, sign: str, expected: dict[float, int]) -> None:
    child = Patient(age=age)
    assert {value: level(child, sign, value) for value in expected} == expected


@pytest.mark.parametrize(
    ("days", "celsius", "expected"), [(28, 38.0, 1), (28, 37.9, 4), (29, 38.0, 2), (89, 38.5, 2), (90, 38.5, 4)]
)
def test_fever_of_the_first_months(days: int, celsius: float, expected: int) -> None:
    assert level(Patient(age=0, age_days=days), "temperature", celsius) == expected


def test_an_unknown_age_is_judged_by_the_stricter_table() -> None:
    nobody = Patient()
    assert level(nobody, "spo2", 89) == Level.I
    assert level(nobody, "heart_rate", 181) == Level.I
    assert level(nobody, "respiratory_rate", 36) == Level.I


@pytest.mark.parametrize(
    ("sign", "points"),
    [
        ("respiratory_rate", {8: 3, 9: 1, 11: 1, 12: 0, 20: 0, 21: 2, 24: 2, 25: 3}),
        ("spo2", {91: 3, 92: 2, 93: 2, 94: 1, 95: 1, 96: 0}),
        ("systolic", {90: 3, 91: 2, 100: 2, 101: 1, 110: 1, 111: 0, 219: 0, 220: 3}),
        ("heart_rate", {40: 3, 41: 1, 50: 1, 51: 0, 90: 0, 91: 1, 110: 1, 111: 2, 130: 2, 131: 3}),
        ("temperature", {35.0: 3, 35.1: 1, 36.0: 1, 36.1: 0, 38.0: 0, 38.1: 1, 39.0: 1, 39.1: 2}),
        ("gcs", {15: 0, 14: 3}),
    ],
)
def test_news2_points(sign: str, points: dict[float, int]) -> None:
    assert {value: news2(Vitals(**{sign: value}))[0] for value in points} == points  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("vitals", "expected"),
    [
        (Vitals(respiratory_rate=22, heart_rate=112, systolic=105), Level.III),
        (Vitals(respiratory_rate=25), Level.III),
        (Vitals(respiratory_rate=25, heart_rate=112, systolic=98), Level.II),
        (Vitals(respiratory_rate=22, heart_rate=95), None),
    ],
)
def test_news2_is_a_minimum(vitals: Vitals, expected: Level | None) -> None:
    found = [rule.level for rule in vital_rules(ADULT, vitals) if rule.rule == "vital_news2"]
    assert found == ([] if expected is None else [expected])


@pytest.mark.parametrize("patient", [MOTHER, Patient(age=15), Patient(age=3)])
def test_news2_is_for_adults_who_are_not_pregnant(patient: Patient) -> None:
    vitals = Vitals(respiratory_rate=29, heart_rate=120, systolic=100)
    assert "vital_news2" not in {rule.rule for rule in vital_rules(patient, vitals)}


def test_the_reason_names_the_sign_in_both_languages() -> None:
    rule = vital_rules(ADULT, Vitals(spo2=85))[0]
    assert (rule.rule, rule.because.zh, rule.because.en) == ("vital_spo2", "血氧 85%", "oxygen saturation 85%")


def test_nothing_measured_says_nothing() -> None:
    assert vital_rules(ADULT, Vitals()) == ()


@given(
    st.integers(0, 100),
    st.sampled_from(["heart_rate", "respiratory_rate", "systolic", "spo2", "temperature"]),
    st.floats(0, 300),
    st.floats(0, 300),
)
def test_one_more_sign_never_lowers_the_level(age: int, sign: str, value: float, pressure: float) -> None:
    patient = Patient(age=age)
    one = vital_rules(patient, Vitals(diastolic=pressure))
    two = vital_rules(patient, Vitals(**{"diastolic": pressure, sign: value}))  # type: ignore[arg-type]
    most = Level.IV
    assert min((r.level for r in two), default=most) <= min((r.level for r in one), default=most)
