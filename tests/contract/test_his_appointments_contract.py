"""One promise for every hospital system that can be asked for its own appointments: a FHIR server, a GNU Health."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kiosk.adapters.clock import SystemClock
from kiosk.adapters.his import make_his_appointments
from kiosk.adapters.his.fhir_his_appointments import FhirHisAppointments
from kiosk.adapters.his.gnuhealth_his_appointments import GnuHealthHisAppointments
from kiosk.adapters.store import open_store
from kiosk.config import AppointmentSettings, Config, HisKind, HisSettings
from kiosk.domain.appointments import AppointmentStatus, Change
from kiosk.domain.errors import HisLockedOut, HisRejected, HisUnavailable
from kiosk.domain.language import Words
from kiosk.domain.scanned import Code, CodeKind
from kiosk.domain.self_test import Check, Verdict
from kiosk.his_tools import examine
from kiosk.wire.delivery_messages import FROM_DELIVERY, ChangeHisAppointment, FindHisAppointment, HisAppointment
from kiosk.wire.fhir_keys import instant
from kiosk.wire.tryton import moment
from kiosk.wire.worker_messages import Start
from tests import whole_visits as whole
from tests.fhir_clinics import CANARY, WITH_NUMBERS, Clinics
from tests.gnuhealth_peer import GnuHealthPeer
from tests.his_line import HisLine
from tests.peer_fixtures import FhirPeer
from tests.peers.gnuhealth.installation import DATABASE
from tests.worker_client import WorkerClient

pytestmark = pytest.mark.peer

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=CHINA)
TEN = NOW.replace(hour=10, minute=0)
AP1, MR7 = Code(CodeKind.APPOINTMENT, "AP1"), Code(CodeKind.RECORD, "MR7")


@dataclass
class House:
    """`books` is our door; the others are that of the hospital's own people.

    `patient` makes somebody with a record number, `appointment` a time with the doctor of orthopaedics for them, under
    a number. `stands` and `put` read and write its status in the words of FHIR. `writer` is what the adapter writes
    with.
    """

    books: FhirHisAppointments | GnuHealthHisAppointments
    writer: Any
    patient: Callable[[str], Any]
    close: Callable[[Any], None]
    appointment: Callable[[Any, datetime, str], str]
    stands: Callable[[str], str]
    put: Callable[[str, str], None]
    move: Callable[[str, datetime], None]
    take_away: Callable[[], None]
    bring_back: Callable[[], None]
    nobody: str
    room: str

    def made(self, at: datetime = TEN, number: str = "AP1", record: str = "MR7") -> str:
        """The appointment of a new patient."""
        return self.appointment(self.patient(record), at, number)


@pytest.fixture
def fhir_house(fhir_peer: FhirPeer, tmp_path: Path) -> Iterator[House]:
    (tmp_path / "mapping.toml").write_text(WITH_NUMBERS, encoding="utf-8")
    mapping, clinics = str(tmp_path / "mapping.toml"), Clinics(fhir_peer)
    books = make_his_appointments(HisSettings(kind=HisKind.FHIR, url=fhir_peer.url, mapping=mapping))
    assert isinstance(books, FhirHisAppointments)
    calendar = fhir_peer.get(clinics.calendar(whole.DOCTOR, "D1024", clinics.service("0405", "骨科门诊")))
    role = calendar["actor"][0]["reference"]

    def change(reference: str, **fields: object) -> None:
        fhir_peer.put(fhir_peer.get(reference) | fields)

    yield House(
        books,
        books._his,
        clinics.patient,
        lambda who: change(who, active=False),
        lambda who, at, number: clinics.appointment(who, at, role, number=number),
        lambda reference: str(fhir_peer.get(reference)["status"]),
        lambda reference, status: change(reference, status=status),
        lambda reference, at: change(reference, start=instant(at)),
        lambda: fhir_peer.fail("unavailable"),
        fhir_peer.recover,
        "Appointment/00000000-0000-4000-8000-000000000000",
        "206",
    )
    books.close()


STATES = {
    "booked": "confirmed",
    "arrived": "checked_in",
    "cancelled": "user_cancelled",
    "noshow": "no_show",
    "fulfilled": "done",
}


@pytest.fixture
def gnuhealth_house(gnuhealth_peer: GnuHealthPeer, gnuhealth_line: HisLine) -> Iterator[House]:
    peer, model = gnuhealth_peer, "gnuhealth.appointment"
    account = {"database": DATABASE, "user": "kiosk", "password_file": str(peer.server.password_file("kiosk"))}
    url = f"http://127.0.0.1:{gnuhealth_line.port}"
    books = make_his_appointments(HisSettings(kind=HisKind.GNUHEALTH, url=url, booking_timeout_s=10.0, **account))
    assert isinstance(books, GnuHealthHisAppointments)

    closed: list[int] = []

    def number_of(reference: str) -> int:
        return int(reference.partition("/")[2])

    def patient(record: str) -> int:
        who = {"name": CANARY, "ref": record, "is_person": True, "is_patient": True, "create_target": True}
        party = peer.create("party.party", gender="f", fed_country=None, **who)
        (made,) = peer.records("gnuhealth.patient", [], ["party", "=", party])
        return int(made["id"])

    def close(who: int) -> None:
        (made,) = peer.records("gnuhealth.patient", ["party"], ["id", "=", who])
        peer.write("party.party", [made["party"]], active=False)
        closed.append(made["party"])

    def appointment(who: int, at: datetime, number: str) -> str:
        (made,) = peer.free_times([at])
        peer.write(model, [made], patient=who, state="confirmed", name=number, comments="不要改")
        return f"{model}/{made}"

    def stands(reference: str) -> str:
        (found,) = peer.records(model, ["state"], ["id", "=", number_of(reference)])
        return next(word for word, state in STATES.items() if state == found["state"])

    def put(reference: str, status: str) -> None:
        peer.write(model, [number_of(reference)], state=STATES[status])

    yield House(
        books,
        books._tryton,
        patient,
        close,
        appointment,
        stands,
        put,
        lambda reference, at: peer.write(model, [number_of(reference)], appointment_date=moment(at)),
        lambda: gnuhealth_line.fail("refuse"),
        gnuhealth_line.recover,
        f"{model}/999999999",
        "",
    )
    gnuhealth_line.recover()
    books.close()
    # What is closed is not found by who clears up.
    if closed:
        peer.write("party.party", closed, active=True)


@pytest.fixture(params=["fhir", "gnuhealth"])
def house(request: pytest.FixtureRequest) -> House:
    found: House = request.getfixturevalue(f"{request.param}_house")
    return found


class TestFinding:
    def test_department_doctor_room_and_time_and_never_who(self, house: House) -> None:
        made = house.made()
        (found,) = house.books.find(AP1, NOW)
        assert (found.reference, found.ours, found.status) == (made, False, AppointmentStatus.BOOKED)
        assert (found.department, found.start, found.room, found.number) == ("orthopaedics", TEN, house.room, "")
        assert found.department_name.zh
        assert found.practitioner in (whole.DOCTOR.name, Words("周岚", "周岚"))
        assert found.start is not None and found.start.utcoffset() == NOW.utcoffset()
        assert CANARY not in repr(found)

    def test_by_record_number_only_today_and_only_theirs(self, house: House) -> None:
        patient = house.patient("MR7")
        for days in (-1, 0, 1):
            house.appointment(patient, TEN + timedelta(days=days), f"AP{days}")
        house.made(record="MR8", number="AP8")
        (found,) = house.books.find(MR7, NOW)
        assert found.start == TEN

    def test_midnight_is_the_hospitals(self, house: House) -> None:
        patient = house.patient("MR7")
        house.appointment(patient, NOW.replace(hour=0, minute=5), "AP1")
        house.appointment(patient, NOW.replace(hour=23, minute=55), "AP2")
        assert len(house.books.find(MR7, NOW)) == 2

    def test_a_number_of_another_day_is_for_the_desk(self, house: House) -> None:
        house.made(TEN + timedelta(days=1))
        assert list(house.books.find(AP1, NOW)) == []

    @pytest.mark.parametrize("status", ["cancelled", "noshow", "fulfilled"])
    def test_what_is_over_is_for_the_desk(self, house: House, status: str) -> None:
        house.put(house.made(), status)
        assert list(house.books.find(AP1, NOW)) == list(house.books.find(MR7, NOW)) == []

    def test_a_number_of_two_patients_shows_neither(self, house: House) -> None:
        house.made()
        house.made(record="MR8")
        assert list(house.books.find(AP1, NOW)) == []

    def test_a_closed_record_is_for_the_desk(self, house: House) -> None:
        patient = house.patient("MR7")
        house.appointment(patient, TEN, "AP1")
        assert len(house.books.find(MR7, NOW)) == 1
        house.close(patient)
        assert list(house.books.find(MR7, NOW)) == []

    @pytest.mark.parametrize("text", ["AP1,AP2", "|AP1", "AP1$", "AP\\1", "AP9", "AP%", "AP_", "%", "", "ap1"])
    def test_a_number_asks_no_other_question(self, house: House, text: str) -> None:
        house.made()
        assert list(house.books.find(Code(CodeKind.APPOINTMENT, text), NOW)) == []
        assert list(house.books.find(Code(CodeKind.RECORD, text), NOW)) == []

    def test_one_that_is_away_says_so_and_comes_back(self, house: House) -> None:
        house.made()
        house.take_away()
        for code in (AP1, MR7):
            with pytest.raises(HisUnavailable):
                house.books.find(code, NOW)
        house.bring_back()
        assert len(house.books.find(AP1, NOW)) == 1


class TestChanging:
    def test_checked_in_once_however_often(self, house: House) -> None:
        made = house.made()
        for _ in range(2):
            house.books.change(made, TEN, Change.ARRIVED)
        assert house.stands(made) == "arrived"
        (found,) = house.books.find(AP1, NOW)
        assert (found.status, found.number) == (AppointmentStatus.ARRIVED, "")

    def test_the_number_of_the_slip_stands_there_and_a_second_one_does_not(self, house: House) -> None:
        made = house.made()
        assert house.books.change(made, TEN, Change.ARRIVED, "骨 A017") == "骨 A017"
        assert house.books.change(made, TEN, Change.ARRIVED, "骨 B001") == "骨 A017"
        (found,) = house.books.find(MR7, NOW)
        assert (found.status, found.number) == (AppointmentStatus.ARRIVED, "骨 A017")

    def test_who_was_checked_in_at_the_counter_meanwhile_has_the_number_too(self, house: House) -> None:
        made = house.made()
        house.put(made, "arrived")
        assert house.books.change(made, TEN, Change.ARRIVED, "骨 A017") == "骨 A017"
        assert (house.stands(made), house.books.find(AP1, NOW)[0].number) == ("arrived", "骨 A017")

    def test_cancelled_once_however_often(self, house: House) -> None:
        made = house.made()
        for _ in range(2):
            house.books.change(made, TEN, Change.CANCELLED)
        assert house.stands(made) == "cancelled"

    @pytest.mark.parametrize("status", ["cancelled", "noshow", "fulfilled"])
    def test_what_staff_took_further_stays(self, house: House, status: str) -> None:
        made = house.made()
        house.put(made, status)
        change = Change.CANCELLED if status == "fulfilled" else Change.ARRIVED
        with pytest.raises(HisRejected):
            house.books.change(made, TEN, change, "骨 A017")
        assert house.stands(made) == status

    def test_what_staff_moved_meanwhile_stays(self, house: House) -> None:
        made = house.made()
        house.move(made, TEN + timedelta(hours=1))
        for change in (Change.ARRIVED, Change.CANCELLED):
            with pytest.raises(HisRejected, match="another time"):
                house.books.change(made, TEN, change)
        assert house.stands(made) == "booked"

    def test_somebody_quicker_is_not_overwritten(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        made, write = house.made(), house.writer.write
        interruptions = ["cancelled"]

        def raced(*given: Any) -> Any:
            if interruptions:
                house.put(made, interruptions.pop())
            return write(*given)

        monkeypatch.setattr(house.writer, "write", raced)
        with pytest.raises(HisRejected, match="cancelled by now"):
            house.books.change(made, TEN, Change.ARRIVED)
        assert (house.stands(made), interruptions) == ("cancelled", [])

    def test_who_is_always_quicker_is_left_alone(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        made, write = house.made(), house.writer.write

        def raced(*given: Any) -> Any:
            house.put(made, "booked")
            return write(*given)

        monkeypatch.setattr(house.writer, "write", raced)
        with pytest.raises(HisUnavailable, match="keeps changing"):
            house.books.change(made, TEN, Change.ARRIVED)
        assert house.stands(made) == "booked"

    @pytest.mark.parametrize("change", [Change.ARRIVED, Change.CANCELLED])
    def test_one_that_is_not_there(self, house: House, change: Change) -> None:
        for reference in (house.nobody, "../metadata", "x", ""):
            with pytest.raises(HisRejected):
                house.books.change(reference, TEN, change)

    def test_a_change_without_an_answer_can_be_repeated(self, house: House) -> None:
        made = house.made()
        house.take_away()
        with pytest.raises(HisUnavailable):
            house.books.change(made, TEN, Change.ARRIVED, "骨 A017")
        house.bring_back()
        assert house.books.change(made, TEN, Change.ARRIVED, "骨 A017") == "骨 A017"
        assert house.stands(made) == "arrived"


class TestGnuHealth:
    def test_a_medical_record_number_may_be_an_alternative_id_and_no_other_kind(
        self, gnuhealth_house: House, gnuhealth_peer: GnuHealthPeer
    ) -> None:
        made = gnuhealth_house.made(record="PUID-7")
        (who,) = gnuhealth_peer.records("party.party", [], ["ref", "=", "PUID-7"])
        for kind, code in (("medical_record", "MR7"), ("country_id", "110105")):
            gnuhealth_peer.create(
                "gnuhealth.person_alternative_identification", party=who["id"], alternative_id_type=kind, code=code
            )
        assert [one.reference for one in gnuhealth_house.books.find(MR7, NOW)] == [made]
        assert list(gnuhealth_house.books.find(Code(CodeKind.RECORD, "110105"), NOW)) == []

    def test_what_staff_wrote_stays_beside_the_number(
        self, gnuhealth_house: House, gnuhealth_peer: GnuHealthPeer
    ) -> None:
        gnuhealth_house.books.change(gnuhealth_house.made(), TEN, Change.ARRIVED, "骨 A017")
        made = gnuhealth_peer.record("gnuhealth.appointment", "comments", "name")
        assert made["name"] == "AP1"
        assert made["comments"].splitlines() == ["不要改", "导诊取号 Daozhen number 骨 A017"]

    def test_a_visit_of_a_kiosk_keeps_its_number(self, gnuhealth_house: House, gnuhealth_peer: GnuHealthPeer) -> None:
        made = gnuhealth_house.made()
        (found,) = gnuhealth_peer.records("gnuhealth.appointment", [])
        signed = "骨 A001 骨科 III\n导诊 Daozhen K01 1f0c"
        gnuhealth_peer.write("gnuhealth.appointment", [found["id"]], comments=signed)
        assert gnuhealth_house.books.change(made, TEN, Change.ARRIVED, "骨 A017") == ""
        assert gnuhealth_peer.record("gnuhealth.appointment", "comments")["comments"] == signed

    def test_who_is_not_let_in_is_for_staff(self, gnuhealth_peer: GnuHealthPeer, tmp_path: Path) -> None:
        (tmp_path / "wrong").write_text("wrong")
        account = {"database": DATABASE, "user": "kiosk", "password_file": str(tmp_path / "wrong")}
        books = make_his_appointments(HisSettings(kind=HisKind.GNUHEALTH, url=gnuhealth_peer.server.url, **account))
        with pytest.raises(HisLockedOut):
            books.find(AP1, NOW)
        books.close()

    def test_the_check_looks_for_a_number_that_nobody_has(self, gnuhealth_peer: GnuHealthPeer) -> None:
        account = {"database": DATABASE, "user": "kiosk"}
        password = str(gnuhealth_peer.server.password_file("kiosk"))
        his = HisSettings(kind=HisKind.GNUHEALTH, url=gnuhealth_peer.server.url, password_file=password, **account)
        codes = AppointmentSettings(appointment_pattern="AP[0-9]+", record_pattern="MR[0-9]+")
        said = [one for one in examine(Config(his=his, appointments=codes)) if one.name == "appointments"]
        assert said == [Check("appointments", Verdict.OK, "looked up by number: appointment, record")]

    def test_the_worker_of_the_window_asks_it_and_logs_no_word(
        self, gnuhealth_house: House, gnuhealth_peer: GnuHealthPeer, tmp_path: Path
    ) -> None:
        start = SystemClock(CHINA).now().replace(second=0, microsecond=0)
        made = gnuhealth_house.made(start)
        open_store(tmp_path / "state").close()
        his = {
            "kind": "gnuhealth",
            "url": gnuhealth_peer.server.url,
            "database": DATABASE,
            "user": "kiosk",
            "password_file": str(gnuhealth_peer.server.password_file("kiosk")),
        }
        codes = {"appointment_pattern": "AP[0-9]+", "record_pattern": "MR[0-9]+"}
        zone = {"timezone": "Asia/Shanghai"}
        worker = WorkerClient("delivery", FROM_DELIVERY)
        worker.send(Start({"state": str(tmp_path / "state"), "kiosk": zone, "his": his, "appointments": codes}))
        worker.send(FindHisAppointment(1, MR7))
        answer = worker.until(HisAppointment)
        assert answer.appointment is not None
        assert (answer.request, answer.appointment.reference) == (1, made)
        worker.send(ChangeHisAppointment(2, made, start, Change.ARRIVED, "骨 A017"))
        assert worker.until(HisAppointment) == HisAppointment(2, number="骨 A017")
        assert gnuhealth_house.stands(made) == "arrived"
        worker.close_stdin()
        worker.end()
        assert not any(text in worker.stderr for text in (b"MR7", CANARY.encode(), "骨".encode()))
