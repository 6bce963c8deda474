"""What services need from the outside. Adapters implement these; fakes share their contract suites."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from kiosk.domain.appointments import Appointment, AppointmentStatus, Change
from kiosk.domain.audit import AuditEvent
from kiosk.domain.booking import ScheduleCopy, Slot
from kiosk.domain.encounter import Encounter, Given, Slip, VisitDraft
from kiosk.domain.errors import HisRejected, HisUnavailable
from kiosk.domain.generation import Cancellation, EngineFacts, Generated, Read, Request
from kiosk.domain.language import Language
from kiosk.domain.outbox import Lane, OutboxMessage
from kiosk.domain.patient import Patient
from kiosk.domain.patient_match import PatientMatch
from kiosk.domain.scanned import Code
from kiosk.domain.self_test import Check, Preview
from kiosk.wire.pcm import Sound


class Clock(Protocol):
    def now(self) -> datetime:
        """The wall clock with its zone offset."""


class GivenMarks(Protocol):
    """What this machine gave away, kept beside the database: it still knows when an older copy of that is put back.

    Never raises: it is a second memory, and a visit does not wait for it.
    """

    def last_number(self, department: str, day: str) -> int:
        """The highest number that was kept; 0 before any. It never becomes lower."""

    def times(self, now: datetime) -> Mapping[str, tuple[str, datetime]]:
        """Codes of booked times that are not over: the visit they were booked for, and their end."""

    def keep(self, given: Given, now: datetime) -> None:
        """Called after what was given is in the database."""


class Store(Protocol):
    """The encrypted database of this machine. Every write happens inside `transaction()`."""

    def transaction(self) -> AbstractContextManager[None]:
        """One atomic write; raises StoreFull or StoreBusy and then leaves nothing behind."""

    def next_number(self, department: str, day: str, after: int = 0) -> int:
        """1, 2, 3... per department and day (ISO date), without gaps in one transaction history; more than `after`."""

    def hold_slot(self, slot: Slot, visit_id: str, until: datetime, now: datetime) -> bool:
        """True when this visit now holds the slot; False when another visit holds or booked it."""

    def book_slot(self, slot: Slot, visit_id: str) -> None:
        """Raises SlotTaken when another visit booked it."""

    def unbook_slots(self, visit_id: str) -> None:
        """Let the booked times of a visit go."""

    def release_holds(self, visit_id: str) -> None: ...

    def taken_slots(self, codes: Sequence[str], visit_id: str, now: datetime) -> set[str]:
        """Codes of slots that are booked, or held by another visit."""

    def keep_schedule(self, copy: ScheduleCopy) -> None:
        """In place of the department's earlier copy."""

    def schedule(self, department: str) -> ScheduleCopy | None:
        """What was kept last; None before anything was."""

    def waiting(self, department: str, day: str) -> int:
        """Encounters of that department and day that nobody has called yet."""

    def add_encounter(self, encounter: Encounter, slip: Slip) -> None: ...

    def encounter(self, visit_id: str) -> Encounter | None: ...

    def encounter_number(self, visit_id: str) -> str | None:
        """The number of a visit that was checked in before, so that a repeated check-in changes nothing."""

    def slip(self, visit_id: str) -> Slip | None:
        """The slip of a checked-in visit, for a repeated check-in and for reprinting."""

    def visits_with_code(self, code: str) -> list[str]:
        """Ids of the visits with that domain/scanned.visit_code."""

    def visit_status(self, visit_id: str) -> tuple[AppointmentStatus, int] | None:
        """How a visit stands and how often it was changed; a number that was called is FULFILLED. None without it."""

    def set_visit_status(self, visit_id: str, status: AppointmentStatus) -> None:
        """One change more."""

    def move_encounter(self, encounter: Encounter, slip: Slip) -> None:
        """The same visit at another time, BOOKED again, with its new slip: one change more."""

    def confirm_encounter(self, visit_id: str) -> None: ...

    def call_encounter(self, visit_id: str, at: datetime) -> None:
        """The visit's number was called: it no longer waits. Calling again keeps the first time."""

    def waits(self, department: str, since: datetime, limit: int) -> list[float]:
        """Minutes from arrival to call of the visits called after `since`, the latest call first."""

    def add_alert(self, visit_id: str, level: int, rules: Sequence[str], at: datetime) -> None:
        """A red-flag alarm for the desk, written before anything else happens; a rule known already stays as it was."""

    def alerted(self, visit_id: str) -> set[str]:
        """The rules that raised an alarm for this visit."""

    def add_message(self, message: OutboxMessage) -> None:
        """Raises nothing when the key exists already: the first message stands."""

    def update_message(self, message: OutboxMessage) -> None: ...

    def remove_message(self, key: str) -> None:
        """Nobody is to get it any more; raises nothing when it is gone already."""

    def add_audit_event(self, event: AuditEvent) -> None: ...

    def audit_events(self, key: str) -> list[AuditEvent]:
        """What was done by hand to the message of that key, the oldest first; also after the message is gone."""

    def message(self, key: str) -> OutboxMessage | None: ...

    def due_messages(self, lane: Lane, now: datetime, limit: int) -> list[OutboxMessage]:
        """Waiting messages of one lane whose time has come (OutboxMessage.is_due), the longest due first.

        One with an earlier message of its visit in the lane that is not sent waits for that.
        """

    def undelivered_messages(self, lane: Lane, limit: int) -> list[OutboxMessage]:
        """Messages of one lane that wait or are dead, the oldest first."""

    def forget_before(self, at: datetime) -> tuple[int, int]:
        """Delete visits that arrived before `at` with their slips, bookings, alarms and messages.

        A visit whose HIS message is not delivered stays. Returns how many were deleted and how many had to stay.
        """

    def scrub(self) -> None:
        """Overwrite what deleted rows left behind in the files; call it outside a transaction."""


class EarlierVisits(Protocol):
    """What this machine still remembers of visits before."""

    def visits_of(self, patient: Patient) -> Sequence[VisitDraft]:
        """Visits for the same document or, without one, the same phone and birth date; the latest first, 20 at most.

        Raises StoreBusy.
        """


class Patients(Protocol):
    """The hospital's register of patients."""

    def find(self, patient: Patient) -> PatientMatch:
        """Whether it has exactly one certain record of this patient (PatientMatch.record), perhaps some, or none.

        Raises HisUnavailable or HisRejected; their texts name nobody.
        """

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Raster:
    """A 1-bit picture for a thermal printer: rows of packed bits, most significant first, 1 is black."""

    width: int
    height: int
    rows: bytes


class SlipRenderer(Protocol):
    def __call__(self, slip: Slip) -> Raster:
        """Draw the slip at the printer's width in dots."""


class TokenSigner(Protocol):
    def sign(self, number: str, department: str, visit_id: str, expires_at: datetime) -> str:
        """The QR content: signed, expiring, without personal data."""


class SlipVerifier(Protocol):
    def visit_of(self, untrusted_token: str, now: datetime) -> str:
        """The visit id of a slip that a kiosk of this hospital signed; AppointmentError NOT_SIGNED or EXPIRED."""


class SlipPrinter(Protocol):
    def check(self) -> None:
        """Raises PrinterError when the printer cannot print now; unknown is not ok."""

    def print_slip(self, key: str, raster: Raster) -> None:
        """Prints and asks again; returns only when the printer says the slip came out, else PrinterError."""


class His(Protocol):
    """A hospital information system."""

    def check(self) -> None:
        """Raises HisUnavailable or HisRejected."""

    def deliver(self, key: str, payload: bytes) -> None:
        """Deliver one visit (the bundles made by wire/fhir.py); safe to repeat with the same key.

        Raises HisUnavailable (send again), its kind HisLockedOut (nothing gets through until staff act) or
        HisRejected (a person must look at this visit).
        """

    def close(self) -> None:
        """Give connections back; nothing is asked of it afterwards."""


Receipt = tuple[str, ...]
"""What an adapter looks for again after sending; nothing to anybody else."""


@runtime_checkable
class ConfirmingHis(Protocol):
    """What an adapter has besides His when it looks again for what it sent, and can do so for many visits at once.

    `deliver` is `send` and then `confirm`.
    """

    def send(self, key: str, payload: bytes) -> Receipt:
        """As `deliver`, but believing the answer."""

    def confirm(self, receipts: Sequence[Receipt]) -> list[HisUnavailable | HisRejected | None]:
        """Look for what was sent: None for each visit that is there once, in order.

        HisUnavailable ends the list: what became of that visit and those after it is not known.
        """


class HisTools(Protocol):
    """What an adapter of a hospital system may have besides His, for `kiosk his`."""

    def examine(self, payload: bytes) -> Iterator[Check]:
        """Try the real connection step by step, for the person who sets it up. Never raises and delivers nothing."""

    def preview(self, payload: bytes) -> Preview:
        """What `deliver` would send for this payload. Raises as `deliver`."""


class Schedules(Protocol):
    """Where free times come from: the HIS, or the hospital file."""

    def slots(self, department: str, now: datetime) -> Sequence[Slot]:
        """Free slots after `now`, in its zone, earliest first: all of the first day that has any, or of more days.

        None for a department without times. Raises HisUnavailable, or HisRejected for a question it does not take.
        """


class Bookings(Protocol):
    """A hospital system that gives its times itself, so that kiosks and counters never give one twice."""

    def book(self, key: str, payload: bytes) -> None:
        """Book the time of a visit, before it is delivered; `key` and payload are those of His.deliver.

        Safe to repeat with the same key, and `deliver` finds the booking. Raises SlotTaken when somebody else has the
        time, else as `deliver`; whether it is booked is then not known.
        """


class HisAppointments(Protocol):
    """Appointments that the hospital system has, whoever made them.

    Both raise HisUnavailable, or HisRejected for what cannot be asked or changed; their texts name nobody.
    """

    def find(self, code: Code, now: datetime) -> Sequence[Appointment]:
        """Those of the day of `now`, in its zone, that are open or whose patient is there, in any order.

        All are of the one patient that an appointment or record number belongs to; none when it is nobody's, or that
        of two.
        """

    def change(self, reference: str, start: datetime, change: Change, number: str = "") -> str:
        """ARRIVED or CANCELLED, as long as it still is at this time; what stands so already stays as it is.

        Who arrives is called by `number` from then on, unless a kiosk has given one before; returns the one that it
        has. The time of a cancelled one is free again where a kiosk booked it.
        """

    def close(self) -> None: ...


class Speaker(Protocol):
    """A voice. Engines are replaceable; one that is missing or broken costs sentences, never a visit."""

    def speak(self, text: str, language: str) -> Sound:
        """The sentence in a language (ISO 639: zh, en, es...) as sound; may take a while.

        Raises SpeakerError, also when `stop` was called meanwhile.
        """

    def stop(self) -> None:
        """From another thread: give up the sentence that is being made."""


class TextGenerator(Protocol):
    """A language model, here or on a server. One request at a time; it remembers nothing of the one before."""

    facts: EngineFacts

    def warm_up(self) -> None:
        """Make the first answer as quick as the next ones; raises ModelError when it does not work at all."""

    def generate(
        self, request: Request, cancellation: Cancellation, beat: Callable[[], None] = lambda: None
    ) -> Generated:
        """Answer one request; raises ModelError. Ends within 0.1 s of a cancellation, which another thread may wish.

        `beat` is called whenever work went on.
        """

    def forget(self) -> None:
        """Nothing of what was asked before stays, not even to make the next answer quicker."""

    def close(self) -> None: ...


class FindingReader(Protocol):
    """A language model that reads complaints: it writes findings (services/reading.py), or it marks words."""

    @property
    def facts(self) -> EngineFacts: ...

    def warm_up(self) -> None:
        """As for TextGenerator."""

    def read(
        self, text: str, language: Language, cancellation: Cancellation, beat: Callable[[], None] = lambda: None
    ) -> Read:
        """All findings of a text, or ModelError: half an answer is none. Cancelled and beating as a TextGenerator."""

    def forget(self) -> None: ...

    def close(self) -> None: ...
