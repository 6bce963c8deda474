"""A hospital system that speaks FHIR R4 over HTTP."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from urllib.parse import urlencode

import httpcore

from kiosk.adapters.his import fhir_appointments
from kiosk.adapters.his.access_tokens import BackendClient, BackendServices, FileTokens, NoTokens, Tokens
from kiosk.adapters.his.changes import change_in
from kiosk.adapters.his.fhir_check import examine
from kiosk.adapters.his.http_exchange import Answer, HttpExchange
from kiosk.adapters.his.mapping_file import MappingFile
from kiosk.adapters.his.previews import transactions_shown
from kiosk.adapters.his.retry_after import retry_after_s
from kiosk.adapters.his.tls import TlsFiles
from kiosk.config import HisSettings
from kiosk.domain.errors import ConfigError, HisLockedOut, HisRejected, HisUnavailable
from kiosk.domain.self_test import Check, Preview, Verdict
from kiosk.wire import fhir
from kiosk.wire.fhir_answers import Problem, check_response, judge, locations, matches, with_references
from kiosk.wire.fhir_answers import Verdict as Answered
from kiosk.wire.fhir_keys import Json

WRITTEN = (
    "Patient",
    "Encounter",
    "Appointment",
    "Observation",
    "Task",
    "Composition",
    "Consent",
    "Provenance",
    "QuestionnaireResponse",
    "Coverage",
    "AuditEvent",
)
"""The resource types that a visit may consist of."""

CHANGED = ("Appointment", "Encounter")
"""Those that a later change of the visit updates."""

_CHECK_SEARCH = "/Encounter?_count=1&_tag=urn:daozhen:check|check"
_JSON = "application/fhir+json"
_VERIFIED = ("Patient", "Encounter")
"""Searched again after sending: a server whose conditions lose a race has doubled these."""
_WORST_FIRST = (Answered.LOCKED_OUT, Answered.REFUSED, Answered.LATER)


def make_fhir_his(settings: HisSettings) -> FhirHis:
    """From the settings of `[his]`; raises ConfigError. Files that they name are read when they are needed."""
    base = settings.url.rstrip("/")
    try:
        httpcore.URL(base)
    except (ValueError, UnicodeError) as error:
        raise ConfigError("his.url", "is no address") from error
    exchange = HttpExchange(settings.timeout_s, TlsFiles.of(settings))
    return FhirHis(base, exchange, _tokens(settings, base, exchange), MappingFile(settings.mapping))


def _tokens(settings: HisSettings, base: str, exchange: HttpExchange) -> Tokens:
    if settings.client_id:
        scope = settings.scope or " ".join(
            f"system/{resource}.{'crus' if resource in CHANGED else 'crs'}" for resource in WRITTEN
        )
        key = (settings.client_key_file, settings.client_key_id)
        return BackendServices(exchange, base, BackendClient(settings.client_id, *key, settings.token_url, scope))
    return FileTokens(settings.token_file) if settings.token_file else NoTokens()


class FhirHis:
    """services.ports.His over the base address of a FHIR R4 server. Only one visit is sent at a time."""

    def __init__(self, base: str, exchange: HttpExchange, tokens: Tokens, mapping: MappingFile) -> None:
        self.base = base
        self.tokens = tokens
        self._exchange = exchange
        self._mapping = mapping
        self._one_at_a_time = threading.Lock()

    def close(self) -> None:
        self._exchange.close()

    def check(self) -> None:
        """A search that needs the token and the database and finds nothing, unless the server reads no `_tag`."""
        count = matches(_document(self._succeed("GET", _CHECK_SEARCH)))
        if count is None:
            raise HisUnavailable("a search is answered with something else")
        if count > 0:
            raise HisLockedOut("the server does not search by _tag: it finds what nobody has sent")

    def deliver(self, key: str, payload: bytes) -> None:
        change = change_in(payload)
        if change is not None:
            bundles = self.translated(fhir.encode(change.visit))
            with self._one_at_a_time:
                fhir_appointments.tell(self.ask, change, bundles)
            return
        bundles = self.translated(payload)
        with self._one_at_a_time:
            known: dict[str, str] = {}
            for bundle in bundles:
                known |= self._send(with_references(bundle, known))
            self._verify([found_by for bundle in bundles for found_by in fhir.conditions(bundle).values()])

    def translated(self, payload: bytes) -> tuple[Json, ...]:
        """The transactions as this hospital wants them. Raises HisRejected, or HisLockedOut for a wrong mapping."""
        return self._mapping.translated(payload)

    def ask(self, method: str, path: str, body: bytes | None = None, *, if_match: str = "") -> Answer:
        """One exchange with a sound token, whatever comes back. Raises HisUnavailable or HisLockedOut."""
        more = {"If-Match": if_match} if if_match else {}
        answer = self._exchange.send(method, self.base + path, self._headers(body) | more, body)
        if answer.status == 401:
            self.tokens.refused()
            if not isinstance(self.tokens, NoTokens):
                answer = self._exchange.send(method, self.base + path, self._headers(body) | more, body)
        return answer

    def ask_openly(self, path: str) -> Answer:
        """The same without a token, for what is open to everybody."""
        return self._exchange.send("GET", self.base + path, {"Accept": _JSON})

    def examine(self, payload: bytes) -> Iterator[Check]:
        """As services.ports.HisTools."""
        try:
            bundles = self.translated(payload)
        except (HisRejected, HisUnavailable) as error:
            yield Check("mapping", Verdict.FAIL, str(error), "correct the line that is named")
            return
        yield from examine(self, bundles)

    def preview(self, payload: bytes) -> Preview:
        """As services.ports.HisTools."""
        return transactions_shown(self.translated(payload))

    def _send(self, bundle: Json) -> dict[str, str]:
        """Send one transaction; what the server calls each of its resources, by the search that finds it."""
        response = _document(self._succeed("POST", "", json.dumps(bundle, ensure_ascii=False).encode()))
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
        count = matches(_document(self._succeed("GET", f"/{resource}?{urlencode({'_tag': tag, '_count': 2})}")))
        if count is None or count == 0:
            raise HisUnavailable(f"{resource} is not found after it was sent")
        if count > 1:
            raise HisRejected(f"{resource} is there more than once")

    def _succeed(self, method: str, path: str, body: bytes | None = None) -> Answer:
        answer = self.ask(method, path, body)
        problem = judge(answer.status, answer.body)
        if problem is None:
            return answer
        if problem.verdict is Answered.REFUSED and method == "POST" and answer.status in {400, 422}:
            self._check_it_is_well(problem)
        raise _error(problem, retry_after_s(answer.headers))

    def _check_it_is_well(self, problem: Problem) -> None:
        """Some servers call their own failures a bad request; one that answers nothing else either is not well."""
        try:
            self.check()
        except HisRejected as error:
            raise HisUnavailable(f"{problem.text}, and a plain search the same") from error

    def _headers(self, body: bytes | None) -> dict[str, str]:
        headers = {"Accept": _JSON, "Prefer": "return=minimal"}
        if body is not None:
            headers["Content-Type"] = _JSON
        token = self.tokens.token()
        return headers if token is None else {**headers, "Authorization": f"Bearer {token}"}


def _document(answer: Answer) -> object:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise HisUnavailable("the answer is not JSON") from error


def _raise_worst(problems: tuple[Problem, ...]) -> None:
    """What no other try would mend must be seen; anything else is worth another."""
    for problem in sorted(problems, key=lambda one: _WORST_FIRST.index(one.verdict)):
        raise _error(problem, None)


def _error(problem: Problem, pause_s: float | None) -> HisUnavailable | HisRejected:
    match problem.verdict:
        case Answered.REFUSED:
            return HisRejected(problem.text)
        case Answered.LOCKED_OUT:
            return HisLockedOut(problem.text, pause_s)
        case _:
            return HisUnavailable(problem.text, pause_s)
