"""The lexicon, the intake model, and rules to put both together, side by side on the same texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kiosk.adapters.intake_labels import OTHER_COMPLAINT, Meaning
from kiosk.adapters.intake_model import SURE_ENOUGH, Reading
from kiosk.assess import read_text
from kiosk.domain.findings import Finding, Source, Status, Vitals
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import Language
from kiosk.domain.matching import Matcher
from kiosk.evaluation.cases import Case, Kind
from kiosk.evaluation.measures import Agreement
from kiosk.evaluation.scores import related

_STATUS = {Meaning.PRESENT: Status.PRESENT, Meaning.ABSENT: Status.ABSENT, Meaning.UNSURE: Status.UNSURE}


@dataclass(frozen=True, slots=True)
class Merged:
    """Findings that count, and those that the patient would be asked about first."""

    findings: tuple[Finding, ...]
    asked: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which of the model's own probabilities on it is heard: on status, and with a finding of its own."""

    meant: float = 0.9
    own: float = SURE_ENOUGH


Rule = Callable[[Sequence[Finding], Reading, KnowledgeBase, Thresholds], Merged]


def lexicon_alone(said: Sequence[Finding], reading: Reading, knowledge: KnowledgeBase, at: Thresholds) -> Merged:
    return Merged(tuple(said))


def model_alone(said: Sequence[Finding], reading: Reading, knowledge: KnowledgeBase, at: Thresholds) -> Merged:
    """The model's findings, the first of each code."""
    found: dict[str, Finding] = {}
    for read in reading.findings():
        if read.code != OTHER_COMPLAINT and read.code in knowledge.symptoms:
            found.setdefault(
                read.code,
                Finding(read.code, read.status, Source.MODEL, read.text, read.span, duration_hours=read.hours),
            )
    return Merged(tuple(found.values()))


def status_replaced(said: Sequence[Finding], reading: Reading, knowledge: KnowledgeBase, at: Thresholds) -> Merged:
    """The lexicon's findings as the model says they are meant, wherever it is sure; void ones are dropped."""
    kept: list[Finding] = []
    for finding in said:
        opinion = reading.opinion(finding.span) if finding.span else None
        if opinion is None or opinion.meant < at.meant:
            kept.append(finding)
        elif opinion.meaning is not Meaning.VOID:
            kept.append(replace(finding, status=_STATUS[opinion.meaning]))
    return Merged(tuple(kept))


def doubt_only(said: Sequence[Finding], reading: Reading, knowledge: KnowledgeBase, at: Thresholds) -> Merged:
    """The lexicon's findings; what the model surely takes another way becomes a question, and counts as in doubt."""
    kept: list[Finding] = []
    asked: list[Finding] = []
    for finding in said:
        opinion = reading.opinion(finding.span) if finding.span else None
        differs = (
            opinion is not None and opinion.meant >= at.meant and _STATUS.get(opinion.meaning) is not finding.status
        )
        (asked if differs else kept).append(replace(finding, status=Status.UNSURE) if differs else finding)
    return Merged((*kept, *asked), tuple(asked))


def with_questions(said: Sequence[Finding], reading: Reading, knowledge: KnowledgeBase, at: Thresholds) -> Merged:
    """The lexicon's findings as they are; the model's own ones, where it is sure, are asked about before they count."""
    own = _own(said, reading, knowledge, at)
    return Merged(tuple(said), own)


def with_own(said: Sequence[Finding], reading: Reading, knowledge: KnowledgeBase, at: Thresholds) -> Merged:
    """The lexicon's findings and the model's own ones, where it is sure, without a question."""
    return Merged((*said, *_own(said, reading, knowledge, at)))


def _own(said: Sequence[Finding], reading: Reading, knowledge: KnowledgeBase, at: Thresholds) -> tuple[Finding, ...]:
    """Findings of the model in words where the lexicon found nothing, of which nothing related is known yet."""
    known = frozenset(finding.code for finding in said)
    spans = [finding.span for finding in said if finding.span]
    found: dict[str, Finding] = {}
    for read in reading.findings():
        if read.code == OTHER_COMPLAINT or read.code not in knowledge.symptoms:
            continue
        if read.certainty < at.own or related(read.code, known, knowledge):
            continue
        if any(start < read.span[1] and read.span[0] < end for start, end in spans):
            continue
        found.setdefault(read.code, Finding(read.code, read.status, Source.MODEL, read.text, read.span))
    return tuple(found.values())


RULES: Mapping[str, Rule] = {
    "lexicon": lexicon_alone,
    "model": model_alone,
    "status replaced": status_replaced,
    "status asked": doubt_only,
    "own asked": with_questions,
    "own counted": with_own,
}


@dataclass(slots=True)
class Tally:
    """What one rule came to on one set: agreement by status, and how many of its questions were worth asking."""

    by_status: dict[Status, Agreement] = field(default_factory=lambda: {status: Agreement() for status in Status})
    asked: int = 0
    asked_rightly: int = 0

    def figures(self) -> dict[str, Any]:
        figures: dict[str, Any] = {}
        for status, agreement in self.by_status.items():
            if agreement.f1 is not None:
                figures[status.value] = {
                    "f1": round(agreement.f1, 4),
                    "precision": round(agreement.precision or 0, 4),
                    "recall": round(agreement.recall or 0, 4),
                    "counts": [agreement.found, agreement.extra, agreement.missed],
                }
        if self.asked:
            figures["asked"] = [self.asked, self.asked_rightly]
        return figures


def compare(
    cases: Iterable[Case],
    read: Callable[[str, Language], Reading],
    knowledge: KnowledgeBase,
    match: Matcher,
    vocabulary: frozenset[str],
    at: Thresholds = Thresholds(),
    rules: Mapping[str, Rule] = RULES,
) -> dict[str, Tally]:
    """Every rule on every case, by the rule's name."""
    tallies = {name: Tally() for name in rules}
    for case in cases:
        said, _ = read_text(case.text, case.language, knowledge, match, Vitals())
        before = {code: finding.status for code, finding in said.items()}
        reading = read(case.text, case.language)
        for name, rule in rules.items():
            merged = rule(tuple(said.values()), reading, knowledge, at)
            count(tallies[name], case, merged, before, knowledge, vocabulary)
    return tallies


def count(
    tally: Tally,
    case: Case,
    merged: Merged,
    before: Mapping[str, Status],
    knowledge: KnowledgeBase,
    vocabulary: frozenset[str],
) -> None:
    """A finding agrees with what was written down when it is the same, a special case of it, or its general form.

    A question is right where the lexicon, whose statuses are `before`, was wrong about what it asks.
    """
    statuses = case.expected.findings
    for status, wanted in statuses.items():
        named = {finding.code for finding in merged.findings if finding.status is status}
        matched: set[str] = set()
        for alternatives in wanted:
            relatives = {code for code in named if related(code, alternatives, knowledge)}
            matched |= relatives
            tally.by_status[status].found += bool(relatives)
            tally.by_status[status].missed += not relatives
        for code in named - matched:
            if case.kind is not Kind.CASES and not (case.kind is Kind.SELF_REPORTS and code not in vocabulary):
                tally.by_status[status].extra += 1
    for finding in merged.asked:
        if case.kind is Kind.SELF_REPORTS and finding.code not in vocabulary:
            continue
        meant = next(
            (s for s, wanted in statuses.items() if any(related(finding.code, w, knowledge) for w in wanted)), None
        )
        tally.asked += 1
        tally.asked_rightly += meant is not before.get(finding.code)


def choices(lines: Iterable[str]) -> list[str]:
    """Every line that `{a|b}` stands for; headings and empty lines are none."""
    texts: list[str] = []
    for line in lines:
        if line.strip() and not line.startswith("#"):
            texts.extend(_chosen(line.strip()))
    return texts


def _chosen(line: str) -> list[str]:
    before, brace, rest = line.partition("{")
    if not brace:
        return [line]
    inside, _, after = rest.partition("}")
    return [f"{before}{choice}{end}" for choice in inside.split("|") for end in _chosen(after)]


def read_choices(file: Path) -> list[str]:
    return choices(file.read_text(encoding="utf-8").splitlines())
