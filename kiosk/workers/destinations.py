"""From settings to destinations: which printer and which hospital system the lanes lead to."""

from __future__ import annotations

from pathlib import Path

from kiosk.adapters.his import make_his
from kiosk.adapters.printing import make_printer
from kiosk.config import HisKind, HisSettings, PrinterSettings
from kiosk.domain.errors import PrinterError, PrinterProblem
from kiosk.domain.outbox import Lane, OutboxMessage
from kiosk.services import portable_bitmap
from kiosk.services.ports import ConfirmingHis, His, Receipt, SlipPrinter
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
