"""One promise for every hospital system: a change of a visit arrives once, and never over what staff have done."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.adapters.his.fhir import FhirHis
from kiosk.adapters.his.file import FileHis
from kiosk.adapters.his.gnuhealth import GnuHealthHis
from kiosk.adapters.his.hl7v2 import Hl7His
from kiosk.domain.appointments import Change
from kiosk.domain.booking import Slot
from kiosk.domain.errors import HisRejected, HisUnavailable
from kiosk.wire import appointment_change, fhir
from kiosk.wire.appointment_change import AppointmentChange
from kiosk.wire.hl7v2_site import MessageKind
from tests import visits
from tests.contract.test_his_contract import fhir_at
from tests.fakes import NOON
from tests.gnuhealth_peer import GnuHealthPeer
from tests.hl7_peers import StrictPeer, running
from tests.peer_fixtures import FhirPeer

pytestmark = pytest.mark.peer

SLOT = visits.slot()
LATER = visits.slot("d1-1000", NOON + timedelta(hours=2))


def visit(slot: Slot | None = SLOT) -> bytes:
    return fhir.encode(fhir.visit_bundles(visits.encounter(1, slot=slot)))


def change(kind: Change, slot: Slot | None = SLOT) -> bytes:
    bundles = fhir.visit_bundles(visits.encounter(1, slot=slot))
    return appointment_change.encode(AppointmentChange(kind, NOON, bundles), bundles)


@dataclass
class House:
    """`stands` tells how the one appointment is: its state and start, in the words of the system."""

    his: FhirHis | FileHis | GnuHealthHis | Hl7His
    stands: Callable[[], tuple[str, str]]
    words: dict[Change, str]


@pytest.fixture
def fhir_house(fhir_peer: FhirPeer) -> Iterator[House]:
    his = fhir_at(fhir_peer.url)

    def stands() -> tuple[str, str]:
        (one,) = fhir_peer.search("Appointment")
        return one["status"], one["start"][11:16]

    yield House(his, stands, {Change.ARRIVED: "arrived", Change.CANCELLED: "cancelled", Change.MOVED: "pending"})
    his.close()


@pytest.fixture
def hl7_house() -> Iterator[House]:
    with running(StrictPeer()) as peer:

        def stands() -> tuple[str, str]:
            told = [text for kind in (MessageKind.CHANGE, MessageKind.CANCEL) for text in peer.inbox.of_kind(kind)]
            sch = next(line for line in told[-1].split("\r") if line.startswith("SCH")).split("|")
            return sch[25].split("^")[0], f"{sch[11].split('^')[3][8:10]}:{sch[11].split('^')[3][10:12]}"

        words = {Change.ARRIVED: "Arrived", Change.CANCELLED: "Cancelled", Change.MOVED: "Pending"}
        yield House(Hl7His("127.0.0.1", peer.port, timeout_s=5), stands, words)


@pytest.fixture
def gnuhealth_house(gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer) -> House:
    def stands() -> tuple[str, str]:
        one = gnuhealth_peer.record("gnuhealth.appointment", "state", "appointment_date")
        at = one["appointment_date"]
        return one["state"], f"{at['hour']:02d}:{at['minute']:02d}"

    words = {Change.ARRIVED: "checked_in", Change.CANCELLED: "user_cancelled", Change.MOVED: "checked_in"}
    return House(gnuhealth_his, stands, words)


@pytest.fixture(params=["fhir", "hl7", "gnuhealth"])
def house(request: pytest.FixtureRequest) -> House:
    found: House = request.getfixturevalue(f"{request.param}_house")
    return found


@pytest.fixture
def times(gnuhealth_peer: GnuHealthPeer, gnuhealth_his: GnuHealthHis) -> tuple[Slot, ...]:
    """Three that the hospital keeps free."""
    gnuhealth_peer.free_times([NOON + timedelta(hours=hours) for hours in (1, 2, 3)])
    return tuple(free_times(gnuhealth_his))


def free_times(his: GnuHealthHis) -> list[Slot]:
    return list(his.slots("orthopaedics", NOON, NOON + timedelta(days=1)))


class TestTimesOfGnuHealth:
    def test_the_time_that_is_left_is_free_and_the_new_one_is_not(
        self, gnuhealth_house: House, gnuhealth_his: GnuHealthHis, times: tuple[Slot, ...]
    ) -> None:
        gnuhealth_his.deliver("visit-1-his", visit(times[0]))
        assert [slot.start for slot in free_times(gnuhealth_his)] == [times[1].start, times[2].start]
        for _ in range(2):
            gnuhealth_his.deliver("visit-1-moved-1", change(Change.MOVED, times[1]))
            assert [slot.start for slot in free_times(gnuhealth_his)] == [times[0].start, times[2].start]

    def test_a_time_that_somebody_has_by_now_is_for_a_person(
        self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer, times: tuple[Slot, ...]
    ) -> None:
        gnuhealth_his.deliver("visit-1-his", visit(times[0]))
        other = fhir.encode(fhir.visit_bundles(visits.encounter(2, slot=times[1])))
        gnuhealth_his.deliver("visit-2-his", other)
        with pytest.raises(HisRejected, match="somebody else"):
            gnuhealth_his.deliver("visit-1-moved-1", change(Change.MOVED, times[1]))
        assert [slot.start for slot in free_times(gnuhealth_his)] == [times[2].start]


class TestEveryHis:
    @pytest.mark.parametrize("kind", [Change.ARRIVED, Change.CANCELLED])
    def test_a_change_arrives_and_can_be_sent_again(self, house: House, kind: Change) -> None:
        house.his.deliver("visit-1-his", visit())
        for _ in range(2):
            house.his.deliver(f"visit-1-{kind}-1", change(kind))
        assert house.stands() == (house.words[kind], "13:00")

    def test_another_time_takes_the_place_of_the_first(self, house: House) -> None:
        house.his.deliver("visit-1-his", visit())
        for _ in range(2):
            house.his.deliver("visit-1-moved-1", change(Change.MOVED, LATER))
        assert house.stands() == (house.words[Change.MOVED], "14:00")

    @pytest.mark.parametrize("strange", [b'{"change":"moved"}', b'{"change":"gone","at":"2026","visit":[]}', b"{}"])
    def test_what_is_no_change_is_for_a_person(self, house: House, strange: bytes) -> None:
        with pytest.raises(HisRejected):
            house.his.deliver("visit-1-moved-1", strange)


class TestFhir:
    def test_a_number_given_up_is_a_cancelled_encounter(self, fhir_house: House, fhir_peer: FhirPeer) -> None:
        fhir_house.his.deliver("visit-1-his", visit(None))
        fhir_house.his.deliver("visit-1-cancelled-1", change(Change.CANCELLED, None))
        (encounter,) = fhir_peer.search("Encounter")
        assert encounter["status"] == "cancelled"
        assert fhir_peer.counts()["Encounter"] == 1

    def test_who_comes_is_still_the_same_patient(self, fhir_house: House, fhir_peer: FhirPeer) -> None:
        fhir_house.his.deliver("visit-1-his", visit())
        fhir_house.his.deliver("visit-1-moved-1", change(Change.MOVED, LATER))
        (patient,) = fhir_peer.search("Patient")
        (appointment,) = fhir_peer.search("Appointment")
        actors = [one["actor"].get("reference") for one in appointment["participant"]]
        assert actors == [f"Patient/{patient['id']}", None, None]
        assert appointment["slot"][0]["identifier"]["value"] == LATER.code

    def test_what_staff_did_is_never_undone(self, fhir_house: House, fhir_peer: FhirPeer) -> None:
        fhir_house.his.deliver("visit-1-his", visit())
        fhir_house.his.deliver("visit-1-cancelled-1", change(Change.CANCELLED))
        for kind, slot in ((Change.ARRIVED, SLOT), (Change.MOVED, LATER)):
            with pytest.raises(HisRejected):
                fhir_house.his.deliver(f"visit-1-{kind}-2", change(kind, slot))
        assert fhir_house.stands()[0] == "cancelled"

    def test_a_visit_that_is_not_there_is_for_a_person(self, fhir_house: House) -> None:
        with pytest.raises(HisRejected):
            fhir_house.his.deliver("visit-1-arrived-1", change(Change.ARRIVED))

    @pytest.mark.parametrize("fault", ["unavailable", "drop", "web_page", "half_answer"])
    def test_away_and_back_it_arrives_once(self, fhir_house: House, fhir_peer: FhirPeer, fault: str) -> None:
        fhir_house.his.deliver("visit-1-his", visit())
        fhir_peer.fail(fault)
        with pytest.raises(HisUnavailable):
            fhir_house.his.deliver("visit-1-arrived-1", change(Change.ARRIVED))
        fhir_peer.recover()
        fhir_house.his.deliver("visit-1-arrived-1", change(Change.ARRIVED))
        assert fhir_house.stands()[0] == "arrived"
        assert fhir_peer.counts()["Appointment"] == 1


class TestHl7:
    def test_a_number_given_up_cancels_the_registration(self) -> None:
        with running(StrictPeer()) as peer:
            his = Hl7His("127.0.0.1", peer.port, timeout_s=5)
            his.deliver("visit-1-his", visit(None))
            his.deliver("visit-1-cancelled-1", change(Change.CANCELLED, None))
            his.deliver("visit-1-arrived-1", change(Change.ARRIVED, None))
            assert len(peer.inbox.of_kind(MessageKind.GIVE_UP)) == 1


class TestFile:
    def test_a_change_is_a_file_of_its_own(self, tmp_path: Path) -> None:
        his = FileHis(tmp_path)
        his.deliver("visit-1-his", visit())
        for _ in range(2):
            his.deliver("visit-1-moved-1", change(Change.MOVED, LATER))
        written = json.loads((tmp_path / "visit-1-moved-1.json").read_bytes())
        assert (written["change"], len(list(tmp_path.iterdir()))) == ("moved", 2)


def test_the_same_change_is_the_same_bytes() -> None:
    assert change(Change.MOVED) == change(Change.MOVED)
    read = appointment_change.decode(change(Change.MOVED))
    assert read is not None
    assert (read.change, read.at) == (Change.MOVED, replace(read, at=NOON).at)
    assert appointment_change.decode(visit()) is None
