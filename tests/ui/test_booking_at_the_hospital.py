"""The whole kiosk with the times of a real FHIR server: chosen on the screen, booked there, delivered once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from test_kiosk_application import PATIENCE_S, send, to_booking

from kiosk.app import KioskApplication
from kiosk.config import Config, HisKind, HisSettings, SpeechSettings, VoiceKind, VoiceSettings
from kiosk.domain.dialogue import events as ev
from kiosk.domain.visit import Screen
from kiosk.ui.touch_robot import TouchRobot
from tests import whole_visits as whole
from tests.fhir_clinics import Clinics, every
from tests.peer_fixtures import FhirPeer

pytestmark = pytest.mark.peer


@pytest.fixture
def slots(fhir_peer: FhirPeer) -> list[str]:
    """Tomorrow's times of a doctor for ears, under the kiosk's own code of the department."""
    clinics = Clinics(fhir_peer)
    coding = {"system": "https://daozhen.example/fhir/department", "code": "ent"}
    person = fhir_peer.create({"resourceType": "Practitioner", "name": [{"text": whole.DOCTOR.name.zh}]})
    schedule = clinics.schedule(person, serviceType=[{"coding": [coding]}])
    return list(clinics.times(schedule, every(10, datetime.now(UTC) + timedelta(days=1), 3)))


@pytest.fixture
def application(
    qapp: QGuiApplication, fhir_peer: FhirPeer, slots: list[str], tmp_path: Path
) -> Iterator[KioskApplication]:
    config = Config(
        his=HisSettings(kind=HisKind.FHIR, url=fhir_peer.url, schedules=True, booking_timeout_s=20.0),
        speech=SpeechSettings(enabled=False),
        voice=VoiceSettings(kind=VoiceKind.OFF),
    )
    config = replace(config, kiosk=replace(config.kiosk, state=str(tmp_path / "state")))
    application = KioskApplication(config, windowed=True, size=QSize(1080, 1920))
    robot = TouchRobot(application.window)
    assert robot.wait_until(lambda: application.session is not None, PATIENCE_S)
    assert robot.wait_until(lambda: application.store.schedule("ent") is not None, PATIENCE_S)
    yield application
    application.shutdown()


def offered(application: KioskApplication) -> None:
    to_booking(application)
    robot = TouchRobot(application.window)
    assert robot.wait_until(lambda: application.state.offer is not None, PATIENCE_S)


def accept_the_first(application: KioskApplication) -> None:
    assert application.session is not None
    assert application.state.offer is not None
    at = application.session.now()
    send(application, ev.SlotChosen(at=at, slot=application.state.offer.slots[0]))
    send(application, ev.BookingAccepted(at=at, walk_in=False, wall=application.session.wall()))


def test_a_time_is_booked_there_and_the_visit_follows(
    application: KioskApplication, fhir_peer: FhirPeer, slots: list[str]
) -> None:
    robot = TouchRobot(application.window)
    offered(application)
    accept_the_first(application)
    assert robot.wait_until(lambda: application.state.screen is Screen.SLIP, PATIENCE_S)
    assert application.state.checked_in is not None
    assert not application.state.checked_in.to_be_confirmed
    assert fhir_peer.get(slots[0])["status"] == "busy"
    assert robot.wait_until(lambda: fhir_peer.counts().get("Encounter") == 1, PATIENCE_S)
    assert fhir_peer.counts()["Appointment"] == 1


def test_a_time_that_the_counter_gave_away_leads_to_the_next(
    application: KioskApplication, fhir_peer: FhirPeer, slots: list[str]
) -> None:
    robot = TouchRobot(application.window)
    offered(application)
    fhir_peer.put(fhir_peer.get(slots[0]) | {"status": "busy"})
    accept_the_first(application)
    assert robot.wait_until(lambda: application.state.lost_slot is not None, PATIENCE_S)
    assert application.state.screen is Screen.BOOKING
    assert application.state.offer is not None
    assert [slot.code for slot in application.state.offer.slots] == slots[1:]
