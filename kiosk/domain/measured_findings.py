"""What numbers say about findings: fever, blood pressure, blood sugar, the week of pregnancy."""

from __future__ import annotations

import re
from dataclasses import replace

from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.hints import pregnancy_weeks
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import Language
from kiosk.domain.matching import folded
from kiosk.domain.measurements import FEVER_CELSIUS, Measured, find_temperatures
from kiosk.domain.numbers import EN_NUMERAL, ZH_NUMERAL, en_number, zh_number
from kiosk.domain.prepared import prepared
from kiosk.domain.vitals_said import Reading, find_readings

FEVER = "fever"
HIGH_PRESSURE = "high_blood_pressure_reading"
LOW_PRESSURE = "low_blood_pressure_reading"
SLOW_PULSE = "slow_heartbeat"
HIGH_SUGAR, LOW_SUGAR = "high_blood_sugar", "low_blood_sugar"
PREGNANT = "pregnant"
LATER_PREGNANCY = "pregnancy_over_20w"
LATER_PREGNANCY_WEEKS = 20

HIGH_SYSTOLIC, HIGH_DIASTOLIC = 140.0, 90.0
"""Millimetres of mercury from which a pressure taken in a clinic is high (Chinese hypertension guideline, ESC)."""

LOW_SYSTOLIC, SLOW_RATE = 90.0, 50.0
"""Below these a pressure is low and a pulse is slow (Chinese emergency triage consensus, level III)."""

HIGH_MMOL, HIGH_MMOL_FASTING, LOW_MMOL = 11.1, 7.0, 3.9
"""Millimoles of glucose per litre: diabetes at any time, diabetes fasting, hypoglycaemia (WHO, ADA)."""

_NO_FEVER = re.compile(r"\bafebrile\b|\bapyrexial\b")
_FASTING = re.compile(r"空腹|fasting")
_ZH_GESTATION = re.compile(
    rf"(?<![怀受备不避])孕(?:期|了|已|有)*{ZH_NUMERAL}(?:\+\d)?(?:周|个多?月)(?![前时流])|"
    rf"(?:^|[，,。\s])(?:我|现在|今天|已经|都|快)*(?P<bare>{ZH_NUMERAL})(?:\+\d)?周(?:了|整|多)?(?=[，,。\s]|$|[手脚肚头血羊胎见])"
)
_EN_GESTATION = re.compile(
    rf"(?:^|[.;] |\b(?:i am|i'm|im|i'm at|at|currently) )(?:about |around |almost |nearly |only |just |now )*"
    rf"(?P<bare>{EN_NUMERAL})(?:\+\d)?[ -]?w(?:ee)?ks?(?: (?:now|today|along))?"
    r"(?=$|[.,;]|(?: and| with| presents?| presented| after| comes| is| has)\b)"
)
"""孕三十周, and "37 weeks and bleeding": nobody is ill that long without saying so."""

_HOURS_PER_WEEK = 168.0
_FEWEST_BARE_WEEKS, _MOST_BARE_WEEKS = 14, 42

_FEELS_HOT = re.compile(r"fever|hot|burn|烧|热|烫")
"""Without these the words only named the thermometer ("temperature", 体温), and its number decides."""

_NUMBER_FOLLOWS = 6
_PUNCTUATION = frozenset("，,。.；;：:！!？?、\n")
_NOT_UP_TO = {
    Language.ZH: ("不到", "没到", "没有到", "没超过", "不超过", "没有超过"),
    Language.EN: ("not over", "below", "under", "less than", "not above"),
}


def with_numbers(
    findings: dict[str, Finding], said: str, plain: str, language: Language, knowledge: KnowledgeBase
) -> dict[str, Finding]:
    """The findings with what numbers in the text decide; `plain` is `said` folded. Changes and returns `findings`."""
    _measure_fever(findings, said, plain, language, knowledge)
    _measure_readings(findings, said, plain, language, knowledge)
    _count_weeks(findings, said, plain, language, knowledge)
    return findings


def _measure_fever(
    findings: dict[str, Finding], said: str, plain: str, language: Language, knowledge: KnowledgeBase
) -> None:
    """The highest temperature said becomes the value of `fever`, and decides about it when it is a fever."""
    if FEVER not in knowledge.symptoms:
        return
    measured = [m for m in find_temperatures(plain, language) if not _is_limit(plain, m, language)]
    if measured:
        highest = max(measured, key=lambda m: m.value)
        findings[FEVER] = _measured_fever(findings.get(FEVER), highest, said)
    denied = _NO_FEVER.search(plain)
    if denied and FEVER not in findings:
        findings[FEVER] = Finding(FEVER, Status.ABSENT, Source.WORDS, said[slice(*denied.span())], denied.span())


def _is_limit(plain: str, measured: Measured, language: Language) -> bool:
    before = plain[max(0, measured.start - 12) : measured.start]
    joined = before.replace(" ", "") if language is Language.ZH else before
    return joined.rstrip().endswith(_NOT_UP_TO[language])


def _measured_fever(known: Finding | None, measured: Measured, said: str) -> Finding:
    if known is not None and known.status is Status.ABSENT and _belongs(known, measured, said):
        return known  # no fever of 102
    status = Status.PRESENT if measured.value >= FEVER_CELSIUS else Status.ABSENT
    if known is not None and known.status is not Status.ABSENT:
        felt = _FEELS_HOT.search(folded(known.text)) is not None
        if (status is Status.ABSENT and felt) or known.status is status:
            return replace(known, value=measured.value)
    span = (measured.start, measured.end)
    return Finding(FEVER, status, Source.WORDS, said[measured.start : measured.end], span, value=measured.value)


def _belongs(known: Finding, measured: Measured, said: str) -> bool:
    """True when a number stands in or right behind the words of a finding."""
    if known.span is None or measured.end <= known.span[0]:
        return False
    between = said[known.span[1] : measured.start]
    return len(between) <= _NUMBER_FOLLOWS and not any(map(_PUNCTUATION.__contains__, between))


def _measure_readings(
    findings: dict[str, Finding], said: str, plain: str, language: Language, knowledge: KnowledgeBase
) -> None:
    """A high pressure, a high and a low sugar are findings, with the reading as their value; a normal one is not."""
    for reading in find_readings(plain, language):
        code = _code_of(reading, plain)
        if code is None or code not in knowledge.symptoms:
            continue
        known = findings.get(code)
        if known is not None and known.value is not None and not _is_worse(code, reading.value, known.value):
            continue
        # Of a pressure only the upper number is a value: rules compare one number.
        value = None if reading.sign == "diastolic" else reading.value
        if known is not None and known.status is Status.PRESENT:
            findings[code] = replace(known, value=known.value if value is None else value)
        else:
            span = (reading.start, reading.end)
            findings[code] = Finding(
                code, Status.PRESENT, Source.WORDS, said[reading.start : reading.end], span, value=value
            )


def _code_of(reading: Reading, plain: str) -> str | None:
    match reading.sign:
        case "systolic":
            return (
                HIGH_PRESSURE
                if reading.value >= HIGH_SYSTOLIC
                else LOW_PRESSURE
                if reading.value < LOW_SYSTOLIC
                else None
            )
        case "diastolic":
            return HIGH_PRESSURE if reading.value >= HIGH_DIASTOLIC else None
        case "heart_rate":
            return SLOW_PULSE if reading.value < SLOW_RATE else None
        case "glucose":
            fasting = _FASTING.search(plain, max(0, reading.start - 4), reading.end) is not None
            if reading.value >= (HIGH_MMOL_FASTING if fasting else HIGH_MMOL):
                return HIGH_SUGAR
            return LOW_SUGAR if reading.value < LOW_MMOL else None
    return None


def _is_worse(code: str, new: float, known: float) -> bool:
    return new < known if code in (LOW_SUGAR, LOW_PRESSURE, SLOW_PULSE) else new > known


def _gestation(plain: str, language: Language) -> tuple[int, int] | None:
    """Where weeks are said that can only be weeks of pregnancy."""
    found = (_ZH_GESTATION if language is Language.ZH else _EN_GESTATION).search(plain)
    if found is None:
        return None
    if found["bare"] is not None:
        weeks = (zh_number if language is Language.ZH else en_number)(found["bare"])
        if weeks is None or not _FEWEST_BARE_WEEKS <= weeks <= _MOST_BARE_WEEKS:
            return None
    return found.span()


def _count_weeks(
    findings: dict[str, Finding], said: str, plain: str, language: Language, knowledge: KnowledgeBase
) -> None:
    """A number of weeks is the value of `pregnant`, and tells of the later half of pregnancy."""
    if LATER_PREGNANCY not in knowledge.symptoms:
        return
    pregnant = findings.get(PREGNANT)
    if pregnant is None and (span := _gestation(plain, language)) is not None:
        words = said[span[0] : span[1]]
        findings[PREGNANT] = pregnant = Finding(PREGNANT, Status.PRESENT, Source.WORDS, words, span)
    if pregnant is None:
        implying = prepared(knowledge).implied_by.get(PREGNANT, frozenset())
        pregnant = next((f for f in findings.values() if f.code in implying and f.status is Status.PRESENT), None)
    if pregnant is None or pregnant.status is not Status.PRESENT:
        return
    weeks = pregnancy_weeks(plain, language, bare=True)
    if weeks is None:
        return
    for finding in tuple(findings.values()):
        if finding.duration_hours is not None and round(finding.duration_hours) == round(weeks * _HOURS_PER_WEEK):
            findings[finding.code] = replace(finding, duration_hours=None, own_duration=False)
    if pregnant.code == PREGNANT:
        findings[PREGNANT] = replace(pregnant, value=weeks)
    if weeks >= LATER_PREGNANCY_WEEKS:
        findings[LATER_PREGNANCY] = replace(pregnant, code=LATER_PREGNANCY, value=None)
