"""A visit as FHIR R4 transactions (https://hl7.org/fhir/R4/http.html#transaction), and their bytes for the outbox.

Every resource carries a key of ours in `meta.tag` and is created on the condition that nothing has that tag yet, so a
transaction can be sent again. A transaction holds at most eight entries, the most that strict servers take together
with conditions. The first is whole by itself: it has the level, the note and the task of the nurse. Those after it add
the answers, the single findings and who wrote them, and point to the first by conditional references.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from kiosk.domain.encounter import Encounter
from kiosk.domain.findings import Finding, Source, Status
from kiosk.wire import fhir_clinical as clinical
from kiosk.wire import fhir_visit as visit
from kiosk.wire.fhir_answers import with_references
from kiosk.wire.fhir_keys import NO_TERMS, Json, Keys, Terms
from kiosk.wire.fhir_provenance import UNKNOWN_MAKERS, Makers, audit_event, model_provenance, provenance

ENTRY_LIMIT = 8
"""Entries of one transaction; see the module's docstring."""
SYSTEM = "https://daozhen.example/fhir"
"""Where our keys and codes live unless the hospital has a domain of its own for them; nothing is ever fetched there."""

_MakeProvenance = Callable[[Encounter, Keys, Makers, str, Sequence[str]], Json]


def visit_bundles(
    encounter: Encounter, hospital_system: str = SYSTEM, terms: Terms = NO_TERMS, makers: Makers = UNKNOWN_MAKERS
) -> tuple[Json, ...]:
    """The transactions of one visit, in the order in which they must be sent.

    `hospital_system` is the URI under which our keys and codes live. The same encounter by the same makers gives the
    same transactions, byte for byte. ValueError when a time has no zone.
    """
    keys = _keys(encounter, hospital_system)
    told, proposed = _details(encounter, keys, terms)
    parts = [(provenance, part) for part in _parts(told, ENTRY_LIMIT - 1)]
    parts += [(model_provenance, part) for part in _parts(proposed, ENTRY_LIMIT - 1)]
    return (
        _first_bundle(encounter, keys, terms, makers),
        *(_transaction(keys, part | _provenance(encounter, keys, makers, make, part)) for make, part in parts),
    )


def _keys(encounter: Encounter, hospital_system: str) -> Keys:
    """With the condition that finds a patient who is known already."""
    keys, match = Keys(hospital_system, encounter.kiosk, encounter.visit_id), encounter.draft.match
    if match.record:
        return replace(keys, patient_condition=f"_id={match.record}")
    if match.earlier_visit:
        return replace(keys, patient_condition=replace(keys, visit_id=match.earlier_visit).condition("patient"))
    return keys


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


def borrowed_patient(bundles: Sequence[Json]) -> str:
    """The search for a patient whose record was there before this visit, `Patient?_id=12`; empty when it is our own."""
    entry = _patient_entry(bundles)
    if entry is None:
        return ""
    found_by = f"Patient?{entry['request']['ifNoneExist']}"
    return "" if found_by == _own_patient(entry) else found_by


def with_own_patient(bundles: Sequence[Json]) -> tuple[Json, ...]:
    """The same transactions with a patient of their own, for when the record that was found is gone."""
    borrowed, entry = borrowed_patient(bundles), _patient_entry(bundles)
    if not borrowed or entry is None:
        return tuple(bundles)
    own = _own_patient(entry)
    copies = tuple(with_references(bundle, {borrowed: own}) for bundle in bundles)
    made = _patient_entry(copies)
    assert made is not None  # noqa: S101 - it was there a line before
    made["request"]["ifNoneExist"] = own.removeprefix("Patient?")
    return copies


def _patient_entry(bundles: Sequence[Json]) -> Json | None:
    entries = (entry for bundle in bundles for entry in bundle["entry"])
    return next((entry for entry in entries if entry["request"]["url"] == "Patient"), None)


def _own_patient(entry: Json) -> str:
    """The search by this visit's own key, which the resource carries in any case."""
    key = entry["resource"]["meta"]["tag"][0]
    return f"Patient?_tag={key['system']}|{key['code']}"


def _first_bundle(encounter: Encounter, keys: Keys, terms: Terms, makers: Makers) -> Json:
    made = {
        "patient": visit.patient(encounter, keys),
        "encounter": visit.encounter(encounter, keys, terms),
        "appointment": visit.appointment(encounter, keys, terms),
        "level": clinical.level(encounter, keys, terms),
        "task": visit.task(encounter, keys, terms),
        "note": clinical.composition(encounter, keys, terms),
        "consent": visit.consent(encounter, keys),
    }
    there = {kind: resource for kind, resource in made.items() if resource is not None}
    written = [keys.urn(kind) for kind in there]
    return _transaction(keys, there | {"provenance": provenance(encounter, keys, makers, "provenance", written)})


def _details(encounter: Encounter, keys: Keys, terms: Terms) -> tuple[dict[str, Json], dict[str, Json]]:
    """What the later transactions add, by kind, most telling first: from the patient, and what a model read first."""
    made = {
        "answers": clinical.questionnaire_response(encounter, keys, terms),
        "coverage": visit.coverage(encounter, keys),
        **clinical.vital_observations(encounter, keys),
    }
    told = {kind: resource for kind, resource in made.items() if resource is not None}
    proposed: dict[str, Json] = {}
    for finding in sorted(encounter.draft.findings, key=_telling):
        group = proposed if finding.source is Source.MODEL or finding.read_by_model else told
        group[f"finding-{finding.code}"] = clinical.finding_observation(encounter, keys, terms, finding)
    told["audit"] = audit_event(encounter, keys)
    return told, proposed


def _provenance(
    encounter: Encounter, keys: Keys, makers: Makers, make: _MakeProvenance, part: Mapping[str, Json]
) -> dict[str, Json]:
    """The provenance of one later transaction; its key is that of the first resource in it."""
    kind = f"provenance-{next(iter(part))}"
    return {kind: make(encounter, keys, makers, kind, [keys.urn(name) for name in part])}


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


def _parts(made: Mapping[str, Json], size: int) -> Iterator[dict[str, Json]]:
    kinds = list(made)
    for start in range(0, len(kinds), size):
        yield {kind: made[kind] for kind in kinds[start : start + size]}


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
