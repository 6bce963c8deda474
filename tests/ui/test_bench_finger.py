"""The finger of `kiosk bench frames`: on time, seen in the picture, and without a consequence when it slides off."""

from __future__ import annotations

import time

import kiosk_states
import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.bench.finger import Finger
from kiosk.bench.phases import Phase, Play
from kiosk.domain.dialogue.events import ConsentGiven
from kiosk.domain.visit import Screen

PATIENCE_S = 20


def perform(play: Play, finger: Finger, kiosk, qapp: QGuiApplication) -> None:
    """Play to the end, with a frame at every turn of the event loop."""
    drawn: list[bool] = []

    def frame() -> None:
        finger.drawn(time.monotonic())
        drawn.append(True)

    kiosk.window.frameSwapped.connect(frame)
    end = time.monotonic() + PATIENCE_S
    for wait in play:
        while not wait():
            assert time.monotonic() < end
            kiosk.window.update()
            qapp.processEvents()
    kiosk.window.frameSwapped.disconnect(frame)
    assert drawn


def agreed(kiosk) -> bool:
    return any(isinstance(event, ConsentGiven) for event in kiosk.sent)


@pytest.fixture
def finger(kiosk) -> Finger:
    kiosk.show(kiosk_states.at(Screen.CONSENT))
    return Finger(kiosk.window)


def test_a_touch_is_timed_to_the_frame_that_shows_it(kiosk, qapp, finger: Finger) -> None:
    phase = Phase("test")
    perform(finger.touch(phase, "agree", turned=lambda: agreed(kiosk)), finger, kiosk, qapp)
    assert [name for _, name in phase.presses] == ["agree"]
    assert [name for _, name in phase.turns] == ["agree"]
    assert all(0 < ms < 1000 * PATIENCE_S for ms, _ in (*phase.presses, *phase.turns))


def test_a_finger_that_slides_off_presses_nothing(kiosk, qapp, finger: Finger) -> None:
    phase = Phase("test")
    perform(finger.touch(phase, "agree", away=True), finger, kiosk, qapp)
    assert len(phase.presses) == 1
    assert not agreed(kiosk)


@pytest.mark.parametrize("tinted", [True, False])
def test_a_press_that_nobody_can_see_is_told(kiosk, qapp, finger: Finger, tinted: bool) -> None:
    finger.checking = True
    if not tinted:
        button = kiosk.find("agree")
        for child in button.childItems():
            child.setProperty("opacity", 0)
    perform(finger.touch(Phase("test"), "agree", away=True), finger, kiosk, qapp)
    assert finger.unseen == (set() if tinted else {"agree"})
