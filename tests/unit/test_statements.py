"""Whole statements of patients and doctors: what they say is there, is not there, and may be there.

The sentences stand in tests/data/understood, a file a language; a row that fails is named by its file and line.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.unit.shipped_clinic import SIGN, content, understood

ROWS = Path(__file__).parents[1] / "data" / "understood"
NOTHING = "nothing"


class Row(NamedTuple):
    """A sentence, what is to be understood of it, and where it stands."""

    text: str
    signs: frozenset[str]
    place: str


def rows_of(lines: str, name: str) -> tuple[Row, ...]:
    """The rows of one file; a heading, a remark and an empty line are none."""
    rows: dict[str, Row] = {}
    for number, line in enumerate(lines.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        place = f"{name}:{number}"
        text, bar, told = (part.strip() for part in line.rpartition("|"))
        signs = frozenset(told.split()) - {NOTHING}
        if not (bar and text and told) or any(sign[0] not in SIGN.values() or not sign[1:] for sign in signs):
            raise ValueError(f"{place}: a row is 'sentence | +code -code ?code' or 'sentence | {NOTHING}': {line}")
        if text in rows:
            raise ValueError(f"{place}: stands in {rows[text].place} already: {text}")
        rows[text] = Row(text, signs, place)
    return tuple(rows.values())


def written() -> tuple[Row, ...]:
    rows = {path.name: rows_of(path.read_text(encoding="utf-8"), path.name) for path in sorted(ROWS.glob("*.txt"))}
    assert set(rows) == {"en.txt", "zh.txt"}
    assert all(rows.values())
    return tuple(row for of_language in rows.values() for row in of_language)


def told(text: str) -> set[str]:
    """Every finding with its status; one that another includes, or that names an illness, is not counted."""
    found = understood(text)
    included = {code for f in found for code in content().implied.get(f.code, ())}
    return {SIGN[f.status] + f.code for f in found if f.code not in included and not f.code.startswith("named_")}


@pytest.mark.parametrize("row", [pytest.param(row, id=row.place) for row in written()])
def test_statement(row: Row) -> None:
    included = {code for sign in row.signs for code in content().implied.get(sign[1:], ())}
    expected = {sign for sign in row.signs if sign[1:] not in included}
    found = told(row.text)
    missed, besides = expected - found, found - expected
    assert not (missed or besides), (
        f"tests/data/understood/{row.place}: {row.text}\n"
        f"  not understood: {' '.join(sorted(missed)) or NOTHING}\n"
        f"  understood besides: {' '.join(sorted(besides)) or NOTHING}"
    )


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("我头疼", "zh.txt:1: a row is"),
        ("# 头\n\n我头疼 |", "zh.txt:3: a row is"),
        ("我头疼 | headache", "zh.txt:1: a row is"),
        ("我头疼 | +", "zh.txt:1: a row is"),
        ("| +headache", "zh.txt:1: a row is"),
        ("我头疼 | +headache\n我头疼 | +headache", "zh.txt:2: stands in zh.txt:1 already"),
    ],
)
def test_a_row_that_is_none_is_named_by_its_line(lines: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        rows_of(lines, "zh.txt")
