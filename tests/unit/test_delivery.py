"""Delivery: at least once to the hospital system, at most once and never silently to the printer."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.errors import HisLockedOut, HisRejected, HisUnavailable, PrinterError, PrinterProblem, StoreFull
from kiosk.domain.outbox import DeliveryState, Lane, OutboxMessage
from kiosk.services.delivery import Attempt, DeliveryReport, Outcome, deliver_due
from kiosk.workers.destinations import to_his
from tests import visits
from tests.fakes import NOON, FakeClock, FakeConfirmingHis, FakeHis, FakeStore

THREE_MINUTES = timedelta(minutes=3)


class Lobby:
    """A store with messages, a clock, and destinations that can fail."""

    def __init__(self, his: FakeHis | None = None) -> None:
        self.store, self.clock, self.his = FakeStore(), FakeClock(), his or FakeHis()
        self.paper: list[str] = []
        self.printer_problem: BaseException | None = None

    def queue(self, *messages: OutboxMessage) -> None:
        with self.store.transaction():
            for message in messages:
                self.store.add_message(message)

    def queue_slip(self, number: int = 1) -> str:
        now = self.clock.now()
        slip = visits.message(number, Lane.PRINTER, now, expires_at=now + THREE_MINUTES)
        self.queue(slip)
        return slip.key

    def send(self, limit: int = 20) -> DeliveryReport:
        his = to_his(self.his)
        return deliver_due(self.store, Lane.HIS, his.send, self.clock, half, limit, his.confirm)

    def print_slips(self) -> list[Attempt]:
        return list(deliver_due(self.store, Lane.PRINTER, self._print, self.clock, half).attempts)

    def _print(self, message: OutboxMessage) -> None:
        if self.printer_problem is not None:
            raise self.printer_problem
        self.paper.append(message.key)

    def stored(self, key: str) -> OutboxMessage:
        message = self.store.message(key)
        assert message is not None
        return message


def half() -> float:
    return 0.5


@pytest.fixture(params=[FakeHis, FakeConfirmingHis])
def lobby(request: pytest.FixtureRequest) -> Lobby:
    return Lobby(request.param())


class Together:
    """Five visits for a hospital system that is asked again for what it took."""

    def __init__(self) -> None:
        self.his = FakeConfirmingHis()
        self.lobby = Lobby(self.his)
        self.lobby.queue(*(visits.message(number) for number in range(1, 6)))
        self.writes = 0
        transaction = self.lobby.store.transaction

        @contextlib.contextmanager
        def counted() -> Iterator[None]:
            self.writes += 1
            with transaction():
                yield

        self.lobby.store.transaction = counted  # type: ignore[method-assign]

    def send(self) -> dict[str, str]:
        """Outcome by key."""
        return {attempt.key: attempt.outcome for attempt in self.lobby.send().attempts}


@pytest.fixture
def together() -> Together:
    return Together()


def key(number: int) -> str:
    return visits.message(number).key


def test_a_delivered_visit_is_confirmed_and_its_content_is_gone_from_the_outbox(lobby: Lobby) -> None:
    with lobby.store.transaction():
        lobby.store.add_encounter(visits.encounter(1), visits.slip(1))
    lobby.queue(visits.message(1))
    assert lobby.send() == DeliveryReport((Attempt(key(1), Outcome.DELIVERED),))
    assert lobby.his.visits == {key(1): b"payload 1"}
    assert (lobby.stored(key(1)).state, lobby.stored(key(1)).payload) == (DeliveryState.SENT, b"")
    encounter = lobby.store.encounter(visits.visit_id(1))
    assert encounter is not None
    assert encounter.confirmed
    assert lobby.send() == DeliveryReport()


def test_an_unavailable_his_is_tried_again_later_and_the_rest_is_left_alone(lobby: Lobby) -> None:
    lobby.queue(visits.message(1), visits.message(2))
    lobby.his.problem = HisUnavailable("down")
    assert lobby.send() == DeliveryReport((Attempt(key(1), Outcome.RETRY, "unavailable"),), paused=True)
    assert lobby.stored(key(1)).due_at == NOON + timedelta(seconds=2)
    assert lobby.stored(key(2)).attempts == 0
    lobby.his.problem = None
    lobby.clock.advance(seconds=2)
    assert [attempt.key for attempt in lobby.send().attempts] == [key(2), key(1)]


def test_one_message_the_his_cannot_digest_does_not_starve_the_others(lobby: Lobby) -> None:
    lobby.queue(*(visits.message(number) for number in range(1, 6)))
    lobby.his.indigestible = {key(1)}
    for _ in range(3):
        lobby.clock.advance(seconds=60)
        lobby.send()
    assert lobby.his.received == [key(number) for number in range(2, 6)]
    assert lobby.stored(key(1)).state is DeliveryState.WAITING


def test_the_his_may_ask_for_more_time(lobby: Lobby) -> None:
    lobby.queue(visits.message(1))
    lobby.his.problem = HisUnavailable("busy", retry_after_s=3600)
    assert lobby.send().no_sooner_s == 3600
    lobby.clock.advance(minutes=59)
    assert lobby.send() == DeliveryReport()
    lobby.clock.advance(minutes=1)
    assert lobby.send().paused


def test_being_locked_out_leaves_every_message_as_it_was_and_says_so(lobby: Lobby) -> None:
    lobby.queue(visits.message(1), visits.message(2))
    lobby.his.problem = HisLockedOut("401")
    report = lobby.send()
    assert report == DeliveryReport((Attempt(key(1), Outcome.RETRY, "locked_out"),), paused=True, locked_out=True)
    assert {lobby.stored(key(n)).state for n in (1, 2)} == {DeliveryState.WAITING}
    lobby.his.problem = None
    lobby.clock.advance(minutes=5)
    assert {attempt.outcome for attempt in lobby.send().attempts} == {Outcome.DELIVERED}


def test_a_refused_visit_keeps_its_content_for_a_person_and_the_rest_goes_on(lobby: Lobby) -> None:
    lobby.queue(visits.message(1), visits.message(2))
    lobby.his.problem = HisRejected("422 structure Encounter.status")
    assert lobby.send(limit=1).attempts == (Attempt(key(1), Outcome.DEAD, "rejected"),)
    lobby.his.problem = None
    assert lobby.send().attempts == (Attempt(key(2), Outcome.DELIVERED),)
    assert (lobby.stored(key(1)).state, lobby.stored(key(1)).payload) == (DeliveryState.DEAD, b"payload 1")
    assert lobby.stored(key(1)).problem == "rejected: 422 structure Encounter.status"


def test_a_lost_answer_means_twice_sent_and_once_known(lobby: Lobby) -> None:
    lobby.queue(visits.message(1))
    lobby.his.loses_answer = True
    lobby.send()
    lobby.his.loses_answer = False
    lobby.clock.advance(seconds=5)
    lobby.send()
    assert lobby.his.received == [key(1), key(1)]
    assert len(lobby.his.visits) == 1
    assert lobby.stored(key(1)).state is DeliveryState.SENT


def test_a_visit_is_sent_again_when_the_disk_could_not_take_the_result(lobby: Lobby) -> None:
    lobby.queue(visits.message(1))
    lobby.store.full = True
    with pytest.raises(StoreFull):
        lobby.send()
    lobby.store.full = False
    assert lobby.send().attempts == (Attempt(key(1), Outcome.DELIVERED),)
    assert lobby.his.received == [key(1), key(1)]


def test_what_is_sent_in_one_turn_takes_one_question_and_one_write(together: Together) -> None:
    assert set(together.send().values()) == {"delivered"}
    assert (together.his.asked, together.writes) == ([5], 1)


def test_what_was_sent_before_the_line_broke_is_confirmed_and_not_sent_again(together: Together) -> None:
    together.his.indigestible = {key(4)}
    assert together.send() == {key(1): "delivered", key(2): "delivered", key(3): "delivered", key(4): "retry"}
    together.his.indigestible.clear()
    together.lobby.clock.advance(minutes=1)
    assert together.send() == {key(4): "delivered", key(5): "delivered"}
    assert sorted(together.his.received) == [key(number) for number in range(1, 6)]


def test_a_visit_that_is_not_found_again_waits_and_those_after_it_are_left_as_they_were(together: Together) -> None:
    together.his.forgotten = {key(3)}
    assert together.send() == {key(1): "delivered", key(2): "delivered", key(3): "retry"}
    assert [together.lobby.stored(key(number)).attempts for number in (4, 5)] == [0, 0]
    together.his.forgotten.clear()
    together.lobby.clock.advance(minutes=1)
    assert set(together.send().values()) == {"delivered"}


def test_a_visit_that_is_there_twice_is_for_a_person_and_the_others_are_delivered(together: Together) -> None:
    together.his.doubled = {key(2)}
    assert together.send() == {key(2): "dead"} | {key(number): "delivered" for number in (1, 3, 4, 5)}
    assert together.lobby.stored(key(2)).payload == b"payload 2"


def test_while_nobody_answers_the_question_nothing_counts_as_delivered(together: Together) -> None:
    together.his.unanswered = HisLockedOut("403", retry_after_s=9)
    report = together.lobby.send()
    assert report == DeliveryReport((Attempt(key(1), Outcome.RETRY, "locked_out"),), True, 9, locked_out=True)
    together.his.unanswered = None
    together.lobby.clock.advance(minutes=1)
    assert set(together.send().values()) == {"delivered"}
    assert len(together.his.visits) == 5


def test_all_of_a_turn_is_sent_again_when_the_disk_could_not_take_its_result(together: Together) -> None:
    together.lobby.store.full = True
    with pytest.raises(StoreFull):
        together.send()
    together.lobby.store.full = False
    assert set(together.send().values()) == {"delivered"}
    assert len(together.his.received) == 10
    assert len(together.his.visits) == 5


def test_lanes_do_not_touch_each_other(lobby: Lobby) -> None:
    slip = lobby.queue_slip(1)
    lobby.queue(visits.message(1))
    lobby.his.problem = HisUnavailable("down")
    lobby.send()
    assert lobby.print_slips() == [Attempt(slip, Outcome.DELIVERED)]
    assert lobby.paper == [slip]
    assert lobby.stored(slip).payload == b""


@pytest.mark.parametrize("problem", list(PrinterProblem))
def test_a_printer_problem_is_told_at_once_and_the_slip_never_comes_late(lobby: Lobby, problem: PrinterProblem) -> None:
    slip = lobby.queue_slip()
    lobby.printer_problem = PrinterError(problem)
    assert lobby.print_slips() == [Attempt(slip, Outcome.DEAD, problem.value)]
    lobby.printer_problem = None
    lobby.clock.advance(seconds=30)
    assert lobby.print_slips() == []
    assert lobby.paper == []
    assert lobby.stored(slip).payload == b""


def test_an_expired_slip_is_not_printed(lobby: Lobby) -> None:
    slip = lobby.queue_slip()
    lobby.clock.at += THREE_MINUTES
    assert lobby.print_slips() == [Attempt(slip, Outcome.DEAD, "expired")]
    assert lobby.paper == []


def test_a_slip_whose_printing_was_cut_off_is_told_and_not_printed_twice(lobby: Lobby) -> None:
    slip = lobby.queue_slip()
    lobby.printer_problem = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        lobby.print_slips()
    lobby.printer_problem = None
    assert lobby.print_slips() == [Attempt(slip, Outcome.DEAD, "unknown")]
    assert lobby.paper == []


def test_a_full_disk_prints_nothing_rather_than_the_same_slip_for_ever(lobby: Lobby) -> None:
    lobby.queue_slip()
    lobby.store.full = True
    with pytest.raises(StoreFull):
        lobby.print_slips()
    assert lobby.paper == []


def test_what_another_process_delivered_meanwhile_stays_delivered(lobby: Lobby) -> None:
    lobby.queue(visits.message(1))

    def overtaken(message: OutboxMessage) -> None:
        with lobby.store.transaction():
            lobby.store.update_message(message.sent())
        raise HisRejected("known already")

    deliver_due(lobby.store, Lane.HIS, overtaken, lobby.clock, half)
    assert lobby.stored(key(1)).state is DeliveryState.SENT


def test_a_clock_set_back_sends_nothing_twice_and_holds_nothing_up(lobby: Lobby) -> None:
    lobby.queue(visits.message(1), visits.message(2))
    lobby.send(limit=1)
    lobby.his.problem = HisUnavailable("down")
    lobby.send()
    lobby.his.problem = None
    lobby.clock.advance(hours=-8)
    assert lobby.send().attempts == (Attempt(key(2), Outcome.DELIVERED),)
    lobby.clock.advance(hours=8)
    assert lobby.send() == DeliveryReport()
    assert lobby.his.received == [key(1), key(2)]


def test_backing_off_goes_on_under_the_new_clock(lobby: Lobby) -> None:
    lobby.queue(visits.message(1))
    lobby.clock.advance(hours=-8)
    lobby.his.problem = HisUnavailable("down")
    assert lobby.send().paused
    assert lobby.send() == DeliveryReport()


def test_a_slip_from_before_the_clock_was_set_back_is_not_printed(lobby: Lobby) -> None:
    slip = lobby.queue_slip()
    lobby.clock.advance(hours=-8)
    assert lobby.print_slips() == [Attempt(slip, Outcome.DEAD, "expired")]


def test_a_clock_corrected_by_seconds_prints_the_slip(lobby: Lobby) -> None:
    slip = lobby.queue_slip()
    lobby.clock.advance(seconds=-3)
    assert lobby.print_slips() == [Attempt(slip, Outcome.DELIVERED)]


@given(st.data())
def test_whatever_clock_and_network_do_every_visit_arrives_once(data: st.DataObject) -> None:
    lobby = Lobby(data.draw(st.sampled_from([FakeHis, FakeConfirmingHis]))())
    added: Iterator[int] = iter(range(1, 100))
    steps = data.draw(st.lists(st.sampled_from(["add", "add", "send", "down", "up", "lose", "forward", "back"])))
    for step in steps:
        if step == "add":
            lobby.queue(visits.message(next(added), at=lobby.clock.now()))
        elif step == "send":
            lobby.send(limit=data.draw(st.integers(1, 3)))
        elif step in ("forward", "back"):
            seconds = data.draw(st.sampled_from([1, 60, 86400]))
            lobby.clock.advance(seconds=seconds if step == "forward" else -seconds)
        else:
            lobby.his.problem = HisUnavailable("down") if step == "down" else None
            lobby.his.loses_answer = step == "lose"
    lobby.his.problem, lobby.his.loses_answer = None, False
    for _ in range(3):
        lobby.clock.advance(seconds=400)
        lobby.send(limit=100)
    messages = lobby.store.tables.outbox
    assert lobby.his.visits.keys() == messages.keys()
    assert {message.state for message in messages.values()} <= {DeliveryState.SENT}
    received = len(lobby.his.received)
    for hours in (-48, 96):
        lobby.clock.advance(hours=hours)
        lobby.send(limit=100)
    assert len(lobby.his.received) == received


def test_a_dead_message_can_be_told_from_a_waiting_one() -> None:
    waiting = visits.message(1)
    assert waiting.is_due(NOON)
    assert not replace(waiting, state=DeliveryState.DEAD).is_due(NOON + timedelta(days=1))
    assert not waiting.is_expired(NOON + timedelta(days=365))
