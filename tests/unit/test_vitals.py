"""Every row of the vital-sign tables, at its edges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.early_warning import mews, mews_level, news2, pews, pews_level, shock_index
from kiosk.domain.findings import Consciousness, Vitals
from kiosk.domain.knowledge import Level
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.vitals import vital_rules

ADULT = Patient(age=40)
MOTHER = Patient(age=30, sex=Sex.FEMALE, pregnant=True)


SCORES = ("vital_news2", "vital_mews", "vital_pews", "vital_shock_index")


def level(patient: Patient, sign: str, value: float) -> int:
    """The level that this one sign sets by its own table, 4 for none; scores left out."""
    rules = vital_rules(patient, Vitals(**{sign: value}))  # type: ignore[arg-type]
    return min((rule.level for rule in rules if rule.rule not in SCORES), default=Level.IV)


def scores(patient: Patient, vitals: Vitals) -> dict[str, Level]:
    return {rule.rule: rule.level for rule in vital_rules(patient, vitals) if rule.rule in SCORES}


@pytest.mark.parametrize(
    ("sign", "expected"),
    [
        ("heart_rate", {39: 1, 40: 2, 50: 2, 51: 3, 55: 3, 56: 4, 99: 4, 100: 3, 149: 3, 150: 2, 180: 2, 181: 1}),
        ("respiratory_rate", {8: 1, 9: 3, 10: 4, 24: 4, 25: 2, 35: 2, 36: 1}),
        ("systolic", {69: 1, 70: 2, 80: 2, 81: 3, 90: 3, 91: 4, 179: 4, 180: 3, 200: 3, 201: 2}),
        ("diastolic", {109: 4, 110: 3}),
        ("spo2", {79: 1, 80: 2, 90: 2, 90.5: 3, 91: 3, 94: 3, 94.9: 3, 95: 4}),
        ("temperature", {31.9: 1, 32: 2, 34.9: 2, 35: 3, 35.1: 4, 39.9: 4, 40: 3, 40.9: 3, 41: 2, 41.1: 1}),
        ("gcs", {8: 1, 9: 2, 12: 2, 13: 3, 14: 3, 15: 4}),
        ("pain", {3: 4, 4: 3, 6: 3, 7: 2, 10: 2}),
        ("glucose", {3.32: 1, 3.33: 3, 3.89: 3, 3.9: 4, 16.7: 4, 16.8: 3, 33.3: 3, 33.4: 2}),
        ("potassium", {7.0: 4, 7.1: 1}),
        ("capillary_refill", {2: 4, 2.9: 4, 3: 3, 3.1: 2}),
        ("consciousness", {0: 4, 1: 2, 2: 2, 3: 1, 4: 1}),
    ],
)
def test_adult(sign: str, expected: dict[float, int]) -> None:
    assert {value: level(ADULT, sign, value) for value in expected} == expected


@pytest.mark.parametrize(
    ("sign", "expected"),
    [
        ("systolic", {69: 1, 70: 2, 80: 2, 81: 3, 120: 4, 139: 4, 140: 3, 159: 3, 160: 2, 219: 2, 220: 1}),
        ("diastolic", {89: 4, 90: 3, 109: 3, 110: 2}),
        ("respiratory_rate", {8: 1, 20: 4, 29: 2, 30: 1}),
        ("heart_rate", {50: 1, 51: 3, 90: 4, 110: 3, 110.5: 2, 111: 2, 129: 2, 130: 1}),
        ("spo2", {89: 1, 90: 2, 92: 2, 93: 3, 94: 3, 95: 4}),
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
        (9, "systolic", {74: 2, 87: 2, 88: 4, 130: 4, 131: 2}),
        (5, "systolic", {79: 2, 80: 4, 130: 4, 131: 2}),
        (4, "systolic", {77: 2, 78: 4, 131: 4}),
        (2, "systolic", {73: 2, 74: 4, 131: 4}),
        (0, "systolic", {69: 2, 70: 4}),
        (12, "systolic", {69: 1, 80: 2, 90: 3, 91: 4, 131: 2}),
        (12, "heart_rate", {39: 1, 40: 2, 50: 2, 51: 4, 100: 4, 101: 3, 149: 3, 150: 2, 180: 2, 181: 1}),
        (11, "heart_rate", {120: 4, 121: 3}),
        (11, "respiratory_rate", {8: 1, 9: 4, 30: 4, 31: 3, 35: 3, 36: 1}),
        (2, "heart_rate", {39: 1, 40: 4, 140: 4, 141: 3, 165: 3, 166: 1}),
        (4, "heart_rate", {39: 1, 40: 4, 120: 4, 121: 3, 140: 3, 141: 1}),
        (8, "heart_rate", {29: 1, 30: 4, 120: 4, 121: 1}),
        (0, "respiratory_rate", {9: 1, 10: 2, 17: 2, 18: 4, 54: 4, 55: 2, 60: 2, 61: 1}),
        (2, "respiratory_rate", {9: 1, 10: 2, 15: 2, 16: 4, 34: 4, 35: 2, 40: 2, 41: 1}),
        (4, "respiratory_rate", {7: 1, 8: 2, 12: 2, 13: 4, 27: 4, 28: 2, 32: 2, 33: 1}),
        (8, "respiratory_rate", {7: 1, 8: 4, 26: 4, 27: 1}),
        (4, "pain", {3: 4, 4: 3, 6: 3, 7: 2, 10: 2}),
        (4, "temperature", {39.9: 4, 40: 3, 41: 2, 41.5: 1}),
        (4, "gcs", {8: 1, 9: 2, 12: 2, 13: 3, 15: 4}),
        (4, "glucose", {3.3: 1, 3.4: 3, 5: 4}),
        (4, "capillary_refill", {2: 4, 3: 3, 4: 2}),
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


@pytest.mark.parametrize(
    ("days", "sign", "expected"),
    [
        (20, "heart_rate", {190: 4, 191: 3, 230: 3, 231: 1}),
        (20, "respiratory_rate", {9: 1, 10: 2, 20: 2, 21: 4, 60: 4, 61: 3, 70: 2, 80: 2, 81: 1}),
        (20, "systolic", {59: 2, 60: 4}),
        (120, "respiratory_rate", {20: 2, 21: 4, 55: 4, 56: 3, 70: 2, 80: 2, 81: 1}),
        (120, "heart_rate", {180: 4, 181: 3, 210: 3, 211: 1}),
        (300, "heart_rate", {180: 4, 181: 1}),
    ],
)
def test_infants(days: int, sign: str, expected: dict[float, int]) -> None:
    infant = Patient(age=0, age_days=days)
    assert {value: level(infant, sign, value) for value in expected} == expected


@pytest.mark.parametrize(("pulse", "breath", "expected"), [(100, 20, 3), (99, 20, 4), (99, 21, 3)])
def test_danger_zone_of_adolescents(pulse: float, breath: float, expected: int) -> None:
    found = vital_rules(Patient(age=16), Vitals(heart_rate=pulse, respiratory_rate=breath))
    assert min((rule.level for rule in found), default=Level.IV) == expected
    assert level(Patient(age=18), "respiratory_rate", 21) == Level.IV


def test_a_pregnant_girl_has_the_obstetric_table_as_well() -> None:
    assert level(Patient(age=13, sex=Sex.FEMALE, pregnant=True), "systolic", 145) == Level.II
    assert level(Patient(age=13, sex=Sex.FEMALE, pregnant=True), "diastolic", 95) == Level.III


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
        ("consciousness", {0: 0, 1: 3, 4: 3}),
        ("oxygen", {0: 0, 2: 2}),
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


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (Vitals(respiratory_rate=24, heart_rate=111, temperature=36.0), Level.III),
        (Vitals(respiratory_rate=24, heart_rate=111, temperature=37.0), None),
        (Vitals(respiratory_rate=24, heart_rate=111, spo2=92, temperature=39.0), Level.II),
        (Vitals(respiratory_rate=24, heart_rate=111, spo2=92), Level.III),
    ],
)
def test_news2_totals(total: Vitals, expected: Level | None) -> None:
    assert scores(ADULT, total).get("vital_news2") == expected


def test_a_nurse_is_told_of_a_middling_news2() -> None:
    rules = vital_rules(ADULT, Vitals(respiratory_rate=22, heart_rate=112, systolic=105))
    assert [rule.tell_staff for rule in rules if rule.rule == "vital_news2"] == [True]


@pytest.mark.parametrize("patient", [MOTHER, Patient(age=15), Patient(age=3)])
def test_news2_is_for_adults_who_are_not_pregnant(patient: Patient) -> None:
    vitals = Vitals(respiratory_rate=29, heart_rate=120, systolic=100)
    assert "vital_news2" not in scores(patient, vitals)


@pytest.mark.parametrize(
    ("sign", "points"),
    [
        ("respiratory_rate", {8: 2, 9: 0, 14: 0, 15: 1, 20: 1, 21: 2, 29: 2, 30: 3}),
        ("systolic", {70: 3, 71: 2, 80: 2, 81: 1, 100: 1, 101: 0, 199: 0, 200: 2}),
        ("heart_rate", {40: 2, 41: 1, 50: 1, 51: 0, 100: 0, 101: 1, 110: 1, 111: 2, 129: 2, 130: 3}),
        ("temperature", {34.9: 2, 35: 0, 38.4: 0, 38.5: 2}),
        ("consciousness", {0: 0, 1: 1, 2: 1, 3: 2, 4: 3}),
        ("gcs", {15: 0, 14: 1, 11: 2, 6: 3}),
    ],
)
def test_mews_points(sign: str, points: dict[float, int]) -> None:
    assert {value: mews(Vitals(**{sign: value})) for value in points} == points  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("total", "pregnant", "other"),
    [
        (Vitals(respiratory_rate=16), None, None),
        (Vitals(temperature=38.5), 3, 3),
        (Vitals(temperature=38.5, respiratory_rate=16), 2, 3),
        (Vitals(temperature=38.5, respiratory_rate=21), 2, 2),
        (Vitals(temperature=38.5, respiratory_rate=30), 1, 2),
        (Vitals(temperature=38.5, respiratory_rate=30, heart_rate=101), 1, 1),
    ],
)
def test_mews_levels(total: Vitals, pregnant: int | None, other: int | None) -> None:
    assert (mews_level(total, pregnant=True), mews_level(total, pregnant=False)) == (pregnant, other)
    assert scores(MOTHER, total).get("vital_mews") == pregnant
    assert scores(Patient(age=15), total).get("vital_mews") == other


@pytest.mark.parametrize(
    ("years", "vitals", "points"),
    [
        (3, Vitals(), 0),
        (3, Vitals(heart_rate=140, respiratory_rate=30, capillary_refill=2, consciousness=0, oxygen=0), 0),
        (3, Vitals(heart_rate=160), 2),
        (3, Vitals(heart_rate=170), 3),
        (3, Vitals(heart_rate=59), 3),
        (3, Vitals(capillary_refill=3), 1),
        (3, Vitals(capillary_refill=4), 2),
        (3, Vitals(capillary_refill=5), 3),
        (3, Vitals(capillary_refill=4, heart_rate=170), 3),
        (3, Vitals(respiratory_rate=39), 0),
        (3, Vitals(respiratory_rate=40), 1),
        (3, Vitals(respiratory_rate=50), 2),
        (3, Vitals(oxygen=3), 1),
        (3, Vitals(oxygen=6), 2),
        (3, Vitals(oxygen=8), 3),
        (3, Vitals(consciousness=Consciousness.CONFUSED), 3),
        (3, Vitals(consciousness=Consciousness.VOICE), 2),
        (3, Vitals(consciousness=Consciousness.PAIN), 3),
        (3, Vitals(gcs=13), 2),
        (3, Vitals(gcs=12), 3),
        (0.5, Vitals(heart_rate=180, respiratory_rate=50), 3),
        (0.5, Vitals(heart_rate=79), 3),
        (1, Vitals(heart_rate=170, respiratory_rate=45), 3),
        (8, Vitals(heart_rate=140, respiratory_rate=35), 3),
        (13, Vitals(heart_rate=139, respiratory_rate=34), 0),
    ],
)
def test_pews_points(years: float, vitals: Vitals, points: int) -> None:
    assert pews(years * 365.25, vitals) == points


@pytest.mark.parametrize(
    ("vitals", "expected"),
    [
        (Vitals(capillary_refill=2), None),
        (Vitals(capillary_refill=3), Level.III),
        (Vitals(capillary_refill=4), Level.III),
        (Vitals(capillary_refill=4, respiratory_rate=40), Level.II),
        (Vitals(capillary_refill=4, oxygen=6), Level.II),
        (Vitals(capillary_refill=4, oxygen=8), Level.I),
    ],
)
def test_pews_levels(vitals: Vitals, expected: Level | None) -> None:
    assert pews_level(3 * 365.25, vitals) == expected
    assert scores(Patient(age=3), vitals).get("vital_pews") == expected


@pytest.mark.parametrize(
    ("pulse", "pressure", "expected"), [(90, 100, None), (91, 100, Level.III), (90, 0, None), (None, 100, None)]
)
def test_shock_index(pulse: float | None, pressure: float, expected: Level | None) -> None:
    assert scores(ADULT, Vitals(heart_rate=pulse, systolic=pressure)).get("vital_shock_index") == expected


def test_the_shock_index_is_pulse_over_pressure() -> None:
    assert shock_index(Vitals(heart_rate=120, systolic=80)) == 1.5
    assert "vital_shock_index" not in scores(Patient(age=3), Vitals(heart_rate=120, systolic=80))


@pytest.mark.parametrize(
    ("step", "words"), [(1, "新发意识混乱"), (2, "仅对呼唤有反应"), (3, "仅对疼痛有反应"), (4, "无反应")]
)
def test_consciousness_is_said_in_words(step: int, words: str) -> None:
    assert vital_rules(ADULT, Vitals(consciousness=step))[0].because.zh == words


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
