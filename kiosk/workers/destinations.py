"""From settings to destinations: which printer and hospital system the lanes lead to, and where times are booked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kiosk.adapters.his import make_his, make_his_appointments, make_schedules
from kiosk.adapters.printing import make_printer
from kiosk.config import Config, HisKind, HisSettings, PrinterSettings
from kiosk.domain.errors import PrinterError, PrinterProblem
from kiosk.domain.outbox import Lane, OutboxMessage
from kiosk.services import portable_bitmap
from kiosk.services.his_appointments import HospitalAppointments
from kiosk.services.ports import Clock, ConfirmingHis, His, Receipt, SlipPrinter
from kiosk.workers.booking import BookingDesk
from kiosk.workers.lane import Destination

_PRINTER_CHECK_S = 5.0
_HIS_CHECK_S = 15.0
_HIS_BATCH = 20


def destinations(printer: PrinterSettings, his: HisSettings, state: Path) -> tuple[Destination, ...]:
    """The lanes that lead somewhere, for a worker with this folder; raises ConfigError.

    Without a hospital system its lane stands still: what an earlier setting left there waits until one is set again.
    """
    reached = (to_printer(make_printer(printer)),)
    return reached if his.kind is HisKind.NONE else (*reached, to_his(make_his(his, state)))


def booking_desk(config: Config, departments: Sequence[str], clock: Clock) -> BookingDesk | None:
    """None where the hospital system is asked for neither times nor appointments; raises ConfigError."""
    his, appointments = config.his, None
    if config.finds_his_appointments():
        appointments = HospitalAppointments(make_his_appointments(his), clock, config.appointments.rules())
    if not his.schedules and appointments is None:
        return None
    schedules, bookings = make_schedules(his)

    def close() -> None:
        schedules.close()
        bookings.close()
        if appointments is not None:
            appointments.close()

    read = departments if his.schedules else ()
    patience = his.booking_timeout_s
    return BookingDesk(schedules, bookings, read, clock, his.schedule_minutes * 60.0, close, appointments, patience)


def to_printer(printer: SlipPrinter) -> Destination:
    def send(message: OutboxMessage) -> None:
        try:
            raster = portable_bitmap.decode(message.payload)
        except ValueError as error:
            raise PrinterError(PrinterProblem.UNKNOWN, str(error)) from error
        printer.print_slip(message.key, raster)

    return Destination(Lane.PRINTER, send, printer.check, _PRINTER_CHECK_S, batch=1)


def to_his(his: His) -> Destination:
    def deliver(message: OutboxMessage) -> None:
        his.deliver(message.key, message.payload)

    if not isinstance(his, ConfirmingHis):
        return Destination(Lane.HIS, deliver, his.check, _HIS_CHECK_S, _HIS_BATCH)
    confirming = his

    def send(message: OutboxMessage) -> Receipt:
        return confirming.send(message.key, message.payload)

    return Destination(Lane.HIS, send, his.check, _HIS_CHECK_S, _HIS_BATCH, his.confirm)
