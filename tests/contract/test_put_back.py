"""An older copy of the encrypted database is put back, as from last night's backup, after patients came and went."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.adapters.given_marks import FileMarks, marks_file
from kiosk.adapters.his.fhir import FhirHis
from kiosk.adapters.store import SqliteStore, open_store
from kiosk.domain.appointments import AppointmentError, AppointmentProblem, CheckInRules
from kiosk.domain.audit import AuditAction
from kiosk.domain.encounter import Encounter
from kiosk.domain.outbox import DeliveryState, Lane
from kiosk.domain.scanned import Code, CodeKind, visit_code
from kiosk.services.appointments import LocalAppointments
from kiosk.services.checkin import CheckIn, his_key, slip_key
from kiosk.services.delivery import Outcome, deliver_due
from kiosk.services.scheduling import Scheduling, hold_lost_times
from kiosk.wire import fhir
from tests import visits, whole_visits
from tests.fakes import NOON, FakeClock, FakePrinter, FakeSchedules
from tests.peer_fixtures import FhirPeer
from tests.unit.test_checkin import PICTURE, SITE, PlainSigner
from tests.unit.test_local_appointments import PlainVerifier

DAY = NOON.date().isoformat()
SLOT, LATER = visits.slot(), visits.slot("d1-1000", NOON + timedelta(hours=2))


class Machine:
    """A kiosk with its state folder and its cache folder; `start` again after anything was done to them."""

    def __init__(self, folder: Path) -> None:
        self.state, self.cache, self.backup = folder / "state", folder / "cache", folder / "backup"
        self.clock = FakeClock()
        self.start()

    def start(self) -> None:
        self.store: SqliteStore = open_store(self.state)
        marks = FileMarks(marks_file(self.cache, self.state))
        self.lost_times = hold_lost_times(self.store, self.clock, marks)
        self.check_in = CheckIn(
            store=self.store,
            clock=self.clock,
            site=SITE,
            signer=PlainSigner(),
            render=lambda slip: PICTURE,
            build_his_payload=self._payload,
            his_up=lambda: True,
            wait_minutes=lambda department: None,
            marks=marks,
        )
        self.scheduling = Scheduling(self.store, self.clock, FakeSchedules([SLOT, LATER]))
        self.appointments = LocalAppointments(
            store=self.store,
            clock=self.clock,
            verifier=PlainVerifier(),
            check_in=self.check_in,
            rules=CheckInRules(),
            kiosk="K01",
            build_change=None,
            his_up=lambda: True,
        )

    @staticmethod
    def _payload(encounter: Encounter) -> bytes:
        return fhir.encode(fhir.visit_bundles(encounter))

    def back_up(self) -> None:
        self.store.close()
        shutil.copytree(self.state, self.backup)
        self.start()

    def put_back(self) -> None:
        """As docs/hospital-system.md tells: the whole folder, nothing of the newer one left."""
        self.store.close()
        shutil.rmtree(self.state)
        shutil.copytree(self.backup, self.state)
        self.start()

    def visit(self, number: int, **changes: object) -> str:
        draft = replace(whole_visits.draft(number), department="orthopaedics", slot=None)
        return self.check_in.check_in(replace(draft, **changes)).number  # type: ignore[arg-type]


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path)
    yield machine
    machine.store.close()


def test_numbers_go_on_behind_those_that_were_given_since_the_copy(
    machine: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    before = [machine.visit(1)]
    machine.back_up()
    before += [machine.visit(number) for number in (2, 3, 4)]
    machine.put_back()
    after = [machine.visit(number) for number in (5, 6)]
    assert before + after == [f"骨 {count:03d}" for count in range(1, 7)]
    (event,) = machine.store.audit_events(his_key(whole_visits.visit_id(5)))
    assert (event.action, event.agent, event.state) == (AuditAction.NUMBERS_SKIPPED, "K01", "3 behind")
    assert machine.store.audit_events(his_key(whole_visits.visit_id(6))) == []
    assert "numbers_skipped count=3 kind=orthopaedics" in caplog.text
    assert machine.visit(7, department="ent") == "耳 001"


def test_the_mark_holds_through_a_second_restore_and_for_its_day_only(machine: Machine) -> None:
    machine.back_up()
    given = [machine.visit(1)]
    for number in (2, 3):
        machine.put_back()
        given.append(machine.visit(number))
    machine.clock.advance(days=1)
    given.append(machine.visit(4))
    assert given == ["骨 001", "骨 002", "骨 003", "骨 001"]


def test_a_copy_of_today_loses_nothing_and_skips_nothing(machine: Machine) -> None:
    machine.visit(1)
    machine.back_up()
    machine.put_back()
    assert machine.visit(2) == "骨 002"
    assert machine.store.audit_events(his_key(whole_visits.visit_id(2))) == []


def test_an_emptied_cache_folder_starts_from_the_database(machine: Machine) -> None:
    machine.visit(1)
    shutil.rmtree(machine.cache)
    machine.store.close()
    machine.start()
    assert machine.visit(2) == "骨 002"
    machine.store.close()
    shutil.rmtree(machine.state)
    machine.start()
    assert machine.visit(3) == "骨 003"


@pytest.mark.parametrize(
    "damage", [b"", b"\x00" * 40, b"[]", b'{"numbers": {"2026-03-02": 7}, "times": {}}', b'{"numbers": {}}']
)
def test_a_damaged_mark_is_told_and_the_visit_goes_on(
    machine: Machine, caplog: pytest.LogCaptureFixture, damage: bytes
) -> None:
    machine.visit(1)
    marks_file(machine.cache, machine.state).write_bytes(damage)
    machine.store.close()
    machine.start()
    assert "marks_not_read" in caplog.text
    assert machine.visit(2) == "骨 002"


def test_a_cache_folder_that_takes_nothing_stops_no_visit(machine: Machine, caplog: pytest.LogCaptureFixture) -> None:
    machine.cache.write_text("not a folder")
    assert [machine.visit(1), machine.visit(2)] == ["骨 001", "骨 002"]
    assert "marks_not_kept" in caplog.text


def test_nothing_about_a_patient_stands_in_the_marks(machine: Machine) -> None:
    machine.visit(1, slot=SLOT)
    (file,) = machine.cache.iterdir()
    content = file.read_text()
    assert set(content) <= set('{}[]":, -+.') | set("0123456789") | set("abcdefghijklmnopqrstuvwxyzT")
    assert not any(secret in content for secret in (whole_visits.PHONE, "knee", "1961"))
    assert file.stat().st_mode & 0o077 == 0


def test_a_time_of_a_visit_that_was_lost_is_nobody_elses(machine: Machine) -> None:
    machine.back_up()
    machine.visit(1, slot=SLOT)
    machine.put_back()
    assert machine.lost_times == 1
    offer, _ = machine.scheduling.offer("orthopaedics", whole_visits.visit_id(2))
    assert [slot.code for slot in offer.slots] == [LATER.code]
    assert not machine.scheduling.hold(whole_visits.visit_id(2), SLOT)
    assert machine.scheduling.hold(whole_visits.visit_id(2), LATER)


def test_a_hold_of_the_copy_is_over_and_a_booked_time_of_it_stays(machine: Machine) -> None:
    machine.visit(1, slot=SLOT)
    machine.scheduling.hold(whole_visits.visit_id(2), LATER)
    machine.back_up()
    machine.clock.advance(minutes=10)
    machine.put_back()
    assert machine.lost_times == 0
    offer, _ = machine.scheduling.offer("orthopaedics", whole_visits.visit_id(3))
    assert [slot.code for slot in offer.slots] == [LATER.code]


def test_a_slip_of_a_lost_visit_leads_to_the_desk_and_one_of_the_copy_is_found(machine: Machine) -> None:
    machine.visit(1, slot=SLOT)
    machine.back_up()
    machine.visit(2, slot=LATER)
    machine.put_back()
    assert machine.appointments.find(Code(CodeKind.SLIP, whole_visits.visit_id(1))).number == "骨 001"
    lost = whole_visits.visit_id(2)
    for code in (Code(CodeKind.SLIP, lost), Code(CodeKind.VISIT, visit_code(lost))):
        with pytest.raises(AppointmentError) as error:
            machine.appointments.find(code)
        assert error.value.problem is AppointmentProblem.NOT_FOUND


def deliver(machine: Machine, his: FhirHis) -> int:
    """How many visits the hospital system said yes to."""
    report = deliver_due(
        machine.store,
        Lane.HIS,
        lambda visit: his.send(visit.key, visit.payload),
        machine.clock,
        lambda: 0.5,
        confirm=his.confirm,
    )
    return sum(attempt.outcome is Outcome.DELIVERED for attempt in report.attempts)


@pytest.mark.peer
def test_what_was_delivered_before_is_sent_again_and_is_there_once(
    machine: Machine, fhir_his: FhirHis, fhir_peer: FhirPeer
) -> None:
    """The copy still holds the visit as waiting; its slip is over and falls before nobody."""
    machine.visit(1)
    machine.back_up()
    machine.visit(2)
    assert deliver(machine, fhir_his) == 2
    once = fhir_peer.counts()
    assert once["Encounter"] == 2
    machine.clock.advance(hours=20)
    machine.put_back()
    waiting = machine.store.message(his_key(whole_visits.visit_id(1)))
    assert waiting is not None
    assert waiting.state is DeliveryState.WAITING
    assert deliver(machine, fhir_his) == 1
    assert fhir_peer.counts() == once

    printer = FakePrinter()
    deliver_due(
        machine.store, Lane.PRINTER, lambda slip: printer.print_slip(slip.key, PICTURE), machine.clock, lambda: 0.5
    )
    assert printer.printed == []
    slip = machine.store.message(slip_key(whole_visits.visit_id(1)))
    assert slip is not None
    assert slip.state is DeliveryState.DEAD
