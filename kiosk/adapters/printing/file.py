"""Slips as files: what a printer would get, and a picture any image program opens."""

from __future__ import annotations

import os
import re
from pathlib import Path

from kiosk.adapters.whole_files import write_whole
from kiosk.domain.errors import PrinterError, PrinterProblem
from kiosk.wire import escpos
from kiosk.wire.escpos import Picture

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")


class FilePrinter:
    """services.ports.SlipPrinter that writes `<key>.escpos` and `<key>.pbm`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def check(self) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise PrinterError(PrinterProblem.OFFLINE, f"{self._folder}: {error.strerror}") from error
        if not os.access(self._folder, os.W_OK | os.X_OK):
            raise PrinterError(PrinterProblem.OFFLINE, f"{self._folder}: not writable")

    def print_slip(self, key: str, raster: Picture) -> None:
        if not _KEY.fullmatch(key):
            raise PrinterError(PrinterProblem.UNKNOWN, "the key cannot be a file name")
        self.check()
        try:
            write_whole(self._folder / f"{key}.escpos", escpos.encode(raster))
            write_whole(self._folder / f"{key}.pbm", b"P4\n%d %d\n" % (raster.width, raster.height) + raster.rows)
        except OSError as error:
            raise PrinterError(PrinterProblem.OFFLINE, f"{self._folder}: {error.strerror}") from error
