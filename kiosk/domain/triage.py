"""The assessment: level, where to go, the next question.

Rules and vital signs set the level; inference may raise it from IV to III, and nothing lowers it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from kiosk.domain.assessment import Assessment, ConditionProbability, Disposition, FiredRule
from kiosk.domain.doors import EVERY_DOOR, OpenDoors
from kiosk.domain.findings import Finding, Findings, Source, Status, Vitals
from kiosk.domain.inference import Posterior, dangers, posterior_of
from kiosk.domain.knowledge import KnowledgeBase, Level
from kiosk.domain.known import Known, known
from kiosk.domain.patient import Patient
from kiosk.domain.proposals import are_confirmed
from kiosk.domain.questioning import Questioner
from kiosk.domain.redflags import fired_rules, undecided_rules
from kiosk.domain.routing import departments_for
from kiosk.domain.selfcare import may_stay_home
from kiosk.domain.vitals import vital_rules

MAX_QUESTIONS = 8
CONDITIONS_KEPT = 10

_URGENT_SHARE = 0.5
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
    proposed: Sequence[Finding] = (),
) -> Assessment:
    """What is known to what to do. `asked` are the codes of all questions put so far; nothing here lowers a level.

    `hospital` decides among departments, and its day the season; neither touches a rule. `proposed` is what a model
    has read in the patient's words (domain/proposals.py); it only raises questions.
    """
    facts = known(knowledge, patient, findings, vitals, month=hospital.month)
    rules = tuple(sorted((*fired_rules(facts), *vital_rules(facts.patient, facts.vitals)), key=lambda r: r.level))
    beliefs = posterior_of(facts)
    level = _level(facts, rules, beliefs)
    staff_check = any(rule.tell_staff for rule in rules) or _is_doubtful(level, facts, beliefs)
    sees_somebody = level < Level.IV or staff_check or are_confirmed(findings)
    departments = departments_for(facts, beliefs, level, rules, hospital)
    question = None
    if level > Level.II and len(asked) < max_questions and (facts.said or proposed):
        question = Questioner(facts, beliefs, asked, hospital, proposed).next(level, departments[0].score)
    return Assessment(
        level=level,
        disposition=_disposition(level, may_stay=not sees_somebody and may_stay_home(facts, beliefs)),
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
) -> Callable[[Patient, Findings, tuple[str, ...], tuple[Finding, ...]], Assessment]:
    """`assess` for domain/visit.Clinic, asking at each step what is open; the kiosk itself measures nothing."""

    def assess_visit(
        patient: Patient, findings: Findings, asked: tuple[str, ...], proposed: tuple[Finding, ...] = ()
    ) -> Assessment:
        hospital = hospital_now()
        return assess(
            knowledge, patient, findings, asked, max_questions=max_questions, hospital=hospital, proposed=proposed
        )

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


def _disposition(level: Level, *, may_stay: bool) -> Disposition:
    if level <= Level.II:
        return Disposition.EMERGENCY
    return Disposition.SELF_CARE if may_stay else Disposition.DOCTOR
