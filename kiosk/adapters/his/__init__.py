"""Hospital systems, chosen by the setting `his.kind`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kiosk.adapters.his.fhir import FhirHis, make_fhir_his
from kiosk.adapters.his.fhir_booking import FhirBookings
from kiosk.adapters.his.fhir_his_appointments import FhirHisAppointments
from kiosk.adapters.his.fhir_patients import FhirPatients
from kiosk.adapters.his.fhir_schedules import FhirSchedules
from kiosk.adapters.his.file import FileHis
from kiosk.adapters.his.gnuhealth import GnuHealthHis
from kiosk.adapters.his.gnuhealth_his_appointments import GnuHealthHisAppointments
from kiosk.adapters.his.gnuhealth_patients import GnuHealthPatients
from kiosk.adapters.his.gnuhealth_schedules import GnuHealthSchedules
from kiosk.adapters.his.hl7v2 import Hl7His
from kiosk.adapters.his.mapping_file import MappingFile
from kiosk.adapters.his.tls import TlsFiles
from kiosk.adapters.his.tryton import TrytonClient
from kiosk.config import HisKind, HisSettings, LookupKind
from kiosk.domain.errors import ConfigError
from kiosk.wire.hl7v2_site import Addresses, Site


def make_his(settings: HisSettings, state: Path | None = None) -> FhirHis | FileHis | GnuHealthHis | Hl7His:
    """ConfigError for kind = none: without a hospital system nothing is sent, so there is nothing to make.

    `state` is the folder of who delivers: what the next process must know of this one lies there.
    """
    if settings.kind is HisKind.FILE:
        return FileHis(Path(settings.folder), MappingFile(settings.mapping))
    if settings.kind is HisKind.FHIR:
        return make_fhir_his(settings)
    # Addresses of code systems are FHIR's own.
    mapping = MappingFile(settings.mapping, with_systems=False)
    if settings.kind is HisKind.HL7V2:
        addresses, tls = _addresses(settings), TlsFiles.of(settings) if settings.tls else None
        site = lambda: Site(addresses, mapping.in_force().code_map())  # noqa: E731
        return Hl7His(settings.host, settings.port, settings.timeout_s, site, tls)
    if settings.kind is HisKind.GNUHEALTH:
        return _gnuhealth(settings, state / "gnuhealth.session" if state else None)
    raise ConfigError("his.kind", "none has no connection")


def make_schedules(
    settings: HisSettings,
) -> tuple[FhirSchedules, FhirBookings] | tuple[GnuHealthSchedules, GnuHealthHis]:
    """Where to read free times and to book them, each over a connection of its own; ConfigError as make_his.

    A patient waits for them, so they have the time limit of `his.booking_timeout_s`.
    """
    quick = _quick(settings)
    if settings.kind is HisKind.FHIR:
        return FhirSchedules(make_fhir_his(quick), settings.schedule_days), FhirBookings(make_fhir_his(quick))
    if settings.kind is HisKind.GNUHEALTH:
        return GnuHealthSchedules(_gnuhealth(quick), settings.schedule_days), _gnuhealth(quick)
    raise ConfigError("his.schedules", "needs his.kind = fhir or gnuhealth")


def make_his_appointments(settings: HisSettings) -> FhirHisAppointments | GnuHealthHisAppointments:
    """The appointments that the hospital system has, over a connection of their own; ConfigError as make_his."""
    if settings.kind is HisKind.FHIR:
        return FhirHisAppointments(make_fhir_his(_quick(settings)))
    if settings.kind is HisKind.GNUHEALTH:
        mapping = MappingFile(settings.mapping, with_systems=False)
        return GnuHealthHisAppointments(_tryton(_quick(settings)), lambda: mapping.in_force().hospital_codes())
    raise ConfigError("appointments.appointment_pattern", f"his.kind = {settings.kind} cannot be asked for one")


def make_patients(settings: HisSettings, lookup: LookupKind) -> FhirPatients | GnuHealthPatients:
    """The register that patients are looked for in; ConfigError where the settings name none."""
    if settings.kind is HisKind.FHIR:
        return FhirPatients(make_fhir_his(settings), MappingFile(settings.mapping), lookup)
    if settings.kind is HisKind.GNUHEALTH:
        return GnuHealthPatients(_tryton(settings))
    raise ConfigError("identity.lookup", f"his.kind = {settings.kind} cannot be asked for a patient")


def _quick(settings: HisSettings) -> HisSettings:
    return replace(settings, timeout_s=min(settings.timeout_s, settings.booking_timeout_s))


def _gnuhealth(settings: HisSettings, session_file: Path | None = None) -> GnuHealthHis:
    mapping = MappingFile(settings.mapping, with_systems=False)
    return GnuHealthHis(_tryton(settings, session_file), lambda: mapping.in_force().hospital_codes())


def _tryton(settings: HisSettings, session_file: Path | None = None) -> TrytonClient:
    account = (settings.database, settings.user, Path(settings.password_file))
    return TrytonClient(settings.url, *account, settings.timeout_s, TlsFiles.of(settings), session_file)


def _addresses(settings: HisSettings) -> Addresses:
    return Addresses(
        settings.sending_application,
        settings.sending_facility,
        settings.receiving_application,
        settings.receiving_facility,
        settings.encoding,
        settings.acknowledgement,
    )
