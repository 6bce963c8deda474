"""What a language model took the patient's words to mean: a question to the patient, and nothing before the answer.

The rule of merging, measured in models/intake/README.md: what the lexicon found stays as it is, whatever a model says
about it. A finding of the model's own, in words where the lexicon found nothing, is asked about. Red flags, level and
routing never see a proposal, only the patient's answer to it; and words that only a model could read send nobody home.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.known import Known

MOST_ASKED = 2
"""Questions of a visit that a model may raise; the others are the nurse's."""


def next_proposal(facts: Known, proposed: Sequence[Finding], asked: Collection[str]) -> Finding | None:
    """The first proposal that is worth a question now; None when there is none or enough were asked."""
    if sum(finding.code in asked for finding in proposed) >= MOST_ASKED:
        return None
    heard = [finding.span for finding in facts.said.values() if finding.source is Source.WORDS and finding.span]
    for finding in sorted(proposed, key=lambda one: one.span or (0, 0)):
        if finding.code not in asked and _is_worth_asking(finding, facts, heard):
            return finding
    return None


def _is_worth_asking(finding: Finding, facts: Known, heard: Iterable[tuple[int, int]]) -> bool:
    symptom = facts.tables.knowledge.symptoms.get(finding.code)
    if symptom is None or symptom.ease == 0 or finding.status is Status.ABSENT or finding.span is None:
        return False  # What is never asked (ease 0) has a question that tells the patient what they said.
    start, end = finding.span
    return facts.status(finding.code) is None and not any(a < end and start < b for a, b in heard)


def are_confirmed(findings: Findings) -> bool:
    """True when the patient said yes to something that only a model had read."""
    return any(finding.read_by_model and finding.status is Status.PRESENT for finding in findings.values())


def answered(code: str, status: Status, proposed: Iterable[Finding]) -> Finding:
    """The patient's answer to a question; a yes to a proposal keeps its words and its length of time."""
    for finding in proposed:
        if finding.code == code and status is Status.PRESENT:
            return replace(finding, status=status, source=Source.ANSWER, read_by_model=True)
        if finding.code == code:
            return Finding(code, status, Source.ANSWER, read_by_model=True)
    return Finding(code, status, Source.ANSWER)
