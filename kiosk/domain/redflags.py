"""Cited red-flag rules over patient, findings and vital signs, in Kleene's three values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass

from kiosk.domain.assessment import FiredRule
from kiosk.domain.findings import Finding, Findings, Source, Status, Vitals
from kiosk.domain.knowledge import (
    AllOf,
    AnyOf,
    AtLeast,
    KnowledgeBase,
    Level,
    Not,
    PatientIs,
    Present,
    RedFlag,
    Rule,
    Truth,
    VitalIs,
)
from kiosk.domain.known import Known, has_vitals, known
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.prepared import enough_alone, present_leaves

_NOTHING: frozenset[str] = frozenset()
_DAYS_PER_YEAR = 365
_READ_FROM_TEXT = (Source.WORDS, Source.MODEL)


@dataclass(frozen=True, slots=True)
class NotOlder(Present):
    """Finding `code` is present and not known to have been so for more than `not_older_hours`.

    For dangers of sudden onset. A length that nobody has told counts as short, so that the rule still fires.
    """

    not_older_hours: float = 0.0


def truth(rule: Rule, facts: Known, assumed: Set[str] = _NOTHING) -> Truth:
    """The rule's value; findings in `assumed` count as present, of a strength and length that only words could tell."""
    codes = facts.tables.depends_on.get(id(rule))
    if codes is None or not codes.isdisjoint(assumed):
        return _truth_of(rule, facts, assumed)
    # Rules are asked hundreds of times with something else assumed, which most of their parts do not depend on.
    value = facts.verdicts.get(id(rule))
    if value is None:
        value = facts.verdicts[id(rule)] = _truth_of(rule, facts, _NOTHING)
    return value


def _truth_of(rule: Rule, facts: Known, assumed: Set[str]) -> Truth:
    match rule:
        case Present():
            return _present(rule, facts, assumed)
        case PatientIs():
            return _patient_is(rule, facts.patient)
        case VitalIs():
            return _vital_is(rule, facts.vitals)
        case Not(part):
            return {Truth.YES: Truth.NO, Truth.NO: Truth.YES}.get(truth(part, facts, assumed), Truth.UNKNOWN)
        case AllOf(parts):
            return _at_least(len(parts), parts, facts, assumed)
        case AnyOf(parts):
            return _at_least(1, parts, facts, assumed)
        case AtLeast(count, parts):
            return _at_least(count, parts, facts, assumed)


def _at_least(count: int, parts: tuple[Rule, ...], facts: Known, assumed: Set[str]) -> Truth:
    yes = possible = 0
    left = len(parts)
    for part in parts:
        value = truth(part, facts, assumed)
        left -= 1
        yes += value is Truth.YES
        possible += value is not Truth.NO
        if yes >= count:
            return Truth.YES
        if possible + left < count:
            return Truth.NO
    return Truth.UNKNOWN if count else Truth.YES


def _present(rule: Present, facts: Known, assumed: Set[str]) -> Truth:
    status = Status.PRESENT if rule.code in assumed else facts.status(rule.code)
    if status is Status.ABSENT:
        return Truth.NO
    if status is not Status.PRESENT and not (rule.suspected and _is_suspected(rule.code, facts)):
        return Truth.UNKNOWN
    finding = facts.findings.get(rule.code)
    values = {Truth.YES}
    if rule.severity_min is not None:
        values.add(_within(finding.severity if finding else None, rule.severity_min, None))
    if rule.hours_min is not None or rule.hours_max is not None:
        values.add(_within(finding.duration_hours if finding else None, rule.hours_min, rule.hours_max))
    if rule.value_min is not None or rule.value_max is not None:
        values.add(_within(finding.value if finding else None, rule.value_min, rule.value_max))
    if isinstance(rule, NotOlder):
        hours = _hours_of(rule.code, facts)
        values.add(_truth(hours is None or hours <= rule.not_older_hours))
    return _all(values)


def _hours_of(code: str, facts: Known) -> float | None:
    """How long a finding has lasted; what is only implied, as long as the shortest of its kinds, all being certain."""
    said = facts.said.get(code)
    if said is not None and said.status is Status.PRESENT:
        return _hours_of_its_own(said)
    kinds = [facts.said.get(kind) for kind in facts.tables.implied_by.get(code, ())]
    hours = [_hours_of_its_own(kind) for kind in kinds if kind is not None and kind.status is Status.PRESENT]
    known = [length for length in hours if length is not None]
    return min(known) if known and len(known) == len(hours) else None


def _is_suspected(code: str, facts: Known) -> bool:
    finding = facts.findings.get(code)
    return finding is not None and finding.status is Status.UNSURE and finding.source in _READ_FROM_TEXT


def _hours_of_its_own(said: Finding | None) -> float | None:
    """How long this very finding has lasted, None when that is not certain.

    A text lends its only stretch of time to all it speaks of: "high blood pressure for ten years, mouth crooked" must
    not make the mouth ten years old. So a length from text counts only where it stands right at the finding.
    """
    if said is None:
        return None
    is_from_text = said.source in _READ_FROM_TEXT or said.span is not None
    if is_from_text and not said.own_duration:
        return None
    return said.duration_hours


def _within(value: float | None, least: float | None, most: float | None) -> Truth:
    if least is None and most is None:
        return Truth.YES
    if value is None:
        return Truth.UNKNOWN
    return _truth((least is None or value >= least) and (most is None or value <= most))


def _truth(holds: bool) -> Truth:
    return Truth.YES if holds else Truth.NO


def _all(values: Iterable[Truth]) -> Truth:
    seen = set(values)
    if Truth.NO in seen:
        return Truth.NO
    return Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.YES


def _patient_is(rule: PatientIs, patient: Patient) -> Truth:
    return _all(
        (
            _same(rule.sex, patient.sex),
            _within(patient.age, rule.age_min, rule.age_max),
            _young(rule.days_max, patient),
            _pregnancy(rule.pregnant, patient),
        )
    )


def _same(wanted: Sex | None, actual: Sex | None) -> Truth:
    if wanted is None:
        return Truth.YES
    return Truth.UNKNOWN if actual is None else _truth(wanted is actual)


def _young(days_max: int | None, patient: Patient) -> Truth:
    if days_max is None:
        return Truth.YES
    if patient.age_days is not None:
        return _truth(patient.age_days <= days_max)
    if patient.age is not None and patient.age * _DAYS_PER_YEAR > days_max:
        return Truth.NO
    return Truth.UNKNOWN


def _pregnancy(wanted: bool | None, patient: Patient) -> Truth:
    if wanted is None:
        return Truth.YES
    pregnant = False if patient.sex is Sex.MALE else patient.pregnant
    return Truth.UNKNOWN if pregnant is None else _truth(pregnant is wanted)


def _vital_is(rule: VitalIs, vitals: Vitals) -> Truth:
    value: float | None = getattr(vitals, rule.vital)
    if value is None:
        return Truth.UNKNOWN
    beyond = (rule.above is not None and value > rule.above) or (rule.below is not None and value < rule.below)
    return _truth(beyond)


def fired(knowledge: KnowledgeBase, patient: Patient, findings: Findings, vitals: Vitals) -> tuple[FiredRule, ...]:
    """Every rule that is true, most urgent first."""
    return fired_rules(known(knowledge, patient, findings, vitals))


def fired_rules(facts: Known) -> tuple[FiredRule, ...]:
    """`fired` for facts already worked out."""
    told = {code for code, finding in facts.findings.items() if finding.status is not Status.ABSENT}
    needs = facts.tables.needs
    true = [
        flag
        for flag in _rules_about(facts, told)
        if not any(map(told.isdisjoint, needs[flag.code])) and truth(flag.when, facts) is Truth.YES
    ]
    true.sort(key=lambda flag: (flag.level, flag.row == 0))
    return tuple(
        FiredRule(
            flag.code,
            flag.row,
            flag.level,
            flag.reason,
            _because(flag.when, facts),
            flag.department,
            flag.tell_staff,
        )
        for flag in true
    )


def _rules_about(facts: Known, codes: Collection[str]) -> list[RedFlag]:
    """Rules that touch these findings, in the content's order, and those about patient or vitals alone."""
    tables = facts.tables
    chosen = tables.rules_without_findings.union(*(tables.rules_about.get(code, ()) for code in codes))
    if has_vitals(facts.vitals):
        chosen |= tables.rules_with_vitals
    return [tables.knowledge.red_flags[number] for number in sorted(chosen)]


def _because(rule: Rule, facts: Known) -> tuple[str, ...]:
    codes = (leaf.code for leaf in present_leaves(rule) if truth(leaf, facts) is Truth.YES)
    return tuple(dict.fromkeys(codes))


def undecided(knowledge: KnowledgeBase, patient: Patient, findings: Findings, vitals: Vitals) -> tuple[RedFlag, ...]:
    """Rules that are unknown only because somebody was not sure: they would fire if "not sure" meant yes."""
    return undecided_rules(known(knowledge, patient, findings, vitals))


def undecided_rules(facts: Known) -> tuple[RedFlag, ...]:
    """`undecided` for facts already worked out, most urgent first."""
    unsure = {code for code, finding in facts.findings.items() if finding.status is Status.UNSURE}
    if not unsure:
        return ()
    assumed = unsure.union(*(facts.tables.implied.get(code, _NOTHING) for code in unsure))
    numbers = {number for code in assumed for number in facts.tables.rules_about.get(code, ())}
    doubtful = [
        flag
        for flag in map(facts.tables.knowledge.red_flags.__getitem__, sorted(numbers))
        if truth(flag.when, facts) is Truth.UNKNOWN and truth(flag.when, facts, assumed) is Truth.YES
    ]
    return tuple(sorted(doubtful, key=lambda flag: flag.level))


def possible_alarms(facts: Known, listed: Iterable[str], asked: Collection[str]) -> dict[str, tuple[RedFlag, ...]]:
    """Findings nobody asked about yet, with the rules of level I or II that each, once present, might make true alone.

    Looked for among the findings of rules about what is present, its special cases included (headache, for "worst
    headache ever"), and among `listed`. is_alarming() tells which of them would.
    """
    tables = facts.tables
    present = {code for code, finding in facts.findings.items() if finding.status is Status.PRESENT}
    rules: dict[str, list[RedFlag]] = {}
    candidates = set(listed)
    for flag in _rules_about(facts, present):
        if flag.level > Level.II:
            continue
        leaves = tables.leaves[flag.code]
        is_started = not present.isdisjoint(leaves)
        # Most rules are here for a special case of what is present: none of their own findings is.
        enough = (
            (enough_alone(flag.when, tables.kinds, present) or _NOTHING) if is_started else tables.enough[flag.code]
        )
        for code in enough:
            rules.setdefault(code, []).append(flag)
        candidates.update(
            code
            for code in leaves
            if code in enough and (is_started or not present.isdisjoint(tables.implied.get(code, _NOTHING)))
        )
    alarming = candidates & (tables.lone_alarms.keys() | rules.keys())
    return {
        code: (*tables.lone_alarms.get(code, ()), *rules.get(code, ()))
        for code in alarming
        if code not in asked and facts.is_open(code)
    }


def is_alarming(code: str, flags: Iterable[RedFlag], facts: Known) -> bool:
    """True when one of the rules of `possible_alarms` is open and the finding would make it true."""
    assumed = {code, *facts.tables.implied.get(code, _NOTHING)}
    return any(
        truth(flag.when, facts) is Truth.UNKNOWN and truth(flag.when, facts, assumed) is Truth.YES for flag in flags
    )
