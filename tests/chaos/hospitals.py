"""The hospital systems of the chaos: how kiosks call them, what may fail on the way, and what they have at the end."""

from __future__ import annotations

import contextlib
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from kiosk.config import HisKind, HisSettings
from kiosk.wire import gnuhealth
from tests.chaos.counting import Expected
from tests.chaos.proxy import FAULTS
from tests.gnuhealth_peer import GnuHealthPeer
from tests.peer_fixtures import FhirPeer, NoPeer, running_fhir_server
from tests.peers.gnuhealth.installation import DATABASE, CannotInstall, installed, running


class Hospital(Protocol):
    port: int
    timeout_s: float
    """How long kiosks wait for it."""
    faults: Sequence[str]
    """Names of tests.chaos.proxy.FAULTS that can happen on the way to it."""

    def settings(self, port: int) -> HisSettings:
        """Of a kiosk that calls at a port of this machine."""

    def wrong(self, expected: Expected) -> Iterator[str]:
        """One line for everything that is missing, doubled, half or out of order."""

    def counted(self, expected: Expected) -> str:
        """How much is there."""


class FhirHospital:
    timeout_s = 2.0
    faults = tuple(FAULTS)

    def __init__(self, peer: FhirPeer) -> None:
        self._peer = peer
        self.port = peer.port

    def settings(self, port: int) -> HisSettings:
        return HisSettings(kind=HisKind.FHIR, url=f"http://127.0.0.1:{port}/fhir/R4", timeout_s=self.timeout_s)

    def wrong(self, expected: Expected) -> Iterator[str]:
        return expected.compared_with(self._peer)

    def counted(self, expected: Expected) -> str:
        return f"resources in the server: {sum(self._peer.counts().values())} of {expected.resources.total()}"


class GnuHealthHospital:
    """GNU Health creates nothing on a condition: a call that something on the way repeats is there twice, whoever asks.

    So nothing repeats calls here. Everything else can happen, and the answers of FHIR servers cannot.
    """

    timeout_s = 8.0
    faults = (
        "reset",
        "half_request",
        "lost_answer",
        "cut_answer",
        "short_answer",
        "slow",
        "late",
        "401",
        "429",
        "500",
        "wrong_json",
        "web_page",
    )

    def __init__(self, peer: GnuHealthPeer) -> None:
        self._peer = peer
        self.port = int(peer.server.url.rsplit(":", 1)[1])

    def settings(self, port: int) -> HisSettings:
        return HisSettings(
            kind=HisKind.GNUHEALTH,
            url=f"http://127.0.0.1:{port}",
            database=DATABASE,
            user="kiosk",
            password_file=str(self._peer.server.password_file("kiosk")),
            timeout_s=self.timeout_s,
        )

    def wrong(self, expected: Expected) -> Iterator[str]:
        return wrong_records(self._peer, expected)

    def counted(self, expected: Expected) -> str:
        return f"records in the server: {sum(self._peer.counts().values())} of {5 * expected.visits}"


_RECORDS = (
    (gnuhealth.PERSON, "ref"),
    (gnuhealth.APPOINTMENT, "comments"),
    (gnuhealth.NURSE_NOTE, "session_notes"),
    (gnuhealth.ATTACHMENT, "name"),
)
"""Where each record says which visit it belongs to; a patient belongs to its person."""


def wrong_records(peer: GnuHealthPeer, expected: Expected) -> Iterator[str]:
    """As Hospital.wrong has it."""
    wanted = expected.visit_ids()
    for model, field in _RECORDS:
        domain = [["is_patient", "=", True]] if model == gnuhealth.PERSON else []
        there = Counter(_visit_of(one[field]) for one in peer.records(model, [field], *domain))
        for visit in wanted | there.keys():
            if there[visit] != (visit in wanted):
                yield f"{model} of {visit} is there {there[visit]} times, not {int(visit in wanted)}"
    patients = Counter(one["party"] for one in peer.records(gnuhealth.PATIENT, ["party"]))
    if len(patients) != len(wanted) or patients.total() != len(wanted):
        yield f"{patients.total()} patients of {len(patients)} persons, not {len(wanted)}"
    states = Counter(one["state"] for one in peer.records(gnuhealth.APPOINTMENT, ["state"]))
    if states.keys() != {"checked_in"}:
        yield f"appointments are {dict(states)}"


def _visit_of(text: str) -> str:
    """The key of a visit is the last word of the text that bears it."""
    return text.rsplit(maxsplit=1)[-1].removesuffix(".txt").removeprefix("NN-")


@contextlib.contextmanager
def running_hospital(kind: HisKind) -> Iterator[Hospital]:
    """A hospital system of one's own; raises NoPeer."""
    with contextlib.ExitStack() as ending:
        if kind is HisKind.FHIR:
            yield FhirHospital(ending.enter_context(running_fhir_server()))
            return
        folder = ending.enter_context(tempfile.TemporaryDirectory())
        try:
            peer = GnuHealthPeer(ending.enter_context(running(installed(), Path(folder))))
        except CannotInstall as reason:
            raise NoPeer(f"needs GNU Health: {reason}") from reason
        ending.callback(peer.admin.close)
        yield GnuHealthHospital(peer)
