"""A hospital system that reads visits from a folder: one file of FHIR transactions per visit."""

from __future__ import annotations

from pathlib import Path

from kiosk.adapters.whole_files import make_usable, names_a_file, write_whole
from kiosk.domain.errors import HisRejected, HisUnavailable
from kiosk.wire import fhir


class FileHis:
    """services.ports.His. The other side may take a finished file away; hidden files are not finished."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def check(self) -> None:
        try:
            make_usable(self._folder)
        except OSError as error:
            raise HisUnavailable(f"{self._folder}: {error.strerror}") from error

    def deliver(self, key: str, payload: bytes) -> None:
        if not names_a_file(key):
            raise HisRejected("the key cannot be a file name")
        try:
            fhir.decode(payload)
        except ValueError as error:
            raise HisRejected(f"the payload is no list of transactions: {error}") from error
        self.check()
        path = self._folder / f"{key}.json"
        try:
            if not path.exists():
                write_whole(path, payload)
        except OSError as error:
            raise HisUnavailable(f"{self._folder}: {error.strerror}") from error
