"""Ways as they are written, and the list that the demonstration hospital makes of its places and departments."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from kiosk import paths
from kiosk.adapters.demo_hospital import Hospital, destinations, load_hospital
from kiosk.adapters.knowledge import load_knowledge
from kiosk.domain.errors import AssetError
from kiosk.domain.language import Words
from kiosk.domain.wayfinding import Destination, Wing, lines, remarks, steps, wing_of

FILE = paths.assets() / "demo-hospital" / "hospital.yaml"
MOST_IN_A_WING = 14
"""What still fits on a page in portrait."""


@pytest.fixture(scope="module")
def hospital() -> Hospital:
    return load_hospital(FILE)


@pytest.fixture(scope="module")
def places(hospital: Hospital) -> tuple[Destination, ...]:
    return destinations(hospital, load_knowledge(paths.assets() / "knowledge").departments)


def test_a_line_with_minutes_is_no_step() -> None:
    way = Words("左转\n坐 2 号电梯\n没有台阶，约 3 分钟", "Turn left\nTake lift 2\nNo steps, about 3 minutes")
    assert [step.en for step in steps(way)] == ["Turn left", "Take lift 2"]
    assert [remark.zh for remark in remarks(way)] == ["没有台阶，约 3 分钟"]


def test_languages_with_other_lines_are_not_torn_apart() -> None:
    way = Words("左转，再右转", "Turn left\nTurn right")
    assert lines(way) == (way,)
    assert lines(Words("", " \n")) == ()


@pytest.mark.parametrize(
    ("code", "wing"),
    [
        ("03.04", Wing.INTERNAL),
        ("04.03", Wing.SURGERY),
        ("07.01", Wing.FAMILY),
        ("10", Wing.SENSES),
        ("17", Wing.INFECTION),
        ("50.13", Wing.OTHER),
        ("", Wing.OTHER),
    ],
)
def test_a_department_stands_with_its_chapter_of_the_catalogue(code: str, wing: Wing) -> None:
    assert wing_of(code) is wing


def test_everything_that_has_a_room_can_be_found_once(hospital: Hospital, places: tuple[Destination, ...]) -> None:
    codes = [place.code for place in places]
    assert set(codes) == {*hospital.departments, *(place.code for place in hospital.places)}
    assert len(codes) == len(set(codes))
    assert [place.code for place in places if place.wing is None and place.code in hospital.departments] == [
        "emergency"
    ]
    sizes = Counter(place.wing for place in places)
    assert set(sizes) == {None, *Wing}
    assert max(sizes.values()) <= MOST_IN_A_WING


def test_every_place_has_a_drawing_and_steps_that_end_with_how_long_it_takes(places: tuple[Destination, ...]) -> None:
    for place in places:
        assert (paths.assets() / "icons" / f"{place.icon}.svg").exists(), place.code
        assert steps(place.way), place.code
        assert len(remarks(place.way)) == 1, place.code
        assert lines(place.way)[-1] == remarks(place.way)[0], place.code


def test_toilets_pharmacy_lifts_cashier_and_the_way_out_are_among_them(places: tuple[Destination, ...]) -> None:
    first = {place.code for place in places if place.wing is None}
    assert {"toilet", "pharmacy", "lift", "cashier", "main_door", "emergency"} <= first


def test_a_hospital_without_such_a_list_still_has_its_departments(tmp_path: Path) -> None:
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    del content["places"]
    file = tmp_path / "hospital.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    hospital = load_hospital(file)
    assert hospital.places == ()
    assert len(destinations(hospital, load_knowledge(paths.assets() / "knowledge").departments)) == len(
        hospital.departments
    )


@pytest.mark.parametrize(
    ("code", "field"), [("toilet", "code"), ("emergency", "code"), ("new", "icon")], ids=["twice", "department", "icon"]
)
def test_a_wrong_place_is_named(tmp_path: Path, code: str, field: str) -> None:
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    content["places"].append({**content["places"][0], "code": code} | ({"icon": 3} if field == "icon" else {}))
    file = tmp_path / "hospital.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    with pytest.raises(AssetError) as caught:
        load_hospital(file)
    assert (caught.value.entry, caught.value.field) == (code, field)
