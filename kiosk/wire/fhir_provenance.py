"""Which software and which model wrote what, and that it was written (FHIR R4 Provenance and AuditEvent)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.domain.encounter import Encounter
from kiosk.domain.generation import ModelMark
from kiosk.wire.fhir_keys import TERMINOLOGY, Json, Keys, clean, concept, instant, kiosk

_DICOM = "http://dicom.nema.org/resources/ontology/DCM"


@dataclass(frozen=True, slots=True)
class Makers:
    """`version` is that of this software; `model` the one that read the words, None while there is none."""

    version: str = ""
    model: ModelMark | None = None


UNKNOWN_MAKERS = Makers()


def provenance(visit: Encounter, keys: Keys, makers: Makers, kind: str, targets: Sequence[str]) -> Json:
    """What made the resources with these fullUrls: this software by its rules, from the patient's answers."""
    return {
        "resourceType": "Provenance",
        "meta": keys.meta(kind),
        "target": [{"reference": target} for target in targets],
        "recorded": instant(visit.arrived_at),
        "activity": concept(f"{TERMINOLOGY}/v3-DataOperation", "CREATE"),
        "agent": [_agent("assembler", _software(visit, keys, makers))],
    }


def model_provenance(visit: Encounter, keys: Keys, makers: Makers, kind: str, targets: Sequence[str]) -> Json:
    """The same for what a language model read in the patient's words, confirmed or not: the model is its author."""
    made = provenance(visit, keys, makers, kind, targets)
    words = {"role": "source", "what": keys.across("QuestionnaireResponse", "answers")}
    return {**made, "agent": [_agent("author", _model(keys, makers.model)), *made["agent"]], "entity": [words]}


def audit_event(visit: Encounter, keys: Keys) -> Json:
    """The kiosk wrote this visit because the patient wanted it to."""
    machine, patient = kiosk(visit, keys), keys.across("Patient", "patient")
    return {
        "resourceType": "AuditEvent",
        "meta": keys.meta("audit"),
        "type": {"system": f"{TERMINOLOGY}/audit-event-type", "code": "rest", "display": "RESTful Operation"},
        "subtype": [{"system": "http://hl7.org/fhir/restful-interaction", "code": "transaction"}],
        "action": "C",
        "recorded": instant(visit.arrived_at),
        "outcome": "0",
        "purposeOfEvent": [concept(f"{TERMINOLOGY}/v3-ActReason", "TREAT")],
        "agent": [
            {"type": concept(_DICOM, "110153", "Source Role ID"), "who": machine, "requestor": False},
            {"who": patient, "requestor": True},
        ],
        "source": {
            "observer": machine,
            "type": [{"system": f"{TERMINOLOGY}/security-source-type", "code": "1", "display": "User Device"}],
        },
        "entity": [
            {
                "what": patient,
                "type": {"system": f"{TERMINOLOGY}/audit-entity-type", "code": "1", "display": "Person"},
                "role": {"system": f"{TERMINOLOGY}/object-role", "code": "1", "display": "Patient"},
            },
            {
                "what": keys.across("Encounter", "encounter"),
                "type": {"system": f"{TERMINOLOGY}/audit-entity-type", "code": "2", "display": "System Object"},
            },
        ],
    }


def _agent(role: str, who: Json) -> Json:
    return {"type": concept(f"{TERMINOLOGY}/provenance-participant-type", role), "who": who}


def _software(visit: Encounter, keys: Keys, makers: Makers) -> Json:
    machine = kiosk(visit, keys)
    return {**machine, "display": f"{machine['display']}, Daozhen {makers.version}"} if makers.version else machine


def _model(keys: Keys, model: ModelMark | None) -> Json:
    """A logical reference to the model by the digest of its file; a model on a server has a name only."""
    name = clean(model.name) if model else ""
    if model is None or not (name or model.sha256):
        return {"type": "Device", "display": "语言模型 a language model, not named"}
    value = f"sha256:{model.sha256}" if model.sha256 else name
    reference = {"type": "Device", "identifier": {"system": keys.system("model"), "value": value}}
    return {**reference, "display": f"语言模型 language model {name}".strip()}
