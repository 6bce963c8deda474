"""What every Store promises; the same suite for the fake and for the encrypted database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from kiosk.adapters.store import SqliteStore, open_store
from kiosk.domain.audit import AuditAction, AuditEvent
from kiosk.domain.booking import ScheduleCopy
from kiosk.domain.errors import SlotTaken
from kiosk.domain.outbox import DeliveryState, Lane
from kiosk.domain.patient import DocumentKind, IdentityDocument, Patient
from tests import visits
from tests.fakes import NOON, FakeStore

AnyStore = FakeStore | SqliteStore
TWO_MINUTES = timedelta(minutes=2)


@pytest.fixture(params=["fake", "real"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnyStore]:
    store = FakeStore() if request.param == "fake" else open_store(tmp_path)
    yield store
    store.close()


def add_visit(store: AnyStore, number: int, at: datetime = NOON, department: str = "orthopaedics") -> str:
    encounter = visits.encounter(number, at, department=department)
    with store.transaction():
        store.add_encounter(encounter, visits.slip(number))
    return encounter.visit_id


def test_a_write_outside_a_transaction_is_a_bug(store: AnyStore) -> None:
    with pytest.raises(RuntimeError, match="outside"):
        store.next_number("orthopaedics", "2026-03-02")


def test_transactions_do_not_nest(store: AnyStore) -> None:
    with pytest.raises(RuntimeError, match="already open"), store.transaction(), store.transaction():
        pass
    with store.transaction():
        assert store.next_number("orthopaedics", "2026-03-02") == 1


def test_an_error_inside_leaves_nothing(store: AnyStore) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.next_number("orthopaedics", "2026-03-02")
        store.book_slot(visits.slot(), visits.visit_id(1))
        store.add_encounter(visits.encounter(), visits.slip())
        store.add_message(visits.message())
        store.add_alert(visits.visit_id(1), 1, ["rule"], NOON)
        raise ZeroDivisionError
    assert store.encounter_number(visits.visit_id(1)) is None
    assert store.slip(visits.visit_id(1)) is None
    assert store.message(visits.message().key) is None
    assert store.alerted(visits.visit_id(1)) == set()
    assert store.taken_slots([visits.slot().code], "other", NOON) == set()
    with store.transaction():
        assert store.next_number("orthopaedics", "2026-03-02") == 1


def test_numbers_count_per_department_and_day(store: AnyStore) -> None:
    with store.transaction():
        given = [
            store.next_number("orthopaedics", "2026-03-02"),
            store.next_number("orthopaedics", "2026-03-02"),
            store.next_number("ent", "2026-03-02"),
            store.next_number("orthopaedics", "2026-03-03"),
        ]
    assert given == [1, 2, 1, 1]


def test_encounter_and_slip_come_back_as_they_were(store: AnyStore) -> None:
    at = datetime(2026, 3, 2, 8, 30, tzinfo=timezone(timedelta(hours=8)))
    encounter = visits.encounter(1, at, slot=visits.slot())
    slip = replace(visits.slip(), starts_at=at, practitioner=visits.slot().practitioner.name, wait_minutes=15)
    with store.transaction():
        store.add_encounter(encounter, slip)
    assert store.encounter(encounter.visit_id) == encounter
    assert store.slip(encounter.visit_id) == slip
    assert store.encounter_number(encounter.visit_id) == encounter.number
    assert store.encounter(visits.visit_id(9)) is None


def test_visits_of_one_patient_are_found_by_document_or_phone_and_birth_date(store: AnyStore) -> None:
    paper = IdentityDocument(DocumentKind.PASSPORT, "E12345678")
    other = replace(paper, kind=DocumentKind.TRAVEL_PERMIT)
    known = visits.draft().patient
    people = [replace(known, document=paper), known, replace(known, document=other), replace(known, document=paper)]
    with store.transaction():
        for number, patient in enumerate(people, 1):
            at = NOON + timedelta(minutes=number)
            store.add_encounter(visits.encounter(number, at, patient=patient), visits.slip(number))

    def found(patient: Patient) -> list[str]:
        return [draft.visit_id for draft in store.visits_of(patient)]

    assert found(Patient(document=paper)) == [visits.visit_id(4), visits.visit_id(1)]
    assert found(Patient(document=replace(paper, number="E1"))) == []
    assert found(known) == [visits.visit_id(number) for number in (4, 3, 2, 1)]
    assert found(replace(known, phone=None)) == []
    assert found(replace(known, birth_date=None)) == []
    assert store.visits_of(Patient(document=paper))[0].patient.document == paper


def test_a_visit_is_confirmed_once_the_his_said_yes(store: AnyStore) -> None:
    visit = add_visit(store, 1)
    with store.transaction():
        store.confirm_encounter(visit)
        store.confirm_encounter("unknown")
    stored = store.encounter(visit)
    assert stored is not None
    assert stored.confirmed


def test_a_held_slot_is_taken_for_others_until_the_hold_ends(store: AnyStore) -> None:
    slot = visits.slot()
    with store.transaction():
        assert store.hold_slot(slot, "a", NOON + TWO_MINUTES, NOON)
        assert not store.hold_slot(slot, "b", NOON + TWO_MINUTES, NOON)
        assert store.hold_slot(slot, "a", NOON + TWO_MINUTES, NOON)
    assert store.taken_slots([slot.code], "b", NOON) == {slot.code}
    assert store.taken_slots([slot.code], "a", NOON) == set()
    later = NOON + TWO_MINUTES
    assert store.taken_slots([slot.code], "b", later) == set()
    with store.transaction():
        assert store.hold_slot(slot, "b", later + TWO_MINUTES, later)
        assert not store.hold_slot(slot, "a", later + TWO_MINUTES, later)


def test_a_hold_ends_when_the_clock_is_set_back(store: AnyStore) -> None:
    slot = visits.slot()
    with store.transaction():
        store.hold_slot(slot, "a", NOON + TWO_MINUTES, NOON)
    earlier = NOON - timedelta(hours=8)
    assert store.taken_slots([slot.code], "b", earlier) == set()
    with store.transaction():
        assert store.hold_slot(slot, "b", earlier + TWO_MINUTES, earlier)


def test_the_latest_copy_of_a_schedule_is_kept(store: AnyStore) -> None:
    assert store.schedule("orthopaedics") is None
    for minutes in (0, 10):
        copy = ScheduleCopy("orthopaedics", (visits.slot("Slot/1", NOON),) * minutes, NOON + timedelta(minutes=minutes))
        with store.transaction():
            store.keep_schedule(copy)
        assert store.schedule("orthopaedics") == copy
    assert store.schedule("ent") is None


def test_released_holds_are_free(store: AnyStore) -> None:
    with store.transaction():
        store.hold_slot(visits.slot(), "a", NOON + TWO_MINUTES, NOON)
        store.release_holds("a")
        assert store.hold_slot(visits.slot(), "b", NOON + TWO_MINUTES, NOON)


def test_a_booked_slot_stays_with_its_visit(store: AnyStore) -> None:
    slot = visits.slot()
    with store.transaction():
        store.book_slot(slot, "a")
        store.book_slot(slot, "a")
    with pytest.raises(SlotTaken), store.transaction():
        store.book_slot(slot, "b")
    with store.transaction():
        assert not store.hold_slot(slot, "b", NOON + TWO_MINUTES, NOON)
        assert store.hold_slot(slot, "a", NOON + TWO_MINUTES, NOON)
    assert store.taken_slots([slot.code, "free"], "a", NOON) == {slot.code}


def test_waiting_counts_those_not_called_yet(store: AnyStore) -> None:
    first = add_visit(store, 1)
    add_visit(store, 2)
    add_visit(store, 3, department="ent")
    add_visit(store, 4, at=NOON - timedelta(days=1))
    with store.transaction():
        store.call_encounter(first, NOON + timedelta(minutes=10))
    assert store.waiting("orthopaedics", "2026-03-02") == 1


def test_waits_are_measured_from_arrival_to_the_first_call(store: AnyStore) -> None:
    for number, minutes in enumerate((10, 30, 20), start=1):
        visit = add_visit(store, number)
        with store.transaction():
            store.call_encounter(visit, NOON + timedelta(minutes=minutes))
            store.call_encounter(visit, NOON + timedelta(minutes=99))
    assert store.waits("orthopaedics", NOON, 5) == [30, 20, 10]
    assert store.waits("orthopaedics", NOON + timedelta(minutes=15), 1) == [30]
    assert store.waits("ent", NOON, 5) == []


def test_an_alarm_keeps_its_first_time(store: AnyStore) -> None:
    with store.transaction():
        store.add_alert("a", 1, ["one", "two"], NOON)
        store.add_alert("a", 1, ["two", "three"], NOON)
    assert store.alerted("a") == {"one", "two", "three"}
    assert store.alerted("b") == set()


def test_the_first_message_of_a_key_stands(store: AnyStore) -> None:
    first = visits.message()
    with store.transaction():
        store.add_message(first)
        store.add_message(replace(first, payload=b"other"))
    assert store.message(first.key) == first
    assert store.message("unknown") is None


def test_a_message_comes_back_as_it_was_updated(store: AnyStore) -> None:
    first = visits.message(expires_at=NOON + TWO_MINUTES)
    retried = first.retried(NOON, 0.5, "unavailable")
    with store.transaction():
        store.add_message(first)
        store.update_message(retried)
    assert store.message(first.key) == retried
    with pytest.raises(KeyError), store.transaction():
        store.update_message(visits.message(9))


def test_due_messages_are_the_waiting_ones_of_the_lane_longest_due_first(store: AnyStore) -> None:
    second = visits.message(1, at=NOON)
    first = visits.message(2, at=NOON - timedelta(minutes=1))
    others = (
        visits.message(3, at=NOON - timedelta(minutes=9), due_at=NOON + timedelta(seconds=1)),
        visits.message(4, lane=Lane.PRINTER),
        visits.message(5, state=DeliveryState.SENT),
        visits.message(6, state=DeliveryState.DEAD),
    )
    with store.transaction():
        for message in (second, first, *others):
            store.add_message(message)
    assert store.due_messages(Lane.HIS, NOON, 9) == [first, second]
    assert store.due_messages(Lane.HIS, NOON, 1) == [first]


def test_undelivered_messages_wait_or_are_dead_oldest_first(store: AnyStore) -> None:
    new = visits.message(1, at=NOON + timedelta(minutes=2))
    dead = visits.message(2, at=NOON).dead("rejected: 422")
    sent = visits.message(3, at=NOON).sent()
    slip = visits.message(4, Lane.PRINTER)
    with store.transaction():
        for message in (new, dead, sent, slip):
            store.add_message(message)
    assert store.undelivered_messages(Lane.HIS, 9) == [dead, new]
    assert store.undelivered_messages(Lane.HIS, 1) == [dead]
    with store.transaction():
        store.update_message(dead.revived(NOON + timedelta(minutes=5)))
    assert store.due_messages(Lane.HIS, NOON + timedelta(minutes=4), 9) == [new]
    revived = store.due_messages(Lane.HIS, NOON + timedelta(minutes=5), 9)[-1]
    assert (revived.key, revived.problem, revived.payload) == (dead.key, "", dead.payload)


def test_messages_from_before_the_clock_was_set_back_are_due(store: AnyStore) -> None:
    new = visits.message(1)
    tried = visits.message(2, at=NOON - timedelta(days=1)).retried(NOON, 0.5, "unavailable")
    with store.transaction():
        store.add_message(new)
        store.add_message(tried)
    earlier = NOON - timedelta(hours=8)
    assert {message.key for message in store.due_messages(Lane.HIS, earlier, 9)} == {new.key, tried.key}
    assert tried not in store.due_messages(Lane.HIS, NOON, 9)


def test_old_delivered_visits_are_forgotten_with_everything_of_theirs(store: AnyStore) -> None:
    old = NOON - timedelta(days=8)
    delivered, undelivered, recent = (add_visit(store, n, at) for n, at in ((1, old), (2, old), (3, NOON)))
    with store.transaction():
        store.add_message(visits.message(1, at=old, state=DeliveryState.SENT))
        store.add_message(visits.message(2, at=old, state=DeliveryState.DEAD))
        store.add_alert(delivered, 1, ["rule"], old)
        store.add_alert("never checked in", 1, ["rule"], old)
        store.book_slot(visits.slot("old"), delivered)
        store.book_slot(visits.slot("new"), recent)
        store.next_number("orthopaedics", "2026-02-22")
    with store.transaction():
        assert store.forget_before(NOON - timedelta(days=7)) == (1, 1)
    store.scrub()
    assert store.encounter(delivered) is None
    assert store.slip(delivered) is None
    assert store.message(visits.message(1).key) is None
    assert store.alerted(delivered) | store.alerted("never checked in") == set()
    assert store.taken_slots(["old", "new"], "x", NOON) == {"new"}
    assert store.encounter(undelivered) is not None
    assert store.message(visits.message(2).key) is not None
    assert store.encounter(recent) is not None


def test_a_removed_message_is_gone_and_what_was_done_stays_known(store: AnyStore) -> None:
    message, other = visits.message(1), visits.message(2)
    event = AuditEvent(NOON, "root", AuditAction.DROPPED, message.key, "his", "dead", 3)
    with store.transaction():
        store.add_message(message)
        store.add_message(other)
    with store.transaction():
        store.remove_message(message.key)
        store.remove_message("never there")
        store.add_audit_event(event)
    assert store.message(message.key) is None
    assert store.undelivered_messages(Lane.HIS, 9) == [other]
    assert store.audit_events(message.key) == [event]
    assert store.audit_events(other.key) == []
