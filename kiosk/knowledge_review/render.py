"""A sheet as HTML: one page for a browser, or its rows one by one for the printed one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kiosk.domain.language import Words
from kiosk.knowledge_review import words
from kiosk.knowledge_review.labels import LABELS
from kiosk.knowledge_review.sheet import Sheet

TEMPLATES = Path(__file__).resolve().parent


class SheetLanguage(StrEnum):
    ZH = "zh"
    EN = "en"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Edition:
    """What stands on every page of one print run."""

    version: str
    day: date
    language: SheetLanguage = SheetLanguage.BOTH


@dataclass(frozen=True, slots=True)
class Section:
    """A titled table; `head` and `rows` are table rows."""

    title: Markup
    intro: Markup
    head: Markup
    rows: tuple[Markup, ...]


class Renderer:
    """Turns sheets of one edition into HTML. With `paper` it keeps to what Qt's rich text can lay out."""

    def __init__(self, edition: Edition, paper: bool = False) -> None:
        self.edition = edition
        self._paper = paper

    def page(self, sheet: Sheet) -> str:
        """A whole HTML document without any outside resource."""
        return self._environment.get_template("sheet.html.j2").render(
            sheet=sheet,
            sections=self.sections(sheet),
            version=self.edition.version,
            day=self.edition.day.isoformat(),
            footer=self.footer(sheet),
        )

    def title(self, sheet: Sheet) -> Markup:
        return self._part("title", sheet, self.edition.version, self.edition.day.isoformat())

    def signature(self, sheet: Sheet) -> Markup:
        return self._part("signature", sheet, self.edition.version)

    def footer(self, sheet: Sheet) -> str:
        """Plain text for the foot of every page, with room for initials."""
        facts = (self.plain(sheet.name), self.edition.version, sheet.fingerprint, self.edition.day.isoformat())
        return f"{' · '.join(facts)}      {self.plain(LABELS['initials'])} ______________"

    def sections(self, sheet: Sheet) -> tuple[Section, ...]:
        """The tables in the order they are read; those for information only where they have something to say."""
        signed = (
            self._section("conditions", "condition", sheet.conditions),
            self._section("rules", "rule", sheet.rules),
            self._section("routes", "route", sheet.routes),
            self._section("questions", "question", sheet.questions),
            self._section("first", "first", sheet.first),
        )
        beside = {
            "conditions": ("others", "other", sheet.others),
            "rules": ("rules_beside", "rule_beside", sheet.rules_beside),
            "questions": ("questions_beside", "question_beside", sheet.questions_beside),
        }
        ordered: list[Section] = []
        for key, section in zip(("conditions", "rules", "routes", "questions", "first"), signed, strict=True):
            ordered.append(section)
            if key in beside and beside[key][2]:
                ordered.append(self._section(*beside[key]))
        if sheet.dangers:
            ordered.append(self._section("dangers", "danger", sheet.dangers))
        return tuple(ordered)

    def plain(self, text: Words) -> str:
        """Words without markup, in the edition's language or both."""
        match self.edition.language:
            case SheetLanguage.ZH:
                return text.zh
            case SheetLanguage.EN:
                return text.en
        return text.zh if text.zh == text.en else f"{text.zh} {text.en}"

    def _section(self, name: str, part: str, rows: Sequence[object]) -> Section:
        return Section(
            title=self._words(LABELS[name]),
            intro=self._stacked(LABELS[f"{name}_intro"]) if f"{name}_intro" in LABELS else Markup(),
            head=self._part(f"{part}_head"),
            rows=tuple(self._part(f"{part}_row", row, number) for number, row in enumerate(rows, start=1)),
        )

    def _part(self, name: str, *arguments: object) -> Markup:
        return Markup(getattr(self._parts, name)(*arguments))  # noqa: S704 - a macro of an escaping template

    @cached_property
    def _parts(self) -> Any:
        return self._environment.get_template("parts.html.j2").module

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["css"] = _css_string
        environment.filters["groupby_order"] = _grouped
        environment.globals.update(
            L=LABELS,
            levels=words.LEVELS,
            states=words.STATES,
            t=self._words,
            label=self._label,
            joined=words.joined,
            stacked=self._stacked,
            plain=self.plain,
            bar=self._bar,
            paper=self._paper,
            language=self.edition.language.value,
            html_lang="en" if self.edition.language is SheetLanguage.EN else "zh-CN",
        )
        return environment

    def _words(self, text: Words) -> Markup:
        """Words in the edition's language; with both, English follows Chinese in its own span."""
        if self.edition.language is not SheetLanguage.BOTH or text.zh == text.en:
            return escape(self.plain(text))
        return Markup('{} <span class="en" lang="en">{}</span>').format(text.zh, text.en)

    def _label(self, name: Words) -> Markup:
        colon = "：" if self.edition.language is SheetLanguage.ZH else ":"
        return Markup('<span class="label">{}{}</span>').format(self._words(name), colon)

    def _stacked(self, text: Words, number: int | None = None) -> Markup:
        """A sentence on a line of its own, numbered when a number is given; both languages one below the other."""
        lead = Markup() if number is None else Markup("<b>{}.</b> ").format(number)
        if self.edition.language is not SheetLanguage.BOTH or text.zh == text.en:
            return Markup('<div class="fact">{}{}</div>').format(lead, self.plain(text))
        lines = Markup('<div class="fact">{}{}</div><div class="fact en" lang="en">{}</div>')
        return lines.format(lead, text.zh, text.en)

    def _bar(self, percent: int) -> Markup:
        if self._paper:
            return Markup('<img src="bar:{}" width="40" height="8">').format(percent)
        return Markup('<span class="bar" aria-hidden="true"><span style="width: {}%"></span></span>').format(percent)


def _grouped(rows: Sequence[Any], attribute: str) -> list[tuple[Any, list[Any]]]:
    """Neighbours with the same attribute together, in their order."""
    return [(key, list(group)) for key, group in groupby(rows, key=attrgetter(attribute))]


def _css_string(text: str) -> Markup:
    """A quoted CSS string that cannot end the style sheet: everything but letters, digits and spaces is escaped."""
    escaped = "".join(c if c.isalnum() or c == " " else f"\\{ord(c):06x}" for c in text)
    return Markup(json.dumps(escaped, ensure_ascii=False).replace("\\\\", "\\"))  # noqa: S704 - nothing special is left
