"""What waits for the disk is done when the screen shows the new state, and before anything else happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import visit_states as vs
from PySide6.QtGui import QGuiApplication

from kiosk.domain.booking import Offer, Slot
from kiosk.domain.dialogue.events import BookingAccepted, DepartmentChosen, Ended, SlotChosen
from kiosk.domain.encounter import VisitDraft
from kiosk.domain.visit import CheckedInVisit, Screen, State
from kiosk.ui.session_controller import Outside, SessionController


class Books:
    """Remembers in order what was asked of it, and what the screen showed then."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, State]] = []
        self.now: Callable[[], State] = State

    def offer(self, department: str, visit_id: str) -> tuple[Offer, bool]:
        self.asked.append(("offer", self.now()))
        return vs.OFFER, True

    def hold(self, visit_id: str, slot: Slot) -> bool:
        self.asked.append(("hold", self.now()))
        return True

    def release(self, visit_id: str) -> None:
        self.asked.append(("release", self.now()))

    def check_in(self, draft: VisitDraft) -> CheckedInVisit:
        self.asked.append(("check_in", self.now()))
        return CheckedInVisit("骨 027", "206", None, None, "token", to_be_confirmed=False)

    def alert(self, visit_id: str, level: int, rules: tuple[str, ...]) -> None:
        self.asked.append(("alert", self.now()))


class Nothing:
    """Signals and calls that lead nowhere."""

    def __getattr__(self, name: str) -> Nothing:
        return self

    def __call__(self, *_: object) -> None:
        return None


class Frames:
    """Draws when told."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], None]] = []

    def wait(self, call: Callable[[], None]) -> None:
        self._waiting.append(call)

    def draw(self) -> None:
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            call()


class Kiosk:
    def __init__(self, state: State) -> None:
        self.books, self.frames, self.shown = Books(), Frames(), [state.screen]
        outside = Outside(
            registration=self.books,
            speech=None,
            model=Nothing(),  # type: ignore[arg-type]
            wake_delivery=lambda: None,
            change_language=lambda language, tag: None,
            forget=lambda: None,
            wall=lambda: vs.WALL,
            after_painting=self.frames.wait,
        )
        self.session = SessionController(state.clinic, outside)
        self.session.state = state
        self.books.now = lambda: self.session.state
        self.session.stateChanged.connect(lambda: self.shown.append(self.session.state.screen))


@pytest.fixture
def result(qapp: QGuiApplication) -> Iterator[Kiosk]:
    kiosk = Kiosk(replace(vs.at(Screen.RESULT), last_touch=SessionController.now()))
    yield kiosk
    kiosk.session.stop()


def _asked(kiosk: Kiosk) -> list[str]:
    return [name for name, _ in kiosk.books.asked]


def test_the_page_is_there_before_the_times_are_looked_for(result: Kiosk) -> None:
    result.session.send(DepartmentChosen(at=result.session.now(), code="orthopaedics"))
    assert result.shown[-1] is Screen.BOOKING
    assert result.session.state.offer is None
    assert _asked(result) == []
    result.frames.draw()
    assert _asked(result) == ["offer"]
    assert result.session.state.offer == vs.OFFER


def test_the_button_says_one_moment_before_the_visit_is_stored(result: Kiosk) -> None:
    result.session.send(DepartmentChosen(at=result.session.now(), code="orthopaedics"))
    result.frames.draw()
    result.session.send(SlotChosen(at=result.session.now(), slot=vs.TIMES[1]))
    result.frames.draw()
    result.session.send(BookingAccepted(at=result.session.now(), walk_in=False, wall=vs.WALL))
    assert result.session.state.booking
    assert "check_in" not in _asked(result)
    result.frames.draw()
    assert _asked(result)[-1] == "check_in"
    assert result.shown[-1] is Screen.SLIP


def test_nothing_overtakes_what_waits_for_a_frame(result: Kiosk) -> None:
    result.session.send(DepartmentChosen(at=result.session.now(), code="orthopaedics"))
    result.session.send(SlotChosen(at=result.session.now(), slot=vs.TIMES[1]))
    assert _asked(result) == ["offer"]
    result.session.send(Ended(at=result.session.now()))
    assert _asked(result)[:2] == ["offer", "hold"]
    held_by = result.books.asked[1][1]
    assert held_by.slot == vs.TIMES[1]


def test_what_waits_is_done_when_the_kiosk_stops(result: Kiosk) -> None:
    result.session.send(DepartmentChosen(at=result.session.now(), code="orthopaedics"))
    result.session.stop()
    assert _asked(result) == ["offer"]
    result.frames.draw()
    assert _asked(result) == ["offer"]
