"""Look-up tables derived once from a knowledge base: implications, rules by finding, likelihoods as arrays."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field

from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.knowledge import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    FirstQuestions,
    KnowledgeBase,
    Level,
    Not,
    PatientIs,
    Present,
    RedFlag,
    Rule,
    Symptom,
    SymptomKind,
    VitalIs,
)

DEFAULT_BACKGROUND = 0.02
"""P(finding) in somebody who has none of the conditions that list it, where the content says nothing."""

_LIKELIEST, _UNLIKELIEST = 0.985, 0.002
_SHARE_OF_PARENT = (0.05, 0.5)
_TYPICAL, _LEAST_OF_TYPICAL = 0.5, 0.02
"""A finding as likely as this in a condition belongs to it: others, which list only its general form, get the least."""
_BESIDE_THE_POINT = 0.1
"""How much rarer it is to bring up a finding without a condition that explains it than to have it."""


@dataclass(frozen=True, slots=True)
class Likelihood:
    """A finding's weight for every condition in the order of Prepared.conditions, as natural logarithms.

    `answered` is log P(present | condition) for an answer to a question. `volunteered` is for what a patient brings up:
    nobody comes to hospital for something beside the point, so conditions that do not explain it lose more.
    """

    answered: tuple[float, ...]
    volunteered: tuple[float, ...]
    denied: tuple[float, ...]

    def of(self, finding: Finding) -> tuple[float, ...]:
        """The weights for a finding that was said to be present or absent."""
        if finding.status is Status.ABSENT:
            return self.denied
        return self.answered if finding.source is Source.ANSWER else self.volunteered


@dataclass(frozen=True, slots=True)
class Prepared:
    """Made by prepared().

    `rules_about` has the numbers of rules, in the content's order, by the findings they depend on, parents of those
    included. `kinds` are a finding with its special cases, for findings that have any. `enough` are the findings that
    can make a rule true without any other; `lone_alarms` lists rules of level I and II by them. `leaves` are a rule's
    findings, in order. `depends_on` are the findings of every rule and part of a rule that has parts, by the id of that
    object. `starts` keeps what inference works out for a patient. `needs` are sets of findings of each of which a rule
    needs one at least. `place` is the content's order of conditions.
    """

    knowledge: KnowledgeBase
    implied: Mapping[str, frozenset[str]]
    implied_by: Mapping[str, frozenset[str]]
    rules_about: Mapping[str, frozenset[int]]
    kinds: Mapping[str, frozenset[str]]
    enough: Mapping[str, frozenset[str]]
    lone_alarms: Mapping[str, tuple[RedFlag, ...]]
    leaves: Mapping[str, tuple[str, ...]]
    depends_on: Mapping[int, frozenset[str]]
    needs: Mapping[str, tuple[frozenset[str], ...]]
    rules_without_findings: frozenset[int]
    rules_with_vitals: frozenset[int]
    conditions: tuple[Condition, ...]
    log_priors: tuple[float, ...]
    place: Mapping[str, int]
    amounts: tuple[Symptom, ...]
    listed_by: Mapping[str, tuple[Condition, ...]]
    first_questions: Mapping[str, tuple[FirstQuestions, ...]]
    starts: dict[Hashable, tuple[float, ...]] = field(default_factory=dict)
    _likelihoods: dict[str, Likelihood] = field(default_factory=dict)
    _by_condition: dict[str, dict[str, float]] = field(default_factory=dict)
    _explained: dict[str, Mapping[str, float]] = field(default_factory=dict)

    def likelihood(self, code: str) -> Likelihood:
        """The finding's weights; computed on first use."""
        known = self._likelihoods.get(code)
        if known is None:
            beside = self.background(code)
            volunteered = beside * _BESIDE_THE_POINT if self._is_complaint(code) else beside
            explained = self.explained(code)
            known = self._likelihoods[code] = Likelihood(
                self._weights(math.log(beside), {c: math.log(p) for c, p in explained.items()}),
                self._weights(math.log(volunteered), {c: math.log(p) for c, p in explained.items()}),
                self._weights(math.log1p(-beside), {c: math.log1p(-p) for c, p in explained.items()}),
            )
        return known

    def _weights(self, usual: float, special: Mapping[str, float]) -> tuple[float, ...]:
        weights = [usual] * len(self.conditions)
        for condition, weight in special.items():
            weights[self.place[condition]] = weight
        return tuple(weights)

    def explained(self, code: str) -> Mapping[str, float]:
        """P(finding | condition) by code of the conditions that explain the finding; computed on first use.

        A condition explains what it lists, the general form of that, and its special cases: the general form is as
        likely as the likeliest listed one, a special case gets a share of what it is a special case of.
        """
        known = self._explained.get(code)
        if known is None:
            family = (code, *self.implied_by.get(code, ()), *self.implied.get(code, ()))
            conditions = {c.code: c for relative in family for c in self.listed_by.get(relative, ())}
            known = {name: self._probability(code, condition) for name, condition in conditions.items()}
            self._explained[code] = known
        return known

    def explained_by(self, condition: str) -> Mapping[str, float]:
        """P(finding | condition) by code of the findings that a condition explains; all are computed on first use."""
        if not self._by_condition:
            self._by_condition.update((other.code, {}) for other in self.conditions)
            for code in self.knowledge.symptoms:
                for name, p in self.explained(code).items():
                    self._by_condition[name][code] = p
        return self._by_condition[condition]

    def chance(self, code: str, condition: Condition) -> float:
        """P(finding | condition)."""
        known = self.explained(code).get(condition.code)
        return self.background(code) if known is None else known

    def explains(self, condition: Condition, code: str) -> bool:
        """True when the condition lists the finding, a special case of it, or what it is a special case of."""
        return condition.code in self.explained(code)

    def background(self, code: str) -> float:
        """P(finding) in somebody who has none of the conditions that explain it."""
        symptom = self.knowledge.symptoms.get(code)
        return min(max(symptom.background, _UNLIKELIEST), 0.9) if symptom else DEFAULT_BACKGROUND

    def _is_complaint(self, code: str) -> bool:
        symptom = self.knowledge.symptoms.get(code)
        return symptom is not None and symptom.kind in (SymptomKind.SYMPTOM, SymptomKind.SIGN)

    def _probability(self, code: str, condition: Condition) -> float:
        listed = condition.likelihood
        p = listed.get(code)
        if p is None:
            special = [listed[child] for child in self.implied_by.get(code, ()) if child in listed]
            # A name of an illness speaks for that illness alone, whatever it implies.
            general = [] if special or self._is_name(code) else self._nearest(code, listed)
            p = max([self.background(code), *special, *(listed[g] * self._share(code, g) for g in general)])
        return min(max(p, _UNLIKELIEST), _LIKELIEST)

    def _is_name(self, code: str) -> bool:
        symptom = self.knowledge.symptoms.get(code)
        return symptom is not None and symptom.ease == 0

    def _nearest(self, code: str, listed: Collection[str]) -> list[str]:
        """The listed general forms of a finding, without those that another one of them implies."""
        general = [parent for parent in self.implied.get(code, ()) if parent in listed]
        beyond = frozenset().union(*(self.implied.get(parent, frozenset()) for parent in general))
        return [parent for parent in general if parent not in beyond]

    def _share(self, code: str, parent: str) -> float:
        least, most = _SHARE_OF_PARENT
        if any(condition.likelihood[code] >= _TYPICAL for condition in self.listed_by.get(code, ())):
            return _LEAST_OF_TYPICAL
        return min(max(self.background(code) / self.background(parent), least), most)


_RECENT: list[Prepared] = []
_KEPT = 4


def prepared(knowledge: KnowledgeBase) -> Prepared:
    """The tables of this very knowledge base; the last few are kept, so that asking again costs nothing."""
    for tables in _RECENT:
        if tables.knowledge is knowledge:
            return tables
    tables = _prepare(knowledge)
    _RECENT.insert(0, tables)
    del _RECENT[_KEPT:]
    return tables


def prepare(knowledge: KnowledgeBase) -> None:
    """Make now what all judgements share; the first one would otherwise take ten times as long as the others."""
    tables = prepared(knowledge)
    if tables.conditions:
        tables.explained_by(tables.conditions[0].code)


def _prepare(knowledge: KnowledgeBase) -> Prepared:
    implied = {code: _closure(knowledge, code) for code in knowledge.symptoms}
    implied_by: dict[str, set[str]] = {}
    for code, parents in implied.items():
        for parent in parents:
            implied_by.setdefault(parent, set()).add(code)
    kinds = {code: frozenset((code, *children)) for code, children in implied_by.items()}
    about: dict[str, set[int]] = {}
    enough: dict[str, frozenset[str]] = {}
    lone: dict[str, list[RedFlag]] = {}
    without: set[int] = set()
    with_vitals: set[int] = set()
    for number, flag in enumerate(knowledge.red_flags):
        enough[flag.code] = enough_alone(flag.when, kinds) or frozenset()
        for code in enough[flag.code] if flag.level <= Level.II else ():
            lone.setdefault(code, []).append(flag)
        leaves = {leaf.code for leaf in present_leaves(flag.when)}
        for code in leaves.union(*(implied.get(leaf, frozenset()) for leaf in leaves)):
            about.setdefault(code, set()).add(number)
        if not leaves:
            without.add(number)
        if any(isinstance(leaf, VitalIs) for leaf in _all_leaves(flag.when)):
            with_vitals.add(number)
    depends_on: dict[int, frozenset[str]] = {}
    for flag in knowledge.red_flags:
        _note_dependence(flag.when, depends_on)
    conditions = tuple(knowledge.conditions.values())
    listed_by: dict[str, list[Condition]] = {}
    for condition in conditions:
        for code in condition.likelihood:
            listed_by.setdefault(code, []).append(condition)
    first: dict[str, list[FirstQuestions]] = {}
    for entry in knowledge.first_questions:
        first.setdefault(entry.about, []).append(entry)
    return Prepared(
        knowledge=knowledge,
        implied=implied,
        implied_by={code: frozenset(children) for code, children in implied_by.items()},
        rules_about={code: frozenset(numbers) for code, numbers in about.items()},
        kinds=kinds,
        enough=enough,
        lone_alarms={code: tuple(flags) for code, flags in lone.items()},
        leaves={
            flag.code: tuple(dict.fromkeys(leaf.code for leaf in present_leaves(flag.when)))
            for flag in knowledge.red_flags
        },
        depends_on=depends_on,
        needs={flag.code: _needs(flag.when) for flag in knowledge.red_flags},
        rules_without_findings=frozenset(without),
        rules_with_vitals=frozenset(with_vitals),
        conditions=conditions,
        place={condition.code: at for at, condition in enumerate(conditions)},
        listed_by={code: tuple(listing) for code, listing in listed_by.items()},
        first_questions={about: tuple(lists) for about, lists in first.items()},
        amounts=tuple(symptom for symptom in knowledge.symptoms.values() if symptom.amount is not None),
        log_priors=tuple(math.log(max(condition.prior, 1e-9)) for condition in conditions),
    )


def _closure(knowledge: KnowledgeBase, code: str) -> frozenset[str]:
    if code in knowledge.implied:
        return knowledge.implied[code]
    reached: set[str] = set()
    waiting = [code]
    while waiting:
        symptom = knowledge.symptoms.get(waiting.pop())
        fresh = set(symptom.implies) - reached if symptom else set()
        reached |= fresh
        waiting.extend(fresh)
    return frozenset(reached - {code})


def present_leaves(rule: Rule) -> Iterator[Present]:
    """The findings whose presence can make the rule true, in order; those under a Not are left out."""
    match rule:
        case Present():
            yield rule
        case AllOf(parts) | AnyOf(parts) | AtLeast(parts=parts):
            for part in parts:
                yield from present_leaves(part)
        case _:
            return


def enough_alone(rule: Rule, kinds: Mapping[str, frozenset[str]], holds: Collection[str] = ()) -> frozenset[str] | None:
    """Findings of which one alone could make the rule true, when findings in `holds` are there already.

    `kinds` are a finding and its special cases, by its code.
    What else a rule asks, about the patient, vital signs and findings that must be missing, is taken to be so; None
    stands for "nothing is missing".
    """
    match rule:
        case Present(code):
            return None if code in holds else kinds.get(code) or frozenset((code,))
        case AllOf(parts):
            return _enough(len(parts), parts, kinds, holds)
        case AnyOf(parts):
            return _enough(1, parts, kinds, holds)
        case AtLeast(count, parts):
            return _enough(count, parts, kinds, holds)
        case _:
            return None


def _enough(
    count: int, parts: tuple[Rule, ...], kinds: Mapping[str, frozenset[str]], holds: Collection[str]
) -> frozenset[str] | None:
    sets = [enough_alone(part, kinds, holds) for part in parts]
    missing = [codes for codes in sets if codes is not None]
    wanted = count - (len(sets) - len(missing))
    if wanted <= 0:
        return None
    if wanted == 1:
        return frozenset().union(*missing)
    if wanted >= len(missing):
        return missing[0].intersection(*missing[1:]) if wanted == len(missing) else frozenset()
    counts = Counter(code for codes in missing for code in codes)
    return frozenset(code for code, times in counts.items() if times >= wanted)


def _needs(rule: Rule) -> tuple[frozenset[str], ...]:
    match rule:
        case Present(code):
            return (frozenset((code,)),)
        case AllOf(parts):
            return tuple(need for part in parts for need in _needs(part))
        case AnyOf(parts) | AtLeast(parts=parts) if parts:
            needs = [_needs(part) for part in parts]
            # One of the parts is needed: of each the smallest set will do, if it needs any finding at all.
            return (frozenset().union(*(min(need, key=len) for need in needs)),) if all(needs) else ()
        case _:
            return ()


def _note_dependence(rule: Rule, depends_on: dict[int, frozenset[str]]) -> frozenset[str]:
    """The findings that the rule depends on, noted for it and its parts; content keeps these objects alive."""
    match rule:
        case AllOf(parts) | AnyOf(parts) | AtLeast(parts=parts):
            codes = frozenset().union(*(_note_dependence(part, depends_on) for part in parts))
            depends_on[id(rule)] = codes
            return codes
        case Not(part):
            return _note_dependence(part, depends_on)
        case Present(code):
            return frozenset((code,))
        case _:
            return frozenset()


def _all_leaves(rule: Rule) -> Iterator[Present | PatientIs | VitalIs]:
    match rule:
        case AllOf(parts) | AnyOf(parts) | AtLeast(parts=parts):
            for part in parts:
                yield from _all_leaves(part)
        case Not(part):
            yield from _all_leaves(part)
        case Present() | PatientIs() | VitalIs():
            yield rule
