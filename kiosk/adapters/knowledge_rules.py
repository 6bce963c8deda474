"""The `when` grammar of red flags: plain data to the rule types of the domain."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields

from kiosk.adapters.knowledge_entries import OLDEST, Entry
from kiosk.domain.findings import Vitals
from kiosk.domain.knowledge import AllOf, AnyOf, AtLeast, Not, PatientIs, Present, Rule, VitalIs
from kiosk.domain.patient import Sex
from kiosk.domain.redflags import NotOlder

VITALS = frozenset(field.name for field in fields(Vitals))
_PRESENT = ("severity_min", "hours_min", "hours_max", "value_min", "value_max")
_NOT_OLDER = "not_older_hours"
_SUSPECTED = "suspected"
_PATIENT = ("sex", "age_min", "age_max", "days_max", "pregnant")
_DEEPEST = 12
_LONGEST_HOURS = 24.0 * 366 * OLDEST


def read_rule(entry: Entry, symptoms: Collection[str]) -> Rule:
    """The rule in the entry's `when`; AssetError names the place inside it, for example `when.all[1].vital`."""
    return _Reader(entry, symptoms).rule("when", entry.need("when"), 0)


class _Reader:
    def __init__(self, entry: Entry, symptoms: Collection[str]) -> None:
        self._entry = entry
        self._symptoms = symptoms

    def rule(self, place: str, node: object, depth: int) -> Rule:
        if isinstance(node, str):
            return Present(self._symptom(place, node))
        if depth > _DEEPEST:
            self._entry.fail(place, "is nested too deeply")
        part = Entry(self._entry.file, self._entry.name, node) if isinstance(node, dict) else None
        if part is None or not part.data:
            self._entry.fail(place, "must be a finding or a condition")
        kind = next(
            (key for key in ("finding", "patient", "vital", "all", "any", "at_least", "not") if key in part.data), ""
        )
        match kind:
            case "finding":
                return self._present(place, part)
            case "patient":
                return self._patient(f"{place}.patient", part)
            case "vital":
                return self._vital(place, part)
            case "all":
                return AllOf(self._parts(place, part, "all", depth))
            case "any":
                return AnyOf(self._parts(place, part, "any", depth))
            case "at_least":
                return self._at_least(place, part, depth)
            case "not":
                self._only(place, part, ("not",))
                return Not(self.rule(f"{place}.not", part.data["not"], depth + 1))
        self._entry.fail(
            place, f"has no finding, patient, vital, all, any, at_least or not: {sorted(map(str, part.data))}"
        )

    def _symptom(self, place: str, code: object) -> str:
        if not isinstance(code, str) or code not in self._symptoms:
            self._entry.fail(place, f"unknown finding {code!r}")
        return code

    def _only(self, place: str, part: Entry, known: Collection[str]) -> None:
        for key in part.data:
            if key not in known:
                self._entry.fail(f"{place}.{key}", "does not belong here")

    def _limit(self, place: str, part: Entry, key: str, low: float, high: float) -> float | None:
        value = part.data.get(key)
        return None if value is None else self._entry.as_number(f"{place}.{key}", value, low, high)

    def _whole(self, place: str, part: Entry, key: str, low: int, high: int) -> int | None:
        value = part.data.get(key)
        return None if value is None else self._entry.as_whole(f"{place}.{key}", value, low, high)

    def _present(self, place: str, part: Entry) -> Present:
        self._only(place, part, ("finding", *_PRESENT, _SUSPECTED, _NOT_OLDER))
        present = Present(
            self._symptom(f"{place}.finding", part.data["finding"]),
            severity_min=self._whole(place, part, "severity_min", 0, 10),
            hours_min=self._limit(place, part, "hours_min", 0, _LONGEST_HOURS),
            hours_max=self._limit(place, part, "hours_max", 0, _LONGEST_HOURS),
            value_min=self._limit(place, part, "value_min", 0, 1000),
            value_max=self._limit(place, part, "value_max", 0, 1000),
            suspected=part.flag(_SUSPECTED),
        )
        oldest = self._limit(place, part, _NOT_OLDER, 1, _LONGEST_HOURS)
        if oldest is None:
            return present
        return NotOlder(
            **{limit.name: getattr(present, limit.name) for limit in fields(present)}, not_older_hours=oldest
        )

    def _patient(self, place: str, part: Entry) -> PatientIs:
        self._only(place, part, ("patient",))
        about = Entry(self._entry.file, self._entry.name, part.data["patient"])
        self._only(place, about, _PATIENT)
        if not about.data:
            self._entry.fail(place, "says nothing about the patient")
        sex = about.data.get("sex")
        return PatientIs(
            sex=None if sex is None else self._entry.as_choice(f"{place}.sex", sex, Sex),
            age_min=self._whole(place, about, "age_min", 0, OLDEST),
            age_max=self._whole(place, about, "age_max", 0, OLDEST),
            days_max=self._whole(place, about, "days_max", 0, 366 * OLDEST),
            pregnant=about.flag("pregnant") if "pregnant" in about.data else None,
        )

    def _vital(self, place: str, part: Entry) -> VitalIs:
        self._only(place, part, ("vital", "above", "below"))
        vital = part.data["vital"]
        if vital not in VITALS:
            self._entry.fail(f"{place}.vital", f"unknown sign {vital!r}")
        above = self._limit(place, part, "above", 0, 1000)
        below = self._limit(place, part, "below", 0, 1000)
        if above is None and below is None:
            self._entry.fail(place, "needs above or below")
        return VitalIs(vital, above=above, below=below)

    def _at_least(self, place: str, part: Entry, depth: int) -> AtLeast:
        parts = self._parts(place, part, "of", depth, ("at_least",))
        count = self._entry.as_whole(f"{place}.at_least", part.data["at_least"], 1, len(parts))
        return AtLeast(count, parts)

    def _parts(self, place: str, part: Entry, key: str, depth: int, also: tuple[str, ...] = ()) -> tuple[Rule, ...]:
        self._only(place, part, (key, *also))
        nodes = part.data.get(key)
        if not isinstance(nodes, list) or not nodes:
            self._entry.fail(f"{place}.{key}", "must be a list with something in it")
        return tuple(self.rule(f"{place}.{key}[{number}]", node, depth + 1) for number, node in enumerate(nodes))
