"""A slip held before the scanner of a whole kiosk: found, checked in, moved, cancelled; and codes out of place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from whole_kiosk import VISIT, press, read, started, until, wait

from kiosk.app import KioskApplication
from kiosk.config import Config, DisplaySettings, SpeechSettings
from kiosk.domain.appointments import AppointmentProblem, AppointmentStatus
from kiosk.domain.dialogue import events as ev
from kiosk.domain.patient import Sex
from kiosk.domain.scanned import CodeKind, recognised, visit_code
from kiosk.domain.visit import Screen
from kiosk.ui.session_controller import SessionController
from kiosk.ui.touch_robot import TouchRobot
from tests.fakes import FakeClock

now = SessionController.now


@pytest.fixture
def application(qapp: QGuiApplication, tmp_path: Path) -> Iterator[KioskApplication]:
    config = Config(display=DisplaySettings(reduce_motion=True), speech=SpeechSettings(enabled=False))
    monday = datetime(2026, 11, 30, 9, 2, tzinfo=config.zone())
    with started(config, tmp_path, clock=FakeClock(monday)) as application:
        yield application


def start(application: KioskApplication, *more: ev.Event) -> None:
    assert application.session is not None
    at, wall = application.session.now(), application.session.wall()
    for event in (
        ev.Started(at=at, visit_id=VISIT, today=wall.date()),
        ev.ConsentGiven(at=at, wall=wall),
        ev.WithoutName(at=at),
        *more,
    ):
        application.session.send(event)


def booked(application: KioskApplication) -> str:
    """A visit with a booked time; the content of its slip's code."""
    session = application.session
    assert session is not None
    at, wall = session.now(), session.wall()
    age = (ev.Keyed(at=at, digit="4"), ev.Next(at=at), ev.SexChosen(at=at, sex=None), ev.TypingOpened(at=at))
    told = (ev.Typed(at=at, text="膝盖疼两天"), ev.Confirmed(at=at), ev.NoDanger(at=at), ev.PainScored(at=at, score=3))
    start(application, *age, *told)
    while application.state.screen is Screen.QUESTION:
        session.send(ev.Answered(at=at, code=application.state.question, status=ev.Status.ABSENT))
    session.send(ev.Next(at=at))
    session.send(ev.DepartmentChosen(at=at, code="orthopaedics"))
    session.store_now()
    offer = application.state.offer
    assert offer is not None
    session.send(ev.SlotChosen(at=at, slot=offer.slots[0]))
    session.send(ev.BookingAccepted(at=at, walk_in=False, wall=wall))
    session.store_now()
    assert application.state.checked_in is not None
    token = application.state.checked_in.token
    session.send(ev.Ended(at=at))
    session.send(ev.Ended(at=at))
    assert application.state.screen is Screen.ATTRACT
    return token


def test_a_slip_is_found_checked_in_and_forgotten(application: KioskApplication) -> None:
    read(application, booked(application))
    until(application, Screen.APPOINTMENT)
    press(application, "appointment_arrive")
    found = application.state.appointment
    assert found is not None
    assert found.status is AppointmentStatus.ARRIVED
    press(application, "appointment_finish")
    assert (application.state.screen, application.state.appointment) == (Screen.FAREWELL, None)


def test_another_time_is_booked_and_printed(application: KioskApplication) -> None:
    read(application, booked(application))
    until(application, Screen.APPOINTMENT)
    before = application.state.appointment
    press(application, "appointment_move")
    wait(application, lambda: application.state.offer is not None)
    press(application, "book")
    until(application, Screen.SLIP)
    assert before is not None
    assert application.state.checked_in is not None
    assert application.state.checked_in.number == before.number
    after = application.state.checked_in
    assert (after.room, after.starts_at) != (before.room, before.start)


def test_cancelling_is_asked_once_and_taken_back(application: KioskApplication) -> None:
    booked(application)
    assert application.session is not None
    at = application.session.now()
    press(application, "entry_appointment")
    for digit in visit_code(VISIT):
        application.session.send(ev.Keyed(at=at, digit=digit))
    press(application, "next")
    until(application, Screen.APPOINTMENT)
    press(application, "appointment_cancel")
    assert application.state.cancelling
    press(application, "appointment_cancel")
    found = application.state.appointment
    assert found is not None
    assert found.status is AppointmentStatus.CANCELLED
    press(application, "appointment_keep")
    assert application.state.appointment is not None
    assert application.state.appointment.status is AppointmentStatus.BOOKED


def test_a_code_never_lands_in_a_field(application: KioskApplication) -> None:
    start(application)
    token = "DZ1:" + "7A" * 80
    assert application.state.screen is Screen.AGE
    assert recognised(token, application.state.clinic.codes).kind is CodeKind.SLIP
    read(application, token)
    assert (application.state.screen, application.state.age_digits) == (Screen.AGE, "")


def test_what_is_no_code_goes_to_the_field_it_was_meant_for(application: KioskApplication) -> None:
    start(application, ev.Back(at=now()), ev.WithPhone(at=now()))
    assert application.state.screen is Screen.PHONE
    read(application, "13800138000", enter=False)
    wait(application, lambda: application.state.phone == "13800138000")


def test_a_finger_comes_after_what_was_typed(application: KioskApplication) -> None:
    start(application, ev.Keyed(at=now(), digit="7"), ev.Next(at=now()), ev.SexChosen(at=now(), sex=Sex.MALE))
    assert application.session is not None
    application.session.send(ev.TypingOpened(at=now()))
    until(application, Screen.TYPING)
    robot = TouchRobot(application.window)
    robot.settle()
    done = robot.find("key_done")
    assert done is not None
    read(application, "knee pain for two weeks", enter=False)
    robot.touch(done)
    wait(application, lambda: application.state.screen is not Screen.TYPING)


def test_the_number_of_a_document_goes_to_its_field_with_its_letter(application: KioskApplication) -> None:
    start(application, ev.Back(at=now()))
    session = application.session
    assert session is not None
    session.state = replace(session.state, screen=Screen.DOCUMENT, trail=(Screen.WHO,))
    session.send(ev.Keyed(at=now(), digit=""))
    robot = TouchRobot(application.window)
    wait(application, lambda: robot.find("code_X") is not None)
    read(application, "11010519491231002X", enter=False)
    wait(application, lambda: application.state.document_number == "11010519491231002X")


def test_figures_of_a_strange_code_choose_nothing(application: KioskApplication) -> None:
    start(application, ev.Back(at=now()))
    assert application.state.screen is Screen.WHO
    read(application, "6901234567892")
    assert application.state.screen is Screen.WHO


@pytest.mark.parametrize(
    "text", ["http://203.0.113.1/x", "<b>1</b>" * 30, "1" * 10_000, "头疼" * 200, "DZ1:" + "A" * 90]
)
def test_hostile_codes_are_told_and_harmless(application: KioskApplication, text: str) -> None:
    read(application, text)
    until(application, Screen.CODE)
    wait(application, lambda: not application.state.looking)
    wanted = AppointmentProblem.NOT_SIGNED if text.startswith("DZ1") else AppointmentProblem.NO_CODE
    assert (application.state.appointment_problem, application.state.code_digits) == (wanted, "")


def test_a_slip_of_another_day_is_over(application: KioskApplication) -> None:
    token = booked(application)
    assert isinstance(application._clock, FakeClock)
    application._clock.at += timedelta(days=3)
    read(application, token)
    wait(application, lambda: application.state.appointment_problem is not None)
    assert application.state.appointment_problem is AppointmentProblem.EXPIRED
