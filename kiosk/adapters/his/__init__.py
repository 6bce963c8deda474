"""Hospital systems, chosen by the setting `his.kind`."""

from __future__ import annotations

from pathlib import Path

from kiosk.adapters.his.fhir import FhirHis, make_fhir_his
from kiosk.adapters.his.file import FileHis
from kiosk.adapters.his.gnuhealth import GnuHealthHis
from kiosk.adapters.his.gnuhealth_mapping import load_mapping
from kiosk.adapters.his.hl7v2 import Hl7His
from kiosk.adapters.his.mapping_file import MappingFile
from kiosk.adapters.his.tls import TlsFiles
from kiosk.adapters.his.tryton import TrytonClient
from kiosk.config import HisKind, HisSettings
from kiosk.domain.errors import ConfigError
from kiosk.wire.hl7v2_site import Addresses, Site


def make_his(settings: HisSettings) -> FhirHis | FileHis | GnuHealthHis | Hl7His:
    """ConfigError for kind = none: without a hospital system nothing is sent, so there is nothing to make."""
    if settings.kind is HisKind.FILE:
        return FileHis(Path(settings.folder), MappingFile(settings.mapping))
    if settings.kind is HisKind.FHIR:
        return make_fhir_his(settings)
    if settings.kind is HisKind.HL7V2:
        tls = TlsFiles.of(settings) if settings.tls else None
        return Hl7His(settings.host, settings.port, settings.timeout_s, lambda: Site(_addresses(settings)), tls)
    if settings.kind is HisKind.GNUHEALTH:
        mapping = load_mapping(Path(settings.mapping) if settings.mapping else None)
        password_file = Path(settings.password_file)
        client = TrytonClient(settings.url, settings.database, settings.user, password_file, settings.timeout_s)
        return GnuHealthHis(client, mapping)
    raise ConfigError("his.kind", "none has no connection")


def _addresses(settings: HisSettings) -> Addresses:
    return Addresses(
        settings.sending_application,
        settings.sending_facility,
        settings.receiving_application,
        settings.receiving_facility,
        settings.encoding,
        settings.acknowledgement,
    )
