"""How much content there is, where it comes from, and how far its review has come."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.domain.knowledge import Level, ReviewState
from kiosk.domain.language import Language
from kiosk.knowledge_review.content import Content, Kind
from kiosk.knowledge_review.sheet import Sheet, Sheets

GENERAL = "general"
"""A source that begins so names no guideline, book or person."""


_Row = tuple[str | int | float, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is its key in JSON; every row has one value per column, the first of them text."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[_Row, ...]

    def lines(self) -> Iterator[str]:
        texts = [self.columns, *(tuple(map(_text, row)) for row in self.rows)]
        widths = [max(len(row[at]) for row in texts) for at in range(len(self.columns))]
        yield self.name
        for row in texts:
            cells = [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))]
            yield "  " + "  ".join(cells).rstrip()

    def as_records(self) -> list[dict[str, str | int | float]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Stats:
    version: str
    tables: tuple[Table, ...]

    def lines(self) -> Iterator[str]:
        yield f"content {self.version}"
        for table in self.tables:
            yield ""
            yield from table.lines()

    def as_json(self) -> str:
        """One document: version, and each table as a list of records."""
        tables = {table.name: table.as_records() for table in self.tables}
        return json.dumps({"version": self.version, **tables}, ensure_ascii=False, indent=1)


def stats(content: Content) -> Stats:
    return Stats(
        content.version,
        (_kinds(content), _files(content), _departments(content), _levels(content), _forms(content), _sources(content)),
    )


_STATES = tuple(ReviewState)


def _by_state(states: Counter[ReviewState]) -> tuple[int, ...]:
    return tuple(states[state] for state in _STATES)


def _review_table(name: str, groups: dict[str, Counter[ReviewState]]) -> Table:
    everything = sum(groups.values(), Counter[ReviewState]())
    rows = tuple(_review_row(group, states) for group, states in {**groups, "all": everything}.items())
    return Table(name, (name, "entries", *_STATES), rows)


def _review_row(group: str, states: Counter[ReviewState]) -> _Row:
    return (group, states.total(), *_by_state(states))


def _kinds(content: Content) -> Table:
    groups: dict[str, Counter[ReviewState]] = {}
    for kind, code, review in content.reviews():
        name = f"{content.base.symptoms[code].kind} findings" if kind is Kind.SYMPTOM else kind.replace("_", " ")
        groups.setdefault(name, Counter())[review.state] += 1
    return _review_table("kind", groups)


def _files(content: Content) -> Table:
    groups: dict[str, Counter[ReviewState]] = {}
    for kind, code, review in content.reviews():
        groups.setdefault(content.file(kind, code), Counter())[review.state] += 1
    return _review_table("file", dict(sorted(groups.items())))


def _departments(content: Content) -> Table:
    sheets = Sheets(content)
    columns = ("department", "conditions", "of them main", "rules", "questions", *_STATES)
    return Table("department", columns, tuple(_department_row(sheets.sheet(code)) for code in sheets.codes()))


def _department_row(sheet: Sheet) -> tuple[str | int, ...]:
    main = sum(row.is_main for row in sheet.conditions)
    counts = len(sheet.conditions), main, len(sheet.rules), len(sheet.questions)
    return (sheet.code, *counts, *_by_state(sheet.states()))


def _levels(content: Content) -> Table:
    conditions = Counter(condition.level for condition in content.base.conditions.values())
    rules = Counter(flag.level for flag in content.base.red_flags)
    rows = tuple((level.name, conditions[level], rules[level]) for level in Level)
    return Table("level", ("level", "conditions", "rules"), rows)


def _forms(content: Content) -> Table:
    rows: list[_Row] = []
    for language in Language:
        counts = [len(symptom.forms.get(language, ())) for symptom in content.base.symptoms.values()]
        mean = round(sum(counts) / len(counts), 1) if counts else 0.0
        rows.append((language.value, sum(counts), mean, min(counts, default=0), max(counts, default=0)))
    return Table("forms", ("language", "forms", "per finding", "fewest", "most"), tuple(rows))


def _sources(content: Content) -> Table:
    counts = Counter(review.source for _, _, review in content.reviews())
    general = sum(count for source, count in counts.items() if source.lower().startswith(GENERAL))
    rows: list[_Row] = [
        *counts.most_common(),
        ("all with a named source", counts.total() - general),
        ("all of general knowledge", general),
    ]
    return Table("source", ("source", "entries"), tuple(rows))


def _text(value: str | int | float) -> str:
    return value if isinstance(value, str) else f"{value:g}" if isinstance(value, float) else str(value)
