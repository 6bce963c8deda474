"""Slip printers, chosen by the setting `printer.kind`."""

from __future__ import annotations

from pathlib import Path

from kiosk.adapters.printing.absent import AbsentPrinter
from kiosk.adapters.printing.file import FilePrinter
from kiosk.adapters.printing.tcp import TcpPrinter
from kiosk.config import PrinterKind, PrinterSettings


def make_printer(settings: PrinterSettings) -> TcpPrinter | FilePrinter | AbsentPrinter:
    if settings.kind is PrinterKind.TCP:
        return TcpPrinter(settings.host, settings.port)
    if settings.kind is PrinterKind.FILE:
        return FilePrinter(Path(settings.folder))
    return AbsentPrinter()
