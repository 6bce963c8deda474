"""Tables of a hospital's mapping, checked: ConfigError names the key that is wrong, dotted as in TOML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kiosk.domain.errors import ConfigError
from kiosk.domain.knowledge import Level

LONGEST = 200


def checked_table(untrusted: object, key: str, names: Sequence[str] | None = None) -> Mapping[str, Any]:
    """A table, with no other entries than `names` where they are given."""
    if not isinstance(untrusted, dict):
        raise ConfigError(key, "must be a text in quotes or a table" if "." in key else f"must be a table, [{key}]")
    for name in untrusted:
        if names is not None and name not in names:
            raise ConfigError(f"{key}.{name}", f"unknown field; allowed: {', '.join(names)}")
    return untrusted


def checked_text(untrusted: object, key: str) -> str:
    """One line of 1 to LONGEST characters."""
    if not isinstance(untrusted, str):
        raise ConfigError(key, f"{untrusted!r} is not allowed; it must be a text in quotes")
    if not untrusted.strip() or len(untrusted) > LONGEST or not untrusted.isprintable():
        raise ConfigError(key, f"must be 1 to {LONGEST} characters in one line")
    return untrusted.strip()


def checked_texts(untrusted: object, key: str, names: Sequence[str] | None = None) -> dict[str, str]:
    """A table of texts."""
    return {name: checked_text(text, f"{key}.{name}") for name, text in checked_table(untrusted, key, names).items()}


def checked_levels(untrusted: object, key: str) -> dict[Level, str]:
    """A table of texts by the names of the levels."""
    table = checked_table(untrusted, key)
    check_level_names(table, key)
    return {Level[name]: text for name, text in checked_texts(table, key).items()}


def check_level_names(table: Mapping[str, object], key: str) -> None:
    for name in table:
        if name not in Level.__members__:
            raise ConfigError(f"{key}.{name}", f"is no level; allowed: {', '.join(Level.__members__)}")
