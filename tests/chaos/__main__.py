"""Does every visit arrive exactly once, whatever fails on the way?

`python -m tests.chaos --visits 1000` checks visits in at several kiosks, each with its own store and delivery worker,
while a proxy in front of a real FHIR server (or of GNU Health: `--his gnuhealth`) spoils requests (proxy.py) and
workers and proxy are killed at moments that the seed gives. Then the storm ends, refused visits are sent again as
`kiosk outbox retry --all` does, everything is drained and every resource in the server is counted. Exit code 1 when
anything is lost, doubled, left or out of order.

Order: the first transaction of a visit is taken before its later ones, and the visits of one person, which may come
from several kiosks and overtake each other on the way, stand in the order of check-in by Encounter.period.start.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.config import HisKind
from kiosk.domain.errors import StoreBusy
from kiosk.domain.outbox import DeliveryState
from kiosk.outbox_tools import retry
from tests.chaos.clinic import Kiosk, draft
from tests.chaos.counting import Expected
from tests.chaos.hospitals import Hospital, running_hospital
from tests.peer_fixtures import NoPeer

STUCK_S = 420.0
"""A visit tried in vain waits at most 375 s (domain/outbox.LONGEST_RETRY and its spread)."""
LONGEST_WAIT_S = 60.0
"""For the first request that is spoiled."""
_KILLED = ("worker", "worker", "proxy")


class Proxy:
    """The proxy's process; killed and started again it keeps its port."""

    def __init__(self, hospital: Hospital, seed: int, spoiled: float, file: Path) -> None:
        self._hospital = hospital
        self.spoiled = spoiled
        self._seed = seed
        self._file = file
        self._starts = 0
        self.port = 0
        self.start()

    def start(self, *, calm: bool = False) -> None:
        self._starts += 1
        seed = f"{self._seed}-{self._starts}"
        rate, slow_s = 0.0 if calm else self.spoiled, self._hospital.timeout_s + 0.5
        given = (self.port, self._hospital.port, seed, rate, slow_s, self._file, *self._hospital.faults)
        command = [sys.executable, "-m", "tests.chaos.proxy", *map(str, given)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()

    def tally(self) -> Counter[str]:
        return Counter(self._file.read_text().split() if self._file.exists() else ())


@dataclass
class Storm:
    """What the seed brings, second by second; `kills` counts what it ended."""

    kiosks: list[Kiosk]
    proxy: Proxy
    seed: int
    kills: Counter[str] = field(default_factory=Counter)

    def rage(self, visits: int, seconds: float, began: datetime) -> None:
        """Check `visits` in, spread over the time, among kills of both sides; it lasts until half of them are done."""
        chance = random.Random(self.seed)
        kills = max(2, round(seconds / 2))
        events = [(seconds * number / visits, "visit", number) for number in range(visits)]
        events += [(chance.uniform(0, seconds), chance.choice(_KILLED), n) for n in range(kills)]
        start = time.monotonic()
        for at, kind, number in sorted(events):
            time.sleep(max(0.0, start + at - time.monotonic()))
            if kind == "visit":
                self._check_in(chance.choice(self.kiosks), number, began)
            else:
                self._kill(kind, chance)
        # On a machine that has much else to do, workers have hardly come up by now.
        while time.monotonic() < start + 3 * seconds and self.left() > visits / 2:
            time.sleep(chance.uniform(2, 6))
            self._kill(chance.choice(_KILLED), chance)
        while self.proxy.spoiled and not self.proxy.tally().keys() - {"passed"}:
            if time.monotonic() > start + 3 * seconds + LONGEST_WAIT_S:
                break
            time.sleep(0.1)

    def _kill(self, kind: str, chance: random.Random) -> None:
        self.kills[kind] += 1
        if kind == "worker":
            chance.choice(self.kiosks).kill_worker()
        else:
            self.proxy.kill()
            time.sleep(chance.uniform(0.0, 0.5))
            self.proxy.start()

    def _check_in(self, kiosk: Kiosk, number: int, began: datetime) -> None:
        while True:
            try:
                return kiosk.check_in(draft(number, began))
            except StoreBusy:
                self.kills["busy store"] += 1

    def calm(self) -> int:
        """Good weather: wait until nothing waits; how many refused visits were sent again."""
        self.proxy.kill()
        self.proxy.start(calm=True)
        for kiosk in self.kiosks:
            # As staff do who mended something: a lane that was locked out knocks again at once.
            kiosk.kill_worker()
        revived, waiting, moved_at = 0, -1, time.monotonic()
        while left := self.left():
            dead = [kiosk for kiosk in self.kiosks if kiosk.undelivered(DeliveryState.DEAD)]
            for kiosk in dead:
                revived += kiosk.undelivered(DeliveryState.DEAD)
                with contextlib.redirect_stdout(io.StringIO()):
                    retry(kiosk.config, ())
            if left != waiting:
                waiting, moved_at = left, time.monotonic()
            if time.monotonic() - moved_at > STUCK_S:
                break
            time.sleep(0.2)
        return revived

    def left(self) -> int:
        """Visits and slips that are not settled."""
        states = (DeliveryState.WAITING, DeliveryState.DEAD)
        visits = sum(kiosk.undelivered(state) for kiosk in self.kiosks for state in states)
        return visits + sum(kiosk.slips_unaccounted() for kiosk in self.kiosks)


def run(given: argparse.Namespace, folder: Path, hospital: Hospital) -> int:
    expected = Expected()
    # A visit begins before it is checked in, each a second after the one before.
    began = datetime.now(UTC) - timedelta(seconds=given.visits)
    with contextlib.ExitStack() as ending:
        proxy = Proxy(hospital, given.seed, given.spoiled, folder / "requests")
        ending.callback(proxy.kill)
        his = hospital.settings(proxy.port)
        rooms = [Kiosk(f"K{n:02d}", folder / f"K{n:02d}", his, expected.add) for n in range(1, given.kiosks + 1)]
        for room in rooms:
            ending.callback(room.close)
        storm = Storm(rooms, proxy, given.seed)
        started = time.monotonic()
        storm.rage(given.visits, given.seconds, began)
        stormy_s, left = time.monotonic() - started, storm.left()
        revived = storm.calm()
        calm_s = time.monotonic() - started - stormy_s
        problems = list(hospital.wrong(expected))
        problems += [f"{storm.left()} messages are left"] if storm.left() else []
        slips = sum(1 for room in rooms for _ in room.paper.glob("*.pbm"))
        tally = proxy.tally()
    faults = {name: count for name, count in sorted(tally.items()) if name != "passed"}
    print(f"seed {given.seed}: {expected.visits} visits at {given.kiosks} kiosks in {stormy_s:.0f} s of storm")
    print(f"requests: {tally.total()}, of them spoiled {sum(faults.values())}: {faults}")
    print(
        f"kill -9: {dict(storm.kills)}; left after the storm: {left}, drained in {calm_s:.0f} s; sent again: {revived}"
    )
    print(f"{hospital.counted(expected)}; slips: {slips}")
    for problem in problems[:50]:
        print(f"WRONG: {problem}")
    well = not problems and expected.visits == given.visits
    print("every visit exactly once" if well else f"{len(problems)} things are wrong")
    return 0 if well else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--his", type=HisKind, choices=(HisKind.FHIR, HisKind.GNUHEALTH), default=HisKind.FHIR)
    parser.add_argument("--visits", type=int, default=1000)
    parser.add_argument("--kiosks", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=300.0, help="how long visits come and things fail")
    spoiled = "share of the requests that fail; a visit needs about five good ones in a row"
    parser.add_argument("--spoiled", type=float, default=0.06, help=spoiled)
    given = parser.parse_args()
    try:
        with running_hospital(given.his) as hospital, tempfile.TemporaryDirectory() as folder:
            return run(given, Path(folder), hospital)
    except NoPeer as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
