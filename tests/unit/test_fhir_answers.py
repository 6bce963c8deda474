"""What a FHIR server answers, and the error that every part of the kiosk raises for it."""

from __future__ import annotations

import pytest

from kiosk.domain.errors import HisLockedOut, HisRejected, HisUnavailable
from kiosk.wire.fhir_answers import document, error_of, judge

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
