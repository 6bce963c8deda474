"""A FHIR server tried step by step: address, clock, token, search, what it says it can do, and our resources."""

from __future__ import annotations

import email.utils
import json
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from kiosk.adapters.his.access_tokens import NoTokens
from kiosk.adapters.his.fixes import SETTING, TLS, Fixes, fix_of
from kiosk.adapters.his.http_exchange import Answer
from kiosk.domain.errors import HisLockedOut, HisRejected, HisUnavailable
from kiosk.domain.self_test import Check, Verdict
from kiosk.wire.fhir_answers import judge
from kiosk.wire.fhir_capabilities import Capabilities, complaints, read_capabilities
from kiosk.wire.fhir_keys import Json

if TYPE_CHECKING:
    from kiosk.adapters.his.fhir import FhirHis

CLOCK_S = 60.0
"""Farther apart than this, assertions and certificates begin to be refused."""

_FIXES: Fixes = (
    *SETTING,
    *TLS,
    ("invalid_client", "let the hospital register his.client_id with the public key of his.client_key_file"),
    ("invalid_scope", "ask for less in his.scope, or let the hospital allow what is missing"),
    ("token endpoint", "look at his.client_id, his.client_key_file, his.scope and the clock"),
    ("401", "look at his.token_file or his.client_id: the server does not know this kiosk"),
    ("403", "let the hospital allow this kiosk to create and to find what a visit consists of"),
    ("404", "correct his.url: it is the base address, under which /metadata lies"),
    ("_tag", "let the hospital switch on searching by _tag: without it visits would be doubled"),
)
_HTTPS = "let his.url begin with https://"
_NO_ANSWER = "look at the network, the firewall and his.url"


def examine(his: FhirHis, bundles: Sequence[Json]) -> Iterator[Check]:
    """Stops at the first step without which the others say nothing."""
    if his.base.startswith("http://"):
        yield Check("tls", Verdict.WARN, "the address begins with http: everybody on the way can read visits", _HTTPS)
    answer, check = _tried("address", lambda: his.ask_openly("/metadata"))
    if answer is not None:
        yield Check("address", Verdict.OK, f"{his.base} answers")
        yield from _clock(answer)
    else:
        yield check
        return
    for name, step in (("token", his.tokens.token), ("search", his.check)):
        if name == "token" and isinstance(his.tokens, NoTokens):
            continue
        _, check = _tried(name, step)
        yield check
        if check.verdict is Verdict.FAIL:
            return
    yield from _abilities(his, bundles)


def _abilities(his: FhirHis, bundles: Sequence[Json]) -> Iterator[Check]:
    resources = [entry["resource"] for bundle in bundles for entry in bundle["entry"]]
    kinds = sorted({resource["resourceType"] for resource in resources})
    answer, check = _tried("metadata", lambda: his.ask("GET", "/metadata"))
    can = read_capabilities(_json(answer), kinds) if answer is not None else None
    if can is None:
        yield check if answer is None else Check("metadata", Verdict.WARN, "no CapabilityStatement: nothing to compare")
        return
    yield _version(can)
    if can.lacks:
        fix = "let the hospital switch it on; a server may be able to do more than it says"
        yield Check("can", Verdict.WARN, f"does not name: {', '.join(can.lacks)}", fix)
    else:
        yield Check("can", Verdict.OK, f"transactions, and {len(kinds)} types of resource to create and to find")
    yield from _validated(his, resources, can)


def _version(can: Capabilities) -> Check:
    verdict = Verdict.OK if can.is_r4 else Verdict.FAIL
    fix = "" if can.is_r4 else "name the R4 address of the server in his.url"
    return Check("version", verdict, f"FHIR {can.version or 'not named'}, {can.software}", fix)


def _validated(his: FhirHis, resources: Sequence[Json], can: Capabilities) -> Iterator[Check]:
    """A made-up visit checked by the server itself, which keeps nothing of it."""
    asked = [resource for resource in resources if resource["resourceType"] in can.validates]
    if not asked:
        yield Check("validate", Verdict.WARN, "not offered: the first visit will show it")
        return
    wrong: dict[str, str] = {}
    for resource in asked:
        kind = resource["resourceType"]
        answer, check = _tried("validate", partial(_ask_to_validate, his, resource))
        if answer is None:
            yield check
            return
        found = complaints(_json(answer))
        problem = judge(answer.status, answer.body)
        if found or problem is not None:
            wrong.setdefault(kind, "; ".join(found) or (problem.text if problem else ""))
    if wrong:
        told = ", ".join(f"{kind}: {why}" for kind, why in sorted(wrong.items()))
        yield Check("validate", Verdict.FAIL, told, "give this line to the makers of the server and of the kiosk")
    else:
        yield Check("validate", Verdict.OK, f"{len(asked)} resources of a made-up visit are valid, nothing was kept")


def _ask_to_validate(his: FhirHis, resource: Json) -> Answer:
    body = {"resourceType": "Parameters", "parameter": [{"name": "resource", "resource": resource}]}
    return his.ask("POST", f"/{resource['resourceType']}/$validate", json.dumps(body, ensure_ascii=False).encode())


def _clock(answer: Answer) -> Iterator[Check]:
    try:
        theirs = email.utils.parsedate_to_datetime(answer.headers.get("date", "")).timestamp()
    except ValueError:
        return
    apart = time.time() - theirs
    if abs(apart) > CLOCK_S:
        yield Check("clock", Verdict.FAIL, f"{apart:+.0f} s from the server's", "set both by NTP")
    else:
        yield Check("clock", Verdict.OK, "as the server's")


def _tried(name: str, step: Callable[[], object]) -> tuple[Answer | None, Check]:
    """What a step answered, and what to say of it."""
    try:
        done = step()
    except (HisUnavailable, HisRejected) as error:
        said = str(error)
        known = fix_of(said, _FIXES, _NO_ANSWER)
        if isinstance(error, HisLockedOut) or name != "address":
            return None, Check(name, Verdict.FAIL, said, known)
        return None, Check(name, Verdict.FAIL, f"no answer: {said}", _NO_ANSWER)
    return done if isinstance(done, Answer) else None, Check(name, Verdict.OK, "works")


def _json(answer: Answer) -> object:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
