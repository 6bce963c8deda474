"""From settings to destinations: which printer and which hospital system the lanes lead to."""

from __future__ import annotations

from pathlib import Path

from kiosk.config import HisKind, HisSettings, PrinterKind, PrinterSettings
from kiosk.domain.errors import PrinterError, PrinterProblem
from kiosk.domain.outbox import Lane, OutboxMessage
from kiosk.services import portable_bitmap
from kiosk.services.ports import His, Raster, SlipPrinter
from kiosk.workers.lane import Destination

_PRINTER_CHECK_S = 5.0
_HIS_CHECK_S = 15.0


class NoPrinter:
    """A kiosk without paper: every slip fails at once, and the patient gets the code on the screen."""

    def check(self) -> None:
        raise PrinterError(PrinterProblem.OFFLINE)

    def print_slip(self, key: str, raster: Raster) -> None:
        self.check()


class NoHis:
    """A kiosk without a hospital system: check-in queues nothing for it, and its absence is no fault."""

    def check(self) -> None:
        pass

    def deliver(self, key: str, payload: bytes) -> None:
        """What an earlier setting left in the outbox ends here: this machine's own book is the truth."""


def destinations(printer: PrinterSettings, his: HisSettings) -> tuple[Destination, ...]:
    """One destination per lane; raises ConfigError."""
    return to_printer(_printer(printer)), to_his(_his(his))


def to_printer(printer: SlipPrinter) -> Destination:
    def send(message: OutboxMessage) -> None:
        try:
            raster = portable_bitmap.decode(message.payload)
        except ValueError as error:
            raise PrinterError(PrinterProblem.UNKNOWN, str(error)) from error
        printer.print_slip(message.key, raster)

    return Destination(Lane.PRINTER, send, printer.check, _PRINTER_CHECK_S, batch=1)


def to_his(his: His) -> Destination:
    def send(message: OutboxMessage) -> None:
        his.deliver(message.key, message.payload)

    return Destination(Lane.HIS, send, his.check, _HIS_CHECK_S, batch=20)


def _printer(settings: PrinterSettings) -> SlipPrinter:
    if settings.kind is PrinterKind.FILE:
        from kiosk.adapters.printing.file import FilePrinter

        return FilePrinter(Path(settings.folder))
    if settings.kind is PrinterKind.TCP:
        from kiosk.adapters.printing.escpos import TcpPrinter

        return TcpPrinter(settings.host, settings.port)
    return NoPrinter()


def _his(settings: HisSettings) -> His:
    if settings.kind is HisKind.FILE:
        from kiosk.adapters.his.file import FileHis

        return FileHis(Path(settings.folder))
    if settings.kind is HisKind.FHIR:
        from kiosk.adapters.his.fhir import FhirHis

        return FhirHis(settings.url, settings.token_file, settings.timeout_s)
    return NoHis()
