"""Everything known about a patient at one moment, with what follows from it: implied findings, what cannot apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from kiosk.domain.findings import Finding, Findings, Source, Status, Vitals
from kiosk.domain.knowledge import Applies, KnowledgeBase, Present, Truth
from kiosk.domain.measurements import FEVER_CELSIUS
from kiosk.domain.pain import SEVERE_PAIN, is_pain
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.prepared import Prepared, prepared

FEVER = "fever"
PREGNANT = "pregnant"
_NO_VITALS = Vitals()
_MILD = 3
_INFANT_DAYS = 730
_NEARLY_ALL_LIFE = 0.8
_ASKED_AGAIN = (Source.MODEL, Source.WORDS)


@dataclass(frozen=True, slots=True)
class Known:
    """`findings` holds what was said and what it implies, `said` only what was said; `month` (1-12) is the season."""

    tables: Prepared
    patient: Patient
    findings: Mapping[str, Finding]
    said: Findings
    vitals: Vitals
    month: int | None = None
    verdicts: dict[int, Truth] = field(default_factory=dict)
    """What rules came to, by their id; kept by domain/redflags."""
    _statuses: dict[str, Status | None] = field(default_factory=dict)

    def status(self, code: str) -> Status | None:
        """Status of a finding, said or implied; absent as well when it cannot apply to this patient."""
        if code not in self._statuses:
            # Rules ask for the same findings thousands of times.
            self._statuses[code] = self._status(code)
        return self._statuses[code]

    def _status(self, code: str) -> Status | None:
        finding = self.findings.get(code)
        if finding is not None:
            return finding.status
        symptom = self.tables.knowledge.symptoms.get(code)
        if symptom is not None and not can_apply(symptom.applies, self.patient):
            return Status.ABSENT
        return None

    def is_open(self, code: str) -> bool:
        """True when asking can still tell something: never mentioned, or mentioned only vaguely."""
        finding = self.findings.get(code)
        if finding is None:
            return self.status(code) is None
        return finding.status is Status.UNSURE and finding.source in _ASKED_AGAIN

    def complaints(self) -> tuple[str, ...]:
        """Codes said to be present, without those that another one said implies: each piece of evidence once."""
        present = self.said.present()
        implied = frozenset().union(*(self.tables.implied.get(code, frozenset()) for code in present))
        return tuple(code for code in present if code not in implied)

    def denied(self) -> tuple[str, ...]:
        """Codes said to be absent, without those that follow from a more general denial."""
        absent = [c for c, f in self.said.items() if f.status is Status.ABSENT and self.status(c) is Status.ABSENT]
        gone = set(absent)
        return tuple(code for code in absent if not gone & self.tables.implied.get(code, frozenset()))


def known(
    knowledge: KnowledgeBase,
    patient: Patient,
    findings: Findings,
    vitals: Vitals = _NO_VITALS,
    month: int | None = None,
) -> Known:
    """Work out what follows from what was said and measured. What was said to be present is never taken back."""
    tables = prepared(knowledge)
    patient = _completed(patient, findings)
    said, vitals = _with_fever(knowledge, findings, vitals)
    said = _without_severe_pain(knowledge, _with_amounts(tables, _without_age(patient, said)))
    closed = dict(said.by_code)
    if patient.pregnant is not None and PREGNANT in knowledge.symptoms and PREGNANT not in closed:
        status = Status.PRESENT if patient.pregnant else Status.ABSENT
        closed[PREGNANT] = Finding(PREGNANT, status, Source.ANSWER)
    for finding in said.values():
        if finding.status is Status.PRESENT:
            for parent in tables.implied.get(finding.code, ()):
                closed[parent] = _implied(closed.get(parent), finding, parent)
    for finding in said.values():
        if finding.status is Status.ABSENT and closed[finding.code].status is Status.ABSENT:
            for child in tables.implied_by.get(finding.code, ()):
                if child not in closed:
                    closed[child] = replace(finding, code=child)
    return Known(tables, patient, closed, said, vitals, month)


def _implied(existing: Finding | None, child: Finding, parent: str) -> Finding:
    if existing is None or existing.status is not Status.PRESENT:
        return replace(child, code=parent, value=None)
    return replace(
        existing,
        severity=max((s for s in (existing.severity, child.severity) if s is not None), default=None),
        duration_hours=existing.duration_hours if existing.duration_hours is not None else child.duration_hours,
    )


def _completed(patient: Patient, findings: Findings) -> Patient:
    """Age from days where only those are known, and pregnancy from its finding; a man is never pregnant."""
    if patient.age is None and patient.age_days is not None:
        patient = replace(patient, age=int(patient.age_days / 365.25))
    if patient.sex is Sex.MALE:
        return replace(patient, pregnant=False)
    said = findings.status(PREGNANT)
    if said is Status.PRESENT:
        return replace(patient, pregnant=True)
    if said is Status.ABSENT and patient.pregnant is None:
        return replace(patient, pregnant=False)
    return patient


def _with_fever(knowledge: KnowledgeBase, findings: Findings, vitals: Vitals) -> tuple[Findings, Vitals]:
    """A measured temperature is a fever, and a temperature that was said counts while nobody has measured."""
    said = findings.get(FEVER)
    if vitals.temperature is None:
        if said is not None and said.status is Status.PRESENT and said.value is not None:
            vitals = replace(vitals, temperature=said.value)
        return findings, vitals
    if vitals.temperature < FEVER_CELSIUS or FEVER not in knowledge.symptoms:
        return findings, vitals
    measured = Finding(FEVER, Status.PRESENT, Source.STAFF, value=vitals.temperature)
    if said is not None:
        measured = replace(said, status=Status.PRESENT, source=Source.STAFF, value=vitals.temperature)
    return findings.merged([measured]), vitals


def _without_age(patient: Patient, findings: Findings) -> Findings:
    """An infant's age that was taken for the length of a complaint (八个月，长牙了) tells no length."""
    if patient.age_days is None or patient.age_days >= _INFANT_DAYS:
        return findings
    oldest = patient.age_days * 24.0 * _NEARLY_ALL_LIFE
    lifelong = [f for f in findings.values() if f.duration_hours is not None and f.duration_hours >= oldest]
    return (
        findings.merged(replace(f, duration_hours=None, own_duration=False) for f in lifelong) if lifelong else findings
    )


def _with_amounts(tables: Prepared, findings: Findings) -> Findings:
    """What an amount that was said decides (39.5 is a fever over 39), and what an answer about an amount tells."""
    more: list[Finding] = []
    for symptom in tables.amounts:
        amount = symptom.amount
        if amount is None:
            continue
        base, asked = findings.get(amount.code), findings.get(symptom.code)
        reached = None if base is None or base.status is not Status.PRESENT else _reaches(base, amount)
        if asked is None and base is not None and reached is not None:
            more.append(replace(base, code=symptom.code, status=Status.PRESENT if reached else Status.ABSENT))
        elif asked is not None and asked.status is Status.PRESENT and reached is None:
            more.append(_at_least(base or replace(asked, code=amount.code), amount))
    return findings.merged(more) if more else findings


def _without_severe_pain(knowledge: KnowledgeBase, findings: Findings) -> Findings:
    """Somebody who calls every pain slight need not be asked whether it is severe."""
    if SEVERE_PAIN not in knowledge.symptoms or findings.get(SEVERE_PAIN) is not None:
        return findings
    pains = [f for f in map(findings.get, findings.present()) if f is not None and is_pain(f.code)]
    if not pains or any(pain.severity is None or pain.severity > _MILD for pain in pains):
        return findings
    return findings.merged([replace(pains[0], code=SEVERE_PAIN, status=Status.ABSENT)])


def _reaches(finding: Finding, amount: Present) -> bool | None:
    """Whether the finding is as strong, high or long as the amount; None when nobody said how much."""
    for said, least, most in (
        (finding.severity, amount.severity_min, None),
        (finding.duration_hours, amount.hours_min, amount.hours_max),
        (finding.value, amount.value_min, amount.value_max),
    ):
        if least is not None or most is not None:
            return None if said is None else (least is None or said >= least) and (most is None or said <= most)
    return None


def _at_least(finding: Finding, amount: Present) -> Finding:
    """The finding with the amount that a yes has told; no more than that is assumed."""
    finding = replace(finding, status=Status.PRESENT)
    if amount.severity_min is not None:
        return replace(finding, severity=amount.severity_min)
    if amount.hours_min is not None or amount.hours_max is not None:
        return replace(finding, duration_hours=amount.hours_min or amount.hours_max)
    return replace(finding, value=amount.value_min if amount.value_min is not None else amount.value_max)


def can_apply(applies: Applies, patient: Patient) -> bool:
    """False only when the patient's known sex or age excludes it."""
    if applies.sex is not None and patient.sex is not None and applies.sex is not patient.sex:
        return False
    if patient.age is None:
        return True
    return (applies.age_min is None or patient.age >= applies.age_min) and (
        applies.age_max is None or patient.age <= applies.age_max
    )


def has_vitals(vitals: Vitals) -> bool:
    return any(getattr(vitals, sign.name) is not None for sign in fields(vitals))
