"""A visit as FHIR R4 transactions (https://hl7.org/fhir/R4/http.html#transaction), and their bytes for the outbox.

Every resource carries a key of ours in `meta.tag` and is created on the condition that nothing has that tag yet, so a
transaction can be sent again. A transaction holds at most eight entries, the most that strict servers take together
with conditions. The first is whole by itself: it has the level and the note. Those after it add the single findings
and point to the first by conditional references.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from kiosk.domain.encounter import Encounter
from kiosk.domain.findings import Finding, Status
from kiosk.wire import fhir_resources as resources
from kiosk.wire.fhir_keys import NO_TERMS, Json, Keys, Terms

ENTRY_LIMIT = 8
"""Entries of one transaction; see the module's docstring."""
SYSTEM = "https://daozhen.example/fhir"
"""Where our keys and codes live unless the hospital has a domain of its own for them; nothing is ever fetched there."""


def visit_bundles(encounter: Encounter, hospital_system: str = SYSTEM, terms: Terms = NO_TERMS) -> tuple[Json, ...]:
    """The transactions of one visit, in the order in which they must be sent.

    `hospital_system` is the URI under which our keys and codes live. The same encounter gives the same transactions,
    byte for byte. ValueError when a time has no zone.
    """
    keys = Keys(hospital_system, encounter.kiosk, encounter.visit_id)
    first = _first_bundle(encounter, keys, terms)
    findings = sorted(encounter.draft.findings, key=_telling)
    return (first, *(_finding_bundle(encounter, keys, terms, part) for part in _parts(findings, ENTRY_LIMIT - 1)))


def encode(bundles: Sequence[Json]) -> bytes:
    """The outbox payload: a JSON list of transactions in UTF-8."""
    return json.dumps(list(bundles), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def decode(payload: bytes) -> tuple[Json, ...]:
    """ValueError when the bytes are no list of transactions of conditional creations."""
    untrusted = json.loads(payload)
    if not isinstance(untrusted, list) or not untrusted:
        raise ValueError("not a list of transactions")
    for bundle in untrusted:
        _check_transaction(bundle)
    return tuple(untrusted)


def conditions(bundle: Mapping[str, object]) -> dict[str, str]:
    """What each entry of a transaction is found by again: fullUrl to a search such as `Patient?_tag=system|code`."""
    entries = bundle["entry"]
    assert isinstance(entries, list)  # noqa: S101 - decode() has checked it
    return {entry["fullUrl"]: f"{entry['request']['url']}?{entry['request']['ifNoneExist']}" for entry in entries}


def _first_bundle(encounter: Encounter, keys: Keys, terms: Terms) -> Json:
    made = {
        "patient": resources.patient(encounter, keys),
        "encounter": resources.encounter(encounter, keys, terms),
        "appointment": resources.appointment(encounter, keys, terms),
        "answers": resources.questionnaire_response(encounter, keys, terms),
        "level": resources.level(encounter, keys),
        "note": resources.composition(encounter, keys, terms),
        "consent": resources.consent(encounter, keys),
    }
    there = {kind: resource for kind, resource in made.items() if resource is not None}
    there["provenance"] = resources.provenance(encounter, keys, "provenance", [keys.urn(kind) for kind in there])
    return _transaction(keys, there)


def _finding_bundle(encounter: Encounter, keys: Keys, terms: Terms, findings: Sequence[Finding]) -> Json:
    there = {
        f"finding-{finding.code}": resources.finding_observation(encounter, keys, terms, finding)
        for finding in findings
    }
    kind = f"provenance-{findings[0].code}"
    there[kind] = resources.provenance(encounter, keys, kind, [keys.urn(name) for name in there])
    return _transaction(keys, there)


def _transaction(keys: Keys, made: Mapping[str, Json]) -> Json:
    return {"resourceType": "Bundle", "type": "transaction", "entry": [_entry(keys, kind, made[kind]) for kind in made]}


def _entry(keys: Keys, kind: str, resource: Json) -> Json:
    kind_of_resource = resource["resourceType"]
    return {
        "fullUrl": keys.urn(kind),
        "resource": resource,
        "request": {"method": "POST", "url": kind_of_resource, "ifNoneExist": keys.condition(kind)},
    }


def _telling(finding: Finding) -> tuple[int, str]:
    """What is there comes before what is not sure and what is not there; by code between equals."""
    return ((Status.PRESENT, Status.UNSURE, Status.ABSENT).index(finding.status), finding.code)


def _parts(findings: Sequence[Finding], size: int) -> Iterator[Sequence[Finding]]:
    for start in range(0, len(findings), size):
        yield findings[start : start + size]


def _check_transaction(untrusted_bundle: object) -> None:
    if not isinstance(untrusted_bundle, dict) or untrusted_bundle.get("type") != "transaction":
        raise ValueError("not a transaction")
    entries = untrusted_bundle.get("entry")
    if not isinstance(entries, list) or not 1 <= len(entries) <= ENTRY_LIMIT:
        raise ValueError("a transaction of the wrong length")
    for entry in entries:
        request = entry.get("request") if isinstance(entry, dict) else None
        if not isinstance(request, dict) or not isinstance(entry.get("fullUrl"), str):
            raise ValueError("an entry that is no request")
        if request.get("method") != "POST" or not {str} == {type(request.get(k)) for k in ("url", "ifNoneExist")}:
            raise ValueError("an entry that is no conditional creation")
