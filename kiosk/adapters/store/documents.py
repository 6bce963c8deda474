"""Frozen domain records to JSON text and back, by their own type annotations."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar

Record = TypeVar("Record")


def to_text(record: object) -> str:
    """One record as compact JSON."""
    return json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":"))


def from_text(kind: type[Record], text: str) -> Record:
    """The record that `to_text` wrote; fields added to the type since then take their defaults."""
    return typing.cast(Record, _record(kind, json.loads(text)))


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"{type(value).__name__} has no place in a stored record")


def _record(kind: Any, plain: Any) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        (present,) = (one for one in arguments if one is not types.NoneType)
        return None if plain is None else _record(present, plain)
    if origin is tuple:
        kinds = (arguments[0],) * len(plain) if arguments[-1] is Ellipsis else arguments
        return tuple(_record(one, value) for one, value in zip(kinds, plain, strict=True))
    if dataclasses.is_dataclass(kind):
        hints = _hints(typing.cast(type, kind))
        return typing.cast(Any, kind)(**{name: _record(hints[name], value) for name, value in plain.items()})
    if issubclass(kind, datetime | date):
        return kind.fromisoformat(plain)
    # JSON writes 2.0 hours as 2.0 but reads an int where somebody gave one.
    return plain if isinstance(plain, kind) else kind(plain)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
