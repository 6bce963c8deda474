"""Times that a GNU Health keeps free, taken while the patient waits: once, whoever comes together."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from test_gnuhealth import ONE_OF_EACH, payload

from kiosk.adapters.his.gnuhealth import GnuHealthHis
from kiosk.domain.encounter import NO_NUMBER, VisitDraft
from kiosk.domain.errors import HisRejected, SlotTaken
from kiosk.wire import fhir
from tests import whole_visits as visits
from tests.gnuhealth_peer import GnuHealthPeer, connected


class TestReserving:
    """The time that the hospital keeps free becomes the visit's, before the visit is there."""

    @pytest.fixture
    def free(self, gnuhealth_peer: GnuHealthPeer) -> str:
        (made,) = gnuhealth_peer.free_times([visits.SLOT.start])
        return f"gnuhealth.appointment/{made}"

    def test_it_is_booked_once_and_the_visit_finds_it(
        self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer, free: str
    ) -> None:
        for _ in range(2):
            gnuhealth_his.book("v1-his", wish(1, free))
        fields = ("state", "patient.rec_name", "comments")
        booked = gnuhealth_peer.record("gnuhealth.appointment", *fields)
        assert (booked["state"], booked["patient."]["rec_name"]) == ("confirmed", f"未登记姓名 {NO_NUMBER}")
        for _ in range(2):
            gnuhealth_his.deliver("v1-his", payload(of_theirs(1, free)))
        assert gnuhealth_peer.counts() == ONE_OF_EACH
        arrived = gnuhealth_peer.record("gnuhealth.appointment", *fields)
        assert (arrived["state"], arrived["patient."]["rec_name"]) == ("checked_in", "未登记姓名 骨 027")
        assert arrived["comments"].startswith("骨 027")

    def test_who_comes_second_is_told_and_leaves_nothing(
        self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer, free: str
    ) -> None:
        gnuhealth_his.book("v1-his", wish(1, free))
        with pytest.raises(SlotTaken):
            gnuhealth_his.book("v2-his", wish(2, free))
        assert gnuhealth_peer.counts()["party.party"] == 1

    def test_many_at_once_and_one_gets_it(self, gnuhealth_peer: GnuHealthPeer, free: str) -> None:
        told: list[str] = []
        together = threading.Barrier(4)

        def race(number: int) -> None:
            mine = connected(gnuhealth_peer, int(gnuhealth_peer.server.url.rsplit(":", 1)[1]), timeout_s=60)
            together.wait()
            try:
                mine.book(f"v{number}-his", wish(number, free))
                told.append("booked")
            except SlotTaken:
                told.append("taken")
            finally:
                mine.close()

        threads = [threading.Thread(target=race, args=(number,)) for number in range(1, 5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(told) == ["booked", "taken", "taken", "taken"]
        assert gnuhealth_peer.counts()["gnuhealth.appointment"] == 1

    def test_a_conflict_found_later_is_for_a_person_and_the_visit_is_there(
        self, gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer, free: str
    ) -> None:
        gnuhealth_his.book("v1-his", wish(1, free))
        with pytest.raises(HisRejected, match="somebody else"):
            gnuhealth_his.deliver("v2-his", payload(of_theirs(2, free)))
        assert gnuhealth_peer.counts()["gnuhealth.patient.ambulatory_care"] == 1


def of_theirs(number: int, free: str) -> VisitDraft:
    return replace(visits.draft(number), slot=replace(visits.SLOT, code=free))


def wish(number: int, free: str) -> bytes:
    return fhir.encode(fhir.visit_bundles(visits.encounter(of_theirs(number, free), NO_NUMBER)))
