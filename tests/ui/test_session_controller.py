"""What waits for the disk is done when the screen shows the new state, and before anything else happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import visit_states as vs
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk.domain.booking import BookingOutcome, Offer, Slot
from kiosk.domain.dialogue.events import (
    Back,
    BookingAccepted,
    DepartmentChosen,
    Ended,
    HisChanged,
    NurseArrived,
    NurseCalled,
    SlotChosen,
)
from kiosk.domain.encounter import VisitDraft
from kiosk.domain.errors import SlotTaken, StoreBusy, StoreFull
from kiosk.domain.visit import CheckedInVisit, Screen, State
from kiosk.ui.booking_path import BookingPath
from kiosk.ui.session_controller import Outside, SessionController
from kiosk.wire.worker_messages import BookSlot, Message, ReadSchedule, ScheduleRead, SlotAnswered


class Books:
    """Remembers in order what was asked of it, and what the screen showed then."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, State]] = []
        self.now: Callable[[], State] = State
        self.booked: list[bool | None] = []
        self.failure: Exception | None = None

    def offer(self, department: str, visit_id: str) -> tuple[Offer, bool]:
        self.asked.append(("offer", self.now()))
        return vs.OFFER, True

    def hold(self, visit_id: str, slot: Slot) -> bool:
        self.asked.append(("hold", self.now()))
        return True

    def release(self, visit_id: str) -> None:
        self.asked.append(("release", self.now()))

    def lose(self, visit_id: str, slot: Slot) -> None:
        self.asked.append(("lose", self.now()))

    def check_in(self, draft: VisitDraft, booked: bool | None = None) -> CheckedInVisit:
        self.asked.append(("check_in", self.now()))
        self.booked.append(booked)
        if self.failure is not None:
            raise self.failure
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


class FakeWorker(QObject):
    """What a WorkerProcess is for its paths."""

    message = Signal(object)
    down = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.is_up = True
        self.sent: list[Message] = []

    def send(self, message: Message) -> None:
        self.sent.append(message)


class Kiosk:
    def __init__(self, state: State, booking: BookingPath | None = None) -> None:
        self.books, self.frames, self.shown = Books(), Frames(), [state.screen]
        outside = Outside(
            registration=self.books,
            speech=None,
            model=Nothing(),  # type: ignore[arg-type]
            wake_delivery=lambda: None,
            change_language=lambda language, tag: None,
            forget=lambda: None,
            wall=lambda: vs.WALL,
            booking=booking,
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


THEIR_TIME = replace(vs.TIMES[1], code="Slot/12")
VISIT = vs.at(Screen.RESULT).visit_id


class AtTheHospital(Kiosk):
    """A kiosk whose times are the hospital system's; the patient has accepted one."""

    def __init__(self, timeout_s: float = 30) -> None:
        self.worker = FakeWorker()
        self.path = BookingPath(self.worker, lambda draft: b"[]", timeout_s)  # type: ignore[arg-type]
        super().__init__(replace(vs.at(Screen.RESULT), last_touch=SessionController.now()), self.path)

    def looks_for_times(self) -> None:
        self.session.send(DepartmentChosen(at=self.session.now(), code="orthopaedics"))
        self.frames.draw()

    def accepts(self) -> None:
        self.looks_for_times()
        self.worker.message.emit(ScheduleRead("orthopaedics", fresh=True))
        self.session.send(SlotChosen(at=self.session.now(), slot=THEIR_TIME))
        self.session.send(BookingAccepted(at=self.session.now(), walk_in=False, wall=vs.WALL))
        self.frames.draw()

    def hears(self, outcome: BookingOutcome) -> None:
        self.worker.message.emit(SlotAnswered(VISIT, outcome))


@pytest.fixture
def hospital(qapp: QGuiApplication) -> Iterator[AtTheHospital]:
    kiosk = AtTheHospital()
    yield kiosk
    kiosk.session.stop()


def test_times_are_shown_when_the_hospital_system_has_said_them(hospital: AtTheHospital) -> None:
    hospital.looks_for_times()
    assert hospital.worker.sent == [ReadSchedule("orthopaedics")]
    assert hospital.session.state.offer is None
    hospital.worker.message.emit(ScheduleRead("ent", fresh=True))
    assert hospital.session.state.offer is None
    hospital.worker.message.emit(ScheduleRead("orthopaedics", fresh=False))
    assert hospital.session.state.offer == vs.OFFER


def test_the_copy_is_shown_when_it_says_nothing(hospital: AtTheHospital, qtbot: QtBot) -> None:
    with qtbot.waitSignal(hospital.path.read, timeout=20_000):
        hospital.looks_for_times()
    assert hospital.session.state.offer == vs.OFFER


def test_a_hospital_system_that_is_away_is_not_asked(hospital: AtTheHospital) -> None:
    hospital.session.send(HisChanged(at=hospital.session.now(), up=False))
    hospital.looks_for_times()
    assert hospital.session.state.offer == vs.OFFER
    hospital.session.send(HisChanged(at=hospital.session.now(), up=False))
    hospital.session.send(SlotChosen(at=hospital.session.now(), slot=THEIR_TIME))
    hospital.session.send(BookingAccepted(at=hospital.session.now(), walk_in=False, wall=vs.WALL))
    hospital.frames.draw()
    assert hospital.worker.sent == []
    assert hospital.books.booked == [False]


def test_a_booked_time_ends_in_a_slip_that_is_sure(hospital: AtTheHospital) -> None:
    hospital.accepts()
    assert hospital.worker.sent[-1] == BookSlot(VISIT, "orthopaedics", "[]")
    assert hospital.session.state.booking
    assert hospital.books.booked == []
    hospital.hears(BookingOutcome.BOOKED)
    hospital.hears(BookingOutcome.BOOKED)
    assert hospital.books.booked == [True]
    assert hospital.shown[-1] is Screen.SLIP


def test_a_time_that_somebody_else_got_offers_the_next(hospital: AtTheHospital) -> None:
    hospital.accepts()
    hospital.hears(BookingOutcome.TAKEN)
    assert hospital.books.booked == []
    assert _asked(hospital)[-2:] == ["lose", "offer"]
    state = hospital.session.state
    assert (state.lost_slot, state.slot, state.booking) == (THEIR_TIME, None, False)


def test_no_answer_in_time_is_a_visit_to_be_confirmed(qapp: QGuiApplication, qtbot: QtBot) -> None:
    kiosk = AtTheHospital(timeout_s=0.05)
    with qtbot.waitSignal(kiosk.path.answered, timeout=20_000):
        kiosk.accepts()
    assert kiosk.books.booked == [False]
    assert kiosk.shown[-1] is Screen.SLIP
    kiosk.hears(BookingOutcome.TAKEN)
    assert kiosk.shown[-1] is Screen.SLIP
    kiosk.session.stop()


def test_a_worker_that_dies_while_it_books_is_no_answer(hospital: AtTheHospital) -> None:
    hospital.accepts()
    hospital.worker.down.emit("stopped by signal SIGKILL")
    assert hospital.books.booked == [False]


def test_a_walk_in_asks_nobody(hospital: AtTheHospital) -> None:
    hospital.looks_for_times()
    hospital.worker.message.emit(ScheduleRead("orthopaedics", fresh=True))
    hospital.session.send(BookingAccepted(at=hospital.session.now(), walk_in=True, wall=vs.WALL))
    hospital.frames.draw()
    assert hospital.books.booked == [None]


def test_who_leaves_meanwhile_has_accepted_the_time(hospital: AtTheHospital) -> None:
    hospital.accepts()
    hospital.session.send(Ended(at=hospital.session.now()))
    left = hospital.shown[-1]
    hospital.hears(BookingOutcome.BOOKED)
    assert hospital.books.booked == [True]
    assert hospital.shown[-1] is left


@pytest.mark.parametrize("error", [StoreFull(), StoreBusy(), SlotTaken("s1")])
def test_what_fails_for_who_left_is_nothing_to_the_next_patient(hospital: AtTheHospital, error: Exception) -> None:
    hospital.accepts()
    hospital.session.send(Ended(at=hospital.session.now()))
    next_one = replace(vs.at(Screen.BOOKING), visit_id="v2", last_touch=hospital.session.now())
    hospital.session.state = next_one
    hospital.books.failure = error
    hospital.hears(BookingOutcome.UNSURE)
    assert hospital.session.state == next_one


def test_the_window_closes_meanwhile(hospital: AtTheHospital) -> None:
    hospital.accepts()
    hospital.path.finish()
    assert hospital.books.booked == [False]


def test_there_is_no_way_back_while_it_is_asked(hospital: AtTheHospital) -> None:
    hospital.accepts()
    hospital.session.send(Back(at=hospital.session.now()))
    assert hospital.session.state.screen is Screen.BOOKING


def test_whoever_called_a_nurse_meanwhile_comes_back_to_the_slip(hospital: AtTheHospital) -> None:
    hospital.accepts()
    hospital.session.send(NurseCalled(at=hospital.session.now()))
    hospital.hears(BookingOutcome.BOOKED)
    assert hospital.shown[-1] is Screen.NURSE
    hospital.session.send(NurseArrived(at=hospital.session.now()))
    assert hospital.session.state.screen is Screen.SLIP
    assert hospital.session.state.checked_in is not None
