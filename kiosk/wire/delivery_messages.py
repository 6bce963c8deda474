"""What the window asks the delivery worker about appointments that only the hospital system has; and all they say.

Every question has a number of its own, so that an answer that comes late is told from the one that is waited for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from kiosk.domain.appointments import Appointment, AppointmentProblem, AppointmentStatus, Change
from kiosk.domain.language import Words
from kiosk.domain.scanned import LONGEST_CODE, Code, CodeKind
from kiosk.wire.checked_fields import CheckedFields, MessageError
from kiosk.wire.worker_messages import (
    FROM_ANY,
    LARGEST_COUNT,
    TO_ANY,
    BookSlot,
    Delivered,
    DeliveryFailed,
    Kinds,
    LaneState,
    Message,
    ReadSchedule,
    ScheduleRead,
    SlotAnswered,
    Start,
    Wake,
)

LONGEST_NAME = 120
"""Characters of a name or room that the hospital system gives; more would not fit on the screen."""
_LONGEST_NUMBER = 20
_LONGEST_REFERENCE = 100


@dataclass(frozen=True, slots=True)
class FindHisAppointment(Message):
    """To the delivery worker: what the hospital system has today under this code; answered by HisAppointment."""

    kind = "find_his_appointment"
    request: int
    code: Code

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        code = given.fields("code")
        return cls(_request(given), Code(code.choice("kind", CodeKind), code.text("text", LONGEST_CODE)))


@dataclass(frozen=True, slots=True)
class ChangeHisAppointment(Message):
    """To the delivery worker: check in or cancel what was found at that time; answered by HisAppointment.

    `number` is the one that who checks in is called by.
    """

    kind = "change_his_appointment"
    request: int
    reference: str
    start: datetime
    change: Change
    number: str = ""

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        reference = given.text("reference", _LONGEST_REFERENCE)
        start, change = _moment(given, "start"), given.choice("change", Change)
        return cls(_request(given), reference, start, change, _number(given))


@dataclass(frozen=True, slots=True)
class HisAppointment(Message):
    """What was found, or why nothing was; after a change neither of both says that it is made.

    `number` is then the one that the appointment has.
    """

    kind = "his_appointment"
    request: int
    problem: AppointmentProblem | None = None
    appointment: Appointment | None = field(default=None, repr=False)
    number: str = ""

    @classmethod
    def from_json(cls, given: CheckedFields) -> Self:
        problem = given.choice("problem", AppointmentProblem) if given.has("problem") else None
        found = _appointment(given.fields("appointment")) if given.has("appointment") else None
        return cls(_request(given), problem, found, _number(given))


TO_DELIVERY: Kinds = (*TO_ANY, Start, Wake, ReadSchedule, BookSlot, FindHisAppointment, ChangeHisAppointment)
FROM_DELIVERY: Kinds = (
    *FROM_ANY,
    Delivered,
    DeliveryFailed,
    LaneState,
    ScheduleRead,
    SlotAnswered,
    HisAppointment,
)


def _appointment(given: CheckedFields) -> Appointment:
    """Never one of ours, whatever the worker claims: ours are in the books of this machine."""
    return Appointment(
        reference=given.text("reference", _LONGEST_REFERENCE),
        ours=False,
        status=given.choice("status", AppointmentStatus),
        department=given.text("department", 80, may_be_empty=True),
        department_name=_words(given.fields("department_name")),
        practitioner=_words(given.fields("practitioner")) if given.has("practitioner") else None,
        number=_number(given),
        room=given.text("room", LONGEST_NAME, may_be_empty=True),
        start=_moment(given, "start"),
    )


def _words(given: CheckedFields) -> Words:
    return Words(*(given.text(language, LONGEST_NAME, may_be_empty=True) for language in ("zh", "en")))


def _moment(given: CheckedFields, name: str) -> datetime:
    try:
        at = datetime.fromisoformat(given.text(name, 40))
    except ValueError as error:
        if isinstance(error, MessageError):
            raise
        raise MessageError("appointment", name, "not a time") from None
    if at.tzinfo is None:
        raise MessageError("appointment", name, "without a zone")
    return at


def _number(given: CheckedFields) -> str:
    return given.text("number", _LONGEST_NUMBER, may_be_empty=True)


def _request(given: CheckedFields) -> int:
    return given.integer("request", 0, LARGEST_COUNT)
