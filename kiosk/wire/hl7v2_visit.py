"""A visit as HL7 v2.5.1 messages: registration, booking, findings and note.

The same record under the same key gives the same messages, byte for byte: what is sent again after a lost answer is
known by its control id. Everything clinical is preliminary, as in wire/fhir_resources.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from kiosk.domain.appointments import Change
from kiosk.domain.patient import Sex
from kiosk.wire.fhir_visit import DOCUMENT_TYPES
from kiosk.wire.hl7v2 import CHARACTER_SETS, Field, Value, write_message, write_segment
from kiosk.wire.hl7v2_findings import Observation, consent, note_lines, visit_observations, written
from kiosk.wire.hl7v2_site import STRUCTURES, AckMode, MessageKind, Site
from kiosk.wire.hl7v2_types import (
    CODE_LENGTH,
    ce,
    control_id,
    cx,
    dt,
    ei,
    fitting,
    pl,
    shortened,
    ts,
    xcn,
    xpn,
    xtn_mobile,
)
from kiosk.wire.visit_record import PatientRecord, SlotRecord, VisitRecord

_VERSION = "2.5.1"
_SEXES = {Sex.FEMALE: "F", Sex.MALE: "M", None: "U"}
_CHANGES = {MessageKind.BOOK: "A", MessageKind.CHANGE: "U", MessageKind.CANCEL: "D"}
"""What becomes of each resource of an appointment: added, updated, deleted (table 0206)."""


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """`control_id` is MSH-10, by which its acknowledgement is known."""

    kind: MessageKind
    control_id: str
    content: bytes


@dataclass(frozen=True)
class VisitWriter:
    """Writes the messages of one visit. `key` is the outbox message's, `name` the patient's where it is known."""

    site: Site
    key: str
    visit: VisitRecord
    name: str = ""

    def messages(self) -> tuple[OutgoingMessage, ...]:
        """A new visit, as far as the site takes it, in the order in which it must be sent; ValueError on bad times."""
        made = {
            MessageKind.REGISTER: self.register(),
            MessageKind.BOOK: self.book(),
            MessageKind.FINDINGS: self.findings(),
            MessageKind.NOTE: self.note(),
        }
        wanted = (made.get(kind) for kind in self.site.codes.messages)
        return tuple(message for message in wanted if message is not None)

    def register(self) -> OutgoingMessage:
        return self._adt(MessageKind.REGISTER)

    def update(self) -> OutgoingMessage:
        return self._adt(MessageKind.UPDATE)

    def merge(self, retired: PatientRecord) -> OutgoingMessage:
        """This visit's patient is the one whom the retired record was about, too."""
        merged: dict[int, Field] = {1: [self._patient_id(retired)]}
        return self._message(
            MessageKind.MERGE, [self._event(MessageKind.MERGE), self._pid, write_segment("MRG", merged)]
        )

    def book(self, kind: MessageKind = MessageKind.BOOK, status: str = "") -> OutgoingMessage | None:
        """The appointment, made, changed or cancelled as `kind` says; None for a walk-in.

        `status` is SCH-25 where it is another than follows from that (table 0278 is the site's own).
        """
        slot = self.visit.slot
        if slot is None:
            return None
        return self._message(
            kind, [self._sch(kind, slot, status), self._pid, self._pv1, *self._resources(_CHANGES[kind], slot)]
        )

    def changed(self, change: Change) -> tuple[OutgoingMessage, ...]:
        """What became of the visit: SIU^S14 or S15 where a time was booked, ADT^A11 where a number was given up."""
        wanted = MessageKind.CANCEL if change is Change.CANCELLED else MessageKind.CHANGE
        if self.visit.slot is None:
            return (self._adt(MessageKind.GIVE_UP),) if change is Change.CANCELLED else ()
        booked = self.book(wanted, "Arrived" if change is Change.ARRIVED else "")
        return (booked,) if booked is not None and MessageKind.BOOK in self.site.codes.messages else ()

    def findings(self) -> OutgoingMessage:
        """Level, red flags, complaint, vital signs and findings, all preliminary."""
        visit, codes = self.visit, self.site.codes
        panel: dict[int, Field] = {
            1: "1",
            3: ei(f"{visit.visit_id}-findings", codes.authority),
            4: ce("intake", "导诊 Intake", codes.coding_system),
            7: ts(visit.arrived_at),
            22: ts(visit.arrived_at),
            25: "P",
        }
        return self._message(
            MessageKind.FINDINGS,
            [self._pid, self._pv1, write_segment("OBR", panel), *self._obx(visit_observations(visit, codes))],
        )

    def note(self) -> OutgoingMessage:
        """The drafted note as a document that nobody has signed."""
        visit, codes = self.visit, self.site.codes
        document: dict[int, Field] = {
            1: "1",
            2: codes.document_type,
            3: "TX",
            4: ts(visit.arrived_at),
            6: ts(visit.arrived_at),
            12: ei(f"{visit.visit_id}-note", codes.authority),
            17: codes.document_status,
            19: "AV",
        }
        return self._message(
            MessageKind.NOTE,
            [
                self._event(MessageKind.NOTE),
                self._pid,
                self._pv1,
                write_segment("TXA", document),
                *self._obx(note_lines(visit)),
            ],
        )

    def _adt(self, kind: MessageKind) -> OutgoingMessage:
        segments = [self._event(kind), self._pid, self._pv1, self._pv2()]
        segments += self._obx([consent(self.visit)])
        if self.visit.patient.insurance:
            segments.append(self._in1())
        return self._message(kind, segments)

    def _message(self, kind: MessageKind, segments: Sequence[str]) -> OutgoingMessage:
        return _message(self.site, kind, control_id(self.key, kind), self.visit.arrived_at, segments)

    def _event(self, kind: MessageKind) -> str:
        at = ts(self.visit.arrived_at)
        return write_segment("EVN", {1: kind.split("^")[1], 2: at, 6: at})

    @cached_property
    def _pid(self) -> str:
        patient = self.visit.patient
        fields: dict[int, Field] = {
            1: "1",
            3: [self._patient_id(patient), *self._document(patient)],
            5: xpn(self.name) or [(self.site.codes.unnamed, "", "", "", "", "", "U")],
            8: _SEXES[patient.sex],
            15: (patient.language,),
            31: "N" if self.name or patient.verified else "Y",
        }
        if patient.birth_date is not None:
            fields[7] = dt(patient.birth_date)
        if patient.phone:
            fields[13] = [xtn_mobile(patient.phone)]
        return write_segment("PID", fields)

    def _patient_id(self, patient: PatientRecord) -> Value:
        codes = self.site.codes
        identifier = shortened(patient.identifier, codes.identifier_length)
        return cx(identifier, codes.authority, "PI" if _is_known(patient) else "ANON")

    def _document(self, patient: PatientRecord) -> list[Value]:
        """In full length, whatever the site's usual identifiers have: a digest of it would mean nothing to anybody."""
        document = patient.document
        if document is None:
            return []
        return [cx(document.number, self.site.codes.document_authority, DOCUMENT_TYPES[document.kind])]

    @cached_property
    def _pv1(self) -> str:
        visit, codes = self.visit, self.site.codes
        department = self._department()
        fields: dict[int, Field] = {
            1: "1",
            2: codes.emergency_class if visit.emergency else codes.visit_class,
            3: self._place(),
            4: "E" if visit.emergency else "R",
            7: self._doctor(),
            10: department,
            19: cx(shortened(visit.visit_id, codes.identifier_length), codes.authority, "VN"),
            44: ts(visit.arrived_at),
            # What is called out begins again every day; the whole visit id is in OBR-3, TXA-12 and SCH-1.
            50: cx(visit.number, codes.authority, "VN"),
        }
        return write_segment("PV1", fields)

    def _pv2(self) -> str:
        visit = self.visit
        fields: dict[int, Field] = {
            3: ("", fitting(visit.complaint)) if visit.complaint else "",
            23: [(fitting(visit.department.name),)],
            25: self.site.codes.priorities[visit.level],
        }
        return write_segment("PV2", fields)

    def _in1(self) -> str:
        codes = self.site.codes
        fields: dict[int, Field] = {
            1: "1",
            2: (codes.insurance_plan,),
            3: [cx(codes.insurance_company, codes.authority, "XX")],
            36: self.visit.patient.insurance,
        }
        return write_segment("IN1", fields)

    def _obx(self, observations: Iterable[Observation]) -> list[str]:
        return written(observations, self.visit, self.site.codes)

    def _sch(self, kind: MessageKind, slot: SlotRecord, status: str) -> str:
        visit, codes = self.visit, self.site.codes
        minutes = self._minutes(slot)
        fields: dict[int, Field] = {
            1: ei(visit.visit_id, codes.authority),
            5: (slot.code,),
            6: (kind.name,),
            7: ("WALKIN",),
            8: ("Normal" if slot.confirmed else "Tentative",),
            9: minutes,
            10: ("min", "", "ISO+"),
            11: [("", "", f"M{minutes}", ts(slot.start), ts(slot.end))],
            16: self._doctor() or [(visit.kiosk,)],
            20: [(visit.kiosk,)],
            25: (status or self._booking_status(kind, slot),),
        }
        return write_segment("SCH", fields)

    def _resources(self, change: str, slot: SlotRecord) -> Iterable[str]:
        """Service, place and doctor of an appointment."""
        visit = self.visit
        timing: dict[int, Field] = {1: "1", 2: change}
        service = {
            3: ce(self._department(), visit.department.name, self.site.codes.coding_system),
            4: ts(slot.start),
            7: self._minutes(slot),
            8: ("min", "", "ISO+"),
        }
        yield write_segment("RGS", {1: "1", 2: change})
        yield write_segment("AIS", timing | service)
        if visit.practitioner is not None:
            yield write_segment("AIL", timing | {3: [self._place()], 6: ts(slot.start)})
            yield write_segment("AIP", timing | {3: self._doctor(), 6: ts(slot.start)})

    @staticmethod
    def _minutes(slot: SlotRecord) -> str:
        return str(round((slot.end - slot.start).total_seconds() / 60))

    @staticmethod
    def _booking_status(kind: MessageKind, slot: SlotRecord) -> str:
        if kind is MessageKind.CANCEL:
            return "Cancelled"
        return "Booked" if slot.confirmed else "Pending"

    def _department(self) -> str:
        code = self.visit.department.code
        return shortened(self.site.codes.departments.get(code, code), CODE_LENGTH)

    def _place(self) -> Value:
        doctor = self.visit.practitioner
        room = "" if doctor is None else self.site.codes.rooms.get(doctor.room, doctor.room)
        return pl(self._department(), shortened(room, CODE_LENGTH), self.site.addresses.receiving_facility)

    def _doctor(self) -> list[Value]:
        doctor = self.visit.practitioner
        return [] if doctor is None else xcn(self.site.codes.practitioners.get(doctor.code, doctor.code), doctor.name)


def probe(site: Site, at: datetime) -> OutgoingMessage:
    """A question about nobody, what the time is there: any answer to it tells that messages arrive."""
    kind = MessageKind.PROBE
    return _message(site, kind, control_id(at.isoformat(), kind), at, [write_segment("NCK", {1: ts(at)})])


def patient_name(bundles: Iterable[Mapping[str, object]]) -> str:
    """The text of Patient.name in a payload's transactions; empty when the visit is without a name."""
    for bundle in bundles:
        for entry in _dicts(bundle.get("entry")):
            resource = entry.get("resource")
            if isinstance(resource, dict) and resource.get("resourceType") == "Patient":
                texts = (name.get("text") for name in _dicts(resource.get("name")))
                return next((text for text in texts if isinstance(text, str)), "")
    return ""


def _dicts(untrusted: object) -> list[dict[str, object]]:
    return [one for one in untrusted if isinstance(one, dict)] if isinstance(untrusted, list) else []


def _is_known(patient: PatientRecord) -> bool:
    """Whether the identifier is of a person, and not only of this visit."""
    return patient.verified or patient.document is not None or (bool(patient.phone) and patient.birth_date is not None)


def _message(site: Site, kind: MessageKind, identifier: str, at: datetime, segments: Sequence[str]) -> OutgoingMessage:
    addresses = site.addresses
    message_type, trigger = kind.split("^")
    header: dict[int, Field] = {
        3: addresses.sending_application,
        4: addresses.sending_facility,
        5: addresses.receiving_application,
        6: addresses.receiving_facility,
        7: ts(at),
        9: (message_type, trigger, STRUCTURES[kind]),
        10: identifier,
        11: site.codes.processing,
        12: _VERSION,
        17: site.codes.country,
        18: CHARACTER_SETS[addresses.encoding],
    }
    if addresses.acknowledgement is AckMode.ENHANCED:
        header |= {15: "AL", 16: "NE"}
    return OutgoingMessage(
        kind, identifier, write_message([write_segment("MSH", header), *segments], addresses.encoding)
    )
