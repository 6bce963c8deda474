"""`kiosk assess`: complaints as JSON lines in, assessments as JSON lines out.

Hospitals use it to back-test on their own records; `answers` lets a simulated patient be driven question by question.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import IO, Any

from kiosk.domain.assessment import Assessment
from kiosk.domain.explanation import pushes
from kiosk.domain.findings import Findings, Status, Vitals
from kiosk.domain.generation import ModelError
from kiosk.domain.hints import patient_hints
from kiosk.domain.inference import posterior_of
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.known import known
from kiosk.domain.language import Language, language_of
from kiosk.domain.matching import Matcher
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.proposals import answered
from kiosk.domain.triage import MAX_QUESTIONS, assess
from kiosk.domain.understanding import prepare, understand
from kiosk.domain.vitals_said import vitals_said
from kiosk.proposing import Propose, nothing, proposing

MAX_LINE_BYTES = 8 * 1024 * 1024
"""A longer line is answered with an error instead of being read."""

_ANSWERS = {"yes": Status.PRESENT, "no": Status.ABSENT, "unsure": Status.UNSURE}
_VITALS = tuple(sign.name for sign in fields(Vitals))
_WHOLE_NUMBERS = ("gcs", "pain")
_MOST_VITAL = 1000
_OLDEST_YEARS = 130
_DAYS_PER_YEAR = 365.25
_INFANT_YEARS = 2


class BadLine(ValueError):
    """What is wrong with a line, field by name."""


@dataclass(frozen=True, slots=True)
class _Request:
    id: str | int
    text: str
    language: Language
    patient: Patient
    vitals: Vitals
    answers: Mapping[str, Status]


def assess_lines(
    lines: Iterable[bytes | str],
    knowledge: KnowledgeBase,
    matcher: Matcher,
    *,
    language: Language | None = None,
    max_questions: int = MAX_QUESTIONS,
    propose: Propose = nothing,
    explain: bool = False,
) -> Iterator[tuple[dict[str, Any], bool]]:
    """One answer per line that is not blank, and whether the line was good.

    A bad line gives {"id", "error"} with the id when it could be read. `language` is for lines that do not say theirs;
    without it the text tells. What a language model proposes is asked before
    it counts. `explain` adds to each condition what pushed it up or down, in bits.
    """
    for line in lines:
        if not line.strip():
            continue
        record_id: str | int | None = None
        try:
            record = _parsed(line)
            record_id = _id(record)
            request = _request(record, record_id, knowledge, language)
        except BadLine as error:
            yield {"id": record_id, "error": str(error)}, False
            continue
        yield _answer(request, knowledge, matcher, _Options(max_questions, propose, explain)), True


def assess_file(file: str, lang: str | None, model: str, *, explain: bool = False) -> int:
    """Answer every line of `file` ("-" is standard input) on standard output; 1 when a line was bad, else 0.

    The last line on standard error tells how many lines were answered and how fast. 2 when the file cannot be read
    or the language model is not there.
    """
    from kiosk import paths
    from kiosk.adapters.content_cache import open_content

    knowledge, matcher = open_content(paths.assets(), paths.cache_dir())
    prepare()
    with ExitStack() as stack:
        try:
            source = sys.stdin.buffer if file == "-" else stack.enter_context(Path(file).open("rb"))
            propose = stack.enter_context(proposing(model, knowledge.symptoms))
        except OSError as error:
            _tell(f"kiosk: {file}: {error.strerror}")
            return 2
        except ModelError as error:
            _tell(f"kiosk: language model {model!r}: {error}; use --model off or name another")
            return 2
        language = Language(lang) if lang else None
        lines = bounded_lines(source)
        answers = assess_lines(lines, knowledge, matcher, language=language, propose=propose, explain=explain)
        return _write(answers, sys.stdout.buffer)


def bounded_lines(source: IO[bytes]) -> Iterator[bytes]:
    """The lines of a binary file; of a line over MAX_LINE_BYTES only its beginning, never more in memory."""
    while line := source.readline(MAX_LINE_BYTES + 1):
        yield line
        while len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            line = source.readline(MAX_LINE_BYTES + 1)
            if len(line) <= MAX_LINE_BYTES:
                break


def _write(answers: Iterable[tuple[dict[str, Any], bool]], sink: IO[bytes]) -> int:
    began = time.perf_counter()
    good = bad = 0
    for answer, ok in answers:
        sink.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
        good, bad = good + ok, bad + (not ok)
        if (good + bad) % 100 == 0:
            sink.flush()
    sink.flush()
    seconds = max(time.perf_counter() - began, 1e-9)
    rate = (good + bad) / seconds
    _tell(f"kiosk assess: {good + bad} lines, {bad} bad, {seconds:.1f} s, {rate:.0f} lines/s")
    return 1 if bad else 0


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _parsed(line: bytes | str) -> dict[str, Any]:
    if len(line) > MAX_LINE_BYTES:
        raise BadLine(f"line: longer than {MAX_LINE_BYTES} bytes")
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line
        record = json.loads(text)
    except UnicodeDecodeError:
        raise BadLine("line: not UTF-8") from None
    except json.JSONDecodeError as error:
        raise BadLine(f"line: not JSON: {error.msg} at character {error.pos + 1}") from None
    except (ValueError, RecursionError):
        raise BadLine("line: not JSON: a number too long or nesting too deep") from None
    if not isinstance(record, dict):
        raise BadLine("line: must be a JSON object")
    return record


def _id(record: Mapping[str, Any]) -> str | int:
    value = record.get("id")
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise BadLine("id: must be a string or a whole number")


def _clean(text: str) -> str:
    """Lone surrogates cannot be written as UTF-8."""
    return text.encode("utf-8", "replace").decode()


def _request(
    record: Mapping[str, Any], record_id: str | int, knowledge: KnowledgeBase, language: Language | None
) -> _Request:
    text = record.get("text")
    if not isinstance(text, str):
        raise BadLine("text: must be a string")
    text = _clean(text)
    said = _choice(record, "lang", {lang.value: lang for lang in Language})
    spoken = said or language or language_of(text)
    age = None if record.get("age") is None else _number(record["age"], "age", _OLDEST_YEARS)
    sex = _choice(record, "sex", {sex.value: sex for sex in Sex})
    patient = patient_of(text, spoken, age, sex)
    return _Request(record_id, text, spoken, patient, _vitals(record), _answers(record, knowledge))


def _choice(record: Mapping[str, Any], name: str, choices: Mapping[str, Any]) -> Any:
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or value not in choices:
        raise BadLine(f"{name}: must be one of {', '.join(choices)}")
    return choices[value]


def _number(value: Any, name: str, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadLine(f"{name}: must be a number")
    if not math.isfinite(value) or not 0 <= value <= most:
        raise BadLine(f"{name}: must be from 0 to {most:g}")
    return float(value)


def patient_of(text: str, language: Language, age: float | None, sex: Sex | None) -> Patient:
    """Who a record is about: what it says in numbers, completed by what its text says. `age` in years, or a part."""
    hints = patient_hints(text, language)
    sex = sex or hints.sex
    pregnant = False if sex is Sex.MALE else hints.pregnant
    if age is None:
        return Patient(sex=sex, age=hints.age, age_days=hints.age_days, pregnant=pregnant)
    days = hints.age_days if hints.age == int(age) else None
    if age < _INFANT_YEARS and (days is None or not float(age).is_integer()):
        days = None if float(age).is_integer() else int(age * _DAYS_PER_YEAR)
    return Patient(sex=sex, age=int(age), age_days=days, pregnant=pregnant)


def read_text(
    text: str,
    language: Language,
    knowledge: KnowledgeBase,
    match: Matcher,
    vitals: Vitals,
) -> tuple[Findings, Vitals]:
    """The findings and vital signs of a record; what was measured counts before what the words say."""
    said = vitals_said(text, language)
    unmeasured = {
        sign: value for sign in _VITALS if getattr(vitals, sign) is None and (value := getattr(said, sign)) is not None
    }
    return Findings().merged(understand(text, language, knowledge, match)), replace(vitals, **unmeasured)


def _vitals(record: Mapping[str, Any]) -> Vitals:
    given = record.get("vitals")
    if given is None:
        return Vitals()
    if not isinstance(given, dict):
        raise BadLine("vitals: must be an object")
    signs: dict[str, Any] = {}
    for sign, value in given.items():
        if sign not in _VITALS:
            raise BadLine(f"vitals.{sign}: unknown; known are {', '.join(_VITALS)}")
        if value is None:
            continue
        number = _number(value, f"vitals.{sign}", _MOST_VITAL)
        if sign in _WHOLE_NUMBERS and not number.is_integer():
            raise BadLine(f"vitals.{sign}: must be a whole number")
        signs[sign] = int(number) if sign in _WHOLE_NUMBERS else number
    return Vitals(**signs)


def _answers(record: Mapping[str, Any], knowledge: KnowledgeBase) -> dict[str, Status]:
    given = record.get("answers")
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise BadLine("answers: must be an object")
    answers: dict[str, Status] = {}
    for code, answer in given.items():
        if code not in knowledge.symptoms:
            raise BadLine(f"answers.{_clean(code)}: unknown finding")
        if not isinstance(answer, str) or answer not in _ANSWERS:
            raise BadLine(f"answers.{code}: must be one of {', '.join(_ANSWERS)}")
        answers[code] = _ANSWERS[answer]
    return answers


@dataclass(frozen=True, slots=True)
class _Options:
    max_questions: int
    propose: Propose
    explain: bool


def _answer(request: _Request, knowledge: KnowledgeBase, matcher: Matcher, options: _Options) -> dict[str, Any]:
    findings, vitals = read_text(request.text, request.language, knowledge, matcher, request.vitals)
    proposed = options.propose(request.text, request.language)
    findings = findings.merged(answered(code, status, proposed) for code, status in request.answers.items())
    assessment = assess(
        knowledge,
        request.patient,
        findings,
        tuple(request.answers),
        vitals,
        max_questions=options.max_questions,
        proposed=proposed,
    )
    written = _written(request, findings, assessment, knowledge)
    if options.explain:
        facts = known(knowledge, request.patient, findings, vitals)
        beliefs = posterior_of(facts)
        for condition in written["conditions"]:
            condition["because"] = [
                {"finding": push.code or "patient", "bits": round(push.bits, 2)}
                for push in pushes(facts, beliefs, condition["code"])
            ]
    return written


def _written(request: _Request, findings: Findings, assessment: Assessment, knowledge: KnowledgeBase) -> dict[str, Any]:
    language = request.language
    question = assessment.next_question
    return {
        "id": request.id,
        "level": int(assessment.level),
        "disposition": assessment.disposition.value,
        "departments": [
            {
                "code": department.code,
                "name": knowledge.departments[department.code].name.in_language(language),
                "score": round(department.score, 4),
            }
            for department in assessment.departments
        ],
        "conditions": [
            {
                "code": condition.code,
                "name": knowledge.conditions[condition.code].name.in_language(language),
                "icd10": knowledge.conditions[condition.code].icd10,
                "probability": round(condition.probability, 4),
            }
            for condition in assessment.conditions
        ],
        "findings": [
            {
                "code": finding.code,
                "name": knowledge.symptoms[finding.code].name.in_language(language),
                "status": finding.status.value,
                "text": finding.text,
            }
            for finding in findings.values()
        ],
        "red_flags": [
            {"rule": rule.rule, "because": rule.because.in_language(language)} for rule in assessment.red_flags
        ],
        "next_question": None
        if question is None
        else {"code": question.code, "text": knowledge.symptoms[question.code].question.in_language(language)},
    }
