"""What one department reviews, as rows ready to print.

Everything is signed once: a condition by the departments that see it, a rule by the department it sends to, a question
by the department that knows the finding best. What else belongs to the picture stands on the sheet for information.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kiosk.domain.knowledge import Condition, Danger, FirstQuestions, Level, RedFlag, ReviewState, Symptom
from kiosk.domain.language import Words
from kiosk.domain.prepared import present_leaves
from kiosk.knowledge_review import words
from kiosk.knowledge_review.catching import catching, caught_share
from kiosk.knowledge_review.content import Content
from kiosk.knowledge_review.routes import routes_to
from kiosk.knowledge_review.rule_words import rule_words

CO_SIGNED = 0.2
"""A department that sees at least this share of a condition's patients signs it too."""

_USUAL_QUESTION = 0.3
_DIGITS = 8


@dataclass(frozen=True, slots=True)
class FindingRow:
    """`percent` is P(finding | condition) in whole percent, 1 to 99; `often` the same in words."""

    name: Words
    percent: int
    often: Words


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """`doors` are the departments with their share in percent, `caught` the share that red flags can catch at most."""

    code: str
    name: Words
    icd10: str
    level: Level
    visits: Words
    doors: tuple[tuple[Words, int], ...]
    is_main: bool
    who: Words
    modifiers: tuple[Words, ...]
    findings: tuple[FindingRow, ...]
    worse_with: tuple[Words, ...]
    beside: tuple[Words, ...]
    self_limiting: bool
    caught: int | None
    source: str
    state: ReviewState


@dataclass(frozen=True, slots=True)
class OtherCondition:
    """A condition that other departments sign."""

    name: Words
    icd10: str
    level: Level
    doors: tuple[tuple[Words, int], ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    code: str
    row: int
    topic: Words
    when: Words
    level: Level
    department: Words
    tell_staff: bool
    reason: Words
    source: str
    state: ReviewState


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """`signed_by` is the department on whose sheet the question is signed."""

    code: str
    name: Words
    question: Words
    hint: Words
    who: Words
    signed_by: Words
    source: str
    state: ReviewState


@dataclass(frozen=True, slots=True)
class FirstRow:
    """What is asked first about a complaint, or offered under the picture of a danger; `ask` names the findings."""

    code: str
    name: Words
    who: Words
    ask: tuple[Words, ...]
    source: str
    state: ReviewState


@dataclass(frozen=True)
class Sheet:
    """One department's sheet; the `others`, `rules_beside` and `questions_beside` are for information only."""

    code: str
    name: Words
    nhc: str
    who: Words
    sensitive: bool
    conditions: tuple[ConditionRow, ...]
    others: tuple[OtherCondition, ...]
    rules: tuple[RuleRow, ...]
    rules_beside: tuple[RuleRow, ...]
    routes: tuple[Words, ...]
    questions: tuple[QuestionRow, ...]
    questions_beside: tuple[QuestionRow, ...]
    first: tuple[FirstRow, ...]
    dangers: tuple[FirstRow, ...]

    @property
    def to_sign(self) -> tuple[ConditionRow | RuleRow | QuestionRow | FirstRow, ...]:
        return (*self.conditions, *self.rules, *self.questions, *self.first, *self.dangers)

    def states(self) -> Counter[ReviewState]:
        return Counter(row.state for row in self.to_sign)

    @cached_property
    def fingerprint(self) -> str:
        """Eight digits that stay the same as long as nothing a reader of the sheet signs has changed.

        The review states are left out, so that entering a signature does not change what was signed.
        """
        rows = [replace(row, state=ReviewState.DRAFT) for row in self.to_sign]
        text = repr((self.code, self.name, self.nhc, self.who, self.sensitive, self.routes, rows))
        return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


class Sheets:
    """Makes the sheets of one content version; what all of them share is worked out once."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._base = content.base
        self._names = {code: department.name for code, department in self._base.departments.items()}
        self._owners = {code: self._owner(symptom) for code, symptom in self._base.symptoms.items()}

    def codes(self) -> tuple[str, ...]:
        return tuple(self._base.departments)

    def sheet(self, code: str) -> Sheet:
        """The sheet of a department; KeyError when there is none of that code."""
        department = self._base.departments[code]
        conditions = [condition for condition in self._base.conditions.values() if condition.departments.get(code)]
        conditions.sort(key=lambda c: (c.level, -c.departments[code], -c.prior))
        signed = [condition for condition in conditions if signs(condition, code)]
        rules = [flag for flag in self._base.red_flags if self._sends_to(flag) == code]
        return Sheet(
            code=code,
            name=department.name,
            nhc=department.nhc,
            who=words.who(department.applies),
            sensitive=department.sensitive,
            conditions=tuple(self._condition(condition, code) for condition in signed),
            others=tuple(self._other(condition) for condition in conditions if condition not in signed),
            rules=tuple(map(self._rule, sorted(rules, key=lambda flag: (flag.row, flag.level)))),
            rules_beside=tuple(map(self._rule, self._catching(signed, code))),
            routes=tuple(routes_to(self._base, code)),
            questions=self._questions(symptom for symptom in self._owners if self._owners[symptom] == code),
            questions_beside=self._questions(self._asked_too(signed, code)),
            first=tuple(map(self._first, (e for e in self._base.first_questions if self._owners[e.about] == code))),
            dangers=tuple(map(self._danger, self._base.dangers)) if code == self._base.routing.emergency else (),
        )

    def _owner(self, symptom: Symptom) -> str:
        """Who knows a finding best: its usual department, else the one whose conditions show it most."""
        base, code = self._base, symptom.code
        usual = base.routing.symptom_department.get(code)
        if usual is not None:
            return usual
        votes: dict[str, float] = {}
        for condition in base.conditions.values():
            if code in condition.likelihood:
                for department, weight in condition.departments.items():
                    votes[department] = votes.get(department, 0.0) + condition.likelihood[code] * weight
        if any(votes.values()):
            return max(votes, key=lambda department: votes[department])
        flags = (flag for flag in base.red_flags if code in {leaf.code for leaf in present_leaves(flag.when)})
        return next(map(self._sends_to, flags), base.routing.general)

    def _sends_to(self, flag: RedFlag) -> str:
        return flag.department or self._base.routing.emergency

    def _catching(self, conditions: Iterable[Condition], code: str) -> list[RedFlag]:
        """Other departments' rules that catch the dangerous conditions of this one."""
        urgent = [condition for condition in conditions if condition.level <= Level.II]
        codes = {flag.code for condition in urgent for flag in catching(self._base, condition)}
        return [flag for flag in self._base.red_flags if flag.code in codes and self._sends_to(flag) != code]

    def _asked_too(self, conditions: Sequence[Condition], code: str) -> list[str]:
        """Findings of its own conditions whose questions another department signs."""
        asked = {
            finding
            for condition in conditions
            if _main_door(condition) == code
            for finding, p in condition.likelihood.items()
            if p >= _USUAL_QUESTION
        }
        return sorted(finding for finding in asked if self._owners[finding] != code)

    def _condition(self, condition: Condition, code: str) -> ConditionRow:
        names = self._base.symptoms
        return ConditionRow(
            code=condition.code,
            name=condition.name,
            icd10=condition.icd10,
            level=condition.level,
            visits=words.visits(condition.prior),
            doors=self._doors(condition),
            is_main=_main_door(condition) == code,
            who=words.who(condition.applies),
            modifiers=tuple(words.modifiers(condition)),
            findings=tuple(
                FindingRow(names[finding].name, _percent(p), words.band(p))
                for finding, p in sorted(condition.likelihood.items(), key=lambda pair: -pair[1])
            ),
            worse_with=tuple(names[finding].name for finding in condition.worse_with),
            beside=tuple(self._base.conditions[other].name for other in condition.beside),
            self_limiting=condition.self_limiting,
            caught=round(100 * caught_share(self._base, condition)) if condition.level <= Level.II else None,
            source=condition.review.source,
            state=condition.review.state,
        )

    def _doors(self, condition: Condition) -> tuple[tuple[Words, int], ...]:
        shares = sorted(condition.departments.items(), key=lambda pair: -pair[1])
        return tuple((self._names[door], round(100 * share)) for door, share in shares if share > 0)

    def _other(self, condition: Condition) -> OtherCondition:
        return OtherCondition(condition.name, condition.icd10, condition.level, self._doors(condition))

    def _rule(self, flag: RedFlag) -> RuleRow:
        return RuleRow(
            code=flag.code,
            row=flag.row,
            topic=words.topic(flag.row),
            when=rule_words(flag.when, self._base),
            level=flag.level,
            department=self._names[flag.department] if flag.department else Words("", ""),
            tell_staff=flag.tell_staff,
            reason=flag.reason,
            source=flag.review.source,
            state=flag.review.state,
        )

    def _questions(self, codes: Iterable[str]) -> tuple[QuestionRow, ...]:
        symptoms = (self._base.symptoms[code] for code in codes)
        return tuple(
            QuestionRow(
                code=symptom.code,
                name=symptom.name,
                question=symptom.question,
                hint=symptom.hint,
                who=words.who(symptom.applies),
                signed_by=self._names[self._owners[symptom.code]],
                source=symptom.review.source,
                state=symptom.review.state,
            )
            for symptom in symptoms
        )

    def _first(self, entry: FirstQuestions) -> FirstRow:
        names = self._base.symptoms
        return FirstRow(
            code=entry.code,
            name=names[entry.about].name,
            who=words.who(entry.applies),
            ask=tuple(names[code].name for code in entry.ask),
            source=entry.review.source,
            state=entry.review.state,
        )

    def _danger(self, danger: Danger) -> FirstRow:
        names = self._base.symptoms
        return FirstRow(
            code=danger.code,
            name=danger.name,
            who=words.who(danger.applies),
            ask=tuple(names[code].name for code in danger.findings),
            source=danger.review.source,
            state=danger.review.state,
        )


def signs(condition: Condition, department: str) -> bool:
    """True for the department that sees most of a condition's patients and for those that see a good part."""
    return department == _main_door(condition) or condition.departments.get(department, 0.0) >= CO_SIGNED


def _main_door(condition: Condition) -> str:
    return max(condition.departments, key=lambda code: condition.departments[code])


def _percent(p: float) -> int:
    return min(99, max(1, round(100 * p)))
