"""Codes and numbers that patients hold before the scanner or type reach no log: not the window's, not a worker's."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from test_scanner import booked, now
from whole_kiosk import press, read, send, started, until, wait

from kiosk.app import KioskApplication
from kiosk.config import (
    AppointmentSettings,
    Config,
    DisplaySettings,
    HisKind,
    HisSettings,
    IdentitySettings,
    LookupKind,
    SpeechSettings,
    VoiceKind,
    VoiceSettings,
)
from kiosk.domain.appointments import AppointmentProblem
from kiosk.domain.dialogue import events as ev
from kiosk.domain.identity_numbers import PaperForm
from kiosk.domain.outbox import DeliveryState
from kiosk.domain.patient import Sex
from kiosk.domain.scanned import grouped, visit_code
from kiosk.domain.visit import Screen, State
from kiosk.services.checkin import his_key
from kiosk.ui.touch_robot import TouchRobot
from tests import visits
from tests.fhir_clinics import WITH_NUMBERS
from tests.peer_fixtures import FhirPeer

pytestmark = pytest.mark.peer

APPOINTMENT = "7093518264"
FORGED = "DZ1:" + "FORGEDCANARY" * 6
PASSPORT = "E90817263"
PHONE, BORN = "13907418529", date(1961, 5, 17)
DAY = f"{BORN:%Y%m%d}"
BIRTHDAYS = (DAY, f"{BORN:%Y-%m-%d}", f"{BORN:%Y / %m / %d}", f"{BORN!r}")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Path]:
    """What the workers write to their standard error, which is that of the process that starts them."""
    path = tmp_path / "journal"
    before = os.dup(2)
    with path.open("wb") as file:
        os.dup2(file.fileno(), 2)
    yield path
    os.dup2(before, 2)
    os.close(before)


@pytest.fixture
def application(
    qapp: QGuiApplication, fhir_peer: FhirPeer, tmp_path: Path, journal: Path
) -> Iterator[KioskApplication]:
    (tmp_path / "mapping.toml").write_text(WITH_NUMBERS, encoding="utf-8")
    mapping = str(tmp_path / "mapping.toml")
    config = Config(
        his=HisSettings(kind=HisKind.FHIR, url=fhir_peer.url, mapping=mapping, booking_timeout_s=20.0),
        appointments=AppointmentSettings(appointment_pattern="[0-9]{10}"),
        identity=IdentitySettings(card_reader=str(tmp_path / "none"), lookup=LookupKind.SEARCH, timeout_s=20.0),
        display=DisplaySettings(reduce_motion=True),
        speech=SpeechSettings(enabled=False),
        voice=VoiceSettings(kind=VoiceKind.OFF),
    )
    with started(config, tmp_path) as application:
        # The printer's state comes from the delivery worker, which can be asked from then on.
        wait(application, lambda: not application.state.printer_up)
        yield application


def begin(application: KioskApplication, visit_id: str) -> float:
    assert application.session is not None
    at, wall = application.session.now(), application.session.wall()
    send(application, ev.Started(at=at, visit_id=visit_id, today=wall.date()), ev.ConsentGiven(at=at, wall=wall))
    assert application.state.screen is Screen.WHO
    return at


def fields(state: State) -> tuple[str, ...]:
    return state.phone, state.document_number, state.birth_digits, state.code_digits


def typed(application: KioskApplication, text: str, screen: Screen) -> None:
    """Into the field of the page, and on by its button; what is typed as fast as a code comes from the scanner."""
    until(application, screen)
    if screen is Screen.CODE:
        send(application, *[ev.Keyed(at=now(), digit="")] * 10, *(ev.Keyed(at=now(), digit=one) for one in text))
    else:
        wait(application, lambda: TouchRobot(application.window).find("next") is not None)
        read(application, text, enter=False)
    wait(application, lambda: text in fields(application.state))
    press(application, "next")


def codes_before_a_visit(application: KioskApplication) -> tuple[str, ...]:
    token = booked(application)
    digits = visit_code("5b3a3a4e-8f8c-4a38-9e55-7d8ab2f1c001")
    read(application, token)
    until(application, Screen.APPOINTMENT)
    send(application, ev.Ended(at=now()), ev.Ended(at=now()))
    read(application, FORGED)
    wait(application, lambda: application.state.appointment_problem is AppointmentProblem.NOT_SIGNED)
    typed(application, APPOINTMENT, Screen.CODE)
    wait(application, lambda: application.state.appointment_problem is AppointmentProblem.NOT_FOUND)
    typed(application, digits, Screen.CODE)
    until(application, Screen.APPOINTMENT)
    send(application, ev.Ended(at=now()), ev.Ended(at=now()))
    return token, token.removeprefix("DZ1:")[:40], digits, grouped(digits)


def visit_with_a_passport(application: KioskApplication) -> str:
    visit = visits.visit_id(1)
    at = begin(application, visit)
    send(application, ev.WithCard(at=at), ev.WithDocument(at=at), ev.PaperChosen(at=at, form=PaperForm.PASSPORT))
    typed(application, PASSPORT, Screen.DOCUMENT)
    typed(application, DAY, Screen.BIRTH)
    told_of_danger(application, at)
    return visit


def visit_with_a_phone(application: KioskApplication) -> str:
    visit = visits.visit_id(2)
    at = begin(application, visit)
    send(application, ev.WithPhone(at=at))
    typed(application, PHONE, Screen.PHONE)
    typed(application, DAY, Screen.BIRTH)
    told_of_danger(application, at)
    return visit


def told_of_danger(application: KioskApplication, at: float) -> None:
    until(application, Screen.SEX)
    send(application, ev.SexChosen(at=at, sex=Sex.MALE))
    wait(application, lambda: not application.state.finding)
    send(application, ev.TypingOpened(at=at), ev.Typed(at=at, text="胸口疼喘不上气"), ev.Confirmed(at=at))
    assert application.state.screen is Screen.EMERGENCY
    send(application, ev.Ended(at=at), ev.Ended(at=at))


def test_nothing_typed_or_scanned_reaches_a_log(
    application: KioskApplication,
    fhir_peer: FhirPeer,
    caplog: pytest.LogCaptureFixture,
    journal: Path,
) -> None:
    caplog.set_level(logging.DEBUG)
    codes = codes_before_a_visit(application)
    fhir_peer.fail("unavailable")
    keys = [his_key(visit_with_a_passport(application))]

    def refused() -> bool:
        found = application.store.message(keys[0])
        return found is not None and found.attempts > 0

    wait(application, refused)
    fhir_peer.recover()
    keys.append(his_key(visit_with_a_phone(application)))

    def delivered() -> bool:
        found = [application.store.message(key) for key in keys]
        return all(one is not None and one.state is DeliveryState.SENT for one in found)

    wait(application, delivered)
    application.shutdown()
    told = caplog.text + journal.read_text()
    assert "screen=emergency" in told
    assert "kiosk.workers.lane" in told
    assert "lookup_failed" in told
    for secret in (*codes, APPOINTMENT, FORGED[:40], PASSPORT, PHONE, PHONE[-4:], *BIRTHDAYS):
        assert secret not in told, secret
