"""Eight kiosks race for fifty times: is one given twice, and is everybody who comes late offered another?

`python -m tests.chaos.race --rounds 100` lets processes with connections of their own to one store offer, hold and book
through the real services. In each round there are more patients than times; some wander off and let go what they held.
Exit code 1 when a time is booked twice, or one stays free while somebody leaves without any.

One store is what the processes of one machine share. Kiosks on several machines share no store: there the hospital
system's answer to the booking decides, and `--his fhir` races for the times of a real FHIR server (his_race.py).
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from kiosk.adapters.clock import SystemClock
from kiosk.adapters.store import SqliteStore, open_store
from kiosk.domain.booking import Slot
from kiosk.domain.encounter import VisitDraft
from kiosk.domain.errors import SlotTaken
from kiosk.services.scheduling import Scheduling
from tests import whole_visits as whole
from tests.chaos import his_race
from tests.chaos.clinic import check_in_of
from tests.fakes import FakeSchedules
from tests.peer_fixtures import NoPeer

BUSY_S = 60.0
"""Eight writers on one machine may have to wait for each other; that is not what is looked at here."""
LEAVES = 0.15
HURRIED = 0.2
"""Share of patients who book without a hold: it ended while they read."""


@dataclass(frozen=True)
class Booked:
    """What became of one patient; `lost` counts the times that somebody else had first."""

    visit_id: str
    slot: str | None
    lost: int


class Racer:
    """One kiosk in one round."""

    def __init__(self, store: SqliteStore, slots: Sequence[Slot], chance: random.Random) -> None:
        self._store = store
        self._slots = {slot.code for slot in slots}
        self._chance = chance
        self._scheduling = Scheduling(store, SystemClock(), FakeSchedules(slots))
        self._check_in = check_in_of(store, "K01", build_his_payload=None)

    def serve(self, number: int) -> Booked:
        """Offer until the patient has a time or all are booked; whoever lost one is offered what is left."""
        visit, lost = whole.draft(number), 0
        while True:
            offer, _ = self._scheduling.offer("orthopaedics", visit.visit_id)
            if offer.slots:
                # Everybody wants the earliest, so that they meet.
                slot = offer.slots[0]
                if not self._held(visit.visit_id, slot):
                    lost += 1
                elif self._chance.random() < LEAVES:
                    self._scheduling.release(visit.visit_id)
                elif self._booked(replace(visit, slot=slot)):
                    return Booked(visit.visit_id, slot.code, lost)
                else:
                    lost += 1
            elif self._all_booked(visit.visit_id):
                return Booked(visit.visit_id, None, lost)

    def _held(self, visit_id: str, slot: Slot) -> bool:
        return self._chance.random() < HURRIED or self._scheduling.hold(visit_id, slot)

    def _booked(self, visit: VisitDraft) -> bool:
        try:
            self._check_in.check_in(visit)
        except SlotTaken:
            return False
        return True

    def _all_booked(self, visit_id: str) -> bool:
        """What is only held may come free again, so an empty offer is worth asking again."""
        when_holds_are_over = datetime.now(UTC) + timedelta(days=1)
        return self._store.taken_slots(sorted(self._slots), visit_id, when_holds_are_over) == self._slots


def slots_of(round_: int, count: int) -> list[Slot]:
    start = datetime.now(UTC) + timedelta(hours=1)
    times = (start + timedelta(minutes=10 * number) for number in range(count))
    return [
        Slot(f"r{round_}-{number}", whole.DOCTOR, at, at + timedelta(minutes=10)) for number, at in enumerate(times)
    ]


def race(folder: Path, kiosk: int, given: argparse.Namespace, start: Barrier, told: Any) -> None:
    """One process: a round begins when all are ready."""
    store = open_store(folder, BUSY_S)
    chance = random.Random(f"{given.seed}-{kiosk}")
    patients = -(-given.slots * 5 // 4 // given.kiosks)
    for round_ in range(given.rounds):
        racer = Racer(store, slots_of(round_, given.slots), chance)
        first = ((round_ * given.kiosks) + kiosk) * patients
        start.wait()
        told.put((round_, [racer.serve(number) for number in range(first, first + patients)]))
    store.close()


def judged(round_: int, outcomes: Iterable[Booked], slots: int) -> list[str]:
    """What went wrong in a round, one line each."""
    outcomes = list(outcomes)
    times = Counter(one.slot for one in outcomes if one.slot is not None)
    problems = [f"round {round_}: {slot} booked {count} times" for slot, count in times.items() if count > 1]
    if len(times) != slots:
        problems.append(f"round {round_}: {slots - len(times)} times stayed free although somebody waited")
    return problems


def run(given: argparse.Namespace, folder: Path) -> int:
    context = multiprocessing.get_context("spawn")
    start, told = context.Barrier(given.kiosks), context.Queue()
    store = open_store(folder)
    arguments = [(folder, kiosk, given, start, told) for kiosk in range(given.kiosks)]
    racers = [context.Process(target=race, args=each, daemon=True) for each in arguments]
    for racer in racers:
        racer.start()
    rounds: dict[int, list[Booked]] = {number: [] for number in range(given.rounds)}
    for told_so_far in range(1, given.rounds * given.kiosks + 1):
        round_, outcomes = told.get(timeout=300)
        rounds[round_] += outcomes
        if told_so_far % (10 * given.kiosks) == 0:
            print(f"{told_so_far // given.kiosks} of {given.rounds} rounds", file=sys.stderr, flush=True)
    for racer in racers:
        racer.join()
    problems = [problem for number, outcomes in rounds.items() for problem in judged(number, outcomes, given.slots)]
    everybody = [one for outcomes in rounds.values() for one in outcomes]
    stored = sum(1 for one in everybody if (visit := store.encounter(one.visit_id)) and visit.draft.slot)
    store.close()
    booked = sum(one.slot is not None for one in everybody)
    if stored != booked:
        problems.append(f"{stored} visits have a time in the store, {booked} were told so")
    print(
        f"seed {given.seed}: {given.rounds} rounds, {given.kiosks} kiosks, {given.slots} times: {booked} booked by"
        f" {len(everybody)} patients; {sum(one.lost for one in everybody)} times was somebody else first"
    )
    for problem in problems[:50]:
        print(f"WRONG: {problem}")
    print("no time was given twice" if not problems else f"{len(problems)} things are wrong")
    return 1 if problems else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--kiosks", type=int, default=8)
    parser.add_argument("--slots", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--his", choices=("none", "fhir"), default="none")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            return run(given, Path(folder)) if given.his == "none" else his_race.run(given, Path(folder))
        except NoPeer as reason:
            print(reason, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main())
