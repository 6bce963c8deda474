"""Kiosks with a store each race for the times of one real FHIR server, as those of several machines do.

Each reads the free times from the server, holds one in its own store, books it there and checks the visit in; whoever
comes late is offered what the server still has. Some bookings are sent twice, as after an answer that got lost. At the
end every visit is delivered, which must find its booking and make no second.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from kiosk.adapters.clock import SystemClock
from kiosk.adapters.his import make_his, make_schedules
from kiosk.adapters.store import SqliteStore, open_store
from kiosk.config import HisKind, HisSettings
from kiosk.domain.booking import ScheduleCopy
from kiosk.domain.encounter import VisitDraft
from kiosk.domain.errors import HisUnavailable, SlotTaken
from kiosk.domain.outbox import Lane
from kiosk.services.checkin import his_key
from kiosk.services.scheduling import Scheduling
from kiosk.wire.fhir import encode, visit_bundles
from tests import whole_visits as whole
from tests.chaos.clinic import check_in_of
from tests.fakes import FakeSchedules
from tests.fhir_clinics import MAPPING, Clinics, every
from tests.peer_fixtures import FhirPeer, running_fhir_server

DEPARTMENT = "orthopaedics"
LEAVES = 0.15
SENT_TWICE = 0.3
TAPS = 3
LONGEST_WAIT_S = 300


@dataclass(frozen=True)
class Served:
    """What became of one patient: the Slot, and how often somebody else was quicker."""

    visit_id: str
    slot: str | None
    lost: int


class Racer:
    """One kiosk with a store and connections of its own."""

    def __init__(self, store: SqliteStore, his: HisSettings, name: str, chance: random.Random) -> None:
        self._store = store
        self._schedules, self._bookings = make_schedules(his)
        self._chance = chance
        self._clock = SystemClock()
        self._scheduling = Scheduling(store, self._clock, FakeSchedules(), stale_after=timedelta(hours=1))
        self._check_in = check_in_of(store, name, lambda visit: encode(visit_bundles(visit)))

    def serve(self, number: int) -> Served:
        """Offer until the patient has a time or the server has none left."""
        visit, lost = whole.draft(number), 0
        while slots := self._offered(visit.visit_id):
            # Everybody wants the earliest, so that they meet.
            wanted = replace(visit, slot=slots[0])
            assert self._scheduling.hold(visit.visit_id, slots[0])
            if self._chance.random() < LEAVES:
                self._scheduling.release(visit.visit_id)
            elif self._booked(wanted):
                self._check_in.check_in(wanted, booked=True)
                return Served(visit.visit_id, slots[0].code, lost)
            else:
                self._scheduling.lose(slots[0], visit.visit_id)
                lost += 1
        return Served(visit.visit_id, None, lost)

    def deliver(self, his: HisSettings) -> None:
        """All visits, as the delivery worker does; raises what it would tell."""
        destination = make_his(his)
        for message in self._store.undelivered_messages(Lane.HIS, 1_000_000):
            destination.deliver(message.key, message.payload)
        destination.close()
        self._schedules.close()
        self._bookings.close()

    def _offered(self, visit_id: str) -> tuple[Any, ...]:
        now = self._clock.now()
        copy = ScheduleCopy(DEPARTMENT, tuple(self._schedules.slots(DEPARTMENT, now)), now)
        with self._store.transaction():
            self._store.keep_schedule(copy)
        return self._scheduling.offer(DEPARTMENT, visit_id)[0].slots

    def _booked(self, visit: VisitDraft) -> bool:
        payload = self._check_in.booking_payload(visit)
        assert payload is not None
        try:
            for _ in range(2 if self._chance.random() < SENT_TWICE else 1):
                self._book(his_key(visit.visit_id), payload)
        except SlotTaken:
            return False
        return True

    def _book(self, key: str, payload: bytes) -> None:
        """Patients tap again where the screen says that the hospital system did not answer."""
        for _ in range(TAPS):
            try:
                return self._bookings.book(key, payload)
            except HisUnavailable as error:
                problem = error
        raise problem


def race(folder: Path, kiosk: int, given: argparse.Namespace, his: HisSettings, start: Barrier, told: Any) -> None:
    """One process: a round begins when all are ready and its times are there."""
    folder.mkdir()
    store = open_store(folder)
    racer = Racer(store, his, f"K{kiosk:02d}", random.Random(f"{given.seed}-{kiosk}"))
    patients = -(-given.slots * 5 // 4 // given.kiosks)
    for round_ in range(given.rounds):
        first = ((round_ * given.kiosks) + kiosk) * patients
        start.wait(LONGEST_WAIT_S)
        told.put([racer.serve(number) for number in range(first, first + patients)])
    racer.deliver(his)
    told.put([])
    store.close()


def judged(peer: FhirPeer, slots: Sequence[str], everybody: Sequence[Served]) -> list[str]:
    """What went wrong, one line each, by what the server has in the end."""
    booked = Counter(one.slot for one in everybody if one.slot is not None)
    problems = [f"{slot} was given {count} times" for slot, count in booked.items() if count > 1]
    problems += [f"{slot} stayed free although somebody waited" for slot in slots if slot not in booked]
    appointments = Counter(one["slot"][0]["reference"] for one in peer.search("Appointment?_count=1000000"))
    problems += [f"{slot} has {count} Appointments" for slot, count in appointments.items() if count != booked[slot]]
    if appointments.keys() != booked.keys():
        problems.append(f"{len(appointments)} Slots have an Appointment, {len(booked)} were given")
    for slot in peer.search("Slot?_count=1000000"):
        if (slot["status"], len(slot["meta"].get("tag", ()))) != ("busy", 1):
            problems.append(f"Slot/{slot['id']} is {slot['status']} for {len(slot['meta'].get('tag', ()))} visits")
    return problems


def run(given: argparse.Namespace, folder: Path) -> int:
    """Raises NoPeer on a machine that has none."""
    with running_fhir_server() as peer:
        (folder / "mapping.toml").write_text(MAPPING, encoding="utf-8")
        his = HisSettings(kind=HisKind.FHIR, url=peer.url, mapping=str(folder / "mapping.toml"), schedules=True)
        clinics = Clinics(peer)
        schedule = clinics.calendar(whole.DOCTOR, "D1024", clinics.service("0405", "骨科门诊"))
        context = multiprocessing.get_context("spawn")
        start, told = context.Barrier(given.kiosks + 1), context.Queue()
        processes = [
            context.Process(target=race, args=(folder / str(kiosk), kiosk, given, his, start, told), daemon=True)
            for kiosk in range(given.kiosks)
        ]
        for process in processes:
            process.start()
        slots: list[str] = []
        everybody: list[Served] = []
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        for round_ in range(given.rounds):
            slots += clinics.times(schedule, every(1, tomorrow + timedelta(minutes=round_), given.slots), minutes=1)
            start.wait(LONGEST_WAIT_S)
            for _ in range(given.kiosks):
                everybody += told.get(timeout=LONGEST_WAIT_S)
            if round_ % 10 == 9:
                print(f"{round_ + 1} rounds, {len(everybody)} patients", flush=True)
        for _ in range(given.kiosks):
            told.get(timeout=LONGEST_WAIT_S)
        for process in processes:
            process.join()
        problems = judged(peer, slots, everybody)
    booked = sum(one.slot is not None for one in everybody)
    print(
        f"seed {given.seed}: {given.rounds} rounds at a FHIR server, {given.kiosks} kiosks, {given.slots} times:"
        f" {booked} booked by {len(everybody)} patients;"
        f" {sum(one.lost for one in everybody)} times was somebody else first"
    )
    for problem in problems[:50]:
        print(f"WRONG: {problem}")
    print("no time was given twice" if not problems else f"{len(problems)} things are wrong")
    return 1 if problems else 0
