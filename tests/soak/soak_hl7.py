"""Visits queued while an HL7 v2 system is away: all of them arrive, each once, and as fast as the system takes them.

`python -m tests.soak.soak_hl7 --visits 10000` queues them in a real, encrypted store, starts python-hl7's server in a
process of its own, which dies on the way between taking a message and answering it, and counts what arrived. Before
that it sends some visits in turn through the adapter and through the least client there can be (a ready-made message,
wait for its answer, the next) and prints the ratio. Exit code 1 when a visit is missing, doubled or given up.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kiosk.adapters.his.hl7v2 import Hl7His
from kiosk.adapters.store import SqliteStore, open_store
from kiosk.domain.errors import HisUnavailable
from kiosk.domain.outbox import Lane, OutboxMessage
from kiosk.services.delivery import Outcome, deliver_due
from kiosk.wire import fhir
from kiosk.wire.hl7v2_site import Site
from kiosk.wire.hl7v2_visit import VisitWriter
from kiosk.wire.mllp import encode_block
from kiosk.wire.visit_reading import read_visit
from tests import whole_visits as visits
from tests.fakes import NOON, FakeClock
from tests.hl7_peers import PythonHl7Peer

SAMPLE = 200
BATCH = 20
MESSAGES = 4
"""Of a booked visit."""


class Peer(PythonHl7Peer):
    """Writes down the control id of everything it takes, and dies before it answers the last of `lives` messages."""

    def __init__(self, port: int, file: Path, lives: int) -> None:
        self._file = file
        self._lives = lives
        super().__init__(port=port)

    def taken(self, control_id: str) -> None:
        with self._file.open("a") as file:
            file.write(f"{control_id}\n")
        self._lives -= 1
        if self._lives == 0:
            os._exit(1)


def serve(port: int, file: Path, lives: int) -> None:
    peer = Peer(port, file, lives)
    sys.stdout.write(f"{peer.port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    peer.close()


class PeerProcess:
    def __init__(self, taken: Path) -> None:
        self._taken = taken
        self.port = 0

    def start(self, lives: int = 0) -> None:
        serving = ["--serve", str(self.port), str(self._taken), str(lives)]
        command = [sys.executable, "-m", "tests.soak.soak_hl7", *serving]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


def payload(number: int) -> bytes:
    return fhir.encode(fhir.visit_bundles(visits.encounter(visits.draft(number))))


def ratio(his: Hl7His, port: int) -> float:
    """How fast the adapter is, against a client that only sends and waits."""
    adapter_s = bare_s = 0.0
    with socket.create_connection(("127.0.0.1", port)) as bare:
        bare.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for number in range(SAMPLE):
            key, content = f"sample-{number}", payload(number)
            ready = [m.content for m in VisitWriter(Site(), key, read_visit(fhir.decode(content))).messages()]
            began = time.perf_counter()
            his.deliver(key, content)
            between = time.perf_counter()
            for message in ready:
                bare.sendall(encode_block(message))
                answer = b""
                while not answer.endswith(b"\x1c\r"):
                    answer += bare.recv(65536)
            adapter_s += between - began
            bare_s += time.perf_counter() - between
    return bare_s / adapter_s


def queue(store: SqliteStore, count: int) -> None:
    for start in range(0, count, 500):
        with store.transaction():
            for number in range(start, min(start + 500, count)):
                store.add_message(
                    OutboxMessage(f"{number}-his", Lane.HIS, visits.visit_id(number), payload(number), NOON, NOON)
                )


def drain(store: SqliteStore, his: Hl7His, peer: PeerProcess, lives: int) -> Iterator[Outcome]:
    """Deliver everything, with a system that dies after so many messages; the outcome of every try."""

    def send(message: OutboxMessage) -> None:
        his.deliver(message.key, message.payload)

    clock = FakeClock()
    peer.start(lives)
    while store.due_messages(Lane.HIS, clock.now(), 1):
        report = deliver_due(store, Lane.HIS, send, clock, random.random, BATCH)
        yield from (attempt.outcome for attempt in report.attempts)
        if report.paused:
            peer.kill()
            peer.start(lives)
            clock.advance(minutes=10)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=10_000)
    parser.add_argument("--serve", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(int(given.serve[0]), Path(given.serve[1]), int(given.serve[2]))
        return 0
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as ending:
        taken = Path(folder) / "taken"
        peer = PeerProcess(taken)
        peer.start()
        ending.callback(peer.kill)
        his = Hl7His("127.0.0.1", peer.port, timeout_s=10)
        sys.stdout.write(f"adapter against bare client: {ratio(his, peer.port):.2f}\n")
        peer.kill()
        taken.unlink()
        store = open_store(Path(folder) / "state")
        ending.callback(store.close)
        queue(store, given.visits)
        with contextlib.suppress(HisUnavailable):
            his.check()
            raise SystemExit("the system should be away")
        began = time.perf_counter()
        outcomes = list(drain(store, his, peer, given.visits + 2))
        seconds = time.perf_counter() - began
        receptions = taken.read_text().split()
    arrived, wanted = len(set(receptions)), given.visits * MESSAGES
    sys.stdout.write(
        f"{outcomes.count(Outcome.DELIVERED)} visits in {seconds:.0f} s ({given.visits / seconds:.0f}/s); "
        f"{arrived} of {wanted} messages, {len(receptions) - arrived} sent again; "
        f"{outcomes.count(Outcome.RETRY)} retries, {outcomes.count(Outcome.DEAD)} given up\n"
    )
    return 0 if arrived == wanted and outcomes.count(Outcome.DELIVERED) == given.visits else 1


if __name__ == "__main__":
    sys.exit(main())
