"""One kiosk of the chaos: a real encrypted store, the real check-in, the real delivery worker in its process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.adapters.clock import SystemClock
from kiosk.adapters.store import SqliteStore, open_store
from kiosk.config import Config, HisSettings, KioskSettings, PrinterKind, PrinterSettings
from kiosk.domain.booking import Slot
from kiosk.domain.encounter import Encounter, Slip, VisitDraft
from kiosk.domain.language import Words
from kiosk.domain.outbox import DeliveryState, Lane
from kiosk.domain.patient import IdentitySource, Patient, Sex
from kiosk.services.checkin import CheckIn, Door, Site
from kiosk.services.ports import Raster
from kiosk.wire.delivery_messages import FROM_DELIVERY
from kiosk.wire.fhir import encode, visit_bundles
from kiosk.wire.fhir_keys import Json
from kiosk.wire.worker_messages import Start, Wake
from tests import visits
from tests import whole_visits as whole
from tests.worker_client import WorkerClient

VISITS_OF_A_PERSON = 3


class PlainSigner:
    def sign(self, number: str, department: str, visit_id: str, expires_at: datetime) -> str:
        return f"{number}|{department}|{visit_id}|{expires_at.isoformat()}"


def draft(number: int, began: datetime) -> VisitDraft:
    """Visit `number` of the run: every third is the same person's, every second has booked a time of its own."""
    person = number // VISITS_OF_A_PERSON
    birth = whole.BIRTH - timedelta(days=person)
    patient = Patient(Sex.FEMALE, 64, None, birth, f"13{person:09d}", None, IdentitySource.SELF_REPORTED)
    start = began + timedelta(days=1)
    slot = Slot(f"slot-{number}", whole.DOCTOR, start, start + timedelta(minutes=10)) if number % 2 else None
    # FHIR instants of ours have whole seconds: the order of visits needs one of its own for each.
    consented = began.replace(microsecond=0) + timedelta(seconds=number)
    return replace(whole.draft(number), patient=patient, consented_at=consented, slot=slot)


def check_in_of(store: SqliteStore, kiosk: str, build_his_payload: Callable[[Encounter], bytes] | None) -> CheckIn:
    """The real check-in with everything real but picture and signature, which cost time and decide nothing here."""
    door = Door("207", Words("直走", "Straight on"), Words("往回走", "Back"))
    return CheckIn(
        store=store,
        clock=SystemClock(),
        site=Site(Words("示范", "Model"), kiosk, {"orthopaedics": visits.department()}, {}, door),
        signer=PlainSigner(),
        render=_picture,
        build_his_payload=build_his_payload,
        his_up=lambda: False,
        wait_minutes=lambda department: None,
    )


class Kiosk:
    """`tell` gets the transactions of every visit that was checked in here."""

    def __init__(self, name: str, folder: Path, his: HisSettings, tell: Callable[[tuple[Json, ...]], None]) -> None:
        self.config = Config(
            kiosk=KioskSettings(name=name, state=str(folder / "state")),
            printer=PrinterSettings(kind=PrinterKind.FILE, folder=str(folder / "paper")),
            his=his,
        )
        self.paper = folder / "paper"
        (folder / "state").mkdir(parents=True)
        self.store = open_store(folder / "state")
        self._tell = tell
        self._made: dict[str, tuple[Json, ...]] = {}
        self._check_in = check_in_of(self.store, name, self._payload)
        self.worker = self._started()

    def check_in(self, visit: VisitDraft) -> None:
        """Twice, as after a doubled touch; raises StoreBusy when nothing was written."""
        self._check_in.check_in(visit)
        self._tell(self._made.pop(visit.visit_id))
        self._check_in.check_in(visit)
        self.worker.send(Wake())

    def kill_worker(self) -> None:
        """kill -9, and a new one as the window starts it."""
        self.worker.end()
        self.worker = self._started()

    def close(self) -> None:
        self.worker.end()
        self.store.close()

    def undelivered(self, state: DeliveryState) -> int:
        messages = self.store.undelivered_messages(Lane.HIS, 1_000_000)
        return sum(message.state is state for message in messages)

    def slips_unaccounted(self) -> int:
        """Slips that neither came out nor were told as failed."""
        return sum(
            message.state is DeliveryState.WAITING
            for message in self.store.undelivered_messages(Lane.PRINTER, 1_000_000)
        )

    def _payload(self, encounter: Encounter) -> bytes:
        bundles = visit_bundles(encounter)
        self._made[encounter.visit_id] = bundles
        return encode(bundles)

    def _started(self) -> WorkerClient:
        worker = WorkerClient("delivery", FROM_DELIVERY, {"DAOZHEN_LOG": "ERROR"})
        state = str(self.config.state_folder())
        worker.send(Start({"state": state, "printer": asdict(self.config.printer), "his": asdict(self.config.his)}))
        return worker


def _picture(slip: Slip) -> Raster:
    return Raster(8, 2, b"\xaa\x55")
