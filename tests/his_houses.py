"""Hospital systems as fixtures, each behind the same two doors: `house` is all of them in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.adapters.his import make_his
from kiosk.adapters.his.fhir import FhirHis
from kiosk.adapters.his.file import FileHis
from kiosk.adapters.his.gnuhealth import GnuHealthHis
from kiosk.adapters.his.hl7v2 import Hl7His
from kiosk.config import HisKind, HisSettings
from kiosk.domain.findings import Finding, Source, Status
from kiosk.wire import fhir
from tests import whole_visits as visits
from tests.gnuhealth_peer import GnuHealthPeer
from tests.his_line import HisLine
from tests.hl7_peers import PythonHl7Peer, StrictPeer, running
from tests.peer_fixtures import FhirPeer


def fhir_at(url: str, **settings: Any) -> FhirHis:
    his = make_his(HisSettings(**({"kind": HisKind.FHIR, "url": url, "timeout_s": 5.0} | settings)))
    assert isinstance(his, FhirHis)
    return his


def payload(number: int = 1, findings: int = 5) -> bytes:
    """Of a whole visit, as the outbox holds it."""
    made = tuple(Finding(f"finding_{n}", Status.PRESENT, Source.ANSWER) for n in range(findings))
    return fhir.encode(fhir.visit_bundles(visits.encounter(replace(visits.draft(number), findings=made))))


@dataclass
class House:
    """A hospital system with its two doors: ours and the one through which a test looks and breaks things."""

    his: FhirHis | FileHis | GnuHealthHis | Hl7His
    visits: Callable[[], int]
    take_away: Callable[[], None]
    bring_back: Callable[[], None]


@pytest.fixture
def file_house(tmp_path: Path) -> House:
    folder = tmp_path / "his"
    folder.mkdir()

    def take_away() -> None:
        folder.rename(tmp_path / "away")
        folder.write_text("not a folder")

    def bring_back() -> None:
        folder.unlink()
        (tmp_path / "away").rename(folder)

    return House(FileHis(folder), lambda: len(list(folder.iterdir())), take_away, bring_back)


@pytest.fixture
def fhir_his(fhir_peer: FhirPeer) -> Iterator[FhirHis]:
    his = fhir_at(fhir_peer.url)
    yield his
    his.close()


@pytest.fixture
def fhir_house(fhir_his: FhirHis, fhir_peer: FhirPeer) -> House:
    return House(
        fhir_his,
        lambda: fhir_peer.counts().get("Encounter", 0),
        lambda: fhir_peer.fail("unavailable"),
        fhir_peer.recover,
    )


@pytest.fixture
def hl7_house() -> Iterator[House]:
    with running(PythonHl7Peer()) as peer:
        his = Hl7His("127.0.0.1", peer.port, timeout_s=5)
        yield House(his, peer.inbox.visits, peer.take_away, peer.bring_back)


@pytest.fixture
def strict_hl7_house() -> Iterator[House]:
    with running(StrictPeer()) as peer:
        his = Hl7His("127.0.0.1", peer.port, timeout_s=5)
        yield House(his, peer.inbox.visits, peer.take_away, peer.bring_back)


@pytest.fixture
def gnuhealth_house(gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer, gnuhealth_line: HisLine) -> House:
    return House(
        gnuhealth_his,
        lambda: gnuhealth_peer.counts()["gnuhealth.appointment"],
        lambda: gnuhealth_line.fail("refuse"),
        gnuhealth_line.recover,
    )


@pytest.fixture(params=["file", "fhir", "hl7", "strict_hl7", "gnuhealth"])
def house(request: pytest.FixtureRequest) -> House:
    found: House = request.getfixturevalue(f"{request.param}_house")
    return found
