"""The demonstration hospital: every department has a place, people and honest times."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml

from kiosk import paths
from kiosk.adapters.demo_hospital import NOTICE, DemoSchedules, Hospital, load_hospital
from kiosk.domain.errors import AssetError

FILE = paths.assets() / "demo-hospital" / "hospital.yaml"
CHINA = timezone(timedelta(hours=8))
MONDAY_MORNING = datetime(2026, 11, 23, 9, 46, tzinfo=CHINA)
MONDAY_NIGHT = datetime(2026, 11, 23, 23, 10, tzinfo=CHINA)
SATURDAY_AFTERNOON = datetime(2026, 11, 28, 15, 0, tzinfo=CHINA)


@pytest.fixture(scope="module")
def hospital() -> Hospital:
    return load_hospital(FILE)


@pytest.fixture(scope="module")
def department_codes() -> list[str]:
    entries = yaml.safe_load((paths.assets() / "knowledge" / "departments.yaml").read_text(encoding="utf-8"))
    return [entry["code"] for entry in entries]


def test_it_is_large_enough_to_live_in(hospital: Hospital) -> None:
    assert len(hospital.departments) >= 30
    assert len(hospital.practitioners) >= 120
    for person in hospital.practitioners:
        words = (person.name, person.title, person.about)
        assert all(one.zh and one.en for one in words)
        assert person.room


def turns(hospital: Hospital, department: str, monday: date, days: int) -> list[tuple[str, ...]]:
    """Who is there at each opening of so many days."""
    span = [monday + timedelta(days=offset) for offset in range(days)]
    return [
        tuple(person.code for person in hospital.on_duty(department, hours, day))
        for day in span
        for hours in hospital.hours_on(department, day)
    ]


def test_doctors_take_turns_that_repeat_after_two_weeks(hospital: Hospital) -> None:
    monday = date(2026, 11, 23)
    for department, place in hospital.departments.items():
        if not place.opening:
            continue
        there = turns(hospital, department, monday, 14)
        assert all(there), department
        assert turns(hospital, department, monday + timedelta(days=14), 14) == there
        for person in hospital.practitioners_of(department):
            clinics = sum(person.code in at_once for at_once in there)
            assert clinics >= len(there) // 3, person.code


def test_without_turns_everybody_is_there(hospital: Hospital) -> None:
    always = replace(hospital, rota_weeks=0)
    everybody = tuple(person.code for person in hospital.practitioners_of("orthopaedics"))
    assert set(turns(always, "orthopaedics", date(2026, 11, 23), 7)) == {everybody}


def test_every_department_has_a_place_and_one_to_four_people(hospital: Hospital, department_codes: list[str]) -> None:
    assert set(hospital.departments) == set(department_codes)
    for code in department_codes:
        assert 1 <= len(hospital.practitioners_of(code)) <= 4, code


def test_ways_are_short_steps_without_stairs(hospital: Hospital) -> None:
    for code, place in hospital.departments.items():
        assert 3 <= len(place.way.zh.splitlines()) <= 4, code
        assert len(place.way.zh.splitlines()) == len(place.way.en.splitlines()), code
        assert "楼梯" not in place.way.zh + place.way_back.zh, code
        assert "stairs" not in (place.way.en + place.way_back.en).lower(), code
        assert place.floor == 1 or f"{place.floor} 楼" in place.way.zh, code
        assert place.room in place.where.zh and place.room in place.where.en, code


def test_no_room_or_name_is_given_twice(hospital: Hospital) -> None:
    rooms = [place.room for place in hospital.departments.values()]
    names = [person.name.zh for person in hospital.practitioners]
    assert len(rooms) == len(set(rooms))
    assert len(names) == len(set(names))
    assert len({person.name.en for person in hospital.practitioners}) == len(names)


@pytest.mark.parametrize("now", [MONDAY_MORNING, MONDAY_NIGHT, SATURDAY_AFTERNOON])
def test_slots_are_in_order_never_past_and_in_the_zone_of_now(
    hospital: Hospital, department_codes: list[str], now: datetime
) -> None:
    schedules = DemoSchedules(hospital)
    for department in department_codes:
        slots = schedules.slots(department, now)
        starts = [slot.start for slot in slots]
        assert starts == sorted(starts)
        assert all(start >= now + NOTICE and start.utcoffset() == now.utcoffset() for start in starts)
        assert all(slot.end - slot.start == hospital.slot_length and slot.free for slot in slots)
        assert len({slot.code for slot in slots}) == len(slots)
        assert len({start.date() for start in starts}) <= 1


def test_today_comes_first(hospital: Hospital) -> None:
    slots = DemoSchedules(hospital).slots("orthopaedics", MONDAY_MORNING)
    assert slots[0].start == datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)
    assert slots[0].code == "zhou_lan-2026-11-23T10:00:00+08:00"
    assert {slot.practitioner.department for slot in slots} == {"orthopaedics"}


def test_a_slot_that_starts_in_five_minutes_is_offered_and_one_in_four_is_not(hospital: Hospital) -> None:
    schedules = DemoSchedules(hospital)
    assert schedules.slots("ent", MONDAY_MORNING.replace(minute=55))[0].start.minute == 0
    assert schedules.slots("ent", MONDAY_MORNING.replace(minute=56))[0].start.minute == 10


def test_after_closing_the_next_opening_is_offered(hospital: Hospital) -> None:
    schedules = DemoSchedules(hospital)
    assert schedules.slots("cardiology", MONDAY_NIGHT)[0].start == datetime(2026, 11, 24, 8, 0, tzinfo=CHINA)
    assert schedules.slots("cardiology", SATURDAY_AFTERNOON)[0].start == datetime(2026, 11, 29, 8, 0, tzinfo=CHINA)


def test_lunch_is_not_offered(hospital: Hospital) -> None:
    slots = DemoSchedules(hospital).slots("neurology", MONDAY_MORNING)
    noon, half_past_one = datetime(2026, 11, 23, 12, 0, tzinfo=CHINA), datetime(2026, 11, 23, 13, 30, tzinfo=CHINA)
    assert any(slot.end == noon for slot in slots)
    assert any(slot.start == half_past_one for slot in slots)
    assert not any(slot.end > noon and slot.start < half_past_one for slot in slots)


def test_emergency_gives_numbers_and_no_times(hospital: Hospital) -> None:
    schedules = DemoSchedules(hospital)
    assert list(schedules.slots("emergency", MONDAY_MORNING)) == []
    assert list(schedules.slots("nowhere", MONDAY_MORNING)) == []


def test_the_same_moment_gives_the_same_slots(hospital: Hospital) -> None:
    again = DemoSchedules(load_hospital(FILE))
    assert DemoSchedules(hospital).slots("ent", MONDAY_MORNING) == again.slots("ent", MONDAY_MORNING)


def test_a_naive_moment_is_refused(hospital: Hospital) -> None:
    with pytest.raises(ValueError, match="zone"):
        DemoSchedules(hospital).slots("ent", datetime(2026, 11, 23, 9, 0, tzinfo=UTC).replace(tzinfo=None))


def _without(content: dict[str, Any], field: str) -> None:
    del content[field]


BROKEN = {
    "name": (lambda c: _without(c, "name"), "hospital: name"),
    "slot length": (lambda c: c.update(slot_minutes=0), "slot_minutes"),
    "department twice": (lambda c: c["departments"].append(c["departments"][0]), "appears twice"),
    "practitioner nowhere": (lambda c: c["practitioners"][0].update(department="nowhere"), "has no place"),
    "practitioner twice": (lambda c: c["practitioners"].append(c["practitioners"][0]), "appears twice"),
    "one language": (lambda c: _without(c["departments"][3]["way"], "en"), "way: en"),
    "floor": (lambda c: c["departments"][0].update(floor="1"), "floor"),
    "no weekday": (lambda c: c["opening"][0].update(days=[0]), "weekdays"),
    "no time": (lambda c: c["opening"][0].update({"from": 480}), "from"),
    "closes early": (lambda c: c["opening"][0].update(to="07:00"), "closes before"),
    "overlap": (lambda c: c["opening"][0].update(to="14:00"), "overlaps on weekday 1"),
    "not a list": (lambda c: c.update(departments={}), "must be a list"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_names_its_fault(case: str, tmp_path: Path) -> None:
    content = copy.deepcopy(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    change, said = BROKEN[case]
    change(content)
    broken = tmp_path / "hospital.yaml"
    broken.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    with pytest.raises(AssetError, match=said):
        load_hospital(broken)


def test_an_unreadable_file_is_an_asset_error(tmp_path: Path) -> None:
    with pytest.raises(AssetError, match="cannot be read"):
        load_hospital(tmp_path / "missing.yaml")
    broken = tmp_path / "broken.yaml"
    broken.write_text("a: [", encoding="utf-8")
    with pytest.raises(AssetError, match="cannot be read"):
        load_hospital(broken)
