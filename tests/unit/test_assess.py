"""The back-testing command: one JSON line in, one out, and a named error for every bad field."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.assess import MAX_LINE_BYTES, assess_file, assess_lines, bounded_lines
from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.language import Language
from tests.unit.shipped_clinic import content, matcher


def run(lines: Iterable[bytes | str], **options: Any) -> list[tuple[dict[str, Any], bool]]:
    return list(assess_lines(lines, content(), matcher(), **options))


def answer(**fields: Any) -> dict[str, Any]:
    [(result, ok)] = run([json.dumps({"id": "a", "text": "头痛", **fields})])
    assert ok, result
    return result


def test_the_whole_answer() -> None:
    result = answer(text="我胸口很痛，出冷汗，没有发烧", age=55, sex="male")
    assert list(result) == [
        "id", "level", "disposition", "departments", "conditions", "findings", "red_flags", "next_question",
    ]  # fmt: skip
    assert (result["id"], result["level"], result["disposition"]) == ("a", 2, "emergency")
    assert result["departments"][0]["code"] == "emergency"
    assert result["departments"][0]["name"] == "急诊科"
    assert 0 < result["departments"][0]["score"] <= 1
    assert 1 <= len(result["conditions"]) <= 10
    assert set(result["conditions"][0]) == {"code", "name", "icd10", "probability"}
    assert {"code": "fever", "name": "发烧", "status": "absent", "text": "发烧"} in result["findings"]
    assert set(result["red_flags"][0]) == {"rule", "because"}
    assert result["next_question"] is None


def test_names_follow_the_language_of_the_line() -> None:
    english = answer(text="I have a headache for three days", age=30, sex="female")
    assert english["departments"][0]["name"] == "Neurology"
    assert english["next_question"]["text"].endswith("?")
    chinese = answer(text="I have a headache for three days", age=30, sex="female", lang="zh")
    assert chinese["departments"][0]["name"] == "神经内科"


def test_the_option_is_for_lines_that_do_not_say_their_language() -> None:
    lines = [json.dumps({"id": 1, "text": ""}), json.dumps({"id": 2, "text": "", "lang": "en"})]
    names = [result["departments"][0]["name"] for result, _ in run(lines, language=Language.ZH)]
    assert names == ["全科医疗科", "General practice"]


def test_a_dialogue_ends_within_the_allowed_questions() -> None:
    answers: dict[str, str] = {}
    while (question := answer(age=30, sex="female", answers=answers)["next_question"]) is not None:
        assert question["code"] not in answers
        answers[question["code"]] = "no"
    assert 1 <= len(answers) <= 8


def test_an_answer_outweighs_the_words() -> None:
    result = answer(text="头痛", answers={"headache": "no", "fever": "unsure"})
    assert {f["code"]: f["status"] for f in result["findings"]} == {"headache": "absent", "fever": "unsure"}


def test_a_yes_keeps_what_the_words_said() -> None:
    findings = answer(text="头痛三天", answers={"headache": "yes"})["findings"]
    assert findings == [{"code": "headache", "name": "头痛", "status": "present", "text": "头痛"}]


def test_age_and_sex_are_read_from_the_text_unless_given() -> None:
    assert answer(text="女儿4岁，发烧")["departments"][0]["code"] == "paediatrics"
    assert answer(text="女儿4岁，发烧", age=30)["departments"][0]["code"] == "fever_clinic"


def test_a_fraction_of_a_year_is_an_infant() -> None:
    assert answer(text="发烧38.5", age=0.1)["level"] <= 2


def test_vitals_count() -> None:
    assert answer(vitals={"spo2": 78, "heart_rate": None})["level"] == 1


def test_ids_may_be_numbers_and_blank_lines_are_skipped() -> None:
    results = run(["\n", b'{"id": 7, "text": ""}\n', "   "])
    assert [result["id"] for result, _ in results] == [7]


def test_what_a_language_model_reads_is_asked_before_it_counts() -> None:
    def propose(text: str, language: Language) -> tuple[Finding, ...]:
        assert (text, language) == ("头痛三天，浑身火炉似的", Language.ZH)
        return (
            Finding("headache", Status.ABSENT, Source.MODEL, "头痛", (0, 2)),
            Finding("fever", Status.PRESENT, Source.MODEL, "火炉似的", (7, 11), duration_hours=72.0),
            Finding("no_such_finding", Status.PRESENT, Source.MODEL, "浑身", (5, 7)),
        )

    line = {"id": 1, "text": "头痛三天，浑身火炉似的"}
    [(result, _)] = run([json.dumps(line)], propose=propose)
    assert {f["code"]: f["status"] for f in result["findings"]} == {"headache": "present"}
    assert result["next_question"]["code"] == "fever"
    [(result, _)] = run([json.dumps(line | {"answers": {"fever": "yes"}})], propose=propose)
    assert {f["code"]: f["text"] for f in result["findings"]} == {"headache": "头痛", "fever": "火炉似的"}
    [(result, _)] = run([json.dumps(line | {"answers": {"fever": "no"}})], propose=propose)
    assert {f["code"]: f["status"] for f in result["findings"]} == {"headache": "present", "fever": "absent"}


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("nonsense", "line"),
        ("[1, 2]", "line"),
        ("null", "line"),
        (b"\xff\xfe", "line"),
        ("[" * 100_000, "line"),
        ('{"id": ' + "9" * 5000 + "}", "line"),
        ('{"text": "x"}', "id"),
        ('{"id": null, "text": "x"}', "id"),
        ('{"id": true, "text": "x"}', "id"),
        ('{"id": [], "text": "x"}', "id"),
        ('{"id": 1}', "text"),
        ('{"id": 1, "text": 5}', "text"),
        ('{"id": 1, "text": "x", "lang": "fr"}', "lang"),
        ('{"id": 1, "text": "x", "lang": ["zh"]}', "lang"),
        ('{"id": 1, "text": "x", "age": "30"}', "age"),
        ('{"id": 1, "text": "x", "age": -1}', "age"),
        ('{"id": 1, "text": "x", "age": 131}', "age"),
        ('{"id": 1, "text": "x", "age": true}', "age"),
        ('{"id": 1, "text": "x", "age": NaN}', "age"),
        ('{"id": 1, "text": "x", "sex": "other"}', "sex"),
        ('{"id": 1, "text": "x", "sex": {}}', "sex"),
        ('{"id": 1, "text": "x", "vitals": [1]}', "vitals"),
        ('{"id": 1, "text": "x", "vitals": {"pulse": 80}}', "vitals.pulse"),
        ('{"id": 1, "text": "x", "vitals": {"spo2": "low"}}', "vitals.spo2"),
        ('{"id": 1, "text": "x", "vitals": {"spo2": Infinity}}', "vitals.spo2"),
        ('{"id": 1, "text": "x", "vitals": {"gcs": 14.5}}', "vitals.gcs"),
        ('{"id": 1, "text": "x", "answers": "yes"}', "answers"),
        ('{"id": 1, "text": "x", "answers": {"no_such_code": "yes"}}', "answers.no_such_code"),
        ('{"id": 1, "text": "x", "answers": {"fever": "maybe"}}', "answers.fever"),
        ('{"id": 1, "text": "x", "answers": {"fever": true}}', "answers.fever"),
        (" " * 10 + "x" * (MAX_LINE_BYTES + 1), "line"),
    ],
)
def test_a_bad_line_names_its_field_and_the_rest_is_answered(line: bytes | str, named: str) -> None:
    (bad, bad_ok), (good, good_ok) = run([line, '{"id": "next", "text": "头痛"}'])
    assert not bad_ok
    assert set(bad) == {"id", "error"}
    assert bad["error"].startswith(f"{named}:")
    assert good_ok
    assert good["id"] == "next"


def test_the_id_of_a_bad_line_is_kept() -> None:
    [(bad, _)] = run(['{"id": "r-17", "text": 5}'])
    assert bad["id"] == "r-17"


@pytest.mark.parametrize(
    "text", ["没有" * 500_000, "\ud800头痛", "头痛\u0000\u202e<script>", "😀" * 1000, "{'x': 1}" * 1000]
)
def test_hostile_text_is_only_text(text: str) -> None:
    result = answer(text=text)
    assert json.dumps(result, ensure_ascii=False).encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
FIELDS = st.sampled_from(["id", "text", "lang", "age", "sex", "vitals", "answers", "other"])


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(FIELDS, JSON, max_size=6))
def test_any_json_gets_exactly_one_answer(record: dict[str, Any]) -> None:
    [(result, ok)] = run([json.dumps(record)])
    assert ok == ("error" not in result)
    assert json.dumps(result, ensure_ascii=False).encode()


def test_a_huge_line_is_read_in_pieces() -> None:
    source = io.BytesIO(b"a" * (3 * MAX_LINE_BYTES) + b"\nshort\n")
    lines = list(bounded_lines(source))
    assert [len(line) for line in lines] == [MAX_LINE_BYTES + 1, 6]


def test_the_command(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text('{"id": 1, "text": "头痛"}\nbad\n{"id": 2, "text": "fever"}\n', encoding="utf-8")
    assert assess_file(str(file), None, "off") == 1
    out, err = capfdbinary.readouterr()
    assert [json.loads(line).get("id") for line in out.splitlines()] == [1, None, 2]
    assert b"3 lines, 1 bad" in err


def test_the_command_without_bad_lines(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"id": 1, "text": "headache"}')
    assert assess_file(str(file), "en", "off") == 0
    assert json.loads(capfdbinary.readouterr().out)["id"] == 1


@pytest.mark.parametrize(("file", "model"), [("/no/such/file", "off"), ("-", "gpt")])
def test_the_command_says_what_it_cannot_do(file: str, model: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert assess_file(file, None, model) == 2
    assert capfdbinary.readouterr().err.startswith(b"kiosk:")
