"""A simulated patient goes through the same questions as a real one, answering from what a case says is known."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from kiosk.assess import patient_of, read_text
from kiosk.domain import dangers
from kiosk.domain.assessment import Assessment
from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.knowledge import KnowledgeBase, Level
from kiosk.domain.matching import Matcher
from kiosk.domain.patient import Patient
from kiosk.domain.prepared import prepared
from kiosk.domain.proposals import answered
from kiosk.domain.triage import MAX_QUESTIONS, assess
from kiosk.evaluation.cases import Case
from kiosk.proposing import Propose, nothing


@dataclass(frozen=True, slots=True)
class Clinic:
    knowledge: KnowledgeBase
    match: Matcher
    max_questions: int = MAX_QUESTIONS
    propose: Propose = nothing


@dataclass(slots=True)
class Visit:
    """How an interview went: what the words said, the questions with their answers, and where it ended.

    `pointed_at` are dangers that the patient chose from the pictures, None where they were not shown; `proposed` is
    what a language model has read.
    """

    patient: Patient
    said: Findings
    findings: Findings
    first: Assessment
    assessment: Assessment
    pointed_at: tuple[str, ...] | None = None
    proposed: tuple[Finding, ...] = ()
    answers: dict[str, Status] = field(default_factory=dict)
    step_seconds: list[float] = field(default_factory=list)


def interview(case: Case, clinic: Clinic, *, asking: bool = True) -> Visit:
    """The words, the pictures of dangers, every question until the kiosk stops; without `asking` only the words."""
    patient = patient_of(case.text, case.language, case.age, case.sex)
    said, vitals = read_text(case.text, case.language, clinic.knowledge, clinic.match, case.vitals)
    proposed = clinic.propose(case.text, case.language)
    seconds: list[float] = []

    def assessed(findings: Findings, asked: tuple[str, ...]) -> Assessment:
        began = time.perf_counter()
        assessment = assess(
            clinic.knowledge,
            patient,
            findings,
            asked,
            vitals,
            max_questions=clinic.max_questions,
            proposed=proposed,
        )
        seconds.append(time.perf_counter() - began)
        return assessment

    first = assessed(said, ())
    visit = Visit(patient, said, said, first, first, proposed=proposed, step_seconds=seconds)
    if not asking:
        return visit
    simulated = SimulatedPatient(case, clinic.knowledge)
    if visit.first.level > Level.II:
        visit.pointed_at = simulated.points_at(patient, clinic.knowledge)
        visit.findings = said.merged(Finding(code, Status.PRESENT, Source.TAP) for code in visit.pointed_at)
        visit.assessment = assessed(visit.findings, ())
    while visit.assessment.next_question is not None:
        code = visit.assessment.next_question.code
        visit.answers[code] = simulated.answer(code)
        visit.findings = visit.findings.merged([answered(code, visit.answers[code], proposed)])
        visit.assessment = assessed(visit.findings, tuple(visit.answers))
    return visit


class SimulatedPatient:
    """Yes to what is known to be there and to its general forms, no to what is known to be missing and its kinds.

    What the case's own words state is known too, whether the kiosk understood it or not.
    """

    def __init__(self, case: Case, knowledge: KnowledgeBase) -> None:
        stated = {
            code: status
            for status, findings in case.expected.findings.items()
            for alternatives in findings
            for code in sorted(alternatives)[:1]
        }
        self._implied = prepared(knowledge).implied
        self._yes: set[str] = set()
        self._no: set[str] = set()
        for code, status in (stated | dict(case.known)).items():
            if status is Status.PRESENT:
                self._yes |= {code, *self._implied.get(code, ())}
            elif status is Status.ABSENT:
                self._no.add(code)

    def answer(self, code: str) -> Status:
        if code in self._yes:
            return Status.PRESENT
        if code in self._no or not self._no.isdisjoint(self._implied.get(code, ())):
            return Status.ABSENT
        return Status.UNSURE

    def points_at(self, patient: Patient, knowledge: KnowledgeBase) -> tuple[str, ...]:
        """What is there under the one picture that shows most of it; a real patient taps one picture as well."""
        under = [dangers.choices(knowledge, danger, patient) for danger in dangers.offered(knowledge, patient)]
        there = [tuple(code for code in codes if self.answer(code) is Status.PRESENT) for codes in under]
        return max(there, key=len, default=())
