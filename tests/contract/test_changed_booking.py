"""A visit at a time that the hospital system keeps goes to another time, or is cancelled: the Slots follow."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kiosk.adapters.his.fhir import FhirHis
from kiosk.adapters.his.http_exchange import Answer
from kiosk.domain.appointments import Change
from kiosk.domain.encounter import Encounter
from kiosk.domain.errors import HisRejected, HisUnavailable
from kiosk.wire import appointment_change, fhir
from kiosk.wire.appointment_change import AppointmentChange
from tests import whole_visits as whole
from tests.contract.test_his_contract import fhir_at
from tests.fakes import NOON
from tests.fhir_clinics import Clinics
from tests.peer_fixtures import FhirPeer

pytestmark = pytest.mark.peer


@pytest.fixture
def his(fhir_peer: FhirPeer) -> Iterator[FhirHis]:
    his = fhir_at(fhir_peer.url)
    yield his
    his.close()


@pytest.fixture
def times(fhir_peer: FhirPeer) -> tuple[str, str]:
    """Two free times in the hospital system."""
    return free_times(fhir_peer)


def free_times(fhir_peer: FhirPeer) -> tuple[str, str]:
    clinics = Clinics(fhir_peer)
    schedule = clinics.calendar(whole.DOCTOR, "D1024", clinics.service("0405", "骨科门诊"))
    first, second = clinics.times(schedule, [whole.SLOT.start, whole.SLOT.start + timedelta(hours=1)])
    return first, second


def visit(number: int, slot: str, doctor: str = "Practitioner/1") -> Encounter:
    booked = replace(whole.SLOT, code=slot, practitioner=replace(whole.DOCTOR, code=doctor))
    return whole.encounter(replace(whole.draft(number), slot=booked))


def deliver(his: FhirHis, number: int, slot: str) -> None:
    his.deliver(f"v{number}-his", fhir.encode(fhir.visit_bundles(visit(number, slot))))


def change(his: FhirHis, kind: Change, slot: str, doctor: str = "Practitioner/1") -> None:
    bundles = fhir.visit_bundles(visit(1, slot, doctor))
    his.deliver(f"v1-{kind}-1", appointment_change.encode(AppointmentChange(kind, NOON, bundles), bundles))


def statuses(peer: FhirPeer, times: tuple[str, str]) -> tuple[str, ...]:
    return tuple(peer.get(slot)["status"] for slot in times)


def test_another_time_is_taken_and_the_first_is_free(his: FhirHis, fhir_peer: FhirPeer, times: tuple[str, str]) -> None:
    deliver(his, 1, times[0])
    for _ in range(2):
        change(his, Change.MOVED, times[1], "Practitioner/2")
    assert statuses(fhir_peer, times) == ("free", "busy")
    (appointment,) = fhir_peer.search("Appointment")
    assert (appointment["status"], appointment["slot"][0]["reference"]) == ("booked", times[1])
    actors = [one["actor"].get("reference", "") for one in appointment["participant"]]
    assert [actor for actor in actors if actor.startswith("Practitioner/")] == ["Practitioner/2"]
    assert sum(actor.startswith("Patient/") for actor in actors) == 1


def test_a_time_that_was_left_is_for_the_next(his: FhirHis, fhir_peer: FhirPeer, times: tuple[str, str]) -> None:
    deliver(his, 1, times[0])
    change(his, Change.MOVED, times[1])
    deliver(his, 2, times[0])
    assert statuses(fhir_peer, times) == ("busy", "busy")
    change(his, Change.MOVED, times[1])
    assert statuses(fhir_peer, times) == ("busy", "busy")


def test_a_time_of_somebody_else_leaves_the_visit_where_it_is(
    his: FhirHis, fhir_peer: FhirPeer, times: tuple[str, str]
) -> None:
    deliver(his, 1, times[0])
    deliver(his, 2, times[1])
    with pytest.raises(HisRejected, match="somebody else"):
        change(his, Change.MOVED, times[1])
    assert statuses(fhir_peer, times) == ("busy", "busy")
    slots = sorted(one["slot"][0]["reference"] for one in fhir_peer.search("Appointment"))
    assert slots == sorted(times)


def test_a_cancelled_time_is_free(his: FhirHis, fhir_peer: FhirPeer, times: tuple[str, str]) -> None:
    deliver(his, 1, times[0])
    for _ in range(2):
        change(his, Change.CANCELLED, times[0])
    assert statuses(fhir_peer, times) == ("free", "free")
    (appointment,) = fhir_peer.search("Appointment")
    assert appointment["status"] == "cancelled"


def test_no_time_is_kept_for_a_visit_that_staff_took_further(
    his: FhirHis, fhir_peer: FhirPeer, times: tuple[str, str]
) -> None:
    deliver(his, 1, times[0])
    (appointment,) = fhir_peer.search("Appointment")
    fhir_peer.put({**appointment, "status": "cancelled"})
    with pytest.raises(HisRejected, match="cancelled by now"):
        change(his, Change.MOVED, times[1])
    assert statuses(fhir_peer, times) == ("busy", "free")


class Interrupted:
    """In the place of an adapter's `ask`: one exchange is lost, before the server has it or after. `looks` is called
    after every one that the server had."""

    def __init__(self, his: FhirHis, looks: Callable[[], None], at: int, *, after: bool) -> None:
        self._ask, self._looks, self._at, self._after = his.ask, looks, at, after
        self.count = 0

    def __call__(self, *given: Any, **more: Any) -> Answer:
        self.count += 1
        is_lost = self.count == self._at
        if is_lost and not self._after:
            raise HisUnavailable("the line is cut")
        answer = self._ask(*given, **more)
        self._looks()
        if is_lost:
            raise HisUnavailable("the line is cut")
        return answer


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("kind", [Change.MOVED, Change.CANCELLED])
def test_wherever_the_line_is_cut_a_time_that_somebody_has_is_never_free(
    his: FhirHis, fhir_peer: FhirPeer, monkeypatch: pytest.MonkeyPatch, kind: Change, after: bool
) -> None:
    def looks() -> None:
        (appointment,) = fhir_peer.search("Appointment")
        if appointment["status"] == "booked":
            assert fhir_peer.get(appointment["slot"][0]["reference"])["status"] == "busy"

    is_over, cut = False, 0
    while not is_over:
        cut += 1
        fhir_peer.reset()
        times = free_times(fhir_peer)
        deliver(his, 1, times[0])
        wanted = times[1] if kind is Change.MOVED else times[0]
        with monkeypatch.context() as patch:
            line = Interrupted(his, looks, cut, after=after)
            patch.setattr(his, "ask", line)
            with contextlib.suppress(HisUnavailable):
                change(his, kind, wanted)
            is_over = line.count < cut
        change(his, kind, wanted)
        assert statuses(fhir_peer, times) == ("free", "busy" if kind is Change.MOVED else "free")
    assert cut > 5


def answering_puts(his: FhirHis, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    """Every change of an Appointment is answered so, and not made."""
    ask = his.ask

    def refusing(method: str, path: str, *given: Any, **more: Any) -> Answer:
        if method == "PUT" and path.startswith("/Appointment/"):
            return Answer(status, {}, b"{}")
        return ask(method, path, *given, **more)

    monkeypatch.setattr(his, "ask", refusing)


@pytest.mark.parametrize("status", [409, 412, 500, 503])
@pytest.mark.parametrize("kind", [Change.MOVED, Change.CANCELLED])
def test_a_change_that_may_do_better_later_keeps_what_it_has(
    his: FhirHis,
    fhir_peer: FhirPeer,
    times: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
    kind: Change,
    status: int,
) -> None:
    deliver(his, 1, times[0])
    wanted = times[1] if kind is Change.MOVED else times[0]
    with monkeypatch.context() as patch:
        answering_puts(his, patch, status)
        with pytest.raises(HisUnavailable):
            change(his, kind, wanted)
    assert statuses(fhir_peer, times) == ("busy", "busy" if kind is Change.MOVED else "free")
    change(his, kind, wanted)
    assert statuses(fhir_peer, times) == ("free", "busy" if kind is Change.MOVED else "free")


@pytest.mark.parametrize("kind", [Change.MOVED, Change.CANCELLED])
def test_a_change_that_is_refused_leaves_the_times_as_they_were(
    his: FhirHis, fhir_peer: FhirPeer, times: tuple[str, str], monkeypatch: pytest.MonkeyPatch, kind: Change
) -> None:
    deliver(his, 1, times[0])
    answering_puts(his, monkeypatch, 422)
    with pytest.raises(HisRejected):
        change(his, kind, times[1] if kind is Change.MOVED else times[0])
    assert statuses(fhir_peer, times) == ("busy", "free")


@pytest.mark.parametrize("kind", [Change.MOVED, Change.CANCELLED])
def test_the_counter_that_took_the_left_time_between_two_tries_keeps_it(
    his: FhirHis, fhir_peer: FhirPeer, times: tuple[str, str], monkeypatch: pytest.MonkeyPatch, kind: Change
) -> None:
    deliver(his, 1, times[0])
    wanted = times[1] if kind is Change.MOVED else times[0]
    other = "busy" if kind is Change.MOVED else "free"
    ask = his.ask

    def losing(method: str, path: str, *given: Any, **more: Any) -> Answer:
        answer = ask(method, path, *given, **more)
        if method == "PUT" and path.startswith("/Appointment/"):
            raise HisUnavailable("the line is cut")
        return answer

    with monkeypatch.context() as patch:
        patch.setattr(his, "ask", losing)
        with pytest.raises(HisUnavailable):
            change(his, kind, wanted)
    # Its own people see that nobody has an appointment at this time any more; our mark stays.
    clinics = Clinics(fhir_peer)
    taken = clinics.appointment(clinics.patient("MR8"), whole.SLOT.start, slot=[{"reference": times[0]}])
    change(his, kind, wanted)
    assert statuses(fhir_peer, times) == ("busy", other)
    fhir_peer.put(fhir_peer.get(taken) | {"status": "cancelled"})
    change(his, kind, wanted)
    assert statuses(fhir_peer, times) == ("free", other)


def test_what_staff_cancelled_between_two_tries_keeps_no_new_time(
    his: FhirHis, fhir_peer: FhirPeer, times: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(his, 1, times[0])
    with monkeypatch.context() as patch:
        answering_puts(his, patch, 503)
        with pytest.raises(HisUnavailable):
            change(his, Change.MOVED, times[1])
    (appointment,) = fhir_peer.search("Appointment")
    fhir_peer.put({**appointment, "status": "cancelled"})
    with pytest.raises(HisRejected, match="cancelled by now"):
        change(his, Change.MOVED, times[1])
    assert statuses(fhir_peer, times) == ("busy", "free")
