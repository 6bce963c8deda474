"""What a FHIR server says it can do (R4 CapabilityStatement) against what a visit needs of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kiosk.wire.fhir_answers import issues_of

VALIDATE = "validate"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a server offers. `lacks` are whole sentences' ends: "transactions", "creating Task"; empty is everything.

    `validates` are the resource types that it offers to check without keeping them.
    """

    software: str
    version: str
    lacks: tuple[str, ...]
    validates: frozenset[str]

    @property
    def is_r4(self) -> bool:
        return self.version.startswith("4.0") or self.version.startswith("4.3")


def read_capabilities(untrusted: object, types: Collection[str]) -> Capabilities | None:
    """None when this is no CapabilityStatement. A server may be able to do more than it says."""
    if not isinstance(untrusted, dict) or untrusted.get("resourceType") != "CapabilityStatement":
        return None
    software = untrusted.get("software")
    rest = next((one for one in _objects(untrusted.get("rest")) if one.get("mode") == "server"), {})
    resources = {str(one.get("type")): one for one in _objects(rest.get("resource"))}
    everywhere = VALIDATE in _operations(rest)
    return Capabilities(
        software=_words(software if isinstance(software, dict) else {}),
        version=str(untrusted.get("fhirVersion", "")),
        lacks=tuple(_lacks(rest, resources, types)),
        validates=frozenset(kind for kind in types if everywhere or VALIDATE in _operations(resources.get(kind, {}))),
    )


def complaints(outcome: object) -> tuple[str, ...]:
    """What a validation found wrong: issue codes and element paths of errors; empty when there are none."""
    grave = [issue for issue in issues_of(outcome) if issue.get("severity") in {"error", "fatal"}]
    return tuple(f"{issue.get('code', '')} {_place(issue)}".strip() for issue in grave)


def _lacks(
    rest: Mapping[str, object], resources: Mapping[str, Mapping[str, object]], types: Collection[str]
) -> Iterator[str]:
    if not {"transaction", "batch"} & _codes(rest.get("interaction")):
        yield "transactions"
    for kind in types:
        found = resources.get(kind)
        if found is None:
            yield kind
            continue
        done = _codes(found.get("interaction"))
        if "create" not in done:
            yield f"creating {kind}"
        if "search-type" not in done:
            yield f"searching {kind}"
        if found.get("conditionalCreate") is False:
            yield f"conditional creation of {kind}"


def _codes(untrusted: object) -> set[str]:
    return {str(one.get("code")) for one in _objects(untrusted)}


def _operations(untrusted: Mapping[str, object]) -> set[str]:
    return {str(one.get("name")).lstrip("$") for one in _objects(untrusted.get("operation"))}


def _objects(untrusted: object) -> list[Mapping[str, object]]:
    return [one for one in untrusted if isinstance(one, dict)] if isinstance(untrusted, list) else []


def _words(software: Mapping[str, object]) -> str:
    return " ".join(str(software[name])[:60] for name in ("name", "version") if software.get(name)) or "not named"


def _place(issue: Mapping[str, object]) -> str:
    for name in ("expression", "location"):
        paths = issue.get(name)
        if isinstance(paths, list) and paths:
            return str(paths[0])[:120]
    return ""
