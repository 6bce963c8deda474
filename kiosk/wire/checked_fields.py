"""Reads the fields of one untrusted JSON object: every value is checked for type and range before it is used."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

Choice = TypeVar("Choice", bound=StrEnum)

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,79}")


class MessageError(ValueError):
    """A message that is not sound: which kind, which field, what is wrong; never the content.

    `utterance` is the utterance it was about, when that much could be read.
    """

    def __init__(self, kind: str, field: str, problem: str, utterance: int | None = None) -> None:
        super().__init__(f"{kind}: {field}: {problem}")
        self.kind = kind
        self.field = field
        self.problem = problem
        self.utterance = utterance


class CheckedFields:
    """The fields of a message of one kind; each method raises MessageError when the field is missing or unsound."""

    def __init__(self, kind: str, untrusted: Mapping[str, Any]) -> None:
        self._kind = kind
        self._untrusted = untrusted

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self._untrusted.get(name) is not None

    def text(self, name: str, longest: int, *, may_be_empty: bool = False) -> str:
        return self._text(name, self._untrusted.get(name), longest, may_be_empty=may_be_empty)

    def texts(self, name: str, most: int, longest: int) -> tuple[str, ...]:
        return tuple(self._text(name, one, longest) for one in self._list(name, most))

    def identifier(self, name: str) -> str:
        """A code of ours: lower case letters, digits, underscores."""
        text = self.text(name, 80)
        if not _IDENTIFIER.fullmatch(text):
            raise self._error(name, "not an identifier")
        return text

    def integer(self, name: str, low: int, high: int) -> int:
        return self._integer(name, self._untrusted.get(name), low, high)

    def number(self, name: str, low: float, high: float) -> float:
        untrusted = self._untrusted.get(name)
        if isinstance(untrusted, bool) or not isinstance(untrusted, int | float):
            raise self._error(name, "not a number")
        if not low <= untrusted <= high:
            raise self._error(name, "out of range")
        return float(untrusted)

    def flag(self, name: str) -> bool:
        untrusted = self._untrusted.get(name)
        if not isinstance(untrusted, bool):
            raise self._error(name, "not true or false")
        return untrusted

    def choice(self, name: str, choices: type[Choice]) -> Choice:
        return self._choice(name, self._untrusted.get(name), choices)

    def choices(self, name: str, choices: type[Choice]) -> tuple[Choice, ...]:
        return tuple(self._choice(name, one, choices) for one in self._list(name, len(choices)))

    def span(self, name: str) -> tuple[int, int]:
        """A half-open range of characters."""
        ends = self._list(name, 2)
        if len(ends) != 2:
            raise self._error(name, "not a pair")
        start, end = (self._integer(name, one, 0, 100_000) for one in ends)
        if start > end:
            raise self._error(name, "ends before it starts")
        return start, end

    def binary(self, name: str, longest: int) -> bytes:
        untrusted = self._untrusted.get(name)
        if not isinstance(untrusted, str):
            raise self._error(name, "not base64 text")
        if len(untrusted) > 4 * (longest // 3 + 1):
            raise self._error(name, "too long")
        try:
            return base64.b64decode(untrusted, validate=True)
        except (binascii.Error, ValueError):
            raise self._error(name, "not base64") from None

    def day(self, name: str) -> date:
        """A date as YYYY-MM-DD."""
        try:
            return date.fromisoformat(self.text(name, 10))
        except ValueError:
            raise self._error(name, "not a date") from None

    def fields(self, name: str) -> CheckedFields:
        """An object, with its fields to be checked in turn."""
        return CheckedFields(f"{self._kind}.{name}", self.mapping(name))

    def mapping(self, name: str) -> dict[str, Any]:
        untrusted = self._untrusted.get(name)
        if not isinstance(untrusted, dict):
            raise self._error(name, "not an object")
        return untrusted

    def objects(self, name: str, most: int) -> tuple[CheckedFields, ...]:
        """A list of objects, each with its fields to be checked in turn."""
        found = []
        for one in self._list(name, most):
            if not isinstance(one, dict):
                raise self._error(name, "not a list of objects")
            found.append(CheckedFields(f"{self._kind}.{name}", one))
        return tuple(found)

    def _list(self, name: str, most: int) -> list[Any]:
        untrusted = self._untrusted.get(name)
        if not isinstance(untrusted, list):
            raise self._error(name, "not a list")
        if len(untrusted) > most:
            raise self._error(name, "too many")
        return untrusted

    def _text(self, name: str, untrusted: object, longest: int, *, may_be_empty: bool = False) -> str:
        if not isinstance(untrusted, str):
            raise self._error(name, "not text")
        if len(untrusted) > longest:
            raise self._error(name, "too long")
        if not untrusted and not may_be_empty:
            raise self._error(name, "empty")
        # JSON can spell half a surrogate pair; such text cannot be encoded again and would fail much later.
        if any("\ud800" <= character <= "\udfff" for character in untrusted) or "\0" in untrusted:
            raise self._error(name, "not valid text")
        return untrusted

    def _integer(self, name: str, untrusted: object, low: int, high: int) -> int:
        if type(untrusted) is not int:
            raise self._error(name, "not a whole number")
        if not low <= untrusted <= high:
            raise self._error(name, "out of range")
        return untrusted

    def _choice(self, name: str, untrusted: object, choices: type[Choice]) -> Choice:
        for choice in choices:
            if choice.value == untrusted:
                return choice
        raise self._error(name, "not one of the choices")

    def _error(self, name: str, problem: str) -> MessageError:
        untrusted = self._untrusted.get("utterance")
        utterance = untrusted if type(untrusted) is int and untrusted >= 0 else None
        return MessageError(self._kind, name, problem, utterance)
