"""A card on a real line, read by the real worker, into a visit of the real application; and nothing stays of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from whole_kiosk import VISIT, send, started, wait

from kiosk.app import KioskApplication
from kiosk.config import (
    Config,
    HisKind,
    HisSettings,
    IdentitySettings,
    LookupKind,
    SpeechSettings,
    VoiceKind,
    VoiceSettings,
)
from kiosk.domain.card_reading import CardState
from kiosk.domain.dialogue import events as ev
from kiosk.domain.patient import IdentitySource, Patient
from kiosk.domain.visit import Screen
from kiosk.services.checkin import his_key
from kiosk.ui.touch_robot import TouchRobot
from tests.card_reader_peer import ADDRESS, NAME, NUMBER, Card, CardReaderPeer, link

INSURANCE = "ec-canary-77"
SECRETS = (NAME, NUMBER, ADDRESS, "canary", NUMBER[6:14], INSURANCE)


@pytest.fixture
def peer() -> Iterator[CardReaderPeer]:
    peer = CardReaderPeer()
    yield peer
    peer.unplug()


@pytest.fixture
def application(qapp: QGuiApplication, tmp_path: Path, peer: CardReaderPeer) -> Iterator[KioskApplication]:
    config = Config(
        # Nobody answers there: the visit goes on without being looked for.
        his=HisSettings(kind=HisKind.FHIR, url="http://127.0.0.1:9/fhir"),
        identity=IdentitySettings(
            card_reader=str(link(peer, tmp_path / "reader")), lookup=LookupKind.SEARCH, timeout_s=1.0
        ),
        speech=SpeechSettings(enabled=False),
        voice=VoiceSettings(kind=VoiceKind.OFF),
    )
    with started(config, tmp_path, windowed=True) as application:
        yield application


def test_a_card_becomes_a_visit_and_leaves_no_trace(
    application: KioskApplication, peer: CardReaderPeer, caplog: pytest.LogCaptureFixture
) -> None:
    assert application.session is not None
    caplog.set_level(logging.INFO, "kiosk")
    robot = TouchRobot(application.window)
    at, wall = application.session.now(), application.session.wall()
    send(
        application,
        ev.Started(at=at, visit_id=VISIT, today=wall.date()),
        ev.ConsentGiven(at=at, wall=wall),
        ev.InsuranceGiven(at=at, reference=INSURANCE),
    )
    wait(application, lambda: robot.find("withCard") is not None)
    send(application, ev.WithCard(at=at))
    wait(application, lambda: application.state.card is CardState.WAITING)
    peer.put(Card(fails="read"))
    wait(application, lambda: application.state.card is CardState.FAILED)
    peer.put(Card())
    wait(application, lambda: application.state.card is CardState.DONE)
    patient = application.state.patient
    assert (patient.name, patient.document and patient.document.number) == (NAME, NUMBER)
    assert patient.identity is IdentitySource.DOCUMENT_READ

    send(application, ev.Next(at=at))
    assert application.state.screen is Screen.COMPLAINT
    wait(application, lambda: not application.state.finding)
    send(application, ev.TypingOpened(at=at), ev.Typed(at=at, text="胸口疼喘不上气"), ev.Confirmed(at=at))
    assert application.state.screen is Screen.EMERGENCY

    message = application.store.message(his_key(VISIT))
    assert message is not None
    sent = [entry["resource"] for bundle in json.loads(message.payload) for entry in bundle["entry"]]
    (person,) = [resource for resource in sent if resource["resourceType"] == "Patient"]
    assert person["name"][0]["text"] == NAME
    assert person["identifier"][0]["value"] == NUMBER
    assert INSURANCE in message.payload.decode()
    assert ADDRESS not in message.payload.decode()
    stored = application.store.encounter(VISIT)
    assert stored is not None
    assert stored.draft.patient == replace(patient, insurance=None)

    send(application, ev.Ended(at=at))
    assert application.state.patient == Patient()
    for secret in SECRETS:
        assert secret not in caplog.text
    assert "screen=emergency" in caplog.text
