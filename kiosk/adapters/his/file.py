"""A hospital system that reads visits from a folder: one file of FHIR transactions per visit, one more per change."""

from __future__ import annotations

from pathlib import Path

from kiosk.adapters.his.changes import change_in
from kiosk.adapters.his.mapping_file import MappingFile
from kiosk.adapters.his.previews import transactions_shown
from kiosk.adapters.whole_files import make_usable, names_a_file, write_whole
from kiosk.domain.errors import HisRejected, HisUnavailable
from kiosk.domain.self_test import Preview
from kiosk.wire import appointment_change, fhir


class FileHis:
    """services.ports.His. The other side may take a finished file away; hidden files are not finished."""

    def __init__(self, folder: Path, mapping: MappingFile | None = None) -> None:
        self._folder = folder
        self._mapping = mapping or MappingFile("")

    def close(self) -> None:
        """There is nothing to give back."""

    def check(self) -> None:
        try:
            make_usable(self._folder)
        except OSError as error:
            raise HisUnavailable(f"{self._folder}: {error.strerror}") from error

    def deliver(self, key: str, payload: bytes) -> None:
        if not names_a_file(key):
            raise HisRejected("the key cannot be a file name")
        change = change_in(payload)
        bundles = self._mapping.translated(payload if change is None else fhir.encode(change.visit))
        content = fhir.encode(bundles) if change is None else appointment_change.encode(change, bundles)
        self.check()
        path = self._folder / f"{key}.json"
        try:
            if not path.exists():
                write_whole(path, content)
        except OSError as error:
            raise HisUnavailable(f"{self._folder}: {error.strerror}") from error

    def preview(self, payload: bytes) -> Preview:
        """As services.ports.HisTools."""
        return transactions_shown(self._mapping.translated(payload))
