"""The delivery worker: takes slips to the printer and visits to the hospital system, each lane in its own thread.

The window starts it with Start(config): `state` is the folder of the database, `printer` and `his` are the sections of
the settings file, as is `appointments`, `kiosk` has the time zone, `departments` are codes whose times are kept. It
answers with LaneState when a destination comes or goes, Delivered and DeliveryFailed per message, ScheduleRead,
SlotAnswered and HisAppointment to what a patient waits for.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kiosk.adapters.clock import SystemClock
from kiosk.adapters.store import open_store
from kiosk.config import Config, parse_config
from kiosk.domain.errors import ConfigError
from kiosk.domain.outbox import Lane
from kiosk.services.ports import Store
from kiosk.wire.delivery_messages import TO_DELIVERY
from kiosk.wire.worker_messages import (
    LaneState,
    Message,
    Refused,
    Start,
    Wake,
)
from kiosk.workers import loop
from kiosk.workers.booking import BookingDesk, BookingThread, Question
from kiosk.workers.destinations import booking_desk, destinations
from kiosk.workers.lane import Destination, LaneThread

STORE_BUSY_S = 10.0
"""Nobody waits in front of this process, so it may wait long for the window's writes."""
_LAST_MESSAGE_S = 3.0


class DeliveryWorker:
    """`crashed` is called in a lane's thread when the lane died of a bug."""

    def __init__(
        self,
        send: loop.Send,
        crashed: Callable[[], None],
        connect: Callable[[Mapping[str, Any]], Sequence[Destination]],
        open_desk: Callable[[Mapping[str, Any]], BookingDesk | None] = lambda config: None,
    ) -> None:
        self._send = send
        self._crashed = crashed
        self._connect = connect
        self._open_desk = open_desk
        self._lanes: list[LaneThread] = []
        self._booking: BookingThread | None = None

    def handle(self, message: Message) -> None:
        if isinstance(message, Start):
            self._start(message.config)
        elif isinstance(message, Wake):
            for lane in self._lanes:
                lane.wake()
        elif isinstance(message, Question) and self._booking is not None:
            self._booking.ask(message)

    def close(self) -> None:
        """Let each lane finish the message in hand; one that hangs is left behind with the process."""
        threads = [*self._lanes, *([self._booking] if self._booking else ())]
        for thread in threads:
            thread.stop()
        for thread in threads:
            thread.join(_LAST_MESSAGE_S)

    def _start(self, untrusted_config: Mapping[str, Any]) -> None:
        if self._lanes:
            self._send(Refused("start: already started"))
            return
        try:
            folder = _folder(untrusted_config)
            reached = self._connect(untrusted_config)
            desk = self._open_desk(untrusted_config)
            open_store(folder).close()
        except ConfigError as error:
            self._send(Refused(f"start: {error.key}"))
            return
        self._lanes = [
            LaneThread(one, lambda: _opened(folder), self._send, SystemClock(), self._crashed) for one in reached
        ]
        for lane in self._lanes:
            lane.start()
        if desk is not None:
            self._booking = BookingThread(desk, lambda: _opened(folder), self._send, self._crashed)
            self._booking.start()
        if Lane.HIS not in {one.lane for one in reached}:
            # Nothing to wait for is as good as an answer: no slip needs confirming.
            self._send(LaneState(Lane.HIS, up=True))


def connected(config: Mapping[str, Any]) -> Sequence[Destination]:
    """The destinations of a Start message; raises ConfigError."""
    settings = _settings(config)
    return destinations(settings.printer, settings.his, _folder(config))


def desk_of(config: Mapping[str, Any]) -> BookingDesk | None:
    """Where to book for a Start message; None where the hospital system is not asked. Raises ConfigError."""
    untrusted = config.get("departments")
    departments = [one for one in untrusted if isinstance(one, str)] if isinstance(untrusted, list) else []
    settings = _settings(config)
    return booking_desk(settings, departments, SystemClock(settings.zone()))


def _settings(config: Mapping[str, Any]) -> Config:
    return parse_config({name: config[name] for name in ("kiosk", "printer", "his", "appointments") if name in config})


def _folder(config: Mapping[str, Any]) -> Path:
    untrusted_state = config.get("state")
    if not isinstance(untrusted_state, str) or not untrusted_state:
        raise ConfigError("state", "must be the folder of the database")
    return Path(untrusted_state)


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[Store]:
    store = open_store(folder, STORE_BUSY_S)
    try:
        yield store
    finally:
        store.close()


def main() -> int:
    # A process with one dead lane would look alive; ending it makes the window start another.
    return loop.run(TO_DELIVERY, lambda send: DeliveryWorker(send, lambda: os._exit(loop.EXIT_BUG), connected, desk_of))
