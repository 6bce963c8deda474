"""The identity worker: reads cards and looks for the patient's record, so that the window waits for neither.

The window starts it with Start(config): `state` is the folder of the database, `kiosk`, `his` and `identity` are
sections of the settings file. What was read or found is told once and not kept.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from kiosk import logs
from kiosk.adapters.clock import SystemClock
from kiosk.adapters.his import make_patients
from kiosk.adapters.identity.sam_reader import SamReader
from kiosk.adapters.store import open_store
from kiosk.config import Config, LookupKind, parse_config
from kiosk.domain.card_reading import CardState
from kiosk.domain.errors import ConfigError, KioskError
from kiosk.domain.patient import IdentitySource, Patient
from kiosk.domain.patient_match import PatientMatch
from kiosk.services.patient_matching import Allowance, PatientMatching
from kiosk.services.ports import Clock
from kiosk.wire.identity_messages import (
    TO_IDENTITY,
    CardChanged,
    CardRead,
    FindPatient,
    PatientFound,
    ReadCard,
    StopReading,
)
from kiosk.wire.sam_v import CardText
from kiosk.wire.worker_messages import ForgetVisit, Message, Refused, Start
from kiosk.workers import loop

facts = logs.get(__name__)

_LAST_WORK_S = 1.0
_SECTIONS = ("kiosk", "his", "identity")

Match = Callable[[Patient], PatientMatch]


class IdentityWorker:
    def __init__(self, send: loop.Send) -> None:
        self._send = send
        self._reading: CardWish | None = None
        self._reader: SamReader | None = None
        self._clock: Clock = SystemClock()
        self._lookups: Lookups | None = None

    def handle(self, message: Message) -> None:
        match message:
            case Start(config):
                self._start(config)
            case ReadCard(visit_id):
                self._stop_reading()
                if self._reader is None:
                    self._send(CardChanged(visit_id, CardState.NO_READER))
                else:
                    self._reading = CardWish(visit_id, self._reader, self._clock, self._send)
            case StopReading():
                self._stop_reading()
            case FindPatient() if self._lookups is not None:
                self._lookups.ask(message)
            case ForgetVisit(visit_id):
                self._stop_reading()
                if self._lookups is not None:
                    self._lookups.forget(visit_id)
            case _:
                pass

    def close(self) -> None:
        self._stop_reading()
        if self._lookups is not None:
            self._lookups.close()

    def _stop_reading(self) -> None:
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.stop()

    def _start(self, untrusted_config: Mapping[str, Any]) -> None:
        try:
            config = parse_config({name: untrusted_config[name] for name in _SECTIONS if name in untrusted_config})
            self._clock = SystemClock(config.zone())
            if config.identity.card_reader:
                self._reader = SamReader(config.identity.card_reader)
            if config.identity.lookup is not LookupKind.OFF and self._lookups is None:
                folder = _folder(untrusted_config)
                self._lookups = Lookups(lambda: _matching(config, folder, self._clock), self._send)
        except ConfigError as error:
            self._send(Refused(f"start: {error.key}"))


class CardWish:
    """One card wanted for one visit, in a thread of its own. The reader is given back when it ends."""

    _one_at_a_time = threading.Lock()

    def __init__(self, visit_id: str, reader: SamReader, clock: Clock, send: loop.Send) -> None:
        self._visit_id = visit_id
        self._reader = reader
        self._clock = clock
        self._send = send
        self._stop = threading.Event()
        threading.Thread(target=self._read, name="card", daemon=True).start()

    def stop(self) -> None:
        """Nothing more is told of this card."""
        self._stop.set()

    def _read(self) -> None:
        with self._one_at_a_time, contextlib.closing(self._reader):
            card = self._reader.read_card(self._stop, self._tell, self._clock.now().date())
        if card is not None and not self._stop.is_set():
            facts.info("card_read", kind=card.document.kind)
            self._send(CardRead(self._visit_id, self._patient(card)))

    def _tell(self, state: CardState) -> None:
        if not self._stop.is_set():
            facts.info("card", state=state)
            self._send(CardChanged(self._visit_id, state))

    def _patient(self, card: CardText) -> Patient:
        """An expired card says no more than its holder could."""
        valid = card.is_valid(self._clock.now().date())
        return Patient(
            sex=card.sex,
            birth_date=card.birth_date,
            name=card.name,
            document=card.document,
            identity=IdentitySource.DOCUMENT_READ if valid else IdentitySource.SELF_REPORTED,
        )


class Lookups:
    """Questions for patients, one after the other in a thread of their own; `connect` makes what answers them there."""

    def __init__(self, connect: Callable[[], contextlib.AbstractContextManager[Match]], send: loop.Send) -> None:
        self._connect = connect
        self._send = send
        self._asked: queue.SimpleQueue[FindPatient | None] = queue.SimpleQueue()
        self._forgotten: set[str] = set()
        self._thread = threading.Thread(target=self._run, name="lookup", daemon=True)
        self._thread.start()

    def ask(self, question: FindPatient) -> None:
        self._forgotten.discard(question.visit_id)
        self._asked.put(question)

    def forget(self, visit_id: str) -> None:
        """Nobody waits for the answers of this visit."""
        self._forgotten = {visit_id}

    def close(self) -> None:
        self._asked.put(None)
        self._thread.join(_LAST_WORK_S)

    def _run(self) -> None:
        try:
            with self._connect() as match:
                while (question := self._asked.get()) is not None:
                    if question.visit_id not in self._forgotten:
                        found = match(question.patient)
                        self._send(PatientFound(question.visit_id, found, question.request))
        except KioskError as error:
            # Visits go on without; the next start of the machine tries again.
            facts.error("lookup_off", kind=type(error).__name__)


@contextlib.contextmanager
def _matching(config: Config, folder: Path, clock: Clock) -> Iterator[Match]:
    """What answers, made in the thread that asks; raises ConfigError, StoreBusy or StoreFull."""
    settings = config.identity
    register = make_patients(replace(config.his, timeout_s=settings.timeout_s), settings.lookup)
    allowance = Allowance(settings.phone_lookups, timedelta(minutes=settings.phone_minutes))
    with contextlib.closing(register), contextlib.closing(open_store(folder)) as store:
        yield PatientMatching(store, register, clock, allowance, _not_asked).match


def _not_asked(error: Exception) -> None:
    facts.warning("lookup_failed", kind=type(error).__name__)


def _folder(untrusted_config: Mapping[str, Any]) -> Path:
    untrusted_state = untrusted_config.get("state")
    if not isinstance(untrusted_state, str) or not untrusted_state:
        raise ConfigError("state", "must be the folder of the database")
    return Path(untrusted_state)


def main() -> int:
    return loop.run(TO_IDENTITY, IdentityWorker)
