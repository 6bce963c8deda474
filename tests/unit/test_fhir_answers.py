"""What a FHIR server answers, and the error that every part of the kiosk raises for it."""

from __future__ import annotations

import json

import pytest

from kiosk.domain.errors import HisLockedOut, HisRejected, HisUnavailable
from kiosk.wire.fhir_answers import (
    Verdict,
    check_response,
    document,
    error_of,
    has_more,
    judge,
    locations,
    matches,
    tags_found,
    with_references,
)

BUSY = b'{"resourceType":"OperationOutcome","issue":[{"code":"invalid","diagnostics":"connect ECONNREFUSED"}]}'


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, b"{}", HisRejected),
        (400, BUSY, HisUnavailable),
        (401, b"", HisLockedOut),
        (403, b"", HisLockedOut),
        (404, b"", HisLockedOut),
        (409, b"", HisUnavailable),
        (412, b"", HisRejected),
        (422, b"<html>", HisRejected),
        (429, b"", HisUnavailable),
        (302, b"", HisUnavailable),
        (503, b"[" * 100_000, HisUnavailable),
    ],
)
def test_every_refusal_is_one_kind_of_error(status: int, body: bytes, kind: type[Exception]) -> None:
    problem = judge(status, body)
    assert problem is not None
    error = error_of(problem, 7.0)
    assert type(error) is kind
    assert str(error).startswith(str(status))
    assert isinstance(error, HisRejected) or error.retry_after_s == 7.0


def test_a_success_is_no_problem_and_what_is_no_json_is_asked_for_again() -> None:
    assert judge(204, b"") is None
    assert document(b'{"a": 1}') == {"a": 1}
    for body in (b"<html>", b"", b"[" * 100_000, b"\xff"):
        with pytest.raises(HisUnavailable):
            document(body)


def outcome(text: str) -> bytes:
    return json.dumps(
        {"resourceType": "OperationOutcome", "issue": [{"code": "x", "details": {"text": text}}]}
    ).encode()


@pytest.mark.parametrize(
    ("status", "text", "verdict"),
    [
        *[(status, "", Verdict.LATER) for status in (302, 408, 409, 425, 429, 500, 502, 503, 504)],
        *[(status, "no", Verdict.LOCKED_OUT) for status in (401, 403, 404, 405, 406, 407, 410, 415)],
        *[(status, "no", Verdict.REFUSED) for status in (400, 412, 413, 422)],
        (400, "connect ECONNREFUSED 127.0.0.1:5432", Verdict.LATER),
        (400, "ROLLBACK TO SAVEPOINT can only be used in transaction blocks", Verdict.LATER),
        (400, "could not serialize access due to concurrent update", Verdict.LATER),
        (422, "connect ECONNREFUSED", Verdict.REFUSED),
    ],
)
def test_which_answers_are_worth_another_try(status: int, text: str, verdict: Verdict) -> None:
    problem = judge(status, outcome(text))
    assert problem is not None
    assert problem.verdict is verdict
    assert text not in problem.text or not text


@pytest.mark.parametrize("status", [200, 201, 204])
def test_a_success_is_no_problem(status: int) -> None:
    assert judge(status, b"") is None


def answer(*responses: dict) -> dict:
    return {"resourceType": "Bundle", "type": "transaction-response", "entry": [{"response": r} for r in responses]}


def test_every_entry_of_an_answer_is_read() -> None:
    taken = answer({"status": "201 Created", "location": "Patient/1/_history/1"}, {"status": "200"})
    assert check_response(taken, 2) == ()
    assert locations(taken) == ("Patient/1", None)
    refused = answer({"status": "201"}, {"status": "422", "outcome": {"issue": [{"code": "structure"}]}})
    assert [(p.verdict, p.text) for p in check_response(refused, 2)] == [(Verdict.REFUSED, "entry 1: 422 structure")]
    closed = answer({"status": "201"}, {"status": "403"}, {"status": "404"})
    assert [p.verdict for p in check_response(closed, 3)] == [Verdict.LOCKED_OUT, Verdict.REFUSED]
    busy = answer({"status": "503 Service Unavailable"}, {"status": "abc"}, {})
    assert [p.verdict for p in check_response(busy, 3)] == [Verdict.LATER] * 3
    grave = answer({"status": "200", "outcome": {"issue": [{"severity": "error", "code": "invalid"}]}})
    assert [p.verdict for p in check_response(grave, 1)] == [Verdict.REFUSED]


@pytest.mark.parametrize("untrusted", [None, [], {}, {"entry": 5}, {"entry": []}, {"entry": [None, {}]}])
def test_what_is_no_answer_to_the_transaction_is_not_taken_for_one(untrusted: object) -> None:
    problems = check_response(untrusted, 2)
    assert problems
    assert {problem.verdict for problem in problems} == {Verdict.LATER}


def test_absolute_and_relative_locations_are_read() -> None:
    there = [
        "http://his/fhir/R4/Encounter/ab-1/_history/3",
        "Encounter/ab-1",
        "/fhir/Encounter/ab-1",
        "https://his.example/",
        7,
    ]
    found = locations(answer(*({"status": "201", "location": one} for one in there)))
    assert found == ("Encounter/ab-1",) * 3 + (None, None)


def test_known_references_are_replaced_everywhere_and_nothing_else_is() -> None:
    bundle = {"a": [{"reference": "Patient?x"}, {"reference": "Encounter?y"}], "text": "Patient?x"}
    assert with_references(bundle, {"Patient?x": "Patient/1"}) == {
        "a": [{"reference": "Patient/1"}, {"reference": "Encounter?y"}],
        "text": "Patient?x",
    }


@pytest.mark.parametrize(
    ("found", "count"),
    [
        ({"type": "searchset"}, 0),
        ({"type": "searchset", "entry": [{}, {"search": {"mode": "match"}}, {"search": {"mode": "include"}}]}, 2),
        ({"type": "searchset", "entry": "many"}, None),
        ({"resourceType": "OperationOutcome"}, None),
        ([], None),
    ],
)
def test_matches_of_a_search(found: object, count: int | None) -> None:
    assert matches(found) == count


def test_tags_of_a_search_are_those_of_what_matched() -> None:
    def tagged(*tags: object, mode: str = "match") -> dict[str, object]:
        return {"resource": {"meta": {"tag": list(tags)}}, "search": {"mode": mode}}

    a, b = {"system": "urn:x", "code": "a"}, {"system": "urn:x", "code": "b"}
    entry = [tagged(a, b), tagged(a), tagged(b, mode="include"), tagged("b"), {"resource": {"meta": 3}}, {}, 7]
    assert list(tags_found({"type": "searchset", "entry": entry})) == ["urn:x|a", "urn:x|b", "urn:x|a"]
    assert list(tags_found({"resourceType": "OperationOutcome"})) == []


@pytest.mark.parametrize(
    ("links", "more"),
    [
        ([{"relation": "self"}, {"relation": "next"}], True),
        ([{"relation": "self"}, 3], False),
        (None, False),
        (3, False),
    ],
)
def test_a_search_says_whether_there_is_another_page(links: object, more: bool) -> None:
    assert has_more({"type": "searchset", "link": links}) is more
    assert not has_more([])
