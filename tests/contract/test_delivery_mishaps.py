"""What befalls a kiosk: its database copied back, its clock jumping, its disk full. No visit is lost or there twice."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import textwrap
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.adapters.store import open_store
from kiosk.domain.outbox import DeliveryState, Lane
from kiosk.services.delivery import EXPIRED, DeliveryReport, Outcome, deliver_due
from kiosk.workers.destinations import to_his
from tests import visits
from tests.fakes import NOON, FakeClock
from tests.his_houses import House, payload
from tests.peer_fixtures import FhirPeer

pytestmark = pytest.mark.peer

ROOT = Path(__file__).parents[2]


class Kiosk:
    """Its database in `state`, and its line to a hospital system."""

    def __init__(self, state: Path, house: House) -> None:
        self.state = state
        self.clock = FakeClock()
        self._his = to_his(house.his)

    def queue(self, *numbers: int) -> None:
        store = open_store(self.state)
        with store.transaction():
            for number in numbers:
                store.add_message(visits.message(number, Lane.HIS, self.clock.now(), payload=payload(number)))
        store.close()

    def deliver(self, limit: int = 20) -> DeliveryReport:
        store = open_store(self.state)
        try:
            return deliver_due(store, Lane.HIS, self._his.send, self.clock, random.random, limit, self._his.confirm)
        finally:
            store.close()


@pytest.fixture
def kiosk(house: House, tmp_path: Path) -> Kiosk:
    return Kiosk(tmp_path / "state", house)


def test_a_database_copied_back_from_yesterday_sends_again_and_doubles_nothing(
    kiosk: Kiosk, house: House, tmp_path: Path
) -> None:
    kiosk.queue(1, 2, 3)
    shutil.copytree(kiosk.state, tmp_path / "yesterday")
    kiosk.deliver()
    kiosk.queue(4)
    kiosk.deliver()
    kiosk.clock.advance(hours=24)
    shutil.rmtree(kiosk.state)
    shutil.copytree(tmp_path / "yesterday", kiosk.state)
    kiosk.queue(5)
    assert [attempt.outcome for attempt in kiosk.deliver().attempts] == [Outcome.DELIVERED] * 4
    assert house.visits() == 5


def test_a_slip_of_a_database_copied_back_is_not_printed(tmp_path: Path) -> None:
    store, clock, printed = open_store(tmp_path / "state"), FakeClock(), []
    with store.transaction():
        store.add_message(visits.message(1, Lane.PRINTER, NOON, expires_at=NOON + timedelta(minutes=3)))
    store.close()
    clock.advance(hours=24)
    store = open_store(tmp_path / "state")
    report = deliver_due(store, Lane.PRINTER, printed.append, clock, random.random)
    store.close()
    assert [(attempt.outcome, attempt.problem) for attempt in report.attempts] == [(Outcome.DEAD, EXPIRED)]
    assert printed == []


@pytest.mark.parametrize("hours", [-24 * 365, -8, 8, 24 * 365])
def test_a_clock_that_jumps_holds_up_nothing_and_doubles_nothing(kiosk: Kiosk, house: House, hours: int) -> None:
    kiosk.queue(1, 2)
    kiosk.deliver(limit=1)
    house.take_away()
    assert kiosk.deliver().paused
    kiosk.clock.advance(hours=hours)
    house.bring_back()
    kiosk.queue(3)
    delivered = {attempt.key for attempt in kiosk.deliver().attempts if attempt.outcome is Outcome.DELIVERED}
    assert delivered == {visits.message(number).key for number in (2, 3)}
    kiosk.clock.advance(hours=-hours)
    assert kiosk.deliver() == DeliveryReport()
    assert house.visits() == 3


FULL_DISK = """
    import random, resource, sys
    from pathlib import Path
    from kiosk.adapters.clock import SystemClock
    from kiosk.adapters.his import make_his
    from kiosk.adapters.store import open_store
    from kiosk.config import HisKind, HisSettings
    from kiosk.domain.errors import StoreFull
    from kiosk.domain.outbox import Lane
    from kiosk.services.delivery import deliver_due
    from kiosk.workers.destinations import to_his

    store, his = open_store(Path(sys.argv[1])), to_his(make_his(HisSettings(kind=HisKind.FHIR, url=sys.argv[2])))

    def deliver():
        return deliver_due(store, Lane.HIS, his.send, SystemClock(), random.random, 20, his.confirm)

    # The kernel lets no file be written behind this, as if the disk were full.
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        deliver()
    except StoreFull:
        print("full", len(store.undelivered_messages(Lane.HIS, 20)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    print(*(attempt.outcome for attempt in deliver().attempts))
    store.close()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs RLIMIT_FSIZE")
def test_visits_sent_while_the_disk_is_full_are_sent_again_and_there_once(fhir_peer: FhirPeer, tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.transaction():
        for number in (1, 2, 3):
            store.add_message(visits.message(number, payload=payload(number)))
    command = [sys.executable, "-c", textwrap.dedent(FULL_DISK), str(tmp_path), fhir_peer.url]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout == "full 3\ndelivered delivered delivered\n"
    assert fhir_peer.counts()["Encounter"] == 3
    assert {store.message(visits.message(number).key).state for number in (1, 2, 3)} == {DeliveryState.SENT}
    store.close()
