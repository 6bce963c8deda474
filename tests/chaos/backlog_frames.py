"""Does the window stay smooth while a backlog leaves through the store that its own check-ins are written to?

`python -m tests.chaos.backlog_frames` plays visits in the real window as `kiosk bench frames` does, by turns alone and
while the kiosk's own delivery worker sends a backlog to a real FHIR server. The server works at the priority of
somebody else's machine, as far as one machine can. Exit code 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.adapters.store import open_store
from kiosk.bench.frames import measure_beside
from kiosk.bench.load import until_stdin_closes
from kiosk.domain.outbox import Lane, OutboxMessage
from kiosk.wire.fhir import encode
from tests import whole_visits as whole
from tests.chaos.backlog import bundles_of
from tests.peer_fixtures import NoPeer, running_fhir_server

AT_ONCE = 20
"""Visits in a transaction, so that the window's own check-in never waits long for the queueing itself."""
LEFT = 100
"""Never fewer wait, so that the worker has no rest."""
ELSEWHERE = 10
"""Steps of nice(2)."""


class Backlog:
    """Visits that wait for the hospital system in a kiosk's store."""

    def __init__(self, state: Path) -> None:
        self._store = open_store(state)
        self._began = whole.MORNING - timedelta(days=1)
        self._made = 0
        # Every turn is a process of its own: its visits need numbers of their own.
        self._first = int(time.time()) % 5000 * 100

    def waiting(self) -> int:
        """How many are due, as far as it matters."""
        return len(self._store.due_messages(Lane.HIS, datetime.now(UTC), 3 * LEFT))

    def add(self) -> None:
        numbers = range(self._first + self._made, self._first + self._made + AT_ONCE)
        made = [encode(bundles) for bundles in bundles_of(numbers, self._began)]
        now = datetime.now(UTC)
        with self._store.transaction():
            for number, payload in zip(numbers, made, strict=True):
                self._store.add_message(OutboxMessage(f"{number}-his", Lane.HIS, str(number), payload, now, now))
        self._made += AT_ONCE

    def sent(self) -> int:
        return self._made - self.waiting()


def load(state: Path) -> int:
    """Keep the outbox full until the standard input closes, as kiosk.bench.load does with its work."""
    over = until_stdin_closes()
    backlog = Backlog(state)
    while backlog.waiting() < 2 * LEFT:
        backlog.add()
    print("ready", flush=True)
    began = time.perf_counter()
    while not over.wait(0.1):
        while backlog.waiting() < LEFT:
            backlog.add()
    print(json.dumps({"visits_sent_per_second": backlog.sent() / (time.perf_counter() - began)}), flush=True)
    return 0


def _send_elsewhere() -> None:
    for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
        os.setpriority(os.PRIO_PROCESS, int(child), ELSEWHERE)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--load", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.load is not None:
        return load(given.load)
    try:
        with running_fhir_server() as peer:
            _send_elsewhere()
            command = [sys.executable, "-m", "tests.chaos.backlog_frames", "--load", "{state}"]
            return measure_beside([command], given.rounds, his_url=peer.url)
    except NoPeer as reason:
        print(reason, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
