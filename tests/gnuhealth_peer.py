"""A real GNU Health as a fixture, and the line to it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.adapters.his.gnuhealth import GnuHealthHis
from kiosk.adapters.his.tryton import TrytonClient
from kiosk.wire.gnuhealth import HospitalCodes
from kiosk.wire.tryton import moment
from tests.his_line import HisLine
from tests.peers.gnuhealth.installation import DATABASE, CannotInstall, Server, installed, running

_MADE_BY_VISITS = ("ir.attachment", "gnuhealth.patient.ambulatory_care", "gnuhealth.appointment", "gnuhealth.patient")


class GnuHealthPeer:
    """The server through the door of its administrator."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.admin = server.client("admin")

    def reset(self) -> None:
        """As on the first day: no visit, nothing else that a test made."""
        for model in _MADE_BY_VISITS:
            self.delete(model)
        self.delete("gnuhealth.person_alternative_identification")
        self.delete("party.party", ["is_patient", "=", True])

    def delete(self, model: str, *domain: Sequence[object]) -> None:
        found = [record["id"] for record in self.records(model, (), *domain)]
        if found:
            self.admin.call(f"model.{model}.delete", found)

    def create(self, model: str, **values: object) -> int:
        (made,) = self.admin.call(f"model.{model}.create", [values])  # type: ignore[misc]
        return int(made)

    def write(self, model: str, ids: Sequence[int], **values: object) -> None:
        self.admin.call(f"model.{model}.write", list(ids), values)

    def records(self, model: str, fields: Sequence[str], *domain: Sequence[object]) -> list[dict[str, Any]]:
        return self.admin.find(model, domain, fields, limit=100_000)

    def record(self, model: str, *fields: str) -> dict[str, Any]:
        (only,) = self.records(model, fields)
        return only

    def free_times(self, starts: Sequence[datetime]) -> list[int]:
        """Appointments that the hospital keeps free with its doctor of orthopaedics, as its calendar makes them."""
        (doctor,) = self.records("gnuhealth.healthprofessional", ["institution"], ["code", "=", "zhou_lan"])
        (specialty,) = self.records("gnuhealth.specialty", [], ["code", "=", "ORTHOSURG"])
        fields = {"healthprof": doctor["id"], "speciality": specialty["id"], "institution": doctor["institution"]}
        return [
            self.create("gnuhealth.appointment", state="free", appointment_date=moment(at), **fields) for at in starts
        ]

    def end_sessions(self) -> None:
        """As time does: the server forgets who is signed in."""
        self.server.cluster.execute(DATABASE, "delete from ir_session")

    def double(self, model: str, *fields: str) -> None:
        """Make a second record like the only one, as far as these fields go."""
        original = self.record(model, *fields)
        self.create(model, **{name: original[name] for name in fields})

    @contextlib.contextmanager
    def without_groups(self, login: str) -> Iterator[None]:
        (user,) = self.records("res.user", ["groups"], ["login", "=", login])
        self.write("res.user", [user["id"]], groups=[["remove", user["groups"]]])
        try:
            yield
        finally:
            self.write("res.user", [user["id"]], groups=[["add", user["groups"]]])

    @contextlib.contextmanager
    def without_professional(self, login: str) -> Iterator[None]:
        (person,) = self.records("party.party", ["internal_user"], ["internal_user.login", "=", login])
        self.write("party.party", [person["id"]], internal_user=None)
        try:
            yield
        finally:
            self.write("party.party", [person["id"]], internal_user=person["internal_user"])

    def counts(self) -> dict[str, int]:
        """How many records visits have made, by model."""
        made = {model: len(self.records(model, ())) for model in _MADE_BY_VISITS}
        return {**made, "party.party": len(self.records("party.party", (), ["is_patient", "=", True]))}


@pytest.fixture(scope="session")
def gnuhealth_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GnuHealthPeer]:
    """One server for all tests; use `gnuhealth_peer`. The first time ever it is installed, which takes a minute."""
    try:
        with running(installed(), tmp_path_factory.mktemp("gnuhealth")) as server:
            peer = GnuHealthPeer(server)
            yield peer
            peer.admin.close()
    except CannotInstall as reason:
        pytest.skip(f"no GNU Health: {reason}")


@pytest.fixture
def gnuhealth_peer(gnuhealth_server: GnuHealthPeer) -> GnuHealthPeer:
    gnuhealth_server.reset()
    return gnuhealth_server


@pytest.fixture
def gnuhealth_line(gnuhealth_peer: GnuHealthPeer) -> Iterator[HisLine]:
    """The way to the server, without a fault."""
    with HisLine(int(gnuhealth_peer.server.url.rsplit(":", 1)[1])) as line:
        yield line


@pytest.fixture
def gnuhealth_his(gnuhealth_peer: GnuHealthPeer, gnuhealth_line: HisLine) -> Iterator[GnuHealthHis]:
    his = connected(gnuhealth_peer, gnuhealth_line.port)
    yield his
    gnuhealth_line.recover()
    his.close()


def connected(
    peer: GnuHealthPeer,
    port: int,
    timeout_s: float = 10,
    mapping: HospitalCodes | None = None,
    password: Path | None = None,
    session_file: Path | None = None,
) -> GnuHealthHis:
    """The kiosk's adapter, calling at a port of this machine."""
    password_file = password or peer.server.password_file("kiosk")
    url = f"http://127.0.0.1:{port}"
    client = TrytonClient(url, DATABASE, "kiosk", password_file, timeout_s, session_file=session_file)
    return GnuHealthHis(client, lambda: mapping or HospitalCodes())
