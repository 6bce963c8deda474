"""The hospital's mapping from its TOML file, read again when it changes; errors name file, line and field."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from kiosk.domain.errors import ConfigError, HisLockedOut, HisRejected
from kiosk.wire import fhir
from kiosk.wire.fhir_keys import Json
from kiosk.wire.site_mapping import NO_MAPPING, SiteMapping, mapped, parse_mapping

SETTING = "his.mapping"
_TABLE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
_KEY = re.compile(r"\s*((?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'))*)\s*=")


def load_mapping(path: Path, *, with_systems: bool = True) -> SiteMapping:
    """As wire.site_mapping.parse_mapping.

    ConfigError with the key `his.mapping` names the file, the line and the field that is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return parse_mapping(tomllib.loads(text), with_systems=with_systems)
    except OSError as error:
        raise ConfigError(SETTING, f"{path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(SETTING, f"{path} is not TOML: {error}") from error
    except ConfigError as error:
        raise ConfigError(SETTING, f"{path}{_at_line(text, error.key)}: {error.key} {error.problem}") from error


class MappingFile:
    """The mapping as it is now; an empty path is no mapping at all. `with_systems` as parse_mapping has it."""

    def __init__(self, path: str, *, with_systems: bool = True) -> None:
        self._path = Path(path) if path else None
        self._seen: tuple[int, int] | None = None
        self._mapping = NO_MAPPING
        self._with_systems = with_systems

    def current(self) -> SiteMapping:
        """Raises ConfigError."""
        if self._path is None:
            return NO_MAPPING
        try:
            found = self._path.stat()
        except OSError as error:
            raise ConfigError(SETTING, f"{self._path} cannot be read: {error.strerror}") from error
        seen = (found.st_mtime_ns, found.st_size)
        if seen != self._seen:
            self._mapping = load_mapping(self._path, with_systems=self._with_systems)
            self._seen = seen
        return self._mapping

    def in_force(self) -> SiteMapping:
        """The same for a delivery; raises HisLockedOut for a mapping that is wrong: no visit is at fault."""
        try:
            return self.current()
        except ConfigError as error:
            raise HisLockedOut(str(error)) from error

    def translated(self, payload: bytes) -> tuple[Json, ...]:
        """The transactions of a payload in this hospital's codes.

        Raises HisRejected for what is no payload, and as in_force().
        """
        try:
            bundles = fhir.decode(payload)
        except ValueError as error:
            raise HisRejected(f"the payload is no list of transactions: {error}") from error
        mapping = self.in_force()
        return tuple(mapped(bundle, mapping) for bundle in bundles)


def _at_line(text: str, key: str) -> str:
    """`, line 7` for the longest part of a dotted key that is written somewhere; "" when nothing of it is."""
    lines = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        header, entry = _TABLE.match(line), _KEY.match(line)
        if header:
            table = _names(header[1])
            lines.setdefault(table, number)
        elif entry:
            lines.setdefault((*table, *_names(entry[1])), number)
    wanted = tuple(key.split("."))
    for length in range(len(wanted), 0, -1):
        if wanted[:length] in lines:
            return f", line {lines[wanted[:length]]}"
    return ""


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
