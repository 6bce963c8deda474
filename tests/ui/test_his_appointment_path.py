"""Questions for appointments of the hospital system: each has one answer, and no late one is taken for another's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from test_session_controller import FakeWorker

from kiosk.domain.appointments import Appointment, AppointmentProblem, AppointmentStatus, Change
from kiosk.domain.language import Words
from kiosk.domain.scanned import Code, CodeKind
from kiosk.ui.his_appointment_path import HisAppointmentPath
from kiosk.wire.delivery_messages import ChangeHisAppointment, FindHisAppointment, HisAppointment

CODE, OTHER = Code(CodeKind.APPOINTMENT, "AP1"), Code(CodeKind.APPOINTMENT, "AP2")
OURS = Words("骨科", "Orthopaedics")
START = datetime(2026, 11, 30, 10, 20, tzinfo=timezone(timedelta(hours=8)))
FOUND = Appointment(
    "Appointment/1", False, AppointmentStatus.BOOKED, "orthopaedics", Words("骨", "骨"), None, "", "206", START
)


class Asking:
    """A path and what came back, in order."""

    def __init__(self, timeout_s: float = 30) -> None:
        self.worker = FakeWorker()
        self.path = HisAppointmentPath(self.worker, {"orthopaedics": OURS}.get, timeout_s)  # type: ignore[arg-type]
        self.told: list[tuple[str, object]] = []
        self.path.found.connect(lambda *given: self.told.append(given))
        self.path.missed.connect(lambda *given: self.told.append(given))


@pytest.fixture
def asking(qapp: QGuiApplication) -> Iterator[Asking]:
    yield Asking()


def test_found_under_our_name_of_the_department(asking: Asking) -> None:
    asking.path.find("v1", CODE)
    assert asking.worker.sent == [FindHisAppointment(1, CODE)]
    for _ in range(2):
        asking.worker.message.emit(HisAppointment(1, appointment=FOUND))
    assert asking.told == [("v1", replace(FOUND, department_name=OURS))]


def test_a_department_that_nobody_here_has_keeps_its_name(asking: Asking) -> None:
    asking.path.find("v1", CODE)
    asking.worker.message.emit(HisAppointment(1, appointment=replace(FOUND, department="moon")))
    assert asking.told == [("v1", replace(FOUND, department=""))]


def test_a_late_answer_is_not_that_to_the_next_code(asking: Asking) -> None:
    asking.path.find("v1", CODE)
    asking.path.find("v1", OTHER)
    asking.worker.message.emit(HisAppointment(1, appointment=FOUND))
    assert asking.told == []
    asking.worker.message.emit(HisAppointment(2, AppointmentProblem.NOT_FOUND))
    assert asking.told == [("v1", AppointmentProblem.NOT_FOUND)]


@pytest.mark.parametrize(
    ("change", "status"),
    [(Change.ARRIVED, AppointmentStatus.ARRIVED), (Change.CANCELLED, AppointmentStatus.CANCELLED)],
)
def test_a_change_is_shown_when_it_is_made(asking: Asking, change: Change, status: AppointmentStatus) -> None:
    asking.path.change("v1", FOUND, change)
    assert asking.worker.sent == [ChangeHisAppointment(1, "Appointment/1", START, change)]
    assert asking.told == []
    asking.worker.message.emit(HisAppointment(1))
    assert asking.told == [("v1", replace(FOUND, status=status, department_name=OURS))]


def test_the_number_is_the_one_that_the_hospital_system_has(asking: Asking) -> None:
    asking.path.change("v1", FOUND, Change.ARRIVED, "骨 A018")
    assert asking.worker.sent == [ChangeHisAppointment(1, "Appointment/1", START, Change.ARRIVED, "骨 A018")]
    asking.worker.message.emit(HisAppointment(1, number="骨 A017"))
    there = replace(FOUND, status=AppointmentStatus.ARRIVED, department_name=OURS, number="骨 A017")
    assert asking.told == [("v1", there)]


def test_a_change_that_is_not_made_there_asks_nobody(asking: Asking) -> None:
    asking.path.change("v1", FOUND, Change.RESTORED)
    assert (asking.worker.sent, asking.told) == ([], [("v1", AppointmentProblem.NOT_NOW)])


def test_no_answer_in_time_leads_to_the_desk(qapp: QGuiApplication, qtbot: QtBot) -> None:
    asking = Asking(timeout_s=0.05)
    with qtbot.waitSignal(asking.path.missed, timeout=20_000):
        asking.path.find("v1", CODE)
    asking.worker.message.emit(HisAppointment(1, appointment=FOUND))
    assert asking.told == [("v1", AppointmentProblem.HIS_DOWN)]


def test_a_worker_that_dies_meanwhile_or_is_not_there(asking: Asking) -> None:
    asking.path.find("v1", CODE)
    asking.worker.down.emit("stopped by signal SIGKILL")
    asking.worker.is_up = False
    asking.path.find("v2", CODE)
    down = AppointmentProblem.HIS_DOWN
    assert asking.told == [("v1", down), ("v2", down)]
    assert len(asking.worker.sent) == 1
