"""Hospital systems, chosen by the setting `his.kind`."""

from __future__ import annotations

from pathlib import Path

from kiosk.adapters.his.fhir import FhirHis, make_fhir_his
from kiosk.adapters.his.file import FileHis
from kiosk.adapters.his.mapping_file import MappingFile
from kiosk.config import HisKind, HisSettings
from kiosk.domain.errors import ConfigError


def make_his(settings: HisSettings) -> FhirHis | FileHis:
    """ConfigError for kind = none: without a hospital system nothing is sent, so there is nothing to make."""
    if settings.kind is HisKind.FILE:
        return FileHis(Path(settings.folder), MappingFile(settings.mapping))
    if settings.kind is HisKind.FHIR:
        return make_fhir_his(settings)
    raise ConfigError("his.kind", "none has no connection")
