"""A hospital system that reads visits from a folder: one file of FHIR transactions per visit."""

from __future__ import annotations

import os
import re
from pathlib import Path

from kiosk.adapters.whole_files import write_whole
from kiosk.domain.errors import HisRejected, HisUnavailable
from kiosk.wire import fhir

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")


class FileHis:
    """services.ports.His. The other side may take a finished file away; hidden files are not finished."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def check(self) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise HisUnavailable(f"{self._folder}: {error.strerror}") from error
        if not os.access(self._folder, os.W_OK | os.X_OK):
            raise HisUnavailable(f"{self._folder}: not writable")

    def deliver(self, key: str, payload: bytes) -> None:
        if not _KEY.fullmatch(key):
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
