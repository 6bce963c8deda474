"""Makes findings of the names by which patients call their illnesses (names.yaml).

"I have hepatitis B, what should I do" names no symptom. Every condition therefore becomes a finding `named_<condition>`
with the condition's own names and the aliases of names.yaml as its words, unless a finding that means the same exists.
Such a finding is never asked. It only ever adds: a name that contains words of another finding (the cough in "allergic
cough") means that one as well, so that naming an illness cannot hide a symptom from the red-flag rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from kiosk.adapters.knowledge_entries import Entry
from kiosk.adapters.lexicon_en import EnglishText
from kiosk.domain.errors import AssetError
from kiosk.domain.knowledge import (
    Applies,
    Condition,
    Department,
    Review,
    RoutingRules,
    Symptom,
    SymptomKind,
)
from kiosk.domain.language import Language, Words
from kiosk.domain.matching import folded, squeezed

FILE = "names.yaml"
PREFIX = "named_"
"""Begins the code of every finding made here; they are not symptoms in the sense of the content's figures."""

SAID_BY_THE_ILL = 0.5
"""P(a patient names the illness | it is what they come for), a judgement: many know it, not all say so."""

_LEAST_BACKGROUND, _MOST_BACKGROUND = 0.0005, 0.002
_SHARE_OF_PRIOR = 0.25
_NEVER_ASKED = 0.0
_SHORTEST = 2
_FIELDS = ("same_as", "implies", "unlike", "also", "zh", "en", "name", "department", "review")
_OTHERS_ONLY = ("name", "department", "review")


_Key = tuple[Language, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class NamedKnowledge:
    """The content with the named illnesses added; `departments` is where the history findings among them go."""

    symptoms: Mapping[str, Symptom]
    implied: Mapping[str, frozenset[str]]
    conditions: Mapping[str, Condition]
    departments: Mapping[str, str]

    def routed(self, routing: RoutingRules) -> RoutingRules:
        """The routing rules completed by where named illnesses go; what the rules say themselves comes first."""
        usual = MappingProxyType({**self.departments, **routing.symptom_department})
        return replace(routing, symptom_department=usual)


def with_names(
    files: Mapping[str, Any],
    symptoms: Mapping[str, Symptom],
    implied: Mapping[str, frozenset[str]],
    conditions: Mapping[str, Condition],
    departments: Mapping[str, Department],
    stems: MutableMapping[str, str] | None = None,
) -> NamedKnowledge:
    """Add a finding for every illness patients can name; raises AssetError naming file, entry and field.

    A content folder without names.yaml knows each condition by its own name. `stems` are the stems of English forms
    that were worked out before, with spaces between; those that were not are added.
    """
    given = files.get(FILE) or {}
    if not isinstance(given, dict):
        raise AssetError(FILE, "-", "-", "must be a mapping from conditions to their names")
    names = _Names(symptoms, implied, conditions, departments, _Words(symptoms, {} if stems is None else stems))
    for code, fields in given.items():
        names.read(Entry(FILE, str(code), fields))
    for code in conditions:
        if code not in given:
            names.read(Entry(FILE, code, {}))
    return names.result()


class _Words:
    """The words of all findings of the other files, to see which of them a name equals or contains."""

    def __init__(self, symptoms: Mapping[str, Symptom], stems: MutableMapping[str, str]) -> None:
        self._stems = stems
        self._parts: dict[tuple[Language, str], tuple[str, ...]] = {}
        self._meanings: dict[_Key, list[str]] = {}
        self._of: dict[tuple[str, Language], set[_Key]] = {}
        self._longest = dict.fromkeys(Language, 0)
        for symptom in symptoms.values():
            for language in Language:
                for form in (symptom.name.in_language(language), *symptom.forms.get(language, ())):
                    new = self.teach(symptom.code, language, form)
                    if new is not None:
                        self._meanings.setdefault(new, []).append(symptom.code)

    def key(self, language: Language, form: str) -> _Key:
        """A form as the lexicon compares it: Chinese by character, English by stems."""
        parts = self._parts.get((language, form))
        if parts is None:
            parts = tuple(squeezed(folded(form))[0] if language is Language.ZH else self._stems_of(form))
            self._parts[language, form] = parts
        return language, parts

    def _stems_of(self, form: str) -> list[str]:
        stems = self._stems.get(form)
        if stems is None:
            stems = self._stems[form] = " ".join(EnglishText(folded(form)).stems)
        return stems.split()

    def teach(self, code: str, language: Language, form: str) -> _Key | None:
        """The key of a form that is new to this finding, None for one that it has."""
        key = self.key(language, form)
        known = self._of.setdefault((code, language), set())
        if key in known:
            return None
        known.add(key)
        self._longest[language] = max(self._longest[language], len(key[1]))
        return key

    def equal(self, language: Language, name: str) -> list[str]:
        return self._meanings.get(self.key(language, name), [])

    def inside(self, language: Language, name: str) -> Iterator[str]:
        """Codes of findings whose words stand inside the name and would be hidden by it; equal ones as well."""
        _, parts = self.key(language, name)
        for start in range(len(parts)):
            for end in range(start + 1, min(len(parts), start + self._longest[language]) + 1):
                yield from self._meanings.get((language, parts[start:end]), ())


class _Names:
    """Collects the findings, one illness after the other."""

    def __init__(
        self,
        symptoms: Mapping[str, Symptom],
        implied: Mapping[str, frozenset[str]],
        conditions: Mapping[str, Condition],
        departments: Mapping[str, Department],
        words: _Words,
    ) -> None:
        self._others = symptoms
        self._symptoms = dict(symptoms)
        self._implied = dict(implied)
        self._conditions = dict(conditions)
        self._known_departments = departments
        self._departments: dict[str, str] = {}
        self._words = words
        self._added: dict[str, dict[Language, list[str]]] = {}
        self._own_names: dict[_Key, str] = {}
        for condition in conditions.values():
            for language in Language:
                for name in _own_names(condition, language):
                    self._own_names.setdefault(self._words.key(language, name), condition.code)
        self._owners = dict(self._own_names)

    def result(self) -> NamedKnowledge:
        for code, added in self._added.items():
            forms = {
                language: (*known, *added.get(language, ())) for language, known in self._symptoms[code].forms.items()
            }
            self._symptoms[code] = replace(self._symptoms[code], forms=MappingProxyType(forms))
        return NamedKnowledge(
            MappingProxyType(self._symptoms),
            MappingProxyType(self._implied),
            MappingProxyType(self._conditions),
            MappingProxyType(self._departments),
        )

    def read(self, entry: Entry) -> None:
        """One entry of names.yaml; an empty one stands for a condition that is not listed there."""
        entry.only(_FIELDS)
        condition = self._conditions.get(entry.name)
        if condition is None:
            entry.need("name")
        else:
            for name in _OTHERS_ONLY:
                if name in entry.data:
                    entry.fail(name, "is only for illnesses that are no condition")
        if "same_as" in entry.data:
            self._join(entry, condition)
        else:
            self._make(entry, condition)

    def _join(self, entry: Entry, condition: Condition | None) -> None:
        """The illness is a finding already: its names become words of that finding."""
        for name in ("implies", "also", *_OTHERS_ONLY):
            if name in entry.data:
                entry.fail(name, "cannot stand beside same_as")
        code = self._finding(entry, "same_as", entry.text("same_as"))
        for language, names in self._all_names(entry, condition, {code}).items():
            self._add_words(code, language, names)
            self._keep_words_inside(entry, language, names)
        if condition is not None:
            self._list(condition, code, SAID_BY_THE_ILL)
            if self._others[code].kind is SymptomKind.HISTORY:
                self._send(code, condition)

    def _make(self, entry: Entry, condition: Condition | None) -> None:
        implies = self._findings(entry, "implies")
        forms = self._all_names(entry, condition, implies)
        if not any(forms.values()):
            return
        symptom = self._symptom(entry, condition, forms, implies)
        self._symptoms[symptom.code] = symptom
        self._implied[symptom.code] = frozenset(implies).union(*(self._implied[code] for code in implies))
        for language, names in forms.items():
            self._keep_words_inside(entry, language, names)
        if condition is None:
            self._departments[symptom.code] = self._department(entry)
            return
        self._list(condition, symptom.code, SAID_BY_THE_ILL)
        self._send(symptom.code, condition)
        for other, weight in entry.mapping("also", {}).items():
            if other not in self._conditions or other == entry.name:
                entry.fail(f"also.{other}", "unknown condition")
            self._list(self._conditions[other], symptom.code, entry.as_number(f"also.{other}", weight, 0.001, 0.999))

    def _department(self, entry: Entry) -> str:
        department = entry.text("department")
        if department not in self._known_departments:
            entry.fail("department", f"unknown code {department!r}")
        return department

    def _all_names(
        self, entry: Entry, condition: Condition | None, implies: Iterable[str]
    ) -> dict[Language, tuple[str, ...]]:
        return {language: self._forms(entry, language, condition, implies) for language in Language}

    def _add_words(self, code: str, language: Language, names: Iterable[str]) -> None:
        new = [name for name in names if self._words.teach(code, language, name) is not None]
        self._added.setdefault(code, {}).setdefault(language, []).extend(new)

    def _keep_words_inside(self, entry: Entry, language: Language, names: Iterable[str]) -> None:
        """The longest words win: a name that contains words of another finding becomes words of that one as well."""
        unlike = self._findings(entry, "unlike")
        for name in names:
            for code in dict.fromkeys(self._words.inside(language, name)):
                if code not in unlike:
                    self._add_words(code, language, (name,))

    def _forms(
        self, entry: Entry, language: Language, condition: Condition | None, implies: Iterable[str]
    ) -> tuple[str, ...]:
        """The condition's own name and the aliases, without those that another finding or condition has already."""
        own = () if condition is None else _own_names(condition, language)
        names = (*own, *self._aliases(entry, language))
        return tuple(
            name
            for name in dict.fromkeys(names)
            if self._owner(entry.name, language, name) == entry.name and not self._is_complaint(language, name, implies)
        )

    def _aliases(self, entry: Entry, language: Language) -> tuple[str, ...]:
        aliases = entry.strings(language.value, ())
        for alias in aliases:
            if len(alias.strip()) < _SHORTEST:
                entry.fail(language.value, f"{alias!r} is too short to be searched for")
            owner = self._owner(entry.name, language, alias)
            if owner != entry.name and self._words.key(language, alias) not in self._own_names:
                entry.fail(language.value, f"{alias!r} is a name of {owner} already")
        return aliases

    def _is_complaint(self, language: Language, name: str, implies: Iterable[str]) -> bool:
        """True when a complaint has these words, so that they would count twice; history may have them as well."""
        equal = self._words.equal(language, name)
        return set(equal).isdisjoint(implies) and any(
            self._others[code].kind is not SymptomKind.HISTORY for code in equal
        )

    def _owner(self, illness: str, language: Language, name: str) -> str:
        """The illness that has the name; a free name becomes this one's, conditions have their own from the start."""
        return self._owners.setdefault(self._words.key(language, name), illness)

    def _symptom(
        self,
        entry: Entry,
        condition: Condition | None,
        forms: Mapping[Language, tuple[str, ...]],
        implies: tuple[str, ...],
    ) -> Symptom:
        name = entry.words("name") if condition is None else condition.name
        return Symptom(
            code=f"{PREFIX}{entry.name}",
            kind=self._kind(implies),
            name=Words(zh=f"自述{name.zh}", en=f"says: {name.en}"),
            forms=MappingProxyType(dict(forms)),
            question=Words(zh=f"您说有{name.zh}，对吗？", en=f"You said: {name.en}. Is that right?"),
            hint=Words(zh="", en=""),
            icon="person",
            implies=implies,
            applies=Applies(),
            ease=_NEVER_ASKED,
            background=_background(condition),
            review=entry.review() if condition is None else _copied(condition.review),
        )

    def _kind(self, implies: Iterable[str]) -> SymptomKind:
        """History where it is a special form of one, and still counts when long past; other illnesses come and go."""
        kinds = {self._others[code].kind for code in implies}
        return SymptomKind.HISTORY if kinds == {SymptomKind.HISTORY} else SymptomKind.SYMPTOM

    def _list(self, condition: Condition, code: str, weight: float) -> None:
        """Let the condition explain the finding, and what the finding implies at least as much."""
        likelihood = dict(self._conditions[condition.code].likelihood)
        if code in self._others and code in likelihood:
            return
        for listed in (code, *self._implied[code]):
            likelihood[listed] = max(likelihood.get(listed, 0.0), weight)
        self._conditions[condition.code] = replace(
            self._conditions[condition.code], likelihood=MappingProxyType(likelihood)
        )

    def _send(self, code: str, condition: Condition) -> None:
        """Where people with this finding usually go: the condition's first door that is no emergency."""
        doors = {
            department: share
            for department, share in condition.departments.items()
            if not self._known_departments[department].emergency
        }
        if doors:
            self._departments.setdefault(code, max(doors, key=doors.__getitem__))

    def _findings(self, entry: Entry, name: str) -> tuple[str, ...]:
        return tuple(self._finding(entry, name, code) for code in entry.strings(name, ()))

    def _finding(self, entry: Entry, name: str, code: str) -> str:
        if code not in self._others:
            entry.fail(name, f"unknown finding {code!r}")
        return code


def _own_names(condition: Condition, language: Language) -> tuple[str, ...]:
    """A name with another one in brackets is two names."""
    return tuple(name.strip() for name in re.split("[()（）]", condition.name.in_language(language)) if name.strip())


def _background(condition: Condition | None) -> float:
    """P(somebody says they have it) among those who come for something else."""
    share = _MOST_BACKGROUND if condition is None else condition.prior * _SHARE_OF_PRIOR
    return min(max(share, _LEAST_BACKGROUND), _MOST_BACKGROUND)


def _copied(review: Review) -> Review:
    return Review(f"names of: {review.source}", review.state)
