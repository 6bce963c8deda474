"""What the window and the identity worker say to each other; see wire/worker_messages.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from kiosk.domain.card_reading import CardState
from kiosk.domain.patient import DocumentKind, IdentityDocument, IdentitySource, Patient, Sex
from kiosk.domain.patient_match import PatientMatch
from kiosk.wire.checked_fields import CheckedFields, MessageError
from kiosk.wire.worker_messages import FROM_ANY, LARGEST_COUNT, TO_ANY, ForgetVisit, Kinds, Message, Start

LONGEST_NAME = 120
_LONGEST_NUMBER = 20
_LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class ReadCard(Message):
    """Read the next card that lies on the reader; answered by CardChanged, as often as that changes, and CardRead."""

    kind = "read_card"
    visit_id: str

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(given.text("visit_id", _LONGEST_ID))


@dataclass(frozen=True, slots=True)
class StopReading(Message):
    """No card is wanted any more."""

    kind = "stop_reading"


@dataclass(frozen=True, slots=True)
class FindPatient(Message):
    """Look for the record of this patient; answered by PatientFound with the same visit and `request`."""

    kind = "find_patient"
    visit_id: str
    patient: Patient = field(repr=False)
    request: int

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(
            given.text("visit_id", _LONGEST_ID),
            _patient(given.fields("patient")),
            given.integer("request", 0, LARGEST_COUNT),
        )


@dataclass(frozen=True, slots=True)
class CardChanged(Message):
    kind = "card_changed"
    visit_id: str
    state: CardState

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(given.text("visit_id", _LONGEST_ID), given.choice("state", CardState))


@dataclass(frozen=True, slots=True)
class CardRead(Message):
    """Who the card says its holder is."""

    kind = "card_read"
    visit_id: str
    patient: Patient = field(repr=False)

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        return cls(given.text("visit_id", _LONGEST_ID), _patient(given.fields("patient")))


@dataclass(frozen=True, slots=True)
class PatientFound(Message):
    kind = "patient_found"
    visit_id: str
    match: PatientMatch
    request: int

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        match = given.fields("match")
        return cls(
            given.text("visit_id", _LONGEST_ID),
            PatientMatch(
                record=match.text("record", _LONGEST_ID, may_be_empty=True),
                medical_record_number=match.text("medical_record_number", _LONGEST_ID, may_be_empty=True),
                earlier_visit=match.text("earlier_visit", _LONGEST_ID, may_be_empty=True),
                possible_duplicate=match.flag("possible_duplicate"),
            ),
            given.integer("request", 0, LARGEST_COUNT),
        )


TO_IDENTITY: Kinds = (*TO_ANY, Start, ReadCard, StopReading, FindPatient, ForgetVisit)
FROM_IDENTITY: Kinds = (*FROM_ANY, CardChanged, CardRead, PatientFound)


def _patient(given: CheckedFields) -> Patient:
    """Only what identifies somebody; nobody is verified by a machine."""
    source = given.choice("identity", IdentitySource)
    if source is IdentitySource.VERIFIED:
        raise MessageError("patient", "identity", "not for a machine to say")
    return Patient(
        sex=given.choice("sex", Sex) if given.has("sex") else None,
        birth_date=given.day("birth_date") if given.has("birth_date") else None,
        phone=given.text("phone", _LONGEST_NUMBER) if given.has("phone") else None,
        identity=source,
        name=given.text("name", LONGEST_NAME) if given.has("name") else None,
        document=_document(given.fields("document")) if given.has("document") else None,
    )


def _document(given: CheckedFields) -> IdentityDocument:
    return IdentityDocument(given.choice("kind", DocumentKind), given.text("number", _LONGEST_NUMBER))
