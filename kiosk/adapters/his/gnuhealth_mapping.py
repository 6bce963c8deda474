"""The TOML file in which a hospital with GNU Health says what it calls things (docs/his-gnuhealth.md)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from kiosk.domain.errors import ConfigError
from kiosk.domain.knowledge import Level
from kiosk.wire.gnuhealth import URGENCIES, HospitalCodes

_TABLES = ("departments", "levels", "practitioners")


def load_mapping(path: Path | None) -> HospitalCodes:
    """What the file says over the codes that GNU Health comes with; ConfigError names the entry that is wrong."""
    usual = HospitalCodes()
    if path is None:
        return usual
    document = _document(path)
    for name in document:
        if name not in (*_TABLES, "institution"):
            raise ConfigError(f"{path}: {name}", f"unknown; allowed: institution, {', '.join(_TABLES)}")
    return HospitalCodes(
        departments={**usual.departments, **_codes(path, document, "departments")},
        levels={**usual.levels, **_urgencies(path, _codes(path, document, "levels"))},
        practitioners=_codes(path, document, "practitioners"),
        institution=_code(f"{path}: institution", document["institution"]) if "institution" in document else "",
    )


def _document(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError("his.mapping", f"{path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError("his.mapping", f"{path} is not TOML: {error}") from error


def _codes(path: Path, document: Mapping[str, object], name: str) -> dict[str, str]:
    table = document.get(name, {})
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: {name}", f"must be a table, written [{name}]")
    return {ours: _code(f"{path}: {name}.{ours}", theirs) for ours, theirs in table.items()}


def _urgencies(path: Path, table: Mapping[str, str]) -> dict[Level, str]:
    for level, urgency in table.items():
        if level not in Level.__members__:
            raise ConfigError(f"{path}: levels.{level}", f"no level; allowed: {', '.join(Level.__members__)}")
        if urgency not in URGENCIES:
            raise ConfigError(f"{path}: levels.{level}", f"{urgency!r} is not one of {', '.join(URGENCIES)}")
    return {Level[level]: urgency for level, urgency in table.items()}


def _code(key: str, theirs: object) -> str:
    if not isinstance(theirs, str) or not theirs:
        raise ConfigError(key, "must be a code in quotes")
    return theirs
