"""The whole kiosk and an appointment of the hospital's counter: scanned, checked in and cancelled at a real server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from whole_kiosk import press, read, started, until, wait

from kiosk.app import KioskApplication
from kiosk.config import (
    AppointmentSettings,
    Config,
    DisplaySettings,
    HisKind,
    HisSettings,
    SpeechSettings,
    VoiceKind,
    VoiceSettings,
)
from kiosk.domain.appointments import AppointmentProblem, AppointmentStatus
from kiosk.domain.dialogue import events as ev
from kiosk.domain.outbox import Lane
from kiosk.domain.visit import Screen
from kiosk.services.checkin import slip_key
from kiosk.ui.viewmodels.appointment import AppointmentViewModel
from kiosk.ui.viewmodels.slip import SlipViewModel
from tests import whole_visits as whole
from tests.fhir_clinics import CANARY, WITH_NUMBERS, Clinics
from tests.peer_fixtures import FhirPeer

pytestmark = pytest.mark.peer

NO_BREAK = "\u2060"
"""Between the letters of a word that stays on one line."""


@pytest.fixture
def application(qapp: QGuiApplication, fhir_peer: FhirPeer, tmp_path: Path) -> Iterator[KioskApplication]:
    (tmp_path / "mapping.toml").write_text(WITH_NUMBERS, encoding="utf-8")
    mapping = str(tmp_path / "mapping.toml")
    config = Config(
        his=HisSettings(kind=HisKind.FHIR, url=fhir_peer.url, mapping=mapping, booking_timeout_s=20.0),
        appointments=AppointmentSettings(appointment_pattern="AP[0-9]{8}", record_pattern="MR[0-9]{8}"),
        display=DisplaySettings(reduce_motion=True),
        speech=SpeechSettings(enabled=False),
        voice=VoiceSettings(kind=VoiceKind.OFF),
    )
    with started(config, tmp_path) as application:
        # The printer's state comes from the delivery worker, which can be asked from then on.
        wait(application, lambda: not application.state.printer_up)
        yield application


@pytest.fixture
def made(fhir_peer: FhirPeer) -> str:
    """Now, in orthopaedics, with a doctor and a room."""
    clinics = Clinics(fhir_peer)
    calendar = fhir_peer.get(clinics.calendar(whole.DOCTOR, "D1024", clinics.service("0405", "骨科门诊")))
    patient = clinics.patient("MR00000007")
    return clinics.appointment(
        patient, datetime.now().astimezone(), calendar["actor"][0]["reference"], number="AP00000001"
    )


def page(application: KioskApplication) -> AppointmentViewModel:
    found = application._screens.initial_properties()["appointment"]
    assert isinstance(found, AppointmentViewModel)
    return found


def status(application: KioskApplication) -> AppointmentStatus | None:
    return application.state.appointment.status if application.state.appointment else None


def until_status(application: KioskApplication, wanted: AppointmentStatus) -> None:
    wait(application, lambda: status(application) is wanted)


@pytest.mark.parametrize("code", ["AP00000001", "MR00000007"])
def test_a_code_or_a_card_is_enough_to_check_in(
    application: KioskApplication, fhir_peer: FhirPeer, made: str, code: str
) -> None:
    read(application, code)
    until(application, Screen.APPOINTMENT)
    shown = page(application)
    orthopaedics = application.state.clinic.knowledge.departments["orthopaedics"].name.zh
    assert [fact["text"].replace(NO_BREAK, "") for fact in shown.facts][1:] == [orthopaedics, "周岚", "206"]
    assert [action["code"] for action in shown.actions] == ["arrive", "cancel"]
    assert CANARY not in repr(application.state)
    press(application, "appointment_arrive")
    until(application, Screen.SLIP)
    there = fhir_peer.get(made)
    number = f"{application.state.clinic.knowledge.departments['orthopaedics'].prefix} 001"
    assert (there["status"], there["identifier"][-1]["value"]) == ("arrived", number)
    assert fhir_peer.counts()["Appointment"] == 1
    slip = application._screens.initial_properties()["slip"]
    assert isinstance(slip, SlipViewModel)
    told = [text.replace(NO_BREAK, "") for text in (slip.number, slip.department, slip.doctor, slip.room)]
    assert told == [number, orthopaedics, "周岚", "206"]
    assert slip.way
    message = application.store.message(slip_key(application.state.visit_id))
    assert message is not None and message.lane is Lane.PRINTER
    assert CANARY not in repr(application.state)


def test_who_comes_back_to_the_kiosk_sees_the_number_and_prints_no_other(
    application: KioskApplication, fhir_peer: FhirPeer, made: str
) -> None:
    read(application, "AP00000001")
    until(application, Screen.APPOINTMENT)
    press(application, "appointment_arrive")
    until(application, Screen.SLIP)
    number = application.state.checked_in.number if application.state.checked_in else ""
    application.session.send(ev.Ended(at=application.session.now()))
    application.session.send(ev.Ended(at=application.session.now()))
    read(application, "AP00000001")
    until(application, Screen.APPOINTMENT)
    assert page(application).facts[0]["text"].replace(NO_BREAK, "") == number
    assert [action["code"] for action in page(application).actions] == ["finish", "cancel"]


def test_cancelled_there_and_not_to_be_taken_back(
    application: KioskApplication, fhir_peer: FhirPeer, made: str
) -> None:
    read(application, "AP00000001")
    until(application, Screen.APPOINTMENT)
    press(application, "appointment_cancel")
    press(application, "appointment_cancel")
    until_status(application, AppointmentStatus.CANCELLED)
    assert fhir_peer.get(made)["status"] == "cancelled"
    shown = page(application)
    assert [action["code"] for action in shown.actions] == ["finish"]
    assert shown.hint == application._engine.shown("Start a new visit, or ask the desk.")


def test_nobody_knows_the_code_and_nobody_answers(application: KioskApplication, fhir_peer: FhirPeer) -> None:
    read(application, "AP00000009")
    wait(application, lambda: application.state.appointment_problem is AppointmentProblem.NOT_FOUND)
    fhir_peer.fail("unavailable")
    read(application, "AP00000009")
    wait(application, lambda: application.state.appointment_problem is AppointmentProblem.HIS_DOWN)
    assert application.state.screen is Screen.CODE
