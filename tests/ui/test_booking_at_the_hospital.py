"""The whole kiosk with the times of a real FHIR server: chosen on the screen, booked there, delivered once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from test_kiosk_application import to_booking
from whole_kiosk import send, started, wait

from kiosk.app import KioskApplication
from kiosk.config import Config, HisKind, HisSettings, SpeechSettings, VoiceKind, VoiceSettings
from kiosk.domain.dialogue import events as ev
from kiosk.domain.visit import Screen
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
    with started(config, tmp_path, windowed=True) as application:
        wait(application, lambda: application.store.schedule("ent") is not None)
        yield application


def offered(application: KioskApplication) -> None:
    to_booking(application)
    wait(application, lambda: application.state.offer is not None)


def accept_the_first(application: KioskApplication) -> None:
    assert application.session is not None
    assert application.state.offer is not None
    at = application.session.now()
    send(application, ev.SlotChosen(at=at, slot=application.state.offer.slots[0]))
    send(application, ev.BookingAccepted(at=at, walk_in=False, wall=application.session.wall()))


def test_a_time_is_booked_there_and_the_visit_follows(
    application: KioskApplication, fhir_peer: FhirPeer, slots: list[str]
) -> None:
    offered(application)
    accept_the_first(application)
    wait(application, lambda: application.state.screen is Screen.SLIP)
    assert application.state.checked_in is not None
    assert not application.state.checked_in.to_be_confirmed
    assert fhir_peer.get(slots[0])["status"] == "busy"
    wait(application, lambda: fhir_peer.counts().get("Encounter") == 1)
    assert fhir_peer.counts()["Appointment"] == 1


def test_a_time_that_the_counter_gave_away_leads_to_the_next(
    application: KioskApplication, fhir_peer: FhirPeer, slots: list[str]
) -> None:
    offered(application)
    fhir_peer.put(fhir_peer.get(slots[0]) | {"status": "busy"})
    accept_the_first(application)
    wait(application, lambda: application.state.lost_slot is not None)
    assert application.state.screen is Screen.BOOKING
    assert application.state.offer is not None
    assert [slot.code for slot in application.state.offer.slots] == slots[1:]
