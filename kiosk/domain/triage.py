"""The assessment: level, where to go, the next question.

Rules and vital signs set the level; inference may raise it from IV to III, and nothing lowers it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from kiosk.domain.assessment import Assessment, ConditionProbability, Disposition, FiredRule, NextQuestion
from kiosk.domain.doors import EVERY_DOOR, OpenDoors
from kiosk.domain.findings import Findings, Source, Status, Vitals
from kiosk.domain.inference import Posterior, dangers, next_question, posterior_of
from kiosk.domain.knowledge import KnowledgeBase, Level
from kiosk.domain.known import Known, known
from kiosk.domain.patient import Patient
from kiosk.domain.redflags import fired_rules, is_alarming, possible_alarms, undecided_rules
from kiosk.domain.routing import departments_for, doors_for
from kiosk.domain.selfcare import may_stay_home
from kiosk.domain.vitals import vital_rules

MAX_QUESTIONS = 8
CONDITIONS_KEPT = 10

_SURE_DEPARTMENT = 0.8
_URGENT_SHARE = 0.5
_LEVEL_OPEN = (0.3, 0.7)
_RED_FLAG_QUESTIONS = 5
_LEAST_DANGER = 0.06
_DOUBT_COUNTS = 0.5
_NO_VITALS = Vitals()


def assess(
    knowledge: KnowledgeBase,
    patient: Patient,
    findings: Findings,
    asked: Collection[str],
    vitals: Vitals = _NO_VITALS,
    max_questions: int = MAX_QUESTIONS,
    hospital: OpenDoors = EVERY_DOOR,
) -> Assessment:
    """What is known to what to do. `asked` are the codes of all questions put so far; nothing here lowers a level.

    `hospital` decides among departments, and its day the season; neither touches a rule.
    """
    facts = known(knowledge, patient, findings, vitals, month=hospital.month)
    rules = tuple(sorted((*fired_rules(facts), *vital_rules(facts.patient, facts.vitals)), key=lambda r: r.level))
    beliefs = posterior_of(facts)
    level = _level(facts, rules, beliefs)
    staff_check = any(rule.tell_staff for rule in rules) or _is_doubtful(level, facts, beliefs)
    departments = departments_for(facts, beliefs, level, rules, hospital)
    question = None
    if level > Level.II and len(asked) < max_questions and facts.said:
        question = _Questioner(facts, beliefs, asked, hospital).next(level, departments[0].score)
    return Assessment(
        level=level,
        disposition=_disposition(level, staff_check, facts, beliefs),
        red_flags=rules,
        staff_check=staff_check,
        conditions=tuple(
            ConditionProbability(condition.code, p)
            for condition, p in (beliefs.likely(most=CONDITIONS_KEPT) if facts.said.present() else ())
        ),
        departments=departments,
        next_question=question,
    )


def clinic_assess(
    knowledge: KnowledgeBase,
    max_questions: int = MAX_QUESTIONS,
    hospital_now: Callable[[], OpenDoors] = lambda: EVERY_DOOR,
) -> Callable[[Patient, Findings, tuple[str, ...]], Assessment]:
    """`assess` for domain/visit.Clinic, asking at each step what is open; the kiosk itself measures nothing."""

    def assess_visit(patient: Patient, findings: Findings, asked: tuple[str, ...]) -> Assessment:
        return assess(knowledge, patient, findings, asked, max_questions=max_questions, hospital=hospital_now())

    return assess_visit


def _level(facts: Known, rules: Sequence[FiredRule], beliefs: Posterior) -> Level:
    level = min((rule.level for rule in rules), default=Level.IV)
    if level is Level.IV and facts.said.present() and beliefs.urgent_share() >= _URGENT_SHARE:
        return Level.III
    return level


def _is_doubtful(level: Level, facts: Known, beliefs: Posterior) -> bool:
    """True when a doubt about a more urgent rule wants a nurse's eye.

    In a complaint of low risk an "I don't know" to the kiosk's own question is such a doubt only where an urgent
    illness that explains the complaint is likely enough to have it; what the patient brought up always is.
    """
    doubts = [flag for flag in undecided_rules(facts) if flag.level < level]
    if not doubts or level < Level.IV or not may_stay_home(facts, beliefs):
        return bool(doubts)
    unsure = {finding.code: finding for finding in facts.said.values() if finding.status is Status.UNSURE}
    tables = facts.tables
    alarming = {
        code
        for flag in doubts
        for leaf in tables.leaves[flag.code]
        for code in unsure
        if code == leaf or leaf in tables.implied.get(code, ())
    }
    if any(unsure[code].source is not Source.ANSWER for code in alarming):
        return True
    conditions = tables.knowledge.conditions
    urgent = {
        code: p for code, p in beliefs.explaining(facts.complaints()).items() if conditions[code].level <= Level.III
    }
    return any(danger >= _DOUBT_COUNTS for danger in dangers(urgent, sorted(alarming), tables).values())


def _disposition(level: Level, staff_check: bool, facts: Known, beliefs: Posterior) -> Disposition:
    if level <= Level.II:
        return Disposition.EMERGENCY
    if level is Level.IV and not staff_check and may_stay_home(facts, beliefs):
        return Disposition.SELF_CARE
    return Disposition.DOCTOR


@dataclass(frozen=True, slots=True)
class _Questioner:
    facts: Known
    beliefs: Posterior
    asked: Collection[str]
    hospital: OpenDoors

    def next(self, level: Level, best_score: float) -> NextQuestion | None:
        """Danger first, then what tells most; None when level and department are settled or nothing helps."""
        danger = self._danger()
        if danger is not None:
            return danger
        if best_score >= _SURE_DEPARTMENT and self._is_settled(level):
            return None
        return next_question(self.facts, self.beliefs, self.asked, doors_for(self.facts, self.hospital))

    def _is_settled(self, level: Level) -> bool:
        low, high = _LEVEL_OPEN
        return level < Level.IV or not low < self.beliefs.urgent_share() < high

    def _danger(self) -> NextQuestion | None:
        """The finding that would cost most to miss, of those that alone make an emergency; doubtful ones first."""
        tables = self.facts.tables
        explaining = self.beliefs.explaining(self.facts.complaints())
        conditions = tables.knowledge.conditions
        listed = {code for condition in explaining for code in conditions[condition].likelihood}
        possible = possible_alarms(self.facts, listed, self.asked)
        for code in sorted(possible):
            if self.facts.status(code) is Status.UNSURE and is_alarming(code, possible[code], self.facts):
                return NextQuestion(code, 1.0)
        if self._dangers_asked() >= _RED_FLAG_QUESTIONS:
            return None
        symptoms = tables.knowledge.symptoms
        cost = dangers(explaining, possible, tables)
        worth = {code: cost[code] * symptoms[code].ease for code in cost}
        for code in sorted(worth, key=lambda code: (-worth[code], code)):
            if worth[code] < _LEAST_DANGER:
                return None
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

    def _dangers_asked(self) -> int:
        """Questions already spent on single findings that would have made an emergency."""
        spent = 0
        for code in self.asked:
            finding = self.facts.said.get(code)
            flags = self.facts.tables.rules_about.get(code, ())
            if finding is not None and finding.status is not Status.PRESENT and finding.source is not Source.WORDS:
                spent += any(flag.level <= Level.II for flag in flags)
        return spent
