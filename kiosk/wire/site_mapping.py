"""Our codes as one hospital calls them: departments, levels, practitioners, rooms, its own identifier systems.

One file serves every kind of hospital system: FHIR transactions are translated here (`mapped`), HL7 v2 and GNU Health
take the same codes into theirs (`code_map`, `hospital_codes`), along with a table of what only they need.

The outbox holds our codes; they are translated on the way out, so that a mapping that was corrected holds for what
waits too. Our own code stays beside the hospital's. The keys by which resources are found again are never translated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kiosk.domain.errors import ConfigError
from kiosk.domain.knowledge import Level
from kiosk.wire.fhir import SYSTEM
from kiosk.wire.fhir_keys import Json
from kiosk.wire.gnuhealth import HospitalCodes
from kiosk.wire.gnuhealth_site import parse_hospital_codes
from kiosk.wire.hl7v2_site import CodeMap, parse_code_map
from kiosk.wire.site_fields import check_level_names, checked_table, checked_text, checked_texts

SYSTEMS = (
    *("visit", "number", "appointment", "phone-and-birth-date", "anonymous", "insurance", "slot", "kiosk"),
    *("resident-id", "residence-permit", "permanent-residence", "travel-permit", "passport", "medical-record"),
)
"""Our identifier systems that a hospital may want under an address of its own."""
_TABLES = {"departments": "department", "levels": "level", "practitioners": "practitioner", "rooms": "room"}
_FIELDS = ("code", "display", "system")
_OF_ONE_KIND = ("hl7v2", "gnuhealth")


@dataclass(frozen=True, slots=True)
class LocalCode:
    """What the hospital calls one of our codes; `system` is the address of its code system, `display` may be empty.

    Only FHIR needs the system; without it, it is empty.
    """

    code: str
    system: str
    display: str = ""


@dataclass(frozen=True, slots=True)
class Facility:
    """The hospital as an organisation: `identifier` under `system`, and its name."""

    identifier: str
    system: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class SiteMapping:
    """Local codes by ours; what is not there keeps our code. `systems` are addresses by our names for them.

    `hl7v2` and `gnuhealth` are what the tables of these names say, still without the codes that are for all.
    """

    facility: Facility | None = None
    systems: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[str, LocalCode] = field(default_factory=dict)
    levels: Mapping[str, LocalCode] = field(default_factory=dict)
    practitioners: Mapping[str, LocalCode] = field(default_factory=dict)
    rooms: Mapping[str, LocalCode] = field(default_factory=dict)
    hl7v2: CodeMap = CodeMap()
    gnuhealth: HospitalCodes = parse_hospital_codes({})

    def system(self, name: str) -> str:
        """The hospital's address of one of our identifier systems, ours where it has none."""
        return self.systems.get(name, f"{SYSTEM}/{name}")

    def level(self, level: Level) -> LocalCode | None:
        return self.levels.get(level.name)

    def code_map(self) -> CodeMap:
        """For HL7 v2."""
        return replace(
            self.hl7v2,
            departments=_codes(self.departments),
            practitioners=_codes(self.practitioners),
            rooms=_codes(self.rooms),
            levels={**self.hl7v2.levels, **{Level[name]: local.code for name, local in self.levels.items()}},
        )

    def hospital_codes(self) -> HospitalCodes:
        """For GNU Health: its own table says more than the codes for all, which say more than what it comes with."""
        own, usual = self.gnuhealth, HospitalCodes()
        return replace(
            own,
            departments={**usual.departments, **_codes(self.departments), **own.departments},
            practitioners=_codes(self.practitioners),
        )


NO_MAPPING = SiteMapping()


def _codes(table: Mapping[str, LocalCode]) -> dict[str, str]:
    return {ours: local.code for ours, local in table.items()}


def parse_mapping(document: Mapping[str, Any], *, with_systems: bool = True) -> SiteMapping:
    """A mapping from parsed TOML. ConfigError names the table, the entry and the field; unknown ones are errors.

    `with_systems` is whether a code without the address of its system is an error, as it is for FHIR.
    """
    allowed = ("facility", "systems", "code_systems", *_TABLES, *_OF_ONE_KIND)
    for name in document:
        if name not in allowed:
            raise ConfigError(name, f"unknown table; allowed: {', '.join(allowed)}")
    systems = _addresses(document, "systems", SYSTEMS)
    code_systems = _addresses(document, "code_systems", tuple(_TABLES))
    tables = {name: _table(document, name, code_systems.get(name, "")) for name in _TABLES}
    check_level_names(tables["levels"], "levels")
    for name, table in tables.items():
        for ours, local in table.items():
            if with_systems and not local.system:
                raise ConfigError(f"{name}.{ours}.system", f"is missing; set it here or in [code_systems] {name}")
    return SiteMapping(
        facility=_facility(document),
        systems=systems,
        hl7v2=parse_code_map(document.get("hl7v2", {})),
        gnuhealth=parse_hospital_codes(document.get("gnuhealth", {})),
        **tables,
    )


def mapped(bundle: Json, mapping: SiteMapping, hospital_system: str = SYSTEM) -> Json:
    """One transaction as this hospital wants it; the same object when there is nothing to translate."""
    if mapping == NO_MAPPING:
        return bundle
    translated = _Translation(mapping, f"{hospital_system.rstrip('/')}/").value(bundle)
    assert isinstance(translated, dict)  # noqa: S101 - a dict stays a dict
    if mapping.facility is not None:
        for entry in translated["entry"]:
            _add_facility(entry["resource"], mapping.facility)
    return translated


class _Translation:
    def __init__(self, mapping: SiteMapping, base: str) -> None:
        self._systems = mapping.systems
        self._base = base
        self._codes: dict[str, Mapping[str, LocalCode]] = {
            table: getattr(mapping, name) for name, table in _TABLES.items()
        }

    def value(self, value: object) -> object:
        if isinstance(value, list):
            return [self.value(part) for part in value]
        if not isinstance(value, dict):
            return value
        whole = {name: self._member(name, part) for name, part in value.items()}
        display = self._display(value)
        return {**whole, "display": display} if display else whole

    def _member(self, name: str, part: object) -> object:
        if name == "coding" and isinstance(part, list):
            return [translated for coding in part for translated in self._codings(coding)]
        if name == "identifier":
            given = part if isinstance(part, list) else [part]
            identifiers = [self._identifier(one) if isinstance(one, dict) else one for one in given]
            return identifiers if isinstance(part, list) else identifiers[0]
        return self.value(part)

    def _codings(self, coding: Json) -> Iterator[Json]:
        """The hospital's coding comes first, because some systems read only one."""
        local = self._local(coding.get("system"), coding.get("code"))
        if local is not None:
            made = {"system": local.system, "code": local.code}
            yield {**made, "display": local.display} if local.display else made
        yield coding

    def _identifier(self, identifier: Json) -> Json:
        system = identifier.get("system")
        local = self._local(system, identifier.get("value"))
        if local is not None:
            return {**identifier, "system": local.system, "value": local.code}
        name, _, rest = system.removeprefix(self._base).partition("/") if isinstance(system, str) else ("", "", "")
        address = self._systems.get(name)
        if address is None or not isinstance(system, str) or not system.startswith(self._base):
            return identifier
        return {**identifier, "system": f"{address.rstrip('/')}/{rest}" if rest else address}

    def _display(self, reference: Json) -> str:
        """The hospital's name of what a logical reference points to."""
        identifier = reference.get("identifier")
        if not isinstance(identifier, dict):
            return ""
        local = self._local(identifier.get("system"), identifier.get("value"))
        return local.display if local else ""

    def _local(self, system: object, code: object) -> LocalCode | None:
        if not isinstance(system, str) or not isinstance(code, str) or not system.startswith(self._base):
            return None
        return self._codes.get(system.removeprefix(self._base), {}).get(code)


def _add_facility(resource: Json, facility: Facility) -> None:
    organisation: Json = {"identifier": {"system": facility.system, "value": facility.identifier}}
    if facility.name:
        organisation["display"] = facility.name
    place = {"Encounter": "serviceProvider", "Composition": "custodian", "Patient": "managingOrganization"}
    if resource["resourceType"] in place:
        resource[place[resource["resourceType"]]] = organisation


def _facility(document: Mapping[str, Any]) -> Facility | None:
    if "facility" not in document:
        return None
    fields = checked_texts(document["facility"], "facility", ("identifier", "system", "name"))
    for needed in ("identifier", "system"):
        if needed not in fields:
            raise ConfigError(f"facility.{needed}", "is missing")
    return Facility(fields["identifier"], _address(fields["system"], "facility.system"), fields.get("name", ""))


def _addresses(document: Mapping[str, Any], table: str, names: tuple[str, ...]) -> dict[str, str]:
    fields = checked_texts(document.get(table, {}), table, names)
    return {name: _address(text, f"{table}.{name}") for name, text in fields.items()}


def _table(document: Mapping[str, Any], name: str, system: str) -> dict[str, LocalCode]:
    entries = checked_table(document.get(name, {}), name)
    return {code: _local_code(f"{name}.{code}", entry, system) for code, entry in entries.items()}


def _local_code(key: str, entry: object, system: str) -> LocalCode:
    """`entry` is the hospital's code alone, or a table of it with display and system."""
    if isinstance(entry, str):
        return LocalCode(checked_text(entry, f"{key}.code"), system)
    fields = checked_texts(entry, key, _FIELDS)
    if "code" not in fields:
        raise ConfigError(f"{key}.code", "is missing")
    own = _address(fields["system"], f"{key}.system") if "system" in fields else system
    return LocalCode(fields["code"], own, fields.get("display", ""))


def _address(text: str, key: str) -> str:
    """Code and identifier systems are URIs, also those that nobody can open."""
    if not text.startswith(("http://", "https://", "urn:")) or any(c.isspace() for c in text):
        raise ConfigError(key, f"{text!r} is not allowed; it must start with http://, https:// or urn:")
    return text
