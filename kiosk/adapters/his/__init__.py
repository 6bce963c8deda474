"""Hospital systems, chosen by the setting `his.kind`."""

from __future__ import annotations

from pathlib import Path

from kiosk.adapters.his.fhir import FhirHis
from kiosk.adapters.his.file import FileHis
from kiosk.adapters.his.gnuhealth import GnuHealthHis
from kiosk.adapters.his.gnuhealth_mapping import load_mapping
from kiosk.adapters.his.tryton import TrytonClient
from kiosk.config import HisKind, HisSettings
from kiosk.domain.errors import ConfigError


def make_his(settings: HisSettings) -> FhirHis | FileHis | GnuHealthHis:
    """ConfigError for kind = none: without a hospital system nothing is sent, so there is nothing to make."""
    if settings.kind is HisKind.FILE:
        return FileHis(Path(settings.folder))
    if settings.kind is HisKind.FHIR:
        token_file = Path(settings.token_file) if settings.token_file else None
        return FhirHis(settings.url, settings.timeout_s, token_file)
    if settings.kind is HisKind.GNUHEALTH:
        mapping = load_mapping(Path(settings.mapping) if settings.mapping else None)
        password_file = Path(settings.password_file)
        client = TrytonClient(settings.url, settings.database, settings.user, password_file, settings.timeout_s)
        return GnuHealthHis(client, mapping)
    raise ConfigError("his.kind", "none has no connection")
