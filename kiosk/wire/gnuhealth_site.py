"""The table [gnuhealth] of a hospital's mapping: what only GNU Health needs."""

from __future__ import annotations

from kiosk.domain.errors import ConfigError
from kiosk.wire.gnuhealth import URGENCIES, HospitalCodes
from kiosk.wire.site_fields import checked_levels, checked_table, checked_text, checked_texts


def parse_hospital_codes(untrusted: object) -> HospitalCodes:
    """`departments` are the table's own specialties alone; ConfigError names the key that is wrong."""
    table = checked_table(untrusted, "gnuhealth", ("institution", "specialties", "urgencies"))
    urgencies = checked_levels(table.get("urgencies", {}), "gnuhealth.urgencies")
    for level, urgency in urgencies.items():
        if urgency not in URGENCIES:
            allowed = ", ".join(f"{code} ({name})" for code, name in URGENCIES.items())
            raise ConfigError(f"gnuhealth.urgencies.{level.name}", f"{urgency!r} is not allowed; allowed: {allowed}")
    return HospitalCodes(
        departments=checked_texts(table.get("specialties", {}), "gnuhealth.specialties"),
        levels={**HospitalCodes().levels, **urgencies},
        institution=checked_text(table["institution"], "gnuhealth.institution") if "institution" in table else "",
    )
