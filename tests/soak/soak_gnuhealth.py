"""Visits into a real GNU Health over a line that fails: how many a second, and whether each is there once.

`python -m tests.soak.soak_gnuhealth --visits 200 --faults 0.1` lets one call of ten fail in one of the ways of
tests/his_line.py, tries each visit until it is taken, and then counts. `--faults 0` measures the speed. The last line
holds the figures; exit code 1 when a visit is missing, doubled or refused.
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import sys
import tempfile
import time
from pathlib import Path

from kiosk.adapters.his.gnuhealth import GnuHealthHis
from kiosk.domain.errors import HisUnavailable
from kiosk.wire import fhir
from tests import whole_visits as visits
from tests.gnuhealth_peer import GnuHealthPeer, connected
from tests.his_line import HisLine
from tests.peers.gnuhealth.installation import installed, running

PATIENCE_S = 3.0
MOST_TRIES = 100
FAULTS = ("refuse", "busy", "broken", "web_page", "session_ended", "lose_answer", "half_answer", "not_json", "late")


class FailingLine(HisLine):
    """Chance decides which call fails, and how."""

    def __init__(self, server_port: int, share: float, chance: random.Random) -> None:
        super().__init__(server_port)
        self.faults = 0
        self._share = share
        self._chance = chance

    def fault_of_next(self, method: str) -> str:
        super().fault_of_next(method)
        if self._chance.random() >= self._share:
            return ""
        self.faults += 1
        return self._chance.choice(FAULTS)


def delivered(his: GnuHealthHis, payload: bytes) -> int:
    """How many tries it took."""
    for tried in range(1, MOST_TRIES + 1):
        try:
            his.deliver("soak", payload)
        except HisUnavailable:
            continue
        return tried
    raise RuntimeError(f"not taken in {MOST_TRIES} tries")


def there_once(peer: GnuHealthPeer, wanted: int) -> bool:
    """Exactly so many of each record, and as many different ones."""
    comments = peer.records("gnuhealth.appointment", ["comments", "state"])
    keys = collections.Counter(record["comments"].rsplit(" ", 1)[-1] for record in comments)
    states = {record["state"] for record in comments}
    return set(peer.counts().values()) == {wanted} == {len(keys)} and states == {"checked_in"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=200)
    parser.add_argument("--faults", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running(installed(), Path(folder)) as server:
        peer = GnuHealthPeer(server)
        port = int(server.url.rsplit(":", 1)[1])
        chance = random.Random(wish.seed)  # noqa: S311 - the same seed makes the same faults
        with FailingLine(port, wish.faults, chance) as line:
            his = connected(peer, line.port, PATIENCE_S if wish.faults else 30.0)
            tries, began = 0, time.monotonic()
            for number in range(1, wish.visits + 1):
                tries += delivered(his, fhir.encode(fhir.visit_bundles(visits.encounter(visits.draft(number)))))
                line.let_go()
                line.fail("")
            took_s = time.monotonic() - began
            line.let_go()
        once = there_once(peer, wish.visits)
        peer.admin.close()
    figures = {"visits": wish.visits, "faults": line.faults, "tries": tries, "per_s": round(wish.visits / took_s, 2)}
    print(json.dumps({**figures, "each_once": once}))
    return 0 if once else 1


if __name__ == "__main__":
    sys.exit(main())
