"""What the hospital has and what is open at a moment, for routing."""

from __future__ import annotations

import copy
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import yaml

from kiosk import paths
from kiosk.adapters.demo_hospital import DemoSchedules, Hospital, doors_at, load_hospital
from kiosk.domain.errors import AssetError

FILE = paths.assets() / "demo-hospital" / "hospital.yaml"
CHINA = timezone(timedelta(hours=8))
MONDAY = datetime(2026, 11, 23, 9, 46, tzinfo=CHINA)
LUNCH = datetime(2026, 11, 23, 12, 0, tzinfo=CHINA)
NIGHT = datetime(2026, 11, 23, 23, 10, tzinfo=CHINA)
SUNDAY_AFTERNOON = datetime(2026, 11, 29, 15, 0, tzinfo=CHINA)
SPRING_FESTIVAL = datetime(2027, 2, 6, 9, 0, tzinfo=CHINA)


@pytest.fixture(scope="module")
def hospital() -> Hospital:
    return load_hospital(FILE)


@pytest.mark.parametrize(
    ("now", "department", "is_open"),
    [
        (MONDAY, "neurology", True),
        (LUNCH, "neurology", False),
        (LUNCH - timedelta(minutes=1), "neurology", True),
        (NIGHT, "neurology", False),
        (NIGHT, "emergency", True),
        (NIGHT, "fever_clinic", True),
        (NIGHT, "animal_bite", True),
        (SUNDAY_AFTERNOON, "neurology", False),
        (SUNDAY_AFTERNOON, "paediatrics", True),
        (SPRING_FESTIVAL, "neurology", False),
        (SPRING_FESTIVAL, "paediatrics", False),
        (SPRING_FESTIVAL, "emergency", True),
    ],
)
def test_open_now(hospital: Hospital, now: datetime, department: str, is_open: bool) -> None:
    doors = doors_at(hospital, now)
    assert doors.open_now is not None
    assert (department in doors.open_now) == is_open
    assert (department in doors.next_opening) != is_open


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (LUNCH, datetime(2026, 11, 23, 13, 30, tzinfo=CHINA)),
        (NIGHT, datetime(2026, 11, 24, 8, 0, tzinfo=CHINA)),
        (SUNDAY_AFTERNOON, datetime(2026, 11, 30, 8, 0, tzinfo=CHINA)),
        (SPRING_FESTIVAL, datetime(2027, 2, 9, 8, 0, tzinfo=CHINA)),
    ],
)
def test_when_it_opens_again(hospital: Hospital, now: datetime, opens: datetime) -> None:
    assert doors_at(hospital, now).next_opening["neurology"] == opens


@pytest.mark.parametrize(("now", "soon"), [(LUNCH, True), (NIGHT, False), (SUNDAY_AFTERNOON, False)])
def test_lunch_is_over_soon_and_a_night_is_not(hospital: Hospital, now: datetime, soon: bool) -> None:
    assert ("neurology" in doors_at(hospital, now).soon) is soon


def test_the_day_and_what_is_there(hospital: Hospital) -> None:
    doors = doors_at(hospital, SPRING_FESTIVAL)
    assert (doors.today, doors.month) == (date(2027, 2, 6), 2)
    assert doors.departments == frozenset(hospital.departments)


def test_nothing_is_booked_on_a_holiday(hospital: Hospital) -> None:
    slots = DemoSchedules(hospital).slots("neurology", SPRING_FESTIVAL)
    assert {slot.start.date() for slot in slots} == {date(2027, 2, 9)}


@pytest.mark.parametrize("holidays", ["2027-01-01", ["soon"], [20270101]])
def test_holidays_are_dates(tmp_path: Path, holidays: object) -> None:
    content = copy.deepcopy(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    content["holidays"] = holidays
    broken = tmp_path / "hospital.yaml"
    broken.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    with pytest.raises(AssetError, match="holidays"):
        load_hospital(broken)


def test_a_hospital_without_holidays_is_as_good(tmp_path: Path) -> None:
    content = copy.deepcopy(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    del content["holidays"]
    plain = tmp_path / "hospital.yaml"
    plain.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    doors = doors_at(load_hospital(plain), SPRING_FESTIVAL)
    assert doors.open_now is not None
    assert "paediatrics" in doors.open_now
