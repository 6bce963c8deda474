"""How findings are said back to the patient: plain names, times in whole units, the patient's own words in quotes."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.domain.findings import Finding, Side, Source, Status
from kiosk.domain.visit import State
from kiosk.ui.line_breaks import plain
from kiosk.ui.viewmodels.view_model import Translate

_HOURS_PER_DAY = 24
_LONGEST_QUOTE = 24
"""Letters of a quoted word; Chinese characters count twice."""


def finding_name(state: State, code: str, tr: Translate) -> str:
    """The lay name of a symptom in the patient's language; the code itself only if the content lost it."""
    symptom = state.clinic.knowledge.symptoms.get(code)
    return tr(symptom.name) if symptom else code


def mid_sentence(name: str) -> str:
    """An English name inside a sentence starts small, unless it is an abbreviation."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def begun(name: str) -> str:
    """A name that stands alone starts with a capital."""
    return name[:1].upper() + name[1:]


def sided(state: State, finding: Finding, tr: Translate) -> str:
    """The finding's name with the side that was pointed at, where all its places are on one."""
    name = finding_name(state, finding.code, tr)
    sides = {site.side for site in finding.sites}
    if sides == {Side.LEFT}:
        return tr("{finding} (left)").format(finding=name)
    if sides == {Side.RIGHT}:
        return tr("{finding} (right)").format(finding=name)
    if sides and None not in sides:
        return tr("{finding} (both sides)").format(finding=name)
    return name


def finding_said(state: State, finding: Finding, tr: Translate) -> str:
    name = finding_name(state, finding.code, tr)
    match finding.status:
        case Status.PRESENT:
            return sided(state, finding, tr)
        case Status.ABSENT:
            return tr("No {finding}").format(finding=mid_sentence(name))
        case Status.UNSURE:
            return tr("{finding}: not sure").format(finding=name)


def duration_said(hours: float, tr: Translate) -> str:
    """The largest unit that keeps the number above one: 336 hours are two weeks."""
    days = hours / _HOURS_PER_DAY
    if hours < _HOURS_PER_DAY:
        return _counted(hours, tr("1 hour"), tr("{count} hours"))
    if days < 14:
        return _counted(days, tr("1 day"), tr("{count} days"))
    if days < 56:
        return _counted(days / 7, tr("1 week"), tr("{count} weeks"))
    if days < 700:
        return _counted(days / 30.4, tr("1 month"), tr("{count} months"))
    return _counted(days / 365, tr("1 year"), tr("{count} years"))


def _counted(number: float, one: str, many: str) -> str:
    count = max(1, round(number))
    return one if count == 1 else many.format(count=count)


def listed(parts: Sequence[str], tr: Translate) -> str:
    """ "a, b, c" with the language's own comma between items."""
    return tr(", ").join(parts)


def reason_said(state: State, codes: Sequence[str], tr: Translate) -> str:
    """Why, in the patient's own words: what was said, else what was tapped, else what was answered; one line.

    `codes` is strongest first; findings that are not present are no reason.
    """
    present = [state.findings[code] for code in codes if state.findings.status(code) is Status.PRESENT]
    if said := _fitting([finding.text for finding in present if finding.text]):
        return tr('You said "{words}"').format(words=listed(said, tr))
    tapped = [finding for finding in present if finding.source is Source.TAP]
    if names := _fitting([finding_name(state, finding.code, tr) for finding in tapped]):
        return tr('You chose "{words}"').format(words=listed(names, tr))
    if names := _fitting([finding_name(state, finding.code, tr) for finding in present]):
        return tr('You told us "{words}"').format(words=listed(names, tr))
    return ""


def _fitting(words: Sequence[str]) -> list[str]:
    """The first word always, the second if both fit one line; a word inside another adds nothing."""
    chosen: list[str] = []
    for word in words:
        if any(word in other for other in chosen):
            continue
        if chosen and sum(map(width, [*chosen, word])) > _LONGEST_QUOTE:
            break
        chosen.append(word)
        if len(chosen) == 2:
            break
    return chosen


def shortened(text: str, longest: int) -> str:
    """The beginning of a text, at most `longest` wide, with an ellipsis when something is missing."""
    if width(text) <= longest:
        return text
    room = longest - width("…")
    kept = ""
    for character in text:
        room -= width(character)
        if room < 0:
            break
        kept += character
    return kept.rstrip() + "…"


def width(text: str) -> int:
    """Room a text takes: a Chinese character counts two, any other letter one."""
    return sum(2 if character > "\u2e80" else 1 for character in plain(text))
