"""Appointments that the hospital's own people made: found by a number, checked in, cancelled; nobody sees another's."""

from __future__ import annotations

import contextlib
import json
import queue
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kiosk.adapters.clock import SystemClock
from kiosk.adapters.his import make_his_appointments
from kiosk.adapters.his.fhir_his_appointments import FhirHisAppointments
from kiosk.adapters.his.http_exchange import Answer
from kiosk.adapters.store import open_store
from kiosk.config import AppointmentSettings, Config, HisKind, HisSettings
from kiosk.domain.appointments import (
    Appointment,
    AppointmentError,
    AppointmentProblem,
    AppointmentStatus,
    Change,
    CheckInRules,
)
from kiosk.domain.errors import HisLockedOut, HisUnavailable
from kiosk.domain.language import Words
from kiosk.domain.scanned import Code, CodeKind
from kiosk.domain.self_test import Check, Verdict
from kiosk.his_tools import examine
from kiosk.services.his_appointments import HospitalAppointments
from kiosk.wire import fhir
from kiosk.wire.delivery_messages import FROM_DELIVERY, ChangeHisAppointment, FindHisAppointment, HisAppointment
from kiosk.wire.worker_messages import Message, Start
from kiosk.workers.booking import BookingDesk, BookingThread
from tests import whole_visits as whole
from tests.fakes import FakeClock
from tests.fhir_clinics import APPOINTMENTS, CANARY, DEPARTMENTS, MAPPING, WITH_NUMBERS, Clinics
from tests.his_houses import fhir_at
from tests.peer_fixtures import FhirPeer
from tests.worker_client import PATIENCE_S, WorkerClient

pytestmark = pytest.mark.peer

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=CHINA)
TEN = NOW.replace(hour=10, minute=0)
AP1, MR7 = Code(CodeKind.APPOINTMENT, "AP1"), Code(CodeKind.RECORD, "MR7")
BONES = {"serviceType": [{"coding": [{"system": DEPARTMENTS, "code": "0405"}]}]}


@pytest.fixture
def books(fhir_peer: FhirPeer, tmp_path: Path) -> Iterator[FhirHisAppointments]:
    (tmp_path / "mapping.toml").write_text(WITH_NUMBERS, encoding="utf-8")
    mapping = str(tmp_path / "mapping.toml")
    books = make_his_appointments(HisSettings(kind=HisKind.FHIR, url=fhir_peer.url, mapping=mapping))
    yield books
    books.close()


@pytest.fixture
def clinics(fhir_peer: FhirPeer) -> Clinics:
    return Clinics(fhir_peer)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture
def desk(books: FhirHisAppointments, clock: FakeClock) -> HospitalAppointments:
    return HospitalAppointments(books, clock, CheckInRules())


def problem_of(work: Callable[[], object]) -> AppointmentProblem:
    with pytest.raises(AppointmentError) as error:
        work()
    return error.value.problem


def status_of(peer: FhirPeer, reference: str) -> str:
    found: str = peer.get(reference)["status"]
    return found


class TestFinding:
    def test_department_doctor_room_and_time_and_never_who(self, books: FhirHisAppointments, clinics: Clinics) -> None:
        service = clinics.service("0405", "骨科门诊")
        calendar = clinics.peer.get(clinics.calendar(whole.DOCTOR, "D1024", service))
        role = calendar["actor"][0]["reference"]
        made = clinics.appointment(clinics.patient("MR7"), TEN, role)
        (found,) = books.find(AP1, NOW)
        assert found == Appointment(
            reference=made,
            ours=False,
            status=AppointmentStatus.BOOKED,
            department="orthopaedics",
            department_name=Words("骨科门诊", "骨科门诊"),
            practitioner=whole.DOCTOR.name,
            number="",
            room="206",
            start=TEN,
        )
        assert CANARY not in repr(found)

    def test_what_it_says_itself_is_enough(self, books: FhirHisAppointments, clinics: Clinics) -> None:
        doctor = {"type": "Practitioner", "display": "何建国"}
        room = {"reference": "Location/00000000-0000-4000-8000-000000000000", "display": "3F 骨 208"}
        service = [{"coding": [{"system": DEPARTMENTS, "code": "9999"}], "text": "手外科"}]
        clinics.appointment(clinics.patient("MR7"), TEN, doctor, room, serviceType=service)
        (found,) = books.find(AP1, NOW)
        assert (found.department, found.department_name.zh, found.room) == ("", "手外科", "3F 骨 208")
        assert found.practitioner == Words("何建国", "何建国")

    @pytest.mark.parametrize("status", ["cancelled", "noshow", "fulfilled", "proposed", "waitlist", "entered-in-error"])
    def test_what_is_over_or_no_appointment_yet_is_for_the_desk(
        self, books: FhirHisAppointments, clinics: Clinics, status: str
    ) -> None:
        clinics.appointment(clinics.patient("MR7"), TEN, status=status)
        assert list(books.find(AP1, NOW)) == list(books.find(MR7, NOW)) == []

    def test_a_number_of_two_patients_shows_neither(self, books: FhirHisAppointments, clinics: Clinics) -> None:
        for record in ("MR7", "MR7"):
            clinics.appointment(clinics.patient(record), TEN)
        assert list(books.find(AP1, NOW)) == list(books.find(MR7, NOW)) == []

    def test_two_of_nobody_known_are_perhaps_two_peoples(self, books: FhirHisAppointments, clinics: Clinics) -> None:
        room = clinics.peer.create({"resourceType": "Location", "name": "206"})
        clinics.appointment(room, TEN)
        assert len(books.find(AP1, NOW)) == 1
        clinics.appointment(room, TEN)
        assert list(books.find(AP1, NOW)) == []

    def test_the_same_number_of_something_else_is_not_it(self, books: FhirHisAppointments, clinics: Clinics) -> None:
        clinics.appointment(clinics.patient("MR7"), TEN, identifier=[{"system": "urn:other", "value": "AP1"}])
        assert list(books.find(AP1, NOW)) == []

    def test_numbers_stand_in_no_address(
        self, books: FhirHisAppointments, clinics: Clinics, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []
        ask = books._his.ask

        def watched(method: str, path: str, *rest: object, **more: object) -> Answer:
            asked.append(path)
            return ask(method, path, *rest, **more)  # type: ignore[arg-type]

        monkeypatch.setattr(books._his, "ask", watched)
        clinics.appointment(clinics.patient("MR7"), TEN)
        assert books.find(AP1, NOW)
        assert books.find(MR7, NOW)
        assert len(asked) >= 3
        assert not any("MR7" in path or "AP1" in path for path in asked)

    @pytest.mark.parametrize("fault", ["unavailable", "web_page", "half_answer", "drop", "database_down"])
    def test_answers_that_are_none(
        self, books: FhirHisAppointments, desk: HospitalAppointments, fhir_peer: FhirPeer, fault: str
    ) -> None:
        fhir_peer.fail(fault)
        for code in (AP1, MR7):
            with pytest.raises(HisUnavailable):
                books.find(code, NOW)
        assert problem_of(lambda: desk.find(AP1)) is AppointmentProblem.HIS_DOWN

    def test_numbers_without_an_address_in_the_mapping_are_for_the_desk(
        self, books: FhirHisAppointments, clinics: Clinics, tmp_path: Path
    ) -> None:
        clinics.appointment(clinics.patient("MR7"), TEN)
        (tmp_path / "mapping.toml").write_text(MAPPING, encoding="utf-8")
        for code, name in ((AP1, "systems.appointment"), (MR7, "systems.medical-record")):
            with pytest.raises(HisLockedOut, match=name):
                books.find(code, NOW)

    def test_who_is_not_let_in_is_for_staff(self, books: FhirHisAppointments, fhir_peer: FhirPeer) -> None:
        fhir_peer.ask_for_token("another")
        with pytest.raises(HisLockedOut):
            books.find(AP1, NOW)


GOOD = {
    "resourceType": "Appointment",
    "id": "1",
    "identifier": [{"system": APPOINTMENTS, "value": "AP1"}],
    "status": "booked",
    "start": "2026-11-30T10:00:00+08:00",
    "participant": [{"actor": {"reference": "Patient/1"}}],
}
HOSTILE = [
    {"id": 7},
    {"id": "../Patient/1"},
    {"start": "0001-01-01T00:00:00+23:59"},
    {"start": "9999-12-31T23:59:59-23:59"},
    {"start": 5},
    {"start": "2026-11-30T10:00:00"},
    {"status": ["booked"]},
    {"status": {}},
    {"identifier": "AP1"},
    {"identifier": [7, {"system": [], "value": {}}]},
]
HARMLESS = [
    {"participant": "x"},
    {"participant": [7, {"actor": 7}, {"actor": {"reference": 7, "display": 7}}]},
    {"serviceType": [[], {"coding": 7}, {"coding": [{"system": 5, "code": []}]}], "specialty": 3},
    {"slot": 7, "meta": []},
]


def answering(books: FhirHisAppointments, monkeypatch: pytest.MonkeyPatch, resource: object) -> None:
    """Every question is answered with this one."""
    page = {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": resource}, 5, {"resource": None}]}
    body = json.dumps(page).encode()
    monkeypatch.setattr(books._his, "ask", lambda *given, **more: Answer(200, {}, body))


class TestCheck:
    """`kiosk his check`."""

    def said(self, peer: FhirPeer, mapping: str, folder: Path) -> Check | None:
        (folder / "mapping.toml").write_text(mapping, encoding="utf-8")
        his = HisSettings(kind=HisKind.FHIR, url=peer.url, mapping=str(folder / "mapping.toml"))
        codes = AppointmentSettings(appointment_pattern="AP[0-9]+", record_pattern="MR[0-9]+")
        return next((one for one in examine(Config(his=his, appointments=codes)) if one.name == "appointments"), None)

    def test_numbers_that_can_be_looked_up_and_an_address_that_is_missing(
        self, fhir_peer: FhirPeer, tmp_path: Path
    ) -> None:
        well = self.said(fhir_peer, WITH_NUMBERS, tmp_path)
        assert well == Check("appointments", Verdict.OK, "looked up by number: appointment, record")
        missing = self.said(fhir_peer, MAPPING, tmp_path)
        assert missing is not None
        assert (missing.verdict, missing.detail) == (
            Verdict.FAIL,
            "his.mapping: systems.appointment is missing",
        )


class TestHostileAnswers:
    @pytest.mark.parametrize("changes", HOSTILE)
    def test_what_cannot_be_read_is_not_shown(
        self, books: FhirHisAppointments, monkeypatch: pytest.MonkeyPatch, changes: dict
    ) -> None:
        answering(books, monkeypatch, GOOD | changes)
        assert list(books.find(AP1, NOW)) == []

    @pytest.mark.parametrize("changes", HARMLESS)
    def test_what_is_strange_beside_it_is_left_out(
        self, books: FhirHisAppointments, monkeypatch: pytest.MonkeyPatch, changes: dict
    ) -> None:
        answering(books, monkeypatch, GOOD | changes)
        (found,) = books.find(AP1, NOW)
        assert (found.start, found.department, found.practitioner, found.room) == (TEN, "", None, "")

    def test_a_server_that_overlooks_the_question_shows_nobody_elses(
        self, books: FhirHisAppointments, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answering(books, monkeypatch, GOOD | {"identifier": [{"system": APPOINTMENTS, "value": "AP2"}]})
        assert list(books.find(AP1, NOW)) == []

    def test_a_server_that_overlooks_patient_and_day_shows_only_theirs_of_today(
        self, books: FhirHisAppointments, clinics: Clinics, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ask = books._his.ask

        def overlooking(method: str, path: str, body: bytes | None = None, **more: Any) -> Answer:
            return ask(method, path, b"_count=50" if path == "/Appointment/_search" else body, **more)

        monkeypatch.setattr(books._his, "ask", overlooking)
        patient = clinics.patient("MR7")
        clinics.appointment(clinics.patient("MR8"), TEN)
        clinics.appointment(patient, TEN + timedelta(days=1))
        assert list(books.find(MR7, NOW)) == []
        made = clinics.appointment(patient, TEN)
        assert [one.reference for one in books.find(MR7, NOW)] == [made]

    def test_names_are_one_short_line(self, books: FhirHisAppointments, clinics: Clinics) -> None:
        doctor = {"type": "Practitioner", "display": "周\u202e岚\n<b>" + "x" * 500}
        clinics.appointment(clinics.patient("MR7"), TEN, doctor, serviceType=[{"text": "骨\u2028科"}])
        (found,) = books.find(AP1, NOW)
        assert found.practitioner is not None
        shown = found.practitioner.zh + found.department_name.zh
        assert shown.isprintable()
        assert len(found.practitioner.zh) == 80


class TestChanging:
    def test_cancelled_and_the_counters_slot_is_the_counters(
        self, books: FhirHisAppointments, clinics: Clinics
    ) -> None:
        schedule = clinics.calendar(whole.DOCTOR, "D1024", clinics.service("0405", "骨科门诊"))
        (slot,) = clinics.times(schedule, [TEN], status="busy")
        made = clinics.appointment(clinics.patient("MR7"), TEN, slot=[{"reference": slot}])
        books.change(made, TEN, Change.CANCELLED)
        assert (status_of(clinics.peer, made), status_of(clinics.peer, slot)) == ("cancelled", "busy")

    def test_cancelled_and_a_slot_that_a_kiosk_booked_is_free(
        self, books: FhirHisAppointments, clinics: Clinics
    ) -> None:
        schedule = clinics.calendar(whole.DOCTOR, "D1024", clinics.service("0405", "骨科门诊"))
        (slot,) = clinics.times(schedule, [TEN])
        at = replace(whole.SLOT, code=slot, start=TEN, end=TEN + timedelta(minutes=10))
        his = fhir_at(clinics.peer.url)
        his.deliver("v1-his", fhir.encode(fhir.visit_bundles(whole.encounter(replace(whole.draft(1), slot=at)))))
        his.close()
        (made,) = clinics.peer.search("Appointment")
        assert status_of(clinics.peer, slot) == "busy"
        # The visit has its number already.
        assert books.change(f"Appointment/{made['id']}", TEN, Change.ARRIVED, "骨 A017") == ""
        for _ in range(2):
            books.change(f"Appointment/{made['id']}", TEN, Change.CANCELLED)
        assert status_of(clinics.peer, slot) == "free"


class TestTheOneToShow:
    def starts(self, clinics: Clinics, *hours: int) -> Sequence[str]:
        patient = clinics.patient("MR7")
        return [clinics.appointment(patient, TEN.replace(hour=one), number=f"AP{one}") for one in hours]

    def test_the_earliest_that_is_open(self, desk: HospitalAppointments, clinics: Clinics, clock: FakeClock) -> None:
        self.starts(clinics, 15, 10, 11)
        assert desk.find(MR7).start == TEN
        clock.at = TEN + timedelta(minutes=16)
        assert desk.find(MR7).start == TEN.replace(hour=11)

    def test_where_they_are_checked_in_rather_than_what_was_missed(
        self, desk: HospitalAppointments, clinics: Clinics, clock: FakeClock
    ) -> None:
        first, second = self.starts(clinics, 8, 10)
        desk.change(second, TEN, Change.ARRIVED)
        assert desk.find(MR7).reference == second
        desk.change(second, TEN, Change.CANCELLED)
        assert desk.find(MR7).reference == first

    def test_nothing_is_nothing(self, desk: HospitalAppointments, clinics: Clinics) -> None:
        self.starts(clinics)
        assert problem_of(lambda: desk.find(MR7)) is AppointmentProblem.NOT_FOUND
        assert problem_of(lambda: desk.find(Code(CodeKind.VISIT, "123456789"))) is AppointmentProblem.NOT_FOUND

    @pytest.mark.parametrize("minutes", [-91, 16])
    def test_too_early_and_too_late_are_for_the_desk(
        self, desk: HospitalAppointments, clinics: Clinics, clock: FakeClock, minutes: int
    ) -> None:
        (made,) = self.starts(clinics, 10)
        clock.at = TEN + timedelta(minutes=minutes)
        assert problem_of(lambda: desk.change(made, TEN, Change.ARRIVED)) is AppointmentProblem.NOT_NOW
        assert status_of(clinics.peer, made) == "booked"

    def test_a_time_is_not_moved_nor_taken_back(self, desk: HospitalAppointments, clinics: Clinics) -> None:
        (made,) = self.starts(clinics, 10)
        for change in (Change.MOVED, Change.RESTORED):
            assert problem_of(lambda change=change: desk.change(made, TEN, change)) is AppointmentProblem.NOT_NOW

    def test_a_change_without_an_answer_can_be_repeated(
        self, desk: HospitalAppointments, clinics: Clinics, fhir_peer: FhirPeer
    ) -> None:
        (made,) = self.starts(clinics, 10)
        fhir_peer.fail("unavailable")
        assert problem_of(lambda: desk.change(made, TEN, Change.ARRIVED)) is AppointmentProblem.HIS_DOWN
        fhir_peer.recover()
        desk.change(made, TEN, Change.ARRIVED)
        assert status_of(clinics.peer, made) == "arrived"


def test_who_was_told_that_nobody_answers_is_not_checked_in_later(
    desk: HospitalAppointments, clinics: Clinics, tmp_path: Path
) -> None:
    made = clinics.appointment(clinics.patient("MR7"), TEN)
    told: queue.Queue[Message] = queue.Queue()
    nowhere: Any = None
    late = BookingDesk(nowhere, nowhere, (), FakeClock(NOW), 600.0, lambda: None, desk, patience_s=-1.0)
    thread = BookingThread(late, lambda: contextlib.closing(open_store(tmp_path)), told.put, lambda: None)
    thread.ask(ChangeHisAppointment(1, made, TEN, Change.ARRIVED))
    thread.start()
    assert told.get(timeout=PATIENCE_S) == HisAppointment(1, AppointmentProblem.HIS_DOWN)
    thread.stop()
    thread.join(PATIENCE_S)
    assert status_of(clinics.peer, made) == "booked"


class TestWorker:
    """In its process, as the window asks it."""

    @pytest.fixture
    def worker(self, fhir_peer: FhirPeer, tmp_path: Path) -> Iterator[WorkerClient]:
        (tmp_path / "mapping.toml").write_text(WITH_NUMBERS, encoding="utf-8")
        open_store(tmp_path / "state").close()
        worker = WorkerClient("delivery", FROM_DELIVERY)
        his = {"kind": "fhir", "url": fhir_peer.url, "mapping": str(tmp_path / "mapping.toml")}
        codes = {"appointment_pattern": "AP[0-9]+", "record_pattern": "MR[0-9]+"}
        zone = {"timezone": "Asia/Shanghai"}
        worker.send(Start({"state": str(tmp_path / "state"), "kiosk": zone, "his": his, "appointments": codes}))
        yield worker
        worker.end()

    def test_found_and_checked_in_and_no_word_of_it_in_the_log(self, worker: WorkerClient, clinics: Clinics) -> None:
        start = SystemClock(CHINA).now().replace(microsecond=0)
        made = clinics.appointment(clinics.patient("MR7"), start, **BONES)
        worker.send(FindHisAppointment(1, MR7))
        answer = worker.until(HisAppointment)
        assert answer.appointment is not None
        assert (answer.request, answer.appointment.reference) == (1, made)
        worker.send(ChangeHisAppointment(2, made, start, Change.ARRIVED))
        assert worker.until(HisAppointment) == HisAppointment(2)
        assert status_of(clinics.peer, made) == "arrived"
        worker.close_stdin()
        worker.end()
        assert not any(text in worker.stderr for text in (b"MR7", CANARY.encode()))

    def test_nobody_and_no_answer(self, worker: WorkerClient, fhir_peer: FhirPeer) -> None:
        worker.send(FindHisAppointment(1, AP1))
        assert worker.until(HisAppointment) == HisAppointment(1, AppointmentProblem.NOT_FOUND)
        fhir_peer.fail("unavailable")
        worker.send(FindHisAppointment(2, AP1))
        assert worker.until(HisAppointment) == HisAppointment(2, AppointmentProblem.HIS_DOWN)
