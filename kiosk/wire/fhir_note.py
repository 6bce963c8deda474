"""The text of the note: a few sections of plain lines, and their XHTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from kiosk.domain.encounter import Encounter
from kiosk.domain.findings import Finding, Status
from kiosk.wire.fhir_keys import Terms, both, clean


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[str, ...]


def sections(visit: Encounter, terms: Terms) -> tuple[Section, ...]:
    """Sections that have something to say, most important first."""
    draft = visit.draft
    by_status = {
        status: tuple(_line(finding, terms) for finding in draft.findings if finding.status is status)
        for status in Status
    }
    made = (
        Section("主诉（病人的话） In the patient's words", (clean(draft.complaint),)),
        Section("分诊 Triage", _triage(visit, terms)),
        Section("有 Present", by_status[Status.PRESENT]),
        Section("没有 Absent", by_status[Status.ABSENT]),
        Section("不清楚 Not sure", by_status[Status.UNSURE]),
        Section(
            "建议科室 Suggested departments",
            tuple(f"{terms.department(score.code)} {score.score:.0%}" for score in draft.departments),
        ),
    )
    filled = (Section(section.title, tuple(line for line in section.lines if line)) for section in made)
    return tuple(section for section in filled if section.lines)


def xhtml(lines: Sequence[str]) -> str:
    """A FHIR narrative div; everything in `lines` is text, never markup."""
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{body}</div>'


def _triage(visit: Encounter, terms: Terms) -> tuple[str, ...]:
    draft = visit.draft
    lines = [f"级别 Level: {terms.level(draft.level)}"]
    lines += [f"{both(flag.because)} ({flag.rule})" for flag in draft.red_flags]
    if draft.staff_check:
        lines.append("有危险信号未能排除，请护士复核 A red flag could not be excluded: staff please check")
    return tuple(lines)


def _line(finding: Finding, terms: Terms) -> str:
    parts = [terms.finding(finding.code)]
    if finding.value is not None:
        parts.append(f"{finding.value:g}")
    if finding.severity is not None:
        parts.append(f"{finding.severity}/10")
    if finding.duration_hours is not None:
        parts.append(_duration(finding.duration_hours))
    parts += [terms.site(site) for site in finding.sites]
    words = clean(finding.text)
    return ", ".join(parts) + (f' "{words}"' if words else "")


def _duration(hours: float) -> str:
    return f"{hours:g} h" if hours < 72 else f"{hours / 24:.0f} d"
