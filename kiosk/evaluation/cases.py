"""Cases to measure with, read from JSON lines of several kinds; each belongs to the tuning or to the held-back part."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from kiosk.domain.assessment import Disposition
from kiosk.domain.findings import Status, Vitals
from kiosk.domain.language import Language
from kiosk.domain.patient import Sex


class Part(StrEnum):
    """Rules and words are tuned on one half only; the other tells how well that carries over."""

    TUNING = "tuning"
    HELD = "held"


class Kind(StrEnum):
    """What a set of cases can measure."""

    CASES = "cases"
    STATEMENTS = "statements"
    SELF_REPORTS = "self_reports"
    DEPARTMENT_QUESTIONS = "department_questions"
    VIGNETTES = "vignettes"


@dataclass(frozen=True, slots=True)
class Expected:
    """What a case should come to; an empty field is not measured. `departments` are acceptable first choices."""

    disposition: Disposition | None = None
    levels: tuple[int, ...] = ()
    departments: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    findings: Mapping[Status, tuple[frozenset[str], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """One patient. `known` is what the patient answers when asked, by finding; to anything else "not sure"."""

    id: str
    kind: Kind
    part: Part
    text: str
    language: Language
    expected: Expected
    age: float | None = None
    sex: Sex | None = None
    vitals: Vitals = Vitals()
    known: Mapping[str, Status] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Names:
    """Other people's names for our codes: symptoms (zh), departments (zh), diagnoses (en, lower case)."""

    symptoms: Mapping[str, frozenset[str]]
    departments: Mapping[str, frozenset[str]]
    diagnoses: Mapping[str, frozenset[str]]


class BadCase(ValueError):
    """A line that cannot be read; says file, line and field."""


def part_of(key: str) -> Part:
    """The part a case belongs to for good, from what names it."""
    return Part.HELD if int(hashlib.sha256(key.encode()).hexdigest(), 16) % 2 else Part.TUNING


def read_cases(path: Path, names: Names) -> list[Case]:
    """All cases of a file, or of every .jsonl file under a folder. Raises BadCase, OSError."""
    files = sorted(path.rglob("*.jsonl")) if path.is_dir() else [path]
    return [case for file in files for case in _read_file(file, names)]


def _read_file(file: Path, names: Names) -> Iterator[Case]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
                yield _reader(record)(record, f"{file.stem}-{number}", names)
            except (KeyError, TypeError, ValueError) as error:
                raise BadCase(f"{file}: line {number}: {type(error).__name__} {error}") from error


_Reader = Callable[[Mapping[str, Any], str, Names], Case]


def _reader(record: Mapping[str, Any]) -> _Reader:
    """Which kind of line this is, told by a field that only that kind has."""
    for name, reader in (
        ("expect", _case),
        ("said_as", _self_report),
        ("correct_diagnosis", _vignette),
        ("department", _department_question),
        ("unsure", _statement),
    ):
        if name in record:
            return reader
    raise ValueError("is no kind of case that is known")


def _case(record: Mapping[str, Any], place: str, names: Names) -> Case:
    expect = record["expect"]
    condition = expect.get("condition")
    return Case(
        id=record["id"],
        kind=Kind.CASES,
        part=part_of(record["id"]),
        text=record["text"],
        language=Language(record["id"][:2]),
        age=record.get("age"),
        sex=Sex(record["sex"]) if record.get("sex") else None,
        vitals=Vitals(**record.get("vitals", {})),
        known={code: _ANSWERS[answer] for code, answer in record.get("known", {}).items()},
        expected=Expected(
            disposition=Disposition(expect["disposition"]),
            levels=tuple(expect["levels"]),
            departments=frozenset(expect["departments"]),
            conditions=frozenset([condition] if condition else []),
            findings=_findings(expect),
        ),
    )


_ANSWERS = {"yes": Status.PRESENT, "no": Status.ABSENT, "unsure": Status.UNSURE}


def _findings(record: Mapping[str, Any]) -> dict[Status, tuple[frozenset[str], ...]]:
    return {status: tuple(frozenset([code]) for code in record.get(status.value, ())) for status in Status}


def _statement(record: Mapping[str, Any], place: str, names: Names) -> Case:
    return Case(
        id=record["id"],
        kind=Kind.STATEMENTS,
        part=part_of(record["id"]),
        text=record["text"],
        language=Language(record["id"][:2]),
        expected=Expected(findings=_findings(record)),
    )


def _self_report(record: Mapping[str, Any], place: str, names: Names) -> Case:
    return Case(
        id=record["id"],
        kind=Kind.SELF_REPORTS,
        part=part_of(record["id"]),
        text=record["text"],
        language=Language(record["lang"]),
        expected=Expected(
            conditions=names.diagnoses.get(record["disease"], frozenset()),
            findings={Status.PRESENT: tuple(_known_names(record["present"], names.symptoms))},
        ),
        known={
            code: Status.PRESENT if there else Status.ABSENT
            for name, there in record["asked_later"].items()
            for code in sorted(names.symptoms.get(name, ()))[:1]
        },
    )


def _known_names(given: Iterable[str], codes: Mapping[str, frozenset[str]]) -> Iterator[frozenset[str]]:
    for name in given:
        if codes.get(name):
            yield codes[name]


def _department_question(record: Mapping[str, Any], place: str, names: Names) -> Case:
    text = f"{record['title']}。{record['text']}"
    return Case(
        id=place,
        kind=Kind.DEPARTMENT_QUESTIONS,
        part=part_of(text),
        text=text,
        language=Language.ZH,
        expected=Expected(departments=names.departments[record["department"]]),
    )


def _vignette(record: Mapping[str, Any], place: str, names: Names) -> Case:
    told = ("chief_complaints", "presentation", "absent_findings", "physical_history", "family_history")
    who = record["demographics"].lower()
    years = re.search(r"(\d+)(?: ?-?(month|week|day))?", who)
    age = None
    if years:
        age = int(years[1]) / {"month": 12, "week": 52.18, "day": 365.25}.get(years[2] or "", 1)
    diagnosis = record["correct_diagnosis"].lower()
    return Case(
        id=place,
        kind=Kind.VIGNETTES,
        part=part_of(record["presentation"]),
        text=". ".join(str(record.get(name) or "") for name in (*told, "social_history")),
        language=Language.EN,
        age=age,
        sex=Sex.FEMALE if "female" in who or "woman" in who else Sex.MALE if "male" in who else None,
        expected=Expected(conditions=names.diagnoses.get(diagnosis, frozenset())),
    )
