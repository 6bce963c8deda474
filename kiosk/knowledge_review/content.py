"""The content together with where each entry stands, which icons are drawn, and a version to sign for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from kiosk.adapters.knowledge import load_knowledge
from kiosk.adapters.knowledge_files import read_folder
from kiosk.domain.knowledge import KnowledgeBase, Review

_VERSION_DIGITS = 12


class Kind(StrEnum):
    """The sorts of entries, by the name of their file or folder."""

    SYMPTOM = "symptoms"
    CONDITION = "conditions"
    DEPARTMENT = "departments"
    RED_FLAG = "red_flags"
    COMPLAINT = "complaints"


@dataclass(frozen=True, slots=True)
class Content:
    """`files` says where an entry stands, `icons` are the drawings' names, `version` is a hash of all files."""

    base: KnowledgeBase
    icons: frozenset[str] = frozenset()
    version: str = ""
    files: Mapping[tuple[Kind, str], str] = field(default_factory=dict)

    def file(self, kind: Kind, code: str) -> str:
        """The entry's file, relative to the content's folder."""
        return self.files.get((kind, code), f"{kind}.yaml")

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


def load_content(assets: Path) -> Content:
    """The checked content under `assets` (knowledge/ and icons/); AssetError for the first broken entry."""
    folder = assets / "knowledge"
    return Content(
        base=load_knowledge(folder),
        icons=frozenset(file.stem for file in (assets / "icons").glob("*.svg")),
        version=_version(folder),
        files=_places(read_folder(folder)),
    )


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_VERSION_DIGITS]


def _places(files: Mapping[str, Any]) -> dict[tuple[Kind, str], str]:
    kinds = {kind.value: kind for kind in Kind}
    places: dict[tuple[Kind, str], str] = {}
    for name, entries in files.items():
        kind = kinds.get(name.split("/")[0].removesuffix(".yaml"))
        if kind is not None:
            places.update(((kind, entry["code"]), name) for entry in entries)
    return places
