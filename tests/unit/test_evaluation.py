"""The yardstick itself: intervals, F1, reading of case files, the simulated patient."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.assessment import Disposition
from kiosk.domain.findings import Status
from kiosk.domain.language import Language
from kiosk.domain.matching import Match
from kiosk.domain.patient import Sex
from kiosk.evaluation.cases import BadCase, Case, Expected, Kind, Names, Part, part_of, read_cases
from kiosk.evaluation.interview import Clinic, SimulatedPatient, interview
from kiosk.evaluation.measures import Agreement, Rate, Triage, calibration_error, reliability
from kiosk.evaluation.report import draw_confusion, draw_reliability, write_mistakes
from kiosk.evaluation.scores import Scores, score
from tests.unit.triage_clinic import KNOWLEDGE

NAMES = Names(
    symptoms={"咳嗽": frozenset(["cough"]), "湿啰音": frozenset()},
    departments={"心血管科": frozenset(["cardiology"])},
    diagnoses={"stable angina": frozenset(["angina"]), "感冒": frozenset(["common_cold"])},
)


def no_words(text: str, language: Language) -> tuple[Match, ...]:
    return ()


CLINIC = Clinic(KNOWLEDGE, no_words)


def case(**changes: Any) -> Case:
    fields: dict[str, Any] = {
        "id": "zh-1",
        "kind": Kind.CASES,
        "part": Part.TUNING,
        "text": "?",
        "language": Language.ZH,
        "expected": Expected(),
        "age": 40,
        "sex": Sex.FEMALE,
    }
    return Case(**fields | changes)


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)]
)
def test_wilson_intervals_as_published(hits: int, total: int, low: float, high: float) -> None:
    """Newcombe 1998, Stat Med 17:857, table I: 81 of 263 gives 0.2553 to 0.3662."""
    interval = Rate(hits, total).interval
    assert interval is not None
    assert interval == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("total", range(1, 60))
def test_an_interval_holds_its_rate(total: int) -> None:
    for hits in range(total + 1):
        low, high = Rate(hits, total).interval or (1.0, 0.0)
        assert low <= hits / total <= high


def test_nothing_counted_is_no_rate() -> None:
    assert Rate(0, 0).value is None
    assert Rate(0, 0).interval is None
    assert Agreement().f1 is None
    assert calibration_error([]) is None


def test_three_way_triage() -> None:
    triage = Triage()
    for expected, given in (
        (Disposition.EMERGENCY, Disposition.EMERGENCY),
        (Disposition.EMERGENCY, Disposition.DOCTOR),
        (Disposition.DOCTOR, Disposition.EMERGENCY),
        (Disposition.SELF_CARE, Disposition.SELF_CARE),
    ):
        triage.add(expected, given)
    assert triage.accuracy == Rate(2, 4)
    assert triage.under == Rate(1, 4)
    assert triage.over == Rate(1, 4)
    assert triage.emergency_sensitivity == Rate(1, 2)
    assert triage.emergency_specificity == Rate(1, 2)


def test_reliability_compares_claim_and_outcome() -> None:
    claims = [(0.95, True), (0.9, True), (0.3, False), (0.32, True)]
    low, high = reliability(claims)
    assert (low.claimed, low.right) == (pytest.approx(0.31), Rate(1, 2))
    assert high.right == Rate(2, 2)
    assert calibration_error(claims) == pytest.approx((0.19 * 2 + 0.075 * 2) / 4)


def written(folder: Path, *records: dict[str, Any]) -> Path:
    file = folder / "set.jsonl"
    file.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    return file


def test_every_kind_of_file_is_read(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        {
            "id": "en-1",
            "text": "x",
            "known": {"fever": "no"},
            "expect": {"disposition": "doctor", "levels": [3], "departments": ["ent"], "condition": None},
        },
        {"id": "zh-n1", "text": "x", "present": ["cough"], "absent": [], "unsure": ["fever"]},
        {
            "id": "7",
            "lang": "zh",
            "text": "x",
            "present": ["咳嗽", "湿啰音"],
            "absent": [],
            "asked_later": {"咳嗽": False},
            "said_as": [],
            "disease": "感冒",
        },
        {"department": "心血管科", "title": "a", "text": "b"},
        {
            "correct_diagnosis": "Stable Angina",
            "demographics": "6 month old Female",
            "chief_complaints": "a",
            "presentation": "b",
            "absent_findings": "",
            "physical_history": "",
            "family_history": "",
            "social_history": "",
        },
    )
    own, statement, report, question, vignette = read_cases(file, NAMES)
    assert (own.kind, own.language, own.known) == (Kind.CASES, Language.EN, {"fever": Status.ABSENT})
    assert statement.expected.findings[Status.UNSURE] == (frozenset(["fever"]),)
    assert report.expected.findings[Status.PRESENT] == (frozenset(["cough"]),)
    assert report.known == {"cough": Status.ABSENT}
    assert question.expected.departments == {"cardiology"}
    assert (vignette.age, vignette.sex, vignette.expected.conditions) == (0.5, Sex.FEMALE, {"angina"})


def test_a_bad_line_names_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(BadCase, match=r"set\.jsonl: line 2: .*kind of case"):
        read_cases(written(tmp_path, {"department": "心血管科", "title": "a", "text": "b"}, {"id": 3}), NAMES)


def test_a_case_stays_in_its_part() -> None:
    parts = [part_of(f"zh-{number:03}") for number in range(200)]
    assert parts == [part_of(f"zh-{number:03}") for number in range(200)]
    assert 70 < parts.count(Part.HELD) < 130


def test_the_simulated_patient_knows_what_follows() -> None:
    stated = Expected(findings={Status.PRESENT: (frozenset(["chest_pressure"]),)})
    visit = interview(case(expected=stated, known={"headache": Status.ABSENT}), CLINIC)
    assert not visit.answers, "nothing was understood, so that nothing is asked"
    simulated = SimulatedPatient(case(expected=stated, known={"headache": Status.ABSENT}), KNOWLEDGE)
    assert simulated.answer("chest_pain") is Status.PRESENT
    assert simulated.answer("thunderclap_headache") is Status.ABSENT
    assert simulated.answer("fever") is Status.UNSURE


def test_mistakes_are_counted_and_traced(tmp_path: Path) -> None:
    expected = Expected(
        disposition=Disposition.EMERGENCY,
        levels=(2,),
        departments=frozenset(["emergency"]),
        conditions=frozenset(["angina"]),
        findings={Status.PRESENT: (frozenset(["chest_pressure"]),)},
    )
    scores = Scores()
    (mistake,) = score([case(expected=expected)], CLINIC, scores, frozenset())
    assert any(wrong.startswith("emergency became") for wrong in mistake.wrong)
    figures = scores.figures()
    assert figures["emergency_sensitivity"]["value"] == 0
    assert figures["present_recall"] == 0
    assert write_mistakes([mistake], tmp_path / "mistakes.jsonl") == 1
    line = json.loads((tmp_path / "mistakes.jsonl").read_text(encoding="utf-8"))
    assert (line["id"], line["last"]["level"]) == ("zh-1", 4)


def test_pictures_are_drawn(tmp_path: Path) -> None:
    triage = Triage()
    triage.add(Disposition.DOCTOR, Disposition.DOCTOR)
    draw_confusion(triage, "three-way", tmp_path / "confusion.png")
    draw_reliability([(0.8, True), (0.4, False)], "departments", tmp_path / "reliability.png")
    for name in ("confusion.png", "reliability.png"):
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")
