"""Visits in a real GNU Health: every record once, every character as it was said, whatever happens on the line."""

from __future__ import annotations

import base64
import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.adapters.his.gnuhealth import GnuHealthHis
from kiosk.adapters.his.tryton import TrytonClient
from kiosk.domain.encounter import VisitDraft
from kiosk.domain.errors import HisLockedOut, HisRejected, HisUnavailable
from kiosk.domain.patient import IdentitySource, Patient
from kiosk.wire import fhir
from kiosk.wire.gnuhealth import HospitalCodes
from kiosk.wire.tryton import moment
from tests import whole_visits as visits
from tests.gnuhealth_peer import GnuHealthPeer, connected
from tests.his_line import HisLine

pytestmark = pytest.mark.peer

ONE_OF_EACH = {
    "party.party": 1,
    "gnuhealth.patient": 1,
    "gnuhealth.appointment": 1,
    "gnuhealth.patient.ambulatory_care": 1,
    "ir.attachment": 1,
}
NOTHING = dict.fromkeys(ONE_OF_EACH, 0)
STRANGE = "膝盖疼，𠮷😀 <and> & |^~\\ 100% _ '\"; “三个星期”"
OFTEN_S = 3.0
"""A time limit that a call keeps on a busy machine and a test can wait for."""


def payload(draft: VisitDraft | None = None) -> bytes:
    return fhir.encode(fhir.visit_bundles(visits.encounter(draft or visits.draft())))


def deliver(his: GnuHealthHis, draft: VisitDraft | None = None) -> None:
    his.deliver("visit-1-his", payload(draft))


@pytest.fixture
def impatient(gnuhealth_peer: GnuHealthPeer, gnuhealth_line: HisLine) -> Iterator[GnuHealthHis]:
    """Gives a call up after OFTEN_S."""
    his = connected(gnuhealth_peer, gnuhealth_line.port, OFTEN_S)
    his.check()
    yield his
    gnuhealth_line.recover()
    his.close()


class TestRecords:
    def test_a_booked_visit(self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer) -> None:
        for _ in range(2):
            deliver(gnuhealth_his)
        assert gnuhealth_peer.counts() == ONE_OF_EACH
        patient = gnuhealth_peer.record("gnuhealth.patient", "rec_name", "party.dob", "party.gender", "party.ref")
        assert patient["rec_name"] == "未登记姓名 骨 027"
        assert (patient["party."]["gender"], patient["party."]["ref"]) == ("f", f"NN-{visits.visit_id(1)}")
        assert patient["party."]["dob"] == {"__class__": "date", "year": 1961, "month": 5, "day": 17}
        booked = gnuhealth_peer.record(
            "gnuhealth.appointment",
            "state",
            "urgency",
            "name",
            "appointment_date",
            "checked_in_date",
            "healthprof.rec_name",
            "speciality.code",
            "institution.code",
        )
        assert (booked["state"], booked["urgency"]) == ("checked_in", "b")
        assert booked["name"].startswith("APP ")
        assert booked["appointment_date"] == moment(visits.SLOT.start)
        assert booked["checked_in_date"] == moment(visits.MORNING)
        assert booked["healthprof."]["rec_name"] == "周岚"
        assert booked["speciality."]["code"] == "ORTHOSURG"
        assert booked["institution."]["code"] == "SF"

    def test_every_character_arrives(self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer) -> None:
        deliver(gnuhealth_his, replace(visits.draft(), complaint=STRANGE))
        comments = gnuhealth_peer.record("gnuhealth.appointment", "comments")["comments"]
        assert STRANGE in comments.split("\n")
        note = gnuhealth_peer.record("gnuhealth.patient.ambulatory_care", "session_notes", "state")
        assert STRANGE in note["session_notes"].split("\n")
        assert 'knee_pain, 6/10, 21 d "膝盖疼"' in note["session_notes"].split("\n")
        assert note["state"] == "draft"
        attached = gnuhealth_peer.record("ir.attachment", "data")["data"]["base64"]
        assert base64.b64decode(attached).decode() == note["session_notes"]

    def test_an_emergency_of_somebody_unknown(self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer) -> None:
        deliver(gnuhealth_his, visits.emergency_draft())
        patient = gnuhealth_peer.record("gnuhealth.patient", "party.dob", "party.gender", "party.unidentified")[
            "party."
        ]
        assert (patient["dob"], patient["gender"], bool(patient["unidentified"])) == (None, "u", True)
        arrived = gnuhealth_peer.record("gnuhealth.appointment", "urgency", "healthprof", "speciality.code", "state")
        assert (arrived["urgency"], arrived["healthprof"], arrived["state"]) == ("c", None, "checked_in")
        assert arrived["speciality."]["code"] == "EMERGENCY"
        assert gnuhealth_peer.record("gnuhealth.patient.ambulatory_care", "warning")["warning"]

    def test_who_was_identified_is_not_marked(self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer) -> None:
        known = replace(visits.draft().patient, identity=IdentitySource.VERIFIED)
        deliver(gnuhealth_his, replace(visits.draft(), patient=known))
        patient = gnuhealth_peer.record("gnuhealth.patient", "party.unidentified", "party.ref")["party."]
        assert (bool(patient["unidentified"]), patient["ref"]) == (False, visits.visit_id(1))

    def test_the_same_phone_and_birth_date_can_be_found(
        self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer
    ) -> None:
        deliver(gnuhealth_his)
        deliver(gnuhealth_his, visits.draft(2))
        deliver(gnuhealth_his, replace(visits.draft(3), patient=Patient()))
        kind = ["other_alternative_id_type", "=", "Daozhen person"]
        ids = gnuhealth_peer.records("gnuhealth.person_alternative_identification", ["code"], kind)
        assert len(ids) == 3
        assert len({one["code"] for one in ids}) == 2
        phones = gnuhealth_peer.records("party.contact_mechanism", ["value"], ["party.is_patient", "=", True])
        assert [phone["value"] for phone in phones] == [visits.PHONE] * 2

    def test_what_the_hospital_does_not_know_stands_in_the_comments(
        self, gnuhealth_peer: GnuHealthPeer, gnuhealth_line: HisLine
    ) -> None:
        mapping = HospitalCodes(departments={}, practitioners={"zhou_lan": "NOBODY"}, institution="NOWHERE")
        his = connected(gnuhealth_peer, gnuhealth_line.port, mapping=mapping)
        deliver(his)
        his.close()
        booked = gnuhealth_peer.record("gnuhealth.appointment", "healthprof", "speciality", "comments")
        assert (booked["healthprof"], booked["speciality"]) == (None, None)
        assert "周岚 Zhou Lan 206" in booked["comments"].split("\n")


class TestBooking:
    def at_the_booked_time(self, peer: GnuHealthPeer, state: str, patient: int | None) -> int:
        (doctor,) = peer.records("gnuhealth.healthprofessional", (), ["code", "=", "zhou_lan"])
        return peer.create(
            "gnuhealth.appointment",
            state=state,
            patient=patient,
            healthprof=doctor["id"],
            appointment_date=moment(visits.SLOT.start),
        )

    def test_a_free_appointment_is_taken(self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer) -> None:
        free = self.at_the_booked_time(gnuhealth_peer, "free", None)
        deliver(gnuhealth_his)
        taken = gnuhealth_peer.record("gnuhealth.appointment", "state", "patient.rec_name", "name")
        assert (taken["id"], taken["state"]) == (free, "checked_in")
        assert taken["patient."]["rec_name"] == "未登记姓名 骨 027"
        assert taken["name"].startswith("APP ")

    def test_a_time_that_is_taken_is_told(self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer) -> None:
        deliver(gnuhealth_his)
        deliver(gnuhealth_his, visits.draft(2))
        later = replace(visits.SLOT, start=visits.SLOT.end, end=visits.SLOT.end + timedelta(minutes=10))
        deliver(gnuhealth_his, replace(visits.draft(3), slot=later))
        booked = gnuhealth_peer.records("gnuhealth.appointment", ["comments"])
        told = {one["comments"].rsplit(" ", 1)[1]: "另约" in one["comments"] for one in booked}
        assert told == {visits.visit_id(1): False, visits.visit_id(2): True, visits.visit_id(3): False}


class TestOnce:
    def test_the_kiosk_may_stop_after_every_single_call(
        self, gnuhealth_peer: GnuHealthPeer, gnuhealth_line: HisLine
    ) -> None:
        his = connected(gnuhealth_peer, gnuhealth_line.port)
        deliver(his)
        his.close()
        calls = len(gnuhealth_line.calls) - len(["logout"])
        assert calls > 10
        for lost in range(calls):
            gnuhealth_peer.reset()
            his = connected(gnuhealth_peer, gnuhealth_line.port)
            gnuhealth_line.fail("lose_answer", at=lost)
            with pytest.raises(HisUnavailable):
                deliver(his)
            his.close()
            his = connected(gnuhealth_peer, gnuhealth_line.port)
            deliver(his)
            his.close()
            assert gnuhealth_peer.counts() == ONE_OF_EACH, f"stopped after call {lost}"
            assert gnuhealth_peer.record("gnuhealth.appointment", "state")["state"] == "checked_in"

    @pytest.mark.parametrize("model", sorted(ONE_OF_EACH.keys() - {"gnuhealth.patient"}))
    def test_a_call_that_arrives_late_does_nothing(
        self, impatient: GnuHealthHis, gnuhealth_peer: GnuHealthPeer, gnuhealth_line: HisLine, model: str
    ) -> None:
        gnuhealth_line.fail("late", at=f"model.{model}.create")
        with pytest.raises(HisUnavailable):
            deliver(impatient, visits.emergency_draft())
        deliver(impatient, visits.emergency_draft())
        assert gnuhealth_peer.counts() == ONE_OF_EACH
        assert gnuhealth_line.let_go() == [401]
        assert gnuhealth_peer.counts() == ONE_OF_EACH

    @pytest.mark.parametrize("model", sorted(ONE_OF_EACH.keys() - {"gnuhealth.patient"}))
    def test_a_call_of_a_killed_process_that_arrives_late_does_nothing(
        self, gnuhealth_peer: GnuHealthPeer, gnuhealth_line: HisLine, tmp_path: Path, model: str
    ) -> None:
        def started() -> GnuHealthHis:
            return connected(gnuhealth_peer, gnuhealth_line.port, 3, session_file=tmp_path / "session")

        killed = started()
        gnuhealth_line.fail("late", at=f"model.{model}.create")
        with pytest.raises(HisUnavailable):
            deliver(killed, visits.emergency_draft())
        # It ends without ending anything; only what lies on the disk is left of it.
        assert (tmp_path / "session").stat().st_mode & 0o077 == 0
        following = started()
        deliver(following, visits.emergency_draft())
        assert gnuhealth_line.let_go() == [401]
        assert gnuhealth_peer.counts() == ONE_OF_EACH
        following.close()
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        "content", [b"", b"{", b"[]", b'{"server": "http://elsewhere/health", "user": "a", "user_id": 1, "key": "k"}']
    )
    def test_a_session_file_of_somebody_else_or_of_nobody_is_no_session(
        self, gnuhealth_peer: GnuHealthPeer, gnuhealth_line: HisLine, tmp_path: Path, content: bytes
    ) -> None:
        (tmp_path / "session").write_bytes(content)
        his = connected(gnuhealth_peer, gnuhealth_line.port, session_file=tmp_path / "session")
        deliver(his)
        assert gnuhealth_line.calls[0] == "common.db.login"
        his.close()

    def test_without_room_for_the_session_nothing_is_sent(
        self, gnuhealth_peer: GnuHealthPeer, gnuhealth_line: HisLine, tmp_path: Path
    ) -> None:
        his = connected(gnuhealth_peer, gnuhealth_line.port, session_file=tmp_path / "no folder" / "session")
        with pytest.raises(HisUnavailable, match="the session cannot be kept"):
            deliver(his)
        his.close()
        assert set(gnuhealth_peer.counts().values()) == {0}

    def test_what_staff_did_meanwhile_stays(self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer) -> None:
        deliver(gnuhealth_his)
        (person,) = gnuhealth_peer.records("party.party", (), ["is_patient", "=", True])
        gnuhealth_peer.write("party.party", [person["id"]], ref="11010519491231002X", name="三", lastname="张")
        seen = gnuhealth_peer.record("gnuhealth.appointment")["id"]
        gnuhealth_peer.write("gnuhealth.appointment", [seen], state="done")
        deliver(gnuhealth_his)
        assert gnuhealth_peer.counts() == ONE_OF_EACH
        assert gnuhealth_peer.record("gnuhealth.appointment", "state")["state"] == "done"
        assert gnuhealth_peer.record("gnuhealth.patient", "rec_name")["rec_name"] == "张三"

    @pytest.mark.parametrize(
        "record",
        [
            ("gnuhealth.appointment", "patient", "state", "comments"),
            ("gnuhealth.patient.ambulatory_care", "patient", "session_start", "session_notes", "health_professional"),
            ("ir.attachment", "name", "type", "resource"),
        ],
        ids=lambda record: record[0],
    )
    def test_a_record_that_is_there_twice_is_for_a_person(
        self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer, record: tuple[str, ...]
    ) -> None:
        deliver(gnuhealth_his)
        gnuhealth_peer.double(*record)
        with pytest.raises(HisRejected, match="more than once"):
            deliver(gnuhealth_his)


class TestLine:
    @pytest.mark.parametrize(
        "fault",
        [
            "refuse",
            "busy",
            "broken",
            "web_page",
            "session_ended",
            "lose_answer",
            "half_answer",
            "not_json",
            "other_answer",
            "endless",
        ],
    )
    def test_answers_worth_another_try(
        self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer, gnuhealth_line: HisLine, fault: str
    ) -> None:
        gnuhealth_line.fail(fault)
        with pytest.raises(HisUnavailable):
            deliver(gnuhealth_his)
        with pytest.raises(HisUnavailable):
            gnuhealth_his.check()
        gnuhealth_line.recover()
        gnuhealth_his.check()
        deliver(gnuhealth_his)
        assert gnuhealth_peer.counts() == ONE_OF_EACH

    @pytest.mark.parametrize("fault", ["hang", "drip"])
    def test_a_server_that_does_not_finish_is_left(
        self,
        impatient: GnuHealthHis,
        gnuhealth_his: GnuHealthHis,
        gnuhealth_peer: GnuHealthPeer,
        gnuhealth_line: HisLine,
        fault: str,
    ) -> None:
        gnuhealth_line.fail(fault, at=0)
        with pytest.raises(HisUnavailable):
            deliver(impatient)
        deliver(gnuhealth_his)
        assert gnuhealth_peer.counts() == ONE_OF_EACH

    def test_the_time_it_asks_for_is_passed_on(self, gnuhealth_his: GnuHealthHis, gnuhealth_line: HisLine) -> None:
        gnuhealth_line.fail("busy")
        with pytest.raises(HisUnavailable) as caught:
            deliver(gnuhealth_his)
        assert caught.value.retry_after_s == 17

    def test_nobody_listens(self, tmp_path: Path) -> None:
        password = tmp_path / "password"
        password.write_text("x")
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        his = GnuHealthHis(TrytonClient(f"http://127.0.0.1:{port}", "health", "kiosk", password, 2))
        with pytest.raises(HisUnavailable):
            his.check()
        his.close()


class TestAccount:
    def test_a_session_that_ended_is_renewed(self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer) -> None:
        deliver(gnuhealth_his)
        gnuhealth_peer.end_sessions()
        deliver(gnuhealth_his, visits.draft(2))
        assert gnuhealth_peer.counts()["gnuhealth.appointment"] == 2

    def test_a_new_password_is_read_without_a_restart(
        self, gnuhealth_peer: GnuHealthPeer, gnuhealth_line: HisLine, tmp_path: Path
    ) -> None:
        password = tmp_path / "password"
        his = connected(gnuhealth_peer, gnuhealth_line.port, password=password)
        with pytest.raises(HisLockedOut, match="cannot be read"):
            his.check()
        password.write_text("")
        with pytest.raises(HisLockedOut, match="no password"):
            his.check()
        password.write_text("old")
        with pytest.raises(HisLockedOut, match="login is refused"):
            deliver(his)
        password.write_text(gnuhealth_peer.server.password_file("kiosk").read_text() + "\n")
        deliver(his)
        his.close()
        assert gnuhealth_peer.counts() == ONE_OF_EACH

    def test_a_database_that_is_not_there(self, gnuhealth_peer: GnuHealthPeer) -> None:
        password = gnuhealth_peer.server.password_file("kiosk")
        his = GnuHealthHis(TrytonClient(gnuhealth_peer.server.url, "nowhere", "kiosk", password, 10))
        with pytest.raises(HisUnavailable, match="404"):
            his.check()
        his.close()

    def test_a_user_without_rights_keeps_visits_waiting(
        self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer
    ) -> None:
        with gnuhealth_peer.without_groups("kiosk"):
            for attempt in (gnuhealth_his.check, lambda: deliver(gnuhealth_his)):
                with pytest.raises(HisLockedOut, match=r"kiosk may not create gnuhealth\.patient"):
                    attempt()
        deliver(gnuhealth_his)
        assert gnuhealth_peer.counts() == ONE_OF_EACH

    def test_a_user_who_is_no_health_professional(
        self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer
    ) -> None:
        with gnuhealth_peer.without_professional("kiosk"):
            for attempt in (gnuhealth_his.check, lambda: deliver(gnuhealth_his)):
                with pytest.raises(HisLockedOut, match="health professional"):
                    attempt()
        deliver(gnuhealth_his)
        assert gnuhealth_peer.counts() == ONE_OF_EACH


def edited(change: Callable[[Any], None]) -> bytes:
    bundles = json.loads(payload())
    # The first of each type: the level is the first Observation.
    resources = [entry["resource"] for bundle in reversed(bundles) for entry in reversed(bundle["entry"])]
    change({resource["resourceType"]: resource for resource in resources})
    return json.dumps(bundles).encode()


def test_what_the_server_refuses_is_for_a_person_and_names_nobody(
    gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer
) -> None:
    def born_too_early(visit: Any) -> None:
        visit["Patient"]["birthDate"] = "1700-01-01"

    with pytest.raises(HisRejected) as caught:
        gnuhealth_his.deliver("visit-1-his", edited(born_too_early))
    assert str(caught.value) == "model.party.party.create: UserError"
    assert gnuhealth_peer.counts() == NOTHING
    deliver(gnuhealth_his, visits.draft(2))
    assert gnuhealth_peer.counts() == ONE_OF_EACH


def older_than_the_calendar(visit: Any) -> None:
    del visit["Patient"]["birthDate"]
    visit["QuestionnaireResponse"]["item"][1]["answer"] = [{"valueInteger": 10**9}]


def before_the_calendar(visit: Any) -> None:
    visit["Observation"]["effectiveDateTime"] = "0001-01-01T00:00:00+08:00"


def half_a_character(visit: Any) -> None:
    visit["Encounter"]["reasonCode"][0]["text"] = "\ud800"


def without_level(visit: Any) -> None:
    visit["Observation"].clear()


@pytest.mark.parametrize("change", [older_than_the_calendar, before_the_calendar, half_a_character, without_level])
def test_a_visit_that_cannot_be_sent_is_for_a_person(
    gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer, change: Callable[[Any], None]
) -> None:
    with pytest.raises(HisRejected):
        gnuhealth_his.deliver("visit-1-his", edited(change))
    gnuhealth_peer.reset()
    deliver(gnuhealth_his)
    assert gnuhealth_peer.counts() == ONE_OF_EACH
