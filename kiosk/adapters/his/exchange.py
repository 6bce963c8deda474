"""One HTTP exchange that ends: bounded in time and in length, whatever the other side does."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from kiosk.domain.errors import HisUnavailable

_LONGEST_ANSWER = 8_000_000
_LONGEST_PAUSE_S = 3600.0


@dataclass(frozen=True, slots=True)
class Answer:
    """`retry_after_s` is how long the server asked to be left alone, None when it did not."""

    status: int
    retry_after_s: float | None
    body: bytes


def post(client: httpx.Client, url: str, body: bytes, headers: Mapping[str, str], timeout_s: float) -> Answer:
    """Post and read the answer within `timeout_s`; HisUnavailable when that does not work out."""
    deadline = time.monotonic() + timeout_s
    try:
        with client.stream("POST", url, content=body, headers=dict(headers)) as response:
            content = bytearray()
            for chunk in response.iter_bytes():
                content += chunk
                # Each read has its own time limit; a server that drips would take for ever.
                if time.monotonic() > deadline or len(content) > _LONGEST_ANSWER:
                    raise HisUnavailable("the answer does not end")
            asked = retry_after(response.headers.get("retry-after", ""), datetime.now(UTC))
            return Answer(response.status_code, asked, bytes(content))
    except httpx.HTTPError as error:
        raise HisUnavailable(type(error).__name__) from error


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds of a Retry-After header in either of its forms (RFC 9110, 10.2.3); None without a sound one."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        seconds = float(value)
    else:
        try:
            at = email.utils.parsedate_to_datetime(value)
        except ValueError:
            return None
        seconds = (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - now.timestamp()
    return min(max(seconds, 0.0), _LONGEST_PAUSE_S)
