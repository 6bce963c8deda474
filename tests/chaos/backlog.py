"""How fast does a backlog drain, against the least client there can be?

`python -m tests.chaos.backlog --visits 10000` queues visits in real, encrypted stores while the hospital system is
away, then by turns lets the real delivery worker drain one store and posts the same number of equal visits over one
open connection, from bytes made beforehand, without looking anything up and without writing anything down. The ratio of
the two rates is how much of what the hospital system can take is used. Exit code 1 when a resource is missing or
doubled.
"""

from __future__ import annotations

import argparse
import http.client
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from kiosk.adapters.store import open_store
from kiosk.config import HisKind, HisSettings
from kiosk.domain.outbox import Lane, OutboxMessage
from kiosk.wire.delivery_messages import FROM_DELIVERY
from kiosk.wire.fhir import encode, visit_bundles
from kiosk.wire.fhir_keys import Json
from kiosk.wire.worker_messages import Delivered, Start, Wake
from tests import whole_visits as whole
from tests.chaos.clinic import draft
from tests.chaos.counting import Expected
from tests.peer_fixtures import FhirPeer, NoPeer, running_fhir_server
from tests.worker_client import WorkerClient

WARM = 20
"""Visits before the clock starts, on both sides: the worker comes up with them."""


def bundles_of(numbers: Sequence[int], began: datetime) -> list[tuple[Json, ...]]:
    return [visit_bundles(whole.encounter(draft(number, began))) for number in numbers]


def queue(folder: Path, visits: Sequence[tuple[Json, ...]], first: int = 0) -> None:
    """As check-in leaves them, with the hospital system away."""
    store, now = open_store(folder), datetime.now(UTC)
    with store.transaction():
        for number, bundles in enumerate(visits, first):
            store.add_message(OutboxMessage(f"{number}-his", Lane.HIS, str(number), encode(bundles), now, now))
    store.close()


def drained(folder: Path, url: str, visits: Sequence[tuple[Json, ...]]) -> float:
    """Seconds of the real worker for all visits but the first WARM."""
    folder.mkdir()
    queue(folder, visits[:WARM])
    worker = WorkerClient("delivery", FROM_DELIVERY, {"DAOZHEN_LOG": "ERROR"})

    def take(count: int) -> None:
        for _ in range(count):
            worker.until(Delivered, lambda told: told.lane is Lane.HIS)

    try:
        worker.send(Start({"state": str(folder), "his": asdict(HisSettings(kind=HisKind.FHIR, url=url))}))
        take(WARM)
        # Several are told of at once: only visits that come after the clock has started may count.
        queue(folder, visits[WARM:], WARM)
        began = time.perf_counter()
        worker.send(Wake())
        take(len(visits) - WARM)
        return time.perf_counter() - began
    finally:
        worker.end()


def posted(visits: Sequence[tuple[Json, ...]], port: int) -> float:
    """Seconds of the bare client for all visits but the first WARM."""
    bodies = [[json.dumps(bundle, ensure_ascii=False).encode() for bundle in bundles] for bundles in visits]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/fhir+json", "Prefer": "return=minimal"}
    began = 0.0
    for number, parts in enumerate(bodies):
        if number == WARM:
            began = time.perf_counter()
        for body in parts:
            connection.request("POST", "/fhir/R4", body, headers)
            with connection.getresponse() as answer:
                content = answer.read()
                assert answer.status == 200, content
    seconds = time.perf_counter() - began
    connection.close()
    return seconds


def run(given: argparse.Namespace, folder: Path, peer: FhirPeer) -> int:
    size = given.visits // given.turns
    began = whole.MORNING - timedelta(days=1)
    expected = Expected()

    def some(first: int) -> list[tuple[Json, ...]]:
        made = bundles_of(range(first, first + size), began)
        for bundles in made:
            expected.add(bundles)
        return made

    worker_s, bare_s = [], []
    for turn in range(given.turns):
        ours, others = some(2 * turn * size), some((2 * turn + 1) * size)
        # The server grows: nobody always comes second.
        if turn % 2:
            bare_s.append(posted(others, peer.port))
        worker_s.append(drained(folder / str(turn), peer.url, ours))
        if not turn % 2:
            bare_s.append(posted(others, peer.port))
    timed = given.turns * (size - WARM)
    ratios = [bare / worker for bare, worker in zip(bare_s, worker_s, strict=True)]
    print(f"worker {timed / sum(worker_s):.1f} visits/s, bare client {timed / sum(bare_s):.1f}", flush=True)
    print(
        f"ratio {sum(bare_s) / sum(worker_s):.2f}; in {given.turns} turns {min(ratios):.2f} to {max(ratios):.2f},"
        f" median {median(ratios):.2f}; counting {expected.resources.total()} resources",
        flush=True,
    )
    problems = list(expected.compared_with(peer))
    for problem in problems[:50]:
        print(f"WRONG: {problem}")
    print(f"{expected.resources.total()} resources once each" if not problems else f"{len(problems)} things are wrong")
    return 1 if problems else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visits", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=10)
    given = parser.parse_args()
    if given.visits // given.turns <= WARM:
        parser.error(f"a turn needs more than {WARM} visits")
    try:
        with running_fhir_server() as peer, tempfile.TemporaryDirectory() as folder:
            return run(given, Path(folder), peer)
    except NoPeer as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
