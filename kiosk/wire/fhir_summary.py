"""One line for people about each resource of a visit: what somebody in the hospital will see arrive."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kiosk.wire.fhir_keys import Json


def summary(resource: Json) -> str:
    """What the resource says; its type alone where there is nothing shorter than itself."""
    describe = _BY_TYPE.get(resource.get("resourceType", ""))
    return "" if describe is None else "; ".join(part for part in describe(resource) if part)


def _patient(one: Json) -> tuple[str, ...]:
    phone = one.get("telecom", [{}])[0].get("value", "")
    return one.get("gender", "sex unknown"), one.get("birthDate", "born unknown"), phone


def _encounter(one: Json) -> tuple[str, ...]:
    said = one.get("reasonCode", [{}])[0].get("text", "")
    number = one["identifier"][1]["value"]
    return number, one["status"], one["class"]["code"], concept_text(one["serviceType"]), said


def _appointment(one: Json) -> tuple[str, ...]:
    actors = [part["actor"].get("display", "") for part in one["participant"]]
    return one["status"], f"{one['start']} to {one['end']}", *actors


def _observation(one: Json) -> tuple[str, ...]:
    quantity = one.get("valueQuantity", {})
    value = f"{quantity.get('value', '')} {quantity.get('unit', '')}".strip()
    parts = [
        f"{concept_text(part['code'])} {part['valueQuantity']['value']:g}"
        for part in one.get("component", ())
        if "valueQuantity" in part
    ]
    words = one.get("note", [{}])[0].get("text", "")
    return concept_text(one["code"]), concept_text(one.get("valueCodeableConcept", {})) or value, *parts, words


def _task(one: Json) -> tuple[str, ...]:
    until = one.get("restriction", {}).get("period", {}).get("end", "")
    return one["priority"], concept_text(one["code"]), one["description"], until and f"until {until}"


def _composition(one: Json) -> tuple[str, ...]:
    return one["status"], one["title"], f"{len(one.get('section', ()))} sections"


def _answers(one: Json) -> tuple[str, ...]:
    return (f"{len(one.get('item', ()))} answers",)


def _provenance(one: Json) -> tuple[str, ...]:
    makers = (agent["who"].get("display", "") for agent in one["agent"])
    return f"of {len(one['target'])} resources", *makers


_BY_TYPE: Mapping[str, Callable[[Json], tuple[str, ...]]] = {
    "Patient": _patient,
    "Coverage": lambda one: (one["status"], one["identifier"][0]["value"]),
    "Encounter": _encounter,
    "Appointment": _appointment,
    "Observation": _observation,
    "Task": _task,
    "Composition": _composition,
    "Consent": lambda one: (one["status"], one["dateTime"]),
    "QuestionnaireResponse": _answers,
    "Provenance": _provenance,
    "AuditEvent": lambda one: (one["source"]["observer"]["display"], one["recorded"]),
}


def concept_text(concept: Json) -> str:
    """What people read of a CodeableConcept: the hospital's own word first."""
    first = concept.get("coding", [{}])[0]
    return str(first.get("display") or concept.get("text") or first.get("code", ""))
