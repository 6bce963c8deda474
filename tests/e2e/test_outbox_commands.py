"""`kiosk outbox` as the person meets it who looks after the machines: a real store, the real command line."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kiosk.adapters.store import SqliteStore, open_store
from kiosk.cli import app
from kiosk.domain.audit import AuditAction
from kiosk.domain.outbox import DeliveryState, Lane
from kiosk.outbox_tools import age
from kiosk.wire.fhir import encode, visit_bundles
from tests import visits

REASON = "rejected: 422 structure Patient.birthDate"
WAITING, DEAD, SLIP = (f"{visits.visit_id(number)}-{lane}" for number, lane in ((1, "his"), (2, "his"), (3, "printer")))


class Machine:
    """A machine whose hospital system is away and refused one visit; `kiosk` runs a command of the group."""

    def __init__(self, folder: Path) -> None:
        self.store: SqliteStore = open_store(folder / "state")
        self._settings = folder / "kiosk.toml"
        self._settings.write_text(f'[kiosk]\nstate = "{(folder / "state").as_posix()}"\n', encoding="utf-8")
        at = datetime.now(UTC) - timedelta(hours=2)
        with self.store.transaction():
            self.store.add_message(visits.message(1, at=at, payload=payload(1), attempts=4, problem="unavailable"))
            self.store.add_message(
                visits.message(2, at=at, payload=payload(2), attempts=1, state=DeliveryState.DEAD, problem=REASON)
            )
            self.store.add_message(visits.message(3, Lane.PRINTER, at=at, state=DeliveryState.DEAD, payload=b""))

    def kiosk(self, *arguments: str, typed: str = "") -> Result:
        result = CliRunner().invoke(app, ["outbox", *arguments, "--config", str(self._settings)], input=typed)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    def state(self, key: str) -> DeliveryState | None:
        message = self.store.message(key)
        return message.state if message else None


def payload(number: int) -> bytes:
    return encode(visit_bundles(visits.encounter(number)))


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path)
    yield machine
    machine.store.close()


def test_the_list_tells_lanes_states_ages_tries_and_reasons_and_no_word_of_a_patient(machine: Machine) -> None:
    done = machine.kiosk("list")
    assert done.exit_code == 1
    for told in (WAITING, DEAD, SLIP, "2h 0m", "unavailable", REASON, "his: 1 waiting, 1 dead", "printer: 0 waiting"):
        assert told in done.output
    assert visits.CANARY not in done.output
    assert visits.PHONE not in done.output
    assert DEAD not in machine.kiosk("list", "--lane", "printer").output


def test_nothing_to_deliver_is_well(machine: Machine) -> None:
    for key in (WAITING, DEAD, SLIP):
        assert machine.kiosk("drop", key, "--yes").exit_code == 0
    done = machine.kiosk("list")
    assert (done.exit_code, done.output) == (0, "printer: 0 waiting, 0 dead\nhis: 0 waiting, 0 dead\n")


def test_one_message_is_shown_without_the_patient_unless_asked_for(machine: Machine) -> None:
    done = machine.kiosk("show", DEAD)
    assert done.exit_code == 0
    for told in ("骨 002", "orthopaedics", "level         III", "1 Encounter", REASON):
        assert told in done.output
    assert visits.CANARY not in done.output
    assert visits.PHONE not in done.output
    assert machine.store.audit_events(DEAD) == []


def test_looking_at_the_patients_words_is_written_down(machine: Machine) -> None:
    assert visits.CANARY in machine.kiosk("show", DEAD, "--content").output
    (event,) = machine.store.audit_events(DEAD)
    assert (event.action, event.agent) == (AuditAction.CONTENT_SHOWN, getpass.getuser())
    assert "content_shown" in machine.kiosk("show", DEAD).output


def test_a_payload_that_cannot_be_read_is_shown_all_the_same(machine: Machine) -> None:
    broken = visits.message(4, payload=b"\xff[")
    with machine.store.transaction():
        machine.store.add_message(broken)
    assert "cannot be read" in machine.kiosk("show", broken.key).output
    assert machine.kiosk("show", broken.key, "--content").exit_code == 0


def test_all_that_was_refused_is_sent_again(machine: Machine) -> None:
    assert machine.kiosk("retry", "--all").output == "1 will be sent again\n"
    revived = machine.store.message(DEAD)
    assert revived is not None
    assert (revived.state, revived.attempts, revived.payload) == (DeliveryState.WAITING, 0, payload(2))
    assert machine.state(SLIP) is DeliveryState.DEAD


def test_a_visit_that_waits_long_is_due_at_once_when_named(machine: Machine) -> None:
    assert machine.kiosk("retry", WAITING).exit_code == 0
    assert machine.state(DEAD) is DeliveryState.DEAD
    assert WAITING in {one.key for one in machine.store.due_messages(Lane.HIS, datetime.now(UTC), 9)}


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ((SLIP,), 1, "is a slip"),
        (("nonsense",), 1, "kiosk outbox list"),
        ((), 2, "--all"),
        ((DEAD, "--all"), 2, "--all"),
    ],
)
def test_what_cannot_be_sent_again_is_said(machine: Machine, arguments: tuple[str, ...], code: int, told: str) -> None:
    done = machine.kiosk("retry", *arguments)
    assert done.exit_code == code
    assert told in done.output
    assert machine.state(DEAD) is DeliveryState.DEAD


def test_dropping_asks_for_the_key_and_leaves_who_did_it(machine: Machine) -> None:
    done = machine.kiosk("drop", DEAD, typed=f"{DEAD}\n")
    assert done.exit_code == 0
    assert machine.state(DEAD) is None
    assert machine.state(WAITING) is DeliveryState.WAITING
    (event,) = machine.store.audit_events(DEAD)
    assert (event.action, event.agent, event.lane, event.state, event.attempts) == (
        AuditAction.DROPPED,
        getpass.getuser(),
        "his",
        "dead",
        1,
    )
    shown = machine.kiosk("show", DEAD)
    assert shown.exit_code == 0
    assert "dropped" in shown.output


@pytest.mark.parametrize("typed", ["", "\n\n", "y\n", f"{WAITING}\n"])
def test_another_answer_drops_nothing(machine: Machine, typed: str) -> None:
    assert machine.kiosk("drop", DEAD, typed=typed).exit_code == 1
    assert machine.state(DEAD) is DeliveryState.DEAD
    assert machine.store.audit_events(DEAD) == []


def test_what_is_delivered_or_unknown_is_not_dropped(machine: Machine) -> None:
    sent = visits.message(5, state=DeliveryState.SENT, payload=b"")
    with machine.store.transaction():
        machine.store.add_message(sent)
    for key in (sent.key, "nonsense"):
        assert machine.kiosk("drop", key, "--yes").exit_code == 1
    assert machine.state(sent.key) is DeliveryState.SENT


@pytest.mark.parametrize(("seconds", "told"), [(-5, "0m 0s"), (312, "5m 12s"), (7_500, "2h 5m"), (273_600, "3d 4h")])
def test_ages(seconds: int, told: str) -> None:
    assert age(timedelta(seconds=seconds)) == told
