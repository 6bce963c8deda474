"""How long a server asks to be left alone."""

from __future__ import annotations

import email.utils
from collections.abc import Mapping
from datetime import UTC, datetime

LONGEST_PAUSE_S = 3600.0


def retry_after_s(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Seconds of a Retry-After header in either of its forms (RFC 9110, 10.2.3); None without a sound one."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        seconds = float(value[:9])
    else:
        try:
            at = email.utils.parsedate_to_datetime(value)
        except ValueError:
            return None
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        seconds = at.timestamp() - (now or datetime.now(UTC)).timestamp()
    return min(max(seconds, 0.0), LONGEST_PAUSE_S)
