"""What a language model wrote is let through only where rules allow it; whatever they do not know is refused."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from kiosk.domain.findings import Finding
from kiosk.domain.numbers import EN_NUMERAL, ZH_NUMERAL, en_number, zh_number

LONGEST_EVIDENCE = 80
MOST_PROPOSED = 32
_UNIT_HOURS = (1, 24, 7 * 24, 30 * 24, 365 * 24)
_HAN_NUMERAL = re.compile(ZH_NUMERAL)
_ENGLISH_NUMERAL = re.compile(rf"\d+(?:\.\d+)?|\b{EN_NUMERAL}\b")


def numbers_in(text: str) -> frozenset[float]:
    """Every number that somebody may have meant, however it is written."""
    folded = text.casefold()
    han = (zh_number(match[0]) for match in _HAN_NUMERAL.finditer(folded))
    english = (en_number(match[0]) for match in _ENGLISH_NUMERAL.finditer(folded))
    return frozenset(number for number in (*han, *english) if number is not None)


def sound_findings(untrusted: Iterable[Finding], text: str, codes: Collection[str]) -> tuple[Finding, ...]:
    """The proposals with a known code whose words stand in the text, one for each code.

    A length, strength or value whose number nobody said is taken away; the finding stays.
    """
    numbers = numbers_in(text)
    sound: dict[str, Finding] = {}
    for finding in untrusted:
        if len(sound) == MOST_PROPOSED:
            break
        if finding.code in codes and finding.code not in sound and _is_quoted(finding, text):
            sound[finding.code] = _with_said_numbers(finding, numbers)
    return tuple(sound.values())


def _is_quoted(finding: Finding, text: str) -> bool:
    if finding.span is None or not finding.text.strip() or len(finding.text) > LONGEST_EVIDENCE:
        return False
    start, end = finding.span
    return text[start:end] == finding.text


def _with_said_numbers(finding: Finding, numbers: Collection[float]) -> Finding:
    hours = finding.duration_hours
    said = {number * unit for number in numbers for unit in _UNIT_HOURS}
    return replace(
        finding,
        duration_hours=hours if hours in said else None,
        severity=finding.severity if finding.severity in numbers else None,
        value=finding.value if finding.value in numbers else None,
        own_duration=False,
        asked_about=False,
        sites=(),
    )
