"""A hospital system that speaks FHIR R4 over HTTP."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from urllib.parse import urlencode

import httpcore

from kiosk.adapters.his import fhir_appointments
from kiosk.adapters.his.access_tokens import BackendClient, BackendServices, FileTokens, NoTokens, Tokens
from kiosk.adapters.his.changes import change_in
from kiosk.adapters.his.fhir_booking import SLOT_TAKEN, with_slot_claimed
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
from kiosk.wire.fhir_answers import (
    Problem,
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
from kiosk.wire.fhir_answers import Verdict as Answered
from kiosk.wire.fhir_keys import Json
from kiosk.wire.fhir_schedules import ACTORS
from kiosk.wire.site_mapping import SiteMapping

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
FOR_SCHEDULES = ("Slot.rus", "Schedule.rs", *(f"{kind}.rs" for kind in ACTORS))
"""Rights for reading schedules and booking in them."""
_CHECK_SEARCH = "/Encounter?_count=1&_tag=urn:daozhen:check|check"
FHIR_JSON = "application/fhir+json"
_VERIFIED = ("Patient", "Encounter")
"""Searched again after sending: a server whose conditions lose a race has doubled these."""
_GONE = (404, 410)
_CHANGED = (409, 412, *_GONE)
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
        asked = [f"{resource}.{'crus' if resource in CHANGED else 'crs'}" for resource in WRITTEN]
        asked += FOR_SCHEDULES if settings.schedules else ()
        scope = settings.scope or " ".join(f"system/{right}" for right in asked)
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
        count = matches(self.fetch("GET", _CHECK_SEARCH))
        if count is None:
            raise HisUnavailable("a search is answered with something else")
        if count > 0:
            raise HisLockedOut("the server does not search by _tag: it finds what nobody has sent")

    def deliver(self, key: str, payload: bytes) -> None:
        for problem in self.confirm([self.send(key, payload)]):
            if problem is not None:
                raise problem

    def send(self, key: str, payload: bytes) -> tuple[str, ...]:
        """As services.ports.ConfirmingHis; the receipt is the searches that must find one resource each, and what
        else is wrong with it."""
        change = change_in(payload)
        if change is not None:
            with self._one_at_a_time:
                fhir_appointments.tell(self, change, self.translated(fhir.encode(change.visit)))
            return ()
        with self._one_at_a_time:
            # A visit whose time went to somebody else is delivered all the same: the patient is there.
            bundles, is_taken = with_slot_claimed(self, self.with_patient(self.translated(payload)))
            known: dict[str, str] = {}
            for bundle in bundles:
                known |= self.transact(with_references(bundle, known))
        searches = (search for bundle in bundles for search in fhir.conditions(bundle).values())
        receipt = tuple(search for search in searches if _type_and_tag(search)[0] in _VERIFIED)
        return (*receipt, SLOT_TAKEN) if is_taken else receipt

    def confirm(self, receipts: Sequence[tuple[str, ...]]) -> list[HisUnavailable | HisRejected | None]:
        """As services.ports.ConfirmingHis. Only what a search for all of them does not show once is asked for alone."""
        once = self._found_once([search for receipt in receipts for search in receipt]) if len(receipts) > 1 else set()
        said: list[HisUnavailable | HisRejected | None] = []
        for receipt in receipts:
            try:
                for search in receipt:
                    if search == SLOT_TAKEN:
                        raise HisRejected(SLOT_TAKEN)
                    if search not in once:
                        self._verify(search)
                said.append(None)
            except HisRejected as error:
                said.append(error)
            except HisUnavailable as error:
                return [*said, error]
        return said

    def translated(self, payload: bytes) -> tuple[Json, ...]:
        """The transactions as this hospital wants them. Raises HisRejected, or HisLockedOut for a wrong mapping."""
        return self._mapping.translated(payload)

    def mapping(self) -> SiteMapping:
        """As it is in force now; raises HisLockedOut for a wrong one."""
        return self._mapping.in_force()

    def with_patient(self, bundles: Sequence[Json]) -> Sequence[Json]:
        """The transactions with a patient of their own where the record that they name is not there.

        Merged or deleted meanwhile, or never arrived: asked for by a condition that finds nothing, a new patient would
        be made with every repetition.
        """
        borrowed = fhir.borrowed_patient(bundles)
        return fhir.with_own_patient(bundles) if borrowed and not self._count(borrowed) else bundles

    def ask(
        self, method: str, path: str, body: bytes | None = None, *, content: str = FHIR_JSON, if_match: str = ""
    ) -> Answer:
        """One exchange with a sound token, whatever comes back; `content` is the media type of `body`.

        Raises HisUnavailable or HisLockedOut.
        """
        answer = self._exchange.send(method, self.base + path, self._headers(body, content, if_match), body)
        if answer.status == 401:
            self.tokens.refused()
            if not isinstance(self.tokens, NoTokens):
                answer = self._exchange.send(method, self.base + path, self._headers(body, content, if_match), body)
        return answer

    def ask_openly(self, path: str) -> Answer:
        """The same without a token, for what is open to everybody."""
        return self._exchange.send("GET", self.base + path, {"Accept": FHIR_JSON})

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

    def transact(self, bundle: Json) -> dict[str, str]:
        """Send one transaction; what the server calls each of its resources, by the search that finds it."""
        response = self.fetch("POST", "", json.dumps(bundle, ensure_ascii=False).encode())
        conditions = fhir.conditions(bundle)
        _raise_worst(check_response(response, len(conditions)))
        assert isinstance(response, dict)  # noqa: S101 - check_response() has looked
        found = zip(conditions.values(), locations(response), strict=True)
        return {found_by: location for found_by, location in found if location is not None}

    def _found_once(self, searches: Sequence[str]) -> set[str]:
        """Those that one search for all of a type shows to be there once. Not every server takes a list of values."""
        once: set[str] = set()
        for resource in _VERIFIED:
            tags = [tag for kind, tag in map(_type_and_tag, searches) if kind == resource and tag]
            try:
                answer = self.fetch("GET", _searched(resource, "_tag", ",".join(tags), 2 * len(tags)))
            except (HisUnavailable, HisRejected):
                continue
            # On another page there could be one of them a second time.
            found = Counter(() if has_more(answer) else tags_found(answer))
            once |= {f"{resource}?_tag={tag}" for tag in tags if found[tag] == 1}
        return once

    def _verify(self, search: str) -> None:
        resource, count = search.partition("?")[0], self._count(search)
        if count == 0:
            raise HisUnavailable(f"{resource} is not found after it was sent")
        if count > 1:
            raise HisRejected(f"{resource} is there more than once")

    def _count(self, search: str) -> int:
        """How many resources a search such as `Patient?_id=12` finds, two being enough to know."""
        resource, _, condition = search.partition("?")
        name, _, value = condition.partition("=")
        count = matches(self.fetch("GET", _searched(resource, name, value, 2)))
        if count is None:
            raise HisUnavailable(f"a search for {resource} is answered with something else")
        return count

    def fetch(self, method: str, path: str, body: bytes | None = None, *, content: str = FHIR_JSON) -> object:
        """The JSON of one exchange that is taken; raises as `succeed`."""
        return document(self.succeed(method, path, body, content=content).body)

    def read(self, reference: str) -> Json | None:
        """A resource such as `Slot/12` as it is now; None when it is there no more. Raises as `succeed`."""
        answer = self.succeed("GET", f"/{reference}", but=_GONE)
        if answer.status in _GONE:
            return None
        resource = document(answer.body)
        if not isinstance(resource, dict) or f"{resource.get('resourceType')}/{resource.get('id')}" != reference:
            raise HisUnavailable(f"{reference.partition('/')[0]} is answered with something else")
        return resource

    def write(self, before: Json, after: Json) -> bool:
        """Change a resource that was read; False when somebody else changed or removed it since. Raises as `succeed`,
        and HisRejected for one without a version: nobody could tell then who was quicker."""
        meta, kind = before.get("meta"), before["resourceType"]
        version = meta.get("versionId") if isinstance(meta, dict) else None
        if not version:
            raise HisRejected(f"{kind} has no version, so it cannot be changed safely")
        body = json.dumps(after, ensure_ascii=False).encode()
        answer = self.succeed("PUT", f"/{kind}/{before['id']}", body, if_match=f'W/"{version}"', but=_CHANGED)
        return answer.status not in _CHANGED

    def succeed(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        *,
        content: str = FHIR_JSON,
        if_match: str = "",
        but: Collection[int] = (),
    ) -> Answer:
        """One exchange that is taken, or answered with a status in `but`.

        Raises HisUnavailable, HisLockedOut or HisRejected.
        """
        answer = self.ask(method, path, body, content=content, if_match=if_match)
        problem = judge(answer.status, answer.body)
        if problem is None or answer.status in but:
            return answer
        if problem.verdict is Answered.REFUSED and method == "POST" and answer.status in {400, 422}:
            self._check_it_is_well(problem)
        raise error_of(problem, retry_after_s(answer.headers))

    def _check_it_is_well(self, problem: Problem) -> None:
        """Some servers call their own failures a bad request; one that answers nothing else either is not well."""
        try:
            self.check()
        except HisRejected as error:
            raise HisUnavailable(f"{problem.text}, and a plain search the same") from error

    def _headers(self, body: bytes | None, content: str, if_match: str) -> dict[str, str]:
        headers = {"Accept": FHIR_JSON, "Prefer": "return=minimal"}
        if body is not None:
            headers["Content-Type"] = content
        if if_match:
            headers["If-Match"] = if_match
        token = self.tokens.token()
        return headers if token is None else {**headers, "Authorization": f"Bearer {token}"}


def _type_and_tag(search: str) -> tuple[str, str]:
    """The tag is empty for a search by something else."""
    resource, _, condition = search.partition("?")
    name, _, value = condition.partition("=")
    return resource, value if name == "_tag" else ""


def _searched(resource: str, name: str, value: str, count: int) -> str:
    return f"/{resource}?{urlencode({name: value, '_count': count})}"


def _raise_worst(problems: tuple[Problem, ...]) -> None:
    """What no other try would mend must be seen; anything else is worth another."""
    for problem in sorted(problems, key=lambda one: _WORST_FIRST.index(one.verdict)):
        raise error_of(problem)
