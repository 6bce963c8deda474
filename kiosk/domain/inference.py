"""Naive Bayes over conditions, and the next question by what it is expected to tell about level and department."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from operator import add

from kiosk.domain.assessment import ConditionProbability, NextQuestion
from kiosk.domain.findings import Findings
from kiosk.domain.knowledge import Condition, KnowledgeBase, Level
from kiosk.domain.known import Known, can_apply, known
from kiosk.domain.patient import Patient
from kiosk.domain.prepared import Prepared

MIN_GAIN_BITS = 0.2
"""A question that is expected to tell less than this, after weighing by ease, is not asked."""

_LIKELY_MASS = 0.97
_MOST_CONDITIONS = 30
_FEWEST_EASE = 0.05
_NEGLIGIBLE = 1e-6
_STARTS_KEPT = 256
_HARM = {Level.I: 40.0, Level.II: 12.0, Level.III: 2.0, Level.IV: 1.0}
"""What missing a condition costs, in units of a harmless one; a judgement about which danger to ask first."""

Doors = Callable[[Mapping[str, float]], Mapping[str, float]]
"""A condition's department weights to those that are open to this patient (domain/routing.py)."""


@dataclass(frozen=True, slots=True)
class Posterior:
    """P(condition | what is known) in the order of tables.conditions; sums to 1 unless nothing can apply."""

    tables: Prepared
    probabilities: tuple[float, ...]
    _ranked: list[int] = field(default_factory=list, compare=False)

    def likely(self, mass: float = _LIKELY_MASS, most: int = _MOST_CONDITIONS) -> list[tuple[Condition, float]]:
        """The likeliest conditions that together hold `mass`, at most `most`, likeliest first."""
        if not self._ranked:
            ranked = sorted(range(len(self.probabilities)), key=self.probabilities.__getitem__, reverse=True)
            self._ranked.extend(ranked)
        chosen: list[tuple[Condition, float]] = []
        total = 0.0
        for index in self._ranked[:most]:
            if self.probabilities[index] <= 0 or total >= mass:
                break
            total += self.probabilities[index]
            chosen.append((self.tables.conditions[index], self.probabilities[index]))
        return chosen

    def urgent_share(self, level: Level = Level.III) -> float:
        """P(the condition is at least this urgent)."""
        pairs = zip(self.tables.conditions, self.probabilities, strict=True)
        return sum(p for condition, p in pairs if condition.level <= level)

    def explaining(self, complaints: Iterable[str]) -> dict[str, float]:
        """Every condition, however unlikely, that explains one of the complaints: P by code."""
        codes = {condition for code in complaints for condition in self.tables.explained(code)}
        chances = {code: self.probabilities[self.tables.place[code]] for code in codes}
        return {code: p for code, p in chances.items() if p > _NEGLIGIBLE}


def dangers(explaining: Mapping[str, float], codes: Iterable[str], tables: Prepared) -> dict[str, float]:
    """What it could cost to miss each finding: its chance in the conditions that explain it too, times their harm."""
    conditions = tables.knowledge.conditions
    weights = {code: p * _HARM[conditions[code].level] for code, p in explaining.items()}
    return {
        code: sum(p * weights[condition] for condition, p in tables.explained(code).items() if condition in weights)
        for code in codes
    }


def posterior(knowledge: KnowledgeBase, patient: Patient, findings: Findings) -> tuple[ConditionProbability, ...]:
    """All conditions that can apply, likeliest first."""
    result = posterior_of(known(knowledge, patient, findings))
    return tuple(ConditionProbability(c.code, p) for c, p in result.likely(mass=2.0, most=len(result.probabilities)))


def posterior_of(facts: Known) -> Posterior:
    """Bayes' rule in log space: prior and patient factors, then every finding that was said, each once."""
    tables = facts.tables
    logs: Sequence[float] = start_of(facts)
    for code in (*facts.complaints(), *facts.denied()):
        logs = list(map(add, logs, tables.likelihood(code).of(facts.said[code])))
    highest = max(logs, default=-math.inf)
    if highest == -math.inf:
        return Posterior(tables, (0.0,) * len(logs))
    masses = [math.exp(value - highest) for value in logs]
    total = sum(masses)
    return Posterior(tables, tuple(mass / total for mass in masses))


def start_of(facts: Known) -> tuple[float, ...]:
    """Log prior of every condition for this patient and season; kept, because a visit asks for the same many times."""
    tables, patient = facts.tables, facts.patient
    key = (patient.age, patient.sex, patient.pregnant, facts.month)
    starts = tables.starts
    if key not in starts:
        if len(starts) >= _STARTS_KEPT:
            starts.clear()
        starts[key] = tuple(
            prior + _log_factor(condition, patient, facts.month)
            for condition, prior in zip(tables.conditions, tables.log_priors, strict=True)
        )
    return starts[key]


def _log_factor(condition: Condition, patient: Patient, month: int | None) -> float:
    if not can_apply(condition.applies, patient):
        return -math.inf
    factor = 1.0
    if patient.age is not None:
        for youngest, oldest, times in condition.age_factors:
            if youngest <= patient.age <= oldest:
                factor *= times
    if patient.sex is not None:
        factor *= condition.sex_factors.get(patient.sex, 1.0)
    if patient.pregnant:
        factor *= condition.pregnancy_factor
    if month is not None:
        for first, last, times in condition.month_factors:
            if (first <= month <= last) if first <= last else (month >= first or month <= last):
                factor *= times
    return math.log(factor) if factor > 0 else -math.inf


def next_question(
    facts: Known, beliefs: Posterior, asked: Collection[str], doors: Doors, at_home: Container[str] = ()
) -> NextQuestion | None:
    """The open question with the largest expected information about (urgency, department), weighed by ease.

    `at_home` are the conditions that this patient could treat at home: what tells them from others is worth asking too.

    Only what could send the patient somewhere else is asked: an answer that leaves the likeliest department and the
    urgency as they are is not worth a frightened person's time, however much it tells about the illness.
    """
    likely = _explaining(beliefs, facts)
    if not likely:
        return None
    total = sum(p for _, p in likely)
    chances = [p / total for _, p in likely]
    outcomes = _Outcomes([condition for condition, _ in likely], doors, at_home)
    before = outcomes.entropy(chances)
    best: NextQuestion | None = None
    for code in _candidates([condition for condition, _ in likely], facts, asked):
        column = _column(facts.tables, code, likely)
        gain = (before - outcomes.expected_entropy(chances, column)) * _ease(facts, code)
        if gain >= MIN_GAIN_BITS and (best is None or gain > best.gain) and outcomes.may_change(chances, column):
            best = NextQuestion(code, gain)
    return best


def _explaining(beliefs: Posterior, facts: Known) -> list[tuple[Condition, float]]:
    """The likely conditions that explain something the patient came for; all of them when none does."""
    likely = beliefs.likely()
    complaints = facts.complaints()
    explaining = [(c, p) for c, p in likely if any(beliefs.tables.explains(c, code) for code in complaints)]
    return explaining or likely


def _candidates(conditions: Sequence[Condition], facts: Known, asked: Collection[str]) -> list[str]:
    symptoms = facts.tables.knowledge.symptoms
    codes = dict.fromkeys(code for condition in conditions for code in condition.likelihood)
    return [c for c in codes if c in symptoms and c not in asked and _ease(facts, c) and facts.is_open(c)]


def _ease(facts: Known, code: str) -> float:
    ease = facts.tables.knowledge.symptoms[code].ease
    return ease if ease >= _FEWEST_EASE else 0.0


def _column(tables: Prepared, code: str, likely: Sequence[tuple[Condition, float]]) -> list[float]:
    return [tables.chance(code, condition) for condition, _ in likely]


class _Care(Enum):
    URGENT = auto()
    CLINIC = auto()
    HOME = auto()


class _Outcomes:
    """What the answer is wanted for: each condition as weights over (urgent, at a clinic or at home; department)."""

    def __init__(self, conditions: Sequence[Condition], doors: Doors, at_home: Container[str]) -> None:
        numbers: dict[tuple[_Care, str], int] = {}
        self._rows: list[list[tuple[int, float]]] = []
        for condition in conditions:
            urgent = condition.level <= Level.III
            care = _Care.URGENT if urgent else _Care.HOME if condition.code in at_home else _Care.CLINIC
            row = [
                (numbers.setdefault((care, department), len(numbers)), weight)
                for department, weight in doors(condition.departments).items()
            ]
            self._rows.append(row)
        self._size = len(numbers)
        self._keys = list(numbers)

    def entropy(self, chances: Sequence[float]) -> float:
        """Bits of uncertainty about the outcome."""
        return _bits(self._masses(chances))

    def expected_entropy(self, chances: Sequence[float], yes: Sequence[float]) -> float:
        """Bits left after an answer, given P(yes | condition)."""
        if_yes = [p * q for p, q in zip(chances, yes, strict=True)]
        if_no = [p - q for p, q in zip(chances, if_yes, strict=True)]
        return sum(sum(part) * _bits(self._masses(part)) for part in (if_yes, if_no))

    def may_change(self, chances: Sequence[float], yes: Sequence[float]) -> bool:
        """True when "yes" or "no" would make another outcome the likeliest."""
        if_yes = [p * q for p, q in zip(chances, yes, strict=True)]
        if_no = [p - q for p, q in zip(chances, if_yes, strict=True)]
        return len({self._likeliest(part) for part in (chances, if_yes, if_no)}) > 1

    def _likeliest(self, chances: Sequence[float]) -> tuple[bool, bool, str]:
        """Whether urgent and whether care at home is the likelier, and the likeliest department."""
        doors: dict[str, float] = {}
        cares = dict.fromkeys(_Care, 0.0)
        for number, mass in enumerate(self._masses(chances)):
            care, department = self._keys[number]
            doors[department] = doors.get(department, 0.0) + mass
            cares[care] += mass
        half = sum(cares.values()) / 2
        department = max(doors, key=lambda department: doors[department])
        return cares[_Care.URGENT] >= half, cares[_Care.HOME] >= half, department

    def _masses(self, chances: Sequence[float]) -> list[float]:
        masses = [0.0] * self._size
        for p, row in zip(chances, self._rows, strict=True):
            for number, weight in row:
                masses[number] += p * weight
        return masses


def _bits(masses: Sequence[float]) -> float:
    """Entropy of masses that need not sum to one."""
    total = sum(masses)
    if total <= 0:
        return 0.0
    return math.log2(total) - sum(mass * math.log2(mass) for mass in masses if mass > 0) / total
