"""Typed access to the fields of one content entry; whatever is wrong names the file, the entry and the field."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from kiosk.domain.errors import AssetError
from kiosk.domain.knowledge import Applies, Review, ReviewState
from kiosk.domain.language import Words
from kiosk.domain.patient import Sex

OLDEST = 130
_Choice = TypeVar("_Choice", bound=StrEnum)


class Entry:
    """One mapping of a content file.

    `name` is its code, or its place in the file while the code is unknown. Getters without a default demand the field.
    """

    def __init__(self, file: str, name: str, data: object) -> None:
        self.file = file
        self.name = name
        if not isinstance(data, dict):
            self.fail("-", f"must be a mapping of fields, not {_kind(data)}")
        self.data: dict[Any, Any] = data

    def fail(self, field: str, problem: str) -> NoReturn:
        raise AssetError(self.file, self.name, field, problem)

    def only(self, known: Collection[str]) -> None:
        """A misspelt field would silently be its default, so unknown ones are errors."""
        for field in self.data:
            if field not in known:
                self.fail(str(field), "is no field of this kind of entry")

    def need(self, field: str) -> Any:
        value = self.data.get(field)
        if value is None:
            self.fail(field, "is missing")
        return value

    def text(self, field: str, default: str | None = None) -> str:
        value = self.data.get(field) if default is not None else self.need(field)
        if value is None and default is not None:
            return default
        return self.as_text(field, value)

    def as_text(self, field: str, value: object) -> str:
        if not isinstance(value, str):
            self.fail(field, f"must be text, not {_kind(value)} (quote it?)")
        if not value.strip():
            self.fail(field, "is empty")
        return value

    def words(self, field: str, default: Words | None = None) -> Words:
        value = self.data.get(field)
        if value is None and default is not None:
            return default
        return self._words(field, self.mapping(field))

    def _words(self, field: str, value: Mapping[Any, Any]) -> Words:
        if set(value) != {"zh", "en"}:
            self.fail(field, "needs exactly the languages zh and en")
        return Words(zh=self.as_text(f"{field}.zh", value["zh"]), en=self.as_text(f"{field}.en", value["en"]))

    def number(self, field: str, low: float, high: float, default: float | None = None) -> float:
        value = self.data.get(field) if default is not None else self.need(field)
        if value is None and default is not None:
            return default
        return self.as_number(field, value, low, high)

    def as_number(self, field: str, value: object, low: float, high: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fail(field, f"must be a number, not {_kind(value)}")
        if not low <= value <= high:
            self.fail(field, f"must lie between {low:g} and {high:g}, not {value:g}")
        return float(value)

    def as_whole(self, field: str, value: object, low: int, high: int) -> int:
        number = self.as_number(field, value, low, high)
        if not number.is_integer():
            self.fail(field, f"must be a whole number, not {number:g}")
        return int(number)

    def flag(self, field: str) -> bool:
        """False when the field is not there."""
        value = self.data.get(field, False)
        if not isinstance(value, bool):
            self.fail(field, f"must be true or false, not {_kind(value)}")
        return value

    def strings(self, field: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        value = self.data.get(field)
        if value is None and default is not None:
            return default
        return self.as_strings(field, self.need(field))

    def as_strings(self, field: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            self.fail(field, f"must be a list, not {_kind(value)}")
        if not all(value) or not {str}.issuperset(map(type, value)):
            bad = next(item for item in value if type(item) is not str or not item)
            self.fail(field, f"must hold texts only, not {_kind(bad)} {bad!r} (quote it?)")
        if len(set(value)) != len(value):
            twice = next(item for item in value if value.count(item) > 1)
            self.fail(field, f"has {twice!r} twice")
        return tuple(value)

    def mapping(self, field: str, default: Mapping[Any, Any] | None = None) -> Mapping[Any, Any]:
        value = self.data.get(field)
        if value is None and default is not None:
            return default
        value = self.need(field)
        if not isinstance(value, dict):
            self.fail(field, f"must be a mapping, not {_kind(value)}")
        return value

    def as_choice(self, field: str, value: object, choices: type[_Choice]) -> _Choice:
        try:
            return choices(str(value))
        except ValueError:
            self.fail(field, f"must be one of {', '.join(choices)}, not {value!r}")

    def applies(self) -> Applies:
        fields = self.mapping("applies", {})
        for field in fields:
            if field not in ("sex", "age_min", "age_max"):
                self.fail(f"applies.{field}", "is no field of applies")
        sex = fields.get("sex")
        low, high = (self._age(f"applies.{end}", fields.get(end)) for end in ("age_min", "age_max"))
        if low is not None and high is not None and low > high:
            self.fail("applies", f"nobody is between {low} and {high}")
        return Applies(None if sex is None else self.as_choice("applies.sex", sex, Sex), low, high)

    def _age(self, field: str, value: object) -> int | None:
        return None if value is None else self.as_whole(field, value, 0, OLDEST)

    def review(self) -> Review:
        fields = self.mapping("review")
        source = self.as_text("review.source", fields.get("source"))
        return Review(source, self.as_choice("review.state", fields.get("state"), ReviewState))


def entries(file: str, data: object) -> Iterator[Entry]:
    """The entries of a file that is a list; each must have a code in snake_case."""
    if not isinstance(data, list):
        raise AssetError(file, "-", "-", f"must be a list of entries, not {_kind(data)}")
    for number, item in enumerate(data, start=1):
        entry = Entry(file, f"entry {number}", item)
        code = entry.text("code")
        if not (code.isascii() and code.replace("_", "a").isalnum() and code == code.lower()):
            entry.fail("code", f"{code!r} must be lower-case letters, digits and underscores")
        entry.name = code
        yield entry


def _kind(value: object) -> str:
    names = {dict: "a mapping", list: "a list", str: "text", bool: "true/false", type(None): "nothing"}
    return names.get(type(value), "a number" if isinstance(value, int | float) else type(value).__name__)
