"""No printer: every slip fails at once, so that the screen shows number and code instead."""

from __future__ import annotations

from kiosk.domain.errors import PrinterError, PrinterProblem
from kiosk.wire.escpos import Picture


class AbsentPrinter:
    """services.ports.SlipPrinter of a kiosk without one."""

    def check(self) -> None:
        raise PrinterError(PrinterProblem.OFFLINE, "this kiosk has none")

    def print_slip(self, key: str, raster: Picture) -> None:
        self.check()
