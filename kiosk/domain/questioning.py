"""Which question comes next.

Doubts about a danger, what a model read in the words, what a nurse asks first, other dangers, then what tells most.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kiosk.domain.assessment import NextQuestion
from kiosk.domain.doors import OpenDoors
from kiosk.domain.findings import Finding, Status
from kiosk.domain.inference import Posterior, dangers, next_question
from kiosk.domain.knowledge import Level, RedFlag
from kiosk.domain.known import Known, can_apply
from kiosk.domain.proposals import next_proposal
from kiosk.domain.redflags import is_alarming, possible_alarms
from kiosk.domain.routing import doors_for
from kiosk.domain.selfcare import home_conditions

_SURE_DEPARTMENT = 0.8
_LEVEL_OPEN = (0.3, 0.7)
_HOME_OPEN = (0.2, 0.8)
"""Shares of urgent illness, and of illness treated at home, between which an answer may still decide."""
_FIRST_QUESTIONS = 5
_GREAT_DANGER, _LEAST_DANGER = 0.2, 0.06
"""Expected cost of not asking, in harmless conditions missed: goes before the nurse's questions, or after them."""
_CERTAIN_WORTH = 1.0


@dataclass(frozen=True, slots=True)
class Questioner:
    """`asked` are the codes of all questions put so far; none is asked twice. `proposed` is what a model has read."""

    facts: Known
    beliefs: Posterior
    asked: Collection[str]
    hospital: OpenDoors
    proposed: Sequence[Finding] = ()

    def next(self, level: Level, best_score: float) -> NextQuestion | None:
        """None when level and department are settled and no danger is left to ask about, or when nothing helps."""
        if not self.facts.said:
            return self._proposed()
        explaining = self.beliefs.explaining(self.facts.complaints())
        possible = self._possible(explaining)
        danger = self._danger(explaining, possible)
        is_great = danger is not None and danger.gain >= _GREAT_DANGER
        urgent = (
            self._doubtful(possible) or self._proposed() or (danger if is_great else None) or self._nurses() or danger
        )
        if urgent is not None:
            return urgent
        at_home = home_conditions(self.facts) if level is Level.IV else frozenset[str]()
        if best_score >= _SURE_DEPARTMENT and self._is_settled(level) and not self._home_is_open(explaining, at_home):
            return None
        return next_question(self.facts, self.beliefs, self.asked, doors_for(self.facts, self.hospital), at_home)

    def _home_is_open(self, explaining: Mapping[str, float], at_home: Collection[str]) -> bool:
        """True while what explains the complaint is partly treated at home and partly by a doctor."""
        low, high = _HOME_OPEN
        total = sum(explaining.values())
        home = sum(p for code, p in explaining.items() if code in at_home)
        return low * total < home < high * total

    def _is_settled(self, level: Level) -> bool:
        low, high = _LEVEL_OPEN
        return level < Level.IV or not low < self.beliefs.urgent_share() < high

    def _possible(self, explaining: Collection[str]) -> Mapping[str, tuple[RedFlag, ...]]:
        """Findings nobody asked about that might alone make an emergency, with their rules."""
        conditions = self.facts.tables.knowledge.conditions
        listed = set[str]().union(*(conditions[condition].likelihood for condition in explaining))
        return possible_alarms(self.facts, listed, self.asked)

    def _doubtful(self, possible: Mapping[str, tuple[RedFlag, ...]]) -> NextQuestion | None:
        """What the patient was not sure about and would be an emergency."""
        for code in sorted(possible):
            if self.facts.status(code) is Status.UNSURE and is_alarming(code, possible[code], self.facts):
                return NextQuestion(code, _CERTAIN_WORTH)
        return None

    def _proposed(self) -> NextQuestion | None:
        """What the patient may have said in words that only a model knows."""
        finding = next_proposal(self.facts, self.proposed, self.asked)
        return None if finding is None else NextQuestion(finding.code, _CERTAIN_WORTH)

    def _nurses(self) -> NextQuestion | None:
        """The next of what a nurse asks first; with several complaints the first of each before the second of any."""
        lists = self._first_questions()
        ranked = sorted((rank, place, code) for place, codes in enumerate(lists) for rank, code in enumerate(codes))
        wanted = dict.fromkeys(code for _, _, code in ranked)
        if sum(code in self.asked for code in wanted) >= _FIRST_QUESTIONS:
            return None
        symptoms = self.facts.tables.knowledge.symptoms
        for code in wanted:
            if code in symptoms and code not in self.asked and self.facts.is_open(code):
                return NextQuestion(code, _CERTAIN_WORTH)
        return None

    def _first_questions(self) -> list[tuple[str, ...]]:
        """For each complaint, in the order they were said, its list and those of its general forms."""
        tables = self.facts.tables
        lists: dict[str, tuple[str, ...]] = {}
        for complaint in self.facts.complaints():
            general = tables.implied.get(complaint, frozenset())
            for about in (complaint, *(code for code in tables.first_questions if code in general)):
                fitting = (
                    entry.ask
                    for entry in tables.first_questions.get(about, ())
                    if can_apply(entry.applies, self.facts.patient)
                )
                lists.setdefault(about, next(fitting, ()))
        return list(lists.values())

    def _danger(
        self, explaining: Mapping[str, float], possible: Mapping[str, tuple[RedFlag, ...]]
    ) -> NextQuestion | None:
        """The finding that would cost most to miss, of those that alone make an emergency."""
        symptoms = self.facts.tables.knowledge.symptoms
        cost = dangers(explaining, possible, self.facts.tables)
        worth = {code: gain for code in cost if (gain := cost[code] * symptoms[code].ease) >= _LEAST_DANGER}
        for code in sorted(worth, key=lambda code: (-worth[code], code)):
            if is_alarming(code, possible[code], self.facts):
                return NextQuestion(self._before(code), worth[code])
        return None

    def _before(self, code: str) -> str:
        """The general finding before its special case: pregnant before how far, thoughts before a plan."""
        symptoms = self.facts.tables.knowledge.symptoms
        for parent in symptoms[code].implies:
            if parent in symptoms and parent not in self.asked and self.facts.is_open(parent):
                return self._before(parent)
        return code
