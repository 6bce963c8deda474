"""What a visit found out and the lines of its note, as OBX segments (HL7 2.5.1, chapter 7.4.2).

A finding is one OBX with its status as value; severity, duration, measured value and place follow it with the same
sub-id, the patient's words in an NTE. Line breaks are segments of their own: not every system knows `\\.br\\`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.findings import Status
from kiosk.domain.knowledge import Level
from kiosk.wire.hl7v2 import Field, Value, write_segment
from kiosk.wire.hl7v2_site import CodeMap
from kiosk.wire.hl7v2_types import ce, ei, nm, one_line, ts
from kiosk.wire.visit_record import FindingRecord, VisitRecord

LOINC = "LN"
UCUM = "UCUM"


class ResultStatus(StrEnum):
    """Table 0085."""

    PRELIMINARY = "P"
    FINAL = "F"


_STATUS_NAMES = {Status.PRESENT: "有 present", Status.ABSENT: "没有 absent", Status.UNSURE: "不清楚 not sure"}
_LEVEL_NAMES = {
    Level.I: "一级 Level I",
    Level.II: "二级 Level II",
    Level.III: "三级 Level III",
    Level.IV: "四级 Level IV",
}
_ABOUT_THE_NOTE = "导诊记录（机器起草，未签） Intake note (drafted by a machine, not signed)"


@dataclass(frozen=True, slots=True)
class Observation:
    """One OBX with its number still open. `value_type` is of table 0125, `flag` of table 0078."""

    value_type: str
    identifier: Value
    value: Value
    unit: Value = ""
    sub_id: str = ""
    flag: str = ""
    method: Value = ""
    status: ResultStatus = ResultStatus.PRELIMINARY
    words: str = ""


def written(observations: Iterable[Observation], visit: VisitRecord, codes: CodeMap) -> list[str]:
    """The OBX segments, numbered from 1, each with an NTE for the words that belong to it."""
    at, kiosk = ts(visit.arrived_at), ei(visit.kiosk, codes.authority)
    segments = []
    for number, one in enumerate(observations, start=1):
        fields: dict[int, Field] = {
            1: str(number),
            2: one.value_type,
            3: one.identifier,
            4: one.sub_id,
            5: one.value,
            6: one.unit,
            8: one.flag,
            11: one.status,
            14: at,
            17: [one.method],
            18: [kiosk],
        }
        segments.append(write_segment("OBX", fields))
        if one.words:
            segments.append(write_segment("NTE", {1: "1", 2: "O", 3: [one_line(one.words)]}))
    return segments


def consent(visit: VisitRecord) -> Observation:
    """When the patient agreed on the screen; 2.5.1 has no consent segment in a registration."""
    loinc = ce("59284-0", "Patient Consent", LOINC)
    return Observation("TS", loinc, ts(visit.consented_at), status=ResultStatus.FINAL)


def visit_observations(visit: VisitRecord, codes: CodeMap) -> Iterator[Observation]:
    """The most important first: level, red flags, complaint, the person, vital signs, findings."""
    system = codes.coding_system
    level = ce(codes.levels[visit.level], _LEVEL_NAMES[visit.level], system)
    yield Observation("CE", ce("level", "预检分诊级别 Triage level", system), level)
    yield Observation("CE", ce("staff-check", "请人工复核 Staff please check", system), _yes_no(visit.staff_check))
    for number, flag in enumerate(visit.red_flags, start=1):
        rule = ce(flag.code, f"{flag.name} ({flag.level.name})", system)
        yield Observation("CE", ce("red-flag", "危险信号 Red flag", system), rule, sub_id=str(number), flag="AA")
    if visit.complaint:
        yield Observation("TX", ce("10154-3", "主诉 Chief complaint", LOINC), one_line(visit.complaint))
    yield from _person(visit)
    for vital in visit.vitals:
        yield Observation("NM", ce(vital.loinc, vital.name, LOINC), nm(vital.value), _unit(vital.unit))
    for number, finding in enumerate(visit.findings, start=1):
        yield from _finding(finding, str(number), codes)


def note_lines(visit: VisitRecord) -> Iterator[Observation]:
    """The note line by line; the sub-id counts its sections, of which the first says what it is."""
    identifier = ce("34108-1", "Outpatient Note", LOINC)
    for number, section in enumerate((_ABOUT_THE_NOTE, *visit.note.split("\n\n")), start=1):
        for line in filter(str.strip, section.splitlines()):
            yield Observation("TX", identifier, line, sub_id=str(number))


def _person(visit: VisitRecord) -> Iterator[Observation]:
    person = visit.patient
    if person.age is not None:
        yield Observation("NM", ce("30525-0", "年龄 Age", LOINC), str(person.age), _unit("a"))
    elif person.age_days is not None:
        yield Observation("NM", ce("30525-0", "年龄 Age", LOINC), str(person.age_days), _unit("d"))
    if person.pregnant is not None:
        yield Observation("CE", ce("82810-3", "怀孕 Pregnancy status", LOINC), _yes_no(person.pregnant))


def _finding(finding: FindingRecord, sub_id: str, codes: CodeMap) -> Iterator[Observation]:
    system = codes.coding_system
    identifier = ce(codes.findings.get(finding.code, finding.code), finding.name, system)
    status = ce(finding.status, _STATUS_NAMES[finding.status], system)
    method = ce(finding.source, "", system)
    yield Observation("CE", identifier, status, sub_id=sub_id, method=method, words=finding.words)
    if finding.severity is not None:
        yield Observation("NM", ce("severity", "程度 Severity 0-10", system), str(finding.severity), sub_id=sub_id)
    if finding.duration_hours is not None:
        hours = nm(finding.duration_hours)
        yield Observation("NM", ce("duration", "多久 Duration", system), hours, _unit("h"), sub_id)
    if finding.value is not None:
        yield Observation("NM", ce("value", "数值 Value", system), nm(finding.value), sub_id=sub_id)
    if finding.body_site:
        yield Observation("TX", ce("body-site", "部位 Place", system), one_line(finding.body_site), sub_id=sub_id)


def _unit(ucum: str) -> Value:
    return ce(ucum, "", UCUM) if ucum else ""


def _yes_no(flag: bool) -> Value:
    return ce("Y", "是 yes", "HL70136") if flag else ce("N", "否 no", "HL70136")
