"""Findings as the plainest sentences that say them: what a model may word better, and what stands there without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.domain.findings import Finding, Status
from kiosk.domain.language import Language, Words

_UNITS = ((365 * 24, "年", "year"), (30 * 24, "个月", "month"), (7 * 24, "周", "week"), (24, "天", "day"))
_HOUR = (1, "小时", "hour")
_ORDER = (Status.PRESENT, Status.ABSENT, Status.UNSURE)
_FORMS = {
    Language.ZH: {Status.PRESENT: "{}。", Status.ABSENT: "没有{}。", Status.UNSURE: "不确定有没有{}。"},
    Language.EN: {Status.PRESENT: "{}. ", Status.ABSENT: "no {}. ", Status.UNSURE: "not sure about {}. "},
}


def note_sentences(findings: Iterable[Finding], names: Mapping[str, Words], language: Language) -> str:
    """A sentence for each finding, present ones first and with their length; the lexicon reads them as the same."""
    ordered = sorted(findings, key=lambda finding: _ORDER.index(finding.status))
    said = (_FORMS[language][one.status].format(_named(one, names[one.code], language)) for one in ordered)
    return "".join(sentence[0].upper() + sentence[1:] for sentence in said).strip()


def _named(finding: Finding, name: Words, language: Language) -> str:
    hours, plain = finding.duration_hours, name.in_language(language)
    if finding.status is not Status.PRESENT or not hours or hours < 1:
        return plain
    size, zh, en = next((unit for unit in _UNITS if hours >= unit[0] and hours % unit[0] == 0), _HOUR)
    count = round(hours / size)
    if language is Language.ZH:
        return f"{plain}，{count}{zh}"
    return f"{plain}, {count} {en}{'' if count == 1 else 's'}"
