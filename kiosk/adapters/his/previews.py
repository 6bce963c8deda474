"""What would be sent, as a table for people and whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from kiosk.domain.self_test import Preview
from kiosk.wire import gnuhealth
from kiosk.wire.fhir_keys import Json
from kiosk.wire.fhir_summary import summary
from kiosk.wire.gnuhealth import HospitalCodes, Places
from kiosk.wire.hl7v2 import Encoding, Segment, read_message
from kiosk.wire.hl7v2_visit import OutgoingMessage
from kiosk.wire.visit_record import VisitRecord


def transactions_shown(bundles: Sequence[Json]) -> Preview:
    """FHIR transactions: one row for each resource."""
    rows = [
        (str(number), entry["resource"]["resourceType"], summary(entry["resource"]))
        for number, bundle in enumerate(bundles, 1)
        for entry in bundle["entry"]
    ]
    return Preview(("transaction", "resource", "what it says"), tuple(rows), list(bundles))


def messages_shown(messages: Sequence[OutgoingMessage], encoding: Encoding) -> Preview:
    """HL7 v2 messages: one row for each segment, its fields by their numbers."""
    read = [(message.kind, read_message(message.content, encoding).segments) for message in messages]
    rows = [(str(kind), segment.name, _fields_of(segment)) for kind, segments in read for segment in segments]
    whole = "\n\n".join("\n".join(segment.text for segment in segments) for _, segments in read)
    return Preview(("message", "segment", "fields"), tuple(rows), whole)


def gnuhealth_shown(visit: VisitRecord, codes: HospitalCodes) -> Preview:
    """GNU Health's records: one row for each field; what becomes an id there is shown as what it is looked for by."""
    patient, appointment = "the patient of this person", "this appointment"
    doctor = visit.practitioner
    looked_for = {
        "patient": patient,
        "speciality": f"code {codes.specialty(visit.department.code)}",
        "healthprof": f"License ID {codes.professional(doctor.code)}" if doctor else None,
        **({"institution": f"code {codes.institution}"} if codes.institution else {}),
    }
    booked = gnuhealth.appointment(visit, codes, 0, Places(), time_taken=False)
    records: dict[str, Json] = {
        gnuhealth.PERSON: gnuhealth.person(visit),
        gnuhealth.APPOINTMENT: {**booked, **looked_for, **gnuhealth.checked_in(visit)},
        gnuhealth.NURSE_NOTE: {**gnuhealth.nurse_note(visit, 0), "patient": patient},
        gnuhealth.ATTACHMENT: {
            **gnuhealth.attachment(visit, 0),
            "resource": appointment,
            "data": "the same text as session_notes",
        },
    }
    plain = {model: {name: _plain(value) for name, value in fields.items()} for model, fields in records.items()}
    rows = [(model, *row) for model, fields in plain.items() for row in _rows("", fields)]
    return Preview(("record", "field", "value"), tuple(rows), plain)


def record_shown(record: VisitRecord) -> Preview:
    """What every hospital system's message is made from, for an adapter that shows nothing of its own."""
    document = asdict(record)
    return Preview(("field", "value"), tuple(_rows("", document)), document)


def _rows(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _rows(f"{path}.{name}" if path else str(name), part)
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value, 1):
            yield from _rows(f"{path} {number}", part)
    elif value not in (None, ""):
        yield path, str(value)


def _fields_of(segment: Segment) -> str:
    fields = segment.text.split(segment.delimiters.field)
    # MSH-1 is the delimiter itself and MSH-2 the others.
    numbered = enumerate(fields[2:], 3) if segment.name == "MSH" else enumerate(fields[1:], 1)
    return "  ".join(f"{segment.name}-{number} {text}" for number, text in numbered if text)


def _plain(value: object) -> object:
    """Tryton's times as text, and records to create along with others as a list of them."""
    match value:
        case {"__class__": "date" | "datetime", "year": year, "month": month, "day": day, **clock}:
            at = f" {clock['hour']:02}:{clock['minute']:02} UTC" if "hour" in clock else ""
            return f"{year}-{month:02}-{day:02}{at}"
        case [["create", records]]:
            return records
        case Mapping():
            return {name: _plain(part) for name, part in value.items()}
    return value
