"""Tryton's JSON-RPC without a server."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.errors import HisRejected, HisUnavailable
from kiosk.wire import tryton
from kiosk.wire.tryton import Session, SessionEnded

METHOD = "model.party.party.create"
SOMEBODY = "张三 13800138000"


def read(body: bytes, status: int = 200) -> object:
    return tryton.read_answer(7, METHOD, status, body, None)


def error(*parts: object) -> bytes:
    return json.dumps({"id": 7, "error": parts}).encode()


def test_a_call() -> None:
    call = json.loads(tryton.encode_call(7, METHOD, [[{"name": "张三"}], {}]))
    assert call == {"id": 7, "method": METHOD, "params": [[{"name": "张三"}], {}]}


def test_a_result() -> None:
    assert read(b'{"id": 7, "result": [3]}') == [3]
    assert read(b'{"id": 7, "result": null}') is None


@pytest.mark.parametrize(
    "body",
    [
        error("ConcurrencyException", "Records were modified"),
        error("database is locked", ""),
        error("could not connect to server: Connection refused", ""),
        error("server closed the connection unexpectedly", ""),
        error("could not serialize access due to concurrent update", ""),
        error("FATAL: the database system is starting up", ""),
        error("database or disk is full", ""),
        b'{"id": 8, "result": [3]}',
        b'{"id": 7}',
        b"[]",
        b"",
        b"<html>",
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_answers_worth_another_try(body: bytes) -> None:
    with pytest.raises(HisUnavailable):
        read(body)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (error("UserError", [SOMEBODY, "", None]), "UserError"),
        (error("UserWarning", ["name", SOMEBODY, ""]), "UserWarning"),
        (error(f"'{SOMEBODY}'", ""), "an error inside the server"),
        (error(["nested"]), "an error inside the server"),
        (error(), "an error inside the server"),
        (b'{"id": 7, "error": null}', "an error inside the server"),
    ],
)
def test_refusals_name_their_kind_and_nobody(body: bytes, kind: str) -> None:
    with pytest.raises(HisRejected) as caught:
        read(body)
    assert str(caught.value) == f"{METHOD}: {kind}"


@pytest.mark.parametrize("status", [302, 404, 408, 409, 423, 429, 500, 502, 503, 504])
def test_statuses_worth_another_try(status: int) -> None:
    with pytest.raises(HisUnavailable) as caught:
        tryton.read_answer(7, METHOD, status, SOMEBODY.encode(), 30.0)
    assert (str(caught.value), caught.value.retry_after_s) == (f"{METHOD}: {status}", 30.0)


@pytest.mark.parametrize("status", [400, 403, 413, 415, 422])
def test_statuses_for_a_person(status: int) -> None:
    with pytest.raises(HisRejected, match=str(status)):
        read(b"", status)


def test_a_session_that_ended() -> None:
    with pytest.raises(SessionEnded):
        read(b"", 401)


@given(st.binary() | st.from_regex(rb'\{"id": 7, "(error|result)": .*\}', fullmatch=True), st.integers(100, 599))
def test_no_answer_surprises(body: bytes, status: int) -> None:
    try:
        read(body, status)
    except (HisUnavailable, HisRejected, SessionEnded):
        return
    assert json.loads(body)["id"] == 7


def test_a_session() -> None:
    session = tryton.read_session("kiosk", [3, "key", None])
    assert session == Session("kiosk", 3, "key")
    assert session.authorization() == "Session a2lvc2s6MzprZXk="
    for strange in (None, [], [3], ["3", "key"], {"0": 3}, "3k"):
        with pytest.raises(HisUnavailable):
            tryton.read_session("kiosk", strange)


def test_records() -> None:
    found: list[tryton.Record] = [{"id": 1, "state": None, "party.": {"id": 2}}]
    assert tryton.read_records(METHOD, ["state", "party.ref"], found) == found
    assert tryton.read_records(METHOD, ["state"], []) == []
    for strange in (None, {}, [1], [{}], [{"id": "1"}], [{"id": True}], [{"id": 1}], [*found, {"id": 2}]):
        with pytest.raises(HisUnavailable):
            tryton.read_records(METHOD, ["state"], strange)


def test_times_are_in_utc() -> None:
    at = datetime(2026, 3, 2, 0, 30, 15, 999, tzinfo=timezone(timedelta(hours=8)))
    expected = {"year": 2026, "month": 3, "day": 1, "hour": 16, "minute": 30, "second": 15, "microsecond": 0}
    assert tryton.moment(at) == {"__class__": "datetime", **expected}
    assert tryton.moment(at.astimezone(UTC)) == tryton.moment(at)
    with pytest.raises(ValueError, match="zone"):
        tryton.moment(datetime(2026, 3, 2))  # noqa: DTZ001 - what it refuses
    assert tryton.day(date(2026, 3, 2)) == {"__class__": "date", "year": 2026, "month": 3, "day": 2}
    assert tryton.binary("膝".encode()) == {"__class__": "bytes", "base64": "6Iad"}
