"""The identity worker as a process of its own: cards, questions for patients, and a log that names nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from kiosk.config import Config, HisKind, HisSettings, IdentitySettings, LookupKind
from kiosk.domain.card_reading import CardState
from kiosk.domain.patient import DocumentKind, IdentityDocument, IdentitySource, Patient
from kiosk.domain.patient_match import NO_MATCH
from kiosk.wire.checked_fields import MessageError
from kiosk.wire.identity_messages import (
    FROM_IDENTITY,
    TO_IDENTITY,
    CardChanged,
    CardRead,
    FindPatient,
    PatientFound,
    ReadCard,
    StopReading,
)
from kiosk.wire.jsonlines import JsonLinesDecoder, encode_line
from kiosk.wire.worker_messages import ForgetVisit, Message, Ping, Pong, Refused, Start, decode
from tests.card_reader_peer import ADDRESS, NAME, NUMBER, Card, CardReaderPeer
from tests.worker_client import WorkerClient

PASSPORT = Patient(document=IdentityDocument(DocumentKind.PASSPORT, "E12345678"), name="canary")


@pytest.fixture
def peer() -> Iterator[CardReaderPeer]:
    peer = CardReaderPeer()
    yield peer
    peer.unplug()


@pytest.fixture
def worker() -> Iterator[WorkerClient]:
    client = WorkerClient("identity", FROM_IDENTITY)
    yield client
    client.end()


def start(folder: Path, **identity: object) -> Start:
    his = HisSettings(kind=HisKind.FHIR, url="http://127.0.0.1:9/fhir")
    config = Config(his=his, identity=IdentitySettings(**identity))
    sections = {name: asdict(getattr(config, name)) for name in ("kiosk", "his", "identity")}
    return Start({"state": str(folder), **sections})


def test_cards_are_read_as_long_as_they_are_wanted(worker: WorkerClient, peer: CardReaderPeer, tmp_path: Path) -> None:
    worker.send(start(tmp_path, card_reader=peer.device), ReadCard("v1"))
    assert worker.until(CardChanged) == CardChanged("v1", CardState.WAITING)
    worker.send(StopReading(), ReadCard("v2"))
    assert worker.until(CardChanged) == CardChanged("v2", CardState.WAITING)
    peer.put(Card())
    read = worker.until(CardRead)
    assert (read.visit_id, read.patient.name, read.patient.identity) == ("v2", NAME, IdentitySource.DOCUMENT_READ)
    worker.send(ReadCard("v3"))
    peer.put(Card(until="20200101"))
    expired = worker.until(CardRead)
    assert expired.patient.identity is IdentitySource.SELF_REPORTED
    assert worker.close_stdin() == 0
    worker._error_reader.join()
    for secret in (NAME, NUMBER, ADDRESS, "canary"):
        assert secret.encode() not in worker.stderr
    assert b"card_read" in worker.stderr


def test_without_a_reader_the_window_is_told_so(worker: WorkerClient, tmp_path: Path) -> None:
    worker.send(start(tmp_path), ReadCard("v1"), FindPatient("v1", PASSPORT, 1), Ping(1))
    assert worker.receive() == CardChanged("v1", CardState.NO_READER)
    assert worker.receive() == Pong(1)


def test_a_register_that_is_away_answers_that_nobody_is_known(worker: WorkerClient, tmp_path: Path) -> None:
    worker.send(start(tmp_path, lookup=LookupKind.SEARCH, timeout_s=1.0), FindPatient("v1", PASSPORT, 7))
    assert worker.until(PatientFound) == PatientFound("v1", NO_MATCH, 7)
    worker.send(ForgetVisit("v1"), Ping(2))
    assert worker.until(Pong) == Pong(2)
    assert worker.close_stdin() == 0
    worker._error_reader.join()
    assert b"lookup_failed" in worker.stderr
    assert b"E12345678" not in worker.stderr
    assert b"canary" not in worker.stderr


def test_wrong_settings_are_named(worker: WorkerClient, tmp_path: Path) -> None:
    worker.send(Start({"state": str(tmp_path), "identity": {"lookup": "guess"}}))
    assert worker.receive() == Refused("start: identity.lookup")


@pytest.mark.parametrize(
    "message",
    [
        ReadCard("v1"),
        StopReading(),
        FindPatient("v1", PASSPORT, 3),
    ],
)
def test_messages_come_back_as_they_were(message: Message) -> None:
    (line,) = JsonLinesDecoder().feed(encode_line(message.to_json()))
    assert decode(line, TO_IDENTITY) == message


def test_a_machine_verifies_nobody() -> None:
    claimed = CardRead("v1", Patient(identity=IdentitySource.VERIFIED)).to_json()
    with pytest.raises(MessageError):
        decode(claimed, FROM_IDENTITY)
