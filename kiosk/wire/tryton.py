"""Tryton's JSON-RPC: calls as bytes, answers as values, and what an error means for us. No sockets.

Seen on trytond 7.0 (trytond/protocols/jsonrpc.py, dispatcher.py): a call is `{"id", "method", "params"}`, posted to
`/<database>/`; an answer has `result`, or `error` with the kind of the error first and its prose behind it, both with
status 200. A session that ended gives 401, whatever was asked; so does a wrong password at login.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from kiosk.domain.errors import HisRejected, HisUnavailable

Json = dict[str, Any]
Record = dict[str, Any]

_TO_THE_MINUTE = ("year", "month", "day", "hour", "minute")
_REFUSED = frozenset({400, 403, 413, 415, 422})
_INFRASTRUCTURE = re.compile(
    r"could not (connect|serialize|translate host)|connection (already closed|refused|reset|timed out|pool exhausted)"
    r"|closed the connection|connection has been closed|terminating connection|deadlock|database is locked"
    r"|(lock|statement) timeout|too many (clients|connections)|read-only transaction|read-only mode"
    r"|(shutting|starting) (down|up)|disk (is )?full|disk I/O|No space left|out of memory",
    re.IGNORECASE,
)


class SessionEnded(Exception):
    """The server does not know this session, or not these credentials; nothing was carried out."""


class RecordChanged(HisUnavailable):
    """Somebody else changed the record since it was read; nothing was written."""


@dataclass(frozen=True, slots=True)
class Session:
    """What a login gave: who is calling, and the key that says so."""

    user: str
    user_id: int
    key: str

    def authorization(self) -> str:
        """The value of the Authorization header."""
        return "Session " + base64.b64encode(f"{self.user}:{self.user_id}:{self.key}".encode()).decode()


def encode_call(number: int, method: str, parameters: Sequence[object]) -> bytes:
    """One call; `number` comes back with its answer."""
    call = {"id": number, "method": method, "params": list(parameters)}
    return json.dumps(call, ensure_ascii=False, allow_nan=False).encode()


def read_answer(number: int, method: str, status: int, body: bytes, retry_after_s: float | None) -> object:
    """The result of the call `number`; `retry_after_s` is how long the server asked to be left alone, if it did.

    Raises SessionEnded, HisUnavailable (the same call may do better later) or HisRejected. Their texts have statuses
    and the kinds of errors, never the server's prose: it may quote people.
    """
    if status == 401:
        raise SessionEnded
    if status != 200:
        if status in _REFUSED:
            raise HisRejected(f"{method}: {status}")
        raise HisUnavailable(f"{method}: {status}", retry_after_s)
    try:
        untrusted = json.loads(body)
    except (ValueError, RecursionError):
        raise HisUnavailable(f"{method}: the answer is not JSON") from None
    if not isinstance(untrusted, dict) or untrusted.get("id") != number:
        raise HisUnavailable(f"{method}: not the answer to this call")
    if "error" in untrusted:
        raise _error(method, untrusted["error"])
    if "result" not in untrusted:
        raise HisUnavailable(f"{method}: an answer without a result")
    return untrusted["result"]


def read_session(user: str, untrusted: object) -> Session:
    """The session in the result of `common.db.login`."""
    match untrusted:
        case [int(user_id), str(key), *_]:
            return Session(user, user_id, key)
    raise HisUnavailable("common.db.login: not a session")


def read_records(method: str, fields: Sequence[str], untrusted: object) -> list[Record]:
    """The records in the result of `search_read`: each with its id and the fields that were asked for.

    A field of another record, written `party.ref`, lies in a dict of its own (`party.`) and is not looked for.
    """
    own = [name for name in fields if "." not in name]
    if not isinstance(untrusted, list) or not all(_is_record(one, own) for one in untrusted):
        raise HisUnavailable(f"{method}: not a list of records")
    return untrusted


def moment(at: datetime) -> Json:
    """A point in time as the server keeps it, in UTC; ValueError without a zone."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    utc = at.astimezone(UTC)
    clock = {"hour": utc.hour, "minute": utc.minute, "second": utc.second, "microsecond": 0}
    return {**_calendar("datetime", utc), **clock}


def read_moment(untrusted: object) -> datetime | None:
    """What `moment` writes; None for anything else."""
    if not isinstance(untrusted, dict) or untrusted.get("__class__") != "datetime":
        return None
    try:
        year, month, day_of_month, hour, minute = (untrusted[name] for name in _TO_THE_MINUTE)
        return datetime(year, month, day_of_month, hour, minute, untrusted.get("second", 0), tzinfo=UTC)
    except (KeyError, TypeError, ValueError):
        return None


def day(on: date) -> Json:
    return _calendar("date", on)


def binary(content: bytes) -> Json:
    return {"__class__": "bytes", "base64": base64.b64encode(content).decode()}


def _is_record(untrusted: object, fields: Sequence[str]) -> bool:
    return (
        isinstance(untrusted, dict) and type(untrusted.get("id")) is int and all(name in untrusted for name in fields)
    )


def _calendar(kind: str, on: date) -> Json:
    return {"__class__": kind, "year": on.year, "month": on.month, "day": on.day}


def _error(method: str, untrusted: object) -> HisUnavailable | HisRejected:
    parts = untrusted if isinstance(untrusted, list) and untrusted else [untrusted]
    match parts[0]:
        case "ConcurrencyException":
            return RecordChanged(f"{method}: somebody else changed the record")
        case "UserError" | "UserWarning" | "LoginException" as kind:
            return HisRejected(f"{method}: {kind}")
        case str(prose) if _INFRASTRUCTURE.search(prose):
            return HisUnavailable(f"{method}: the server's database is in trouble")
    # What is left is the text of a Python exception. It would come again, and other visits wait behind this one.
    return HisRejected(f"{method}: an error inside the server")
