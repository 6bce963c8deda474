"""How broken entries of the body map are reported, by the loader and by lint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml

from kiosk import paths
from kiosk.adapters.knowledge import load_knowledge
from kiosk.adapters.knowledge_body import BODY_KINDS, BODY_PLACES
from kiosk.domain.errors import AssetError
from kiosk.domain.knowledge import Applies, BodyMap, BodyPlace, View
from kiosk.domain.patient import Sex
from kiosk.knowledge_review import lint_body
from kiosk.knowledge_review.content import Content, load_content
from kiosk.knowledge_review.lint import CHECKS
from kiosk.knowledge_review.problems import Problem, Severity
from tests.unit import test_knowledge_files as small
from tests.unit.shipped_clinic import content

Entries = list[dict[str, object]]
MEN = Applies(sex=Sex.MALE)


REVIEW = {"source": "test", "state": "draft"}
NAME = {"zh": "名称", "en": "name"}
WHOLE = {"adult": [50, 10], "child": [50, 20]}
KINDS = [{"code": "hurts", "name": NAME, "icon": "hurts", "review": REVIEW}]
PLACES = [
    {"code": "leg", "name": NAME, "at": WHOLE, "picture": "leg", "review": REVIEW},
    {
        "code": "knee",
        "name": NAME,
        "within": "leg",
        "at": {"zoom": [50, 50]},
        "what": {"hurts": "pain"},
        "review": REVIEW,
    },
    {"code": "neck", "name": NAME, "at": WHOLE, "also": ["chest_pain"], "what": {"hurts": "pain"}, "review": REVIEW},
    {"code": "pelvis", "name": NAME, "at": WHOLE, "picture": "pelvis", "review": REVIEW},
    {"code": "groin", "name": NAME, "within": "pelvis", "at": {"zoom": [50, 50]}, "also": ["pain"], "review": REVIEW},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small knowledge base with a body map and without faults."""
    for name, text in {
        "symptoms/chest.yaml": small.SYMPTOMS,
        "conditions/heart.yaml": small.CONDITIONS,
        "departments.yaml": small.DEPARTMENTS,
        "red_flags.yaml": small.RED_FLAGS,
        "complaints.yaml": small.COMPLAINTS,
        "routing.yaml": small.ROUTING,
        "language/zh.yaml": small.CUES,
        "language/en.yaml": small.CUES,
        BODY_KINDS: yaml.safe_dump(KINDS, allow_unicode=True),
        BODY_PLACES: yaml.safe_dump(PLACES, allow_unicode=True),
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_small_map_is_read(folder: Path) -> None:
    body = load_knowledge(folder).body
    assert list(body.places) == ["leg", "knee", "neck", "pelvis", "groin"]
    assert body.places["neck"].findings == ("pain", "chest_pain")
    assert body.places["knee"].at == {"zoom": (50, 50)}


def test_without_its_files_there_is_no_map(folder: Path) -> None:
    (folder / BODY_PLACES).unlink()
    assert load_knowledge(folder).body == BodyMap()


def load_with(folder: Path, name: str, change: Callable[[dict[str, dict[str, object]]], object]) -> AssetError:
    """The error of the small content after a change to the entries of one file."""
    file = folder / name
    entries: Entries = yaml.safe_load(file.read_bytes())
    change({str(entry["code"]): entry for entry in entries})
    file.write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    with pytest.raises(AssetError) as caught:
        load_knowledge(folder)
    return caught.value


BROKEN: tuple[tuple[str, str, str, Callable[[dict[str, dict[str, object]]], object]], ...] = (
    (BODY_KINDS, "hurts", "icon", lambda kinds: kinds["hurts"].pop("icon")),
    (BODY_KINDS, "hurts", "review", lambda kinds: kinds["hurts"].pop("review")),
    (BODY_PLACES, "knee", "name", lambda places: places["knee"].update(name={"zh": "膝盖"})),
    (BODY_PLACES, "knee", "pared", lambda places: places["knee"].update(pared=True)),
    (BODY_PLACES, "knee", "at", lambda places: places["knee"].update(at={"adult": [1, 2], "child": [1, 2]})),
    (BODY_PLACES, "leg", "at", lambda places: places["leg"].update(at={"zoom": [1, 2]})),
    (BODY_PLACES, "knee", "at.zoom", lambda places: places["knee"].update(at={"zoom": [1]})),
    (BODY_PLACES, "knee", "at.zoom", lambda places: places["knee"].update(at={"zoom": [1, 101]})),
    (BODY_PLACES, "knee", "what.aches", lambda places: places["knee"].update(what={"aches": "knee_pain"})),
    (BODY_PLACES, "knee", "what.hurts", lambda places: places["knee"].update(what={"hurts": "no_such_pain"})),
    (BODY_PLACES, "knee", "also", lambda places: places["knee"].update(also=["no_such_finding"])),
    (BODY_PLACES, "knee", "within", lambda places: places["knee"].update(within="neck")),
    (BODY_PLACES, "knee", "within", lambda places: places["knee"].update(within="no_such_region")),
    (BODY_PLACES, "neck", "picture", lambda places: places["neck"].update(picture="head")),
    (BODY_PLACES, "neck", "picture", lambda places: (places["neck"].pop("what"), places["neck"].pop("also"))),
    (BODY_PLACES, "neck", "views", lambda places: places["neck"].update(views=["side"])),
    (BODY_PLACES, "neck", "views", lambda places: places["neck"].update(views=[])),
    (BODY_PLACES, "knee", "applies", lambda places: places["knee"].update(applies={"age_min": 9, "age_max": 3})),
)


@pytest.mark.parametrize(("file", "entry", "field", "change"), BROKEN)
def test_a_broken_entry_is_named(
    folder: Path, file: str, entry: str, field: str, change: Callable[[dict[str, dict[str, object]]], object]
) -> None:
    error = load_with(folder, file, change)
    assert (error.file, error.entry, error.field) == (file, entry, field)


def test_a_region_without_parts_is_named(folder: Path) -> None:
    error = load_with(folder, BODY_PLACES, lambda places: places["groin"].update(within="leg"))
    assert (error.entry, error.field) == ("pelvis", "picture")


def test_a_part_with_parts_of_its_own_is_named(folder: Path) -> None:
    def nested(places: dict[str, dict[str, object]]) -> None:
        del places["knee"]["what"]
        places["knee"]["picture"] = "leg"

    assert load_with(folder, BODY_PLACES, nested).field == "picture"


def test_every_entry_is_reviewed_and_in_both_languages() -> None:
    body = content().body
    assert all(entry.review.source and entry.name.zh and entry.name.en for entry in body.places.values())
    assert all(entry.review.source for entry in body.kinds.values())


def with_place(code: str, **changes: object) -> Content:
    shipped = _shipped()
    places = dict(shipped.base.body.places)
    places[code] = replace(places[code], **changes)
    return replace(shipped, base=replace(shipped.base, body=BodyMap(shipped.base.body.kinds, places)))


def problems(content: Content) -> list[Problem]:
    return [problem for check in lint_body.CHECKS for problem in check(content)]


@cache
def _shipped() -> Content:
    return load_content(paths.assets())


def crowd(content: Content) -> Content:
    neck = content.base.body.places["neck"]
    more: dict[str, BodyPlace] = {
        f"neck_{n}": replace(neck, code=f"neck_{n}", at={"adult": (n * 9.0, 90.0), "child": (n * 9.0, 90.0)})
        for n in range(4)
    }
    return replace(
        content,
        base=replace(content.base, body=BodyMap(content.base.body.kinds, {**content.base.body.places, **more})),
    )


@pytest.mark.parametrize(
    ("check", "entry", "severity", "make"),
    [
        ("drawing-missing", "head", Severity.ERROR, lambda: with_place("head", picture="no_such_drawing")),
        ("drawing-missing", "-", Severity.ERROR, lambda: replace(_shipped(), drawings=frozenset({"head"}))),
        ("icon-missing", "hurts", Severity.ERROR, lambda: replace(_shipped(), icons=frozenset())),
        ("place-full", "knee", Severity.WARNING, lambda: with_place("knee", also=("fever", "cough"))),
        (
            "place-closed",
            "knee",
            Severity.ERROR,
            lambda: with_place("knee", applies=Applies(sex=Sex.MALE), also=("pregnant",)),
        ),
        ("dots-close", "nose", Severity.WARNING, lambda: with_place("mouth", at={"zoom": (51.0, 55.0)})),
        ("drawing-full", "-", Severity.ERROR, lambda: crowd(_shipped())),
        ("kind-unused", "numb", Severity.WARNING, lambda: without_numb(_shipped())),
    ],
)
def test_lint_finds_what_a_colleague_would(
    check: str, entry: str, severity: Severity, make: Callable[[], Content]
) -> None:
    found = [problem for problem in problems(make()) if problem.check == check and problem.entry == entry]
    assert found
    assert found[0].severity is severity


def without_numb(content: Content) -> Content:
    places = {
        code: replace(place, what={kind: finding for kind, finding in place.what.items() if kind != "numb"})
        for code, place in content.base.body.places.items()
    }
    return replace(content, base=replace(content.base, body=BodyMap(content.base.body.kinds, places)))


def test_the_shipped_map_has_no_problem() -> None:
    assert [problem.line() for problem in problems(_shipped())] == []


def test_lint_reads_the_map_too() -> None:
    assert set(lint_body.CHECKS) <= set(CHECKS)


def test_both_sides_of_the_body_show_places() -> None:
    for view in View:
        assert any(view in place.views and not place.within for place in content().body.places.values())
