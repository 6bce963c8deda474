"""Slips as files: what a printer would get, and a picture any image program opens."""

from __future__ import annotations

from pathlib import Path

from kiosk.adapters.whole_files import make_usable, names_a_file, write_whole
from kiosk.domain.errors import PrinterError, PrinterProblem
from kiosk.wire import escpos
from kiosk.wire.escpos import Picture


class FilePrinter:
    """services.ports.SlipPrinter that writes `<key>.escpos` and `<key>.pbm`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def check(self) -> None:
        try:
            make_usable(self._folder)
        except OSError as error:
            raise PrinterError(PrinterProblem.OFFLINE, f"{self._folder}: {error.strerror}") from error

    def print_slip(self, key: str, raster: Picture) -> None:
        if not names_a_file(key):
            raise PrinterError(PrinterProblem.UNKNOWN, "the key cannot be a file name")
        self.check()
        try:
            write_whole(self._folder / f"{key}.escpos", escpos.encode(raster))
            write_whole(self._folder / f"{key}.pbm", b"P4\n%d %d\n" % (raster.width, raster.height) + raster.rows)
        except OSError as error:
            raise PrinterError(PrinterProblem.OFFLINE, f"{self._folder}: {error.strerror}") from error
