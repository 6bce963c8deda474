"""A patient's words to findings: what is there, what is not, what is in doubt, how strong and for how long."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kiosk.domain.clauses import ClauseReader, Mention, Reading
from kiosk.domain.durations import Duration, find_durations
from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.hints import PatientHints, patient_hints, pregnancy_weeks
from kiosk.domain.knowledge import KnowledgeBase, SymptomKind
from kiosk.domain.language import Language
from kiosk.domain.matching import MAX_CHARACTERS, Match, Matcher, MatchKind, folded
from kiosk.domain.measurements import FEVER_CELSIUS, Measured, find_scores, find_temperatures

__all__ = ["PatientHints", "patient_hints", "understand"]

FEVER = "fever"
PREGNANT = "pregnant"
LATER_PREGNANCY = "pregnancy_over_20w"
LATER_PREGNANCY_WEEKS = 20
_HEDGED_SEVERITY = 2
_WORD_REACH = 14
_SEPARATES = re.compile(r"[,，、。.;；!?！？\n]|\b(?:and|or|but|with)\b|[和跟但]")
_BACKGROUND = (SymptomKind.HISTORY, SymptomKind.CONTEXT)
_FEELS_HOT = re.compile(r"fever|hot|burn|烧|热|烫")
"""Without these the words only named the thermometer ("temperature", 体温), and its number decides."""
_NOT_UP_TO = {
    Language.ZH: ("不到", "没到", "没有到", "没超过", "不超过", "没有超过"),
    Language.EN: ("not over", "below", "under", "less than", "not above"),
}


def understand(text: str, language: Language, knowledge: KnowledgeBase, match: Matcher) -> tuple[Finding, ...]:
    """The findings a text speaks of, in order of first mention, at most one per symptom code.

    Reads the first MAX_CHARACTERS characters as plain text, in time proportional to their number. `span` refers to
    `text` as given. Present beats unsure beats absent when a symptom is mentioned more than once. Symptoms of the past
    and of people who are not the patient are left out; when all of it is about somebody else, that is the patient.
    """
    said = text[:MAX_CHARACTERS]
    plain = folded(said)
    matches = tuple(
        m for m in match(plain, language) if m.kind is not MatchKind.SYMPTOM or m.value in knowledge.symptoms
    )
    durations = find_durations(plain, language)
    reading = ClauseReader(plain, language, matches, durations).read()
    mentions = [m for m in reading.mentions if _counts(m, reading, knowledge)]
    noted = _Attributes(plain, language, reading, matches, durations).attached(mentions)
    findings = _merged(said, noted)
    findings = _with_temperature(findings, said, plain, language, knowledge)
    return tuple(_with_pregnancy_weeks(findings, plain, language, knowledge).values())


def _counts(mention: Mention, reading: Reading, knowledge: KnowledgeBase) -> bool:
    kind = knowledge.symptoms[mention.match.value].kind
    if mention.past and kind not in _BACKGROUND:
        return False
    return not mention.other or _only_about_another(reading, knowledge)


def _only_about_another(reading: Reading, knowledge: KnowledgeBase) -> bool:
    """True when every finding is somebody else's and one of them is a complaint: a carer speaks for the patient."""
    complaint = any(
        knowledge.symptoms[m.match.value].kind not in _BACKGROUND and m.status is Status.PRESENT and not m.past
        for m in reading.mentions
    )
    return complaint and all(m.other for m in reading.mentions)


@dataclass(frozen=True, slots=True)
class _Noted:
    """A mention with what was said about it."""

    mention: Mention
    severity: int | None = None
    hours: float | None = None


class _Attributes:
    """Shares durations and severities out among the mentions of a text."""

    def __init__(
        self,
        text: str,
        language: Language,
        reading: Reading,
        matches: tuple[Match, ...],
        durations: tuple[Duration, ...],
    ) -> None:
        self._starts = [start for start, _, _ in reading.breaks]
        self._breaks = reading.breaks
        self._durations = [Measured(d.start, d.end, d.hours) for d in durations]
        words = [Measured(m.start, m.end, float(m.value)) for m in matches if m.kind is MatchKind.SEVERE]
        self._scores = list(find_scores(text, language))
        self._words = words
        self._text = text
        self._negation_ends = sorted(m.end for m in matches if m.kind is MatchKind.NEGATION)

    def attached(self, mentions: Sequence[Mention]) -> list[_Noted]:
        lasting = [m for m in mentions if m.status is not Status.ABSENT]
        hours = self._shared(lasting, self._durations)
        scores = self._shared(lasting, self._scores)
        words = self._worded(lasting)
        noted = []
        for mention in mentions:
            severity = scores.get(id(mention), words.get(id(mention)))
            if mention.hedged:
                severity = min(_HEDGED_SEVERITY, severity if severity is not None else _HEDGED_SEVERITY)
            noted.append(_Noted(mention, None if severity is None else round(severity), hours.get(id(mention))))
        return noted

    def _clause_of(self, place: int) -> tuple[int, int]:
        _, clause, sentence = self._breaks[bisect_right(self._starts, place) - 1]
        return clause, sentence

    def _shared(self, mentions: Sequence[Mention], amounts: list[Measured]) -> dict[int, float]:
        """Each mention's amount by id(mention): from its own clause, else from a neighbour, else the only one said."""
        by_clause: dict[int, list[Mention]] = {}
        for mention in mentions:
            by_clause.setdefault(mention.clause, []).append(mention)
        shared: dict[int, float] = {}
        homeless: list[tuple[int, int, Measured]] = []
        amounts_by_clause: dict[int, list[Measured]] = {}
        for amount in amounts:
            clause, sentence = self._clause_of(amount.start)
            if clause in by_clause:
                amounts_by_clause.setdefault(clause, []).append(amount)
            else:
                homeless.append((clause, sentence, amount))
        for clause, said in amounts_by_clause.items():
            _share_in_clause(by_clause[clause], said, shared)
        for clause, sentence, amount in homeless:
            neighbours = by_clause.get(clause - 1) or by_clause.get(clause + 1) or []
            _give([m for m in neighbours if m.sentence == sentence], amount, shared)
        if len(amounts) == 1:
            _give(mentions, amounts[0], shared)
        return shared

    def _worded(self, mentions: Sequence[Mention]) -> dict[int, float]:
        """The strongest word said right at each mention ("a very bad headache", 头痛得厉害), by id(mention)."""
        starts = [mention.match.start for mention in mentions]
        worded: dict[int, float] = {}
        for word in self._words:
            at = bisect_right(starts, word.start)
            near = [(self._distance(word, m), m) for m in mentions[max(0, at - 2) : at + 2]]
            closest = min((distance for distance, _ in near if distance is not None), default=None)
            value = float(_HEDGED_SEVERITY) if self._is_denied(word) else word.value
            for distance, mention in near:
                if distance is not None and distance == closest:
                    worded[id(mention)] = max(value, worded.get(id(mention), 0.0))
        return worded

    def _distance(self, word: Measured, mention: Mention) -> int | None:
        """Characters between a word and a mention; None when too far or when something else stands between."""
        match = mention.match
        between = (word.end, match.start) if word.end <= match.start else (match.end, word.start)
        gap = self._text[between[0] : between[1]].strip() if between[0] < between[1] else ""
        return len(gap) if len(gap) <= _WORD_REACH and not _SEPARATES.search(gap) else None

    def _is_denied(self, word: Measured) -> bool:
        return any(
            self._text[end : word.start].strip() == "" for end in self._negation_ends if end <= word.start < end + 4
        )


def _give(mentions: Iterable[Mention], amount: Measured, shared: dict[int, float]) -> None:
    for mention in mentions:
        shared.setdefault(id(mention), amount.value)


def _share_in_clause(mentions: list[Mention], amounts: list[Measured], shared: dict[int, float]) -> None:
    """One amount is everybody's; of several, each goes with what it follows, or precedes when an amount comes first."""
    if len(amounts) == 1:
        _give(mentions, amounts[0], shared)
        return
    leads = amounts[0].start < mentions[0].match.start
    starts = [amount.start for amount in amounts]
    for mention in mentions:
        at = bisect_right(starts, mention.match.start)
        chosen = at - 1 if leads else min(at, len(amounts) - 1)
        shared.setdefault(id(mention), amounts[max(0, chosen)].value)


_WEIGHT = {Status.PRESENT: 2, Status.UNSURE: 1, Status.ABSENT: 0}


def _merged(said: str, noted: Iterable[_Noted]) -> dict[str, Finding]:
    """One finding per code; the strongest status wins, and the first amounts said with it."""
    findings: dict[str, Finding] = {}
    for note in noted:
        match = note.mention.match
        new = Finding(
            match.value,
            note.mention.status,
            Source.WORDS,
            said[match.start : match.end],
            (match.start, match.end),
            note.severity,
            note.hours,
        )
        known = findings.get(new.code)
        if known is None or _WEIGHT[new.status] > _WEIGHT[known.status]:
            findings[new.code] = new
        elif new.status is known.status:
            findings[new.code] = replace(
                known,
                severity=max((s for s in (known.severity, new.severity) if s is not None), default=None),
                duration_hours=known.duration_hours if known.duration_hours is not None else new.duration_hours,
            )
    return findings


def _with_temperature(
    findings: dict[str, Finding], said: str, plain: str, language: Language, knowledge: KnowledgeBase
) -> dict[str, Finding]:
    """The highest temperature said becomes the value of `fever`, and decides about it when it is a fever."""
    if FEVER in knowledge.symptoms:
        measured = [m for m in find_temperatures(plain, language) if not _is_limit(plain, m, language)]
        if measured:
            highest = max(measured, key=lambda m: m.value)
            findings[FEVER] = _measured_fever(findings.get(FEVER), highest, said)
    return findings


def _with_pregnancy_weeks(
    findings: dict[str, Finding], plain: str, language: Language, knowledge: KnowledgeBase
) -> dict[str, Finding]:
    """A number of weeks decides about the later half of pregnancy, for a patient who says that she is pregnant."""
    pregnant = findings.get(PREGNANT)
    if pregnant is None or pregnant.status is not Status.PRESENT or LATER_PREGNANCY not in knowledge.symptoms:
        return findings
    weeks = pregnancy_weeks(plain, language)
    if weeks is not None:
        status = Status.PRESENT if weeks > LATER_PREGNANCY_WEEKS else Status.ABSENT
        findings[LATER_PREGNANCY] = replace(pregnant, code=LATER_PREGNANCY, status=status)
    return findings


def _is_limit(plain: str, measured: Measured, language: Language) -> bool:
    before = (
        plain[max(0, measured.start - 12) : measured.start]
        .replace(" ", "" if language is Language.ZH else " ")
        .rstrip()
    )
    return before.endswith(_NOT_UP_TO[language])


def _measured_fever(known: Finding | None, measured: Measured, said: str) -> Finding:
    status = Status.PRESENT if measured.value >= FEVER_CELSIUS else Status.ABSENT
    if known is not None and known.status is not Status.ABSENT:
        felt = _FEELS_HOT.search(folded(known.text)) is not None
        if (status is Status.ABSENT and felt) or known.status is status:
            return replace(known, value=measured.value)
    span = (measured.start, measured.end)
    return Finding(FEVER, status, Source.WORDS, said[measured.start : measured.end], span, value=measured.value)
