"""The content together with where each entry stands, which icons are drawn, and a version to sign for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from kiosk.adapters.knowledge import LIKELIHOOD_BANDS, load_knowledge
from kiosk.adapters.knowledge_files import read_folder
from kiosk.domain.knowledge import Condition, KnowledgeBase, Review, Symptom

_VERSION_DIGITS = 12


class Kind(StrEnum):
    """The sorts of entries, by the name of their file or folder."""

    SYMPTOM = "symptoms"
    CONDITION = "conditions"
    DEPARTMENT = "departments"
    RED_FLAG = "red_flags"
    COMPLAINT = "complaints"
    DANGER = "dangers"
    FIRST_QUESTIONS = "first_questions"
    BODY_KIND = "body_kinds"
    BODY_PLACE = "body_places"


@dataclass(frozen=True, slots=True)
class Content:
    """The entries as their authors wrote them, without what the loader derives from them.

    `files` says where an entry stands, `icons` and `drawings` are the names of what is
    drawn for tiles and for the body map, `version` is a hash of all files.
    """

    base: KnowledgeBase
    icons: frozenset[str] = frozenset()
    drawings: frozenset[str] = frozenset()
    version: str = ""
    files: Mapping[tuple[Kind, str], str] = field(default_factory=dict)

    def file(self, kind: Kind, code: str) -> str:
        """The entry's file, relative to the content's folder."""
        return self.files.get((kind, code), f"{kind}.yaml")

    def counts(self) -> str:
        base = self.base
        return (
            f"{len(base.symptoms)} symptoms, {len(base.conditions)} conditions, {len(base.departments)} departments, "
            f"{len(base.red_flags)} red-flag rules"
        )

    def reviews(self) -> Iterator[tuple[Kind, str, Review]]:
        """Every entry that clinicians review: its sort, its code, its source and state."""
        base = self.base
        for symptom in base.symptoms.values():
            yield Kind.SYMPTOM, symptom.code, symptom.review
        for condition in base.conditions.values():
            yield Kind.CONDITION, condition.code, condition.review
        for department in base.departments.values():
            yield Kind.DEPARTMENT, department.code, department.review
        for flag in base.red_flags:
            yield Kind.RED_FLAG, flag.code, flag.review
        for danger in base.dangers:
            yield Kind.DANGER, danger.code, danger.review
        for entry in base.first_questions:
            yield Kind.FIRST_QUESTIONS, entry.code, entry.review
        for what in base.body.kinds.values():
            yield Kind.BODY_KIND, what.code, what.review
        for place in base.body.places.values():
            yield Kind.BODY_PLACE, place.code, place.review


def load_content(assets: Path) -> Content:
    """The checked content under `assets` (knowledge/ and icons/); AssetError for the first broken entry."""
    folder = assets / "knowledge"
    loaded = load_knowledge(folder)
    entries = dict(_entries(read_folder(folder)))
    return Content(
        base=_as_written(loaded, {key: data for key, (_, data) in entries.items()}),
        icons=frozenset(file.stem for file in (assets / "icons").glob("*.svg")),
        drawings=frozenset(file.stem for file in (assets / "body").glob("*.svg")),
        version=_version(folder),
        files={key: name for key, (name, _) in entries.items()},
    )


_Entries = Mapping[tuple[Kind, str], Mapping[str, Any]]


def _as_written(loaded: KnowledgeBase, entries: _Entries) -> KnowledgeBase:
    """The content without findings, words and likelihoods that no author wrote and no clinician could correct."""
    symptoms = {
        code: _written_symptom(symptom, entries[Kind.SYMPTOM, code])
        for code, symptom in loaded.symptoms.items()
        if (Kind.SYMPTOM, code) in entries
    }
    conditions = {
        code: _written_condition(condition, entries[Kind.CONDITION, code])
        for code, condition in loaded.conditions.items()
    }
    usual = {code: door for code, door in loaded.routing.symptom_department.items() if code in symptoms}
    return replace(
        loaded,
        symptoms=symptoms,
        conditions=conditions,
        routing=replace(loaded.routing, symptom_department=usual),
        implied={code: loaded.implied[code] for code in symptoms},
    )


def _written_symptom(symptom: Symptom, entry: Mapping[str, Any]) -> Symptom:
    return replace(symptom, forms={language: tuple(entry["forms"][language]) for language in symptom.forms})


def _written_condition(condition: Condition, entry: Mapping[str, Any]) -> Condition:
    given = entry["likelihood"]
    return replace(condition, likelihood={code: float(LIKELIHOOD_BANDS.get(p, p)) for code, p in given.items()})


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_VERSION_DIGITS]


def _entries(files: Mapping[str, Any]) -> Iterator[tuple[tuple[Kind, str], tuple[str, Mapping[str, Any]]]]:
    """Every entry with its file, by sort and code."""
    kinds = {kind.value: kind for kind in Kind}
    for name, entries in files.items():
        kind = kinds.get(name.split("/")[0].removesuffix(".yaml"))
        if kind is not None:
            yield from (((kind, entry["code"]), (name, entry)) for entry in entries)
