"""A hospital system that speaks FHIR R4 over HTTP."""

from __future__ import annotations

import email.utils
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import httpx

from kiosk.domain.errors import ConfigError, HisRejected, HisUnavailable
from kiosk.wire import fhir
from kiosk.wire.fhir_answers import Problem, Verdict, check_response, judge, locations, matches, with_references
from kiosk.wire.fhir_keys import Json

_JSON = "application/fhir+json"
_LONGEST_ANSWER = 8_000_000
_LONGEST_PAUSE_S = 3600.0
_VERIFIED = ("Patient", "Encounter")
"""Searched again after sending: a server whose conditions lose a race has doubled these."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class FhirHis:
    """services.ports.His over the base address of a FHIR R4 server.

    `timeout_s` bounds each exchange as a whole. `token_file` has the bearer token; it is read again for every visit
    and after a 401, so that another program can renew it. Only one visit is sent at a time.
    """

    def __init__(self, url: str, timeout_s: float, token_file: Path | None = None) -> None:
        self._base = url.rstrip("/")
        self._timeout_s = timeout_s
        self._token_file = token_file
        self._one_at_a_time = threading.Lock()
        try:
            httpx.URL(self._base)
        except httpx.InvalidURL as error:
            raise ConfigError("his.url", f"is no address: {error}") from error
        # The hospital system is in the house: proxies and passwords of the environment do not apply.
        self._client = httpx.Client(timeout=timeout_s, trust_env=False)

    def close(self) -> None:
        self._client.close()

    def check(self) -> None:
        """A search that needs the token and the database and finds nothing; /metadata needs neither."""
        self._json(self._succeed("GET", "/Encounter?_count=1&_tag=urn:daozhen:check|check"))

    def deliver(self, key: str, payload: bytes) -> None:
        try:
            bundles = fhir.decode(payload)
        except ValueError as error:
            raise HisRejected(f"the payload is no list of transactions: {error}") from error
        with self._one_at_a_time:
            known: dict[str, str] = {}
            for bundle in bundles:
                known |= self._send(with_references(bundle, known))
            self._verify([found_by for bundle in bundles for found_by in fhir.conditions(bundle).values()])

    def _send(self, bundle: Json) -> dict[str, str]:
        """Send one transaction; what the server calls each of its resources, by the search that finds it."""
        body = json.dumps(bundle, ensure_ascii=False).encode()
        response = self._json(self._succeed("POST", "", body))
        conditions = fhir.conditions(bundle)
        _raise_worst(check_response(response, len(conditions)))
        assert isinstance(response, dict)  # noqa: S101 - check_response() has looked
        found = zip(conditions.values(), locations(response), strict=True)
        return {found_by: location for found_by, location in found if location is not None}

    def _verify(self, searches: list[str]) -> None:
        for search in searches:
            resource, _, condition = search.partition("?")
            if resource in _VERIFIED:
                self._verify_one(resource, condition.removeprefix("_tag="))

    def _verify_one(self, resource: str, tag: str) -> None:
        count = matches(self._json(self._succeed("GET", f"/{resource}?{urlencode({'_tag': tag, '_count': 2})}")))
        if count is None or count == 0:
            raise HisUnavailable(f"{resource} is not found after it was sent")
        if count > 1:
            raise HisRejected(f"{resource} is there more than once")

    def _succeed(self, method: str, path: str, body: bytes | None = None) -> _Answer:
        answer = self._exchange(method, path, body)
        if answer.status == 401 and self._token_file is not None:
            answer = self._exchange(method, path, body)
        problem = judge(answer.status, answer.body)
        if problem is None:
            return answer
        if problem.verdict is Verdict.REFUSED and method == "POST" and answer.status in {400, 422}:
            # Some servers call their own failures a bad request. What answers nothing else either is not well.
            self.check()
        raise _error(problem, _retry_after(answer.headers, datetime.now(UTC)))

    def _exchange(self, method: str, path: str, body: bytes | None) -> _Answer:
        deadline = time.monotonic() + self._timeout_s
        try:
            with self._client.stream(method, self._base + path, content=body, headers=self._headers(body)) as response:
                content = bytearray()
                for chunk in response.iter_bytes():
                    content += chunk
                    # Each read has its own time limit; a server that drips would take for ever.
                    if time.monotonic() > deadline or len(content) > _LONGEST_ANSWER:
                        raise HisUnavailable("the answer does not end")
                return _Answer(response.status_code, response.headers, bytes(content))
        except httpx.HTTPError as error:
            raise HisUnavailable(type(error).__name__) from error

    def _headers(self, body: bytes | None) -> dict[str, str]:
        headers = {"Accept": _JSON, "Prefer": "return=minimal"}
        if body is not None:
            headers["Content-Type"] = _JSON
        if self._token_file is not None:
            headers["Authorization"] = f"Bearer {_read_token(self._token_file)}"
        return headers

    @staticmethod
    def _json(answer: _Answer) -> object:
        try:
            return json.loads(answer.body)
        except ValueError as error:
            raise HisUnavailable("the answer is not JSON") from error


def _raise_worst(problems: tuple[Problem, ...]) -> None:
    """A refusal that would be repeated must be seen; anything else is worth another try."""
    for problem in sorted(problems, key=lambda one: one.verdict is not Verdict.REFUSED):
        raise _error(problem, None)


def _error(problem: Problem, retry_after_s: float | None) -> HisUnavailable | HisRejected:
    if problem.verdict is Verdict.REFUSED:
        return HisRejected(problem.text)
    return HisUnavailable(problem.text, retry_after_s)


def _retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds of a Retry-After header in either of its forms (RFC 9110, 10.2.3); None without a sound one."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        seconds = float(value)
    else:
        try:
            at = email.utils.parsedate_to_datetime(value)
        except ValueError:
            return None
        seconds = (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - now.timestamp()
    return min(max(seconds, 0.0), _LONGEST_PAUSE_S)


def _read_token(path: Path) -> str:
    try:
        token = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise HisUnavailable(f"{path} cannot be read: {type(error).__name__}") from error
    # A line break or a letter beyond ASCII cannot travel in a header.
    if not token.isascii() or not token.isprintable() or not token:
        raise HisUnavailable(f"{path} has no token in it")
    return token
