"""The composed application in this process: real content, real database, real workers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from whole_kiosk import PATIENCE_S, VISIT, send, started, wait

from kiosk.adapters import qr
from kiosk.app import KioskApplication
from kiosk.config import Config, HisKind, HisSettings, SpeechSettings, VoiceKind, VoiceSettings
from kiosk.domain.dialogue import events as ev
from kiosk.domain.findings import Status
from kiosk.domain.language import Language
from kiosk.domain.outbox import Lane
from kiosk.domain.patient import Sex
from kiosk.domain.visit import DeskReason, Screen
from kiosk.services.checkin import his_key
from kiosk.ui.touch_robot import TouchRobot


@pytest.fixture
def application(qapp: QGuiApplication, tmp_path: Path) -> Iterator[KioskApplication]:
    config = Config(
        his=HisSettings(kind=HisKind.FILE, folder=str(tmp_path / "his")),
        speech=SpeechSettings(enabled=False),
        voice=VoiceSettings(kind=VoiceKind.OFF),
    )
    with started(config, tmp_path, windowed=True) as application:
        yield application


def to_booking(application: KioskApplication) -> None:
    """A patient with a painful ear, up to the choice of a doctor."""
    assert application.session is not None
    at, wall = application.session.now(), application.session.wall()
    send(
        application,
        ev.Started(at=at, visit_id=VISIT, today=wall.date()),
        ev.ConsentGiven(at=at, wall=wall),
        ev.WithoutName(at=at),
        ev.Keyed(at=at, digit="4"),
        ev.Next(at=at),
        ev.SexChosen(at=at, sex=Sex.FEMALE),
        ev.TypingOpened(at=at),
        ev.Typed(at=at, text="耳朵疼两天了"),
        ev.Confirmed(at=at),
        ev.NoDanger(at=at),
    )
    while application.state.screen is Screen.QUESTION:
        send(application, ev.Answered(at=at, code=application.state.question, status=Status.ABSENT))
    send(application, ev.Next(at=at))
    assert application.state.assessment is not None
    # Out of hours others stand before it.
    assert "ent" in [one.code for one in application.state.assessment.departments]
    send(application, ev.DepartmentChosen(at=at, code="ent"))
    assert application.state.screen is Screen.BOOKING


def test_a_full_disk_at_check_in_sends_the_patient_to_the_desk_and_writes_nothing(
    application: KioskApplication,
) -> None:
    assert application.session is not None
    to_booking(application)
    database = application.store._database
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {pages}").fetchone()
    wall = application.session.wall()
    send(application, ev.BookingAccepted(at=application.session.now(), walk_in=True, wall=wall))
    assert (application.state.screen, application.state.desk_reason) == (Screen.DESK, DeskReason.STORE_FULL)
    assert application.store.encounter(VISIT) is None
    assert application.store.message(his_key(VISIT)) is None


def test_a_visit_left_alone_is_wiped_and_the_screen_is_the_house_language_again(application: KioskApplication) -> None:
    assert application.session is not None
    send(application, ev.LanguageChosen(at=application.session.now(), language=Language.EN))
    to_booking(application)
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("耳朵疼")
    qr.matrix("a token")
    later = application.state.last_touch + application.state.clinic.timing.idle_s
    send(application, ev.Tick(at=later), ev.Tick(at=later + application.state.clinic.timing.warning_s))
    assert (application.state.screen, application.state.language) == (Screen.ATTRACT, Language.ZH)
    assert (application.state.heard, application.state.visit_id, len(application.state.findings)) == ("", "", 0)
    assert clipboard.text() == ""
    assert qr.matrix.cache_info().currsize == 0


def test_a_check_in_is_delivered_by_the_real_worker(application: KioskApplication, tmp_path: Path) -> None:
    assert application.session is not None
    to_booking(application)
    wall = application.session.wall()
    send(application, ev.BookingAccepted(at=application.session.now(), walk_in=True, wall=wall))
    assert application.state.screen is Screen.SLIP
    wait(application, lambda: len(list((tmp_path / "his").glob("*.json"))) == 1)
    wait(application, lambda: not application.store.due_messages(Lane.HIS, application.session.wall(), 9))


def test_nothing_ticks_after_the_end(application: KioskApplication) -> None:
    assert [timer for timer in application.findChildren(QTimer) if timer.isActive()]
    application.shutdown()
    assert not [timer for timer in application.findChildren(QTimer) if timer.isActive()]


def test_a_place_is_found_by_touch_without_a_visit(application: KioskApplication) -> None:
    robot = TouchRobot(application.window)
    for name, screen in (
        ("entry_directory", Screen.DIRECTORY),
        ("wing_internal", Screen.DIRECTORY),
        ("place_cardiology", Screen.WAY),
        ("done", Screen.ATTRACT),
    ):
        assert robot.wait_until(lambda name=name: robot.find(name) is not None, PATIENCE_S), name
        robot.touch(robot.find(name))
        assert application.state.screen is screen, name
    assert application.state.visit_id == ""
    assert application.state.destination == ""
