"""A visit that exists already: what is known of it, when it can be checked in, what was changed (FHIR Appointment)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.domain.errors import KioskError
from kiosk.domain.language import Words


class AppointmentStatus(StrEnum):
    """Words of FHIR's Appointment.status; FULFILLED stands for all that is over."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    CANCELLED = "cancelled"
    FULFILLED = "fulfilled"


class Change(StrEnum):
    """What a patient does to it. RESTORED takes CANCELLED back before anybody was told."""

    ARRIVED = "arrived"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    MOVED = "moved"


class AppointmentProblem(StrEnum):
    """Why nothing is shown, or why a change was not made; every one has a sentence with a next step on the screen."""

    NO_CODE = "no_code"
    INSURANCE = "insurance"
    NOT_FOUND = "not_found"
    NOT_SIGNED = "not_signed"
    EXPIRED = "expired"
    ALREADY_SENT = "already_sent"
    SLOT_GONE = "slot_gone"
    HIS_DOWN = "his_down"
    NOT_NOW = "not_now"


class AppointmentError(KioskError):
    """Nothing was found or changed; `problem` says why."""

    def __init__(self, problem: AppointmentProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Appointment:
    """What may be shown to whoever holds the code: no name, no complaint, no level.

    `reference` is how its books find it: our visit id, or the hospital system's own address of it. `department` is our
    code, empty where the hospital has another. Without a `start` it is a number in a queue.
    """

    reference: str
    ours: bool
    status: AppointmentStatus
    department: str
    department_name: Words
    practitioner: Words | None
    number: str
    room: str
    start: datetime | None
    to_be_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class CheckInRules:
    """How long before its time, and after it, a visit can be checked in (settings `appointments.*`)."""

    early: timedelta = timedelta(minutes=90)
    late: timedelta = timedelta(minutes=15)


class Moment(StrEnum):
    """Whether the patient is on time: NOW, or EARLY, or LATE for the desk to decide."""

    NOW = "now"
    EARLY = "early"
    LATE = "late"


def moment(appointment: Appointment, now: datetime, rules: CheckInRules) -> Moment:
    """A queue has no wrong moment."""
    if appointment.start is None:
        return Moment.NOW
    if now < opens_at(appointment.start, rules):
        return Moment.EARLY
    return Moment.LATE if now > appointment.start + rules.late else Moment.NOW


def opens_at(start: datetime, rules: CheckInRules) -> datetime:
    """From when on somebody can check in."""
    return start - rules.early


def to_be_shown(found: Iterable[Appointment], now: datetime, rules: CheckInRules) -> Appointment | None:
    """One of several of a patient: the earliest that is open, else where they are checked in, else what was missed."""

    def order(one: Appointment) -> tuple[int, datetime]:
        if one.status is not AppointmentStatus.BOOKED:
            return 1, one.start or now
        return (2 if moment(one, now, rules) is Moment.LATE else 0), one.start or now

    return min(found, key=order, default=None)
