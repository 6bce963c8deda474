"""Check-in: one transaction, repeatable, and nothing personal on the slip."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from kiosk.domain.appointments import Appointment, AppointmentStatus
from kiosk.domain.encounter import Encounter, Slip
from kiosk.domain.errors import SlotTaken, StoreBusy, StoreFull
from kiosk.domain.language import Language, Words
from kiosk.domain.outbox import DeliveryState, Lane
from kiosk.services import portable_bitmap
from kiosk.services.checkin import SLIP_LIFETIME, CheckIn, Door, Site, his_key, slip_key
from kiosk.services.desk import Alerts
from kiosk.services.ports import Raster
from kiosk.services.retention import RetentionReport, forget_old_visits
from tests import visits
from tests.fakes import NOON, FakeClock, FakeStore

DOOR = Door("207", Words("直走", "Straight on"), Words("往回走", "Back"))
DESK = Door("", Words("问询处", "Information desk"), Words("门口", "Entrance"))
SITE = Site(
    hospital=Words("示范医院", "Model Hospital"),
    kiosk="K01",
    departments={
        "orthopaedics": visits.department(),
        "ent": visits.department("ent", "耳"),
        "emergency": visits.department("emergency", "急"),
    },
    doors={"orthopaedics": DOOR},
    information=DESK,
)
PICTURE = Raster(16, 2, bytes([1, 2, 3, 4]))


class PlainSigner:
    def sign(self, number: str, department: str, visit_id: str, expires_at: datetime) -> str:
        return f"{number}|{department}|{visit_id}|{expires_at.isoformat()}"


class Desk:
    """A check-in with everything around it."""

    def __init__(self, *, with_his: bool = True) -> None:
        self.store = FakeStore()
        self.clock = FakeClock()
        self.his_up = True
        self.rendered: list[Slip] = []
        self.service = CheckIn(
            store=self.store,
            clock=self.clock,
            site=SITE,
            signer=PlainSigner(),
            render=self._render,
            build_his_payload=self._payload if with_his else None,
            his_up=lambda: self.his_up,
            wait_minutes=lambda department: 25 if department == "orthopaedics" else None,
        )
        self.check_in = self.service.check_in

    def _render(self, slip: Slip) -> Raster:
        self.rendered.append(slip)
        return PICTURE

    def _payload(self, encounter: Encounter) -> bytes:
        return f"bundle of {encounter.number}".encode()


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_walk_in_gets_number_room_wait_and_token(desk: Desk) -> None:
    visit = desk.check_in(visits.draft())
    assert (visit.number, visit.room, visit.starts_at, visit.wait_minutes) == ("骨 001", "207", None, 25)
    tomorrow = (NOON + timedelta(days=1)).isoformat()
    assert visit.token == f"骨 001|orthopaedics|{visits.visit_id(1)}|{tomorrow}"
    assert not visit.to_be_confirmed


def test_a_booked_visit_gets_the_doctors_room_and_time_and_no_wait(desk: Desk) -> None:
    slot = visits.slot()
    visit = desk.check_in(visits.draft(slot=slot))
    assert (visit.room, visit.starts_at, visit.wait_minutes) == ("203", slot.start, None)
    assert visit.token.endswith((slot.end + timedelta(days=1)).isoformat())
    assert desk.rendered[0].practitioner == slot.practitioner.name
    assert desk.store.tables.bookings == {slot.code: visits.visit_id(1)}


def test_numbers_count_per_department_and_start_again_each_day(desk: Desk) -> None:
    numbers = [desk.check_in(visits.draft(n)).number for n in (1, 2)]
    numbers.append(desk.check_in(visits.draft(3, department="ent")).number)
    desk.clock.advance(days=1)
    numbers.append(desk.check_in(visits.draft(4)).number)
    assert numbers == ["骨 001", "骨 002", "耳 001", "骨 001"]


def test_visit_slip_and_both_messages_are_written_together(desk: Desk) -> None:
    desk.check_in(visits.draft())
    visit_id = visits.visit_id(1)
    encounter = desk.store.encounter(visit_id)
    assert encounter == Encounter(visit_id, "骨 001", "K01", NOON, visits.draft(), confirmed=False)
    assert desk.store.slip(visit_id) == desk.rendered[0]
    slip, his = desk.store.message(slip_key(visit_id)), desk.store.message(his_key(visit_id))
    assert slip is not None
    assert his is not None
    assert portable_bitmap.decode(slip.payload) == PICTURE
    assert slip.expires_at == NOON + SLIP_LIFETIME
    assert (his.payload, his.expires_at) == ("bundle of 骨 001".encode(), None)
    assert slip.due_at == his.due_at == NOON


def test_a_repeated_check_in_changes_nothing_and_answers_the_same(desk: Desk) -> None:
    first = desk.check_in(visits.draft(slot=visits.slot()))
    desk.clock.advance(minutes=1)
    desk.his_up = False
    before = vars(desk.store.tables).copy()
    assert desk.check_in(visits.draft(slot=visits.slot())) == first
    assert vars(desk.store.tables) == before
    assert desk.check_in(visits.draft(2)).number == "骨 002"


@pytest.mark.parametrize("error", [StoreFull, StoreBusy])
def test_when_the_store_refuses_nothing_is_written(desk: Desk, error: type[Exception]) -> None:
    desk.store.full = error is StoreFull
    desk.store.busy = error is StoreBusy
    with pytest.raises(error):
        desk.check_in(visits.draft(slot=visits.slot()))
    assert vars(desk.store.tables) == vars(FakeStore().tables)
    desk.store.full = desk.store.busy = False
    assert desk.check_in(visits.draft(slot=visits.slot())).number == "骨 001"


def test_a_slot_that_somebody_else_booked_loses_no_number(desk: Desk) -> None:
    desk.check_in(visits.draft(1, slot=visits.slot()))
    with pytest.raises(SlotTaken):
        desk.check_in(visits.draft(2, slot=visits.slot()))
    assert desk.store.encounter_number(visits.visit_id(2)) is None
    assert desk.check_in(visits.draft(2)).number == "骨 002"


def test_a_failing_slip_picture_leaves_nothing(desk: Desk) -> None:
    check_in = CheckIn(
        store=desk.store,
        clock=desk.clock,
        site=SITE,
        signer=PlainSigner(),
        render=lambda slip: Raster(1 // len(slip.kiosk[3:]), 1, b""),
        build_his_payload=None,
        his_up=lambda: True,
        wait_minutes=lambda _: None,
    ).check_in
    with pytest.raises(ZeroDivisionError):
        check_in(visits.draft())
    assert vars(desk.store.tables) == vars(FakeStore().tables)


def test_holds_of_the_visit_end_with_check_in(desk: Desk) -> None:
    with desk.store.transaction():
        desk.store.hold_slot(visits.slot(), visits.visit_id(1), NOON + timedelta(minutes=2), NOON)
    desk.check_in(visits.draft())
    assert desk.store.taken_slots([visits.slot().code], "other", NOON) == set()


def test_without_an_answer_from_the_his_the_slip_says_to_be_confirmed(desk: Desk) -> None:
    desk.his_up = False
    assert desk.check_in(visits.draft()).to_be_confirmed
    assert desk.rendered[0].to_be_confirmed


def test_a_machine_without_a_his_confirms_itself() -> None:
    desk = Desk(with_his=False)
    desk.his_up = False
    assert not desk.check_in(visits.draft()).to_be_confirmed
    encounter = desk.store.encounter(visits.visit_id(1))
    assert encounter is not None
    assert encounter.confirmed
    assert set(desk.store.tables.outbox) == {slip_key(visits.visit_id(1))}


def test_an_emergency_is_promised_no_wait_and_a_missing_door_leads_to_the_desk(desk: Desk) -> None:
    visit = desk.check_in(visits.draft(department="emergency", emergency=True))
    assert (visit.number, visit.room, visit.wait_minutes) == ("急 001", "", None)
    assert desk.rendered[0].way == DESK.way
    assert desk.rendered[0].emergency


def test_the_slip_knows_the_language_of_the_screen(desk: Desk) -> None:
    desk.check_in(visits.draft(1, language=Language.EN, tag="ar"))
    assert (desk.rendered[0].language, desk.rendered[0].tag) == (Language.EN, "ar")


def test_the_slip_carries_nothing_personal(desk: Desk) -> None:
    desk.check_in(visits.draft())
    text = repr(desk.rendered[0])
    assert visits.CANARY not in text
    assert visits.PHONE not in text
    assert "knee_pain" not in text


def test_repeated_rules_of_a_visit_are_one_alarm() -> None:
    store = FakeStore()
    alerts = Alerts(store, FakeClock())
    assert alerts.record("v", 1, ["chest_pain", "chest_pain"]) == ("chest_pain",)
    assert alerts.record("v", 1, ["chest_pain", "sweating"]) == ("sweating",)
    assert alerts.record("v", 1, ["sweating"]) == ()
    assert alerts.record("w", 1, ["sweating"]) == ("sweating",)
    assert len(store.tables.alerts) == 3


def test_an_alarm_that_could_not_be_written_is_new_the_next_time() -> None:
    store = FakeStore()
    alerts = Alerts(store, FakeClock())
    store.full = True
    with pytest.raises(StoreFull):
        alerts.record("v", 1, ["chest_pain"])
    store.full = False
    assert alerts.record("v", 1, ["chest_pain"]) == ("chest_pain",)


def test_retention_forgets_delivered_visits_only(desk: Desk) -> None:
    desk.check_in(visits.draft(1))
    desk.check_in(visits.draft(2))
    delivered = desk.store.message(his_key(visits.visit_id(1)))
    assert delivered is not None
    with desk.store.transaction():
        desk.store.update_message(replace(delivered, state=DeliveryState.SENT))
    desk.clock.advance(days=7, seconds=1)
    assert forget_old_visits(desk.store, desk.clock, days=8) == RetentionReport(0, 0)
    assert forget_old_visits(desk.store, desk.clock, days=7) == RetentionReport(1, 1)
    assert desk.store.encounter_number(visits.visit_id(2)) == "骨 002"


@pytest.mark.parametrize("payload", [b"", b"P4\n16 2\n123", b"P4\n0 2\n", b"P5\n16 2\n1234", b"P4\n16 2\n12345"])
def test_a_damaged_slip_picture_is_refused(payload: bytes) -> None:
    with pytest.raises(ValueError, match="bitmap"):
        portable_bitmap.decode(payload)


THEIRS = Appointment(
    reference="Appointment/12",
    ours=False,
    status=AppointmentStatus.ARRIVED,
    department="orthopaedics",
    department_name=Words("骨科门诊", "Bones"),
    practitioner=Words("周岚", "Zhou Lan"),
    number="骨 002",
    room="206",
    start=NOON + timedelta(minutes=20),
)


class TestAppointmentsOfTheHospitalSystem:
    def test_their_numbers_are_of_the_same_row_and_only_of_departments_that_are_here(self, desk: Desk) -> None:
        desk.check_in(visits.draft())
        assert desk.service.number_for("orthopaedics") == "骨 002"
        assert desk.service.number_for("moon") == desk.service.number_for("") == ""
        assert desk.check_in(visits.draft(2)).number == "骨 003"

    def test_the_slip_says_number_department_doctor_time_room_and_way(self, desk: Desk) -> None:
        visit = desk.service.arrived(visits.visit_id(1), THEIRS, Language.EN, "es")
        (slip,) = desk.rendered
        assert (slip.number, slip.department, slip.practitioner, slip.starts_at, slip.room) == (
            "骨 002",
            visits.department().name,
            THEIRS.practitioner,
            THEIRS.start,
            "206",
        )
        assert (slip.way, slip.way_back, slip.language, slip.tag) == (DOOR.way, DOOR.way_back, Language.EN, "es")
        assert (slip.code, slip.to_be_confirmed, slip.wait_minutes) == ("", False, None)
        assert (visit.number, visit.room, visit.token) == ("骨 002", "206", slip.token)
        message = desk.store.message(slip_key(visits.visit_id(1)))
        assert message is not None
        assert (message.lane, message.expires_at) == (Lane.PRINTER, NOON + SLIP_LIFETIME)
        assert portable_bitmap.decode(message.payload) == PICTURE

    def test_a_room_that_the_hospital_system_does_not_say_is_that_of_the_department(self, desk: Desk) -> None:
        assert desk.service.arrived(visits.visit_id(1), replace(THEIRS, room=""), Language.ZH, "").room == "207"

    def test_no_visit_is_made_of_it_and_it_is_forgotten_like_one(self, desk: Desk) -> None:
        desk.service.arrived(visits.visit_id(1), THEIRS, Language.ZH, "")
        assert desk.store.encounter(visits.visit_id(1)) is None
        message = desk.store.message(slip_key(visits.visit_id(1)))
        assert message is not None
        with desk.store.transaction():
            desk.store.update_message(message.sent())
            desk.store.forget_before(NOON + timedelta(days=1))
        assert desk.store.message(slip_key(visits.visit_id(1))) is None

    def test_a_full_disk_leaves_nothing_half_done(self, desk: Desk) -> None:
        desk.store.full = True
        with pytest.raises(StoreFull):
            desk.service.arrived(visits.visit_id(1), THEIRS, Language.ZH, "")
